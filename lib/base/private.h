/*
 * private.h - may anybody else on this computer read or change a home, a
 * register, a key, a guard, a backup? Looks at permissions and owners alone.
 * Whoever holds what is found mends it, or is told: cli/cli.h says which.
 */
#ifndef BASE_PRIVATE_H
#define BASE_PRIVATE_H

#include "base/err.h"

#include <sys/types.h>

enum privacy {
	PRIVATE_GOOD,    /* or not there, or not to be known */
	PRIVATE_OPEN,    /* ours, or others may write: chmod helps */
	PRIVATE_FOREIGN, /* another user's, who is not root: chown helps */
	PRIVATE_SHOWN,   /* root's, who lets others read it and not write */
	PRIVATE_NEVER,   /* a disk that keeps no permissions, or read-only */
	PRIVATE_MOVABLE, /* a folder above it that all may write to, without the
			  * sticky bit: another may come to stand there */
};

struct private_found {
	enum privacy what;
	char *path;  /* malloc'ed; NULL when all is good */
	mode_t mode; /* permissions of it */
};

/*
 * private_look - a file, or a home: the folder, in it what is secret by its
 * name (*.key, *.db, *.guard and what SQLite keeps beside), what else others may
 * change, whatever is another user's, and the folders above. A folder with
 * nothing secret in it is no home.
 *
 *   out  the first thing that was found; private_clear()
 */
void private_look(const char *path, struct private_found *out);
void private_clear(struct private_found *found);

/* private_mkdir - a home's folder, 0700: new, or one that is there, and then
 * made private if it is empty. Errors as file_mkdir(). */
enum err private_mkdir(const char *path, struct errtext *err);

#endif
