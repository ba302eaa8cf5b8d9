/*
 * review.c - drafts on the approver's terminal: review.h.
 */
#include "issue/review.h"

#include "base/i18n.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "issue/draft_show.h"
#include "issue/register/draft.h"
#include "issue/review_table.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* one: is it asked of one draft? */
static void
print_words(const struct review *review, bool one)
{
	char yes[CONFIRM_LETTER_SIZE], no[CONFIRM_LETTER_SIZE];

	confirm_letter(CONFIRM_YES, yes);
	confirm_letter(CONFIRM_NO, no);
	print_to(review->out,
	    one ? _("%s: right, %s: leave this one out, q: stop, nothing is "
		    "signed")
		: _("%s: sign them all, %s or q: nothing is signed"),
	    yes, no);
	print_to(review->out, "\n");
}

/* Anything but a clear word is asked again; the end of input stops.
 *
 *   one  is it asked of one draft? */
static enum confirm_answer
ask(const struct review *review, const char *question, bool one)
{
	enum confirm_answer answer;

	while ((answer = confirm_ask(review->in, review->out, question,
		    true)) == CONFIRM_UNCLEAR)
		print_words(review, one);
	return answer;
}

static long long
now_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec;
}

/* --- showing ------------------------------------------------------------- */

static enum err
show_draft(
    const struct review *review, const struct pick *pick, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	if ((rc = review_load(review, pick, &draft, err)) == ERR_OK) {
		print_to(review->out, "\n");
		print_to(review->out, _("Draft %lld, by %s"),
		    (long long)draft.id, draft.officer);
		print_to(review->out, "\n");
		rc = draft_show(review->out, review->center, &draft, err);
		print_to(review->out, "\n");
	}
	if (rc == ERR_OK)
		rc = draft_brief(review->out, review->center, &draft, err);
	register_draft_clear(&draft);
	return rc;
}

/* How far a sample is. */
struct sample {
	size_t opened, left_out; /* this one not counted yet */
	size_t to_open;          /* this one, too */
};

/* What was said of the last one left the screen with this one. */
static void
print_far(const struct review *review, const struct sample *sample)
{
	print_to(review->out, _("Opened: %zu of %zu; left out: %zu."),
	    sample->opened + 1, sample->opened + sample->to_open,
	    sample->left_out);
	print_to(review->out, "\n");
}

/* Show one and take the answer; the time it was open in *seconds.
 *
 *   sample  NULL for one that was named */
static enum err
show_and_ask(const struct review *review, const struct pick *pick,
    const struct sample *sample, enum confirm_answer *answer,
    long long *seconds, struct errtext *err)
{
	long long start = now_seconds();
	enum err rc = show_draft(review, pick, err);

	if (rc != ERR_OK)
		return rc;
	if (sample != NULL)
		print_far(review, sample);
	*answer =
	    ask(review, _("Does it agree with the person's documents?"), true);
	*seconds = now_seconds() - start;
	return ERR_OK;
}

static void
take_out(struct picks *picks, size_t i)
{
	picks->count--;
	memmove(&picks->at[i], &picks->at[i + 1],
	    (picks->count - i) * sizeof(picks->at[0]));
}

static void
opened(struct pick *pick, long long seconds)
{
	snprintf(pick->reason, sizeof(pick->reason), "V%lld", seconds);
}

enum err
review_each(const struct review *review, struct picks *picks, bool *stop,
    struct errtext *err)
{
	enum confirm_answer answer = CONFIRM_YES;
	long long seconds = 0;
	size_t i = 0;
	enum err rc;

	*stop = false;
	while (i < picks->count) {
		if (picks->at[i].number[0] != '\0') {
			i++;
			continue;
		}
		rc = show_and_ask(
		    review, &picks->at[i], NULL, &answer, &seconds, err);
		if (rc != ERR_OK)
			return rc;
		if (answer == CONFIRM_STOP) {
			*stop = true;
			return ERR_OK;
		}
		if (answer == CONFIRM_NO)
			take_out(picks, i);
		else
			opened(&picks->at[i++], seconds);
	}
	return ERR_OK;
}

/* --- a batch ------------------------------------------------------------- */

size_t
review_sample(size_t count)
{
	size_t tenth = (count + 9) / 10;

	return tenth > REVIEW_SAMPLE_MAX ? REVIEW_SAMPLE_MAX : tenth;
}

