/*
 * picture.h - pictures made byte by byte, so that they can lie.
 */
#ifndef TESTS_HOSTILE_PICTURE_H
#define TESTS_HOSTILE_PICTURE_H

#include "base/bytes.h"

#include <stdint.h>

/* Gray, white at first. */
struct canvas {
	unsigned width, height;
	uint8_t *at;
};

void canvas_new(struct canvas *c, unsigned width, unsigned height);
void canvas_free(struct canvas *c);

/* canvas_code - the symbol of a text, its quiet zone too, so many pixels a
 * module; what does not fit is left out. Returns its side in pixels. */
unsigned canvas_code(struct canvas *c, const char *text, unsigned x, unsigned y,
    unsigned pixels);

/* canvas_png, canvas_jpeg - append the picture. */
void canvas_png(const struct canvas *c, struct bytes *out);
void canvas_jpeg(const struct canvas *c, bool progressive, struct bytes *out);

/* png_chunk - append one, its checksum right. png_header - signature and IHDR,
 * of any values. png_rows - IDAT of this data, deflated. */
void png_chunk(
    struct bytes *out, const char *type, const void *data, size_t len);
void png_header(struct bytes *out, uint32_t width, uint32_t height, int depth,
    int color, int interlace);
void png_rows(struct bytes *out, const void *data, size_t len);

/* squeeze - append a zlib stream (bits 15) or a raw one (-15). */
void squeeze(const void *data, size_t len, int bits, struct bytes *out);

/* squeeze_same - of so many same bytes, without holding them. */
void squeeze_same(uint8_t byte, size_t len, int bits, struct bytes *out);

#endif
