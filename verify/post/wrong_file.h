/*
 * wrong_file.h - what a file looks like that somebody gave to the wrong
 * command, and which one takes it. Only what is said to a person hangs on it.
 */
#ifndef VERIFY_POST_WRONG_FILE_H
#define VERIFY_POST_WRONG_FILE_H

#include "base/bytes.h"

#define WRONG_FILE_MAX (32u << 20) /* bytes that are read for it */

/* wrong_file_is - a translated sentence; NULL when it looks like nothing that
 * is known here. */
const char *wrong_file_is(const struct bytes *file);

#endif
