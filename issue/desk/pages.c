/*
 * pages.c - pages.h. A POST is done, then answered with the page as it is now,
 * without what stands around it; what went wrong stands above it.
 */
#include "issue/desk/pages.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "http/fill.h"
#include "http/words.h"
#include "issue/center/login.h"
#include "issue/desk/batch_page.h"
#include "issue/desk/center_page.h"
#include "issue/desk/drafts_page.h"
#include "issue/desk/empty_table.h"
#include "issue/desk/enter.h"
#include "issue/desk/intake_page.h"
#include "issue/desk/letters_page.h"
#include "issue/desk/lists_page.h"
#include "issue/desk/passphrase_page.h"
#include "issue/desk/print_page.h"
#include "issue/desk/ui.h"

#include <stdio.h>
#include <string.h>

/* About 10,000 people, who are judged in a second, while nobody is answered
 * anything else; a larger file is the command's. */
#define FILE_MAX ((size_t)2 << 20)

typedef void page_write(struct turn *turn);
typedef enum err page_act(struct turn *turn, struct errtext *err);

/* In the order of the navigation, which leads to those with a title. */
static const struct page {
	const char *name, *title;
	page_write *write;
} pages[] = {
	{ "home", N_("Start"), home_page },
	{ "intake", N_("Enter a person"), intake_page },
	{ "batch", N_("A file of people"), batch_page },
	{ "drafts", N_("Drafts"), drafts_page },
	{ "queue", N_("Approve"), queue_page },
	{ "letters", N_("Letters"), letters_page },
	{ "lists", N_("Lists"), lists_page },
	{ "people", N_("People"), people_page },
	{ "publish", N_("Publish"), publish_page },
	{ "backup", N_("Backup"), backup_page },
	{ "own", NULL, own_page },
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static const struct page *
page_find(const char *name)
{
	for (size_t i = 0; i < PAGE_COUNT; i++)
		if (strcmp(pages[i].name, name) == 0)
			return &pages[i];
	return &pages[0];
}

/* --- what stands around ----------------------------------------------------- */

static void
add_navigation(
    const struct desk *desk, const struct page *here, struct bytes *out)
{
	bytes_add_text(out, "<nav");
	html_attribute(out, "aria-label", _("Pages"));
	bytes_add_text(out, ">");
	for (size_t i = 0; i < PAGE_COUNT && pages[i].title != NULL; i++) {
		bytes_addf(out, "<a data-go=\"%s\" href=\"/%s\"%s>",
		    pages[i].name, pages[i].name,
		    &pages[i] == here ? " aria-current=\"page\"" : "");
		html_text(out, _(pages[i].title));
		bytes_add_text(out, "</a>\n");
	}
	bytes_add_text(out, "</nav>\n");
	ui_form(out, "/sign-out", "class=\"out\"");
	ui_hidden(out, "ask", "1");
	html_element(out, "span id=\"signed-in\"", desk->session.person.code);
	bytes_add_text(out, "<button type=\"submit\" id=\"sign-out\">");
	html_text(out, _("Sign out"));
	bytes_add_text(out, "</button></form>\n");
}

void
staff_tick(void *ctx, struct http_server *server)
{
	(void)server;
	(void)enter_is_open(ctx);
}

/* Who has just been told to change it, or did not succeed in it, need not look
 * for the form. */
static bool
is_changing(const struct turn *turn)
{
	char code[PERSON_CODE_SIZE + 1];
	struct person person = { 0 };
	bool must;

	if (http_form(turn->request, "again-passphrase") != NULL)
		return true;
	turn_code(turn, "person", code);
	if (code[0] == '\0' ||
	    people_find(turn->center, code, &person, NULL) != ERR_OK)
		return false;
	must = person.must_change && person.removed_at == 0;
	people_clear(&person);
	return must;
}

/* Who was given a first passphrase cannot sign in before it is changed. */
static void
add_passphrase(struct turn *turn)
{
	if (turn->center == NULL)
		return;
	bytes_addf(turn->out, "<details class=\"sign-in\"%s><summary>",
	    is_changing(turn) ? " open" : "");
	html_text(turn->out,
	    _("Take a passphrase of your own in place of the first one"));
	bytes_add_text(turn->out, "</summary>\n");
	passphrase_form(turn, NULL);
	bytes_add_text(turn->out, "</details>\n");
}

static void
write_page(struct turn *turn, const struct page *page, bool open)
{
	ui_said(turn->desk, turn->out);
	if (!open) {
		ui_sign_in(turn->desk, turn->out);
		add_passphrase(turn);
	} else if (turn->center != NULL)
		page->write(turn);
}

static const char *
text_of(struct bytes *bytes)
{
	bytes_add_byte(bytes, '\0');
	return bytes->failed ? NULL : (const char *)bytes->at;
}

static void
fill(struct turn *turn, const struct page *page, bool open)
{
	const struct http_request *request = turn->request;
	struct bytes body = { 0 }, navigation = { 0 }, name = { 0 };
	const char *texts[3];
	char idle[16];
	bool training =
	    turn->center != NULL && turn->center->root_info.training;

	turn->out = &body;
	write_page(turn, page, open);
	if (open)
		add_navigation(turn->desk, page, &navigation);
	if (turn->center != NULL)
		html_text(&name, turn->center->info.center);
	snprintf(idle, sizeof(idle), "%d", SESSION_IDLE);
	texts[0] = text_of(&body);
	texts[1] = text_of(&navigation);
	texts[2] = text_of(&name);
	if (texts[0] == NULL || texts[1] == NULL || texts[2] == NULL)
		turn->answer->body.failed = true;
	else
		fill_page(&turn->answer->body, "/web/staff.html",
		    (const struct fill_value[]){
			{ "language", request->language },
			{ "token", request->token },
			{ "proof", request->proof },
			{ "version", SELLO_VERSION }, { "center", texts[2] },
			{ "open", open ? "open" : "locked" },
			{ "training", training ? "training" : "" },
			{ "idle", idle },
			{ "signed-in",
			    open ? turn->desk->session.person.code : "" },
			{ "navigation", texts[1] }, { "page", texts[0] },
			{ 0 } });
	turn->out = NULL;
	bytes_wipe(&body);
	bytes_wipe(&navigation);
	bytes_wipe(&name);
}

/* --- GET ------------------------------------------------------------------- */

static void
get_page(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct errtext err = { 0 };
	struct turn turn;
	bool open = enter_is_open(desk);

	enter_begin(&turn, desk, request, answer);
	if (open)
		desk->session.seen = clock_moment();
	if (center_open(desk->home, false, &turn.center, &err) != ERR_OK) {
		desk->bad = true;
		desk_say(desk, err.text);
	}
	open = open && enter_still_stands(&turn);
	fill(&turn, page_find(request->path + 1), open);
	enter_end(&turn);
}

/* --- POST ------------------------------------------------------------------ */

/* One thing done, and the page it is done on. as_it_is: the act has written
 * what there is to see. */
static void
post(void *ctx, const struct http_request *request, struct http_answer *answer,
    page_act *act, const char *name, bool writer, bool as_it_is)
{
	struct desk *desk = ctx;
	struct bytes acted = { 0 };
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	if (!enter(&turn, desk, request, answer, writer, &rc, &err))
		return;
	turn.out = &acted;
	if (rc == ERR_OK)
		rc = act(&turn, &err);
	else if (act == intake_page_act) /* the keys since it was kept last */
		(void)intake_page_keep(&turn, NULL);
	turn.out = &answer->body;
	if (rc != ERR_OK) {
		desk->bad = true;
		desk_say(desk, err.text);
		answer->status = enter_status(rc);
	}
	/* who reads only is not kept out for what could not be written */
	if (turn.center == NULL)
		(void)center_open(desk->home, false, &turn.center, &err);
	if (as_it_is && acted.len > 0) {
		ui_said(desk, &answer->body);
		bytes_add(&answer->body, acted.at, acted.len);
	} else if (!turn.redirected)
		write_page(&turn, page_find(name), true);
	answer->body.failed |= acted.failed;
	bytes_wipe(&acted);
	enter_end(&turn);
}

#define POST(function, act, page, writer, as_it_is)                         \
	static void function(void *ctx, const struct http_request *request, \
	    struct http_answer *answer)                                     \
	{                                                                   \
		post(ctx, request, answer, act, page, writer, as_it_is);    \
	}

POST(post_intake, intake_page_act, "intake", true, true)
POST(post_batch_file, batch_page_file, "batch", false, false)
POST(post_batch_mend, batch_page_mend, "batch", false, false)
POST(post_batch, batch_page_act, "batch", true, false)
POST(post_drafts, drafts_page_act, "drafts", true, false)
POST(post_queue, drafts_page_act, "queue", true, false)
POST(post_sample, queue_page_sample, "queue", false, false)
POST(post_approve, queue_page_approve, "queue", true, false)
POST(post_search, letters_page_search, "letters", false, false)
POST(post_letters, letters_page_act, "letters", true, false)
POST(post_joined, print_page_act, "letters", true, false)
POST(post_backup, backup_page_act, "backup", true, false)
POST(post_people, people_page_act, "people", true, false)
POST(post_publish, publish_page_act, "publish", true, false)

/* What an act writes, without a page and words above it. */
static void
give(void *ctx, const struct http_request *request, struct http_answer *answer,
    page_act *act, bool writer, const char *type)
{
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	if (!enter(&turn, ctx, request, answer, writer, &rc, &err))
		return;
	answer->type = type;
	if (rc == ERR_OK)
		rc = act(&turn, &err);
	if (rc != ERR_OK)
		http_problem(
		    answer, request, enter_status(rc), words_of_page(err.text));
	enter_end(&turn);
}

#define GIVE(function, act, writer, type)                                   \
	static void function(void *ctx, const struct http_request *request, \
	    struct http_answer *answer)                                     \
	{                                                                   \
		give(ctx, request, answer, act, writer, type);              \
	}

/* What the browser sends by itself changes nothing but what is on the desk. */
static enum err
stay(struct turn *turn, struct errtext *err)
{
	(void)err;
	turn->answer->status = 204;
	return ERR_OK;
}

GIVE(post_judge, intake_page_judge, false, HTTP_TYPE_HTML)
GIVE(post_stay, stay, false, HTTP_TYPE_HTML)
GIVE(get_joined, print_page_joined, true, HTTP_TYPE_PDF)
GIVE(get_print, print_page_letter, true, HTTP_TYPE_PDF)
GIVE(get_preview, intake_page_preview, false, HTTP_TYPE_PDF)
GIVE(get_list, lists_page_csv, false, HTTP_TYPE_CSV)
GIVE(get_empty_csv, empty_table_csv, false, HTTP_TYPE_CSV)
GIVE(get_empty_ods, empty_table_ods, false, HTTP_TYPE_ODS)
GIVE(get_aside, batch_page_aside, false, HTTP_TYPE_CSV)

/* Also while the home is away or somebody writes in it: the next keys may come
 * too late. */
static void
post_keep(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	if (!enter(&turn, ctx, request, answer, false, &rc, &err))
		return;
	answer->status = 204;
	if ((rc = intake_page_keep(&turn, &err)) != ERR_OK)
		http_problem(
		    answer, request, enter_status(rc), words_of_page(err.text));
	enter_end(&turn);
}

/* --- signing in and out ----------------------------------------------------- */

static enum err
sign_in(struct turn *turn, struct errtext *err)
{
	struct desk *desk = turn->desk;
	char code[PERSON_CODE_SIZE + 1];
	enum err rc;

	turn_code(turn, "person", code);
	rc = session_sign_in(&desk->session, turn->center, code,
	    turn_form(turn, "passphrase"), clock_moment(), err);
	if (rc != ERR_OK)
		return rc;
	enter_drop_removed(turn);
	desk->begun = begun_of(&desk->all, desk->session.person.code);
	if (desk->begun != NULL)
		return ERR_OK;
	desk_forget(desk);
	return err_memory(err);
}

static void
post_sign_in(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	enter_begin(&turn, desk, request, answer);
	desk_forget(desk);
	rc = center_open(desk->home, false, &turn.center, &err);
	if (rc == ERR_OK)
		rc = sign_in(&turn, &err);
	if (rc == ERR_OK)
		http_redirect(answer, "/home");
	else {
		desk->bad = true;
		desk_say(desk, err.text);
		answer->status = enter_status(rc);
		write_page(&turn, &pages[0], false);
	}
	enter_end(&turn);
}

static void
post_passphrase(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	enter_begin(&turn, desk, request, answer);
	rc = center_open(desk->home, true, &turn.center, &err);
	if (rc == ERR_OK)
		rc = passphrase_act(&turn, &err);
	if (rc == ERR_OK)
		http_redirect(answer, "/");
	else {
		desk->bad = true;
		desk_say(desk, err.text);
		answer->status = enter_status(rc);
		write_page(&turn, page_find("own"), enter_is_open(desk));
	}
	enter_end(&turn);
}

/* What would be lost is asked about first, by the page's own button. */
static void
ask_leave(struct turn *turn)
{
	struct bytes *out = turn->out;

	turn->desk->bad = true;
	desk_say(turn->desk,
	    _("Something is begun here and not saved. Who signs out throws it "
	      "away."));
	ui_said(turn->desk, out);
	ui_begun(turn->desk, out);
	ui_form(out, "/sign-out", "class=\"notice\" id=\"leaving\"");
	ui_submit(out, "throw-away", _("Throw it away and sign out"));
	bytes_add_text(out, "</form>\n");
}

static void
post_sign_out(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct turn turn;

	enter_begin(&turn, desk, request, answer);
	if (!enter_is_theirs(&turn)) {
		http_redirect(answer, "/");
		return;
	}
	if (turn_form(&turn, "ask")[0] != '\0' && enter_is_open(desk) &&
	    begun_is_work(desk->begun)) {
		ask_leave(&turn);
		return;
	}
	desk_sign_out(desk);
	http_redirect(answer, "/");
}

const struct http_route staff_routes[] = {
	{ "GET", "/", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/home", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/intake", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/batch", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/drafts", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/queue", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/letters", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/lists", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/people", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/publish", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/own", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/backup", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/print/*", get_print, HTTP_NO_BODY, 0, false },
	{ "GET", "/joined.pdf", get_joined, HTTP_NO_BODY, 0, false },
	{ "GET", "/preview.pdf", get_preview, HTTP_NO_BODY, 0, false },
	{ "GET", "/lists.csv", get_list, HTTP_NO_BODY, 0, false },
	{ "GET", "/empty.csv", get_empty_csv, HTTP_NO_BODY, 0, false },
	{ "GET", "/empty.ods", get_empty_ods, HTTP_NO_BODY, 0, false },
	{ "GET", "/aside.csv", get_aside, HTTP_NO_BODY, 0, false },
	{ "POST", "/language", http_choose_language, HTTP_FORM, 0, false },
	{ "POST", "/sign-in", post_sign_in, HTTP_FORM, 0, false },
	{ "POST", "/sign-out", post_sign_out, HTTP_FORM, 0, false },
	{ "POST", "/stay", post_stay, HTTP_FORM, 0, false },
	{ "POST", "/intake", post_intake, HTTP_FORM, 0, false },
	{ "POST", "/intake/judge", post_judge, HTTP_FORM, 0, false },
	{ "POST", "/intake/keep", post_keep, HTTP_FORM, 0, false },
	{ "POST", "/batch", post_batch, HTTP_FORM, 0, false },
	{ "POST", "/batch/file", post_batch_file, HTTP_RAW, FILE_MAX, false },
	{ "POST", "/batch/mend", post_batch_mend, HTTP_FORM, 0, false },
	{ "POST", "/drafts", post_drafts, HTTP_FORM, 0, false },
	{ "POST", "/queue", post_queue, HTTP_FORM, 0, false },
	{ "POST", "/queue/sample", post_sample, HTTP_FORM, 0, false },
	{ "POST", "/approve", post_approve, HTTP_FORM, 0, false },
	{ "POST", "/search", post_search, HTTP_FORM, 0, false },
	{ "POST", "/letters", post_letters, HTTP_FORM, 0, false },
	{ "POST", "/joined", post_joined, HTTP_FORM, 0, false },
	{ "POST", "/people", post_people, HTTP_FORM, 0, false },
	{ "POST", "/backup", post_backup, HTTP_FORM, 0, false },
	{ "POST", "/passphrase", post_passphrase, HTTP_FORM, 0, false },
	{ "POST", "/publish", post_publish, HTTP_FORM, 0, false },
	{ 0 },
};
