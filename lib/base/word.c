/*
 * word.c - word.h.
 */
#include "base/word.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

const struct word *
word_find(const struct word *list, const char *word)
{
	for (; list->word != NULL; list++)
		if (strcmp(list->word, word) == 0)
			return list;
	return NULL;
}

const char *
word_both(const char *word, char out[WORD_BOTH_SIZE])
{
	const char *own = _(word);

	if (strcmp(own, word) == 0)
		snprintf(out, WORD_BOTH_SIZE, "%s", word);
	else
		snprintf(out, WORD_BOTH_SIZE, "%s (%s)", own, word);
	return out;
}
