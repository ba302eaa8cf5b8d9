/*
 * leftover.h - what is being made bears a name that nobody takes for a thing and
 * nobody chooses, "." and 16 digits and ".tmp", and is held by a lock until it
 * has its own or its program has died. What nobody holds any more is taken away
 * by who comes to that folder next: half a letter is a person's data.
 */
#ifndef BASE_LEFTOVER_H
#define BASE_LEFTOVER_H

#include "base/err.h"

#include <stdbool.h>

/* leftover_name - a new one in the folder `dir`; malloc'ed. ERR_MEMORY, ERR_IO. */
enum err leftover_name(const char *dir, char **out, struct errtext *err);

/*
 * leftover_hold - the file or folder that was just made by such a name is
 * somebody's as long as a copy of fd is open. false: somebody took it for one
 * that is nobody's, in between; make another. On a disk without such locks
 * nothing is held, and nothing swept.
 */
bool leftover_hold(int fd);

/*
 * leftover_sweep - take away what programs of this user that have died left in
 * dir: files, and folders with files. Each folder once while a program lives;
 * what cannot be taken away stays. No pipe, link or file of another user.
 */
void leftover_sweep(const char *dir);

#endif
