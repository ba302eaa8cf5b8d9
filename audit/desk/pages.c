/*
 * pages.c - pages.h. Each handler asks for the audit in the page's language and
 * writes what it says; nothing is decided here.
 */
#include "audit/desk/pages.h"

#include "audit/desk/evidence.h"
#include "audit/desk/findings.h"
#include "audit/desk/letters.h"
#include "audit/report.h"
#include "audit/report_parts.h"
#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "http/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- how far it is -------------------------------------------------------- */

/* "GTGUA01, log 1 4096 of 10000 (40 %)", or what is done before. */
static void
step_text(const struct audit_step *step, struct errtext *out)
{
	char log[64];

	if (step->center[0] == '\0') {
		err_set(out, ERR_OK, "%s",
		    _("Reading lists, heads and the files of posts."));
		return;
	}
	snprintf(
	    log, sizeof(log), _("%s, log %u"), step->center, step->generation);
	err_set(out, ERR_OK, _("%s %zu of %zu (%d %%)"), log,
	    (size_t)step->done, (size_t)step->total,
	    (int)((double)step->done * 100 /
		(double)(step->total > 0 ? step->total : 1)));
}

static void
get_progress(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	struct errtext text = { 0 };
	struct audit_step step;
	json_t *object;
	bool running;

	auditing_language(&pages->auditing, request->language);
	/* a moment's wait: who asks sees the end at once */
	running = auditing_look(&pages->auditing) == NULL &&
	    auditing_step(&pages->auditing, &step);
	object = json_pack("{s:b}", "running", running);
	if (running) {
		step_text(&step, &text);
		json_set_text(object, "center",
		    step.center[0] != '\0' ? step.center : NULL);
		json_object_set_new(
		    object, "generation", json_integer(step.generation));
		json_object_set_new(
		    object, "done", json_integer((json_int_t)step.done));
		json_object_set_new(
		    object, "total", json_integer((json_int_t)step.total));
		json_set_text(object, "text", text.text);
	}
	answer->type = HTTP_TYPE_JSON;
	json_add(&answer->body, object);
	json_decref(object);
}

/* --- the page ------------------------------------------------------------- */

/* The parts of the page that an audit fills. */
enum part {
	PART_SUMMARY,
	PART_CENTERS,
	PART_KINDS,
	PART_UNCHECKED,
	PART_FINDINGS,
	PART_LETTERS,
	PART_READ,
	PART_SAMPLE,
};
#define PART_COUNT 8

static void
add_trouble(struct bytes *out, const char *text)
{
	bytes_add_text(out, "<p class=\"banner\" role=\"alert\">");
	html_stranger(out, text);
	bytes_add_text(out, "</p>\n");
}

static void
add_read(struct bytes *out, const struct audit *audit)
{
	const struct report r = { audit, false, out };

	report_scope(&r);
	report_centers(&r);
	evidence_add_logs(out, audit);
	evidence_add_given(out, audit);
	report_keys(&r);
}

static void
add_parts(struct bytes part[PART_COUNT], const struct audited *audited)
{
	const struct audit *audit = &audited->audit;
	const struct report sample = { audit, false, &part[PART_SAMPLE] };

	if (audited->unkept.text[0] != '\0')
		add_trouble(&part[PART_SUMMARY], audited->unkept.text);
	findings_add_summary(&part[PART_SUMMARY], audit);
	findings_add_centers(&part[PART_CENTERS], audit);
	findings_add_kinds(&part[PART_KINDS], audit);
	findings_add_unchecked(&part[PART_UNCHECKED], audit);
	findings_add_all(&part[PART_FINDINGS], audit);
	letters_add(&part[PART_LETTERS], audit, &(struct letters_choice){ 0 });
	add_read(&part[PART_READ], audit);
	report_sample(&sample);
}

static const char *
text_of(struct bytes *part, struct http_answer *answer)
{
	bytes_add_byte(part, '\0');
	answer->body.failed = answer->body.failed || part->failed;
	return part->failed ? "" : (const char *)part->at;
}

static void
fill(struct pages *pages, const struct http_request *request,
    const struct audited *audited, struct bytes part[PART_COUNT],
    struct http_answer *answer)
{
	const struct audit *audit = audited != NULL ? &audited->audit : NULL;
	const struct trust_list *list = audit != NULL ? audit->list : NULL;
	struct bytes program = { 0 };
	char now[CLOCK_INSTANT_SIZE] = "", seed[24] = "";

