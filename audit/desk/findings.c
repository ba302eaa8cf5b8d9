/*
 * findings.c - findings.h.
 */
#include "audit/desk/findings.h"

#include "audit/desk/evidence.h"
#include "audit/finding_json.h"
#include "audit/groups.h"
#include "audit/report_parts.h"
#include "audit/show.h"
#include "base/html.h"
#include "base/i18n.h"
#include "http/words.h"

#include <stdio.h>
#include <string.h>

/* --- one finding ---------------------------------------------------------- */

/* Before the text: where it was found. */
static void
add_where(struct bytes *out, const struct finding *f)
{
	char where[64];

	if (f->center[0] == '\0')
		return;
	if (f->generation != 0)
		snprintf(where, sizeof(where), _("%s, log %u: "), f->center,
		    f->generation);
	else
		snprintf(where, sizeof(where), "%s: ", f->center);
	bytes_add_text(out, "<b>");
	html_text(out, where);
	bytes_add_text(out, "</b>");
}

static void
add_finding(
    struct bytes *out, const struct audit *audit, const struct finding *f)
{
	const struct finding_row *row = &finding_table[f->code];

	bytes_add_text(out, "<li");
	html_attribute(out, "data-finding", row->name);
	html_attribute(out, "data-severity", severity_name(row->severity));
	html_attribute(out, "data-center", f->center);
	if (f->generation != 0)
		bytes_addf(out, " data-generation=\"%u\"", f->generation);
	if (f->index >= 0)
		bytes_addf(out, " data-index=\"%lld\"", (long long)f->index);
	if (f->number[0] != '\0')
		html_attribute(out, "data-number", f->number);
	bytes_add_text(out, "><details><summary><span>");
	add_where(out, f);
	html_stranger(out, f->text);
	bytes_add_text(out, "</span></summary>\n");
	evidence_add(out, audit, f);
	bytes_add_text(out, "</details></li>\n");
}

static void
add_those(
    struct bytes *out, const struct audit *audit, size_t first, size_t end)
{
	bytes_add_text(out, "<ul>\n");
	for (; first < end; first++)
		add_finding(out, audit, &audit->findings.at[first]);
	bytes_add_text(out, "</ul>\n");
}

/* --- kinds ---------------------------------------------------------------- */

static void
add_term(struct bytes *out, const char *term, const char *text)
{
	bytes_add_text(out, "<p>");
	html_element(out, "b", term);
	bytes_add_text(out, " ");
	html_text(out, text);
	bytes_add_text(out, "</p>\n");
}

static void
add_kind(struct bytes *out, const struct audit *audit, size_t first, size_t end)
{
	const struct finding_row *row =
	    &finding_table[audit->findings.at[first].code];

	bytes_addf(
	    out, "<section class=\"kind %s\"", severity_name(row->severity));
	html_attribute(out, "data-kind", row->name);
	bytes_add_text(out, "><h3>");
	html_element(out, "span class=\"tag\"", report_severity(row->severity));
	bytes_add_text(out, " ");
	html_text(out, row->name);
	html_elementf(out, "span class=\"count\"", "%llu",
	    (unsigned long long)findings_of_code(&audit->findings, row->code));
	bytes_add_text(out, "</h3>\n");
	html_element(out, "p class=\"means\"", _(row->meaning));
	add_term(out, _("Possible honest cause:"), _(row->honest));
	add_term(out, _("What to do:"), _(row->todo));
	add_those(out, audit, first, end);
	bytes_add_text(out, "</section>\n");
}

void
findings_add_all(struct bytes *out, const struct audit *audit)
{
	const struct findings *f = &audit->findings;
	size_t i, end;

	for (i = 0; i < f->count; i = end) {
		end = groups_end(f, i);
		if (f->at[i].code >= FINDING_UNCHECKED)
			break; /* has a place of its own */
		add_kind(out, audit, i, end);
	}
	if (i == 0)
		html_element(out, "p", _("None."));
}

static void
add_scope(struct bytes *out, const struct audit *audit, enum finding_code code,
    const char *title)
{
	const struct findings *f = &audit->findings;
	size_t i, end;

	for (i = 0; i < f->count; i = end) {
		end = groups_end(f, i);
		if (f->at[i].code != code)
			continue;
		bytes_add_text(out, "<section class=\"kind unchecked\"");
		html_attribute(out, "data-kind", finding_table[code].name);
		bytes_add_text(out, "><h3>");
		html_text(out, title);
		html_elementf(out, "span class=\"count\"", "%llu",
		    (unsigned long long)findings_of_code(f, code));
		bytes_add_text(out, "</h3>\n");
		html_element(
		    out, "p class=\"means\"", _(finding_table[code].meaning));
		add_those(out, audit, i, end);
		bytes_add_text(out, "</section>\n");
	}
}

void
findings_add_unchecked(struct bytes *out, const struct audit *audit)
{
	const char *missing = show_missing_text(audit);

	add_scope(
	    out, audit, FINDING_UNCHECKED, _("WHAT COULD NOT BE CHECKED"));
	add_scope(out, audit, FINDING_SCOPE, _("WHAT WAS NOT CHECKED"));
	if (missing != NULL)
		words_element(out, "p class=\"missing\"", missing);
}

/* --- all together --------------------------------------------------------- */

void
findings_add_summary(struct bytes *out, const struct audit *audit)
{
	static const char *const frames[4] = { "none", "question", "unchecked",
		"proof" };
	const struct report r = { audit, false, out };
	int status = findings_exit(&audit->findings);
	struct errtext verdict = { 0 };

	show_verdict(audit, &verdict);
	bytes_addf(out, "<p class=\"verdict %s\" data-exit=\"%d\">",
	    frames[status], status);
	html_text(out, verdict.text);
	bytes_add_text(out, "</p>\n");
	report_boxes(&r);
}

/* --- for the filter ------------------------------------------------------- */

static void
add_option(struct bytes *out, const char *value, const char *text)
{
	bytes_add_text(out, "<option");
	html_attribute(out, "value", value);
	bytes_add_text(out, ">");
	html_text(out, text);
	bytes_add_text(out, "</option>\n");
}

static bool
has_findings(const struct findings *f, const char *center)
{
	size_t i;

	for (i = 0; i < f->tally_count; i++)
		if (strcmp(f->tally[i].center, center) == 0)
			return true;
	return false;
}

void
findings_add_centers(struct bytes *out, const struct audit *audit)
{
	const struct trust_list *list = audit->list;
	size_t i;

	for (i = 0; list != NULL && i < list->center_count; i++)
		if (has_findings(&audit->findings, list->centers[i].code))
			add_option(
			    out, list->centers[i].code, list->centers[i].code);
	if (has_findings(&audit->findings, ""))
		add_option(out, "-", _("of no center"));
}

void
findings_add_kinds(struct bytes *out, const struct audit *audit)
{
	const struct findings *f = &audit->findings;
	char text[64];
	size_t i, end;

	for (i = 0; i < f->count; i = end) {
		const char *name = finding_table[f->at[i].code].name;

		end = groups_end(f, i);
		snprintf(text, sizeof(text), "%s (%llu)", name,
		    (unsigned long long)findings_of_code(f, f->at[i].code));
		add_option(out, name, text);
	}
}

void
findings_add_json(struct bytes *out, const struct audit *audit)
{
	json_t *object = json_object(), *all = json_array();
	size_t i;

	json_object_set_new(object, "findings", all);
	for (i = 0; i < audit->findings.count; i++)
		json_array_append_new(
		    all, finding_json(&audit->findings.at[i]));
	json_add(out, object);
	json_decref(object);
}
