/*
 * Any bytes as program.ini: what is read of it may stand in a list, in order.
 */
#include "keys/program.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct trust_list *list = NULL;
	size_t i;

	if (program_parse(data, len, &list, NULL) != ERR_OK) {
		if (list != NULL)
			abort();
		return 0;
	}
	if (list->name[0] != '\0' &&
	    !cert_text_is_fit(list->name, CERT_TEXT_MAX))
		abort();
	for (i = 0; i < list->consulate_count; i++) {
		const struct trust_consulate *c = &list->consulates[i];

		if (!cert_text_is_fit(c->name, CERT_TEXT_MAX) ||
		    trust_find_consulate(list, c->code) != c)
			abort();
	}
	for (i = 0; i < list->pathway_count; i++)
		if (trust_pathway_label(&list->pathways[i], "es") == NULL ||
		    trust_find_pathway(list, list->pathways[i].code) !=
			&list->pathways[i])
			abort();
	trust_free(&list);
	return 0;
}
