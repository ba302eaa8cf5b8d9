/*
 * found.c - found.h.
 */
#include "issue/found.h"

#include "base/array.h"

#include <stdlib.h>

/* Somebody whose name fits, or whose day. */
struct hit {
	int64_t draft;
	enum seek_fit fit;
};

struct looking {
	const struct seek *seek;
	struct hit *hit;
	size_t count, cap;
	enum seek_fit best;
	bool failed;
};

static bool
keep(struct looking *looking, int64_t draft, enum seek_fit fit)
{
	if (!ARRAY_ROOM(looking->hit, looking->count, looking->cap)) {
		looking->failed = true;
		return false;
	}
	looking->hit[looking->count++] = (struct hit){ draft, fit };
	looking->best = fit < looking->best ? fit : looking->best;
	return true;
}

static bool
keep_name(void *arg, int64_t draft, const char *name)
{
	struct looking *looking = arg;
	enum seek_fit fit = seek_fit(looking->seek, name);

	return fit == SEEK_NONE || keep(looking, draft, fit);
}

static bool
keep_day(void *arg, int64_t draft)
{
	return keep(arg, draft, SEEK_WHOLE);
}

static int
by_fit(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->fit != y->fit)
		return x->fit < y->fit ? -1 : 1;
	return (x->draft < y->draft) - (x->draft > y->draft);
}

/* Slips count only where nothing is written as it was typed. */
static enum err
take(struct looking *looking, struct found *out, struct errtext *err)
{
	out->slips = looking->best == SEEK_SLIP;
	if (looking->count == 0)
		return ERR_OK;
	qsort(looking->hit, looking->count, sizeof(*looking->hit), by_fit);
	out->draft = calloc(looking->count, sizeof(*out->draft));
	if (out->draft == NULL)
		return err_memory(err);
	for (size_t i = 0; i < looking->count; i++)
		if (looking->hit[i].fit != SEEK_SLIP || out->slips)
			out->draft[out->count++] = looking->hit[i].draft;
	return ERR_OK;
}

enum err
found_look(struct found *out, const struct seek *seek, struct registry *reg,
    struct errtext *err)
{
	struct looking looking = { .seek = seek, .best = SEEK_NONE };
	int64_t from, to;
	enum err rc;

	*out = (struct found){ 0 };
	if (seek->word_count > 0)
		rc = register_listed_names(reg, keep_name, &looking, err);
	else {
		seek_span(seek->date[0], &from, &to);
		rc = register_listed_days(
		    reg, seek->date[0], from, to, keep_day, &looking, err);
	}
	if (rc == ERR_OK && looking.failed)
		rc = err_memory(err);
	if (rc == ERR_OK)
		rc = take(&looking, out, err);
	free(looking.hit);
	return rc;
}

const char *
found_match(const struct seek *seek, const struct listed *listed)
{
	if (seek->date_count == 0)
		return "name";
	if (listed->letter.birth_date[0] != '\0' &&
	    seek_birth(seek, listed->letter.birth_date))
		return "birthDate";
	return listed->is_letter && seek_day(seek, listed->issued_at)
	    ? "issuedAt"
	    : NULL;
}

void
found_clear(struct found *found)
{
	free(found->draft);
	*found = (struct found){ 0 };
}
