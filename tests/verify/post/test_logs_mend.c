/*
 * test_logs_mend.c - own bytes are no proof: every column of every table of
 * logs.db is changed in ways that SQLite cannot see, every page in ways that
 * it can, and rows are lost. No honest letter turns red, sync accuses nobody,
 * status finds it, and a sync makes it good.
 */
#include "tests/verify/post/sample_log.h"

#include "store/rowsum.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "verify/post/copy_schema.h"
#include "verify/post/copy_shown.h"
#include "verify/post/evidence.h"
#include "verify/post/logs_mend.h"
#include "verify/post/records.h"
#include "verify/post/reports.h"

#include <sqlite3.h>

#define LETTERS 7 /* in the log when the copy is changed */

static struct sample_log s;
static struct bytes good;      /* logs.db as it was written */
static struct chronicle later; /* the center's second log */
static sqlite3 *db;

static const char *const tables[] = { "log", "letter", "part", "mark", "proof",
	"heard", "seen", "word", "drafted" };
#define TABLE_COUNT (sizeof(tables) / sizeof(tables[0]))

static void
close_post(void)
{
	post_free(&s.sample.post);
}

static void
open_post(void)
{
	struct errtext err = { 0 };

	ck_assert_msg(
	    post_open("post", &s.sample.post, &err) == ERR_OK, "%s", err.text);
}

/* A letter that another post reported. */
static void
put_seen(void)
{
	struct post_logs *logs = &s.sample.post->logs;
	uint8_t digest[32] = { 7 };
	sqlite3_stmt *stmt;

	ck_assert_int_eq(post_logs_begin(logs, NULL), ERR_OK);
	stmt = store_prepare(logs->store,
	    "INSERT INTO seen (number, digest, post, day, issued_at, elsewhere,"
	    " mismatch, sum) VALUES ('GTGUA01-2026-000001-L', ?1, 'ES-GTGUA/2',"
	    " 20000, 100, 0, 0, " SEEN_SUM_OF("'GTGUA01-2026-000001-L'", "?1",
		"'ES-GTGUA/2'", "20000", "100", "0", "0") ")",
	    NULL);
	store_bind_blob(stmt, 1, digest, sizeof(digest));
	ck_assert_int_eq(store_run(logs->store, stmt, NULL), ERR_OK);
	ck_assert_int_eq(post_logs_commit(logs, NULL), ERR_OK);
}

/* A head that is longer than the copy and waits to be compared. */
static void
put_heard(void)
{
	struct bytes note = { 0 };
	struct log_outcome outcome;

	chronicle_head(&s.log, s.log.size, s.sample.now, &note);
	log_accept_seen(
	    s.sample.post, note.at, note.len, "a post", s.sample.now, &outcome);
	ck_assert_msg(outcome.outcome == OUTCOME_SAME, "%s", outcome.text);
	bytes_free(&note);
}

/* The second log: letter 7 of the first one is withdrawn, and the fraud 9 that
 * nobody has. */
