/*
 * integrity_log.h - the signature log examined as part of integrity.h: every
 * line, its signature and its place, the tree under the signed head, and that
 * log and register know the same letters.
 */
#ifndef ISSUE_CENTER_INTEGRITY_LOG_H
#define ISSUE_CENTER_INTEGRITY_LOG_H

#include "issue/center/center.h"

/*
 * integrity_log - look at all generations.
 *
 *   find   as in integrity.h
 *   note   likewise, what is to be known and not to be mended
 *   lines  out: how many were read
 */
enum err integrity_log(struct center *center,
    void (*find)(void *arg, const char *about, const char *text),
    void (*note)(void *arg, const char *about, const char *text), void *arg,
    size_t *lines, struct errtext *err);

#endif
