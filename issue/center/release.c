/*
 * release.c - letters into files: release.h.
 */
#include "issue/center/release.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/process.h"
#include "issue/center/large.h"
#include "packed/packed.h"
#include "scan/scan.h"
#include "trust/authenticate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MODULE_PX 9 /* 0.76 mm at 300 dpi */

/* --- labels ----------------------------------------------------------------
 */

/* What came later: absent where there is none, so that a letter of before is
 * printed again as it was. */
static void
set_some(json_t *out, const char *key, const char *text)
{
	if (text != NULL)
		json_set_text(out, key, text);
}

static json_t *
labels_json(const struct trust_list *list, const struct letter *letter,
    const char *lang)
{
	struct letter_labels labels = { 0 };
	json_t *out = json_object();

	authenticate_labels(list, letter, lang, &labels);
	json_set_text(out, "program", labels.program_name);
	json_set_text(out, "center", labels.center_name);
	json_set_text(out, "hotline", labels.hotline);
	json_set_text(out, "consulate", labels.consulate_name);
	json_set_text(out, "pathway", labels.pathway);
	set_some(out, "timezone", labels.timezone);
	set_some(out, "address", labels.consulate_address);
	set_some(out, "emblem", labels.emblem);
	return out;
}

enum err
release_labels(const struct trust_list *list, bool large,
    const struct letter *letter, struct bytes *out, struct errtext *err)
{
	json_t *both = json_object();
	char *text;

	json_object_set_new(
	    both, "letter", labels_json(list, letter, letter->language));
	json_object_set_new(both, "es", labels_json(list, letter, "es"));
	if (large) /* what its copies are, too */
		large_set(both, 1);
	text = json_dumps(both, JSON_COMPACT);
	json_decref(both);
	if (text != NULL)
		bytes_add_text(out, text);
	free(text);
	if (text == NULL || out->failed)
		return err_memory(err);
	return ERR_OK;
}

static const char *
text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The texts live as long as the JSON. */
static struct letter_labels
labels_from(json_t *object)
{
	return (struct letter_labels){
		.program_name = text_of(object, "program"),
		.center_name = text_of(object, "center"),
		.hotline = text_of(object, "hotline"),
		.consulate_name = text_of(object, "consulate"),
		.pathway = text_of(object, "pathway"),
		.timezone = text_of(object, "timezone"),
		.consulate_address = text_of(object, "address"),
		.emblem = text_of(object, "emblem"),
	};
}

/* --- making ----------------------------------------------------------------
 */

static enum err
make_pdf(const struct center *center, const struct issued *issued,
    const struct letter *letter, const struct symbol *symbol,
    struct sheet_fonts *fonts, struct release *out, struct errtext *err)
{
	json_t *labels = json_loads((const char *)issued->labels.at, 0, NULL);
	struct sheet_options options = {
		.paper = issued->paper,
		.copy = out->copy,
		.labels = labels_from(json_object_get(labels, "letter")),
		.labels_es = labels_from(json_object_get(labels, "es")),
		.training = center->root_info.training,
		.large = large_at(labels, out->copy),
		.fonts = fonts,
	};
	enum err rc;

	rc = sheet_pdf(letter, symbol, &issued->xml, &options, &out->pdf, err);
	json_decref(labels);
	return rc;
}

static enum err
make_symbol(const struct bytes *xml, struct symbol *symbol, struct release *out,
    struct errtext *err)
{
	struct packed_info info;
	struct bytes text = { 0 };
	enum err rc;

	if ((rc = packed_encode(xml->at, xml->len, &text, &info, err)) !=
		ERR_OK ||
	    (rc = symbol_make((const char *)text.at, symbol, err)) != ERR_OK)
		goto out;
	rc = symbol_png(symbol, MODULE_PX, &out->png, err);
	out->qr_version = symbol->version;
	out->qr_level = symbol->level;
	out->packed_bytes = info.body_len;
out:
	bytes_free(&text);
	return rc;
}

/* --- reading back ----------------------------------------------------------
 */

static enum err
compare(const struct scan_result *found, const struct bytes *xml,
    struct errtext *err)
{
	const struct bytes *code = &found->item[0].data;
	struct bytes back = { 0 };
	enum err rc = ERR_OK;

