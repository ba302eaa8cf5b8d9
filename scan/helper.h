/*
 * helper.h - running sello-decode and believing nothing it says.
 */
#ifndef SCAN_HELPER_H
#define SCAN_HELPER_H

#include "scan/scan.h"

/*
 * helper_run - one file through the helper.
 *
 *   program  its path
 *   answer   out: appended, at most PROTOCOL_ANSWER_MAX bytes
 *
 * ERR_OK only when it ended by itself, with status 0, within SCAN_SECONDS;
 * ERR_UNREADABLE otherwise; ERR_CONFIG when it cannot be started; ERR_IO,
 * ERR_MEMORY.
 */
enum err helper_run(const char *program, const uint8_t *data, size_t len,
    struct bytes *answer, struct errtext *err);

/*
 * helper_parse - an answer into items, by the grammar of docs/reading.md and
 * nothing else: an unknown word, bad Base64, a missing or early last line
 * are ERR_UNREADABLE. Also what the answer itself says: ERR_LIMIT, ERR_MEMORY
 * or ERR_UNREADABLE when nothing was found.
 */
enum err helper_parse(
    const struct bytes *answer, struct scan_result *out, struct errtext *err);

/* scan_add - one more item; the same again once. ERR_OK, ERR_MEMORY. */
enum err scan_add(struct scan_result *result, enum scan_carrier carrier,
    const void *data, size_t len, size_t line, bool attached);

#endif
