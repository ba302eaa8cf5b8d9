/*
 * pictures.h - pictures of a code for tests of readers.
 */
#ifndef TESTS_SUPPORT_PICTURES_H
#define TESTS_SUPPORT_PICTURES_H

#include "scan/scan.h"

/* As long as a letter's code; the text itself does not matter to readers. */
extern const char picture_code[];

/* picture_put - a PNG of the text's symbol, so many pixels a module. */
void picture_put(const char *path, const char *text, int pixels);

/* picture_scan - scan_bytes() of a file; an error without words is a failed
 * test. */
enum err picture_scan(const char *path, struct scan_result *out);

/* picture_has - was this text found? */
bool picture_has(const struct scan_result *result, const char *text);

#endif
