/*
 * new_passphrase.c - asking again: cli/new_passphrase.h.
 */
#include "cli/new_passphrase.h"

#include "base/passphrase.h"

#define TRIES 3 /* at a new one, before all others type theirs again */

enum err
passphrase_new(const struct cli *cli, const char *file, const char *prompt,
    struct secret *out, struct errtext *err)
{
	enum err rc;

	for (int tries = 1;; tries++) {
		if ((rc = secret_passphrase(file, prompt, 1, out, err)) !=
		    ERR_OK)
			return rc;
		if ((rc = passphrase_check(out, err)) == ERR_OK) {
			secret_warn_short(out);
			return rc;
		}
		secret_wipe(out);
		if (rc != ERR_REFUSED || file != NULL || tries == TRIES)
			return rc;
		cli_warn(cli, "%s", err->text);
	}
}
