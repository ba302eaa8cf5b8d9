/*
 * forest.h - a whole log in memory: entries made from their index, every
 * complete node of the tree over them, and the log readers over that.
 */
#ifndef TESTS_LIB_LOG_FOREST_H
#define TESTS_LIB_LOG_FOREST_H

#include "log/tile.h"
#include "log/tree.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ck_assert() writes to a file each time: too slow for what is done for each
 * of 70,000 entries. */
#define FOREST_ASSERT(condition)                        \
	do {                                            \
		if (!(condition))                       \
			ck_abort_msg("%s", #condition); \
	} while (0)

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* The sizes around every border of a tile, and of a tile of tiles. */
static const unsigned forest_sizes[] = { 0, 1, 2, 3, 7, 8, 9, 255, 256, 257,
	300, 511, 512, 513, 65535, 65536, 65537, 70000 };

struct forest {
	uint64_t size;
	unsigned seed; /* of the entries: another seed, another log */
	struct tree_hash *level[18];
	unsigned asked; /* hashes handed out */
};

/* Entries of different lengths, so that a wrong length shows. */
static inline size_t
forest_entry(unsigned seed, uint64_t index, char out[80])
{
	return (size_t)snprintf(out, 80, "entry %llu of %u%.*s",
	    (unsigned long long)index, seed, (int)(index % 23),
	    ".......................");
}

static inline void
forest_fill(struct forest *f, uint64_t size, unsigned seed)
{
	char entry[80];
	uint64_t i;
	unsigned l;

	*f = (struct forest){ .size = size, .seed = seed };
	for (l = 0; l < 18; l++)
		f->level[l] = calloc((size >> l) + 1, sizeof(struct tree_hash));
	for (i = 0; i < size; i++)
		tree_leaf(entry, forest_entry(seed, i, entry), &f->level[0][i]);
	for (l = 1; l < 18; l++)
		for (i = 0; i < size >> l; i++)
			tree_node(&f->level[l - 1][2 * i],
			    &f->level[l - 1][2 * i + 1], &f->level[l][i]);
}

static inline void
forest_clear(struct forest *f)
{
	for (unsigned l = 0; l < 18; l++)
		free(f->level[l]);
}

/* Fails the test when asked for what no tree of this size has. */
static inline enum err
forest_hash(void *ctx, unsigned level, uint64_t index, struct tree_hash *out,
    struct errtext *err)
{
	struct forest *f = ctx;

	(void)err;
	FOREST_ASSERT(level < 18 && index < f->size >> level);
	f->asked++;
	*out = f->level[level][index];
	return ERR_OK;
}

/* The same log as its writer's table has it: tile levels alone. */
static inline enum err
forest_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	struct forest *f = ctx;

	(void)err;
	FOREST_ASSERT(count >= 1 && first % TILE_WIDTH + count <= TILE_WIDTH);
	FOREST_ASSERT(first + count <= f->size >> level * TILE_HEIGHT);
	f->asked += count;
	memcpy(
	    out, f->level[level * TILE_HEIGHT] + first, count * sizeof(*out));
	return ERR_OK;
}

static inline enum err
forest_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	const struct forest *f = ctx;
	char entry[80];

	(void)err;
	FOREST_ASSERT(count >= 1 && first % TILE_WIDTH + count <= TILE_WIDTH);
	FOREST_ASSERT(first + count <= f->size);
	for (; count > 0; count--, first++)
		FOREST_ASSERT(bundle_add(
		    entry, forest_entry(f->seed, first, entry), out));
	return ERR_OK;
}

static inline struct log_reader
forest_log(struct forest *f)
{
	return (struct log_reader){ forest_hashes, forest_entries, f };
}

/* RFC 6962, 2.1, word for word: the oracle for every root. */
static inline void
forest_mth(
    const struct forest *f, uint64_t lo, uint64_t hi, struct tree_hash *out)
{
	struct tree_hash left, right;
	uint64_t k = 1;

	if (hi - lo == 1) {
		*out = f->level[0][lo];
		return;
	}
	while (k * 2 < hi - lo)
		k *= 2;
	forest_mth(f, lo, lo + k, &left);
	forest_mth(f, lo + k, hi, &right);
	tree_node(&left, &right, out);
}

static inline void
forest_root(const struct forest *f, uint64_t size, struct tree_hash *out)
{
	if (size == 0)
		tree_empty(out);
	else
		forest_mth(f, 0, size, out);
}

#endif
