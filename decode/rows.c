/*
 * rows.c - rows.h.
 */
#include "decode/rows.h"

#include <stdlib.h>

_Static_assert(GRAY_PIXEL_MAX / 4 <= GRAY_WANTED, "half the size is enough");

bool
rows_begin(struct rows *rows, uint32_t width, uint32_t height, struct gray *out)
{
	*rows = (struct rows){
		.out = out, .width = width, .shrink = gray_shrink(width, height)
	};
	if (rows->shrink > 1 &&
	    (rows->pair = malloc((size_t)width * 2)) == NULL)
		return false;
	if (!gray_new(out, width / rows->shrink, height / rows->shrink))
		return false;
	out->is_shrunk = rows->shrink > 1;
	return true;
}

static uint8_t *
second(const struct rows *rows)
{
	return rows->pair + rows->width;
}

uint8_t *
rows_next(struct rows *rows)
{
	if (rows->shrink == 1)
		return gray_row(rows->out, rows->y);
	return rows->y % 2 == 0 ? rows->pair : second(rows);
}

void
rows_put(struct rows *rows)
{
	if (rows->shrink > 1 && rows->y % 2 == 1)
		gray_half_row(rows->pair, second(rows),
		    gray_row(rows->out, rows->y / 2), rows->out->width);
	rows->y++;
}

void
rows_end(struct rows *rows)
{
	free(rows->pair);
	*rows = (struct rows){ 0 };
}
