/*
 * folder.h - a folder that was dropped on the page: its files come in one body,
 * each as
 *
 *   bytes of its name SP bytes of the file LF name file
 *
 * in decimals. A browser names no path, so the page cannot say which folder it is
 * (scan/box.h has box_open_folder() for that).
 */
#ifndef VERIFY_DESK_FOLDER_H
#define VERIFY_DESK_FOLDER_H

#include "base/bytes.h"
#include "scan/box.h"

/*
 * folder_read - such a body into files; what is over box.h's limits is left out
 * and told by is_cut. out starts as {0}; the caller clears it.
 *
 * ERR_OK; ERR_DATA: another body, ERR_MEMORY. Then out is empty.
 */
enum err folder_read(struct reader body, struct box *out, struct errtext *err);

#endif
