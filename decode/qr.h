/*
 * qr.h - what ISO/IEC 18004 fixes of a QR symbol (model 2): where each module
 * belongs, how code words are cut into blocks and laid out, masks, format and
 * version information.
 *
 * Coordinates count modules from the top left corner, x to the right. Modules
 * of a symbol are an array of side * side, row by row.
 */
#ifndef DECODE_QR_H
#define DECODE_QR_H

#include "decode/gray.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QR_VERSION_MAX  40
#define QR_SIDE_MAX     177
#define QR_MODULE_MAX   (QR_SIDE_MAX * QR_SIDE_MAX)
#define QR_CODEWORD_MAX 3706
#define QR_BLOCK_MAX    81
#define QR_MARK_MAX     7 /* rows of alignment patterns */

/* As the two bits of the format information count them. */
enum qr_level { QR_M, QR_L, QR_H, QR_Q };

/* What a module is for. Light and dark ones are the same in every symbol. */
enum qr_kind { QR_LIGHT, QR_DARK, QR_FORMAT, QR_VERSION, QR_DATA };

/* qr_side - modules along a side. */
int qr_side(int version);

/* qr_marks - the coordinates that centers of alignment patterns have in both
 * directions, 6 first; how many. No pattern stands where a finder does. */
int qr_marks(int version, int at[QR_MARK_MAX]);

/* qr_layout - what each module is for; kind has room for the symbol. */
void qr_layout(int version, uint8_t *kind);

/* qr_order - the places of the data bits, in the order in which they are laid
 * down; how many. place has room for the symbol. */
int qr_order(int version, const uint8_t *kind, uint16_t *place);

/* qr_mask - does this mask (0 to 7) turn the module over? */
bool qr_mask(int mask, int x, int y);

/* The blocks of a symbol: the last ones hold one byte of data more. */
struct qr_blocks {
	int count, short_count;
	int data;  /* bytes of a short block before its check bytes */
	int check; /* check bytes of each */
};

/* qr_blocks - of a version, 1 to QR_VERSION_MAX, and a level. */
void qr_blocks(int version, enum qr_level level, struct qr_blocks *out);
/* qr_block_data - bytes of data of block i. */
int qr_block_data(const struct qr_blocks *blocks, int i);
/* qr_stream_place - where byte `at` of block i stands in the laid-down row. */
int qr_stream_place(const struct qr_blocks *blocks, int i, int at);

/*
 * qr_format_bits - 15 bits, the first one highest, masked as drawn;
 * qr_version_bits - 18, from version 7.
 *
 * qr_format_place, qr_version_place - where bit i (0 is the lowest) of copy 0 or
 * 1 stands.
 */
unsigned qr_format_bits(enum qr_level level, int mask);
unsigned qr_version_bits(int version);
int qr_format_place(int version, int copy, int i);
int qr_version_place(int version, int copy, int i);

/*
 * qr_draw - a whole symbol: function patterns, information, code words as laid
 * down. module is 1 where it is dark.
 */
void qr_draw(int version, enum qr_level level, int mask, const uint8_t *stream,
    uint8_t *module);

/* qr_paint - the same as a picture that any reader reads, the quiet zone around it;
 * false without memory. */
bool qr_paint(int version, enum qr_level level, int mask, const uint8_t *stream,
    struct gray *out);

#endif
