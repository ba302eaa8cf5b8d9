/*
 * summary.c - summary.h.
 */
#include "verify/summary.h"

#include "base/array.h"
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

static const char *
text_of(const struct bytes *text)
{
	return text->at != NULL ? (const char *)text->at : "";
}

/* --- remembering ---------------------------------------------------------- */

/* A visit was to be recorded, and is not. At a counter, which records unasked,
 * no word is lost on a code that was read badly. */
static bool
is_withheld(const struct judge *judge, const struct judged *judged)
{
	return judge->record && !judged->further &&
	    judged->carrier != JUDGED_NUMBER &&
	    (judge->presented != PRESENTED_OTHER_VISIT ||
		judged->number[0] != '\0');
}

static enum summary_visit
visit_of(const struct judge *judge, const struct judged *judged)
{
	if (!verdict_shows_letter(&judged->result))
		return is_withheld(judge, judged) ? VISIT_WITHHELD : VISIT_NONE;
	if (!judge->record)
		return VISIT_UNRECORDED;
	if (judged->unrecorded != ERR_OK)
		return VISIT_FAILED;
	if (judge_is_mismatch(judge))
		return VISIT_MISMATCH;
	return judged->read_again ? VISIT_AGAIN : VISIT_RECORDED;
}

static void
add_person(struct summary_row *row, const struct letter *letter)
{
	const struct field *field = field_row(FIELD_BIRTH_DATE);
	char value[LABELS_VALUE_SIZE];

	bytes_add_text(&row->name, letter->surnames);
	if (letter->given_names[0] != '\0')
		bytes_addf(&row->name, ", %s", letter->given_names);
	labels_value(
	    i18n_language(), field, letter, NULL, value, sizeof(value));
	bytes_addf(
	    &row->birth, "%s: %s", labels_field(i18n_language(), field), value);
	if (letter->dependant_count > 0)
		bytes_addf(&row->dependants, "%s: %zu",
		    labels_field(i18n_language(), field_row(FIELD_DEPENDANTS)),
		    (size_t)letter->dependant_count);
}

static void
add_reasons(struct summary_row *row, const struct judged *judged)
{
	size_t i;

	for (i = 0; i < row->result.count; i++) {
		enum reason reason = row->result.reason[i];

		if (reasons_is_told(judged, reason))
			reasons_detail(judged, &row->told);
		else
			row->means[i] = reasons_means(judged, reason);
	}
}

static void
add_hotline(struct summary_row *row, const struct trust_center *center)
{
	char hotline[HOTLINE_SIZE];

	if (center == NULL || center->hotline[0] == '\0')
		return;
	labels_hotline(center->hotline, hotline);
	bytes_addf(
	    &row->hotline, "%s %s", _("Telephone of the center:"), hotline);
}

void
summary_add(struct summary *summary, const struct display *display,
    const struct judge *judge, const struct judged *judged)
{
	struct summary_row *row;
	struct bytes label = { 0 };

	if (!ARRAY_ROOM(summary->row, summary->count, summary->cap)) {
		summary->failed = true;
		return;
	}
	row = &summary->row[summary->count++];
	*row = (struct summary_row){ .result = judged->result,
		.visit = visit_of(judge, judged),
		.further = judged->further };
	add_reasons(row, judged);
	bytes_add_text(&row->proof, judged->proof.text);
	display_source(display, judged, &label);
	utf8_print_safe(text_of(&label), label.len, &row->label);
	bytes_free(&label);
	if (row->visit == VISIT_MISMATCH)
		add_hotline(row, judged->center);
	display_shown_here(judged, &row->here);
	display_shown_elsewhere(judged, &row->elsewhere);
	if (judged->carrier == JUDGED_NUMBER)
		row->answer = display_answer(judge, judged);
	if (verdict_shows_letter(&judged->result))
		add_person(row, &judged->letter.letter);
	else
		bytes_add_text(&row->name, judged->number);
}

void
summary_wipe(struct summary *summary)
{
	size_t i;

	for (i = 0; i < summary->count; i++) {
		bytes_wipe(&summary->row[i].label);
		bytes_wipe(&summary->row[i].name);
		bytes_wipe(&summary->row[i].birth);
		bytes_wipe(&summary->row[i].here);
		bytes_wipe(&summary->row[i].elsewhere);
		bytes_wipe(&summary->row[i].told);
		bytes_wipe(&summary->row[i].proof);
		bytes_wipe(&summary->row[i].dependants);
		bytes_wipe(&summary->row[i].hotline);
	}
	free(summary->row);
	*summary = (struct summary){ 0 };
}

/* --- one ------------------------------------------------------------------ */

