/*
 * standing.c - standing.h.
 */
#include "verify/desk/standing.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "letter/date.h"
#include "verify/log_status.h"

#include <stdint.h>
#include <stdio.h>

static void
add_clock(struct bytes *out, int64_t now)
{
	char day[CLOCK_DATE_SIZE], words[48], at[LOCAL_CLOCK_SIZE];

	local_date(now, day);
	date_local_text(i18n_language(), day, words, sizeof(words));
	local_clock(now, at);
	html_elementf(out, "span", "%s, %s", words, at);
}

static void
add_age(struct bytes *out, const char *label, const char *age)
{
	bytes_add_text(out, "<span>");
	html_text(out, label);
	bytes_add_text(out, " ");
	html_element(out, "b", age);
	bytes_add_text(out, "</span>");
}

/* When this post's copy of the center's newest log ends; 0: there is none. A log
 * that was closed grows no older: INT64_MAX. */
static int64_t
log_time(struct post *post, const struct trust_center *center, int64_t now)
{
	const struct trust_log *named;
	struct log_status status;

	if (center->log_count == 0)
		return INT64_MAX;
	named = &center->logs[center->log_count - 1];
	if (named->closed)
		return INT64_MAX;
	log_status_of(post, center, named, now, &status);
	return status.log == NULL ? 0 : status.log->as_of;
}

/* The center of which the least is known. */
static void
add_oldest(struct bytes *out, struct post *post, int64_t now)
{
	const struct trust_list *list = post->list;
	const struct trust_center *found = NULL;
	char label[sizeof(found->code) + 1];
	int64_t since = INT64_MAX;

	for (size_t i = 0; list != NULL && i < list->center_count; i++) {
		int64_t at = log_time(post, &list->centers[i], now);

		if (at >= since)
			continue;
		found = &list->centers[i];
		since = at;
	}
	if (found == NULL)
		return;
	snprintf(label, sizeof(label), "%s:", found->code);
	add_age(out, label, since == 0 ? _("never") : AGE(since, now));
}

void
standing_add(struct bytes *out, struct post *post, int64_t now)
{
	const struct trust_list *list = post->list;

	/* the page's script puts it into the band */
	bytes_add_text(out, "<p id=\"standing\" hidden>");
	add_clock(out, now);
	add_age(out, _("Trust list:"),
	    list == NULL ? _("never") : AGE(list->issued_at, now));
	add_oldest(out, post, now);
	bytes_add_text(out, "</p>\n");
}