static void
begin_later(int year)
{
	chronicle_new(&later, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(&later, false, &s.row[1]);
	s.list.log_count = 2;
	chronicle_go_on(&later, s.begin + 200);
	chronicle_withdraw(&later, s.begin + 201, year, 7, "WITHDRAWN");
	chronicle_withdraw(&later, s.begin + 202, year, 9, "FRAUD");
	chronicle_publish(&later, PUB, later.size, s.sample.now - 60);
	sample_log_list(&s, PUB);
}

/* Letters: 1, 5 and 6 live, 2 replaced by 5, 3 withdrawn, 4 a fraud; 6 was
 * reprinted. A loss between 6 and 7. All tables have rows. */
static void
setup(void)
{
	int year;
	unsigned i;

	sample_log_new(&s);
	year = clock_year(s.begin);
	chronicle_found(&s.log, s.begin);
	for (i = 1; i <= 4; i++)
		chronicle_issue(&s.log, s.begin + 10 * i, i);
	chronicle_correct(&s.log, s.begin + 50, 5, year, 2);
	chronicle_withdraw(&s.log, s.begin + 51, year, 3, "WITHDRAWN");
	chronicle_withdraw(&s.log, s.begin + 52, year, 4, "FRAUD");
	chronicle_issue(&s.log, s.begin + 60, 6);
	chronicle_reprint(&s.log, s.begin + 61, year, 6, 2);
	chronicle_restore(&s.log, s.begin + 65, s.log.size, true);
	chronicle_issue(&s.log, s.begin + 70, 7);
	chronicle_close(&s.log, s.begin + 80);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 60);
	begin_later(year);
	SYNC(&s, PUB, 0);
	/* a revocation that rests on an early size */
	s.list.status = KEY_REVOKED;
	s.list.since = s.sample.now + 3600;
	s.list.has_evidence = true;
	s.list.evidence_size = SIZE(3);
	{
		struct tree_hash root;

		chronicle_root(&s.log, SIZE(3), &root);
		memcpy(s.list.evidence_root, root.at, sizeof(root.at));
	}
	sample_log_list(&s, PUB);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 50);
	SYNC(&s, PUB, 0);
	/* more, that is not in the copy yet: of letters that are */
	chronicle_withdraw(&s.log, s.begin + 90, year, 1, "WITHDRAWN");
	chronicle_reprint(&s.log, s.begin + 91, year, 6, 3);
	chronicle_issue(&s.log, s.begin + 92, 8);
	put_heard();
	put_seen();
	close_post();
	run("mkdir more && cp -r pub/trust.xml more/", NULL);
	chronicle_publish(&later, "more", later.size, s.sample.now - 40);
	chronicle_publish(&s.log, "more", s.log.size, s.sample.now - 40);
	ck_assert_int_eq(
	    file_read("post/logs.db", 1u << 30, &good, NULL), ERR_OK);
	open_post();
}

static void
teardown(void)
{
	bytes_free(&good);
	chronicle_free(&later);
	sample_log_free(&s);
}

static void
restore(void)
{
	close_post();
	run("rm -f post/logs.db*", NULL);
	run_put("post/logs.db", good.at, good.len);
}

/* --- what must hold ------------------------------------------------------ */

static const struct trust_center *
center(void)
{
	return trust_find_center(s.sample.post->list, "GTGUA01");
}

static void
ask(unsigned sequence, struct log_evidence *got)
{
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32], commitment[32], deed[DEED_SIZE];
	struct letter said = { .officer = CHRONICLE_DRAFTER,
		.approver = CHRONICLE_APPROVER };
	struct evidence_letter letter = { .number = number,
		.digest = digest,
		.commitment = commitment,
		.deed = deed,
		.supersedes = said.supersedes,
		.issued_at = s.begin + 10 * sequence,
		.key = &center()->keys[0] };

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	chronicle_digest(number, digest);
	chronicle_commit(digest, commitment);
	if (sequence == 5)
		chronicle_number(
		    &s.log, clock_year(s.begin), 2, said.supersedes);
	clock_format(letter.issued_at, said.issued_at);
	ck_assert_int_eq(deed_of_letter(&said, deed, NULL), ERR_OK);
	evidence_find(s.sample.post, center(), &letter, s.sample.now, got);
}

static const enum history_state states[LETTERS + 1] = { HISTORY_LIVE,
	HISTORY_LIVE, HISTORY_SUPERSEDED, HISTORY_WITHDRAWN, HISTORY_FRAUD,
	HISTORY_LIVE, HISTORY_LIVE, HISTORY_WITHDRAWN };

/* The letter that another post reported: is it known? False: it cannot be
 * looked up; never that it was not shown. */
static bool
expect_seen(const char *what)
{
	const uint8_t digest[32] = { 7 };
	struct copy_shown seen;
	bool found = false;
	enum err rc = reports_find(s.sample.post, "GTGUA01-2026-000001-L",
	    digest, &found, &seen, NULL);

	ck_assert_msg(rc != ERR_OK || found, "%s: green", what);
	return rc == ERR_OK;
}

/* Nothing that makes an honest letter red, and nothing that makes another one
 * green: what is said is true, or that the look failed (true). */
