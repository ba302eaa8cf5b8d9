/*
 * xml_parse.c - libxml2's callbacks, a walk over the field table: xml_parse.h.
 */
#include "letter/xml_parse.h"

#include "letter/field.h"
#include "letter/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/threads.h>
#include <openssl/crypto.h>
#include <string.h>

#define TEXT_MAX (LETTER_NAME_SIZE - 1) /* longest value, bytes */

/*
 * Where the parser stands. The table gives the order: `next` only moves
 * forward, so what comes twice or too early has no row left to match.
 */
enum place {
	BEFORE_ROOT,
	IN_ROOT,
	IN_HOLDER,
	IN_DOCUMENT,
	IN_DEPENDANTS,
	IN_DEPENDANT,
	AFTER_ROOT,
};

struct reading {
	xmlParserCtxtPtr parser;
	struct letter *letter;
	enum place place;
	size_t next;               /* row of field_table to look at first */
	size_t next_part;          /* the same in field_dependant */
	const struct field *field; /* whose text is being read, or NULL */
	size_t len;                /* of text */
	size_t unknown;            /* depth within an unknown element */
	bool newer;                /* something was unknown */
	bool refused, no_memory;
	char text[TEXT_MAX];
};

/*
 * libxml2 goes on calling back until it notices, hence `refused`, which all
 * callbacks look at first.
 */
static void
refuse(struct reading *r)
{
	if (!r->refused)
		xmlStopParser(r->parser);
	r->refused = true;
}

/* The row with this element and group at or after `from`, or NULL. */
static const struct field *
find_row(size_t from, enum field_group group, const char *element)
{
	for (size_t i = from; i < FIELD_COUNT; i++)
		if (field_table[i].group == group &&
		    field_table[i].kind != KIND_TRUE &&
		    strcmp(field_table[i].element, element) == 0)
			return &field_table[i];
	return NULL;
}

static bool
start_field(struct reading *r, enum field_group group, const char *element)
{
	r->field = find_row(r->next, group, element);
	if (r->field == NULL)
		return false;
	r->next = (size_t)r->field->id + (r->field->kind != KIND_COUNTRIES);
	r->len = 0;
	return true;
}

static bool
start_part(struct reading *r, const char *element)
{
	if (r->next_part == FIELD_DEPENDANT_COUNT ||
	    strcmp(field_dependant[r->next_part].element, element) != 0)
		return false;
	r->field = &field_dependant[r->next_part++];
	r->len = 0;
	return true;
}

static bool
start_in_root(struct reading *r, const char *element)
{
	if (strcmp(element, "Holder") == 0) {
		r->place = IN_HOLDER;
		return true;
	}
	if (!start_field(r, GROUP_ROOT, element))
		return false;
	if (r->field->kind == KIND_DEPENDANTS) {
		r->field = NULL;
		r->place = IN_DEPENDANTS;
	}
	return true;
}

static bool
start_in_holder(struct reading *r, const char *element)
{
	if (strcmp(element, "Document") == 0) {
		r->place = IN_DOCUMENT;
		return true;
	}
	return start_field(r, GROUP_HOLDER, element);
}

static bool
start_dependant(struct reading *r, const char *element)
{
	if (strcmp(element, "Dependant") != 0 ||
	    r->letter->dependant_count == LETTER_DEPENDANT_MAX)
		return false;
	r->letter->dependant_count++;
	r->next_part = 0;
	r->place = IN_DEPENDANT;
	return true;
}

static bool
start_letter_element(struct reading *r, const char *element)
{
	switch (r->place) {
	case BEFORE_ROOT:
		r->place =
		    strcmp(element, LETTER_ROOT) == 0 ? IN_ROOT : AFTER_ROOT;
		return r->place == IN_ROOT;
	case IN_ROOT:
		return start_in_root(r, element);
	case IN_HOLDER:
		return start_in_holder(r, element);
	case IN_DOCUMENT:
		return start_field(r, GROUP_DOCUMENT, element);
	case IN_DEPENDANTS:
		return start_dependant(r, element);
	case IN_DEPENDANT:
		return start_part(r, element);
	case AFTER_ROOT:
		return false;
	}
	return false;
}

static bool
is_row(const struct field *table, size_t count, const char *element)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].element, element) == 0)
			return true;
	return false;
}

/*
 * Does this version have no such element anywhere? What it has, in another
 * place or once too often, is no later letter but a wrong one.
 */
static bool
is_unknown(const struct reading *r, const char *element)
{
	static const char *const groups[] = { LETTER_ROOT, "Holder", "Document",
		"Dependant" };

	if (r->place == AFTER_ROOT)
		return false;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcmp(groups[i], element) == 0)
			return false;
	return !is_row(field_table, FIELD_COUNT, element) &&
	    !is_row(field_dependant, FIELD_DEPENDANT_COUNT, element);
}

/* SAX2 gives five pointers an attribute: name, prefix, URI, value, end. */
static bool
read_attributes(struct reading *r, int count, const xmlChar **attributes)
{
	const struct field *row;
	const char *value;

	if (count == 0)
		return true;
	if (count != 1 || r->field == NULL || r->field->id + 1 >= FIELD_COUNT)
		return false;
	row = r->field + 1;
	if (row->kind != KIND_TRUE || attributes[2] != NULL ||
	    strcmp((const char *)attributes[0], row->element) != 0)
		return false;
	value = (const char *)attributes[3];
	return field_set(row, r->letter, value,
	    (size_t)((const char *)attributes[4] - value));
}

