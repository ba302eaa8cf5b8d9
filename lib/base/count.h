/*
 * count.h - "1 line", "5 lines": a number with its noun, by the user's
 * language (ngettext). One text a noun, whatever sentence it stands in; the
 * sentence has a %s in its place and no verb that would have to agree with it.
 */
#ifndef BASE_COUNT_H
#define BASE_COUNT_H

#include <stdint.h>

enum count_noun {
	COUNT_LINES, /* of a log */
	COUNT_NEW_LINES,
	COUNT_LETTERS,
	COUNT_COLUMNS,
	COUNT_CHARACTERS,
	COUNT_DAYS_OLD,
};

struct count {
	char text[96];
};

/* count_text - into out, whose text is returned. */
const char *count_text(enum count_noun noun, uint64_t n, struct count *out);

/* COUNTED - the same, good until the end of the block: COUNTED(LINES, size). */
#define COUNTED(noun, n) \
	count_text(COUNT_##noun, (uint64_t)(n), &(struct count){ "" })

/* count_age - how old is what is of `then`? What is dated more than ten minutes
 * after the clock has no age: that is said. AGE: the same, until the end of the
 * block. */
const char *count_age(int64_t then, int64_t now, struct count *out);
#define AGE(then, now) count_age(then, now, &(struct count){ "" })

#endif
