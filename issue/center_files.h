/*
 * center_files.h - what the files of center.h share among themselves.
 */
#ifndef ISSUE_CENTER_FILES_H
#define ISSUE_CENTER_FILES_H

#include "issue/center.h"

/* center_path - "home/name", malloc'ed; ERR_MEMORY. */
enum err center_path(
    const char *home, const char *name, char **out, struct errtext *err);

/* center_use_list - hand over a list that was read and accepted. */
void center_use_list(struct center *center, struct trust_list *list);

#endif
