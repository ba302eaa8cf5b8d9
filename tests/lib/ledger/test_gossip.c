/*
 * test_gossip.c - ledger/gossip.h: what is written is read again, and nothing
 * else is.
 */
#include "ledger/gossip.h"

#include "letter/number.h"
#include "log/note.h"
#include "tests/check_main.h"
#include "tests/lib/log/signer.h"

#include <string.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */
#define POST "RRP-ES/post/ES-GTGUA/1"

static struct signer post, log_key, other;
static struct trust_post row;
static struct trust_list list;

static void
setup(void)
{
	signer_make(&post, POST, VKEY_ED25519, 1);
	signer_make(&log_key, SIGNER_ORIGIN, VKEY_ED25519, 2);
	signer_make(&other, POST, VKEY_ED25519, 3);
	row = (struct trust_post){ .name = "ES-GTGUA/1", .report = post.key };
	list = (struct trust_list){ .posts = &row, .post_count = 1 };
}

static void
teardown(void)
{
	signer_clear(&post);
	signer_clear(&log_key);
	signer_clear(&other);
}

static struct gossip_shown
shown_of(unsigned sequence)
{
	struct letter_number n = { "GTGUA01", 2026, sequence };
	struct gossip_shown shown = { .issued_at = NOON + sequence,
		.day = NOON / 86400,
		.elsewhere = (sequence & 1) != 0,
		.mismatch = (sequence & 2) != 0 };

	ck_assert(number_format(&n, shown.number));
	memset(shown.digest, (int)sequence, sizeof(shown.digest));
	if (sequence % 3 == 0) {
		strcpy(shown.key_name, "0123abcd");
		memset(shown.signature, 7, sizeof(shown.signature));
	}
	return shown;
}

static void
make_head(struct bytes *note)
{
	struct checkpoint head = { .origin = SIGNER_ORIGIN, .size = 7 };

	memset(head.root.at, 5, sizeof(head.root.at));
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log_key.key, log_key.private, note, NULL),
	    ERR_OK);
}

/* --- what is read -------------------------------------------------------- */

struct got {
	unsigned shown, heads, stop_at;
};

static enum err
take_shown(void *ctx, const struct gossip_shown *shown, struct errtext *err)
{
	struct got *got = ctx;
	struct gossip_shown want = shown_of(got->shown + 1);

	(void)err;
	ck_assert_str_eq(shown->number, want.number);
	ck_assert_mem_eq(shown->digest, want.digest, sizeof(want.digest));
	ck_assert_int_eq(shown->issued_at, want.issued_at);
	ck_assert_int_eq(shown->day, want.day);
	ck_assert_int_eq(shown->elsewhere, want.elsewhere);
	ck_assert_int_eq(shown->mismatch, want.mismatch);
	ck_assert_str_eq(shown->key_name, want.key_name);
	ck_assert_mem_eq(
	    shown->signature, want.signature, sizeof(want.signature));
	got->shown++;
	return got->shown == got->stop_at ? ERR_BUSY : ERR_OK;
}

static enum err
take_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct got *got = ctx;
	struct checkpoint head;

	ck_assert_int_eq(
	    checkpoint_open(note, len, &log_key.key, &head, NULL, err), ERR_OK);
	ck_assert_uint_eq(head.size, 7);
	got->heads++;
	return ERR_OK;
}

static enum err
read_report(const struct bytes *file, struct got *got, struct gossip *out)
{
	const struct gossip_visitor visitor = { take_shown, take_head, got };

	return gossip_read(file->at, file->len, &list, &visitor, out, NULL);
}

static void
make_text(struct bytes *text)
{
	struct bytes head = { 0 };
	unsigned i;

	gossip_begin(POST, NOON, text);
	for (i = 1; i <= 4; i++) {
		struct gossip_shown shown = shown_of(i);

		gossip_add_shown(&shown, text);
	}
	make_head(&head);
	gossip_add_head(head.at, head.len, text);
	bytes_free(&head);
	ck_assert(!text->failed);
}

static void
sign_text(const struct signer *by, const struct bytes *text, struct bytes *file)
{
	bytes_reset(file);
	ck_assert_int_eq(
	    gossip_sign(text, &by->key, by->private, file, NULL), ERR_OK);
}

START_TEST(what_is_written_is_read)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { 0 };

	make_text(&text);
	sign_text(&post, &text, &file);
	ck_assert(gossip_is(file.at, file.len));
	ck_assert_int_eq(read_report(&file, &got, &report), ERR_OK);
	ck_assert_uint_eq(got.shown, 4);
	ck_assert_uint_eq(got.heads, 1);
	ck_assert_str_eq(report.origin, POST);
	ck_assert_int_eq(report.at, NOON);
	ck_assert_int_eq(report.standing, GOSSIP_LISTED);
	ck_assert_ptr_eq(report.post, &row);
	ck_assert_uint_eq(report.shown, 4);
	ck_assert_uint_eq(report.heads, 1);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

