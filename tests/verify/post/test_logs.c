/*
 * test_logs.c - taking logs into a post's copy: honest growth of every size,
 * and everything else that must leave the good copy as it is.
 */
#include "tests/verify/post/sample_log.h"

#include "log/folder.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/keys.h"
#include "verify/post/copy_kept.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_waiting.h"
#include "verify/post/copy_words.h"
#include "verify/post/evidence.h"
#include "verify/post/log_head.h"
#include "verify/post/log_seen.h"
#include "verify/post/logs_mend.h"
#include "verify/post/post_keys.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sample_log s;

static void
setup(void)
{
	sample_log_new(&s);
}

static void
teardown(void)
{
	sample_log_free(&s);
}

/* The copy has `size` lines of the log as it is, and nothing is wrong. */
static void
expect_copy(uint64_t size)
{
	const struct post_log *log;
	struct tree_hash root;

	sample_log_reopen(&s);
	log = sample_log_row(&s, 1);
	ck_assert_ptr_nonnull(log);
	ck_assert_uint_eq(log->size, size);
	ck_assert_int_eq(log->conflict, 0);
	chronicle_root(&s.log, size, &root);
	ck_assert(size == 0 || tree_hash_equal(&log->root, &root));
}

static unsigned
evidence_count(void)
{
	DIR *dir = opendir("post/evidence");
	struct dirent *entry;
	unsigned count = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		count += strncmp(entry->d_name, "log-", 4) == 0;
	if (dir != NULL)
		closedir(dir);
	return count;
}

static void
expect_fork(uint64_t size)
{
	const struct post_log *log;

	ck_assert_int_eq(s.status, 3);
	ck_assert_int_eq(s.outcome, OUTCOME_MANIPULATED);
	sample_log_reopen(&s);
	log = sample_log_row(&s, 1);
	ck_assert_uint_eq(log->size, size);
	ck_assert_int_ne(log->conflict, 0);
	ck_assert_uint_eq(evidence_count(), 2);
}

/* In the first log, and what became of it there. */
static bool
find(unsigned sequence, struct history_letter *out)
{
	struct post_logs *logs = &s.sample.post->logs;
	const struct post_log *log = sample_log_row(&s, 1);
	int year = clock_year(s.begin);
	bool found = false;

	ck_assert_int_eq(
	    post_log_letter(logs, log, year, sequence, out, &found, NULL),
	    ERR_OK);
	if (found)
		ck_assert_int_eq(
		    copy_words_add(logs, log, copy_words_end(&s.row[0]), year,
			sequence, out, NULL, NULL),
		    ERR_OK);
	return found;
}

/* --- honest logs --------------------------------------------------------- */

static const unsigned sizes[] = { 1, 2, 255, 256, 257, 513 };
#define SIZES 6

START_TEST(grows_from_any_size_to_any)
{
	size_t from = (size_t)_i / SIZES, to = (size_t)_i % SIZES;
	struct history_letter letter;

	/* a sample has the same size, one more, and another bundle */
	if (from > to || _i % (EACH > 1 ? 5 : 1) != 0)
		return;
	sample_log_publish(&s, PUB, sizes[from]);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.added, sizes[from]);
	expect_copy(sizes[from]);
	sample_log_publish(&s, PUB, sizes[to]);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.added, sizes[to] - sizes[from]);
	ck_assert_int_eq(s.outcome, from == to ? OUTCOME_SAME : OUTCOME_NEW);
	ck_assert_int_eq(s.as_of, s.sample.now - 60);
	expect_copy(sizes[to]);
	ck_assert(!find(sizes[to], &letter));
	if (sizes[to] > CHRONICLE_FOUND) {
		ck_assert(find(LETTER(sizes[to] - 1), &letter));
		ck_assert_uint_eq(letter.index, sizes[to] - 1);
		ck_assert_int_eq(letter.issued_at, s.begin);
	}
}
END_TEST

START_TEST(an_empty_log_is_nothing_yet)
{
	chronicle_publish(&s.log, PUB, 0, s.sample.now);
	SYNC(&s, PUB, 0);
	expect_copy(0);
	sample_log_publish(&s, PUB, 3);
	SYNC(&s, PUB, 0);
	expect_copy(3);
}
END_TEST

START_TEST(says_what_is_new_and_how_old)
{
	sample_log_publish(&s, PUB, 13);
	sample_log_sync_at(&s, PUB, s.sample.now + 3 * CLOCK_DAY);
	ck_assert_msg(strstr(s.text, "GTGUA01: 13 new lines, up to ") == s.text,
	    "%s", s.text);
	ck_assert_ptr_nonnull(strstr(s.text, ", 3 days old"));
}
END_TEST

START_TEST(states_of_letters)
{
	int year = clock_year(s.begin);
	struct history_letter letter;

	chronicle_found(&s.log, s.begin);
	chronicle_issue(&s.log, s.begin, 1);
	chronicle_issue(&s.log, s.begin, 2);
	chronicle_issue(&s.log, s.begin, 3);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 100);
	SYNC(&s, PUB, 0);
	chronicle_correct(&s.log, s.begin + 1, 4, year, 1);
	chronicle_withdraw(&s.log, s.begin + 2, year, 2, "WITHDRAWN");
	chronicle_withdraw(&s.log, s.begin + 3, year, 3, "FRAUD");
	chronicle_reprint(&s.log, s.begin + 4, year, 4, 2);
	chronicle_reprint(&s.log, s.begin + 5, year, 4, 3);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 60);
	SYNC(&s, PUB, 0);
	ck_assert(find(1, &letter));
	ck_assert_int_eq(letter.state, HISTORY_SUPERSEDED);
	ck_assert(find(2, &letter));
	ck_assert_int_eq(letter.state, HISTORY_WITHDRAWN);
	ck_assert(find(3, &letter));
	ck_assert_int_eq(letter.state, HISTORY_FRAUD);
	ck_assert(find(4, &letter));
	ck_assert_int_eq(letter.state, HISTORY_LIVE);
	ck_assert_uint_eq(letter.copies, 3);
}
END_TEST

