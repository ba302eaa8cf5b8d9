/*
 * knowledge.c - knowledge.h.
 */
#include "verify/knowledge.h"

#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "verify/clocks.h"
#include "verify/log_status.h"
#include "verify/post/post_backup.h"
#include "verify/post/post_keys.h"
#include "verify/reader.h"

#include <stdarg.h>

/* The verdict function is asked what it would say of any letter. */
static void
judge_post(const struct post *post, int64_t now, bool selftest,
    struct verdict_result *out)
{
	struct judgement j = { .typed_number = true,
		.selftest_failed = !selftest,
		.list = post->list,
		.list_unusable = post_list_unusable(post),
		.now = now,
		.newest_seen = post_newest_seen(post) };

	verdict_judge(&j, out);
}

/* What letters of some center would get for its records, in table order. */
static void
add_logs(struct post *post, int64_t now, struct verdict_result *result)
{
	const struct trust_list *list = post->list;
	bool has[REASON_COUNT] = { false };
	struct log_status status;
	size_t i, k, reason;

	for (i = 0; i < result->count; i++)
		has[result->reason[i]] = true;
	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			log_status_of(post, &list->centers[i],
			    &list->centers[i].logs[k], now, &status);
			for (reason = 0; reason < REASON_COUNT; reason++)
				has[reason] |= status.has[reason];
		}
	has[U_REGISTER] = false; /* of what was asked, not of the post */
	verdict_collect(has, result);
}

void
knowledge_reasons(
    struct post *post, int64_t now, bool selftest, struct verdict_result *out)
{
	judge_post(post, now, selftest, out);
	add_logs(post, now, out);
}

json_t *
knowledge_logs_json(struct post *post, int64_t now)
{
	const struct trust_list *list = post->list;
	struct log_status status;
	json_t *logs = json_array();
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			log_status_of(post, &list->centers[i],
			    &list->centers[i].logs[k], now, &status);
			json_array_append_new(logs, log_status_json(&status));
		}
	return logs;
}

/* --- for people ----------------------------------------------------------- */

struct told {
	struct post *post;
	int64_t now;
	knowledge_take *take;
	void *ctx;
};

const char *const knowledge_labels[] = { N_("Post:"), N_("Trust list:"),
	N_("This post's keys:"), N_("Backup:"), N_("Clock:"), N_("Self-test:"),
	N_("Picture reader:"), NULL };

static void say(const struct told *told, const char *label, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

static void
say(const struct told *told, const char *label, const char *format, ...)
{
	struct bytes text = { 0 };
	va_list args;

	va_start(args, format);
	print_add(&text, format, args);
	va_end(args);
	bytes_add_byte(&text, '\0');
	told->take(told->ctx, label, text.failed ? "?" : (const char *)text.at);
	bytes_free(&text);
}

/* What the list says of this post's keys. */
static const char *
keys_text(const struct post *post)
{
	bool other;
	const struct trust_post *listed = post_listed(post, &other);

	if (post_list_unusable(post))
		return _("not known: the trust list cannot be used");
	if (listed == NULL)
		return _("not in the list; send request.txt to the root "
			 "custodian");
	if (other)
		return _("not the ones that the list names for this post; send "
			 "request.txt to the root custodian");
	return listed->status == POST_ACTIVE ? _("in the list")
					     : _("revoked by the list");
}

static void
say_list(const struct told *told)
{
	const struct trust_list *list = told->post->list;
	char issued[LOCAL_SIZE] = "", until[LOCAL_SIZE] = "";

	if (list == NULL) {
		say(told, _("Trust list:"), "%s",
		    post_list_unusable(told->post)
			? _("cannot be used")
			: _("none yet; take one (sello-verify sync)"));
		return;
	}
	local_format(list->issued_at, issued);
	local_format(list->not_after, until);
	say(told, _("Trust list:"),
	    _("number %llu of %s, %s, good until %s, centers: %zu"),
	    (unsigned long long)list->sequence, issued,
	    AGE(list->issued_at, told->now), until, list->center_count);
}

void
knowledge_troubles(const struct post *post, knowledge_take *take, void *ctx)
{
	const struct told told = { NULL, 0, take, ctx };

	if (post->list_problem.text[0] != '\0')
		say(&told, NULL, _("the trust list cannot be used: %s"),
		    post->list_problem.text);
	if (post->store == NULL)
		say(&told, NULL,
		    _("which letters were shown here before is not known: %s"),
		    post->store_problem.text);
	if (post->logs.store == NULL && !post->logs.none)
		say(&told, NULL,
		    _("this post's copy of the logs cannot be used: %s"),
		    post->logs.problem.text);
	if (post->store_read_only)
		say(&told, NULL,
		    _("nothing can be remembered at this post now: %s"),
		    post->store_problem.text);
}

static void
say_logs(const struct told *told)
{
	const struct trust_list *list = told->post->list;
	struct log_status status;
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			struct bytes text = { 0 };

			log_status_of(told->post, &list->centers[i],
			    &list->centers[i].logs[k], told->now, &status);
			log_status_text(&status, &text);
			say(told, NULL, "%s",
			    text.failed ? "?" : (const char *)text.at);
			bytes_free(&text);
		}
}

/* A post that was restored says so for good: who was shown what between is
 * known to nobody. */
static void
say_backup(const struct told *told)
{
	char at[LOCAL_SIZE] = "", of[LOCAL_SIZE] = "";
	struct post_times times;

	post_times(told->post, &times);
	if (times.backup != 0) {
		local_format(times.backup, at);
		say(told, _("Backup:"), "%s, %s", at,
		    AGE(times.backup, told->now));
	} else
		say(told, _("Backup:"), "%s",
		    _("none yet (sello-verify backup)"));
	if (times.restored == 0)
		return;
	local_format(times.restored, at);
	local_format(times.made, of);
	say(told, "",
	    _("On %s this post was restored as it was on %s: letters that "
	      "were shown here between are not known."),
	    at, of);
}

void
knowledge_each(struct post *post, int64_t now, bool selftest,
    knowledge_take *take, void *ctx)
{
	const struct told told = { post, now, take, ctx };
	char at[LOCAL_SIZE] = "";
	struct errtext why = { 0 };

	local_format(now, at);
	say(&told, _("Post:"), _("%s, program %s%s"), post->name,
	    post->info.program, post->info.training ? _(" (TRAINING)") : "");
	say_list(&told);
	say_logs(&told);
	say(&told, _("This post's keys:"), "%s", keys_text(post));
	say_backup(&told);
	say(&told, _("Clock:"), "%s", at);
	if (clocks_behind(post, now, &why))
		say(&told, "", "%s", why.text);
	say(&told, _("Self-test:"), "%s", selftest ? _("good") : _("FAILED"));
	say(&told, _("Picture reader:"), "%s", reader_text());
}
