/*
 * seek.h - who is meant by what somebody typed: words of a name, in any order,
 * or a date. Pure: the register's rows come from issue/register/listed.h.
 *
 * Words and names are compared as letter/name.h folds them: accents and case
 * off, hyphens as spaces, surnames and given names together. So "perez xiloj"
 * finds Xiloj Pérez, and "Xiloj" both Xiloj-Pérez and Marta Xiloj. Where a
 * space stands or not counts as little: De la Cruz is Delacruz.
 */
#ifndef ISSUE_SEEK_H
#define ISSUE_SEEK_H

#include "base/err.h"
#include "letter/letter.h"

#define SEEK_WORD_MAX  16
#define SEEK_WORD_SIZE 128
#define SEEK_DATE_MAX  4

struct seek {
	char word[SEEK_WORD_MAX][SEEK_WORD_SIZE]; /* folded */
	size_t word_count;
	char date[SEEK_DATE_MAX][11]; /* YYYY, YYYY-MM or YYYY-MM-DD */
	size_t date_count;
};

/* How well a name fits, the worst of its words; better ones come first. */
enum seek_fit {
	SEEK_WHOLE, /* each word is a part of the name */
	SEEK_BEGIN, /* ... or the beginning of one */
	SEEK_INNER, /* ... or stands inside one: Haiti in D'Haïti */
	SEEK_SLIP,  /* ... with one letter too many, missing, wrong, or two
		       exchanged */
	SEEK_NONE,
};

/*
 * seek_parse - add one argument of the command line.
 *
 * ERR_USAGE for what is neither a name nor such a date, for too many, and for
 * a letter's or draft's number, which need not be looked for.
 */
enum err seek_parse(struct seek *seek, const char *typed, struct errtext *err);

/* seek_fit - does this folded name have all the words? Each word takes a part
 * of its own: "Gómez Gómez" is not "Gómez". SEEK_WHOLE without words. */
enum seek_fit seek_fit(const struct seek *seek, const char *folded);

/* seek_birth, seek_day - can a birth date (also a year alone, "unknown" is
 * none) or the day of this instant in UTC be all the dates? True without
 * dates. */
bool seek_birth(const struct seek *seek, const char *birth_date);
bool seek_day(const struct seek *seek, int64_t at);

/* seek_span - the first and the behind-last second of a date, here:
 * base/local.h. */
void seek_span(const char *date, int64_t *from, int64_t *to);

#endif
