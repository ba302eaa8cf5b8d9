/*
 * untag.h - the words of a web page, for the code that somebody copied into one, or
 * into a mail that is one.
 */
#ifndef SCAN_UNTAG_H
#define SCAN_UNTAG_H

#include "base/bytes.h"

/* untag - what is outside of <tags>, appended to out: each tag and &nbsp; is a space,
 * the rest as it is. Memory lacks: out->failed. */
void untag(struct reader page, struct bytes *out);

#endif
