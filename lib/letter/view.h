/*
 * view.h - a letter on a terminal and as JSON. Only for letters whose
 * signature was verified, or for the center's own drafts.
 */
#ifndef LETTER_VIEW_H
#define LETTER_VIEW_H

#include "base/json.h"
#include "letter/labels.h"

#include <stdio.h>

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
