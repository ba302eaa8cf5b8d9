/* sello-issue withdraw: letters are void from now on; that is never undone. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "issue/center/fate.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/number_file.h"
#include "issue/reason.h"
#include "issue/register/letter.h"
#include "issue/whose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What became of one line of the file. */
enum outcome { OPEN, WITHDRAWN, BEFORE, UNKNOWN };

struct run {
	const struct cli *cli;
	const struct reason *reason;
	bool many; /* --from */
	struct number_file file;
	struct issued *letters; /* of the file's numbers, in its order */
	enum outcome *outcome;  /* the same */
	size_t fresh;           /* withdrawn just now */
	struct act act;
};

/* --- which letters ------------------------------------------------------- */

static enum err
take_numbers(struct run *run, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if (run->many)
		return number_file_read(
		    cli_value(run->cli, "from"), &run->file, err);
	if ((rc = command_letter(run->cli, run->cli->args[0], number, err)) !=
	    ERR_OK)
		return rc;
	return number_file_add(&run->file, 1, number, err);
}

static enum err
make_room(struct run *run, struct errtext *err)
{
	run->letters = calloc(run->file.count, sizeof(*run->letters));
	run->outcome = calloc(run->file.count, sizeof(*run->outcome));
	return run->letters != NULL && run->outcome != NULL ? ERR_OK
							    : err_memory(err);
}

/* One that is not here keeps all of the file back, and all such are told. */
static enum err
load(struct run *run, struct errtext *err)
{
	size_t unknown = 0;
	enum err rc;

	for (size_t i = 0; i < run->file.count; i++) {
		const struct file_number *one = &run->file.at[i];

		rc = one->number[0] == '\0'
		    ? ERR_NOT_FOUND
		    : register_letter_load(run->act.center->reg, one->number,
			  &run->letters[i], err);
		if (rc == ERR_NOT_FOUND && run->many) {
			run->outcome[i] = UNKNOWN;
			unknown++;
		} else if (rc != ERR_OK)
			return rc;
	}
	if (unknown == 0)
		return ERR_OK;
	return err_set(err, ERR_DATA,
	    ngettext("%s: %zu line names no letter of this center. Nothing was "
		     "withdrawn; mend the file and run this again",
		"%s: %zu lines name no letter of this center. Nothing was "
		"withdrawn; mend the file and run this again",
		unknown),
	    cli_value(run->cli, "from"), unknown);
}

/* Of many, one that was withdrawn before is told and left; a single one is
 * the mistake of who typed it. */
static enum err
was_before(struct run *run, size_t i, bool *before, struct errtext *err)
{
	bool any = false, fraud = false;
	enum err rc = fate_withdrawn(
	    run->act.center, run->letters[i].number, &any, &fraud, err);

	*before = fraud || (any && !run->reason->fraud);
	if (rc == ERR_OK && *before && !run->many)
		rc = err_set(err, ERR_DATA,
		    _("%s: this letter was withdrawn before"),
		    run->letters[i].number);
	return rc;
}

/* Of those that are not yet; they stand together for it. */
static enum err
ask(struct run *run, struct errtext *err)
{
	struct issued *open;
	size_t count = 0;
	char question[512];
	size_t used;
	bool before;
	enum err rc = ERR_OK;

	if (!confirm_is_asked(run->cli))
		return ERR_OK;
	if ((open = calloc(run->file.count, sizeof(*open))) == NULL)
		return err_memory(err);

	for (size_t i = 0; i < run->file.count && rc == ERR_OK; i++)
		if ((rc = was_before(run, i, &before, err)) == ERR_OK &&
		    !before)
			open[count++] = run->letters[i]; /* not ours to free */
	used =
	    (size_t)snprintf(question, sizeof(question), _("Reason: %s (%s). "),
		run->reason->word->word, _(run->reason->word->meaning));
	snprintf(question + used, sizeof(question) - used,
	    ngettext("Withdraw %zu letter, for good?",
		"Withdraw %zu letters, for good?", count),
	    count);
	if (rc == ERR_OK && count > 0)
		rc = whose_ask(run->cli, open, count, question, err);
	free(open);
	return rc;
}

/* --- withdrawing --------------------------------------------------------- */

static enum err
enter_nth(struct run *run, size_t i, struct errtext *err)
{
	bool before = false;
	enum err rc = was_before(run, i, &before, err);

	if (rc == ERR_OK && before) {
		run->outcome[i] = BEFORE;
		return ERR_OK;
	}
	if (rc == ERR_OK)
		rc = deed_withdraw(
		    &run->act, &run->letters[i], run->reason, err);
	if (rc == ERR_OK) {
		run->outcome[i] = WITHDRAWN;
		run->fresh++;
	}
	return rc;
}

