/* sello-issue approve: a second person turns drafts into letters. */
#include "base/clock.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/process.h"
#include "base/progress.h"
#include "issue/center/approve.h"
#include "issue/center/release_many.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/handing.h"
#include "issue/left_out.h"
#include "issue/register/draft.h"
#include "issue/review.h"
#include "letter/xml.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One run of the command. */
struct run {
	const struct cli *cli;
	bool all, yes;
	struct act act;
	struct decoder *decoder;
	struct picks picks;
	struct handing handing;
	struct progress progress;
	size_t done;       /* letters worked at */
	size_t told;       /* and said to a person: signed now */
	size_t told_again; /* signed before, whose files were written now */
	int status;  /* the first thing that went wrong and let us go on */
	bool failed; /* a letter's files */
};

/* --- what is said -------------------------------------------------------- */

static void
refuse(void *arg, int64_t draft, const char *why)
{
	struct run *run = arg;

	cli_warn(run->cli, _("draft %lld: %s"), (long long)draft, why);
	if (run->status == 0)
		run->status = err_exit(ERR_DATA);
}

static void
tell_json(const struct issued *letter, const struct release *release)
{
	struct bytes digest = { 0 };
	char level[2] = { release->qr_level, '\0' };
	json_t *object = json_object();

	hex_encode(letter->digest, sizeof(letter->digest), &digest);
	json_object_set_new(object, "draft", json_integer(letter->draft));
	json_set_text(object, "letterNumber", letter->number);
	json_set_text(object, "digest", (const char *)digest.at);
	json_set_text(object, "xml", release->xml_path);
	json_set_text(object, "pdf", release->pdf_path);
	json_set_text(object, "png", release->png_path);
	json_object_set_new(
	    object, "qrVersion", json_integer(release->qr_version));
	json_set_text(object, "qrLevel", level);
	json_object_set_new(object, "packedBytes",
	    json_integer((json_int_t)release->packed_bytes));
	bytes_free(&digest);
	json_line(object);
}

/* Was it signed before this run? */
static bool
was_letter(const struct run *run, int64_t draft)
{
	for (size_t i = 0; i < run->picks.count; i++)
		if (run->picks.at[i].draft == draft)
			return run->picks.at[i].before;
	return false;
}

static void
tell(
    struct run *run, const struct issued *issued, const struct release *release)
{
	struct letter letter = { 0 };
	char name[2 * LETTER_NAME_SIZE + 2];

	if (run->cli->json) {
		tell_json(issued, release);
		return;
	}
	(void)xml_read(issued->xml.at, issued->xml.len, &letter, NULL);
	snprintf(name, sizeof(name), "%s%s%s", letter.surnames,
	    letter.surnames[0] && letter.given_names[0] ? ", " : "",
	    letter.given_names);
	progress_end(&run->progress); /* its line is on the same screen */
	print(_("Draft %lld is letter %s: %s"), (long long)issued->draft,
	    issued->number, name[0] != '\0' ? name : release->pdf_path);
	print("\n");
	if (letter.supersedes[0] != '\0') {
		print(_("Letter %s ended with this: its paper must come back."),
		    letter.supersedes);
		print("\n");
	}
	*(was_letter(run, issued->draft) ? &run->told_again : &run->told) += 1;
	OPENSSL_cleanse(name, sizeof(name));
	letter_wipe(&letter);
}

/* The screen is full of them, and nobody remembers what to do next. */
static void
tell_end(const struct run *run)
{
	const char *out = cli_value(run->cli, "out");

	if (run->told > 0) {
		print(ngettext("Signed: %zu letter. Its files are in %s.",
			  "Signed: %zu letters. Their files are in %s.",
			  run->told),
		    run->told, out);
		print("\n");
	}
	if (run->told_again > 0) {
		print(ngettext("%zu letter was signed already; its files are "
			       "in %s.",
			  "%zu letters were signed already; their files are "
			  "in %s.",
			  run->told_again),
		    run->told_again, out);
		print("\n");
	}
	if (run->told + run->told_again == 0)
		return;
	cli_print(run->cli, stdout,
	    _("Next: print and hand over, and publish, so that consulates know "
	      "of them (sello-issue publish)."));
}

/* --- choosing ------------------------------------------------------------ */

static enum err
choose_named(struct run *run, struct errtext *err)
{
	enum err rc = ERR_OK;
	int64_t id = 0;

	for (int i = 0; i < run->cli->arg_count && rc == ERR_OK; i++)
		if ((rc = command_draft_id(run->cli->args[i], &id, err)) ==
		    ERR_OK)
			rc = approve_add(&run->picks, run->act.center,
			    run->act.actor.code, id, err);
	return rc;
}

