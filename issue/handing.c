/*
 * handing.c - handing.h.
 */
#include "issue/handing.h"

#include "issue/printer.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
handing_usage(const struct cli *cli)
{
	return cli_has(cli, "joined") && cli_value(cli, "joined")[0] == '\0'
	    ? _("--joined needs the name of a file")
	    : NULL;
}

void
handing_begin(const struct cli *cli, struct handing *out)
{
	*out = (struct handing){ .print = cli_has(cli, "print"),
		.printer = cli_value(cli, "print"),
		.joined = cli_value(cli, "joined") };
}

enum err
handing_ready(const struct handing *handing, struct errtext *err)
{
	enum err rc = handing->joined != NULL
	    ? file_refuse_there(handing->joined, err)
	    : ERR_OK;

	if (rc != ERR_OK && rc != ERR_EXISTS)
		return rc;
	if (rc == ERR_EXISTS)
		return err_set(err, rc,
		    _("%s: there is such a file already and it was kept; give "
		      "--joined another name"),
		    handing->joined);
	/* a folder that is not there would be noticed too late */
	if (handing->joined != NULL &&
	    ((rc = file_parent_there(handing->joined, err)) != ERR_OK ||
		(rc = file_folder_ready(handing->joined, err)) != ERR_OK))
		return rc;
	return handing->print ? printer_ready(handing->printer, err) : ERR_OK;
}

static bool
make_room(struct handing *handing)
{
	size_t count = handing->count;

	return ARRAY_ROOM(handing->line, count, handing->line_cap) &&
	    ARRAY_ROOM(handing->path, count, handing->path_cap) &&
	    ARRAY_ROOM(handing->pdf, count, handing->pdf_cap);
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

static enum err
add_sheet(struct handing *handing, const struct release *release,
    enum event_before before, struct errtext *err)
{
	if (!ARRAY_ROOM(
		handing->sheet, handing->sheet_count, handing->sheet_cap))
		return err_memory(err);
	handing->sheet[handing->sheet_count] =
	    event_sheet(release->number, release->copy);
	handing->sheet[handing->sheet_count++].before = before;
	return ERR_OK;
}

enum err
handing_note(struct handing *handing, const struct center *center, int64_t now,
    const char *person, struct errtext *err)
{
	size_t count = handing->sheet_count;

	handing->sheet_count = 0;
	return register_event_sheets(
	    center->reg, now, person, handing->sheet, count, err);
}

enum err
handing_add(struct handing *handing, const struct issued *letter,
    const struct release *release, enum event_before before,
    struct errtext *err)
{
	struct handover_line line = { .name = NULL };
	struct bytes pdf = { 0 };
	char *path;

	if (add_sheet(handing, release, before, err) != ERR_OK)
		return ERR_MEMORY;
	if (!handing->print && handing->joined == NULL)
		return ERR_OK;
	line.name = holder(letter);
	path = strdup(release->pdf_path != NULL ? release->pdf_path : "");
	text_copy(line.number, sizeof(line.number), letter->number);
	if (handing->joined != NULL)
		bytes_add(&pdf, release->pdf.at, release->pdf.len);
	if (line.name == NULL || path == NULL || pdf.failed ||
	    !make_room(handing)) {
		free(line.name);
		free(path);
		bytes_wipe(&pdf);
		return err_memory(err);
	}
	handing->line[handing->count] = line;
	handing->path[handing->count] = path;
	handing->pdf[handing->count] = pdf;
	handing->count++;
	return ERR_OK;
}

/* The list first: it stays at the counter, the rest goes to people. */
enum err
handing_pdf(const struct handing *handing, const struct center *center,
    int64_t now, struct bytes *out, struct errtext *err)
{
	char title[640], at[CLOCK_DATE_SIZE] = "";
	const struct handover handover = { .paper = handing->paper,
		.center = title,
		.day = at,
		.training = center->root_info.training,
		.line = handing->line,
		.count = handing->count };
	struct bytes *all = calloc(handing->count + 1, sizeof(*all));
	struct sheet_fonts *fonts = NULL;
	enum err rc;

	if (all == NULL)
		return err_memory(err);
	snprintf(title, sizeof(title), "%s (%s)", center->info.name,
	    center->info.center);
	local_date(now, at);
	memcpy(all + 1, handing->pdf, handing->count * sizeof(*all));
	if ((rc = sheet_fonts_new(&fonts, err)) == ERR_OK &&
	    (rc = handover_pdf(&handover, fonts, &all[0], err)) == ERR_OK)
		rc = handover_join(all, handing->count + 1, out, err);
	sheet_fonts_free(&fonts);
	bytes_wipe(&all[0]);
	free(all);
	return rc;
}

static enum err
write_joined(const struct handing *handing, const struct center *center,
    int64_t now, struct errtext *err)
{
	struct bytes pdf = { 0 };
	enum err rc = handing_pdf(handing, center, now, &pdf, err);

	if (rc == ERR_OK)
		rc =
		    file_write_new(handing->joined, 0600, pdf.at, pdf.len, err);
	if (rc != ERR_OK)
		err_prefix(err, "%s",
		    _("each letter is written, but not the file of all of "
		      "them"));
	bytes_wipe(&pdf);
	return rc;
}

enum err
handing_join(const struct handing *handing, const struct cli *cli,
    const struct center *center, int64_t now, struct errtext *err)
{
	enum err rc;

	if (handing->count == 0 || handing->joined == NULL)
		return ERR_OK;
	rc = write_joined(handing, center, now, err);
	if (rc != ERR_OK || cli->json)
		return rc;
	print(_("All of them are in %s, behind a list on which each "
		"person signs. It has personal data: nobody else can "
		"read the file (0600). Delete it when it is printed."),
	    handing->joined);
	print("\n");
	return ERR_OK;
}

static enum err
send_joined(const struct handing *handing, struct errtext *err)
{
	char *joined = strdup(handing->joined);
	enum err rc;

	if (joined == NULL)
		return err_memory(err);
	rc = printer_send(handing->printer, handing->paper, &joined, 1, err);
	free(joined);
	return rc;
}

enum err
handing_print(
    const struct handing *handing, const struct cli *cli, struct errtext *err)
{
	enum err rc;

	if (handing->count == 0 || !handing->print)
		return ERR_OK;
	rc = handing->joined != NULL
	    ? send_joined(handing, err)
	    : printer_send(handing->printer, handing->paper, handing->path,
		  handing->count, err);
	if (rc == ERR_OK && !cli->json)
		print("%s\n",
		    _("Printing. Read the code from the paper before you hand "
		      "it over."));
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
	free(handing->sheet);
	*handing = (struct handing){ 0 };
}
