/*
 * ui.c - ui.h.
 */
#include "issue/desk/ui.h"

#include "http/words.h"

#include "base/html.h"
#include "base/i18n.h"
#include "issue/center/login.h"
#include "issue/intake/intake.h"
#include "letter/view.h"

void
ui_box(struct bytes *out, const struct ui_box *box)
{
	const char *id = box->id != NULL ? box->id : box->name;

	bytes_add_text(out, "<div class=\"box\"><label");
	html_attribute(out, "for", id);
	bytes_add_text(out, ">");
	html_text(out, box->label);
	bytes_add_text(out, "</label><input");
	html_attribute(out, "type", box->type != NULL ? box->type : "text");
	html_attribute(out, "id", id);
	html_attribute(out, "name", box->name);
	html_attribute(out, "value", box->value != NULL ? box->value : "");
	/* no browser keeps a passphrase for the next one who sits here */
	bytes_addf(out, " autocomplete=\"%s\" spellcheck=\"false\"%s%s",
	    box->type != NULL && strcmp(box->type, "password") == 0
		? "new-password"
		: "off",
	    box->more != NULL ? " " : "", box->more != NULL ? box->more : "");
	if (box->help != NULL)
		bytes_addf(out, " aria-describedby=\"help-%s\"", id);
	bytes_add_text(out, ">");
	if (box->help != NULL) {
		bytes_addf(out, "<p class=\"help\" id=\"help-%s\">", id);
		html_text(out, box->help);
		bytes_add_text(out, "</p>");
	}
	bytes_add_text(out, "</div>\n");
}

void
ui_option(struct bytes *out, const char *code, const char *meaning,
    const char *chosen)
{
	bytes_add_text(out, "<option");
	html_attribute(out, "value", code);
	if (chosen != NULL && strcmp(code, chosen) == 0)
		bytes_add_text(out, " selected");
	bytes_add_text(out, ">");
	html_text(out, code);
	if (meaning != NULL && meaning[0] != '\0') {
		bytes_add_text(out, code[0] != '\0' ? " – " : "");
		html_text(out, meaning);
	}
	bytes_add_text(out, "</option>");
}

void
ui_form(struct bytes *out, const char *to, const char *attributes)
{
	/* POST: sent before the script is there it is refused, and no address
	 * has what was typed */
	bytes_addf(out, "<form method=\"post\" data-to=\"%s\"%s%s>\n", to,
	    attributes != NULL ? " " : "",
	    attributes != NULL ? attributes : "");
}

void
ui_hidden(struct bytes *out, const char *name, const char *value)
{
	bytes_add_text(out, "<input type=\"hidden\"");
	html_attribute(out, "name", name);
	html_attribute(out, "value", value);
	bytes_add_text(out, ">");
}

void
ui_act(struct bytes *out, const char *act, const char *label)
{
	bytes_addf(out,
	    "<button type=\"submit\" name=\"act\" value=\"%s\" "
	    "data-act=\"%s\">",
	    act, act);
	html_text(out, label);
	bytes_add_text(out, "</button>\n");
}

void
ui_submit_if(struct bytes *out, const char *id, const char *label, bool able)
{
	bytes_addf(out,
	    "<button type=\"submit\" id=\"%s\" name=\"act\" value=\"%s\" "
	    "class=\"main\"%s>",
	    id, id, able ? "" : " disabled");
	html_text(out, label);
	bytes_add_text(out, "</button>\n");
}

void
ui_submit(struct bytes *out, const char *id, const char *label)
{
	ui_submit_if(out, id, label, true);
}

void
ui_second(struct bytes *out)
{
	bytes_add_text(out, "<fieldset class=\"second\">");
	html_element(out, "legend", _("Second person, where two are needed"));
	ui_box(out,
	    &(struct ui_box){ .name = "second-person",
		.label = _("Code of the second person") });
	ui_box(out,
	    &(struct ui_box){ .name = "second-passphrase",
		.label = _("Passphrase of the second person"),
		.type = "password" });
	bytes_add_text(out, "</fieldset>\n");
}

void
ui_confirm(struct bytes *out, const struct turn *turn)
{
	if (turn_jumps(turn))
		ui_box(out,
		    &(struct ui_box){ .name = "confirm-date",
			.label = _("Today's date"),
			.help = _("Look at a calendar: 2026-11-29.") });
}

static void
add_line(void *ctx, const struct view_line *line)
{
	struct bytes *out = ctx;

	bytes_add_text(out, "<div");
	if (line->field != NULL && line->dependant == 0)
		html_attribute(out, "data-field", line->field->key);
	bytes_add_text(out, ">");
	html_element(out, "dt", line->label);
	bytes_add_text(out, "<dd>");
	html_value(out, line->value);
	bytes_add_text(out, "</dd></div>\n");
}

