/*
 * display.h - a result as text for people and as a line of JSON. What may be
 * shown of a letter is decided by its verdict, here and nowhere else.
 */
#ifndef VERIFY_DISPLAY_H
#define VERIFY_DISPLAY_H

#include "base/bytes.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct judge;
struct judged;
struct post;
/* How to write. */
struct display {
	FILE *out;
	bool color;   /* the terminal shows colors */
	bool compare; /* remind of what to compare; once a screen is enough */
	/* what people call this input, "scan 9, 15:13"; NULL: its source */
	const char *label;
};

/* display_source - what was judged, as people call it, with line and page,
 * appended to out. */
void display_source(const struct display *display, const struct judged *judged,
    struct bytes *out);

/*
 * display_text - verdict word first, then a sentence a reason with its code
 * and what to do, then (valid and attention only) every signed field in
 * printed order, then what this post knows and how old that is. Of a typed
 * number first what the log has under it.
 */
void display_text(const struct display *display, const struct judge *judge,
    const struct judged *judged);

/* display_object - docs/verdicts.md, "--json". New reference, NULL without
 * memory. */
json_t *display_object(const struct judge *judge, const struct judged *judged);

/* display_add_objects - the same into an array: one for each page, also of those
 * of which one thing is said. */
void display_add_objects(
    const struct judge *judge, const struct judged *judged, json_t *array);

/* display_lists_json - {sequence, issuedAt, ageDays}, null where unknown. */
json_t *display_lists_json(const struct post *post, int64_t now);

/* display_age_days - whole days since then; 0 when that is in the future. */
int64_t display_age_days(int64_t then, int64_t now);

#endif
