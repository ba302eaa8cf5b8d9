/*
 * unlogged.h - proof that a center's key signed a letter outside its log, and
 * what of it stays at this post. docs/sync.md, "Letters outside the log".
 *
 * evidence/letter-NUMBER-<16 hex digits of the digest>.report is a report of
 * this post (ledger/gossip.h) with that one letter and the heads of its
 * center's logs as they were: number, digest and the center's own signature
 * over both, never a name. sello-audit takes it with --presentations. One file
 * a letter, however often it is found.
 *
 * Of a letter that is in the log, and not as its line says, these bytes prove
 * nothing; evidence/deed-... then only remembers that the letter itself does.
 */
#ifndef VERIFY_POST_UNLOGGED_H
#define VERIFY_POST_UNLOGGED_H

#include "base/local.h"
#include "verify/post/presentation.h"

/* What contradicts what. */
enum unlogged_how {
	UNLOGGED_ABSENT, /* the log should have it and does not */
	UNLOGGED_OTHER,  /* the log has another one under its number */
	UNLOGGED_DEED,   /* its line says something else than the letter */
};

struct unlogged {
	struct presentation p; /* time: of a file alone the day, in UTC */
	bool timed;            /* p.time is the moment */
	enum unlogged_how how;
	bool settled; /* unlogged_is_settled() */
	bool kept;    /* there is a file of it */
};

struct unlogged_list {
	struct unlogged *letter;
	size_t count, cap;
	size_t damaged;    /* files that prove nothing any more */
	char example[128]; /* the name of one of them */
};

/*
 * unlogged_keep - keep what is proven; that it cannot be kept changes no
 * verdict.
 *
 *   p      a letter with a good signature: anything else is not kept
 *   deed   UNLOGGED_DEED
 *   known  out: there was a good file of it before
 *   said   out: where it is now, and what else to keep; or that it is not kept
 */
void unlogged_keep(struct post *post, const struct presentation *p, bool deed,
    int64_t now, bool *known, struct errtext *said);

/* unlogged_is_settled - has the root custodian answered? The list then says
 * that the key counted no more when the letter was signed. */
bool unlogged_is_settled(const struct post *post, const struct presentation *p);

/*
 * unlogged_find - all that stands now: of what is kept, and of the letters
 * shown here. What an earlier look found and newer logs explain is left out.
 *
 *   out  unlogged_free() it; also after an error, with what was found
 */
enum err unlogged_find(struct post *post, int64_t now,
    struct unlogged_list *out, struct errtext *err);
void unlogged_free(struct unlogged_list *list);

/* unlogged_say - what is kept here and proven of letters with this number, in
 * words; untouched where nothing is. Not ERR_OK: not all could be looked at, and
 * nothing was found. */
enum err unlogged_say(struct post *post, const char *number, int64_t now,
    struct errtext *out, struct errtext *err);

/* unlogged_day - when it was shown: the day here, or of a file alone the one in
 * UTC, which is said. */
void unlogged_day(const struct unlogged *letter, char out[LOCAL_SIZE]);

/* unlogged_sentence - what is proven of a letter, with the time it was shown.
 */
void unlogged_sentence(
    const struct unlogged *letter, const char *at, struct errtext *out);

#endif
