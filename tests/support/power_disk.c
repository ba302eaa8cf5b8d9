/*
 * power_disk.c - power_disk.h.
 *
 * Three things are kept: the disk as the record began, the changes since, and
 * the disk as it is now. A cut takes the first, does over again what flushes
 * before the cut made last, and then casts lots about the rest.
 */
#include "tests/support/power_disk.h"

#include <check.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 80
#define PATH_SIZE 256

struct node {
	uint8_t *at;
	size_t len, cap;
	bool folder, inside;
};

struct name {
	unsigned dir, node; /* POWER_NONE: no such name */
	char text[NAME_SIZE];
};

struct image {
	struct node *node;
	struct name *name;
	size_t nodes, names, node_cap, name_cap;
};

enum kind { WRITE, RESIZE, NAME, FLUSH };

struct change {
	enum kind kind;
	unsigned node; /* of NAME: the folder */
	uint64_t at;   /* of RESIZE: the new length */
	size_t len;
	uint8_t *data;
	struct name name, was; /* was: taken away in the same step */
	char path[PATH_SIZE];  /* of FLUSH, for struct power_how */
};

static struct image base, live;
static struct change *change;
static size_t count, cap;
static bool recording;
static unsigned cuts;
static const char *failing;
static unsigned fail_in;

/* --- images -------------------------------------------------------------- */

static void *
grown(void *at, size_t have, size_t *room, size_t each)
{
	if (have < *room)
		return at;
	*room = *room * 2 + 16;
	at = realloc(at, *room * each);
	ck_assert_ptr_nonnull(at);
	return at;
}

static void
node_room(struct node *node, size_t len)
{
	if (len <= node->cap)
		return;
	node->cap = len + len / 2;
	node->at = realloc(node->at, node->cap);
	ck_assert_ptr_nonnull(node->at);
}

static void
node_resize(struct node *node, size_t len)
{
	node_room(node, len);
	if (len > node->len)
		memset(node->at + node->len, 0, len - node->len);
	node->len = len;
}

static unsigned
image_add(struct image *image, bool folder)
{
	image->node = grown(
	    image->node, image->nodes, &image->node_cap, sizeof(*image->node));
	image->node[image->nodes] = (struct node){ .folder = folder };
	return (unsigned)image->nodes++;
}

static void
image_clear(struct image *image)
{
	for (size_t i = 0; i < image->nodes; i++)
		free(image->node[i].at);
	free(image->node);
	free(image->name);
	*image = (struct image){ 0 };
}

static void
image_copy(const struct image *from, struct image *out)
{
	image_clear(out);
	for (size_t i = 0; i < from->nodes; i++) {
		const struct node *node = &from->node[i];
		unsigned n = image_add(out, node->folder);

		out->node[n].inside = node->inside;
		node_resize(&out->node[n], node->len);
		if (node->len > 0)
			memcpy(out->node[n].at, node->at, node->len);
	}
	for (size_t i = 0; i < from->names; i++) {
		out->name = grown(
		    out->name, out->names, &out->name_cap, sizeof(*out->name));
		out->name[out->names++] = from->name[i];
	}
}

static void
image_name(struct image *image, const struct name *name)
{
	size_t i = 0;

	while (i < image->names &&
	    (image->name[i].dir != name->dir ||
		strcmp(image->name[i].text, name->text) != 0))
		i++;
	if (name->node == POWER_NONE) {
		if (i < image->names)
			image->name[i] = image->name[--image->names];
		return;
	}
	if (i == image->names) {
		image->name = grown(image->name, image->names, &image->name_cap,
		    sizeof(*image->name));
		image->names++;
	}
	image->name[i] = *name;
}

static void
apply(struct image *image, const struct change *c)
{
	struct node *node = &image->node[c->node];

	switch (c->kind) {
	case WRITE:
		if (c->at + c->len > node->len)
			node_resize(node, c->at + c->len);
		memcpy(node->at + c->at, c->data, c->len);
		break;
	case RESIZE:
		node_resize(node, c->at);
		break;
	case NAME:
		if (c->was.text[0] != '\0')
			image_name(image, &c->was);
		image_name(image, &c->name);
		break;
	case FLUSH:
		break;
	}
}

