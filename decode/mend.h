/*
 * mend.h - from modules with doubts to a symbol without: format information by
 * the nearest of all 32, blocks mended, and for letters everything that is known
 * beforehand.
 *
 * Text of a letter is believed only when its own CRC is right. Any other text is
 * believed as every reader believes it: no block was damaged beyond what its
 * check bytes mend without erasing.
 */
#ifndef DECODE_MEND_H
#define DECODE_MEND_H

#include "decode/rs.h"
#include "decode/soft.h"
#include "decode/work.h"

/* Texts of one sampled symbol whose CRC may be asked: docs/reading.md has the
 * odds. */
#define MEND_TRIES 64

enum mend {
	MEND_NOT,    /* too much is wrong */
	MEND_PLAIN,  /* some text */
	MEND_LETTER, /* a letter; its CRC is right */
};

struct mended {
	int version, mask;
	enum qr_level level;
	uint8_t stream[QR_CODEWORD_MAX]; /* code words as laid down */
};

/* mend_symbol - out is written unless MEND_NOT. Symbols seen in a mirror are
 * turned. soft changes: modules of mended blocks become sure. Gives up when no
 * work is left. */
enum mend mend_symbol(const struct rs *rs, struct soft *soft, struct work *work,
    struct mended *out);

#endif
