/*
 * The worked example of docs/log.md, section 7: what the page shows is what
 * the code makes, byte for byte, and accepts.
 */
#include "base/encode.h"
#include "base/file.h"
#include "ledger/gossip.h"
#include "tests/check_main.h"
#include "tests/lib/log/signer.h"

#include <string.h>

#define PAGE "docs/log.md"
#define POST "RRP-ES/post/ES-GTGUA/1"

static struct bytes page;

static void
read_page(void)
{
	ck_assert_int_eq(file_read(PAGE, 1 << 20, &page, NULL), ERR_OK);
}

static void
free_page(void)
{
	bytes_free(&page);
}

/* What follows the first line that begins with word and a space. */
static void
value(const char *word, struct bytes *out)
{
	struct reader r = { page.at, page.len }, line;

	bytes_reset(out);
	while (reader_until(&r, '\n', &line) && reader_skip_text(&r, "\n"))
		if (reader_skip_text(&line, word) &&
		    reader_skip_text(&line, " ")) {
			bytes_add(out, line.at, line.left);
			return;
		}
	ck_abort_msg("no line %s", word);
}

/* The fenced block that begins so. */
static void
block(const char *first, struct bytes *out)
{
	struct bytes start = { 0 };
	const char *at, *end;

	bytes_addf(&start, "```\n%s", first);
	at = strstr((char *)page.at, (char *)start.at);
	ck_assert_ptr_nonnull(at);
	at += strlen("```\n");
	end = strstr(at, "```\n");
	ck_assert_ptr_nonnull(end);
	bytes_reset(out);
	bytes_add(out, at, (size_t)(end - at));
	bytes_free(&start);
}

static struct vkey
key_of(const char *word)
{
	struct bytes text = { 0 };
	struct vkey key;

	value(word, &text);
	ck_assert_int_eq(vkey_parse((char *)text.at, &key, NULL), ERR_OK);
	bytes_free(&text);
	return key;
}

/* Key id and signature are those of the letter's line in section 6. */
static void
is_of_line(const struct gossip_shown *shown)
{
	struct bytes proof = { 0 };

	bytes_addf(&proof, " %s ", shown->key_name);
	base64url_encode(shown->signature, sizeof(shown->signature), &proof);
	bytes_add_text(&proof, " ");
	ck_assert_ptr_nonnull(strstr((char *)page.at, (char *)proof.at));
	bytes_free(&proof);
}

static enum err
take_shown(void *ctx, const struct gossip_shown *shown, struct errtext *err)
{
	(void)err;
	is_of_line(shown);
	gossip_add_shown(shown, ctx);
	return ERR_OK;
}

/* The head is section 6's, and this post's word about it is good. */
static enum err
take_head(void *ctx, const void *bytes, size_t len, struct errtext *err)
{
	struct vkey log = key_of("log"), witness = key_of("witness");
	struct signer cosigner;
	struct checkpoint head;
	struct bytes want = { 0 };
	struct note note;
	int64_t at;

	ck_assert_int_eq(
	    checkpoint_open(bytes, len, &log, &head, &note, err), ERR_OK);
	ck_assert_uint_eq(head.size, 8);
	ck_assert_int_eq(
	    checkpoint_cosigned(&note, &witness, &at, err), ERR_OK);
	ck_assert_int_eq(at, 1795507200); /* 2026-11-24T08:00:00Z */
	block("RRP-ES/log/GTGUA01/1\n", &want);
	signer_make(&cosigner, POST, VKEY_COSIGNATURE, 4);
	ck_assert_int_eq(checkpoint_cosign(note.text, note.len, &cosigner.key,
			     cosigner.private, at, &want, err),
	    ERR_OK);
	ck_assert_uint_eq(len, want.len);
	ck_assert_mem_eq(bytes, want.at, len);
	gossip_add_head(bytes, len, ctx);
	signer_clear(&cosigner);
	bytes_free(&want);
	return ERR_OK;
}

START_TEST(the_report_is_as_shown)
{
	struct bytes file = { 0 }, text = { 0 }, again = { 0 };
	const struct gossip_visitor visitor = { take_shown, take_head, &text };
	struct trust_post post = { .name = "ES-GTGUA/1",
		.report = key_of("report") };
	const struct trust_list list = { .posts = &post, .post_count = 1 };
	struct signer report;
	struct gossip read;

	block("sello-report/v1 ", &file);
	gossip_begin(POST, 1795507500, &text); /* 2026-11-24T08:05:00Z */
	ck_assert_int_eq(
	    gossip_read(file.at, file.len, &list, &visitor, &read, NULL),
	    ERR_OK);
	ck_assert_int_eq(read.standing, GOSSIP_LISTED);
	ck_assert_uint_eq(read.shown, 1);
	ck_assert_uint_eq(read.heads, 1);
	signer_make(&report, POST, VKEY_ED25519, 3);
	ck_assert_int_eq(
	    gossip_sign(&text, &report.key, report.private, &again, NULL),
	    ERR_OK);
	ck_assert_uint_eq(again.len, file.len);
	ck_assert_mem_eq(again.at, file.at, file.len);
	signer_clear(&report);
	bytes_free(&file);
	bytes_free(&text);
	bytes_free(&again);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("report page");
	TCase *tc = tcase_create("page");

	tcase_add_checked_fixture(tc, read_page, free_page);
	tcase_add_test(tc, the_report_is_as_shown);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
