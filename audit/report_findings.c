/*
 * report_findings.c - findings, sample, and what was not checked:
 * report_parts.h.
 */
#include "audit/groups.h"
#include "audit/report_parts.h"

#include "base/count.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_MAX 20 /* different findings of one code with their text */

const char *
report_severity(enum severity severity)
{
	switch (severity) {
	case SEVERITY_PROOF:
		return _("proof");
	case SEVERITY_QUESTION:
		return _("question");
	case SEVERITY_NOTE:
		return _("note");
	}
	return "";
}

static void
write_item(const struct report *r, const struct group *group)
{
	const struct finding *f = group->first;
	char times[GROUPS_TEXT_SIZE];

	bytes_add_text(r->out, "<li>");
	if (f->center[0] != '\0' && f->generation != 0) {
		char where[64];

		snprintf(where, sizeof(where), _("%s, log %u: "), f->center,
		    f->generation);
		html_text(r->out, where);
	} else if (f->center[0] != '\0') {
		html_text(r->out, f->center);
		html_text(r->out, ": ");
	}
	html_text(r->out, f->text);
	groups_text(group, times);
	html_text(r->out, times);
	bytes_add_text(r->out, "</li>\n");
}

/* What it means: a list of term and text. */
static void
write_meaning(const struct report *r, const struct finding_row *row)
{
	const struct {
		const char *term, *text;
	} lines[] = {
		{ _("Possible honest cause:"), _(row->honest) },
		{ _("What to do:"), _(row->todo) },
	};
	size_t i;

	html_element(r->out, "p", _(row->meaning));
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		bytes_add_text(r->out, "<p>");
		html_element(r->out, "b", lines[i].term);
		bytes_add_text(r->out, " ");
		html_text(r->out, lines[i].text);
		bytes_add_text(r->out, "</p>\n");
	}
}

/* How many of a code a center has, for those who see no more. */
static void
write_public(const struct report *r, enum finding_code code)
{
	const struct findings *f = &r->audit->findings;
	char count[32];
	size_t i;

	bytes_add_text(r->out, "<ul>\n");
	for (i = 0; i < f->tally_count; i++) {
		const struct findings_tally *t = &f->tally[i];

		if (t->code != code)
			continue;
		report_count_text(r, t->count, count);
		html_elementf(r->out, "li", "%s: %s",
		    t->center[0] != '\0' ? t->center : _("in general"), count);
	}
	bytes_add_text(r->out, "</ul>\n");
}

static void
write_items(const struct report *r, size_t first, size_t end)
{
	const struct findings *f = &r->audit->findings;
	struct groups groups;
	unsigned long long rest;
	size_t i;

	if (!groups_make(f, first, end, &groups)) {
		r->out->failed = true;
		return;
	}
	bytes_add_text(r->out, "<ul>\n");
	for (i = 0; i < groups.count && i < SHOWN_MAX; i++)
		write_item(r, &groups.at[i]);
	if ((rest = groups_rest(f, &groups, i)) > 0)
		html_elementf(r->out, "li",
		    ngettext("%llu more; `sello-audit check --all` shows it",
			"%llu more; `sello-audit check --all` shows them",
			rest),
		    rest);
	bytes_add_text(r->out, "</ul>\n");
	groups_clear(&groups);
}

static void
write_code(const struct report *r, size_t first, size_t end)
{
	const struct finding_row *row =
	    &finding_table[r->audit->findings.at[first].code];

	bytes_addf(r->out, "<div class=\"finding %s\">\n<h3>",
	    severity_name(row->severity));
	html_element(
	    r->out, "span class=\"tag\"", report_severity(row->severity));
	bytes_add_text(r->out, " ");
	html_text(r->out, row->name);
	bytes_add_text(r->out, "</h3>\n");
	write_meaning(r, row);
	if (r->public)
		write_public(r, row->code);
	else
		write_items(r, first, end);
	bytes_add_text(r->out, "</div>\n");
}

void
report_findings(const struct report *r)
{
	const struct findings *f = &r->audit->findings;
	size_t i, end, shown = 0;

	html_element(r->out, "h2", _("Findings"));
	for (i = 0; i < f->count; i = end) {
		end = groups_end(f, i);
		if (f->at[i].code >= FINDING_UNCHECKED)
			break; /* on the first page */
		write_code(r, i, end);
		shown++;
	}
	if (shown == 0)
		html_element(r->out, "p", _("None."));
}

void
report_unchecked(const struct report *r)
{
	const struct findings *f = &r->audit->findings;
	size_t i, end;

	html_element(r->out, "h2", _("What was not checked"));
	for (i = 0; i < f->count; i = end) {
		end = groups_end(f, i);
		if (f->at[i].code < FINDING_UNCHECKED)
			continue;
		html_element(
		    r->out, "p", _(finding_table[f->at[i].code].meaning));
		/* texts of what went wrong may name a letter or a folder */
		if (r->public && f->at[i].code == FINDING_UNCHECKED)
			write_public(r, f->at[i].code);
		else
			write_items(r, i, end);
	}
}

/* --- sample --------------------------------------------------------------- */

static void
write_sizes(const struct report *r)
{
	static const uint64_t letters[] = { 20, 50, 100, 200, 500, 1000,
		10000 };
	size_t i;

	bytes_add_text(r->out, "<table class=\"short\">\n");
	html_element(r->out, "caption",
	    /* xgettext:no-c-format */
	    _("Letters to pull so that, with 95 % confidence, at least one "
	      "faulty letter is among them if 5 % are faulty"));
	bytes_add_text(r->out, "<tbody><tr>");
	html_element(r->out, "th scope=\"row\"", _("letters in all"));
	for (i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		html_elementf(r->out, "td class=\"n\"", "%llu",
		    (unsigned long long)letters[i]);
	bytes_add_text(r->out, "</tr>\n<tr>");
	html_element(r->out, "th scope=\"row\"", _("to pull"));
	for (i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		html_elementf(
		    r->out, "td class=\"n\"", "%zu", sample_size(letters[i]));
	bytes_add_text(r->out, "</tr></tbody></table>\n");
}

void
report_sample(const struct report *r)
{
	const struct sample *s = &r->audit->sample;
	size_t i;

	html_element(r->out, "h2 class=\"next\"", _("Random sample"));
	html_elementf(r->out, "p",
	    _("%zu of %s, drawn with the seed %llu. The same logs "
	      "and the same seed give the same sample. Pull the "
	      "paper file of each and compare it with the register."),
	    s->count, COUNTED(LETTERS, s->seen), (unsigned long long)s->seed);
	write_sizes(r);
	if (s->count == 0)
		return;
	bytes_add_text(r->out, "<table class=\"sample\">\n<thead><tr>");
	html_element(r->out, "th scope=\"col\"", _("letter"));
	html_element(r->out, "th scope=\"col\"", _("paper file found"));
	html_element(r->out, "th scope=\"col\"", _("agrees"));
	html_element(r->out, "th scope=\"col\"", _("remarks"));
	bytes_add_text(r->out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < s->count; i++) {
		bytes_add_text(r->out, "<tr>");
		html_element(r->out, "th scope=\"row\"", s->number[i]);
		bytes_add_text(r->out, "<td></td><td></td><td></td></tr>\n");
	}
	bytes_add_text(r->out, "</tbody></table>\n");
}