/* The note that is kept for others has this post's cosignature. */
START_TEST(cosigns_again_and_again)
{
	struct bytes note = { 0 };
	struct checkpoint head;
	struct note parsed;
	struct vkey public;
	EVP_PKEY *private = NULL;
	int64_t at;
	int day;

	ck_assert_int_eq(post_key_load(s.sample.post, "cosigner.key",
			     VKEY_COSIGNATURE, &public, &private, NULL),
	    ERR_OK);
	ck_assert_str_eq(public.name, "RRP-ES/post/ES-GTGUA/1");
	sample_log_publish(&s, PUB, 3);
	for (day = 0; day < 3; day++) {
		ck_assert_int_eq(
		    sample_log_sync_at(&s, PUB, s.sample.now + day * CLOCK_DAY),
		    0);
		bytes_reset(&note);
		ck_assert_int_eq(copy_log_head(&s.sample.post->logs,
				     sample_log_row(&s, 1)->id, &note, NULL),
		    ERR_OK);
		ck_assert_int_eq(checkpoint_open(note.at, note.len, &s.log.log,
				     &head, &parsed, NULL),
		    ERR_OK);
		ck_assert_uint_eq(parsed.count, 3);
		ck_assert_int_eq(
		    checkpoint_cosigned(&parsed, &public, &at, NULL), ERR_OK);
		ck_assert_int_eq(at, s.sample.now + day * CLOCK_DAY);
		ck_assert_int_eq(
		    checkpoint_cosigned(&parsed, &s.log.cosigner, &at, NULL),
		    ERR_OK);
		ck_assert_int_eq(at, s.sample.now - 60);
	}
	EVP_PKEY_free(private);
	bytes_free(&note);
}
END_TEST

/* The same lines, dated earlier and later by the center. */
START_TEST(a_fresher_head_of_the_same_lines)
{
	sample_log_publish(&s, PUB, 3);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, "later", 3);
	chronicle_publish(&s.log, "earlier", 3, s.sample.now - 5000);
	SYNC(&s, "earlier", 0);
	ck_assert_int_eq(s.as_of, s.sample.now - 60);
	chronicle_publish(&s.log, "fresh", 3, s.sample.now - 5);
	SYNC(&s, "fresh", 0);
	ck_assert_int_eq(s.as_of, s.sample.now - 5);
	expect_copy(3);
}
END_TEST

START_TEST(older_is_left)
{
	sample_log_publish(&s, "old", 5);
	sample_log_publish(&s, PUB, 9);
	SYNC(&s, PUB, 0);
	SYNC(&s, "old", 1);
	ck_assert_int_eq(s.outcome, OUTCOME_OLDER);
	expect_copy(9);
	/* remembered, compared, and found to be honest */
	SYNC(&s, PUB, 0);
	SYNC(&s, "old", 1);
	expect_copy(9);
}
END_TEST

START_TEST(numbers_go_on_in_a_new_year)
{
	struct history_letter letter;
	bool found;

	chronicle_found(&s.log, 1767225590); /* 2025-12-31T23:59:50Z */
	chronicle_issue(&s.log, 1767225599, 1);
	chronicle_issue(&s.log, 1767225600, 1); /* 2026 */
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(
	    post_log_letter(&s.sample.post->logs, sample_log_row(&s, 1), 2025,
		1, &letter, &found, NULL),
	    ERR_OK);
	ck_assert(found);
	ck_assert_int_eq(
	    post_log_letter(&s.sample.post->logs, sample_log_row(&s, 1), 2026,
		1, &letter, &found, NULL),
	    ERR_OK);
	ck_assert(found);
}
END_TEST

START_TEST(sixty_bytes_a_line)
{
	struct stat st;

	sample_log_publish(&s, PUB, 20000);
	SYNC(&s, PUB, 0);
	post_free(&s.sample.post); /* the write-ahead log goes into the file */
	ck_assert_int_eq(stat("post/logs.db", &st), 0);
	/* an empty table is a page */
	ck_assert_msg(
	    st.st_size <= 60 * 20000 + 4096, "%lld", (long long)st.st_size);
	ck_assert_int_eq(post_open("post", &s.sample.post, NULL), ERR_OK);
}
END_TEST

/* What is read of a publication, and when that ends. */
struct counting {
	char dir[256];
	unsigned heads, bundles, tiles;
	unsigned die_at; /* the fetch at which the computer is switched off */
};

static enum err
count_fetch(void *ctx, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	struct counting *c = ctx;

	if (strcmp(path, "checkpoint") == 0)
		c->heads++;
	else if (strncmp(path, "tile/entries/", 13) == 0)
		c->bundles++;
	else
		c->tiles++;
	if (c->heads + c->bundles + c->tiles == c->die_at)
		_exit(0);
	return folder_fetch(c->dir, path, max, out, err);
}

static enum outcome
take_counted(struct counting *c)
{
	const struct log_source source = { count_fetch, c };
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");
	struct log_outcome outcome;

	chronicle_dir(&s.log, PUB, c->dir);
	log_accept(s.sample.post, &source, PUB, center, &center->logs[0],
	    s.sample.now, &outcome);
	return outcome.outcome;
}

START_TEST(reads_what_is_new)
{
	struct counting c = { .die_at = 0 };

	sample_log_publish(&s, PUB, 1000);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 1001);
	ck_assert_int_eq(take_counted(&c), OUTCOME_NEW);
	ck_assert_uint_eq(c.heads, 1);
	ck_assert_uint_eq(c.bundles, 1);
	ck_assert_uint_le(c.tiles, 4);
	c = (struct counting){ .die_at = 0 };
	sample_log_publish(&s, PUB, 1600);
	ck_assert_int_eq(take_counted(&c), OUTCOME_NEW);
	ck_assert_uint_eq(c.bundles, 4); /* 3 to 6, the last one partial */
	ck_assert_uint_le(c.tiles, 4);
	c = (struct counting){ .die_at = 0 };
	ck_assert_int_eq(take_counted(&c), OUTCOME_SAME);
	ck_assert_uint_eq(c.heads, 1);
	ck_assert_uint_eq(c.bundles + c.tiles, 0);
}
END_TEST

/* Switched off at any file: the old copy is there, and the next sync works. */
START_TEST(switched_off)
{
	struct counting c = { .die_at = (unsigned)_i + 1 };
	pid_t child;

	if (_i % (EACH > 1 ? 4 : 1) != 0)
		return;
	sample_log_publish(&s, PUB, 5);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 1600);
	post_free(&s.sample.post);
	if ((child = fork()) == 0) {
		post_open("post", &s.sample.post, NULL);
		take_counted(&c);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_int_eq(post_open("post", &s.sample.post, NULL), ERR_OK);
	expect_copy(5);
	SYNC(&s, PUB, 0);
	expect_copy(1600);
}
END_TEST

/* --- forks --------------------------------------------------------------- */

