/*
 * logs_mend.h - is the copy of the logs whole, and making it anew when it is
 * not. What protects is kept as far as it can be read and its sums fit: whole
 * logs, heads that this post accepted or heard of, marks before a revocation,
 * since when a log contradicts itself, letters shown at other posts. The
 * damaged file itself stays beside the new one. So does a copy of another
 * version of Sello, older or newer: all but the logs is brought over, as far as
 * it is written as here.
 */
#ifndef VERIFY_POST_LOGS_MEND_H
#define VERIFY_POST_LOGS_MEND_H

#include "verify/post/post.h"
#include "verify/post/set_aside.h"

/*
 * post_logs_test - read all of it: every page, every row, every sum, and that
 * no letter is missing. As long as reading the file takes.
 *
 * Returns ERR_OK (also when there is none), ERR_DATA (damaged), ERR_VERSION
 * (made by another version of Sello), or why it cannot be read now.
 */
enum err post_logs_test(struct post *post, struct errtext *err);

/* What became of a damaged copy. */
struct logs_mended {
	char
	    aside[SET_ASIDE_SIZE]; /* name of the old file in the home, or "" */
	size_t logs;               /* that it should have */
	size_t whole;              /* of these, brought over whole */
};

/*
 * post_logs_mend - set a copy that cannot be used aside and make a new one; to
 * be called with the lock of sync. The logs that were not whole are taken anew
 * by the next sync that brings them; until then their letters are not green. A
 * copy that is not there is made from the newest one that was set aside. After
 * an error there is none, and all that was known is asked for again.
 *
 * Returns ERR_OK, ERR_IO (cannot be written), ERR_BUSY, ERR_MEMORY.
 */
enum err post_logs_mend(struct post *post, int64_t now, struct logs_mended *out,
    struct errtext *err);

#endif
