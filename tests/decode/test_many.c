/*
 * test_many.c - scan/decoder.h with a picture reader that was taken over
 * (evil.c): what one file did to it reaches neither the next file nor us.
 */
#include "tests/check_main.h"

#include "base/file.h"
#include "scan/decoder.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static struct decoder *decoder;

static void
setup(void)
{
	char *program = file_beside_program("evil-decode");
	struct errtext err = { 0 };

	ck_assert_ptr_nonnull(program);
	ck_assert_msg(
	    decoder_start(program, &decoder, &err) == ERR_OK, "%s", err.text);
	free(program);
}

static void
teardown(void)
{
	decoder_free(&decoder);
}

static void
ask(const char *word, struct decoder_question *question)
{
	struct errtext err = { 0 };

	ck_assert_msg(decoder_ask_frame(decoder, (const uint8_t *)word,
			  strlen(word), NULL, question, &err) == ERR_OK,
	    "%s: %s", word, err.text);
}

/* The answer's only code, "" without one. */
static enum err
hear(struct decoder_question *question, char *text, size_t size)
{
	struct scan_result found = { 0 };
	enum err rc = decoder_answer(question, &found, NULL);

	text[0] = '\0';
	if (rc == ERR_OK && found.count == 1)
		snprintf(text, size, "%.*s", (int)found.item[0].data.len,
		    (const char *)found.item[0].data.at);
	scan_clear(&found);
	return rc;
}

/* Who started the child that answered cleanly. */
static long
expect_clean(void)
{
	struct decoder_question question = { 0 };
	char text[128];
	long starter = 0;

	ask("good", &question);
	ck_assert_int_eq(hear(&question, text, sizeof(text)), ERR_OK);
	ck_assert_msg(
	    sscanf(text, "clean %ld", &starter) == 1, "said: %s", text);
	return starter;
}

static const struct {
	const char *word;
	enum err rc;
	const char *says;
} evils[] = {
	{ "poison", ERR_OK, "spoiled" },
	{ "die", ERR_UNREADABLE, "" },
	{ "nonsense", ERR_UNREADABLE, "" },
	{ "flood", ERR_UNREADABLE, "" },
	{ "loop", ERR_UNREADABLE, "" },
	{ "memory", ERR_OK, "refused" },
};

static bool
is_under_asan(void)
{
#ifdef __SANITIZE_ADDRESS__
	return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return true;
#endif
#endif
	return false;
}

START_TEST(the_next_one_is_clean)
{
	struct decoder_question question = { 0 };
	long starter = expect_clean();
	char text[128];

	/* there it has all the addresses it wants: decode/jail.c */
	if (strcmp(evils[_i].word, "memory") == 0 && is_under_asan())
		return;
	ask(evils[_i].word, &question);
	/* while it is at it, too */
	ck_assert_int_eq(expect_clean(), starter);
	ck_assert_int_eq(hear(&question, text, sizeof(text)), evils[_i].rc);
	ck_assert_msg(
	    strncmp(text, evils[_i].says, strlen(evils[_i].says)) == 0,
	    "%s said: %s", evils[_i].word, text);
	ck_assert_int_eq(expect_clean(), starter);
}
END_TEST

/* Ended with its answer, so that no number of them fills the machine. Waits as long
 * as it takes, or for ever. */
START_TEST(none_stays)
{
	struct decoder_question question = { 0 };
	char text[128];
	long child = 0;

	ask("stay", &question);
	ck_assert_int_eq(hear(&question, text, sizeof(text)), ERR_OK);
	ck_assert_int_eq(sscanf(text, "%ld", &child), 1);
	ck_assert_int_gt(child, 1);
	while (kill((pid_t)child, 0) == 0)
		sched_yield();
}
END_TEST

/* After so many files it is another process; what the last one was asked is
 * answered all the same. */
START_TEST(it_is_renewed)
{
	struct decoder_question question = { 0 };
	long first = expect_clean(), now = first;
	char text[128];
	int i;

	for (i = 2; i < DECODER_FILES_MAX; i++)
		now = expect_clean();
	ck_assert_int_eq(now, first);
	ask("wait", &question);
	now = expect_clean();
	ck_assert_int_ne(now, first);
	ck_assert_int_eq(expect_clean(), now);
	ck_assert_int_eq(hear(&question, text, sizeof(text)), ERR_OK);
	ck_assert_int_eq(strncmp(text, "clean", 5), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("many");
	TCase *t = tcase_create("evil");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, the_next_one_is_clean, 0, sizeof(evils) / sizeof(evils[0]));
	tcase_add_test(t, none_stays);
	tcase_add_test(t, it_is_renewed);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
