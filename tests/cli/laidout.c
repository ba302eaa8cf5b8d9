/*
 * laidout.c - the disk after a power cut, made from what recorded.c recorded.
 *
 *   laidout same BASE TRACE FOLDER     all of it done to BASE is FOLDER; else 1
 *   laidout syncs BASE TRACE           each fsync: its place, who asked, of what
 *   laidout list BASE TRACE N [PLACE]  states that differ, "CUT SEED" a line: all
 *                                      prefixes, and N reorderings; with PLACE
 *                                      those that this fsync alone prevents
 *   laidout lay BASE TRACE FOLDER CUT SEED [PLACE]
 *                                      one of them; what was said before is printed
 *
 * What a file system may do: nothing is promised but by fsync. At the cut, what was
 * done to a file since its last fsync is there or not: each sector of each write, the
 * new length, in any order; a name that was made, changed or taken away is sure when
 * its folder was synced afterwards, whatever was synced of the file. A rename is done
 * or not: the new name is there and the old one is not, or as before.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512
#define TRIES  10 /* for each reordering, to find one that is new */

/* --- files and folders ---------------------------------------------------------- */

struct entry {
	char *name;
	struct node *node;
};

struct names {
	struct entry *entry;
	size_t count;
};

/* base: as it began; live: all done, where events are resolved; disk: the state
 * that is made. */
struct node {
	struct node *next;
	bool folder;
	mode_t mode;
	struct bytes {
		uint8_t *at;
		size_t len;
	} base, disk;
	bool changed; /* disk has bytes of its own */
	struct names base_names, live_names, disk_names;
	uint64_t base_hash;
	bool synced, synced_without; /* later on, before the cut */
};

static struct node *nodes, *top;

static void *
room(void *at, size_t len)
{
	if ((at = realloc(at, len > 0 ? len : 1)) == NULL)
		err(2, NULL);
	return at;
}

static struct node *
node_new(bool folder, mode_t mode)
{
	struct node *n = calloc(1, sizeof(*n));

	if (n == NULL)
		err(2, NULL);
	n->folder = folder;
	n->mode = mode;
	n->next = nodes;
	nodes = n;
	return n;
}

static struct entry *
find(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->entry[i].name, name) == 0)
			return &names->entry[i];
	return NULL;
}

/* NULL takes the name away. Sorted, so that equal folders hash the same. */
static void
set(struct names *names, char *name, struct node *node)
{
	struct entry *e = find(names, name);
	size_t at = 0;

	if (e != NULL && node != NULL) {
		e->node = node;
		return;
	}
	if (e != NULL) {
		at = (size_t)(e - names->entry);
		memmove(e, e + 1, (--names->count - at) * sizeof(*e));
		return;
	}
	if (node == NULL)
		return;
	names->entry = room(names->entry, (names->count + 1) * sizeof(*e));
	while (at < names->count && strcmp(names->entry[at].name, name) < 0)
		at++;
	memmove(&names->entry[at + 1], &names->entry[at],
	    (names->count++ - at) * sizeof(*e));
	names->entry[at] = (struct entry){ name, node };
}

static void
copy_names(struct names *to, const struct names *from)
{
	to->entry = room(to->entry, from->count * sizeof(*to->entry));
	if (from->count > 0)
		memcpy(
		    to->entry, from->entry, from->count * sizeof(*to->entry));
	to->count = from->count;
}

static struct bytes
read_file(const char *path)
{
	struct bytes b = { NULL, 0 };
	FILE *f = fopen(path, "r");
	struct stat st;

	if (f == NULL || fstat(fileno(f), &st) != 0)
		err(2, "%s", path);
	b.len = (size_t)st.st_size;
	b.at = room(NULL, b.len + 1);
	if (fread(b.at, 1, b.len, f) != b.len)
		err(2, "%s", path);
	b.at[b.len] = '\0';
	fclose(f);
	return b;
}

static uint64_t
hash(uint64_t h, const void *data, size_t len)
{
	for (const uint8_t *at = data, *end = at + len; at < end; at++)
		h = (h ^ *at) * 1099511628211u;
	return h;
}

static bool
is_memory(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && strcmp(name + len - 4, "-shm") == 0;
}