static bool
expect_no_lie(const char *what)
{
	struct log_evidence got;
	bool failed = false;
	unsigned i;

	for (i = 1; i <= LETTERS; i++) {
		ask(i, &got);
		failed |= got.failed;
		if (got.failed)
			continue;
		ck_assert_msg(!got.other_digest, "%s: %u other", what, i);
		ck_assert_msg(
		    got.state != LOG_ABSENT, "%s: %u absent", what, i);
		ck_assert_msg(got.state != LOG_INCLUDED ||
			got.letter == states[i] ||
			(i == 1 && got.letter == HISTORY_WITHDRAWN),
		    "%s: %u is %d", what, i, (int)got.letter);
		ck_assert_msg(!got.evidence_covers || got.evidence_holds,
		    "%s: %u covered, not held", what, i);
	}
	ask(9, &got); /* in no log that is here */
	failed |= got.failed;
	ck_assert_msg(got.failed || got.letter == HISTORY_FRAUD, "%s: 9 is %d",
	    what, (int)got.letter);
	return !expect_seen(what) || failed;
}

/* All is as it was, or better: the copy has what "more" brings. */
static void
expect_good(const char *what)
{
	struct errtext err = { 0 };
	struct log_evidence got;
	unsigned i;

	ck_assert_msg(post_logs_test(s.sample.post, &err) == ERR_OK, "%s: %s",
	    what, err.text);
	for (i = 1; i <= LETTERS; i++) {
		ask(i, &got);
		ck_assert_msg(!got.failed && got.state == LOG_INCLUDED,
		    "%s: %u", what, i);
		ck_assert_int_eq(
		    got.letter, i == 1 ? HISTORY_WITHDRAWN : states[i]);
	}
	ask(9, &got);
	ck_assert(got.letter == HISTORY_FRAUD);
}

static void
expect_mended(const char *what)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	sync_mend(s.sample.post, s.sample.now, &listener);
	ck_assert_msg(listener.status == 0, "%s: %s", what, s.text);
	ck_assert_msg(sample_log_sync(&s, "more") == 0, "%s: %s", what, s.text);
	expect_good(what);
}

/* harmless: nobody needs to be told. mend: also make it good. */
static void
try_copy(const char *what, bool harmless, bool mend)
{
	bool failed;

	open_post();
	failed = expect_no_lie(what);
	ck_assert_msg((harmless && !failed) ||
		post_logs_test(s.sample.post, NULL) != ERR_OK,
	    "%s: status does not see it", what);
	ck_assert_msg(
	    sample_log_sync(&s, "more") != 3, "%s: %s", what, s.proof);
	(void)expect_no_lie(what);
	if (mend)
		expect_mended(what);
}

/* --- one changed column -------------------------------------------------- */

static const char *const changes[] = {
	"UPDATE %s SET %s = %s + 1",
	"UPDATE %s SET %s = %s - 1000",
	"UPDATE %s SET %s = %s | 1048576",
	"UPDATE %s SET %s = %s + 4294967296",
	"UPDATE %s SET %s = 0 WHERE '%s' <> ''",
	"UPDATE %s SET %s = CAST(%s || 'A' AS BLOB)",
	"UPDATE %s SET %s = replace(%s, '1', '2')",
	"UPDATE %s SET %s = CAST(x'00' || substr(%s, 2) AS BLOB)",
	"UPDATE %s SET %s = zeroblob(length(%s))",
	"UPDATE %s SET %s = CASE WHEN length(%s) > 0 THEN NULL END",
};
#define CHANGE_COUNT (sizeof(changes) / sizeof(changes[0]))

static void
open_db(void)
{
	ck_assert_int_eq(sqlite3_open("post/logs.db", &db), SQLITE_OK);
}

