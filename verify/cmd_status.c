/*
 * cmd_status.c - sello-verify status: can this post judge letters, and how
 * old is what it knows? Exit 0 yes; 1 yes, but update soon; 2 no.
 */
#include "verify/commands.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/cli.h"
#include "verify/display.h"
#include "verify/knowledge.h"
#include "verify/look.h"
#include "verify/post/logs_mend.h"
#include "verify/post/post.h"
#include "verify/post/post_backup.h"
#include "verify/post/post_disk.h"
#include "verify/post/post_keys.h"
#include "verify/post/records.h"
#include "verify/post/shown_mend.h"
#include "verify/proofs.h"
#include "verify/reader.h"
#include "verify/selftest.h"

#include <stdarg.h>
#include <string.h>

static int
exit_of(const struct verdict_result *result)
{
	enum verdict worst = VERDICT_VALID;
	size_t i;

	for (i = 0; i < result->count; i++) {
		enum reason reason = result->reason[i];

		/* an exercise is done like the real thing */
		if (reason != T_TRAINING &&
		    reason_table[reason].verdict > worst)
			worst = reason_table[reason].verdict;
	}
	return verdict_table[worst].exit;
}

static void
set_optional_time(json_t *object, const char *key, int64_t at, bool known)
{
	if (known)
		json_set_time(object, key, at);
	else
		json_set_text(object, key, NULL);
}

/* What was tested. */
struct found {
	bool selftest;
	bool writable; /* what is learned can be kept */
	struct proofs proofs;
};

/* Letters shown here: what is kept of them, and whether it can be read. */
struct shown {
	bool known;
	struct presentation_counts counts;
	struct errtext why_not;
};

/* Every page and every row: what no look-up met today is damaged too. */
static void
test_shown(struct post *post, struct shown *out)
{
	out->known =
	    presentation_test(post, &out->counts, &out->why_not) == ERR_OK;
}

static void
add_shown(json_t *line, const struct shown *shown)
{
	json_object_set_new(line, "presentations",
	    shown->known ? json_integer((json_int_t)shown->counts.all)
			 : json_null());
	json_object_set_new(line, "letters",
	    shown->known ? json_integer((json_int_t)shown->counts.letters)
			 : json_null());
	json_object_set_new(line, "presentationsDamaged",
	    shown->known ? json_integer((json_int_t)shown->counts.damaged)
			 : json_null());
}

#define SHOWN N_("Letters shown:")

/* What is said stands in one column, in every language. */
static int
column(void)
{
	int width = look_width(_(SHOWN));
	size_t i;

	for (i = 0; knowledge_labels[i] != NULL; i++)
		if (look_width(_(knowledge_labels[i])) > width)
			width = look_width(_(knowledge_labels[i]));
	return width;
}

static void
say(void *ctx, const char *label, const char *text)
{
	int width = column();
	int own = label != NULL ? look_width(label) : 0;

	(void)ctx;
	if (label != NULL)
		print("%s%*s ", label, width > own ? width - own : 0, "");
	print("%s\n", text);
}

