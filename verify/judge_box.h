/*
 * judge_box.h - the letters in a container: an e-mail, a zip or a folder. Only
 * letters give results, called CONTAINER/NAME; a container without any is one.
 */
#ifndef VERIFY_JUDGE_BOX_H
#define VERIFY_JUDGE_BOX_H

#include "scan/box.h"
#include "verify/judge.h"

/* judge_packed - a mail or a zip: magic_is_box(). judge_folder - the files in a
 * folder. judge_box - of one that was opened already, and stays the caller's.
 * tell() is called at least once. */
void judge_packed(const struct judge *judge, const char *source,
    const uint8_t *data, size_t len);
void judge_folder(const struct judge *judge, const char *path);
void judge_box(const struct judge *judge, const char *source, struct box *box);

#endif
