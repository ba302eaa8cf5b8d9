/*
 * Tests of scan/scan.h, with the real sello-decode. Pictures are made from
 * libqrencode's symbol and hurt by ImageMagick; PDFs are made by Cairo.
 */
#include "scan/scan.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/pictures.h"
#include "tests/support/run.h"

#include <cairo-pdf.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

/* ImageMagick's words for what paper, phones and printers do. */
static const struct {
	const char *what, *how;
} damages[] = {
	{ "as it is", "" },
	{ "JPEG of 10",
	    "-background white -gravity center -extent 140% "
	    "-resize 40% -quality 10 JPEG:" },
	{ "turned by 33 degrees", "-background white -rotate 33 JPEG:" },
	{ "upside down", "-rotate 180 PNG:" },
	{ "in perspective",
	    "-virtual-pixel white -distort Perspective "
	    "'0,0 90,40 600,0 560,0 600,600 600,600 0,600 0,520' JPEG:" },
	{ "out of focus", "-bordercolor white -border 60 -blur 0x4 JPEG:" },
	{ "with noise",
	    "-seed 7 -attenuate 1 +noise Gaussian -quality 80 JPEG:" },
	{ "in the dark",
	    "-evaluate multiply 0.08 -seed 7 -attenuate 0.1 "
	    "+noise Gaussian JPEG:" },
	{ "small", "-resize 22% -quality 90 JPEG:" },
	{ "large and soft", "-sample 350% -blur 0x7 -quality 70 JPEG:" },
	{ "WebP", "-quality 60 WEBP:" },
	{ "white on black", "-negate PNG:" },
	{ "on a transparent ground", "-transparent white PNG:" },
	{ "with 16 bits", "-depth 16 -define png:color-type=2 PNG:" },
	{ "with a palette", "-type palette PNG:" },
	{ "in print-shop inks", "-colorspace CMYK JPEG:" },
};

START_TEST(reads_what_cameras_make)
{
	struct scan_result out = { 0 };
	char command[512];

	if (!run_has("convert"))
		return;
	picture_put("code.png", picture_code, 9);
	snprintf(command, sizeof(command), "convert code.png %s%s",
	    damages[_i].how, damages[_i].how[0] ? "hurt" : "PNG:hurt");
	ck_assert_int_eq(run(command, NULL), 0);
	ck_assert_msg(
	    picture_scan("hurt", &out) == ERR_OK, "%s", damages[_i].what);
	ck_assert_msg(picture_has(&out, picture_code), "%s: another text",
	    damages[_i].what);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_int_eq(out.item[0].carrier, CARRIER_PACKED);
	scan_clear(&out);
}
END_TEST

START_TEST(reads_all_codes_of_a_picture)
{
	struct scan_result out = { 0 };

	if (!run_has("convert"))
		return;
	picture_put("a.png", picture_code, 8);
	picture_put("b.png", "SELLOAAAAAAAAAA", 8);
	picture_put("c.png", "HTTPS://EXAMPLE.ORG/", 8);
	ck_assert_int_eq(
	    run("convert a.png b.png c.png a.png +append all.png", NULL), 0);
	ck_assert_int_eq(picture_scan("all.png", &out), ERR_OK);
	ck_assert_uint_eq(out.count, 3);
	ck_assert(picture_has(&out, picture_code));
	ck_assert(picture_has(&out, "SELLOAAAAAAAAAA"));
	ck_assert(picture_has(&out, "HTTPS://EXAMPLE.ORG/"));
	scan_clear(&out);
}
END_TEST

/* --- PDF ------------------------------------------------------------------ */

