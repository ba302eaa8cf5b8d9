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

/* center_take_keys - the center's keys are others from now on: its own row
 * has been changed. key gets one more reference. */
enum err center_take_keys(struct center *center, EVP_PKEY *key,
    const uint8_t log[32], const uint8_t cosigner[32], struct errtext *err);

#endif
