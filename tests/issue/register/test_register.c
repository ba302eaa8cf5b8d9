/* The register below people: opening, drafts, look-alikes, letters, events. */
#include "issue/register/register.h"

#include "tests/support/desk.h"
#include "tests/support/letters.h"
#include "tests/support/world.h"

#include "base/clock.h"
#include "base/file.h"
#include "issue/center/draft_verify.h"
#include "issue/register/draft.h"
#include "issue/register/draft_text.h"
#include "issue/register/event.h"
#include "issue/register/letter.h"
#include "letter/field.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct world template, w;
static struct center *center;
static struct person drafter;
static int64_t now;

static void
begin(void)
{
	now = clock_now();
	world_new(&template, now);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
	center = world_open(&w, true);
	world_login(center, "OF1007", &drafter);
}

static void
teardown(void)
{
	people_clear(&drafter);
	center_close(&center);
	world_free(&w);
}

static int64_t
insert(const struct draft_input *input)
{
	int64_t id = 0;

	ck_assert_int_eq(register_draft_insert(center->reg, "GTGUA01", &drafter,
			     input, now, &id, NULL),
	    ERR_OK);
	return id;
}

static enum err
discard(int64_t id)
{
	enum err rc;

	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	rc = register_draft_discard(
	    center->reg, id, "AP2003", "entered twice", now, NULL);
	if (rc == ERR_OK)
		rc = register_commit(center->reg, NULL);
	register_rollback(center->reg);
	return rc;
}

/* --- drafts as text ------------------------------------------------------ */

static bool
same_fields(const struct letter *a, const struct letter *b)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (field_table[i].kind != KIND_DEPENDANTS &&
		    field_table[i].key != NULL &&
		    strcmp(field_get(&field_table[i], a),
			field_get(&field_table[i], b)) != 0)
			return false;
	if (a->dependant_count != b->dependant_count)
		return false;
	for (size_t i = 0; i < a->dependant_count; i++)
		for (size_t k = 0; k < FIELD_DEPENDANT_COUNT; k++)
			if (strcmp(field_get(
				       &field_dependant[k], &a->dependant[i]),
				field_get(&field_dependant[k],
				    &b->dependant[i])) != 0)
				return false;
	return true;
}

START_TEST(draft_text_goes_round)
{
	uint64_t seed = 7;
	struct letter letter, back;

	for (int i = 0; i < 2000; i++) {
		struct bytes text = { 0 };

		support_letter(&seed, &letter);
		ck_assert_int_eq(
		    draft_text_write(&letter, &text, NULL), ERR_OK);
		ck_assert_int_eq(
		    draft_text_read((const char *)text.at, &back, NULL),
		    ERR_OK);
		ck_assert(same_fields(&letter, &back));
		bytes_free(&text);
	}
}
END_TEST

static const char *const damaged[] = {
	"surnames",
	"surnames Pop",
	"nothing x\n",
	"surnames Pop\nsurnames Pop\n",
	"givenNames Ana\nsurnames Pop\n",
	"surnames \n",
	"dependants x\n",
	"dependants.birthDate 1990\n",
	"dependants.nothing x\n",
	"dependants.name\n",
	"sex FF\n",
	"\n",
	" \n",
};

START_TEST(refuses_text_of_another_form)
{
	struct letter letter = { .sex = "X" };

	ck_assert_msg(draft_text_read(damaged[_i], &letter, NULL) == ERR_DATA,
	    "%s", damaged[_i]);
	ck_assert_str_eq(letter.sex, "X"); /* untouched */
}
END_TEST

START_TEST(refuses_a_line_feed_in_a_value)
{
	struct letter letter = { .surnames = "Pop\nsex F" };
	struct bytes text = { 0 };

	ck_assert_int_eq(draft_text_write(&letter, &text, NULL), ERR_DATA);
	bytes_free(&text);
}
END_TEST

/* --- drafts in the register ---------------------------------------------- */

