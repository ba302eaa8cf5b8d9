/*
 * frame.h - why no code was read in a camera's frame, as far as light and
 * edges tell. It only helps a hand; no verdict looks at it.
 */
#ifndef VERIFY_DESK_FRAME_H
#define VERIFY_DESK_FRAME_H

#include "scan/scan.h"

/*
 * frame_hint - of a PGM ("P5 WIDTH HEIGHT 255\n" and a byte a pixel):
 * HINT_DARK, HINT_GLARE, HINT_BLURRED, HINT_NO_CODE (nothing is held there),
 * HINT_TOO_SMALL (print is there, and sharp); HINT_NO_CODE for what is no PGM.
 */
enum scan_hint frame_hint(const uint8_t *pgm, size_t len);

#endif
