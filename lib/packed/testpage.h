/*
 * testpage.h - what the codes of a printer's test page say: a body of format
 * 0x00 (docs/packed-form.md, section 5), as long as a common letter's, so that
 * they are printed and read like one. No letter, no data of anybody.
 */
#ifndef PACKED_TESTPAGE_H
#define PACKED_TESTPAGE_H

#include "base/bytes.h"

#define TESTPAGE_FORMAT 0x00

/* testpage_text - append what code number `index` says; the same for ever, and
 * each another. Check text->failed. */
void testpage_text(uint8_t index, struct bytes *text);

#endif
