/*
 * Tests of verify/post/post.h, verify/post/post_list.h and
 * verify/post/presentation.h: the home of a post, and what it keeps when things
 * go wrong.
 */
#include "verify/post/post_list.h"
#include "verify/post/presentation.h"

#include "tests/check_main.h"
#include "tests/verify/post/sample_post.h"
#include "verify/post/post_store.h"

#include <sys/stat.h>

static struct sample_post s;
static struct errtext err;
static struct errtext sentence;
static uint64_t sequence;

static void
setup(void)
{
	sample_post_new(&s, false);
}

static void
teardown(void)
{
	sample_post_free(&s);
}

static void
reopen(void)
{
	post_free(&s.post);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_OK);
}

static enum outcome
take(const char *folder)
{
	sentence = (struct errtext){ 0 };
	return post_list_accept(s.post, folder, s.now, &sentence, &sequence);
}

/* --- init ----------------------------------------------------------------- */

START_TEST(init_makes_a_home)
{
	struct post_info info;
	struct bytes file = { 0 };
	struct stat st;

	ck_assert_str_eq(s.post->name, "ES-GTGUA/1");
	ck_assert_str_eq(s.post->consulate, "ES-GTGUA");
	ck_assert_ptr_null(s.post->list);
	ck_assert_ptr_nonnull(s.post->store);
	run_get("post/request.txt", &file);
	ck_assert_int_eq(
	    request_read_post(file.at, file.len, &info, &err), ERR_OK);
	ck_assert_str_eq(info.name, "ES-GTGUA/1");
	ck_assert_mem_eq(info.root, s.root.info.fingerprint, 32);
	ck_assert_int_eq(stat("post/cosigner.key", &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(stat("post/report.key", &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	bytes_free(&file);
}
END_TEST

/* OpenSSL reads the keys, and they are the ones of the request. */
START_TEST(keys_are_plain_pkcs8)
{
	if (!run_has("openssl"))
		return;
	ck_assert_int_eq(run("openssl pkey -in post/cosigner.key -noout -text |"
			     " grep -q ED25519",
			     NULL),
	    0);
	ck_assert_int_eq(
	    run("cmp -s post/cosigner.key post/report.key", NULL), 1);
}
END_TEST

START_TEST(init_twice_changes_nothing)
{
	const struct post_setup again = {
		.root_path = "root.crt", .consulate = "ES-HNTGU", .number = 2
	};

	ck_assert_int_eq(post_init("post", &again, &err), ERR_EXISTS);
	reopen();
	ck_assert_str_eq(s.post->name, "ES-GTGUA/1");
}
END_TEST

static const struct {
	const char *fingerprint, *consulate, *root;
	enum err want;
} refused[] = {
	{ "00", "ES-GTGUA", "root.crt", ERR_DATA },
	{ "", "ES-GTGUA", "root.crt", ERR_DATA },
	{ NULL, "Madrid", "root.crt", ERR_DATA },
	{ NULL, "es-gtgua", "root.crt", ERR_DATA },
	{ NULL, "ES-GTGUA/1", "root.crt", ERR_DATA },
	{ NULL, "", "root.crt", ERR_DATA },
	{ NULL, "ES-GTGUA", "nothing.crt", ERR_NOT_FOUND },
	{ NULL, "ES-GTGUA", "post/post.txt", ERR_DATA },
};

START_TEST(bad_set_ups_leave_nothing)
{
	const struct post_setup setup_bad = { .root_path = refused[_i].root,
		.fingerprint = refused[_i].fingerprint,
		.consulate = refused[_i].consulate,
		.number = 1 };

	ck_assert_int_eq(post_init("new", &setup_bad, &err), refused[_i].want);
	ck_assert(err.text[0] != '\0');
	ck_assert(!file_exists("new"));
}
END_TEST

/* In capitals, with colons, as openssl prints it. */
START_TEST(fingerprints_in_every_form)
{
	struct post_setup form = {
		.root_path = "root.crt", .consulate = "ES-GTGUA", .number = 3
	};
	char plain[65], colons[128] = "";
	size_t i;

	for (i = 0; i < 32; i++) {
		snprintf(plain + 2 * i, 3, "%02x", s.root.info.fingerprint[i]);
		snprintf(colons + strlen(colons), 4, "%s%02X", i ? ":" : "",
		    s.root.info.fingerprint[i]);
	}
	form.fingerprint = plain;
	ck_assert_int_eq(post_init("a", &form, &err), ERR_OK);
	form.fingerprint = colons;
	ck_assert_int_eq(post_init("b", &form, &err), ERR_OK);
	plain[0] ^= 1;
	form.fingerprint = plain;
	ck_assert_int_eq(post_init("c", &form, &err), ERR_DATA);
}
END_TEST

START_TEST(an_init_cut_short_can_be_repeated)
{
	const struct post_setup again = {
		.root_path = "root.crt", .consulate = "ES-GTGUA", .number = 1
	};

	post_free(&s.post);
	ck_assert_int_eq(unlink("post/root.crt"), 0);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_CONFIG);
	ck_assert_int_eq(post_init("post", &again, &err), ERR_OK);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_OK);
}
END_TEST

START_TEST(no_home_is_said)
{
	struct post *none = NULL;

	ck_assert_int_eq(post_open("nowhere", &none, &err), ERR_CONFIG);
	ck_assert_ptr_null(none);
}
END_TEST

/* Letters are judged even when nothing can be written or remembered. */
START_TEST(opens_without_its_database)
{
	struct presentation_counts counts;

	post_free(&s.post);
	run_put("post/post.db", "no database", 11);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_OK);
	ck_assert_ptr_null(s.post->store);
	ck_assert(s.post->store_problem.text[0] != '\0');
	post_mark(s.post, s.now);
	ck_assert_int_ne(presentation_test(s.post, &counts, &err), ERR_OK);
}
END_TEST

/* --- lists ---------------------------------------------------------------- */

START_TEST(takes_a_list)
{
	sample_publish(&s, "pub",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 100 });
	ck_assert_int_eq(take("pub"), OUTCOME_NEW);
	ck_assert_uint_eq(sequence, 3);
	ck_assert_uint_eq(s.post->list->sequence, 3);
	ck_assert_int_eq(take("pub"), OUTCOME_SAME);
	reopen();
	ck_assert_ptr_nonnull(s.post->list);
	ck_assert_uint_eq(s.post->list->sequence, 3);
}
END_TEST

