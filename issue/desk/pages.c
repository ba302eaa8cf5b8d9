/*
 * pages.c - pages.h. A POST is done, then answered with the page as it is now,
 * without what stands around it; what went wrong stands above it.
 */
#include "issue/desk/pages.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "http/fill.h"
#include "issue/desk/batch_page.h"
#include "issue/desk/center_page.h"
#include "issue/desk/drafts_page.h"
#include "issue/desk/intake_page.h"
#include "issue/desk/letters_page.h"
#include "issue/desk/ui.h"

#include <string.h>

/* About 10,000 people, who are judged in some seconds, while nobody is answered
 * anything else; a larger file is the command's. */
#define FILE_MAX ((size_t)2 << 20)

typedef void page_write(struct turn *turn);
typedef enum err page_act(struct turn *turn, struct errtext *err);

/* In the order of the navigation. */
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
	{ "people", N_("People"), people_page },
	{ "publish", N_("Publish"), publish_page },
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

static int
status_of(enum err rc)
{
	switch (rc) {
	case ERR_OK:
		return 200;
	case ERR_REFUSED:
	case ERR_DATA:
	case ERR_USAGE:
		return 422;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_BUSY:
	case ERR_EXISTS:
	case ERR_CONFIG:
		return 409;
	default:
		return 500;
	}
}

/* --- what stands around ----------------------------------------------------- */

static void
add_navigation(
    const struct desk *desk, const struct page *here, struct bytes *out)
{
	bytes_add_text(out, "<nav");
	html_attribute(out, "aria-label", _("Pages"));
	bytes_add_text(out, ">");
	for (size_t i = 0; i < PAGE_COUNT; i++) {
		bytes_addf(out, "<a data-go=\"%s\" href=\"/%s\"%s>",
		    pages[i].name, pages[i].name,
		    &pages[i] == here ? " aria-current=\"page\"" : "");
		html_text(out, _(pages[i].title));
		bytes_add_text(out, "</a>\n");
	}
	bytes_add_text(out, "</nav>\n");
	ui_form(out, "/sign-out", "class=\"out\"");
	html_element(out, "span id=\"signed-in\"", desk->session.person.code);
	bytes_add_text(out, "<button type=\"submit\" id=\"sign-out\">");
	html_text(out, _("Sign out"));
	bytes_add_text(out, "</button></form>\n");
}

/* Is anybody there? Whose desk it was leaves nothing on it. */
static bool
is_open(struct desk *desk)
{
	if (desk->session.person.code[0] == '\0')
		return false;
	if (session_is_open(&desk->session, clock_moment()))
		return true;
	desk_forget(desk);
	return false;
}

void
staff_tick(void *ctx, struct http_server *server)
{
	(void)server;
	(void)is_open(ctx);
}

static void
write_page(struct turn *turn, const struct page *page, bool open)
{
	ui_said(turn->desk, turn->out);
	if (!open)
		ui_sign_in(turn->desk, turn->out);
	else if (turn->center != NULL)
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
	bool training =
	    turn->center != NULL && turn->center->root_info.training;

	turn->out = &body;
	write_page(turn, page, open);
	if (open)
		add_navigation(turn->desk, page, &navigation);
	if (turn->center != NULL)
		html_text(&name, turn->center->info.center);
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
			{ "version", SELLO_VERSION }, { "center", texts[2] },
			{ "open", open ? "open" : "locked" },
			{ "training", training ? "training" : "" },
			{ "navigation", texts[1] }, { "page", texts[0] },
			{ 0 } });
	bytes_wipe(&body);
	bytes_wipe(&navigation);
	bytes_wipe(&name);
}

/* Who was removed meanwhile, or has other keys, is signed in no more. */
static bool
still_stands(struct turn *turn)
{
	struct errtext err = { 0 };

	if (turn->center == NULL ||
	    turn_stand(turn, ROLE_ANY, &err) != ERR_REFUSED)
		return true;
	desk_forget(turn->desk);
	turn->desk->bad = true;
	desk_say(turn->desk, err.text);
	return false;
}

/* --- GET ------------------------------------------------------------------- */

static void
begin(struct turn *turn, struct desk *desk, const struct http_request *request,
    struct http_answer *answer)
{
	i18n_set(request->language);
	*turn = (struct turn){ .desk = desk,
		.request = request,
		.answer = answer,
		.out = &answer->body };
}

static void
end(struct turn *turn)
{
	people_clear(&turn->second);
	center_close(&turn->center);
}

static void
get_page(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct errtext err = { 0 };
	struct turn turn;
	bool open = is_open(desk);

	begin(&turn, desk, request, answer);
	if (open)
		desk->session.seen = clock_moment();
	if (center_open(desk->home, false, &turn.center, &err) != ERR_OK) {
		desk->bad = true;
		desk_say(desk, err.text);
	}
	open = open && still_stands(&turn);
	fill(&turn, page_find(request->path + 1), open);
	end(&turn);
}

/* --- POST ------------------------------------------------------------------ */

static void
give_locked(struct turn *turn)
{
	http_add_header(turn->answer, "X-Sello-Desk", "locked");
	http_problem(turn->answer, turn->request, 409,
	    _("Nobody is signed in any more. Sign in again."));
}

