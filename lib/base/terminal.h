/*
 * terminal.h - what the terminal in front of a person can show: how wide it is,
 * and in which characters. All texts are UTF-8 inside; a terminal that is not
 * (LANG=C, es_ES.ISO-8859-1) gets its own characters, and the nearest ASCII for
 * what it has not: "Jose", "->". Only a terminal: files, pipes and JSON are
 * UTF-8 whatever the locale, for nothing may be lost on the way to a machine.
 */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdio.h>

/* terminal_init - once, before the program takes a locale of its own: what is
 * a terminal, and what LC_ALL, LC_CTYPE or LANG say of it. None of them: UTF-8.
 */
void terminal_init(void);

/* terminal_width - columns to wrap at: COLUMNS, else the window's that standard
 * output or error is on, else 80. Between 40 and 1000. */
size_t terminal_width(void);

/*
 * terminal_write - all of it. On standard output and error, where these are a
 * terminal: in its characters, and what is longer than a line is folded at
 * spaces (base/fold.h), for a terminal itself breaks in the middle of a word.
 * So a line goes out when it ends, or with terminal_flush(). What fails stays
 * in ferror(out).
 */
void terminal_write(FILE *out, const char *text, size_t len);

/* terminal_flush - what was written without a line feed yet, a question, and
 * fflush(), whose result it has. */
int terminal_flush(FILE *out);

/* terminal_add - append a line, or the question that begins one, as it is to be
 * written to a terminal that was opened by its name. */
void terminal_add(const char *text, size_t len, struct bytes *out);

/*
 * terminal_convert - append the same text in another set of characters, with
 * the nearest ones, or "?", for those that are missing.
 *
 *   charset  as iconv knows it, "ISO-8859-1"
 *
 * False, out as before, when the set is not known or the text not UTF-8.
 */
bool terminal_convert(
    const char *charset, const char *text, size_t len, struct bytes *out);

#endif
