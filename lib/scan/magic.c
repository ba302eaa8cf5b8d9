/*
 * magic.c - telling file types apart: magic.h.
 */
#include "scan/magic.h"

#include "base/bytes.h"

#include <string.h>
#include <strings.h>

#define PDF_HEADER_WITHIN 1024

static bool
starts(const uint8_t *data, size_t len, const char *bytes, size_t count)
{
	return len >= count && memcmp(data, bytes, count) == 0;
}

/* XML in UTF-8 or UTF-16, which the letter's profile will refuse by name. */
static bool
is_xml(const uint8_t *data, size_t len)
{
	struct reader r = { data, len };
	uint8_t byte;

	if (starts(data, len, "\xef\xbb\xbf", 3))
		(void)reader_skip_text(&r, "\xef\xbb\xbf");
	else if (starts(data, len, "\xff\xfe<\0", 4) ||
	    starts(data, len, "\xfe\xff\0<", 4))
		return true;
	while (reader_byte(&r, &byte))
		if (strchr(" \t\r\n", byte) == NULL || byte == '\0')
			return byte == '<';
	return false;
}

/* Its brand: ISO/IEC 23008-12 and AVIF. */
static bool
is_heif(const uint8_t *data, size_t len)
{
	static const char *const brands[] = { "heic", "heix", "heim", "heis",
		"hevc", "hevx", "mif1", "msf1", "avif", "avis" };
	size_t i;

	if (len < 12 || memcmp(data + 4, "ftyp", 4) != 0)
		return false;
	for (i = 0; i < sizeof(brands) / sizeof(brands[0]); i++)
		if (memcmp(data + 8, brands[i], 4) == 0)
			return true;
	return false;
}

/* Of these only one file in some thousand texts would begin so. */
static bool
is_bmp(const uint8_t *data, size_t len)
{
	return len >= 10 && starts(data, len, "BM", 2) &&
	    memcmp(data + 6, "\0\0\0\0", 4) == 0;
}

static enum magic
picture_of(const uint8_t *data, size_t len)
{
	if (starts(data, len, "\x89PNG\r\n\x1a\n", 8))
		return MAGIC_PNG;
	if (starts(data, len, "\xff\xd8\xff", 3))
		return MAGIC_JPEG;
	if (len >= 12 && starts(data, len, "RIFF", 4) &&
	    memcmp(data + 8, "WEBP", 4) == 0)
		return MAGIC_WEBP;
	if (starts(data, len, "GIF87a", 6) || starts(data, len, "GIF89a", 6))
		return MAGIC_GIF;
	if (starts(data, len, "II*\0", 4) || starts(data, len, "MM\0*", 4) ||
	    starts(data, len, "II+\0", 4) || starts(data, len, "MM\0+", 4))
		return MAGIC_TIFF;
	if (is_bmp(data, len))
		return MAGIC_BMP;
	if (is_heif(data, len))
		return MAGIC_HEIF;
	if (starts(data, len, "\0\0\0\x0cjP  ", 8) ||
	    starts(data, len, "\0\0\0\x0cJXL ", 8))
		return MAGIC_OTHER;
	return MAGIC_BINARY;
}

bool
magic_has_letter(const uint8_t *data, size_t len)
{
	return len > 0 &&
	    (memmem(data, len, MAGIC_LETTER, strlen(MAGIC_LETTER)) != NULL ||
		bytes_has_wide(data, len, MAGIC_LETTER));
}

/* A name, of whatever program, and what it says: RFC 5322. */
static bool
is_field(struct reader line)
{
	size_t i;

	for (i = 0; i < line.left && line.at[i] != ':'; i++)
		if (line.at[i] <= ' ' || line.at[i] > '~')
			return false;
	return i > 0 && i < line.left;
}

/* A mail begins with a field of its head; two of its first lines are fields that
 * mails have. Names are written in whatever letters. A mailbox has a line before
 * it. */