void
ui_letter(struct bytes *out, const struct letter *letter,
    const struct letter_labels *labels)
{
	bytes_add_text(out, "<dl class=\"letter\">\n");
	view_each(letter, labels, add_line, out);
	bytes_add_text(out, "</dl>\n");
}

void
ui_pre(struct bytes *out, const char *text)
{
	bytes_add_text(out, "<pre tabindex=\"0\">");
	/* line by line: a line feed is no text for a screen */
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		struct bytes line = { 0 };

		bytes_add(&line, text, len);
		bytes_add_byte(&line, '\0');
		if (len > 0 && line.at != NULL && !line.failed)
			html_text(out, (const char *)line.at);
		bytes_add_text(out, "\n");
		out->failed |= line.failed;
		bytes_wipe(&line);
		text += len + (text[len] != '\0');
	}
	bytes_add_text(out, "</pre>\n");
}

void
ui_problem(
    struct bytes *out, enum problem_code code, int field, const char *text)
{
	const char *key = intake_field_key(field);

	bytes_addf(out, "<p class=\"%s\"",
	    problem_is_error(code) ? "problem" : "warning");
	html_attribute(out, "data-problem", problem_name(code));
	html_attribute(out, "data-field", key != NULL ? key : "");
	bytes_add_text(out, ">");
	if (key != NULL && intake_field_label(field) != NULL) {
		bytes_add_text(out, "<b>");
		html_text(out, _(intake_field_label(field)));
		bytes_add_text(out, ":</b> ");
	}
	words_element(out, "span", text);
	html_element(out, "code", problem_name(code));
	bytes_add_text(out, "</p>\n");
}

bool
ui_may(struct turn *turn, unsigned roles)
{
	const struct session *session = &turn->desk->session;
	struct errtext text = { 0 };

	if (session_has(session, roles))
		return true;
	(void)people_other_role(&session->person, roles, &text);
	html_element(turn->out, "p class=\"help\" id=\"may-not\"", text.text);
	return false;
}

void
ui_no_list(const struct turn *turn, struct bytes *out)
{
	if (turn->center->list == NULL)
		html_element(out, "p class=\"help\" id=\"no-list\"",
		    _("The consulates come with the trust list. Take the list "
		      "that names this center: sello-issue trust."));
}

void
ui_said(struct desk *desk, struct bytes *out)
{
	if (desk->said.len > 0 && !desk->said.failed) {
		bytes_addf(out, "<p id=\"said\" role=\"%s\" class=\"%s\">",
		    desk->bad ? "alert" : "status", desk->bad ? "bad" : "good");
		html_text(out, (const char *)desk->said.at);
		bytes_add_text(out, "</p>\n");
	}
	bytes_wipe(&desk->said);
	desk->bad = false;
}

static void
add_way(struct bytes *out, const char *to, const char *label)
{
	bytes_addf(out, "<a class=\"button\" href=\"%s\">", to);
	html_text(out, label);
	bytes_add_text(out, "</a>\n");
}

void
ui_begun(const struct desk *desk, struct bytes *out)
{
	const struct begun *begun = desk->begun;

	if (!begun_is_any(begun))
		return;
	bytes_add_text(out, "<div class=\"acts\" id=\"begun\">");
	if (begun->form.len > 0)
		add_way(out, "/intake", _("A person, half entered"));
	if (begun->text.len > 0)
		add_way(out, "/batch", _("A file of people, not saved"));
	else if (begun->aside.len > 0 && !begun->aside_kept)
		add_way(out, "/batch", _("Rows that were set aside"));
	bytes_add_text(out, "</div>\n");
}

void
ui_sign_in(const struct desk *desk, struct bytes *out)
{
	html_element(out, "h2", _("Sign in"));
	ui_form(out, "/sign-in", "class=\"notice sign-in\"");
	ui_box(out,
	    &(struct ui_box){ .name = "person",
		.label = _("Your code"),
		.help = _("As on the list of the center's people."),
		.more = "autofocus" });
	ui_box(out,
	    &(struct ui_box){ .name = "passphrase",
		.label = _("Your passphrase"),
		.type = "password" });
	ui_submit(out, "sign-in", _("Sign in"));
	bytes_add_text(out, "</form>\n");
	if (begun_anybody(desk->all))
		html_element(out, "p id=\"waits\"",
		    _("What was begun here waits for the person who began "
		      "it."));
	if (desk->session.wrong > 0)
		html_elementf(out, "p class=\"problem\" id=\"wrong-tries\"",
		    ngettext("Wrong passphrases since somebody signed in: %u. "
			     "It is recorded.",
			"Wrong passphrases since somebody signed in: %u. "
			"They are recorded.",
			desk->session.wrong),
		    desk->session.wrong);
}
