/*
 * Any files as a published log: files in one input, as verify/desk/folder.h has
 * them. Of a head that its log signed each line is given once, and the tree over
 * what was given has the head's root.
 */
#include "log/read.h"
#include "tests/fuzz/mutate.h"
#include "verify/desk/folder.h"

#include <stdlib.h>
#include <string.h>

#define NAME "RRP-ES/log/GTGUA01/1"
#define HEAD "checkpoint"

/* --- the mutator: one file changed, then tile, root and signature fit ------ */

static struct bytes *
find(const struct box *box, const char *name)
{
	for (size_t i = 0; i < box->count; i++)
		if (strcmp(box->file[i].name, name) == 0)
			return &box->file[i].data;
	return NULL;
}

static void
replace(struct bytes *file, const struct bytes *by)
{
	bytes_reset(file);
	bytes_add(file, by->at, by->len);
}

/* Of a log in one bundle: its leaves are what the bundle has. */
static void
mend(const struct box *box)
{
	char bundle[TILE_PATH_SIZE], tile[TILE_PATH_SIZE];
	struct checkpoint head = { .origin = NAME };
	struct tree_range range = { 0 };
	struct tree_hash leaf[TILE_WIDTH];
	struct bytes *entries = NULL, *hashes, *note = find(box, HEAD);
	struct bytes next = { 0 };
	struct vkey key;
	EVP_PKEY *private = mutate_note_key(NAME, &key);
	unsigned width;

	for (width = 1; width <= TILE_WIDTH && entries == NULL; width++)
		if (tile_path(TILE_BUNDLE, 0, width, bundle))
			entries = find(box, bundle);
	if (note == NULL || entries == NULL ||
	    !tile_path(0, 0, --width, tile) ||
	    !bundle_hashes(entries->at, entries->len, width, leaf))
		return;
	for (unsigned i = 0; i < width; i++)
		(void)tree_range_append(&range, 0, &leaf[i]);
	if ((hashes = find(box, tile)) != NULL) {
		tile_add(leaf, width, &next);
		replace(hashes, &next);
		bytes_reset(&next);
	}
	head.size = width;
	tree_range_root(&range, &head.root);
	if (checkpoint_sign(&head, &key, private, &next, NULL) == ERR_OK)
		replace(note, &next);
	bytes_free(&next);
}

static void
change(struct bytes *file, unsigned seed, bool is_head)
{
	size_t len = file->len;

	if (bytes_reserve(file, 64) == NULL)
		abort();
	file->len = is_head ? mutate_note(NAME, file->at, len, len + 64, seed)
			    : LLVMFuzzerMutate(file->at, len, len + 64);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	struct bytes out = { 0 };
	struct box box = { 0 };
	struct box_file *file;

	if (seed % 8 == 0 ||
	    folder_read((struct reader){ data, len }, &box, NULL) != ERR_OK ||
	    box.count == 0) {
		box_clear(&box);
		return LLVMFuzzerMutate(data, len, max);
	}
	file = &box.file[seed / 8 % box.count];
	change(&file->data, seed, strcmp(file->name, HEAD) == 0);
	if (seed % 3 == 0)
		mend(&box);
	for (size_t i = 0; i < box.count; i++) {
		file = &box.file[i];
		bytes_addf(&out, "%zu %zu\n%s", strlen(file->name),
		    file->data.len, file->name);
		bytes_add(&out, file->data.at, file->data.len);
	}
	if (out.len <= max)
		memcpy(data, out.at, len = out.len);
	bytes_free(&out);
	box_clear(&box);
	return len;
}

/* --- the target ------------------------------------------------------------ */

static enum err
fetch(void *ctx, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	const struct bytes *file = find(ctx, path);

	(void)err;
	if (file == NULL)
		return ERR_NOT_FOUND;
	if (file->len > max)
		return ERR_LIMIT;
	bytes_add(out, file->at, file->len);
	return ERR_OK;
}

static enum err
take(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct tree_range *given = ctx;
	struct tree_hash again;

	(void)err;
	tree_leaf(entry, len, &again);
	if (index != given->size || !tree_hash_equal(&again, leaf) ||
	    !tree_range_append(given, 0, leaf))
		abort();
	return ERR_OK;
}

static void
read_log(const struct log_source *source, const struct checkpoint *head)
{
	struct tree_range none = { 0 }, given = { 0 }, out;
	const struct log_visitor visitor = { take, &given };
	struct bytes line = { 0 };
	struct tree_hash root;

	if (log_read(source, head, &none, NULL, READ_ALL_TILES, &visitor, &out,
		NULL) != ERR_OK)
		return;
	tree_range_root(&given, &root);
	if (given.size != head->size || !tree_hash_equal(&root, &head->root))
		abort();
	if (head->size > 0 &&
	    (log_read_line(source, head, head->size - 1, &line, NULL) !=
		    ERR_OK ||
		log_read_root(source, head, head->size, &root, NULL) !=
		    ERR_OK ||
		!tree_hash_equal(&root, &head->root)))
		abort();
	bytes_free(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct box box = { 0 };
	struct log_source source = { fetch, &box };
	struct bytes note = { 0 };
	struct checkpoint head;
	struct vkey key;

	mutate_note_key(NAME, &key);
	if (folder_read((struct reader){ data, len }, &box, NULL) == ERR_OK &&
	    log_read_head(&source, &key, &note, &head, NULL, NULL) == ERR_OK)
		read_log(&source, &head);
	bytes_free(&note);
	box_clear(&box);
	return 0;
}
