/*
 * fill.c - fill.h.
 */
#include "http/fill.h"

#include "base/html.h"
#include "base/i18n.h"
#include "http/embed.h"

#include <string.h>

static void fill(struct bytes *out, const char *path,
    const struct fill_value *values, bool pieces);

static bool
find_mark(const struct reader *r, const char *mark, size_t *before)
{
	const uint8_t *at = memmem(r->at, r->left, mark, strlen(mark));

	*before = at != NULL ? (size_t)(at - r->at) : r->left;
	return at != NULL;
}

static void
add_value(struct bytes *out, const struct fill_value *values, const char *name)
{
	for (; values->name != NULL; values++)
		if (strcmp(values->name, name) == 0) {
			bytes_add_text(out, values->html);
			return;
		}
	out->failed = true;
}

/* Pieces hold words and values, and no pieces: none holds itself. */
static void
add_piece(struct bytes *out, const struct fill_value *values, const char *name)
{
	struct bytes path = { 0 };

	bytes_addf(&path, "/web/%s.html", name);
	if (path.failed)
		out->failed = true;
	else
		fill(out, (const char *)path.at, values, false);
	bytes_free(&path);
}

static void
add_mark(struct bytes *out, const struct fill_value *values,
    const struct reader *inside, bool pieces)
{
	struct bytes text = { 0 };

	bytes_add(&text, inside->at, inside->left);
	if (text.failed || text.len == 0)
		out->failed = true;
	else if (text.at[0] == '=')
		add_value(out, values, (const char *)text.at + 1);
	else if (text.at[0] == '<' && pieces)
		add_piece(out, values, (const char *)text.at + 1);
	else
		html_text(out, i18n_here((const char *)text.at));
	bytes_free(&text);
}

static void
fill(struct bytes *out, const char *path, const struct fill_value *values,
    bool pieces)
{
	const struct http_file *file = http_file_find(path);
	struct reader r = { NULL, 0 }, part;
	size_t before;

	if (file == NULL)
		out->failed = true;
	else
		r = (struct reader){ file->at, file->len };
	while (r.left > 0) {
		bool marked = find_mark(&r, "{{", &before);

		reader_take(&r, before, &part);
		bytes_add(out, part.at, part.left);
		if (!marked)
			return;
		reader_skip_text(&r, "{{");
		if (!find_mark(&r, "}}", &before)) {
			out->failed = true;
			return;
		}
		reader_take(&r, before, &part);
		add_mark(out, values, &part, pieces);
		reader_skip_text(&r, "}}");
	}
}

void
fill_page(struct bytes *out, const char *path, const struct fill_value *values)
{
	fill(out, path, values, true);
}
