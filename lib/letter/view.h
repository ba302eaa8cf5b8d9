/*
 * view.h - a letter on a terminal and as JSON. Only for letters whose
 * signature was verified, or for the center's own drafts.
 */
#ifndef LETTER_VIEW_H
#define LETTER_VIEW_H

#include "base/json.h"
#include "letter/labels.h"

#include <stdio.h>

/* One line of a letter as people read it. */
struct view_line {
	const struct field *field; /* NULL: the machine-readable name */
	size_t dependant;          /* from 1; 0: of the letter itself */
	const char *label, *value;
};

/* view_each - every line, in printed order, in the screen's language, to
 * take(); the texts are borrowed for that long. */
void view_each(const struct letter *letter, const struct letter_labels *labels,
    void (*take)(void *ctx, const struct view_line *line), void *ctx);

/* view_print - every field, "Label: value" aligned, in printed order, in the
 * screen's language; wide characters counted; terminal-safe. */
void view_print(
    FILE *out, const struct letter *letter, const struct letter_labels *labels);

/*
 * view_json - docs/verdicts.md: keys of the table without Salt, plus
 * center, mrzPrimary, mrzSecondary (absent with one name); nationality an
 * array, dependants an array of objects {name, birthDate, relationship},
 * birthDateEstimated always a boolean; absent fields absent. New reference,
 * NULL without memory.
 */
json_t *view_json(const struct letter *letter);

#endif
