/*
 * log_enter.h - what a new line makes of the copy, by the rules of
 * ledger/history.h: letters, gaps, clocks that were put right, the time up to
 * which the log is believed. Who signed it is judged after it (log_lines.c).
 */
#ifndef VERIFY_POST_LOG_ENTER_H
#define VERIFY_POST_LOG_ENTER_H

#include "verify/post/log_lines_inner.h"

/*
 * log_enter_line - enter one; line->persons: the keys with which it must be
 * signed.
 *
 *   broken  out: the rules for which it is refused; 0: none
 */
enum err log_enter_line(struct log_lines *lines, struct pool_line *line,
    unsigned *broken, struct errtext *err);

/* log_enter_is_newer - may a newer list than this post's explain the line? */
bool log_enter_is_newer(
    const struct log_lines *lines, const struct log_entry *entry);

/* log_enter_end - write what is still in memory. */
enum err log_enter_end(struct log_lines *lines, struct errtext *err);

#endif
