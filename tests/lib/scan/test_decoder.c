/*
 * Tests of scan/decoder.h: one sello-decode, asked again and again.
 */
#include "scan/decoder.h"

#include "sheet/symbol.h"
#include "tests/check_main.h"
#include "tests/support/letters.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct decoder *decoder;

static void
setup(void)
{
	struct errtext err = { 0 };

	ck_assert_msg(decoder_new(&decoder, &err) == ERR_OK, "%s", err.text);
}

static void
teardown(void)
{
	decoder_free(&decoder);
	ck_assert_ptr_null(decoder);
	decoder_free(&decoder);
}

static void
make_png(const char *text, struct bytes *out)
{
	static struct symbol symbol;

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, 9, out, NULL), ERR_OK);
}

/* Three pixels a module, a byte a pixel. */
static void
make_raw(const char *text, struct bytes *out)
{
	static struct symbol symbol;
	int side, x, y;

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	side = symbol.width + 2 * SYMBOL_QUIET;
	bytes_addf(out, "P5 %d %d 255\n", 3 * side, 3 * side);
	for (y = 0; y < 3 * side; y++)
		for (x = 0; x < 3 * side; x++) {
			int row = y / 3 - SYMBOL_QUIET;
			int column = x / 3 - SYMBOL_QUIET;
			bool black = row >= 0 && row < symbol.width &&
			    column >= 0 && column < symbol.width &&
			    symbol.module[row * symbol.width + column];

			bytes_add_byte(out, black ? 0 : 255);
		}
}

static void
ask(const struct bytes *file, struct decoder_question *question)
{
	struct errtext err = { 0 };

	ck_assert_msg(
	    decoder_ask(decoder, file->at, file->len, question, &err) == ERR_OK,
	    "%s", err.text);
}

static void
expect(struct decoder_question *question, const char *text)
{
	struct scan_result found = { 0 };
	struct errtext err = { 0 };

	ck_assert_msg(
	    decoder_answer(question, &found, &err) == ERR_OK, "%s", err.text);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_eq(found.item[0].data.len, strlen(text));
	ck_assert_mem_eq(found.item[0].data.at, text, strlen(text));
	scan_clear(&found);
}

static int
open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	ck_assert_ptr_nonnull(dir);
	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count;
}

START_TEST(answers_again_and_again)
{
	static const char *const texts[] = { "SELLOONE", "SELLOTWO" };
	struct decoder_question question = { 0 };
	int before = open_files();

	for (int i = 0; i < 20; i++) {
		struct bytes file = { 0 };

		if (i % 4 < 2)
			make_png(texts[i % 2], &file);
		else
			make_raw(texts[i % 2], &file);
		ask(&file, &question);
		expect(&question, texts[i % 2]);
		bytes_free(&file);
	}
	ck_assert_int_eq(open_files(), before);
}
END_TEST

START_TEST(answers_many_at_once)
{
	struct bytes one = { 0 }, two = { 0 };
	struct decoder_question question[6] = { { 0 } };

	make_png("SELLOONE", &one);
	make_raw("SELLOTWO", &two);
	for (int i = 0; i < 6; i++)
		ask(i % 2 ? &two : &one, &question[i]);
	for (int i = 5; i >= 0; i--)
		expect(&question[i], i % 2 ? "SELLOTWO" : "SELLOONE");
	bytes_free(&one);
	bytes_free(&two);
}
END_TEST

/* Whatever became of one, the next one is answered. */
static void
still_answers(void)
{
	struct decoder_question question = { 0 };
	struct bytes file = { 0 };

	make_raw("SELLONEXT", &file);
	ask(&file, &question);
	expect(&question, "SELLONEXT");
	bytes_free(&file);
}

/* A picture whose looking at takes a while: noise. */
static void
make_noise(struct bytes *out)
{
	unsigned seed = 1;

	bytes_addf(out, "P5 2000 2000 255\n");
	for (int i = 0; i < 2000 * 2000; i++) {
		seed = seed * 1664525 + 1013904223;
		bytes_add_byte(out, (uint8_t)(seed >> 24));
	}
}

START_TEST(a_child_that_dies_is_unreadable)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };
	struct errtext err = { 0 };
	struct bytes file = { 0 };

	make_noise(&file);
	ask(&file, &question);
	ck_assert_int_eq(kill(question.child, SIGSEGV), 0);
	ck_assert_int_eq(
	    decoder_answer(&question, &found, &err), ERR_UNREADABLE);
	ck_assert_int_ne(err.text[0], '\0');
	still_answers();
	bytes_free(&file);
}
END_TEST

