/*
 * Tests of scan/helper.h: helpers that lie, flood, hang or die, and answers
 * that are not by the grammar. The helpers are shell scripts.
 */
#include "scan/helper.h"

#include "scan/child.h"
#include "scan/protocol.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void
put_helper(const char *script)
{
	run_put("helper", script, strlen(script));
	ck_assert_int_eq(chmod("helper", 0700), 0);
}

static enum err
run_helper(const char *script, const char *input, struct bytes *answer)
{
	struct errtext err = { 0 };
	enum err rc;

	put_helper(script);
	rc = helper_run("./helper", NULL, (const uint8_t *)input, strlen(input),
	    PROTOCOL_ANSWER_MAX, answer, &err);
	ck_assert_msg(rc == ERR_OK || err.text[0] != '\0', "no words");
	return rc;
}

START_TEST(passes_the_file_and_the_answer)
{
	struct bytes answer = { 0 };

	ck_assert_int_eq(run_helper("#!/bin/cat\n", "", &answer), ERR_OK);
	bytes_reset(&answer);
	ck_assert_int_eq(
	    run_helper("#!/bin/sh\n/bin/cat\n", "qr AAAA\n", &answer), ERR_OK);
	ck_assert_str_eq((char *)answer.at, "qr AAAA\n");
	bytes_free(&answer);
}
END_TEST

/* A picture must not learn anything about this program. */
START_TEST(gives_nothing_of_ours)
{
	struct bytes answer = { 0 };
	int leak = dup(0);

	ck_assert_int_ge(leak, 3);
	setenv("SECRET", "x", 1);
	ck_assert_int_eq(run_helper("#!/bin/sh\n"
				    "echo \"${SECRET}${HOME}\"\n"
				    "for i in /proc/self/fd/*; do\n"
				    "  echo ${i##*/}; done\n",
			     "", &answer),
	    ERR_OK);
	/* the shell's own 255 or 10 is its script; ours would be 3 to 9 */
	ck_assert_ptr_null(strchr((char *)answer.at, 'x'));
	ck_assert_ptr_null(strstr((char *)answer.at, "\n4\n"));
	close(leak);
	bytes_free(&answer);
}
END_TEST

static const char *const bad_ends[] = {
	"#!/bin/sh\necho end\nexit 1\n",
	"#!/bin/sh\necho end\nkill -SEGV $$\n",
	"#!/bin/sh\necho end\nkill -KILL $$\n",
	"#!/bin/sh\nexec yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
};

START_TEST(a_bad_end_is_unreadable)
{
	struct bytes answer = { 0 };

	ck_assert_int_eq(
	    run_helper(bad_ends[_i], "x", &answer), ERR_UNREADABLE);
	ck_assert_uint_le(answer.len, PROTOCOL_ANSWER_MAX + (1u << 20));
	bytes_free(&answer);
}
END_TEST

START_TEST(a_hanging_helper_is_ended)
{
	struct bytes answer = { 0 };
	struct timespec begin, end;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	ck_assert_int_eq(
	    run_helper("#!/bin/sh\nexec sleep 600\n", "x", &answer),
	    ERR_UNREADABLE);
	clock_gettime(CLOCK_MONOTONIC, &end);
	/* not before its time; and ended, however long a busy machine took */
	ck_assert_int_ge(end.tv_sec - begin.tv_sec, SCAN_IDLE_SECONDS - 1);
	ck_assert_int_lt(end.tv_sec - begin.tv_sec, 300);
	bytes_free(&answer);
}
END_TEST

/* It says all, and stays: nobody waits for that. */
START_TEST(one_that_stays_is_ended)
{
	struct bytes answer = { 0 };
	struct timespec begin, end;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	ck_assert_int_eq(run_helper("#!/bin/sh\necho end\n"
				    "exec sleep 600 >/dev/null\n",
			     "x", &answer),
	    ERR_UNREADABLE);
	clock_gettime(CLOCK_MONOTONIC, &end);
	ck_assert_int_lt(end.tv_sec - begin.tv_sec, 300);
	bytes_free(&answer);
}
END_TEST

