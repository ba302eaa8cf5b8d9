/*
 * pictures.c - pictures: of forged codes, of a thousand codes, cut, and with
 * headers that lie. What is left of an honest code may be read.
 */
#include "tests/hostile/hostile.h"
#include "tests/hostile/picture.h"

#include "base/encode.h"
#include "packed/packed.h"

#include <string.h>
#include <zlib.h>

#define UNREAD  "U-UNREADABLE"
#define SIZE    "U-SIZE"
#define NO      "U-UNREADABLE|U-SIZE"
#define PERHAPS "U-UNREADABLE|U-SIZE|" /* or the letter */

static void
put(struct hostile *h, const char *what, const char *ext,
    const struct bytes *file, const char *want)
{
	hostile_put(h, "pictures", what, ext, file->at, file->len, want);
}

/* --- codes --------------------------------------------------------------- */

static void
put_code(
    struct hostile *h, const char *what, const char *text, const char *want)
{
	struct canvas c;
	struct bytes file = { 0 };

	canvas_new(&c, 600, 600);
	canvas_code(&c, text, 20, 20, 6);
	canvas_png(&c, &file);
	put(h, what, "png", &file, want);
	canvas_free(&c);
	bytes_free(&file);
}

/* The body of letter 1 with a byte changed and the checksum put right. */
static void
put_turned(struct hostile *h, const char *what, size_t at, const char *want)
{
	struct bytes body = { 0 }, text = { 0 };
	uint32_t crc;
	size_t i;

	base32_decode((char *)h->one.code.at + 5, h->one.code.len - 5, &body);
	body.at[at < body.len ? at : body.len - 10] ^= 1;
	crc = (uint32_t)crc32(0, body.at, (uInt)(body.len - 4));
	for (i = 0; i < 4; i++)
		body.at[body.len - 1 - i] = (uint8_t)(crc >> 8 * i);
	bytes_add_text(&text, PACKED_PREFIX);
	base32_encode(body.at, body.len, &text);
	put_code(h, what, (char *)text.at, want);
	bytes_free(&body);
	bytes_free(&text);
}

static void
put_thief(struct hostile *h)
{
	struct bytes fields = { 0 }, file = { 0 }, code = { 0 };

	hostile_swap(&h->one.fields, "Q'anil Batz", "Batz Liar", &fields);
	hostile_thief(h, &h->one, (char *)fields.at, fields.len, &file);
	hostile_must(
	    packed_encode(file.at, file.len, &code, NULL, NULL) == ERR_OK,
	    "code");
	put_code(h, "a thief's code", (char *)code.at, "F-UNLOGGED");
	bytes_free(&fields);
	bytes_free(&file);
	bytes_free(&code);
}

/* So many codes of words in rows, and the letter's in the last row. */
static void
put_crowd(struct hostile *h, unsigned count, bool letter, const char *want)
{
	unsigned side = (21 + 8) * 3, in_row = 40, i;
	unsigned rows = (count + in_row - 1) / in_row;
	struct canvas c;
	struct bytes file = { 0 };
	char text[64];

	canvas_new(&c, side * in_row, side * rows + (letter ? 700 : 0));
	for (i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "A%u", i);
		canvas_code(&c, text, i % in_row * side, i / in_row * side, 3);
	}
	if (letter)
		canvas_code(&c, (char *)h->one.code.at, 0, side * rows + 20, 6);
	canvas_png(&c, &file);
	snprintf(text, sizeof(text), "%u codes%s", count,
	    letter ? " and a letter" : "");
	put(h, text, "png", &file, want);
	canvas_free(&c);
	bytes_free(&file);
}

static void
put_codes(struct hostile *h)
{
	struct bytes text = { 0 };

	put_code(h, "the letter", (char *)h->one.code.at, "");
	put_code(h, "a page", "HTTPS://SELLO.EXAMPLE/PAY", "U-FOREIGN");
	put_code(h, "a prefix", "SELLO", "U-GARBLED|U-FOREIGN");
	put_code(h, "a number", h->one.letter.number, "U-FOREIGN|U-REGISTER");
	put_turned(h, "another format", 0, "U-FOREIGN");
	put_turned(h, "another field", 20, "U-PROFILE|F-SIGNATURE");
	put_turned(h, "another signature", 1000, "F-SIGNATURE");
	put_thief(h);
	bytes_add(&text, h->one.code.at, h->one.code.len - 8);
	put_code(h, "a code cut", (char *)text.at, "U-GARBLED");
	bytes_reset(&text);
	bytes_addf(&text, "%sAAAA", (char *)h->one.code.at);
	put_code(h, "letters behind a code", (char *)text.at, "|U-GARBLED");
	bytes_reset(&text);
	bytes_addf(
	    &text, "%s%s", (char *)h->one.code.at, (char *)h->two.code.at);
	put_code(h, "two in one", (char *)text.at, "*");
	bytes_free(&text);
	put_crowd(h, 63, true, "");
	put_crowd(h, 64, true, "*");
	put_crowd(h, 65, false, "*");
	put_crowd(h, 1000, true, "*");
	put_crowd(h, 1000, false, "*");
}

