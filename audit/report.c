/*
 * report.c - the report's frame and its first page: report.h.
 */
#include "audit/report.h"

#include "audit/report_parts.h"
#include "audit/show.h"
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Paper of either size: no page size is named, and nothing is wider than the
 * text. Meaning is in words and frames; grey is decoration. */
static const char style[] =
    "@page{margin:18mm 16mm}"
    "*{box-sizing:border-box}"
    "body{font:11pt/1.45 'DejaVu Sans','Liberation Sans',Arial,sans-serif;"
    "color:#111;background:#fff;max-width:190mm;margin:0 auto;padding:8mm}"
    "h1{font-size:20pt;line-height:1.2;margin:0 0 2mm}"
    "h2{font-size:14pt;margin:9mm 0 3mm;border-bottom:2px solid #111;"
    "padding-bottom:1mm;break-after:avoid}"
    "h3{font-size:11.5pt;margin:6mm 0 2mm;break-after:avoid}"
    "p{margin:2mm 0}"
    ".sub{color:#444}"
    ".verdict{border:3px solid #111;padding:4mm 5mm;margin:5mm 0;"
    "font-size:13pt;font-weight:bold}"
    ".verdict.proof{border-width:6px;border-style:double}"
    ".verdict.none{border-width:1.5px}"
    "table{border-collapse:collapse;width:100%;margin:3mm 0;font-size:9pt}"
    "caption{text-align:left;font-weight:bold;padding-bottom:1.5mm}"
    "th,td{border:1px solid #888;padding:1.2mm 2mm;text-align:left;"
    "vertical-align:top}"
    "td{overflow-wrap:anywhere}td.key{font-family:monospace;font-size:85%}"
    "th{background:#eee}"
    "th[scope=row],td.n{white-space:nowrap}"
    "th.n,td.n{text-align:right;"
    "font-variant-numeric:tabular-nums}"
    "tfoot td,tfoot th{font-weight:bold;border-top:2px solid #111}"
    "thead{display:table-header-group}"
    "tfoot{display:table-row-group}"
    ".sample th:last-child{width:40%}"
    "tr{break-inside:avoid}"
    ".short{break-inside:avoid}"
    ".boxes{display:flex;gap:4mm;margin:4mm 0}"
    ".boxes div{flex:1;border:1px solid #888;padding:3mm}"
    ".boxes b{display:block;font-size:18pt;line-height:1.2}"
    ".finding{border:1px solid #888;border-left-width:5px;"
    "padding:2mm 4mm;margin:4mm 0;break-inside:avoid-page}"
    ".finding.proof{border-left:9px double #111}"
    ".finding.question{border-left-color:#111}"
    ".finding h3{margin:1mm 0}"
    ".finding ul{margin:2mm 0;padding-left:6mm}"
    ".tag{border:1.5px solid #111;padding:0 2mm;font-size:9pt;"
    "font-weight:bold;text-transform:uppercase}"
    ".person{break-inside:avoid;margin:4mm 0}"
    ".two{display:flex;gap:6mm}"
    ".two>div{flex:1;min-width:0}"
    ".two p{margin:0}"
    ".plot{width:100%;height:auto;display:block;margin:2mm 0}"
    ".plot rect{fill:#3b5a78}"
    ".plot line{stroke:#111;stroke-width:1}"
    ".plot text{font:8.5px 'DejaVu Sans',Arial,sans-serif;fill:#111}"
    ".page{break-after:page}"
    ".next{break-before:page}"
    "footer{margin-top:10mm;border-top:1px solid #888;padding-top:2mm;"
    "font-size:8.5pt;color:#444}"
    "@media print{body{padding:0 1mm;max-width:none}"
    ".plot rect,th{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}}";

/* --- what is hidden from the public --------------------------------------- */

static bool
is_hidden(const struct report *report, uint64_t count)
{
	return report->public && count > 0 && count < REPORT_HIDDEN;
}

void
report_sum_add(
    const struct report *report, struct report_sum *sum, uint64_t count)
{
	if (is_hidden(report, count))
		sum->hidden = true;
	else
		sum->shown += count;
}

void
report_count_text(const struct report *report, uint64_t count, char out[32])
{
	if (is_hidden(report, count))
		snprintf(out, 32, "<%d", REPORT_HIDDEN);
	else
		snprintf(out, 32, "%" PRIu64, count);
}

static void
sum_text(const struct report_sum *sum, char out[64])
{
	if (sum->hidden)
		snprintf(out, 64, _("at least %llu"),
		    (unsigned long long)sum->shown);
	else
		snprintf(out, 64, "%" PRIu64, sum->shown);
}

void
report_count(const struct report *report, uint64_t count)
{
	char text[32];

	report_count_text(report, count, text);
	html_element(report->out, "td class=\"n\"", text);
}

