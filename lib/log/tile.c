/*
 * tile.c - names and contents of tiles and bundles: tile.h.
 */
#include "log/tile.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

_Static_assert(
    (uint64_t)1 << (TILE_HEIGHT * (TILE_LEVELS - 1)) == TREE_SIZE_MAX,
    "a level for each power of 256 up to the largest tree");

_Static_assert(
    sizeof(struct tree_hash) == TREE_HASH_SIZE, "a tile is an array of them");

/* Bundles lie like tiles of level 0. */
static unsigned
tree_level(unsigned level)
{
	return level == TILE_BUNDLE ? 0 : TILE_HEIGHT * level;
}

/* 1234067 is x001/x234/067: three digits a folder, x before all but the
 * last, so that no file is ever in the way of a folder. */
static size_t
name_of(uint64_t index, char *out, size_t size)
{
	size_t len = 0;
	uint64_t unit = 1;

	while (index / unit >= 1000)
		unit *= 1000;
	for (; unit > 1; unit /= 1000)
		len += (size_t)snprintf(out + len, size - len, "x%03u/",
		    (unsigned)(index / unit % 1000));
	return len +
	    (size_t)snprintf(
		out + len, size - len, "%03u", (unsigned)(index % 1000));
}

/* tile/L/N; the longest, of index 2^40, is 31 characters. */
static bool
full_path(unsigned level, uint64_t index, char out[TILE_PATH_SIZE])
{
	size_t len;

	if (level > TILE_BUNDLE || index > TREE_SIZE_MAX)
		return false;
	if (level == TILE_BUNDLE)
		len = (size_t)snprintf(out, TILE_PATH_SIZE, "tile/entries/");
	else
		len = (size_t)snprintf(out, TILE_PATH_SIZE, "tile/%u/", level);
	name_of(index, out + len, TILE_PATH_SIZE - len);
	return true;
}

bool
tile_path(
    unsigned level, uint64_t index, unsigned width, char out[TILE_PATH_SIZE])
{
	size_t len;

	if (width < 1 || width > TILE_WIDTH || !full_path(level, index, out))
		return false;
	len = strlen(out);
	if (width < TILE_WIDTH)
		snprintf(out + len, TILE_PATH_SIZE - len, ".p/%u", width);
	return true;
}

bool
tile_partial_dir(unsigned level, uint64_t index, char out[TILE_PATH_SIZE])
{
	size_t len;

	if (!full_path(level, index, out))
		return false;
	len = strlen(out);
	snprintf(out + len, TILE_PATH_SIZE - len, ".p");
	return true;
}

unsigned
tile_width(uint64_t size, unsigned level, uint64_t index)
{
	uint64_t hashes = size >> tree_level(level);

	if (index > hashes >> TILE_HEIGHT)
		return 0;
	hashes -= index << TILE_HEIGHT;
	return hashes > TILE_WIDTH ? TILE_WIDTH : (unsigned)hashes;
}

unsigned
tile_levels(uint64_t size)
{
	unsigned levels = 0;

	while (levels < TILE_LEVELS && size >> (TILE_HEIGHT * levels) != 0)
		levels++;
	return levels;
}

unsigned
tile_hashes(const void *tile, size_t len, struct tree_hash out[TILE_WIDTH])
{
	if (len > TILE_BYTES || len % TREE_HASH_SIZE != 0)
		return 0;
	if (len > 0)
		memcpy(out, tile, len);
	return (unsigned)(len / TREE_HASH_SIZE);
}

void
tile_add(const struct tree_hash *hashes, size_t count, struct bytes *out)
{
	bytes_add(out, hashes, count * sizeof(*hashes));
}

void
tile_root(const struct tree_hash hashes[TILE_WIDTH], struct tree_hash *out)
{
	struct tree_hash row[TILE_WIDTH / 2];
	unsigned width, i;

	for (i = 0; i < TILE_WIDTH / 2; i++)
		tree_node(&hashes[2 * i], &hashes[2 * i + 1], &row[i]);
	for (width = TILE_WIDTH / 4; width > 0; width /= 2)
		for (i = 0; i < width; i++)
			tree_node(&row[2 * i], &row[2 * i + 1], &row[i]);
	*out = row[0];
}

bool
bundle_add(const void *entry, size_t len, struct bytes *out)
{
	if (len > ENTRY_MAX)
		return false;
	bytes_add_byte(out, (uint8_t)(len >> 8));
	bytes_add_byte(out, (uint8_t)(len & 0xff));
	bytes_add(out, entry, len);
	return true;
}

bool
bundle_next(struct reader *bundle, struct reader *entry)
{
	struct reader r = *bundle;
	uint8_t high, low;

	if (!reader_byte(&r, &high) || !reader_byte(&r, &low) ||
	    ((unsigned)high << 8 | low) > ENTRY_MAX ||
	    !reader_take(&r, (size_t)high << 8 | low, entry))
		return false;
	*bundle = r;
	return true;
}

bool
bundle_hashes(const void *bundle, size_t len, unsigned count,
    struct tree_hash out[TILE_WIDTH])
{
	struct reader r = { bundle, len };
	struct reader entry;
	unsigned i;

	if (count > TILE_WIDTH)
		return false;
	for (i = 0; i < count; i++) {
		if (!bundle_next(&r, &entry))
			return false;
		tree_leaf(entry.at, entry.left, &out[i]);
	}
	return r.left == 0;
}
