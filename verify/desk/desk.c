/*
 * desk.c - desk.h.
 */
#include "verify/desk/desk.h"

#include "base/array.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "packed/packed.h"
#include "verify/desk/fragment.h"
#include "verify/display.h"
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
	struct desk *desk;
	enum desk_form form;
	struct display report;
	char label[64];
	json_t *objects; /* DESK_JSON */
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
	const struct judge *judge = &r->desk->judge;
	struct errtext kept = { 0 };
	struct bytes *html;

	proofs_keep(judge, judged, &kept);
	if (r->form == DESK_JSON)
		display_add_objects(judge, judged, r->objects);
	else if ((html = room_for(r, judged)) != NULL)
		fragment_add(html, &r->report, judge, judged, kept.text);
}

static void
begin(struct desk *desk, enum desk_form form, struct results *r)
{
	*r = (struct results){ .desk = desk, .form = form };
	r->objects = json_array();
	judge_begin(&desk->judge);
	desk->judge.tell = take;
	desk->judge.arg = r;
}

/* People say which scan they mean. */
static void
begin_scan(
    struct desk *desk, enum desk_form form, struct results *r, char source[32])
{
	char now[LOCAL_CLOCK_SIZE];

	begin(desk, form, r);
	snprintf(source, 32, "-:%zu", ++desk->scans);
	local_clock(desk->judge.now, now);
	snprintf(
	    r->label, sizeof(r->label), _("scan %zu, %s"), desk->scans, now);
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

static void
give_counts(const struct results *r, struct bytes *out)
{
	int verdict;

	if (r->count < 2)
		return;
	bytes_add_text(out, "<p class=\"counts\">");
	for (verdict = VERDICT_NOT_AUTHENTIC; verdict >= VERDICT_VALID;
	     verdict--)
		if (r->of[verdict] > 0)
			html_elementf(out, "span", "%s: %zu",
			    _(verdict_table[verdict].word), r->of[verdict]);
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
	struct desk *desk = r->desk;
	size_t i;

	if (r->form == DESK_JSON)
		give_json(r, out);
	else
		give_page(r, out);
	for (i = 0; i < r->count; i++)
		bytes_wipe(&r->part[i].html);
	free(r->part);
	json_decref(r->objects);
	desk->judge.tell = NULL;
	desk->judge.arg = NULL;
	/* after judging: a check must not raise the mark it is judged by */
	post_mark(desk->post, desk->judge.now);
}

/* --- inputs --------------------------------------------------------------- */

void
desk_file(struct desk *desk, const char *name, const uint8_t *data, size_t len,
    enum desk_form form, struct bytes *out)
{
	struct results r;

	begin(desk, form, &r);
	judge_bytes(&desk->judge, name, data, len);
	end(&r, out);
}

void
desk_line(struct desk *desk, const char *text, size_t len, enum desk_form form,
    struct bytes *out)
{
	struct results r;
	char source[32];

	begin_scan(desk, form, &r, source);
	if (len > LINES_MAX)
		judge_too_long(&desk->judge, source);
	else
		judge_typed(&desk->judge, source, text, len);
	end(&r, out);
}

/* Does its checksum say that it is whole? Whatever is in it. */
static bool
is_whole(const char *text, size_t len)
{
	struct bytes xml = { 0 };
	enum err rc = packed_decode(text, len, &xml, NULL, NULL);

	bytes_wipe(&xml);
	return rc == ERR_OK || rc == ERR_PROFILE || rc == ERR_VERSION;
}

bool
desk_typed(struct desk *desk, const char *text, size_t len, enum desk_form form,
    struct bytes *out)
{
	if (!is_whole(text, len))
		return false;
	desk_line(desk, text, len, form, out);
	return true;
}

bool
desk_frame(struct desk *desk, const uint8_t *pgm, size_t len, bool again,
    enum desk_form form, struct bytes *out, const struct camera_hint **hint)
{
	struct scan_result found = { 0 };
	struct results r;
	char source[32];

	if (again)
		camera_let_go(&desk->camera);
	if (camera_look(&desk->camera, pgm, len, &found, hint) != CAMERA_NEW)
		return false;
	begin_scan(desk, form, &r, source);
	judge_scanned(&desk->judge, source, &found);
	end(&r, out);
	scan_clear(&found);
	return true;
}

enum err
desk_answer(
    struct desk *desk, int64_t visit, const char *answer, struct errtext *err)
{
	const char *word = presentation_word(answer);

	if (word == NULL)
		return err_set(err, ERR_DATA, "%s",
		    _("this is no answer about an identity document"));
	post_refresh(desk->post);
	return presentation_answer(desk->post, visit, word, err);
}

/* --- the post ------------------------------------------------------------- */

enum err
desk_open(const char *home, struct desk *out, struct errtext *err)
{
	enum err rc;

	*out = (struct desk){ 0 };
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
desk_close(struct desk *desk)
{
	camera_close(&desk->camera);
	post_free(&desk->post);
}