static int64_t
number_of(const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;

	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

/* Changed bytes of the table, in words that SQL compares. */
static void
dump(const char *table, struct bytes *out)
{
	char sql[128];
	sqlite3_stmt *stmt = NULL;
	int i;

	bytes_reset(out);
	snprintf(sql, sizeof(sql), "SELECT * FROM %s", table);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		for (i = 0; i < sqlite3_column_count(stmt); i++) {
			bytes_addf(out, "|%d:", sqlite3_column_type(stmt, i));
			bytes_add(out, sqlite3_column_blob(stmt, i),
			    (size_t)sqlite3_column_bytes(stmt, i));
		}
	sqlite3_finalize(stmt);
}

/* Did it change anything? One row alone: the first or the last. */
static bool
change(const char *format, const char *table, const char *column, bool last)
{
	struct bytes before = { 0 }, after = { 0 };
	char sql[512], where[256] = "";
	bool changed;
	int rc;

	dump(table, &before);
	ck_assert_msg(before.len > 0, "%s is empty", table);
	snprintf(sql, sizeof(sql), format, table, column, column);
	if (strcmp(table, "letter") == 0)
		snprintf(where, sizeof(where),
		    "%s key = (SELECT %s(key) FROM letter)",
		    strstr(sql, "WHERE") != NULL ? " AND" : " WHERE",
		    last ? "max" : "min");
	strcat(sql, where);
	sqlite3_exec(db, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL);
	rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	dump(table, &after);
	changed = rc == SQLITE_OK && !bytes_equal(&before, &after);
	bytes_free(&before);
	bytes_free(&after);
	return changed;
}

/* Every column, as the table itself names them. */
static bool
column_name(const char *table, int n, char out[64])
{
	char sql[128];
	sqlite3_stmt *stmt = NULL;
	bool found;

	snprintf(sql, sizeof(sql),
	    "SELECT name FROM pragma_table_info('%s') WHERE cid = %d", table,
	    n);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	found = sqlite3_step(stmt) == SQLITE_ROW;
	if (found)
		snprintf(
		    out, 64, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return found;
}

/* Each change; AddressSanitizer sees one of a column. */
static void
try_column(const char *table, const char *column)
{
	const bool is_letter = strcmp(table, "letter") == 0;
	unsigned tried = 0;
	char what[256];
	size_t i;
	int last;

	for (i = 0; i < CHANGE_COUNT && (EACH == 1 || tried == 0); i++)
		for (last = 0; last < (is_letter ? 2 : 1); last++) {
			bool changed;

			restore();
			open_db();
			changed = change(changes[i], table, column, last != 0);
			sqlite3_close(db);
			snprintf(what, sizeof(what), "%s.%s, change %zu %d",
			    table, column, i, last);
			if (changed)
				try_copy(what,
				    strcmp(table, "heard") == 0 &&
					strcmp(column, "id") == 0,
				    tried == 0);
			else
				open_post();
			tried += changed;
		}
	ck_assert_msg(tried > 0, "%s.%s was never changed", table, column);
}

START_TEST(a_changed_column_accuses_nobody)
{
	const char *table = tables[_i];
	char column[64];
	int n;

	for (n = 0;; n++) {
		bool more;

		open_db();
		more = column_name(table, n, column);
		sqlite3_close(db);
		if (!more)
			break;
		try_column(table, column);
	}
	ck_assert_int_gt(n, 2);
}
END_TEST

START_TEST(no_table_is_left_out)
{
	open_db();
	ck_assert_int_eq(number_of("SELECT count(*) FROM sqlite_schema"
				   " WHERE type = 'table'"),
	    (int64_t)TABLE_COUNT);
	sqlite3_close(db);
}
END_TEST

/* --- lost rows, damaged pages -------------------------------------------- */

static const char *const losses[] = {
	"DELETE FROM letter WHERE key = (SELECT min(key) FROM letter)",
	"DELETE FROM letter WHERE key = (SELECT max(key) FROM letter)",
	"DELETE FROM letter",
	"DELETE FROM part WHERE kind = 1",
	"DELETE FROM part WHERE kind = 2",
	"UPDATE part SET kind = 3 - kind",
	"UPDATE letter SET key = key + 100",
	"UPDATE letter SET (line, issued_at, digest, sum) ="
	" (SELECT line, issued_at, digest, sum FROM letter AS other"
	" WHERE other.key = letter.key + 1) WHERE key ="
	" (SELECT min(key) FROM letter)",
	"UPDATE log SET conflict = 1",
	"DELETE FROM word",
	"UPDATE word SET number = number + 1",
	"UPDATE word SET line = line + 1",
	"DELETE FROM word WHERE line = (SELECT max(line) FROM word)",
	"UPDATE word SET digest = x''",
	"UPDATE log SET owner = zeroblob(64)",
	"DELETE FROM drafted",
	"UPDATE drafted SET key = key + (1 << 40)",
};

START_TEST(a_lost_row_accuses_nobody)
{
	restore();
	open_db();
	sqlite3_exec(db, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL);
	ck_assert_int_eq(
	    sqlite3_exec(db, losses[_i], NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_gt(sqlite3_changes(db), 0);
	sqlite3_close(db);
	try_copy(losses[_i], false, true);
}
END_TEST

/* Each page in turn: zeros, and bytes that look like nothing. */
START_TEST(a_damaged_page_accuses_nobody)
{
	const size_t page = 4096;
	struct bytes file = { 0 };
	size_t at, i;
	char what[64];

	for (at = (size_t)_i % EACH * page; at + page <= good.len;
	     at += EACH * page) {
		restore();
		bytes_reset(&file);
		bytes_add(&file, good.at, good.len);
		for (i = 0; i < page; i++)
			file.at[at + i] = _i == 0 ? 0
			    : _i == 1             ? (uint8_t)(i * 167 + 13)
						  : 0xff;
		run_put("post/logs.db", file.at, file.len);
		snprintf(what, sizeof(what), "page %zu", at / page + 1);
		try_copy(what, false, true);
	}
	bytes_free(&file);
}
END_TEST

/* The number of the letter shown elsewhere stands in its row and in an index:
 * wherever it is changed, the letter is known, and stays so when mended. */
START_TEST(a_letter_shown_elsewhere_stays_known)
{
	static const char number[] = "GTGUA01-2026-000001-L";
	const size_t len = sizeof(number) - 1;
	struct sync_listener listener = { sample_log_event, &s, 0 };
	struct bytes file = { 0 };
	unsigned places = 0;
	size_t at;

	for (at = 0; at + len <= good.len; at++) {
		if (memcmp(good.at + at, number, len) != 0)
			continue;
		places++;
		restore();
		bytes_reset(&file);
		bytes_add(&file, good.at, good.len);
		file.at[at + 3] ^= 1;
		run_put("post/logs.db", file.at, file.len);
		open_post();
		ck_assert(expect_seen("changed"));
		sync_mend(s.sample.post, s.sample.now, &listener);
		ck_assert(expect_seen("mended"));
		ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	}
	ck_assert_uint_ge(places, 2);
	bytes_free(&file);
}
END_TEST

/* One bit, anywhere in the file. What nobody reads may change unnoticed; what
 * is said is true all the same. */
START_TEST(a_flipped_bit_accuses_nobody)
{
	/* prime: no page is met at one place only */
	const size_t step = 397 * EACH;
	struct bytes file = { 0 };
	char what[64];
	size_t at;

	for (at = 16 + (size_t)_i * 131; at < good.len; at += step) {
		restore();
		bytes_reset(&file);
		bytes_add(&file, good.at, good.len);
		file.at[at] ^= (uint8_t)(1u << (at % 8));
		run_put("post/logs.db", file.at, file.len);
		snprintf(what, sizeof(what), "bit %zu of byte %zu", at % 8, at);
		try_copy(what, true, false);
	}
	bytes_free(&file);
}
END_TEST

/* --- another root, another key ------------------------------------------- */

/* The list names another key for the same log. Until it is synced nothing is
 * said; then the old copy is gone and the other one is taken. */
START_TEST(another_key_under_the_same_name)
{
	struct chronicle other;
	struct log_evidence got;

	chronicle_new(&other, "GTGUA01", 1, s.sample.key);
	chronicle_trust_log(&other, false, &s.row[0]);
	s.list.has_evidence = false;
	s.list.status = KEY_ACTIVE;
	sample_log_list(&s, "changed");
	chronicle_found(&other, s.begin);
	chronicle_issue(&other, s.begin + 10, 1);
	chronicle_close(&other, s.begin + 100);
	run("cp changed/trust.xml post/trust.xml", NULL);
	sample_log_reopen(&s);
	ask(3, &got);
	ck_assert(got.failed && got.state == LOG_UNKNOWN);
	chronicle_publish(&other, "changed", other.size, s.sample.now - 30);
	SYNC(&s, "changed", 0);
	ask(1, &got);
	ck_assert(!got.failed && got.state == LOG_INCLUDED);
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	chronicle_free(&other);
}
END_TEST

/* --- copies of another version ------------------------------------------- */

static void
set_version(int version)
{
	char sql[48];

	restore();
	snprintf(sql, sizeof(sql), "PRAGMA user_version=%d", version);
	open_db();
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* An older one, and a newer one after a step back: neither is taken for one's
 * own, neither is destroyed, what protects is kept, and one sync is all that it
 * takes. */
START_TEST(a_copy_of_another_version)
{
	static const int versions[] = { 1, 9, 11, 99 };
	static const char *const stay[] = { "SELECT count(*) FROM mark",
		"SELECT count(*) FROM heard", "SELECT count(*) FROM seen" };
	struct log_evidence got;
	struct errtext why = { 0 };
	size_t i;

	set_version(versions[_i]);
	open_post();
	ck_assert(s.sample.post->logs.lost);
	ask(1, &got);
	ck_assert(got.failed);
	ck_assert_int_eq(post_logs_test(s.sample.post, &why), ERR_VERSION);
	ck_assert_msg(strstr(why.text, "another version of Sello") != NULL,
	    "%s", why.text);
	{
		struct sync_listener listener = { sample_log_event, &s, 0 };

		sync_mend(s.sample.post, s.sample.now, &listener);
		ck_assert_int_eq(listener.status, 0);
		ck_assert_msg(strstr(s.text, "another version of Sello") &&
			strstr(s.text, "post/logs.db.damaged"),
		    "%s", s.text);
		ck_assert_ptr_null(strstr(s.text, "disk is failing"));
	}
	ask(4, &got);
	ck_assert(got.state == LOG_PENDING);
	open_db();
	for (i = 0; i < sizeof(stay) / sizeof(stay[0]); i++)
		ck_assert_int_gt(number_of(stay[i]), 0);
	sqlite3_close(db);
	SYNC(&s, "more", 0);
	expect_good("afterwards");
	ck_assert_int_eq(sqlite3_open("post/logs.db.damaged", &db), SQLITE_OK);
	ck_assert_int_eq(number_of("PRAGMA user_version"), versions[_i]);
	ck_assert_int_gt(number_of("SELECT count(*) FROM letter"), 0);
	sqlite3_close(db);
}
END_TEST

/* --- what stays ---------------------------------------------------------- */

/* After damage of the letters the accepted head still binds the center. */
START_TEST(a_mended_copy_remembers_its_head)
{
	struct chronicle *log = &s.log;

	restore();
	open_db();
	sqlite3_exec(db, "DELETE FROM letter", NULL, NULL, NULL);
	sqlite3_close(db);
	open_post();
	/* the center rewrites its lines in the meantime */
	chronicle_cut(log, SIZE(2));
	chronicle_grow(log, s.begin + 30, 3, 20);
	run("rm -rf more/log", NULL);
	chronicle_publish(log, "more", log->size, s.sample.now - 30);
	{
		struct sync_listener listener = { sample_log_event, &s, 0 };

		sync_mend(s.sample.post, s.sample.now, &listener);
		ck_assert_msg(strstr(s.text, "1 of 2") != NULL, "%s", s.text);
	}
	ck_assert_int_eq(sample_log_sync(&s, "more"), 3);
}
END_TEST

/* The copy's evidence from before a revocation may be of more lines than a copy
 * that is taken anew has: what these lack is nowhere lacking. */
static void
expect_no_evidence_against(const char *what)
{
	struct log_evidence got;
	unsigned i;

	for (i = 1; i <= LETTERS; i++) {
		ask(i, &got);
		ck_assert_msg(!got.evidence_covers || got.evidence_holds,
		    "%s: %u is covered, not held", what, i);
	}
}

START_TEST(a_copy_taken_anew_has_its_evidence)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };
	struct log_evidence got;
	unsigned i;

	restore();
	open_db();
	sqlite3_exec(db, "DELETE FROM letter", NULL, NULL, NULL);
	sqlite3_close(db);
	open_post();
	sync_mend(s.sample.post, s.sample.now, &listener);
	expect_no_evidence_against("mended");
	/* an old stick comes first: letters 1 to 4 */
	run("mkdir part && cp pub/trust.xml part/", NULL);
	chronicle_publish(&s.log, "part", SIZE(4), s.sample.now - CLOCK_DAY);
	sample_log_sync_at(&s, "part", s.sample.now + 10);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, SIZE(4));
	expect_no_evidence_against("an old stick");
	for (i = 1; i < 4; i++) {
		ask(i, &got);
		ck_assert(got.evidence_covers && got.evidence_holds);
	}
	/* the key was stolen between that and the newest one */
	s.list.since = s.sample.now + 15;
	sample_log_list(&s, "more");
	sample_log_sync_at(&s, "more", s.sample.now + 20);
	expect_no_evidence_against("the newest stick");
	for (i = 1; i <= LETTERS; i++) {
		ask(i, &got);
		ck_assert_msg(got.evidence_covers && got.evidence_holds,
		    "%u is not held", i);
	}
}
END_TEST

/* A head from elsewhere that does not fit a mark of before: without a signed
 * head of its own the post has no proof, until the records are here again. */
START_TEST(a_mended_copy_proves_nothing_alone)
{
	struct chronicle *log = &s.log;
	struct bytes note = { 0 };
	struct log_outcome outcome;

	restore();
	open_db();
	sqlite3_exec(db,
	    "DELETE FROM letter; UPDATE log SET head = zeroblob(9)", NULL, NULL,
	    NULL);
	sqlite3_close(db);
	open_post();
	{
		struct sync_listener listener = { sample_log_event, &s, 0 };

		sync_mend(s.sample.post, s.sample.now, &listener);
	}
	open_db();
	chronicle_cut(log, 3);
	while (log->size < (uint64_t)number_of("SELECT max(size) FROM mark"))
		chronicle_close(log, s.begin + 100 + (int64_t)log->size);
	sqlite3_close(db);
	chronicle_head(log, log->size, s.sample.now, &note);
	log_accept_seen(
	    s.sample.post, note.at, note.len, "a post", s.sample.now, &outcome);
	ck_assert_msg(outcome.outcome == OUTCOME_SAME, "%s", outcome.text);
	ck_assert_int_eq(sample_log_sync(&s, "more"), 3);
	ck_assert_msg(strstr(s.proof, "a post") != NULL, "%s", s.proof);
	bytes_free(&note);
}
END_TEST

/* What is whole stays, whatever else is damaged. */
START_TEST(whole_records_are_brought_over)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };
	struct log_evidence got;

	restore();
	open_db();
	ck_assert_int_eq(sqlite3_exec(db, "UPDATE seen SET digest = x'00'",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	/* a counter goes on with the old file, and holds its index */
	ck_assert_int_eq(sqlite3_exec(db, "BEGIN; SELECT count(*) FROM seen",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	open_post();
	sync_mend(s.sample.post, s.sample.now, &listener);
	ck_assert(file_exists("post/logs.db.damaged-shm"));
	sqlite3_close(db);
	ck_assert_msg(strstr(s.text, "2 of 2") != NULL, "%s", s.text);
	ck_assert(file_exists("post/logs.db.damaged"));
	ask(4, &got);
	ck_assert(!got.failed && got.letter == HISTORY_FRAUD);
	ask(1, &got);
	ck_assert(got.evidence_covers && got.evidence_holds);
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	SYNC(&s, "more", 0);
	expect_good("afterwards");
}
END_TEST

/* --- what was known once ------------------------------------------------- */

static int
mend(void)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	sync_mend(s.sample.post, s.sample.now, &listener);
	return listener.status;
}

static int
settle(void)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	sync_settle(s.sample.post, &listener);
	return listener.status;
}

static int64_t
records_of(const char *what)
{
	char sql[64];
	int64_t sum;

	snprintf(sql, sizeof(sql), "SELECT total(%s) FROM record", what);
	ck_assert_int_eq(sqlite3_open("post/post.db", &db), SQLITE_OK);
	sum = number_of(sql);
	sqlite3_close(db);
	return sum;
}

/* The copy, as it was after a sync with "more"; then damaged where the file
 * alone does not show it. */
static void
damaged_later(const char *damage)
{
	restore();
	open_post();
	SYNC(&s, "more", 0);
	ck_assert_int_eq(settle(), 0);
	close_post();
	open_db();
	ck_assert_int_eq(sqlite3_exec(db, damage, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	open_post();
}

/* A copy that cannot be made anew: 0: nor set aside; 1: it is, and then no new
 * one can be written. Nothing is known then, and nothing forgotten. */
START_TEST(a_copy_that_cannot_be_made_anew)
{
	struct log_evidence got;

	damaged_later("UPDATE seen SET mismatch = 1 - mismatch");
	ck_assert_int_eq(
	    run(_i == 0 ? "mkdir post/logs.db.damaged; for n in $(seq 2 99); "
			  "do mkdir post/logs.db.damaged-$n; done"
			: "mkdir post/logs.db-journal",
		NULL),
	    0);
	ck_assert_int_eq(mend(), 2);
	if (_i == 1) {
		ask(1, &got);
		ck_assert(got.failed);
		ck_assert_int_eq(sample_log_sync(&s, "more"), 2);
		close_post();
		ck_assert(!file_exists("post/logs.db"));
		open_post();
		ask(1, &got);
		ck_assert(got.failed);
	}
	ck_assert_int_eq(settle(), 0);
	ck_assert(records_are_any(s.sample.post));
	ck_assert_int_eq(run("rm -r post/logs.db-journal "
			     "post/logs.db.damaged-*; true",
			     NULL),
	    0);
	if (_i == 0)
		ck_assert_int_eq(run("rmdir post/logs.db.damaged", NULL), 0);
	ck_assert_int_eq(mend(), 0);
	ck_assert_msg(strstr(s.text, "2 of 2") != NULL, "%s", s.text);
	ck_assert_int_eq(settle(), 0);
	expect_good("afterwards");
	(void)expect_seen("afterwards");
}
END_TEST

/* Less is brought over than was known: it is said until as much is here again
 * (0), or newer records, which may be fewer (1). */
START_TEST(what_is_lost_is_not_forgotten)
{
	struct log_evidence got;

	damaged_later("DELETE FROM letter WHERE line = 4");
	ck_assert_int_eq(mend(), 0);
	ck_assert_int_eq(settle(), 1);
	sample_log_reopen(&s);
	SYNC(&s, PUB, 0); /* an older stick */
	ck_assert_int_eq(settle(), 1);
	sample_log_reopen(&s);
	ck_assert_int_eq(settle(), 1);
	ask(7, &got);
	ck_assert(got.state == LOG_INCLUDED && got.behind);
	ask(2, &got);
	ck_assert(got.letter == HISTORY_SUPERSEDED && got.behind);
	if (_i == 0)
		SYNC(&s, "more", 0);
	else {
		chronicle_publish(&later, PUB, later.size, s.sample.now + 1000);
		chronicle_publish(
		    &s.log, PUB, s.log.size - 1, s.sample.now + 1000);
		ck_assert_int_eq(
		    sample_log_sync_at(&s, PUB, s.sample.now + 1000), 0);
	}
	ask(7, &got);
	ck_assert(got.state == LOG_INCLUDED && !got.behind);
	ck_assert_int_eq(settle(), 0);
	sample_log_reopen(&s);
	ck_assert_int_eq(records_of("lost"), 0);
	ck_assert_int_eq(settle(), 0);
}
END_TEST

/* A closed log that was taken anew up to its end, or dropped, has fewer lines
 * and lost none. */
START_TEST(fewer_lines_are_no_loss)
{
	int64_t before;

	restore();
	open_post();
	SYNC(&s, "more", 0);
	ck_assert_int_eq(settle(), 0);
	before = records_of("taken");
	chronicle_cut(&s.log, s.log.size - 2);
	chronicle_trust_log(&s.log, true, &s.row[0]);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 45);
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	sample_log_reopen(&s); /* another program, before the sync ends */
	ck_assert(!s.sample.post->logs.lost);
	ck_assert_int_eq(records_of("taken"), before - 2);
	ck_assert_int_eq(settle(), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("logs_mend");
	TCase *t = tcase_create("damage");

	tcase_add_test(t, no_table_is_left_out);
	tcase_add_loop_test(
	    t, a_changed_column_accuses_nobody, 0, (int)TABLE_COUNT);
	tcase_add_loop_test(t, a_lost_row_accuses_nobody, 0,
	    (int)(sizeof(losses) / sizeof(losses[0])));
	tcase_add_loop_test(t, a_damaged_page_accuses_nobody, 0, 3);
	tcase_add_loop_test(t, a_flipped_bit_accuses_nobody, 0, 3);
	tcase_add_test(t, a_letter_shown_elsewhere_stays_known);
	tcase_add_test(t, another_key_under_the_same_name);
	tcase_add_loop_test(t, a_copy_of_another_version, 0, 4);
	tcase_add_test(t, a_mended_copy_remembers_its_head);
	tcase_add_test(t, a_copy_taken_anew_has_its_evidence);
	tcase_add_test(t, a_mended_copy_proves_nothing_alone);
	tcase_add_test(t, whole_records_are_brought_over);
	tcase_add_loop_test(t, a_copy_that_cannot_be_made_anew, 0, 2);
	tcase_add_loop_test(t, what_is_lost_is_not_forgotten, 0, 2);
	tcase_add_test(t, fewer_lines_are_no_loss);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 300);
	suite_add_tcase(su, t);
	return su;
}

CHECK_MAIN(suite);
