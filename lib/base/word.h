/*
 * word.h - words of a fixed list that people type and programs read: they are
 * English in every language, so what each means always stands beside them.
 */
#ifndef BASE_WORD_H
#define BASE_WORD_H

#include <stddef.h>

/* One word; {0} ends a list. Texts are message ids marked with N_(). */
struct word {
	const char *word;    /* "withdrawn", as it is typed */
	const char *meaning; /* "void, for whatever reason" */
	const char *label;   /* what screens call it; NULL: the word itself */
};

/* word_find - its row, NULL when it is none of the list. */
const struct word *word_find(const struct word *list, const char *word);

/*
 * word_both - a word as the screen's language says it, and as it is typed:
 * "anulada (withdrawn)"; "withdrawn" alone where both are the same.
 *
 *   word  a message id
 */
#define WORD_BOTH_SIZE 96
const char *word_both(const char *word, char out[WORD_BOTH_SIZE]);

#endif
