/*
 * files.h - what the files of center.h share among themselves.
 */
#ifndef ISSUE_CENTER_FILES_H
#define ISSUE_CENTER_FILES_H

#include "issue/center/center.h"

/* center_path - "home/name", malloc'ed; ERR_MEMORY. */
enum err center_path(
    const char *home, const char *name, char **out, struct errtext *err);

/* center_use_list - hand over a list that was read and accepted. */
void center_use_list(struct center *center, struct trust_list *list);

/* center_use_keys - the center's keys are others from now on: its own row
 * has been changed. key gets one more reference. */
enum err center_use_keys(struct center *center, EVP_PKEY *key,
    const uint8_t log[32], const uint8_t cosigner[32], struct errtext *err);

/*
 * center_write_request - request.csr for the root, in place of an earlier one.
 *
 *   home    a center's folder
 *   key     the center's private signing key
 *   roster  its persons, by code
 */
enum err center_write_request(const char *home, EVP_PKEY *key,
    const struct center_info *info, const struct trust_roster *roster,
    struct errtext *err);

#endif
