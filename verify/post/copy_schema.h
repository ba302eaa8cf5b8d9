/*
 * copy_schema.h - the tables of home/logs.db, and the sums by which their
 * rows show that they are what was written (store/rowsum.h). A sum takes in the
 * log's owner: the program's root and the log's key. So a row of another
 * program, of another key or of another place fits nowhere.
 *
 * Inside copy_*.c only: all SQL of logs.db stands there.
 */
#ifndef VERIFY_POST_COPY_SCHEMA_H
#define VERIFY_POST_COPY_SCHEMA_H

#include "verify/post/logs.h"

#define COPY_APPLICATION_ID 0x53564c47u /* "SVLG" */

/* One version: a copy of another one is set aside and taken anew
 * (logs_mend.h). */
extern const char *const copy_schema[];

/* part.kind: a gap is a LOST restore at line `place`, from the time `first` to
 * the time `last`; a span is a year `place` with numbers `first` to `last`; a
 * leap, at `place` 0, is the longest from line to line (ledger/leap.h). */
#define PART_GAP  "1"
#define PART_SPAN "2"
#define PART_LEAP "3"

#define COPY_OWNER(log) "(SELECT owner FROM log WHERE log.id = " log ")"

#define PARTS_OF_LOG                                                \
	"(SELECT group_concat(kind || ' ' || place || ' ' || first" \
	" || ' ' || last) FROM (SELECT kind, place, first, last"    \
	" FROM part WHERE part.log = log.id ORDER BY kind, place))"
#define WORDS_OF_LOG                                                        \
	"(SELECT group_concat(number || ' ' || line || ' ' || hex(digest) " \
	"|| ' ' || state || ' ' || sum) FROM (SELECT number, line, digest," \
	" state, sum FROM word WHERE word.log = log.id"                     \
	" ORDER BY number, line))"

/*
 * Each over the columns of one row. A log's takes in its parts and words:
 * none can be lost.
 * Of a letter's 31 bits are kept: it is one a line of the log.
 */
#define LOG_SUM                                                              \
	"rowsum(log.owner, log.seed, log.id, log.center, log.generation,"    \
	" log.named_at, log.size, log.range, log.root, log.head,"            \
	" log.as_of, log.first_time, log.last_time, log.history,"            \
	" log.conflict, coalesce(" PARTS_OF_LOG " || coalesce(" WORDS_OF_LOG \
	", ''), " WORDS_OF_LOG "))"
#define LETTER_SUM_OF(owner, key, line, issued_at, digest)             \
	"(rowsum(" owner ", " key ", " line ", " issued_at ", " digest \
	") >> 33 & 2147483647)"
/* 1 where the row fits its sum */
#define LETTER_FITS(owner)                                                 \
	"(letter.sum = " LETTER_SUM_OF(owner, "letter.key", "letter.line", \
	    "letter.issued_at", "letter.digest") ")"
#define DRAFTED_SUM_OF(key, bits, count, numbers)                        \
	"rowsum(" COPY_OWNER(key " >> 40") ", " key ", " bits ", " count \
					   ", " numbers ")"
#define DRAFTED_SUM     \
	DRAFTED_SUM_OF( \
	    "drafted.key", "drafted.bits", "drafted.count", "drafted.numbers")
#define MARK_SUM_BY(owner, log, at, size, root, last_time, kept)            \
	"rowsum(" owner ", " log ", " at ", " size ", " root ", " last_time \
	", " kept ")"
#define MARK_SUM_OF(log, at, size, root, last_time, kept) \
	MARK_SUM_BY(COPY_OWNER(log), log, at, size, root, last_time, kept)
#define MARK_SUM                                                     \
	MARK_SUM_OF("mark.log", "mark.at", "mark.size", "mark.root", \
	    "mark.last_time", "mark.kept")
#define PROOF_SUM_OF(log, size, root, last_time)                              \
	"rowsum(" COPY_OWNER(log) ", " log ", " size ", " root ", " last_time \
				  ")"
#define PROOF_SUM \
	PROOF_SUM_OF("proof.log", "proof.size", "proof.root", "proof.last_time")
#define HEARD_SUM_BY(owner, log, size, root, note, source) \
	"rowsum(" owner ", " log ", " size ", " root ", " note ", " source ")"
#define HEARD_SUM_OF(log, size, root, note, source) \
	HEARD_SUM_BY(COPY_OWNER(log), log, size, root, note, source)
#define HEARD_SUM                                                           \
	HEARD_SUM_OF("heard.log", "heard.size", "heard.root", "heard.note", \
	    "heard.source")
#define WORD_SUM_BY(owner, log, number, line, digest, state)                  \
	"rowsum(" owner ", " log ", " number ", " line ", " digest ", " state \
	")"
#define WORD_SUM_OF(log, number, line, digest, state) \
	WORD_SUM_BY(COPY_OWNER(log), log, number, line, digest, state)
#define WORD_SUM                                                           \
	WORD_SUM_OF("word.log", "word.number", "word.line", "word.digest", \
	    "word.state")
#define SEEN_SUM_OF(number, digest, post, day, issued_at, elsewhere, mismatch) \
	"rowsum('seen', " number ", " digest ", " post ", " day ", " issued_at \
	", " elsewhere ", " mismatch ")"
#define SEEN_SUM                                                           \
	SEEN_SUM_OF("seen.number", "seen.digest", "seen.post", "seen.day", \
	    "seen.issued_at", "seen.elsewhere", "seen.mismatch")

#endif
