/*
 * print_check.h - is this printer good enough for letters, and this scanner? From
 * a scan of the test page (sheet/testpage.h): which of its codes were read, and
 * where they lie. The scan goes through the same jailed reader as any file at a
 * consulate.
 */
#ifndef ISSUE_PRINT_CHECK_H
#define ISSUE_PRINT_CHECK_H

#include "base/bytes.h"
#include "base/err.h"
#include "sheet/testpage.h"

#include <stdbool.h>

enum print_answer {
	PRINT_GOOD,   /* a code finer than those of letters was read, too */
	PRINT_BARELY, /* that of letters, with nothing to spare */
	PRINT_BAD,    /* not even that */
};

/* How the page was scaled, on its way through printer and scanner. */
enum print_scale {
	SCALE_KNOWN, /* against what was to be printed */
	SCALE_RATIO, /* the file does not say how large it is: across against
		      * down alone */
	SCALE_BENT,  /* nothing: no flat scan, but a photo or a creased page */
	SCALE_SHORT, /* nothing: one code alone is too short to measure by */
};

struct print_check {
	enum print_answer answer;
	bool read[TESTPAGE_CODES];
	bool gap;   /* a larger code than the finest was not read: damaged */
	int finest; /* the smallest code that was read */
	int use;    /* the smallest with one to spare below it; -1: none */
	enum print_scale scale;
	double across, down; /* percent; of a ratio down is 100 */
	double dots[2];      /* pixels an inch, across and down; 0: not known */
};

/* From so much on the page was scaled, in percent. A blurred one measures up to one
 * percent too large; "fit to page" takes three and more. */
#define PRINT_SCALE_OFF 1.5

/* print_check_has_scale - is anything known of it? */
bool print_check_has_scale(const struct print_check *check);
/* print_check_is_scaled - as far as that is known. */
bool print_check_is_scaled(const struct print_check *check);

/*
 * print_check - look at a scan.
 *
 *   data, len  a picture, or pages of which the one with most of its codes counts
 *
 * ERR_OK; ERR_UNREADABLE (no code at all), ERR_DATA (codes, but none of the test
 * page's); else as scan_places().
 */
enum err print_check(const uint8_t *data, size_t len, struct print_check *out,
    struct errtext *err);

#endif
