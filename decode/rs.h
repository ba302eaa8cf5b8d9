/*
 * rs.h - Reed-Solomon codes of QR symbols: ISO/IEC 18004, annexes A and B.
 * GF(256) by x^8 + x^4 + x^3 + x^2 + 1, generator roots 2^0, 2^1, ...
 *
 * A block mends e wrong bytes and s erased ones (known to be doubtful, by place)
 * while 2 e + s is at most its check bytes.
 */
#ifndef DECODE_RS_H
#define DECODE_RS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RS_LEN_MAX   255 /* bytes of a block, check bytes included */
#define RS_CHECK_MAX 68

/* Powers and logarithms of the field; made once by rs_init(). */
struct rs {
	uint8_t power[512];
	uint8_t log[256];
};

void rs_init(struct rs *rs);

/*
 * rs_encode - the check bytes of a block, put behind its data.
 *
 *   block  len bytes, the last `check` of which are written
 */
void rs_encode(const struct rs *rs, uint8_t *block, int len, int check);

/*
 * rs_mend - make a code word of what was read.
 *
 *   block    len bytes; changed only on success
 *   erased   places in it, each once, of bytes that count as not read
 *   erased_count  at most check
 *
 * How many bytes changed; -1: more is wrong than it can mend, or the arguments
 * are out of range. With as many erasures as check bytes any block becomes some
 * code word: whoever erases has to know by other means that it is the right one.
 */
int rs_mend(const struct rs *rs, uint8_t *block, int len, int check,
    const uint8_t *erased, int erased_count);

#endif
