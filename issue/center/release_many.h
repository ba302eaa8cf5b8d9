/*
 * release_many.h - the letters of an approval into files, drawn and read back
 * side by side on all processors while the files of others are written.
 */
#ifndef ISSUE_CENTER_RELEASE_MANY_H
#define ISSUE_CENTER_RELEASE_MANY_H

#include "issue/center/approve.h"
#include "issue/center/release.h"

/*
 * Called for each letter in turn, by the thread that asked.
 *
 *   rc       of loading and drawing; letter and release are empty unless ERR_OK
 *   letter, release  may be emptied; cleared afterwards
 */
typedef void release_take(void *arg, enum err rc, const struct errtext *err,
    struct issued *letter, struct release *release);

/*
 * release_many - draw the letters of some picks, and hand each to take. Picks
 * without a number are left out.
 *
 *   newest  the newest copy of each, not the original
 *
 * ERR_OK whatever take was told; ERR_MEMORY before the first.
 */
enum err release_many(struct center *center, struct decoder *decoder,
    const struct pick *pick, size_t count, bool newest, release_take *take,
    void *arg, struct errtext *err);

#endif
