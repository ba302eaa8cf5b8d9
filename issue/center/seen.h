/*
 * seen.h - what others have seen of this center's log, brought back in a
 * file: a post's export with cosigned heads, or one signed head.
 */
#ifndef ISSUE_CENTER_SEEN_H
#define ISSUE_CENTER_SEEN_H

#include "issue/center/center.h"

/*
 * seen_read - remember every head of this center's log in a file; from then
 * on the register must lead to it (issue/center/rollback.h).
 *
 * ERR_DATA when there is none in it; ERR_CONFIG without a trust list; what
 * reading and checking the file return, with its path in front.
 */
enum err seen_read(
    struct center *center, const char *path, struct errtext *err);

#endif
