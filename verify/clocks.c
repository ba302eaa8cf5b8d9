/*
 * clocks.c - clocks.h.
 */
#include "verify/clocks.h"

#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"
#include "base/suspect.h"

/* The newest of the centers' records that this post believed. */
static int64_t
newest_records(const struct post *post)
{
	int64_t newest = 0;
	size_t i;

	for (i = 0; i < post->logs.count; i++)
		if (post->logs.log[i].as_of > newest)
			newest = post->logs.log[i].as_of;
	return newest;
}

static int64_t
list_time(const struct post *post)
{
	return post->list != NULL ? post->list->issued_at : 0;
}

static int64_t
later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Nobody but this computer itself said so: it is the earlier setting that is
 * suspected where list and records bear out the present one. */
static void
own_mark(const struct post *post, int64_t now, struct errtext *out)
{
	char before[LOCAL_SIZE] = "?", here[LOCAL_SIZE] = "?";
	int64_t known = later_of(list_time(post), newest_records(post));

	local_format(post->mark, before);
	local_format(now, here);
	/* the mark never passes the list's end: the clock may have */
	err_set(out, ERR_OK,
	    post->list != NULL && post->mark == post->list->not_after
		? _("This computer's clock once said %s or later, and says %s "
		    "now. %s If today's date is right, a newer trust list puts "
		    "this post right, or: sello-verify recover --clock")
		: _("This computer's clock once said %s, and says %s "
		    "now. %s If today's date is right, a newer trust "
		    "list puts this post right, or: sello-verify recover "
		    "--clock"),
	    before, here,
	    suspect_clock(now, post->mark, known) == SUSPECT_OTHER
		? _("The earlier setting is suspected, it ran ahead: "
		    "today's fits the list and the logs.")
		: _("One of the two is wrong: look at a calendar first."));
}

bool
clocks_signed_later(const struct post *post, int64_t now, struct errtext *out)
{
	int64_t list = list_time(post), records = newest_records(post);

	if (list > now + POLICY_SLACK)
		suspect_set(
		    out, ERR_OK, _("The trust list"), list, now, records);
	else if (records > now + POLICY_SLACK)
		suspect_set(out, ERR_OK, _("A head of a center's log"), records,
		    now, list);
	else
		return false;
	return true;
}

bool
clocks_behind(const struct post *post, int64_t now, struct errtext *out)
{
	if (clocks_signed_later(post, now, out))
		return true;
	if (post->mark <= now + POLICY_SLACK)
		return false;
	own_mark(post, now, out);
	return true;
}

bool
clocks_perhaps_ahead(const struct post *post, int64_t now)
{
	int64_t records = newest_records(post);

	return post->list != NULL && now > post->list->not_after &&
	    records != 0 && policy_age(records, now) == POLICY_STALE;
}

bool
clocks_letter(
    const struct post *post, int64_t issued, int64_t now, struct errtext *out)
{
	if (issued <= now + POLICY_SLACK)
		return false;
	suspect_set(out, ERR_OK, _("The letter"), issued, now,
	    later_of(list_time(post), newest_records(post)));
	return true;
}
