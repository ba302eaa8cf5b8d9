/*
 * batch_page.c - batch_page.h.
 */
#include "issue/desk/batch_page.h"

#include "base/html.h"
#include "base/i18n.h"
#include "http/words.h"
#include "issue/desk/drafted.h"
#include "issue/desk/empty_table.h"
#include "issue/desk/ui.h"
#include "issue/intake/mend.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX 1000 /* rows of one page */

/* As --dates has them, by enum date_order. */
static const struct {
	const char *word, *meaning;
} date_words[] = { { "", NULL }, { "dmy", N_("the day") },
	{ "mdy", N_("the month") } };

/* --- the table ------------------------------------------------------------- */

/* A full number is never shown again; whoever has it types it again. */
static void
add_cell(struct mend_cells *cells, size_t line, int field, struct bytes *out)
{
	const char *key = intake_field_key(field);
	struct bytes value = { 0 };

	if (field != INTAKE_FIELD_DOCUMENT_NUMBER)
		(void)mend_cells_value(cells, line, field, &value, NULL);
	bytes_add_byte(&value, '\0');
	if (value.failed)
		out->failed = true;
	else {
		bytes_addf(out, "<label for=\"c%zu-%s\">", line, key);
		html_text(out, _(intake_field_label(field)));
		bytes_addf(out,
		    "</label><input type=\"text\" id=\"c%zu-%s\" name=\"%s\" "
		    "form=\"r%zu\" autocomplete=\"off\" spellcheck=\"false\"",
		    line, key, key, line);
		html_attribute(out, "value", (const char *)value.at);
		bytes_add_text(out, ">\n");
	}
	bytes_wipe(&value);
}

/* Which column a problem is mended in; -1: in none. */
static int
cell_of(int field)
{
	const char *key = intake_field_key(field);

	return key == NULL ? -1 : mend_field(key);
}

static bool
was_before(const struct draft_report_row *row, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (cell_of(row->problem[k].field) ==
		    cell_of(row->problem[i].field))
			return true;
	return false;
}

static void
add_cells(struct mend_cells *cells, const struct draft_report_row *row,
    struct bytes *out)
{
	bool any = false;

	for (size_t i = 0; i < row->problem_count; i++) {
		int field = cell_of(row->problem[i].field);

		if (field < 0 || was_before(row, i))
			continue;
		add_cell(cells, row->line, field, out);
		any = true;
	}
	if (!any)
		return;
	bytes_addf(out,
	    "<button type=\"submit\" form=\"r%zu\" data-act=\"mend\">",
	    row->line);
	html_text(out, _("Mend"));
	bytes_add_text(out, "</button>\n");
}

static const char *
outcome_text(enum intake_outcome outcome)
{
	switch (outcome) {
	case INTAKE_ACCEPTED:
		return _("in order");
	case INTAKE_WARNING:
		return _("good, with a warning");
	case INTAKE_REJECTED:
		break;
	}
	return _("to be mended");
}

/* Whose row it is. A number in the wrong column is none of it. */
static void
add_name(struct mend_cells *cells, size_t line, struct bytes *out)
{
	struct bytes name = { 0 };

	(void)mend_cells_value(cells, line, FIELD_SURNAMES, &name, NULL);
	bytes_add_text(&name, ", ");
	(void)mend_cells_value(cells, line, FIELD_GIVEN_NAMES, &name, NULL);
	bytes_add_byte(&name, '\0');
	out->failed |= name.failed;
	if (!name.failed && name.len > 3 &&
	    strpbrk((const char *)name.at, "0123456789") == NULL)
		html_stranger(out, (const char *)name.at);
	bytes_wipe(&name);
}

