/*
 * large.c - large.h. "large": true of a letter, or the number of its first copy
 * that is.
 */
#include "issue/center/large.h"

#include "base/i18n.h"

#include <stdlib.h>

#define KEY "large"

void
large_set(json_t *labels, int copy)
{
	json_object_set_new(
	    labels, KEY, copy > 1 ? json_integer(copy) : json_true());
}

bool
large_at(const json_t *labels, int copy)
{
	const json_t *from = json_object_get(labels, KEY);

	return json_is_true(from) ||
	    (json_is_integer(from) && copy >= json_integer_value(from));
}

enum err
large_begin(struct bytes *labels, int copy, bool *changed, struct errtext *err)
{
	json_t *both = json_loads((const char *)labels->at, 0, NULL);
	char *text = NULL;
	enum err rc = ERR_OK;

	*changed = false;
	if (!json_is_object(both)) {
		rc = err_set(err, ERR_DATA,
		    _("what the letter showed beside its codes is damaged in "
		      "the register"));
	} else if (!large_at(both, copy)) {
		large_set(both, copy);
		*changed = true;
		if ((text = json_dumps(both, JSON_COMPACT)) != NULL) {
			bytes_reset(labels);
			bytes_add_text(labels, text);
		}
		if (text == NULL || labels->failed)
			rc = err_memory(err);
	}
	free(text);
	json_decref(both);
	return rc;
}
