/*
 * drafts_page.c - drafts_page.h: what is shown. What is done with drafts is in
 * drafts_act.c.
 */
#include "issue/desk/drafts_page.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "http/words.h"
#include "issue/center/warnings.h"
#include "issue/changes.h"
#include "issue/desk/approving.h"
#include "issue/desk/ui.h"
#include "issue/duplicate_view.h"
#include "issue/register/letter.h"
#include "issue/register/listed.h"
#include "letter/date.h"
#include "letter/xml.h"
#include "trust/authenticate.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX    500 /* drafts of one page */
#define SIGNED_SHOWN 20  /* of the letters signed now, the newest */

struct listing_drafts {
	struct turn *turn;
	bool queue;
	bool first; /* those that were drawn, before all others */
	size_t count, left;
};

/* --- one draft, whole ------------------------------------------------------ */

static void
add_problems(struct bytes *out, const struct draft *draft)
{
	json_t *all = json_loads((const char *)draft->problems.at, 0, NULL);
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *text =
		    json_string_value(json_object_get(one, "text"));
		const char *code =
		    json_string_value(json_object_get(one, "code"));
		const char *key =
		    json_string_value(json_object_get(one, "field"));

		if (text == NULL || code == NULL)
			continue;
		bytes_add_text(out, "<p class=\"warning\"");
		html_attribute(out, "data-problem", code);
		html_attribute(out, "data-field", key != NULL ? key : "");
		bytes_add_text(out, ">");
		html_text(out, text);
		html_element(out, "code", code);
		bytes_add_text(out, "</p>\n");
	}
	json_decref(all);
}

/* What a terminal's screen would show, where there is any. */
struct screen {
	FILE *file;
	char *text;
	size_t len;
};

static bool
screen_open(struct screen *screen)
{
	*screen = (struct screen){ 0 };
	screen->file = open_memstream(&screen->text, &screen->len);
	return screen->file != NULL;
}

static void
screen_end(struct screen *screen, const char *heading, struct bytes *out)
{
	out->failed |= fclose(screen->file) != 0;
	if (screen->len > 0 && screen->text != NULL) {
		html_element(out, "h4", heading);
		ui_pre(out, screen->text);
		OPENSSL_cleanse(screen->text, screen->len);
	}
	free(screen->text);
}

static void
add_alike(struct turn *turn, const struct draft *draft)
{
	const struct duplicate_person person = { &draft->letter, draft->id,
		draft->at };
	struct screen screen;

	if (!screen_open(&screen))
		return;
	(void)duplicate_view_print(turn->center, &person, screen.file, 0, NULL);
	screen_end(&screen, _("Perhaps the same person"), turn->out);
}

static void
add_changes(struct turn *turn, const struct draft *draft)
{
	const char *number = draft->letter.supersedes;
	struct issued issued = { 0 };
	struct letter old = { 0 };
	struct screen screen;

	if (number[0] == '\0' ||
	    register_letter_load(turn->center->reg, number, &issued, NULL) !=
		ERR_OK)
		return;
	html_elementf(turn->out, "h4", _("In place of letter %s:"), number);
	if (issued.xml.len > 0 &&
	    xml_read(issued.xml.at, issued.xml.len, &old, NULL) == ERR_OK &&
	    screen_open(&screen)) {
		changes_print(
		    screen.file, turn->center->list, &old, &draft->letter);
		screen_end(&screen, _("What changes"), turn->out);
	}
	letter_wipe(&old);
	register_letter_clear(&issued);
}

static void
add_whole(struct turn *turn, int64_t id)
{
	struct letter_labels labels = { 0 };
	struct draft draft = { 0 };
	struct errtext err = { 0 };
	enum err rc = register_draft_load(
	    turn->center->reg, turn->center->info.center, id, &draft, &err);

	bytes_add_text(turn->out, "<div class=\"whole\">\n");
	if (rc != ERR_OK)
		words_element(turn->out, "p", err.text);
	else {
		authenticate_labels(turn->center->list, &draft.letter,
		    i18n_language(), &labels);
		ui_letter(turn->out, &draft.letter, &labels);
		add_problems(turn->out, &draft);
		add_changes(turn, &draft);
		add_alike(turn, &draft);
	}
	bytes_add_text(turn->out, "</div>\n");
	register_draft_clear(&draft);
}

/* --- one of the list ------------------------------------------------------- */

static void
add_head(struct bytes *out, const struct listed *listed)
{
	char names[2 * LETTER_NAME_SIZE + 2], day[CLOCK_DATE_SIZE];
	char codes[WARNINGS_CODES_SIZE];
	const struct letter *l = &listed->letter;

	snprintf(names, sizeof(names), "%s%s%s", l->surnames,
	    l->surnames[0] && l->given_names[0] ? ", " : "", l->given_names);
	local_date(listed->drafted_at, day);
	html_elementf(
	    out, "b class=\"id\"", _("draft %lld"), (long long)listed->draft);
	bytes_add_text(out, "<span class=\"who\">");
	html_stranger(out, names);
	bytes_add_text(out, "</span>");
	html_element(out, "span", date_shown(i18n_language(), l->birth_date));
	html_elementf(out, "span", "%s, %s", listed->officer, day);
	if (strcmp(listed->state, "unsigned") == 0)
		html_element(out, "span class=\"warning\"",
		    _("cannot be approved as it is"));
	warnings_codes(warnings_of(listed->problems), codes);
	if (codes[0] != '\0')
		html_element(out, "span class=\"warning\"", codes);
	OPENSSL_cleanse(names, sizeof(names));
}

