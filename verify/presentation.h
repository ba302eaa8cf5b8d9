/*
 * presentation.h - letters shown at this post: number, digest, time, never a
 * name. DESIGN section 8 says why the number is kept as it is.
 */
#ifndef VERIFY_PRESENTATION_H
#define VERIFY_PRESENTATION_H

#include "verify/post.h"

struct presentation {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[DSIG_DIGEST_SIZE];
	int64_t issued_at;
	int64_t time;
	const char *answer; /* "match" "mismatch" "none"; NULL: not asked */
	bool elsewhere;     /* addressed to another consulate */
};

/* Which presentations count: all, or those of earlier runs only, because
 * the file, the paper and the photo of one letter in one command are one. */
enum presented_when { PRESENTED_EVER, PRESENTED_EARLIER_RUN };

/*
 * presentation_find - was this letter (number and digest) shown before?
 *
 *   at  out, when true: the first time
 */
bool presentation_find(struct post *post, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], enum presented_when which,
    int64_t *at);

/*
 * presentation_record - keep it; with PRESENTED_EARLIER_RUN only once a run.
 * ERR_OK, ERR_BUSY, ERR_IO; ERR_CONFIG when the post has no database.
 */
enum err presentation_record(struct post *post, const struct presentation *p,
    enum presented_when which, struct errtext *err);

/* presentation_count - how many are kept; -1 when that is not known. */
int64_t presentation_count(struct post *post);

#endif
