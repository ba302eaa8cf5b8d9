/*
 * review.c - drafts on the approver's terminal: review.h.
 */
#include "issue/review.h"

#include "base/count.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/table.h"
#include "base/utf8.h"
#include "cli/confirm.h"
#include "issue/draft_show.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME_WHOLE 20 /* places of a name that push no other column out */

static void
print_words(const struct review *review)
{
	char yes[CONFIRM_LETTER_SIZE], no[CONFIRM_LETTER_SIZE];

	confirm_letter(CONFIRM_YES, yes);
	confirm_letter(CONFIRM_NO, no);
	print_to(review->out,
	    _("%s: right, %s: leave this one out, q: stop, nothing is signed"),
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
		if (one)
			print_words(review);
	return answer;
}

static long long
now_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec;
}

/* --- showing ---------------------------------------------------------------
 */

static enum err
load_same(const struct review *review, const struct pick *pick,
    struct draft *draft, struct errtext *err)
{
	enum err rc = register_draft_load(review->center->reg,
	    review->center->info.center, pick->draft, draft, err);

	if (rc == ERR_OK &&
	    memcmp(draft->digest, pick->digest, sizeof(pick->digest)) != 0)
		rc = err_set(err, ERR_REFUSED,
		    _("draft %lld: it was changed, discarded or approved "
		      "while you looked at it; look again"),
		    (long long)pick->draft);
	return rc;
}

static enum err
show_draft(
    const struct review *review, const struct pick *pick, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	if ((rc = load_same(review, pick, &draft, err)) == ERR_OK) {
		print_to(review->out, "\n");
		print_to(review->out, _("Draft %lld, by %s"),
		    (long long)draft.id, draft.officer);
		print_to(review->out, "\n");
		rc = draft_show(review->out, review->center, &draft, err);
		print_to(review->out, "\n");
		draft_brief(review->out, &draft);
	}
	register_draft_clear(&draft);
	return rc;
}

/* Show one and take the answer; the time it was open in *seconds. */
static enum err
show_and_ask(const struct review *review, const struct pick *pick,
    enum confirm_answer *answer, long long *seconds, struct errtext *err)
{
	long long start = now_seconds();
	enum err rc = show_draft(review, pick, err);

	if (rc != ERR_OK)
		return rc;
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
		rc =
		    show_and_ask(review, &picks->at[i], &answer, &seconds, err);
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

/* --- a batch ---------------------------------------------------------------
 */

static enum err
add_row(const struct review *review, const struct pick *pick,
    struct table *table, struct errtext *err)
{
	char id[24], name[2 * LETTER_NAME_SIZE + 2];
	char codes[WARNINGS_CODES_SIZE];
	struct draft draft = { 0 };
	const struct letter *l = &draft.letter;
	enum err rc = load_same(review, pick, &draft, err);

	if (rc == ERR_OK) {
		snprintf(id, sizeof(id), "%lld", (long long)draft.id);
		snprintf(name, sizeof(name), "%s%s%s", l->surnames,
		    l->given_names[0] ? ", " : "", l->given_names);
		table_row(table,
		    (const char *[]){ id, draft.officer, l->birth_date,
			l->consulate, name,
			warnings_codes(pick->warnings, codes) });
		OPENSSL_cleanse(name, sizeof(name));
	}
	register_draft_clear(&draft);
	return rc;
}

/* Those with warnings first: who reads no further has read these. */
static enum err
print_table(
    const struct review *review, const struct picks *picks, struct errtext *err)
{
	const struct table_column columns[] = { { _("Draft"), true, 0, 0 },
		{ _("By"), false, 2, 0 }, { _("Born"), false, 0, 0 },
		{ _("Consulate"), false, 1, 0 },
		{ _("Name"), false, 0, NAME_WHOLE },
		{ _("Warnings"), false, 0, 0 } };
	struct table table = { .column = columns, .column_count = 6 };
	enum err rc = ERR_OK;

	for (int warned = 1; warned >= 0; warned--)
		for (size_t i = 0; i < picks->count && rc == ERR_OK; i++)
			if ((picks->at[i].warnings != 0) == warned)
				rc =
				    add_row(review, &picks->at[i], &table, err);
	if (rc == ERR_OK &&
	    !table_print(&table, review->out, table_width_of(review->out)))
		rc = err_memory(err);
	table_clear(&table);
	return rc;
}

/* A line a code: of how many letters, and what it means. */
static void
print_warnings(const struct review *review, const struct picks *picks)
{
	for (int i = 0; i < PROBLEM_CODE_COUNT; i++) {
		enum problem_code code = (enum problem_code)i;
		size_t count = 0;

		for (size_t k = 0; k < picks->count; k++)
			count +=
			    (picks->at[k].warnings & WARNINGS_BIT(code)) != 0;
		if (count > 0)
			print_to(review->out, "%s (%s): %s\n",
			    problem_name(code), COUNTED(LETTERS, count),
			    warnings_meaning(code));
	}
}

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

/* One of those not opened yet, at random, comes to place `i`: nobody can
 * foresee which. */
static enum err
draw(struct picks *picks, size_t i, struct errtext *err)
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
		return 0;
	print_to(review->out,
	    ngettext("That one is left out. %zu more is opened.",
		"That one is left out. %zu more are opened.", more),
	    more);
	print_to(review->out, "\n");
	return more;
}

/* Those opened and found wrong are taken out, and each opens more. */
static enum err
open_sample(const struct review *review, struct picks *picks, size_t sample,
    bool *stop, struct errtext *err)
{
	enum confirm_answer answer = CONFIRM_YES;
	long long seconds;
	size_t i = 0;
	enum err rc;

	for (; sample > 0; sample--) {
		if ((rc = draw(picks, i, err)) != ERR_OK ||
		    (rc = show_and_ask(review, &picks->at[i], &answer, &seconds,
			 err)) != ERR_OK)
			return rc;
		if (answer == CONFIRM_STOP) {
			*stop = true;
			return ERR_OK;
		}
		if (answer == CONFIRM_NO) {
			take_out(picks, i);
			sample +=
			    open_more(review, picks->count - i - (sample - 1));
		} else
			i++;
	}
	return ERR_OK;
}

static bool
ask_for_all(const struct review *review, size_t count)
{
	char question[160];

	snprintf(question, sizeof(question),
	    ngettext("Sign %zu letter?", "Sign %zu letters?", count), count);
	return ask(review, question, false) == CONFIRM_YES;
}

enum err
review_batch(const struct review *review, struct picks *picks, bool *stop,
    struct errtext *err)
{
	size_t sample = review_sample(picks->count);
	enum err rc;

	*stop = false;
	if (picks->count == 0)
		return ERR_OK;
	if ((rc = print_table(review, picks, err)) != ERR_OK)
		return rc;
	print_warnings(review, picks);
	print_to(review->out,
	    ngettext("%zu of %zu is opened now, chosen at random.",
		"%zu of %zu are opened now, chosen at random.", sample),
	    sample, picks->count);
	print_to(review->out, "\n");
	if ((rc = open_sample(review, picks, sample, stop, err)) != ERR_OK ||
	    *stop)
		return rc;
	qsort(picks->at, picks->count, sizeof(picks->at[0]), by_draft);
	review_skip(picks);
	print_warnings(review, picks); /* the table left the screen long ago */
	*stop = picks->count > 0 && !ask_for_all(review, picks->count);
	return ERR_OK;
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
