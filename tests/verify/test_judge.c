/*
 * Tests of verify/judge.h: what is in an input, and each thing's verdict.
 */
#include "verify/judge.h"

#include "letter/symbol.h"
#include "tests/check_main.h"
#include "tests/verify/sample_post.h"
#include "verify/post_list.h"

#include <cairo-pdf.h>

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
	bytes_addf(&said, "%s %s", carriers[j->carrier],
	    verdict_table[j->result.verdict].name);
	for (i = 0; i < j->result.count; i++)
		bytes_addf(
		    &said, " %s", reason_table[j->result.reason[i]].code);
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
	    post_take_list(s.post, "pub", s.now, &err, &sequence), TAKEN_NEW);
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
		.take = collect };
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

	for (i = (size_t)_i; i < one.len; i += 8) {
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

	for (i = 0; i < code_one.len; i++) {
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

	bytes_addf(&text, "%s\n%s\n%s\nSELLO\n", (char *)code_one.at,
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
	{ "binary", "\1\0\2", 3, "none unchecked U-FOREIGN; " },
	{ "other XML", "<a/>", 4, "xml unchecked U-FOREIGN; " },
	{ "our name alone", "urn:sello:letter:1", 18,
	    "xml unchecked U-PROFILE; " },
	{ "a cut PNG", "\x89PNG\r\n\x1a\n", 8,
	    "none unchecked U-UNREADABLE; " },
	{ "a newer format", "SELLO74", 7, "packed unchecked U-GARBLED; " },
};

START_TEST(everything_gets_a_verdict)
{
	ck_assert_msg(strcmp(of_bytes(others[_i].data, others[_i].len),
			  others[_i].want) == 0,
	    "%s: %s", others[_i].name, (char *)said.at);
	ck_assert_str_eq(last_number, "");
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

/* A page for each code; NULL: a page without one. */
static void
put_pdf(const char *path, const struct bytes *const *codes, size_t count)
{
	cairo_surface_t *pdf = cairo_pdf_surface_create(path, 595, 842);
	cairo_t *c = cairo_create(pdf);
	size_t i;

	for (i = 0; i < count; i++) {
		cairo_surface_t *image;

		cairo_save(c);
		if (codes[i] != NULL) {
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

/* Which letters are printed and which attached, and what is said. */
static const struct {
	int printed[3], attached[3]; /* 1, 2; 0 ends */
	const char *want;
} pdfs[] = {
	{ { 1 }, { 0 }, "packed valid; " },
	{ { 0 }, { 1 }, "xml valid; " },
	{ { 1 }, { 1 }, "packed valid; " },
	{ { 1 }, { 2 },
	    "xml not-authentic F-MISMATCH; "
	    "packed not-authentic F-MISMATCH; " },
	{ { 1, 2 }, { 1, 2 }, "packed valid; packed valid; " },
	{ { 1, 2 }, { 1 }, "packed valid; packed valid; " },
	{ { 1 }, { 1, 2 },
	    "xml not-authentic F-MISMATCH; "
	    "packed not-authentic F-MISMATCH; " },
	{ { 1, 1 }, { 1 }, "packed valid; " },
};

START_TEST(file_and_code_of_a_pdf)
{
	const struct bytes *codes[3] = { NULL, &code_one, &code_two };
	const struct bytes *pages[3] = { NULL, NULL, NULL };
	size_t count = 0;
	char command[256];
	int i;

	if (!run_has("qpdf"))
		return;
	while (pdfs[_i].printed[count] != 0) {
		pages[count] = codes[pdfs[_i].printed[count]];
		count++;
	}
	put_pdf("a.pdf", pages, count > 0 ? count : 1);
	run_put("1.xml", one.at, one.len);
	run_put("2.xml", two.at, two.len);
	for (i = 0; pdfs[_i].attached[i] != 0; i++) {
		snprintf(command, sizeof(command),
		    "qpdf a.pdf --add-attachment %d.xml -- b.pdf && "
		    "mv b.pdf a.pdf",
		    pdfs[_i].attached[i]);
		ck_assert_int_eq(run(command, NULL), 0);
	}
	ck_assert_str_eq(of_path("a.pdf"), pdfs[_i].want);
}
END_TEST

/* A changed file beside a good code: red twice, each with its own reason. */
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
	    "xml not-authentic F-SIGNATURE F-MISMATCH; "
	    "packed not-authentic F-MISMATCH; ");
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
	ck_assert_str_eq(of_path("b.pdf"), "packed valid; ");
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
	tcase_add_test(t, amber_reasons_of_the_letter);
	tcase_add_test(t, shown_before);
	tcase_add_test(t, as_of_another_time);
	tcase_add_test(t, a_failed_selftest_is_never_green);
	tcase_add_test(t, a_number_is_never_green);
	tcase_add_loop_test(t, everything_gets_a_verdict, 0,
	    (int)(sizeof(others) / sizeof(others[0])));
	tcase_add_test(t, sizes);
	suite_add_tcase(suite_all, t);
	t = tcase_create("pages");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, file_and_code_of_a_pdf, 0,
	    (int)(sizeof(pdfs) / sizeof(pdfs[0])));
	tcase_add_test(t, a_changed_attachment);
	tcase_add_test(t, a_dressed_attachment);
	tcase_add_test(t, a_picture_of_a_code);
	suite_add_tcase(suite_all, t);
	t = tcase_create("training");
	tcase_add_checked_fixture(t, setup_training, teardown);
	tcase_add_test(t, training_is_never_green);
	suite_add_tcase(suite_all, t);
	return suite_all;
}

CHECK_MAIN(suite);
