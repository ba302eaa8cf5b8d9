/*
 * cut.h - does a QR code that was not read go on beyond the picture's edge?
 */
#ifndef DECODE_CUT_H
#define DECODE_CUT_H

#include "decode/gray.h"

/*
 * cut_off - does a code lead from one of its corner marks to the edge, without
 * the white border that a whole code has before it? Of codes that lie straight,
 * by some degrees; of others it says no.
 */
bool cut_off(const struct gray *picture);

#endif
