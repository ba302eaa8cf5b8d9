/*
 * print_page.c - print_page.h.
 */
#include "issue/desk/print_page.h"
#include "issue/center/fate.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "issue/center/act.h"
#include "issue/center/release_many.h"
#include "issue/commands.h"
#include "issue/desk/ui.h"
#include "issue/handing.h"
#include "issue/printer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PRINTER_ASKED_AGAIN 60 /* seconds */
#define COPY_DIGITS         6

/* --- one letter -------------------------------------------------------------- */

enum err
print_render(struct turn *turn, const struct issued *letter, int copy,
    struct release *release, struct errtext *err)
{
	struct decoder *decoder = NULL;
	enum err rc = release_ready(&decoder, err);

	if (rc == ERR_OK)
		rc = release_render(
		    turn->center, letter, copy, decoder, release, err);
	decoder_free(&decoder);
	return rc;
}

/* May this person print it, and can it be? */
static enum err
expect(struct turn *turn, const struct issued *letter, struct errtext *err)
{
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err);

	if (rc == ERR_OK)
		rc = fate_printable(turn->center, letter, err);
	return rc == ERR_OK ? act_settle(turn->center, err) : rc;
}

/* Before it leaves: what cannot be noted does not leave. */
static enum err
note(const struct turn *turn, const struct event_sheet *sheet, size_t count,
    struct errtext *err)
{
	return register_event_sheets(turn->center->reg, clock_now(),
	    turn->desk->session.person.code, sheet, count, err);
}

static enum err
note_release(
    const struct turn *turn, const struct release *release, struct errtext *err)
{
	const struct event_sheet sheet =
	    event_sheet(release->number, release->copy);

	return note(turn, &sheet, 1, err);
}

static enum err
which_copy(const struct turn *turn, const struct issued *letter, int *copy,
    struct errtext *err)
{
	const char *asked = http_query(turn->request, "copy");

	*copy = letter->copies;
	if (asked == NULL)
		return ERR_OK;
	*copy = strlen(asked) <= COPY_DIGITS &&
		strspn(asked, "0123456789") == strlen(asked)
	    ? (int)strtol(asked, NULL, 10)
	    : 0;
	return *copy >= 1 && *copy <= letter->copies
	    ? ERR_OK
	    : err_set(err, ERR_NOT_FOUND, _("%s: this copy was never made"),
		  letter->number);
}

enum err
print_page_letter(struct turn *turn, struct errtext *err)
{
	struct issued letter = { 0 };
	struct release release = { 0 };
	char number[LETTER_NUMBER_SIZE];
	int copy = 1;
	enum err rc;

	if ((rc = command_number(turn->request->rest, number, err)) == ERR_OK &&
	    (rc = register_letter_load(
		 turn->center->reg, number, &letter, err)) == ERR_OK &&
	    (rc = expect(turn, &letter, err)) == ERR_OK &&
	    (rc = which_copy(turn, &letter, &copy, err)) == ERR_OK &&
	    (rc = print_render(turn, &letter, copy, &release, err)) == ERR_OK &&
	    (rc = note_release(turn, &release, err)) == ERR_OK)
		bytes_add(turn->out, release.pdf.at, release.pdf.len);
	release_clear(&release);
	register_letter_clear(&letter);
	return rc;
}

/* --- the printer -------------------------------------------------------------- */

bool
print_has_printer(struct desk *desk)
{
	int64_t moment = clock_moment();

	if (desk->printer_asked == 0 ||
	    moment - desk->printer_asked >= PRINTER_ASKED_AGAIN) {
		desk->printer = printer_ready(NULL, NULL) == ERR_OK;
		desk->printer_asked = moment;
	}
	return desk->printer;
}

/* As printer_ready(), in the page's words: it has no options. */
static enum err
find_printer(struct errtext *err)
{
	if (printer_ready(NULL, NULL) == ERR_OK)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("This computer has no default printer. Open the sheet and print "
	      "it from there, not scaled."));
}

static void
say_printing(struct desk *desk)
{
	desk_say(desk,
	    _("Printing. Read the code from the paper before you hand it "
	      "over."));
}

