/* The guard's file: two slots, written in turn, torn, damaged, gone. */
#include "issue/center/guard.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "head.guard"
#define BOTH      (2 * GUARD_SLOT)

static void
setup(void)
{
	run_folder();
	ck_assert_int_eq(guard_create(FILE_NAME, NULL), ERR_OK);
}

static void
teardown(void)
{
	run_leave();
}

static enum err
write_text(const char *text)
{
	struct bytes note = { 0 };
	enum err rc;

	bytes_add_text(&note, text);
	rc = guard_write(FILE_NAME, &note, NULL);
	bytes_free(&note);
	return rc;
}

static void
expect(const char *want)
{
	struct bytes note = { 0 };

	bytes_add_text(&note, "something of before");
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_OK);
	ck_assert_uint_eq(note.len, strlen(want));
	if (note.len > 0)
		ck_assert_mem_eq(note.at, want, note.len);
	bytes_free(&note);
}

static void
put(const struct bytes *file)
{
	run_put(FILE_NAME, file->at, file->len);
}

/* --- what should be ------------------------------------------------------ */

START_TEST(a_new_one_guards_nothing)
{
	struct stat st;

	expect("");
	ck_assert_int_eq(stat(FILE_NAME, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(guard_create(FILE_NAME, NULL), ERR_EXISTS);
	ck_assert_int_eq(write_text("head of 1"), ERR_OK);
	ck_assert_int_eq(guard_create(FILE_NAME, NULL), ERR_EXISTS);
	expect("head of 1");
	ck_assert_int_eq(guard_create("nowhere/head.guard", NULL), ERR_IO);
}
END_TEST

START_TEST(the_last_written_is_read)
{
	char text[32];

	for (unsigned i = 0; i < 20; i++) {
		snprintf(text, sizeof(text), "head of %u", i);
		ck_assert_int_eq(write_text(text), ERR_OK);
		expect(text);
	}
	ck_assert_int_eq(write_text(""), ERR_OK);
	expect("");
}
END_TEST

/* Never longer, whatever is written: the file is made whole once, and a
 * full disk later does not matter. */
START_TEST(does_not_grow)
{
	struct stat st;

	for (unsigned i = 0; i < 5; i++)
		ck_assert_int_eq(write_text("a head"), ERR_OK);
	ck_assert_int_eq(stat(FILE_NAME, &st), 0);
	ck_assert_int_le(st.st_size, BOTH);
}
END_TEST

static void
get(struct bytes *file)
{
	bytes_reset(file);
	run_get(FILE_NAME, file);
	ck_assert_uint_eq(file->len, BOTH);
}

START_TEST(writes_the_slots_in_turn)
{
	struct bytes before = { 0 }, after = { 0 };

	ck_assert_int_eq(write_text("one"), ERR_OK);
	ck_assert_int_eq(write_text("two"), ERR_OK);
	for (size_t i = 0; i < 4; i++) {
		size_t written = i % 2 == 0 ? GUARD_SLOT : 0;
		size_t kept = GUARD_SLOT - written;

		get(&before);
		ck_assert_int_eq(write_text("three"), ERR_OK);
		get(&after);
		ck_assert_mem_eq(before.at + kept, after.at + kept, GUARD_SLOT);
		ck_assert_mem_ne(
		    before.at + written, after.at + written, GUARD_SLOT);
	}
	bytes_free(&before);
	bytes_free(&after);
}
END_TEST

/* As guard.h draws it, with an own SHA-256 over an own layout. */
START_TEST(has_the_form_of_the_header)
{
	uint8_t want[GUARD_SLOT] = "SELLOGD1";
	struct bytes file = { 0 };

	ck_assert_int_eq(write_text("abc"), ERR_OK);
	want[15] = 2; /* counter, the new one had 1 */
	want[19] = 3; /* length */
	memcpy(want + 20, "abc", 3);
	SHA256(want, 23, want + 23);
	get(&file);
	ck_assert_mem_eq(file.at + GUARD_SLOT, want, GUARD_SLOT);
	bytes_free(&file);
}
END_TEST

START_TEST(takes_notes_up_to_the_limit)
{
	struct bytes note = { 0 }, got = { 0 };
	uint8_t *at = bytes_reserve(&note, GUARD_NOTE_MAX + 1);

	ck_assert_ptr_nonnull(at);
	memset(at, 'x', GUARD_NOTE_MAX + 1);
	note.len = GUARD_NOTE_MAX + 1;
	ck_assert_int_eq(write_text("before"), ERR_OK);
	ck_assert_int_eq(guard_write(FILE_NAME, &note, NULL), ERR_LIMIT);
	expect("before");
	note.len = GUARD_NOTE_MAX;
	ck_assert_int_eq(guard_write(FILE_NAME, &note, NULL), ERR_OK);
	ck_assert_int_eq(guard_read(FILE_NAME, &got, NULL), ERR_OK);
	ck_assert(bytes_equal(&note, &got));
	bytes_free(&note);
	bytes_free(&got);
}
END_TEST

/* --- power cuts ---------------------------------------------------------- */

/* Every byte that the newest slot uses, damaged in turn: the one before. */
START_TEST(a_damaged_byte_leaves_the_older)
{
	struct bytes whole = { 0 }, file = { 0 };
	size_t used = 8 + 8 + 4 + strlen("newest") + 32;
	size_t at;

	if (_i == 1)
		ck_assert_int_eq(write_text("oldest"), ERR_OK);
	ck_assert_int_eq(write_text("older"), ERR_OK);
	ck_assert_int_eq(write_text("newest"), ERR_OK);
	/* the first write goes to the second slot, so the third does too */
	at = _i == 0 ? 0 : GUARD_SLOT;
	get(&whole);
	for (size_t i = 0; i < used; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			bytes_reset(&file);
			bytes_add(&file, whole.at, whole.len);
			file.at[at + i] ^= (uint8_t)(1u << bit);
			put(&file);
			expect("older");
		}
	bytes_free(&whole);
	bytes_free(&file);
}
END_TEST

/* The slot half written: new bytes up to a point, old ones from there. */
START_TEST(a_torn_slot_leaves_the_older)
{
	struct bytes before = { 0 }, after = { 0 }, file = { 0 };

	ck_assert_int_eq(write_text("oldest of them all, and longest"), ERR_OK);
	ck_assert_int_eq(write_text("older"), ERR_OK);
	get(&before);
	ck_assert_int_eq(write_text("newest"), ERR_OK);
	get(&after);
	/* all of the slot but the zeros behind its end */
	for (size_t i = 0; i < 8 + 8 + 4 + 6 + 32 - 1; i++) {
		struct bytes note = { 0 };

		bytes_reset(&file);
		bytes_add(&file, before.at, before.len);
		for (size_t k = 0; k <= i; k++)
			file.at[GUARD_SLOT + k] = after.at[GUARD_SLOT + k];
		put(&file);
		ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_OK);
		ck_assert_uint_eq(note.len, 5);
		ck_assert_mem_eq(note.at, "older", 5);
		bytes_free(&note);
	}
	bytes_free(&before);
	bytes_free(&after);
	bytes_free(&file);
}
END_TEST

/* After a torn write the next one goes over the torn slot, not over the
 * good one. */
START_TEST(a_torn_slot_is_written_next)
{
	struct bytes file = { 0 };

	ck_assert_int_eq(write_text("older"), ERR_OK);
	ck_assert_int_eq(write_text("newest"), ERR_OK);
	get(&file);
	file.at[25] ^= 1; /* in the first slot, the newest */
	put(&file);
	expect("older");
	bytes_free(&file);
	ck_assert_int_eq(write_text("next"), ERR_OK);
	expect("next");
	get(&file);
	file.at[25] ^= 1;
	put(&file);
	expect("older");
	bytes_free(&file);
}
END_TEST

static const struct {
	const char *name;
	size_t len; /* the file is cut to this */
	bool zeros;
	enum err want;
} ruins[] = {
	{ "empty", 0, false, ERR_DATA },
	{ "a byte", 1, false, ERR_DATA },
	{ "half a slot", GUARD_SLOT / 2, false, ERR_OK },
	{ "zeros", BOTH, true, ERR_DATA },
};

START_TEST(neither_slot_is_whole)
{
	struct bytes file = { 0 }, note = { 0 };

	ck_assert_int_eq(write_text("older"), ERR_OK);
	ck_assert_int_eq(write_text("newest"), ERR_OK);
	get(&file);
	if (ruins[_i].zeros)
		memset(file.at, 0, file.len);
	file.len = ruins[_i].len;
	put(&file);
	ck_assert_msg(guard_read(FILE_NAME, &note, NULL) == ruins[_i].want,
	    "%s", ruins[_i].name);
	/* two persons may begin it again (recover) */
	ck_assert_int_eq(write_text("again"), ERR_OK);
	expect("again");
	ck_assert_int_eq(write_text("and again"), ERR_OK);
	expect("and again");
	bytes_free(&file);
	bytes_free(&note);
}
END_TEST

START_TEST(both_damaged)
{
	struct bytes file = { 0 }, note = { 0 };

	ck_assert_int_eq(write_text("older"), ERR_OK);
	ck_assert_int_eq(write_text("newest"), ERR_OK);
	get(&file);
	file.at[22] ^= 0x80;
	file.at[GUARD_SLOT + 22] ^= 0x80;
	put(&file);
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_DATA);
	ck_assert_uint_eq(note.len, 0);
	bytes_free(&file);
	bytes_free(&note);
}
END_TEST

