/*
 * reports.h - what posts tell each other (ledger/gossip.h): letters shown,
 * by number and digest, and signed heads of logs. Making this post's own
 * report, and taking those of others.
 */
#ifndef VERIFY_POST_REPORTS_H
#define VERIFY_POST_REPORTS_H

#include "base/bytes.h"
#include "letter/dsig.h"

#include <stdbool.h>
#include <stdint.h>

struct post;
struct copy_shown;
struct sync_listener;
struct report_made {
	size_t seen, seen_left;   /* lines told, and left out for room: one for
				   * each day of a letter */
	size_t letters;           /* letters in those told: each once */
	size_t damaged;           /* records that prove nothing any more */
	size_t heads, heads_left; /* heads likewise */
};

/*
 * reports_make - this post's report, signed: newest presentations first, each
 * with what proves it, and the newest head of each log with this post's
 * cosignature, within NOTE_MAX. A damaged record is told to nobody.
 *
 *   out  appended to
 */
enum err reports_make(struct post *post, int64_t now, struct bytes *out,
    struct report_made *made, struct errtext *err);

/* reports_may_be - has it the form of a report or a signed head, good or not?
 */
bool reports_may_be(const struct bytes *file);

/*
 * reports_import - a report of another post, or a bare signed head. Letters of
 * a listed post are kept with its name; heads count by the log's own
 * signature, whoever brings them. Everything goes to the listener.
 */
void reports_import(struct post *post, const char *source,
    const struct bytes *file, int64_t now, struct sync_listener *listener);

/*
 * reports_find - was this letter shown at another post? The first time.
 *
 *   found  out; with it out is set. Written on ERR_OK, as only that answers
 *
 * ERR_DATA, ERR_BUSY, ERR_IO.
 */
enum err reports_find(struct post *post, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err);

#endif