/* One that was taken over works a little and says a little, for ever. */
START_TEST(there_is_an_end_to_waiting)
{
	static const struct child_limits limits = { 3600, 3600, 2 };
	struct bytes answer = { 0 };
	int ends[2], input = child_file((const uint8_t *)"x", 1);
	pid_t child;

	put_helper("#!/bin/bash\nwhile echo; do sleep 0.1; done\n");
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(
	    child_spawn("./helper", NULL, input, ends[1], &child), 0);
	close(ends[1]);
	ck_assert_int_eq(child_listen(ends[0], child, &limits, NULL,
			     PROTOCOL_ANSWER_MAX, &answer),
	    ETIME);
	ck_assert_uint_gt(answer.len, 1);
	kill(child, SIGKILL);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	close(ends[0]);
	close(input);
	bytes_free(&answer);
}
END_TEST

static int poll_fails; /* a number of errno */

/* In place of libc's own, for one test. */
int
poll(struct pollfd *at, nfds_t count, int ms)
{
	if (poll_fails == 0)
		return (int)syscall(SYS_poll, at, count, ms);
	errno = poll_fails;
	return -1;
}

/* A folder cannot be read from: that is no fault of what was asked. */
START_TEST(who_cannot_listen_blames_nobody)
{
	static const struct child_limits limits = { 60, 60, 60 };
	struct bytes answer = { 0 };
	struct errtext err = { 0 };
	int dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = child_listen(dir, getpid(), &limits, NULL, 100, &answer);

	ck_assert_int_eq(failed, EISDIR);
	poll_fails = ENOMEM;
	ck_assert_int_eq(
	    child_listen(dir, getpid(), &limits, NULL, 100, &answer), ENOMEM);
	poll_fails = 0;
	ck_assert_int_eq(helper_ended(failed, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, strerror(EISDIR)));
	ck_assert_int_eq(helper_ended(ENOMEM, &err), ERR_MEMORY);
	ck_assert_int_eq(helper_ended(ETIME, &err), ERR_UNREADABLE);
	ck_assert_int_eq(helper_ended(EMSGSIZE, &err), ERR_UNREADABLE);
	ck_assert_int_eq(helper_ended(0, &err), ERR_UNREADABLE);
	close(dir);
}
END_TEST

/* Working is not hanging, however long it takes to say a word. */
START_TEST(a_slow_helper_is_waited_for)
{
	struct bytes answer = { 0 };
	time_t start = time(NULL);

	ck_assert_int_eq(
	    run_helper(
		"#!/bin/bash\n"
		"end=$((SECONDS + 12))\n"
		"while [ $SECONDS -lt $end ]; do sleep 0.3; done\necho end\n",
		"x", &answer),
	    ERR_OK);
	ck_assert_str_eq((char *)answer.at, "end\n");
	ck_assert_int_ge(time(NULL) - start, 11);
	bytes_free(&answer);
}
END_TEST

START_TEST(a_missing_helper_is_a_set_up_fault)
{
	struct bytes answer = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(helper_run("./nothing", NULL, (const uint8_t *)"x", 1,
			     PROTOCOL_ANSWER_MAX, &answer, &err),
	    ERR_CONFIG);
	bytes_free(&answer);
}
END_TEST

/* A page that took too long is followed by another process for the next one, which
 * is told from where; not for ever. It says what it was told, and how often. */
static const struct {
	const char *script, *says;
} again[] = {
	{ "#!/bin/sh\necho \"$*\" | grep -q . || { echo pages 3; echo page 1 "
	  "bad; echo again; exit; }\necho qr $*; echo end\n",
	    "pages 3\npage 1 bad\nqr --page=2\nend\n" },
	{ "#!/bin/sh\nn=${1#--page=}\necho page ${n:-1} bad\necho again\n",
	    "page 1 bad\npage 2 bad\npage 3 bad\npage 4 bad\npage 5 bad\n"
	    "page 6 bad\npage 7 bad\npage 8 bad\npage 9 bad\nend\n" },
	/* back and forth is none */
	{ "#!/bin/sh\necho page 3 bad\necho again\n",
	    "page 3 bad\npage 3 bad\nend\n" },
	{ "#!/bin/sh\necho again\n", "again\n" },
	{ "#!/bin/sh\necho page 03 bad\necho again\n", "page 03 bad\n" },
	{ "#!/bin/sh\necho page 99999 bad\necho again\n", "page 99999 bad\n" },
};