START_TEST(a_question_may_be_dropped)
{
	struct decoder_question question = { 0 };
	struct bytes file = { 0 };
	pid_t child;
	int before = open_files(), i;

	decoder_drop(&question);
	make_noise(&file);
	ask(&file, &question);
	child = question.child;
	decoder_drop(&question);
	ck_assert_int_eq(open_files(), before);
	/* ended, and nobody's zombie */
	for (i = 0; i < 500 && kill(child, 0) == 0; i++)
		usleep(20000);
	ck_assert_int_ne(kill(child, 0), 0);
	still_answers();
	bytes_free(&file);
}
END_TEST

static const struct {
	const char *name, *file;
	enum err want;
} bad[] = {
	{ "empty", "", ERR_UNREADABLE },
	{ "text", "hello", ERR_UNREADABLE },
	{ "no pixels", "P5 0 1 255\n", ERR_LIMIT },
	{ "too few", "P5 2 2 255\nabc", ERR_UNREADABLE },
	{ "too many", "P5 2 2 255\nabcde", ERR_UNREADABLE },
	{ "two bytes a pixel", "P5 1 1 65535\nab", ERR_UNREADABLE },
	{ "no number", "P5 x 1 255\n", ERR_UNREADABLE },
	{ "a long number", "P5 0000001 1 255\na", ERR_UNREADABLE },
	{ "huge", "P5 999999 999999 255\na", ERR_LIMIT },
	{ "blank", "P5 2 1 255\n\xff\xff", ERR_UNREADABLE },
	{ "half a PNG", "\x89PNG\r\n\x1a\n", ERR_UNREADABLE },
	{ "half a PDF", "%PDF-1.7\n", ERR_UNREADABLE },
};

START_TEST(bad_files_are_refused)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };
	struct bytes file = { 0 };
	enum err got;

	bytes_add_text(&file, bad[_i].file);
	ask(&file, &question);
	got = decoder_answer(&question, &found, NULL);
	ck_assert_msg(
	    got == bad[_i].want, "%s: %s", bad[_i].name, err_name(got));
	still_answers();
	bytes_free(&file);
}
END_TEST

/* The process that was started, by one of its children. */
static pid_t
parent_of(pid_t child)
{
	char path[64], line[128];
	FILE *status;
	int parent = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	status = fopen(path, "r");
	ck_assert_ptr_nonnull(status);
	while (fgets(line, sizeof(line), status) != NULL)
		sscanf(line, "PPid: %d", &parent);
	fclose(status);
	ck_assert_int_gt(parent, 1);
	return parent;
}

/* Gone for good: whoever asks next starts another. */
START_TEST(a_decoder_that_is_gone_is_started_again)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };
	struct bytes file = { 0 };
	struct errtext err = { 0 };

	make_noise(&file);
	ask(&file, &question);
	ck_assert_int_eq(kill(parent_of(question.child), SIGKILL), 0);
	/* its children end with it */
	ck_assert_int_eq(
	    decoder_answer(&question, &found, &err), ERR_UNREADABLE);
	still_answers();
	bytes_free(&file);
}
END_TEST

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Stopped, it is not waited for without end: it is ended, and so told. */
START_TEST(a_stopped_decoder_is_given_up)
{
	struct decoder_question question = { 0 }, next = { 0 };
	struct scan_result found = { 0 };
	struct bytes file = { 0 };
	double began;

	make_noise(&file);
	ask(&file, &question);
	ck_assert_int_eq(kill(parent_of(question.child), SIGSTOP), 0);
	(void)decoder_answer(&question, &found, NULL);
	scan_clear(&found);
	began = seconds();
	ck_assert_int_eq(
	    decoder_ask(decoder, file.at, file.len, &next, NULL), ERR_IO);
	ck_assert_double_lt(seconds() - began, SCAN_FRAME_IDLE_SECONDS + 2);
	still_answers();
	bytes_free(&file);
}
END_TEST

