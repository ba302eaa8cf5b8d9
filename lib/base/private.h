/*
 * private.h - may anybody else on this computer read or change a home, a
 * register, a key, a guard, a backup? Looks at permissions and owners alone.
 * What is found is told, never a reason to refuse.
 */
#ifndef BASE_PRIVATE_H
#define BASE_PRIVATE_H

enum privacy {
	PRIVATE_GOOD,    /* or not there, or not to be known */
	PRIVATE_OPEN,    /* chmod helps */
	PRIVATE_FOREIGN, /* another user's, who is not root: chown helps */
	PRIVATE_NEVER,   /* a disk that keeps no permissions, or read-only */
};

/*
 * private_look - a file, or a home: the folder and in it what is secret by
 * its name (*.key, *.db, *.guard and what SQLite keeps beside).
 *
 *   which  out: what is open, malloc'ed; the caller frees it; untouched when
 *          the answer is PRIVATE_GOOD
 *
 * Says the first thing it finds.
 */
enum privacy private_look(const char *path, char **which);

#endif
