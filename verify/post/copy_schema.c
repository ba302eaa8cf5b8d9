/*
 * copy_schema.c - copy_schema.h.
 */
#include "verify/post/copy_schema.h"

#include "store/store.h"

/*
 * letter.key is log << 36 | year << 20 | sequence, so that letters of one log
 * are appended: pages stay full. letter.digest is post_log_pack(). A letter is
 * as its own line has it; word is what later lines say of it, and its own where
 * it is void (copy_words.h). A log with lines and without a history is stale
 * (log_stale.h). drafted is commitments.h: its rows cover all numbers of a log that
 * has letters, 2^bits from key on. span says which numbers of a year a log
 * holds, without a gap between: a letter in it that is not found was lost here,
 * not left out there. gap also has the lines that put a wrong clock right: time
 * goes back there, from after to before. heard holds heads that are still to be
 * compared with the copy, proof the sizes and roots that a revocation named and
 * that were found in it. seen has a second way to each letter (reports.c).
 */
#define TABLES                                       \
	"CREATE TABLE log ("                         \
	" id INTEGER PRIMARY KEY,"                   \
	" center TEXT NOT NULL,"                     \
	" generation INTEGER NOT NULL,"              \
	" owner BLOB NOT NULL,"                      \
	" seed BLOB NOT NULL,"                       \
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
	" sum INTEGER NOT NULL"                      \
	") STRICT;"                                  \
	"CREATE TABLE drafted ("                     \
	" key INTEGER PRIMARY KEY,"                  \
	" bits INTEGER NOT NULL,"                    \
	" count INTEGER NOT NULL,"                   \
	" numbers BLOB NOT NULL,"                    \
	" sum INTEGER NOT NULL"                      \
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
	") STRICT, WITHOUT ROWID;"                   \
	"CREATE INDEX seen_digest ON seen (digest);" \
	"CREATE TABLE word ("                        \
	" log INTEGER NOT NULL REFERENCES log (id)," \
	" number INTEGER NOT NULL,"                  \
	" line INTEGER NOT NULL,"                    \
	" digest BLOB NOT NULL,"                     \
	" state INTEGER NOT NULL,"                   \
	" sum INTEGER NOT NULL,"                     \
	" PRIMARY KEY (log, number, line)"           \
	") STRICT, WITHOUT ROWID;"

/* Versions 1 to 9 were of trials. */
const char *const copy_schema[] = { STORE_DROPPED, STORE_DROPPED, STORE_DROPPED,
	STORE_DROPPED, STORE_DROPPED, STORE_DROPPED, STORE_DROPPED,
	STORE_DROPPED, STORE_DROPPED, TABLES, NULL };