START_TEST(a_stopped_child_is_given_up)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };
	struct bytes file = { 0 };
	double began = seconds();

	make_noise(&file);
	ask(&file, &question);
	ck_assert_int_eq(kill(question.child, SIGSTOP), 0);
	ck_assert_int_eq(
	    decoder_answer(&question, &found, NULL), ERR_UNREADABLE);
	ck_assert_int_eq(found.hint, HINT_NONE);
	ck_assert_double_lt(seconds() - began, SCAN_FRAME_IDLE_SECONDS + 3);
	still_answers();
	bytes_free(&file);
}
END_TEST

/* --- what the picture cuts off ------------------------------------------------ */

/* A part of a raw picture, in hundredths of its sides. */
static void
crop(const struct bytes *raw, const int part[4], struct bytes *out)
{
	const char *rows = strchr((const char *)raw->at, '\n') + 1;
	int side, x, y;

	ck_assert_int_eq(sscanf((const char *)raw->at, "P5 %d", &side), 1);
	bytes_addf(out, "P5 %d %d 255\n",
	    side * part[2] / 100 - side * part[0] / 100,
	    side * part[3] / 100 - side * part[1] / 100);
	for (y = side * part[1] / 100; y < side * part[3] / 100; y++)
		for (x = side * part[0] / 100; x < side * part[2] / 100; x++)
			bytes_add_byte(out, (uint8_t)rows[y * side + x]);
}

static const struct {
	const char *name;
	int part[4]; /* left, top, right, bottom */
	enum scan_hint want;
} parts[] = {
	{ "right", { 0, 0, 70, 100 }, HINT_CUT_OFF },
	{ "left", { 40, 0, 100, 100 }, HINT_CUT_OFF },
	{ "bottom", { 0, 0, 100, 60 }, HINT_CUT_OFF },
	{ "top", { 0, 40, 100, 100 }, HINT_CUT_OFF },
	{ "two sides", { 0, 0, 60, 60 }, HINT_CUT_OFF },
	{ "no mark is left", { 30, 30, 70, 70 }, HINT_NO_CODE },
};

/* No code of ours has fewer modules; a third of a longer one is enough. */
static void
make_wide(struct bytes *out)
{
	char text[600] = "SELLO";

	memset(text + 5, 'A', sizeof(text) - 6);
	text[sizeof(text) - 1] = '\0';
	make_raw(text, out);
}

static enum scan_hint
hint_of(const struct bytes *raw)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };

	ask(raw, &question);
	ck_assert_int_eq(
	    decoder_answer(&question, &found, NULL), ERR_UNREADABLE);
	return found.hint;
}

START_TEST(a_code_over_the_edge_is_told)
{
	struct bytes whole = { 0 }, part = { 0 };
	enum scan_hint hint;

	make_wide(&whole);
	crop(&whole, parts[_i].part, &part);
	hint = hint_of(&part);
	ck_assert_msg(hint == parts[_i].want, "%s: %s", parts[_i].name,
	    scan_hint_name(hint));
	bytes_free(&whole);
	bytes_free(&part);
}
END_TEST

/* What cannot be read and yet is whole is not told to be outside. */
START_TEST(a_damaged_code_is_not_over_the_edge)
{
	struct bytes raw = { 0 };
	size_t middle, i;

	make_wide(&raw);
	middle = raw.len / 2;
	for (i = middle - raw.len / 6; i < middle + raw.len / 6; i++)
		raw.at[i] = 255;
	ck_assert_int_ne(hint_of(&raw), HINT_CUT_OFF);
	bytes_free(&raw);
}
END_TEST

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- frames that only together show a letter ------------------------------ */

static const char letter[] =
    "SELLOAEUQV27BRETCEQNSJIMGSJSRXVJ3UCQLB5SFA2LQF5MDXCMZAU3IPAXBZR3R4TKJYTKQ"
    "T6OFD6XVKBIRBMWM7DXAY7JIR3X5KHYZR5K3UG2QYE26MPPMHNS6TX6PWXWGU63EJN4PLJ47V5"
    "HENOG4KKGG6KJPNABXQJTOGQL5I4DLPPBAP646RBLM3F4Z6ELDZYT2MCDGGPRVXO63AC73IRUI"
    "F6JQFM3FZKNUK7NKW5SOBWPARPHNCCOO3D2IUGK5VPZN7YY4FZ2AXDU7NL24Y75MB7VT3FEUD2"
    "BA";

/* A third of the pixels are turned over, in each frame others, but for finders
 * and patterns that place them. */
