/*
 * Tests of verify/judge.h: what is in an input, and each thing's verdict.
 */
#include "verify/judge.h"

#include "base/encode.h"
#include "letter/p256.h"
#include "packed/deflate.h"
#include "packed/packed.h"
#include "packed/testpage.h"
#include "scan/scan.h"
#include "sheet/symbol.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/verify/post/sample_post.h"
#include "verify/post/post_list.h"

#include <cairo-pdf.h>
#include <openssl/bn.h>
#include <zlib.h>

static struct sample_post s;
static struct judge judge;
static struct bytes one, two, code_one, code_two; /* letters 1 and 2 */

/* Results in short, "xml valid; packed unchecked U-GARBLED; " */
static struct bytes said;
static struct bytes saved; /* the file of the last result */
static char last_number[LETTER_NUMBER_SIZE];

static void
collect(const struct judged *j, void *arg)
{
	static const char *const carriers[] = { "none", "xml", "packed",
		"number" };
	size_t i;

	(void)arg;
	if (j->page != 0)
		bytes_addf(&said, "%zu", j->page);
	if (j->page != j->last_page)
		bytes_addf(&said, "-%zu", j->last_page);
	bytes_addf(&said, "%s%s %s", j->page != 0 ? " " : "",
	    carriers[j->carrier], verdict_table[j->result.verdict].name);
	for (i = 0; i < j->result.count; i++)
		bytes_addf(
		    &said, " %s", reason_table[j->result.reason[i]].code);
	if (j->ignored > 0)
		bytes_addf(&said, " ignored %zu", j->ignored);
	if (j->ignored_files > 0)
		bytes_addf(&said, " files %zu", j->ignored_files);
	bytes_add_text(&said, "; ");
	bytes_reset(&saved);
	bytes_add(&saved, j->xml.at, j->xml.len);
	strcpy(last_number, j->number);
}

static void
publish(struct sample_list list)
{
	struct errtext err = { 0 };
	uint64_t sequence;

	sample_publish(&s, "pub", list);
	ck_assert_int_eq(
	    post_list_accept(s.post, "pub", s.now, &err, &sequence),
	    OUTCOME_NEW);
}

static void
setup_with(bool training)
{
	sample_post_new(&s, training);
	publish(
	    (struct sample_list){ .sequence = 1, .issued_at = s.now - 100 });
	sample_post_files(&s, 1, &one, &code_one);
	sample_post_files(&s, 2, &two, &code_two);
	judge = (struct judge){ .post = s.post,
		.now = s.now,
		.presented = PRESENTED_OTHER_RUN,
		.tell = collect };
}

static void
setup(void)
{
	setup_with(false);
}

static void
teardown(void)
{
	struct bytes *all[] = { &one, &two, &code_one, &code_two, &said,
		&saved };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		bytes_free(all[i]);
	sample_post_free(&s);
}

/* What is said of a file. */
static const char *
of_bytes(const void *data, size_t len)
{
	bytes_reset(&said);
	judge_bytes(&judge, "x", data, len);
	return (const char *)said.at;
}

static const char *
of(const struct bytes *file)
{
	return of_bytes(file->at, file->len);
}

static const char *
of_path(const char *path)
{
	struct bytes file = { 0 };

	run_get(path, &file);
	ck_assert_uint_gt(file.len, 0);
	of(&file);
	bytes_free(&file);
	return (const char *)said.at;
}

START_TEST(file_and_code_are_one_letter)
{
	ck_assert_str_eq(of(&one), "xml valid; ");
	ck_assert(bytes_equal(&saved, &one));
	ck_assert_str_eq(of(&code_one), "packed valid; ");
	ck_assert(bytes_equal(&saved, &one));
	ck_assert(strstr(last_number, "-000001-") != NULL);
}
END_TEST

