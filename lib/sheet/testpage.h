/*
 * testpage.h - a page that tries a printer and a scanner: the code at five sizes,
 * and rulers. Where everything is stands in one table, by which a scan of it is
 * measured again (issue/print_check.h).
 */
#ifndef SHEET_TESTPAGE_H
#define SHEET_TESTPAGE_H

#include "sheet/sheet.h"

#define TESTPAGE_CODES   5
#define TESTPAGE_MODULES 69 /* of a side */
#define TESTPAGE_DOT_MM  (25.4 / 300)

/* A code of the page, the largest first: code i says testpage_text(i). Measures
 * are dots at 300 an inch, so that every module begins on a dot. */
struct testpage_code {
	int module;
	int x, y; /* the code's upper left corner on the page */
};
extern const struct testpage_code testpage_code[TESTPAGE_CODES];

/* The one that is as large as those of letters (sheet/code.c). */
#define TESTPAGE_AS_LETTERS 1

/* testpage_module - a module's side, in millimeters. */
double testpage_module(int code);

/*
 * testpage_pdf - append the page, in the language of the screen.
 *
 *   date  YYYY-MM-DDThh:mm:ssZ, of the file
 *
 * ERR_OK, ERR_CONFIG (no fonts), ERR_MEMORY.
 */
enum err testpage_pdf(enum sheet_paper paper, const char *date,
    struct bytes *out, struct errtext *err);

#endif
