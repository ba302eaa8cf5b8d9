/*
 * summary_parts.h - what the last lines and the table of a summary share.
 */
#ifndef VERIFY_SUMMARY_PARTS_H
#define VERIFY_SUMMARY_PARTS_H

#include "verify/summary.h"

#include <stdio.h>

/* summary_text - what was remembered, "" for nothing. */
static inline const char *
summary_text(const struct bytes *text)
{
	return text->at != NULL ? (const char *)text->at : "";
}

/* summary_some - a sentence, where there is one. */
void summary_some(FILE *out, const struct bytes *text);

/* summary_table - of several results, a row each. */
void summary_table(const struct summary *summary, const struct display *display,
    const struct judge *judge);

#endif