START_TEST(the_same_size_with_another_root)
{
	sample_log_publish(&s, PUB, 9);
	SYNC(&s, PUB, 0);
	chronicle_cut(&s.log, 8);
	chronicle_issue(&s.log, s.begin + 1, 8);
	chronicle_publish(&s.log, "fork", 9, s.sample.now);
	SYNC(&s, "fork", 3);
	expect_fork(9);
	ck_assert_ptr_nonnull(strstr(s.text, "PROOF OF MANIPULATION"));
	/* it stays so, whatever is brought; the copy serves */
	SYNC(&s, PUB, 3);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 9);
}
END_TEST

START_TEST(longer_but_rewritten)
{
	uint64_t size = sizes[_i];

	sample_log_publish(&s, PUB, size);
	SYNC(&s, PUB, 0);
	chronicle_cut(&s.log, size - 1);
	if (size == 1)
		chronicle_open(&s.log, s.begin + 1);
	else
		chronicle_issue(&s.log, s.begin + 1, (unsigned)size - 1);
	chronicle_issue(&s.log, s.begin + 1, (unsigned)size);
	chronicle_publish(&s.log, "fork", size + 1, s.sample.now);
	SYNC(&s, "fork", 3);
	expect_fork(size);
}
END_TEST

/* An older head that never was: found by what is remembered of it. */
START_TEST(older_but_rewritten)
{
	sample_log_publish(&s, PUB, 300);
	chronicle_cut(&s.log, 200);
	chronicle_issue(&s.log, s.begin + 1, 200);
	chronicle_publish(&s.log, "fork", 201, s.sample.now - 3600);
	chronicle_cut(&s.log, 200);
	chronicle_grow(&s.log, s.begin, LETTER(200), 300);
	SYNC(&s, PUB, 0);
	SYNC(&s, "fork", 1);
	SYNC(&s, PUB, 3);
	expect_fork(300);
}
END_TEST

/* An older head that was signed later: no line is needed to prove it, and the
 * very lines of before prove it too. */
START_TEST(a_shorter_log_signed_later)
{
	sample_log_publish(&s, PUB, 300);
	SYNC(&s, PUB, 0);
	chronicle_publish(&s.log, "back", 201, s.sample.now);
	SYNC(&s, "back", 3);
	ck_assert_ptr_nonnull(strstr(s.text, "went back"));
	expect_fork(300);
}
END_TEST

/* This post had a head of that size itself. */
START_TEST(an_older_head_that_this_post_knows_better)
{
	sample_log_publish(&s, PUB, 200);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 300);
	sample_log_sync_at(&s, PUB, s.sample.now + 2 * 3600);
	ck_assert_int_eq(s.status, 0);
	chronicle_cut(&s.log, 199);
	chronicle_issue(&s.log, s.begin + 1, 199);
	chronicle_publish(&s.log, "fork", 200, s.sample.now);
	SYNC(&s, "fork", 3);
	expect_fork(300);
}
END_TEST

/* --- not to be believed -------------------------------------------------- */

/* A head signed by somebody else under this log's name. */
START_TEST(another_key_and_another_origin)
{
	struct chronicle other;

	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	chronicle_new(&other, _i == 0 ? "GTGUA01" : "HNTGU01", 1, s.sample.key);
	chronicle_grow(&other, s.begin, 1, 9);
	chronicle_publish(&other, "other", 9, s.sample.now);
	if (_i == 1)
		ck_assert_int_eq(
		    run("mv other/log/HNTGU01 other/log/GTGUA01", NULL), 0);
	SYNC(&s, "other", 2);
	expect_copy(4);
	chronicle_free(&other);
}
END_TEST

/* A wrong signature is what any flipped bit makes: no word against anybody. */
START_TEST(a_head_that_was_changed)
{
	struct bytes note = { 0 };

	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 6);
	chronicle_head(&s.log, 6, s.sample.now, &note);
	*strchr((char *)note.at, '6') = '5';
	chronicle_put_head(&s.log, PUB, &note);
	SYNC(&s, PUB, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "damaged or was changed"));
	expect_copy(4);
	ck_assert_uint_eq(evidence_count(), 0);
	bytes_free(&note);
}
END_TEST

START_TEST(a_head_without_a_date)
{
	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	chronicle_grow(&s.log, s.begin, 1, 6);
	chronicle_publish(&s.log, PUB, 6, 0);
	SYNC(&s, PUB, 2);
	expect_copy(4);
}
END_TEST

static int64_t
as_of(void)
{
	sample_log_reopen(&s);
	return sample_log_row(&s, 1)->as_of;
}

/* Its lines are proven whatever its date; the date is not believed. */
START_TEST(a_head_from_the_future)
{
	int64_t before;

	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	before = as_of();
	chronicle_grow(&s.log, s.begin, 1, 6);
	chronicle_publish(&s.log, PUB, 6, s.sample.now + 600 + _i);
	SYNC(&s, PUB, 0);
	expect_copy(6);
	ck_assert_int_eq(as_of(), _i == 0 ? s.sample.now + 600 : before);
	ck_assert_int_eq(
	    strstr(s.text, "whose date is not believed") != NULL, _i == 1);
	/* once its time has come, it is believed */
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, s.sample.now + 1), 0);
	ck_assert_int_eq(as_of(), s.sample.now + 600 + _i);
}
END_TEST

/* Each damage to files, and what it must end with. */
static const struct {
	const char *command;
	int status;
} damages[] = {
	{ "rm checkpoint", 2 }, { "rm -r tile/entries", 2 },
	{ "rm tile/entries/001.p/44", 2 },
	{ "truncate -s 1000 tile/entries/001.p/44", 2 },
	{ "truncate -s 100000 tile/entries/000", 2 },
	{ "truncate -s 200000 tile/entries/000", 2 },
	{ "printf X | dd of=tile/entries/000 bs=1 seek=3000 conv=notrunc", 2 },
	{ "cp tile/entries/000 tile/entries/001.p/44", 2 },
	{ "rm tile/1/000.p/1", 2 }, { "truncate -s 31 tile/1/000.p/1", 2 },
	{ "truncate -s 100 checkpoint", 2 }, { ": >checkpoint", 2 },
	{ "truncate -s 200000 checkpoint", 2 },
	{ "rm checkpoint; mkfifo checkpoint", 2 },
	{ "rm checkpoint; mkdir checkpoint", 2 },
	{ "chmod a-r tile/0/000", 0 }, /* not needed by a post */
};

START_TEST(damaged_files)
{
	char command[300];
	bool empty = _i >= 0 && _i % 2 == 0; /* no copy yet, and one */

	if (empty) {
		sample_log_publish(&s, PUB, 5);
		SYNC(&s, PUB, 0);
	}
	sample_log_publish(&s, PUB, 300);
	ck_assert_int_eq(run("cp -r pub good", NULL), 0);
	snprintf(command, sizeof(command), "cd pub/log/GTGUA01/1 && { %s; }",
	    damages[_i].command);
	ck_assert_int_eq(run(command, NULL), 0);
	SYNC(&s, PUB, damages[_i].status);
	if (damages[_i].status != 0)
		expect_copy(empty ? 5 : 0);
	SYNC(&s, "good", 0);
	expect_copy(300);
}
END_TEST