static bool
is_signed_in(struct turn *turn)
{
	if (is_open(turn->desk)) {
		turn->desk->session.seen = clock_moment();
		return true;
	}
	give_locked(turn);
	return false;
}

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

	begin(&turn, desk, request, answer);
	if (!is_signed_in(&turn))
		return;
	rc = center_open(desk->home, writer, &turn.center, &err);
	if (!still_stands(&turn)) {
		give_locked(&turn);
		end(&turn);
		return;
	}
	turn.out = &acted;
	if (rc == ERR_OK)
		rc = act(&turn, &err);
	turn.out = &answer->body;
	if (rc != ERR_OK) {
		desk->bad = true;
		desk_say(desk, err.text);
		answer->status = status_of(rc);
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
	end(&turn);
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
POST(post_people, people_page_act, "people", true, false)
POST(post_publish, publish_page_act, "publish", true, false)

/* What is wrong with a form that is not finished: no page, no words above. */
static void
post_judge(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	begin(&turn, ctx, request, answer);
	if (!is_signed_in(&turn))
		return;
	rc = center_open(turn.desk->home, false, &turn.center, &err);
	if (rc == ERR_OK)
		rc = intake_page_judge(&turn, &err);
	if (rc != ERR_OK)
		http_problem(answer, request, status_of(rc), err.text);
	end(&turn);
}

/* --- signing in and out ----------------------------------------------------- */

static void
post_sign_in(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct desk *desk = ctx;
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	begin(&turn, desk, request, answer);
	desk_forget(desk);
	rc = center_open(desk->home, false, &turn.center, &err);
	if (rc == ERR_OK)
		rc = session_sign_in(&desk->session, turn.center,
		    turn_form(&turn, "person"), turn_form(&turn, "passphrase"),
		    clock_moment(), &err);
	if (rc == ERR_OK)
		http_redirect(answer, "/home");
	else {
		desk->bad = true;
		desk_say(desk, err.text);
		answer->status = status_of(rc);
		write_page(&turn, &pages[0], false);
	}
	end(&turn);
}

static void
post_sign_out(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	(void)request;
	desk_forget(ctx);
	http_redirect(answer, "/");
}

static void
post_stay(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct turn turn;

	begin(&turn, ctx, request, answer);
	if (is_signed_in(&turn))
		answer->status = 204;
}

/* --- files ----------------------------------------------------------------- */

static void
get_print(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct errtext err = { 0 };
	struct turn turn;
	enum err rc;

	begin(&turn, ctx, request, answer);
	if (!is_signed_in(&turn))
		return;
	rc = center_open(turn.desk->home, true, &turn.center, &err);
	if (rc == ERR_OK)
		rc = letters_page_print(&turn, &err);
	if (rc == ERR_OK)
		answer->type = HTTP_TYPE_PDF;
	else
		http_problem(answer, request, status_of(rc), err.text);
	end(&turn);
}

/* A file that lies on the desk. */
static bool
give(struct turn *turn, const struct bytes *file)
{
	if (!is_signed_in(turn))
		return false;
	if (file->len > 0) {
		bytes_add(&turn->answer->body, file->at, file->len);
		return true;
	}
	http_problem(turn->answer, turn->request, 404, _("there is no file"));
	return false;
}

static void
get_preview(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct turn turn;

	begin(&turn, ctx, request, answer);
	if (give(&turn, &turn.desk->preview))
		answer->type = HTTP_TYPE_PDF;
}

static void
get_aside(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct turn turn;

	begin(&turn, ctx, request, answer);
	if (give(&turn, &turn.desk->aside))
		http_download(answer, HTTP_TYPE_CSV, "set-aside.csv");
}

const struct http_route staff_routes[] = {
	{ "GET", "/", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/home", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/intake", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/batch", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/drafts", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/queue", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/letters", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/people", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/publish", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/print/*", get_print, HTTP_NO_BODY, 0, false },
	{ "GET", "/preview.pdf", get_preview, HTTP_NO_BODY, 0, false },
	{ "GET", "/aside.csv", get_aside, HTTP_NO_BODY, 0, false },
	{ "POST", "/language", http_choose_language, HTTP_FORM, 0, false },
	{ "POST", "/sign-in", post_sign_in, HTTP_FORM, 0, false },
	{ "POST", "/sign-out", post_sign_out, HTTP_FORM, 0, false },
	{ "POST", "/stay", post_stay, HTTP_FORM, 0, false },
	{ "POST", "/intake", post_intake, HTTP_FORM, 0, false },
	{ "POST", "/intake/judge", post_judge, HTTP_FORM, 0, false },
	{ "POST", "/batch", post_batch, HTTP_FORM, 0, false },
	{ "POST", "/batch/file", post_batch_file, HTTP_RAW, FILE_MAX, false },
	{ "POST", "/batch/mend", post_batch_mend, HTTP_FORM, 0, false },
	{ "POST", "/drafts", post_drafts, HTTP_FORM, 0, false },
	{ "POST", "/queue", post_queue, HTTP_FORM, 0, false },
	{ "POST", "/queue/sample", post_sample, HTTP_FORM, 0, false },
	{ "POST", "/approve", post_approve, HTTP_FORM, 0, false },
	{ "POST", "/search", post_search, HTTP_FORM, 0, false },
	{ "POST", "/letters", post_letters, HTTP_FORM, 0, false },
	{ "POST", "/people", post_people, HTTP_FORM, 0, false },
	{ "POST", "/publish", post_publish, HTTP_FORM, 0, false },
	{ 0 },
};