	if (found->count == 1 && found->item[0].carrier == CARRIER_PACKED)
		rc = packed_decode(
		    (const char *)code->at, code->len, &back, NULL, err);
	else
		rc = err_set(err, ERR_UNREADABLE,
		    _("the picture does not hold exactly one code"));
	if (rc == ERR_OK && !bytes_equal(&back, xml))
		rc = err_set(err, ERR_PROFILE,
		    _("the picture holds other bytes than were signed"));
	bytes_wipe(&back);
	return rc;
}

/*
 * Reading the picture is another program's work, half of what a letter costs;
 * a thread waits for it while this one draws the sheet.
 */
struct reading {
	const struct bytes *png;
	struct scan_result *found;
	enum err rc;
	struct errtext err;
	pthread_t thread;
	bool threaded;
};

static void *
read_picture(void *arg)
{
	struct reading *reading = arg;

	reading->rc = scan_bytes(
	    reading->png->at, reading->png->len, reading->found, &reading->err);
	return NULL;
}

static enum err
reading_start(
    struct reading *reading, const struct bytes *png, struct errtext *err)
{
	reading->png = png;
	if ((reading->found = calloc(1, sizeof(*reading->found))) == NULL)
		return err_memory(err);
	reading->threaded =
	    pthread_create(&reading->thread, NULL, read_picture, reading) == 0;
	if (!reading->threaded)
		read_picture(reading);
	return ERR_OK;
}

/* Harmless for a reading that never started. */
static enum err
reading_end(
    struct reading *reading, const struct bytes *xml, struct errtext *err)
{
	enum err rc;

	if (reading->found == NULL)
		return ERR_OK;
	if (reading->threaded)
		pthread_join(reading->thread, NULL);
	if ((rc = reading->rc) == ERR_OK)
		rc = compare(reading->found, xml, err);
	else
		err_set(err, rc, "%s", reading->err.text);
	scan_clear(reading->found);
	free(reading->found);
	reading->found = NULL;
	return rc;
}

/* The letter as a consulate with our trust list would take it. */
static enum err
authenticate(const struct center *center, const struct issued *issued,
    struct authentic *out, struct errtext *err)
{
	enum err rc;

	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	rc = authenticate_letter(
	    issued->xml.at, issued->xml.len, center->list, out, err);
	if (rc == ERR_OK &&
	    (strcmp(out->letter.number, issued->number) != 0 ||
		memcmp(out->digest, issued->digest, sizeof(out->digest)) != 0))
		rc = err_set(err, ERR_SIGNATURE,
		    _("the register holds another letter under this number"));
	return rc;
}

/* Whatever the reader said, here it means: our own letter is not readable. */
static enum err
self_check_failed(const struct issued *issued, enum err rc, struct errtext *err)
{
	if (rc == ERR_OK || rc == ERR_CONFIG)
		return rc;
	err_prefix(err,
	    _("%s: the letter is in the register, but it did not pass its own "
	      "check, so no file of it was written; call for help before you "
	      "approve more"),
	    issued->number);
	return ERR_INTERNAL;
}

static enum err
render(const struct center *center, const struct issued *issued,
    const struct letter *letter, struct sheet_fonts *fonts,
    struct release *made, struct errtext *err)
{
	struct symbol *symbol = malloc(sizeof(*symbol));
	struct reading reading = { 0 };
	enum err rc;

	if (symbol == NULL)
		return err_memory(err);
	if ((rc = make_symbol(&issued->xml, symbol, made, err)) != ERR_OK ||
	    (rc = reading_start(&reading, &made->png, err)) != ERR_OK)
		goto out;
	rc = make_pdf(center, issued, letter, symbol, fonts, made, err);
	if (rc != ERR_OK) /* its reason counts, the reading only ends */
		reading_end(&reading, &issued->xml, NULL);
	else if ((rc = reading_end(&reading, &issued->xml, err)) != ERR_OK)
		rc = self_check_failed(issued, rc, err);
out:
	free(symbol);
	return rc;
}

enum err
release_render(const struct center *center, const struct issued *issued,
    int copy, struct sheet_fonts *fonts, struct release *out,
    struct errtext *err)
{
	struct authentic *own = calloc(1, sizeof(*own));
	struct release made = { .copy = copy };
	enum err rc;

