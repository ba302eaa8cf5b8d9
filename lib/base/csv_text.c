/*
 * csv_text.c - csv_text.h.
 */
#include "base/csv_text.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <unistr.h>

#include <string.h>

static size_t
line_of(const uint8_t *text, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

/* A whole spreadsheet given instead of the CSV that was saved from it. */
static bool
is_spreadsheet(struct reader file)
{
	return reader_skip_text(&file, "PK\x03\x04") ||
	    reader_skip_text(&file, "\xd0\xcf\x11\xe0");
}

/* What systems of offices save as .xls is often a page or XML. */
static bool
is_page(struct reader text)
{
	while (reader_skip_text(&text, " ") || reader_skip_text(&text, "\t") ||
	    reader_skip_text(&text, "\r") || reader_skip_text(&text, "\n"))
		;
	return reader_skip_text(&text, "<");
}

static enum err
check_utf8(const uint8_t *text, size_t len, struct errtext *err)
{
	const uint8_t *bad;

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
		      "save the file as UTF-8: in the spreadsheet choose Save "
		      "As and \"CSV UTF-8\", or \"Unicode text\" where that "
		      "is missing"),
		    line_of(text, (size_t)(bad - text)));
	return ERR_OK;
}

static uint32_t
unit_at(const uint8_t *at, bool big)
{
	return big ? (uint32_t)at[0] << 8 | at[1]
		   : (uint32_t)at[1] << 8 | at[0];
}

/* One character of UTF-16 (RFC 2781); false for half a pair or the end. */
static bool
next_wide(struct reader *r, bool big, uint32_t *character)
{
	struct reader part;
	uint32_t high, low;

	if (!reader_take(r, 2, &part))
		return false;
	high = unit_at(part.at, big);
	*character = high;
	if (high < 0xd800 || high > 0xdfff)
		return true;
	if (high > 0xdbff || !reader_take(r, 2, &part))
		return false;
	low = unit_at(part.at, big);
	*character = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	return low >= 0xdc00 && low <= 0xdfff;
}

static bool
is_plain(const uint8_t *at, size_t plain, size_t zero)
{
	return at[plain] != 0 && at[plain] < 0x80 && at[zero] == 0;
}

/* Two characters of English, each with a NUL byte on the same side. */
static bool
is_wide(const struct reader *file, size_t plain, size_t zero)
{
	return file->left >= 4 && is_plain(file->at, plain, zero) &&
	    is_plain(file->at + 2, plain, zero);
}

static enum err
from_wide(struct reader r, bool big, struct bytes *own, struct errtext *err)
{
	size_t line = 1;
	uint32_t c;

	bytes_add_text(own, "");
	while (r.left > 0) {
		if (!next_wide(&r, big, &c))
			return err_set(err, ERR_DATA,
			    _("line %zu: the file is damaged or cut off; save "
			      "it again as \"CSV UTF-8\""),
			    line);
		line += c == '\n';
		utf8_add(own, c);
	}
	if (own->failed)
		return err_memory(err);
	return ERR_OK;
}

/* CR alone, all through the file. */
static enum err
end_lines(struct bytes *own, struct reader *text, struct errtext *err)
{
	if (text->left == 0 || memchr(text->at, '\r', text->left) == NULL ||
	    memchr(text->at, '\n', text->left) != NULL)
		return ERR_OK;
	if (text->at != own->at) {
		bytes_add(own, text->at, text->left);
		if (own->failed)
			return err_memory(err);
	}
	for (size_t i = 0; i < own->len; i++)
		if (own->at[i] == '\r')
			own->at[i] = '\n';
	*text = (struct reader){ own->at, own->len };
	return ERR_OK;
}

enum err
csv_text(const void *file, size_t len, struct bytes *own, struct reader *text,
    bool *has_mark, struct errtext *err)
{
	struct reader all = { file, len };
	bool little, big;
	enum err rc = ERR_OK;

	if (len > CSV_FILE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the file is larger than %u MiB; split it"),
		    CSV_FILE_MAX >> 20);
	if (is_spreadsheet(all))
		return err_set(err, ERR_DATA,
		    _("this is a spreadsheet, not a CSV file; open it, choose "
		      "Save As and \"CSV UTF-8\", and give that file"));
	little = reader_skip_text(&all, "\xff\xfe");
	big = !little && reader_skip_text(&all, "\xfe\xff");
	*has_mark = little || big || reader_skip_text(&all, "\xef\xbb\xbf");
	little = little || is_wide(&all, 0, 1);
	big = big || is_wide(&all, 1, 0);
	if (little || big) {
		rc = from_wide(all, big, own, err);
		all = (struct reader){ own->at, own->len };
	}
	if (rc == ERR_OK)
		rc = check_utf8(all.at, all.left, err);
	if (rc == ERR_OK && is_page(all))
		rc = err_set(err, ERR_DATA,
		    _("this is a web page or XML, not a CSV file; open it in a "
		      "spreadsheet, choose Save As and \"CSV UTF-8\", and give "
		      "that file"));
	if (rc == ERR_OK)
		rc = end_lines(own, &all, err);
	if (rc == ERR_OK)
		*text = all;
	return rc;
}
