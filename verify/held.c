/*
 * held.c - held.h.
 */
#include "verify/held.h"

#include "base/sha256.h"
#include "packed/packed.h"

#include <openssl/crypto.h>
#include <string.h>
#include <strings.h>

/* What was gone for too long is held no more. */
static void
let_go(struct held *held, int64_t now_ms)
{
	size_t i, kept = 0;

	for (i = 0; i < held->count; i++)
		if (now_ms - held->thing[i].seen_ms < HELD_MS)
			held->thing[kept++] = held->thing[i];
	held->count = kept;
}

static struct held_thing *
find(struct held *held, const uint8_t digest[32])
{
	size_t i;

	for (i = 0; i < held->count; i++)
		if (memcmp(held->thing[i].digest, digest, 32) == 0)
			return &held->thing[i];
	return NULL;
}

/* A free place, or that of what was gone longest. */
static struct held_thing *
room(struct held *held)
{
	struct held_thing *oldest = &held->thing[0];
	size_t i;

	if (held->count < HELD_MAX)
		return &held->thing[held->count++];
	for (i = 1; i < HELD_MAX; i++)
		if (held->thing[i].seen_ms < oldest->seen_ms)
			oldest = &held->thing[i];
	return oldest;
}

static bool
is_ours(const struct scan_item *item)
{
	const size_t len = strlen(PACKED_PREFIX);

	return item->data.len >= len &&
	    strncasecmp((const char *)item->data.at, PACKED_PREFIX, len) == 0;
}

/* Is it new? It is held from now on. */
static bool
see(struct held *held, const struct scan_item *item, int64_t now_ms)
{
	struct held_thing now = { .seen_ms = now_ms, .ours = is_ours(item) };
	struct held_thing *known;

	sha256(item->data.at, item->data.len, now.digest);
	known = find(held, now.digest);
	*(known != NULL ? known : room(held)) = now;
	return known == NULL;
}

static bool
holds_ours(const struct held *held)
{
	size_t i;

	for (i = 0; i < held->count; i++)
		if (held->thing[i].ours)
			return true;
	return false;
}

bool
held_see(struct held *held, const struct scan_result *found, int64_t now_ms)
{
	bool ours = false, other = false;
	size_t i;

	let_go(held, now_ms);
	for (i = 0; i < found->count; i++)
		if (see(held, &found->item[i], now_ms)) {
			ours |= is_ours(&found->item[i]);
			other |= !is_ours(&found->item[i]);
		}
	return ours || (other && !holds_ours(held));
}

bool
held_any(struct held *held, int64_t now_ms)
{
	let_go(held, now_ms);
	return held->count > 0;
}

void
held_clear(struct held *held)
{
	OPENSSL_cleanse(held, sizeof(*held));
}
