/*
 * sello-issue proof: a page that tries printer and scanner; --check: what a scan of
 * it says.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/print_check.h"
#include "issue/printer.h"
#include "scan/scan.h"

#include <math.h>
#include <string.h>

#define FILE_NAME "proof.pdf"

/* --- the page --------------------------------------------------------------- */

/* As letters are printed; without a center, US Letter fits both papers. */
static enum err
find_paper(const struct cli *cli, enum sheet_paper *out, struct errtext *err)
{
	struct center *center = NULL;
	enum err rc = ERR_OK;

	*out = PAPER_LETTER;
	if (cli->home != NULL)
		rc = center_open(cli->home, false, &center, err);
	if (rc == ERR_OK && (center != NULL || cli_has(cli, "paper")))
		*out = command_paper(cli, center);
	center_close(&center);
	return rc;
}

static enum err
write_page(const char *name, const struct bytes *pdf, struct errtext *err)
{
	enum err rc = file_write_new(name, 0644, pdf->at, pdf->len, err);

	if (rc == ERR_EXISTS)
		err_set(err, rc,
		    _("%s: there is such a file already and it was kept; "
		      "choose another name"),
		    name);
	return rc;
}

/* name is NULL where it goes to the printer alone. */
static enum err
make_page(const struct cli *cli, const char *name, struct errtext *err)
{
	const char *printer = cli_value(cli, "print");
	char now[CLOCK_INSTANT_SIZE] = "";
	enum sheet_paper paper;
	struct bytes pdf = { 0 };
	enum err rc = ERR_OK;

	clock_format(clock_now(), now);
	if (cli_has(cli, "print"))
		rc = printer_ready(printer, err);
	if (rc == ERR_OK)
		rc = find_paper(cli, &paper, err);
	if (rc == ERR_OK)
		rc = testpage_pdf(paper, now, &pdf, err);
	if (rc == ERR_OK && name != NULL)
		rc = write_page(name, &pdf, err);
	if (rc == ERR_OK && cli_has(cli, "print"))
		rc = printer_send_bytes(printer, paper, &pdf, err);
	bytes_free(&pdf);
	return rc;
}

static int
proof_page(struct cli *cli)
{
	const char *name = cli->arg_count > 0 ? cli->args[0]
	    : cli_has(cli, "print")           ? NULL
					      : FILE_NAME;
	struct errtext err = { 0 };
	enum err rc = make_page(cli, name, &err);

	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		json_t *object = json_object();

		json_set_text(object, "file", name);
		json_object_set_new(
		    object, "printed", json_boolean(cli_has(cli, "print")));
		json_line(object);
		return 0;
	}
	if (cli_has(cli, "print"))
		print("%s\n",
		    _("Printing. Scan the page as letters are scanned, and "
		      "give the scan: sello-issue proof --check SCAN"));
	else {
		print(
		    _("%s: print it without scaling, scan the page as letters "
		      "are scanned, and give the scan: sello-issue proof "
		      "--check SCAN"),
		    name);
		print("\n");
	}
	return 0;
}

/* --- the answer ------------------------------------------------------------- */

static const struct {
	const char *name; /* for --json */
	int status;
	const char *text;
} answers[] = {
	[PRINT_GOOD] = { "good", 0,
	    N_("Good: letters from this printer can be read with this scanner, "
	       "with something to spare.") },
	[PRINT_BARELY] = { "barely", 1,
	    N_("Only just: letters can be read while the paper is clean and "
	       "flat. Nothing is left for wear.") },
	[PRINT_BAD] = { "bad", 2,
	    N_("Not good enough: the code as it is on letters could not be "
	       "read.") },
};

/* Whole numbers: thousandths of a millimeter, of what was to be printed. */
static void
set_number(json_t *object, const char *key, bool known, double value)
{
	json_object_set_new(
	    object, key, known ? json_integer(lround(value)) : json_null());
}

static json_t *
codes_json(const struct print_check *check)
{
	json_t *codes = json_array();

	for (int i = 0; i < TESTPAGE_CODES; i++) {
		json_t *code = json_object();

		set_number(code, "module", true, testpage_module(i) * 1000);
		json_object_set_new(code, "read", json_boolean(check->read[i]));
		json_array_append_new(codes, code);
	}
	return codes;
}