static const char *
visit_text(enum summary_visit visit)
{
	switch (visit) {
	case VISIT_NONE:
		return NULL;
	case VISIT_RECORDED:
		return N_("This visit is recorded.");
	case VISIT_MISMATCH:
		return N_("Recorded: the ID document is of another person. Do "
			  "not act on the letter, and call the center.");
	case VISIT_AGAIN:
		return N_("Read a moment ago: the same visit, recorded once.");
	case VISIT_FAILED:
		return N_("This visit could not be recorded, see above.");
	case VISIT_UNRECORDED:
		return N_("This visit is not recorded.");
	case VISIT_WITHHELD:
		return N_("Not recorded, nor an answer: of letters that are "
			  "not authentic or could not be checked nothing is "
			  "recorded.");
	}
	return NULL;
}

/*
 * The verdict over the whole width. Amber and green begin with the same word,
 * so what is not green is filled with its mark, which is seen from afar
 * without color and without reading.
 */
static void
print_band(const struct display *display, enum verdict verdict)
{
	const struct verdict_row *row = &verdict_table[verdict];
	int mark = look_width(row->mark), columns = look_columns(), used;

	look_on(display->out, display->color, verdict);
	print_to(display->out, "%s %s", _(row->word), row->mark);
	used = look_width(_(row->word)) + 1 + mark;
	for (; verdict != VERDICT_VALID && used + 1 + mark <= columns;
	     used += 1 + mark)
		print_to(display->out, " %s", row->mark);
	if (display->color)
		print_to(display->out, "%*s",
		    used < columns ? columns - used : 0, "");
	look_off(display->out, display->color);
	print_to(display->out, "\n");
}

static void
print_some(FILE *out, const struct bytes *text)
{
	if (text->len > 0)
		look_sentence(out, "", text_of(text));
}

static void
print_last_reasons(FILE *out, const struct summary_row *row)
{
	size_t i;

	for (i = 0; i < row->result.count; i++) {
		const struct reason_row *reason =
		    &reason_table[row->result.reason[i]];

		look_sentence(out, reason->code,
		    row->means[i] != NULL ? _(row->means[i])
					  : text_of(&row->told));
		if (reason->reason == R_PRESENTED) {
			print_some(out, &row->here);
			print_some(out, &row->elsewhere);
		}
	}
}

static void
print_last(const struct display *display, const struct judge *judge,
    const struct summary_row *row)
{
	FILE *out = display->out;
	const char *visit = visit_text(row->visit);

	print_to(out, "\n");
	if (judge->post->info.training)
		look_training(out, display->color);
	print_band(display, row->result.verdict);
	print_last_reasons(out, row);
	print_some(out, &row->name);
	print_some(out, &row->birth);
	print_some(out, &row->dependants);
	print_some(out, &row->proof);
	if (row->answer != NULL)
		look_sentence(out, "", _(row->answer));
	if (visit != NULL)
		look_sentence(out, "", _(visit));
	print_some(out, &row->hotline);
}

/* --- several -------------------------------------------------------------- */

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
	const char *cut, *end = end_of(text_of(&row->label), &cut);

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
	const char *cut, *end = end_of(text_of(&row->label), &cut);
	struct bytes label = { 0 };
	size_t i;

	look_on(display->out, display->color, row->result.verdict);
	print_to(display->out, "%-*s", MARK - 1, verdict->mark);
	look_off(display->out, display->color);
	bytes_addf(&label, "%s%s", cut, end);
	put(&pen, MARK, 1, text_of(&label));
	bytes_free(&label);
	put(&pen, columns->verdict, 2, _(verdict->word));
	for (i = 0; i < row->result.count; i++)
		put(&pen, i == 0 ? columns->reasons : 0, i == 0 ? 2 : 1,
		    reason_table[row->result.reason[i]].code);
	if (row->name.len > 0)
		put(&pen, columns->reasons, 2, text_of(&row->name));
	print_to(display->out, "\n");
	if (row->visit == VISIT_FAILED || row->visit == VISIT_MISMATCH)
		look_sentence(display->out, "", _(visit_text(row->visit)));
	print_some(display->out, &row->hotline);
	print_some(display->out, &row->told);
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
		put(&pen, 0, pen.used > 0 ? 3 : 0, text_of(&text));
		bytes_free(&text);
	}
	print_to(display->out, "\n");
}

static bool
any_visit(const struct summary *summary, enum summary_visit visit)
{
	size_t i;

	for (i = 0; i < summary->count; i++)
		if (summary->row[i].visit == visit)
			return true;
	return false;
}

static void
print_table(const struct summary *summary, const struct display *display,
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

void
summary_print(const struct summary *summary, const struct display *display,
    const struct judge *judge)
{
	if (summary->count == 1)
		print_last(display, judge, &summary->row[0]);
	else if (summary->count > 1)
		print_table(summary, display, judge);
	if (summary->failed)
		print_to(display->out, "%s\n",
		    _("Not all of it is in this summary: out of memory."));
	print_flush(display->out);
}