static void
add_marks(
    const struct desk *desk, const struct listed *listed, struct bytes *out)
{
	const struct opened *opened = approving_opened(desk, listed->draft);

	if (approving_is_drawn(desk, listed->draft) &&
	    (opened == NULL || !opened->marked))
		html_element(out, "span class=\"drawn\" data-drawn",
		    _("drawn at random: open this one"));
	if (opened != NULL && opened->marked)
		html_element(out, "span class=\"marked\" data-marked",
		    _("marked to be signed"));
	else if (opened != NULL)
		html_element(
		    out, "span class=\"seen\" data-opened", _("opened"));
}

static bool
approves(const struct turn *turn)
{
	return session_has(&turn->desk->session, ROLE_BIT(ROLE_APPROVER));
}

static void
add_acts(
    const struct listing_drafts *list, const struct listed *listed, bool open)
{
	const struct desk *desk = list->turn->desk;
	const struct opened *opened = approving_opened(desk, listed->draft);
	bool discards = session_has(
	    &desk->session, ROLE_BIT(ROLE_DRAFTER) | ROLE_BIT(ROLE_APPROVER));
	struct bytes *out = list->turn->out;

	bytes_add_text(out, "<div class=\"acts\">");
	ui_act(out, open ? "close" : "open", open ? _("Close") : _("Open"));
	if (list->queue && approves(list->turn)) {
		bytes_addf(out,
		    "<button type=\"submit\" name=\"act\" value=\"approve\" "
		    "data-act=\"approve\"%s>",
		    opened == NULL ? " disabled" : "");
		html_text(out,
		    opened != NULL && opened->marked
			? _("Do not sign it")
			: _("It agrees with the documents"));
		bytes_add_text(out, "</button>\n");
		if (approving_in_batch(desk, listed->draft))
			ui_act(out, "leave", _("Leave it out"));
	}
	if (discards)
		ui_act(out, "discard", _("Discard"));
	bytes_add_text(out, "</div>");
	if (open && discards)
		ui_box(out,
		    &(struct ui_box){ .name = "reason",
			.id = "discard-reason",
			.label = _("Why it is discarded"),
			.more = "maxlength=\"200\"" });
}

static bool
add_draft(void *arg, const struct listed *listed)
{
	struct listing_drafts *list = arg;
	struct bytes *out = list->turn->out;
	char attributes[64], id[24];
	bool open = list->turn->desk->open == listed->draft;

	if (strcmp(listed->state, "pending") != 0 &&
	    strcmp(listed->state, "unsigned") != 0)
		return true;
	/* somebody must open them: they are there, however many wait */
	if (list->queue && !list->first &&
	    approving_is_drawn(list->turn->desk, listed->draft))
		return true;
	if (list->count >= SHOWN_MAX && !open && !list->first) {
		list->left++;
		return true;
	}
	list->count++;
	snprintf(id, sizeof(id), "%lld", (long long)listed->draft);
	snprintf(attributes, sizeof(attributes),
	    "class=\"item%s\" data-draft=\"%s\"", open ? " open" : "", id);
	ui_form(out, list->queue ? "/queue" : "/drafts", attributes);
	ui_hidden(out, "draft", id);
	bytes_add_text(out, "<div class=\"head\">");
	add_head(out, listed);
	if (list->queue)
		add_marks(list->turn->desk, listed, out);
	bytes_add_text(out, "</div>");
	if (open)
		add_whole(list->turn, listed->draft);
	add_acts(list, listed, open);
	bytes_add_text(out, "</form>\n");
	return true;
}

static void
add_drawn(struct listing_drafts *list)
{
	const struct desk *desk = list->turn->desk;

	list->first = true;
	for (size_t i = 0; i < desk->sample && i < desk->batch.count; i++)
		(void)register_listed_one(list->turn->center->reg,
		    desk->batch.at[i].draft, add_draft, list, NULL);
	list->first = false;
}

static void
add_others(struct listing_drafts *list)
{
	struct turn *turn = list->turn;
	struct errtext err = { 0 };

	if (register_listed_drafts(turn->center->reg, add_draft, list, &err) !=
	    ERR_OK)
		words_element(turn->out, "p class=\"problem\"", err.text);
	if (list->count == 0)
		html_element(turn->out, "p id=\"none\"", _("No drafts wait."));
	if (list->left > 0)
		html_elementf(turn->out, "p",
		    ngettext("%zu draft more is not shown.",
			"%zu drafts more are not shown.", list->left),
		    list->left);
}

void
drafts_page(struct turn *turn)
{
	struct listing_drafts list = { .turn = turn };

	html_element(turn->out, "h2", _("Drafts that wait"));
	add_others(&list);
}

