/*
 * known.c - known.h.
 */
#include "verify/desk/known.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "http/words.h"
#include "verify/desk/counter.h"
#include "verify/desk/standing.h"
#include "verify/knowledge.h"
#include "verify/post/presentation.h"

#include <string.h>

#define TODAY_MAX 50 /* rows of a table that is looked at */

/* --- what this post knows ------------------------------------------------- */

static void
add_reasons(struct bytes *out, const struct verdict_result *result)
{
	size_t i;

	for (i = 0; i < result->count; i++) {
		const struct reason_row *row = &reason_table[result->reason[i]];

		/* the band above says so */
		if (row->reason == T_TRAINING)
			continue;
		bytes_addf(out, "<div class=\"banner %s\"",
		    verdict_table[row->verdict].name);
		html_attribute(out, "data-code", row->code);
		bytes_add_text(out, "><p>");
		html_text(out, _(row->sentence));
		html_element(out, "code", row->code);
		bytes_add_text(out, "</p>");
		words_element(out, "p", _(row->next));
		bytes_add_text(out, "</div>\n");
	}
}

static void
add_trouble(void *ctx, const char *label, const char *text)
{
	struct bytes *out = ctx;

	(void)label;
	bytes_add_text(out, "<div class=\"banner attention\">");
	words_element(out, "p", text);
	bytes_add_text(out, "</div>\n");
}

static void
add_line(void *ctx, const char *label, const char *text)
{
	struct bytes *out = ctx;

	if (label != NULL && label[0] != '\0')
		html_element(out, "dt", label);
	words_element(out, label == NULL ? "dd class=\"log\"" : "dd", text);
}

/* --- today ---------------------------------------------------------------- */

struct today {
	struct bytes *out;
	size_t count;
};

static const char *
answer_text(const char *answer)
{
	if (strcmp(answer, "match") == 0)
		return _("it is the letter's person");
	if (strcmp(answer, "mismatch") == 0)
		return _("it is another person");
	return _("there is no document");
}

static enum err
add_presented(
    void *ctx, const struct presentation_row *row, struct errtext *err)
{
	struct today *today = ctx;
	char at[LOCAL_CLOCK_SIZE];

	(void)err;
	if (!row->sound || today->count++ >= TODAY_MAX)
		return ERR_OK;
	local_clock(row->p.time, at);
	bytes_add_text(today->out, "<tr>");
	html_element(today->out, "td", at);
	/* one below the other: a number is compared, and never broken */
	bytes_add_text(today->out, "<td>");
	html_element(today->out, "b", row->p.number);
	if (row->p.answer != NULL)
		html_element(today->out, "span", answer_text(row->p.answer));
	bytes_add_text(today->out, "</td></tr>\n");
	return ERR_OK;
}

static int64_t
midnight(int64_t now)
{
	char day[CLOCK_DATE_SIZE];
	int64_t days = now / CLOCK_DAY;

	local_date(now, day);
	clock_parse_date(day, &days);
	return local_day(days);
}

static void
add_today(struct bytes *out, struct counter *counter, int64_t now)
{
	struct bytes rows = { 0 };
	struct today today = { .out = &rows };
	struct errtext err = { 0 };

	if (presentation_since(counter->post, midnight(now), add_presented,
		&today, &err) != ERR_OK)
		return; /* said among the troubles */
	bytes_add_text(out, "<details class=\"today\"><summary>");
	html_text(out, _("Shown today:"));
	bytes_addf(out, " <b>%zu</b></summary>\n", today.count);
	if (today.count > 0) {
		bytes_add_text(out, "<table><thead><tr>");
		html_element(out, "th scope=\"col\"", _("Time"));
		bytes_add_text(out, "<th scope=\"col\">");
		html_text(out, _("Letter number"));
		bytes_add_text(out, ", ");
		html_text(out, _("ID document"));
		bytes_add_text(out, "</th></tr></thead><tbody>\n");
		bytes_add(out, rows.at, rows.len);
		bytes_add_text(out, "</tbody></table>\n");
	}
	bytes_add_text(out, "</details>\n");
	out->failed |= rows.failed;
	bytes_free(&rows);
}

/* A camera's picture now and then is nobody's trouble; many are. */
static void
add_lost(struct bytes *out, const struct camera *camera)
{
	if (camera->lost == 0)
		return;
	html_element(out, "dt", _("Pictures that could not be read:"));
	html_elementf(out, "dd", "%zu", camera->lost);
}

void
known_add(struct bytes *out, struct counter *counter)
{
	int64_t now = clock_now();
	bool good;
	struct verdict_result result;

	post_refresh(counter->post);
	good = counter->selftest && !counter->post->store_lost &&
	    !counter->post->logs.lost;
	knowledge_reasons(counter->post, now, good, &result);
	standing_add(out, counter->post, now);
	add_reasons(out, &result);
	knowledge_troubles(counter->post, add_trouble, out);
	bytes_add_text(out, "<dl>\n");
	knowledge_each(counter->post, now, good, add_line, out);
	add_lost(out, &counter->camera);
	bytes_add_text(out, "</dl>\n");
	add_today(out, counter, now);
}
