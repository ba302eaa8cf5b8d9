/*
 * copy_load.h - what a verdict needs of each log, from logs.db into memory.
 */
#ifndef VERIFY_POST_COPY_LOAD_H
#define VERIFY_POST_COPY_LOAD_H

#include "verify/post/logs.h"

/* copy_begin_reading - all that is read until store_rollback() is of one
 * instant. The store's errors. */
enum err copy_begin_reading(struct post_logs *logs, struct errtext *err);

/* copy_version - changes with each commit of another program; inside a
 * transaction. */
enum err copy_version(
    struct post_logs *logs, int64_t *out, struct errtext *err);

/*
 * copy_load - logs, gaps, spans and leaps of it, as they stand; whether other
 * posts told of letters. In the arrays of logs, which keep what they have room
 * for.
 *
 * ERR_OK, ERR_DATA (a row was changed), ERR_MEMORY, the store's. After an error
 * the arrays are not to be used.
 */
enum err copy_load(struct post_logs *logs, struct errtext *err);

#endif
