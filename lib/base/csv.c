/*
 * csv.c - RFC 4180 records as spreadsheets write them: csv.h.
 */
#include "base/csv.h"

#include "base/csv_text.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct csv {
	struct bytes own;  /* the text, when the file is not in UTF-8 */
	bool has_mark;     /* the file began with a byte order mark */
	struct reader all; /* without the byte order mark */
	struct reader r;   /* what is still to be read */
	size_t line;       /* the line r starts in, from 1 */
	uint8_t separator;
	/* the record being read: values one after the other, each with NUL */
	struct bytes text;
	size_t start[CSV_COLUMN_MAX]; /* of each value in text */
	const char *value[CSV_COLUMN_MAX];
};

static bool
is_separator(uint8_t c)
{
	return c == ',' || c == ';' || c == '\t';
}

/* The header names its columns, so what stands most between them is it. */
static uint8_t
find_separator(struct reader r)
{
	size_t seen[256] = { 0 };
	uint8_t best = ',';
	bool quoted = false, begun = false;
	uint8_t c;

	while (reader_byte(&r, &c)) {
		if (c == '\n' && !quoted && begun)
			break;
		begun |= c != '\n' && c != '\r';
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && is_separator(c) && ++seen[c] > seen[best])
			best = c;
	}
	return best;
}

/* A first line "sep=;", which spreadsheets read and write, says it itself. */
static bool
take_separator(struct csv *csv)
{
	struct reader r = csv->r, word;
	bool quoted = reader_skip_text(&r, "\"");
	uint8_t separator;

	if (!reader_take(&r, 4, &word) ||
	    strncasecmp((const char *)word.at, "sep=", 4) != 0 ||
	    !reader_byte(&r, &separator) || !is_separator(separator) ||
	    (quoted && !reader_skip_text(&r, "\"")))
		return false;
	reader_skip_text(&r, "\r");
	if (!reader_skip_text(&r, "\n"))
		return false;
	csv->r = r;
	csv->line = 2;
	csv->separator = separator;
	return true;
}

enum err
csv_new(const void *text, size_t len, struct csv **out, struct errtext *err)
{
	struct csv *csv = calloc(1, sizeof(*csv));
	enum err rc;

	if (csv == NULL)
		return err_memory(err);
	rc = csv_text(text, len, &csv->own, &csv->all, &csv->has_mark, err);
	if (rc != ERR_OK) {
		csv_free(&csv);
		return rc;
	}
	csv_restart(csv, 0);
	*out = csv;
	return ERR_OK;
}

bool
csv_restart(struct csv *csv, size_t lines)
{
	struct reader r = csv->all, line;

	for (size_t i = 0; i < lines; i++)
		if (!reader_until(&r, '\n', &line) ||
		    !reader_skip_text(&r, "\n"))
			return false;
	csv->r = r;
	csv->line = lines + 1;
	if (lines > 0 || !take_separator(csv))
		csv->separator = find_separator(r);
	return true;
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
		/* ="0123": a spreadsheet's way to say that this is text */
		if (c == '"' && csv->text.len == start + 1 &&
		    csv->text.at[start] == '=') {
			csv->text.len = start;
			return read_quoted(csv, start, err);
		}
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

static bool
is_formula(const char *value)
{
	/* also ＝ ＋ － ＠, which a spreadsheet in Japanese takes for these */
	static const char *const wide[] = { "\uff1d", "\uff0b", "\uff0d",
		"\uff20" };

	if (value[0] != '\0' && strchr("=+-@\t\r\n", value[0]) != NULL)
		return value[1] != '\0';
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(value, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

/* An apostrophe that reading takes off. */
static bool
is_marked(const char *value)
{
	size_t marks = strspn(value, "'");
	const char *rest = value + marks;

	return marks > 0 && rest[0] != '\0' &&
	    (memchr("0123456789+-=@", rest[0], 14) != NULL || is_formula(rest));
}

/* The same within quotes, and the apostrophe that marks digits as text. */
static void
unmark_text(struct bytes *text, size_t start)
{
	char *value = (char *)text->at + start;
	size_t len = text->len - start, from = 0, keep = len;

	if (len >= 3 && value[0] == '=' && value[1] == '"' &&
	    memchr(value + 2, '"', len - 2) == value + len - 1) {
		from = 2;
		keep = len - 3;
	} else if (is_marked(value)) {
		from = 1;
		keep = len - 1;
	}
	memmove(value, value + from, keep);
	text->len = start + keep;
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
	if (!csv->text.failed && csv->text.len > start)
		unmark_text(&csv->text, start);
	bytes_add_byte(&csv->text, '\0');
	if (csv->text.failed)
		return err_memory(err);
	*more = skip_byte(csv, csv->separator);
	if (*more || csv->r.left == 0 || skip_line_end(csv))
		return ERR_OK;
	return err_set(err, ERR_DATA,
	    _("line %zu: a carriage return without a line feed; save the file "
	      "again as \"CSV UTF-8\""),
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

char
csv_separator(const struct csv *csv)
{
	return (char)csv->separator;
}

bool
csv_has_mark(const struct csv *csv)
{
	return csv->has_mark;
}

void
csv_free(struct csv **csv)
{
	if (*csv == NULL)
		return;
	bytes_wipe(&(*csv)->own); /* names and document numbers */
	bytes_wipe(&(*csv)->text);
	free(*csv);
	*csv = NULL;
}

void
csv_add(struct bytes *line, const char *value, bool first)
{
	const char *c;

	if (!first)
		bytes_add_byte(line, ',');
	if (value[strcspn(value, ",;\t\"\r\n")] == '\0') {
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

void
csv_add_cell(struct bytes *line, const char *value, bool first)
{
	struct bytes safe = { 0 };

	if (!is_formula(value) && !is_marked(value)) {
		csv_add(line, value, first);
		return;
	}
	bytes_add_byte(&safe, '\'');
	bytes_add_text(&safe, value);
	if (!safe.failed)
		csv_add(line, (const char *)safe.at, first);
	line->failed |= safe.failed;
	bytes_wipe(&safe);
}
