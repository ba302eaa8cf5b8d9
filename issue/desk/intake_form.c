/*
 * intake_form.c - intake_form.h.
 */
#include "issue/desk/intake_form.h"

#include "base/csv.h"
#include "base/html.h"
#include "base/i18n.h"
#include "issue/desk/ui.h"
#include "issue/intake/mend.h"
#include "issue/intake/template.h"
#include "issue/register/letter.h"
#include "letter/code.h"
#include "letter/xml.h"

#include <string.h>

/* --- the form as a file of one row ---------------------------------------- */

#define FORM_LINE 2 /* of the form as a file, behind its header */

static bool
is_asked(int field)
{
	return field != INTAKE_FIELD_ROW && field != INTAKE_FIELD_CENTER &&
	    field != FIELD_PROGRAM;
}

static void
add_row(const struct turn *turn, bool heads, struct bytes *out)
{
	bool first = true;

	for (size_t i = 0; i < template_column_count; i++) {
		const char *key = intake_field_key(template_columns[i].field);

		if (!is_asked(template_columns[i].field))
			continue;
		csv_add_cell(out, heads ? key : turn_form(turn, key), first);
		first = false;
	}
	bytes_add_text(out, "\r\n");
}

enum err
intake_form_csv(const struct turn *turn, struct bytes *out, struct errtext *err)
{
	add_row(turn, true, out);
	add_row(turn, false, out);
	return out->failed ? err_memory(err) : ERR_OK;
}

bool
intake_form_is_typed(const struct turn *turn)
{
	for (size_t i = 0; i < template_column_count; i++) {
		int field = template_columns[i].field;

		if (is_asked(field) && field != FIELD_LANGUAGE &&
		    turn_form(turn, intake_field_key(field))[0] != '\0')
			return true;
	}
	return false;
}

/* --- what is in the boxes ------------------------------------------------- */

/* What was just sent, else what was half typed before, else, of a correction,
 * what the letter says. */
struct filling {
	const struct turn *turn;
	bool has_old;
	struct letter old;
};

static void
add_dependants(const struct letter *letter, struct bytes *out)
{
	for (size_t i = 0; i < letter->dependant_count; i++) {
		const struct dependant *one = &letter->dependant[i];

		bytes_addf(out, "%s%s|%s|%s", i > 0 ? "; " : "", one->name,
		    one->birth_date, one->relationship);
	}
}

static bool
add_kept(const struct begun *begun, int field, struct bytes *out)
{
	const struct bytes form = { .at = begun->form.at,
		.len = begun->form.len };

	return form.len > 0 &&
	    mend_value(&form, FORM_LINE, field, out, NULL) == ERR_OK;
}

static void
value_of(const struct filling *filling, int field, struct bytes *out)
{
	const struct turn *turn = filling->turn;
	const char *typed = http_form(turn->request, intake_field_key(field));

	if (typed != NULL)
		bytes_add_text(out, typed);
	else if (add_kept(turn->desk->begun, field, out))
		;
	else if (filling->has_old && field == FIELD_DEPENDANTS)
		add_dependants(&filling->old, out);
	else if (filling->has_old && field < FIELD_COUNT)
		bytes_add_text(out,
		    field_get(field_row((enum field_id)field), &filling->old));
	else if (field == FIELD_LANGUAGE)
		bytes_add_text(out, i18n_language());
	bytes_add_byte(out, '\0');
}

static void
load_old(const struct turn *turn, struct filling *out)
{
	struct issued issued = { 0 };

	*out = (struct filling){ .turn = turn };
	if (turn->desk->begun->supersedes[0] == '\0')
		return;
	if (register_letter_load(turn->center->reg,
		turn->desk->begun->supersedes, &issued, NULL) == ERR_OK)
		out->has_old = xml_read(issued.xml.at, issued.xml.len,
				   &out->old, NULL) == ERR_OK;
	register_letter_clear(&issued);
}

/* --- controls ------------------------------------------------------------- */

static void
add_codes(struct bytes *out, const struct code *codes, const char *chosen)
{
	for (; codes->code != NULL; codes++)
		ui_option(out, codes->code, _(codes->label), chosen);
}

/* The codes of a list of the program's own, and what was typed elsewhere. */
static void
add_options(const struct turn *turn, const struct field *field,
    const char *chosen, struct bytes *out)
{
	const struct trust_list *list = turn->center->list;

	ui_option(out, "", "", chosen);
	if (field->kind == KIND_CODE)
		add_codes(out, field->codes, chosen);
	else if (field->kind == KIND_TRUE)
		ui_option(out, "true", _("estimated"), chosen);
	else if (field->kind == KIND_PATHWAY) {
		add_codes(out, code_pathway, chosen);
		for (size_t i = 0; list != NULL && i < list->pathway_count; i++)
			ui_option(out, list->pathways[i].code,
			    trust_pathway_label(
				&list->pathways[i], i18n_language()),
			    chosen);
	} else
		for (size_t i = 0; list != NULL && i < list->consulate_count;
		     i++)
			ui_option(out, list->consulates[i].code,
			    list->consulates[i].name, chosen);
}

