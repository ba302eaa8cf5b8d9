/*
 * keys.h - a terminal or a serial line whose bytes come as they are typed: no
 * line has an end that is too far, and none is missing.
 */
#ifndef VERIFY_KEYS_H
#define VERIFY_KEYS_H

#include "base/err.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <termios.h>

struct keys {
	int fd;
	struct termios before;
	sigset_t signals; /* as they were */
};

/*
 * keys_begin - each key comes at once, Ctrl-C as a byte; signals that end the
 * program wait (base/process.h) until keys_end(), which puts all back. False: it
 * is no terminal, nothing is to be put back.
 */
bool keys_begin(int fd, struct keys *keys);
void keys_end(const struct keys *keys);

/* keys_is_baud - is it a speed that keys_serial() knows? */
bool keys_is_baud(int64_t baud);

/*
 * keys_serial - open a serial line: 8 bits, no parity, one stop bit; raw.
 *
 * ERR_OK, ERR_NOT_FOUND (no such device, or no serial one), ERR_BUSY, ERR_IO.
 */
enum err keys_serial(
    const char *path, int64_t baud, int *fd, struct errtext *err);

#endif