/* --- cut ----------------------------------------------------------------- */

static void
put_cuts(struct hostile *h, const char *kind, const struct bytes *file)
{
	struct bytes hurt = { 0 };
	char what[64];
	size_t i, k;

	for (i = 0; i <= 10; i++) {
		snprintf(what, sizeof(what), "%s of %zu tenths", kind, i);
		hostile_put(h, "pictures", what, kind, file->at,
		    file->len * i / 10, i == 10 ? "" : PERHAPS "|U-FOREIGN");
		if (i == 10)
			break;
		/* ... and all there, with 16 bytes changed */
		bytes_reset(&hurt);
		bytes_add(&hurt, file->at, file->len);
		for (k = file->len * i / 10;
		     k < file->len * i / 10 + 16 && k < file->len; k++)
			hurt.at[k] ^= 0x5a;
		snprintf(what, sizeof(what), "%s hurt at %zu tenths", kind, i);
		put(h, what, kind, &hurt, PERHAPS "|U-FOREIGN");
	}
	bytes_free(&hurt);
}

static void
put_all_cuts(struct hostile *h)
{
	struct bytes file = { 0 };
	struct canvas c;

	canvas_new(&c, 600, 600);
	canvas_code(&c, (char *)h->one.code.at, 20, 20, 6);
	canvas_png(&c, &file);
	put_cuts(h, "png", &file);
	bytes_reset(&file);
	canvas_jpeg(&c, false, &file);
	put_cuts(h, "jpg", &file);
	bytes_reset(&file);
	canvas_jpeg(&c, true, &file);
	put_cuts(h, "jpeg", &file);
	canvas_free(&c);
	bytes_free(&file);
}

/* --- PNG that lie -------------------------------------------------------- */

static const struct {
	const char *what;
	uint32_t width, height;
	int depth, color, interlace;
	const char *want;
} headers[] = {
	{ "no width", 0, 100, 8, 0, 0, UNREAD },
	{ "no height", 100, 0, 8, 0, 0, UNREAD },
	{ "one pixel", 1, 1, 8, 0, 0, UNREAD },
	{ "a line", 1, 32768, 1, 0, 0, NO },
	{ "a line too long", 32769, 1, 1, 0, 0, NO },
	{ "2^31 - 1 wide", 0x7fffffff, 1, 8, 0, 0, NO },
	{ "2^31 wide", 0x80000000, 1, 8, 0, 0, NO },
	{ "2^32 - 1 of both", 0xffffffff, 0xffffffff, 16, 6, 1, NO },
	{ "65536 of both", 65536, 65536, 16, 6, 0, NO },
	{ "64 million", 8000, 8000, 1, 0, 0, NO },
	{ "64 million of 8 bytes", 8000, 8000, 16, 6, 0, NO },
	{ "64 million interlaced", 8000, 8000, 16, 6, 1, NO },
	{ "64 Mi and more", 8192, 8193, 1, 0, 0, SIZE },
	{ "depth 0", 100, 100, 0, 0, 0, UNREAD },
	{ "depth 3", 100, 100, 3, 0, 0, UNREAD },
	{ "depth 255", 100, 100, 255, 0, 0, UNREAD },
	{ "color 1", 100, 100, 8, 1, 0, UNREAD },
	{ "color 255", 100, 100, 8, 255, 0, UNREAD },
	{ "palette without one", 100, 100, 8, 3, 0, UNREAD },
	{ "palette of 16 bits", 100, 100, 16, 3, 0, UNREAD },
	{ "interlace 9", 100, 100, 8, 0, 9, UNREAD },
};

static void
put_png_headers(struct hostile *h)
{
	struct bytes file = { 0 };
	size_t i;

	for (i = 0; i < COUNT(headers); i++) {
		bytes_reset(&file);
		png_header(&file, headers[i].width, headers[i].height,
		    headers[i].depth, headers[i].color, headers[i].interlace);
		png_rows(&file, "\0\0\0\0", 4);
		png_chunk(&file, "IEND", "", 0);
		put(h, headers[i].what, "png", &file, headers[i].want);
	}
	bytes_free(&file);
}

