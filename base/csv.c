/*
 * csv.c - RFC 4180 records as spreadsheets write them: csv.h.
 */
#include "base/csv.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <unistr.h>

#include <stdlib.h>
#include <string.h>

struct csv {
	struct reader all; /* without the byte order mark */
	struct reader r;   /* what is still to be read */
	size_t line;       /* the line r starts in, from 1 */
	uint8_t separator;
	/* the record being read: values one after the other, each with NUL */
	struct bytes text;
	size_t start[CSV_COLUMN_MAX]; /* of each value in text */
	const char *value[CSV_COLUMN_MAX];
};

static size_t
line_of(const uint8_t *text, size_t offset)
{
	size_t line = 1;
	size_t i;

	for (i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

static enum err
check_text(const uint8_t *text, size_t len, struct errtext *err)
{
	const uint8_t *bad;

	if (len > CSV_FILE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the file is larger than %u MiB; split it"),
		    CSV_FILE_MAX >> 20);
	if (len == 0)
		return ERR_OK;
	if ((bad = memchr(text, '\0', len)) != NULL)
		return err_set(err, ERR_DATA,
		    _("line %zu: a NUL byte, so this is not a CSV file in "
		      "UTF-8; save the file again as \"CSV UTF-8\""),
		    line_of(text, (size_t)(bad - text)));
	if ((bad = u8_check(text, len)) != NULL)
		return err_set(err, ERR_DATA,
		    _("line %zu: not UTF-8, perhaps Latin-1 (Windows-1252); "
		      "save the file as UTF-8 (\"CSV UTF-8\")"),
		    line_of(text, (size_t)(bad - text)));
	return ERR_OK;
}

/* The header names its columns, so what stands most between them is it. */
static uint8_t
find_separator(struct reader r)
{
	size_t commas = 0, semicolons = 0;
	bool quoted = false, seen = false;
	uint8_t c;

	while (reader_byte(&r, &c)) {
		if (c == '\n' && !quoted && seen)
			break;
		seen |= c != '\n' && c != '\r';
		if (c == '"')
			quoted = !quoted;
		else if (!quoted) {
			commas += c == ',';
			semicolons += c == ';';
		}
	}
	return semicolons > commas ? ';' : ',';
}

enum err
csv_new(const void *text, size_t len, struct csv **out, struct errtext *err)
{
	struct reader all = { text, len };
	struct csv *csv;
	enum err rc;

	if ((rc = check_text(text, len, err)) != ERR_OK)
		return rc;
	reader_skip_text(&all, "\xef\xbb\xbf");
	if ((csv = calloc(1, sizeof(*csv))) == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	csv->all = all;
	csv->r = all;
	csv->line = 1;
	csv->separator = find_separator(all);
	*out = csv;
	return ERR_OK;
}

static bool
at_byte(const struct csv *csv, uint8_t c)
{
	return csv->r.left > 0 && csv->r.at[0] == c;
}

static bool
skip_byte(struct csv *csv, uint8_t c)
{
	struct reader part;

	return at_byte(csv, c) && reader_take(&csv->r, 1, &part);
}

/* Past the end of a line, if there is one here. */
static bool
skip_line_end(struct csv *csv)
{
	if (!reader_skip_text(&csv->r, "\r\n") && !skip_byte(csv, '\n'))
		return false;
	csv->line++;
	return true;
}

/* After the opening quote, up to and past the closing one. */
static enum err
read_quoted(struct csv *csv, size_t start, struct errtext *err)
{
	size_t opened = csv->line;
	uint8_t c;

	while (reader_byte(&csv->r, &c)) {
		if (c == '"' && !skip_byte(csv, '"')) {
			if (csv->r.left == 0 || at_byte(csv, csv->separator) ||
			    at_byte(csv, '\n') || at_byte(csv, '\r'))
				return ERR_OK;
			return err_set(err, ERR_DATA,
			    _("line %zu: text after a closing quote; double "
			      "quotes that belong to a value"),
			    csv->line);
		}
		/* name the quote, not the place where patience ended */
		if (csv->text.len - start >= CSV_VALUE_MAX)
			return err_set(err, ERR_LIMIT,
			    _("line %zu: the value quoted from here is longer "
			      "than %d bytes; is its closing quote missing?"),
			    opened, CSV_VALUE_MAX);
		bytes_add_byte(&csv->text, c);
		csv->line += c == '\n';
	}
	return err_set(err, ERR_DATA,
	    _("line %zu: a quote is opened here and never closed"), opened);
}

static enum err
read_plain(struct csv *csv, size_t start, struct errtext *err)
{
	uint8_t c;

	while (csv->r.left > 0 && !at_byte(csv, csv->separator) &&
	    !at_byte(csv, '\n') && !at_byte(csv, '\r')) {
		reader_byte(&csv->r, &c);
		if (c == '"')
			return err_set(err, ERR_DATA,
			    _("line %zu: a quote inside a value that is not "
			      "quoted; quote the value and double the quote"),
			    csv->line);
		if (csv->text.len - start >= CSV_VALUE_MAX)
			return err_set(err, ERR_LIMIT,
			    _("line %zu: a value is longer than %d bytes"),
			    csv->line, CSV_VALUE_MAX);
		bytes_add_byte(&csv->text, c);
	}
	return ERR_OK;
}

/* One value; `more` when a separator follows it. */
static enum err
read_value(struct csv *csv, bool *more, struct errtext *err)
{
	size_t start = csv->text.len;
	enum err rc;

	if (skip_byte(csv, '"'))
		rc = read_quoted(csv, start, err);
	else
		rc = read_plain(csv, start, err);
	if (rc != ERR_OK)
		return rc;
	bytes_add_byte(&csv->text, '\0');
	if (csv->text.failed)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	*more = skip_byte(csv, csv->separator);
	if (*more || csv->r.left == 0 || skip_line_end(csv))
		return ERR_OK;
	return err_set(err, ERR_DATA,
	    _("line %zu: a carriage return without a line feed; save the file "
	      "with Windows or Unix line ends"),
	    csv->line);
}

enum err
csv_next(
    struct csv *csv, struct csv_record *record, bool *end, struct errtext *err)
{
	size_t count = 0, i, line;
	bool more = true;
	enum err rc;

	while (skip_line_end(csv))
		continue;
	*end = csv->r.left == 0;
	if (*end)
		return ERR_OK;
	bytes_reset(&csv->text);
	line = csv->line;
	while (more) {
		if (count == CSV_COLUMN_MAX)
			return err_set(err, ERR_LIMIT,
			    _("line %zu: more than %d columns"), csv->line,
			    CSV_COLUMN_MAX);
		csv->start[count++] = csv->text.len;
		if ((rc = read_value(csv, &more, err)) != ERR_OK)
			return rc;
	}
	/* only now: the text moves while it grows */
	for (i = 0; i < count; i++)
		csv->value[i] = (const char *)csv->text.at + csv->start[i];
	*record = (struct csv_record){ line, count, csv->value };
	return ERR_OK;
}

double
csv_progress(const struct csv *csv)
{
	if (csv->all.left == 0)
		return 1;
	return (double)(csv->all.left - csv->r.left) / (double)csv->all.left;
}

char
csv_separator(const struct csv *csv)
{
	return (char)csv->separator;
}

void
csv_free(struct csv **csv)
{
	if (*csv == NULL)
		return;
	bytes_wipe(&(*csv)->text); /* names and document numbers */
	free(*csv);
	*csv = NULL;
}

void
csv_add(struct bytes *line, const char *value, bool first)
{
	const char *c;

	if (!first)
		bytes_add_byte(line, ',');
	if (value[strcspn(value, ",;\"\r\n")] == '\0') {
		bytes_add_text(line, value);
		return;
	}
	bytes_add_byte(line, '"');
	for (c = value; *c != '\0'; c++) {
		if (*c == '"')
			bytes_add_byte(line, '"');
		bytes_add_byte(line, (uint8_t)*c);
	}
	bytes_add_byte(line, '"');
}
