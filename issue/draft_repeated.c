/*
 * draft_repeated.c - draft_repeated.h.
 */
#include "issue/draft_repeated.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPEATED_MIN 4 /* rows; fewer are read as quickly one by one */
#define RANGES_MAX \
	50 /* "2-14" each, some lines of a screen; others are counted */

struct place {
	struct draft_report_problem *problem;
	size_t line;
};

/* Places that say the same, of a sorted list. */
struct group {
	struct place *first;
	size_t count;
};

static int
compare_said(const struct place *a, const struct place *b)
{
	int diff = strcmp(a->problem->text, b->problem->text);

	if (diff == 0)
		diff = (a->problem->code > b->problem->code) -
		    (a->problem->code < b->problem->code);
	if (diff == 0)
		diff = (a->problem->field > b->problem->field) -
		    (a->problem->field < b->problem->field);
	return diff;
}

static int
compare_places(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	int diff = compare_said(a, b);

	return diff != 0 ? diff : (a->line > b->line) - (a->line < b->line);
}

static int
compare_groups(const void *x, const void *y)
{
	const struct group *a = x, *b = y;

	if (a->first->line != b->first->line)
		return a->first->line > b->first->line ? 1 : -1;
	return (a->first->problem->field > b->first->problem->field) -
	    (a->first->problem->field < b->first->problem->field);
}

static size_t
collect(const struct draft_report *report, struct place *out)
{
	size_t count = 0;

	for (size_t i = 0; i < report->count; i++)
		for (size_t k = 0; k < report->row[i].problem_count; k++) {
			struct draft_report_problem *p =
			    &report->row[i].problem[k];

			if (p->of_column)
				continue;
			if (out != NULL)
				out[count] =
				    (struct place){ p, report->row[i].line };
			count++;
		}
	return count;
}

static size_t
find_groups(struct place *place, size_t count, struct group *out)
{
	size_t groups = 0, first = 0;

	for (size_t i = 1; i <= count; i++) {
		if (i < count && compare_said(&place[first], &place[i]) == 0)
			continue;
		if (i - first >= REPEATED_MIN)
			out[groups++] =
			    (struct group){ &place[first], i - first };
		first = i;
	}
	return groups;
}

/* "2-14, 17" */
static void
write_lines(const struct group *group, struct bytes *out)
{
	const struct place *at = group->first;
	struct bytes list = { 0 };
	size_t i = 0;

	for (size_t ranges = 0; i < group->count && ranges < RANGES_MAX;
	     ranges++) {
		size_t from = i++;

		while (i < group->count && at[i].line == at[i - 1].line + 1)
			i++;
		bytes_addf(&list, ranges > 0 ? ", %zu" : "%zu", at[from].line);
		if (i - from > 1)
			bytes_addf(&list, "-%zu", at[i - 1].line);
	}
	if (list.failed)
		out->failed = true;
	else if (i == group->count)
		bytes_addf(out, _("Lines %s"), (const char *)list.at);
	else
		bytes_addf(out,
		    ngettext("Lines %s and %zu more", "Lines %s and %zu more",
			group->count - i),
		    (const char *)list.at, group->count - i);
	bytes_free(&list);
}

static void
tell_group(const struct group *group,
    void (*tell)(const char *lines, const struct draft_report_problem *))
{
	struct bytes lines = { 0 };

	write_lines(group, &lines);
	if (!lines.failed) {
		tell((const char *)lines.at, group->first->problem);
		for (size_t i = 0; i < group->count; i++)
			group->first[i].problem->of_column = true;
	}
	bytes_free(&lines);
}

void
draft_repeated_tell(struct draft_report *report,
    void (*tell)(const char *lines, const struct draft_report_problem *))
{
	size_t count = collect(report, NULL), groups;
	struct place *place = NULL;
	struct group *group = NULL;

	if (count < REPEATED_MIN)
		return;
	place = calloc(count, sizeof(*place));
	group = calloc(count / REPEATED_MIN, sizeof(*group));
	if (place != NULL && group != NULL) {
		collect(report, place);
		qsort(place, count, sizeof(*place), compare_places);
		groups = find_groups(place, count, group);
		qsort(group, groups, sizeof(*group), compare_groups);
		for (size_t i = 0; i < groups; i++)
			tell_group(&group[i], tell);
	}
	free(group);
	free(place);
}