static struct node *
load(const char *path)
{
	const struct dirent *entry;
	char *name, *below;
	struct node *n;
	struct stat st;
	DIR *dir;

	if (lstat(path, &st) != 0)
		err(2, "%s", path);
	n = node_new(S_ISDIR(st.st_mode), st.st_mode & 07777);
	if (!n->folder) {
		n->base = read_file(path);
		n->base_hash = hash(0, n->base.at, n->base.len);
		return n;
	}
	if ((dir = opendir(path)) == NULL)
		err(2, "%s", path);
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    is_memory(entry->d_name))
			continue;
		if ((name = strdup(entry->d_name)) == NULL ||
		    asprintf(&below, "%s/%s", path, name) < 0)
			err(2, NULL);
		set(&n->base_names, name, load(below));
		free(below);
	}
	closedir(dir);
	copy_names(&n->live_names, &n->base_names);
	return n;
}

/* --- what was done ------------------------------------------------------------------- */

struct event {
	enum { NOTHING, WRITE, SIZE, NAME, SYNC, SAID, EXIT } what;
	struct node *node;  /* of a name: the folder that gets it */
	char *name;         /* there; of a sync, who and what */
	struct node *named; /* for this; NULL: taken away */
	struct node *from;  /* of a rename, and its name there */
	char *from_name;
	const uint8_t *data;
	size_t at, len;          /* exit: its status */
	bool sure, sure_without; /* at the cut */
};

static struct event *events;
static size_t event_count;

/* which file has a device and inode now; the newest of them counts */
static struct key {
	char text[64];
	struct node *node;
} * keys;
static size_t key_count;

static struct node *
by_key(const char *text)
{
	for (size_t i = key_count; i > 0; i--)
		if (strcmp(keys[i - 1].text, text) == 0)
			return keys[i - 1].node;
	return NULL;
}

static void
set_key(const char *text, struct node *node)
{
	if (by_key(text) == node)
		return;
	keys = room(keys, (key_count + 1) * sizeof(*keys));
	snprintf(keys[key_count].text, sizeof(keys->text), "%s", text);
	keys[key_count++].node = node;
}

/* The folder of a path, and the last name of it. */
static struct node *
walk(const char *path, char **last)
{
	struct node *n = top;
	const struct entry *e;
	char *copy = strdup(path), *part = copy, *slash;

	if (copy == NULL)
		err(2, NULL);
	while ((slash = strchr(part, '/')) != NULL) {
		*slash = '\0';
		if ((e = find(&n->live_names, part)) == NULL)
			errx(2, "%s: no such folder in the trace", path);
		n = e->node;
		part = slash + 1;
	}
	*last = part;
	return n;
}

static struct node *
at_path(const char *path)
{
	const struct entry *e;
	struct node *folder;
	char *name;

	if (strcmp(path, ".") == 0)
		return top;
	folder = walk(path, &name);
	return (e = find(&folder->live_names, name)) == NULL ? NULL : e->node;
}

/* Its name now. */
static const char *
path_of(const struct node *n, const struct node *from)
{
	const char *below;
	char *path;

	if (n == from)
		return ".";
	for (size_t i = 0; i < from->live_names.count; i++) {
		const struct entry *e = &from->live_names.entry[i];

		if (e->node == n)
			return e->name;
		if (e->node->folder && (below = path_of(n, e->node)) != NULL &&
		    asprintf(&path, "%s/%s", e->name, below) >= 0)
			return path;
	}
	return NULL;
}

/* A name for it, taken from another one or not; to is NULL: taken away. */
static void
name_event(struct event *e, const char *to, const char *from, struct node *node)
{
	e->what = NAME;
	e->named = node;
	e->node = walk(to, &e->name);
	set(&e->node->live_names, e->name, node);
	if (from == NULL)
		return;
	e->from = walk(from, &e->from_name);
	set(&e->from->live_names, e->from_name, NULL);
}

static void
data_event(struct event *e, int what, const char *file)
{
	e->node = by_key(file);
	e->what = e->node == NULL ? NOTHING : what;
}

