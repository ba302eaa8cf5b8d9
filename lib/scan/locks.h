/*
 * locks.h - what holds sello-decode while it reads what strangers hand in.
 */
#ifndef SCAN_LOCKS_H
#define SCAN_LOCKS_H

#include "base/err.h"

#include <stdbool.h>

struct scan_locks {
	bool calls; /* a list of system calls: seccomp */
	bool paths; /* no file, no network: Landlock */
	bool opens; /* pictures and PDFs are opened: it is held by the first, or
		     * somebody said that it need not be */
};

/*
 * scan_locks - start it once, without any file, and ask.
 *
 * ERR_OK; ERR_CONFIG (it is missing or does not start), ERR_UNREADABLE,
 * ERR_IO, ERR_MEMORY.
 */
enum err scan_locks(struct scan_locks *out, struct errtext *err);

#endif