/* --- the queue ------------------------------------------------------------- */

static bool
add_signed_letter(void *arg, const struct listed *listed)
{
	struct bytes *out = arg;

	bytes_addf(out, "<li data-letter=\"%s\"><b>%s</b> <span>",
	    listed->number, listed->number);
	html_stranger(out, listed->letter.surnames);
	bytes_add_text(out,
	    listed->letter.surnames[0] && listed->letter.given_names[0] ? ", "
									: "");
	html_stranger(out, listed->letter.given_names);
	bytes_addf(out,
	    "</span> <a class=\"button\" data-act=\"print\" "
	    "href=\"/print/%s\" target=\"_blank\">",
	    listed->number);
	html_text(out, _("Print"));
	bytes_add_text(out, "</a></li>\n");
	return true;
}

static void
add_signed_number(struct turn *turn, const char *number)
{
	struct registry *reg = turn->center->reg;
	struct issued issued = { 0 };

	if (register_letter_load(reg, number, &issued, NULL) == ERR_OK)
		(void)register_listed_one(
		    reg, issued.draft, add_signed_letter, turn->out, NULL);
	register_letter_clear(&issued);
}

/* Letters that were signed just now are printed next; all are under Letters. */
static void
add_signed(struct turn *turn)
{
	const struct desk *desk = turn->desk;
	struct bytes *out = turn->out;

	if (desk->signed_count == 0)
		return;
	bytes_add_text(out, "<section class=\"signed\" id=\"signed\">");
	html_element(out, "h3", _("Signed since you signed in"));
	bytes_add_text(out, "<ul>");
	for (size_t i = desk->signed_count, shown = 0;
	     i-- > 0 && shown++ < SIGNED_SHOWN;)
		add_signed_number(turn, desk->signed_now[i]);
	bytes_add_text(out, "</ul>");
	if (desk->signed_count > 1) {
		ui_form(out, "/joined", "class=\"acts\"");
		ui_act(out, "signed", _("One PDF of all signed now"));
		if (desk->signed_count > SIGNED_SHOWN) {
			bytes_add_text(
			    out, "<a class=\"button\" href=\"/letters\">");
			html_text(out, _("Letters"));
			bytes_add_text(out, "</a>");
		}
		bytes_add_text(out, "</form>");
	}
	bytes_add_text(out, "</section>\n");
}

static void
add_batch(struct turn *turn)
{
	const struct desk *desk = turn->desk;
	struct bytes *out = turn->out;
	size_t left = approving_to_open(desk);

	ui_form(out, "/queue/sample", "class=\"notice\"");
	if (desk->batch.count == 0) {
		html_element(out, "p",
		    _("Many at once: of all that wait a tenth is drawn at "
		      "random. When these are opened and right, all can be "
		      "signed."));
		ui_submit(out, "sample", _("Draw a tenth"));
	} else {
		html_elementf(out, "p",
		    ngettext("In the batch: %zu draft.",
			"In the batch: %zu drafts.", desk->batch.count),
		    desk->batch.count);
		html_elementf(out, "p id=\"to-open\"",
		    ngettext("%zu drawn one is still to be opened and "
			     "marked.",
			"%zu drawn ones are still to be opened and marked.",
			left),
		    left);
		ui_submit(out, "no-sample", _("Give the batch up"));
	}
	bytes_add_text(out, "</form>\n");
}

static void
add_sign(struct turn *turn)
{
	const struct desk *desk = turn->desk;
	struct bytes *out = turn->out;
	bool batch = desk->batch.count > 0;
	size_t signs = approving_signs(desk, batch);
	char which[APPROVING_WHICH_SIZE];

	ui_form(out, "/approve", "class=\"notice\"");
	if (batch)
		bytes_addf(out,
		    "<input type=\"hidden\" name=\"batch\" "
		    "value=\"1\">");
	approving_which(desk, batch, which);
	ui_hidden(out, "signs", which);
	ui_second(out);
	ui_confirm(out, turn);
	html_elementf(out, "p",
	    ngettext("%zu letter will be signed.",
		"%zu letters will be signed.", signs),
	    signs);
	ui_submit_if(out, "approve", _("Sign"), signs > 0);
	bytes_add_text(out, "</form>\n");
}

/* Does anybody wait? Where not there is nothing to press. */
static bool
any_waits(struct turn *turn)
{
	bool any = true; /* if it cannot be known, the list says why */

	(void)register_draft_any(turn->center->reg, NULL, &any, NULL);
	return any;
}

void
queue_page(struct turn *turn)
{
	struct listing_drafts list = { .turn = turn, .queue = true };
	bool batch = turn->desk->batch.count > 0;
	bool waits;

	html_element(turn->out, "h2", _("Drafts to be approved"));
	/* where nobody may, or nobody waits, there is nothing to press */
	waits = ui_may(turn, ROLE_BIT(ROLE_APPROVER)) && any_waits(turn);
	add_signed(turn);
	if (waits)
		add_batch(turn);
	/* of many only these need somebody */
	if (batch) {
		add_drawn(&list);
		add_sign(turn);
	}
	add_others(&list);
	if (waits && !batch)
		add_sign(turn);
}
