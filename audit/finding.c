/*
 * finding.c - collecting findings: finding.h.
 */
#include "audit/finding.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/i18n.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(FINDING_SCOPE + 1 == FINDING_COUNT, "a row for each finding");

const char *
severity_name(enum severity severity)
{
	switch (severity) {
	case SEVERITY_PROOF:
		return "proof";
	case SEVERITY_QUESTION:
		return "question";
	case SEVERITY_NOTE:
		return "note";
	}
	return "";
}

static struct findings_tally *
tally_of(struct findings *findings, enum finding_code code, const char *center)
{
	struct findings_tally *t;
	size_t i;

	/* the newest is the likeliest */
	for (i = findings->tally_count; i-- > 0;) {
		t = &findings->tally[i];
		if (t->code == code && strcmp(t->center, center) == 0)
			return t;
	}
	if (!ARRAY_ROOM(
		findings->tally, findings->tally_count, findings->tally_cap))
		return NULL;
	t = &findings->tally[findings->tally_count++];
	*t = (struct findings_tally){ .code = code };
	text_copy(t->center, sizeof(t->center), center);
	return t;
}

static void
keep(struct findings *findings, const struct finding *finding)
{
	if (!ARRAY_ROOM(findings->at, findings->count, findings->cap)) {
		findings->failed = true;
		free(finding->text);
		return;
	}
	findings->at[findings->count++] = *finding;
}

void
findings_add(struct findings *findings, enum finding_code code,
    const struct place *place, const char *fmt, ...)
{
	struct finding f = { .code = code,
		.generation = place->generation,
		.index = place->index };
	struct findings_tally *tally;
	va_list ap;

	text_copy(f.center, sizeof(f.center), place->center);
	text_copy(f.number, sizeof(f.number), place->number);
	if ((tally = tally_of(findings, code, f.center)) == NULL) {
		findings->failed = true;
		return;
	}
	if (++tally->count > FINDINGS_EACH_MAX)
		return;
	va_start(ap, fmt);
	if (vasprintf(&f.text, fmt, ap) < 0)
		f.text = NULL;
	va_end(ap);
	if (f.text == NULL)
		findings->failed = true;
	else
		keep(findings, &f);
}

static int
compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int by;

	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	if ((by = strcmp(x->center, y->center)) != 0)
		return by;
	if (x->generation != y->generation)
		return x->generation < y->generation ? -1 : 1;
	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	if ((by = strcmp(x->number, y->number)) != 0)
		return by;
	return strcmp(x->text, y->text);
}

void
findings_finish(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->tally_count; i++) {
		const struct findings_tally *t = &findings->tally[i];
		struct finding more = { .code = t->code, .index = INT64_MAX };

		if (t->count <= FINDINGS_EACH_MAX)
			continue;
		more.more = t->count - FINDINGS_EACH_MAX;
		text_copy(more.center, sizeof(more.center), t->center);
		more.generation = UINT32_MAX; /* behind the others */
		if (asprintf(&more.text,
			ngettext("%llu more like these", "%llu more like these",
			    more.more),
			(unsigned long long)more.more) < 0)
			findings->failed = true;
		else
			keep(findings, &more);
	}
	if (findings->count > 1)
		qsort(findings->at, findings->count, sizeof(findings->at[0]),
		    compare);
	for (i = 0; i < findings->count; i++)
		if (findings->at[i].index == INT64_MAX) {
			findings->at[i].index = -1;
			findings->at[i].generation = 0;
		}
}

uint64_t
findings_of_code(const struct findings *findings, enum finding_code code)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < findings->tally_count; i++)
		if (findings->tally[i].code == code)
			count += findings->tally[i].count;
	return count;
}

uint64_t
findings_of(const struct findings *findings, enum severity severity)
{
	uint64_t count = 0;
	int code;

	for (code = 0; code < FINDING_COUNT; code++)
		if (finding_table[code].severity == severity)
			count +=
			    findings_of_code(findings, (enum finding_code)code);
	return count;
}

int
findings_exit(const struct findings *findings)
{
	if (findings_of(findings, SEVERITY_PROOF) > 0)
		return 3;
	if (findings_of_code(findings, FINDING_UNCHECKED) > 0)
		return 2;
	return findings_of(findings, SEVERITY_QUESTION) > 0 ? 1 : 0;
}

void
findings_clear(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->count; i++)
		free(findings->at[i].text);
	free(findings->at);
	free(findings->tally);
	*findings = (struct findings){ 0 };
}