static void
add_row(const struct turn *turn, struct mend_cells *cells,
    const struct draft_report_row *row, struct bytes *out)
{
	static const char *const names[] = { "accepted", "warning",
		"rejected" };

	bytes_addf(out, "<tr data-row=\"%zu\" data-outcome=\"%s\"><th>%zu",
	    row->line, names[row->outcome], row->line);
	if (row->row != NULL && row->row[0] != '\0') {
		bytes_add_text(out, " ");
		html_stranger(out, row->row);
	}
	bytes_add_text(out, "</th><td class=\"name\">");
	add_name(cells, row->line, out);
	bytes_add_text(out, "</td><td>");
	html_text(out, outcome_text(row->outcome));
	bytes_add_text(out, "</td><td>");
	for (size_t i = 0; i < row->problem_count; i++)
		ui_problem(out, row->problem[i].code, row->problem[i].field,
		    row->problem[i].text);
	if (row->alike != NULL)
		ui_pre(out, row->alike);
	bytes_add_text(out, "</td><td class=\"cells\">");
	if (row->problem_count > 0) {
		bytes_addf(out,
		    "<form id=\"r%zu\" data-to=\"/batch/mend\" "
		    "data-mend><input type=\"hidden\" name=\"line\" "
		    "value=\"%zu\"><input type=\"hidden\" name=\"file\" "
		    "value=\"%u\"></form>",
		    row->line, row->line, turn->desk->files);
		add_cells(cells, row, out);
	}
	bytes_add_text(out, "</td></tr>\n");
}

/* Rows that need somebody come first. */
static void
add_rows(const struct turn *turn, const struct draft_report *report)
{
	struct mend_cells *cells;
	size_t shown = 0;

	if (mend_cells_new(&turn->desk->begun->text, &cells, NULL) != ERR_OK) {
		turn->out->failed = true;
		return;
	}
	bytes_add_text(turn->out, "<table id=\"rows\"><thead><tr>");
	html_element(turn->out, "th", _("Line"));
	html_element(turn->out, "th", _("Name"));
	html_element(turn->out, "th", _("State"));
	html_element(turn->out, "th", _("Problems"));
	html_element(turn->out, "th", _("Mend in place"));
	bytes_add_text(turn->out, "</tr></thead><tbody>\n");
	for (int outcome = INTAKE_REJECTED; outcome >= INTAKE_ACCEPTED;
	     outcome--)
		for (size_t i = 0; i < report->count; i++)
			if ((int)report->row[i].outcome == outcome &&
			    shown++ < SHOWN_MAX)
				add_row(
				    turn, cells, &report->row[i], turn->out);
	bytes_add_text(turn->out, "</tbody></table>\n");
	mend_cells_free(&cells);
}

static void
add_notes(const struct draft_report *report, struct bytes *out)
{
	for (size_t i = 0; i < report->note_count; i++)
		ui_problem(out, report->note[i].problem.code,
		    report->note[i].problem.field,
		    report->note[i].problem.text);
}

static void
add_acts(const struct turn *turn, const struct draft_report *report)
{
	struct bytes *out = turn->out;
	bool saves = session_has(&turn->desk->session, ROLE_BIT(ROLE_DRAFTER));
	size_t bad = report->outcomes[INTAKE_REJECTED];

	html_elementf(out, "p id=\"sum\"",
	    _("Rows: %zu; good: %zu; with a warning: %zu; to be mended: %zu."),
	    report->count, report->outcomes[INTAKE_ACCEPTED],
	    report->outcomes[INTAKE_WARNING], bad);
	ui_form(out, "/batch", "class=\"acts\"");
	bytes_addf(out, "<input type=\"hidden\" name=\"file\" value=\"%u\">",
	    turn->desk->files);
	if (saves) {
		ui_submit(out, "save-batch", _("Save all as drafts"));
		ui_submit(out, "set-aside",
		    _("Save the good ones, set the others aside"));
	}
	ui_act(out, "leave", _("Put the file away"));
	bytes_add_text(out, "</form>\n");
}

/* The file as it lies there, its dates read as somebody chose. */
static void
begin(struct turn *turn, struct drafting *d)
{
	const struct begun *begun = turn->desk->begun;

	drafted_begin(turn, &begun->text, false, d);
	d->dates = begun->dates;
}

/* Are there dates that mean two days? Once chosen, it can be chosen again. */
static bool
needs_dates(const struct begun *begun, const struct draft_report *report)
{
	if (begun->dates != DATE_ORDER_NONE)
		return true;
	for (size_t i = 0; i < report->note_count; i++)
		if (report->note[i].problem.code == E_DATE)
			return true;
	return false;
}

