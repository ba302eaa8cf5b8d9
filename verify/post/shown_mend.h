/*
 * shown_mend.h - `sello-verify recover --shown`: damaged records of letters
 * shown here no longer stand in the way, and still protect.
 *
 * The database is made anew. Records that are whole go over as they are. Of
 * the others goes what can still be read, number or digest, and without a
 * claim: a letter that fits either needs attention, nobody is accused, nothing
 * is exported. The old file stays in the home.
 */
#ifndef VERIFY_POST_SHOWN_MEND_H
#define VERIFY_POST_SHOWN_MEND_H

#include "verify/post/presentation.h"
#include "verify/post/set_aside.h"

struct shown_mended {
	bool changed; /* false: nothing was damaged */
	uint64_t whole, aside;
	bool all_read;            /* false: records may be missing */
	char old[SET_ASIDE_SIZE]; /* the old file's name; "": there was none */
};

/*
 * shown_mend - with the post's sync lock held.
 *
 * ERR_OK; ERR_BUSY (try again), ERR_VERSION (a newer Sello's), ERR_IO,
 * ERR_MEMORY: the database is as it was.
 */
enum err shown_mend(struct post *post, int64_t now, struct shown_mended *out,
    struct errtext *err);

/* shown_mend_key - the sentence that says how. */
const char *shown_mend_key(void);

/*
 * shown_is_absent - must the center's records have this letter, and do not?
 *
 *   other  out: they have another letter under its number
 */
bool shown_is_absent(
    struct post *post, const struct presentation *p, int64_t now, bool *other);

#endif
