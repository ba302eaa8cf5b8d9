/*
 * show.c - printing findings: show.h.
 */
#include "audit/show.h"

#include "base/i18n.h"
#include "base/json.h"

#include <stdio.h>

void
show_totals(const struct audit *audit, struct show_totals *out)
{
	size_t c, l;

	*out = (struct show_totals){ .centers = audit->center_count };
	for (c = 0; c < audit->center_count; c++) {
		const struct audit_center *center = &audit->centers[c];
		const struct stats *s = &center->stats;

		for (l = 0; l < center->log_count; l++)
			if (center->logs[l].dir != NULL) {
				out->logs++;
				out->lines += center->logs[l].read;
			}
		out->letters += s->letters;
		if (s->lines == 0)
			continue;
		if (out->first == 0 || s->first_time < out->first)
			out->first = s->first_time;
		if (s->last_time > out->last)
			out->last = s->last_time;
	}
}

void
show_verdict(const struct audit *audit, struct errtext *out)
{
	const struct findings *f = &audit->findings;
	unsigned long long proofs = findings_of(f, SEVERITY_PROOF);
	unsigned long long questions = findings_of(f, SEVERITY_QUESTION);
	unsigned long long unchecked = findings_of_code(f, FINDING_UNCHECKED);
	struct show_totals t;

	show_totals(audit, &t);
	if (proofs > 0)
		err_set(out, ERR_OK,
		    _("PROOF OF MANIPULATION: %llu proofs, %llu questions, %llu "
		      "things could not be checked, in %llu lines of %zu "
		      "logs."),
		    proofs, questions, unchecked, (unsigned long long)t.lines,
		    t.logs);
	else if (unchecked > 0)
		err_set(out, ERR_OK,
		    _("NOT ALL COULD BE CHECKED: %llu things could not; no "
		      "proof of manipulation and %llu questions in %llu lines "
		      "of %zu logs."),
		    unchecked, questions, (unsigned long long)t.lines, t.logs);
	else if (questions > 0)
		err_set(out, ERR_OK,
		    _("QUESTIONS TO ASK: %llu; no proof of manipulation in "
		      "%llu lines of %zu logs."),
		    questions, (unsigned long long)t.lines, t.logs);
	else
		err_set(out, ERR_OK,
		    _("NOTHING TO ASK: all %llu lines of %zu logs are as they "
		      "should be."),
		    (unsigned long long)t.lines, t.logs);
}

/* --- for people ----------------------------------------------------------- */

static bool
is_about_scope(enum finding_code code)
{
	return code == FINDING_UNCHECKED || code == FINDING_SCOPE;
}

static void
show_where(const struct finding *f)
{
	if (f->center[0] != '\0' && f->generation != 0)
		printf(_("  %s, log %u: "), f->center, f->generation);
	else if (f->center[0] != '\0')
		printf("  %s: ", f->center);
	else
		printf("  ");
	printf("%s\n", f->text);
}

static void
show_findings(const struct audit *audit, enum severity severity, bool scope)
{
	const struct findings *f = &audit->findings;
	int last = -1;
	size_t i;

	for (i = 0; i < f->count; i++) {
		const struct finding_row *row = &finding_table[f->at[i].code];

		if (row->severity != severity ||
		    is_about_scope(row->code) != scope)
			continue;
		if (!scope && (int)row->code != last) {
			printf("%s  %s\n", row->name, _(row->meaning));
			printf(_("  It could also be: %s\n"), _(row->honest));
			printf(_("  What to do: %s\n"), _(row->todo));
		}
		last = (int)row->code;
		show_where(&f->at[i]);
	}
}

static void
show_group(const struct audit *audit, enum severity severity, const char *title)
{
	uint64_t count = findings_of(&audit->findings, severity);

	if (severity == SEVERITY_NOTE)
		count -= findings_of_code(&audit->findings, FINDING_UNCHECKED) +
		    findings_of_code(&audit->findings, FINDING_SCOPE);
	if (count == 0)
		return;
	printf("\n%s\n", title);
	show_findings(audit, severity, false);
}

static void
show_sample(const struct audit *audit)
{
	const struct sample *s = &audit->sample;

	if (s->seen > 0)
		printf(_("\n%llu letters. `sello-audit report` draws a sample "
			 "of them.\n"),
		    (unsigned long long)s->seen);
}

void
show_text(const struct audit *audit)
{
	struct errtext verdict = { 0 };

	show_verdict(audit, &verdict);
	printf("%s\n", verdict.text);
	show_group(audit, SEVERITY_PROOF, _("PROOFS"));
	show_group(audit, SEVERITY_QUESTION, _("QUESTIONS"));
	show_group(audit, SEVERITY_NOTE, _("NOTES"));
	printf("\n%s\n", _("WHAT WAS NOT CHECKED"));
	show_findings(audit, SEVERITY_NOTE, true);
	show_sample(audit);
}

/* --- for programs --------------------------------------------------------- */

static json_t *
number_or_null(int64_t value, bool known)
{
	return known ? json_integer((json_int_t)value) : json_null();
}

void
show_json(const struct audit *audit)
{
	const struct findings *f = &audit->findings;
	size_t i;

	for (i = 0; i < f->count; i++) {
		const struct finding *at = &f->at[i];
		const struct finding_row *row = &finding_table[at->code];
		json_t *line = json_object();

		json_set_text(line, "finding", row->name);
		json_set_text(line, "severity", severity_name(row->severity));
		json_set_text(
		    line, "center", at->center[0] != '\0' ? at->center : NULL);
		json_object_set_new(line, "generation",
		    number_or_null(at->generation, at->generation != 0));
		json_object_set_new(
		    line, "index", number_or_null(at->index, at->index >= 0));
		json_set_text(line, "letterNumber",
		    at->number[0] != '\0' ? at->number : NULL);
		json_set_text(line, "text", at->text);
		json_set_text(line, "meaning", _(row->meaning));
		json_set_text(line, "honestCause", _(row->honest));
		json_set_text(line, "whatToDo", _(row->todo));
		json_line(line);
	}
}