/* --- lots ---------------------------------------------------------------- */

static uint64_t lots;
static unsigned share; /* of what was not flushed: 0 none, 1 half, 2 all */

/* splitmix64, of the public domain */
static uint64_t
draw(uint64_t below)
{
	uint64_t z = lots += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % below;
}

/* How many of n things done one after the other are there. */
static size_t
kept(size_t n)
{
	if (share != 1)
		return share == 0 ? 0 : n;
	return draw(2) == 0 ? 0 : 1 + (size_t)draw(n);
}

/* --- what is flushed ------------------------------------------------------ */

static bool
covers(const struct change *flush, const struct change *c)
{
	return flush->node == c->node ||
	    (c->kind == NAME && c->was.text[0] != '\0' &&
		flush->node == c->was.dir);
}

/* For each change whether a flush before `at` made it last. */
static bool *
flushed(size_t at, const char *unflushed)
{
	bool *last = calloc(at + 1, sizeof(*last));

	ck_assert_ptr_nonnull(last);
	for (size_t i = 0; i < at; i++) {
		if (change[i].kind != FLUSH)
			continue;
		if (unflushed != NULL &&
		    fnmatch(unflushed, change[i].path, 0) == 0)
			continue;
		for (size_t k = 0; k < i; k++)
			last[k] |= covers(&change[i], &change[k]);
	}
	return last;
}

/* --- what a cut leaves of a file ------------------------------------------ */

/* Writes and lengths that no flush made last. */
struct pending {
	const struct change **at;
	size_t count;
};

static size_t
length_after(const struct change *c, size_t len)
{
	if (c->kind == RESIZE)
		return c->at;
	return c->at + c->len > len ? c->at + c->len : len;
}

/* One that it had, or one between two of them. */
static size_t
choose_length(const struct pending *p, size_t len)
{
	size_t done = kept(p->count), next;

	for (size_t i = 0; i < done; i++)
		len = length_after(p->at[i], len);
	if (done == p->count || share != 1)
		return len;
	next = length_after(p->at[done], len);
	return next > len && draw(4) == 0 ? len + (size_t)draw(next - len)
					  : len;
}

/* The part of a write that falls into this sector; its first `most` bytes. */
static void
write_part(uint8_t sector[POWER_SECTOR], size_t from, const struct change *c,
    size_t most)
{
	size_t begin = c->at > from ? c->at : from;
	size_t end = c->at + c->len;

	if (end > from + POWER_SECTOR)
		end = from + POWER_SECTOR;
	if (end - begin > most)
		end = begin + most;
	memcpy(sector + (begin - from), c->data + (begin - c->at), end - begin);
}

static bool
touches(const struct change *c, size_t from)
{
	return c->kind == WRITE && c->at < from + POWER_SECTOR &&
	    c->at + c->len > from;
}

static void
settle_sector(struct node *node, const struct pending *p, size_t from)
{
	uint8_t sector[POWER_SECTOR];
	size_t n = 0, done, len = node->len - from;

	for (size_t i = 0; i < p->count; i++)
		n += touches(p->at[i], from);
	if (n == 0)
		return;
	if (len > POWER_SECTOR)
		len = POWER_SECTOR;
	memset(sector, 0, sizeof(sector));
	memcpy(sector, node->at + from, len);
	done = kept(n);
	for (size_t i = 0; i < p->count; i++) {
		if (!touches(p->at[i], from))
			continue;
		if (done == 0) { /* torn: the first bytes of the next one */
			if (share == 1 && draw(8) == 0)
				write_part(sector, from, p->at[i],
				    (size_t)draw(POWER_SECTOR));
			break;
		}
		write_part(sector, from, p->at[i], POWER_SECTOR);
		done--;
	}
	memcpy(node->at + from, sector, len);
}