static enum err
choose(struct run *run, struct errtext *err)
{
	enum err rc;

	if (!run->all)
		return choose_named(run, err);
	rc = approve_add_all(
	    &run->picks, run->act.center, run->act.actor.code, err);
	if (rc == ERR_OK)
		left_out_tell(run->cli, &run->picks);
	return rc;
}

static FILE *
screen(const struct run *run)
{
	return !run->cli->json && isatty(STDOUT_FILENO) ? stdout : stderr;
}

static bool
has_terminal(const struct run *run)
{
	return isatty(STDIN_FILENO) && isatty(fileno(screen(run)));
}

static size_t
count_new(const struct picks *picks)
{
	size_t new = 0;

	for (size_t i = 0; i < picks->count; i++)
		new += picks->at[i].number[0] == '\0';
	return new;
}

static enum err
look_at(struct run *run, bool *stop, struct errtext *err)
{
	const struct review review = { stdin, screen(run), run->act.center };

	*stop = false;
	if (run->yes) {
		review_skip(&run->picks);
		return ERR_OK;
	}
	return run->all ? review_batch(&review, &run->picks, stop, err)
			: review_each(&review, &run->picks, stop, err);
}

/* --- letters and files --------------------------------------------------- */

static enum err
write_letter(struct run *run, const struct issued *letter,
    struct release *release, struct errtext *err)
{
	enum err rc = release_write(cli_value(run->cli, "out"), release, err);

	if (rc != ERR_OK)
		return rc;
	tell(run, letter, release);
	return handing_add(&run->handing, letter, release,
	    letter->issued_at >= run->act.now ? EVENT_BEFORE_NEVER
					      : EVENT_BEFORE_PERHAPS,
	    err);
}

/* One letter's trouble with its files does not keep back the others' of the
 * batch; each is told. */
static void
take_letter(void *arg, enum err rc, const struct errtext *why,
    struct issued *letter, struct release *release)
{
	struct run *run = arg;
	struct errtext err = *why;

	if (rc == ERR_OK)
		rc = write_letter(run, letter, release, &err);
	if (rc != ERR_OK) {
		run->status = cli_fail(run->cli, rc, &err);
		run->failed = true;
	}
	progress_step(&run->progress, ++run->done);
}

static enum err
sign_and_write(struct run *run, struct errtext *err)
{
	const struct approval approval = { &run->act,
		command_paper(run->cli, run->act.center), refuse, run,
		cli_has(run->cli, "large") };
	struct picks *picks = &run->picks;
	enum err rc = ERR_OK;
	size_t n;

	run->handing.paper = approval.paper;
	progress_start(&run->progress, _("letters"), picks->count);
	approve_expect(run->act.center, count_new(picks));
	for (size_t i = 0;
	     i < picks->count && rc == ERR_OK && !process_is_ending(); i += n) {
		n = picks->count - i;
		n = n < APPROVE_BATCH ? n : APPROVE_BATCH;
		if (count_new(
			&(struct picks){ .at = &picks->at[i], .count = n }) > 0)
			rc = approve_sign(&approval, &picks->at[i], n, err);
		/* letters of before are handed out as well */
		if (rc == ERR_OK)
			rc = act_settle(run->act.center, err);
		if (rc != ERR_OK)
			break;
		rc = release_many(run->act.center, run->decoder, &picks->at[i],
		    n, false, take_letter, run, err);
		if (rc == ERR_OK)
			rc = handing_note(&run->handing, run->act.center,
			    clock_now(), run->act.actor.code, err);
		/* files that fail stop further signing: what is wrong with
		 * them should be mended first */
		if (run->failed)
			break;
	}
	progress_end(&run->progress);
	return rc;
}

/* What is signed is written as well, whatever key is pressed meanwhile: a
 * letter without its files would be found by nobody. Of what more there was to
 * sign nothing is, and nothing is printed; the program ends as it is told. */
static enum err
finish(struct run *run, struct errtext *err)
{
	struct errtext why = { 0 };
	sigset_t before;
	enum err rc, end;

	process_hold(&before);
	rc = sign_and_write(run, err);
	/* what was signed is handed over, whatever stopped the others */
	end = handing_join(
	    &run->handing, run->cli, run->act.center, clock_now(), &why);
	if (rc == ERR_OK && end != ERR_OK)
		err_set(err, end, "%s", why.text);
	else if (end != ERR_OK)
		cli_warn(run->cli, "%s", why.text);
	if (rc == ERR_OK)
		rc = end;
	if (process_is_ending() && rc != ERR_OK)
		cli_fail(run->cli, rc, err);
	/* others need not wait for a printer */
	center_unlock(run->act.center);
	process_let(&before);
	if (end == ERR_OK)
		end = handing_print(
		    &run->handing, run->cli, rc == ERR_OK ? err : NULL);
	return rc == ERR_OK ? end : rc;
}