/* --- lines --------------------------------------------------------------- */

START_TEST(a_line_of_an_unknown_key)
{
	EVP_PKEY *other = support_other_key();

	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	chronicle_use_key(&s.log, other);
	sample_log_publish(&s, PUB, 6);
	SYNC(&s, PUB, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "update the list first"));
	expect_copy(4);
	EVP_PKEY_free(other);
}
END_TEST

/* Signed by another key under the name of the listed one. */
START_TEST(a_line_with_a_wrong_signature)
{
	EVP_PKEY *other = support_other_key();
	char name[ENTRY_KEY_NAME_SIZE];
	uint64_t at = _i == 0 ? 6 : 400; /* alone, and among many */

	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	chronicle_grow(&s.log, s.begin, 1, at);
	memcpy(name, s.log.key_name, sizeof(name));
	chronicle_use_key(&s.log, other);
	memcpy(s.log.key_name, name, sizeof(name));
	chronicle_issue(&s.log, s.begin, LETTER(at));
	chronicle_use_key(&s.log, s.sample.key);
	sample_log_publish(&s, PUB, at + 300);
	SYNC(&s, PUB, 3);
	ck_assert_ptr_nonnull(strstr(s.text, _i == 0 ? "line 6" : "line 400"));
	expect_copy(4);
	EVP_PKEY_free(other);
}
END_TEST

static void
break_rule(int which)
{
	int year = clock_year(s.begin);
	struct log_entry misplaced = { .time = s.begin,
		.kind = ENTRY_CLOSE,
		.officer = "AP2003",
		.index = 99 };

	switch (which) {
	case 0:
		chronicle_issue(&s.log, s.begin, 5); /* 4 left out */
		break;
	case 1:
		chronicle_issue(&s.log, s.begin, 3); /* again */
		break;
	case 2:
		chronicle_issue(&s.log, s.begin - 1, 4); /* earlier */
		break;
	case 3:
		chronicle_withdraw(&s.log, s.begin, year, 7, "WITHDRAWN");
		break;
	case 4:
		chronicle_reprint(&s.log, s.begin, year, 1, 3);
		break;
	case 5:
		chronicle_withdraw(&s.log, s.begin, year, 1, "WITHDRAWN");
		chronicle_reprint(&s.log, s.begin, year, 1, 2);
		break;
	case 6:
		chronicle_add_raw(&s.log, "s1 nonsense", 11);
		break;
	default:
		chronicle_sign(&s.log, &misplaced);
		chronicle_add_signed(&s.log, &misplaced);
	}
}

START_TEST(lines_that_break_a_rule)
{
	sample_log_publish(&s, PUB, SIZE(3));
	SYNC(&s, PUB, 0);
	break_rule(_i);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 3);
	expect_copy(SIZE(3));
}
END_TEST

START_TEST(a_line_of_a_later_version)
{
	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	chronicle_add_raw(&s.log, "s2 4 what comes then", 20);
	chronicle_publish(&s.log, PUB, 5, s.sample.now);
	SYNC(&s, PUB, 2);
	expect_copy(4);
}
END_TEST

/* --- the end of a log, and the one after it ------------------------------ */

static enum log_end
end_now(void)
{
	enum log_end end = END_OPEN;
	struct errtext err = { 0 };

	ck_assert_msg(log_head_end(s.sample.post, sample_log_row(&s, 1),
			  &s.row[0], &end, &err) == ERR_OK,
	    "%s", err.text);
	return end;
}

static bool
is_whole(void)
{
	return end_now() == END_WHOLE;
}

static void
close_log(const char *pub)
{
	chronicle_trust_log(&s.log, true, &s.row[0]);
	sample_log_list(&s, pub);
}

/* What the center signed before it heard of the closing accuses nobody: up to
 * the end all is taken, also by a post that has nothing yet; the rest is left
 * and said. */
START_TEST(a_closed_log_ends_where_it_must)
{
	sample_log_publish(&s, PUB, 5);
	if (_i == 1)
		SYNC(&s, PUB, 0);
	close_log(PUB);
	if (_i == 2)
		SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 7);
	SYNC(&s, PUB, 0);
	ck_assert_ptr_nonnull(strstr(s.text, "closed this log"));
	expect_copy(5);
	ck_assert(is_whole());
	ck_assert_uint_eq(evidence_count(), 0);
	SYNC(&s, PUB, 0); /* and again */
	ck_assert_int_eq(s.outcome, OUTCOME_SAME);
	expect_copy(5);
}
END_TEST

/* The end is raised to the last head that the center signed. */
START_TEST(a_closing_is_raised)
{
	struct history_letter letter;

	sample_log_publish(&s, PUB, 300);
	close_log(PUB);
	chronicle_issue(&s.log, s.begin + 1, LETTER(300));
	chronicle_withdraw(
	    &s.log, s.begin + 2, clock_year(s.begin), 2, "FRAUD");
	chronicle_grow(&s.log, s.begin + 3, LETTER(301), 600);
	chronicle_publish(&s.log, PUB, 600, s.sample.now - 60);
	SYNC(&s, PUB, 0);
	expect_copy(300);
	ck_assert(find(2, &letter));
	ck_assert_int_eq(letter.state, HISTORY_LIVE);
	ck_assert(!find(LETTER(300), &letter));
	close_log(PUB);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.added, 300);
	expect_copy(600);
	ck_assert(is_whole());
	ck_assert(find(2, &letter));
	ck_assert_int_eq(letter.state, HISTORY_FRAUD);
	ck_assert(find(LETTER(300), &letter));
}
END_TEST

/* A post that had more before it heard of the closing keeps it, and goes on. */
START_TEST(a_copy_that_is_longer_than_its_closing)
{
	sample_log_publish(&s, "end", 5);
	close_log("end");
	sample_log_publish(&s, "longer", 9);
	ck_assert_int_eq(
	    run("mkdir -p old && cp -r pub/trust.xml old", NULL), 0);
	s.row[0].closed = false;
	sample_log_list(&s, "longer");
	SYNC(&s, "longer", 0);
	s.row[0].closed = true;
	sample_log_list(&s, "longer");
	if (_i == 1)
		sample_log_publish(&s, "longer", 12);
	SYNC(&s, "longer", 0);
	expect_copy(9);
	SYNC(&s, "end", 1); /* an older list is in it; its records fit */
	expect_copy(9);
	ck_assert(is_whole());
	/* another version behind the end is a fork all the same */
	chronicle_cut(&s.log, 7);
	chronicle_issue(&s.log, s.begin + 1, 7);
	chronicle_grow(&s.log, s.begin + 2, 8, 12);
	chronicle_publish(&s.log, "fork", 12, s.sample.now);
	SYNC(&s, "fork", 3);
}
END_TEST

