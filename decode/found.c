/*
 * found.c - collecting and answering: decode/found.h.
 */
#include "decode/found.h"

#include "base/encode.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_known(const struct found *found, const void *data, size_t len)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		if (found->item[i].data.len == len &&
		    memcmp(found->item[i].data.at, data, len) == 0)
			return true;
	return false;
}

void
found_add(struct found *found, const struct found_place *place,
    const void *data, size_t len)
{
	struct found_item *item;

	if (len == 0 || len > PROTOCOL_ITEM_MAX || is_known(found, data, len))
		return;
	if (found->count == SCAN_CODE_MAX) {
		found_bad(found, ERR_LIMIT);
		return;
	}
	item = &found->item[found->count];
	bytes_add(&item->data, data, len);
	if (item->data.failed) {
		bytes_free(&item->data);
		found_bad(found, ERR_MEMORY);
		return;
	}
	item->place = *place;
	found->count++;
	if (len >= strlen(SCAN_PREFIX) &&
	    strncasecmp((const char *)item->data.at, SCAN_PREFIX,
		strlen(SCAN_PREFIX)) == 0)
		found->letter = true;
}

bool
found_is_over(const struct found *found)
{
	return found->count == SCAN_CODE_MAX && found->bad == ERR_LIMIT;
}

void
found_bad(struct found *found, enum err why)
{
	if (found->bad == ERR_OK)
		found->bad = why;
}

/* --- order of reading ----------------------------------------------------- */

static int
by_top(const void *a, const void *b)
{
	const struct found_item *one = a, *two = b;

	return (one->place.top > two->place.top) -
	    (one->place.top < two->place.top);
}

static int
by_left(const void *a, const void *b)
{
	const struct found_item *one = a, *two = b;

	return (one->place.left > two->place.left) -
	    (one->place.left < two->place.left);
}

/* Lines of codes: whatever begins above the middle of a line's first one. */
static void
put_in_order(struct found *found)
{
	struct found_item *item = found->item;
	size_t start, end;

	qsort(item, found->count, sizeof(*item), by_top);
	for (start = 0; start < found->count; start = end) {
		uint32_t middle =
		    (item[start].place.top + item[start].place.bottom) / 2;

		for (end = start + 1; end < found->count; end++)
			if (item[end].place.top > middle)
				break;
		qsort(item + start, end - start, sizeof(*item), by_left);
	}
}

void
found_picture(struct found *found, const struct gray *picture)
{
	found->side[0] = picture->width;
	found->side[1] = picture->height;
	memcpy(found->um, picture->um, sizeof(found->um));
}

static void
say_place(const struct found *found, const struct found_place *place,
    struct bytes *text)
{
	const uint32_t *um = found->um;
	bool said = um[0] > 0 && um[0] <= PROTOCOL_UM_MAX && um[1] > 0 &&
	    um[1] <= PROTOCOL_UM_MAX;

	bytes_addf(text, PROTOCOL_PLACE " %u %u %u %u", found->side[0],
	    found->side[1], said ? um[0] : 0, said ? um[1] : 0);
	for (int i = 0; i < 8; i++)
		bytes_addf(text, " %u", place->corner[i / 2][i % 2]);
	bytes_add_byte(text, '\n');
}

void
found_say_codes(struct found *found, struct bytes *text)
{
	size_t i;

	put_in_order(found);
	for (i = 0; i < found->count; i++) {
		struct bytes *data = &found->item[i].data;

		bytes_add_text(text, PROTOCOL_QR " ");
		base64_encode(data->at, data->len, text);
		bytes_add_byte(text, '\n');
		if (found->places)
			say_place(found, &found->item[i].place, text);
		bytes_free(data);
	}
	found->count = 0;
	found->letter = false;
}

static const char *
bad_word(enum err why)
{
	if (why == ERR_LIMIT)
		return PROTOCOL_BAD_LIMIT;
	if (why == ERR_REFUSED)
		return PROTOCOL_BAD_LOCKED;
	if (why == ERR_CONFIG)
		return PROTOCOL_BAD_KIND;
	if (why == ERR_NOT_FOUND)
		return PROTOCOL_BAD_BLANK;
	return why == ERR_MEMORY ? PROTOCOL_BAD_MEMORY : PROTOCOL_BAD_DAMAGED;
}

void
found_say_hint(const struct found *found, struct bytes *text)
{
	if (found->hint != HINT_NONE)
		bytes_addf(
		    text, PROTOCOL_HINT " %s\n", scan_hint_name(found->hint));
}

void
found_say_held(const struct found *found, struct bytes *text)
{
	if (found->held.len == 0)
		return;
	bytes_add_text(text, PROTOCOL_HELD " ");
	base64_encode(found->held.at, found->held.len, text);
	bytes_add_byte(text, '\n');
}

void
found_say_bad(const struct found *found, struct bytes *text)
{
	if (found->bad != ERR_OK)
		bytes_addf(text, PROTOCOL_BAD " %s\n", bad_word(found->bad));
}

void
found_free(struct found *found)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		bytes_free(&found->item[i].data);
	bytes_free(&found->held);
	*found = (struct found){ 0 };
}