enum err
print_send(struct turn *turn, const struct issued *letter, struct errtext *err)
{
	struct release release = { 0 };
	enum err rc;

	if ((rc = expect(turn, letter, err)) == ERR_OK &&
	    (rc = find_printer(err)) == ERR_OK &&
	    (rc = print_render(turn, letter, letter->copies, &release, err)) ==
		ERR_OK &&
	    (rc = note_release(turn, &release, err)) == ERR_OK &&
	    (rc = printer_send_bytes(NULL, letter->paper, &release.pdf, err)) ==
		ERR_OK)
		say_printing(turn->desk);
	release_clear(&release);
	return rc;
}

void
print_add_before(const struct turn *turn, const char *number, int copies)
{
	const struct event_sheet sheet = event_sheet(number, copies);
	int64_t times = 0, last = 0;
	char at[LOCAL_SIZE] = "", text[ERRTEXT_SIZE];

	if (register_event_printed(
		turn->center->reg, sheet.name, &times, &last, NULL) != ERR_OK ||
	    times == 0)
		return;
	local_format(last, at);
	bytes_addf(turn->out, "<p class=\"help\" data-printed=\"%lld\">",
	    (long long)times);
	snprintf(text, sizeof(text),
	    _("This copy was printed or written before, last on %s. Printing "
	      "it again is recorded; of a paper that was lost or handed out "
	      "print a new copy, which is counted."),
	    at);
	html_text(turn->out, text);
	bytes_add_text(turn->out, "</p>\n");
}

/* --- several ------------------------------------------------------------------ */

/* Letters while they are drawn: those of before stay if one cannot be. */
struct joining {
	struct handing handing;
	enum err rc;
	struct errtext err;
};

static void
take_letter(void *arg, enum err rc, const struct errtext *why,
    struct issued *letter, struct release *release)
{
	struct joining *joining = arg;

	if (joining->rc != ERR_OK)
		return;
	joining->err = *why;
	joining->rc = rc != ERR_OK
	    ? rc
	    : handing_add(&joining->handing, letter, release,
		  EVENT_BEFORE_PERHAPS, &joining->err);
}

static enum err
pick(struct turn *turn, struct picks *picks, const char *typed,
    struct errtext *err)
{
	struct issued letter = { 0 };
	struct pick *one;
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if (picks->count == PRINT_JOINED_MAX)
		return err_set(err, ERR_LIMIT,
		    _("one PDF has at most %d letters; choose fewer"),
		    PRINT_JOINED_MAX);
	if ((rc = command_number(typed, number, err)) == ERR_OK &&
	    (rc = register_letter_load(
		 turn->center->reg, number, &letter, err)) == ERR_OK)
		rc = fate_printable(turn->center, &letter, err);
	register_letter_clear(&letter);
	if (rc != ERR_OK)
		return rc;
	if (!ARRAY_ROOM(picks->at, picks->count, picks->cap))
		return err_memory(err);
	one = &picks->at[picks->count++];
	*one = (struct pick){ .before = true };
	memcpy(one->number, number, sizeof(one->number));
	return ERR_OK;
}

static enum err
pick_all(struct turn *turn, bool signed_now, struct picks *picks,
    struct errtext *err)
{
	const struct desk *desk = turn->desk;
	const char *number;
	enum err rc = ERR_OK;

	for (size_t i = 0; signed_now && i < desk->signed_count && rc == ERR_OK;
	     i++)
		rc = pick(turn, picks, desk->signed_now[i], err);
	for (size_t i = 0; !signed_now && rc == ERR_OK &&
	     (number = http_pairs_at(&turn->request->form, "number", i)) !=
		 NULL;
	     i++)
		rc = pick(turn, picks, number, err);
	if (rc == ERR_OK && picks->count == 0)
		rc = err_set(err, ERR_DATA, _("choose letters first"));
	return rc;
}

static enum err
draw(struct turn *turn, const struct picks *picks, struct joining *joining,
    struct errtext *err)
{
	struct decoder *decoder = NULL;
	enum err rc = release_ready(&decoder, err);

	if (rc == ERR_OK)
		rc = release_many(turn->center, decoder, picks->at,
		    picks->count, true, take_letter, joining, err);
	decoder_free(&decoder);
	if (rc == ERR_OK && joining->rc != ERR_OK) {
		*err = joining->err;
		rc = joining->rc;
	}
	return rc;
}