/* A declaration and a line feed are allowed, and not kept. */
START_TEST(what_is_kept_is_canonical)
{
	struct bytes dressed = { 0 };

	bytes_add_text(
	    &dressed, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	bytes_add(&dressed, one.at, one.len);
	bytes_add_text(&dressed, "\n");
	ck_assert_str_eq(of(&dressed), "xml valid; ");
	ck_assert(bytes_equal(&saved, &one));
	bytes_free(&dressed);
}
END_TEST

/* Every byte of a letter matters: one bit each is never green or amber. */
START_TEST(every_byte_matters)
{
	size_t i;

	for (i = (size_t)_i; i < one.len; i += 8 * EACH) {
		one.at[i] ^= 1;
		bytes_reset(&said);
		judge_bytes(&judge, "x", one.at, one.len);
		ck_assert_msg(strstr((char *)said.at, " valid") == NULL &&
			strstr((char *)said.at, "attention") == NULL,
		    "byte %zu: %s", i, (char *)said.at);
		one.at[i] ^= 1;
	}
}
END_TEST

START_TEST(every_character_of_a_code_matters)
{
	size_t i;

	for (i = 0; i < code_one.len; i += i < 5 ? 1 : EACH) {
		uint8_t was = code_one.at[i];

		code_one.at[i] = was == 'A' ? 'B' : 'A';
		bytes_reset(&said);
		judge_line(&judge, "x", (char *)code_one.at, code_one.len);
		ck_assert_msg(strcmp((char *)said.at,
				  i < 5 ? "packed unchecked U-FOREIGN; "
					: "packed unchecked U-GARBLED; ") == 0,
		    "character %zu: %s", i, (char *)said.at);
		code_one.at[i] = was;
	}
}
END_TEST

START_TEST(several_codes_of_a_text)
{
	struct bytes text = { 0 };

	bytes_addf(&text, "%s\n%s\n%s\nSELLOAAAA\n", (char *)code_one.at,
	    (char *)code_two.at, (char *)code_one.at);
	ck_assert_str_eq(of(&text),
	    "packed valid; packed valid; packed unchecked U-GARBLED; ");
	bytes_free(&text);
}
END_TEST

/* Small letters are the same code: Caps Lock was on. */
START_TEST(one_code_in_two_cases_is_one)
{
	struct bytes text = { 0 };
	size_t i;

	bytes_addf(&text, "%s\n", (char *)code_one.at);
	for (i = 0; i < code_one.len; i++)
		bytes_add_byte(&text, (uint8_t)(code_one.at[i] | 0x20));
	ck_assert_str_eq(of(&text), "packed valid; ");
	bytes_free(&text);
}
END_TEST

START_TEST(lists_decide)
{
	publish((struct sample_list){ .sequence = 2,
	    .issued_at = s.now - 90,
	    .status = KEY_REVOKED,
	    .since = TRUST_WHOLE_LIFE });
	ck_assert_str_eq(of(&one), "xml not-authentic F-REVOKED; ");
	ck_assert(strstr(last_number, "-000001-") != NULL);
	publish((struct sample_list){ .sequence = 3,
	    .issued_at = s.now - 80,
	    .status = KEY_REVOKED,
	    .since = s.now + 1 });
	ck_assert_str_eq(of(&one), "xml unchecked U-REVOKED; ");
	publish((struct sample_list){ .sequence = 4,
	    .issued_at = s.now - 70,
	    .status = KEY_RETIRED,
	    .since = s.now });
	ck_assert_str_eq(of(&one), "xml valid; ");
}
END_TEST

START_TEST(without_a_list_nothing_is_green)
{
	run(": >post/trust.xml", NULL);
	ck_assert_str_eq(of(&one), "xml unchecked U-ISSUER U-LIST-STALE; ");
	ck_assert_str_eq(last_number, "");
}
END_TEST

/* A key of the list, but a number of another center: signed by a thief of
 * one center for another. */
START_TEST(numbers_belong_to_their_center)
{
	struct letter_number number = { "GTGUA02", clock_year(s.now), 1 };
	struct bytes file = { 0 };
	struct letter letter;

	sample_post_letter(&s, 1, &letter);
	ck_assert(number_format(&number, letter.number));
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_str_eq(of(&file), "xml not-authentic F-KEY; ");
	bytes_free(&file);
}
END_TEST

START_TEST(another_program_is_not_ours)
{
	struct bytes file = { 0 };
	struct letter letter;

	sample_post_letter(&s, 1, &letter);
	strcpy(letter.program, "RRP-FR");
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_str_eq(of(&file), "xml not-authentic F-KEY; ");
	bytes_free(&file);
}
END_TEST

/* Authentic, but against a rule; or under the number of another letter. */
START_TEST(signed_nonsense_is_grey)
{
	struct bytes file = { 0 };
	struct letter letter;

	sample_post_letter(&s, 1, &letter);
	strcpy(letter.approver, letter.officer);
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_str_eq(of(&file), "xml unchecked U-PROFILE; ");
	bytes_reset(&file);
	sample_post_letter(&s, 1, &letter);
	sample_post_sign(&s, &letter, "GTGUA01-2026-000002-J", &file);
	ck_assert_str_eq(of(&file), "xml unchecked U-PROFILE; ");
	bytes_free(&file);
}
END_TEST

/* The letter with something more in it, in a namespace; signed by the center.
 */
static void
newer_letter(const char *namespace, const char *more, struct bytes *file)
{
	const struct dsig_kind kind = { LETTER_ROOT, namespace,
		LETTER_XML_MAX };
	struct bytes plain = { 0 }, text = { 0 };
	struct letter letter;
	const char *at;

	sample_post_letter(&s, 1, &letter);
	ck_assert_int_eq(xml_write(&letter, &plain), ERR_OK);
	at = strchr((char *)plain.at, '>');
	bytes_addf(&text, "<" LETTER_ROOT " xmlns=\"%s\"%s", namespace, at);
	text.len -= strlen("</" LETTER_ROOT ">");
	bytes_addf(&text, "%s</" LETTER_ROOT ">", more);
	bytes_reset(file);
	ck_assert_int_eq(sign_document(&kind, text.at, text.len, letter.number,
			     s.key, file, NULL),
	    ERR_OK);
	bytes_free(&plain);
	bytes_free(&text);
}

static const struct {
	const char *namespace, *more;
} newer[] = { { "urn:sello:letter:1", "<Mood>good</Mood>" },
	{ "urn:sello:letter:2", "" },
	{ "urn:sello:letter:2", "<Mood a=\"b\">?  \xc2\xbf</Mood>" },
	{ "urn:sello:letter:17", "<ds>1</ds>" } };

/* Grey, by its number, and nothing of the person; unless a thief signed it. */
START_TEST(what_a_newer_version_made_is_grey)
{
	struct bytes file = { 0 };
	struct letter letter;

	sample_post_letter(&s, 1, &letter);
	newer_letter(newer[_i].namespace, newer[_i].more, &file);
	ck_assert_str_eq(of(&file), "xml unchecked U-VERSION; ");
	ck_assert_str_eq(last_number, letter.number);
	/* changed: of this version proven, of a later one unknown */
	*(strstr((char *)file.at, "<Program>") + 9) = 'S';
	ck_assert_str_eq(of(&file),
	    _i == 0 ? "xml not-authentic F-SIGNATURE; "
		    : "xml unchecked U-VERSION; ");
	ck_assert_str_eq(last_number, "");
	publish((struct sample_list){ .sequence = 2,
	    .issued_at = s.now - 90,
	    .status = KEY_REVOKED,
	    .since = TRUST_WHOLE_LIFE });
	newer_letter(newer[_i].namespace, newer[_i].more, &file);
	ck_assert_str_eq(of(&file), "xml not-authentic F-REVOKED; ");
	bytes_free(&file);
}
END_TEST

/* A thief breaks a rule on purpose: the key's whole life comes first. */
START_TEST(a_key_that_was_never_good_is_red_before_any_rule)
{
	struct bytes file = { 0 };
	struct letter letter;

	publish((struct sample_list){ .sequence = 2,
	    .issued_at = s.now - 90,
	    .status = KEY_REVOKED,
	    .since = _i == 0 ? TRUST_WHOLE_LIFE : s.now + 1 });
	sample_post_letter(&s, 1, &letter);
	strcpy(letter.approver, letter.officer);
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_str_eq(of(&file),
	    _i == 0 ? "xml not-authentic F-REVOKED; "
		    : "xml unchecked U-PROFILE; ");
	bytes_reset(&file);
	sample_post_letter(&s, 1, &letter);
	sample_post_sign(&s, &letter, "GTGUA01-2026-000002-J", &file);
	ck_assert_str_eq(of(&file),
	    _i == 0 ? "xml not-authentic F-REVOKED; "
		    : "xml unchecked U-PROFILE; ");
	/* what nobody signed says nothing about a key */
	file.at[file.len / 4] ^= 2;
	of(&file);
	ck_assert_ptr_null(strstr((char *)said.at, "F-REVOKED"));
	bytes_free(&file);
}
END_TEST

START_TEST(amber_reasons_of_the_letter)
{
	struct bytes file = { 0 };
	struct letter letter;

	sample_post_letter(&s, 1, &letter);
	strcpy(letter.consulate, "ES-HNTGU");
	strcpy(letter.identity_basis, "DECLARED");
	clock_format_date(s.now / CLOCK_DAY - 10 * 365, letter.birth_date);
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_str_eq(
	    of(&file), "xml attention R-CONSULATE R-MINOR R-DECLARED; ");
	bytes_free(&file);
}
END_TEST

START_TEST(shown_before)
{
	struct presentation p = { .time = s.now - 50 };
	struct presented found;
	struct authentic a;

	ck_assert_int_eq(
	    authenticate_letter(one.at, one.len, s.post->list, &a, NULL),
	    ERR_OK);
	strcpy(p.number, a.letter.number);
	memcpy(p.digest, a.digest, sizeof(p.digest));
	ck_assert_int_eq(
	    presentation_record(s.post, &p, PRESENTED_EVER, &found, NULL),
	    ERR_OK);
	ck_assert_str_eq(of(&one), "xml valid; ");
	judge.presented = PRESENTED_EVER;
	ck_assert_str_eq(of(&one), "xml attention R-PRESENTED; ");
	ck_assert_str_eq(of(&two), "xml valid; ");
}
END_TEST

START_TEST(as_of_another_time)
{
	judge.at_given = true;
	judge.now = s.now - 1;
	ck_assert_str_eq(of(&one), "xml unchecked U-CLOCK; ");
	judge.now = s.now + 8 * CLOCK_DAY;
	ck_assert_str_eq(of(&one), "xml attention R-LIST-AGEING; ");
	judge.now = s.now + 40 * CLOCK_DAY;
	ck_assert_str_eq(of(&one), "xml unchecked U-LIST-STALE; ");
	judge.now = s.now + 200 * CLOCK_DAY;
	ck_assert_str_eq(of(&one), "xml attention R-EXPIRED U-LIST-STALE; ");
}
END_TEST

START_TEST(a_failed_selftest_is_never_green)
{
	judge.selftest_failed = true;
	ck_assert_str_eq(of(&one), "xml unchecked U-SELFTEST; ");
}
END_TEST

START_TEST(a_number_is_never_green)
{
	bytes_reset(&said);
	judge_number(&judge, "x", "GTGUA01-2026-000002-J");
	ck_assert_str_eq((char *)said.at, "number unchecked U-REGISTER; ");
	ck_assert_str_eq(last_number, "GTGUA01-2026-000002-J");
}
END_TEST

static const struct {
	const char *name, *data;
	size_t len;
	const char *want;
} others[] = {
	{ "nothing", "", 0, "none unchecked U-UNREADABLE; " },
	{ "a line", "hello", 5, "packed unchecked U-FOREIGN; " },
	{ "binary", "\1\0\2", 3, "none unchecked U-UNREADABLE; " },
	{ "other XML", "<a/>", 4, "xml unchecked U-FOREIGN; " },
	{ "our name alone", "urn:sello:letter:1", 18,
	    "xml unchecked U-PROFILE; " },
	{ "a later version's name alone", "urn:sello:letter:2", 18,
	    "xml unchecked U-VERSION; " },
	{ "no version's name", "urn:sello:letter:x", 18,
	    "xml unchecked U-FOREIGN; " },
	{ "a cut PNG", "\x89PNG\r\n\x1a\n", 8,
	    "none unchecked U-UNREADABLE; " },
	{ "a newer format", "SELLOH74A", 9, "packed unchecked U-GARBLED; " },
};

START_TEST(everything_gets_a_verdict)
{
	ck_assert_msg(strcmp(of_bytes(others[_i].data, others[_i].len),
			  others[_i].want) == 0,
	    "%s: %s", others[_i].name, (char *)said.at);
	ck_assert_str_eq(last_number, "");
}
END_TEST

/* All codes of a printer's test page are one thing, and no letter. */
START_TEST(a_test_page_is_no_letter)
{
	struct bytes text = { 0 };

	for (uint8_t i = 0; i < 5; i++) {
		testpage_text(i, &text);
		bytes_add_byte(&text, '\n');
	}
	ck_assert_str_eq(of(&text), "packed unchecked U-FOREIGN; ");
	ck_assert_str_eq(last_number, "");
	bytes_free(&text);
}
END_TEST

START_TEST(sizes)
{
	struct bytes large = { 0 };

	bytes_add_text(&large, "<ReferralLetter xmlns=\"urn:sello:letter:1\">");
	while (large.len <= LETTER_XML_MAX)
		bytes_add_byte(&large, 'x');
	ck_assert_str_eq(of(&large), "xml unchecked U-SIZE; ");
	bytes_reset(&large);
	bytes_add_text(&large, "SELLO");
	while (large.len <= 2 * PACKED_TEXT_MAX)
		bytes_add_byte(&large, 'A');
	ck_assert_str_eq(of(&large), "packed unchecked U-SIZE; ");
	bytes_free(&large);
}
END_TEST

/* --- PDF: file and code --------------------------------------------------- */

static void
put_png(const char *path, const struct bytes *text)
{
	static struct symbol symbol;
	struct bytes png = { 0 };

	ck_assert_int_eq(
	    symbol_make((const char *)text->at, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, 8, &png, NULL), ERR_OK);
	run_put(path, png.at, png.len);
	bytes_free(&png);
}

/* Lines of print, as many as a letter's. */
static void
draw_lines(cairo_t *c)
{
	int i;

	for (i = 0; i < 20; i++)
		cairo_rectangle(c, 30, 30 + 15 * i, 150 + 3 * i, 4);
	cairo_fill(c);
}

/* A page for each code; NULL: a blank page; &printed: one without a code. A
 * quarter of a letter's page, for each is searched as long as it is large. */
static const struct bytes printed;

static void
put_pdf(const char *path, const struct bytes *const *codes, size_t count)
{
	cairo_surface_t *pdf = cairo_pdf_surface_create(path, 298, 421);
	cairo_t *c = cairo_create(pdf);
	size_t i;

	for (i = 0; i < count; i++) {
		cairo_surface_t *image;

		cairo_save(c);
		if (codes[i] == &printed)
			draw_lines(c);
		else if (codes[i] != NULL) {
			put_png("page.png", codes[i]);
			image = cairo_image_surface_create_from_png("page.png");
			cairo_scale(c, 0.25, 0.25);
			cairo_set_source_surface(c, image, 200, 200);
			cairo_paint(c);
			cairo_surface_destroy(image);
		}
		cairo_restore(c);
		cairo_show_page(c);
	}
	cairo_destroy(c);
	cairo_surface_destroy(pdf);
}

/* Another letter under the number of the first, signed as well. */
static void
another_one(struct bytes *file, struct bytes *code)
{
	struct letter letter;

	*file = *code = (struct bytes){ 0 };
	sample_post_letter(&s, 1, &letter);
	strcpy(letter.case_reference, "AAAAAAAAAA");
	sample_post_sign(&s, &letter, letter.number, file);
	ck_assert_int_eq(
	    packed_encode(file->at, file->len, code, NULL, NULL), ERR_OK);
}

/* Which letters are printed and which attached, and what is said. */
enum { PRINTED = 4, BLANK, ADDRESS, GARBLED };
static const struct {
	int printed[3], attached[3]; /* 1 to 3, or as above; 0 ends */
	const char *want;
} pdfs[] = {
	{ { 1 }, { 0 }, "1 packed valid; " },
	{ { 0 }, { 1 }, "xml valid; " },
	{ { 1 }, { 1 }, "1 packed valid; " },
	{ { 1 }, { 2 }, "xml attention R-MIXED; 1 packed attention R-MIXED; " },
	{ { 1, 2 }, { 1, 2 }, "1 packed valid; 2 packed valid; " },
	{ { 1, 2 }, { 1 }, "1 packed valid; 2 packed valid; " },
	{ { 1, 2 }, { 2 }, "1 packed valid; 2 packed valid; " },
	{ { 1 }, { 1, 2 }, "xml valid; 1 packed valid; " },
	{ { 0 }, { 1, 2 }, "xml valid; xml valid; " },
	{ { 1, 1 }, { 1 }, "1 packed valid; " },
	{ { 1, 2, 1 }, { 0 }, "1 packed valid; 2 packed valid; " },
	/* the same number on another letter, both signed: 3 is another 1 */
	{ { 1 }, { 3 },
	    "xml not-authentic F-MISMATCH; "
	    "1 packed not-authentic F-MISMATCH; " },
	{ { 1, 3 }, { 0 },
	    "1 packed not-authentic F-MISMATCH; "
	    "2 packed not-authentic F-MISMATCH; " },
	{ { 1, 2, 3 }, { 2 },
	    "1 packed not-authentic F-MISMATCH; 2 packed valid; "
	    "3 packed not-authentic F-MISMATCH; " },
	/* a page that shows no letter: the search found not all there is */
	{ { 1, PRINTED }, { 2 },
	    "xml valid; 1 packed valid; 2 none unchecked U-UNREADABLE; " },
	{ { 1, PRINTED, 2 }, { 0 },
	    "1 packed valid; 2 none unchecked U-UNREADABLE; "
	    "3 packed valid; " },
	{ { PRINTED, PRINTED, 2 }, { 0 },
	    "1-2 none unchecked U-UNREADABLE; 3 packed valid; " },
	{ { 1, BLANK, 2 }, { 0 }, "1 packed valid; 3 packed valid; " },
	{ { 1, BLANK }, { 2 },
	    "xml attention R-MIXED; 1 packed attention R-MIXED; " },
	{ { PRINTED }, { 1 }, "xml valid; " },
	{ { PRINTED }, { 0 }, "none unchecked U-UNREADABLE; " },
	/* a code that is none of ours */
	{ { 1, ADDRESS }, { 1 },
	    "1 packed valid; 2 none unchecked U-UNREADABLE ignored 1; " },
	{ { ADDRESS }, { 1 }, "xml valid; " },
	{ { ADDRESS }, { 0 }, "1 packed unchecked U-FOREIGN; " },
	/* a code that was read badly may be the file's */
	{ { 1, GARBLED }, { 2 },
	    "xml valid; 1 packed valid; 2 packed unchecked U-GARBLED; " },
};

/* three programs each: a third of them under AddressSanitizer */
#define PDF_STEP (EACH > 1 ? 3 : 1)

START_TEST(file_and_code_of_a_pdf)
{
	const int at = _i * PDF_STEP;
	struct bytes address = { 0 }, garbled = { 0 }, other, code_other;
	const struct bytes *codes[] = { NULL, &code_one, &code_two, &code_other,
		&printed, NULL, &address, &garbled };
	const struct bytes *pages[3] = { NULL, NULL, NULL };
	size_t count = 0;
	char command[256];
	int i;

	if (!run_has("qpdf"))
		return;
	bytes_add_text(&address, "HTTPS://EXAMPLE.ORG/");
	bytes_add(&garbled, code_two.at, code_two.len);
	garbled.at[9] = garbled.at[9] == 'A' ? 'B' : 'A';
	another_one(&other, &code_other);
	while (count < 3 && pdfs[at].printed[count] != 0) {
		pages[count] = codes[pdfs[at].printed[count]];
		count++;
	}
	put_pdf("a.pdf", pages, count > 0 ? count : 1);
	run_put("1.xml", one.at, one.len);
	run_put("2.xml", two.at, two.len);
	run_put("3.xml", other.at, other.len);
	for (i = 0; i < 3 && pdfs[at].attached[i] != 0; i++) {
		snprintf(command, sizeof(command),
		    "qpdf a.pdf --add-attachment %d.xml -- b.pdf && "
		    "mv b.pdf a.pdf",
		    pdfs[at].attached[i]);
		ck_assert_int_eq(run(command, NULL), 0);
	}
	ck_assert_str_eq(of_path("a.pdf"), pdfs[at].want);
	bytes_free(&address);
	bytes_free(&garbled);
	bytes_free(&other);
	bytes_free(&code_other);
}
END_TEST

/* A thief of one center signs under a number of another: what would be refused
 * by itself contradicts no other letter under that number. */
START_TEST(a_stolen_number_accuses_no_other)
{
	struct letter_number number = { "GTGUA02", clock_year(s.now), 1 };
	struct bytes file = { 0 }, code = { 0 }, other = { 0 };
	const struct bytes *pages[] = { &code };
	struct letter letter;

	if (!run_has("qpdf"))
		return;
	sample_post_letter(&s, 1, &letter);
	ck_assert(number_format(&number, letter.number));
	sample_post_sign(&s, &letter, letter.number, &file);
	ck_assert_int_eq(
	    packed_encode(file.at, file.len, &code, NULL, NULL), ERR_OK);
	strcpy(letter.case_reference, "AAAAAAAAAA");
	sample_post_sign(&s, &letter, letter.number, &other);
	put_pdf("a.pdf", pages, 1);
	run_put("3.xml", other.at, other.len);
	ck_assert_int_eq(
	    run("qpdf a.pdf --add-attachment 3.xml -- b.pdf", NULL), 0);
	ck_assert_str_eq(of_path("b.pdf"),
	    "xml not-authentic F-KEY R-MIXED; "
	    "1 packed not-authentic F-KEY R-MIXED; ");
	bytes_free(&file);
	bytes_free(&code);
	bytes_free(&other);
}
END_TEST

/* A changed file beside a good code: each has its own verdict. */
START_TEST(a_changed_attachment)
{
	const struct bytes *pages[] = { &code_one };

	if (!run_has("qpdf"))
		return;
	put_pdf("a.pdf", pages, 1);
	run_put("1.xml", one.at, one.len);
	ck_assert_int_eq(run("sed 's/<Officer>../<Officer>XX/' 1.xml >c.xml && "
			     "qpdf a.pdf --add-attachment c.xml -- b.pdf",
			     NULL),
	    0);
	ck_assert_str_eq(of_path("b.pdf"),
	    "xml not-authentic F-SIGNATURE; 1 packed valid; ");
}
END_TEST

/* The attachment may stand with a declaration and still be the same. */
START_TEST(a_dressed_attachment)
{
	const struct bytes *pages[] = { &code_one };

	if (!run_has("qpdf"))
		return;
	put_pdf("a.pdf", pages, 1);
	run_put("1.xml", one.at, one.len);
	ck_assert_int_eq(run("(cat 1.xml; echo) >c.xml && "
			     "qpdf a.pdf --add-attachment c.xml -- b.pdf",
			     NULL),
	    0);
	ck_assert_str_eq(of_path("b.pdf"), "1 packed valid; ");
}
END_TEST

/* What is attached to a genuine page and is no letter as it was issued. */
static const char *const strangers[] = {
	"printf '\\357\\273\\277' | cat - 1.xml >c.xml",
	"sed 's/$/\\r/' 1.xml >c.xml",
	"sed 's/></>\\n</g' 2.xml >c.xml",
	"head -c 900 1.xml >c.xml",
	"tail -c 900 1.xml >c.xml; echo urn:sello:letter:1 >>c.xml",
	"echo '<x xmlns=\"urn:sello:letter:1\"/>' >c.xml",
	"echo 'read urn:sello:letter:1' >c.xml",
	"cat 1.xml 1.xml >c.xml",
	"sed 's/Id=\"G/id=\"G/' 1.xml >c.xml",
	"sed 's/letter:1/letter:2/' 1.xml >c.xml",
};

START_TEST(what_is_attached_and_no_letter_decides_nothing)
{
	const struct bytes *pages[] = { &code_one };

	if (!run_has("qpdf"))
		return;
	put_pdf("a.pdf", pages, 1);
	run_put("1.xml", one.at, one.len);
	run_put("2.xml", two.at, two.len);
	ck_assert_int_eq(run(strangers[_i], NULL), 0);
	ck_assert_int_eq(
	    run("qpdf a.pdf --add-attachment c.xml -- b.pdf", NULL), 0);
	ck_assert_str_eq(of_path("b.pdf"), "1 packed valid files 1; ");
}
END_TEST

/* The other s that verifies as well: n - s. */
static void
flip_s(const struct bytes *file, struct bytes *out)
{
	static const char before[] = "<ds:SignatureValue>";
	const char *value = strstr((const char *)file->at, before);
	struct bytes raw = { 0 }, text = { 0 };
	BIGNUM *n = BN_bin2bn(p256_order, 32, NULL), *num;

	value += strlen(before);
	ck_assert(base64_decode(value, 88, &raw));
	num = BN_bin2bn(raw.at + 32, 32, NULL);
	ck_assert(BN_sub(num, n, num));
	ck_assert_int_eq(BN_bn2binpad(num, raw.at + 32, 32), 32);
	base64_encode(raw.at, raw.len, &text);
	bytes_add(out, file->at, file->len);
	memcpy(out->at + (value - (const char *)file->at), text.at, text.len);
	BN_free(n);
	BN_free(num);
	bytes_free(&raw);
	bytes_free(&text);
}

/* One signature has two forms, (r, s) and (r, n - s); the letter is one. */
START_TEST(another_form_of_the_signature_is_the_same_letter)
{
	const struct bytes *pages[] = { &code_one };
	struct bytes twin = { 0 };

	if (!run_has("qpdf"))
		return;
	flip_s(&one, &twin);
	ck_assert(!bytes_equal(&one, &twin));
	put_pdf("a.pdf", pages, 1);
	run_put("c.xml", twin.at, twin.len);
	ck_assert_int_eq(
	    run("qpdf a.pdf --add-attachment c.xml -- b.pdf", NULL), 0);
	ck_assert_str_eq(of_path("b.pdf"), "1 packed valid; ");
	bytes_free(&twin);
}
END_TEST

/* Two codes of one picture, and what lies beside them. */
START_TEST(a_picture_with_other_codes)
{
	struct bytes address = { 0 };

	if (!run_has("convert"))
		return;
	bytes_add_text(&address, "HTTPS://EXAMPLE.ORG/");
	put_png("1.png", &code_one);
	put_png("2.png", &code_two);
	put_png("3.png", &address);
	ck_assert_int_eq(
	    run("convert 3.png 2.png 1.png +append a.png", NULL), 0);
	ck_assert_str_eq(of_path("a.png"),
	    "packed valid ignored 1; packed valid ignored 1; ");
	ck_assert(strstr(last_number, "-000001-") != NULL);
	ck_assert_int_eq(run("convert 1.png 2.png -append a.png", NULL), 0);
	ck_assert_str_eq(of_path("a.png"), "packed valid; packed valid; ");
	ck_assert(strstr(last_number, "-000002-") != NULL);
	bytes_free(&address);
}
END_TEST

/* --- long texts ---------------------------------------------------------- */

/* The words around codes are none, and the same code is one thing. */
START_TEST(a_text_with_other_words)
{
	struct bytes text = { 0 };

	bytes_addf(&text, "Dear colleague,\n%s\n%s\nregards\n",
	    (char *)code_one.at, (char *)code_one.at);
	ck_assert_str_eq(of(&text), "packed valid; ");
	bytes_free(&text);
}
END_TEST

/* How often the results so far say so. */
static size_t
count_of(const char *what)
{
	const char *at = (const char *)said.at;
	size_t count = 0;

	for (; (at = strstr(at, what)) != NULL; at += strlen(what))
		count++;
	return count;
}

/* A short code of a long document, which all begin alike; of no known key. */
static void
add_bomb(size_t i, struct bytes *text)
{
	static const uint8_t key_and_signature[4 + 64] = { 1 };
	struct bytes plain = { 0 }, body = { 0 };
	struct letter letter;
	uint32_t crc;
	int shift;

	sample_post_letter(&s, 1, &letter);
	bytes_addf(&plain,
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><LetterNumber>%s"
	    "</LetterNumber><X>%030000zu</X></ReferralLetter>",
	    letter.number, i);
	bytes_add_byte(&body, 2);
	ck_assert_int_eq(packed_deflate(plain.at, plain.len, &body), ERR_OK);
	bytes_add(&body, key_and_signature, sizeof(key_and_signature));
	crc = (uint32_t)crc32(0, body.at, (uInt)body.len);
	for (shift = 24; shift >= 0; shift -= 8)
		bytes_add_byte(&body, (uint8_t)(crc >> shift));
	bytes_add_text(text, "SELLO");
	base32_encode(body.at, body.len, text);
	bytes_add_byte(text, '\n');
	bytes_free(&plain);
	bytes_free(&body);
}

/* A small text unpacks to little enough, and what is left out is said. */
START_TEST(what_codes_unpack_to_has_a_limit)
{
	struct bytes text = { 0 };
	size_t i, looked_at;

	for (i = 0; i < SCAN_LINE_MAX; i++)
		add_bomb(i, &text);
	of(&text);
	looked_at = count_of("packed unchecked U-ISSUER; ");
	ck_assert_uint_ge(looked_at, 1000);
	ck_assert_uint_le(looked_at * 30000, 34u << 20);
	ck_assert_uint_eq(count_of("none unchecked U-SIZE; "), 1);
	ck_assert_uint_eq(count_of("; "), looked_at + 1);
	bytes_free(&text);
}
END_TEST

/* Ten thousand lines of honest letters are within every limit. */
START_TEST(a_long_text_is_looked_at_whole)
{
	struct bytes text = { 0 };
	int i;

	for (i = 0; i < SCAN_LINE_MAX / EACH - 1; i++)
		bytes_addf(&text, "%s\n", (char *)code_one.at);
	bytes_addf(&text, "%s\n", (char *)code_two.at);
	ck_assert_str_eq(of(&text), "packed valid; packed valid; ");
	bytes_free(&text);
}
END_TEST

START_TEST(a_picture_of_a_code)
{
	put_png("code.png", &code_one);
	ck_assert_str_eq(of_path("code.png"), "packed valid; ");
	ck_assert(bytes_equal(&saved, &one));
}
END_TEST

/* --- training ------------------------------------------------------------- */

static void
setup_training(void)
{
	setup_with(true);
}

START_TEST(training_is_never_green)
{
	ck_assert_str_eq(of(&one), "xml attention T-TRAINING; ");
	one.at[one.len / 3] ^= 1;
	of(&one);
	ck_assert(strstr((char *)said.at, "attention") == NULL);
	ck_assert(strstr((char *)said.at, "T-TRAINING") != NULL);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite_all = suite_create("judge");
	TCase *t = tcase_create("letters");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, file_and_code_are_one_letter);
	tcase_add_test(t, what_is_kept_is_canonical);
	tcase_add_loop_test(t, every_byte_matters, 0, 8);
	tcase_add_test(t, every_character_of_a_code_matters);
	tcase_add_test(t, several_codes_of_a_text);
	tcase_add_test(t, one_code_in_two_cases_is_one);
	tcase_add_test(t, lists_decide);
	tcase_add_test(t, without_a_list_nothing_is_green);
	tcase_add_test(t, numbers_belong_to_their_center);
	tcase_add_test(t, another_program_is_not_ours);
	tcase_add_test(t, signed_nonsense_is_grey);
	tcase_add_loop_test(
	    t, a_key_that_was_never_good_is_red_before_any_rule, 0, 2);
	tcase_add_loop_test(t, what_a_newer_version_made_is_grey, 0,
	    sizeof(newer) / sizeof(newer[0]));
	tcase_add_test(t, amber_reasons_of_the_letter);
	tcase_add_test(t, shown_before);
	tcase_add_test(t, as_of_another_time);
	tcase_add_test(t, a_failed_selftest_is_never_green);
	tcase_add_test(t, a_number_is_never_green);
	tcase_add_loop_test(t, everything_gets_a_verdict, 0,
	    (int)(sizeof(others) / sizeof(others[0])));
	tcase_add_test(t, a_test_page_is_no_letter);
	tcase_add_test(t, sizes);
	suite_add_tcase(suite_all, t);
	t = tcase_create("pages");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, file_and_code_of_a_pdf, 0,
	    (int)(sizeof(pdfs) / sizeof(pdfs[0]) - 1) / PDF_STEP + 1);
	tcase_add_test(t, a_stolen_number_accuses_no_other);
	tcase_add_test(t, a_changed_attachment);
	tcase_add_test(t, a_dressed_attachment);
	tcase_add_loop_test(t, what_is_attached_and_no_letter_decides_nothing,
	    0, (int)(sizeof(strangers) / sizeof(strangers[0])));
	tcase_add_test(t, another_form_of_the_signature_is_the_same_letter);
	tcase_add_test(t, a_picture_of_a_code);
	tcase_add_test(t, a_picture_with_other_codes);
	tcase_add_test(t, a_text_with_other_words);
	if (EACH == 1) /* a count, the same in both builds */
		tcase_add_test(t, what_codes_unpack_to_has_a_limit);
	tcase_add_test(t, a_long_text_is_looked_at_whole);
	suite_add_tcase(suite_all, t);
	t = tcase_create("training");
	tcase_add_checked_fixture(t, setup_training, teardown);
	tcase_add_test(t, training_is_never_green);
	suite_add_tcase(suite_all, t);
	return suite_all;
}

CHECK_MAIN(suite);