START_TEST(the_words_are_these)
{
	struct gossip_shown shown = shown_of(3);
	struct bytes text = { 0 };

	gossip_begin(POST, NOON, &text);
	gossip_add_shown(&shown, &text);
	ck_assert_str_eq((char *)text.at,
	    "sello-report/v1 RRP-ES/post/ES-GTGUA/1 2026-11-22T12:00:00Z\n"
	    "seen GTGUA01-2026-000003-H "
	    "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM "
	    "2026-11-22T12:00:03Z 2026-11-22 em 0123abcd "
	    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHB"
	    "wcHBwcHBwcHBwcHBwcHBw\n");
	bytes_free(&text);
}
END_TEST

START_TEST(a_report_of_nothing)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { 0 };

	gossip_begin(POST, NOON, &text);
	sign_text(&post, &text, &file);
	ck_assert_int_eq(read_report(&file, &got, &report), ERR_OK);
	ck_assert_uint_eq(report.shown + report.heads, 0);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

/* Letters of others count for nothing; heads speak for themselves. */
START_TEST(posts_that_are_not_listed)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { 0 };

	make_text(&text);
	sign_text(_i == 2 ? &other : &post, &text, &file);
	if (_i == 0)
		list.post_count = 0;
	if (_i == 1)
		row.status = POST_REVOKED;
	ck_assert_int_eq(read_report(&file, &got, &report), ERR_OK);
	ck_assert_int_eq(
	    report.standing, _i == 1 ? GOSSIP_REVOKED : GOSSIP_UNLISTED);
	ck_assert_ptr_null(report.post);
	ck_assert_uint_eq(got.shown, 0);
	ck_assert_uint_eq(got.heads, 1);
	ck_assert_uint_eq(report.shown, 4); /* said, not given */
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

START_TEST(every_changed_byte_is_refused)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	size_t at;

	make_text(&text);
	sign_text(&post, &text, &file);
	for (at = 0; at < file.len; at++) {
		struct got got = { 0 };
		enum err rc;

		file.at[at] ^= 1;
		rc = read_report(&file, &got, &report);
		if (rc == ERR_OK)
			ck_assert_int_eq(report.standing, GOSSIP_UNLISTED);
		ck_assert_uint_eq(got.shown, 0);
		file.at[at] ^= 1;
	}
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

START_TEST(every_cut_is_refused)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { 0 };
	size_t len;

	make_text(&text);
	sign_text(&post, &text, &file);
	for (len = 0; len < file.len; len++) {
		struct bytes cut = { .at = file.at, .len = len };

		ck_assert_int_ne(read_report(&cut, &got, &report), ERR_OK);
	}
	ck_assert_uint_eq(got.shown + got.heads, 0);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

#define N "seen GTGUA01-2026-000001-L "
#define D "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 "
#define T "2026-11-22T12:00:00Z 2026-11-22"
#define K "0123abcd "
#define S                                             \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* Well signed, but out of form: nothing at all is given. */
static const struct {
	const char *line;
	enum err rc;
} lines[] = {
	{ N D T " - - -\n", ERR_OK },
	{ N D T " e - -\n", ERR_OK },
	{ N D T " m - -\n", ERR_OK },
	{ N D T " em - -\n", ERR_OK },
	{ N D T " em " K S "\n", ERR_OK },
	{ N D T " me - -\n", ERR_DATA },
	{ N D T " ee - -\n", ERR_DATA },
	{ N D T " -e - -\n", ERR_DATA },
	{ N D T " emm - -\n", ERR_DATA },
	{ N D T " x - -\n", ERR_DATA },
	{ N D T "\n", ERR_DATA },
	{ N D T " \n", ERR_DATA },
	{ N D T " -\n", ERR_DATA }, /* as it was before the signature */
	{ N D T " - -\n", ERR_DATA },
	{ N D T " - - \n", ERR_DATA },
	{ N D T " - - - -\n", ERR_DATA },
	{ N D T "  - - -\n", ERR_DATA },
	{ N D T " - -  -\n", ERR_DATA },
	{ N D T " - " K "-\n", ERR_DATA },
	{ N D T " - - " S "\n", ERR_DATA },
	{ N D T " - " K S "A\n", ERR_DATA },
	{ N D T " - 0123ABCD " S "\n", ERR_DATA },
	{ N D T " - 0123abc " S "\n", ERR_DATA },
	{ N D T " - 0123abcde " S "\n", ERR_DATA },
	{ N D T " - " K "AAAA\n", ERR_DATA },
	{ N D T " - " K S "=\n", ERR_DATA },
	{ " " N D T " - - -\n", ERR_DATA },
	{ "SEEN" N D T " - - -\n", ERR_DATA },
	{ "seen GTGUA01-2026-000001-M " D T " - - -\n", ERR_DATA },
	{ "seen GTGUA01-2026-1-L " D T " - - -\n", ERR_DATA },
	{ N "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9 " T " - - -\n",
	    ERR_DATA },
	{ N "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg " T " - - -\n",
	    ERR_DATA },
	{ N D "2026-11-22T25:00:00Z 2026-11-22 - - -\n", ERR_DATA },
	{ N D "2026-11-22T12:00:00Z 2026-11-31 - - -\n", ERR_DATA },
	{ "head \n", ERR_DATA },
	{ "head AAAA=\n", ERR_DATA },
	{ "head AAAB\n", ERR_OK }, /* what it is, checkpoint_open() says */
	{ "\n", ERR_DATA },
	{ "else\n", ERR_DATA },
};