static bool
has_options(const struct field *field)
{
	return field != NULL &&
	    (field->kind == KIND_CODE || field->kind == KIND_TRUE ||
		field->kind == KIND_PATHWAY || field->kind == KIND_CONSULATE);
}

static void
add_select(const struct turn *turn, const struct field *field,
    const char *label, const char *help, const char *value, struct bytes *out)
{
	bytes_addf(out, "<label for=\"in-%s\">", field->key);
	html_text(out, label);
	bytes_addf(out,
	    "</label><select id=\"in-%s\" name=\"%s\" "
	    "aria-describedby=\"help-%s problems-%s\">",
	    field->key, field->key, field->key, field->key);
	add_options(turn, field, value, out);
	bytes_add_text(out, "</select>");
	bytes_addf(out, "<p class=\"help\" id=\"help-%s\">", field->key);
	html_text(out, help);
	bytes_add_text(out, "</p>");
	if (field->kind == KIND_CONSULATE)
		ui_no_list(turn, out);
}

/* A country is found by its name, too, and written by its code. */
static bool
is_country(int field)
{
	enum field_kind kind = field < FIELD_COUNT
	    ? field_row((enum field_id)field)->kind
	    : KIND_TEXT;

	return kind == KIND_COUNTRY || kind == KIND_COUNTRIES;
}

static void
add_countries(struct bytes *out)
{
	const struct country *country;

	bytes_add_text(out, "<datalist id=\"countries\">");
	for (size_t i = 0; (country = country_at(i)) != NULL; i++) {
		bytes_addf(out, "<option value=\"%s\">", country->alpha3);
		html_text(out, _(country->label));
		bytes_add_text(out, "</option>");
	}
	bytes_add_text(out, "</datalist>\n");
}

static void
add_box(int field, const char *label, const char *help, const char *value,
    struct bytes *out)
{
	const char *key = intake_field_key(field);

	bytes_addf(out, "<label for=\"in-%s\">", key);
	html_text(out, label);
	bytes_addf(out,
	    "</label><input type=\"text\" id=\"in-%s\" name=\"%s\" "
	    "autocomplete=\"off\" spellcheck=\"false\" "
	    "aria-describedby=\"help-%s problems-%s\"",
	    key, key, key, key);
	html_attribute(out, "value", value);
	bytes_add_text(out, is_country(field) ? " list=\"countries\">" : ">");
	bytes_addf(out, "<p class=\"help\" id=\"help-%s\">", key);
	html_text(out, help);
	bytes_add_text(out, "</p>");
}

/* A control of one dependant's row, which staff.js numbers; what is sent is the
 * box of them all. */
static void
add_part(const struct field *field, struct bytes *out)
{
	bytes_addf(out,
	    field->codes != NULL
		? "<select data-part=\"%s\""
		: "<input type=\"text\" data-part=\"%s\" autocomplete=\"off\" "
		  "spellcheck=\"false\"",
	    field->key);
	html_attribute(out, "aria-label", _(field->label));
	if (field->codes == NULL) {
		html_attribute(out, "placeholder",
		    field->kind == KIND_NAME ? _(field->label) : "1990-05-02");
		bytes_add_text(out, ">");
		return;
	}
	bytes_add_text(out, "><option value=\"\">");
	html_text(out, _(field->label));
	bytes_add_text(out, "</option>");
	add_codes(out, field->codes, "");
	bytes_add_text(out, "</select>");
}

static void
add_dependant_rows(struct bytes *out)
{
	bytes_add_text(out, "<div id=\"dependants\" role=\"group\"");
	html_attribute(
	    out, "aria-label", _(intake_field_label(FIELD_DEPENDANTS)));
	bytes_add_text(out, "><template><div role=\"group\">");
	for (size_t i = 0; i < FIELD_DEPENDANT_COUNT; i++)
		add_part(&field_dependant[i], out);
	bytes_add_text(out, "</div></template></div>");
}

/* The problems of one row that are of one field; FIELD_NONE: of none. */
static void
add_problems(
    const struct draft_report *report, const char *key, struct bytes *out)
{
	const struct draft_report_row *row = report->row; /* or none */

	for (size_t i = 0; report->count > 0 && i < row->problem_count; i++) {
		const struct draft_report_problem *p = &row->problem[i];
		const char *of = intake_field_key(p->field);

		if (strcmp(of != NULL ? of : "", key) == 0)
			ui_problem(out, p->code, p->field, p->text);
	}
}