static void
fill_grown(struct node *node, size_t had, size_t len)
{
	bool rubbish = draw(4) == 0;

	node_resize(node, len);
	for (size_t i = had; rubbish && i < len; i++)
		node->at[i] = (uint8_t)draw(256);
}

static void
settle(struct node *node, const struct pending *p)
{
	size_t len = choose_length(p, node->len);

	if (len > node->len)
		fill_grown(node, node->len, len);
	node_resize(node, len);
	for (size_t from = 0; from < len; from += POWER_SECTOR)
		settle_sector(node, p, from);
}

/* --- a cut ---------------------------------------------------------------- */

static void
settle_files(struct image *image, size_t at, const bool *last)
{
	struct pending p = { malloc((at + 1) * sizeof(struct change *)), 0 };

	ck_assert_ptr_nonnull(p.at);
	for (unsigned node = 0; node < image->nodes; node++) {
		p.count = 0;
		for (size_t i = 0; i < at; i++)
			if (!last[i] && change[i].node == node &&
			    (change[i].kind == WRITE ||
				change[i].kind == RESIZE))
				p.at[p.count++] = &change[i];
		if (p.count > 0)
			settle(&image->node[node], &p);
	}
	free(p.at);
}

/* The record's first disk, with what is new since and has no name there. */
static void
begin_again(struct image *out)
{
	image_copy(&base, out);
	for (size_t i = base.nodes; i < live.nodes; i++)
		image_add(out, live.node[i].folder);
	for (size_t i = 0; i < out->nodes; i++)
		out->node[i].inside = live.node[i].inside;
}

static void
install(struct image *image)
{
	image_clear(&live);
	live = *image;
	recording = false;
	cuts++;
}

unsigned
power_cuts(void)
{
	return cuts;
}

void
power_cut(size_t at, const struct power_how *how)
{
	struct image image = { 0 };
	bool *last = flushed(at, how->unflushed);

	ck_assert_uint_le(at, count);
	lots = how->seed * 2 + 1;
	share = (unsigned)draw(8);
	share = share == 0 ? 0 : share == 7 ? 2 : 1;
	begin_again(&image);
	for (size_t i = 0; i < at; i++)
		if (last[i])
			apply(&image, &change[i]);
	settle_files(&image, at, last);
	for (size_t i = 0; i < at; i++)
		if (!last[i] && change[i].kind == NAME && kept(1) == 1)
			apply(&image, &change[i]);
	free(last);
	install(&image);
}

void
power_kill(size_t at)
{
	struct image image = { 0 };

	ck_assert_uint_le(at, count);
	begin_again(&image);
	for (size_t i = 0; i < at; i++)
		apply(&image, &change[i]);
	while (count > at)
		free(change[--count].data);
	install(&image);
	recording = true;
}

/* --- recording ------------------------------------------------------------ */

static void
forget_changes(void)
{
	for (size_t i = 0; i < count; i++)
		free(change[i].data);
	free(change);
	change = NULL;
	count = cap = 0;
}

void
power_record(void)
{
	forget_changes();
	image_copy(&live, &base);
	recording = true;
}

size_t
power_count(void)
{
	return count;
}

void
power_clear(void)
{
	forget_changes();
	image_clear(&base);
	image_clear(&live);
	recording = false;
	cuts = 0;
	failing = NULL;
	ck_assert_uint_eq(image_add(&live, true), POWER_ROOT);
}

/* --- the disk as it is ------------------------------------------------------ */

static unsigned
entry_of(unsigned dir, const char *text, size_t len)
{
	for (size_t i = 0; i < live.names; i++)
		if (live.name[i].dir == dir &&
		    strncmp(live.name[i].text, text, len) == 0 &&
		    live.name[i].text[len] == '\0')
			return live.name[i].node;
	return POWER_NONE;
}

unsigned
power_find(const char *path)
{
	unsigned node = POWER_ROOT;

	while (node != POWER_NONE && path[0] != '\0') {
		size_t len = strcspn(path, "/");

		node = entry_of(node, path, len);
		path += len + strspn(path + len, "/");
	}
	return node;
}

