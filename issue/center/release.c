/*
 * release.c - letters into files: release.h.
 */
#include "issue/center/release.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/process.h"
#include "issue/center/large.h"
#include "issue/center/readback.h"
#include "packed/packed.h"
#include "sheet/sheet.h"
#include "trust/authenticate.h"

#include <stdlib.h>
#include <string.h>

/* --- labels -------------------------------------------------------------- */

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

/* --- making -------------------------------------------------------------- */

static enum err
make_pdf(const struct center *center, const struct issued *issued,
    const struct letter *letter, const struct symbol *symbol,
    struct release *out, struct errtext *err)
{
	json_t *labels = json_loads((const char *)issued->labels.at, 0, NULL);
	struct sheet_options options = {
		.paper = issued->paper,
		.copy = out->copy,
		.labels = labels_from(json_object_get(labels, "letter")),
		.labels_es = labels_from(json_object_get(labels, "es")),
		.training = center->root_info.training,
		.large = large_at(labels, out->copy),
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
	rc = symbol_png(symbol, RELEASE_MODULE_PX, &out->png, err);
	out->qr_version = symbol->version;
	out->qr_level = symbol->level;
	out->packed_bytes = info.body_len;
out:
	bytes_free(&text);
	return rc;
}

/* --- checking ------------------------------------------------------------ */

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
    const struct letter *letter, struct decoder *decoder, struct release *made,
    struct errtext *err)
{
	struct symbol *symbol = malloc(sizeof(*symbol));
	struct readback back = { 0 };
	enum err rc;

	if (symbol == NULL)
		return err_memory(err);
	if ((rc = make_symbol(&issued->xml, symbol, made, err)) != ERR_OK)
		goto out;
	readback_start(&back, decoder, &made->png);
	rc = make_pdf(center, issued, letter, symbol, made, err);
	if (rc == ERR_OK &&
	    (rc = readback_end(&back, &issued->xml, err)) != ERR_OK)
		rc = self_check_failed(issued, rc, err);
out:
	readback_clear(&back);
	free(symbol);
	return rc;
}

enum err
release_render(const struct center *center, const struct issued *issued,
    int copy, struct decoder *decoder, struct release *out, struct errtext *err)
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
		rc = render(center, issued, &own->letter, decoder, &made, err);
	if (rc == ERR_OK) {
		*out = made;
		made = (struct release){ 0 };
	}
	letter_wipe(&own->letter);
	free(own);
	release_clear(&made);
	return rc;
}

/* A code that is made, and read. */
static enum err
try_code(struct decoder *decoder, struct errtext *err)
{
	struct symbol *symbol = malloc(sizeof(*symbol));
	struct bytes png = { 0 };
	enum err rc;

	if (symbol == NULL)
		return err_memory(err);
	if ((rc = symbol_make(PACKED_PREFIX, symbol, err)) == ERR_OK &&
	    (rc = symbol_png(symbol, RELEASE_MODULE_PX, &png, err)) == ERR_OK)
		rc = readback_try(decoder, &png, err);
	bytes_free(&png);
	free(symbol);
	return rc;
}

enum err
release_ready(struct decoder **decoder, struct errtext *err)
{
	struct sheet_fonts *fonts = NULL;
	struct decoder *made = NULL;
	enum err rc;

	if ((rc = decoder_new(&made, err)) != ERR_OK ||
	    (rc = try_code(made, err)) != ERR_OK) {
		err_prefix(err, "%s",
		    _("this computer cannot read codes, so nothing was "
		      "signed"));
		rc = err_is_inside(rc) ? rc : ERR_CONFIG;
	} else
		rc = sheet_fonts_new(&fonts, err);
	sheet_fonts_free(&fonts);
	if (rc == ERR_OK)
		*decoder = made;
	else
		decoder_free(&made);
	return rc;
}

/* --- writing ------------------------------------------------------------- */

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
	return file_draft_name(release->draft, 3, err);
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
