/*
 * join.h - from lines as they come to codes: a code that was broken over several
 * lines is joined when its checksum agrees (packed/find.h), several in one line are
 * told each, and words around codes are none of them.
 */
#ifndef PACKED_JOIN_H
#define PACKED_JOIN_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

enum join_kind {
	JOIN_CODE,   /* whole: text as packed_decode() takes it */
	JOIN_BROKEN, /* it begins like a code of ours, and no more was found */
	JOIN_WORDS,  /* a line in which, and around which, no code is */
};

/* What is told; text is borrowed until the function returns. */
struct joined {
	enum join_kind kind;
	size_t line; /* where it begins, as join_line() was told */
	struct reader text;
};

/* Start as {0} with tell and arg. */
struct join {
	void (*tell)(const struct joined *joined, void *arg);
	void *arg;
	struct bytes open; /* a code that is not whole yet */
	size_t open_line;
	bool open_firm; /* it is told when it stays so, else it is words */
	bool any; /* a code, whole or broken, was seen since join_rest() */
	struct join_words {
		size_t line, start, len; /* in words_text */
	} * word;
	size_t word_count, word_cap;
	struct bytes words_text;
	/* characters looked at in vain, and how many may be; 0: any. Behind them
	 * nothing is told any more. */
	size_t work, work_max;
	bool failed; /* memory lacked: something was not told */
};

/* join_line - the next line, from 1 on; empty ones are passed by. tell() is
 * called for what is known by now. */
void join_line(struct join *join, size_t line, struct reader text);

/* join_is_over - was more than work_max in vain? */
bool join_is_over(const struct join *join);

/* join_waits - is something kept that join_rest() would tell? */
bool join_waits(const struct join *join);

/* join_rest - nothing belongs to what came so far any more: tell what waits. */
void join_rest(struct join *join);

/* join_text - all lines of a text, after which nothing follows: join_rest(). */
void join_text(struct join *join, struct reader text);

/* join_wipe - forget all. */
void join_wipe(struct join *join);

#endif
