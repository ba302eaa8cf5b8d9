/*
 * fold.h - a long line in the width of a screen, broken at spaces: no word is
 * cut, nor a group of a fingerprint, nor the name of a file. Widths are places
 * on the screen, so colors take none and a wide character two.
 *
 * Who prints on a terminal need not care: base/terminal.h folds there what is
 * too long. This is for those who know better where further lines begin, or
 * how wide a page is that goes elsewhere.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

struct fold {
	size_t width;  /* places of a line; 0: any number */
	size_t column; /* where the cursor stands before the text */
	size_t hang;   /* where further lines begin; where that leaves too
			* little of the width: four places from the left */
	bool single;   /* a byte is a place: the text is not UTF-8 */
};

/*
 * fold_add - append a text without line feeds, as many of its words on a line
 * as fit. A word that is longer than a line stays whole, on a line of its own;
 * a machine-readable name goes on behind a "<".
 */
void fold_add(
    struct bytes *out, const char *text, size_t len, const struct fold *how);

/*
 * fold_line - the same for a whole line; of `how` only width and single count.
 * Further lines begin where its look says: behind a column's gap ("F-UNLOGGED
 * this letter"), a label ("Key: 1f2e") or an item's number ("2. "), else below
 * its first word.
 */
void fold_line(
    struct bytes *out, const char *line, size_t len, const struct fold *how);

/* fold_within - bytes of a text that take no more than so many places. */
size_t fold_within(const char *text, size_t len, size_t places);

#endif
