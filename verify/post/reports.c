/*
 * reports.c - reports.h.
 */
#include "verify/post/reports.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "base/suspect.h"
#include "ledger/gossip.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_shown.h"
#include "verify/post/log_head.h"
#include "verify/post/post_backup.h"
#include "verify/post/post_keys.h"
#include "verify/post/presentation.h"
#include "verify/post/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNATURE_ROOM 1024         /* bytes of a note beside its lines */
#define HEADS_MAX      (600u << 10) /* of the text; the rest is for letters */
#define KEEP_DAYS      800 /* no letter is valid for longer than 366 days */

/* --- making -------------------------------------------------------------- */

static enum err
add_heads(struct post *post, struct bytes *text, struct report_made *made,
    struct errtext *err)
{
	size_t i, begin = text->len;
	enum err rc = ERR_OK;

	for (i = 0; i < post->logs.count && rc == ERR_OK; i++) {
		struct bytes note = { 0 };

		if (post->logs.log[i].size == 0)
			continue;
		rc = copy_log_head(
		    &post->logs, post->logs.log[i].id, &note, err);
		if (rc == ERR_OK && note.len > 0) {
			if (text->len - begin + note.len * 4 / 3 < HEADS_MAX) {
				gossip_add_head(note.at, note.len, text);
				made->heads++;
			} else
				made->heads_left++;
		}
		bytes_free(&note);
	}
	return rc;
}

/* Rows come by day, number and digest: those that follow each other with the
 * same three are one line. */
struct telling {
	struct post *post;
	struct bytes *text;
	struct report_made *made;
	struct gossip_shown seen;
	bool any;
	struct bytes told; /* digests, one after the other */
};

static void
tell_seen(struct telling *t)
{
	size_t before = t->text->len;

	if (!t->any)
		return;
	t->any = false;
	if (t->made->seen_left == 0)
		gossip_add_shown(&t->seen, t->text);
	if (t->made->seen_left > 0 ||
	    t->text->len > NOTE_MAX - SIGNATURE_ROOM) {
		t->text->len = before;
		t->made->seen_left++;
	} else {
		t->made->seen++;
		bytes_add(&t->told, t->seen.digest, sizeof(t->seen.digest));
	}
}

static int
by_digest(const void *a, const void *b)
{
	return memcmp(a, b, DSIG_DIGEST_SIZE);
}

/* A letter of several days is one. */
static size_t
count_letters(const struct bytes *told)
{
	size_t i, count = 0;

	if (told->len > 0)
		qsort(told->at, told->len / DSIG_DIGEST_SIZE, DSIG_DIGEST_SIZE,
		    by_digest);
	for (i = 0; i < told->len; i += DSIG_DIGEST_SIZE)
		count += i == 0 ||
		    by_digest(told->at + i, told->at + i - DSIG_DIGEST_SIZE) !=
			0;
	return count;
}

static bool
is_same(const struct telling *t, const struct presentation *p)
{
	return t->any && t->seen.day == p->time / CLOCK_DAY &&
	    strcmp(t->seen.number, p->number) == 0 &&
	    memcmp(t->seen.digest, p->digest, sizeof(p->digest)) == 0;
}

static enum err
tell_row(void *ctx, const struct presentation_row *row, struct errtext *err)
{
	const struct presentation *p = &row->p;
	enum presentation_worth worth = PRESENTATION_DAMAGED;
	struct telling *t = ctx;
	enum err rc = presentation_worth(t->post, row, &worth, err);

	if (rc != ERR_OK)
		return rc;
	if (worth == PRESENTATION_DAMAGED) {
		t->made->damaged++;
		return ERR_OK;
	}
	if (worth == PRESENTATION_ASIDE)
		return ERR_OK;
	if (!is_same(t, p)) {
		tell_seen(t);
		t->seen = (struct gossip_shown){ .issued_at = p->issued_at,
			.day = p->time / CLOCK_DAY };
		memcpy(t->seen.number, p->number, sizeof(p->number));
		memcpy(t->seen.digest, p->digest, sizeof(p->digest));
		t->any = true;
	}
	t->seen.elsewhere |= p->elsewhere;
	t->seen.mismatch |=
	    p->answer != NULL && strcmp(p->answer, "mismatch") == 0;
	if (p->key_name[0] != '\0') {
		memcpy(t->seen.key_name, p->key_name, sizeof(p->key_name));
		memcpy(t->seen.signature, p->signature, sizeof(p->signature));
	}
	return ERR_OK;
}

/* Newest first, so that what is left out is the oldest. */
static enum err
add_letters(struct post *post, struct bytes *text, struct report_made *made,
    struct errtext *err)
{
	struct telling t = { .post = post, .text = text, .made = made };
	enum err rc = presentation_each(post, BY_DAY, tell_row, &t, err);

	if (rc == ERR_OK)
		tell_seen(&t);
	if (rc == ERR_OK && t.told.failed)
		rc = err_memory(err);
	made->letters = count_letters(&t.told);
	bytes_free(&t.told);
	return rc;
}

