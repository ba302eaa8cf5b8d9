/*
 * helper.h - running sello-decode and believing nothing it says.
 */
#ifndef SCAN_HELPER_H
#define SCAN_HELPER_H

#include "scan/scan.h"

/* So often a process that ended with a page that took too long is followed by
 * another one for the next page. */
#define HELPER_AGAIN_MAX 8

/*
 * helper_run - one file through the helper.
 *
 *   program  its path
 *   option   PROTOCOL_PLACES, PROTOCOL_LOCKS, or NULL
 *   max      of the answer, in bytes: PROTOCOL_ANSWER_MAX
 *   answer   out: appended, at most max bytes and some; what it said before a
 *            bad end stays in it
 *
 * ERR_OK only when it ended by itself, with status 0, within its limits
 * (scan/scan.h); ERR_UNREADABLE otherwise; ERR_CONFIG when it cannot be
 * started; ERR_IO, ERR_MEMORY.
 */
enum err helper_run(const char *program, const char *option,
    const uint8_t *data, size_t len, size_t max, struct bytes *answer,
    struct errtext *err);

/*
 * helper_parse - an answer into items, by the grammar of docs/reading.md and
 * nothing else: an unknown word, bad Base64, a missing or early last line
 * are ERR_UNREADABLE. Also what the answer itself says: ERR_LIMIT, ERR_MEMORY
 * or ERR_UNREADABLE when nothing was found.
 *
 *   out    out->places: places were asked for, and each code has to have one
 *   whole  it ended well. Else the pages that it said count, the others are
 *          PAGE_UNREAD; an answer without pages is ERR_UNREADABLE
 */
enum err helper_parse(const struct bytes *answer, bool whole,
    struct scan_result *out, struct errtext *err);

/*
 * helper_answer - the items of a helper's answer, which ended as `ran` says:
 * all of it for ERR_OK, as helper_parse(); of a bad end what was told before,
 * where pages were; else `ran`, with err as helper_run() left it.
 */
enum err helper_answer(enum err ran, const struct bytes *answer,
    struct scan_result *out, struct errtext *err);

/* helper_number - take a page's number from a line, 1 to SCAN_PAGE_MAX, without
 * zeros before it. */
bool helper_number(struct reader *line, size_t *number);

/* helper_program - where it is, malloc'ed. ERR_CONFIG. */
enum err helper_program(char **program, struct errtext *err);

/* helper_broke - ERR_IO: the system refused something, by errno now;
 * helper_not_started - ERR_CONFIG: it did not start, likewise; helper_ended - by what
 * child_listen() said, ERR_UNREADABLE: it ended badly or passed its limits,
 * ERR_MEMORY and ERR_IO: it could not be heard; helper_nonsense - ERR_UNREADABLE:
 * what it said is no answer; helper_unlocked - ERR_CONFIG: it could not lock itself
 * in. */
enum err helper_broke(struct errtext *err);
enum err helper_not_started(const char *program, struct errtext *err);
enum err helper_ended(int failed, struct errtext *err);
enum err helper_nonsense(struct errtext *err);
enum err helper_unlocked(struct errtext *err);

/* scan_add - one more item, borrowed data copied. ERR_OK, ERR_MEMORY. */
enum err scan_add(struct scan_result *result, const struct scan_item *like,
    const void *data, size_t len);

#endif
