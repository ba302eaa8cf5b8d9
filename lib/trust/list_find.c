/*
 * list_find.c - look-ups in a trust list: list.h.
 *
 * Finding a key is on the way of every letter: the index makes it a binary
 * search over all keys of all centers.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "trust/list_parts.h"

#include <stdlib.h>
#include <string.h>

static int
by_key_name(const void *a, const void *b)
{
	const struct trust_index_row *x = a, *y = b;

	return strcmp(x->key_name, y->key_name);
}

static void
fill_index(const struct trust_list *list, struct trust_index *index)
{
	size_t i, k;

	for (i = 0; i < list->center_count; i++) {
		const struct trust_center *center = &list->centers[i];

		for (k = 0; k < center->key_count; k++) {
			struct trust_index_row *row =
			    &index->row[index->count++];

			memcpy(row->key_name, center->keys[k].key_name,
			    sizeof(row->key_name));
			row->key = &center->keys[k];
			row->center = center;
		}
	}
	qsort(index->row, index->count, sizeof(index->row[0]), by_key_name);
}

enum err
list_index(struct trust_list *list, struct errtext *err)
{
	struct trust_index *index;
	size_t i, count = 0;

	for (i = 0; i < list->center_count; i++)
		count += list->centers[i].key_count;
	index = calloc(1, sizeof(*index) + count * sizeof(index->row[0]));
	if (index == NULL)
		return err_memory(err);
	fill_index(list, index);
	for (i = 1; i < index->count; i++)
		if (by_key_name(&index->row[i - 1], &index->row[i]) == 0) {
			err_set(err, ERR_PROFILE,
			    _("the trust list has two keys named %s"),
			    index->row[i].key_name);
			free(index);
			return ERR_PROFILE;
		}
	free(list->index);
	list->index = index;
	return ERR_OK;
}

static const struct trust_key *
search_key(const struct trust_list *list, const char *key_name,
    const struct trust_center **center)
{
	size_t i, k;

	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].key_count; k++)
			if (strcmp(list->centers[i].keys[k].key_name,
				key_name) == 0) {
				*center = &list->centers[i];
				return &list->centers[i].keys[k];
			}
	return NULL;
}

const struct trust_key *
trust_find_key(const struct trust_list *list, const char *key_name,
    const struct trust_center **center)
{
	struct trust_index_row wanted, *row;
	const struct trust_center *ignored;

	if (center == NULL)
		center = &ignored;
	if (strlen(key_name) >= sizeof(wanted.key_name))
		return NULL;
	if (list->index == NULL)
		return search_key(list, key_name, center);
	memcpy(wanted.key_name, key_name, strlen(key_name) + 1);
	row = bsearch(&wanted, list->index->row, list->index->count,
	    sizeof(*row), by_key_name);
	if (row == NULL)
		return NULL;
	*center = row->center;
	return row->key;
}

const struct trust_key *
trust_last_key(const struct trust_center *center)
{
	const struct trust_key *last = NULL;

	for (size_t i = 0; i < center->key_count; i++) {
		const struct trust_key *key = &center->keys[i];

		if (key->status == KEY_ACTIVE &&
		    (last == NULL || key->not_after > last->not_after))
			last = key;
	}
	return last;
}

int64_t
trust_center_since(const struct trust_center *center)
{
	return center->roster_count > 0 ? center->rosters[0].since - CLOCK_DAY
					: INT64_MIN;
}

const struct trust_roster *
trust_last_roster(const struct trust_center *center)
{
	return center->roster_count > 0
	    ? &center->rosters[center->roster_count - 1]
	    : NULL;
}

const struct trust_removed *
trust_find_removed(const struct trust_center *center, const char *code)
{
	for (size_t i = 0; i < center->removed_count; i++)
		if (strcmp(center->removed[i].code, code) == 0)
			return &center->removed[i];
	return NULL;
}

bool
trust_removed_holds(
    const struct trust_removed *removed, uint64_t index, int64_t time)
{
	return removed->has_size
	    ? index >= removed->size || time > removed->since
	    : time >= removed->since;
}

/*
 * Each table's rows begin with their code, so one comparison serves all.
 * Without an index the order is not known: look at every row.
 */
static const void *
find(const struct trust_list *list, const void *rows, size_t count, size_t size,
    const char *code)
{
	const char *row = rows;
	size_t low = 0, high = count;

	if (list->index == NULL) {
		for (; count > 0; count--, row += size)
			if (strcmp(row, code) == 0)
				return row;
		return NULL;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(code, row + middle * size);

		if (order == 0)
			return row + middle * size;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

_Static_assert(offsetof(struct trust_center, code) == 0, "find() needs it");
_Static_assert(offsetof(struct trust_consulate, code) == 0, "find() needs it");
_Static_assert(offsetof(struct trust_pathway, code) == 0, "find() needs it");

const struct trust_center *
trust_find_center(const struct trust_list *list, const char *code)
{
	return find(list, list->centers, list->center_count,
	    sizeof(list->centers[0]), code);
}

const struct trust_consulate *
trust_find_consulate(const struct trust_list *list, const char *code)
{
	return find(list, list->consulates, list->consulate_count,
	    sizeof(list->consulates[0]), code);
}

const struct trust_pathway *
trust_find_pathway(const struct trust_list *list, const char *code)
{
	return find(list, list->pathways, list->pathway_count,
	    sizeof(list->pathways[0]), code);
}

const char *
trust_pathway_label(const struct trust_pathway *pathway, const char *lang)
{
	const char *const wanted[] = { lang, "en", "es" };
	size_t w, i;

	for (w = 0; w < sizeof(wanted) / sizeof(wanted[0]); w++)
		for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
			if (strcmp(i18n_languages[i], wanted[w]) == 0 &&
			    pathway->label[i][0] != '\0')
				return pathway->label[i];
	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (pathway->label[i][0] != '\0')
			return pathway->label[i];
	return NULL;
}