static bool
is_mail(const uint8_t *data, size_t len)
{
	static const char *const fields[] = { "Return-Path:", "Received:",
		"Delivered-To:", "From:", "To:", "Cc:", "Subject:", "Date:",
		"Message-ID:", "MIME-Version:", "Content-Type:", "Reply-To:",
		"Sender:", "DKIM-Signature:", "Authentication-Results:",
		"ARC-Seal:", "Thread-Topic:", "Thread-Index:",
		"X-Mozilla-Status:", "X-Received:", "X-Original-To:",
		"X-Sender:", "X-Mailer:", "X-Account-Key:", "X-UIDL:" };
	struct reader r = { data, len }, line;
	size_t i, found = 0, count = 0;
	uint8_t feed;

	(void)reader_skip_text(&r, "\xef\xbb\xbf");
	if (reader_skip_text(&r, "From ") &&
	    !(reader_until(&r, '\n', &line) && reader_byte(&r, &feed)))
		return false;
	while (found < 2 && reader_until(&r, '\n', &line) &&
	    reader_byte(&r, &feed)) {
		if (count++ == 0 && !is_field(line))
			return false;
		for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			found += line.left >= strlen(fields[i]) &&
			    strncasecmp((const char *)line.at, fields[i],
				strlen(fields[i])) == 0;
		/* the head ends */
		if (line.left == 0 || line.at[0] == '\r')
			return false;
	}
	return found >= 2;
}

/* Characters that no text has in any of its encodings; what scanners send (STX,
 * ETX, EOT and the separators) and old printers understood is left out. */
static bool
is_never_text(uint8_t byte)
{
	return byte < ' ' &&
	    memchr("\2\3\4\b\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f", byte, 15) ==
	    NULL;
}

/* One NUL, or more such characters than a text that was damaged has: packed and
 * encrypted bytes have one in fifteen, and often no NUL. */
static bool
is_binary(const uint8_t *data, size_t len)
{
	size_t i, never = 0;

	if (len > 0 && memchr(data, '\0', len) != NULL)
		return true;
	for (i = 0; i < len; i++)
		never += is_never_text(data[i]);
	return never > 2 && never > len / 40;
}

enum magic
magic_of(const uint8_t *data, size_t len)
{
	size_t peek = len < MAGIC_PEEK ? len : MAGIC_PEEK;
	size_t head = len < PDF_HEADER_WITHIN ? len : PDF_HEADER_WITHIN;
	enum magic picture = picture_of(data, len);

	if (picture != MAGIC_BINARY)
		return picture;
	if (starts(data, len, "PK\3\4", 4) || starts(data, len, "PK\5\6", 4))
		return MAGIC_ZIP;
	if (is_mail(data, peek))
		return MAGIC_MAIL;
	if (is_xml(data, peek))
		return MAGIC_XML;
	if (len > 0 && memmem(data, head, "%PDF-", 5) != NULL)
		return MAGIC_PDF;
	if (is_binary(data, peek))
		return MAGIC_BINARY;
	return MAGIC_TEXT;
}

bool
magic_is_decoded(enum magic magic)
{
	switch (magic) {
	case MAGIC_PNG:
	case MAGIC_JPEG:
	case MAGIC_WEBP:
	case MAGIC_GIF:
	case MAGIC_BMP:
	case MAGIC_TIFF:
	case MAGIC_HEIF:
	case MAGIC_PDF:
		return true;
	case MAGIC_TEXT:
	case MAGIC_XML:
	case MAGIC_OTHER:
	case MAGIC_ZIP:
	case MAGIC_MAIL:
	case MAGIC_BINARY:
		break;
	}
	return false;
}

bool
magic_is_box(enum magic magic)
{
	return magic == MAGIC_ZIP || magic == MAGIC_MAIL;
}

const char *
magic_name(enum magic magic)
{
	switch (magic) {
	case MAGIC_PNG:
		return "PNG";
	case MAGIC_JPEG:
		return "JPEG";
	case MAGIC_WEBP:
		return "WebP";
	case MAGIC_GIF:
		return "GIF";
	case MAGIC_BMP:
		return "BMP";
	case MAGIC_TIFF:
		return "TIFF";
	case MAGIC_HEIF:
		return "HEIC";
	case MAGIC_PDF:
		return "PDF";
	case MAGIC_TEXT:
	case MAGIC_XML:
	case MAGIC_OTHER:
	case MAGIC_ZIP:
	case MAGIC_MAIL:
	case MAGIC_BINARY:
		break;
	}
	return NULL;
}
