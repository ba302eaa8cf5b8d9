/*
 * approving.c - approving.h.
 */
#include "issue/desk/approving.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct opened *
approving_opened(const struct desk *desk, int64_t draft)
{
	for (size_t i = 0; i < desk->opened_count; i++)
		if (desk->opened[i].draft == draft)
			return &desk->opened[i];
	return NULL;
}

size_t
approving_place(const struct desk *desk, int64_t draft)
{
	size_t i = 0;

	while (i < desk->batch.count && desk->batch.at[i].draft != draft)
		i++;
	return i;
}

bool
approving_in_batch(const struct desk *desk, int64_t draft)
{
	return approving_place(desk, draft) < desk->batch.count;
}

bool
approving_is_drawn(const struct desk *desk, int64_t draft)
{
	return approving_place(desk, draft) < desk->sample;
}

size_t
approving_to_open(const struct desk *desk)
{
	size_t left = 0;

	for (size_t i = 0; i < desk->sample && i < desk->batch.count; i++) {
		const struct opened *opened =
		    approving_opened(desk, desk->batch.at[i].draft);

		left += opened == NULL || !opened->marked ||
		    memcmp(opened->digest, desk->batch.at[i].digest,
			sizeof(opened->digest)) != 0;
	}
	return left;
}

size_t
approving_signs(const struct desk *desk, bool batch)
{
	size_t marked = 0;

	if (batch)
		return desk->batch.count;
	for (size_t i = 0; i < desk->opened_count; i++)
		marked += desk->opened[i].marked;
	return marked;
}

/* In whichever order: a sum over drafts and what was shown of them. */
static uint64_t
sum_of(int64_t draft, const uint8_t digest[32])
{
	uint64_t first;

	memcpy(&first, digest, sizeof(first));
	return first + (uint64_t)draft;
}

void
approving_which(
    const struct desk *desk, bool batch, char out[APPROVING_WHICH_SIZE])
{
	uint64_t sum = 0;

	for (size_t i = 0; batch && i < desk->batch.count; i++)
		sum +=
		    sum_of(desk->batch.at[i].draft, desk->batch.at[i].digest);
	for (size_t i = 0; !batch && i < desk->opened_count; i++)
		if (desk->opened[i].marked)
			sum += sum_of(
			    desk->opened[i].draft, desk->opened[i].digest);
	snprintf(out, APPROVING_WHICH_SIZE, "%zu-%016" PRIx64,
	    approving_signs(desk, batch), sum);
}
