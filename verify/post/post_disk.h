/*
 * post_disk.h - can this post write down what it learns? Judging goes on
 * without, but what is not written is forgotten.
 */
#ifndef VERIFY_POST_POST_DISK_H
#define VERIFY_POST_POST_DISK_H

#include "verify/post/post.h"

/*
 * post_can_write - ERR_OK, or ERR_IO and why not: no right, a disk that is
 * read-only or full, or what a write of this run met.
 */
enum err post_can_write(const struct post *post, struct errtext *why);

#endif
