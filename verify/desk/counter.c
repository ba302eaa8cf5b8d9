/*
 * counter.c - counter.h.
 */
#include "verify/desk/counter.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "packed/join.h"
#include "verify/desk/fragment.h"
#include "verify/display.h"
#include "verify/judge_box.h"
#include "verify/lines.h"
#include "verify/proofs.h"
#include "verify/selftest.h"

#include <stdio.h>
#include <stdlib.h>

/* A browser on an old computer shows no more; JSON has all. */
#define SECTIONS_MAX 200

/* One result and the pages that stand behind it. */
struct part {
	enum verdict verdict;
	struct bytes html;
};

/* What one input gives. */
struct results {
	struct counter *counter;
	enum counter_form form;
	struct display report;
	char label[64];
	json_t *objects; /* COUNTER_JSON */
	struct part *part;
	size_t count, cap;
	size_t of[4]; /* how many of each verdict */
	bool failed;
};

/* --- collecting ----------------------------------------------------------- */

static struct bytes *
room_for(struct results *r, const struct judged *judged)
{
	size_t of = r->of[judged->result.verdict]++;

	/* a page without a code stands behind its letter */
	if (judged->further && r->count > 0)
		return &r->part[r->count - 1].html;
	if (of >= SECTIONS_MAX)
		return NULL;
	if (!ARRAY_ROOM(r->part, r->count, r->cap)) {
		r->failed = true;
		return NULL;
	}
	r->part[r->count++] =
	    (struct part){ .verdict = judged->result.verdict };
	return &r->part[r->count - 1].html;
}

static void
take(const struct judged *judged, void *arg)
{
	struct results *r = arg;
	const struct judge *judge = &r->counter->judge;
	struct errtext kept = { 0 };
	struct bytes *html;

	proofs_keep(judge, judged, &kept);
	if (r->form == COUNTER_JSON)
		display_add_objects(judge, judged, r->objects);
	else if ((html = room_for(r, judged)) != NULL)
		fragment_add(html, &r->report, judge, judged, kept.text);
}

static void
begin(struct counter *counter, enum counter_form form, struct results *r)
{
	*r = (struct results){ .counter = counter, .form = form };
	r->objects = json_array();
	judge_begin(&counter->judge);
	counter->judge.tell = take;
	counter->judge.arg = r;
}

/* People say which scan they mean. */
static void
begin_scan(struct counter *counter, enum counter_form form, struct results *r,
    char source[32])
{
	char now[LOCAL_CLOCK_SIZE];

	begin(counter, form, r);
	snprintf(source, 32, "-:%zu", ++counter->scans);
	local_clock(counter->judge.now, now);
	snprintf(
	    r->label, sizeof(r->label), _("scan %zu, %s"), counter->scans, now);
	r->report.label = r->label;
}

/* --- giving --------------------------------------------------------------- */

static void
give_json(const struct results *r, struct bytes *out)
{
	json_t *whole = json_object();

	json_object_set(whole, "results", r->objects);
	json_add(out, whole);
	json_decref(whole);
}

/* A script adds those of several inputs, and shows none of a single result. */
static void
give_counts(const struct results *r, struct bytes *out)
{
	char tag[64];
	int verdict;

	bytes_add_text(out, "<p class=\"counts\">");
	for (verdict = VERDICT_NOT_AUTHENTIC; verdict >= VERDICT_VALID;
	     verdict--) {
		const struct verdict_row *row = &verdict_table[verdict];

		snprintf(tag, sizeof(tag),
		    "span data-counted=\"%s\" data-count=\"%zu\"", row->name,
		    r->of[verdict]);
		if (r->of[verdict] > 0)
			html_elementf(
			    out, tag, "%s: %zu", _(row->word), r->of[verdict]);
	}
	bytes_add_text(out, "</p>\n");
}

static void
give_page(const struct results *r, struct bytes *out)
{
	int verdict;
	size_t i;

	give_counts(r, out);
	for (verdict = VERDICT_NOT_AUTHENTIC; verdict >= VERDICT_VALID;
	     verdict--)
		for (i = 0; i < r->count; i++)
			if ((int)r->part[i].verdict == verdict) {
				out->failed |= r->part[i].html.failed;
				bytes_add(out, r->part[i].html.at,
				    r->part[i].html.len);
			}
	out->failed |= r->failed;
}

static void
end(struct results *r, struct bytes *out)
{
	struct counter *counter = r->counter;
	size_t i;

	if (r->form == COUNTER_JSON)
		give_json(r, out);
	else
		give_page(r, out);
	for (i = 0; i < r->count; i++)
		bytes_wipe(&r->part[i].html);
	free(r->part);
	json_decref(r->objects);
	counter->judge.tell = NULL;
	counter->judge.arg = NULL;
	/* after judging: a check must not raise the mark it is judged by */
	post_mark(counter->post, counter->judge.now);
}

