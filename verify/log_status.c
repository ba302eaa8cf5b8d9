/*
 * log_status.c - log_status.h.
 */
#include "verify/log_status.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/print.h"

#include <stdio.h>

#define AGEING 7  /* days: R-LIST-AGEING */
#define STALE  30 /* days: U-LIST-STALE */

static bool
has_copy(const struct log_status *s)
{
	return s->log != NULL && s->log->size > 0;
}

void
log_status_of(const struct post *post, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct log_status *out)
{
	int64_t since;

	*out = (struct log_status){ .center = center, .named = named };
	out->log = post_logs_find(&post->logs, center->code, named->generation);
	since = has_copy(out)  ? out->log->as_of
	    : out->log != NULL ? out->log->named_at
			       : post->list->issued_at;
	if (now > since)
		out->age_days = (now - since) / CLOCK_DAY;
	if (!has_copy(out))
		out->has[R_LOG_PENDING] = true;
	else
		out->has[R_LOG_CONFLICT] = out->log->conflict != 0;
	if (post_log_whole(out->log, named))
		return;
	if (now - since > STALE * CLOCK_DAY)
		out->has[U_LIST_STALE] = true;
	else if (has_copy(out) && now - since > AGEING * CLOCK_DAY)
		out->has[R_LIST_AGEING] = true;
}

void
log_status_print(const struct log_status *s)
{
	char at[CLOCK_INSTANT_SIZE] = "?";

	print(_("Records of %s, %u: "), s->center->code, s->named->generation);
	if (!has_copy(s)) {
		print("%s\n", _("never taken"));
		return;
	}
	clock_format(s->log->as_of, at);
	print(_("%llu lines, up to %s, %lld days old"),
	    (unsigned long long)s->log->size, at, (long long)s->age_days);
	if (post_log_whole(s->log, s->named))
		print(_(", closed"));
	if (s->log->conflict != 0)
		print(_(", CONTRADICTED: kept as it was"));
	print("\n");
}

json_t *
log_status_json(const struct log_status *s)
{
	json_t *object = json_object();
	bool copy = has_copy(s);

	json_set_text(object, "center", s->center->code);
	json_object_set_new(
	    object, "generation", json_integer(s->named->generation));
	json_object_set_new(object, "closed", json_boolean(s->named->closed));
	json_object_set_new(object, "size",
	    copy ? json_integer((json_int_t)s->log->size) : json_null());
	if (copy)
		json_set_time(object, "asOf", s->log->as_of);
	else
		json_set_text(object, "asOf", NULL);
	json_object_set_new(
	    object, "ageDays", copy ? json_integer(s->age_days) : json_null());
	json_object_set_new(
	    object, "conflict", json_boolean(copy && s->log->conflict != 0));
	return object;
}
