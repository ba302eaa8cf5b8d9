/*
 * mail.c - what is attached to a mail, by a reader of our own: bodies within
 * bodies, two encodings, names. A library for it would bring GLib's streams,
 * character sets and cryptography into the jail for three hundred lines.
 */
#include "decode/crate.h"

#include "decode/mime.h"
#include "scan/magic.h"
#include "scan/protocol.h"

#include <string.h>

#define MAIL_BOX "From "

struct mail {
	struct crate *crate;
	int parts, lines;
};

/* A part of it: what it says about itself, and what is in it. */
struct part {
	struct reader head, body;
	struct bytes type, encoding, name, boundary;
};

static void
part_clear(struct part *part)
{
	bytes_free(&part->type);
	bytes_free(&part->encoding);
	bytes_free(&part->name);
	bytes_free(&part->boundary);
}

/* The head ends with an empty line. */
static void
split(struct reader all, struct part *part)
{
	struct reader line;

	part->head = all;
	part->body = all;
	while (mime_line(&part->body, &line) && line.left > 0)
		continue;
	part->head.left = all.left - part->body.left;
}

static void
describe(struct part *part)
{
	struct bytes disposition = { 0 };

	if (!mime_field(part->head, "Content-Type", &part->type))
		bytes_add_text(&part->type, "text/plain");
	mime_field(part->head, "Content-Transfer-Encoding", &part->encoding);
	mime_field(part->head, "Content-Disposition", &disposition);
	if (!mime_parameter(&disposition, "filename", &part->name))
		mime_parameter(&part->type, "name", &part->name);
	if (mime_starts(&part->type, "multipart/"))
		mime_parameter(&part->type, "boundary", &part->boundary);
	bytes_free(&disposition);
}

static void
decode(const struct part *part, struct bytes *out)
{
	if (mime_starts(&part->encoding, "base64"))
		mime_base64(part->body, out);
	else if (mime_starts(&part->encoding, "quoted-printable"))
		mime_quoted(part->body, out);
	else if (mime_starts(&part->type, "text/") ||
	    mime_starts(&part->type, "application/xml"))
		mime_text(part->body, out);
	else
		bytes_add(out, part->body.at, part->body.left);
}

/* What a mail program adds to vouch for the rest: RFC 8551, RFC 3156. */
static bool
is_signature(const struct part *part)
{
	return mime_starts(&part->type, "application/pkcs7-signature") ||
	    mime_starts(&part->type, "application/x-pkcs7-signature") ||
	    mime_starts(&part->type, "application/pgp-signature");
}

/* Words to the reader are no file, but where a code stands among them. */
static bool
is_wanted(const struct part *part, const struct bytes *data)
{
	if (is_signature(part))
		return false;
	if (part->name.len > 0)
		return true;
	if (mime_starts(&part->type, "text/plain") ||
	    mime_starts(&part->type, "text/html"))
		return mime_has(data, SCAN_PREFIX);
	return !mime_starts(&part->type, "text/");
}

/* Words to the reader may look like one. */
static bool
is_mail(const struct part *part, const struct bytes *data)
{
	return (part->name.len > 0 || !mime_starts(&part->type, "text/")) &&
	    magic_of(data->at, data->len) == MAGIC_MAIL;
}

/* What comes without a name is called by its kind: "image.jpeg". */
static void
name_part(struct part *part)
{
	struct reader r = { part->type.at, part->type.len };
	uint8_t byte;

	if (part->name.len > 0)
		return;
	while (reader_byte(&r, &byte) && byte != ';')
		bytes_add_byte(&part->name, byte == '/' ? '.' : byte);
}

static bool take_part(struct mail *mail, struct reader all, int depth);