/* One line; data of it begin at data. */
static void
parse(char *line, const uint8_t *data, struct event *e)
{
	char word[16], one[PATH_MAX], two[PATH_MAX];
	int got = sscanf(line, "%15s %4095s %4095s", word, one, two);
	unsigned mode;
	bool folder;

	if (got == 3 && strcmp(word, "open") == 0)
		set_key(two, at_path(one));
	else if (sscanf(line, "%*s %*s %*s %o", &mode) == 1 &&
	    ((folder = strcmp(word, "folder") == 0) ||
		strcmp(word, "new") == 0)) {
		name_event(e, one, NULL, node_new(folder, (mode_t)mode));
		set_key(two, e->named);
	} else if (strcmp(word, "write") == 0) {
		data_event(e, WRITE, one);
		sscanf(line, "%*s %*s %zu %zu", &e->at, &e->len);
		e->data = data;
	} else if (strcmp(word, "size") == 0) {
		data_event(e, SIZE, one);
		e->len = strtoul(two, NULL, 10);
	} else if (strcmp(word, "sync") == 0) {
		data_event(e, SYNC, one);
		if (e->node != NULL &&
		    asprintf(&e->name, "%s %s", two,
			path_of(e->node, top) ?: "(gone)") < 0)
			err(2, NULL);
	} else if (strcmp(word, "rename") == 0)
		name_event(e, two, one, at_path(one));
	else if (strcmp(word, "link") == 0)
		name_event(e, two, NULL, at_path(one));
	else if (strcmp(word, "unlink") == 0 || strcmp(word, "rmdir") == 0)
		name_event(e, one, NULL, NULL);
	else if (strcmp(word, "said") == 0 || strcmp(word, "exit") == 0) {
		e->what = word[0] == 's' ? SAID : EXIT;
		e->len = strtoul(one, NULL, 10);
		e->data = e->what == SAID ? data : NULL;
	} else
		errx(2, "not a line of a trace: %s", line);
}

static void
read_trace(const char *path)
{
	struct bytes text = read_file(path);
	char *at = (char *)text.at, *end = at + text.len, *feed;

	while (at < end && (feed = memchr(at, '\n', (size_t)(end - at)))) {
		struct event e = { .what = NOTHING };

		*feed = '\0';
		parse(at, (uint8_t *)feed + 1, &e);
		at = feed + 1 + (e.data != NULL ? e.len + 1 : 0);
		if (e.what == NOTHING)
			continue;
		events = room(events, (event_count + 1) * sizeof(e));
		events[event_count++] = e;
	}
}

/* --- what is left of it --------------------------------------------------------------- */

static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* Is it synced before the cut? without: an fsync that did not happen. */
static void
judge(size_t cut, size_t without)
{
	for (struct node *n = nodes; n != NULL; n = n->next)
		n->synced = n->synced_without = false;
	for (size_t i = cut; i-- > 0;) {
		struct event *e = &events[i];
		const struct node *other = e->from != NULL ? e->from : e->node;

		if (e->what == SYNC) {
			e->node->synced = true;
			e->node->synced_without |= i != without;
		} else if (e->node != NULL) {
			e->sure = e->node->synced && other->synced;
			e->sure_without =
			    e->node->synced_without && other->synced_without;
		}
	}
}

static bool
is_unsure(const struct event *e)
{
	return (e->what == WRITE || e->what == SIZE || e->what == NAME) &&
	    !e->sure_without;
}

/* What happens to what is not sure. TARGETED: only where an fsync was left out. */
enum {
	ALL_LOST,
	SOME_SECTORS,
	SOME_CALLS,
	NAMES_STAY,
	DATA_STAY,
	ONE_LOST, /* of one file, or folder */
	ONE_STAYS,
	LATER_LOST,
	TARGETED,
	TARGETED_SOME,
	WAYS
};

struct fate {
	int way;
	uint64_t seed;
	const struct node *one;
	size_t later;
};

/* the seed says all of it; 0: everything stays */
static struct fate
choose(size_t cut, uint64_t seed)
{
	struct fate fate = { (int)(seed % WAYS), mix(seed), NULL, 0 };
	size_t unsure = 0;

	for (size_t i = 0; i < cut; i++)
		unsure += is_unsure(&events[i]);
	if (unsure == 0)
		return fate;
	unsure = fate.seed % unsure;
	for (size_t i = 0; i < cut && fate.one == NULL; i++)
		if (is_unsure(&events[i]) && unsure-- == 0) {
			fate.one = events[i].node;
			fate.later = i;
		}
	return fate;
}

