/*
 * integrity.h - is the register whole? Every letter's signature and columns,
 * numbers without gaps, every waiting draft's signature, the roster, the
 * signature log, and whether it is behind what others have seen of it.
 */
#ifndef ISSUE_CENTER_INTEGRITY_H
#define ISSUE_CENTER_INTEGRITY_H

#include "issue/center/center.h"

/* What was looked at. */
struct integrity {
	size_t letters, drafts, persons, lines;
	size_t findings; /* with those of others */
	/* about what others have seen of the log: they have more or other
	 * lines, the guard is missing, or what is remembered of them here was
	 * changed. Not damage of letters or log */
	size_t others;
	/* nothing may be signed until that is mended */
	bool locked;
};

/*
 * integrity_check - look at everything.
 *
 *   find  called with each finding: what it is about (a number, a code) and a
 *         sentence; no personal data
 *   step  called now and then with the letters done so far; may be NULL
 */
enum err integrity_check(struct center *center,
    void (*find)(void *arg, const char *about, const char *text),
    void (*step)(void *arg, size_t done), void *arg, struct integrity *out,
    struct errtext *err);

#endif