START_TEST(a_closed_log_with_another_end)
{
	sample_log_publish(&s, PUB, 4);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 5);
	close_log(PUB);
	s.row[0].final_root[0] ^= 1;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 3);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 4);
}
END_TEST

/* The root custodian decides which branch was the true one. */
START_TEST(closing_settles_a_fork)
{
	sample_log_publish(&s, PUB, 5);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, "true", 7);
	close_log("true");
	chronicle_cut(&s.log, 4);
	chronicle_issue(&s.log, s.begin + 1, 4);
	chronicle_publish(&s.log, "fork", 5, s.sample.now);
	SYNC(&s, "fork", 3);
	SYNC(&s, "true", 0);
	sample_log_reopen(&s);
	ck_assert(is_whole());
	ck_assert_int_eq(sample_log_row(&s, 1)->conflict, 0);
}
END_TEST

/* This post followed the wrong branch; the root's word brings it back. */
START_TEST(closing_settles_a_fork_for_the_other_side)
{
	struct history_letter letter;

	sample_log_publish(&s, "true", 7);
	close_log("true");
	s.row[0].closed = false;
	sample_log_list(&s, "wrong");
	chronicle_publish(&s.log, "true", 7, s.sample.now - 60);
	chronicle_cut(&s.log, 4);
	chronicle_issue(&s.log, s.begin + 1, 1);
	chronicle_grow(&s.log, s.begin + 2, 2, _i == 0 ? 6 : 9);
	chronicle_publish(&s.log, "wrong", s.log.size, s.sample.now - 60);
	SYNC(&s, "wrong", 0);
	ck_assert_int_eq(run("rm true/trust.xml", NULL), 0);
	SYNC(&s, "true", _i == 0 ? 3 : 1); /* a shorter one is compared later */
	if (_i == 1)
		SYNC(&s, "true", 1);
	s.row[0].closed = true;
	sample_log_list(&s, "true");
	SYNC(&s, "true", _i == 0 ? 0 : 0);
	sample_log_reopen(&s);
	ck_assert(is_whole());
	ck_assert_int_eq(sample_log_row(&s, 1)->conflict, 0);
	ck_assert(find(LETTER(6), &letter));
}
END_TEST

/* One flipped bit of the copy is no proof against the center. */
/* Sync takes the list alone. */
static void
list_alone(void)
{
	sample_log_list(&s, "list");
	ck_assert_int_eq(run("rm -rf list/log", NULL), 0);
	SYNC(&s, "list", 0);
}

/* The post's copy is another version than the one that the root named, and
 * longer than that ever was: its length says nothing. 1: it also saw what both
 * have; 2: it also saw what only the wrong one has, so the two are a fork. */
START_TEST(another_version_longer_than_the_end)
{
	struct history_letter letter;

	sample_log_publish(&s, "begun", 3);
	sample_log_publish(&s, "true", 7);
	close_log("true");
	s.row[0].closed = false;
	sample_log_list(&s, "begun");
	if (_i == 1)
		SYNC(&s, "begun", 0);
	chronicle_cut(&s.log, 4);
	chronicle_issue(&s.log, s.begin + 1, 1);
	chronicle_grow(&s.log, s.begin + 2, 2, 9);
	sample_log_list(&s, "wrong");
	chronicle_publish(&s.log, "wrong", _i == 2 ? 5 : 9, s.sample.now - 60);
	ck_assert_int_eq(sample_log_sync_at(&s, "wrong", s.sample.now - 20), 0);
	chronicle_publish(&s.log, "wrong", 9, s.sample.now - 60);
	SYNC(&s, "wrong", 0);
	s.row[0].closed = true;
	list_alone();
	ck_assert_int_eq(end_now(), END_DOUBTED);
	ck_assert_int_eq(run("cp list/trust.xml true/", NULL), 0);
	if (_i == 2)
		SYNC(&s, "true", 3);
	SYNC(&s, "true", 0);
	ck_assert_int_eq(strstr(s.text, "taken anew") != NULL, _i != 2);
	sample_log_reopen(&s);
	ck_assert(is_whole());
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 7);
	ck_assert(find(LETTER(6), &letter));
	ck_assert_uint_eq(evidence_count(), _i == 2 ? 2 : 0);
	SYNC(&s, "true", 0);
	ck_assert_int_eq(s.outcome, OUTCOME_SAME);
}
END_TEST

static bool
has_mark(uint64_t size)
{
	struct tree_hash root;
	bool known = false;

	ck_assert_int_eq(copy_kept_root(&s.sample.post->logs,
			     sample_log_row(&s, 1), size, &known, &root, NULL),
	    ERR_OK);
	return known;
}

static int64_t
waiting(void)
{
	int64_t count = -1;

	ck_assert_int_eq(copy_waiting_count(&s.sample.post->logs,
			     sample_log_row(&s, 1), &count, NULL),
	    ERR_OK);
	return count;
}

/* An honest copy that cannot be compared is taken anew up to the end: what it
 * had before stays evidence, and its head is compared when the end is raised.
 */
START_TEST(a_longer_copy_that_cannot_be_compared)
{
	sample_log_publish(&s, PUB, 3);
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, s.sample.now - 20), 0);
	sample_log_publish(&s, "end", 5);
	close_log("end");
	sample_log_publish(&s, PUB, 9);
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, s.sample.now + 10), 0);
	list_alone();
	ck_assert_int_eq(end_now(), END_DOUBTED);
	SYNC(&s, "end", 1); /* an older list is in it */
	ck_assert_ptr_nonnull(strstr(s.text, "taken anew"));
	expect_copy(5);
	ck_assert(is_whole());
	ck_assert(has_mark(3) && has_mark(5) && !has_mark(9));
	ck_assert_int_eq(waiting(), 1);
	close_log(PUB);
	SYNC(&s, PUB, 0);
	expect_copy(9);
	ck_assert(is_whole());
	ck_assert_int_eq(waiting(), 0);
	ck_assert_uint_eq(evidence_count(), 0);
}
END_TEST

