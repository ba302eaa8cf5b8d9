/*
 * proven.h - tiles and bundles of a published log, each proven against the
 * root of a signed head before anybody sees it: inside the log room only.
 *
 * Proof goes from the top down. The rightmost tile of each level and the
 * last bundle together make the root; a full tile must hash to the hash that
 * a proven tile of the level above has for it, a full bundle to the one of
 * level 1. The newest tile of each level is kept, since reading goes from
 * left to right.
 */
#ifndef LOG_PROVEN_H
#define LOG_PROVEN_H

#include "log/read.h"

#include <stdbool.h>

struct proven_bundle {
	bool loaded;
	uint64_t index;
	unsigned width;
	struct bytes bytes;
	struct tree_hash leaf[TILE_WIDTH];
	struct tree_hash root; /* over them; of a full one only */
};

struct proven; /* some 120 KiB */

/*
 * proven_open - read and prove the right edge of the head's tree.
 *
 * ERR_OK and *out, which the caller proven_free()s; ERR_DATA when the files
 * do not make the head's root; ERR_NOT_FOUND, ERR_LIMIT, ERR_MEMORY, and
 * what the source returns.
 */
enum err proven_open(const struct log_source *source,
    const struct checkpoint *head, struct proven **out, struct errtext *err);
void proven_free(struct proven **p);

/* proven_load - a bundle; *out is good until the next call. Errors as
 * proven_open(). */
enum err proven_load(struct proven *p, uint64_t index,
    const struct proven_bundle **out, struct errtext *err);

/* proven_check_tile - is the level 0 tile beside this bundle what it must be?
 * ERR_DATA if not. */
enum err proven_check_tile(
    struct proven *p, const struct proven_bundle *bundle, struct errtext *err);

/* proven_root - root of the first `size` entries of the head's tree. Errors as
 * proven_open(). */
enum err proven_root(struct proven *p, uint64_t size, struct tree_hash *out,
    struct errtext *err);

#endif
