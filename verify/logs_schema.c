/*
 * logs_schema.c - logs_schema.h.
 */
#include "verify/logs_schema.h"

#include "base/i18n.h"
#include "store/row.h"
#include "verify/post.h"

#include <string.h>

#define TABLES_1                                     \
	"CREATE TABLE log ("                         \
	" id INTEGER PRIMARY KEY,"                   \
	" center TEXT NOT NULL,"                     \
	" generation INTEGER NOT NULL,"              \
	" named_at INTEGER NOT NULL,"                \
	" size INTEGER NOT NULL DEFAULT 0,"          \
	" range BLOB,"                               \
	" root BLOB,"                                \
	" head BLOB,"                                \
	" as_of INTEGER NOT NULL DEFAULT 0,"         \
	" first_time INTEGER NOT NULL DEFAULT 0,"    \
	" last_time INTEGER NOT NULL DEFAULT 0,"     \
	" history TEXT,"                             \
	" conflict INTEGER NOT NULL DEFAULT 0,"      \
	" UNIQUE (center, generation)"               \
	") STRICT;"                                  \
	"CREATE TABLE letter ("                      \
	" key INTEGER PRIMARY KEY,"                  \
	" line INTEGER NOT NULL,"                    \
	" issued_at INTEGER NOT NULL,"               \
	" digest BLOB NOT NULL,"                     \
	" state INTEGER NOT NULL,"                   \
	" copies INTEGER NOT NULL"                   \
	") STRICT;"                                  \
	"CREATE TABLE gap ("                         \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" line INTEGER NOT NULL,"                    \
	" after INTEGER NOT NULL,"                   \
	" before INTEGER NOT NULL,"                  \
	" PRIMARY KEY (log, line)"                   \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE mark ("                        \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" at INTEGER NOT NULL,"                      \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" last_time INTEGER NOT NULL,"               \
	" kept INTEGER NOT NULL DEFAULT 0,"          \
	" PRIMARY KEY (log, at)"                     \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE proof ("                       \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" last_time INTEGER NOT NULL,"               \
	" PRIMARY KEY (log, size, root)"             \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE heard ("                       \
	" id INTEGER PRIMARY KEY,"                   \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" note BLOB NOT NULL,"                       \
	" source TEXT NOT NULL,"                     \
	" UNIQUE (log, size, root)"                  \
	") STRICT;"                                  \
	"CREATE TABLE seen ("                        \
	" number TEXT NOT NULL,"                     \
	" digest BLOB NOT NULL,"                     \
	" post TEXT NOT NULL,"                       \
	" day INTEGER NOT NULL,"                     \
	" issued_at INTEGER NOT NULL,"               \
	" elsewhere INTEGER NOT NULL,"               \
	" mismatch INTEGER NOT NULL,"                \
	" PRIMARY KEY (number, digest, post, day)"   \
	") STRICT, WITHOUT ROWID;"

/* 2: owners, spans and sums. The old tables are emptied and dropped by
 * logs_convert(), which knows the owners. */
#define SET_ASIDE_1                              \
	"ALTER TABLE log RENAME TO log_1;"       \
	"ALTER TABLE letter RENAME TO letter_1;" \
	"ALTER TABLE gap RENAME TO gap_1;"       \
	"ALTER TABLE mark RENAME TO mark_1;"     \
	"ALTER TABLE proof RENAME TO proof_1;"   \
	"ALTER TABLE heard RENAME TO heard_1;"   \
	"ALTER TABLE seen RENAME TO seen_1;"

/*
 * letter.key is log << 36 | year << 20 | sequence, so that letters of one log
 * are appended: pages stay full. letter.state is post_log_state() above
 * 31 bits of the row's sum. span says which numbers of a year a log holds,
 * without a gap between: a letter in it that is not found was lost here, not
 * left out there. gap also has the lines that put a wrong clock
 * right: time goes back there, from after to before. heard holds heads that are
 * still to be compared with the copy, proof the sizes and roots that a
 * revocation named and that were found in it.
 */
#define TABLES_2                                     \
	"CREATE TABLE log ("                         \
	" id INTEGER PRIMARY KEY,"                   \
	" center TEXT NOT NULL,"                     \
	" generation INTEGER NOT NULL,"              \
	" owner BLOB NOT NULL,"                      \
	" named_at INTEGER NOT NULL,"                \
	" size INTEGER NOT NULL DEFAULT 0,"          \
	" range BLOB,"                               \
	" root BLOB,"                                \
	" head BLOB,"                                \
	" as_of INTEGER NOT NULL DEFAULT 0,"         \
	" first_time INTEGER NOT NULL DEFAULT 0,"    \
	" last_time INTEGER NOT NULL DEFAULT 0,"     \
	" history TEXT,"                             \
	" conflict INTEGER NOT NULL DEFAULT 0,"      \
	" sum INTEGER NOT NULL DEFAULT 0,"           \
	" UNIQUE (center, generation)"               \
	") STRICT;"                                  \
	"CREATE TABLE letter ("                      \
	" key INTEGER PRIMARY KEY,"                  \
	" line INTEGER NOT NULL,"                    \
	" issued_at INTEGER NOT NULL,"               \
	" digest BLOB NOT NULL,"                     \
	" state INTEGER NOT NULL"                    \
	") STRICT;"                                  \
	"CREATE TABLE part ("                        \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" kind INTEGER NOT NULL,"                    \
	" place INTEGER NOT NULL,"                   \
	" first INTEGER NOT NULL,"                   \
	" last INTEGER NOT NULL,"                    \
	" PRIMARY KEY (log, kind, place)"            \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE mark ("                        \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" at INTEGER NOT NULL,"                      \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" last_time INTEGER NOT NULL,"               \
	" kept INTEGER NOT NULL DEFAULT 0,"          \
	" sum INTEGER NOT NULL,"                     \
	" PRIMARY KEY (log, at)"                     \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE proof ("                       \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" last_time INTEGER NOT NULL,"               \
	" sum INTEGER NOT NULL,"                     \
	" PRIMARY KEY (log, size, root)"             \
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE TABLE heard ("                       \
	" id INTEGER PRIMARY KEY,"                   \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" size INTEGER NOT NULL,"                    \
	" root BLOB NOT NULL,"                       \
	" note BLOB NOT NULL,"                       \
	" source TEXT NOT NULL,"                     \
	" sum INTEGER NOT NULL"                      \
	") STRICT;"                                  \
	"CREATE TABLE seen ("                        \
	" number TEXT NOT NULL,"                     \
	" digest BLOB NOT NULL,"                     \
	" post TEXT NOT NULL,"                       \
	" day INTEGER NOT NULL,"                     \
	" issued_at INTEGER NOT NULL,"               \
	" elsewhere INTEGER NOT NULL,"               \
	" mismatch INTEGER NOT NULL,"                \
	" sum INTEGER NOT NULL,"                     \
	" PRIMARY KEY (number, digest, post, day)"   \
	") STRICT, WITHOUT ROWID;"

/* 3: a second way to each letter shown elsewhere (reports.c) */
#define TABLES_3 "CREATE INDEX seen_digest ON seen (digest);"

/* 4: what a later log says of letters of earlier ones (log_words.h) */
#define TABLES_4                                     \
	"CREATE TABLE word ("                        \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" number INTEGER NOT NULL,"                  \
	" digest BLOB NOT NULL,"                     \
	" state INTEGER NOT NULL,"                   \
	" sum INTEGER NOT NULL,"                     \
	" PRIMARY KEY (log, number, digest)"         \
	") STRICT, WITHOUT ROWID;"

/* Of a copy without leaps: from letter to letter, as much as is known. What
 * lies between makes the true ones shorter, so nobody is accused by these. */
#define LEAPS_OF_LETTERS                                                     \
	"INSERT OR IGNORE INTO part (log, kind, place, first, last)"         \
	" SELECT id, " PART_LEAP ", 0, was, at FROM"                         \
	" (SELECT log.id AS id, was, at, max(at - was) FROM log JOIN"        \
	" (SELECT center, generation, at, lag(at) OVER"                      \
	" (PARTITION BY center ORDER BY generation, line) AS was FROM"       \
	" (SELECT center, generation, line, issued_at AS at"                 \
	" FROM letter JOIN log ON log.id = letter.key >> 36"                 \
	" WHERE issued_at <= last_time"                                      \
	" UNION ALL SELECT center, generation, -1, first_time FROM log"      \
	" WHERE size > 0"                                                    \
	" UNION ALL SELECT center, generation, size, last_time FROM log"     \
	" WHERE last_time > 0)) AS leap"                                     \
	" ON leap.center = log.center AND leap.generation <= log.generation" \
	" AND at > was GROUP BY log.id)"

/* 5: leaps; a sum that did not fit before does not do so after. */
#define LEAPS_5                                                             \
	"UPDATE log SET sum = 0 WHERE sum <> " LOG_SUM ";" LEAPS_OF_LETTERS \
	";"                                                                 \
	"UPDATE log SET sum = " LOG_SUM " WHERE sum <> 0;"

const char *const logs_schema[] = { TABLES_1, SET_ASIDE_1 TABLES_2, TABLES_3,
	TABLES_4, LEAPS_5, NULL };

void
logs_owner(const struct post *post, const struct trust_log *named,
    uint8_t out[POST_LOG_OWNER])
{
	memcpy(out, post->info.fingerprint, sizeof(post->info.fingerprint));
	memcpy(out + sizeof(post->info.fingerprint), named->log.key,
	    sizeof(named->log.key));
}

enum err
logs_seal(struct post_logs *logs, int64_t log, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    logs->store, "UPDATE log SET sum = " LOG_SUM " WHERE id = ?1", err);

	store_bind_int(stmt, 1, log);
	return store_run(logs->store, stmt, err);
}

/* --- what version 1 kept ----------------------------------------------------
 */

/* ?1: the log, ?2: its owner, ?3 and ?4: its letters' keys. */
static const char *const bring_over[] = {
	"INSERT INTO log (id, center, generation, owner, named_at, size, range,"
	" root, head, as_of, first_time, last_time, history, conflict)"
	" SELECT id, center, generation, ?2, named_at, size, range, root, head,"
	" as_of, first_time, last_time, history, conflict"
	" FROM log_1 WHERE id = ?1",
	"INSERT INTO letter (key, line, issued_at, digest, state)"
	" SELECT key, line, issued_at, digest, " LETTER_STATE_OF("?2", "key",
	    "line", "issued_at", "digest",
	    "(state | ((copies - 1) << 3))") " FROM letter_1 WHERE key >= ?3 AND key < ?4",
	"INSERT INTO part (log, kind, place, first, last)"
	" SELECT log, " PART_GAP ", line, after, before FROM gap_1"
	" WHERE log = ?1",
	"INSERT INTO part (log, kind, place, first, last)"
	" SELECT ?1, " PART_SPAN ", (key >> 20) & 65535, min(key & 1048575),"
	" max(key & 1048575) FROM letter WHERE key >= ?3 AND key < ?4"
	" GROUP BY (key >> 20) & 65535",
	"INSERT INTO mark (log, at, size, root, last_time, kept, sum)"
	" SELECT log, at, size, root, last_time, kept, " MARK_SUM_OF("log",
	    "at", "size", "root", "last_time",
	    "kept") " FROM mark_1 WHERE log = ?1",
	"INSERT INTO proof (log, size, root, last_time, sum)"
	" SELECT log, size, root, last_time, " PROOF_SUM_OF(
	    "log", "size", "root", "last_time") " FROM proof_1 WHERE log = ?1",
	"INSERT INTO heard (log, size, root, note, source, sum)"
	" SELECT log, size, root, note, source, " HEARD_SUM_OF("log", "size",
	    "root", "note", "source") " FROM heard_1 WHERE log = ?1",
};

static const char *const bring_over_all[] = {
	LEAPS_OF_LETTERS,
	"UPDATE log SET sum = " LOG_SUM,
	"INSERT INTO seen (number, digest, post, day, issued_at, elsewhere,"
	" mismatch, sum) SELECT number, digest, post, day, issued_at,"
	" elsewhere, mismatch, " SEEN_SUM_OF("number", "digest", "post", "day",
	    "issued_at", "elsewhere", "mismatch") " FROM seen_1",
	"DROP TABLE letter_1",
	"DROP TABLE gap_1",
	"DROP TABLE mark_1",
	"DROP TABLE proof_1",
	"DROP TABLE heard_1",
	"DROP TABLE seen_1",
	"DROP TABLE log_1",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum err
find_old(struct store *store, const char *center, unsigned generation,
    int64_t *id, bool *found, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id FROM log_1 WHERE center = ?1 AND generation = ?2", err);
	enum err rc;

	store_bind_text(stmt, 1, center);
	store_bind_int(stmt, 2, generation);
	if ((rc = row_next(store, stmt, "i", found, err)) == ERR_OK && *found) {
		*id = store_int(stmt, 0);
		row_done(stmt);
	}
	return rc;
}

static enum err
convert_log(struct post *post, struct store *store,
    const struct trust_center *center, const struct trust_log *named,
    struct errtext *err)
{
	uint8_t owner[POST_LOG_OWNER];
	int64_t id = 0;
	bool found;
	size_t i;
	enum err rc;

	rc = find_old(store, center->code, named->generation, &id, &found, err);
	if (rc != ERR_OK || !found)
		return rc;
	logs_owner(post, named, owner);
	for (i = 0; i < COUNT(bring_over) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(store, bring_over[i], err);
		int used = sqlite3_bind_parameter_count(stmt);

		if (used >= 1)
			store_bind_int(stmt, 1, id);
		if (used >= 2)
			store_bind_blob(stmt, 2, owner, sizeof(owner));
		if (used >= 3)
			store_bind_int(stmt, 3, post_log_key(id, 0, 0));
		if (used >= 4)
			store_bind_int(stmt, 4, post_log_key(id + 1, 0, 0));
		rc = store_run(store, stmt, err);
	}
	return rc;
}

static enum err
convert(struct post *post, struct store *store, struct errtext *err)
{
	const struct trust_list *list = post->list;
	enum err rc = store_check(store, err);
	int64_t logs = 0;
	size_t i, k;

	if (rc == ERR_OK)
		rc = row_number(store,
		    store_prepare(store, "SELECT count(*) FROM log_1", err),
		    &logs, err);
	if (rc == ERR_OK && logs > 0 && list == NULL)
		rc = err_set(err, ERR_CONFIG,
		    _("it was made by an older Sello and is brought up to date "
		      "as soon as this post has a list of centers"));

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count && rc == ERR_OK; k++)
			rc = convert_log(post, store, &list->centers[i],
			    &list->centers[i].logs[k], err);
	for (i = 0; i < COUNT(bring_over_all) && rc == ERR_OK; i++)
		rc = store_run(
		    store, store_prepare(store, bring_over_all[i], err), err);
	return rc;
}

static enum err
has_old(struct store *store, bool *old, struct errtext *err)
{
	int64_t count = 0;
	enum err rc = row_number(store,
	    store_prepare(store,
		"SELECT count(*) FROM sqlite_schema WHERE name = 'log_1'", err),
	    &count, err);

	*old = count != 0;
	return rc;
}

enum err
logs_convert(struct post *post, struct store *store, struct errtext *err)
{
	bool old = false;
	enum err rc = has_old(store, &old, err);

	if (rc != ERR_OK || !old)
		return rc;
	if ((rc = store_begin(store, err)) == ERR_OK &&
	    (rc = has_old(store, &old, err)) == ERR_OK && old &&
	    (rc = convert(post, store, err)) == ERR_OK)
		rc = store_commit(store, err);
	store_rollback(store);
	if (rc == ERR_OK) /* half of the file is empty now */
		(void)store_run(
		    store, store_prepare(store, "VACUUM", NULL), NULL);
	return rc;
}
