/*
 * emblem.h - a program's emblem: an outline that is filled black, as the
 * trust list carries it.
 *
 *	"120 100 M 10 10 L 110 10 C 110 60 60 90 60 90 Z M ..."
 *
 * Width and height, then shapes: M, at least one of L and C, Z; one space
 * between all; numbers of up to 4 digits and 2 decimals, none beyond width or
 * height. A subset of SVG's path data, so small that no big reader ever sees
 * what came by mail.
 */
#ifndef LETTER_EMBLEM_H
#define LETTER_EMBLEM_H

#include <stdbool.h>

#define EMBLEM_MAX  8192
#define EMBLEM_SIZE (EMBLEM_MAX + 1)

/* emblem_is_good - exactly that form. */
bool emblem_is_good(const char *text);

/* What is left of an emblem, and how large it is. */
struct emblem {
	const char *at;
	double width, height;
};

/* emblem_begin - false: not an emblem. */
bool emblem_begin(const char *text, struct emblem *out);

/* emblem_next - the next command (M, L, C, Z) with its 2, 2, 6 or 0 numbers;
 * 0 at the end, and at what is not the form. */
char emblem_next(struct emblem *emblem, double number[6]);

#endif
