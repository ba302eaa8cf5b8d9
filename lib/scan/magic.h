/*
 * magic.h - what a file is, by its first bytes and never by its name.
 */
#ifndef SCAN_MAGIC_H
#define SCAN_MAGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum magic {
	MAGIC_TEXT, /* nothing below: lines of text, perhaps */
	MAGIC_XML,  /* first character '<', white space and BOM aside */
	MAGIC_PNG,
	MAGIC_JPEG,
	MAGIC_WEBP,
	MAGIC_GIF,
	MAGIC_BMP,
	MAGIC_TIFF,   /* BigTIFF too */
	MAGIC_HEIF,   /* HEIC and AVIF */
	MAGIC_OTHER,  /* a picture of a kind that is not read: JPEG 2000... */
	MAGIC_ZIP,    /* also what is a zip inside, as a Word document is */
	MAGIC_MAIL,   /* two fields of a mail's head in its first lines */
	MAGIC_PDF,    /* %PDF- within the first 1024 bytes, as readers do */
	MAGIC_BINARY, /* its first 4096 bytes have a NUL, or many other
			 characters that no text has */
};

/*
 * What a letter file of any version is known by, wherever it is. Written out
 * here because this room does not know letters; a test holds it against
 * letter/xml.h.
 */
#define MAGIC_LETTER     "urn:sello:letter:"
#define MAGIC_LETTER_MAX 32768 /* bytes of an attached letter */

/* magic_has_letter - do these bytes stand in it? Also as UTF-16 and UTF-32
 * write them: the letter's profile says what is wrong with such a file. */
bool magic_has_letter(const uint8_t *data, size_t len);

/* magic_of - by the first MAGIC_PEEK of len bytes; MAGIC_TEXT for none. */
enum magic magic_of(const uint8_t *data, size_t len);

/* magic_is_decoded - a picture or document that sello-decode looks into? */
bool magic_is_decoded(enum magic magic);

/* magic_is_box - a container, of which sello-decode takes out the files? */
bool magic_is_box(enum magic magic);

/* magic_name - of a picture's or document's format, the same in every language;
 * NULL for what has none. */
const char *magic_name(enum magic magic);

/* MAGIC_PEEK - so many bytes are enough to say. */
#define MAGIC_PEEK 4096

#endif
