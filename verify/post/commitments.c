/*
 * commitments.c - commitments.h.
 */
#include "verify/post/commitments.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "ledger/letter_state.h"
#include "verify/post/commitment_row.h"
#include "verify/post/copy_commitments.h"
#include "verify/post/copy_letters.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_BITS COPY_COMMITMENT_BITS

struct commitments {
	struct post_logs *logs;
	size_t count, cap;
	struct commitment_row *row; /* in order */
};

struct commitments *
commitments_new(struct post_logs *logs)
{
	struct commitments *d = calloc(1, sizeof(*d));

	if (d != NULL)
		d->logs = logs;
	return d;
}

void
commitments_free(struct commitments **commitments)
{
	size_t i;

	if (*commitments == NULL)
		return;
	for (i = 0; i < (*commitments)->count; i++)
		commitment_row_free(&(*commitments)->row[i]);
	free((*commitments)->row);
	free(*commitments);
	*commitments = NULL;
}

/* Where a draft of this log stands in the table. */
static uint64_t
number_of(
    const struct post_log *log, const uint8_t commitment[POST_LOG_COMMITMENT])
{
	uint8_t text[POST_LOG_SEED + POST_LOG_COMMITMENT], sum[SHA256_SIZE];
	uint64_t number = (uint64_t)log->id;
	size_t i;

	memcpy(text, log->seed, POST_LOG_SEED);
	memcpy(text + POST_LOG_SEED, commitment, POST_LOG_COMMITMENT);
	sha256(text, sizeof(text), sum);
	for (i = 0; i < NUMBER_BITS / 8; i++)
		number = number << 8 | sum[i];
	return number;
}

/* All that a log can have. */
static struct commitment_row
whole(const struct post_log *log)
{
	return (struct commitment_row){
		.first = (uint64_t)log->id << NUMBER_BITS, .bits = NUMBER_BITS
	};
}

/* --- letters ------------------------------------------------------------- */

struct wanted {
	const uint8_t *commitment;
	bool found;
};

static enum err
is_wanted(void *ctx, const uint8_t commitment[POST_LOG_COMMITMENT],
    struct errtext *err)
{
	struct wanted *wanted = ctx;

	(void)err;
	wanted->found |=
	    memcmp(wanted->commitment, commitment, POST_LOG_COMMITMENT) == 0;
	return ERR_OK;
}

/* --- rows ---------------------------------------------------------------- */

/* Room for one more, before the one that stands there. */
static struct commitment_row *
put_row(struct commitments *d, size_t at, const struct commitment_row *row)
{
	if (!ARRAY_ROOM(d->row, d->count, d->cap))
		return NULL;
	memmove(
	    d->row + at + 1, d->row + at, (d->count - at) * sizeof(*d->row));
	d->row[at] = *row;
	d->count++;
	return &d->row[at];
}

/* How many begin at this number or before? */
static size_t
place_of(const struct commitments *d, uint64_t number)
{
	size_t low = 0, high = d->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->row[middle].first <= number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Has the copy letters of it, whose drafts must be there? */
static bool
has_letters(const struct post_logs *logs, const struct post_log *log)
{
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == log->id)
			return true;
	return false;
}

/* The row in which a draft of this log belongs. */
static enum err
find_row(struct commitments *d, const struct post_log *log, uint64_t number,
    struct commitment_row **out, struct errtext *err)
{
	size_t at = place_of(d, number);
	struct commitment_row row;
	enum err rc;

	if (at > 0 && commitment_row_covers(&d->row[at - 1], number)) {
		*out = &d->row[at - 1];
		return ERR_OK;
	}
	row = whole(log);
	rc = copy_commitments_load(
	    d->logs, number, has_letters(d->logs, log), &row, err);
	if (rc == ERR_OK && (*out = put_row(d, at, &row)) == NULL)
		rc = err_memory(err);
	if (rc != ERR_OK)
		commitment_row_free(&row);
	return rc;
}

static enum err
split(struct commitments *d, struct commitment_row *row, struct errtext *err)
{
	struct commitment_row upper = { .count = 0 };

	if (commitment_row_split(row, &upper) &&
	    put_row(d, (size_t)(row - d->row) + 1, &upper) != NULL)
		return ERR_OK;
	commitment_row_free(&upper);
	return err_memory(err);
}

/* --- looking and adding -------------------------------------------------- */

enum err
commitments_find(struct commitments *d, const struct post_log *log,
    const uint8_t commitment[POST_LOG_COMMITMENT], bool *before,
    struct errtext *err)
{
	struct wanted wanted = { commitment, false };
	struct commitment_row *row;
	uint64_t number = number_of(log, commitment);
	enum err rc;

	*before = false;
	if ((rc = find_row(d, log, number, &row, err)) != ERR_OK)
		return rc;
	if (commitment_row_has(row, number))
		rc = copy_letters_each(d->logs, log, is_wanted, &wanted, err);
	*before = wanted.found;
	return rc;
}

enum err
commitments_add(struct commitments *d, const struct post_log *log,
    const uint8_t commitment[POST_LOG_COMMITMENT], struct errtext *err)
{
	struct commitment_row *row;
	uint64_t number = number_of(log, commitment);
	enum err rc;

	if ((rc = find_row(d, log, number, &row, err)) != ERR_OK)
		return rc;
	if (!commitment_row_add(row, number))
		return err_memory(err);
	return row->count > COMMITMENT_ROW_MAX && row->bits > 0
	    ? split(d, row, err)
	    : ERR_OK;
}

enum err
commitments_save(struct commitments *d, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < d->count && rc == ERR_OK; i++)
		if (d->row[i].changed)
			rc = copy_commitments_save(d->logs, &d->row[i], err);
	return rc;
}

struct remaking {
	struct commitments *commitments;
	const struct post_log *log;
};

static enum err
add_visited(void *ctx, const uint8_t commitment[POST_LOG_COMMITMENT],
    struct errtext *err)
{
	const struct remaking *remaking = ctx;

	return commitments_add(
	    remaking->commitments, remaking->log, commitment, err);
}

enum err
commitments_remake(
    struct post_logs *logs, const struct post_log *log, struct errtext *err)
{
	struct remaking remaking = { commitments_new(logs), log };
	enum err rc = remaking.commitments == NULL
	    ? err_memory(err)
	    : copy_letters_each(logs, log, add_visited, &remaking, err);

	if (rc == ERR_OK)
		rc = commitments_save(remaking.commitments, err);
	commitments_free(&remaking.commitments);
	return rc;
}
