/*
 * date.h - partial birth dates and validity across time zones.
 */
#ifndef LETTER_DATE_H
#define LETTER_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* A birth date is every day it may stand for: 1984 is [1984-01-01,
 * 1984-12-31]. unknown: known is false, days are 0. */
struct birth_date {
	bool known;
	int64_t first, last; /* days since 1970-01-01 */
};

/* date_parse_birth - YYYY, YYYY-MM, YYYY-MM-DD (that exist), unknown. */
bool date_parse_birth(const char *text, struct birth_date *out);

/*
 * date_age_under - certainly under `years` on that day? False when unknown.
 * Someone born on 29 February comes of age on 1 March.
 */
bool date_age_under(const struct birth_date *birth, int64_t day, int years);

/* date_compatible - could both stand for the same day? (1984, 1984-05-02) */
bool date_compatible(const char *a, const char *b);

/*
 * date_valid_begin - the instant when day `from` begins anywhere (UTC+14);
 * date_valid_end - the instant when `until` has ended everywhere (UTC-12).
 * Arguments are days since 1970-01-01.
 */
int64_t date_valid_begin(int64_t from);
int64_t date_valid_end(int64_t until);

/* date_local_text - "2 de mayo de 1990" in es, en, fr, pt or ht; also YYYY,
 * YYYY-MM and unknown. out: size bytes. */
void date_local_text(
    const char *lang, const char *date, char *out, unsigned long size);

/* date_shown - a date of birth where people read it: as it was written, and in
 * their language for unknown. Borrowed, from `date` or for ever. */
const char *date_shown(const char *lang, const char *date);

/*
 * date_month_named - 1 to 12 for a month's name or its beginning, at least
 * three letters, as utf8_fold() makes it: "mar", "sept", "febrero". The given
 * language counts first ("out" is October in pt and August in ht), then all
 * others, where they agree. 0: none, or not one alone.
 */
int date_month_named(const char *lang, const char *folded);

#endif
