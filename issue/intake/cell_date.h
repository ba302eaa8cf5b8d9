/*
 * cell_date.h - dates as spreadsheets show them: 14/03/1991, 14-mar-91,
 * 14.03.1991, 33311 or 33311.0 (a day's number), "jueves, 14 de marzo de 1991",
 * 1991/3/14, mar-91. Which of day and month stands first is never guessed:
 * who asks says it.
 */
#ifndef ISSUE_INTAKE_CELL_DATE_H
#define ISSUE_INTAKE_CELL_DATE_H

#include "base/clock.h"

#include <stdbool.h>
#include <stdint.h>

/* How to read what could be two dates. */
enum date_order { DATE_ORDER_NONE, DATE_ORDER_DMY, DATE_ORDER_MDY };

/* What a text is to the eye. Shapes of the same kind are wrong in the same
 * way if they are wrong. */
enum cell_shape {
	CELL_NO_DATE,
	CELL_NUMBERS,   /* 14/03/1991 */
	CELL_MONTH,     /* 14-mar-91, March 14, 1991, mar-91 */
	CELL_YEAR_HEAD, /* 1991/3/14, 1991-03-14 00:00:00 */
	CELL_DAY_COUNT, /* 33311: days since 1899-12-30 */
	CELL_SHAPE_COUNT,
};

enum cell_result {
	CELL_READ,
	CELL_NOT_ASKED,  /* a date of these shapes, and no order given */
	CELL_IMPOSSIBLE, /* in this order there is no such day */
	CELL_CENTURY,    /* '25 can be two years */
	CELL_PARTIAL,    /* day or year lacks, where both must be */
};

#define CELL_DATE_SIZE CLOCK_DATE_SIZE

/*
 * cell_date_read - one value, trimmed.
 *
 *   birth  a date of birth: not after today, may lack the day (mar-91);
 *          others are of the years from 2000 on
 *   today  days since 1970-01-01
 *   shape  out: CELL_NO_DATE for a canonical or damaged text; then CELL_READ
 *          is handed back and out is untouched
 *   out    on CELL_READ the date in canonical form
 */
enum cell_result cell_date_read(const char *text, enum date_order order,
    bool birth, int64_t today, enum cell_shape *shape,
    char out[CELL_DATE_SIZE]);

/* cell_date_is - may this be shown as a date? Canonical ones and 1991-02-30
 * too. What has digits and is none could be a document's number. */
bool cell_date_is(const char *text);

#endif
