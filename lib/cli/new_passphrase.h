/*
 * new_passphrase.h - asking for a new passphrase until it is not one that is
 * easily guessed (base/passphrase.h).
 */
#ifndef CLI_NEW_PASSPHRASE_H
#define CLI_NEW_PASSPHRASE_H

#include "base/secret.h"
#include "cli/cli.h"

/*
 * passphrase_new - ask for one that passes, by secret_passphrase(): on the
 * terminal three times, from a file once.
 *
 *   out  empty on error
 */
enum err passphrase_new(const struct cli *cli, const char *file,
    const char *prompt, struct secret *out, struct errtext *err);

#endif
