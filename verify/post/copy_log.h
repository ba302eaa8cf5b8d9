/*
 * copy_log.h - the row of a log in the copy, and what belongs to it: gaps,
 * spans and the longest leap of its lines. Changes run in the transaction of
 * logs; those that do not say so leave the row to be sealed.
 *
 * Errors of all: the store's; ERR_DATA: a row is damaged.
 */
#ifndef VERIFY_POST_COPY_LOG_H
#define VERIFY_POST_COPY_LOG_H

#include "verify/post/logs.h"

/* copy_log_seal - after any change to a log's row, gaps, spans or words: its
 * sum anew. */
enum err copy_log_seal(
    struct post_logs *logs, int64_t log, struct errtext *err);

/* copy_log_name - a log that a list names, without lines yet; sealed. */
enum err copy_log_name(struct post_logs *logs, const char *center,
    unsigned generation, const uint8_t owner[POST_LOG_OWNER],
    const uint8_t seed[POST_LOG_SEED], int64_t now, struct errtext *err);

/*
 * copy_log_forget_lines - all that is kept of a log's lines, but for what they
 * said and the heads that it had; copy_log_forget - these too;
 * copy_log_drop - also the heads that are still to be compared, and the row:
 * what is kept of a log that another key signs, or another root named, says
 * nothing about the one that the list means.
 */
enum err copy_log_forget_lines(
    struct post_logs *logs, int64_t log, struct errtext *err);
enum err copy_log_forget(
    struct post_logs *logs, int64_t log, struct errtext *err);
enum err copy_log_drop(
    struct post_logs *logs, int64_t log, struct errtext *err);

/* copy_log_empty - the row as of a log that was never taken. */
enum err copy_log_empty(
    struct post_logs *logs, int64_t log, struct errtext *err);

/* copy_log_head - append the note of the copy's head; nothing when it has
 * none. Also ERR_MEMORY. */
enum err copy_log_head(struct post_logs *logs, int64_t log, struct bytes *out,
    struct errtext *err);

/* copy_log_range - the compact range of its lines, as bytes; nothing when it
 * has none. */
enum err copy_log_range(struct post_logs *logs, int64_t log, struct bytes *out,
    struct errtext *err);

/* copy_log_history - what is to be remembered of its lines, as history_save()
 * wrote it; appended, with its NUL. ERR_DATA also where there is none. */
enum err copy_log_history(struct post_logs *logs, int64_t log,
    struct bytes *out, struct errtext *err);

/* Of a log as far as its lines were entered. */
struct copy_log_state {
	const struct tree_range *range;
	const struct tree_hash *root;
	const struct bytes *note; /* its head */
	const char *history;
	int64_t as_of, first_time, last_time;
};

/* copy_log_save - what the row says now; a conflict is settled. Sealed. */
enum err copy_log_save(struct post_logs *logs, int64_t log,
    const struct copy_log_state *state, struct errtext *err);

/* copy_log_freeze - it contradicts itself, since `now`; the first time counts.
 * Sealed. */
enum err copy_log_freeze(
    struct post_logs *logs, int64_t log, int64_t now, struct errtext *err);

/* copy_log_make_stale - its lines are to be taken anew (log_stale.h). Sealed.
 */
enum err copy_log_make_stale(
    struct post_logs *logs, int64_t log, struct errtext *err);

/* copy_log_add_gap, copy_log_set_span, copy_log_set_leap - one more gap of the
 * log; the numbers of a year; the longest leap. */
enum err copy_log_add_gap(struct post_logs *logs,
    const struct post_log_gap *gap, struct errtext *err);
enum err copy_log_set_span(struct post_logs *logs,
    const struct post_log_span *span, struct errtext *err);
enum err copy_log_set_leap(struct post_logs *logs, int64_t log,
    const struct leap *leap, struct errtext *err);

#endif
