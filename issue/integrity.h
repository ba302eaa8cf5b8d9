/*
 * integrity.h - is the register whole? Every letter's signature and columns,
 * numbers without gaps, every waiting draft's signature, the roster, the
 * signature log, and whether it is behind what others have seen of it.
 */
#ifndef ISSUE_INTEGRITY_H
#define ISSUE_INTEGRITY_H

#include "issue/center.h"

/* What was looked at. */
struct integrity {
	size_t letters, drafts, persons, lines;
	size_t findings; /* with the one of locked */
	/* others have seen more or other lines of the log, or the guard is
	 * missing: nothing may be signed until that is mended */
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