	clock_utc(pages->auditing.options.now, now);
	snprintf(seed, sizeof(seed), "%llu",
	    (unsigned long long)pages->auditing.options.seed);
	html_text(&program, list != NULL ? list->name : "");
	fill_page(&answer->body, "/web/auditor.html",
	    (const struct fill_value[]){ { "language", i18n_language() },
		{ "token", request->token }, { "proof", request->proof },
		{ "version", SELLO_VERSION },
		{ "program", text_of(&program, answer) },
		{ "training",
		    list != NULL && list->training ? "training" : "" },
		{ "state",
		    audited == NULL             ? "running"
			: audited->rc == ERR_OK ? "done"
						: "failed" },
		{ "now", now }, { "seed", seed },
		{ "summary", text_of(&part[PART_SUMMARY], answer) },
		{ "centers", text_of(&part[PART_CENTERS], answer) },
		{ "kinds", text_of(&part[PART_KINDS], answer) },
		{ "unchecked", text_of(&part[PART_UNCHECKED], answer) },
		{ "findings", text_of(&part[PART_FINDINGS], answer) },
		{ "letters", text_of(&part[PART_LETTERS], answer) },
		{ "read", text_of(&part[PART_READ], answer) },
		{ "sample", text_of(&part[PART_SAMPLE], answer) }, { 0 } });
	bytes_free(&program);
}

static void
get_page(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;
	struct bytes part[PART_COUNT] = { 0 };
	const struct audited *audited;
	size_t i;

	auditing_language(&pages->auditing, request->language);
	audited = auditing_look(&pages->auditing);
	if (audited != NULL && audited->rc == ERR_OK)
		add_parts(part, audited);
	else if (audited != NULL)
		add_trouble(&part[PART_SUMMARY], audited->err.text);
	fill(pages, request, audited, part, answer);
	for (i = 0; i < PART_COUNT; i++)
		bytes_free(&part[i]);
}

/* --- parts asked for by themselves ---------------------------------------- */

/* The audit, or NULL with the answer given. */
static const struct audit *
audit_of(struct pages *pages, const struct http_request *request,
    struct http_answer *answer)
{
	const struct audited *audited;

	auditing_language(&pages->auditing, request->language);
	audited = auditing_look(&pages->auditing);
	if (audited == NULL)
		http_problem(
		    answer, request, 409, _("The audit is not done yet."));
	else if (audited->rc != ERR_OK)
		http_problem(answer, request, 500, audited->err.text);
	else
		return &audited->audit;
	return NULL;
}

static void
get_findings(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	const struct audit *audit = audit_of(ctx, request, answer);

	if (audit == NULL)
		return;
	answer->type = HTTP_TYPE_JSON;
	findings_add_json(&answer->body, audit);
}

static void
get_letters(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	const struct audit *audit = audit_of(ctx, request, answer);
	const struct letters_choice choice = {
		.center = http_query(request, "center"),
		.person = http_query(request, "person"),
		.period = http_query(request, "period"),
	};

	if (audit != NULL)
		letters_add(&answer->body, audit, &choice);
}

static uint64_t
number_of(const struct http_request *request, const char *name)
{
	const char *text = http_query(request, name);

	return text != NULL ? strtoull(text, NULL, 10) : UINT64_MAX;
}

static void
get_line(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	const struct audit *audit = audit_of(ctx, request, answer);
	const char *center = http_query(request, "center");
	uint64_t log = number_of(request, "log");
	struct errtext err = { 0 };
	enum err rc;

	if (audit == NULL)
		return;
	rc = evidence_line(&answer->body, audit, center != NULL ? center : "",
	    log <= UINT32_MAX ? (unsigned)log : 0, number_of(request, "line"),
	    &err);
	answer->type = HTTP_TYPE_TEXT;
	if (rc != ERR_OK)
		http_problem(
		    answer, request, rc == ERR_NOT_FOUND ? 404 : 500, err.text);
}

/* The same bytes as `report --out`. */
static void
get_report(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	const struct audit *audit = audit_of(ctx, request, answer);
	bool public = http_query(request, "public") != NULL;

	if (audit == NULL)
		return;
	report_html(audit, public, &answer->body, NULL);
	http_download(
	    answer, HTTP_TYPE_HTML, public ? "public.html" : "report.html");
}

static void
post_again(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	struct pages *pages = ctx;

	auditing_again(&pages->auditing);
	get_progress(ctx, request, answer);
}

const struct http_route pages_routes[] = {
	{ "GET", "/", get_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/progress", get_progress, HTTP_NO_BODY, 0, false },
	{ "GET", "/findings", get_findings, HTTP_NO_BODY, 0, false },
	{ "GET", "/letters", get_letters, HTTP_NO_BODY, 0, false },
	{ "GET", "/line", get_line, HTTP_NO_BODY, 0, false },
	{ "GET", "/report", get_report, HTTP_NO_BODY, 0, false },
	{ "POST", "/again", post_again, HTTP_FORM, 0, false },
	{ "POST", "/language", http_choose_language, HTTP_FORM, 0, false },
	{ 0 },
};
