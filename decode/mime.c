/*
 * mime.c - mime.h.
 */
#include "decode/mime.h"

#include "base/encode.h"

#include <string.h>
#include <strings.h>

bool
mime_line(struct reader *r, struct reader *line)
{
	uint8_t feed;

	if (r->left == 0)
		return false;
	if (!reader_until(r, '\n', line))
		reader_take(r, r->left, line);
	reader_byte(r, &feed);
	if (line->left > 0 && line->at[line->left - 1] == '\r')
		line->left--;
	return true;
}

static bool
is_space(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

static void
skip_space(struct reader *r)
{
	struct reader part;

	while (r->left > 0 && is_space(r->at[0]))
		reader_take(r, 1, &part);
}

static bool
has_name(const struct reader *line, const char *name)
{
	size_t len = strlen(name);

	return line->left > len && line->at[len] == ':' &&
	    strncasecmp((const char *)line->at, name, len) == 0;
}

bool
mime_field(struct reader head, const char *name, struct bytes *out)
{
	struct reader line, part;
	bool found = false;

	while (mime_line(&head, &line)) {
		if (found && !(line.left > 0 && is_space(line.at[0])))
			break;
		if (!found && has_name(&line, name)) {
			found = true;
			reader_take(&line, strlen(name) + 1, &part);
		}
		skip_space(&line);
		if (found && line.left > 0) {
			if (out->len > 0)
				bytes_add_byte(out, ' ');
			bytes_add(out, line.at, line.left);
		}
	}
	return found;
}

bool
mime_starts(const struct bytes *value, const char *text)
{
	return value->len >= strlen(text) &&
	    strncasecmp((const char *)value->at, text, strlen(text)) == 0;
}

bool
mime_has(const struct bytes *value, const char *text)
{
	struct reader r = { value->at, value->len }, part;
	size_t len = strlen(text);

	for (; r.left >= len; reader_take(&r, 1, &part))
		if (strncasecmp((const char *)r.at, text, len) == 0)
			return true;
	return false;
}

/* --- bytes that are written as others ---------------------------------------- */

static int
hex_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Two digits behind an escape. */
static bool
take_hex(struct reader *r, uint8_t *byte)
{
	struct reader two;

	if (r->left < 2 || hex_of(r->at[0]) < 0 || hex_of(r->at[1]) < 0)
		return false;
	reader_take(r, 2, &two);
	*byte = (uint8_t)(hex_of(two.at[0]) << 4 | hex_of(two.at[1]));
	return true;
}

/* Every pair of digits behind the escape; a space's other name, or NUL. */
static void
unescape(struct reader r, uint8_t escape, uint8_t space, struct bytes *out)
{
	uint8_t byte;

	while (reader_byte(&r, &byte)) {
		if (byte == escape)
			take_hex(&r, &byte);
		else if (byte == space && space != '\0')
			byte = ' ';
		bytes_add_byte(out, byte);
	}
}

static bool
is_base64(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '+' || c == '/';
}

void
mime_base64(struct reader body, struct bytes *out)
{
	struct bytes text = { 0 };
	uint8_t *at = bytes_reserve(&text, body.left + 4), byte;
	size_t whole;

	if (at == NULL) {
		out->failed = true;
		return;
	}
	while (reader_byte(&body, &byte) && byte != '=')
		if (is_base64(byte))
			at[text.len++] = byte;
	/* what is cut off costs its last bytes, not all of it */
	whole = text.len - text.len % 4;
	base64_decode((const char *)at, whole, out);
	while (text.len % 4 > 0)
		at[text.len++] = '=';
	base64_decode((const char *)at + whole, text.len - whole, out);
	bytes_wipe(&text);
}

/* A line's end is one byte, and the last line may have none. */
static void
add_lines(struct reader body, bool quoted, struct bytes *out)
{
	bool closed = body.left > 0 && body.at[body.left - 1] == '\n';
	struct reader line;
	bool soft;

	while (mime_line(&body, &line)) {
		while (
		    quoted && line.left > 0 && is_space(line.at[line.left - 1]))
			line.left--;
		soft = quoted && line.left > 0 && line.at[line.left - 1] == '=';
		if (soft)
			line.left--;
		if (quoted)
			unescape(line, '=', '\0', out);
		else
			bytes_add(out, line.at, line.left);
		if (!soft && (closed || body.left > 0))
			bytes_add_byte(out, '\n');
	}
}

void
mime_quoted(struct reader body, struct bytes *out)
{
	add_lines(body, true, out);
}

void
mime_text(struct reader body, struct bytes *out)
{
	add_lines(body, false, out);
}

/* --- names in other letters ---------------------------------------------------- */

/* To UTF-8: what is not is taken for ISO 8859-1, as most of it is. */
static void
add_in_charset(
    const struct bytes *text, const struct reader *charset, struct bytes *out)
{
	bool plain = charset->left == 5 &&
	    strncasecmp((const char *)charset->at, "utf-8", 5) == 0;
	size_t i;

	for (i = 0; i < text->len; i++) {
		uint8_t c = text->at[i];

		if (plain || c < 0x80) {
			bytes_add_byte(out, c);
			continue;
		}
		bytes_add_byte(out, (uint8_t)(0xc0 | c >> 6));
		bytes_add_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
	}
}

/* =?charset?B?text?= or Q. */
static bool
take_word(struct reader *r, struct bytes *out)
{
	struct reader all = *r, charset, how, text;
	struct bytes bytes = { 0 };
	uint8_t mark;

	if (!reader_skip_text(&all, "=?") ||
	    !reader_until(&all, '?', &charset) || !reader_byte(&all, &mark) ||
	    !reader_until(&all, '?', &how) || how.left != 1 ||
	    !reader_byte(&all, &mark) || !reader_until(&all, '?', &text) ||
	    !reader_skip_text(&all, "?="))
		return false;
	if (how.at[0] == 'B' || how.at[0] == 'b')
		mime_base64(text, &bytes);
	else
		unescape(text, '=', '_', &bytes);
	add_in_charset(&bytes, &charset, out);
	bytes_free(&bytes);
	*r = all;
	return true;
}

/* White space between two such words is none. */
static void
add_words(struct reader r, struct bytes *out)
{
	struct reader rest;
	bool word = false;
	uint8_t byte;

	while (r.left > 0) {
		rest = r;
		/* looked for once: a name may be a million spaces */
		if (word)
			skip_space(&rest);
		if (word && take_word(&rest, out)) {
			r = rest;
			continue;
		}
		word = take_word(&r, out);
		if (!word && reader_byte(&r, &byte))
			bytes_add_byte(out, byte);
	}
}

/* charset'language'text, with % before two digits; only in the first piece. */
static void
add_extended(struct reader value, bool first, struct bytes *out)
{
	static const uint8_t utf8[] = "utf-8";
	struct reader charset = { utf8, 5 }, language;
	struct reader all = value;
	struct bytes bytes = { 0 };
	uint8_t quote;

	if (first && reader_until(&all, '\'', &charset) &&
	    reader_byte(&all, &quote) && reader_until(&all, '\'', &language) &&
	    reader_byte(&all, &quote))
		value = all;
	unescape(value, '%', 0, &bytes);
	add_in_charset(&bytes, &charset, out);
	bytes_free(&bytes);
}

/* --- parameters ------------------------------------------------------------------ */

/* One "name=value", past the semicolon behind it. */
static bool
take_parameter(struct reader *r, struct reader *name, struct bytes *value)
{
	uint8_t byte;

	skip_space(r);
	if (!reader_until(r, '=', name) || !reader_byte(r, &byte))
		return false;
	while (name->left > 0 && is_space(name->at[name->left - 1]))
		name->left--;
	skip_space(r);
	if (r->left > 0 && r->at[0] == '"') {
		reader_byte(r, &byte);
		while (reader_byte(r, &byte) && byte != '"') {
			if (byte == '\\')
				reader_byte(r, &byte);
			bytes_add_byte(value, byte);
		}
	}
	while (reader_byte(r, &byte) && byte != ';')
		if (!is_space(byte))
			bytes_add_byte(value, byte);
	return true;
}

/* What stands behind the parameter's name: "", "*", "*0", "*12*". */
static bool
is_named(const struct reader *name, const char *want, struct reader *behind)
{
	struct reader r = *name, part;
	size_t len = strlen(want);

	if (r.left < len || strncasecmp((const char *)r.at, want, len) != 0)
		return false;
	reader_take(&r, len, &part);
	*behind = r;
	return r.left == 0 || r.at[0] == '*';
}

static bool
add_value(
    const struct reader *behind, const struct bytes *value, struct bytes *out)
{
	struct reader r = { value->at, value->len };
	bool first = behind->left < 2 || behind->at[1] == '0';

	if (behind->left == 0)
		add_words(r, out);
	else if (behind->at[behind->left - 1] == '*')
		add_extended(r, first, out);
	else
		bytes_add(out, r.at, r.left);
	return true;
}

bool
mime_parameter(const struct bytes *field, const char *want, struct bytes *out)
{
	struct reader r = { field->at, field->len }, name, behind, part;
	struct bytes value = { 0 };
	bool found = false;
	uint8_t byte;

	if (!reader_until(&r, ';', &part) || !reader_byte(&r, &byte))
		return false;
	while (take_parameter(&r, &name, &value)) {
		if (is_named(&name, want, &behind))
			found |= add_value(&behind, &value, out);
		bytes_reset(&value);
	}
	bytes_free(&value);
	return found;
}