static void
add_dates(const struct turn *turn, const struct draft_report *report)
{
	const struct begun *begun = turn->desk->begun;
	struct bytes *out = turn->out;
	char file[16];

	if (!needs_dates(begun, report))
		return;
	snprintf(file, sizeof(file), "%u", turn->desk->files);
	ui_form(out, "/batch", "class=\"notice\"");
	ui_hidden(out, "file", file);
	bytes_add_text(out, "<div class=\"box\"><label for=\"dates\">");
	html_text(out, _("What stands first in dates like 03/04/1991"));
	bytes_add_text(out, "</label><select id=\"dates\" name=\"dates\">");
	for (int order = 0; order < 3; order++)
		ui_option(out, date_words[order].word,
		    date_words[order].meaning != NULL
			? _(date_words[order].meaning)
			: NULL,
		    date_words[begun->dates].word);
	bytes_add_text(out, "</select></div>\n");
	ui_act(out, "dates", _("Read the dates so"));
	bytes_add_text(out, "</form>\n");
}

static void
add_report(struct turn *turn)
{
	enum draft_report_end end;
	struct errtext err = { 0 };
	struct drafting d;
	enum err rc;

	begin(turn, &d);
	rc = drafted_run(&d, &end, &err);
	html_element(turn->out, "h3", turn->desk->begun->file);
	add_notes(&d.report, turn->out);
	add_dates(turn, &d.report);
	if (rc != ERR_OK)
		words_element(turn->out, "p class=\"problem\"", err.text);
	else {
		add_acts(turn, &d.report);
		add_rows(turn, &d.report);
	}
	drafted_end(&d);
}

void
batch_page(struct turn *turn)
{
	struct bytes *out = turn->out;

	html_element(out, "h2", _("A file of people"));
	(void)ui_may(turn, ROLE_BIT(ROLE_DRAFTER));
	/* a label as button: the browser's own has words of its own language */
	bytes_add_text(out,
	    "<form id=\"file-form\" class=\"notice\" "
	    "data-file=\"/batch/file\"><label class=\"button\" "
	    "for=\"csv\"><span>");
	html_text(out, _("Choose a file, saved as CSV"));
	bytes_add_text(out,
	    "</span><input type=\"file\" id=\"csv\" name=\"csv\" "
	    "accept=\".csv,text/csv\"></label></form>\n");
	if (turn->desk->begun->text.len == 0)
		empty_table_offer(out);
	if (turn->desk->begun->aside.len > 0) {
		bytes_add_text(out,
		    "<p><a class=\"button\" id=\"aside\" "
		    "href=\"/aside.csv\">");
		html_text(out, _("Keep the rows that were set aside"));
		bytes_add_text(out, "</a></p>\n");
	}
	if (turn->desk->begun->text.len > 0)
		add_report(turn);
}

/* --- acts ------------------------------------------------------------------ */

enum err
batch_page_file(struct turn *turn, struct errtext *err)
{
	const char *name = http_query(turn->request, "name");
	struct begun *begun = turn->desk->begun;

	if (turn->request->body_len == 0)
		return err_set(err, ERR_DATA, _("the file is empty"));
	begun_end_file(begun);
	if (begun->aside_kept)
		bytes_wipe(&begun->aside);
	turn->desk->files++;
	bytes_add(&begun->text, turn->request->body, turn->request->body_len);
	if (begun->text.failed) {
		begun_end_file(begun);
		return err_memory(err);
	}
	if (name == NULL || !text_copy(begun->file, sizeof(begun->file), name))
		text_copy(begun->file, sizeof(begun->file), "CSV");
	return ERR_OK;
}

static enum err
mend_one(struct begun *begun, size_t line, const struct http_pair *pair,
    struct errtext *err)
{
	int field = mend_field(pair->name);
	struct bytes mended = { 0 };
	enum err rc;