	if (own == NULL)
		return err_memory(err);
	memcpy(made.number, issued->number, sizeof(made.number));
	bytes_add(&made.xml, issued->xml.at, issued->xml.len);
	if ((rc = authenticate(center, issued, own, err)) != ERR_OK)
		rc = self_check_failed(issued, rc, err);
	else
		rc = render(center, issued, &own->letter, fonts, &made, err);
	if (rc == ERR_OK) {
		*out = made;
		made = (struct release){ 0 };
	}
	letter_wipe(&own->letter);
	free(own);
	release_clear(&made);
	return rc;
}

enum err
release_ready(struct sheet_fonts **fonts, struct errtext *err)
{
	struct scan_result *found = calloc(1, sizeof(*found));
	struct symbol *symbol = malloc(sizeof(*symbol));
	struct bytes png = { 0 };
	enum err rc;

	if (found == NULL || symbol == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if ((rc = symbol_make(PACKED_PREFIX, symbol, err)) != ERR_OK ||
	    (rc = symbol_png(symbol, MODULE_PX, &png, err)) != ERR_OK)
		goto out;
	if ((rc = scan_bytes(png.at, png.len, found, err)) != ERR_OK) {
		err_prefix(err, "%s",
		    _("this computer cannot read codes, so nothing was "
		      "signed"));
		rc = ERR_CONFIG;
		goto out;
	}
	rc = sheet_fonts_new(fonts, err);
out:
	bytes_free(&png);
	if (found != NULL)
		scan_clear(found);
	free(found);
	free(symbol);
	return rc;
}

/* --- writing ---------------------------------------------------------------
 */

static char *
path_of(const char *dir, const struct release *release, const char *ending)
{
	char *name = NULL;
	char *path = NULL;
	int len;

	if (release->copy > 1 && strcmp(ending, "pdf") == 0)
		len = asprintf(
		    &name, "%s-%d.%s", release->number, release->copy, ending);
	else
		len = asprintf(&name, "%s.%s", release->number, ending);
	if (len >= 0) {
		path = file_join(dir, name);
		free(name);
	}
	return path;
}

static bool
set_paths(const char *dir, struct release *release)
{
	release->xml_path = path_of(dir, release, "xml");
	release->png_path = path_of(dir, release, "png");
	release->pdf_path = path_of(dir, release, "pdf");
	return release->xml_path != NULL && release->png_path != NULL &&
	    release->pdf_path != NULL;
}

enum err
release_stage(const char *dir, struct release *release, struct errtext *err)
{
	enum err rc;

	/* until release_clear(): three files and what is counted between */
	if (!release->held)
		process_hold(&release->signals);
	release->held = true;
	if (!set_paths(dir, release))
		return err_memory(err);
	const struct {
		const char *path;
		const struct bytes *data;
	} files[] = {
		{ release->xml_path, &release->xml },
		{ release->png_path, &release->png },
		{ release->pdf_path, &release->pdf },
	};

	rc = file_mkdir(dir, 0700, err);
	for (size_t i = 0; i < 3 && rc == ERR_OK; i++)
		rc = file_draft_new(files[i].path, 0600, files[i].data->at,
		    files[i].data->len, &release->draft[i], err);
	return rc;
}

enum err
release_place(struct release *release, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < 3 && rc == ERR_OK; i++)
		rc = file_draft_name(&release->draft[i], err);
	return rc;
}

enum err
release_write(const char *dir, struct release *release, struct errtext *err)
{
	enum err rc = release_stage(dir, release, err);

	if (rc == ERR_OK)
		rc = release_place(release, err);
	if (rc == ERR_EXISTS)
		err_prefix(err, "%s",
		    _("the letter is in the register and stands; write it "
		      "elsewhere with --out"));
	else if (rc != ERR_OK && !err_is_inside(rc))
		err_prefix(err, "%s",
		    _("the letter is in the register and stands, but a file "
		      "could not be written; mend that and name the draft "
		      "again"));
	return rc;
}

void
release_clear(struct release *release)
{
	bytes_wipe(&release->xml);
	bytes_wipe(&release->png);
	bytes_wipe(&release->pdf);
	free(release->xml_path);
	free(release->png_path);
	free(release->pdf_path);
	for (size_t i = 0; i < 3; i++)
		file_draft_clear(&release->draft[i]);
	if (release->held)
		process_let(&release->signals);
	*release = (struct release){ 0 };
}