/* One namespace, declared once, and no prefix. */
static bool
is_plain(const struct reading *r, const xmlChar *prefix, const xmlChar *uri,
    int namespace_count)
{
	return prefix == NULL && uri != NULL &&
	    strcmp((const char *)uri, LETTER_NAMESPACE) == 0 &&
	    namespace_count == (r->place == BEFORE_ROOT);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
    int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	struct reading *r = ctx;
	const char *element = (const char *)name;

	(void)namespaces, (void)defaulted_count;
	if (r->refused)
		return;
	if (r->field != NULL || !is_plain(r, prefix, uri, namespace_count)) {
		refuse(r);
	} else if (r->unknown == 0 && start_letter_element(r, element)) {
		if (!read_attributes(r, attribute_count, attributes))
			refuse(r);
	} else if (r->unknown > 0 || is_unknown(r, element)) {
		r->newer = true;
		r->unknown++; /* and all that is in it */
	} else {
		refuse(r);
	}
}

/* The text of a field is complete: put it into the letter. */
static bool
end_field(struct reading *r)
{
	struct letter *letter = r->letter;
	void *record = letter;
	const char *old;
	char joined[sizeof(letter->nationality)];
	size_t old_len;

	if (r->place == IN_DEPENDANT)
		record = &letter->dependant[letter->dependant_count - 1];
	old = field_get(r->field, record);
	old_len = strlen(old);
	if (r->field->kind != KIND_COUNTRIES || old_len == 0)
		return field_set(r->field, record, r->text, r->len);
	if (old_len + 1 + r->len >= sizeof(joined))
		return false;
	memcpy(joined, old, old_len);
	joined[old_len] = ';';
	memcpy(joined + old_len + 1, r->text, r->len);
	return field_set(r->field, record, joined, old_len + 1 + r->len);
}

static enum place
place_around(enum place place)
{
	switch (place) {
	case IN_DOCUMENT:
		return IN_HOLDER;
	case IN_DEPENDANT:
		return IN_DEPENDANTS;
	case IN_HOLDER:
	case IN_DEPENDANTS:
		return IN_ROOT;
	case BEFORE_ROOT:
	case IN_ROOT:
	case AFTER_ROOT:
		break;
	}
	return AFTER_ROOT;
}

static void
on_end(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = ctx;

	(void)name, (void)prefix, (void)uri;
	if (r->refused)
		return;
	if (r->unknown > 0) {
		r->unknown--;
	} else if (r->field != NULL) {
		if (!end_field(r))
			refuse(r);
		r->field = NULL;
	} else {
		r->place = place_around(r->place);
	}
}

static void
on_text(void *ctx, const xmlChar *text, int len)
{
	struct reading *r = ctx;
	size_t n = (size_t)len;

	if (r->refused || r->unknown > 0)
		return;
	if (r->field == NULL || n > TEXT_MAX - r->len) {
		refuse(r);
		return;
	}
	memcpy(r->text + r->len, text, n);
	r->len += n;
}

/* What the format does not know ends the reading. */
static void
on_dtd(void *ctx, const xmlChar *name, const xmlChar *public_id,
    const xmlChar *system_id)
{
	(void)name, (void)public_id, (void)system_id;
	refuse(ctx);
}

static void
on_instruction(void *ctx, const xmlChar *target, const xmlChar *data)
{
	(void)target, (void)data;
	refuse(ctx);
}

static void
on_one_text(void *ctx, const xmlChar *text)
{
	(void)text;
	refuse(ctx);
}

static void
on_cdata(void *ctx, const xmlChar *text, int len)
{
	(void)text, (void)len;
	refuse(ctx);
}

/* libxml2 2.12 made the error const, and says itself what a thread has. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *error_arg;

bool
xml_thread_ready(void)
{
	return xmlCheckThreadLocalStorage() == 0;
}
#else
typedef xmlErrorPtr error_arg;

bool
xml_thread_ready(void)
{
	return xmlGetGlobalState() != NULL;
}
#endif

static void
on_error(void *ctx, error_arg error)
{
	struct reading *r = ctx;

	r->no_memory = r->no_memory || error->code == XML_ERR_NO_MEMORY;
	refuse(r);
}

static const xmlSAXHandler handler = {
	.initialized = XML_SAX2_MAGIC,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.internalSubset = on_dtd,
	.externalSubset = on_dtd,
	.processingInstruction = on_instruction,
	.comment = on_one_text,
	.reference = on_one_text,
	.cdataBlock = on_cdata,
	.serror = on_error,
};

enum err
xml_parse(const uint8_t *xml, size_t len, struct letter *letter)
{
	struct reading r = { .letter = letter };
	bool good;

	if (!xml_thread_ready())
		return ERR_MEMORY;
	r.parser = xmlCreateMemoryParserCtxt((const char *)xml, (int)len);
	if (r.parser == NULL)
		return ERR_MEMORY;
	*r.parser->sax = handler;
	r.parser->userData = &r;
	xmlCtxtUseOptions(r.parser, XML_PARSE_NONET);
	good = xmlParseDocument(r.parser) == 0 && r.parser->wellFormed &&
	    !r.refused && r.place == AFTER_ROOT;
	xmlFreeParserCtxt(r.parser);
	OPENSSL_cleanse(r.text, sizeof(r.text));
	if (r.no_memory)
		return ERR_MEMORY;
	if (!good)
		return ERR_PROFILE;
	return r.newer ? ERR_VERSION : ERR_OK;
}
