/*
 * newdir.h - a folder that is made whole or not at all: filled by a name of
 * leftover.h beside its place, then renamed. What a killed program leaves of it
 * goes when the next one is made there.
 */
#ifndef BASE_NEWDIR_H
#define BASE_NEWDIR_H

#include "base/err.h"

#include <stdbool.h>

/* Start as {0}; newdir_free(). */
struct newdir {
	char *target; /* its place, without "/" at the end */
	char *dir;    /* to be filled; NULL: not begun, or finished */
	int lock;     /* of dir; -1: none */
};

/* newdir_is_free - is nothing at path, or an empty folder? */
bool newdir_is_free(const char *path);

/* newdir_refuse_taken - ERR_EXISTS unless newdir_is_free(): what newdir_begin() would
 * say, before somebody does work for it. */
enum err newdir_refuse_taken(const char *path, struct errtext *err);

/* newdir_begin - make the folder to be filled, 0700, and the one that path lies in
 * (0755). ERR_EXISTS unless newdir_is_free(); ERR_IO, ERR_MEMORY. */
enum err newdir_begin(
    const char *path, struct newdir *out, struct errtext *err);

/* newdir_finish - to its place. What is in it is synced and closed before.
 * ERR_EXISTS when something came there meanwhile; ERR_IO. */
enum err newdir_finish(struct newdir *newdir, struct errtext *err);

/* newdir_free - what was not finished goes, with the files in it. */
void newdir_free(struct newdir *newdir);

#endif
