/*
 * rekey.h - new keys for a center: made and sealed now, asked of the root by
 * a new request.csr, in use from the first signature after a trust list
 * carries them. Until then the center goes on with the keys it has.
 */
#ifndef ISSUE_CENTER_REKEY_H
#define ISSUE_CENTER_REKEY_H

#include "issue/center/center.h"
#include "issue/center/keyring.h"

/*
 * rekey_make - within a transaction: keys that wait, in place of others that
 * waited.
 *
 *   new_log  new keys for the log too: the root begins a new generation
 *   request  out: appended, PEM PKCS#10 for the root
 *   key_name out: the new key's
 */
enum err rekey_make(struct center *center, const struct keyring *ring,
    bool new_log, int64_t now, struct bytes *request,
    char key_name[DSIG_KEY_NAME_SIZE], struct errtext *err);

/*
 * rekey_is_ready - does the trust list carry keys that wait?
 *
 *   key_name  out: the new key's, or empty
 */
bool rekey_is_ready(struct center *center, char key_name[DSIG_KEY_NAME_SIZE]);

/*
 * rekey_waiting - is there a key that was asked for and that a list may still
 * carry?
 *
 *   key_name  out: its name, or empty
 */
enum err rekey_waiting(struct center *center, char key_name[DSIG_KEY_NAME_SIZE],
    struct errtext *err);

/*
 * rekey_request - the request for the keys that wait, once more.
 *
 *   new_log  out: do they begin a new log?
 *   request  out: appended, PEM PKCS#10 for the root
 *
 * ERR_NOT_FOUND when none wait.
 */
enum err rekey_request(struct center *center, const struct keyring *ring,
    bool *new_log, struct bytes *request, struct errtext *err);

/*
 * rekey_unknown_each - the active keys that the list names for this center and
 * that nobody here has: neither the present one, nor one that waits, nor one
 * that signed lines of this register before. From a request that was given up,
 * or from one that came from elsewhere.
 */
enum err rekey_unknown_each(struct center *center,
    void (*each)(void *arg, const char *key_name), void *arg,
    struct errtext *err);

/*
 * rekey_open - keyring_open(), and when the trust list carries the keys that
 * wait, change over to them first, in a transaction of its own: the old private
 * keys are erased. Becomes the writer then: ERR_BUSY.
 *
 *   changed  out: may be NULL
 */
enum err rekey_open(struct center *center, const struct person *person,
    struct keyring *ring, bool *changed, struct errtext *err);

#endif
