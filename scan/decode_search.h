/*
 * decode_search.h - looking for QR codes in a gray picture, with zbar.
 *
 * zbar alone reads a clean code. Photos are unsharp, noisy, dim, too large
 * or too small, so the picture is shown to it again in better shapes until a
 * letter's code is found or the time is used up.
 */
#ifndef SCAN_DECODE_SEARCH_H
#define SCAN_DECODE_SEARCH_H

#include "scan/decode_found.h"
#include "scan/decode_gray.h"

#define SEARCH_SECONDS 3 /* processor time for all pictures of a file */

struct search; /* opaque */

/* search_new - found is borrowed; NULL without memory. */
struct search *search_new(struct found *found);

/* search_quick - the picture as it is, and at half its size. */
void search_quick(struct search *search, const struct gray *picture);

/* search_thorough - every shape, until found->letter or out of time. */
void search_thorough(struct search *search, const struct gray *picture);

/* search_has_time - may another attempt begin? */
bool search_has_time(const struct search *search);

void search_free(struct search **search);

#endif
