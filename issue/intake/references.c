/*
 * references.c - references.h.
 */
#include "issue/intake/references.h"

#include "base/bytes.h"
#include "letter/letter.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct reference {
	char text[sizeof(((struct letter *)0)->case_reference)];
	size_t line;
};

struct references {
	void *tree; /* of struct reference: tsearch(3), which balances */
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct reference *)a)->text,
	    ((const struct reference *)b)->text);
}

enum err
references_add(struct references **references, const char *text, size_t line,
    size_t *first)
{
	struct reference *mine, **found;

	if (*references == NULL &&
	    (*references = calloc(1, sizeof(**references))) == NULL)
		return ERR_MEMORY;
	if ((mine = calloc(1, sizeof(*mine))) == NULL)
		return ERR_MEMORY;
	text_copy(mine->text, sizeof(mine->text), text);
	mine->line = line;
	found = tsearch(mine, &(*references)->tree, compare);
	if (found == NULL || *found != mine)
		free(mine); /* not the tree's */
	if (found == NULL)
		return ERR_MEMORY;
	*first = (*found)->line;
	return ERR_OK;
}

void
references_free(struct references **references)
{
	if (*references == NULL)
		return;
	tdestroy((*references)->tree, free);
	free(*references);
	*references = NULL;
}
