/*
 * save.c - gray PNG and JPEG (shot.h), with nothing in them that changes from
 * one day to the next.
 */
#include "base/bytes.h"
#include "tests/bench/captures/shot.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
/* it wants stdio.h before it */
#include <jpeglib.h>

static uint8_t *
levels(const struct photo *picture)
{
	size_t count = (size_t)picture->width * (size_t)picture->height;
	uint8_t *out = malloc(count);

	if (out == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
		out[i] = (uint8_t)picture->at[i];
	return out;
}

static void
to_png(const struct photo *picture, const uint8_t *pixels, struct bytes *file)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)picture->width,
		.height = (png_uint_32)picture->height,
		.format = PNG_FORMAT_GRAY };
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	uint8_t *room = bytes_reserve(file, size);

	if (room == NULL ||
	    !png_image_write_to_memory(
		&image, room, &size, 0, pixels, picture->width, NULL))
		abort();
	file->len += size;
}

static void
to_jpeg(const struct photo *picture, int quality, uint8_t *pixels,
    struct bytes *file)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *made = NULL;
	unsigned long size = 0;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &made, &size);
	jpeg.image_width = (JDIMENSION)picture->width;
	jpeg.image_height = (JDIMENSION)picture->height;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	jpeg.dct_method = JDCT_ISLOW;
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW row = pixels +
		    (size_t)jpeg.next_scanline * (size_t)picture->width;

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	bytes_add(file, made, size);
	jpeg_destroy_compress(&jpeg);
	free(made);
}

static void
write_file(const char *path, const struct bytes *file)
{
	FILE *out = fopen(path, "wb");

	if (out == NULL || fwrite(file->at, 1, file->len, out) != file->len ||
	    fclose(out) != 0) {
		fprintf(stderr, "make-captures: %s cannot be written\n", path);
		exit(EXIT_FAILURE);
	}
}

void
shot_save(const struct shot *shot, const struct photo *picture, char *path,
    size_t size)
{
	const char *ending = shot->quality > 0 ? ".jpg" : ".png";
	uint8_t *pixels = levels(picture);
	struct bytes file = { 0 };
	size_t len = strlen(path);

	snprintf(path + len, size - len, "%s", ending);
	if (shot->quality > 0)
		to_jpeg(picture, shot->quality, pixels, &file);
	else
		to_png(picture, pixels, &file);
	if (file.failed)
		abort();
	write_file(path, &file);
	bytes_free(&file);
	free(pixels);
}