/* Heads that could not be looked for are not "none". */
static enum err
need_logs(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;

	if (post_logs_refresh(logs))
		return ERR_OK;
	return err_set(err, logs->why != ERR_OK ? logs->why : ERR_BUSY,
	    _("this post's copy of the logs cannot be used: %s"),
	    logs->problem.text);
}

enum err
reports_make(struct post *post, int64_t now, struct bytes *out,
    struct report_made *made, struct errtext *err)
{
	struct report_made counted = { 0 };
	struct bytes text = { 0 };
	EVP_PKEY *private = NULL;
	struct vkey public;
	enum err rc;

	if ((rc = need_logs(post, err)) != ERR_OK ||
	    (rc = post_key_load(post, "report.key", VKEY_ED25519, &public,
		 &private, err)) != ERR_OK)
		return rc;
	gossip_begin(public.name, now, &text);
	if ((rc = add_heads(post, &text, &counted, err)) == ERR_OK &&
	    (rc = add_letters(post, &text, &counted, err)) == ERR_OK &&
	    (rc = gossip_sign(&text, &public, private, out, err)) == ERR_OK)
		*made = counted;
	EVP_PKEY_free(private);
	bytes_free(&text);
	return rc;
}

/* --- taking -------------------------------------------------------------- */

struct import {
	struct post *post;
	const char *source;
	int64_t now;
	struct sync_listener *listener;
	char name[32]; /* of the other post */
	uint64_t new;
	size_t compared, waiting; /* heads, now and at the next sync */
	int64_t first_day;        /* of its own report: what it has forgotten */
};

/* Whose origin is RRP-ES/post/NAME; only the name is kept. */
static void
name_of(const char *origin, char out[32])
{
	const char *name = strstr(origin, "/post/");

	if (name == NULL || !text_copy(out, 32, name + strlen("/post/")))
		out[0] = '\0';
}

static enum err
enter_shown(void *ctx, const struct gossip_shown *seen, struct errtext *err)
{
	struct import *t = ctx;
	unsigned new = 0;
	enum err rc;

	/* a day ahead at most: posts live in other time zones */
	if (seen->day < t->now / CLOCK_DAY - KEEP_DAYS ||
	    seen->day < t->first_day || seen->day > t->now / CLOCK_DAY + 1)
		return ERR_OK;
	rc = copy_shown_add(&t->post->logs, seen, t->name, &new, err);
	t->new += new;
	return rc;
}

static enum err
enter_letters(struct import *t, const struct bytes *file, struct errtext *err)
{
	const struct gossip_visitor visitor = { .shown = enter_shown,
		.ctx = t };
	struct gossip report;
	enum err rc;

	if ((rc = post_logs_begin(&t->post->logs, err)) != ERR_OK)
		return rc;
	if ((rc = gossip_read(file->at, file->len, t->post->list, &visitor,
		 &report, err)) == ERR_OK &&
	    (rc = copy_shown_forget(&t->post->logs,
		 t->now / CLOCK_DAY - KEEP_DAYS, err)) == ERR_OK)
		return post_logs_commit(&t->post->logs, err);
	post_logs_rollback(&t->post->logs);
	return rc;
}

static void
accept_seen(struct import *t, const void *note, size_t len, const char *from,
    bool always)
{
	struct sync_event event = { .kind = SYNC_LOG, .source = t->source };
	struct log_outcome outcome;

	log_accept_seen(t->post, note, len, from, t->now, &outcome);
	event.outcome = outcome.outcome;
	event.text = outcome.text;
	event.center = outcome.center;
	event.generation = outcome.generation;
	event.log = &outcome;
	t->compared += outcome.outcome == OUTCOME_MANIPULATED ||
	    (outcome.outcome != OUTCOME_UNREADABLE && !outcome.waits);
	t->waiting += outcome.waits;
	/* of a report, only what somebody must know */
	if (always || outcome.outcome == OUTCOME_MANIPULATED ||
	    outcome.not_compared)
		sync_tell(t->listener, &event);
}

static enum err
accept_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct import *t = ctx;

	(void)err;
	accept_seen(t, note, len, t->name, false);
	return ERR_OK;
}

static void
tell(struct import *t, const struct gossip *report, enum outcome outcome,
    const char *text)
{
	const struct sync_event event = { .kind = SYNC_REPORT,
		.source = t->source,
		.outcome = outcome,
		.text = text,
		.post = t->name[0] != '\0' ? t->name : NULL,
		.seen = report->shown,
		.new = t->new,
		.heads = report->heads };

	sync_tell(t->listener, &event);
}

