/*
 * Any bytes as a CSV of people: no crash, what is accepted is a good letter,
 * and the document's number of the corpus is in no sentence.
 */
#include "issue/intake/intake.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER "9722818669921" /* as the corpus has it */
#define NOW    1795456800      /* 2026-11-23T18:00:00Z */

/* A row is rejected if and only if it has an error. */
static void
check_outcome(const struct intake_row *row)
{
	bool error = false;

	for (size_t i = 0; i < row->problem_count; i++)
		error = error || problem_is_error(row->problem[i].code);
	if (error && row->outcome != INTAKE_REJECTED)
		abort();
	/* beyond the room for problems an error may be unseen */
	if (!error && row->outcome == INTAKE_REJECTED &&
	    row->problem_count < INTAKE_PROBLEM_MAX)
		abort();
}

/* What may become a draft is a letter but for the program's own part. */
static void
check_accepted(const struct intake_row *row)
{
	struct problem found[64];
	size_t count = letter_check(&row->letter, found, 64);

	if (row->outcome == INTAKE_REJECTED)
		return;
	for (size_t i = 0; i < count && i < 64; i++)
		if (found[i].field == FIELD_NONE ||
		    field_row((enum field_id)found[i].field)->source ==
			FROM_ROW)
			abort();
}

static void
check_texts(const struct intake_row *row)
{
	struct bytes text = { 0 };

	for (size_t i = 0; i < row->problem_count; i++) {
		bytes_reset(&text);
		intake_problem_text(&row->problem[i], &text);
		if (text.at != NULL &&
		    strstr((const char *)text.at, NUMBER) != NULL)
			abort();
	}
	bytes_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct trust_list list = { .program = "RRP-ES" };
	struct intake_context context = {
		.list = &list, .center = "GTGUA01", .now = NOW
	};
	struct intake *intake = NULL;
	struct errtext err = { 0 };
	static struct intake_row row;
	struct bytes aside = { 0 };
	struct problem file;
	size_t count;
	bool end = false;

	if (intake_new(data, len, &context, &intake, &file, &count, &err) !=
	    ERR_OK)
		return 0;
	while (intake_next(intake, &row, &end, &err) == ERR_OK && !end) {
		check_outcome(&row);
		check_accepted(&row);
		check_texts(&row);
		intake_set_aside(intake, &aside);
	}
	intake_free(&intake);
	bytes_wipe(&aside);
	return 0;
}
