/*
 * zip.c - the files in a zip, by libzip: decode/crate.h.
 */
#include "decode/crate.h"

#include "scan/documents.h"
#include "scan/protocol.h"

#include <string.h>
#include <zip.h>

static const char *
document_of(zip_t *zip)
{
	const struct scan_document *d;

	for (d = scan_documents; d->file != NULL; d++)
		if (zip_name_locate(zip, d->file, 0) >= 0)
			return d->kind;
	return NULL;
}

/* Folders, and what a Mac adds beside each file. */
static bool
is_passed_over(const char *name)
{
	size_t len = strlen(name);

	return len == 0 || name[len - 1] == '/' ||
	    strncmp(name, "__MACOSX/", 9) == 0;
}

static bool
is_bomb(const zip_stat_t *stat)
{
	return stat->size > CRATE_RATIO_FROM &&
	    stat->size / CRATE_RATIO_MAX > stat->comp_size;
}

/* Not a byte more than it is said to have, whatever it unpacks to. */
static enum err
read_entry(zip_t *zip, const zip_stat_t *stat, struct bytes *out)
{
	zip_file_t *file = zip_fopen_index(zip, stat->index, 0);
	uint8_t *at = bytes_reserve(out, stat->size + 1);
	zip_int64_t got = -1;

	if (file != NULL && at != NULL)
		got = zip_fread(file, at, stat->size + 1);
	if (file != NULL && zip_fclose(file) != 0)
		got = -1;
	if (at == NULL)
		return ERR_MEMORY;
	if (got < 0 || (zip_uint64_t)got != stat->size)
		return ERR_UNREADABLE;
	out->len = (size_t)got;
	return ERR_OK;
}

/* False: no more. */
static bool
take_entry(zip_t *zip, zip_uint64_t i, struct crate *crate)
{
	struct bytes name = { 0 }, data = { 0 };
	zip_stat_t stat;
	bool more = true;
	enum err rc;

	if (zip_stat_index(zip, i, ZIP_FL_ENC_RAW, &stat) != 0 ||
	    stat.name == NULL || (stat.valid & ZIP_STAT_SIZE) == 0 ||
	    (stat.valid & ZIP_STAT_COMP_SIZE) == 0) {
		crate_bad(crate, ERR_UNREADABLE);
		return true;
	}
	if (is_passed_over(stat.name))
		return true;
	if (stat.encryption_method != ZIP_EM_NONE) {
		crate_bad(crate, ERR_REFUSED);
		return true;
	}
	if (is_bomb(&stat) || !crate_room(crate, stat.size)) {
		crate_bad(crate, ERR_LIMIT);
		return crate->count < BOX_FILE_MAX;
	}
	rc = read_entry(zip, &stat, &data);
	bytes_add_text(&name, stat.name);
	if (rc == ERR_OK)
		more = crate_add(crate, &name, &data);
	else {
		crate_bad(crate, rc);
		crate_waste(crate, stat.size);
	}
	bytes_free(&name);
	bytes_wipe(&data);
	return more;
}

static void
take_entries(zip_t *zip, struct crate *crate)
{
	zip_int64_t count = zip_get_num_entries(zip, 0), i;
	const char *kind = document_of(zip);
	bool more = true;

	if (kind != NULL) {
		crate_kind(crate, kind);
		return;
	}
	for (i = 0; i < count && more; i++) {
		if (i == CRATE_ENTRY_MAX) {
			crate_bad(crate, ERR_LIMIT);
			return;
		}
		more = take_entry(zip, (zip_uint64_t)i, crate);
	}
}

void
zip_unpack(const struct bytes *file, struct crate *crate)
{
	zip_source_t *source =
	    zip_source_buffer_create(file->at, file->len, 0, NULL);
	zip_t *zip = source != NULL
	    ? zip_open_from_source(source, ZIP_RDONLY, NULL)
	    : NULL;

	if (zip == NULL) {
		zip_source_free(source);
		crate_bad(crate, ERR_UNREADABLE);
		return;
	}
	take_entries(zip, crate);
	zip_discard(zip);
}