START_TEST(own_bytes_prove_nothing)
{
	static const char *const damage[] = {
		"UPDATE log SET root = zeroblob(32)",
		"UPDATE log SET head = CAST(replace(CAST(head AS TEXT), "
		"'\n5\n', '\n4\n') AS BLOB)",
	};
	char command[300];

	sample_log_publish(&s, PUB, 5);
	SYNC(&s, PUB, 0);
	post_free(&s.sample.post);
	snprintf(command, sizeof(command), "sqlite3 post/logs.db \"%s\"",
	    damage[_i]);
	ck_assert_int_eq(run(command, NULL), 0);
	ck_assert_int_eq(post_open("post", &s.sample.post, NULL), ERR_OK);
	if (_i == 1) {
		chronicle_cut(&s.log, 4);
		chronicle_issue(&s.log, s.begin + 1, 4);
		chronicle_publish(&s.log, "fork", 5, s.sample.now);
	}
	SYNC(&s, _i == 1 ? "fork" : PUB, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "damaged"));
	ck_assert_uint_eq(evidence_count(), 0);
}
END_TEST

/* What became of a letter, by all logs. */
static enum history_state
fate(unsigned sequence)
{
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");
	char number[LETTER_NUMBER_SIZE];
	struct history_letter entry;
	struct log_evidence got;
	bool found;

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	evidence_number(
	    s.sample.post, center, number, s.sample.now, &got, &entry, &found);
	ck_assert(found);
	ck_assert_int_eq(entry.state, got.letter);
	return got.letter;
}

static void
second_generation(struct chronicle *second)
{
	chronicle_new(second, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(second, false, &s.row[1]);
	s.list.log_count = 2;
}

START_TEST(two_generations)
{
	int year = clock_year(s.begin);
	struct chronicle second;

	sample_log_publish(&s, PUB, SIZE(4));
	second_generation(&second);
	close_log(PUB);
	chronicle_go_on(&second, s.begin + 5);
	chronicle_issue(&second, s.begin + 5, 5);
	chronicle_withdraw(&second, s.begin + 6, year, 2, "FRAUD");
	chronicle_publish(&second, PUB, second.size, s.sample.now);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.logs, 2);
	expect_copy(SIZE(4));
	ck_assert_int_eq(fate(2), HISTORY_FRAUD); /* in the first one */
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, second.size);
	chronicle_free(&second);
}
END_TEST

/* The second one alone: what it says of the first cannot be judged. */
START_TEST(generations_in_order)
{
	struct chronicle second;

	sample_log_publish(&s, "first", SIZE(4));
	second_generation(&second);
	close_log(PUB);
	chronicle_go_on(&second, s.begin + 5);
	chronicle_withdraw(
	    &second, s.begin + 6, clock_year(s.begin), 2, "WITHDRAWN");
	chronicle_publish(&second, PUB, second.size, s.sample.now);
	SYNC(&s, PUB, 2);
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, 0);
	SYNC(&s, "first", 0);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, second.size);
	chronicle_free(&second);
}
END_TEST

/* The next log speaks of letters and copies that stand behind the end. A post
 * that never had those takes it all the same. */
START_TEST(a_second_log_after_a_closing_that_came_early)
{
	int year = clock_year(s.begin);
	struct tree_hash root;
	struct chronicle second;

	sample_log_publish(&s, PUB, SIZE(4));
	second_generation(&second);
	close_log(PUB);
	chronicle_issue(&s.log, s.begin + 1, 5);
	chronicle_reprint(&s.log, s.begin + 2, year, 2, 2);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 60);
	chronicle_go_on(&second, s.begin + 5);
	chronicle_withdraw(&second, s.begin + 5, year, 5, "WITHDRAWN");
	chronicle_reprint(&second, s.begin + 5, year, 2, 3);
	chronicle_issue(&second, s.begin + 6, 6);
	chronicle_withdraw(&second, s.begin + 7, year, 1, "FRAUD");
	chronicle_publish(&second, PUB, second.size, s.sample.now);
	SYNC(&s, PUB, 0);
	expect_copy(SIZE(4));
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, second.size);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	ck_assert_int_eq(fate(2), HISTORY_LIVE);
	/* the root raises that end: what was said first counts, and nobody is
	 * accused for the order */
	s.row[0].final_size = s.log.size;
	chronicle_root(&s.log, s.log.size, &root);
	memcpy(s.row[0].final_root, root.at, sizeof(root.at));
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	expect_copy(s.log.size);
	ck_assert_int_eq(fate(5), HISTORY_WITHDRAWN);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	chronicle_free(&second);
}
END_TEST

/* The root's end of a log. */
static void
end_at(struct chronicle *log, struct trust_log *row, uint64_t size)
{
	struct tree_hash root;

	row->closed = true;
	row->final_size = size;
	chronicle_root(log, size, &root);
	memcpy(row->final_root, root.at, sizeof(root.at));
	sample_log_list(&s, PUB);
}

/* Something worse was said of it than what is believed. */
static bool
worse_is_known(unsigned sequence)
{
	char number[LETTER_NUMBER_SIZE];
	struct history_letter entry;
	struct log_evidence got;
	bool found;

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	evidence_number(s.sample.post,
	    trust_find_center(s.sample.post->list, "GTGUA01"), number,
	    s.sample.now, &got, &entry, &found);
	ck_assert(found && !got.failed);
	return got.behind;
}

/* Lines behind the end of their log, that came before the root's word: they
 * make no letter red, nor a line wrong of a next log whose center lost them;
 * and are not forgotten. */
START_TEST(said_behind_the_end_of_its_own_log)
{
	int year = clock_year(s.begin);
	struct chronicle second;

	sample_log_publish(&s, PUB, SIZE(4));
	chronicle_withdraw(&s.log, s.begin + 1, year, 1, "FRAUD");
	chronicle_withdraw(&s.log, s.begin + 1, year, 2, "WITHDRAWN");
	chronicle_reprint(&s.log, s.begin + 2, year, 3, 2);
	chronicle_correct(&s.log, s.begin + 2, 5, year, 4);
	chronicle_publish(&s.log, PUB, SIZE(8), s.sample.now - 60);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	ck_assert(!worse_is_known(1));
	second_generation(&second);
	end_at(&s.log, &s.row[0], SIZE(4));
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_LIVE);
	ck_assert_int_eq(fate(4), HISTORY_LIVE);
	ck_assert(worse_is_known(1) && worse_is_known(2) && worse_is_known(4));
	ck_assert(!worse_is_known(3));
	chronicle_go_on(&second, s.begin + 5);
	chronicle_withdraw(&second, s.begin + 5, year, 1, "WITHDRAWN");
	chronicle_withdraw(&second, s.begin + 5, year, 2, "WITHDRAWN");
	chronicle_reprint(&second, s.begin + 5, year, 3, 2);
	chronicle_reprint(&second, s.begin + 5, year, 4, 2);
	chronicle_publish(&second, PUB, SIZE(4), s.sample.now);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, SIZE(4));
	ck_assert_int_eq(fate(1), HISTORY_WITHDRAWN);
	ck_assert(worse_is_known(1) && !worse_is_known(2));
	end_at(&s.log, &s.row[0], SIZE(8));
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	ck_assert_int_eq(fate(4), HISTORY_SUPERSEDED);
	ck_assert(!worse_is_known(1) && !worse_is_known(4));
	chronicle_free(&second);
}
END_TEST