START_TEST(lines_out_of_form)
{
	const struct gossip_visitor visitor = { NULL, NULL, NULL };
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;

	gossip_begin(POST, NOON, &text);
	bytes_add_text(&text, lines[_i].line);
	/* an empty line would end the note's text: not signed at all */
	if (gossip_sign(&text, &post.key, post.private, &file, NULL) == ERR_OK)
		ck_assert_int_eq(gossip_read(file.at, file.len, &list, &visitor,
				     &report, NULL),
		    lines[_i].rc);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

static const struct {
	const char *line;
	enum err rc;
} firsts[] = {
	{ "sello-report/v1 " POST " 2026-11-22T12:00:00Z\n", ERR_OK },
	{ "sello-report/v2 " POST " 2026-11-22T12:00:00Z\n", ERR_VERSION },
	{ "sello-report/v1 " POST "\n", ERR_DATA },
	{ "sello-report/v1 " POST " 2026-11-22T12:00:00Z x\n", ERR_DATA },
	{ "sello-report/v1  2026-11-22T12:00:00Z\n", ERR_DATA },
	{ "sello-report/v1 " POST " 2026-11-22\n", ERR_DATA },
	{ "sello-other/v1 " POST " 2026-11-22T12:00:00Z\n", ERR_DATA },
	{ SIGNER_ORIGIN "\n7\nAAAA\n", ERR_DATA },
};

START_TEST(first_lines_out_of_form)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { 0 };

	bytes_add_text(&text, firsts[_i].line);
	sign_text(&post, &text, &file);
	ck_assert_int_eq(read_report(&file, &got, &report), firsts[_i].rc);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

START_TEST(limits)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip_shown shown = shown_of(1);

	gossip_begin(POST, NOON, &text);
	while (text.len <= NOTE_MAX)
		gossip_add_shown(&shown, &text);
	ck_assert_int_eq(
	    gossip_sign(&text, &post.key, post.private, &file, NULL),
	    ERR_LIMIT);
	ck_assert_uint_eq(file.len, 0);
	bytes_reset(&text);
	gossip_begin(POST, NOON, &text);
	ck_assert_int_eq(
	    gossip_sign(&text, &post.key, other.private, &file, NULL),
	    ERR_CONFIG);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

START_TEST(the_visitor_stops_it)
{
	struct bytes text = { 0 }, file = { 0 };
	struct gossip report;
	struct got got = { .stop_at = 2 };

	make_text(&text);
	sign_text(&post, &text, &file);
	ck_assert_int_eq(read_report(&file, &got, &report), ERR_BUSY);
	ck_assert_uint_eq(got.shown, 2);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("gossip");
	TCase *tc = tcase_create("gossip");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_is_written_is_read);
	tcase_add_test(tc, the_words_are_these);
	tcase_add_test(tc, a_report_of_nothing);
	tcase_add_loop_test(tc, posts_that_are_not_listed, 0, 3);
	tcase_add_test(tc, every_changed_byte_is_refused);
	tcase_add_test(tc, every_cut_is_refused);
	tcase_add_loop_test(
	    tc, lines_out_of_form, 0, (int)(sizeof(lines) / sizeof(lines[0])));
	tcase_add_loop_test(tc, first_lines_out_of_form, 0,
	    (int)(sizeof(firsts) / sizeof(firsts[0])));
	tcase_add_test(tc, limits);
	tcase_add_test(tc, the_visitor_stops_it);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
