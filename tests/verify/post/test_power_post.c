/*
 * A post whose power is cut: its copy of the logs, what it counted of them,
 * letters shown, the clock's mark and the trust list are on one disk
 * (tests/support/power_disk.h) and are cut together, at any write. Where the
 * logs come from is another disk.
 */
#include "tests/support/power_files.h"
#include "tests/verify/post/sample_log.h"

#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "trust/authenticate.h"
#include "verify/post/post_store.h"
#include "verify/post/presentation.h"

#define SHOWN 4 /* letters */

static struct sample_log s;
static struct presentation letter[SHOWN];

/* --- what was promised ----------------------------------------------------- */

struct promise {
	size_t at; /* after so many changes of the disk */
	uint64_t lines, list;
	unsigned shown, answered;
	int64_t mark;
};

static struct promise promised[32];
static size_t promises;

static void
promise(struct promise p)
{
	ck_assert_uint_lt(promises, sizeof(promised) / sizeof(promised[0]));
	p.at = power_count();
	promised[promises++] = p;
}

/* --- a day at the counter ---------------------------------------------------- */

static const char *weaker; /* a PRAGMA */

static void
open_home(void)
{
	struct errtext err = { 0 };

	ck_assert_msg(
	    post_open("post", &s.sample.post, &err) == ERR_OK, "%s", err.text);
	if (weaker == NULL)
		return;
	ck_assert_int_eq(
	    store_exec(s.sample.post->store, weaker, NULL), ERR_OK);
	post_logs_outdated(&s.sample.post->logs); /* no transaction */
	if (s.sample.post->logs.store != NULL)
		ck_assert_int_eq(
		    store_exec(s.sample.post->logs.store, weaker, NULL),
		    ERR_OK);
}

/* As the command does it. */
static int
take(void)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };
	struct post *post = s.sample.post;
	int lock = -1;

	s.text[0] = '\0';
	ck_assert_int_eq(sync_lock(post, &lock, NULL), ERR_OK);
	sync_mend(post, s.sample.now, &listener);
	sync_source(post, PUB, s.sample.now, &listener);
	sync_recheck(post, s.sample.now, &listener);
	sync_settle(post, &listener);
	close(lock);
	return listener.status;
}

static void
logs_taken(struct promise *p)
{
	int status = take();

	ck_assert_msg(status == 0, "%d: %s", status, s.text);
	p->lines = s.log.size;
	p->list = s.list.sequence;
	p->mark = s.sample.post->mark;
	promise(*p);
}

static void
letter_shown(struct promise *p)
{
	struct presented found;
	struct errtext err = { 0 };

	ck_assert_msg(presentation_record(s.sample.post, &letter[p->shown],
			  PRESENTED_OTHER_RUN, &found, &err) == ERR_OK,
	    "%s", err.text);
	p->shown++;
	promise(*p);
	ck_assert_int_eq(
	    presentation_answer(s.sample.post, found.visit, "mismatch", &err),
	    ERR_OK);
	p->answered++;
	promise(*p);
}

static void
clock_marked(struct promise *p)
{
	ck_assert_int_eq(post_store_set_mark(s.sample.post,
			     s.sample.now + (int64_t)promises, NULL),
	    ERR_OK);
	p->mark = s.sample.now + (int64_t)promises;
	promise(*p);
}

/* Letters before the first list: their keys are read from its center. */
static void
make_letters(void)
{
	for (unsigned i = 0; i < SHOWN; i++) {
		struct bytes file = { 0 };
		struct dsig sig;

		letter[i] = (struct presentation){ .time = s.sample.now };
		sample_post_files(&s.sample, 500 + i, &file, NULL);
		ck_assert_int_eq(
		    dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL),
		    ERR_OK);
		snprintf(letter[i].number, sizeof(letter[i].number),
		    "GTGUA01-%04d-%06u-%u", clock_year(s.sample.now), 500 + i,
		    i);
		memcpy(letter[i].digest, sig.digest, sizeof(sig.digest));
		letter[i].issued_at = s.sample.now;
		bytes_free(&file);
	}
}

static void
sitting(void)
{
	struct promise p = { .lines = 0 };

	promises = 0;
	power_record();
	promise(p);
	open_home();
	sample_log_publish(&s, PUB, SIZE(3));
	logs_taken(&p);
	letter_shown(&p);
	clock_marked(&p);
	letter_shown(&p);
	post_free(&s.sample.post);
	open_home();
	sample_log_list(&s, PUB);
	sample_log_publish(&s, PUB, SIZE(8));
	logs_taken(&p);
	letter_shown(&p);
	sample_log_publish(&s, PUB, SIZE(9));
	logs_taken(&p);
	letter_shown(&p);
	clock_marked(&p);
	post_free(&s.sample.post);
	promise(p);
}

/* --- what a cut left ---------------------------------------------------------- */

static const struct promise *
before(size_t at)
{
	size_t i = 0;

	while (i + 1 < promises && promised[i + 1].at <= at)
		i++;
	return &promised[i];
}

#define LOOK(holds, says)            \
	do {                         \
		if (!(holds))        \
			return says; \
	} while (0)

