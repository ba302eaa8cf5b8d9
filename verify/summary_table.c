/*
 * summary_table.c - several results, a row each: summary.h.
 */
#include "verify/summary_parts.h"

#include "base/i18n.h"
#include "base/print.h"
#include "base/utf8.h"
#include "verify/display.h"
#include "verify/judge.h"
#include "verify/look.h"
#include "verify/reasons.h"

#include <stdlib.h>
#include <string.h>

#define MARK    5 /* columns of a mark and a space */
#define FURTHER 6 /* where a row goes on in a further line */
/* Rows of a table that leave room for what codes mean above it; where there are
 * more, that stands below them, where it stays. */
#define ON_SCREEN 10

/* A line of the table as it grows. */
struct pen {
	FILE *out;
	int used;
	int further; /* where a further line begins, where there is room */
};

/* The next text, in its column and so far from the last one, where there is
 * room; else in a further line. */
static void
put(struct pen *pen, int column, int gap, const char *text)
{
	int width = look_width(text);

	if (column < pen->used + gap)
		column = pen->used + gap;
	if (column + width > look_columns() && pen->used > FURTHER) {
		print_to(pen->out, "\n");
		pen->used = 0;
		column = pen->further + width <= look_columns() ? pen->further
								: FURTHER;
	}
	print_to(pen->out, "%*s%s", column - pen->used, "", text);
	pen->used = column + width;
}

/* Where columns begin. */
struct columns {
	int verdict, reasons;
};

/* What is left is for verdict and a reason. */
static int
label_room(void)
{
	int room = look_columns() - 44;

	return room > 20 ? room : 20;
}

#define CUT "\xe2\x80\xa6" /* an ellipsis */

/* As much of a label's end as there is room for: the number of a letter stands
 * at the end of its file's name, folders before it. */
