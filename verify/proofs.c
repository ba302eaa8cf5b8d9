/*
 * proofs.c - proofs.h.
 */
#include "verify/proofs.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/print.h"
#include "verify/post/log_refused.h"
#include "verify/post/post_list.h"
#include "verify/post/shown_mend.h"

#define TOLD_MAX 10 /* letters on a screen; --json has all */

static const char *const how_names[] = {
	[UNLOGGED_ABSENT] = "absent",
	[UNLOGGED_OTHER] = "other",
	[UNLOGGED_DEED] = "line",
};

/* Two lists under one number: until a newer one is taken. */
static bool
find_lists(struct cli *cli, const struct post *post)
{
	struct errtext err = { 0 };
	bool disputed = false;
	enum err rc = post_list_disputed(post, &disputed, &err);

	if (rc != ERR_OK)
		cli_warn(cli,
		    _("whether two lists of centers contradict each other is "
		      "not known: %s"),
		    err.text);
	else if (disputed)
		cli_warn(cli,
		    _("PROOF OF MANIPULATION: the root signed two lists of "
		      "centers with number %llu. Send both to the root "
		      "custodian. A list with a higher number settles it; until "
		      "then call a center before you act on its letters. The "
		      "lists are in %s/evidence"),
		    (unsigned long long)post->list->sequence, post->home);
	return rc == ERR_OK && !disputed;
}

static bool
find_lines(struct cli *cli, const struct post *post, bool *known)
{
	struct errtext err = { 0 };
	bool refused = false;
	enum err rc = ERR_OK, one;
	const struct trust_list *list = post->list;
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct trust_center *center = &list->centers[i];
			const struct trust_log *named = &center->logs[k];

			one = log_is_refused(post, center, named,
			    post_logs_find(
				&post->logs, center->code, named->generation),
			    &refused, &err);
			if (refused)
				return true;
			if (one != ERR_OK)
				rc = one;
		}
	*known = rc == ERR_OK;
	if (!*known)
		cli_warn(cli,
		    _("whether this post refused lines of a center's log is "
		      "not known: %s"),
		    err.text);
	return false;
}

void
proofs_find(struct cli *cli, struct post *post, int64_t now, struct proofs *out)
{
	struct errtext err = { 0 };

	*out = (struct proofs){ .list_good = find_lists(cli, post),
		.lines_known = true };
	out->lines_refused = find_lines(cli, post, &out->lines_known);
	/* records that cannot be read at all are told by themselves */
	out->letters_known =
	    unlogged_find(post, now, &out->letters, &err) == ERR_OK ||
	    post->store == NULL;
	if (!out->letters_known)
		cli_warn(cli,
		    _("whether letters were signed outside a center's log is "
		      "not known: %s"),
		    err.text);
	if (out->letters.damaged > 0)
		cli_warn(cli,
		    _("files of %s/evidence that are damaged and prove "
		      "nothing any more: %zu (%s). Take them from an older "
		      "copy of this folder, or remove them"),
		    post->home, out->letters.damaged, out->letters.example);
}

void
proofs_clear(struct proofs *proofs)
{
	unlogged_free(&proofs->letters);
}

static bool
has_reason(const struct judged *judged, enum reason reason)
{
	size_t i;

	for (i = 0; i < judged->result.count; i++)
		if (judged->result.reason[i] == reason)
			return true;
	return false;
}

void
proofs_keep(const struct judge *judge, const struct judged *judged,
    struct errtext *said)
{
	struct presentation p;
	bool known, other, deed;

	if (judged->judgement.letter == NULL || !has_reason(judged, F_UNLOGGED))
		return;
	p = judge_presentation(judge, judged);
	/* by its number and digest alone it is in the log */
	deed = !shown_is_absent(judge->post, &p, judge->now, &other);
	unlogged_keep(judge->post, &p, deed, clock_now(), &known, said);
}

static size_t
count_settled(const struct unlogged_list *list)
{
	size_t i, count = 0;

	for (i = 0; i < list->count; i++)
		count += list->letter[i].settled;
	return count;
}

bool
proofs_stand(const struct proofs *proofs)
{
	const struct unlogged_list *list = &proofs->letters;

	return !proofs->list_good || proofs->lines_refused ||
	    !proofs->lines_known || !proofs->letters_known ||
	    list->damaged > 0 || list->count > count_settled(list);
}

void
proofs_print(const struct proofs *proofs, const struct post *post)
{
	const struct unlogged_list *list = &proofs->letters;
	size_t settled = count_settled(list), told = 0, i;

	for (i = 0; i < list->count && told < TOLD_MAX; i++) {
		char day[LOCAL_SIZE];
		struct errtext text = { 0 };

		if (list->letter[i].settled)
			continue;
		unlogged_day(&list->letter[i], day);
		unlogged_sentence(&list->letter[i], day, &text);
		print("%s\n", text.text);
		told++;
	}
	if (list->count - settled > told)
		print(_("More such letters: %zu (--json names all)\n"),
		    list->count - settled - told);
	if (told > 0)
		print(_("It is told here until the root custodian revokes the "
			"key. What proves it, without a name, is kept in "
			"%s/evidence\n"),
		    post->home);
	if (settled > 0)
		print(_("Letters signed outside a log with a key that the "
			"root custodian has revoked since: %zu\n"),
		    settled);
}

void
proofs_add_json(json_t *line, const struct proofs *proofs)
{
	const struct unlogged_list *list = &proofs->letters;
	json_t *letters = json_array();
	size_t i;

	json_object_set_new(
	    line, "listDisputed", json_boolean(!proofs->list_good));
	for (i = 0; i < list->count; i++) {
		const struct unlogged *letter = &list->letter[i];
		char day[CLOCK_DATE_SIZE] = "";
		json_t *o = json_object();

		clock_format_date(letter->p.time / CLOCK_DAY, day);
		json_set_text(o, "letterNumber", letter->p.number);
		json_set_text(o, "shown", day);
		json_set_text(o, "contradiction", how_names[letter->how]);
		json_object_set_new(o, "kept", json_boolean(letter->kept));
		json_object_set_new(
		    o, "settled", json_boolean(letter->settled));
		json_array_append_new(letters, o);
	}
	json_object_set_new(line, "unlogged", letters);
}
