/*
 * passphrase.h - which passphrases are too easily guessed for somebody who
 * opens a key that others trust. A stolen disk lets a thief try millions; what
 * everybody takes is tried first. It is no measure of strength: what passes is
 * not good for that.
 */
#ifndef BASE_PASSPHRASE_H
#define BASE_PASSPHRASE_H

#include "base/secret.h"

#define PASSPHRASE_SHORTEST 8 /* characters */

/*
 * passphrase_check - at least PASSPHRASE_SHORTEST characters, not digits
 * alone, and none of the commonest, in whatever case, with whatever accents,
 * marks, and digits before or after it, or said again and again.
 *
 * ERR_OK; ERR_REFUSED with what to choose instead, never with the passphrase;
 * ERR_MEMORY.
 */
enum err passphrase_check(const struct secret *passphrase, struct errtext *err);

#endif
