/*
 * cli_passphrase.h - asking for a new passphrase until it is not one that is
 * easily guessed (base/passphrase.h).
 */
#ifndef BASE_CLI_PASSPHRASE_H
#define BASE_CLI_PASSPHRASE_H

#include "base/cli.h"
#include "base/secret.h"

/*
 * passphrase_new - ask for one that passes, by secret_passphrase(): on the
 * terminal three times, from a file once.
 *
 *   out  empty on error
 */
enum err passphrase_new(const struct cli *cli, const char *file,
    const char *prompt, struct secret *out, struct errtext *err);

#endif
