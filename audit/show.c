/*
 * show.c - printing findings: show.h.
 */
#include "audit/show.h"

#include "audit/finding_json.h"
#include "audit/groups.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"

#include <stdio.h>

#define SHOW_EACH 10 /* of one code, without --all */

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

/* Was nothing given that posts were shown? */
static bool
is_of_lines(const struct audit *audit)
{
	return audit->options->presentation_count == 0 &&
	    audit->options->letter_count == 0;
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
		    _("PROOF OF MANIPULATION: %llu. Questions: %llu. Could not "
		      "be checked: %llu. Logs: %zu, lines checked: %llu."),
		    proofs, questions, unchecked, t.logs,
		    (unsigned long long)t.lines);
	else if (unchecked > 0)
		err_set(out, ERR_OK,
		    _("COULD NOT BE CHECKED: %llu. No proof of manipulation. "
		      "Questions: %llu. Logs: %zu, lines checked: %llu."),
		    unchecked, questions, t.logs, (unsigned long long)t.lines);
	else if (questions > 0)
		err_set(out, ERR_OK,
		    _("QUESTIONS TO ASK: %llu. No proof of manipulation. Logs: "
		      "%zu, lines checked: %llu."),
		    questions, t.logs, (unsigned long long)t.lines);
	else
		err_set(out, ERR_OK,
		    is_of_lines(audit)
			? _("NOTHING TO ASK about the lines: they are as they "
			    "should be. Logs: %zu, lines checked: %llu.")
			: _("NOTHING TO ASK: everything is as it should be. "
			    "Logs: %zu, lines checked: %llu."),
		    t.logs, (unsigned long long)t.lines);
}

const char *
show_missing_text(const struct audit *audit)
{
	return !is_of_lines(audit)
	    ? NULL
	    : _("This looked at lines alone. Whether letters were shown "
		"that are in no line is found with what posts export "
		"(--presentations FILE).");
}

void
show_missing(const struct audit *audit)
{
	const char *text = show_missing_text(audit);

	if (text != NULL)
		print("%s\n", text);
}

/* --- for people ----------------------------------------------------------- */

static void
show_where(const struct group *group)
{
	const struct finding *f = group->first;
	char times[GROUPS_TEXT_SIZE];

	groups_text(group, times);
	if (f->center[0] != '\0' && f->generation != 0)
		print(_("  %s, log %u: "), f->center, f->generation);
	else if (f->center[0] != '\0')
		print("  %s: ", f->center);
	else
		print("  ");
	print("%s%s\n", f->text, times);
}

/* Those of one code: all, or the first ten with how many more there are. */
static void
show_those(const struct findings *f, size_t first, size_t end, bool all)
{
	struct groups groups;
	size_t i, most;
	unsigned long long rest;

	if (!groups_make(f, first, end, &groups)) {
		print("  %s\n", _("out of memory"));
		return;
	}
	most = all || groups.count <= SHOW_EACH ? groups.count : SHOW_EACH;
	for (i = 0; i < most; i++)
		show_where(&groups.at[i]);
	rest = groups_rest(f, &groups, most);
	if (rest > 0 && most < groups.count)
		print(ngettext("  %llu more; --all shows it\n",
			  "  %llu more; --all shows them\n", rest),
		    rest);
	else if (rest > 0)
		print(ngettext("  %llu more like these\n",
			  "  %llu more like these\n", rest),
		    rest);
	groups_clear(&groups);
}

/* The two that are no findings about anybody. */
static bool
is_about_scope(enum finding_code code)
{
	return code == FINDING_UNCHECKED || code == FINDING_SCOPE;
}

static void
show_meaning(const struct finding_row *row)
{
	print("%s  %s\n", row->name, _(row->meaning));
	print(_("  Possible honest cause: %s\n"), _(row->honest));
	print(_("  What to do: %s\n"), _(row->todo));
}

static void
show_severity(const struct audit *audit, enum severity severity,
    const char *title, bool all)
{
	const struct findings *f = &audit->findings;
	bool titled = false;
	size_t i, end;

	for (i = 0; i < f->count; i = end) {
		const struct finding_row *row = &finding_table[f->at[i].code];

		end = groups_end(f, i);
		if (row->severity != severity || is_about_scope(row->code))
			continue;
		if (!titled)
			print("\n%s\n", title);
		titled = true;
		show_meaning(row);
		show_those(f, i, end, all);
	}
}

static void
show_scope(const struct audit *audit, enum finding_code code, const char *title,
    bool all)
{
	const struct findings *f = &audit->findings;
	size_t i, end;

	for (i = 0; i < f->count; i = end) {
		end = groups_end(f, i);
		if (f->at[i].code != code)
			continue;
		print("\n%s\n", title);
		show_those(f, i, end, all);
	}
}

/* Who signs with which key, and how much; each fingerprint is what its person
 * reads aloud. */
static void
show_keys(const struct audit_center *center)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];
	size_t i;

	if (center->persons.count > 0)
		print(_("\nWHOSE KEY SIGNED WHAT: %s\n"), center->center->code);
	for (i = 0; i < center->persons.count; i++) {
		const struct persons_key *key = &center->persons.key[i];

		person_fingerprint(key->is.key, fingerprint);
		print(_("  %s, %s, from log %u, line %llu on: %s%s%s\n"),
		    key->is.code, person_role_title(key->is.role),
		    key->generation, (unsigned long long)key->from,
		    COUNTED(LINES, key->lines),
		    key->over ? _("; no longer in use") : "",
		    persons_read_aloud(key, center->center)
			? ""
			: _("; never heard by the root"));
		print(" %s\n", fingerprint);
	}
}

static void
show_sample(const struct audit *audit)
{
	const struct sample *s = &audit->sample;

	if (s->seen > 0)
		print(_("\nLetters: %llu. `sello-audit report` draws a sample "
			"of them.\n"),
		    (unsigned long long)s->seen);
}

void
show_text(const struct audit *audit, bool all)
{
	struct errtext verdict = { 0 };
	size_t i;

	show_verdict(audit, &verdict);
	print("%s\n", verdict.text);
	show_severity(audit, SEVERITY_PROOF, _("PROOFS"), all);
	show_severity(audit, SEVERITY_QUESTION, _("QUESTIONS"), all);
	show_severity(audit, SEVERITY_NOTE, _("NOTES"), all);
	show_scope(
	    audit, FINDING_UNCHECKED, _("WHAT COULD NOT BE CHECKED"), all);
	show_scope(audit, FINDING_SCOPE, _("WHAT WAS NOT CHECKED"), all);
	for (i = 0; i < audit->center_count; i++)
		show_keys(&audit->centers[i]);
	show_sample(audit);
	/* what stays on the screen when all of it has scrolled by */
	print("\n");
	show_missing(audit);
	print("%s\n", verdict.text);
}

/* --- for programs --------------------------------------------------------- */

void
show_json(const struct audit *audit)
{
	const struct findings *f = &audit->findings;
	size_t i;

	for (i = 0; i < f->count; i++)
		json_line(finding_json(&f->at[i]));
}
