/*
 * What Sello writes, Go's golang.org/x/mod/sumdb packages must accept, and
 * the other way round; what is damaged, both must refuse. The Go programs are
 * in tests/lib/log/oracle. Without Go the tests have nothing to do.
 */
#include "base/encode.h"
#include "tests/check_main.h"
#include "tests/lib/log/published.h"
#include "tests/support/run.h"
#include "tests/support/tree_proof.h"

#include <unistd.h>

#define COSIGNED 1795000000

static char oracle[64]; /* folder of the built program; "" without Go */

static void
build_oracle(void)
{
	struct bytes command = { 0 };

	if (!run_has("go"))
		return;
	strcpy(oracle, "/tmp/sello-oracle-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(oracle));
	bytes_addf(&command,
	    "GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOCACHE=%s/c "
	    "go build -o %s/oracle tests/lib/log/oracle/*.go",
	    oracle, oracle);
	ck_assert_int_eq(run((char *)command.at, NULL), 0);
	bytes_free(&command);
}

static void
remove_oracle(void)
{
	char command[96];

	if (oracle[0] == '\0')
		return;
	snprintf(command, sizeof(command), "rm -rf %s", oracle);
	ck_assert_int_eq(run(command, NULL), 0);
}

static bool
no_oracle(void)
{
	return oracle[0] == '\0';
}

/* --- ours, read by Go ------------------------------------------------ */

static void
publish_cosigned(struct published *p, const struct signer *post, uint64_t size)
{
	struct log_reader log = forest_log(&p->forest);
	struct bytes note = { 0 };
	struct note parsed;
	char text[256];

	published_head(p, size, &note);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	memcpy(text, parsed.text, parsed.len);
	ck_assert_int_eq(checkpoint_cosign(text, parsed.len, &post->key,
			     post->private, COSIGNED, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(log_publish(&log, note.at, note.len, &p->log.key, PUB,
			     PUBLISH_NEW, &p->report, NULL),
	    ERR_OK);
	bytes_free(&note);
}

/* Its exit status; 0 when Go accepts. */
static int
go_check(const struct vkey *log, const struct vkey *cosigner, struct bytes *out)
{
	struct bytes command = { 0 };
	int status;

	bytes_addf(&command, "%s/oracle check " PUB " '", oracle);
	vkey_format(log, &command);
	bytes_add_text(&command, "' '");
	vkey_format(cosigner, &command);
	bytes_add_text(&command, "'");
	status = run((char *)command.at, out);
	bytes_free(&command);
	return status;
}

/* the last: two full tiles of level 1 */
static const unsigned sizes[] = { 0, 1, 2, 255, 256, 257, 300, 512, 513, 65536,
	70000, 132000 };

START_TEST(go_reads_ours)
{
	struct bytes out = { 0 }, want = { 0 };
	struct signer post;
	struct published p;
	struct tree_hash root;

	if (no_oracle())
		return;
	run_folder();
	published_make(&p, sizes[_i], 1);
	signer_make(&post, "ES-GTGUA/1", VKEY_COSIGNATURE, 3);
	/* in steps, as a center does */
	if (sizes[_i] > 2)
		publish_cosigned(&p, &post, sizes[_i] / 2);
	publish_cosigned(&p, &post, sizes[_i]);
	ck_assert_int_eq(go_check(&p.log.key, &post.key, &out), 0);
	forest_root(&p.forest, sizes[_i], &root);
	bytes_addf(&want, "%u ", sizes[_i]);
	base64_encode(root.at, TREE_HASH_SIZE, &want);
	bytes_add_byte(&want, '\n');
	ck_assert_str_eq((char *)out.at, (char *)want.at);
	bytes_free(&out);
	bytes_free(&want);
	signer_clear(&post);
	published_clear(&p);
	run_leave();
}
END_TEST

static const struct {
	const char *name, *command;
} damages[] = {
	{ "an entry changed",
	    "printf X | dd of=log/tile/entries/000 bs=1 seek=5 conv=notrunc" },
	{ "the last entry changed",
	    "printf X | dd of=log/tile/entries/001.p/44 bs=1 seek=5 "
	    "conv=notrunc" },
	{ "an entry cut off", "truncate -s -20 log/tile/entries/001.p/44" },
	{ "an entry added", "printf '\\0\\1x' >>log/tile/entries/001.p/44" },
	{ "bundles swapped",
	    "cd log/tile/entries; mv 000 x; mv 001.p/44 000; mv x 001.p/44" },
	{ "a leaf hash changed",
	    "printf X | dd of=log/tile/0/000 bs=1 seek=99 conv=notrunc" },
	{ "a hash of the last tile changed",
	    "printf X | dd of=log/tile/0/001.p/44 bs=1 seek=99 conv=notrunc" },
	{ "a hash of level 1 changed",
	    "printf X | dd of=log/tile/1/000.p/1 bs=1 seek=9 conv=notrunc" },
	{ "a bundle missing", "rm log/tile/entries/000" },
	{ "a tile missing", "rm log/tile/0/000" },
	{ "a tile torn", "truncate -s 4096 log/tile/0/000" },
	{ "the root changed",
	    "sed -i '3s/^./&~/; 3s/A~/B/; 3s/.~/A/' log/checkpoint" },
	{ "the size changed", "sed -i '2s/300/299/' log/checkpoint" },
	{ "the origin changed", "sed -i '1s/GTGUA/GTGUB/' log/checkpoint" },
	{ "the log's signature changed",
	    "sed -i -E '5s/.{20}$/~&/; 5s/A~/B/; 5s/.~/A/' log/checkpoint" },
	{ "no signature", "sed -i '5,$d' log/checkpoint" },
	{ "the text cut", "sed -i '3d' log/checkpoint" },
	{ "an older head's size over a newer root",
	    "sed -i '2s/300/150/' log/checkpoint" },
};

START_TEST(go_and_we_refuse_the_same)
{
	struct signer post;
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };

	if (no_oracle())
		return;
	run_folder();
	published_make(&p, 300, 1);
	signer_make(&post, "ES-GTGUA/1", VKEY_COSIGNATURE, 3);
	publish_cosigned(&p, &post, 300);
	ck_assert_int_eq(go_check(&p.log.key, &post.key, NULL), 0);
	ck_assert_int_eq(run(damages[_i].command, NULL), 0);
	ck_assert_msg(go_check(&p.log.key, &post.key, NULL) != 0, "Go: %s",
	    damages[_i].name);
	ck_assert_msg(reading_go(&r, READ_ALL_TILES) != ERR_OK, "we: %s",
	    damages[_i].name);
	signer_clear(&post);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- Go's, read by us ------------------------------------------------ */

START_TEST(we_read_gos)
{
	const struct log_source source = { folder_fetch, (char[]){ PUB } };
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	struct bytes out = { 0 }, note = { 0 };
	struct vkey cosigner;
	struct checkpoint head;
	struct note parsed;
	char command[160];
	int64_t time = 0;

	if (no_oracle())
		return;
	run_folder();
	snprintf(command, sizeof(command),
	    "%s/oracle make " PUB " " SIGNER_ORIGIN " %u 7", oracle, sizes[_i]);
	ck_assert_int_eq(run(command, &out), 0);
	published_make(&p, sizes[_i], 7);
	ck_assert_int_eq(
	    vkey_parse(strtok((char *)out.at, "\n"), &p.log.key, NULL), ERR_OK);
	ck_assert_int_eq(
	    vkey_parse(strtok(NULL, "\n"), &cosigner, NULL), ERR_OK);
	ck_assert_msg(
	    reading_go(&r, READ_ALL_TILES) == ERR_OK, "%s", r.err.text);
	ck_assert_uint_eq(r.have.size, sizes[_i]);
	ck_assert_int_eq(
	    log_read_head(&source, &p.log.key, &note, &head, &parsed, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &cosigner, &time, NULL), ERR_OK);
	ck_assert_int_eq(time, COSIGNED);
	bytes_free(&note);
	bytes_free(&out);
	published_clear(&p);
	run_leave();
}
END_TEST

/* The proofs are the same, hash by hash. */
static void
expect_proof(char *line, const struct tree_reader *reader, unsigned *seen)
{
	char *save = NULL;
	char kind = *strtok_r(line, " ", &save);
	uint64_t a = strtoull(strtok_r(NULL, " ", &save), NULL, 10);
	uint64_t size = strtoull(strtok_r(NULL, " ", &save), NULL, 10);
	struct tree_proof got;
	uint8_t want[32];
	size_t i = 0;
	char *hex;

	if (kind == 'i')
		ck_assert_int_eq(
		    tree_inclusion(reader, a, size, &got, NULL), ERR_OK);
	else
		ck_assert_int_eq(
		    tree_consistency(reader, a, size, &got, NULL), ERR_OK);
	while ((hex = strtok_r(NULL, " ", &save)) != NULL) {
		ck_assert_uint_lt(i, got.count);
		ck_assert(hex_decode_exact(hex, 64, want, 32));
		ck_assert_mem_eq(got.at[i++].at, want, 32);
	}
	ck_assert_uint_eq(i, got.count);
	++*seen;
}

START_TEST(proofs_are_gos)
{
	struct bytes out = { 0 };
	struct forest f;
	char command[96], *line, *save = NULL;
	unsigned seen = 0;

	if (no_oracle())
		return;
	snprintf(command, sizeof(command), "%s/oracle proofs 70000 3", oracle);
	ck_assert_int_eq(run(command, &out), 0);
	forest_fill(&f, 70000, 3);
	struct log_reader log = forest_log(&f);
	const struct tree_reader reader = { tile_tree_hash, &log };

	for (line = strtok_r((char *)out.at, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		expect_proof(line, &reader, &seen);
	ck_assert_uint_gt(seen, 1000);
	forest_clear(&f);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oracle");
	TCase *t = tcase_create("oracle");

	tcase_add_unchecked_fixture(t, build_oracle, remove_oracle);
	tcase_add_loop_test(t, go_reads_ours, 0, COUNT(sizes) - 1);
	tcase_add_loop_test(t, go_and_we_refuse_the_same, 0, COUNT(damages));
	tcase_add_loop_test(t, we_read_gos, 0, COUNT(sizes));
	tcase_add_test(t, proofs_are_gos);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