/* sector: 0 the new length or the name, then those of the data */
static bool
stays(const struct event *e, const struct fate *fate, size_t sector)
{
	const size_t i = (size_t)(e - events);
	const bool coin = mix(fate->seed ^ mix(i * 4096 + sector)) & 1;

	if (e->sure_without || fate->seed == mix(0))
		return true;
	switch (fate->way) {
	case SOME_SECTORS:
		return coin;
	case SOME_CALLS:
		return mix(fate->seed ^ i) & 1;
	case NAMES_STAY:
		return e->what == NAME;
	case DATA_STAY:
		return e->what != NAME;
	case ONE_LOST:
		return e->node != fate->one;
	case ONE_STAYS:
		return e->node == fate->one;
	case LATER_LOST:
		return i < fate->later;
	case TARGETED:
		return !e->sure;
	case TARGETED_SOME:
		return !e->sure || coin;
	default:
		return false;
	}
}

static void
resize(struct node *n, size_t len)
{
	if (!n->changed || len > n->disk.len)
		n->disk.at =
		    room(n->changed ? n->disk.at : NULL, len + n->base.len);
	if (!n->changed && n->base.len > 0) {
		memcpy(n->disk.at, n->base.at, n->base.len);
		n->disk.len = n->base.len;
	}
	if (len > n->disk.len)
		memset(n->disk.at + n->disk.len, 0, len - n->disk.len);
	n->disk.len = len;
	n->changed = true;
}

static void
apply_write(const struct event *e, const struct fate *fate)
{
	const size_t end = e->at + e->len;
	struct node *n = e->node;
	size_t from = e->at, to, sector;

	if (stays(e, fate, 0) && (!n->changed || end > n->disk.len))
		resize(n, end > n->disk.len ? end : n->disk.len);
	for (; from < end; from = to) {
		sector = from / SECTOR;
		to = (sector + 1) * SECTOR < end ? (sector + 1) * SECTOR : end;
		if (!stays(e, fate, sector + 1))
			continue;
		if (!n->changed || to > n->disk.len)
			resize(n, to > n->disk.len ? to : n->disk.len);
		memcpy(n->disk.at + from, e->data + (from - e->at), to - from);
	}
}

static void
make_disk(size_t cut, uint64_t seed, size_t without)
{
	struct fate fate;

	judge(cut, without);
	fate = choose(cut, seed);
	for (struct node *n = nodes; n != NULL; n = n->next) {
		copy_names(&n->disk_names, &n->base_names);
		if (n->changed)
			free(n->disk.at);
		n->changed = false;
		n->disk = n->base;
	}
	for (const struct event *e = events; e < events + cut; e++)
		if (e->what == WRITE)
			apply_write(e, &fate);
		else if (e->what == SIZE && stays(e, &fate, 0))
			resize(e->node, e->len);
		else if (e->what == NAME && stays(e, &fate, 0)) {
			set(&e->node->disk_names, e->name, e->named);
			if (e->from != NULL)
				set(&e->from->disk_names, e->from_name, NULL);
		}
}

/* --- laying it out ----------------------------------------------------------------------- */

static uint64_t
hash_node(uint64_t h, const struct node *n)
{
	uint64_t own =
	    n->changed ? hash(0, n->disk.at, n->disk.len) : n->base_hash;

	h = hash(h, &n->mode, sizeof(n->mode));
	h = hash(h, &own, sizeof(own));
	h = hash(h, &n->disk.len, sizeof(n->disk.len));
	for (size_t i = 0; i < n->disk_names.count; i++) {
		const struct entry *e = &n->disk_names.entry[i];

		h = hash_node(hash(h, e->name, strlen(e->name) + 1), e->node);
	}
	return h;
}

static void
lay(const struct node *n, const char *path)
{
	char *below;
	int fd;

	if (!n->folder) {
		fd = open(
		    path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, n->mode);
		if (fd < 0 ||
		    write(fd, n->disk.at, n->disk.len) !=
			(ssize_t)n->disk.len ||
		    fchmod(fd, n->mode) != 0 || close(fd) != 0)
			err(2, "%s", path);
		return;
	}
	if (mkdir(path, 0700) != 0)
		err(2, "%s", path);
	for (size_t i = 0; i < n->disk_names.count; i++) {
		const struct entry *e = &n->disk_names.entry[i];

		if (asprintf(&below, "%s/%s", path, e->name) < 0)
			err(2, NULL);
		lay(e->node, below);
		free(below);
	}
	if (chmod(path, n->mode) != 0)
		err(2, "%s", path);
}

