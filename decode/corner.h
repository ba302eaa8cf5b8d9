/*
 * corner.h - is there a QR code that was not read? Its three corner
 * marks are seen where the code itself is too soft or too small to read, and
 * cost a tenth of an attempt.
 */
#ifndef DECODE_CORNER_H
#define DECODE_CORNER_H

#include "decode/gray.h"

/*
 * corner_three - are there three corner marks of one size: rings that are
 * 1:1:3:1:1 dark and light across and down? A guess, for looking closer: what
 * is dark is told by one threshold for the whole picture.
 */
bool corner_three(const struct gray *picture);

#endif