void
report_sum_cell(const struct report *report, const struct report_sum *sum)
{
	char text[64];

	sum_text(sum, text);
	html_element(report->out, "td class=\"n\"", text);
}

/* All letters of a center. */
static struct report_sum
sum_letters(const struct report *report, const struct stats *stats)
{
	struct report_sum sum = { 0 };
	size_t i;

	for (i = 0; i < stats->month_count; i++) {
		report_sum_add(report, &sum, stats->month[i].issued);
		report_sum_add(report, &sum, stats->month[i].corrected);
	}
	return sum;
}

/* --- first page ----------------------------------------------------------- */

static void
write_box(const struct report *r, uint64_t count, const char *what)
{
	char text[32];

	report_count_text(r, count, text);
	bytes_add_text(r->out, "<div>");
	html_element(r->out, "b", text);
	html_text(r->out, what);
	bytes_add_text(r->out, "</div>\n");
}

/* The number by which a noun is chosen: behind "<10" stand several. */
static unsigned long
nouns(const struct report *r, uint64_t count)
{
	return is_hidden(r, count) ? REPORT_HIDDEN : (unsigned long)count;
}

void
report_boxes(const struct report *r)
{
	const struct findings *f = &r->audit->findings;
	uint64_t proofs = findings_of(f, SEVERITY_PROOF);
	uint64_t questions = findings_of(f, SEVERITY_QUESTION);
	uint64_t unchecked = findings_of_code(f, FINDING_UNCHECKED);
	uint64_t notes = findings_of(f, SEVERITY_NOTE) - unchecked -
	    findings_of_code(f, FINDING_SCOPE);

	bytes_add_text(r->out, "<div class=\"boxes\">\n");
	write_box(r, proofs,
	    ngettext("proof of manipulation", "proofs of manipulation",
		nouns(r, proofs)));
	write_box(r, questions,
	    ngettext(
		"question to ask", "questions to ask", nouns(r, questions)));
	write_box(r, unchecked,
	    ngettext("thing that could not be checked",
		"things that could not be checked", nouns(r, unchecked)));
	write_box(
	    r, notes, ngettext("other note", "other notes", nouns(r, notes)));
	bytes_add_text(r->out, "</div>\n");
}

static void
write_verdict(const struct report *r)
{
	static const char *const frames[4] = { "none", "question", "question",
		"proof" };
	int status = findings_exit(&r->audit->findings);
	const char *const sentences[4] = {
		_("Nothing to ask: everything that was checked is as it should "
		  "be."),
		_("There are questions to ask. No manipulation is proven."),
		_("Not everything could be checked. No manipulation is "
		  "proven."),
		_("Manipulation is proven."),
	};
	struct errtext text = { 0 };

	/* the sentence for the public has no counts in it */
	if (r->public)
		err_set(&text, ERR_OK, "%s", sentences[status]);
	else
		show_verdict(r->audit, &text);
	bytes_addf(r->out, "<p class=\"verdict %s\">", frames[status]);
	html_text(r->out, text.text);
	bytes_add_text(r->out, "</p>\n");
}

static void
row(const struct report *r, const char *what, const char *value)
{
	bytes_add_text(r->out, "<tr>");
	html_element(r->out, "th scope=\"row\"", what);
	html_element(r->out, "td", value);
	bytes_add_text(r->out, "</tr>\n");
}

void
report_scope(const struct report *r)
{
	const struct trust_list *list = r->audit->list;
	char from[CLOCK_INSTANT_SIZE] = "-", to[CLOCK_INSTANT_SIZE] = "-";
	char text[160], letters[64];
	struct report_sum sum = { 0 };
	struct show_totals t;
	size_t i;

	show_totals(r->audit, &t);
	for (i = 0; i < r->audit->center_count; i++) {
		struct report_sum one =
		    sum_letters(r, &r->audit->centers[i].stats);

		sum.shown += one.shown;
		sum.hidden = sum.hidden || one.hidden;
	}
	if (t.first != 0) {
		clock_format(t.first, from);
		clock_format(t.last, to);
	}
	bytes_add_text(r->out, "<table>\n");
	html_element(r->out, "caption", _("What was audited"));
	snprintf(text, sizeof(text), "%.10s - %.10s", from, to);
	row(r, _("period of the lines"), text);
	snprintf(text, sizeof(text), "%zu", t.centers);
	row(r, _("centers"), text);
	snprintf(text, sizeof(text), "%zu", t.logs);
	row(r, _("logs"), text);
	report_count_text(r, t.lines, text);
	row(r, _("lines, every signature checked"), text);
	sum_text(&sum, letters);
	row(r, _("letters"), letters);
	if (list != NULL) {
		clock_utc(list->issued_at, from);
		snprintf(text, sizeof(text), _("number %llu of %s"),
		    (unsigned long long)list->sequence, from);
		row(r, _("trust list"), text);
	}
	bytes_add_text(r->out, "</table>\n");
}

