/* Letters into files, looking at drafts, and examining the register: what
 * works on a register that holds letters. */
#include "issue/center/release.h"

#include "tests/support/world.h"

#include "base/clock.h"
#include "base/file.h"
#include "issue/center/act.h"
#include "issue/center/approve.h"
#include "issue/center/integrity.h"
#include "issue/center/readback.h"
#include "issue/review.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LETTERS 3

static struct world template, w;
static struct decoder *decoder;
static int64_t now;

static void
refuse(void *arg, int64_t draft, const char *why)
{
	(void)arg;
	ck_abort_msg("draft %lld: %s", (long long)draft, why);
}

static void
begin(void)
{
	struct act act = { 0 };
	struct picks picks = { 0 };
	struct center *center;

	now = clock_now();
	world_new(&template, now);
	center = act.center = world_open(&template, true);
	world_drafts(center, LETTERS, now);
	world_login(center, "AP2003", &act.actor);
	ck_assert_int_eq(act_open(&act, NULL), ERR_OK);
	const struct approval approval = { &act, PAPER_LETTER, refuse, NULL,
		false };
	ck_assert_int_eq(
	    approve_add_all(&picks, center, "AP2003", NULL), ERR_OK);
	review_skip(&picks);
	ck_assert_int_eq(
	    approve_sign(&approval, picks.at, picks.count, NULL), ERR_OK);
	world_draft(center, LETTERS + 1, now); /* one more waits */
	approve_clear(&picks);
	act_close(&act);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	struct errtext err = { 0 };

	world_copy(&template, &w);
	ck_assert_msg(release_ready(&decoder, &err) == ERR_OK, "%s", err.text);
}

static void
teardown(void)
{
	decoder_free(&decoder);
	world_free(&w);
}

static bool
take_first(void *arg, const struct issued *letter)
{
	strcpy(arg, letter->number);
	return false;
}

static void
load(struct center *center, struct issued *out)
{
	char number[LETTER_NUMBER_SIZE];

	ck_assert_int_eq(
	    register_letter_each(center->reg, false, take_first, number, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    register_letter_load(center->reg, number, out, NULL), ERR_OK);
}

static void
sql(const char *text)
{
	char path[128];
	sqlite3 *db;
	char *why = NULL;

	snprintf(path, sizeof(path), "%s/register.db", w.home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, &why) == SQLITE_OK,
	    "%s: %s", text, why);
	sqlite3_close(db);
}

/* --- rendering ----------------------------------------------------------- */

static void
other_names(struct trust_list *list)
{
	strcpy(list->centers[0].hotline, "+50299999999");
	strcpy(list->consulates[0].name, "Otro Nombre");
}

START_TEST(the_same_copy_has_the_same_bytes)
{
	struct center *center = world_open(&w, false);
	struct issued letter = { 0 };
	struct release a = { 0 }, b = { 0 }, second = { 0 };
	struct errtext err = { 0 };

	load(center, &letter);
	ck_assert_msg(
	    release_render(center, &letter, 1, decoder, &a, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_int_eq(
	    release_render(center, &letter, 2, decoder, &second, NULL), ERR_OK);
	ck_assert(bytes_equal(&a.xml, &letter.xml));
	ck_assert(bytes_equal(&a.png, &second.png));
	ck_assert(!bytes_equal(&a.pdf, &second.pdf));
	ck_assert_uint_gt(a.packed_bytes, 80);
	ck_assert_int_ge(a.qr_version, 5);
	ck_assert(a.qr_level == 'M' || a.qr_level == 'Q');
	center_close(&center);
	/* names that the program changes later do not change the sheet */
	world_take(&w, now, now, other_names);
	center = world_open(&w, false);
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &b, NULL), ERR_OK);
	ck_assert(bytes_equal(&a.png, &b.png));
	ck_assert(bytes_equal(&a.pdf, &b.pdf));
	release_clear(&a);
	release_clear(&b);
	release_clear(&second);
	register_letter_clear(&letter);
	center_close(&center);
}
END_TEST

START_TEST(a_letter_that_does_not_read_back_does_not_leave)
{
	struct center *center = world_open(&w, false);
	struct issued letter = { 0 };
	struct issued other = { 0 };
	struct release release = { 0 };

	load(center, &letter);
	load(center, &other);
	other.digest[0] ^= 1; /* the register says another letter */
	ck_assert_int_eq(
	    release_render(center, &other, 1, decoder, &release, NULL),
	    ERR_INTERNAL);
	letter.xml.at[letter.xml.len / 3] ^= 1;
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &release, NULL),
	    ERR_INTERNAL);
	ck_assert_ptr_null(release.pdf.at);
	register_letter_clear(&letter);
	register_letter_clear(&other);
	center_close(&center);
}
END_TEST

