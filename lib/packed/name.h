/*
 * name.h - a person's name in few bits: a fixed prefix code.
 *
 * docs/packed-form.md, "Names". The code is part of format 0x01 and never
 * changes; a better one would be another format.
 */
#ifndef PACKED_NAME_H
#define PACKED_NAME_H

#include "packed/bits.h"

/* The code's tables, made once for all names of a letter. */
#define NAME_SYMBOL_COUNT  52
#define NAME_CONTEXT_COUNT 5
#define NAME_CODE_MAX      11 /* bits of a code */
struct name_book {
	uint16_t code[NAME_CONTEXT_COUNT][NAME_SYMBOL_COUNT];
	/* symbols ordered by code; how many have each length */
	uint8_t order[NAME_CONTEXT_COUNT][NAME_SYMBOL_COUNT];
	uint8_t count[NAME_CONTEXT_COUNT][NAME_CODE_MAX + 1];
};
/* packed_name_book - make them, from the frozen tables alone. */
void packed_name_book(struct name_book *book);

/*
 * packed_name - pass one name.
 *
 *   name  size bytes; read when b is writing, else filled with the name,
 *         NUL-terminated UTF-8 of at most PACKED_NAME_MAX characters
 *
 * Characters outside NameType make b fail; so does an empty name. Does not
 * judge NFC or where marks stand: that is for field_check(), after the
 * signature.
 */
void packed_name(
    const struct name_book *book, struct bits *b, char *name, size_t size);

#endif