/* A length that would lead out of the slot, with nothing to hash there. */
START_TEST(a_length_past_the_slot)
{
	struct bytes file = { 0 }, note = { 0 };
	static const uint8_t lengths[][4] = {
		{ 0xff, 0xff, 0xff, 0xff },
		{ 0x80, 0, 0, 0 },
		{ 0, 0, GUARD_SLOT >> 8, 0 },
		{ 0, 0, (GUARD_NOTE_MAX + 1) >> 8, (GUARD_NOTE_MAX + 1) & 255 },
	};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		ck_assert_int_eq(write_text(""), ERR_OK);
		get(&file);
		memcpy(file.at + 16, lengths[i], 4);
		memcpy(file.at + GUARD_SLOT + 16, lengths[i], 4);
		put(&file);
		ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_DATA);
	}
	bytes_free(&file);
	bytes_free(&note);
}
END_TEST

/* Of a later program, and whole: it may mean something else. */
START_TEST(another_version_is_not_read)
{
	struct bytes file = { 0 }, note = { 0 };
	size_t end = 8 + 8 + 4 + strlen("a head");

	ck_assert_int_eq(write_text("a head"), ERR_OK);
	ck_assert_int_eq(write_text("a head"), ERR_OK);
	get(&file);
	for (size_t slot = 0; slot < BOTH; slot += GUARD_SLOT) {
		file.at[slot + 7] = '2';
		SHA256(file.at + slot, end, file.at + slot + end);
	}
	put(&file);
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_DATA);
	bytes_free(&file);
	bytes_free(&note);
}
END_TEST

