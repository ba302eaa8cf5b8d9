/*
 * handing.c - handing.h.
 */
#include "issue/handing.h"

#include "issue/printer.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "letter/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A folder that is not there would be noticed too late. */
static bool
has_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	bool has;

	if (slash == NULL || slash == path)
		return true;
	dir = strndup(path, (size_t)(slash - path));
	has = dir != NULL && file_is_dir(dir);
	free(dir);
	return has;
}

enum err
handing_ready(const struct handing *handing, struct errtext *err)
{
	enum err rc;

	if (handing->joined != NULL && file_exists(handing->joined))
		return err_set(err, ERR_EXISTS,
		    _("%s: there is such a file already and it was kept; give "
		      "--joined another name. Nothing was signed"),
		    handing->joined);
	if (handing->joined != NULL && !has_folder(handing->joined))
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: there is no such folder. Nothing was signed"),
		    handing->joined);
	if (handing->joined != NULL &&
	    (rc = file_folder_ready(handing->joined, err)) != ERR_OK) {
		err_prefix(err, "%s", _("nothing was signed"));
		return rc;
	}
	return handing->print ? printer_ready(err) : ERR_OK;
}

static bool
make_room(struct handing *handing)
{
	size_t cap = handing->cap ? handing->cap * 2 : 64;
	void *line, *path, *pdf;

	if (handing->count < handing->cap)
		return true;
	line = reallocarray(handing->line, cap, sizeof(*handing->line));
	if (line != NULL)
		handing->line = line;
	path = reallocarray(handing->path, cap, sizeof(*handing->path));
	if (path != NULL)
		handing->path = path;
	pdf = reallocarray(handing->pdf, cap, sizeof(*handing->pdf));
	if (pdf != NULL)
		handing->pdf = pdf;
	if (line == NULL || path == NULL || pdf == NULL)
		return false;
	handing->cap = cap;
	return true;
}

/* "Xiloj Pérez, Marta Candelaria", malloc'ed. */
static char *
holder(const struct issued *issued)
{
	struct letter letter = { 0 };
	char *name = NULL;

	if (xml_read(issued->xml.at, issued->xml.len, &letter, NULL) !=
		ERR_OK ||
	    asprintf(&name, "%s%s%s", letter.surnames,
		letter.surnames[0] && letter.given_names[0] ? ", " : "",
		letter.given_names) < 0)
		name = NULL;
	letter_wipe(&letter);
	return name;
}

enum err
handing_add(struct handing *handing, const struct issued *letter,
    const struct release *release, struct errtext *err)
{
	struct handover_line line = { .name = NULL };
	struct bytes pdf = { 0 };
	char *path;

	if (!handing->print && handing->joined == NULL)
		return ERR_OK;
	line.name = holder(letter);
	path = strdup(release->pdf_path);
	text_copy(line.number, sizeof(line.number), letter->number);
	if (handing->joined != NULL)
		bytes_add(&pdf, release->pdf.at, release->pdf.len);
	if (line.name == NULL || path == NULL || pdf.failed ||
	    !make_room(handing)) {
		free(line.name);
		free(path);
		bytes_wipe(&pdf);
		return err_set(err, ERR_MEMORY, _("out of memory"));
	}
	handing->line[handing->count] = line;
	handing->path[handing->count] = path;
	handing->pdf[handing->count] = pdf;
	handing->count++;
	return ERR_OK;
}

/* The list first: it stays at the counter, the rest goes to people. */
static enum err
join(const struct handing *handing, const struct center *center,
    struct sheet_fonts *fonts, int64_t now, struct bytes *out,
    struct errtext *err)
{
	char title[640], at[CLOCK_INSTANT_SIZE] = "";
	const struct handover handover = { .paper = handing->paper,
		.center = title,
		.day = at,
		.training = center->root_info.training,
		.line = handing->line,
		.count = handing->count };
	struct bytes *all = calloc(handing->count + 1, sizeof(*all));
	enum err rc;

	if (all == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	snprintf(title, sizeof(title), "%s (%s)", center->info.name,
	    center->info.center);
	clock_format(now, at);
	at[strcspn(at, "T")] = '\0';
	memcpy(all + 1, handing->pdf, handing->count * sizeof(*all));
	if ((rc = handover_pdf(&handover, fonts, &all[0], err)) == ERR_OK)
		rc = handover_join(all, handing->count + 1, out, err);
	bytes_wipe(&all[0]);
	free(all);
	return rc;
}

static enum err
write_joined(const struct handing *handing, const struct center *center,
    struct sheet_fonts *fonts, int64_t now, struct errtext *err)
{
	struct bytes pdf = { 0 };
	enum err rc = join(handing, center, fonts, now, &pdf, err);

	if (rc == ERR_OK)
		rc =
		    file_write_new(handing->joined, 0600, pdf.at, pdf.len, err);
	if (rc != ERR_OK)
		err_prefix(err, "%s",
		    _("the letters are signed and each is written, but not "
		      "the file of all"));
	bytes_wipe(&pdf);
	return rc;
}

enum err
handing_join(const struct handing *handing, const struct center *center,
    struct sheet_fonts *fonts, int64_t now, struct errtext *err)
{
	return handing->count > 0 && handing->joined != NULL
	    ? write_joined(handing, center, fonts, now, err)
	    : ERR_OK;
}

enum err
handing_print(const struct handing *handing, struct errtext *err)
{
	char *joined;
	enum err rc;

	if (handing->count == 0 || !handing->print)
		return ERR_OK;
	if (handing->joined == NULL)
		return printer_send(handing->printer, handing->paper,
		    handing->path, handing->count, err);
	if ((joined = strdup(handing->joined)) == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	rc = printer_send(handing->printer, handing->paper, &joined, 1, err);
	free(joined);
	return rc;
}

void
handing_clear(struct handing *handing)
{
	for (size_t i = 0; i < handing->count; i++) {
		free(handing->line[i].name);
		free(handing->path[i]);
		bytes_wipe(&handing->pdf[i]);
	}
	free(handing->line);
	free(handing->path);
	free(handing->pdf);
	*handing = (struct handing){ 0 };
}
