/*
 * summary.c - summary.h.
 */
#include "verify/summary_parts.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/utf8.h"
#include "verify/display.h"
#include "verify/judge.h"
#include "verify/look.h"
#include "verify/reasons.h"
#include "verify/sentences.h"

#include <stdlib.h>
#include <string.h>

/* --- remembering ---------------------------------------------------------- */

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
	utf8_print_safe(summary_text(&label), label.len, &row->label);
	bytes_free(&label);
	if (row->visit == VISIT_MISMATCH)
		add_hotline(row, judged->center);
	sentences_shown_here(judged, &row->here);
	sentences_shown_elsewhere(judged, &row->elsewhere);
	if (judged->carrier == JUDGED_NUMBER)
		row->answer = sentences_entry(judge, judged);
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

void
summary_some(FILE *out, const struct bytes *text)
{
	if (text->len > 0)
		look_sentence(out, "", summary_text(text));
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
					  : summary_text(&row->told));
		if (reason->reason == R_PRESENTED) {
			summary_some(out, &row->here);
			summary_some(out, &row->elsewhere);
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
	summary_some(out, &row->name);
	summary_some(out, &row->birth);
	summary_some(out, &row->dependants);
	summary_some(out, &row->proof);
	if (row->answer != NULL)
		look_sentence(out, "", _(row->answer));
	if (visit != NULL)
		look_sentence(out, "", _(visit));
	summary_some(out, &row->hotline);
}

void
summary_print(const struct summary *summary, const struct display *display,
    const struct judge *judge)
{
	if (summary->count == 1)
		print_last(display, judge, &summary->row[0]);
	else if (summary->count > 1)
		summary_table(summary, display, judge);
	if (summary->failed)
		print_to(display->out, "%s\n",
		    _("Not all of it is in this summary: out of memory."));
	print_flush(display->out);
}
