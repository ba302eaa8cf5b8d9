/*
 * set_aside.h - a damaged database of the home stays, under another name:
 * NAME.damaged, NAME.damaged-2, ... Nothing is thrown away.
 */
#ifndef VERIFY_POST_SET_ASIDE_H
#define VERIFY_POST_SET_ASIDE_H

#include "verify/post/post.h"

#define SET_ASIDE_SIZE 32

/*
 * set_aside - rename home/NAME and what SQLite keeps beside it.
 *
 *   out  the name that it has now, in the home
 *
 * ERR_OK, ERR_NOT_FOUND (there is no such file), ERR_IO, ERR_MEMORY.
 */
enum err set_aside(const struct post *post, const char *name,
    char out[SET_ASIDE_SIZE], struct errtext *err);

/* set_aside_newest - of those that were set aside as NAME, the one that was
 * written last; "" when there is none. ERR_OK, ERR_MEMORY. */
enum err set_aside_newest(const struct post *post, const char *name,
    char out[SET_ASIDE_SIZE], struct errtext *err);

#endif
