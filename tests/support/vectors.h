/*
 * vectors.h - the files of tests/vectors, line by line.
 */
#ifndef TESTS_SUPPORT_VECTORS_H
#define TESTS_SUPPORT_VECTORS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

#define VECTOR_WORDS 32

/*
 * vectors_each - give the words of each line that is no comment; further
 * ones are "". Returns how many lines were given; none is a failed test.
 */
size_t vectors_each(const char *name,
    void (*take)(char *word[VECTOR_WORDS], void *ctx), void *ctx);

/* vector_bytes - a hexadecimal word, "-" for none; the caller frees it. */
struct bytes vector_bytes(const char *hex);

/* vector_is - the word says "good", or "bad". */
bool vector_is_good(const char *word);

#endif
