/*
 * plain.h - small text files as people's editors leave them: calendars,
 * program.ini, lists of numbers, requests that came by mail, passphrases. One
 * way to read them: the mark of UTF-8 at the front (Notepad) is nobody's word,
 * lines end with LF or CR LF, the last one with either or nothing.
 */
#ifndef BASE_PLAIN_H
#define BASE_PLAIN_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plain {
	struct reader rest;
	size_t line; /* the number of the line last read, from 1 */
};

/* plain_begin - text of len bytes, behind the mark; not kept. */
struct plain plain_begin(const void *text, size_t len);

/* plain_line - the next line without its end; false behind the last. */
bool plain_line(struct plain *plain, struct reader *line);

/* plain_filled - the next line that is more than blanks, without those around
 * it; false when there is none. */
bool plain_filled(struct plain *plain, struct reader *line);

/* plain_trim - without the blanks (spaces, tabs, CR) around it. */
void plain_trim(struct reader *text);

/* plain_unquote - trimmed, and without one pair of quotes around it: "x", 'x',
 * or those that word processors make of them. */
void plain_unquote(struct reader *text);

#endif
