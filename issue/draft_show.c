/*
 * draft_show.c - draft_show.h.
 */
#include "issue/draft_show.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/table.h"
#include "issue/alike.h"
#include "letter/view.h"
#include "trust/authenticate.h"

static void
print_problems(FILE *out, const struct bytes *problems)
{
	json_t *all = json_loads((const char *)problems->at, 0, NULL);
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *text =
		    json_string_value(json_object_get(one, "text"));
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		if (text != NULL && code != NULL)
			print_to(out, "%s: %s\n", code, text);
	}
	json_decref(all);
}

enum err
draft_show(FILE *out, struct center *center, const struct draft *draft,
    struct errtext *err)
{
	struct alike_person person = { &draft->letter, draft->id, draft->at };
	struct letter_labels labels = { 0 };

	authenticate_labels(
	    center->list, &draft->letter, i18n_language(), &labels);
	view_print(out, &draft->letter, &labels);
	print_problems(out, &draft->problems);
	return draft->state != DRAFT_PENDING
	    ? ERR_OK
	    : alike_print(center, &person, out, table_width(), err);
}
