/*
 * log_copy.h - new lines of a log into the copy, all or none: in one
 * transaction with the head, its cosignature, and what was heard of the log.
 */
#ifndef VERIFY_POST_LOG_COPY_H
#define VERIFY_POST_LOG_COPY_H

#include "verify/post/log_taking.h"

/*
 * log_copy_take - take the lines up to t->end, and say how it ended.
 *
 *   anew  the copy is given up; what it was goes on from here, or cannot be
 *         compared
 */
void log_copy_take(struct taking *t, bool anew);

#endif