/* --- inputs --------------------------------------------------------------- */

void
counter_file(struct counter *counter, const char *name, const uint8_t *data,
    size_t len, enum counter_form form, struct bytes *out)
{
	struct results r;

	begin(counter, form, &r);
	judge_bytes(&counter->judge, name, data, len);
	end(&r, out);
}

void
counter_folder(struct counter *counter, const char *name, struct box *box,
    enum counter_form form, struct bytes *out)
{
	struct results r;

	begin(counter, form, &r);
	judge_box(&counter->judge, name, box);
	end(&r, out);
}

void
counter_unread(struct counter *counter, const char *name, enum err why,
    enum counter_form form, struct bytes *out)
{
	struct errtext err = { 0 };
	struct results r;

	if (why == ERR_LIMIT)
		err_set(&err, why, _("larger than %u MB"), SCAN_FILE_MAX >> 20);
	begin(counter, form, &r);
	post_refresh(counter->post);
	judge_failure(&counter->judge, name, why, &err);
	end(&r, out);
}

struct typing {
	const struct judge *judge;
	const char *source;
};

static void
judge_joined(const struct joined *joined, void *arg)
{
	const struct typing *typing = arg;
	struct bytes text = { 0 };

	/* a number is looked for in a text with an end */
	bytes_add(&text, joined->text.at, joined->text.left);
	if (!text.failed)
		judge_typed(typing->judge, typing->source,
		    (const char *)text.at, text.len);
	bytes_wipe(&text);
}

/* As scan judges them, but that no line follows. */
static void
judge_lines(
    const struct judge *judge, const char *source, const char *text, size_t len)
{
	struct typing typing = { judge, source };
	struct join join = { .tell = judge_joined, .arg = &typing };

	join_text(&join, (struct reader){ (const uint8_t *)text, len });
	if (join.failed)
		judge_failure(judge, source, ERR_MEMORY, NULL);
	join_wipe(&join);
}

void
counter_line(struct counter *counter, const char *text, size_t len,
    enum counter_form form, struct bytes *out)
{
	struct results r;
	char source[32];

	begin_scan(counter, form, &r, source);
	if (len > LINES_MAX)
		judge_too_long(&counter->judge, source);
	else
		judge_lines(&counter->judge, source, text, len);
	end(&r, out);
}

static void
see_code(const struct joined *joined, void *arg)
{
	bool *whole = arg;

	*whole |= joined->kind == JOIN_CODE;
}

/* Does a checksum say that it is whole? Whatever is in it, and before it. */
static bool
is_whole(const char *text, size_t len)
{
	bool whole = false;
	struct join join = {
		.tell = see_code, .arg = &whole, .work_max = SCAN_VAIN_MAX
	};

	join_text(&join, (struct reader){ (const uint8_t *)text, len });
	join_wipe(&join);
	return whole;
}

bool
counter_typed(struct counter *counter, const char *text, size_t len,
    enum counter_form form, struct bytes *out)
{
	if (!is_whole(text, len))
		return false;
	counter_line(counter, text, len, form, out);
	return true;
}

bool
counter_frame(struct counter *counter, const uint8_t *pgm, size_t len,
    bool again, enum counter_form form, struct bytes *out,
    const struct camera_hint **hint)
{
	struct scan_result found = { 0 };
	struct results r;
	char source[32];

	if (again)
		camera_let_go(&counter->camera);
	if (camera_look(&counter->camera, pgm, len, clock_ms(), &found, hint) !=
	    CAMERA_NEW)
		return false;
	begin_scan(counter, form, &r, source);
	judge_scanned(&counter->judge, source, &found);
	end(&r, out);
	scan_clear(&found);
	return true;
}

enum err
counter_answer(struct counter *counter, int64_t visit, const char *answer,
    struct errtext *err)
{
	const char *word = presentation_word(answer);

	if (word == NULL)
		return err_set(err, ERR_DATA, "%s",
		    _("this is no answer about an identity document"));
	post_refresh(counter->post);
	return presentation_answer(counter->post, visit, word, err);
}

/* --- the post ------------------------------------------------------------- */

enum err
counter_open(const char *home, struct counter *out, struct errtext *err)
{
	enum err rc;

	*out = (struct counter){ 0 };
	if ((rc = post_open(home, &out->post, err)) != ERR_OK)
		return rc;
	out->selftest = selftest_run();
	out->judge = (struct judge){ .post = out->post,
		.selftest_failed = !out->selftest,
		.presented = PRESENTED_OTHER_VISIT,
		.record = true };
	return ERR_OK;
}

void
counter_close(struct counter *counter)
{
	camera_close(&counter->camera);
	post_free(&counter->post);
}
