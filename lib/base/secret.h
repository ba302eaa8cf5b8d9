/*
 * secret.h - short secrets (passphrases, raw keys) in OpenSSL's secure heap:
 * locked in memory, never in core files, wiped when freed.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECRET_PASSPHRASE_MAX 1024 /* bytes */

struct secret {
	uint8_t *at;
	size_t len;
};

/*
 * secret_init - once at program start: secure heap on, core dumps off (but
 * under AddressSanitizer the process stays open to its leak checker).
 */
void secret_init(void);

/* secret_new - len zeroed bytes; ERR_MEMORY. Start the struct as {0}. */
enum err secret_new(struct secret *s, size_t len);
/* secret_wipe - cleanse and free; then {0}. {0} is fine. */
void secret_wipe(struct secret *s);

/*
 * secret_hush, secret_speak - from one to the other nothing that is typed at
 * the terminal is shown, and it is dropped: a passphrase takes a second to
 * try, and who stands beside begins to type the next one. Signals that end
 * the program wait meanwhile, so that echo comes back first. Without a
 * terminal nothing happens. secret_passphrase() may be called between.
 */
struct secret_hush; /* opaque; NULL: no terminal */
struct secret_hush *secret_hush(void);
void secret_speak(struct secret_hush **hush);

/*
 * secret_passphrase - read a passphrase. What people type and save as UTF-8
 * is taken as RFC 8265 (OpaqueString) has it: in Form C, any space as one of
 * ASCII, so that two keyboards type the same.
 *
 *   file    its first line without the line end (LF or CRLF) and without a
 *           byte order mark, at most 64 KiB in all, a pipe too; or NULL: ask
 *           on the terminal without echo
 *   prompt  shown on the terminal, already translated
 *   twice   ask again and compare (for a new one); three times, if they differ
 *
 * Returns ERR_OK, ERR_USAGE (no file and no terminal, or the two differ
 * each time),
 * ERR_DATA (empty, over SECRET_PASSPHRASE_MAX, NUL inside, or a new one that
 * is not UTF-8), or what reading the file returned.
 */
enum err secret_passphrase(const char *file, const char *prompt, int twice,
    struct secret *out, struct errtext *err);

/* secret_typed - the same of what was typed elsewhere, as on a page. ERR_DATA.
 *
 *   new  it is to be somebody's passphrase from now on
 */
enum err secret_typed(
    const char *text, bool new, struct secret *out, struct errtext *err);

/* secret_warn_short - on stderr, of a new one that was taken, when it is
 * shorter than 12 bytes. */
void secret_warn_short(const struct secret *passphrase);

#endif