static const char *
look_shown(const struct promise *made)
{
	struct presentation_counts counts = { 0 };
	struct post *post = s.sample.post;

	LOOK(presentation_test(post, &counts, NULL) == ERR_OK &&
		counts.damaged == 0,
	    "what was shown is spoilt");
	for (unsigned i = 0; i < made->shown; i++) {
		struct presented found = { .before = false };

		LOOK(presentation_find(post, &letter[i], PRESENTED_EVER, &found,
			 NULL) == ERR_OK &&
			found.before,
		    "a letter that was shown is forgotten");
		LOOK(i >= made->answered || found.mismatch,
		    "an answer is forgotten");
	}
	return NULL;
}

static const char *
look_logs(const struct promise *made)
{
	const struct post_log *log = sample_log_row(&s, 1);
	struct tree_hash root;

	LOOK(made->lines == 0 || !s.sample.post->logs.lost,
	    "the copy of the logs is spoilt");
	LOOK(made->lines == 0 || (log != NULL && log->size >= made->lines),
	    "lines that were taken are lost");
	if (log == NULL || log->size == 0)
		return NULL;
	LOOK(log->conflict == 0, "a log is accused");
	LOOK(log->size <= s.log.size, "lines that nobody wrote");
	chronicle_root(&s.log, log->size, &root);
	LOOK(tree_hash_equal(&log->root, &root), "another log");
	return NULL;
}

static const char *
look_open(const struct promise *made)
{
	const struct post *post = s.sample.post;
	const char *wrong;

	LOOK(!post->store_lost && post->store != NULL && !post->store_read_only,
	    "the post's store is spoilt");
	LOOK(made->list == 0 ||
		(post->list != NULL && post->list->sequence >= made->list),
	    "the list is lost");
	/* which a newer list takes back */
	LOOK(post->mark >= made->mark || post->list->sequence > made->list,
	    "the clock's mark is lost");
	wrong = look_logs(made);
	return wrong != NULL ? wrong : look_shown(made);
}

/* The program opens what a cut left, and takes all that is new. */
static const char *
look(size_t at, bool going_on)
{
	const char *wrong;
	int status;

	open_home();
	wrong = look_open(before(at));
	if (wrong == NULL && going_on) {
		status = take();
		ck_assert_msg(status == 0, "%d: %s", status, s.text);
		ck_assert_uint_eq(sample_log_row(&s, 1)->size, s.log.size);
	}
	post_free(&s.sample.post);
	return wrong;
}

/* --- cutting --------------------------------------------------------------------- */

static uint64_t lots;

static void
setup(void)
{
	lots = 1;
	weaker = NULL;
	sample_log_new(&s);
	make_letters();
	post_free(&s.sample.post);
	power_on("post");
}

static void
teardown(void)
{
	power_off();
	sample_log_free(&s);
}

static size_t
somewhere(void)
{
	lots = lots * 6364136223846793005u + 1442695040888963407u;
	return (size_t)((lots >> 33) % (power_count() + 1));
}

static const char *
cut(const struct power_how *how, size_t *at)
{
	*at = somewhere();
	power_cut(*at, how);
	power_lay_out();
	return look(*at, how->unflushed == NULL);
}

#define CUTS 300

START_TEST(nothing_that_was_taken_is_lost)
{
	unsigned cuts =
	    getenv("SELLO_TORTURE") != NULL ? 10 * CUTS : OF_MANY(CUTS);
	struct power_how how = { .seed = 0 };
	const char *wrong;
	size_t at;

	sitting();
	for (; how.seed < cuts; how.seed++) {
		wrong = cut(&how, &at);
		ck_assert_msg(wrong == NULL, "cut at %zu of %zu, seed %llu: %s",
		    at, power_count(), (unsigned long long)how.seed, wrong);
	}
}
END_TEST

/* A disk or a store that promises too much, and what is found then. */
static const struct {
	const char *name, *weaker, *unflushed, *found;
} worse[] = {
	/* post.db, which counts them, is written back at once */
	{ "NORMAL", "PRAGMA synchronous=NORMAL", NULL,
	    "the copy of the logs is spoilt" },
	{ "OFF", "PRAGMA synchronous=OFF", NULL, "the post's store is spoilt" },
	{ "the copy's log", NULL, "logs.db-wal",
	    "the copy of the logs is spoilt" },
	{ "the store", NULL, "post.db", "the post's store is spoilt" },
	{ "the list", NULL, ".*.tmp", "the list is lost" },
	{ "names", NULL, "/", "the list is lost" },
};

START_TEST(what_is_not_flushed_is_lost)
{
	struct power_how how = { .unflushed = worse[_i].unflushed };
	const char *wrong = NULL;
	size_t at;

	weaker = worse[_i].weaker;
	sitting();
	weaker = NULL;
	for (; how.seed < 200; how.seed++) {
		wrong = cut(&how, &at);
		if (getenv("SAY") && wrong)
			fprintf(stderr, "%s: %s\n", worse[_i].name, wrong);
		else if (wrong != NULL && strcmp(wrong, worse[_i].found) == 0)
			return;
	}
	ck_abort_msg("%s: not found: %s", worse[_i].name, worse[_i].found);
}
END_TEST

static Suite *
suite(void)
{
	Suite *all = suite_create("a post's power cuts");
	TCase *cuts = tcase_create("cuts");

	tcase_add_checked_fixture(cuts, setup, teardown);
	tcase_set_timeout(cuts, 600);
	tcase_add_test(cuts, nothing_that_was_taken_is_lost);
	tcase_add_loop_test(cuts, what_is_not_flushed_is_lost, 0,
	    sizeof(worse) / sizeof(worse[0]));
	suite_add_tcase(all, cuts);
	return all;
}

CHECK_MAIN(suite);
