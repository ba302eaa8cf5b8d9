/*
 * rows.h - a picture that is decoded row by row, from the top, at half its size
 * where it has more pixels than a reader wants (GRAY_WANTED): then only two rows
 * of the file are ever in memory.
 */
#ifndef DECODE_ROWS_H
#define DECODE_ROWS_H

#include "decode/gray.h"

/* Start as {0}. */
struct rows {
	struct gray *out;
	uint32_t width;  /* of a row of the file */
	unsigned shrink; /* 2, or 1: whole */
	uint32_t y;      /* of the next row of the file */
	uint8_t *pair;   /* two rows of the file, when they become one */
};

/*
 * rows_begin - a picture of so many pixels in the file: out is a new picture, for
 * gray_free() whatever comes, and borrowed until rows_end(). False without memory.
 */
bool rows_begin(
    struct rows *rows, uint32_t width, uint32_t height, struct gray *out);

/* rows_next - where the next row goes, as wide as in the file; rows_put - it is
 * there. Not more of them than the file has. */
uint8_t *rows_next(struct rows *rows);
void rows_put(struct rows *rows);

/* rows_end - {0} is fine. */
void rows_end(struct rows *rows);

#endif
