/*
 * look.h - how verdicts look on a terminal: a color each, a mark each (the
 * shape says the same to who sees no colors), and sentences in lines of the
 * terminal's width.
 */
#ifndef VERIFY_LOOK_H
#define VERIFY_LOOK_H

#include "verify/verdict.h"

#include <stdio.h>

#define LOOK_INDENT 17 /* where sentences begin */

/* look_on, look_off - a verdict's color begins and ends; nothing without
 * color. */
void look_on(FILE *out, bool color, enum verdict verdict);
void look_off(FILE *out, bool color);

/* look_training - the line that stands with every verdict of a training
 * root. */
void look_training(FILE *out, bool color);

/*
 * look_sentence - a sentence with its code before it ("" for none), in lines
 * of at most look_columns(), all beginning in LOOK_INDENT.
 */
void look_sentence(FILE *out, const char *code, const char *sentence);

/* look_lines - a sentence that begins at the left. */
void look_lines(FILE *out, const char *text);

/* look_columns - as wide as the terminal: base/terminal.h. */
int look_columns(void);

/* look_width - columns of a text on the screen. */
int look_width(const char *text);

#endif
