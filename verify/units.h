/*
 * units.h - the things in one document before each is judged: which are the
 * same letter, which contradict each other, which are none of ours.
 *
 * Each letter is judged by its own bytes. What stands beside it may only
 *   - be the same letter: one result;
 *   - be another authentic letter under its number: a contradiction that the
 *     center signed (F-MISMATCH);
 *   - make the page a mixed one (R-MIXED), when everything was looked for;
 *   - be nothing of ours, which is counted and decides nothing.
 */
#ifndef VERIFY_UNITS_H
#define VERIFY_UNITS_H

#include "letter/number.h"
#include "scan/scan.h"
#include "trust/authenticate.h"

/*
 * Bytes that the codes of one input may unpack to: 10,000 letters of usual
 * size, or some thousand of the largest. One that cannot be unpacked counts
 * as the largest.
 */
#define UNITS_DECODED_MAX (32u << 20)

struct unit {
	const struct scan_item *item; /* borrowed */
	enum err rc;                  /* of decoding */
	struct bytes xml;             /* the letter file, still unverified */
	struct errtext detail;
	uint8_t key[32];                 /* equal for the same thing */
	bool authentic;                  /* its signature is good */
	bool accuses;                    /* ... and counts against another */
	char number[LETTER_NUMBER_SIZE]; /* of authenticated bytes, or "" */
	bool has_code, has_file; /* where this letter is in the document */
	bool foreign;   /* no code of ours, no attached file in our form */
	bool test_page; /* a printer's: foreign, all of its codes one thing */
	bool dropped;   /* no result: a twin, or foreign beside a letter */
	bool mismatch;  /* another authentic letter has its number */
	bool mixed;     /* code and file of one document are two letters */
};

struct units {
	size_t count;
	struct unit *unit;
	size_t left;          /* items that were not looked at: too much */
	bool any_ours;        /* at least one is not foreign */
	size_t ignored_files; /* attached, foreign, beside a letter */
};

/*
 * units_make - decode and compare all items of found, which is borrowed for
 * as long as the units live.
 *
 *   list  NULL: no list yet, nothing is authentic
 *   each  also of one thing alone it is to be known what it is; else its rc
 *         says enough
 *
 * Time is linear but for sorting; memory is bounded by UNITS_DECODED_MAX.
 * ERR_OK or ERR_MEMORY.
 */
enum err units_make(const struct scan_result *found,
    const struct trust_list *list, bool each, struct units *out);

/* units_ignored - foreign codes on a page, beside a letter; page 0 of a
 * document without pages. */
size_t units_ignored(const struct units *units, size_t page);

/* units_on_page - is there a code of ours on the page? */
bool units_on_page(const struct units *units, size_t page);

/* units_free - releases all of them; what they were made of stays. */
void units_free(struct units *units);

#endif