static void
tell_read(struct import *t, const struct gossip *report)
{
	/* who is no post of a list may be called anything */
	const char *name = t->name[0] != '\0' ? t->name : report->origin;
	struct errtext text = { 0 };

	/* perhaps a thief's, who must not be told how to be listed */
	if (report->standing == GOSSIP_REVOKED)
		err_set(&text, ERR_OK,
		    _("report of post %s, which the trust list revokes: its "
		      "word does not count, and no letter was taken from it; "
		      "heads compared: %zu"),
		    name, t->compared);
	else if (report->standing != GOSSIP_LISTED)
		err_set(&text, ERR_OK,
		    _("report of post %s, which the trust list does not "
		      "name: its word does not count, and no letter was "
		      "taken from it; heads compared: %zu. That post sends "
		      "its request.txt to the root custodian, who names it "
		      "in the next list"),
		    name, t->compared);
	else
		err_set(&text, ERR_OK,
		    _("report of post %s: letters shown there %zu, new %llu, "
		      "heads compared %zu"),
		    name, report->shown, (unsigned long long)t->new,
		    t->compared);
	if (t->waiting > 0)
		snprintf(text.text + strlen(text.text),
		    sizeof(text.text) - strlen(text.text),
		    _("; signed heads from elsewhere that wait to be "
		      "compared: %lld"),
		    (long long)t->waiting);
	tell(t, report,
	    report->standing != GOSSIP_LISTED ? OUTCOME_UNREADABLE
		: t->new > 0                  ? OUTCOME_NEW
					      : OUTCOME_SAME,
	    text.text);
}

/* Another computer may bear this post's name, with the keys of the list. */
static bool
is_own(const struct import *t, const struct bytes *file)
{
	EVP_PKEY *private = NULL;
	struct vkey own;
	struct note note;
	bool is;

	if (strcmp(t->name, t->post->name) != 0)
		return false;
	if (post_key_load(t->post, "report.key", VKEY_ED25519, &own, &private,
		NULL) != ERR_OK)
		return true; /* by its name alone */
	is = note_parse(file->at, file->len, &note, NULL) == ERR_OK &&
	    note_verify(&note, &own, NULL) == ERR_OK;
	EVP_PKEY_free(private);
	return is;
}

/* What this post told between a backup and the day on which it was restored, it
 * has forgotten since: its own word brings that back, as another post's would. */
static bool
is_forgotten(struct import *t, const struct gossip *report)
{
	struct post_times times;

	post_times(t->post, &times);
	t->first_day = times.made / CLOCK_DAY;
	return times.restored != 0 && report->at >= times.made &&
	    report->at <= times.restored;
}

static void
import_report(struct import *t, const struct bytes *file)
{
	const struct gossip_visitor heads = { .head = accept_head, .ctx = t };
	struct errtext err = { 0 };
	struct gossip report = { .post = NULL };
	enum err rc;

	/* first who it is from: the name is needed for each line */
	rc = gossip_read(
	    file->at, file->len, t->post->list, NULL, &report, &err);
	if (rc == ERR_OK)
		name_of(report.origin, t->name);
	if (rc == ERR_OK && is_own(t, file) && !is_forgotten(t, &report)) {
		tell(t, &report, OUTCOME_SAME,
		    _("this post's own report: nothing to take"));
		return;
	}
	if (rc == ERR_OK && report.at > t->now + POLICY_SLACK)
		rc = suspect_set(&err, ERR_DATA, _("the report"), report.at,
		    t->now, t->post->list->issued_at);
	if (rc == ERR_OK && report.standing == GOSSIP_LISTED)
		rc = enter_letters(t, file, &err);
	if (rc == ERR_OK)
		rc = gossip_read(
		    file->at, file->len, t->post->list, &heads, &report, &err);
	if (rc != ERR_OK)
		tell(t, &report, OUTCOME_UNREADABLE, err.text);
	else
		tell_read(t, &report);
}

bool
reports_may_be(const struct bytes *file)
{
	struct note note;

	return file->len <= NOTE_MAX &&
	    (gossip_is(file->at, file->len) ||
		note_parse(file->at, file->len, &note, NULL) == ERR_OK);
}

void
reports_import(struct post *post, const char *source, const struct bytes *file,
    int64_t now, struct sync_listener *listener)
{
	struct import t = {
		.post = post, .source = source, .now = now, .listener = listener
	};
	const struct gossip none = { .post = NULL };
	struct errtext err = { 0 };

	if (post->list == NULL) {
		post_no_list(post,
		    _("this post has no trust list yet; take one "
		      "first (sello-verify sync)"),
		    &err);
		tell(&t, &none, OUTCOME_UNREADABLE, err.text);
	} else if (post_logs_name(post, post->list, now, &err) != ERR_OK)
		tell(&t, &none, OUTCOME_UNREADABLE, err.text);
	else if (gossip_is(file->at, file->len))
		import_report(&t, file);
	else
		accept_seen(&t, file->at, file->len, source, true);
}

/* --- asking -------------------------------------------------------------- */

enum err
reports_find(struct post *post, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	struct copy_shown shown;
	enum err rc;

	if (!post_logs_refresh(logs))
		return err_set(err, ERR_BUSY,
		    _("which letters were shown at other posts is not known: "
		      "%s"),
		    logs->problem.text);
	*found = false;
	if (logs->store == NULL)
		return ERR_OK;
	rc = copy_shown_by_digest(logs, digest, found, &shown, err);
	/* and by number alone: a digest that was changed here hides nothing */
	if (rc == ERR_OK && !*found)
		rc = copy_shown_by_number(
		    logs, number, digest, found, &shown, err);
	if (rc == ERR_OK && *found)
		*out = shown;
	return rc;
}