/* As large as may be, and all its rows are there. */
static void
put_png_bombs(struct hostile *h)
{
	static const struct {
		const char *what;
		int depth, color, interlace;
		size_t row;
		const char *want;
	} rows[] = {
		{ "64 million of 1 bit, whole", 1, 0, 0, 1001, NO },
		{ "64 million of 1 bit, interlaced", 1, 0, 1, 1001, NO },
		{ "64 million of 1 byte, whole", 8, 0, 0, 8001, NO },
		{ "64 million of 3 bytes, whole", 8, 2, 0, 24001, NO },
		{ "64 million of 4 bytes, whole", 8, 6, 0, 32001, SIZE },
	};
	struct bytes file = { 0 }, stream = { 0 };
	size_t i, k;

	for (i = 0; i < COUNT(rows); i++)
		for (k = 0; k < 2; k++) {
			char what[80];

			bytes_reset(&file);
			bytes_reset(&stream);
			png_header(&file, 8000, 8000, rows[i].depth,
			    rows[i].color, rows[i].interlace);
			squeeze_same((uint8_t)(k == 0 ? 0 : 0x04),
			    rows[i].row * 8000, 15, &stream);
			png_chunk(&file, "IDAT", stream.at, stream.len);
			png_chunk(&file, "IEND", "", 0);
			snprintf(what, sizeof(what), "%s%s", rows[i].what,
			    k == 0 ? "" : ", filter 4");
			put(h, what, "png", &file, rows[i].want);
		}
	bytes_free(&file);
	bytes_free(&stream);
}

/* Chunks before the rows of an honest picture. */
static void
put_png_chunks(struct hostile *h)
{
	static const char *const types[] = { "zTXt", "iTXt", "iCCP", "tEXt",
		"sPLT", "PLTE", "tRNS", "eXIf", "hIST", "acTL", "fdAT", "IDAT",
		"IHDR", "IEND", "CgBI", "aaaa", "AAAA", "\0\0\0\0" };
	struct bytes honest = { 0 }, file = { 0 }, bomb = { 0 };
	struct canvas c;
	char what[64];
	size_t i, k;

	canvas_new(&c, 600, 600);
	canvas_code(&c, (char *)h->one.code.at, 20, 20, 6);
	canvas_png(&c, &honest);
	canvas_free(&c);
	bytes_add(&bomb, "a\0\0", 3);
	squeeze_same(0, 1 << 30, 15, &bomb);
	for (i = 0; i < COUNT(types); i++)
		for (k = 0; k < 3; k++) {
			bytes_reset(&file);
			bytes_add(&file, honest.at, 33);
			if (k == 0)
				png_chunk(&file, types[i], bomb.at, bomb.len);
			else if (k == 1)
				png_chunk(&file, types[i], "", 0);
			else /* its length lies */
				bytes_addf(
				    &file, "\x7f\xff\xff\xff%.4s", types[i]);
			bytes_add(&file, honest.at + 33, honest.len - 33);
			snprintf(what, sizeof(what), "%.4s %s", types[i],
			    k == 0       ? "of a GiB"
				: k == 1 ? "empty"
					 : "of 2^31");
			put(h, what, "png", &file, PERHAPS);
		}
	for (k = 1; k <= 100000; k *= 100) {
		bytes_reset(&file);
		bytes_add(&file, honest.at, 33);
		for (i = 0; i < k; i++)
			png_chunk(&file, "tEXt", "a\0b", 3);
		for (i = 0; i < k; i++)
			png_chunk(&file, "IDAT", "", 0);
		bytes_add(&file, honest.at + 33, honest.len - 33);
		snprintf(what, sizeof(what), "%zu chunks", k);
		put(h, what, "png", &file, PERHAPS);
	}
	bytes_reset(&file);
	bytes_addf(&file, "%.*s", 0, "");
	bytes_add(&file, honest.at, honest.len);
	bytes_add(&file, h->two.file.at, h->two.file.len);
	put(h, "a letter behind a picture", "png", &file, PERHAPS);
	bytes_free(&honest);
	bytes_free(&file);
	bytes_free(&bomb);
}

/* --- JPEG that lie ------------------------------------------------------- */

/* The bytes behind a marker's length. */
static uint8_t *
segment(struct bytes *file, uint8_t marker)
{
	size_t at = 2;

	while (at + 4 < file->len && file->at[at] == 0xff) {
		if (file->at[at + 1] == marker)
			return file->at + at + 4;
		at += 2 + (size_t)file->at[at + 2] * 256 + file->at[at + 3];
	}
	hostile_must(false, "a marker");
	return NULL;
}

