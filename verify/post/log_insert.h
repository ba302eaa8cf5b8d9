/*
 * log_insert.h - new lines of a log into the copy, all or none: in one
 * transaction with the head, its cosignature, and what was heard of the log.
 */
#ifndef VERIFY_POST_LOG_INSERT_H
#define VERIFY_POST_LOG_INSERT_H

#include "verify/post/log_offer.h"

/*
 * log_insert - take the lines up to t->end, and say how it ended.
 *
 *   anew  the copy is given up; what it was goes on from here, or cannot be
 *         compared
 */
void log_insert(struct offer *t, bool anew);

#endif