static enum err
read_back(const struct bytes *png, const struct bytes *xml)
{
	struct readback back = { 0 };
	struct errtext err = { 0 };
	enum err rc;

	readback_start(&back, decoder, png);
	rc = readback_end(&back, xml, &err);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	readback_clear(&back);
	return rc;
}

START_TEST(what_is_in_the_picture_counts)
{
	struct center *center = world_open(&w, false);
	struct issued letter = { 0 };
	struct release made = { 0 };

	load(center, &letter);
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &made, NULL), ERR_OK);
	ck_assert_int_eq(read_back(&made.png, &made.xml), ERR_OK);
	made.xml.at[made.xml.len / 3] ^= 1;
	ck_assert_int_eq(read_back(&made.png, &made.xml), ERR_PROFILE);
	made.xml.at[made.xml.len / 3] ^= 1;
	/* a byte of the picture's pixels, then its end */
	made.png.at[made.png.len / 2] ^= 1;
	ck_assert_int_ne(read_back(&made.png, &made.xml), ERR_OK);
	made.png.at[made.png.len / 2] ^= 1;
	made.png.len -= 16;
	ck_assert_int_ne(read_back(&made.png, &made.xml), ERR_OK);
	release_clear(&made);
	register_letter_clear(&letter);
	center_close(&center);
}
END_TEST

/* --- writing ------------------------------------------------------------- */

START_TEST(writes_what_is_missing_and_keeps_what_differs)
{
	struct center *center = world_open(&w, false);
	struct issued letter = { 0 };
	struct release release = { 0 };
	char dir[128];
	struct stat st;

	snprintf(dir, sizeof(dir), "%s/out/deep", w.dir);
	load(center, &letter);
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &release, NULL),
	    ERR_OK);
	ck_assert_int_eq(release_write(dir, &release, NULL), ERR_OK);
	ck_assert(file_exists(release.xml_path));
	ck_assert_int_eq(stat(release.pdf_path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 077, 0); /* people's data */
	ck_assert_int_eq(remove(release.png_path), 0);
	release_clear(&release);
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &release, NULL),
	    ERR_OK);
	ck_assert_int_eq(release_write(dir, &release, NULL), ERR_OK);
	ck_assert(file_exists(release.png_path));
	ck_assert_int_eq(
	    file_write(release.png_path, 0600, "x", 1, NULL), ERR_OK);
	release_clear(&release);
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &release, NULL),
	    ERR_OK);
	ck_assert_int_eq(release_write(dir, &release, NULL), ERR_EXISTS);
	ck_assert_int_eq(stat(release.png_path, &st), 0);
	ck_assert_int_eq(st.st_size, 1);
	release_clear(&release);
	register_letter_clear(&letter);
	center_close(&center);
}
END_TEST

START_TEST(a_copy_has_a_name_of_its_own)
{
	struct center *center = world_open(&w, false);
	struct issued letter = { 0 };
	struct release release = { 0 };
	char dir[128], want[192];

	snprintf(dir, sizeof(dir), "%s/out", w.dir);
	load(center, &letter);
	ck_assert_int_eq(
	    release_render(center, &letter, 2, decoder, &release, NULL),
	    ERR_OK);
	ck_assert_int_eq(release_write(dir, &release, NULL), ERR_OK);
	snprintf(want, sizeof(want), "%s/%s-2.pdf", dir, letter.number);
	ck_assert_str_eq(release.pdf_path, want);
	snprintf(want, sizeof(want), "%s/%s.xml", dir, letter.number);
	ck_assert_str_eq(release.xml_path, want);
	release_clear(&release);
	/* a file where the folder should be */
	ck_assert_int_eq(
	    release_render(center, &letter, 1, decoder, &release, NULL),
	    ERR_OK);
	ck_assert_int_eq(release_write(want, &release, NULL), ERR_IO);
	release_clear(&release);
	register_letter_clear(&letter);
	center_close(&center);
}
END_TEST

/* --- looking at drafts --------------------------------------------------- */

static const struct {
	size_t count, want;
} samples[] = {
	{ 1, 1 },
	{ 9, 1 },
	{ 10, 1 },
	{ 11, 2 },
	{ 199, 20 },
	{ 200, 20 },
	{ 201, 20 },
	{ 5000, 20 },
};

START_TEST(a_tenth_is_opened)
{
	ck_assert_uint_eq(review_sample(samples[_i].count), samples[_i].want);
}
END_TEST