/* --- not there ----------------------------------------------------------- */

START_TEST(one_that_is_gone_is_not_made_anew)
{
	struct bytes note = { 0 };

	ck_assert_int_eq(unlink(FILE_NAME), 0);
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_NOT_FOUND);
	ck_assert_int_eq(write_text("a head"), ERR_IO);
	ck_assert_int_ne(access(FILE_NAME, F_OK), 0);
	ck_assert_int_eq(mkdir(FILE_NAME, 0700), 0);
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_IO);
	ck_assert_int_eq(write_text("a head"), ERR_IO);
	/* a pipe does not hang */
	ck_assert_int_eq(rmdir(FILE_NAME), 0);
	ck_assert_int_eq(mkfifo(FILE_NAME, 0600), 0);
	ck_assert_int_eq(guard_read(FILE_NAME, &note, NULL), ERR_IO);
	ck_assert_int_eq(write_text("a head"), ERR_IO);
	bytes_free(&note);
}
END_TEST

/* Where this user may not write; root may everywhere. */
START_TEST(one_that_cannot_be_written)
{
	struct errtext err = { 0 };
	struct bytes note = { 0 };
	enum err rc = ERR_OK;

	bytes_add_text(&note, "a head");
	ck_assert_int_eq(chmod(FILE_NAME, 0444), 0);
	if (geteuid() == 0)
		ck_assert_int_eq(seteuid(65534), 0);
	/* the folder is another user's then */
	rc = guard_write(FILE_NAME, &note, &err);
	if (getuid() == 0)
		ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(rc, ERR_IO);
	ck_assert(strstr(err.text, FILE_NAME) != NULL);
	expect("");
	bytes_free(&note);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("guard");
	TCase *t = tcase_create("guard");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_new_one_guards_nothing);
	tcase_add_test(t, the_last_written_is_read);
	tcase_add_test(t, does_not_grow);
	tcase_add_test(t, writes_the_slots_in_turn);
	tcase_add_test(t, has_the_form_of_the_header);
	tcase_add_test(t, takes_notes_up_to_the_limit);
	tcase_add_loop_test(t, a_damaged_byte_leaves_the_older, 0, 2);
	tcase_add_test(t, a_torn_slot_leaves_the_older);
	tcase_add_test(t, a_torn_slot_is_written_next);
	tcase_add_loop_test(
	    t, neither_slot_is_whole, 0, sizeof(ruins) / sizeof(ruins[0]));
	tcase_add_test(t, both_damaged);
	tcase_add_test(t, a_length_past_the_slot);
	tcase_add_test(t, another_version_is_not_read);
	tcase_add_test(t, one_that_is_gone_is_not_made_anew);
	tcase_add_test(t, one_that_cannot_be_written);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