START_TEST(keeps_a_draft_as_handed_in)
{
	json_t *problems = json_pack("[{s:s, s:s, s:s}]", "code", "W-MINOR",
	    "field", "birthDate", "text", "young");
	struct draft draft = { 0 };
	struct letter letter;
	int64_t id;

	world_letter(5, now, &letter);
	const struct draft_input input = { &letter, "a \"row\"\n", problems,
		{ "GTM0005", "POP" } };
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	id = insert(&input);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(id, 1);
	ck_assert_int_eq(draft_verify(center, id, &draft, NULL), ERR_OK);
	ck_assert_int_eq(draft.state, DRAFT_PENDING);
	ck_assert_str_eq(draft.officer, "OF1007");
	ck_assert_int_eq(draft.at, now);
	ck_assert_str_eq(draft.row, "a \"row\"\n");
	ck_assert(!draft.duplicate);
	ck_assert_str_eq((const char *)draft.problems.at,
	    "[{\"code\":\"W-MINOR\",\"field\":\"birthDate\","
	    "\"text\":\"young\"}]");
	ck_assert(same_fields(&letter, &draft.letter));
	ck_assert_str_eq(draft.number, "");
	register_draft_clear(&draft);
	json_decref(problems);
}
END_TEST

/* A drafter with a program of their own signs for somebody else. */
START_TEST(a_draft_names_its_own_drafter)
{
	struct draft draft = { 0 };
	struct letter letter;
	int64_t id;

	world_letter(5, now, &letter);
	strcpy(letter.officer, "OF1008");
	const struct draft_input input = { &letter, "", NULL, { "", "POP" } };
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	id = insert(&input);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(draft_verify(center, id, &draft, NULL), ERR_REFUSED);
}
END_TEST

START_TEST(numbers_drafts_without_gaps_over_rollbacks)
{
	struct letter letter;

	world_letter(5, now, &letter);
	const struct draft_input input = { &letter, "", NULL, { "", "POP" } };
	for (int round = 0; round < 3; round++) {
		ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
		ck_assert_int_eq(insert(&input), 1);
		ck_assert_int_eq(insert(&input), 2);
		register_rollback(center->reg);
	}
}
END_TEST

START_TEST(discarding_erases)
{
	struct draft draft = { 0 };
	int64_t id = world_draft(center, 3, now);

	ck_assert_int_eq(discard(99), ERR_NOT_FOUND);
	ck_assert_int_eq(discard(id), ERR_OK);
	ck_assert_int_eq(discard(id), ERR_OK);
	ck_assert_int_eq(
	    register_draft_load(center->reg, "GTGUA01", id, &draft, NULL),
	    ERR_OK);
	ck_assert_int_eq(draft.state, DRAFT_DISCARDED);
	ck_assert_str_eq(draft.letter.surnames, "");
	ck_assert_str_eq(draft.row, "3");
	ck_assert(!draft.has_signature);
	register_draft_clear(&draft);
}
END_TEST

/* --- look-alikes --------------------------------------------------------- */

struct found {
	unsigned count;
	int64_t first;
};

static bool
take(void *arg, const struct draft *candidate)
{
	struct found *found = arg;

	if (found->count++ == 0)
		found->first = candidate->id;
	ck_assert_str_ne(candidate->letter.surnames, "");
	return true;
}

static struct found
alike(const char *document, const char *name)
{
	const struct person_keys keys = { document, name };
	struct found found = { 0 };

	ck_assert_int_eq(register_draft_duplicates(
			     center->reg, "GTGUA01", &keys, take, &found, NULL),
	    ERR_OK);
	return found;
}

static bool
waits(const char *officer)
{
	bool any = false;

	ck_assert_int_eq(
	    register_draft_any(center->reg, officer, &any, NULL), ERR_OK);
	return any;
}

START_TEST(finds_look_alikes_by_either_key)
{
	struct letter letter;

	world_letter(1, now, &letter);
	const struct draft_input a = { &letter, "1", NULL,
		{ "GTM0001", "ANA<POP" } };
	const struct draft_input b = { &letter, "2", NULL, { "", "ANA<POP" } };
	const struct draft_input c = { &letter, "3", NULL,
		{ "GTM0001", "EVA<COC" } };
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	insert(&a);
	insert(&b);
	insert(&c);
	ck_assert(waits(NULL) && waits(drafter.code) && !waits("OF9999"));
	/* also those of the transaction under way; newest first */
	ck_assert_uint_eq(alike("GTM0001", "ANA<POP").count, 3);
	ck_assert_int_eq(alike("GTM0001", "ANA<POP").first, 3);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_uint_eq(alike("", "ANA<POP").count, 2);
	ck_assert_uint_eq(alike("GTM0001", "NOBODY").count, 2);
	/* without documents is no document in common */
	ck_assert_uint_eq(alike("", "NOBODY").count, 0);
	ck_assert_int_eq(discard(1), ERR_OK);
	ck_assert_uint_eq(alike("GTM0001", "ANA<POP").count, 2);
}
END_TEST

