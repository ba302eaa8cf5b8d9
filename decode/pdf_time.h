/*
 * pdf_time.h - how long poppler may work on a file: what a few bytes have it do
 * cannot be counted.
 */
#ifndef DECODE_PDF_TIME_H
#define DECODE_PDF_TIME_H

#include "base/bytes.h"

#define PDF_MS         700 /* for what is no picture */
#define PDF_MS_PER_MIB 300
#define PDF_MS_PER_MPX 30
/* what a file says of its pictures is believed so far */
#define PDF_MIB_MAX 8
#define PDF_MPX_MAX 36

/*
 * pdf_time_for - milliseconds of processor time to open the file, and as many to
 * draw each page of it, on this machine (pace.h).
 *
 * A clean page takes 20. What takes long and is nobody's fault are scans: many
 * bytes of pictures, or many pixels, of which there are 35 million on a sheet at 600
 * dots an inch. What a file says of them is believed so far and no further, and
 * pixels only so far as there are bytes for them, and the other way. Bytes
 * that are no picture give no time: 18 MB of lines are a bomb, too.
 */
long pdf_time_for(const struct bytes *file);

/* pdf_time_at - the same where all takes so many times as long. */
long pdf_time_at(const struct bytes *file, double times);

#endif