/* All of them in one transaction: a batch is never half done. */
static enum err
withdraw(struct run *run, struct errtext *err)
{
	enum err rc;

	/* the log is looked at first: a register that was set back says wrong
	 * things about letters */
	if ((rc = act_begin(&run->act, clock_now(), err)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < run->file.count && rc == ERR_OK; i++)
		rc = enter_nth(run, i, err);
	return rc == ERR_OK ? act_commit(&run->act, err) : rc;
}

/* After an error the register says what became of each: where the guard alone
 * could not be written, they are withdrawn. */
static void
look_again(struct run *run)
{
	register_rollback(run->act.center->reg);
	for (size_t i = 0; i < run->file.count; i++) {
		bool any = false, fraud = false;

		if (run->outcome[i] == WITHDRAWN &&
		    (fate_withdrawn(run->act.center, run->letters[i].number,
			 &any, &fraud, NULL) != ERR_OK ||
			!(run->reason->fraud ? fraud : any)))
			run->outcome[i] = OPEN;
	}
}

/* --- what is said -------------------------------------------------------- */

static const char *
outcome_text(enum outcome outcome)
{
	switch (outcome) {
	case OPEN:
		return _("not withdrawn now");
	case WITHDRAWN:
		return _("is withdrawn");
	case BEFORE:
		return _("was withdrawn before");
	case UNKNOWN:
		break;
	}
	return _("no letter of this center has such a number");
}

static void
tell_json(const struct run *run, size_t i)
{
	static const char *const words[] = { "kept", "withdrawn", "before",
		"unknown" };
	const struct file_number *one = &run->file.at[i];
	enum outcome outcome = run->outcome[i];
	json_t *object = json_object();

	json_set_text(object, "letterNumber",
	    one->number[0] != '\0' ? one->number : NULL);
	json_set_text(object, "state",
	    outcome == WITHDRAWN || outcome == BEFORE ? "withdrawn"
		: outcome == OPEN
		? register_letter_state_name(run->letters[i].state)
		: NULL);
	if (run->many) {
		json_object_set_new(
		    object, "line", json_integer((json_int_t)one->line));
		json_set_text(object, "outcome", words[outcome]);
	}
	json_line(object);
}

/* Each number of the file, and what became of it. */
static void
tell_each(const struct run *run, FILE *out)
{
	for (size_t i = 0; i < run->file.count; i++) {
		const struct file_number *one = &run->file.at[i];

		if (run->cli->json)
			tell_json(run, i);
		else if (one->number[0] != '\0')
			print_to(out, "%s: %s\n", one->number,
			    outcome_text(run->outcome[i]));
		else {
			print_to(out, _("line %zu: %s"), one->line,
			    _("this is not a letter number"));
			print_to(out, "\n");
		}
	}
}

static void
tell(const struct run *run)
{
	if (run->many || run->cli->json)
		tell_each(run, stdout);
	if (run->cli->json || run->fresh == 0)
		return;
	if (!run->many) {
		print(_("Letter %s is withdrawn."), run->file.at[0].number);
		print("\n");
	}
	print("%s %s\n",
	    _("Posts learn it from the next publication: publish now."),
	    _(run->reason->next));
}

/* --- the command --------------------------------------------------------- */

/* Nothing that is typed blocks a withdrawal: a date that is today's by this
 * computer's clock, too, lets the line have its time. */
static int64_t
confirmed(const struct cli *cli)
{
	int64_t now = clock_now();

	return cli_has(cli, "confirm-date") &&
		confirm_date(cli, now, "", NULL) == ERR_OK
	    ? now
	    : 0;
}

static enum err
act(struct run *run, struct errtext *err)
{
	enum err rc;

	run->act.confirmed = confirmed(run->cli);
	if ((rc = take_numbers(run, err)) != ERR_OK ||
	    (rc = command_act_begin(
		 run->cli, run->reason->fraud, &run->act, err)) != ERR_OK ||
	    (rc = make_room(run, err)) != ERR_OK)
		return rc;
	if ((rc = load(run, err)) == ERR_OK) {
		/* who says no knows what became of them */
		if ((rc = ask(run, err)) != ERR_OK ||
		    (rc = withdraw(run, err)) == ERR_OK)
			return rc;
	}
	if (run->many) {
		look_again(run);
		tell_each(run, stderr);
	}
	return rc;
}

static void
end(struct run *run)
{
	for (size_t i = 0; run->letters != NULL && i < run->file.count; i++)
		register_letter_clear(&run->letters[i]);
	free(run->letters);
	free(run->outcome);
	number_file_clear(&run->file);
	act_close(&run->act);
}

int
cmd_withdraw(struct cli *cli)
{
	struct run run = { .cli = cli,
		.reason = reason_find(cli_value(cli, "reason")),
		.many = cli_has(cli, "from"),
		.act = { .any_clock = true } };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if ((rc = act(&run, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(&run);
	end(&run);
	return status;
}