static struct found
homonyms(const char *document, int from_year, int to_year)
{
	const struct person_keys keys = { document, "ANA<POP" };
	struct found found = { 0 };

	ck_assert_int_eq(register_draft_homonyms(center->reg, "GTGUA01", &keys,
			     from_year, to_year, take, &found, NULL),
	    ERR_OK);
	return found;
}

START_TEST(finds_homonyms_of_some_years)
{
	static const char *const births[] = { "1990", "1991-05", "1992-05-02",
		"unknown" };
	struct draft_input input = { .keys = { "GTM0001", "ANA<POP" } };
	struct letter letter;

	world_letter(1, now, &letter);
	input.letter = &letter;
	input.row = "1";
	/* of one birth date, that of a dependant is none */
	letter.dependant_count = 1;
	memcpy(letter.dependant[0].name, "Eva", 4);
	memcpy(letter.dependant[0].birth_date, "2020-01-01", 11);
	memcpy(letter.dependant[0].relationship, "CHILD", 6);
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++) {
		memcpy(letter.birth_date, births[i], strlen(births[i]) + 1);
		insert(&input);
	}
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_uint_eq(homonyms("GTM0002", 1990, 1992).count, 3);
	ck_assert_uint_eq(homonyms("GTM0002", 1991, 1991).count, 1);
	ck_assert_int_eq(homonyms("GTM0002", 1991, 1991).first, 2);
	ck_assert_uint_eq(homonyms("GTM0002", 1993, 2025).count, 0);
	/* the same document is no other one */
	ck_assert_uint_eq(homonyms("GTM0001", 1990, 1992).count, 0);
}
END_TEST

/* --- the file ------------------------------------------------------------ */

START_TEST(a_missing_register_is_not_a_new_one)
{
	struct registry *reg = NULL;
	char path[128];

	ck_assert_int_eq(register_open(w.dir, &reg, NULL), ERR_CONFIG);
	ck_assert_ptr_null(reg);
	snprintf(path, sizeof(path), "%s/register.db", w.dir);
	ck_assert(!file_exists(path));
	ck_assert_int_eq(register_create(w.home, &reg, NULL), ERR_EXISTS);
}
END_TEST

