/*
 * read.h - read a published log (log/publish.h, or any C2SP tlog-tiles
 * folder) and take nothing in it on trust.
 *
 * The signed head is verified first; then the rightmost tiles, against its
 * root; then every tile and bundle, against a hash verified before. So what
 * the caller is given was proven before it was given, a damaged file is told
 * from a rewritten log, and the work grows with what is new: for k new lines
 * their bundles, a partial one, at most a tile or two a level, and the head.
 */
#ifndef LOG_READ_H
#define LOG_READ_H

#include "base/bytes.h"
#include "base/vkey.h"
#include "log/checkpoint.h"
#include "log/tile.h"
#include "log/tree.h"

#include <stdint.h>

/* Where the files come from; folder_fetch() of log/folder.h is one. */
struct log_source {
	/* the file `path`, at most max bytes, appended to out; ERR_NOT_FOUND
	 * when it is not there */
	enum err (*fetch)(void *ctx, const char *path, size_t max,
	    struct bytes *out, struct errtext *err);
	void *ctx;
};

/* Who gets the entries, in order. What it returns stops the reading. */
struct log_visitor {
	enum err (*entry)(void *ctx, uint64_t index, const void *entry,
	    size_t len, const struct tree_hash *leaf, struct errtext *err);
	void *ctx;
};

enum read_mode {
	READ_NEEDED,    /* what proves the entries */
	READ_ALL_TILES, /* also each tile of level 0 that belongs to them */
};

/*
 * log_read_head - fetch the signed head and open it (checkpoint_open()).
 *
 *   note  out: the file's bytes, which out and parsed borrow; the caller
 *         frees it. Empty on error
 *   parsed  out: for cosignatures; may be NULL
 *
 * Errors as checkpoint_open(), but a wrong signature is ERR_DATA: in a file
 * it says that the file is damaged or was changed, never who did it.
 */
enum err log_read_head(const struct log_source *source, const struct vkey *log,
    struct bytes *note, struct checkpoint *out, struct note *parsed,
    struct errtext *err);

/*
 * log_read - read what a later head has beyond what is known, having proven
 * that it extends it.
 *
 *   source     the published files
 *   head       a head that checkpoint_open() accepted
 *   have       what is known so far; {0} for nothing
 *   have_root  the root that was signed for have->size; guards against
 *              accusing a log because the own copy is damaged. NULL when
 *              have is {0}
 *   visitor    gets entries have->size to head->size - 1, each verified
 *   out        the range at head->size, to be stored with what the visitor
 *              stored; written only on ERR_OK
 *
 * Returns
 *   ERR_OK         all entries were given; none when there is nothing new
 *   ERR_STALE      head is earlier than what is known
 *   ERR_SIGNATURE  proven: head does not extend what is known. The log was
 *                  rewritten or shows different things to different people.
 *                  No entry was given
 *   ERR_NOT_FOUND  a file is missing
 *   ERR_DATA, ERR_LIMIT  a file is damaged: it does not fit the signed head
 *   ERR_CONFIG     have does not have have_root: the own copy is damaged
 *   ERR_MEMORY, and what source and visitor return. Entries given before an
 *   error are genuine, but have must stay what it was: give them up too.
 */
enum err log_read(const struct log_source *source,
    const struct checkpoint *head, const struct tree_range *have,
    const struct tree_hash *have_root, enum read_mode mode,
    const struct log_visitor *visitor, struct tree_range *out,
    struct errtext *err);

/*
 * log_read_to - the same, but only to entry end - 1: what the head's tree has
 * beyond it is proven to go on from there, and not given. end is have->size to
 * head->size; out is the range at end. Errors as log_read().
 */
enum err log_read_to(const struct log_source *source,
    const struct checkpoint *head, uint64_t end, const struct tree_range *have,
    const struct tree_hash *have_root, enum read_mode mode,
    const struct log_visitor *visitor, struct tree_range *out,
    struct errtext *err);

/*
 * log_read_root - the root of the first `size` entries of a head's tree,
 * proven: for comparing a head of another time or place with this one, by
 * some tiles of the right edge of either.
 *
 *   size  1 to head->size, else ERR_USAGE
 *
 * Errors as log_read().
 */
enum err log_read_root(const struct log_source *source,
    const struct checkpoint *head, uint64_t size, struct tree_hash *out,
    struct errtext *err);

/*
 * log_read_line - one entry of a head's tree, proven, appended to out: the files may
 * be others than when they were read before.
 *
 * Errors as log_read(); ERR_USAGE for an index that is not below head->size.
 */
enum err log_read_line(const struct log_source *source,
    const struct checkpoint *head, uint64_t index, struct bytes *out,
    struct errtext *err);

#endif