static void
tell_json(const struct print_check *check)
{
	bool told = print_check_has_scale(check);
	bool known = check->scale == SCALE_KNOWN;
	json_t *object = json_object();

	json_set_text(object, "answer", answers[check->answer].name);
	json_object_set_new(object, "codes", codes_json(check));
	set_number(object, "moduleOfLetters", true,
	    testpage_module(TESTPAGE_AS_LETTERS) * 1000);
	set_number(object, "moduleToUse", check->use >= 0,
	    check->use >= 0 ? testpage_module(check->use) * 1000 : 0);
	json_object_set_new(object, "scaled",
	    told ? json_boolean(print_check_is_scaled(check)) : json_null());
	set_number(object, "across", known, check->across * 10);
	set_number(object, "down", known, check->down * 10);
	set_number(object, "acrossToDown", told,
	    told ? check->across / check->down * 1000 : 0);
	set_number(object, "dotsAcross", check->dots[0] > 0, check->dots[0]);
	set_number(object, "dotsDown", check->dots[1] > 0, check->dots[1]);
	json_line(object);
}

/* "1.02, 0.76"; "" for none. */
static const char *
list_codes(const struct print_check *check, bool read, char out[64])
{
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < TESTPAGE_CODES; i++)
		if (check->read[i] == read)
			len += (size_t)snprintf(out + len, 64 - len, "%s%.2f",
			    len > 0 ? ", " : "", testpage_module(i));
	return out;
}

static void
tell_codes(const struct print_check *check)
{
	char list[64];

	print(
	    _("Codes that were read, by the side of their smallest squares: %s "
	      "mm"),
	    list_codes(check, true, list));
	print("\n");
	if (list_codes(check, false, list)[0] != '\0') {
		print(_("Not read: %s mm"), list);
		print("\n");
	}
	if (check->gap)
		print("%s\n",
		    _("A code was not read although a smaller one was: look "
		      "whether it is smudged, streaked or covered."));
	if (check->use < 0)
		print("%s\n", _("No size is safe here."));
	else {
		print(_("Safe: %.2f mm or more. Letters have %.2f mm."),
		    testpage_module(check->use),
		    testpage_module(TESTPAGE_AS_LETTERS));
		print("\n");
	}
}

static void
tell_scale(const struct print_check *check)
{
	bool scaled = print_check_is_scaled(check);

	switch (check->scale) {
	case SCALE_KNOWN:
		print(scaled ? _("Scaled: %.1f %% across, %.1f %% down.")
			     : _("Not scaled: %.1f %% across, %.1f %% down."),
		    check->across, check->down);
		break;
	case SCALE_RATIO:
		print(_("The file does not say how large the page is, so only "
			"this is known of scaling: across is %.1f %% of "
			"down."),
		    check->across);
		break;
	case SCALE_BENT:
		print("%s",
		    _("Whether the page was scaled cannot be told from a "
		      "photo or a creased page: use a flatbed scanner."));
		break;
	case SCALE_SHORT:
		return; /* the page is not good enough, which is said */
	}
	print("\n");
	if (scaled)
		print("%s\n",
		    _("Set the printer to \"actual size\" or 100 %, then print "
		      "and scan the page again. If it stays so, the scanner "
		      "scales: lay a ruler on the page."));
}

static void
tell_advice(const struct print_check *check)
{
	if (check->answer == PRINT_GOOD)
		return;
	if (check->dots[0] > 0 && check->dots[0] < 250)
		print(_("The page was scanned at %.0f dots an inch. Scan it at "
			"300 first."),
		    check->dots[0]);
	else
		print("%s",
		    _("Print with full toner or ink, not in draft quality, "
		      "clean the glass of the scanner, scan at 300 dots an "
		      "inch, and try again; then another printer, or another "
		      "scanner."));
	print("\n");
}

static enum err
look(const char *name, struct print_check *check, struct errtext *err)
{
	struct bytes file = { 0 };
	enum err rc = file_read(name, SCAN_FILE_MAX, &file, err);

	if (rc == ERR_OK &&
	    (rc = print_check(file.at, file.len, check, err)) != ERR_OK)
		err_prefix(err, "%s", name);
	bytes_free(&file);
	return rc;
}

static int
proof_check(struct cli *cli)
{
	struct print_check check;
	struct errtext err = { 0 };
	enum err rc = look(cli_value(cli, "check"), &check, &err);

	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json)
		tell_json(&check);
	else {
		print("%s\n", _(answers[check.answer].text));
		tell_codes(&check);
		tell_scale(&check);
		tell_advice(&check);
	}
	return answers[check.answer].status;
}

int
cmd_proof(struct cli *cli)
{
	return cli_has(cli, "check") ? proof_check(cli) : proof_page(cli);
}
