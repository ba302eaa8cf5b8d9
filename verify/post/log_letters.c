/*
 * log_letters.c - log_letters.h.
 */
#include "verify/post/log_letters.h"

#include "base/i18n.h"
#include "verify/post/copy_letters.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_words.h"

#include <string.h>

/* Is it one of this center's logs up to the one that is taken? Numbers that a
 * later log gave again are not meant, and what it says comes after. Copies of
 * earlier ones end where the root ended them (log_stale.h). */
static bool
is_before(const struct log_lines *l, const struct post_log *log)
{
	return strcmp(log->center, l->log->center) == 0 &&
	    log->generation <= l->log->generation;
}

static bool
is_own(const struct log_lines *l, const struct post_log *log)
{
	return log->generation == l->log->generation;
}

/* What the logs from the letter's own to this one said of it, so far: words of
 * lines to come may be here of a copy that was lost. */
static enum err
add_words(struct log_lines *l, int year, unsigned sequence,
    struct history_letter *letter, struct errtext *err)
{
	const struct trust_center *center = l->center;
	struct post_logs *logs = &l->post->logs;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->log_count && rc == ERR_OK; i++) {
		const struct trust_log *named = &center->logs[i];
		const struct post_log *log =
		    post_logs_find(logs, center->code, named->generation);

		if (log != NULL && is_before(l, log))
			rc = copy_words_add(logs, log,
			    is_own(l, log) ? l->history.next
					   : copy_words_end(named),
			    year, sequence, letter, NULL, err);
	}
	return rc;
}

static enum err
find_letter(void *ctx, int year, unsigned sequence, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	struct log_lines *l = ctx;
	struct post_logs *logs = &l->post->logs;
	size_t i;
	enum err rc;

	*found = false;
	for (i = logs->count; i-- > 0;) { /* the newest generation first */
		const struct post_log *log = &logs->log[i];

		if (!is_before(l, log))
			continue;
		rc =
		    post_log_letter(logs, log, year, sequence, out, found, err);
		if (rc != ERR_OK)
			return log_own_damage(rc, err);
		if (*found && post_log_is_letter(out, digest, NULL))
			return log_own_damage(
			    add_words(l, year, sequence, out, err), err);
		*found = false;
	}
	return ERR_OK;
}

/* One number more of a year. */
static enum err
widen_span(
    struct log_lines *l, int year, unsigned sequence, struct errtext *err)
{
	struct post_log_span *span;
	size_t i;

	for (i = 0; i < l->span_count && l->span[i].year != year; i++)
		;
	span = &l->span[i];
	if (i == HISTORY_YEAR_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log with letters of more than %d years"),
		    HISTORY_YEAR_MAX);
	if (i == l->span_count) {
		*span = (struct post_log_span){ l->log->id, year, sequence,
			sequence };
		l->span_count++;
	}
	if (sequence > span->last)
		span->last = sequence;
	return ERR_OK;
}

/* Kept by its line: it counts as long as that is believed. */
static enum err
put_word(void *ctx, int year, unsigned sequence,
    const struct history_letter *word, struct errtext *err)
{
	struct log_lines *l = ctx;

	return log_own_damage(copy_words_put(&l->post->logs, l->log,
				  l->history.next, year, sequence, word, err),
	    err);
}

/* Did a line before make a letter of it? From here on this one does. */
static enum err
find_draft(
    void *ctx, const uint8_t commitment[32], bool *before, struct errtext *err)
{
	struct log_lines *l = ctx;
	const struct post_logs *logs = &l->post->logs;
	enum err rc = ERR_OK;
	size_t i;

	*before = false;
	for (i = 0; i < logs->count && rc == ERR_OK && !*before; i++)
		if (is_before(l, &logs->log[i]))
			rc = commitments_find(l->commitments, &logs->log[i],
			    commitment, before, err);
	if (rc == ERR_OK && !*before)
		rc = commitments_add(l->commitments, l->log, commitment, err);
	return log_own_damage(rc, err);
}

static enum err
put_letter(void *ctx, int year, unsigned sequence,
    const struct history_letter *letter, struct errtext *err)
{
	struct log_lines *l = ctx;
	const struct post_log *log = l->log;
	enum err rc;

	/* what became of it was said */
	if (letter->generation != log->generation ||
	    letter->index != l->history.next)
		return ERR_OK;
	rc = log_own_damage(
	    copy_letter_put(&l->post->logs, log, year, sequence, letter, err),
	    err);
	if (rc == ERR_OK && letter->state != HISTORY_LIVE) /* void */
		rc = put_word(ctx, year, sequence, letter, err);
	if (rc == ERR_OK)
		rc = widen_span(l, year, sequence, err);
	return rc;
}

void
log_letters_begin(struct log_lines *l)
{
	const struct post_logs *logs = &l->post->logs;
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == l->log->id &&
		    l->span_count < HISTORY_YEAR_MAX)
			l->span[l->span_count++] = logs->span[i];
}

static enum err
save_spans(struct log_lines *l, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < l->span_count && rc == ERR_OK; i++)
		rc = log_own_damage(
		    copy_log_set_span(&l->post->logs, &l->span[i], err), err);
	return rc;
}

struct history_letters
log_letters_of(struct log_lines *l)
{
	return (struct history_letters){ find_letter, put_letter, find_draft,
		put_word, l };
}

enum err
log_letters_end(struct log_lines *l, struct errtext *err)
{
	enum err rc =
	    log_own_damage(commitments_save(l->commitments, err), err);

	return rc == ERR_OK ? save_spans(l, err) : rc;
}
