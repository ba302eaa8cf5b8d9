/*
 * intake_page.c - intake_page.h.
 */
#include "issue/desk/intake_page.h"

#include "base/i18n.h"
#include "issue/commands.h"
#include "issue/desk/drafted.h"
#include "issue/desk/intake_form.h"
#include "issue/desk/ui.h"
#include "trust/authenticate.h"

#include <string.h>

void
intake_page(struct turn *turn)
{
	const struct draft_report none = { 0 };

	intake_form(turn, &none);
}

/* --- acts ----------------------------------------------------------------- */

enum err
intake_page_judge(struct turn *turn, struct errtext *err)
{
	enum draft_report_end end;
	struct bytes text = { 0 };
	struct drafting d;
	enum err rc = intake_form_csv(turn, &text, err);

	drafted_begin(turn, &text, true, &d);
	if (rc == ERR_OK)
		rc = drafted_run(&d, &end, err);
	if (rc == ERR_OK && d.report.count > 0)
		for (size_t i = 0; i < d.report.row[0].problem_count; i++) {
			const struct draft_report_problem *p =
			    &d.report.row[0].problem[i];

			ui_problem(turn->out, p->code, p->field, p->text);
		}
	if (rc == ERR_OK && d.report.count > 0 &&
	    d.report.row[0].alike != NULL) {
		bytes_add_text(turn->out, "<div data-alike>");
		ui_pre(turn->out, d.report.row[0].alike);
		bytes_add_text(turn->out, "</div>");
	}
	drafted_end(&d);
	bytes_wipe(&text);
	return rc;
}

static enum err
make_preview(struct turn *turn, struct drafting *d, struct errtext *err)
{
	const struct center *center = turn->center;
	struct sheet_options options = { .draft = true,
		.paper = command_paper_of(center),
		.training = center->root_info.training };
	struct letter letter = { 0 };
	bool good = false;
	enum err rc = draft_rows_read(d, 0, &letter, &good, err);

	if (rc == ERR_OK && !good)
		rc = err_set(err, ERR_DATA,
		    _("there is something to mend first; see below"));
	if (rc == ERR_OK) {
		text_copy(letter.officer, sizeof(letter.officer),
		    turn->desk->session.person.code);
		text_copy(letter.supersedes, sizeof(letter.supersedes),
		    d->supersedes);
		authenticate_labels(
		    center->list, &letter, letter.language, &options.labels);
		authenticate_labels(
		    center->list, &letter, "es", &options.labels_es);
		bytes_wipe(&turn->desk->preview);
		rc = sheet_pdf(
		    &letter, NULL, NULL, &options, &turn->desk->preview, err);
	}
	letter_wipe(&letter);
	return rc;
}

static enum err
store(struct turn *turn, struct drafting *d, bool *stored, struct errtext *err)
{
	enum draft_report_end end;
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_DRAFTER), err);

	*stored = false;
	d->drafter = turn->desk->session.person;
	d->dry_run = false;
	if (rc == ERR_OK)
		rc = drafted_run(d, &end, err);
	if (rc != ERR_OK)
		return rc;
	*stored = end == DRAFT_REPORT_STORED;
	if (!*stored)
		return err_set(err, ERR_DATA,
		    _("nothing was stored: there is something to mend first; "
		      "see below"));
	desk_sayf(turn->desk, _("Draft %lld is stored. It waits for approval."),
	    (long long)d->report.row[0].draft);
	if (d->supersedes[0] != '\0')
		desk_sayf(turn->desk,
		    _("Draft %lld replaces letter %s as soon as it is "
		      "approved. Ask for the old paper back."),
		    (long long)d->report.row[0].draft, d->supersedes);
	return ERR_OK;
}

/* The same form again, with what is wrong beside each control. */
static void
show_again(struct turn *turn, const struct bytes *text)
{
	enum draft_report_end end;
	struct drafting d;

	drafted_begin(turn, text, true, &d);
	(void)drafted_run(&d, &end, NULL);
	intake_form(turn, &d.report);
	drafted_end(&d);
}

enum err
intake_page_keep(struct turn *turn, struct errtext *err)
{
	struct begun *begun = turn->desk->begun;
	struct bytes text = { 0 };
	enum err rc = turn_agrees(turn, "supersedes", begun->supersedes, err);

	if (rc == ERR_OK && intake_form_is_typed(turn))
		rc = intake_form_csv(turn, &text, err);
	if (rc == ERR_OK)
		rc = begun_keep_form(begun, &text, err);
	bytes_wipe(&text);
	return rc;
}

enum err
intake_page_preview(struct turn *turn, struct errtext *err)
{
	const struct bytes *preview = &turn->desk->preview;

	if (preview->len == 0)
		return err_set(err, ERR_NOT_FOUND, _("there is no file"));
	bytes_add(turn->out, preview->at, preview->len);
	return ERR_OK;
}

/* The empty form, for the next person. */
static enum err
begin_again(struct turn *turn)
{
	begun_end_form(turn->desk->begun);
	bytes_wipe(&turn->desk->preview);
	turn->redirected = true;
	http_redirect(turn->answer, "/intake");
	return ERR_OK;
}

static enum err
act_on(struct turn *turn, struct drafting *d, bool *stored, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	enum err rc =
	    turn_agrees(turn, "supersedes", turn->desk->begun->supersedes, err);

	if (rc != ERR_OK)
		return rc;
	if (strcmp(act, "preview") != 0)
		return store(turn, d, stored, err);
	if ((rc = draft_rows_supersede(d, err)) != ERR_OK ||
	    (rc = draft_rows_open(d, err)) != ERR_OK)
		return rc;
	return make_preview(turn, d, err);
}

enum err
intake_page_act(struct turn *turn, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	struct bytes text = { 0 };
	struct drafting d;
	bool stored = false;
	enum err rc;

	if (strcmp(act, "leave") == 0 || strcmp(act, "empty") == 0)
		return begin_again(turn);
	rc = intake_form_csv(turn, &text, err);
	drafted_begin(turn, &text, true, &d);
	if (rc == ERR_OK)
		rc = act_on(turn, &d, &stored, err);
	drafted_end(&d);
	if (stored)
		(void)begin_again(turn);
	else {
		(void)begun_keep_form(turn->desk->begun, &text, NULL);
		show_again(turn, &text);
	}
	bytes_wipe(&text);
	return rc;
}
