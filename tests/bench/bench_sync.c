/*
 * bench_sync.c - what a post's copy of a log costs, as ratios to what cannot
 * be left out: hashes, signature checks, one durable commit. Called by
 * scripts/bench; works in the current folder.
 *
 *   bench-sync LINES
 *
 * Peers and ours take turns; each figure is the median of the rounds.
 */
#include "log/folder.h"
#include "tests/verify/post/sample_log.h"
#include "verify/judge.h"
#include "verify/post/evidence.h"

#include <sys/stat.h>
#include <time.h>

#define ROUNDS  15
#define LOOKUPS 20000

static struct sample_log s;
static unsigned sequence; /* of the next letter in the year of the growth */
static int64_t later;     /* when the log goes on */

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double
part(double *values, int count, double which)
{
	qsort(values, (size_t)count, sizeof(*values), by_value);
	return values[(int)((count - 1) * which)];
}

/* --- syncing ------------------------------------------------------------- */

static void
check_head(struct bytes *note)
{
	struct checkpoint head;
	struct note parsed;
	int64_t at;

	if (checkpoint_open(note->at, note->len, &s.log.log, &head, &parsed,
		NULL) != ERR_OK ||
	    checkpoint_cosigned(&parsed, &s.log.cosigner, &at, NULL) !=
		ERR_OK ||
	    checkpoint_cosign(parsed.text, parsed.len, &s.log.cosigner,
		s.log.cosigner_key, at, note, NULL) != ERR_OK)
		abort();
}

static void
check(EVP_PKEY *key, const struct bytes *message, const uint8_t *signature)
{
	if (dsig_verify_message(
		key, message->at, message->len, signature, NULL) != ERR_OK)
		abort();
}

/* What the center, the drafter and the approver signed of a letter. */
static void
check_line(const struct log_entry *e, struct bytes *text)
{
	bytes_reset(text);
	dsig_signed_info(e->number, e->digest, text);
	check(s.sample.key, text, e->signature);
	bytes_reset(text);
	entry_drafted_text(s.log.program, s.log.center, e->commitment, text);
	check(
	    chronicle_person(&s.log, e->officer), text, e->person_signature[0]);
	bytes_reset(text);
	entry_person_text(e, text, NULL);
	check(chronicle_person(&s.log, e->approver), text,
	    e->person_signature[1]);
}

/* k hashes and the verifications of these very lines, those of the head, one
 * signature, and a durable commit. */
static double
peer(uint64_t first, unsigned k, sqlite3 *db)
{
	uint8_t *at = s.log.text.at + s.log.start[first];
	struct bytes note = { 0 };
	double begin;
	struct tree_hash leaf;
	struct bytes info = { 0 };
	struct log_entry e;
	unsigned i;

	chronicle_head(&s.log, s.log.size, s.sample.now, &note);
	begin = seconds();
	check_head(&note);
	for (i = 0; i < k; i++) {
		size_t len = (size_t)at[0] << 8 | at[1];

		tree_leaf(at + 2, len, &leaf);
		entry_parse(at + 2, len, &e, NULL);
		check_line(&e, &info);
		at += 2 + len;
	}
	sqlite3_exec(db, "INSERT INTO t VALUES (1)", NULL, NULL, NULL);
	begin = seconds() - begin;
	bytes_free(&info);
	bytes_free(&note);
	return begin;
}

static double
ours(void)
{
	double begin;
	struct log_outcome outcome;
	char dir[256];
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");

	chronicle_dir(&s.log, PUB, dir);
	const struct log_source source = { folder_fetch, dir };

	begin = seconds();
	log_accept(s.sample.post, &source, PUB, center, &center->logs[0],
	    s.sample.now, &outcome);
	begin = seconds() - begin;
	if (outcome.outcome != OUTCOME_NEW) {
		fprintf(stderr, "bench: %s\n", outcome.text);
		exit(EXIT_FAILURE);
	}
	return begin;
}

static void
grow(unsigned k)
{
	uint64_t first = s.log.size;

	chronicle_grow(&s.log, later, sequence, first + k);
	sequence += k;
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
}

