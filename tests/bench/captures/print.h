/*
 * print.h - letters of people who do not exist, signed, packed and printed as
 * sello-issue does it, with the same functions; and the paper that leaves the
 * printer, at 300 dpi.
 */
#ifndef CAPTURES_PRINT_H
#define CAPTURES_PRINT_H

#include "base/bytes.h"
#include "sheet/symbol.h"
#include "tests/bench/captures/photo.h"

#define PRINT_MODULE 9 /* printed dots a module (lib/sheet/code.c) */

struct print {
	struct bytes text; /* of the code */
	struct symbol symbol;
	struct photo page;  /* the first; 0 black, 1 white */
	int code_x, code_y; /* of the first module, in dots */
};

/*
 * print_letter - the number-th letter of a seed. The longer ones have more
 * dependants, so the codes are of many versions. The center's key and its
 * signatures too follow from the seed, so they protect nothing.
 */
void print_letter(uint64_t seed, unsigned number, struct print *out);
void print_free(struct print *print);

#endif
