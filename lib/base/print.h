/*
 * print.h - the one way to print. Names of files, reasons, cells of CSV and
 * names of places are what strangers wrote, and a terminal obeys what is in
 * them: a file's name could paint a green verdict. So every %s of a format
 * is made safe here (utf8_print_safe(): "?" for what moves, hides or turns
 * text, line feeds too); what stands in the format itself is the program's
 * own and goes out as it is. scripts/lint forbids other ways to print.
 *
 * On a terminal what is longer than a line is folded at spaces
 * (base/terminal.h); files and pipes get it as it is.
 *
 * JSON goes out by base/json.h, help and completion by cli/cli.h.
 */
#ifndef BASE_PRINT_H
#define BASE_PRINT_H

#include "base/bytes.h"
#include "base/fold.h"

#include <stdarg.h>
#include <stdio.h>

/* print - on standard output. Conversions: d i u x X o c s f e g m %, with
 * flags, width (of %s in characters), precision and length; no positions. */
void print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* print_to - the same to another stream. */
void print_to(FILE *out, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* print_own - what the program itself wrote, as it is: colors, screens. Never
 * for anything that was read. */
void print_own(FILE *out, const char *text);

/* print_folded - a text and a line feed, folded wherever it goes. */
void print_folded(FILE *out, const char *text, const struct fold *how);

/* print_flush - show what has no line feed yet: a question, before it is waited
 * for an answer. */
void print_flush(FILE *out);

/* print_add - the same as print(), appended to out; a failure stays in it. */
void print_add(struct bytes *out, const char *fmt, va_list list)
    __attribute__((format(printf, 2, 0)));

#endif
