/*
 * array.c - arrays that grow by one at a time: array.h.
 */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAP 16

bool
array_grow(void *at, size_t count, size_t *cap, size_t each)
{
	size_t more = count < FIRST_CAP / 2 ? FIRST_CAP : count * 2;
	void *old, *made;

	if (count > SIZE_MAX / 2 || more > SIZE_MAX / each)
		return false;
	/* a T ** is no void **, but what it points to is copied as one */
	memcpy(&old, at, sizeof(old));
	if ((made = realloc(old, more * each)) == NULL)
		return false;
	memcpy(at, &made, sizeof(made));
	*cap = more;
	return true;
}