static void
write_center(const struct report *r, const struct audit_center *center)
{
	struct report_sum letters = sum_letters(r, &center->stats);
	char as_of[CLOCK_INSTANT_SIZE] = "-";
	uint64_t lines = 0;
	size_t i;

	for (i = 0; i < center->log_count; i++) {
		lines += center->logs[i].read;
		if (center->logs[i].as_of != 0)
			clock_utc(center->logs[i].as_of, as_of);
	}
	bytes_add_text(r->out, "<tr>");
	html_element(r->out, "th scope=\"row\"", center->center->code);
	html_element(r->out, "td", center->center->name);
	html_elementf(r->out, "td class=\"n\"", "%zu", center->log_count);
	report_count(r, lines);
	report_sum_cell(r, &letters);
	html_element(r->out, "td", as_of);
	html_element(r->out, "td", center->whole ? _("whole") : _("not whole"));
	bytes_add_text(r->out, "</tr>\n");
}

void
report_centers(const struct report *r)
{
	size_t i;

	bytes_add_text(r->out, "<table>\n");
	html_element(r->out, "caption", _("Centers"));
	bytes_add_text(r->out, "<thead><tr>");
	html_element(r->out, "th scope=\"col\"", _("code"));
	html_element(r->out, "th scope=\"col\"", _("name"));
	html_element(r->out, "th scope=\"col\" class=\"n\"", _("logs"));
	html_element(r->out, "th scope=\"col\" class=\"n\"", _("lines"));
	html_element(r->out, "th scope=\"col\" class=\"n\"", _("letters"));
	html_element(r->out, "th scope=\"col\"", _("as of"));
	html_element(r->out, "th scope=\"col\"", _("read"));
	bytes_add_text(r->out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < r->audit->center_count; i++)
		write_center(r, &r->audit->centers[i]);
	bytes_add_text(r->out, "</tbody></table>\n");
}

static void
write_first_page(const struct report *r)
{
	char now[CLOCK_INSTANT_SIZE] = "";
	const struct trust_list *list = r->audit->list;

	clock_utc(r->audit->options->now, now);
	bytes_add_text(r->out, "<section class=\"page\">\n");
	html_element(r->out, "h1",
	    r->public ? _("Audit of the signature logs: public report")
		      : _("Audit of the signature logs"));
	html_elementf(r->out, "p class=\"sub\"", _("%s (%s), made %s"),
	    list != NULL ? list->name : "-", list != NULL ? list->program : "-",
	    now);
	if (list != NULL && list->training)
		html_element(r->out, "p class=\"verdict\"",
		    _("TRAINING: this program issues no real letters."));
	write_verdict(r);
	report_boxes(r);
	report_scope(r);
	report_centers(r);
	report_unchecked(r);
	bytes_add_text(r->out, "</section>\n");
}

static void
write_head(const struct report *r)
{
	bytes_addf(r->out,
	    REPORT_MARK
	    "<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
	    i18n_language());
	html_element(r->out, "title", _("Audit of the signature logs"));
	bytes_add_text(r->out, "<style>");
	bytes_add(r->out, style, sizeof(style) - 1);
	bytes_add_text(r->out, "</style>\n</head>\n<body>\n");
}

static void
write_foot(const struct report *r)
{
	struct bytes hex = { 0 };

	bytes_add_text(r->out, "<footer>\n");
	html_elementf(r->out, "p",
	    _("Made by sello-audit %s. The logs hold no personal data; persons "
	      "of the staff are pseudonyms. A proof needs nobody's word; a "
	      "question has honest causes; a note is to be known."),
	    SELLO_VERSION);
	if (r->public)
		html_elementf(r->out, "p",
		    _("Counts from 1 to %d are written as <%d, and sums with "
		      "such a part as \"at least\"."),
		    REPORT_HIDDEN - 1, REPORT_HIDDEN);
	if (r->audit->list != NULL) {
		hex_encode(r->audit->list->digest, 32, &hex);
		html_elementf(r->out, "p", _("SHA-256 of the trust list: %s"),
		    hex.failed ? "" : (const char *)hex.at);
	}
	bytes_free(&hex);
	bytes_add_text(r->out, "</footer>\n</body>\n</html>\n");
}

enum err
report_html(const struct audit *audit, bool public, struct bytes *out,
    struct errtext *err)
{
	const struct report r = { audit, public, out };

	write_head(&r);
	write_first_page(&r);
	report_findings(&r);
	report_counts(&r);
	if (!public) {
		report_people(&r);
		report_keys(&r);
		report_sample(&r);
	}
	write_foot(&r);
	return out->failed ? err_memory(err) : ERR_OK;
}
