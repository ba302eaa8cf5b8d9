/*
 * scan.c - sorting a file by what it is, and collecting what is in it.
 */
#include "scan/scan.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "packed/find.h"
#include "packed/join.h"
#include "scan/documents.h"
#include "scan/format.h"
#include "scan/helper.h"
#include "scan/magic.h"
#include "scan/protocol.h"
#include "scan/untag.h"
#include "scan/wrong_file.h"

#include <stdlib.h>
#include <string.h>

enum err
scan_add(struct scan_result *result, const struct scan_item *like,
    const void *data, size_t len)
{
	struct scan_item *item;

	if (!ARRAY_ROOM(result->item, result->count, result->cap))
		return ERR_MEMORY;
	item = &result->item[result->count];
	*item = *like;
	item->data = (struct bytes){ 0 };
	bytes_add(&item->data, data, len);
	if (item->data.failed) {
		bytes_free(&item->data);
		return ERR_MEMORY;
	}
	result->count++;
	return ERR_OK;
}

bool
scan_is_unread(const struct scan_result *result, size_t page)
{
	return page >= 1 && page <= result->page_count &&
	    (result->page[page - 1] == PAGE_UNREAD ||
		result->page[page - 1] == PAGE_BAD);
}

static enum err
scan_decoded(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	struct bytes answer = { 0 };
	char *program = NULL;
	enum err rc;

	if ((rc = helper_program(&program, err)) == ERR_OK) {
		rc = helper_run(program, out->places ? PROTOCOL_PLACES : NULL,
		    data, len, PROTOCOL_ANSWER_MAX, &answer, err);
		rc = helper_answer(rc, &answer, out, err);
	}
	bytes_wipe(&answer);
	free(program);
	return rc;
}