static void
make_frame(const char *text, uint64_t frame, struct bytes *out)
{
	static struct symbol symbol;
	int side, x, y;
	size_t start;

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	make_raw(text, out);
	side = 3 * (symbol.width + 2 * SYMBOL_QUIET);
	start = out->len - (size_t)side * (size_t)side;
	for (y = 3 * (SYMBOL_QUIET + 9); y < side - 3 * (SYMBOL_QUIET + 9); y++)
		for (x = 3 * (SYMBOL_QUIET + 7); x < side - 3 * SYMBOL_QUIET;
		     x++)
			if (support_random(&frame) % 100 < 33)
				out->at[start + (size_t)(y * side + x)] ^= 255;
}

/* One frame, asked with what is held, which it changes. Was it read? */
static bool
frame_is_read(const struct bytes *frame, struct bytes *held)
{
	struct scan_result found = { .held = held };
	struct decoder_question question;
	struct errtext err = { 0 };
	bool read;

	ck_assert_msg(decoder_ask_frame(decoder, frame->at, frame->len, held,
			  &question, &err) == ERR_OK,
	    "%s", err.text);
	read = decoder_answer(&question, &found, &err) == ERR_OK;
	if (read) {
		ck_assert_uint_eq(found.item[0].data.len, strlen(letter));
		ck_assert_mem_eq(found.item[0].data.at, letter, strlen(letter));
		ck_assert_uint_eq(held->len, 0);
	}
	scan_clear(&found);
	return read;
}

START_TEST(frames_add_up)
{
	struct bytes held = { 0 };
	bool read = false;
	uint64_t frame;

	for (frame = 0; frame < 8 && !read; frame++) {
		struct bytes file = { 0 }, none = { 0 };

		make_frame(letter, frame, &file);
		ck_assert(!frame_is_read(&file, &none));
		read = frame_is_read(&file, &held);
		ck_assert_int_eq(read, held.len == 0);
		bytes_free(&file);
		bytes_free(&none);
	}
	ck_assert(read);
	bytes_free(&held);
}
END_TEST

/* Whatever is held, a whole frame is read, and nothing else. */
START_TEST(what_is_held_reads_nothing_else)
{
	struct bytes whole = { 0 }, held = { 0 };
	uint8_t version = (uint8_t)(_i + 1);
	size_t side = 17 + 4 * (size_t)version;

	make_raw(letter, &whole);
	bytes_add_byte(&held, version);
	for (size_t i = 0; i < side * side; i++)
		bytes_add_byte(&held, (uint8_t)(i * 37 % 256));
	ck_assert(frame_is_read(&whole, &held));
	bytes_free(&whole);
	bytes_free(&held);
}
END_TEST

START_TEST(what_is_held_is_exact)
{
	struct bytes whole = { 0 }, held = { 0 };

	make_raw(letter, &whole);
	bytes_add_byte(&held, 13);
	for (int i = 0; i < 69 * 69 + (_i == 0 ? 1 : -1); i++)
		bytes_add_byte(&held, 7);
	ck_assert(!frame_is_read(&whole, &held));
	ck_assert_uint_eq(held.len, 0);
	bytes_free(&whole);
	bytes_free(&held);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("decoder");
	TCase *tcase = tcase_create("decoder");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, frames_add_up);
	tcase_add_loop_test(tcase, what_is_held_reads_nothing_else, 9, 16);
	tcase_add_loop_test(tcase, what_is_held_is_exact, 0, 2);
	tcase_add_test(tcase, answers_again_and_again);
	tcase_add_test(tcase, answers_many_at_once);
	tcase_add_test(tcase, a_child_that_dies_is_unreadable);
	tcase_add_test(tcase, a_question_may_be_dropped);
	tcase_add_loop_test(tcase, bad_files_are_refused, 0, COUNT(bad));
	tcase_add_test(tcase, a_decoder_that_is_gone_is_started_again);
	tcase_add_test(tcase, a_stopped_decoder_is_given_up);
	tcase_add_test(tcase, a_stopped_child_is_given_up);
	tcase_add_loop_test(
	    tcase, a_code_over_the_edge_is_told, 0, COUNT(parts));
	tcase_add_test(tcase, a_damaged_code_is_not_over_the_edge);
	suite_add_tcase(s, tcase);
	return s;
}

CHECK_MAIN(suite);