/* A mail that was passed on as a file, or in base64 against RFC 2046, is one. */
static bool
take_leaf(struct mail *mail, struct part *part, int depth)
{
	struct bytes data = { 0 };
	bool more = true;

	decode(part, &data);
	if (data.failed)
		crate_bad(mail->crate, ERR_MEMORY);
	else if (is_mail(part, &data))
		more = take_part(
		    mail, (struct reader){ data.at, data.len }, depth + 1);
	else if (is_wanted(part, &data)) {
		name_part(part);
		more = crate_add(mail->crate, &part->name, &data);
	}
	bytes_wipe(&data);
	return more;
}

/* "--" and the boundary; then white space, or "--" again at the last. */
static bool
is_boundary(const struct reader *line, const struct bytes *boundary, bool *last)
{
	struct reader r = *line, part;

	if (!reader_skip_text(&r, "--") || r.left < boundary->len ||
	    memcmp(r.at, boundary->at, boundary->len) != 0)
		return false;
	reader_take(&r, boundary->len, &part);
	*last = reader_skip_text(&r, "--");
	while (r.left > 0 && (r.at[0] == ' ' || r.at[0] == '\t'))
		reader_take(&r, 1, &part);
	return r.left == 0;
}

/* The line end before a boundary is the boundary's. */
static void
drop_line_end(struct reader *r)
{
	if (r->left > 0 && r->at[r->left - 1] == '\n')
		r->left--;
	if (r->left > 0 && r->at[r->left - 1] == '\r')
		r->left--;
}

/* What stands before the first boundary and behind the last one is nothing. */
static bool
take_parts(struct mail *mail, const struct part *part, int depth)
{
	struct reader r = part->body, at = r, inner = { 0 }, line;
	bool inside = false, last = false, more = true;

	while (more && !last && mime_line(&r, &line)) {
		if (mail->lines++ == CRATE_LINE_MAX) {
			crate_bad(mail->crate, ERR_LIMIT);
			return false;
		}
		if (is_boundary(&line, &part->boundary, &last)) {
			inner.left -= inside ? at.left : 0;
			drop_line_end(&inner);
			more = !inside || take_part(mail, inner, depth + 1);
			inside = true;
			inner = r;
		}
		at = r;
	}
	if (more && inside && !last) /* it was cut off */
		more = take_part(mail, inner, depth + 1);
	return more;
}

static bool
take_part(struct mail *mail, struct reader all, int depth)
{
	struct part part = { 0 };
	bool more = true;

	if (depth > CRATE_DEPTH_MAX || mail->parts++ == CRATE_PART_MAX) {
		crate_bad(mail->crate, ERR_LIMIT);
		return depth > CRATE_DEPTH_MAX;
	}
	split(all, &part);
	describe(&part);
	if (part.type.failed || part.name.failed || part.boundary.failed)
		crate_bad(mail->crate, ERR_MEMORY);
	else if (part.boundary.len > 0)
		more = take_parts(mail, &part, depth);
	else if (mime_starts(&part.type, "message/rfc822") &&
	    !mime_starts(&part.encoding, "base64") &&
	    !mime_starts(&part.encoding, "quoted-printable"))
		more = take_part(mail, part.body, depth + 1);
	else
		more = take_leaf(mail, &part, depth);
	part_clear(&part);
	return more;
}

/* A mailbox has a line before each mail, and no other line that begins so:
 * RFC 4155. */
static void
next_mail(struct reader *all, struct reader *mail)
{
	static const char next[] = "\n" MAIL_BOX;
	const uint8_t *at = memmem(all->at, all->left, next, strlen(next));

	reader_take(
	    all, at != NULL ? (size_t)(at - all->at) + 1 : all->left, mail);
}

void
mail_unpack(const struct bytes *file, struct crate *crate)
{
	struct mail mail = { .crate = crate };
	struct reader all = { file->at, file->len }, one;
	bool more = true;

	reader_skip_text(&all, "\xef\xbb\xbf");
	one = all;
	if (!reader_skip_text(&one, MAIL_BOX)) {
		take_part(&mail, all, 0);
		return;
	}
	while (more && all.left > 0) {
		next_mail(&all, &one);
		more = take_part(&mail, one, 0);
	}
}