/* The same of letters of an earlier log, and a third log that goes on. */
START_TEST(said_behind_the_end_of_a_later_log)
{
	int year = clock_year(s.begin);
	struct chronicle second;

	sample_log_publish(&s, PUB, SIZE(4));
	second_generation(&second);
	end_at(&s.log, &s.row[0], SIZE(4));
	chronicle_go_on(&second, s.begin + 5);
	chronicle_withdraw(&second, s.begin + 5, year, 1, "WITHDRAWN");
	chronicle_withdraw(&second, s.begin + 6, year, 1, "FRAUD");
	chronicle_withdraw(&second, s.begin + 6, year, 2, "FRAUD");
	chronicle_publish(&second, PUB, SIZE(3), s.sample.now - 60);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	end_at(&second, &s.row[1], SIZE(1));
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_WITHDRAWN);
	ck_assert_int_eq(fate(2), HISTORY_LIVE);
	ck_assert(worse_is_known(1) && worse_is_known(2) && !worse_is_known(3));
	sample_log_reopen(&s);
	ck_assert(worse_is_known(2));
	end_at(&second, &s.row[1], SIZE(3));
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(1), HISTORY_FRAUD);
	ck_assert_int_eq(fate(2), HISTORY_FRAUD);
	ck_assert(!worse_is_known(1) && !worse_is_known(2));
	chronicle_free(&second);
}
END_TEST

/* A key that was replaced signs until its center hears of it. */
START_TEST(lines_of_a_retired_key_are_taken)
{
	sample_log_publish(&s, PUB, SIZE(3));
	s.list.status = KEY_RETIRED;
	s.list.since = s.begin - 100;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	expect_copy(SIZE(3));
	chronicle_withdraw(
	    &s.log, s.begin + 2, clock_year(s.begin), 2, "WITHDRAWN");
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	expect_copy(s.log.size);
}
END_TEST

START_TEST(a_lost_disk_leaves_a_gap)
{
	const struct post_logs *logs;

	chronicle_found(&s.log, s.begin);
	chronicle_issue(&s.log, s.begin + 10, 1);
	chronicle_restore(&s.log, s.begin + 500, s.log.size, true);
	chronicle_restore(&s.log, s.begin + 600, s.log.size, false);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	sample_log_reopen(&s);
	logs = &s.sample.post->logs;
	ck_assert_uint_eq(logs->gap_count, 1);
	ck_assert_int_eq(logs->gap[0].after, s.begin + 10);
	ck_assert_int_eq(logs->gap[0].before, s.begin + 500);
}
END_TEST

/* --- sources and homes --------------------------------------------------- */

START_TEST(no_publication)
{
	run("mkdir empty; mkdir -p strange/log/XXABC01/1", NULL);
	SYNC(&s, "empty", 2);
	ck_assert_ptr_nonnull(strstr(s.text, "not a publication"));
	SYNC(&s, "nowhere", 2);
	SYNC(&s, "root.crt", 2);
	SYNC(&s, "https://example.org/", 2);
	SYNC(&s, "strange", 2); /* no list yet */
	SYNC(&s, PUB, 0);       /* a list alone */
	SYNC(&s, "strange", 2);
	ck_assert_ptr_nonnull(strstr(s.text, "update the trust list"));
}
END_TEST

START_TEST(a_publication_without_a_list)
{
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, "logs", 3);
	SYNC(&s, "logs", 0);
	expect_copy(3);
}
END_TEST

START_TEST(a_damaged_copy_is_not_believed)
{
	sample_log_publish(&s, PUB, 300);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 400);
	if (_i == 0) {
		post_free(&s.sample.post);
		run("printf XXXXXXXXXXXXXXXXXXXX | dd of=post/logs.db"
		    " conv=notrunc",
		    NULL);
		ck_assert_int_eq(
		    post_open("post", &s.sample.post, NULL), ERR_OK);
		ck_assert(s.sample.post->logs.lost);
	} else {
		sqlite3 *db;

		post_free(&s.sample.post);
		ck_assert_int_eq(sqlite3_open("post/logs.db", &db), SQLITE_OK);
		ck_assert_int_eq(
		    sqlite3_exec(db,
			_i == 1 ? "UPDATE log SET range = zeroblob(128)"
				: "UPDATE log SET range = NULL",
			NULL, NULL, NULL),
		    SQLITE_OK);
		sqlite3_close(db);
		ck_assert_int_eq(
		    post_open("post", &s.sample.post, NULL), ERR_OK);
	}
	SYNC(&s, PUB, 2);
}
END_TEST

START_TEST(a_read_only_home)
{
	if (geteuid() == 0 || _i != 0)
		return;
	sample_log_publish(&s, PUB, 3);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 5);
	post_free(&s.sample.post);
	run("chmod a-w post post/*", NULL);
	ck_assert_int_eq(post_open("post", &s.sample.post, NULL), ERR_OK);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 3);
	SYNC(&s, PUB, 2);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 3);
	run("chmod u+w post post/*", NULL);
}
END_TEST

START_TEST(two_at_once)
{
	struct errtext err = { 0 };
	int fd = -1, other = -1;

	ck_assert_int_eq(sync_lock(s.sample.post, &fd, &err), ERR_OK);
	ck_assert_int_eq(sync_lock(s.sample.post, &other, &err), ERR_BUSY);
	close(fd);
	ck_assert_int_eq(sync_lock(s.sample.post, &fd, &err), ERR_OK);
	close(fd);
}
END_TEST

/* Another program writes: said so, nothing lost. */
START_TEST(a_busy_database)
{
	struct post *other = NULL;

	sample_log_publish(&s, PUB, 3);
	SYNC(&s, PUB, 0);
	sample_log_publish(&s, PUB, 5);
	ck_assert_int_eq(post_open("post", &other, NULL), ERR_OK);
	ck_assert_int_eq(post_logs_begin(&other->logs, NULL), ERR_OK);
	SYNC(&s, PUB, 2);
	post_logs_rollback(&other->logs);
	SYNC(&s, PUB, 0);
	/* what the other process took is seen */
	other->logs.read_at = -100000;
	post_logs_refresh(&other->logs);
	ck_assert_uint_eq(post_logs_find(&other->logs, "GTGUA01", 1)->size, 5);
	post_free(&other);
}
END_TEST

