/*
 * heif.c - HEIC and AVIF, as telephones keep their photos, by libheif: the
 * file's main picture, turned as the file says. Only its luminance is used.
 * libheif opens no other file and no address.
 *
 * It is loaded when such a file comes, before the reader locks itself in, and not
 * linked: it brings four more libraries, two of which write films, and every other
 * picture would wait a third longer for its reader to start.
 */
#include "decode/image.h"

#include "decode/deadline.h"
#include "decode/pace.h"
#include "scan/protocol.h"

#include <dlfcn.h>
#include <libheif/heif.h>
#include <malloc.h>
#include <sched.h>
#include <string.h>

/* Milliseconds of a machine of 2023 beside IMAGE_HEIF_MS: a photo of 12 million pixels
 * takes 700 of 2.5 MiB, and 1,000 of 7.5. */
#define MS_PER_MIB 100
#define MIB_MAX    8
#define MS_PER_MPX 25
#define MPX_MAX    50
#define FLAT       64 /* pixels a byte, of a picture that is nothing but paper */

/* What is called, under its own name. */
#define CALLS(call)                                                           \
	call(context_alloc) call(context_free)                                \
	    call(context_set_max_decoding_threads)                            \
		call(context_set_maximum_image_size_limit) call(              \
		    context_read_from_memory_without_copy)                    \
		    call(context_get_primary_image_handle) call(              \
			image_handle_get_width) call(image_handle_get_height) \
			call(image_handle_release) call(decode_image)         \
			    call(image_has_channel) call(image_get_width)     \
				call(image_get_height)                        \
				    call(image_get_bits_per_pixel_range)      \
					call(image_get_plane_readonly)        \
					    call(image_release)

#define MEMBER(name) __typeof__(heif_##name) *name;

struct heif {
	CALLS(MEMBER)
};

