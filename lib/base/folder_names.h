/*
 * folder_names.h - the names in a folder, so that a folder that cannot be read
 * to its end is never taken for one that holds no more.
 */
#ifndef BASE_FOLDER_NAMES_H
#define BASE_FOLDER_NAMES_H

#include "base/err.h"

#include <stdbool.h>

/* false: enough of them */
typedef bool folder_name_fn(void *arg, const char *name);

/*
 * folder_names - each name in it that does not begin with ".", in no order.
 *
 * Returns ERR_OK, also where `each` had enough; ERR_NOT_FOUND: there is no such
 * folder, or a file in its place; ERR_IO: it cannot be opened, or not be read to
 * its end.
 */
enum err folder_names(
    const char *folder, folder_name_fn *each, void *arg, struct errtext *err);

/* folder_is_empty - a folder without any entry, also of a hidden name? No where
 * there is none, or nobody can look. */
bool folder_is_empty(const char *folder);

#endif