static void
put_away(struct desk *desk)
{
	bytes_wipe(&desk->joined);
	free(desk->joined_sheet);
	desk->joined_sheet = NULL;
	desk->joined_count = 0;
}

static enum err
join(struct turn *turn, bool signed_now, struct errtext *err)
{
	struct desk *desk = turn->desk;
	struct joining joining = { .handing = { .joined = "",
				       .paper =
					   command_paper_of(turn->center) } };
	struct picks picks = { 0 };
	struct bytes pdf = { 0 };
	enum err rc;

	if ((rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err)) == ERR_OK &&
	    (rc = act_settle(turn->center, err)) == ERR_OK &&
	    (rc = pick_all(turn, signed_now, &picks, err)) == ERR_OK &&
	    (rc = draw(turn, &picks, &joining, err)) == ERR_OK &&
	    (rc = handing_pdf(&joining.handing, turn->center, clock_now(), &pdf,
		 err)) == ERR_OK) {
		put_away(desk);
		desk->joined = pdf;
		desk->joined_sheet = joining.handing.sheet;
		desk->joined_count = joining.handing.sheet_count;
		joining.handing.sheet = NULL;
		pdf = (struct bytes){ 0 };
	}
	bytes_wipe(&pdf);
	handing_clear(&joining.handing);
	approve_clear(&picks);
	return rc;
}

static enum err
note_joined(struct turn *turn, struct errtext *err)
{
	const struct desk *desk = turn->desk;
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err);

	if (rc == ERR_OK && desk->joined.len == 0)
		rc = err_set(err, ERR_NOT_FOUND, _("there is no file"));
	return rc == ERR_OK
	    ? note(turn, desk->joined_sheet, desk->joined_count, err)
	    : rc;
}

enum err
print_page_joined(struct turn *turn, struct errtext *err)
{
	const struct bytes *joined = &turn->desk->joined;
	enum err rc = note_joined(turn, err);

	if (rc == ERR_OK)
		bytes_add(turn->out, joined->at, joined->len);
	return rc;
}

static enum err
send_joined(struct turn *turn, struct errtext *err)
{
	enum err rc = find_printer(err);

	if (rc == ERR_OK)
		rc = note_joined(turn, err);
	if (rc == ERR_OK)
		rc = printer_send_bytes(NULL, command_paper_of(turn->center),
		    &turn->desk->joined, err);
	if (rc == ERR_OK)
		say_printing(turn->desk);
	return rc;
}

static enum err
act_on(struct turn *turn, const char *act, struct errtext *err)
{
	if (strcmp(act, "join") == 0 || strcmp(act, "signed") == 0)
		return join(turn, act[0] == 's', err);
	if (strcmp(act, "lp") == 0)
		return send_joined(turn, err);
	if (strcmp(act, "leave") != 0)
		return err_set(err, ERR_DATA, "%s", _("nothing was done"));
	put_away(turn->desk);
	return ERR_OK;
}

/* Where the letters are; several pages lead here. */
enum err
print_page_act(struct turn *turn, struct errtext *err)
{
	enum err rc = act_on(turn, turn_form(turn, "act"), err);

	if (rc == ERR_OK) {
		turn->redirected = true;
		http_redirect(turn->answer, "/letters");
	}
	return rc;
}

void
print_add_joined(struct turn *turn)
{
	struct desk *desk = turn->desk;
	struct bytes *out = turn->out;

	if (desk->joined.len == 0)
		return;
	ui_form(out, "/joined", "class=\"notice\" id=\"joined\"");
	html_elementf(out, "p",
	    ngettext("%zu letter is in one PDF, behind a list on which each "
		     "person signs.",
		"%zu letters are in one PDF, behind a list on which each "
		"person signs.",
		desk->joined_count),
	    desk->joined_count);
	bytes_add_text(out,
	    "<div class=\"acts\"><a class=\"button main\" "
	    "data-act=\"print\" href=\"/joined.pdf\" target=\"_blank\">");
	html_text(out, _("Open it to print"));
	bytes_add_text(out, "</a>\n");
	if (print_has_printer(desk))
		ui_act(out, "lp", _("To the printer"));
	ui_act(out, "leave", _("Put it away"));
	bytes_add_text(out, "</div></form>\n");
}
