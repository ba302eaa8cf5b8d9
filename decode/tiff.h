/*
 * tiff.h - the codes on the pages of a TIFF, as scanners and fax machines
 * write them. libtiff reads it; part of sello-decode only.
 */
#ifndef DECODE_TIFF_H
#define DECODE_TIFF_H

#include "decode/paged.h"

/* bytes of a strip or tile, unpacked; of more the page is told as too large */
#define TIFF_STRIP_MAX (96u << 20)
/* bytes of the file that are read, each time again */
#define TIFF_READ_MAX (192u << 20)
#define TIFF_PAGE_MAX 100 /* pages looked at; the others are said to be not */

/*
 * tiff_search - look at every page, and say each when it is done
 * (scan/protocol.h). What is wrong with the whole file, or with the only page
 * that there is, goes into found->bad. False when the answer cannot be
 * written.
 */
bool tiff_search(const struct bytes *file, struct paged *paged);

#endif
