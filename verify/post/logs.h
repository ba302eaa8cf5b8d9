/*
 * logs.h - this post's own copy of the centers' logs, home/logs.db: of each
 * log its size, compact range and newest signed head, and of each letter in
 * it line, digest and what became of it; never more than was verified
 * (verify/post/log_accept.h). Some 59 bytes a line.
 *
 * What a verdict needs of each log stands in memory, letters are one look-up
 * each. While nothing is written, one reading transaction is held and renewed
 * once a second, which makes a look-up ten times as fast.
 */
#ifndef VERIFY_POST_LOGS_H
#define VERIFY_POST_LOGS_H

#include "ledger/deed.h"
#include "ledger/leap.h"
#include "letter/letter.h"
#include "log/tree.h"
#include "store/store.h"

struct history_letter;
struct post;
struct trust_list;
struct trust_log;

/*
 * Of a letter's digest, and of its commitment, the copy keeps so many bytes:
 * of a letter as it comes from here the rest is zeros. Two letters that look
 * alike in both are a matter of 2^104 tries, whoever makes them.
 *
 * Of its deed (ledger/deed.h) it keeps a hash over it and the copy's seed. Who
 * makes letters does not know that, so each try is shown to a post, and one in
 * 65,536 is right.
 */
#define POST_LOG_DIGEST     12
#define POST_LOG_DEED       2
#define POST_LOG_COMMITMENT 14
#define POST_LOG_KEPT       (POST_LOG_DIGEST + POST_LOG_DEED + POST_LOG_COMMITMENT)

/* Whose log a row is: the root's fingerprint and the log's public key. */
#define POST_LOG_OWNER 64

/* By what this copy tells commitments apart, and nobody else knows. */
#define POST_LOG_SEED 16

/* One log. size 0: named by a list, but never taken. */
struct post_log {
	int64_t id;
	uint8_t owner[POST_LOG_OWNER];
	uint8_t seed
	    [POST_LOG_SEED]; /* verify/post/commitments.h, post_log_pack() */
	char center[LETTER_CENTER_SIZE];
	unsigned generation;
	int64_t named_at; /* own clock, when a list first named it */
	uint64_t size;
	struct tree_hash root;
	/* the newest of the center's cosignatures that was not ahead of this
	 * computer's clock when it was taken */
	int64_t as_of;
	int64_t
	    signed_at; /* the same, but not lowered to what later logs show */
	int64_t first_time; /* of line 0 */
	int64_t last_time;  /* of the newest line that was not ahead either */
	int64_t conflict;   /* own clock, when a fork was found; 0: none */
	/* last_time lay after what a later log shows, and was lowered to that
	 */
	bool ran_ahead;
	struct leap leap; /* of the center's lines up to last_time */
	bool stale; /* its lines are to be taken anew (verify/post/log_stale.h)
		     */
};

/*
 * Where time does not simply run on: before is the line's own time, after that
 * of the line before it. Forward: records lost, at a restore LOST. Backward: a
 * clock line; letters before it that are dated after it were dated by a wrong
 * clock.
 */
struct post_log_gap {
	int64_t log; /* id */
	uint64_t line;
	int64_t after, before;
};

/* The numbers of one year in one log, none left out between them. */
struct post_log_span {
	int64_t log; /* id */
	int year;
	unsigned first, last;
};

struct post_logs {
	struct store *store; /* NULL: none, or not now, or lost */
	struct errtext problem;
	bool read_only;
	bool none;    /* this post never made one */
	bool lost;    /* there is one, and it cannot be used */
	enum err why; /* when lost; ERR_DATA: it is damaged; ERR_VERSION: of
		       * another version of Sello */
	size_t count, gap_count, span_count;
	size_t cap, gap_cap, span_cap;
	struct post_log *log; /* by center and generation */
	struct post_log_gap *gap;
	struct post_log_span *span;
	bool seen_elsewhere; /* other posts reported letters */
	bool reading;        /* in a transaction */
	int64_t read_at, version;
};

/* post_logs_open - fill post->logs; never fails, see problem. */
void post_logs_open(struct post *post);
/* post_logs_close - as before post_logs_open(). */
void post_logs_close(struct post_logs *logs);

/* post_log_amount - what is known of a log, as a number: its lines, and more
 * than any lines when it is known to contradict itself. */
#define POST_LOG_CONTRADICTED ((int64_t)1 << 48)
int64_t post_log_amount(const struct post_log *log);

/* post_logs_make - make home/logs.db where it is not there yet, and open it.
 * ERR_OK, ERR_DATA (damaged), ERR_IO, ERR_BUSY. */
enum err post_logs_make(struct post *post, struct errtext *err);

/*
 * post_logs_refresh - see what another program wrote meanwhile; cheap. False:
 * there is a copy and it cannot be looked at now, so nothing is known of what
 * it holds; problem says why. At once after post_logs_outdated(), else after a
 * second.
 */
bool post_logs_refresh(struct post_logs *logs);
void post_logs_outdated(struct post_logs *logs);

/* post_logs_name - remember since when each log of the list is named, and which
 * copies it makes stale. */
enum err post_logs_name(struct post *post, const struct trust_list *list,
    int64_t now, struct errtext *err);

/* post_logs_begin, post_logs_commit, post_logs_rollback - a change to the copy, as the store's.
 * After either end the logs in memory are what is on disk. */
enum err post_logs_begin(struct post_logs *logs, struct errtext *err);
enum err post_logs_commit(struct post_logs *logs, struct errtext *err);
void post_logs_rollback(struct post_logs *logs);

/* post_logs_owner - whose log it is that a list names: the owner of its row. */
void post_logs_owner(const struct post *post, const struct trust_log *named,
    uint8_t out[POST_LOG_OWNER]);

/* post_logs_find - NULL when there is no row. */
struct post_log *post_logs_find(
    const struct post_logs *logs, const char *center, unsigned generation);

/* post_log_is_of - is it a copy of the log that the list names, under this
 * post's root? */
bool post_log_is_of(const struct post_log *log, const struct post *post,
    const struct trust_log *named);

/* post_log_key - of a letter in the copy. */
int64_t post_log_key(int64_t log, int year, unsigned sequence);

/* post_log_is_letter - is the letter of the copy the one with this digest, and
 * with this commitment? NULL: any. Nothing else compares the two. */
bool post_log_is_letter(const struct history_letter *kept,
    const uint8_t *digest, const uint8_t *commitment);

/* post_log_pack, post_log_unpack - digest, deed and commitment as the copy
 * keeps them. */
void post_log_pack(const struct post_log *log,
    const struct history_letter *letter, uint8_t out[POST_LOG_KEPT]);
void post_log_unpack(
    const uint8_t kept[POST_LOG_KEPT], struct history_letter *out);

/* post_log_is_deed - was the letter of the copy made like this, as its line
 * says? */
bool post_log_is_deed(const struct post_log *log,
    const struct history_letter *kept, const uint8_t deed[DEED_SIZE]);

/*
 * post_log_letter - the letter with this number in one log, as its own line
 * has it (what became of it: copy_words.h); *found says whether there is one.
 * ERR_OK, ERR_DATA (its row was changed, or the log gave
 * the number and the row is gone), or the store's errors.
 */
enum err post_log_letter(struct post_logs *logs, const struct post_log *log,
    int year, unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err);

#endif
