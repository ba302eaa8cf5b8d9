/*
 * post_list.h - taking a trust list from a folder into the post's home.
 * Whatever goes wrong, the newest good list stays.
 */
#ifndef VERIFY_POST_POST_LIST_H
#define VERIFY_POST_POST_LIST_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct post;
/* How it ended; the status of `sync` is the highest. */
enum outcome {
	OUTCOME_NEW,
	OUTCOME_SAME,
	OUTCOME_OLDER,
	OUTCOME_UNREADABLE,
	OUTCOME_MANIPULATED,
};

struct outcome_row {
	enum outcome outcome;
	const char *name; /* JSON: "new" */
	int exit;
};
extern const struct outcome_row outcome_table[5];

/*
 * post_list_accept - read folder/trust.xml, judge it, keep it if it is newer.
 *
 *   source    a folder laid out as a publication
 *   sentence  out: what happened, for people
 *   sequence  out: number of the list that was read, 0: none was
 *
 * OUTCOME_MANIPULATED: a list of our root whose signature is wrong, or a second
 * list under a known number; both are kept in home/evidence.
 */
enum outcome post_list_accept(struct post *post, const char *source,
    int64_t now, struct errtext *sentence, uint64_t *sequence);

/*
 * post_list_disputed - has the root signed another list under the number of
 * the one that is in use? Asked of the files in home/evidence, whose
 * signatures are checked; a list with a higher number settles it.
 *
 * ERR_OK and *out, or why that could not be looked at.
 */
enum err post_list_disputed(
    const struct post *post, bool *out, struct errtext *err);

#endif