static int
take_away(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)st, (void)what, (void)at;
	return remove(path);
}

/* What the user had read. */
static void
tell(size_t cut)
{
	for (size_t i = 0; i < cut; i++)
		if (events[i].what == SAID)
			fwrite(events[i].data, 1, events[i].len, stdout);
		else if (events[i].what == EXIT)
			printf("exit %zu\n", events[i].len);
}

/* --- which of them ------------------------------------------------------------------------ */

/* New? What was said belongs to it: the same disk may have lost something, or not
 * yet. */
static bool
is_new(size_t cut)
{
	static uint64_t *seen;
	static size_t count;
	uint64_t h = hash_node(0, top), said = 0;

	for (size_t i = 0; i < cut; i++)
		said += events[i].what == SAID || events[i].what == EXIT;
	h = hash(h, &said, sizeof(said));
	for (size_t i = 0; i < count; i++)
		if (seen[i] == h)
			return false;
	seen = room(seen, (count + 1) * sizeof(*seen));
	seen[count++] = h;
	return true;
}

static bool
offer(size_t cut, uint64_t seed, size_t without)
{
	make_disk(cut, seed, without);
	if (!is_new(cut))
		return false;
	printf("%zu %ju\n", cut, (uintmax_t)seed);
	return true;
}

static void
list(uint64_t count)
{
	const size_t never = event_count;
	uint64_t tries = TRIES * count;

	for (size_t cut = 0; cut <= event_count; cut++)
		offer(cut, 0, never);
	for (uint64_t seed = 1; count > 0 && tries > 0; seed++)
		if (seed % WAYS < TARGETED) {
			count -=
			    offer(1 + mix(~seed) % event_count, seed, never);
			tries--;
		}
}

/* Those first that had been told that all is well. */
static void
list_without(size_t place)
{
	static const uint64_t seeds[] = { TARGETED, TARGETED_SOME,
		TARGETED_SOME + WAYS, WAYS + ALL_LOST, SOME_CALLS,
		SOME_SECTORS };
	bool open;

	for (size_t cut = event_count; cut > place; cut--) {
		/* between two fsyncs, or words, the last moment has most */
		if (cut < event_count && events[cut].what != SYNC &&
		    events[cut].what != SAID && events[cut].what != EXIT)
			continue;
		open = false;
		judge(cut, place);
		for (size_t i = 0; i < cut; i++)
			open |= is_unsure(&events[i]) && events[i].sure;
		for (size_t i = 0; open && i < sizeof(seeds) / sizeof(*seeds);
		     i++)
			offer(cut, seeds[i], place);
	}
}

static void
list_syncs(void)
{
	for (size_t i = 0; i < event_count; i++)
		if (events[i].what == SYNC)
			printf("%zu %s\n", i, events[i].name);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 3 ? argv[1] : "";
	size_t cut, place;

	if (argc < 4)
		errx(2, "see the top of laidout.c");
	top = load(argv[2]);
	read_trace(argv[3]);
	if (strcmp(what, "syncs") == 0)
		list_syncs();
	else if (strcmp(what, "same") == 0 && argc == 5) {
		make_disk(event_count, 0, event_count);
		const uint64_t made = hash_node(0, top);

		top = load(argv[4]);
		make_disk(0, 0, 0);
		return made != hash_node(0, top);
	} else if (strcmp(what, "list") == 0 && argc == 5)
		list(strtoull(argv[4], NULL, 10));
	else if (strcmp(what, "list") == 0 && argc == 6)
		list_without(strtoull(argv[5], NULL, 10));
	else if (strcmp(what, "lay") == 0 && argc >= 7) {
		cut = strtoull(argv[5], NULL, 10);
		place = argc > 7 ? strtoull(argv[7], NULL, 10) : event_count;
		if (cut > event_count)
			errx(2, "only %zu calls", event_count);
		make_disk(cut, strtoull(argv[6], NULL, 10), place);
		nftw(argv[4], take_away, 16, FTW_DEPTH | FTW_PHYS);
		lay(top, argv[4]);
		tell(cut);
	} else
		errx(2, "see the top of laidout.c");
	return 0;
}
