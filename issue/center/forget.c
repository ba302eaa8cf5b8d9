/*
 * forget.c - forget.h.
 */
#include "issue/center/forget.h"

#include "issue/register/draft.h"
#include "issue/register/letter.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "letter/xml.h"

#include <stdlib.h>
#include <string.h>

/* Gathered first: erasing changes the tables that are read. */
struct gathered {
	int64_t day, now;
	size_t live;
	char (*number)[LETTER_NUMBER_SIZE];
	int64_t *draft;
	size_t count, cap;
	enum err rc;
	struct errtext err;
};

static bool
ended(const struct letter *letter, int64_t day)
{
	int64_t until;

	return clock_parse_date(letter->valid_until, &until) && until < day;
}

/* The last day ends at UTC-12, when it is noon here. */
static bool
is_live(const struct issued *issued, const struct letter *letter, int64_t now)
{
	return issued->state == ISSUED_ISSUED &&
	    !ended(letter, (now - CLOCK_DAY / 2) / CLOCK_DAY);
}

/* There is room for one more, or no memory. */
static bool
has_room(struct gathered *g, bool is)
{
	if (!is)
		g->rc = err_memory(&g->err);
	return is;
}

static bool
gather_letter(void *arg, const struct issued *issued)
{
	struct gathered *g = arg;
	struct letter letter = { 0 };

	if (issued->state == ISSUED_FORGOTTEN)
		return true;
	g->rc = xml_read(issued->xml.at, issued->xml.len, &letter, &g->err);
	if (g->rc == ERR_OK && ended(&letter, g->day) &&
	    has_room(g, ARRAY_ROOM(g->number, g->count, g->cap))) {
		memcpy(g->number[g->count++], issued->number,
		    sizeof(issued->number));
		g->live += is_live(issued, &letter, g->now);
	}
	letter_wipe(&letter);
	return g->rc == ERR_OK;
}

static bool
gather_draft(void *arg, const struct draft *draft)
{
	struct gathered *g = arg;

	if (ended(&draft->letter, g->day) &&
	    has_room(g, ARRAY_ROOM(g->draft, g->count, g->cap)))
		g->draft[g->count++] = draft->id;
	return g->rc == ERR_OK;
}

static enum err
outcome(const struct gathered *g, enum err rc, struct errtext *err)
{
	if (rc == ERR_OK && g->rc != ERR_OK)
		return err_set(err, g->rc, "%s", g->err.text);
	return rc;
}

static enum err
forget_letters(struct center *center, int64_t day, int64_t now,
    struct forgotten *out, struct errtext *err)
{
	struct gathered g = { .day = day, .now = now };
	enum err rc;

	rc = outcome(&g,
	    register_letter_each(center->reg, true, gather_letter, &g, err),
	    err);
	for (size_t i = 0; i < g.count && rc == ERR_OK; i++)
		rc = register_letter_forget(center->reg, g.number[i], err);
	out->letters = g.count;
	out->live = g.live;
	free(g.number);
	free(g.draft);
	return rc;
}

static enum err
forget_drafts(struct center *center, int64_t day, const char *by, int64_t now,
    size_t *count, struct errtext *err)
{
	struct gathered g = { .day = day };
	enum err rc;

	rc = outcome(&g,
	    register_draft_each(
		center->reg, center->info.center, true, gather_draft, &g, err),
	    err);
	for (size_t i = 0; i < g.count && rc == ERR_OK; i++)
		rc = register_draft_discard(
		    center->reg, g.draft[i], by, "forget", now, err);
	if (rc == ERR_OK)
		/* Discarded drafts have no fields any more, but the input's
		 * row and what was typed as a reason may name somebody. When
		 * their letters would have ended is not known: those that were
		 * drafted before the day. */
		rc = register_draft_forget(center->reg, day * CLOCK_DAY, err);
	*count = g.count;
	free(g.number);
	free(g.draft);
	return rc;
}

enum err
forget_before(struct center *center, int64_t day, const char *by, int64_t now,
    struct forgotten *out, struct errtext *err)
{
	struct forgotten made = { 0 };
	enum err rc;

	rc = forget_letters(center, day, now, &made, err);
	if (rc == ERR_OK)
		rc = forget_drafts(center, day, by, now, &made.drafts, err);
	if (rc == ERR_OK)
		*out = made;
	return rc;
}

enum err
forget_purge(struct registry *reg, struct errtext *err)
{
	return register_rewrite(reg, err);
}