static void
bench_growth(unsigned k, sqlite3 *db)
{
	double us[ROUNDS], them[ROUNDS], ratio[ROUNDS];
	char name[64];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		grow(k);
		them[i] = peer(s.log.size - k, k, db);
		us[i] = ours();
		ratio[i] = us[i] / them[i];
	}
	snprintf(name, sizeof(name), "%u new lines, copy of %llu", k,
	    (unsigned long long)s.log.size);
	printf("%-44s %8.0f %8.0f %6.2f\n", name, 1e6 * part(us, ROUNDS, .5),
	    1e6 * part(them, ROUNDS, .5), part(ratio, ROUNDS, .5));
}

/* --- looking up ---------------------------------------------------------- */

static void
ignore(const struct judged *judged, void *arg)
{
	(void)arg;
	if (judged->judgement.input != ERR_OK)
		abort();
}

static double
judge_many(struct judge *judge, const struct bytes *file)
{
	double begin = seconds();
	int i;

	for (i = 0; i < 300; i++)
		judge_bytes(judge, "letter.xml", file->at, file->len);
	return (seconds() - begin) / 300;
}

/* The same letter judged by a list that names the log, and one that does
 * not. */
static void
bench_verdict(void)
{
	double with[ROUNDS], without[ROUNDS], ratio[ROUNDS];
	struct trust_center *center = &s.sample.post->list->centers[0];
	struct judge judge = {
		.post = s.sample.post, .now = s.sample.now, .tell = ignore
	};
	struct bytes file = { 0 };
	int i;

	sample_post_files(&s.sample, 7, &file, NULL);
	for (i = 0; i < ROUNDS; i++) {
		center->log_count = 0;
		without[i] = judge_many(&judge, &file);
		center->log_count = 1;
		with[i] = judge_many(&judge, &file);
		ratio[i] = with[i] / without[i];
	}
	printf("%-44s %8.1f %8.1f %6.2f\n", "verdict with log look-up",
	    1e6 * part(with, ROUNDS, .5), 1e6 * part(without, ROUNDS, .5),
	    part(ratio, ROUNDS, .5));
	bytes_free(&file);
}

static void
bench_lookups(unsigned lines)
{
	static double took[LOOKUPS];
	const struct trust_center *center = &s.sample.post->list->centers[0];
	char number[LETTER_NUMBER_SIZE];
	struct history_letter entry;
	struct log_evidence log;
	unsigned at = 1;
	bool found;
	int i;

	for (i = 0; i < LOOKUPS; i++) {
		double begin;

		at = (at * 7919u + 13u) % (lines - 1);
		chronicle_number(&s.log, clock_year(s.begin), at + 1, number);
		begin = seconds();
		evidence_number(s.sample.post, center, number, s.sample.now,
		    &log, &entry, &found);
		took[i] = seconds() - begin;
	}
	printf("%-44s %8.1f us median, %.1f us at 99 %%\n", "look-up by number",
	    1e6 * part(took, LOOKUPS, .5), 1e6 * part(took, LOOKUPS, .99));
}

static unsigned lines = 1000;

/* The parts of tests assert with Check, which wants a running test. */
START_TEST(all)
{
	struct stat st;
	sqlite3 *db;

	sample_log_new(&s);
	later = s.begin;
	s.begin = 1735732800; /* 2025-01-01T12:00:00Z: a year of its own */
	sequence = 1;
	sample_log_sync(&s, PUB);
	if (sqlite3_open("post/peer.db", &db) != SQLITE_OK)
		abort();
	sqlite3_exec(db,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    " CREATE TABLE t (x)",
	    NULL, NULL, NULL);
	sample_log_publish(&s, PUB, lines);
	printf("%-44s %8.0f lines a second\n", "first sync", lines / ours());
	bench_growth(1, db);
	bench_growth(100, db);
	bench_growth(1000, db);
	bench_verdict();
	bench_lookups(lines);
	post_free(&s.sample.post);
	if (stat("post/logs.db", &st) == 0)
		printf("%-44s %8.1f bytes a line (limit 60)\n", "copy on disk",
		    (double)st.st_size / (double)s.log.size);
	sqlite3_close(db);
	sample_log_free(&s);
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("bench");
	TCase *tc = tcase_create("bench");
	SRunner *runner;
	int failed;

	if (argc > 1)
		lines = (unsigned)atoi(argv[1]);
	tcase_add_test(tc, all);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
