/*
 * log_status.c - log_status.h.
 */
#include "verify/log_status.h"

#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"
#include "verify/post/copy_waiting.h"
#include "verify/post/log_refused.h"
#include "verify/post/records.h"

#include <stdio.h>

static bool
has_copy(const struct log_status *s)
{
	return s->log != NULL && s->log->size > 0;
}

static int64_t
count_waiting(struct post *post, const struct post_log *log)
{
	int64_t count = 0;

	if (log == NULL || post->logs.store == NULL)
		return 0;
	return copy_waiting_count(&post->logs, log, &count, NULL) == ERR_OK
	    ? count
	    : -1;
}

void
log_status_of(struct post *post, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct log_status *out)
{
	enum policy_age age;
	int64_t since;

	*out =
	    (struct log_status){ .center = center, .named = named, .now = now };
	out->log = post_logs_find(&post->logs, center->code, named->generation);
	out->unread = post->logs.store == NULL && !post->logs.none;
	out->foreign = has_copy(out) && !post_log_is_of(out->log, post, named);
	out->has[U_SELFTEST] = out->foreign || out->unread;
	if (has_copy(out) && post->logs.store != NULL)
		out->has[U_SELFTEST] |= log_head_end(post, out->log, named,
					    &out->end, NULL) != ERR_OK;
	out->waiting = count_waiting(post, out->log);
	out->has[U_SELFTEST] |= log_is_refused(post, center, named, out->log,
				    &out->refused, NULL) != ERR_OK;
	since = has_copy(out)  ? out->log->as_of
	    : out->log != NULL ? out->log->named_at
			       : post->list->issued_at;
	if (now > since)
		out->age_days = (now - since) / CLOCK_DAY;
	if (!has_copy(out))
		out->has[R_LOG_PENDING] = true;
	else
		out->has[R_LOG_CONFLICT] = out->log->conflict != 0;
	out->has[R_LOG_PENDING] |= out->end == END_DOUBTED ||
	    (has_copy(out) && out->log->stale) ||
	    (post->logs.store != NULL && records_behind(post, out->log, named));
	if (out->end == END_WHOLE)
		return;
	age = policy_age(since, now);
	out->has[U_LIST_STALE] = age == POLICY_STALE;
	out->has[R_LIST_AGEING] = has_copy(out) && age == POLICY_AGEING;
}

static void
add_waiting(const struct log_status *s, struct bytes *out)
{
	if (s->refused)
		bytes_addf(out, "%s",
		    _("; PROOF OF MANIPULATION: lines under a signed head that "
		      "no honest program writes; none of them was taken. Send "
		      "the signed head, in the folder evidence, to the root "
		      "custodian"));
	/* of one that contradicts itself nothing more is compared */
	if (s->waiting > 0 && (s->log == NULL || s->log->conflict == 0))
		bytes_addf(out,
		    _("; signed heads from elsewhere that wait to be "
		      "compared: %lld"),
		    (long long)s->waiting);
}

void
log_status_text(const struct log_status *s, struct bytes *out)
{
	char at[LOCAL_SIZE] = "?";

	bytes_addf(
	    out, _("%s, log %u: "), s->center->code, s->named->generation);
	if (!has_copy(s)) {
		bytes_addf(out, "%s",
		    s->unread ? _("not known: this post's copy cannot be read "
				  "now")
			      : _("never taken"));
		add_waiting(s, out);
		return;
	}
	local_format(s->log->as_of, at);
	if (s->log->as_of == 0)
		bytes_addf(out,
		    _("%s, whose date was not believed: set the clock, then "
		      "sync again"),
		    COUNTED(LINES, s->log->size));
	else
		bytes_addf(out, _("%s, up to %s, %s"),
		    COUNTED(LINES, s->log->size), at,
		    AGE(s->log->as_of, s->now));
	if (s->end == END_WHOLE)
		bytes_addf(out, _(", closed"));
	if (s->log->conflict != 0)
		bytes_addf(out, "%s",
		    _(", CONTRADICTED: kept as it was. PROOF OF MANIPULATION: "
		      "send both signed heads, in the folder evidence, to the "
		      "root custodian, and call the center before you act on "
		      "its letters"));
	if (s->foreign)
		bytes_addf(out,
		    _(", OF ANOTHER KEY than the list names: it does not "
		      "count; sync again"));
	if (s->log->stale)
		bytes_addf(
		    out, _(", TO BE READ ANEW: sync with a whole copy of it"));
	add_waiting(s, out);
}

json_t *
log_status_json(const struct log_status *s)
{
	json_t *object = json_object();
	bool copy = has_copy(s), dated = copy && s->log->as_of != 0;

	json_set_text(object, "center", s->center->code);
	json_object_set_new(
	    object, "generation", json_integer(s->named->generation));
	json_object_set_new(object, "closed", json_boolean(s->named->closed));
	json_object_set_new(object, "size",
	    copy ? json_integer((json_int_t)s->log->size) : json_null());
	if (dated)
		json_set_time(object, "asOf", s->log->as_of);
	else
		json_set_text(object, "asOf", NULL);
	json_object_set_new(
	    object, "ageDays", dated ? json_integer(s->age_days) : json_null());
	json_object_set_new(
	    object, "conflict", json_boolean(copy && s->log->conflict != 0));
	json_object_set_new(object, "refused", json_boolean(s->refused));
	json_object_set_new(
	    object, "stale", json_boolean(copy && s->log->stale));
	json_object_set_new(object, "headsWaiting",
	    s->waiting >= 0 ? json_integer((json_int_t)s->waiting)
			    : json_null());
	return object;
}
