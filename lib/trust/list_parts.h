/*
 * list_parts.h - the halves of list.c: XML into a struct, and the index.
 */
#ifndef TRUST_LIST_PARTS_H
#define TRUST_LIST_PARTS_H

#include "trust/list.h"

/* One row of the index: a key's name and where it stands. */
struct trust_index_row {
	char key_name[DSIG_KEY_NAME_SIZE];
	const struct trust_key *key;
	const struct trust_center *center;
};
struct trust_index {
	size_t count;
	struct trust_index_row row[];
};

/*
 * list_parse - libxml2's tree of an authenticated document into a new list.
 * Takes the elements in their one order; does not judge what they say.
 * ERR_PROFILE for anything else, ERR_MEMORY.
 */
enum err list_parse(const uint8_t *xml, size_t len, struct trust_list **out,
    struct errtext *err);

/* list_index - build list->index; ERR_PROFILE for a key name twice. */
enum err list_index(struct trust_list *list, struct errtext *err);

#endif
