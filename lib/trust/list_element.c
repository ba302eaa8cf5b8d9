/*
 * list_element.c - list_element.h.
 */
#include "trust/list_element.h"

#include "base/clock.h"
#include "base/encode.h"
#include "letter/dsig.h"

#include <stdlib.h>
#include <string.h>

bool
element_is(const xmlNode *node, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	    node->ns != NULL &&
	    strcmp((const char *)node->ns->href, dsig_trust.namespace) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

bool
element_enter(
    struct element_walk *w, const char *name, struct element_walk *inside)
{
	if (!element_is(w->at, name))
		return false;
	*inside = (struct element_walk){ .at = w->at->children };
	w->at = w->at->next;
	return true;
}

/* How many elements of this name come next. */
static size_t
element_ahead(const struct element_walk *w, const char *name)
{
	const xmlNode *node;
	size_t count = 0;

	for (node = w->at; element_is(node, name); node = node->next)
		count++;
	return count;
}

const char *
element_content(struct element_walk *w, const char *name)
{
	struct element_walk inside;

	if (!element_enter(w, name, &inside))
		return NULL;
	if (inside.at == NULL)
		return "";
	if (inside.at->type != XML_TEXT_NODE || inside.at->next != NULL)
		return NULL;
	return (const char *)inside.at->content;
}

bool
element_text(struct element_walk *w, const char *name, char *out, size_t size)
{
	const char *text = element_content(w, name);

	if (text == NULL || strlen(text) >= size)
		return false;
	memcpy(out, text, strlen(text) + 1);
	return true;
}

bool
element_optional(
    struct element_walk *w, const char *name, char *out, size_t size)
{
	return !element_is(w->at, name) ||
	    (element_text(w, name, out, size) && out[0] != '\0');
}

bool
element_digits(const char *text, uint64_t *out)
{
	uint64_t value = 0;

	if (text == NULL || text[0] == '\0' || strlen(text) > 18 ||
	    strspn(text, "0123456789") != strlen(text))
		return false;
	for (; *text != '\0'; text++)
		value = value * 10 + (uint64_t)(*text - '0');
	*out = value;
	return true;
}

bool
element_number(struct element_walk *w, const char *name, uint64_t *out)
{
	return element_digits(element_content(w, name), out);
}

bool
element_instant(struct element_walk *w, const char *name, int64_t *out)
{
	const char *text = element_content(w, name);

	return text != NULL && clock_parse(text, out);
}

bool
element_hash(struct element_walk *w, const char *name, uint8_t out[32])
{
	const char *text = element_content(w, name);

	return text != NULL && base64_decode_exact(text, strlen(text), out, 32);
}

bool
element_vkey(struct element_walk *w, const char *name, struct vkey *out)
{
	const char *text = element_content(w, name);

	return text != NULL && vkey_parse(text, out, NULL) == ERR_OK;
}

const char *
element_attribute(const xmlNode *node, const char *name)
{
	const xmlAttr *at;

	for (at = node->properties; at != NULL; at = at->next)
		if (strcmp((const char *)at->name, name) == 0 &&
		    at->children != NULL && at->children->next == NULL &&
		    at->children->type == XML_TEXT_NODE)
			return (const char *)at->children->content;
	return NULL;
}

bool
element_attribute_text(
    const xmlNode *node, const char *name, char *out, size_t size)
{
	const char *text = element_attribute(node, name);

	if (text == NULL || strlen(text) >= size)
		return false;
	memcpy(out, text, strlen(text) + 1);
	return true;
}

bool
element_attribute_instant(const xmlNode *node, const char *name, int64_t *out)
{
	const char *text = element_attribute(node, name);

	return text != NULL && clock_parse(text, out);
}

bool
element_room(struct element_walk *w, const char *name, size_t size, void *array,
    size_t *count)
{
	size_t n = element_ahead(w, name);
	void *room;

	if (n == 0)
		return true;
	if ((room = calloc(n, size)) == NULL) {
		w->memory = true;
		return false;
	}
	memcpy(array, &room, sizeof(room));
	*count = n;
	return true;
}