/* A random place below count; the bias of % is one in 2^32 / count. */
static bool
random_below(size_t count, size_t *out)
{
	uint32_t random;

	if (RAND_bytes((uint8_t *)&random, sizeof(random)) != 1)
		return false;
	*out = random % count;
	return true;
}

static int
by_draft(const void *a, const void *b)
{
	const struct pick *x = a;
	const struct pick *y = b;

	return (x->draft > y->draft) - (x->draft < y->draft);
}

enum err
review_draw(struct picks *picks, size_t i, struct errtext *err)
{
	struct pick kept = picks->at[i];
	size_t other;

	if (!random_below(picks->count - i, &other))
		return err_openssl(
		    err, ERR_INTERNAL, _("no random bytes can be had"));
	picks->at[i] = picks->at[i + other];
	picks->at[i + other] = kept;
	return ERR_OK;
}

/* Where one was wrong others may be: as many more as there still are. */
static size_t
open_more(const struct review *review, size_t unseen)
{
	size_t more = unseen < REVIEW_MORE ? unseen : REVIEW_MORE;

	if (more == 0)
		print_to(review->out, "%s", _("That one is left out."));
	else
		print_to(review->out,
		    ngettext("That one is left out. %zu more is opened.",
			"That one is left out. %zu more are opened.", more),
		    more);
	print_to(review->out, "\n");
	return more;
}

/* Those opened and found wrong are taken out, and each opens more. */
static enum err
open_sample(const struct review *review, struct picks *picks,
    struct sample *sample, bool *stop, struct errtext *err)
{
	enum confirm_answer answer = CONFIRM_YES;
	long long seconds;
	size_t i = 0;
	enum err rc;

	for (; sample->to_open > 0; sample->to_open--, sample->opened++) {
		if ((rc = review_draw(picks, i, err)) != ERR_OK ||
		    (rc = show_and_ask(review, &picks->at[i], sample, &answer,
			 &seconds, err)) != ERR_OK)
			return rc;
		if (answer == CONFIRM_STOP) {
			*stop = true;
			return ERR_OK;
		}
		if (answer == CONFIRM_NO) {
			take_out(picks, i);
			sample->left_out++;
			sample->to_open += open_more(
			    review, picks->count - i - (sample->to_open - 1));
		} else
			i++;
	}
	return ERR_OK;
}

/* The table left the screen long ago, and so did who was left out before it. */
static enum err
ask_for_all(const struct review *review, const struct picks *picks,
    const struct sample *sample, bool *stop, struct errtext *err)
{
	size_t left = sample->left_out + picks->duplicates.count +
	    picks->again.count + picks->old.count;
	char question[160];
	enum err rc = review_warned(review, picks, err);

	if (rc != ERR_OK)
		return rc;
	if (left > 0) {
		print_to(review->out,
		    ngettext("Left out: %zu draft, which still waits.",
			"Left out: %zu drafts, which still wait.", left),
		    left);
		print_to(review->out, "\n");
	}
	snprintf(question, sizeof(question),
	    ngettext("Sign %zu letter?", "Sign %zu letters?", picks->count),
	    picks->count);
	*stop = ask(review, question, false) != CONFIRM_YES;
	return ERR_OK;
}

enum err
review_batch(const struct review *review, struct picks *picks, bool *stop,
    struct errtext *err)
{
	struct sample sample = { .to_open = review_sample(picks->count) };
	enum err rc;

	*stop = false;
	if (picks->count == 0)
		return ERR_OK;
	if ((rc = review_table(review, picks, err)) != ERR_OK)
		return rc;
	print_to(review->out,
	    ngettext("%zu of %zu is opened now, chosen at random.",
		"%zu of %zu are opened now, chosen at random.", sample.to_open),
	    sample.to_open, picks->count);
	print_to(review->out, "\n");
	if ((rc = open_sample(review, picks, &sample, stop, err)) != ERR_OK ||
	    *stop)
		return rc;
	qsort(picks->at, picks->count, sizeof(picks->at[0]), by_draft);
	review_skip(picks);
	return picks->count == 0
	    ? ERR_OK
	    : ask_for_all(review, picks, &sample, stop, err);
}

void
review_skip(struct picks *picks)
{
	size_t new = 0;

	for (size_t i = 0; i < picks->count; i++)
		new += picks->at[i].number[0] == '\0';
	for (size_t i = 0; i < picks->count; i++)
		snprintf(picks->at[i].reason, sizeof(picks->at[i].reason),
		    "B%zu", new);
}