static const struct {
	const char *what;
	uint8_t marker;
	int at;
	const char *bytes;
	size_t len;
} jpeg_lies[] = {
	{ "65535 of both", 0xc0, 1, "\xff\xff\xff\xff", 4 },
	{ "16000 of both", 0xc0, 1, "\x3e\x80\x3e\x80", 4 },
	{ "no height", 0xc0, 1, "\0\0", 2 },
	{ "no width", 0xc0, 3, "\0\0", 2 },
	{ "12 bits", 0xc0, 0, "\x0c", 1 },
	{ "no bits", 0xc0, 0, "\0", 1 },
	{ "255 components", 0xc0, 5, "\xff", 1 },
	{ "no components", 0xc0, 5, "\0", 1 },
	{ "sampling 15", 0xc0, 7, "\xff", 1 },
	{ "sampling 0", 0xc0, 7, "\0", 1 },
	{ "a table that there is not", 0xc0, 8, "\xff", 1 },
	{ "quantizing by 0", 0xdb, 1, "\0\0\0\0\0\0\0\0", 8 },
	{ "quantizing table 15", 0xdb, 0, "\x0f", 1 },
	{ "Huffman codes of 1 bit", 0xc4, 1, "\xff", 1 },
	{ "no Huffman codes", 0xc4, 1, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
	{ "a scan of another component", 0xda, 1, "\x63", 1 },
	{ "a scan of Huffman tables 15", 0xda, 2, "\xff", 1 },
	{ "a length of 0", 0xdb, -2, "\0\0", 2 },
	{ "a length of 65535", 0xdb, -2, "\xff\xff", 2 },
};

/* A run of the same segment behind the first marker. */
static void
put_segments(struct hostile *h, const char *what, const struct bytes *honest,
    const void *segment_bytes, size_t len, size_t count, const char *want)
{
	struct bytes file = { 0 };
	size_t i;

	bytes_add(&file, honest->at, 2);
	for (i = 0; i < count; i++)
		bytes_add(&file, segment_bytes, len);
	bytes_add(&file, honest->at + 2, honest->len - 2);
	put(h, what, "jpg", &file, want);
	bytes_free(&file);
}

static void
put_jpegs(struct hostile *h)
{
	static const char exif_loop[] =
	    "\xff\xe1\0\x22"
	    "Exif\0\0II*\0\x8\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x8\0\0\0\x8\0\0\0";
	static const char exif_far[] = "\xff\xe1\0\x10"
				       "Exif\0\0II*\0\xff\xff\xff\x7f";
	struct bytes honest = { 0 }, file = { 0 };
	struct canvas c;
	const uint8_t *scan;
	size_t i;

	canvas_new(&c, 600, 600);
	canvas_code(&c, (char *)h->one.code.at, 20, 20, 6);
	canvas_jpeg(&c, false, &honest);
	for (i = 0; i < COUNT(jpeg_lies); i++) {
		bytes_reset(&file);
		bytes_add(&file, honest.at, honest.len);
		memcpy(segment(&file, jpeg_lies[i].marker) + jpeg_lies[i].at,
		    jpeg_lies[i].bytes, jpeg_lies[i].len);
		put(h, jpeg_lies[i].what, "jpg", &file, PERHAPS);
	}
	put_segments(h, "Exif that turns in a circle", &honest, exif_loop,
	    sizeof(exif_loop) - 1, 1, PERHAPS);
	put_segments(h, "Exif that points away", &honest, exif_far,
	    sizeof(exif_far) - 1, 1, PERHAPS);
	put_segments(
	    h, "100000 comments", &honest, "\xff\xfe\0\2", 4, 100000, PERHAPS);
	put_segments(
	    h, "a million fills", &honest, "\xff", 1, 1000000, PERHAPS);
	/* the same scan of a progressive picture over and over */
	bytes_reset(&honest);
	bytes_reset(&file);
	canvas_free(&c);
	canvas_new(&c, 4000, 4000);
	canvas_code(&c, (char *)h->one.code.at, 20, 20, 40);
	canvas_jpeg(&c, true, &honest);
	scan = segment(&honest, 0xda) - 4;
	bytes_add(&file, honest.at, honest.len - 2);
	for (i = 0; i < 1000; i++) {
		size_t rest = (size_t)(honest.at + honest.len - 2 - scan);

		bytes_add(&file, scan, rest < 4000 ? rest : 4000);
	}
	put(h, "a thousand scans", "jpg", &file, PERHAPS);
	canvas_free(&c);
	bytes_free(&honest);
	bytes_free(&file);
}

void
hostile_pictures(struct hostile *h)
{
	put_codes(h);
	put_all_cuts(h);
	put_png_headers(h);
	put_png_bombs(h);
	put_png_chunks(h);
	put_jpegs(h);
}
