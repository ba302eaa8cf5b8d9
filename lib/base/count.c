/*
 * count.c - count.h.
 */
#include "base/count.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"

#include <stdio.h>

static const char *
format_of(enum count_noun noun, unsigned long n)
{
	switch (noun) {
	case COUNT_LINES:
		return ngettext("%llu line", "%llu lines", n);
	case COUNT_NEW_LINES:
		return ngettext("%llu new line", "%llu new lines", n);
	case COUNT_LETTERS:
		return ngettext("%llu letter", "%llu letters", n);
	case COUNT_COLUMNS:
		return ngettext("%llu column", "%llu columns", n);
	case COUNT_CHARACTERS:
		return ngettext("%llu character", "%llu characters", n);
	case COUNT_DAYS_OLD:
		return n == 0 ? _("less than a day old")
			      : ngettext("%llu day old", "%llu days old", n);
	}
	return "%llu";
}

const char *
count_text(enum count_noun noun, uint64_t n, struct count *out)
{
	snprintf(out->text, sizeof(out->text),
	    format_of(noun, (unsigned long)n), (unsigned long long)n);
	return out->text;
}

const char *
count_age(int64_t then, int64_t now, struct count *out)
{
	if (then <= now + POLICY_SLACK)
		return count_text(COUNT_DAYS_OLD,
		    then < now ? (uint64_t)(now - then) / CLOCK_DAY : 0, out);
	snprintf(out->text, sizeof(out->text), "%s",
	    _("dated later than this computer's clock"));
	return out->text;
}