static enum log_state
state_of_letter(struct log_evidence *out)
{
	struct evidence_letter letter = { .number = "GTGUA01-2026-000001-A",
		.digest = (const uint8_t *)"0123456789abcdef0123456789abcde",
		.issued_at = s.sample.now };

	evidence_find(s.sample.post, &s.sample.post->list->centers[0], &letter,
	    s.sample.now, out);
	return out->state;
}

/* Another program has the copy for itself: nothing is lost, no letter is
 * absent, nothing is set aside. */
START_TEST(while_another_holds_the_copy)
{
	struct post_logs *logs = &s.sample.post->logs;
	struct log_evidence out;
	struct errtext err = { 0 };
	sqlite3 *other;

	sample_log_publish(&s, PUB, 3);
	SYNC(&s, PUB, 0);
	post_logs_outdated(logs);
	ck_assert_int_eq(sqlite3_exec(store_handle(logs->store),
			     "PRAGMA journal_mode=DELETE;"
			     "BEGIN; CREATE TABLE forget (me); ROLLBACK",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(store_handle(logs->store), 0);
	ck_assert_int_eq(sqlite3_open("post/logs.db", &other), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(state_of_letter(&out), LOG_UNKNOWN);
	ck_assert(out.failed && !out.other_digest);
	ck_assert_int_eq(post_logs_test(s.sample.post, &err), ERR_BUSY);
	ck_assert_ptr_nonnull(strstr(err.text, "try again"));
	ck_assert(!logs->lost && logs->store != NULL);
	sqlite3_close(other);
	ck_assert(post_logs_refresh(logs));
	ck_assert_int_eq(post_logs_test(s.sample.post, &err), ERR_OK);
	ck_assert_uint_eq(post_logs_find(logs, "GTGUA01", 1)->size, 3);
}
END_TEST

START_TEST(the_newest_time_seen)
{
	sample_log_publish(&s, PUB, 3);
	chronicle_publish(&s.log, "fresh", 3, s.sample.now + 500);
	SYNC(&s, PUB, 0);
	SYNC(&s, "fresh", 0);
	ck_assert_int_eq(post_newest_seen(s.sample.post), s.sample.now + 500);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("logs");
	TCase *honest = tcase_create("honest"), *forks = tcase_create("forks");
	TCase *bad = tcase_create("bad"), *ends = tcase_create("ends");
	TCase *homes = tcase_create("homes");

	tcase_add_loop_test(
	    honest, grows_from_any_size_to_any, 0, SIZES * SIZES);
	tcase_add_test(honest, an_empty_log_is_nothing_yet);
	tcase_add_test(honest, says_what_is_new_and_how_old);
	tcase_add_test(honest, states_of_letters);
	tcase_add_test(honest, cosigns_again_and_again);
	tcase_add_test(honest, a_fresher_head_of_the_same_lines);
	tcase_add_test(honest, older_is_left);
	tcase_add_test(honest, numbers_go_on_in_a_new_year);
	if (EACH == 1) /* a file's size, the same in both builds */
		tcase_add_test(honest, sixty_bytes_a_line);
	tcase_add_test(honest, reads_what_is_new);
	tcase_add_loop_test(honest, switched_off, 0, 9);
	tcase_add_test(forks, the_same_size_with_another_root);
	tcase_add_loop_test(forks, longer_but_rewritten, 0, SIZES);
	tcase_add_test(forks, older_but_rewritten);
	tcase_add_test(forks, a_shorter_log_signed_later);
	tcase_add_test(forks, an_older_head_that_this_post_knows_better);
	tcase_add_loop_test(bad, another_key_and_another_origin, 0, 2);
	tcase_add_test(bad, a_head_that_was_changed);
	tcase_add_test(bad, a_head_without_a_date);
	tcase_add_loop_test(bad, a_head_from_the_future, 0, 2);
	tcase_add_loop_test(
	    bad, damaged_files, 0, (int)(sizeof(damages) / sizeof(damages[0])));
	tcase_add_test(bad, a_line_of_an_unknown_key);
	tcase_add_loop_test(bad, a_line_with_a_wrong_signature, 0, 2);
	tcase_add_loop_test(bad, lines_that_break_a_rule, 0, 8);
	tcase_add_test(bad, a_line_of_a_later_version);
	tcase_add_loop_test(ends, a_closed_log_ends_where_it_must, 0, 3);
	tcase_add_test(ends, a_closing_is_raised);
	tcase_add_loop_test(ends, a_copy_that_is_longer_than_its_closing, 0, 2);
	tcase_add_loop_test(
	    ends, closing_settles_a_fork_for_the_other_side, 0, 2);
	tcase_add_loop_test(ends, another_version_longer_than_the_end, 0, 3);
	tcase_add_test(ends, a_longer_copy_that_cannot_be_compared);
	tcase_add_loop_test(ends, own_bytes_prove_nothing, 0, 2);
	tcase_add_test(ends, a_second_log_after_a_closing_that_came_early);
	tcase_add_test(ends, said_behind_the_end_of_its_own_log);
	tcase_add_test(ends, said_behind_the_end_of_a_later_log);
	tcase_add_test(ends, lines_of_a_retired_key_are_taken);
	tcase_add_test(ends, a_closed_log_with_another_end);
	tcase_add_test(ends, closing_settles_a_fork);
	tcase_add_test(ends, two_generations);
	tcase_add_test(ends, generations_in_order);
	tcase_add_test(ends, a_lost_disk_leaves_a_gap);
	tcase_add_test(homes, no_publication);
	tcase_add_test(homes, a_publication_without_a_list);
	tcase_add_loop_test(homes, a_damaged_copy_is_not_believed, 0, 3);
	tcase_add_test(homes, a_read_only_home);
	tcase_add_test(homes, two_at_once);
	tcase_add_test(homes, a_busy_database);
	tcase_add_test(homes, while_another_holds_the_copy);
	tcase_add_test(homes, the_newest_time_seen);
	TCase *all[] = { honest, forks, bad, ends, homes };
	for (size_t i = 0; i < 5; i++) {
		tcase_add_checked_fixture(all[i], setup, teardown);
		tcase_set_timeout(all[i], 60);
		suite_add_tcase(su, all[i]);
	}
	return su;
}

CHECK_MAIN(suite);
