/*
 * escapes.h - what somebody would try who has taken a decoder over: each an
 * attempt, by the system call itself.
 */
#ifndef TESTS_DECODE_ESCAPES_H
#define TESTS_DECODE_ESCAPES_H

#include <stdbool.h>
#include <stddef.h>

/* Which lock alone holds it, besides the list of calls. */
enum escape_kind {
	ESCAPE_FILE,   /* Landlock too, since its first version */
	ESCAPE_OTHER,  /* none */
	ESCAPE_SERVES, /* none; and who serves others needs it */
};

/*
 * In a folder with the files `secret` and `root.crt`, the latter open for
 * reading and writing as descriptor 0, and a folder `folder`.
 */
struct escape {
	const char *what;
	enum escape_kind kind;
	bool (*got_through)(void);
};

extern const struct escape escapes[];
extern const size_t escape_count;

#endif