static void
add_control(const struct turn *turn, const struct template_column *column,
    const struct filling *filling, const struct draft_report *report,
    struct bytes *out)
{
	const struct field *row = column->field < FIELD_COUNT
	    ? field_row((enum field_id)column->field)
	    : NULL;
	const char *key = intake_field_key(column->field);
	struct bytes label = { 0 }, value = { 0 };

	bytes_add_text(&label, _(intake_field_label(column->field)));
	if (intake_column_is_required(column->field))
		bytes_add_text(&label, " *");
	value_of(filling, column->field, &value);
	if (label.failed || value.failed)
		out->failed = true;
	else {
		bytes_add_text(out, "<div class=\"box\">");
		if (has_options(row))
			add_select(turn, row, (const char *)label.at,
			    _(column->note), (const char *)value.at, out);
		else
			add_box(column->field, (const char *)label.at,
			    _(column->note), (const char *)value.at, out);
		if (column->field == FIELD_DEPENDANTS)
			add_dependant_rows(out);
		bytes_addf(out,
		    "<div class=\"problems\" id=\"problems-%s\" "
		    "data-problems=\"%s\" aria-live=\"polite\">",
		    key, key);
		add_problems(report, key, out);
		bytes_add_text(out, "</div></div>\n");
	}
	bytes_free(&label);
	bytes_wipe(&value);
}

/* Who may be the same person, side by side. */
static void
add_alike(const struct draft_report *report, struct bytes *out)
{
	bytes_add_text(out,
	    "<div class=\"problems\" data-problems=\"\" "
	    "aria-live=\"polite\">");
	add_problems(report, "", out);
	bytes_add_text(out, "</div>");
	bytes_add_text(out, "<div id=\"alike\">");
	if (report->count > 0 && report->row[0].alike != NULL)
		ui_pre(out, report->row[0].alike);
	bytes_add_text(out, "</div>\n");
}

static void
add_correction(const struct turn *turn, struct bytes *out)
{
	const char *number = turn->desk->begun->supersedes;

	if (number[0] == '\0')
		return;
	ui_form(out, "/intake", "class=\"notice\"");
	html_elementf(out, "p",
	    _("In place of letter %s, which ends when this draft is approved. "
	      "Ask for the old paper back."),
	    number);
	ui_act(out, "leave", _("Do not correct this letter"));
	bytes_add_text(out, "</form>\n");
}

/* "open": the page goes there (staff.js), for it stands below a long form. */
static void
add_sheet(struct bytes *out)
{
	const char *title = _("The sheet, as it will print");

	bytes_add_text(out, "<section class=\"open\"");
	html_attribute(out, "aria-label", title);
	bytes_add_text(out, "><iframe id=\"sheet\" src=\"/preview.pdf\"");
	html_attribute(out, "title", title);
	bytes_add_text(out, "></iframe></section>\n");
}

void
intake_form(struct turn *turn, const struct draft_report *report)
{
	struct bytes *out = turn->out;
	struct filling filling;
	bool saves;

	load_old(turn, &filling);
	html_element(out, "h2", _("A person's letter, to be drafted"));
	saves = ui_may(turn, ROLE_BIT(ROLE_DRAFTER));
	add_correction(turn, out);
	ui_form(out, "/intake", "id=\"intake\" class=\"grid\"");
	ui_hidden(out, "supersedes", turn->desk->begun->supersedes);
	if (turn->desk->begun->form.len > 0)
		html_element(out, "p class=\"help whole\" id=\"kept\"",
		    _("What you typed before is still here. Nothing of it is "
		      "stored yet."));
	for (size_t i = 0; i < template_column_count; i++)
		if (is_asked(template_columns[i].field))
			add_control(
			    turn, &template_columns[i], &filling, report, out);
	add_countries(out);
	bytes_add_text(out, "<div class=\"whole\">");
	add_alike(report, out);
	html_element(out, "p",
	    _("* must be filled in. The document's number is not kept, only "
	      "its last four characters."));
	bytes_add_text(out, "<div class=\"acts\">");
	if (saves)
		ui_submit(out, "save-draft", _("Save the draft"));
	ui_submit(out, "preview", _("Show it as it will print"));
	ui_act(out, "empty", _("Empty the form"));
	bytes_add_text(out, "</div></div></form>\n");
	if (turn->desk->preview.len > 0)
		add_sheet(out);
	letter_wipe(&filling.old);
}
