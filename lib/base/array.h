/*
 * array.h - arrays that grow by one at a time.
 *
 * Such an array is a pointer, a count and a capacity of its owner, who starts
 * them as NULL, 0, 0 and free()s the pointer. Growing moves what is in it, so
 * pointers into it end; and it leaves a copy behind in freed memory, so nothing
 * secret stands in one: that is for base/bytes.h.
 *
 *	if (!ARRAY_ROOM(list->at, list->count, list->cap))
 *		return err_memory(err);
 *	list->at[list->count++] = item;
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * ARRAY_ROOM - is there room for one behind the last, made where there was
 * none? What is in the room is undefined.
 *
 *   at     a T *; what it points to may have moved afterwards
 *   count  how many are in use
 *   cap    a size_t: for how many there is room; 0 beside an array that was
 *          made otherwise, which then grows at once
 *
 * False without memory: all as it was. count and cap are named twice, so they
 * may not count anything themselves.
 */
#define ARRAY_ROOM(at, count, cap) \
	((count) < (cap) || array_grow(&(at), (count), &(cap), sizeof(*(at))))

/*
 * array_grow - twice as many as are in use; for ARRAY_ROOM().
 *
 *   at    the address of the array's pointer, of whatever type
 *   each  size of one
 */
bool array_grow(void *at, size_t count, size_t *cap, size_t each);

#endif
