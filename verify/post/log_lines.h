/*
 * log_lines.h - the new lines of a log, one after the other, into the copy:
 * form, rules (ledger/history.h), signatures of the center and of the persons
 * who act, then the index of letters. Runs inside a transaction of post->logs;
 * whoever began it commits or gives up.
 *
 * Signatures are checked on several threads (ledger/pool.h) while the lines
 * that follow are entered; of the letters only commitments are in memory, as far as
 * they were asked for (verify/post/commitments.h).
 */
#ifndef VERIFY_POST_LOG_LINES_H
#define VERIFY_POST_LOG_LINES_H

#include "base/progress.h"
#include "log/read.h"
#include "verify/post/post.h"

struct history;
struct log_lines; /* opaque */

/*
 * log_lines_new - ready for the lines that follow those of the copy.
 *
 *   log    the log's row, of center
 *   total  new lines
 *   now    this computer's clock: later lines are taken, their time is not
 *          believed
 *
 * Returns ERR_OK, ERR_CONFIG (the own copy is damaged), ERR_MEMORY, and the
 * store's errors.
 */
enum err log_lines_new(struct post *post, const struct trust_center *center,
    const struct post_log *log, uint64_t total, int64_t now,
    struct log_lines **out, struct errtext *err);
/* log_lines_free - ends the threads too; takes NULL. */
void log_lines_free(struct log_lines **lines);

/* log_lines_visitor - for log_read(). */
struct log_visitor log_lines_visitor(struct log_lines *lines);

/*
 * log_lines_end - wait for the signatures and take what is left; also after an
 * error, for a line before it may be wrong, which is told first. The log's row
 * is to be sealed after it (copy_log_seal()).
 *
 *   read  what log_read() returned, with err
 *
 * Errors, also of the visitor: ERR_ISSUER (a key that the list
 * does not name for this center), ERR_VERSION, ERR_DATA, ERR_SIGNATURE,
 * ERR_STALE (what a newer list may explain), ERR_CONFIG (the own copy is
 * damaged), ERR_MEMORY, the store's.
 */
enum err log_lines_end(
    struct log_lines *lines, enum err read, struct errtext *err);

/* log_lines_proof - was the error that a line is wrong, and so the center's
 * doing, not one of the copy or of this computer? */
bool log_lines_proof(const struct log_lines *lines);

/* log_lines_void - how many of them count for nothing: by a person whom the
 * root had removed, or who did not belong to the center for another such
 * reason. */
uint64_t log_lines_void(const struct log_lines *lines);

/* log_lines_staff - did one of them change who belongs to the center? */
bool log_lines_staff(const struct log_lines *lines);

/* What the copy's row must say after log_lines_end(): log_lines_first_time - of
 * its first line; log_lines_history - borrowed from lines. */
int64_t log_lines_first_time(const struct log_lines *lines);
/* log_lines_last_time - of the newest line that was not ahead when it came; the
 * copy's own when all new ones were. That their time comes does not make them
 * right: behind this copy the center may have put its clock right since. */
int64_t log_lines_last_time(const struct log_lines *lines);
const struct history *log_lines_history(const struct log_lines *lines);

#endif