	/* a number that nobody typed again stays as it is */
	if (field < 0 ||
	    (field == INTAKE_FIELD_DOCUMENT_NUMBER && pair->value[0] == '\0'))
		return ERR_OK;
	rc = mend_set(&begun->text, line, field, pair->value, &mended, err);
	if (rc != ERR_OK) {
		bytes_wipe(&mended);
		return rc;
	}
	bytes_wipe(&begun->text);
	begun->text = mended;
	return ERR_OK;
}

static enum err
check_file(const struct turn *turn, struct errtext *err)
{
	char number[16];

	if (turn->desk->begun->text.len == 0)
		return err_set(err, ERR_NOT_FOUND, _("there is no file"));
	snprintf(number, sizeof(number), "%u", turn->desk->files);
	return turn_agrees(turn, "file", number, err);
}

enum err
batch_page_mend(struct turn *turn, struct errtext *err)
{
	const struct http_pairs *form = &turn->request->form;
	size_t line = strtoull(turn_form(turn, "line"), NULL, 10);
	enum err rc = check_file(turn, err);

	for (size_t i = 0; i < form->count && rc == ERR_OK; i++)
		rc = mend_one(turn->desk->begun, line, &form->at[i], err);
	turn->desk->begun->mended |= rc == ERR_OK;
	return rc;
}

static enum err
save(struct turn *turn, bool set_aside, struct errtext *err)
{
	struct desk *desk = turn->desk;
	struct begun *begun = desk->begun;
	enum draft_report_end end = DRAFT_REPORT_REFUSED;
	struct drafting d;
	size_t stored;
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_DRAFTER), err);

	if (rc != ERR_OK)
		return rc;
	begin(turn, &d);
	d.dry_run = false;
	d.set_aside_path = set_aside ? "" : NULL;
	rc = drafted_run(&d, &end, err);
	if (rc == ERR_OK && end == DRAFT_REPORT_REFUSED)
		rc = err_set(err, ERR_DATA,
		    _("nothing was stored: mend the rows that need it, or set "
		      "them aside"));
	if (rc == ERR_OK) {
		stored = d.report.count - d.report.outcomes[INTAKE_REJECTED];
		desk->bad = stored == 0;
		if (stored == 0)
			desk_say(
			    desk, _("No row was good, so nothing was stored."));
		else
			desk_sayf(desk,
			    ngettext(
				"%zu draft is stored. It waits for approval.",
				"%zu drafts are stored. They wait for "
				"approval.",
				stored),
			    stored);
		if (end == DRAFT_REPORT_SET_ASIDE) {
			bytes_wipe(&begun->aside);
			begun->aside = d.aside;
			begun->aside_kept = false;
			d.aside = (struct bytes){ 0 };
			desk_say(desk,
			    _("Keep the rows that were set aside, mend them, "
			      "and bring them back as a file."));
		}
		begun_end_file(begun);
	}
	drafted_end(&d);
	return rc;
}

static enum err
choose_dates(struct turn *turn, struct errtext *err)
{
	const char *word = turn_form(turn, "dates");

	for (int order = 0; order < 3; order++)
		if (strcmp(date_words[order].word, word) == 0) {
			turn->desk->begun->dates = (enum date_order)order;
			return ERR_OK;
		}
	return err_set(err, ERR_DATA, "%s", _("nothing was done"));
}

enum err
batch_page_act(struct turn *turn, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	enum err rc = check_file(turn, err);

	if (rc != ERR_OK)
		return rc;
	if (strcmp(act, "leave") == 0) {
		begun_end_file(turn->desk->begun);
		return ERR_OK;
	}
	if (strcmp(act, "dates") == 0)
		return choose_dates(turn, err);
	return save(turn, strcmp(act, "set-aside") == 0, err);
}

enum err
batch_page_aside(struct turn *turn, struct errtext *err)
{
	struct begun *begun = turn->desk->begun;

	if (begun->aside.len == 0)
		return err_set(err, ERR_NOT_FOUND, _("there is no file"));
	begun->aside_kept = true;
	bytes_add(turn->out, begun->aside.at, begun->aside.len);
	http_download(turn->answer, HTTP_TYPE_CSV, "set-aside.csv");
	return ERR_OK;
}