START_TEST(only_the_owner_reads_it)
{
	struct stat st;
	char path[128];

	ck_assert_int_eq(stat(w.home, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	snprintf(path, sizeof(path), "%s/register.db", w.home);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_second_writer_is_told)
{
	struct center *other = NULL;

	ck_assert_int_eq(center_open(w.home, true, &other, NULL), ERR_BUSY);
	ck_assert_int_eq(center_open(w.home, false, &other, NULL), ERR_OK);
	ck_assert_int_eq(center_lock(other, NULL), ERR_BUSY);
	center_close(&other);
}
END_TEST

/* What an approver looked at for long is not signed with what was replaced
 * meanwhile. */
START_TEST(a_reader_who_was_overtaken_is_told)
{
	struct center *other = NULL;

	center_close(&center); /* the writer */
	ck_assert_int_eq(center_open(w.home, false, &other, NULL), ERR_OK);
	ck_assert_int_eq(center_lock(other, NULL), ERR_OK);
	center_close(&other);
	ck_assert_int_eq(center_open(w.home, false, &other, NULL), ERR_OK);
	desk_sql(w.home, "UPDATE center SET list_sequence = list_sequence + 1");
	ck_assert_int_eq(center_lock(other, NULL), ERR_BUSY);
	center_close(&other);
	/* somebody joined, left or took another passphrase */
	ck_assert_int_eq(center_open(w.home, false, &other, NULL), ERR_OK);
	desk_sql(w.home,
	    "INSERT INTO log_line (id, line)"
	    " VALUES ((1 << 40) + 99, 's1 99 T staff - OF1007')");
	ck_assert_int_eq(center_lock(other, NULL), ERR_BUSY);
	center_close(&other);
	ck_assert_int_eq(center_open(w.home, false, &other, NULL), ERR_OK);
	desk_sql(w.home, "UPDATE center SET log_key = zeroblob(32)");
	ck_assert_int_eq(center_lock(other, NULL), ERR_BUSY);
	center_close(&other);
	center = world_open(&w, true);
}
END_TEST

static bool
count_event(void *arg, const struct event *event)
{
	unsigned *count = arg;

	if (strcmp(event->kind, "refused-test") != 0)
		return true; /* the setting up */
	(*count)++;
	ck_assert_str_eq(event->person, "OF1007");
	ck_assert_str_eq(event->subject, "draft 1");
	ck_assert_int_eq(event->at, now);
	return true;
}

START_TEST(events_stay_when_the_rest_is_rolled_back)
{
	unsigned count = 0;
	struct letter letter;

	world_letter(5, now, &letter);
	const struct draft_input input = { &letter, "", NULL, { "", "POP" } };
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	insert(&input);
	register_rollback(center->reg);
	register_event(center->reg, now, "refused-test", "OF1007", "draft 1");
	ck_assert_int_eq(
	    register_event_each(center->reg, count_event, &count, NULL),
	    ERR_OK);
	ck_assert_uint_eq(count, 1);
}
END_TEST

static void
leaves(const char *number, int copy, enum event_before before)
{
	struct event_sheet sheet = event_sheet(number, copy);

	sheet.before = before;
	ck_assert_int_eq(
	    register_event_sheets(center->reg, now, "AP2003", &sheet, 1, NULL),
	    ERR_OK);
}

static bool
count_again(void *arg, const struct event *event)
{
	*(unsigned *)arg += strcmp(event->kind, EVENT_PRINTED_AGAIN) == 0;
	return true;
}

static unsigned
agains(void)
{
	unsigned count = 0;

	ck_assert_int_eq(
	    register_event_each(center->reg, count_again, &count, NULL),
	    ERR_OK);
	return count;
}

START_TEST(a_sheet_leaves_a_second_time)
{
	const char *number = "GTGUA01-2026-000001-L";
	int64_t times = -1, last = -1;

	ck_assert_int_eq(
	    register_event_printed(center->reg, number, &times, &last, NULL),
	    ERR_OK);
	ck_assert_int_eq(times, 0);
	leaves(number, 1, EVENT_BEFORE_PERHAPS);
	ck_assert_uint_eq(agains(), 0);
	leaves(number, 2, EVENT_BEFORE_PERHAPS);
	leaves("GTGUA01-2026-000002-J", 1, EVENT_BEFORE_NEVER);
	ck_assert_uint_eq(agains(), 0);
	leaves(number, 1, EVENT_BEFORE_PERHAPS);
	ck_assert_uint_eq(agains(), 1);
	leaves(number, 3, EVENT_BEFORE_SURELY);
	ck_assert_uint_eq(agains(), 2);
	ck_assert_int_eq(
	    register_event_printed(center->reg, number, &times, &last, NULL),
	    ERR_OK);
	ck_assert_int_eq(times, 2);
	ck_assert_int_eq(last, now);
	ck_assert_str_eq(
	    event_sheet(number, 2).name, "GTGUA01-2026-000001-L-2");
}
END_TEST

/* --- numbers ------------------------------------------------------------- */

static void
put_letter(int64_t at, int64_t draft, const char *want)
{
	struct issued issued = { .issued_at = at,
		.draft = draft,
		.officer = "OF1007",
		.approver = "AP2003",
		.reason = "B1" };

	ck_assert_int_eq(register_letter_next(
			     center->reg, "GTGUA01", at, issued.number, NULL),
	    ERR_OK);
	ck_assert_int_eq(strncmp(issued.number, want, strlen(want)), 0);
	bytes_add_text(&issued.xml, "<x/>");
	bytes_add_text(&issued.labels, "{}");
	ck_assert_int_eq(
	    register_letter_insert(center->reg, &issued, NULL), ERR_OK);
	/* one draft, one letter */
	ck_assert_int_eq(register_letter_next(
			     center->reg, "GTGUA01", at, issued.number, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    register_letter_insert(center->reg, &issued, NULL), ERR_EXISTS);
	register_letter_clear(&issued);
}

START_TEST(each_year_counts_from_one)
{
	const int64_t eve = 1798761599; /* 2026-12-31T23:59:59Z */
	int64_t last;
	bool any = true;

	ck_assert_int_eq(register_letter_any(center->reg, &any, NULL), ERR_OK);
	ck_assert(!any);
	world_drafts(center, 4, now);
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	put_letter(eve - 1, 1, "GTGUA01-2026-000001-");
	put_letter(eve, 2, "GTGUA01-2026-000002-");
	put_letter(eve + 1, 3, "GTGUA01-2027-000001-");
	put_letter(eve + 1, 4, "GTGUA01-2027-000002-");
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_letter_last(center->reg, &last, NULL), ERR_OK);
	ck_assert_int_eq(last, eve + 1);
	ck_assert_int_eq(register_letter_any(center->reg, &any, NULL), ERR_OK);
	ck_assert(any);
}
END_TEST

START_TEST(counts_copies)
{
	const struct copy_note note = { now, "AP2003", "", "LOST" };
	struct issued issued = { 0 };
	char number[LETTER_NUMBER_SIZE];
	int copy = 0;

	world_draft(center, 1, now);
	ck_assert_int_eq(
	    register_letter_next(center->reg, "GTGUA01", now, number, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	put_letter(now, 1, "GTGUA01-");
	for (int want = 2; want < 5; want++) {
		ck_assert_int_eq(register_letter_copy(
				     center->reg, number, &note, &copy, NULL),
		    ERR_OK);
		ck_assert_int_eq(copy, want);
	}
	ck_assert_int_eq(register_letter_copy(center->reg,
			     "GTGUA01-2020-000001-A", &note, &copy, NULL),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_letter_load(center->reg, number, &issued, NULL), ERR_OK);
	ck_assert_int_eq(issued.copies, 4);
	ck_assert_str_eq(issued.reason, "B1");
	register_letter_clear(&issued);
}
END_TEST

/* --- lines and their guard ------------------------------------------------ */

static enum err
no_guard(void *arg, struct errtext *err)
{
	++*(unsigned *)arg;
	return err_set(err, ERR_IO, "no guard");
}

/* Whoever enters a line, or another head, and forgets the guard changes
 * nothing. */
START_TEST(lines_are_not_committed_without_their_guard)
{
	const struct bytes line = { .at = (uint8_t *)"x", .len = 1 };
	const char *const rows = "SELECT (SELECT count(*) FROM log_line)"
				 " + (SELECT sum(last_time) FROM log_head)";
	struct log_head head = { .last_time = 7 };
	struct registry *reg = center->reg;
	int64_t before = desk_number(w.home, rows);
	unsigned asked = 0;

	ck_assert_int_eq(register_begin(reg, NULL), ERR_OK);
	ck_assert_int_eq(_i == 0
		? register_log_append(reg, 1, WORLD_LINES, &line, NULL)
		: register_log_set_head(reg, 1, &head, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(reg, NULL), ERR_INTERNAL);
	register_rollback(reg);
	ck_assert_int_eq(desk_number(w.home, rows), before);
	/* another transaction enters nothing */
	ck_assert_int_eq(register_begin(reg, NULL), ERR_OK);
	ck_assert_int_eq(register_commit(reg, NULL), ERR_OK);
	ck_assert_int_eq(register_begin(reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_log_append(reg, 1, WORLD_LINES, &line, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_commit_lines(reg, no_guard, &asked, NULL), ERR_IO);
	ck_assert_uint_eq(asked, 1);
	ck_assert_int_eq(desk_number(w.home, rows), before + 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("register");
	TCase *text = tcase_create("draft text");
	TCase *c = tcase_create("register");

	tcase_set_timeout(text, 60);
	tcase_add_test(text, draft_text_goes_round);
	tcase_add_loop_test(text, refuses_text_of_another_form, 0,
	    sizeof(damaged) / sizeof(damaged[0]));
	tcase_add_test(text, refuses_a_line_feed_in_a_value);
	suite_add_tcase(s, text);
	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, keeps_a_draft_as_handed_in);
	tcase_add_test(c, a_draft_names_its_own_drafter);
	tcase_add_test(c, numbers_drafts_without_gaps_over_rollbacks);
	tcase_add_test(c, discarding_erases);
	tcase_add_test(c, finds_look_alikes_by_either_key);
	tcase_add_test(c, finds_homonyms_of_some_years);
	tcase_add_test(c, a_missing_register_is_not_a_new_one);
	tcase_add_test(c, only_the_owner_reads_it);
	tcase_add_test(c, a_second_writer_is_told);
	tcase_add_test(c, a_reader_who_was_overtaken_is_told);
	tcase_add_test(c, events_stay_when_the_rest_is_rolled_back);
	tcase_add_test(c, a_sheet_leaves_a_second_time);
	tcase_add_loop_test(
	    c, lines_are_not_committed_without_their_guard, 0, 2);
	tcase_add_test(c, each_year_counts_from_one);
	tcase_add_test(c, counts_copies);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
