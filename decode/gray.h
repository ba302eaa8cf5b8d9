/*
 * gray.h - gray pictures and the few operations that help a QR reader:
 * scaling, turning, smoothing, sharpening, spreading.
 *
 * Part of sello-decode. Every operation makes a new picture and returns false
 * without memory; nothing here reads a file.
 */
#ifndef DECODE_GRAY_H
#define DECODE_GRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAY_SIDE_MAX  32768        /* pixels of one side */
#define GRAY_PIXEL_MAX (64u << 20)  /* pixels of one picture */
#define GRAY_WANTED    (24u << 20)  /* read as they are up to here */
#define GRAY_RAW_MAX   (192u << 20) /* bytes that a picture file unpacks to */

/* Rows from top to bottom without padding, 0 is black. Start as {0}. */
struct gray {
	uint32_t width, height;
	uint8_t *at;
	/* across and down, in micrometres, as its file says; 0: not said. Other
	 * shapes of a picture do not know it, but for gray_turn() */
	uint32_t um[2];
	bool is_cut; /* the file ends before much of the picture */
	/* the file has more pixels, and each was decoded: which JPEG does not do */
	bool is_shrunk;
};

/* gray_fits - within the limits above, and not empty? Ask before decoding. */
bool gray_fits(uint64_t width, uint64_t height);

/* gray_unpacks - likewise, of so many bits a pixel in the file? Four channels of 16
 * bits would be unpacked for seconds. */
bool gray_unpacks(uint64_t width, uint64_t height, unsigned bits);

/* gray_shrink - at which part of its size a picture file of so many pixels is read:
 * 1, or 2 for half of each side, 4 ... Of what has more than GRAY_WANTED a code's
 * modules are large enough, and each pass over it would cost seconds. */
unsigned gray_shrink(uint64_t width, uint64_t height);

/* gray_new - unset pixels; false when it does not fit or without memory. */
bool gray_new(struct gray *out, uint64_t width, uint64_t height);
/* gray_free - then {0} again; {0} is fine. */
void gray_free(struct gray *picture);
/* gray_size - how many pixels, which is how many bytes. */
size_t gray_size(const struct gray *picture);

/*
 * gray_measure - how large it is on paper.
 *
 *   sides   pixels of the file across and down, which may be more than were decoded
 *   dots    a meter, across and down. What nobody scans at, and what programs
 *           write that do not know it (72 and 96 an inch), is not said
 */
void gray_measure(
    struct gray *picture, const uint32_t sides[2], const double dots[2]);

/* gray_row - the first pixel of a row. */
uint8_t *gray_row(const struct gray *picture, uint32_t y);

/*
 * gray_is_blank - is nothing printed on it? Dust, the grain of paper, what
 * shines through from behind and a scanner's dark margin are nothing.
 */
bool gray_is_blank(const struct gray *picture);

/* gray_half - 2 x 2 pixels to one. gray_half_row - of two rows to `count` pixels. */
bool gray_half(const struct gray *in, struct gray *out);
void gray_half_row(
    const uint8_t *above, const uint8_t *below, uint8_t *to, uint32_t count);

/* gray_resize - linear, to sides of num/den of the old; den <= 3 * num */
bool gray_resize(
    const struct gray *in, unsigned num, unsigned den, struct gray *out);

/* gray_double - twice as wide, or twice as high; linear. */
bool gray_double(const struct gray *in, bool across, struct gray *out);

/*
 * gray_turn - upright, as a camera or scanner says that it stands: 1 to 8 as
 * TIFF and EXIF number them (as it is, mirrored, half a turn, ...); any other
 * number is 1.
 */
bool gray_turn(const struct gray *in, unsigned orientation, struct gray *out);

/* gray_blur - mean of (2 r + 1) squared pixels, twice: nearly Gaussian. */
bool gray_blur(const struct gray *in, unsigned r, struct gray *out);

/* gray_sharpen - unsharp mask of radius r, amount in 256ths. */
bool gray_sharpen(
    const struct gray *in, unsigned r, int amount, struct gray *out);

/* gray_spread - what is dark, or else what is light, grows by a pixel each way:
 * against light that ran over, or toner that did. */
bool gray_spread(const struct gray *in, bool dark, struct gray *out);

/* gray_invert - white on black, as screens at night, to black on white. */
bool gray_invert(const struct gray *in, struct gray *out);

#endif