static bool
is_space(uint8_t byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Without white space at both ends. */
static struct reader
trim(struct reader line)
{
	struct reader part;

	while (line.left > 0 && is_space(line.at[0]))
		reader_take(&line, 1, &part);
	while (line.left > 0 && is_space(line.at[line.left - 1]))
		line.left--;
	return line;
}

/* A text's codes; words are kept only where there is no code: a text without any
 * is one foreign thing, not one a line, for who hands in the wrong file wants one
 * answer. */
struct text {
	struct scan_result *out;
	enum err rc;
	bool words; /* they are all there is yet */
};

/* From there on nobody looked: it is of no honest text. */
static void
cut(struct scan_result *out, size_t line)
{
	if (out->is_cut)
		return;
	out->is_cut = true;
	out->unread_line = line;
}

static void
keep(const struct joined *joined, void *arg)
{
	struct text *text = arg;
	const struct scan_item like = { .carrier = CARRIER_PACKED,
		.line = joined->line,
		.words = joined->kind == JOIN_WORDS };

	if (text->rc != ERR_OK || (like.words && text->out->count > 0))
		return;
	if (text->words)
		scan_clear(text->out);
	text->words = joined->kind == JOIN_WORDS;
	if (text->out->count == SCAN_LINE_MAX) {
		cut(text->out, joined->line);
		return;
	}
	text->rc =
	    scan_add(text->out, &like, joined->text.at, joined->text.left);
}

/* Each line, to `join`, until it is over; false when there are too many. */
static bool
join_lines(struct reader r, struct join *join, struct scan_result *out)
{
	struct reader line;
	size_t number = 0, count = 0;
	uint8_t feed;

	reader_skip_text(&r, "\xef\xbb\xbf"); /* editors begin UTF-8 so */
	while (r.left > 0) {
		if (!reader_until(&r, '\n', &line))
			reader_take(&r, r.left, &line);
		reader_byte(&r, &feed);
		number++;
		line = trim(line);
		if (line.left > 0 && count++ == SCAN_LINE_MAX)
			return false;
		join_line(join, number, line);
		if (join_is_over(join)) {
			cut(out, number);
			break;
		}
	}
	join_rest(join);
	return true;
}

static enum err
scan_lines(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	struct text text = { .out = out };
	struct join join = {
		.tell = keep, .arg = &text, .work_max = SCAN_VAIN_MAX
	};
	bool fits = join_lines((struct reader){ data, len }, &join, out);

	out->vain = join.work;
	if (join.failed)
		text.rc = ERR_MEMORY;
	join_wipe(&join);
	if (text.rc != ERR_OK)
		return err_memory(err);
	if (!fits)
		return err_set(err, ERR_LIMIT,
		    _("more than %d lines; split the file"), SCAN_LINE_MAX);
	if (out->count > 0)
		return ERR_OK;
	if (out->is_cut)
		return err_set(err, ERR_LIMIT,
		    _("The lines from %zu on were not looked at: split the "
		      "file."),
		    out->unread_line);
	out->hint = HINT_FORMAT;
	return err_set(
	    err, ERR_UNREADABLE, _("this file is empty; get another copy"));
}

static enum err
scan_xml(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	const struct scan_item like = { .carrier = CARRIER_XML };

	if (scan_add(out, &like, data, len) != ERR_OK)
		return err_memory(err);
	return ERR_OK;
}

/* Of a kind that is not read: which, and what to do. */
static enum err
scan_nothing(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	const struct bytes file = { .at = (uint8_t *)(uintptr_t)data,
		.len = len };
	const char *word = format_of(data, len);
	const char *is = word == NULL ? wrong_file_is(&file) : NULL;

	out->hint = HINT_FORMAT;
	if (is != NULL)
		return err_set(err, ERR_UNREADABLE, "%s", is);
	return format_blame(word, err);
}

/* A text of a kind that is not read, which somebody may have copied a code into: a
 * mail is often a web page. */
static enum err
scan_copied(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	struct bytes text = { 0 }, code = { 0 };
	struct reader rest;
	enum err rc;

	if (strcmp(format_of(data, len), "html") == 0)
		untag((struct reader){ data, len }, &text);
	else
		bytes_add(&text, data, len);
	if (text.failed)
		rc = err_memory(err);
	else if (packed_find(
		     (struct reader){ text.at, text.len }, &code, &rest, NULL))
		rc = scan_lines(text.at, text.len, out, err);
	else
		rc = scan_nothing(data, len, out, err);
	bytes_wipe(&text);
	bytes_wipe(&code);
	return rc;
}

/* A mail, archive or document within another. */
static enum err
scan_closed(enum magic type, const uint8_t *data, size_t len,
    struct scan_result *out, struct errtext *err)
{
	const char *word = "mail-within";

	if (type == MAGIC_ZIP)
		word = documents_guess(data, len);
	out->hint = HINT_FORMAT;
	return format_blame(word != NULL ? word : "archive-within", err);
}

static enum err
scan_by_type(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	enum magic type = magic_of(data, len);
	enum err rc;

	if (magic_is_decoded(type)) {
		rc = scan_decoded(data, len, out, err);
		out->is_pdf = type == MAGIC_PDF;
		return rc;
	}
	if (magic_is_box(type)) /* who wants what is in it opens it */
		return scan_closed(type, data, len, out, err);
	/* a letter may lie open in an archive or a mail that is not opened here */
	if (type == MAGIC_BINARY && format_of(data, len) != NULL)
		return scan_nothing(data, len, out, err);
	if (magic_has_letter(data, len))
		return scan_xml(data, len, out, err);
	if (type == MAGIC_BINARY || type == MAGIC_OTHER)
		return scan_nothing(data, len, out, err);
	if (format_of(data, len) != NULL)
		return scan_copied(data, len, out, err);
	return type == MAGIC_XML ? scan_xml(data, len, out, err)
				 : scan_lines(data, len, out, err);
}

static enum err
scan_file(const uint8_t *data, size_t len, bool places, struct scan_result *out,
    struct errtext *err)
{
	struct scan_result found = { .places = places };
	enum err rc;

	if (len > SCAN_FILE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the file is larger than %u MB"), SCAN_FILE_MAX >> 20);
	rc = scan_by_type(data, len, &found, err);
	out->hint = found.hint;
	out->looked = found.looked;
	out->vain = found.vain;
	if (rc == ERR_OK)
		*out = found;
	else
		scan_clear(&found);
	return rc;
}

enum err
scan_bytes(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	return scan_file(data, len, false, out, err);
}

enum err
scan_places(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err)
{
	return scan_file(data, len, true, out, err);
}

void
scan_clear(struct scan_result *result)
{
	size_t i;

	for (i = 0; i < result->count; i++)
		bytes_wipe(&result->item[i].data);
	free(result->item);
	free(result->page);
	free(result->page_hint);
	*result = (struct scan_result){ 0 };
}
