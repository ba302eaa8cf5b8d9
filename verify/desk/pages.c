/*
 * pages.c - pages.h. Each handler reads what came, asks the desk, and writes
 * what it says; nothing is decided here.
 */
#include "verify/desk/pages.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "http/fill.h"
#include "letter/number.h"
#include "scan/film.h"
#include "verify/desk/folder.h"
#include "verify/desk/known.h"
#include "verify/visit.h"

#include <stdlib.h>
#include <string.h>

/* --- the page ------------------------------------------------------------- */

static void
get_page(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	struct bytes known = { 0 }, taking = { 0 }, post = { 0 };

	i18n_set(request->language);
	known_add(&known, &pages->counter);
	taking_add(&taking, &pages->taking);
	html_text(&post, pages->counter.post->name);
	if (known.failed || taking.failed || post.failed)
		answer->body.failed = true;
	else
		fill_page(&answer->body, "/web/officer.html",
		    (const struct fill_value[]){
			{ "language", request->language },
			{ "token", request->token },
			{ "proof", request->proof },
			{ "version", SELLO_VERSION },
			{ "post", (const char *)post.at },
			{ "training",
			    pages->counter.post->info.training ? "training"
							       : "" },
			{ "known", (const char *)known.at },
			{ "taking", (const char *)taking.at }, { 0 } });
	bytes_free(&known);
	bytes_free(&taking);
	bytes_free(&post);
}

/* --- inputs --------------------------------------------------------------- */