static const struct {
	const char *typed;
	bool all, stop;
	size_t left;
	char reason;
} answers[] = {
	{ "y\n", false, false, 1, 'V' },
	{ "n\n", false, false, 0, 0 },
	{ "q\n", false, true, 1, 0 },
	{ "", false, true, 1, 0 },
	{ "yes\n\nY\ny\n", false, false, 1, 'V' }, /* only y is yes */
	{ "y\ny\n", true, false, 1, 'B' },         /* sample, then all */
	{ "y\nn\n", true, true, 1, 0 },
	{ "y\n", true, true, 1, 0 },
	{ "n\n", true, false, 0, 0 },
	{ "q\n", true, true, 1, 0 },
};

START_TEST(takes_answers)
{
	struct center *center = world_open(&w, false);
	char typed[32], *shown = NULL;
	struct picks picks = { 0 };
	size_t shown_len;
	bool stop = false;

	snprintf(typed, sizeof(typed), "%s", answers[_i].typed);
	struct review review = { fmemopen(typed, strlen(typed) + 1, "r"),
		open_memstream(&shown, &shown_len), center };
	ck_assert_int_eq(
	    approve_add_all(&picks, center, "AP2003", NULL), ERR_OK);
	ck_assert_uint_eq(picks.count, 1);
	ck_assert_int_eq(answers[_i].all
		? review_batch(&review, &picks, &stop, NULL)
		: review_each(&review, &picks, &stop, NULL),
	    ERR_OK);
	fclose(review.in);
	fclose(review.out);
	ck_assert_int_eq(stop, answers[_i].stop);
	ck_assert_uint_eq(picks.count, answers[_i].left);
	if (answers[_i].reason != 0)
		ck_assert_int_eq(picks.at[0].reason[0], answers[_i].reason);
	ck_assert_ptr_nonnull(strstr(shown, "Batz Xe"));
	free(shown);
	approve_clear(&picks);
	center_close(&center);
}
END_TEST

/* --- examining ----------------------------------------------------------- */

static void
count_finding(void *arg, const char *about, const char *text)
{
	unsigned *count = arg;

	(*count)++;
	ck_assert_str_ne(about, "");
	ck_assert_str_ne(text, "");
	ck_assert_ptr_null(strstr(text, "Batz"));
}

static unsigned
findings(void)
{
	struct center *center = world_open(&w, false);
	struct integrity seen = { 0 };
	unsigned count = 0;

	ck_assert_int_eq(
	    integrity_check(center, count_finding, NULL, &count, &seen, NULL),
	    ERR_OK);
	ck_assert_uint_eq(seen.findings, count);
	ck_assert_uint_eq(seen.persons, 3);
	center_close(&center);
	return count;
}

START_TEST(a_whole_register_has_no_findings)
{
	ck_assert_uint_eq(findings(), 0);
}
END_TEST

static const char *const damages[] = {
	/* as text, so that replace() reaches into the blob */
	"UPDATE letter SET xml = CAST(replace(CAST(xml AS TEXT), 'Batz',"
	" 'Butz') AS BLOB) WHERE id = 2",
	"UPDATE letter SET digest = zeroblob(32) WHERE id = 2",
	"UPDATE letter SET approver = 'AP9999' WHERE id = 2",
	"UPDATE letter SET officer = 'OF9999' WHERE id = 2",
	"UPDATE letter SET issued_at = issued_at - 1 WHERE id = 2",
	"UPDATE letter SET xml = (SELECT xml FROM letter WHERE id = 1)"
	" WHERE id = 2",
	"DELETE FROM letter WHERE id = 2",
	"UPDATE draft SET letter = replace(letter, 'Batz', 'Butz') WHERE state"
	" = 'pending'",
	"UPDATE person SET role = 'approver' WHERE code = 'AD0001'",
};

START_TEST(finds_damage)
{
	sql(damages[_i]);
	ck_assert_msg(findings() > 0, "%s", damages[_i]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("release");
	TCase *c = tcase_create("register with letters");

	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_same_copy_has_the_same_bytes);
	tcase_add_test(c, a_letter_that_does_not_read_back_does_not_leave);
	tcase_add_test(c, what_is_in_the_picture_counts);
	tcase_add_test(c, writes_what_is_missing_and_keeps_what_differs);
	tcase_add_test(c, a_copy_has_a_name_of_its_own);
	tcase_add_loop_test(
	    c, a_tenth_is_opened, 0, sizeof(samples) / sizeof(samples[0]));
	tcase_add_loop_test(
	    c, takes_answers, 0, sizeof(answers) / sizeof(answers[0]));
	tcase_add_test(c, a_whole_register_has_no_findings);
	tcase_add_loop_test(
	    c, finds_damage, 0, sizeof(damages) / sizeof(damages[0]));
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
