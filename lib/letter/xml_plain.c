/*
 * xml_plain.c - xml_plain.h.
 */
#include "letter/xml_plain.h"

#include "base/utf8.h"

#include <string.h>

struct walk {
	struct reader r;
	const struct xml_plain_events *events;
	size_t depth;
	char open[XML_PLAIN_DEPTH][XML_PLAIN_NAME];
};

static bool
is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Letters up to something else, which is not taken. */
static bool
take_name(struct reader *r, char out[XML_PLAIN_NAME])
{
	size_t n = 0;

	while (n < r->left && n < XML_PLAIN_NAME && is_letter(r->at[n]))
		n++;
	if (n == 0 || n == XML_PLAIN_NAME)
		return false;
	memcpy(out, r->at, n);
	out[n] = '\0';
	r->at += n;
	r->left -= n;
	return true;
}

/* Text as it stands: no control, no markup, nothing that is referred to, and no
 * end of CDATA. */
static bool
is_text(uint8_t c)
{
	return c >= ' ' && c != 0x7f && c != '<' && c != '>' && c != '&';
}

static struct reader
take_text(struct reader *r)
{
	struct reader text = { r->at, 0 };

	while (text.left < r->left && is_text(text.at[text.left]))
		text.left++;
	r->at += text.left;
	r->left -= text.left;
	return text;
}

static bool
start_root(struct walk *w, const char *root, const char *namespace)
{
	struct reader *r = &w->r;

	if (!reader_skip_text(r, "<") || !take_name(r, w->open[0]) ||
	    strcmp(w->open[0], root) != 0 ||
	    !reader_skip_text(r, " xmlns=\"") ||
	    !reader_skip_text(r, namespace) || !reader_skip_text(r, "\">"))
		return false;
	w->depth = 1;
	w->events->start(w->events->ctx, root, NULL, NULL);
	return true;
}

/* Behind "<NAME": what is left of the tag, with an attribute or none. */
static bool
end_tag(struct reader *r, char attribute[XML_PLAIN_NAME], struct reader *value)
{
	attribute[0] = '\0';
	if (reader_skip_text(r, ">"))
		return true;
	if (!reader_skip_text(r, " ") || !take_name(r, attribute) ||
	    strcmp(attribute, "xmlns") == 0 || !reader_skip_text(r, "=\"") ||
	    !reader_until(r, '"', value) || !reader_skip_text(r, "\">"))
		return false;
	for (size_t i = 0; i < value->left; i++)
		if (!is_text(value->at[i]))
			return false;
	return true;
}

/* From behind '<'. */
static bool
start(struct walk *w)
{
	char attribute[XML_PLAIN_NAME];
	struct reader value;
	char *name;

	if (w->depth == XML_PLAIN_DEPTH)
		return false;
	name = w->open[w->depth++];
	if (!take_name(&w->r, name) || !end_tag(&w->r, attribute, &value))
		return false;
	if (attribute[0] == '\0')
		w->events->start(w->events->ctx, name, NULL, NULL);
	else
		w->events->start(w->events->ctx, name, attribute, &value);
	return true;
}

/* From behind "</". */
static bool
end(struct walk *w)
{
	if (!reader_skip_text(&w->r, w->open[--w->depth]) ||
	    !reader_skip_text(&w->r, ">"))
		return false;
	w->events->end(w->events->ctx);
	return true;
}

/* From behind '&'. */
static bool
reference(struct walk *w)
{
	static const char *const name[] = { "amp;", "lt;", "gt;" };
	static const char meant[] = "&<>";

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		if (reader_skip_text(&w->r, name[i])) {
			w->events->text(w->events->ctx, &meant[i], 1);
			return true;
		}
	return false;
}

static bool
step(struct walk *w)
{
	struct reader text = take_text(&w->r);

	if (text.left > 0) {
		w->events->text(w->events->ctx, text.at, text.left);
		return true;
	}
	if (reader_skip_text(&w->r, "</"))
		return end(w);
	if (reader_skip_text(&w->r, "<"))
		return start(w);
	return reader_skip_text(&w->r, "&") && reference(w);
}

bool
xml_plain(struct reader xml, const char *root, const char *namespace,
    const struct xml_plain_events *events)
{
	struct walk w = { .r = xml, .events = events };

	if (!utf8_is_valid(xml.at, xml.left) ||
	    !start_root(&w, root, namespace))
		return false;
	while (w.depth > 0)
		if (*events->stop || !step(&w))
			return false;
	return w.r.left == 0 && !*events->stop;
}