START_TEST(it_may_begin_again)
{
	struct bytes answer = { 0 };

	ck_assert_int_eq(run_helper(again[_i].script, "x", &answer), ERR_OK);
	bytes_add_byte(&answer, '\0');
	ck_assert_str_eq((char *)answer.at, again[_i].says);
	bytes_free(&answer);
}
END_TEST

/* --- answers -------------------------------------------------------------- */

static enum err
parse(const char *text, bool whole, struct scan_result *out)
{
	struct bytes answer = { 0 };
	struct errtext err = { 0 };
	enum err rc;

	bytes_add_text(&answer, text);
	rc = helper_parse(&answer, whole, out, &err);
	ck_assert_msg(rc == ERR_OK || err.text[0] != '\0', "no words");
	bytes_free(&answer);
	return rc;
}

static const struct {
	const char *text;
	enum err want;
	size_t count;
} answers[] = {
	{ "qr U0VMTE8=\nend\n", ERR_OK, 1 },
	{ "pages 1\nxml PGEvPg==\nqr U0VMTE8=\npage 1 read\nend\n", ERR_OK, 2 },
	{ "pages 2\npage 1 blank\nqr U0VMTE8=\npage 2 bad\nend\n", ERR_OK, 1 },
	{ "pages 3\nqr U0VMTE8=\npage 1 more\nend\n", ERR_OK, 1 },
	{ "pages 1\nxml PGEvPg==\nend\n", ERR_OK, 1 },
	{ "pages 1\npage 1 read\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 2\npage 1 read\nend\n", ERR_LIMIT, 0 },
	{ "qr U0VMTE8=\nbad damaged\nend\n", ERR_OK, 1 },
	{ "end\n", ERR_UNREADABLE, 0 },
	{ "bad damaged\nend\n", ERR_UNREADABLE, 0 },
	{ "bad limit\nend\n", ERR_LIMIT, 0 },
	{ "bad locked\nend\n", ERR_UNREADABLE, 0 },
	{ "bad blank\nend\n", ERR_UNREADABLE, 0 },
	{ "bad jail\nend\n", ERR_CONFIG, 0 },
	{ "bad memory\nend\n", ERR_MEMORY, 0 },
	{ "hint blurred\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 2\npage 1 read blurred\nqr U0VMTE8=\npage 2 read\nend\n",
	    ERR_OK, 1 },
	/* none of these is by the grammar */
	{ "", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nend", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nend\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nend\n\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nend\nx", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8\nend\n", ERR_UNREADABLE, 0 },
	{ "qr \nend\n", ERR_UNREADABLE, 0 },
	{ "qr  U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "QR U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\r\nend\r\n", ERR_UNREADABLE, 0 },
	{ "bad thing\nend\n", ERR_UNREADABLE, 0 },
	{ "verdict valid\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nhint blurred\nend\n", ERR_UNREADABLE, 0 },
	{ "hint blurred\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "hint blurred\npages 1\nqr U0VMTE8=\npage 1 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1 read blurred\nend\n", ERR_UNREADABLE,
	    0 },
	{ "pages 2\npage 1 blank dark\nqr U0VMTE8=\npage 2 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 2\npage 1 read format\nqr U0VMTE8=\npage 2 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 2\npage 1 read  dark\nqr U0VMTE8=\npage 2 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "file YQ== PGEvPg==\nend\n", ERR_UNREADABLE, 0 },
	{ "kind word\nend\n", ERR_UNREADABLE, 0 },
	{ "\nend\n", ERR_UNREADABLE, 0 },
	{ "xml PGEvPg==\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\npages 1\npage 1 read\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\npage 1 read\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 1\npages 1\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 0\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 01\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 10000\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 99999999999999999999\nqr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 2\nqr U0VMTE8=\npage 2 read\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1 read\npage 1 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1 read\npage 2 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1 red\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\nxml PGEvPg==\npage 1 read\nend\n",
	    ERR_UNREADABLE, 0 },
	{ "pages 1\nqr U0VMTE8=\npage 1 read\nxml PGEvPg==\nend\n",
	    ERR_UNREADABLE, 0 },
};

/* The helper died: pages that it had told to their end are not lost. */
static const struct {
	const char *text;
	enum err want;
	size_t count;
	enum scan_page second; /* of its two pages */
} cut[] = {
	{ "pages 2\nqr U0VMTE8=\npage 1 read\n", ERR_OK, 1, PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\npage 1 read\nqr U0VMTFA=\n", ERR_OK, 1,
	    PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\npage 1 read\nqr U0VM", ERR_OK, 1,
	    PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\npage 1 read\npage 2 re", ERR_OK, 1,
	    PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\npage 1 read\npage 2 blank\n", ERR_OK, 1,
	    PAGE_BLANK },
	{ "pages 2\nxml PGEvPg==\n", ERR_OK, 1, PAGE_UNREAD },
	{ "pages 2\nxml PGEvPg==\nqr U0VMTE8=\n", ERR_OK, 1, PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\n", ERR_LIMIT, 0, PAGE_UNREAD },
	{ "qr U0VMTE8=\n", ERR_UNREADABLE, 0, PAGE_UNREAD },
	{ "", ERR_UNREADABLE, 0, PAGE_UNREAD },
	{ "pages 2\nqr U0VMTE8=\npage 1 read\nnonsense\n", ERR_UNREADABLE, 0,
	    PAGE_UNREAD },
};

START_TEST(what_was_told_before_a_bad_end_counts)
{
	struct scan_result out = { 0 };

	ck_assert_msg(parse(cut[_i].text, false, &out) == cut[_i].want, "%s",
	    cut[_i].text);
	ck_assert_uint_eq(out.count, cut[_i].count);
	if (cut[_i].want == ERR_OK) {
		ck_assert_uint_eq(out.page_count, 2);
		ck_assert_int_eq(out.page[1], cut[_i].second);
	}
	scan_clear(&out);
}
END_TEST

START_TEST(answers_by_the_grammar)
{
	struct scan_result out = { 0 };

	ck_assert_msg(parse(answers[_i].text, true, &out) == answers[_i].want,
	    "%s", answers[_i].text);
	ck_assert_uint_eq(out.count, answers[_i].count);
	scan_clear(&out);
}
END_TEST

/* What a program is told of an answer without codes. */
static const struct {
	const char *text;
	enum scan_hint want;
} reasons[] = {
	{ "hint glare\nend\n", HINT_GLARE },
	{ "hint cut-off\nend\n", HINT_CUT_OFF },
	{ "bad blank\nend\n", HINT_NO_CODE },
	{ "bad damaged\nend\n", HINT_DAMAGED },
	{ "bad locked\nend\n", HINT_FORMAT },
	{ "bad kind\nend\n", HINT_FORMAT },
	{ "end\n", HINT_NONE },
	{ "pages 3\npage 1 blank\npage 2 read no-code\npage 3 read dark\nend\n",
	    HINT_DARK },
	{ "pages 2\npage 1 blank\npage 2 blank\nend\n", HINT_NO_CODE },
	/* nonsense is no reason */
	{ "hint glare\nhint dark\nend\n", HINT_NONE },
	/* what a frame holds has the size of its version, 1 to 40 */
	{ "hint glare\nheld \nend\n", HINT_NONE },
	{ "hint glare\nheld AA==\nend\n", HINT_NONE },
	{ "hint glare\nheld AQ==\nend\n", HINT_NONE },
	{ "hint glare\nheld KQAA\nend\n", HINT_NONE },
	{ "hint \nend\n", HINT_NONE },
	{ "hint format\nend\n", HINT_NONE },
	{ "hint glare \nend\n", HINT_NONE },
	{ "bad damaged\nhint glare\nend\n", HINT_NONE },
};

START_TEST(reasons_by_the_grammar)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(parse(reasons[_i].text, true, &out), ERR_UNREADABLE);
	ck_assert_msg(out.hint == reasons[_i].want, "%s", reasons[_i].text);
	scan_clear(&out);
}
END_TEST

START_TEST(items_are_what_was_said)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(
	    parse("pages 3\nxml PGEvPg==\npage 1 blank\nqr U0VMTE8=\n"
		  "page 2 read\npage 3 more\nend\n",
		true, &out),
	    ERR_OK);
	ck_assert_int_eq(out.item[0].carrier, CARRIER_XML);
	ck_assert_str_eq((char *)out.item[0].data.at, "<a/>");
	ck_assert(out.item[0].attached);
	ck_assert_uint_eq(out.item[0].page, 0);
	ck_assert_int_eq(out.item[1].carrier, CARRIER_PACKED);
	ck_assert_str_eq((char *)out.item[1].data.at, "SELLO");
	ck_assert(!out.item[1].attached);
	ck_assert_uint_eq(out.item[1].page, 2);
	ck_assert_uint_eq(out.page_count, 3);
	ck_assert_int_eq(out.page[0], PAGE_BLANK);
	ck_assert_int_eq(out.page[1], PAGE_READ);
	ck_assert_int_eq(out.page[2], PAGE_MORE);
	scan_clear(&out);
}
END_TEST

/* Below, at and above SCAN_ITEM_MAX: the first ones are kept, and that there
 * were more is told. */
static const struct {
	const char *last;
	int count; /* of codes */
	enum err want;
	bool is_cut;
} many[] = {
	{ "", SCAN_ITEM_MAX - 1, ERR_OK, false },
	{ "", SCAN_ITEM_MAX, ERR_OK, false },
	{ "", SCAN_ITEM_MAX + 1, ERR_OK, true },
	{ "", 2 * SCAN_ITEM_MAX, ERR_OK, true },
	{ "bad limit\n", SCAN_ITEM_MAX, ERR_OK, true },
	{ "bad damaged\n", SCAN_ITEM_MAX + 1, ERR_OK, true },
	/* what is not kept is by the grammar all the same */
	{ "qr U0VMTE8\n", SCAN_ITEM_MAX, ERR_UNREADABLE, false },
	{ "xml PGEvPg==\n", SCAN_ITEM_MAX, ERR_UNREADABLE, false },
};

START_TEST(more_items_than_are_kept)
{
	struct scan_result out = { 0 };
	struct bytes text = { 0 };
	int i, kept = many[_i].count;

	for (i = 0; i < many[_i].count; i++)
		bytes_addf(&text, "qr %s\n", i == 0 ? "Zmlyc3Q=" : "U0VMTE8=");
	bytes_addf(&text, "%send\n", many[_i].last);
	if (kept > SCAN_ITEM_MAX)
		kept = SCAN_ITEM_MAX;
	ck_assert_int_eq(parse((char *)text.at, true, &out), many[_i].want);
	ck_assert_int_eq(out.is_cut, many[_i].is_cut);
	ck_assert_uint_eq(
	    out.count, many[_i].want == ERR_OK ? (size_t)kept : 0);
	if (out.count > 0)
		ck_assert_str_eq((char *)out.item[0].data.at, "first");
	scan_clear(&out);
	bytes_free(&text);
}
END_TEST

/* So many codes on each of three pages of a PDF: pages of which something was
 * left out were not wholly looked at. */
static const struct {
	int codes[3];
	int files;
	enum scan_page want[3];
	bool is_cut;
} full[] = {
	{ { SCAN_ITEM_MAX - 1, 1, 0 }, 0, { PAGE_READ, PAGE_READ, PAGE_READ },
	    false },
	{ { SCAN_ITEM_MAX, 1, 0 }, 0, { PAGE_READ, PAGE_BAD, PAGE_READ },
	    true },
	{ { SCAN_ITEM_MAX + 1, 0, 1 }, 0, { PAGE_BAD, PAGE_READ, PAGE_BAD },
	    true },
	{ { 1, SCAN_ITEM_MAX - 1, 0 }, 1, { PAGE_READ, PAGE_BAD, PAGE_READ },
	    true },
	/* a file that was left out is no page's */
	{ { 0, 0, 0 }, SCAN_ITEM_MAX + 1, { PAGE_READ, PAGE_READ, PAGE_READ },
	    true },
};

START_TEST(pages_with_more_than_is_kept)
{
	struct scan_result out = { 0 };
	struct bytes text = { 0 };
	int i, page;

	bytes_add_text(&text, "pages 3\n");
	for (i = 0; i < full[_i].files; i++)
		bytes_add_text(&text, "xml PGEvPg==\n");
	for (page = 0; page < 3; page++) {
		for (i = 0; i < full[_i].codes[page]; i++)
			bytes_add_text(&text, "qr U0VMTE8=\n");
		bytes_addf(&text, "page %d read\n", page + 1);
	}
	bytes_add_text(&text, "end\n");
	ck_assert_int_eq(parse((char *)text.at, true, &out), ERR_OK);
	ck_assert_uint_eq(out.count, SCAN_ITEM_MAX);
	ck_assert_int_eq(out.is_cut, full[_i].is_cut);
	for (page = 0; page < 3; page++)
		ck_assert_int_eq(out.page[page], full[_i].want[page]);
	scan_clear(&out);
	bytes_free(&text);
}
END_TEST

/* --- where codes are ------------------------------------------------------ */

#define PLACE "place 1700 2200 215900 279400 1 2 3 4 5 6 7 65536\n"

/* When places are asked for, each code has one, and else none. */
static const struct {
	const char *text;
	bool places;
	enum err want;
} placed[] = {
	{ "qr U0VMTE8=\n" PLACE "end\n", true, ERR_OK },
	{ "qr U0VMTE8=\n" PLACE "qr U0VMTE8=\n" PLACE "end\n", true, ERR_OK },
	{ "pages 1\nxml PGEvPg==\nqr U0VMTE8=\n" PLACE "page 1 read\nend\n",
	    true, ERR_OK },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 0\nend\n", true, ERR_OK },
	{ "qr U0VMTE8=\nplace 32768 32768 10000000 10000000 65536 65536 "
	  "65536 65536 65536 65536 65536 65536\nend\n",
	    true, ERR_OK },
	{ "qr U0VMTE8=\nend\n", false, ERR_OK },
	/* none of these is by the grammar */
	{ "qr U0VMTE8=\n" PLACE "end\n", false, ERR_UNREADABLE },
	{ "qr U0VMTE8=\nend\n", true, ERR_UNREADABLE },
	{ "qr U0VMTE8=\nqr U0VMTE8=\n" PLACE "end\n", true, ERR_UNREADABLE },
	{ "qr U0VMTE8=\n" PLACE PLACE "end\n", true, ERR_UNREADABLE },
	{ PLACE "qr U0VMTE8=\n" PLACE "end\n", true, ERR_UNREADABLE },
	{ "pages 1\nxml PGEvPg==\n" PLACE "page 1 read\nend\n", true,
	    ERR_UNREADABLE },
	{ "pages 1\nqr U0VMTE8=\npage 1 read\nend\n", true, ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 0 1 0 0 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 32769 1 0 0 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 1 0 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 10000001 1 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 65537\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 0 0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 00\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 -1\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0  0\nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 \nend\n", true,
	    ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace 1 99999999999999999999 0 0 0 0 0 0 0 0 0 0\n"
	  "end\n",
	    true, ERR_UNREADABLE },
	{ "qr U0VMTE8=\nplace\nend\n", true, ERR_UNREADABLE },
};

START_TEST(places_by_the_grammar)
{
	struct scan_result out = { .places = placed[_i].places };

	ck_assert_msg(parse(placed[_i].text, true, &out) == placed[_i].want,
	    "%s", placed[_i].text);
	scan_clear(&out);
}
END_TEST

START_TEST(places_are_what_was_said)
{
	struct scan_result out = { .places = true };
	const struct scan_place *place;

	ck_assert_int_eq(parse("qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 0\n"
			       "qr U0VMTFA=\n" PLACE "end\n",
			     true, &out),
	    ERR_OK);
	ck_assert_uint_eq(out.item[0].place.side[0], 1);
	place = &out.item[1].place;
	ck_assert_uint_eq(place->side[0], 1700);
	ck_assert_uint_eq(place->side[1], 2200);
	ck_assert_uint_eq(place->um[0], 215900);
	ck_assert_uint_eq(place->um[1], 279400);
	ck_assert_uint_eq(place->corner[0][0], 1);
	ck_assert_uint_eq(place->corner[1][1], 4);
	ck_assert_uint_eq(place->corner[3][1], 65536);
	scan_clear(&out);
}
END_TEST

/* A place of a code that is not kept is nobody's. */
START_TEST(places_of_more_codes_than_are_kept)
{
	struct scan_result out = { .places = true };
	struct bytes text = { 0 };
	int i;

	for (i = 0; i < SCAN_ITEM_MAX; i++)
		bytes_add_text(
		    &text, "qr U0VMTE8=\nplace 1 1 0 0 0 0 0 0 0 0 0 0\n");
	bytes_add_text(&text, "qr U0VMTE8=\n" PLACE "end\n");
	ck_assert_int_eq(parse((char *)text.at, true, &out), ERR_OK);
	ck_assert_uint_eq(out.count, SCAN_ITEM_MAX);
	ck_assert_uint_eq(out.item[SCAN_ITEM_MAX - 1].place.side[0], 1);
	scan_clear(&out);
	bytes_free(&text);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("helper");
	TCase *t = tcase_create("running");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_set_timeout(t, 400);
	tcase_add_test(t, passes_the_file_and_the_answer);
	tcase_add_test(t, gives_nothing_of_ours);
	tcase_add_loop_test(t, a_bad_end_is_unreadable, 0,
	    (int)(sizeof(bad_ends) / sizeof(bad_ends[0])));
	tcase_add_loop_test(
	    t, it_may_begin_again, 0, sizeof(again) / sizeof(again[0]));
	tcase_add_test(t, a_hanging_helper_is_ended);
	tcase_add_test(t, one_that_stays_is_ended);
	tcase_add_test(t, there_is_an_end_to_waiting);
	tcase_add_test(t, who_cannot_listen_blames_nobody);
	tcase_add_test(t, a_slow_helper_is_waited_for);
	tcase_add_test(t, a_missing_helper_is_a_set_up_fault);
	suite_add_tcase(s, t);
	t = tcase_create("answers");
	tcase_add_loop_test(t, answers_by_the_grammar, 0,
	    (int)(sizeof(answers) / sizeof(answers[0])));
	tcase_add_loop_test(t, reasons_by_the_grammar, 0,
	    (int)(sizeof(reasons) / sizeof(reasons[0])));
	tcase_add_loop_test(t, what_was_told_before_a_bad_end_counts, 0,
	    (int)(sizeof(cut) / sizeof(cut[0])));
	tcase_add_test(t, items_are_what_was_said);
	tcase_add_loop_test(t, places_by_the_grammar, 0,
	    (int)(sizeof(placed) / sizeof(placed[0])));
	tcase_add_test(t, places_are_what_was_said);
	tcase_add_test(t, places_of_more_codes_than_are_kept);
	tcase_add_loop_test(t, more_items_than_are_kept, 0,
	    (int)(sizeof(many) / sizeof(many[0])));
	tcase_add_loop_test(t, pages_with_more_than_is_kept, 0,
	    (int)(sizeof(full) / sizeof(full[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