static void say_format(const char *label, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say_format(const char *label, const char *format, ...)
{
	struct bytes text = { 0 };
	va_list args;

	va_start(args, format);
	print_add(&text, format, args);
	va_end(args);
	bytes_add_byte(&text, '\0');
	say(NULL, label, text.failed ? "?" : (const char *)text.at);
	bytes_free(&text);
}

static void
print_shown(const struct shown *shown)
{
	if (!shown->known) {
		say_format(_(SHOWN), _("not known: %s"), shown->why_not.text);
		print("  %s\n", shown_mend_key());
		return;
	}
	say_format(_(SHOWN), _("%llu, visits: %llu"),
	    (unsigned long long)shown->counts.letters,
	    (unsigned long long)shown->counts.all);
	if (shown->counts.damaged > 0)
		print(_("Records of letters shown that are damaged: %llu. They "
			"accuse nobody and are not exported. The disk may be "
			"failing: copy this folder to another one.\n"),
		    (unsigned long long)shown->counts.damaged);
	if (shown->counts.damaged > 0)
		print("  %s\n", shown_mend_key());
}

static void
print_json(struct post *post, int64_t now, const struct found *found,
    const struct shown *shown, const struct verdict_result *result)
{
	const struct trust_list *list = post->list;
	bool other;
	const struct trust_post *listed = post_listed(post, &other);
	json_t *line = json_object();
	json_t *lists = display_lists_json(post, now);
	json_t *reasons = json_array();
	struct bytes hex = { 0 };
	struct post_times times;
	size_t i;

	hex_encode(
	    post->info.fingerprint, sizeof(post->info.fingerprint), &hex);
	json_set_text(line, "post", post->name);
	json_set_text(line, "program", post->info.program);
	json_set_text(
	    line, "fingerprint", hex.failed ? NULL : (const char *)hex.at);
	json_object_set_new(
	    line, "training", json_boolean(post->info.training));
	set_optional_time(lists, "nextUpdate",
	    list != NULL ? list->next_update : 0, list != NULL);
	set_optional_time(lists, "notAfter", list != NULL ? list->not_after : 0,
	    list != NULL);
	json_object_set_new(lists, "centers",
	    json_integer(list != NULL ? (json_int_t)list->center_count : 0));
	json_object_set_new(line, "lists", lists);
	json_object_set_new(line, "logs", knowledge_logs_json(post, now));
	json_object_set_new(line, "listed",
	    json_boolean(
		listed != NULL && !other && listed->status == POST_ACTIVE));
	json_object_set_new(line, "selftest", json_boolean(found->selftest));
	json_object_set_new(line, "reader", reader_json());
	json_object_set_new(line, "writable", json_boolean(found->writable));
	proofs_add_json(line, &found->proofs);
	post_times(post, &times);
	set_optional_time(line, "backup", times.backup, times.backup != 0);
	set_optional_time(
	    line, "restored", times.restored, times.restored != 0);
	set_optional_time(line, "restoredOf", times.made, times.made != 0);
	set_optional_time(line, "newestSeen", post_newest_seen(post),
	    post_newest_seen(post) != 0);
	add_shown(line, shown);
	for (i = 0; i < result->count; i++)
		json_array_append_new(
		    reasons, json_string(reason_table[result->reason[i]].code));
	json_object_set_new(line, "reasons", reasons);
	json_set_time(line, "checkedAt", now);
	json_line(line);
	bytes_free(&hex);
}

static void
print_text(struct post *post, int64_t now, const struct found *found,
    const struct shown *shown, const struct verdict_result *result)
{
	size_t i;

	knowledge_each(post, now, found->selftest, say, NULL);
	print_shown(shown);
	proofs_print(&found->proofs, post);
	for (i = 0; i < result->count; i++) {
		const struct reason_row *row = &reason_table[result->reason[i]];

		look_sentence(stdout, row->code, _(row->sentence));
		look_sentence(stdout, "", _(row->next));
	}
}

/* What it says of letters must be all that was written. */
static bool
test_logs(struct cli *cli, struct post *post)
{
	struct errtext err = { 0 };
	enum err rc = post_logs_test(post, &err);

	if (rc == ERR_DATA)
		cli_warn(cli,
		    _("this post's copy of the logs is damaged (%s). Run "
		      "\"sello-verify sync\" with the newest logs: it "
		      "makes the copy anew and keeps what can be kept"),
		    err.text);
	else if (rc != ERR_OK)
		cli_warn(cli,
		    _("this post's copy of the logs cannot be used: %s"),
		    err.text);
	else if (records_lacking(post, &err))
		cli_warn(cli, "%s", err.text);
	return rc == ERR_OK;
}

/* It judges all the same, and forgets. */
static bool
test_writing(struct cli *cli, const struct post *post)
{
	struct errtext why = { 0 };
	bool good = post_can_write(post, &why) == ERR_OK;

	if (!good)
		cli_warn(
		    cli, _("what this post learns is not kept: %s"), why.text);
	return good;
}

int
cmd_status(struct cli *cli)
{
	int64_t now = clock_now();
	struct verdict_result result;
	struct errtext err = { 0 };
	struct post *post = NULL;
	struct shown shown = { .known = false };
	struct found found;
	int status;
	enum err rc;

	if ((rc = post_open(cli->home, &post, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	test_shown(post, &shown);
	found.selftest = test_logs(cli, post) && selftest_run() &&
	    !post->store_lost && shown.known;
	found.writable = test_writing(cli, post);
	proofs_find(cli, post, now, &found.proofs);
	knowledge_reasons(post, now, found.selftest, &result);
	if (post->list_problem.text[0] != '\0')
		cli_warn(cli, _("the trust list cannot be used: %s"),
		    post->list_problem.text);
	if (cli->json)
		print_json(post, now, &found, &shown, &result);
	else
		print_text(post, now, &found, &shown, &result);
	post_free(&post);
	status = exit_of(&result);
	/* letters can be judged, but not all that was known is known, or
	 * somebody has something to do */
	if (status == 0 &&
	    (shown.counts.damaged > 0 || proofs_stand(&found.proofs) ||
		!reader_is_safe()))
		status = 1;
	proofs_clear(&found.proofs);
	return status;
}