#define FIND(name)                                             \
	*(void **)&heif->name = dlsym(library, "heif_" #name); \
	found = found && heif->name != NULL;

static bool
find(void *library, struct heif *heif)
{
	bool found = true;

	CALLS(FIND)
	return found;
}

/* Loaded once; it stays. The first context has it look for more of its parts.
 * NULL: it is not there. */
static const struct heif *
get_heif(void)
{
	static struct heif heif;
	static bool found;
	void *library;

	if (found)
		return &heif;
	library = dlopen("libheif.so.1", RTLD_NOW | RTLD_LOCAL);
	found = library != NULL && find(library, &heif);
	if (found)
		heif.context_free(heif.context_alloc());
	return found ? &heif : NULL;
}

bool
image_heif_load(void)
{
	return get_heif() != NULL;
}

/* One processor and one heap: its libraries would start a thread for each that
 * the machine has, and each would take its share of what may be used. */
static void
be_small(void)
{
	cpu_set_t one;
	int cpu = sched_getcpu();

	(void)mallopt(M_ARENA_MAX, 1);
	CPU_ZERO(&one);
	CPU_SET((size_t)(cpu > 0 ? cpu : 0), &one);
	(void)sched_setaffinity(0, sizeof(one), &one);
}

/* One sample; files of more than 8 bits keep two bytes. */
static uint8_t
sample(const uint8_t *row, uint32_t x, int bits)
{
	uint16_t value;

	if (bits <= 8)
		return row[x];
	memcpy(&value, row + 2 * (size_t)x, sizeof(value));
	return (uint8_t)(value >> (bits - 8));
}

static enum err
copy_plane(const struct heif *heif, const struct heif_image *image,
    enum heif_channel channel, struct gray *out)
{
	int width = heif->image_get_width(image, channel);
	int height = heif->image_get_height(image, channel);
	int bits = heif->image_get_bits_per_pixel_range(image, channel);
	int stride = 0;
	const uint8_t *from =
	    heif->image_get_plane_readonly(image, channel, &stride);
	uint32_t x, y;

	if (from == NULL || width <= 0 || height <= 0 || bits < 1 || bits > 16)
		return ERR_UNREADABLE;
	if (!gray_fits((uint64_t)width, (uint64_t)height))
		return ERR_LIMIT;
	if (!gray_new(out, (uint64_t)width, (uint64_t)height))
		return ERR_MEMORY;
	for (y = 0; y < out->height; y++) {
		const uint8_t *row = from + (size_t)stride * y;
		uint8_t *to = gray_row(out, y);

		if (bits == 8)
			memcpy(to, row, out->width);
		else
			for (x = 0; x < out->width; x++)
				to[x] = sample(row, x, bits);
	}
	return ERR_OK;
}

/* As it is in the file: of colors that are kept as such, green is enough. */
static enum err
decode(const struct heif *heif, const struct heif_image_handle *handle,
    struct gray *out)
{
	struct heif_image *image = NULL;
	struct heif_error error = heif->decode_image(handle, &image,
	    heif_colorspace_undefined, heif_chroma_undefined, NULL);
	enum err rc;

	if (error.code != heif_error_Ok)
		return error.code == heif_error_Memory_allocation_error
		    ? ERR_MEMORY
		    : ERR_UNREADABLE;
	rc = copy_plane(heif, image,
	    heif->image_has_channel(image, heif_channel_Y) ? heif_channel_Y
							   : heif_channel_G,
	    out);
	heif->image_release(image);
	return rc;
}

static enum err
read_primary(
    const struct heif *heif, struct heif_context *context, struct gray *out)
{
	struct heif_image_handle *handle = NULL;
	int width, height;
	enum err rc = ERR_LIMIT;

	if (heif->context_get_primary_image_handle(context, &handle).code !=
	    heif_error_Ok)
		return ERR_UNREADABLE;
	width = heif->image_handle_get_width(handle);
	height = heif->image_handle_get_height(handle);
	if (width <= 0 || height <= 0)
		rc = ERR_UNREADABLE;
	else if (gray_fits((uint64_t)width, (uint64_t)height) &&
	    (uint64_t)width * (uint64_t)height <= IMAGE_HEIF_MAX)
		rc = decode(heif, handle, out);
	heif->image_handle_release(handle);
	return rc;
}

static enum err
read_file(const struct heif *heif, const struct bytes *file, struct gray *out)
{
	struct heif_context *context = heif->context_alloc();
	enum err rc = ERR_UNREADABLE;

	if (context == NULL)
		return ERR_MEMORY;
	heif->context_set_max_decoding_threads(context, 0);
	heif->context_set_maximum_image_size_limit(context, GRAY_SIDE_MAX);
	if (heif->context_read_from_memory_without_copy(
		    context, file->at, file->len, NULL)
		.code == heif_error_Ok)
		rc = read_primary(heif, context, out);
	heif->context_free(context);
	return rc;
}

/* A picture may be made of others, and these of others: a few bytes have it draw for
 * hours. Pixels are believed so far as there are bytes for them. */
static long
time_for(const struct bytes *file)
{
	const size_t mebibytes = file->len >> 20;
	const size_t megapixels = file->len * FLAT / 1000000;
	long ms = IMAGE_HEIF_MS;

	ms += MS_PER_MIB * (long)(mebibytes < MIB_MAX ? mebibytes : MIB_MAX);
	ms += MS_PER_MPX * (long)(megapixels < MPX_MAX ? megapixels : MPX_MAX);
	return (long)((double)ms * pace());
}

enum err
image_heif(const struct bytes *file, struct gray *out)
{
	const struct heif *heif = get_heif();
	enum err rc;

	if (heif == NULL)
		return ERR_CONFIG;
	be_small();
	deadline_set(time_for(file),
	    PROTOCOL_BAD " " PROTOCOL_BAD_LIMIT "\n" PROTOCOL_END "\n");
	deadline_run();
	rc = read_file(heif, file, out);
	deadline_pause();
	return rc;
}
