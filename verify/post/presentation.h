/*
 * presentation.h - letters shown at this post: number, digest, time, never a
 * name. docs/verdicts.md says why the number is kept as it is.
 *
 * Each is kept with key name and r | s of the letter, which prove that the
 * center signed number and digest (ledger/shown.h), and with a sum over all of
 * it, which shows what a bad disk did to the rest. Bytes that do not prove
 * themselves accuse nobody and are told to nobody.
 */
#ifndef VERIFY_POST_PRESENTATION_H
#define VERIFY_POST_PRESENTATION_H

#include "verify/post/post.h"

struct presentation {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[DSIG_DIGEST_SIZE];
	int64_t issued_at;
	int64_t time;
	int64_t moment;     /* of this reading, by clock_moment(); not kept */
	const char *answer; /* "match" "mismatch" "none"; NULL: not asked */
	bool elsewhere;     /* addressed to another consulate */
	/* of the letter; "": not known, nor the signature */
	char key_name[DSIG_KEY_NAME_SIZE];
	uint8_t signature[DSIG_SIGNATURE_SIZE];
};

/*
 * Which presentations count. The file, the paper and the photo of one letter
 * in one command are one visit; at a counter, where one run lasts all day, so
 * is what is read again soon: people read twice to be sure.
 */
enum presented_when {
	PRESENTED_EVER,        /* all of them */
	PRESENTED_OTHER_RUN,   /* none that this run kept */
	PRESENTED_OTHER_VISIT, /* none that it kept up to PRESENTED_VISIT ago */
};

#define PRESENTED_VISIT 600 /* seconds from the first reading */

/* What a look found. */
struct presented {
	bool before;
	int64_t at;    /* the first time, when before; 0: not known any more */
	bool again;    /* this run kept this visit already */
	bool mismatch; /* once, another person's than the ID document's */
	int64_t visit; /* this visit as this run keeps it, for
			* presentation_answer(); 0: it does not */
};

/*
 * presentation_find - was this letter shown before?
 *
 *   p    number and digest, and of the letter's own signature what is known:
 *        it recognizes a row of this letter that was damaged
 *   out  written on ERR_OK
 *
 * Only ERR_OK answers. ERR_DATA (damaged, perhaps a row of this letter),
 * ERR_BUSY, ERR_IO, ERR_MEMORY.
 */
enum err presentation_find(struct post *post, const struct presentation *p,
    enum presented_when which, struct presented *out, struct errtext *err);

/*
 * presentation_record - the same look, and the letter kept, as one act: of two
 * counters with one letter exactly one is the first. Waits some seconds for
 * others. But with PRESENTED_EVER a visit is kept once.
 *
 * On any error, which are those of presentation_find(), nothing was kept.
 */
enum err presentation_record(struct post *post, const struct presentation *p,
    enum presented_when which, struct presented *out, struct errtext *err);

/*
 * presentation_answer - what the identity document said, for a visit that this
 * run keeps: asked after the letter was judged. The last answer counts.
 *
 *   visit   from struct presented
 *   answer  as in struct presentation, not NULL
 *
 * ERR_NOT_FOUND: this run keeps no such visit. ERR_DATA (the record is
 * damaged), ERR_BUSY, ERR_IO, ERR_MEMORY: the record is as it was.
 */
enum err presentation_answer(
    struct post *post, int64_t visit, const char *answer, struct errtext *err);

/* --- all of them ------------------------------------------------------ */

struct presentation_row {
	struct presentation p;
	bool sound;  /* as it was written, by its sum */
	bool summed; /* those of an earlier version are not */
	bool aside;  /* what was left of a damaged one: shown_mend.h */
};

/* What a row is worth. */
enum presentation_worth {
	PRESENTATION_PROVEN,   /* by a key of this post's list */
	PRESENTATION_UNPROVEN, /* no signature was kept, or its key is unknown
				*/
	PRESENTATION_ASIDE,    /* what was left of a damaged one */
	PRESENTATION_DAMAGED,  /* not what was written, or was never signed */
};

/* presentation_worth - takes the time of a signature. ERR_OK, ERR_MEMORY. */
enum err presentation_worth(const struct post *post,
    const struct presentation_row *row, enum presentation_worth *out,
    struct errtext *err);

/* In which order: the oldest of each letter first, or the newest day. */
enum presentation_order { BY_LETTER, BY_DAY };

/*
 * presentation_each - all of them to visit(), which may stop it with an error.
 * Rows that cannot be read as one are given too, not sound.
 */
enum err presentation_each(struct post *post, enum presentation_order order,
    enum err (*visit)(
	void *ctx, const struct presentation_row *row, struct errtext *err),
    void *ctx, struct errtext *err);

/*
 * presentation_since - the same for those that were shown from then on, by any
 * counter with this database, the newest first.
 */
enum err presentation_since(struct post *post, int64_t then,
    enum err (*visit)(
	void *ctx, const struct presentation_row *row, struct errtext *err),
    void *ctx, struct errtext *err);

struct presentation_counts {
	uint64_t all, unproven, damaged;
	uint64_t letters; /* that an export would tell: each once */
};

/* presentation_test - read every page and every row. ERR_OK also with damaged
 * rows; ERR_DATA when the database itself is damaged. */
enum err presentation_test(
    struct post *post, struct presentation_counts *out, struct errtext *err);

/* --- inside presentation*.c ------------------------------------------- */

/* What presentation_read() reads, from column 0 on. */
#define PRESENTATION_COLUMNS                                                  \
	"number, digest, issued_at, time, post, answer, elsewhere, key_name," \
	" signature, sum"
void presentation_read(sqlite3_stmt *stmt, struct presentation_row *out);

/* presentation_word - the one of the three words that is this one; NULL:
 * none. */
const char *presentation_word(const char *answer);

/* The post of a row whose post is not known. */
#define PRESENTATION_NO_POST ""

/* presentation_put - one more row, of that post. */
enum err presentation_put(struct store *store, const struct presentation *p,
    const char *post, struct errtext *err);

/* presentation_sum - SHA-256 over all that is kept. False: no memory. */
bool presentation_sum(
    const struct presentation *p, const char *post, uint8_t out[32]);

#endif
