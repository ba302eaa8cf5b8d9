/*
 * date_text.c - dates in words, in the five languages of letters.
 *
 * A table and not gettext: a letter keeps its language whatever catalogues
 * are installed, and a month's place in the sentence differs by language.
 */
#include "letter/date.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

struct calendar {
	const char *lang;
	const char *first; /* the first day of a month, "1er" */
	const char *of;    /* between day, month and year */
	const char *unknown;
	const char *month[12];
};

static const struct calendar calendars[] = {
	{ "es", "1", " de ", "desconocida",
	    { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
		"agosto", "septiembre", "octubre", "noviembre", "diciembre" } },
	{ "en", "1", " ", "unknown",
	    { "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December" } },
	{ "fr", "1er", " ", "inconnue",
	    { "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre" } },
	{ "pt", "1", " de ", "desconhecida",
	    { "janeiro", "fevereiro", "março", "abril", "maio", "junho",
		"julho", "agosto", "setembro", "outubro", "novembro",
		"dezembro" } },
	{ "ht", "1", " ", "enkoni",
	    { "janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè", "out",
		"septanm", "oktòb", "novanm", "desanm" } },
};
#define CALENDAR_COUNT (sizeof(calendars) / sizeof(calendars[0]))
_Static_assert(CALENDAR_COUNT == I18N_LANGUAGE_COUNT,
    "every language of letters has its months");

static const struct calendar *
find_calendar(const char *lang)
{
	size_t i;

	for (i = 0; i < CALENDAR_COUNT; i++)
		if (strcmp(calendars[i].lang, lang) == 0)
			return &calendars[i];
	return &calendars[1];
}

/* The two digits at text as a number; 0 when they are none. */
static int
two_digits(const char *text)
{
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return 0;
	return (text[0] - '0') * 10 + (text[1] - '0');
}

void
date_local_text(
    const char *lang, const char *date, char *out, unsigned long size)
{
	const struct calendar *c = find_calendar(lang);
	size_t len = strlen(date);
	int month = len >= 7 ? two_digits(date + 5) : 0;
	int day = len == 10 ? two_digits(date + 8) : 0;
	char number[8];

	if (strcmp(date, "unknown") == 0) {
		snprintf(out, size, "%s", c->unknown);
		return;
	}
	if (month < 1 || month > 12 || (len != 7 && day < 1)) {
		snprintf(out, size, "%s", date);
		return;
	}
	if (len == 7) {
		snprintf(
		    out, size, "%s%s%.4s", c->month[month - 1], c->of, date);
		return;
	}
	snprintf(number, sizeof(number), "%d", day);
	snprintf(out, size, "%s%s%s%s%.4s", day == 1 ? c->first : number, c->of,
	    c->month[month - 1], c->of, date);
}

const char *
date_shown(const char *lang, const char *date)
{
	return strcmp(date, "unknown") == 0 ? find_calendar(lang)->unknown
					    : date;
}

#define BEGINNING_MIN 3 /* letters */

/* The month that begins so in one language; 0 when none or two do. */
static int
month_in(const struct calendar *c, const char *folded)
{
	size_t len = strlen(folded);
	struct bytes name = { 0 };
	int found = 0;

	for (int i = 0; i < 12; i++) {
		bytes_reset(&name);
		utf8_fold(c->month[i], strlen(c->month[i]), false, &name);
		if (name.failed)
			continue;
		if (strcmp((const char *)name.at, folded) == 0) {
			found = i + 1;
			break;
		}
		if (len >= BEGINNING_MIN &&
		    strncmp((const char *)name.at, folded, len) == 0)
			found = found == 0 ? i + 1 : -1;
	}
	bytes_free(&name);
	return found > 0 ? found : 0;
}

int
date_month_named(const char *lang, const char *folded)
{
	/* as people write them, beside the tables */
	static const struct {
		const char *word;
		int month;
	} spellings[] = { { "setiembre", 9 }, { "dawou", 8 }, { "dawout", 8 } };
	int found = month_in(find_calendar(lang), folded);

	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (strcmp(spellings[i].word, folded) == 0)
			return spellings[i].month;

	for (size_t i = 0; i < CALENDAR_COUNT && found == 0; i++) {
		int month = month_in(&calendars[i], folded);

		for (size_t k = i + 1; k < CALENDAR_COUNT && month > 0; k++) {
			int other = month_in(&calendars[k], folded);

			if (other != 0 && other != month)
				return 0;
		}
		found = month;
	}
	return found;
}