unsigned
power_add(bool folder)
{
	return image_add(&live, folder);
}

static void
split(const char *path, struct name *out)
{
	const char *slash = strrchr(path, '/');
	const char *text = slash == NULL ? path : slash + 1;
	char dir[PATH_SIZE] = "";

	ck_assert_uint_lt(strlen(path), sizeof(dir));
	ck_assert_uint_lt(strlen(text), sizeof(out->text));
	if (slash != NULL)
		memcpy(dir, path, (size_t)(slash - path));
	strcpy(out->text, text);
	out->dir = power_find(dir);
	ck_assert_msg(out->dir != POWER_NONE, "no folder: %s", path);
}

static void
take(struct change *c)
{
	apply(&live, c);
	if (!recording) {
		free(c->data);
		return;
	}
	change = grown(change, count, &cap, sizeof(*change));
	change[count++] = *c;
}

void
power_name(const char *path, unsigned node)
{
	struct change c = { .kind = NAME };

	split(path, &c.name);
	c.name.node = node;
	c.node = c.name.dir;
	take(&c);
}

void
power_rename(const char *from, const char *to)
{
	struct change c = { .kind = NAME };

	split(from, &c.was);
	c.was.node = POWER_NONE;
	split(to, &c.name);
	c.name.node = power_find(from);
	c.node = c.name.dir;
	take(&c);
}

void
power_write(unsigned node, uint64_t at, const void *data, size_t len)
{
	struct change c = { .kind = WRITE,
		.node = node,
		.at = at,
		.len = len,
		.data = malloc(len + 1) };

	ck_assert_ptr_nonnull(c.data);
	memcpy(c.data, data, len);
	take(&c);
}

void
power_resize(unsigned node, uint64_t len)
{
	struct change c = { .kind = RESIZE, .node = node, .at = len };

	take(&c);
}

/* --- flushing -------------------------------------------------------------- */

struct named {
	unsigned node;
	char path[PATH_SIZE];
};

static void
see_name(void *arg, const char *path, unsigned node)
{
	struct named *named = arg;

	if (node == named->node)
		strcpy(named->path, path);
}

void
power_fail(const char *name, unsigned nth)
{
	failing = name;
	fail_in = nth;
}

static bool
fails(const char *path)
{
	if (failing == NULL || fnmatch(failing, path, 0) != 0)
		return false;
	if (fail_in > 1) {
		fail_in--;
		return false;
	}
	return true;
}

bool
power_flush(unsigned node)
{
	struct change c = { .kind = FLUSH, .node = node };
	struct named named = { .node = node };

	power_each(see_name, &named);
	strcpy(c.path, named.path);
	if (live.node[node].folder)
		strcat(c.path, "/");
	if (fails(c.path))
		return false;
	take(&c);
	return true;
}

/* --- looking --------------------------------------------------------------- */

bool
power_is_folder(unsigned node)
{
	return live.node[node].folder;
}

const uint8_t *
power_data(unsigned node, size_t *len)
{
	*len = live.node[node].len;
	return live.node[node].at;
}

void
power_inside(unsigned node)
{
	live.node[node].inside = true;
}

bool
power_is_inside(unsigned node)
{
	return live.node[node].inside;
}

static void
each_below(unsigned dir, const char *path,
    void (*see)(void *arg, const char *path, unsigned node), void *arg)
{
	char full[PATH_SIZE];

	for (size_t i = 0; i < live.names; i++) {
		const struct name *name = &live.name[i];

		if (name->dir != dir)
			continue;
		ck_assert_uint_lt(
		    strlen(path) + strlen(name->text) + 3, sizeof(full));
		strcpy(full, path);
		if (path[0] != '\0')
			strcat(full, "/");
		strcat(full, name->text);
		see(arg, full, name->node);
		if (live.node[name->node].folder)
			each_below(name->node, full, see, arg);
	}
}

void
power_each(void (*see)(void *arg, const char *path, unsigned node), void *arg)
{
	each_below(POWER_ROOT, "", see, arg);
}