START_TEST(an_older_list_is_left)
{
	sample_publish(&s, "old",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	sample_publish(&s, "new",
	    (struct sample_list){ .sequence = 4, .issued_at = s.now - 100 });
	ck_assert_int_eq(take("new"), OUTCOME_NEW);
	ck_assert_int_eq(take("old"), OUTCOME_OLDER);
	ck_assert_uint_eq(s.post->list->sequence, 4);
	ck_assert(!file_exists("post/evidence"));
}
END_TEST

START_TEST(a_second_list_of_one_number_is_proof)
{
	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	sample_publish(&s, "b",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 100 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(take("b"), OUTCOME_MANIPULATED);
	ck_assert_int_eq(s.post->list->issued_at, s.now - 200);
	/* both sides of the contradiction are kept, once */
	ck_assert_int_eq(take("b"), OUTCOME_MANIPULATED);
	ck_assert_int_eq(run("test $(ls post/evidence | wc -l) = 2", NULL), 0);
	ck_assert_int_eq(run("cmp post/trust.xml a/trust.xml", NULL), 0);
}
END_TEST

START_TEST(a_changed_list_is_damage)
{
	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(
	    run("mkdir b && sed s/Programa/Brograma/ a/trust.xml >b/trust.xml",
		NULL),
	    0);
	ck_assert_int_eq(take("b"), OUTCOME_UNREADABLE);
	ck_assert_int_eq(run("cmp post/trust.xml a/trust.xml", NULL), 0);
	ck_assert(!file_exists("post/evidence"));
}
END_TEST

/* What a mail program puts around a list makes no second one of it. */
START_TEST(a_line_feed_makes_no_second_list)
{
	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(
	    run("mkdir b && { cat a/trust.xml; echo; } >b/trust.xml", NULL), 0);
	ck_assert_int_eq(take("b"), OUTCOME_SAME);
	ck_assert(!file_exists("post/evidence"));
}
END_TEST

/* Shell lines that make a bad folder "b" out of a good one "a". */
static const char *const bad_folders[] = {
	"mkdir b",
	"true",
	"mkdir b && : >b/trust.xml",
	"mkdir b && head -c 500 a/trust.xml >b/trust.xml",
	"mkdir b && sed 's/TrustList/Trustlist/g' a/trust.xml >b/trust.xml",
	"mkdir b && head -c 5000000 /dev/zero >b/trust.xml",
	"mkdir -p b/trust.xml",
};

START_TEST(bad_folders_change_nothing)
{
	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(run(bad_folders[_i], NULL), 0);
	ck_assert_int_eq(take("b"), OUTCOME_UNREADABLE);
	ck_assert(sentence.text[0] != '\0');
	ck_assert_uint_eq(s.post->list->sequence, 3);
	ck_assert_int_eq(run("cmp post/trust.xml a/trust.xml", NULL), 0);
}
END_TEST

START_TEST(other_roots_programs_and_futures)
{
	EVP_PKEY *stranger = sample_p256();

	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	sample_publish(&s, "stranger",
	    (struct sample_list){
		.sequence = 4, .issued_at = s.now, .signer = stranger });
	ck_assert_int_eq(take("stranger"), OUTCOME_UNREADABLE);
	/* the center's key is ours, but no list signer */
	sample_publish(&s, "center",
	    (struct sample_list){
		.sequence = 4, .issued_at = s.now, .signer = s.key });
	ck_assert_int_eq(take("center"), OUTCOME_UNREADABLE);
	sample_publish(&s, "program",
	    (struct sample_list){
		.sequence = 4, .issued_at = s.now, .program = "RRP-FR" });
	ck_assert_int_eq(take("program"), OUTCOME_UNREADABLE);
	sample_publish(&s, "future",
	    (struct sample_list){ .sequence = 4, .issued_at = s.now + 660 });
	ck_assert_int_eq(take("future"), OUTCOME_UNREADABLE);
	ck_assert_int_eq(take("https://example.org/pub"), OUTCOME_UNREADABLE);
	ck_assert_uint_eq(s.post->list->sequence, 3);
	ck_assert(!file_exists("post/evidence"));
	EVP_PKEY_free(stranger);
}
END_TEST

/* A damaged list on the disk is no list, and the next sync mends it. */
START_TEST(a_damaged_list_is_no_list)
{
	struct errtext why = { 0 };

	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(
	    run("sed -i s/Programa/Brograma/ post/trust.xml", NULL), 0);
	reopen();
	ck_assert_ptr_null(s.post->list);
	ck_assert(post_list_unusable(s.post));
	post_no_list(s.post, "none yet", &why);
	ck_assert_ptr_nonnull(strstr(why.text, s.post->list_problem.text));
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
}
END_TEST

/* --- clock ---------------------------------------------------------------- */

START_TEST(the_highest_clock_stays)
{
	post_mark(s.post, s.now);
	ck_assert_int_eq(post_newest_seen(s.post), s.now);
	post_mark(s.post, s.now - 5000);
	ck_assert_int_eq(post_newest_seen(s.post), s.now);
	/* not written for every letter */
	post_mark(s.post, s.now + POST_CLOCK_REWRITE - 1);
	ck_assert_int_eq(post_newest_seen(s.post), s.now);
	post_mark(s.post, s.now + POST_CLOCK_REWRITE);
	reopen();
	ck_assert_int_eq(post_newest_seen(s.post), s.now + POST_CLOCK_REWRITE);
}
END_TEST

START_TEST(a_newer_list_forgives_the_clock)
{
	post_mark(s.post, s.now + 400 * CLOCK_DAY);
	sample_publish(&s, "a",
	    (struct sample_list){ .sequence = 3, .issued_at = s.now - 200 });
	ck_assert_int_eq(take("a"), OUTCOME_NEW);
	ck_assert_int_eq(post_newest_seen(s.post), s.now - 200);
	reopen();
	ck_assert_int_eq(post_newest_seen(s.post), s.now - 200);
	/* the same list again proves nothing new */
	post_mark(s.post, s.now + 400 * CLOCK_DAY);
	ck_assert_int_eq(take("a"), OUTCOME_SAME);
	/* but the mark never rises above the list's end */
	ck_assert_int_eq(post_newest_seen(s.post), s.post->list->not_after);
}
END_TEST

/* --- presentations -------------------------------------------------------- */

static void
present(uint8_t digest, int64_t at, enum presented_when which)
{
	struct presentation p = { .number = "GTGUA01-2026-000002-J",
		.digest = { digest },
		.issued_at = s.now,
		.time = at,
		.answer = "match" };
	struct presented found;

	ck_assert_int_eq(
	    presentation_record(s.post, &p, which, &found, &err), ERR_OK);
}

static int64_t
first(uint8_t digest, enum presented_when which)
{
	const struct presentation p = { .number = "GTGUA01-2026-000002-J",
		.digest = { digest } };
	struct presented found;

	ck_assert_int_eq(
	    presentation_find(s.post, &p, which, &found, &err), ERR_OK);
	return found.before ? found.at : 0;
}

static uint64_t
kept(void)
{
	struct presentation_counts counts;

	ck_assert_int_eq(presentation_test(s.post, &counts, &err), ERR_OK);
	ck_assert_uint_eq(counts.damaged, 0);
	return counts.all;
}

START_TEST(presentations_are_found)
{
	ck_assert_int_eq(first(1, PRESENTED_EVER), 0);
	present(1, 1000, PRESENTED_EVER);
	present(1, 2000, PRESENTED_EVER);
	ck_assert_int_eq(first(1, PRESENTED_EVER), 1000);
	/* the number alone is not the letter */
	ck_assert_int_eq(first(2, PRESENTED_EVER), 0);
	/* this run does not count against itself */
	ck_assert_int_eq(first(1, PRESENTED_OTHER_RUN), 0);
	reopen();
	ck_assert_int_eq(first(1, PRESENTED_OTHER_RUN), 1000);
	ck_assert_uint_eq(kept(), 2);
}
END_TEST

START_TEST(one_run_is_one_presentation)
{
	present(1, 1000, PRESENTED_OTHER_RUN);
	present(1, 1001, PRESENTED_OTHER_RUN);
	ck_assert_uint_eq(kept(), 1);
	reopen();
	present(1, 2000, PRESENTED_OTHER_RUN);
	ck_assert_uint_eq(kept(), 2);
}
END_TEST

/* A reading at a counter: the row's time is the clock's, which may jump. */
static struct presented
read_at(int64_t moment, int64_t time)
{
	const struct presentation p = { .number = "GTGUA01-2026-000002-J",
		.digest = { 1 },
		.issued_at = s.now,
		.time = time,
		.moment = moment };
	struct presented found;

	ck_assert_int_eq(presentation_record(
			     s.post, &p, PRESENTED_OTHER_VISIT, &found, &err),
	    ERR_OK);
	return found;
}

START_TEST(read_again_soon_is_one_visit)
{
	struct presented found;

	ck_assert(!read_at(50, 1000).before);
	/* the clock was put right in between, either way */
	found = read_at(50 + PRESENTED_VISIT, 90000);
	ck_assert(!found.before && found.again);
	found = read_at(51, 10);
	ck_assert(!found.before && found.again);
	ck_assert_uint_eq(kept(), 1);
	/* a visit lasts from its first reading, however often it is read */
	found = read_at(51 + PRESENTED_VISIT, 1001);
	ck_assert(found.before && !found.again);
	ck_assert_int_eq(found.at, 1000);
	/* ... and what was amber stays so */
	found = read_at(60 + PRESENTED_VISIT, 1002);
	ck_assert(found.before && found.again);
	ck_assert_uint_eq(kept(), 2);
	/* another run is another counter */
	reopen();
	found = read_at(61 + PRESENTED_VISIT, 1003);
	ck_assert(found.before && !found.again);
	ck_assert_uint_eq(kept(), 3);
}
END_TEST

/* sqlite3 sees the columns; none of them could hold a name. */
START_TEST(what_is_kept_is_no_name)
{
	struct bytes out = { 0 };

	if (!run_has("sqlite3"))
		return;
	present(1, 1000, PRESENTED_EVER);
	post_free(&s.post);
	ck_assert_int_eq(
	    run("sqlite3 post/post.db 'SELECT number, length(digest), time,"
		" post, answer, elsewhere FROM presentation'",
		&out),
	    0);
	ck_assert_str_eq((char *)out.at,
	    "GTGUA01-2026-000002-J|32|1000|ES-GTGUA/1|match|0\n");
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite_all = suite_create("post");
	TCase *t = tcase_create("home");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, init_makes_a_home);
	tcase_add_test(t, keys_are_plain_pkcs8);
	tcase_add_test(t, init_twice_changes_nothing);
	tcase_add_loop_test(t, bad_set_ups_leave_nothing, 0,
	    (int)(sizeof(refused) / sizeof(refused[0])));
	tcase_add_test(t, fingerprints_in_every_form);
	tcase_add_test(t, an_init_cut_short_can_be_repeated);
	tcase_add_test(t, no_home_is_said);
	tcase_add_test(t, opens_without_its_database);
	suite_add_tcase(suite_all, t);
	t = tcase_create("lists");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, takes_a_list);
	tcase_add_test(t, an_older_list_is_left);
	tcase_add_test(t, a_second_list_of_one_number_is_proof);
	tcase_add_test(t, a_changed_list_is_damage);
	tcase_add_test(t, a_line_feed_makes_no_second_list);
	tcase_add_loop_test(t, bad_folders_change_nothing, 0,
	    (int)(sizeof(bad_folders) / sizeof(bad_folders[0])));
	tcase_add_test(t, other_roots_programs_and_futures);
	tcase_add_test(t, a_damaged_list_is_no_list);
	suite_add_tcase(suite_all, t);
	t = tcase_create("memory");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_highest_clock_stays);
	tcase_add_test(t, a_newer_list_forgives_the_clock);
	tcase_add_test(t, presentations_are_found);
	tcase_add_test(t, one_run_is_one_presentation);
	tcase_add_test(t, read_again_soon_is_one_visit);
	tcase_add_test(t, what_is_kept_is_no_name);
	suite_add_tcase(suite_all, t);
	return suite_all;
}

CHECK_MAIN(suite);