static const char *
end_of(const char *label, const char **cut)
{
	const char *at = label, *slash;

	*cut = "";
	if (look_width(label) <= label_room())
		return label;
	*cut = CUT;
	for (slash = strchr(label, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/'))
		if (look_width(slash) < label_room())
			return slash;
	while (*at != '\0' && look_width(at) >= label_room())
		do
			at++;
		while (((unsigned char)*at & 0xc0) == 0x80);
	return at;
}

static int
label_width(const struct summary_row *row)
{
	const char *cut, *end = end_of(summary_text(&row->label), &cut);

	return look_width(end) + (*cut != '\0');
}

static int
widest_label(const struct summary *summary)
{
	int widest = look_width(_("Shown")), width;
	size_t i;

	for (i = 0; i < summary->count; i++) {
		width = label_width(&summary->row[i]);
		widest = width > widest ? width : widest;
	}
	return widest;
}

static int
widest_verdict(const struct summary *summary)
{
	int widest = look_width(_("Verdict")), width;
	size_t i;

	for (i = 0; i < summary->count; i++) {
		width = look_width(
		    _(verdict_table[summary->row[i].result.verdict].word));
		widest = width > widest ? width : widest;
	}
	return widest;
}

static void
print_row(const struct display *display, const struct columns *columns,
    const struct summary_row *row)
{
	const struct verdict_row *verdict = &verdict_table[row->result.verdict];
	struct pen pen = { .out = display->out,
		.used = MARK - 1,
		.further = columns->verdict };
	const char *cut, *end = end_of(summary_text(&row->label), &cut);
	struct bytes label = { 0 };
	size_t i;

	look_on(display->out, display->color, row->result.verdict);
	print_to(display->out, "%-*s", MARK - 1, verdict->mark);
	look_off(display->out, display->color);
	bytes_addf(&label, "%s%s", cut, end);
	put(&pen, MARK, 1, summary_text(&label));
	bytes_free(&label);
	put(&pen, columns->verdict, 2, _(verdict->word));
	for (i = 0; i < row->result.count; i++)
		put(&pen, i == 0 ? columns->reasons : 0, i == 0 ? 2 : 1,
		    reason_table[row->result.reason[i]].code);
	if (row->name.len > 0)
		put(&pen, columns->reasons, 2, summary_text(&row->name));
	print_to(display->out, "\n");
	if (row->visit == VISIT_FAILED || row->visit == VISIT_MISMATCH)
		look_sentence(display->out, "", _(visit_text(row->visit)));
	summary_some(display->out, &row->hotline);
	summary_some(display->out, &row->told);
}

/* A page without a code stands behind its letter: it is no trouble of its own.
 */
static void
print_with_pages(const struct display *display, const struct columns *columns,
    const struct summary *summary, size_t i)
{
	print_row(display, columns, &summary->row[i]);
	while (++i < summary->count && summary->row[i].further)
		print_row(display, columns, &summary->row[i]);
}

static void
print_rows(const struct summary *summary, const struct display *display,
    const struct columns *columns, int verdict)
{
	size_t i;

	for (i = 0; i < summary->count; i++)
		if ((int)summary->row[i].result.verdict == verdict &&
		    !summary->row[i].further)
			print_with_pages(display, columns, summary, i);
}

/* The worst first; last where the beginning scrolls away. */
static void
print_all_rows(const struct summary *summary, const struct display *display,
    const struct columns *columns, bool scrolls)
{
	int i;

	for (i = VERDICT_VALID; i <= VERDICT_NOT_AUTHENTIC; i++)
		print_rows(summary, display, columns,
		    scrolls ? i : VERDICT_NOT_AUTHENTIC - i);
}

/* What a code means in the rows: of the case, when it is one in all of them.
 * NULL: no row has it, but for those that say more. */
static const char *
meaning_of(const struct summary *summary, enum reason reason)
{
	const char *meaning = NULL;
	size_t i, k;

	for (i = 0; i < summary->count; i++) {
		const struct summary_row *row = &summary->row[i];

		for (k = 0; k < row->result.count; k++) {
			if (row->result.reason[k] != reason ||
			    row->means[k] == NULL)
				continue;
			if (meaning == NULL)
				meaning = row->means[k];
			else if (strcmp(meaning, row->means[k]) != 0)
				return reason_table[reason].sentence;
		}
	}
	return meaning;
}

/* Rows have room for the codes alone. */
static void
print_meanings(const struct summary *summary, FILE *out)
{
	int reason;

	for (reason = 0; reason < REASON_COUNT; reason++) {
		const char *meaning = meaning_of(summary, (enum reason)reason);

		if (meaning != NULL)
			look_sentence(
			    out, reason_table[reason].code, _(meaning));
	}
}

/* How many of each: rows may have scrolled away. */
static void
print_counts(const struct summary *summary, const struct display *display)
{
	struct pen pen = { .out = display->out };
	size_t count[4] = { 0 }, i;
	int verdict;

	for (i = 0; i < summary->count; i++)
		count[summary->row[i].result.verdict]++;
	for (verdict = VERDICT_NOT_AUTHENTIC; verdict >= VERDICT_VALID;
	     verdict--) {
		const struct verdict_row *row = &verdict_table[verdict];
		struct bytes text = { 0 };

		if (count[verdict] == 0)
			continue;
		bytes_addf(&text, "%s %s: %zu", _(row->word), row->mark,
		    count[verdict]);
		put(&pen, 0, pen.used > 0 ? 3 : 0, summary_text(&text));
		bytes_free(&text);
	}
	print_to(display->out, "\n");
}

static bool
any_visit(const struct summary *summary, enum visit visit)
{
	size_t i;

	for (i = 0; i < summary->count; i++)
		if (summary->row[i].visit == visit)
			return true;
	return false;
}

void
summary_table(const struct summary *summary, const struct display *display,
    const struct judge *judge)
{
	FILE *out = display->out;
	struct pen pen = { .out = out };
	struct columns columns;

	columns.verdict = MARK + widest_label(summary) + 2;
	columns.reasons = columns.verdict + widest_verdict(summary) + 2;
	bool scrolls = summary->count > ON_SCREEN;

	print_to(out, "\n");
	if (judge->post->info.training)
		look_training(out, display->color);
	if (!scrolls) {
		print_meanings(summary, out);
		print_to(out, "\n");
	}
	put(&pen, MARK, 0, _("Shown"));
	put(&pen, columns.verdict, 2, _("Verdict"));
	put(&pen, columns.reasons, 2, _("Reasons, name"));
	print_to(out, "\n");
	print_all_rows(summary, display, &columns, scrolls);
	print_to(out, "\n");
	if (scrolls)
		print_meanings(summary, out);
	print_counts(summary, display);
	if (any_visit(summary, VISIT_UNRECORDED))
		print_to(out, "%s\n", _("These visits are not recorded."));
	if (any_visit(summary, VISIT_WITHHELD))
		look_lines(out, _(visit_text(VISIT_WITHHELD)));
}
