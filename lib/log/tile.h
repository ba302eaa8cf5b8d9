/*
 * tile.h - the static files of C2SP tlog-tiles: names, hash tiles, entry
 * bundles.
 *
 *   tile/L/N[.p/W]         256 (or W) hashes of level 8 * L, 32 bytes each
 *   tile/entries/N[.p/W]   256 (or W) entries, each a big-endian uint16
 *                          length and its bytes
 *
 * N counts the tiles of a level from the left, as x001/x234/067 for 1234067.
 * Only the rightmost tile of a level is partial, and partial files are named
 * so: a full name is only ever given to 256 entries.
 *
 * Nothing here is verified: that is log/read.h.
 */
#ifndef LOG_TILE_H
#define LOG_TILE_H

#include "base/bytes.h"
#include "base/err.h"
#include "log/entry.h"
#include "log/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TILE_WIDTH     256 /* hashes, entries */
#define TILE_HEIGHT    8   /* levels of the tree in a tile */
#define TILE_LEVELS    6   /* 256^5 is TREE_SIZE_MAX: levels 0 to 5 */
#define TILE_BYTES     (TILE_WIDTH * TREE_HASH_SIZE)
#define TILE_BUNDLE    TILE_LEVELS /* "level" of entry bundles, for names */
#define TILE_PATH_SIZE 64
#define BUNDLE_BYTES   (TILE_WIDTH * (2 + ENTRY_MAX)) /* the most of one */

/*
 * tile_path - name of a file below the log's folder.
 *
 *   level  0 to 5, or TILE_BUNDLE
 *   width  1 to 256; 256 is the full file
 *
 * False for other values, out unchanged.
 */
bool tile_path(
    unsigned level, uint64_t index, unsigned width, char out[TILE_PATH_SIZE]);

/*
 * tile_partial_dir - the folder of a tile's partial files ("...067.p").
 * False as above.
 */
bool tile_partial_dir(unsigned level, uint64_t index, char out[TILE_PATH_SIZE]);

/*
 * tile_width - how much of tile `index` of `level` (TILE_BUNDLE: of that
 * bundle) a tree of `size` entries has: 0 (none) to 256.
 */
unsigned tile_width(uint64_t size, unsigned level, uint64_t index);

/* tile_levels - how many levels of tiles a tree of `size` entries has. */
unsigned tile_levels(uint64_t size);

/*
 * tile_hashes - the hashes of a tile's file into out, which has room for
 * 256. Returns how many; 0 for a file of no, of too many or of broken hashes.
 */
unsigned tile_hashes(
    const void *tile, size_t len, struct tree_hash out[TILE_WIDTH]);

/* tile_add - append count hashes to a tile being made. */
void tile_add(const struct tree_hash *hashes, size_t count, struct bytes *out);

/* tile_root - the node over 256 hashes of one level. */
void tile_root(
    const struct tree_hash hashes[TILE_WIDTH], struct tree_hash *out);

/*
 * bundle_add - append one entry to a bundle being made. False for an entry
 * of more than ENTRY_MAX bytes.
 */
bool bundle_add(const void *entry, size_t len, struct bytes *out);

/*
 * bundle_next - take the next entry, borrowed, from the front of a bundle.
 * False at a length that passes the end, and over ENTRY_MAX.
 */
bool bundle_next(struct reader *bundle, struct reader *entry);

/*
 * bundle_hashes - leaf hashes of a bundle that must hold exactly count
 * entries and nothing else; false if it does not.
 */
bool bundle_hashes(const void *bundle, size_t len, unsigned count,
    struct tree_hash out[TILE_WIDTH]);

/*
 * The log as its writer has it. Only what is complete in the tree is asked
 * for. Errors are handed on.
 */
struct log_reader {
	/* count hashes of tile level `level` (tree level 8 * level) from
	 * `first` on, all within one tile */
	enum err (*hashes)(void *ctx, unsigned level, uint64_t first,
	    unsigned count, struct tree_hash *out, struct errtext *err);
	/* count entries from `first` on, all within one bundle, appended by
	 * bundle_add() */
	enum err (*entries)(void *ctx, uint64_t first, unsigned count,
	    struct bytes *out, struct errtext *err);
	void *ctx;
};

#endif
