/*
 * log_refused.h - does proof stand against lines of a log that this post did
 * not take? What is kept of it is the signed head above such a line
 * (evidence/log-CENTER-GENERATION-*.checkpoint, by offer_line_wrong()). Heads
 * of a log that contradicts itself lie there too: those are told by the copy,
 * which is frozen.
 */
#ifndef VERIFY_POST_LOG_REFUSED_H
#define VERIFY_POST_LOG_REFUSED_H

#include "verify/post/post.h"

/*
 * log_is_refused - a head that this log's key signed, of more lines than were
 * taken. It stands no more when the root closes the log, or when a newer list
 * explains the lines and they are taken.
 *
 *   log  the copy; NULL: there is none
 *   out  is there one? False on errors too
 *
 * ERR_OK; ERR_IO, ERR_MEMORY: not all could be looked at, and none was found.
 */
enum err log_is_refused(const struct post *post,
    const struct trust_center *center, const struct trust_log *named,
    const struct post_log *log, bool *out, struct errtext *err);

#endif