/* --- the command --------------------------------------------------------- */

static enum err
check_signing(struct run *run, struct errtext *err)
{
	struct act *act = &run->act;
	bool stale = false;
	enum err rc;

	act->now = clock_now();
	if ((rc = command_confirm(run->cli, false, act, err)) != ERR_OK ||
	    (rc = act_check(act, &stale, err)) != ERR_OK ||
	    (rc = center_may_issue(act->center, act->now, err)) != ERR_OK)
		return rc;
	if (stale)
		cli_warn(run->cli, "%s",
		    _("the trust list is past its next update; get the "
		      "newest"));
	return ERR_OK;
}

static const struct command_rule rule = { .first = ROLE_BIT(ROLE_APPROVER),
	.second = ROLE_ANY };

/* Where nothing waits nobody is asked for a passphrase; but who may not
 * approve is refused all the same. */
static enum err
any_waits(struct run *run, bool *any, struct errtext *err)
{
	enum err rc;

	*any = !run->all;
	if (!run->all)
		return ERR_OK;
	rc = command_expect_both(run->cli, &rule, &run->act, err);
	if (rc == ERR_OK)
		rc = register_draft_any(run->act.center->reg, NULL, any, err);
	if (rc == ERR_OK && !*any && !run->cli->json)
		print_to(stderr, "%s\n", _("Nothing in this list."));
	return rc;
}

/* Nothing of a draft is shown, and nothing signed, on a machine that could
 * not finish. */
static enum err
get_ready(struct run *run, struct errtext *err)
{
	enum err rc;

	if (count_new(&run->picks) > 0 &&
	    (rc = check_signing(run, err)) != ERR_OK)
		return rc;
	if ((rc = file_parent_there(cli_value(run->cli, "out"), err)) !=
		ERR_OK ||
	    (rc = file_folder_ready(cli_value(run->cli, "out"), err)) !=
		ERR_OK ||
	    (rc = handing_ready(&run->handing, err)) != ERR_OK) {
		err_prefix(err, "%s", _("nothing was signed"));
		return rc;
	}
	return release_ready(&run->decoder, err);
}

static enum err
approve(struct run *run, struct errtext *err)
{
	bool any = false, stop = false;
	enum err rc;

	/* reading does not lock others out: an approver may look for long */
	if ((rc = center_open(
		 run->cli->home, run->yes, &run->act.center, err)) != ERR_OK ||
	    (rc = any_waits(run, &any, err)) != ERR_OK || !any ||
	    (rc = command_log_in(run->cli, &rule, &run->act, err)) != ERR_OK ||
	    (rc = act_open(&run->act, err)) != ERR_OK ||
	    (rc = choose(run, err)) != ERR_OK || run->picks.count == 0 ||
	    (rc = get_ready(run, err)) != ERR_OK ||
	    (rc = look_at(run, &stop, err)) != ERR_OK)
		return rc;
	command_warn_ending(run->cli, run->act.center);
	if (stop || run->picks.count == 0) {
		print_to(screen(run), "%s\n", _("Nothing was signed."));
		return ERR_OK;
	}
	if ((rc = center_lock(run->act.center, err)) != ERR_OK)
		return rc;
	return finish(run, err);
}

static int
check_usage(const struct run *run)
{
	const struct cli *cli = run->cli;

	if (handing_usage(cli) != NULL)
		return cli_usage(cli, "%s", handing_usage(cli));
	if (!run->yes && !has_terminal(run))
		return cli_usage(cli,
		    _("there is no terminal to show the drafts on; give "
		      "--yes to approve them unseen"));
	return 0;
}

int
cmd_approve(struct cli *cli)
{
	struct run run = { .cli = cli,
		.all = cli_has(cli, "all"),
		.yes = cli_has(cli, "yes") };
	struct errtext err = { 0 };
	int status = check_usage(&run);
	enum err rc;

	if (status != 0)
		return status;
	handing_begin(cli, &run.handing);
	rc = approve(&run, &err);
	tell_end(&run);
	if (rc != ERR_OK)
		run.status = cli_fail(cli, rc, &err);
	handing_clear(&run.handing);
	decoder_free(&run.decoder);
	approve_clear(&run.picks);
	act_close(&run.act);
	return run.status;
}