/* Pages with the picture at 40 mm; 0 pages before it are blank. */
static void
put_pdf(const char *path, const char *png, int blank)
{
	cairo_surface_t *pdf = cairo_pdf_surface_create(path, 595, 842);
	cairo_t *c = cairo_create(pdf);
	cairo_surface_t *image = cairo_image_surface_create_from_png(png);
	double side = cairo_image_surface_get_width(image);

	while (blank-- > 0) {
		cairo_rectangle(c, 50, 50, 300, 3); /* no code */
		cairo_fill(c);
		cairo_show_page(c);
	}
	cairo_translate(c, 400, 80);
	cairo_scale(c, 113.4 / side, 113.4 / side);
	cairo_set_source_surface(c, image, 0, 0);
	cairo_paint(c);
	cairo_show_page(c);
	cairo_surface_destroy(image);
	cairo_destroy(c);
	cairo_surface_destroy(pdf);
}

START_TEST(reads_a_page)
{
	struct scan_result out = { 0 };

	picture_put("code.png", picture_code, 9);
	put_pdf("page.pdf", "code.png", _i);
	ck_assert_int_eq(picture_scan("page.pdf", &out), ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	ck_assert(picture_has(&out, picture_code));
	ck_assert(out.is_pdf);
	ck_assert_uint_eq(out.page_count, (size_t)_i + 1);
	ck_assert_uint_eq(out.item[0].page, (size_t)_i + 1);
	scan_clear(&out);
}
END_TEST

/* Past the limit: said, not dropped. Small pages cost little. */
START_TEST(pages_past_the_limit_are_said)
{
	cairo_surface_t *pdf = cairo_pdf_surface_create("a.pdf", 60, 84);
	cairo_t *c = cairo_create(pdf);
	struct scan_result out = { 0 };
	int i;

	for (i = 0; i < 103; i++)
		cairo_show_page(c);
	cairo_destroy(c);
	cairo_surface_destroy(pdf);
	ck_assert_int_eq(picture_scan("a.pdf", &out), ERR_LIMIT);
	if (!run_has("qpdf"))
		return;
	picture_put("code.png", picture_code, 9);
	put_pdf("page.pdf", "code.png", 0);
	ck_assert_int_eq(
	    run("qpdf --empty --pages page.pdf a.pdf 1-101 -- b.pdf", NULL), 0);
	ck_assert_int_eq(picture_scan("b.pdf", &out), ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_uint_eq(out.page_count, 102);
	ck_assert_int_eq(out.page[0], PAGE_READ);
	for (i = 1; i < 100; i++)
		ck_assert_int_eq(out.page[i], PAGE_BLANK);
	ck_assert_int_eq(out.page[100], PAGE_UNREAD);
	ck_assert_int_eq(out.page[101], PAGE_UNREAD);
	scan_clear(&out);
}
END_TEST

/* What a scanner makes of an empty sheet, and of one that is not. */
static const struct {
	const char *what, *how;
	enum scan_page want;
} sheets[] = {
	{ "paper", "xc:'gray(240)'", PAGE_BLANK },
	{ "grain", "xc:'gray(240)' -seed 5 -attenuate 0.2 +noise Gaussian",
	    PAGE_BLANK },
	{ "a dark margin", "xc:white -fill black -draw 'rectangle 0,0 20,2339'",
	    PAGE_BLANK },
	{ "dust", "xc:white -fill black -draw 'point 500,500 point 900,900'",
	    PAGE_BLANK },
	{ "the other side",
	    "xc:white -fill 'gray(243)' -draw 'rectangle 200,200 900,1200'",
	    PAGE_BLANK },
	{ "a line of text",
	    "xc:white -fill black -draw 'rectangle 200,200 420,210'",
	    PAGE_READ },
	{ "pale text",
	    "xc:white -fill 'gray(200)' -draw 'rectangle 200,200 900,216'",
	    PAGE_READ },
	{ "white on black",
	    "xc:black -fill white -draw 'rectangle 200,200 900,216'",
	    PAGE_READ },
};

/* The picture as a whole page, as scanners write it. */
static void
put_sheet(const char *path, const char *png)
{
	cairo_surface_t *image = cairo_image_surface_create_from_png(png);
	double width = cairo_image_surface_get_width(image);
	double height = cairo_image_surface_get_height(image);
	cairo_surface_t *pdf =
	    cairo_pdf_surface_create(path, 595, 595 * height / width);
	cairo_t *c = cairo_create(pdf);

	cairo_scale(c, 595 / width, 595 / width);
	cairo_set_source_surface(c, image, 0, 0);
	cairo_paint(c);
	cairo_show_page(c);
	cairo_destroy(c);
	cairo_surface_destroy(pdf);
	cairo_surface_destroy(image);
}

START_TEST(blank_pages_are_told_from_others)
{
	/* a sample has an empty one, and one that is not */
	const int at = EACH > 1 ? _i * 5 : _i;
	struct scan_result out = { 0 };
	char command[512];

	if (!run_has("qpdf") || !run_has("convert"))
		return;
	picture_put("code.png", picture_code, 9);
	put_pdf("page.pdf", "code.png", 0);
	snprintf(command, sizeof(command),
	    "convert -size 1654x2339 %s -colorspace Gray -define "
	    "png:compression-level=1 PNG:sheet.png",
	    sheets[at].how);
	ck_assert_int_eq(run(command, NULL), 0);
	put_sheet("sheet.pdf", "sheet.png");
	ck_assert_int_eq(
	    run("qpdf --empty --pages sheet.pdf page.pdf -- all.pdf", NULL), 0);
	ck_assert_int_eq(picture_scan("all.pdf", &out), ERR_OK);
	ck_assert_uint_eq(out.page_count, 2);
	ck_assert_msg(out.page[0] == sheets[at].want, "%s", sheets[at].what);
	ck_assert_uint_eq(out.item[0].page, 2);
	scan_clear(&out);
}
END_TEST

START_TEST(takes_attached_letters_only)
{
	static const char letter[] = "<a xmlns=\"urn:sello:letter:1\"></a>";
	struct scan_result out = { 0 };

	if (!run_has("qpdf"))
		return;
	picture_put("code.png", picture_code, 9);
	put_pdf("page.pdf", "code.png", 0);
	run_put("letter.xml", letter, strlen(letter));
	run_put("other.xml", "<b></b>", 7);
	ck_assert_int_eq(run("qpdf page.pdf --add-attachment letter.xml -- "
			     "--add-attachment other.xml -- both.pdf",
			     NULL),
	    0);
	ck_assert_int_eq(picture_scan("both.pdf", &out), ERR_OK);
	ck_assert_uint_eq(out.count, 2);
	ck_assert(picture_has(&out, letter));
	ck_assert(picture_has(&out, picture_code));
	scan_clear(&out);
}
END_TEST

/* --- files that are no letters -------------------------------------------- */

/* A white page of 400 million pixels in some 100 KB. */
static void
put_bomb(const char *path, png_uint_32 side)
{
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_bytep row = malloc(side / 8 + 1);
	FILE *file = fopen(path, "wb");
	png_uint_32 y;

	ck_assert(png != NULL && info != NULL && row != NULL && file != NULL);
	memset(row, 0xff, side / 8 + 1);
	png_init_io(png, file);
	png_set_compression_level(png, 1);
	png_set_IHDR(png, info, side, side, 1, PNG_COLOR_TYPE_GRAY,
	    PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
	    PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (y = 0; y < side; y++)
		png_write_row(png, row);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	fclose(file);
	free(row);
}

START_TEST(size_is_looked_at_first)
{
	struct scan_result out = { 0 };

	put_bomb("bomb.png", 20000);
	ck_assert_int_eq(picture_scan("bomb.png", &out), ERR_LIMIT);
	put_bomb("wide.png", 8000);
	ck_assert_int_eq(picture_scan("wide.png", &out), ERR_UNREADABLE);
}
END_TEST

START_TEST(damaged_files_get_an_answer)
{
	static const char *const makers[] = {
		"head -c 400 code.png >hurt",
		"convert code.png code.jpg && head -c 300 code.jpg >hurt",
		"convert code.png code.webp && head -c 300 code.webp >hurt",
		"head -c 900 page.pdf >hurt",
		"(head -c 500 page.pdf; head -c 5000 /dev/urandom) >hurt",
		"(printf '\\377\\330\\377'; head -c 5000 /dev/urandom) >hurt",
		"printf '%%PDF-1.4\\n' >hurt",
		"convert -size 300x300 xc:white PNG:hurt",
	};
	struct scan_result out = { 0 };

	picture_put("code.png", picture_code, 9);
	put_pdf("page.pdf", "code.png", 0);
	ck_assert_int_eq(run(makers[_i], NULL), 0);
	ck_assert_msg(
	    picture_scan("hurt", &out) == ERR_UNREADABLE, "%s", makers[_i]);
	ck_assert_uint_eq(out.count, 0);
}
END_TEST

START_TEST(xml_is_handed_on_unchanged)
{
	static const char *const files[] = {
		"<a/>",
		"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<a/>\n",
		"rubbish before urn:sello:letter:1",
	};
	struct scan_result out = { 0 };
	const char *file = files[_i];

	ck_assert_int_eq(
	    scan_bytes((const uint8_t *)file, strlen(file), &out, NULL),
	    ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_int_eq(out.item[0].carrier, CARRIER_XML);
	ck_assert(picture_has(&out, file));
	ck_assert(!out.item[0].attached);
	scan_clear(&out);
}
END_TEST

START_TEST(text_is_a_code_a_line)
{
	/* as an editor saves it, its mark first */
	static const char text[] = "\xef\xbb\xbf"
				   "SELLOAAAA\r\n\n  SELLOBBBB  \nSELLOCCCC";
	struct scan_result out = { 0 };

	ck_assert_int_eq(
	    scan_bytes((const uint8_t *)text, sizeof(text) - 1, &out, NULL),
	    ERR_OK);
	ck_assert_uint_eq(out.count, 3);
	ck_assert_str_eq((char *)out.item[0].data.at, "SELLOAAAA");
	ck_assert_uint_eq(out.item[0].line, 1);
	ck_assert_str_eq((char *)out.item[1].data.at, "SELLOBBBB");
	ck_assert_uint_eq(out.item[1].line, 3);
	ck_assert_str_eq((char *)out.item[2].data.at, "SELLOCCCC");
	ck_assert_uint_eq(out.item[2].line, 4);
	scan_clear(&out);
}
END_TEST

START_TEST(foreign_text_is_one_thing)
{
	static const char text[] = "a letter\nto nobody\n\nsellolater\n";
	struct scan_result out = { 0 };
	size_t foreign = (size_t)(strstr(text, "sello") - text);

	ck_assert_int_eq(
	    scan_bytes((const uint8_t *)text, foreign, &out, NULL), ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_str_eq((char *)out.item[0].data.at, "a letter");
	scan_clear(&out);
	/* one line that begins as a code does: words around it are none */
	ck_assert_int_eq(
	    scan_bytes((const uint8_t *)text, strlen(text), &out, NULL),
	    ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_str_eq((char *)out.item[0].data.at, "sellolater");
	scan_clear(&out);
}
END_TEST

START_TEST(lines_have_a_limit)
{
	struct scan_result out = { 0 };
	struct bytes text = { 0 };
	int i;

	for (i = 0; i < SCAN_LINE_MAX; i++)
		bytes_addf(&text, "SELLOA%04d\n", i);
	ck_assert_int_eq(scan_bytes(text.at, text.len, &out, NULL), ERR_OK);
	ck_assert_uint_eq(out.count, SCAN_LINE_MAX);
	scan_clear(&out);
	bytes_add_text(&text, "SELLOx\n");
	ck_assert_int_eq(scan_bytes(text.at, text.len, &out, NULL), ERR_LIMIT);
	ck_assert_uint_eq(out.count, 0);
	bytes_free(&text);
}
END_TEST

/* Of code after code that is none: what begins each, what is added how often, and
 * a whole code of one byte behind it, where there is one. */
static const struct vain {
	const char *begin, *more, *whole;
	int times;
} vain[] = {
	{ "SELLO", "ABCDSELLOEFGHSELLOIJ", "SELLOA5GGM6RO", 1 },
	{ "SELLO", "         ", "SELLOA5GGM6RO", 100 },
	{ "SELLOA", "\nB", "", 9000 },
};

START_TEST(what_is_looked_at_in_vain_has_a_limit)
{
	struct scan_result out;
	struct bytes text = { 0 };
	size_t i;
	int k;

	for (i = 0; i < sizeof(vain) / sizeof(vain[0]); i++) {
		bytes_reset(&text);
		do {
			bytes_add_text(&text, vain[i].begin);
			for (k = 0; k < vain[i].times; k++)
				bytes_add_text(&text, vain[i].more);
			bytes_add_text(&text, vain[i].whole);
		} while (vain[i].whole[0] != '\0' && text.len < 1500000);
		out = (struct scan_result){ 0 };
		ck_assert_int_eq(
		    scan_bytes(text.at, text.len, &out, NULL), ERR_OK);
		ck_assert(out.is_cut);
		ck_assert_uint_ge(out.unread_line, 1);
		ck_assert_uint_gt(out.vain, SCAN_VAIN_MAX);
		ck_assert_uint_lt(out.vain, SCAN_VAIN_MAX + (1u << 20));
		scan_clear(&out);
	}
	bytes_free(&text);
}
END_TEST

START_TEST(codes_of_a_text_have_a_limit)
{
	struct scan_result out = { 0 };
	struct bytes text = { 0 };
	int i;

	for (i = 0; i < SCAN_LINE_MAX; i++)
		bytes_add_text(&text, "SELLOA5GGM6RO");
	ck_assert_int_eq(scan_bytes(text.at, text.len, &out, NULL), ERR_OK);
	ck_assert_uint_eq(out.count, SCAN_LINE_MAX);
	ck_assert(!out.is_cut);
	scan_clear(&out);
	bytes_add_text(&text, "\nSELLOA5GGM6RO");
	ck_assert_int_eq(scan_bytes(text.at, text.len, &out, NULL), ERR_OK);
	ck_assert_uint_eq(out.count, SCAN_LINE_MAX);
	ck_assert(out.is_cut);
	ck_assert_uint_eq(out.unread_line, 2);
	scan_clear(&out);
	bytes_free(&text);
}
END_TEST

START_TEST(neither_letter_nor_picture)
{
	struct scan_result out = { 0 };
	uint8_t *large;

	ck_assert_int_eq(
	    scan_bytes((const uint8_t *)"", 0, &out, NULL), ERR_UNREADABLE);
	ck_assert_int_eq(scan_bytes((const uint8_t *)" \n\n", 3, &out, NULL),
	    ERR_UNREADABLE);
	ck_assert_int_eq(scan_bytes((const uint8_t *)"\1\0\2", 3, &out, NULL),
	    ERR_UNREADABLE);
	ck_assert_int_eq(out.hint, HINT_FORMAT);
	large = calloc(SCAN_FILE_MAX + 1, 1);
	ck_assert_ptr_nonnull(large);
	ck_assert_int_eq(
	    scan_bytes(large, SCAN_FILE_MAX + 1, &out, NULL), ERR_LIMIT);
	ck_assert_int_eq(
	    scan_bytes(large, SCAN_FILE_MAX, &out, NULL), ERR_UNREADABLE);
	free(large);
}
END_TEST

/* Fonts are files, and none is opened: words in one that the PDF does not bring
 * are on no page that is drawn, and yet it is not blank. */
START_TEST(words_without_their_font_are_not_blank)
{
	static const char pdf[] =
	    "%%PDF-1.4\n"
	    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]"
	    "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
	    "4 0 obj<</Length 38>>stream\n"
	    "BT /F 12 Tf 50 100 Td (some words) Tj \n"
	    "ET endstream endobj\n"
	    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/%s>>endobj\n"
	    "trailer<</Root 1 0 R>>\n";
	static const char *const fonts[] = { "Helvetica", "NoSuchFont" };
	struct scan_result out = { 0 };
	struct errtext err = { 0 };
	struct bytes file = { 0 };

	bytes_addf(&file, pdf, fonts[_i]);
	ck_assert_int_eq(
	    scan_bytes(file.at, file.len, &out, &err), ERR_UNREADABLE);
	ck_assert_ptr_null(strstr(err.text, "printed"));
	ck_assert_int_eq(out.hint, HINT_NO_CODE);
	bytes_free(&file);
}
END_TEST

/* --- sello-decode itself -------------------------------------------------- */

START_TEST(decoder_answers_in_lines)
{
	char *decoder = file_beside_program("sello-decode");
	struct bytes answer = { 0 };
	char command[512];

	ck_assert_ptr_nonnull(decoder);
	snprintf(command, sizeof(command), "echo hello | %s | cat", decoder);
	ck_assert_int_eq(run(command, &answer), 0);
	ck_assert_str_eq((char *)answer.at, "bad damaged\nend\n");
	bytes_free(&answer);
	free(decoder);
}
END_TEST

/* Before it reads a byte: no new rights, no other file. What it can do when it
 * decodes is in tests/decode/test_jail.c. */
START_TEST(decoder_is_locked_in)
{
	char *decoder = file_beside_program("sello-decode");
	char command[1024];

	ck_assert_ptr_nonnull(decoder);
	snprintf(command, sizeof(command),
	    "mkfifo in; (sh -c 'echo $$ >pid; exec %s' <in | cat >out) & "
	    "exec 3>in; for i in $(seq 100); do "
	    "grep -q '^NoNewPrivs:[^0-9]*1' /proc/$(cat pid)/status && break; "
	    "sleep .1; done; [ $i -lt 100 ]; rc=$?; echo x >&3; exec 3>&-; "
	    "wait; exit $rc",
	    decoder);
	ck_assert_int_eq(run(command, NULL), 0);
	free(decoder);
}
END_TEST

/* The judging program links no decoder: a fault in one stays outside. */
START_TEST(decoders_stay_outside)
{
	char *program = file_beside_program("sello-verify");
	char command[512];

	if (program == NULL || !run_has("ldd"))
		return;
	snprintf(command, sizeof(command),
	    "ldd %s | grep -E 'zbar|poppler|libjpeg|libwebp|libtiff|libgif|libheif'",
	    program);
	ck_assert_int_eq(run(command, NULL), 1);
	free(program);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("scan");
	TCase *t = tcase_create("pictures");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, reads_what_cameras_make, 0,
	    (int)(sizeof(damages) / sizeof(damages[0])));
	tcase_add_test(t, reads_all_codes_of_a_picture);
	tcase_add_loop_test(t, reads_a_page, 0, OF_MANY(3));
	tcase_add_test(t, pages_past_the_limit_are_said);
	tcase_add_loop_test(t, words_without_their_font_are_not_blank, 0, 2);
	tcase_add_loop_test(t, blank_pages_are_told_from_others, 0,
	    OF_MANY(sizeof(sheets) / sizeof(sheets[0])));
	tcase_add_test(t, takes_attached_letters_only);
	tcase_add_test(t, size_is_looked_at_first);
	tcase_add_loop_test(t, damaged_files_get_an_answer, 0, 8);
	suite_add_tcase(s, t);
	t = tcase_create("texts");
	tcase_add_loop_test(t, xml_is_handed_on_unchanged, 0, 3);
	tcase_add_test(t, text_is_a_code_a_line);
	tcase_add_test(t, foreign_text_is_one_thing);
	tcase_add_test(t, lines_have_a_limit);
	tcase_add_test(t, codes_of_a_text_have_a_limit);
	tcase_add_test(t, what_is_looked_at_in_vain_has_a_limit);
	tcase_add_test(t, neither_letter_nor_picture);
	suite_add_tcase(s, t);
	t = tcase_create("program");
	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_add_test(t, decoder_answers_in_lines);
	tcase_add_test(t, decoder_is_locked_in);
	tcase_add_test(t, decoders_stay_outside);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