static enum counter_form
form_of(const struct http_request *request, struct http_answer *answer)
{
	if (!http_wants_json(request) &&
	    strstr(request->accept, "text/html") != NULL)
		return COUNTER_PAGE;
	answer->type = HTTP_TYPE_JSON;
	return COUNTER_JSON;
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int
status_of(enum err rc)
{
	switch (rc) {
	case ERR_NOT_FOUND:
		return 404;
	case ERR_DATA:
		return 400;
	case ERR_EXISTS:
	case ERR_BUSY:
		return 409;
	default:
		return 500;
	}
}

/* Without white space around it, and ended: a line. */
static void
take_line(const struct http_request *request, struct bytes *out)
{
	const uint8_t *at = request->body;
	size_t len = request->body_len;

	while (len > 0 && is_space(at[0])) {
		at++;
		len--;
	}
	while (len > 0 && is_space(at[len - 1]))
		len--;
	bytes_add(out, at, len);
	bytes_add_byte(out, '\0');
	out->len -= out->len > 0;
}

static void
check_line(struct counter *counter, const struct http_request *request,
    bool typed, struct http_answer *answer)
{
	enum counter_form form = form_of(request, answer);
	struct bytes line = { 0 };
	const char *text;

	take_line(request, &line);
	text = (const char *)line.at;
	if (line.failed)
		answer->body.failed = true;
	else if (!typed)
		counter_line(counter, text, line.len, form, &answer->body);
	else if (!counter_typed(counter, text, line.len, form, &answer->body))
		answer->status = 204;
	bytes_wipe(&line);
}

/* For a script that asked for sections: it shows them, but not a page. */
static void
refuse(struct http_answer *answer, const char *text)
{
	json_t *object = json_object();

	json_set_text(object, "error", text);
	answer->status = 422;
	answer->type = HTTP_TYPE_JSON;
	json_add(&answer->body, object);
	json_decref(object);
}

/* A letter number by hand: what is none is said to be mistyped, no letter. A code
 * that a scanner typed there is one all the same. */
static void
check_number(struct counter *counter, const struct http_request *request,
    struct http_answer *answer)
{
	char text[LETTER_NUMBER_SIZE * 4] = "";
	struct letter_number typed;

	if (request->body_len < sizeof(text) && request->body_len > 0)
		memcpy(text, request->body, request->body_len);
	check_line(counter, request, !number_parse_loose(text, &typed), answer);
	if (answer->status == 204)
		refuse(answer,
		    _("this is not a letter number: a character is wrong or "
		      "missing; read it again from the paper"));
}

static const char *
name_of(const struct http_request *request)
{
	const char *name = http_query(request, "name");

	return name != NULL && name[0] != '\0' ? name : "-";
}

static bool
is_one(const char *as, const char *word)
{
	return strcmp(as, word) == 0;
}

/* Some of its files may not have come: ?cut=1. */
static void
check_folder(struct counter *counter, const struct http_request *request,
    struct http_answer *answer)
{
	struct box box = { 0 };
	struct errtext err = { 0 };
	enum err rc = folder_read(
	    (struct reader){ request->body, request->body_len }, &box, &err);

	box.is_cut |= http_query(request, "cut") != NULL;
	if (rc != ERR_OK)
		http_problem(answer, request, status_of(rc), err.text);
	else
		counter_folder(counter, name_of(request), &box,
		    form_of(request, answer), &answer->body);
	box_clear(&box);
}

/* A file, or of one that did not come ?as=large or ?as=gone; ?as=folder
 * (folder.h); or what a scanner typed: ?as=line when it ended with Enter, ?as=typed when perhaps more comes,
 * which is 204; or ?as=number. */
static void
post_check(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	const char *as = http_query(request, "as");

	i18n_set(request->language);
	if (as != NULL && is_one(as, "number")) {
		check_number(&pages->counter, request, answer);
		return;
	}
	if (as != NULL && is_one(as, "folder")) {
		check_folder(&pages->counter, request, answer);
		return;
	}
	if (as != NULL && (is_one(as, "large") || is_one(as, "gone"))) {
		counter_unread(&pages->counter, name_of(request),
		    is_one(as, "large") ? ERR_LIMIT : ERR_NOT_FOUND,
		    form_of(request, answer), &answer->body);
		return;
	}
	if (as != NULL) {
		check_line(
		    &pages->counter, request, is_one(as, "typed"), answer);
		return;
	}
	counter_file(&pages->counter, name_of(request), request->body,
	    request->body_len, form_of(request, answer), &answer->body);
}

static void
give_hint(const struct camera_hint *hint, struct http_answer *answer)
{
	json_t *object = json_object();

	json_set_text(object, "hint", camera_hint_name(hint));
	json_set_text(object, "text", _(hint->text));
	answer->type = HTTP_TYPE_JSON;
	json_add(&answer->body, object);
	json_decref(object);
}

/* 204: nothing new; {"hint":...}; or a verdict, as /check. */
static void
post_frame(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	const struct camera_hint *hint = NULL;
	bool again = http_query(request, "again") != NULL;

	i18n_set(request->language);
	if (counter_frame(&pages->counter, request->body, request->body_len,
		again, form_of(request, answer), &answer->body, &hint))
		return;
	if (hint == NULL)
		answer->status = 204;
	else
		give_hint(hint, answer);
}

/* --- the answer ----------------------------------------------------------- */

/* As data-visit has it, and nothing more; 0 is none. */
static int64_t
visit_in(const struct http_request *request)
{
	const char *text = http_form(request, "visit");

	if (text == NULL || text[strspn(text, "0123456789")] != '\0')
		return 0;
	return strtoll(text, NULL, 10);
}

static void
post_answer(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	const char *word = http_form(request, "answer");
	struct errtext err = { 0 };
	json_t *object;
	enum err rc;

	if (word == NULL)
		word = "";
	i18n_set(request->language);
	rc = counter_answer(&pages->counter, visit_in(request), word, &err);
	if (rc != ERR_OK) {
		http_problem(answer, request, status_of(rc), err.text);
		return;
	}
	object = json_object();
	json_set_text(object, "answer", word);
	json_set_text(object, "text",
	    strcmp(word, "mismatch") == 0 ? _(visit_text(VISIT_MISMATCH))
					  : _("The answer is recorded."));
	answer->type = HTTP_TYPE_JSON;
	json_add(&answer->body, object);
	json_decref(object);
}

/* --- what is known, and taken --------------------------------------------- */

static void
get_known(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;

	i18n_set(request->language);
	known_add(&answer->body, &pages->counter);
}

static void
get_sync(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;

	i18n_set(request->language);
	taking_add(&answer->body, &pages->taking);
}

static void
post_sync(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	struct errtext err = { 0 };
	enum err rc;

	i18n_set(request->language);
	rc = taking_start(
	    &pages->taking, pages->home, http_form(request, "source"), &err);
	if (rc != ERR_OK)
		http_problem(answer, request, status_of(rc), err.text);
	else
		taking_add(&answer->body, &pages->taking);
}

const struct http_route pages_routes[] = {
	{ "GET", "/", get_page, HTTP_NO_BODY, 0, false },
	{ "POST", "/language", http_choose_language, HTTP_FORM, 0, false },
	{ "POST", "/check", post_check, HTTP_RAW, 0, false },
	{ "POST", "/frame", post_frame, HTTP_RAW, FILM_FRAME_MAX, false },
	{ "POST", "/answer", post_answer, HTTP_FORM, 0, false },
	{ "GET", "/knowledge", get_known, HTTP_NO_BODY, 0, false },
	{ "GET", "/sync", get_sync, HTTP_NO_BODY, 0, false },
	{ "POST", "/sync", post_sync, HTTP_FORM, 0, false },
	{ 0 },
};
