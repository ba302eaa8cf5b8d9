/*
 * box.c - box.h.
 */
#include "scan/box.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "scan/helper.h"
#include "scan/protocol.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static size_t
bytes_in(const struct box *box)
{
	size_t sum = 0, i;

	for (i = 0; i < box->count; i++)
		sum += box->file[i].data.len;
	return sum;
}

/* As it may stand on a screen. */
static char *
clean_name(const void *name, size_t len)
{
	struct bytes text = { 0 };

	utf8_print_safe(
	    name, len > PROTOCOL_NAME_MAX ? PROTOCOL_NAME_MAX : len, &text);
	if (text.len == 0)
		bytes_add_byte(&text, '?');
	if (text.failed)
		bytes_free(&text);
	return (char *)text.at;
}

enum err
box_add(struct box *box, const void *name, size_t name_len, const void *data,
    size_t len)
{
	struct box_file file = { 0 };

	if (box->count == BOX_FILE_MAX || len > BOX_BYTES_MAX - bytes_in(box)) {
		box->is_cut = true;
		return ERR_LIMIT;
	}
	if (!ARRAY_ROOM(box->file, box->count, box->cap))
		return ERR_MEMORY;
	file.name = clean_name(name, name_len);
	bytes_add(&file.data, data, len);
	if (file.name == NULL || file.data.failed) {
		free(file.name);
		bytes_free(&file.data);
		return ERR_MEMORY;
	}
	box->file[box->count++] = file;
	return ERR_OK;
}

enum err
box_open(const uint8_t *data, size_t len, struct box *out, struct errtext *err)
{
	struct bytes answer = { 0 };
	char *program = NULL;
	enum err rc = helper_program(&program, err);

	if (rc == ERR_OK)
		rc = helper_run(
		    program, NULL, data, len, PROTOCOL_BOX_MAX, &answer, err);
	if (rc == ERR_OK)
		rc = box_parse(&answer, out, err);
	out->type = magic_of(data, len);
	bytes_wipe(&answer);
	free(program);
	return rc;
}

/* --- a folder ----------------------------------------------------------------- */

static int
is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* What nobody can look at may be a file. */
static enum err
add_file(struct box *box, const char *folder, const char *name)
{
	char *path = file_join(folder, name);
	struct bytes file = { 0 };
	enum err rc = path != NULL ? ERR_OK : ERR_MEMORY;

	if (rc == ERR_OK && !file_seen_dir(path)) {
		rc = file_read_regular(path, SCAN_FILE_MAX, &file, NULL);
		if (rc == ERR_OK)
			rc =
			    box_add(box, name, strlen(name), file.at, file.len);
		else if (rc != ERR_MEMORY)
			box->is_cut = true;
		if (rc != ERR_MEMORY)
			rc = ERR_OK;
	}
	bytes_wipe(&file);
	free(path);
	return rc;
}

/* Nothing more is read from the disk. */
static bool
is_full(const struct box *box)
{
	return box->is_cut &&
	    (box->count == BOX_FILE_MAX || bytes_in(box) == BOX_BYTES_MAX);
}

enum err
box_open_folder(const char *path, struct box *out, struct errtext *err)
{
	struct dirent **entries = NULL;
	int count = scandir(path, &entries, is_shown, alphasort), i;
	enum err rc = ERR_OK;

	*out = (struct box){ .type = MAGIC_BINARY };
	if (count < 0)
		return err_set(err, ERR_IO, _("%s: cannot be opened: %s"), path,
		    strerror(errno));
	for (i = 0; i < count; i++) {
		/* one that is left out hides none behind it */
		if (rc == ERR_OK && !is_full(out))
			rc = add_file(out, path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	if (rc == ERR_OK)
		return ERR_OK;
	box_clear(out);
	return err_memory(err);
}

void
box_clear(struct box *box)
{
	size_t i;

	for (i = 0; i < box->count; i++) {
		free(box->file[i].name);
		bytes_wipe(&box->file[i].data);
	}
	free(box->file);
	*box = (struct box){ 0 };
}
