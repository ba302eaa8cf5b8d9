/* sello-issue show: one letter or draft of the register, and what became of
 * it. */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/draft_verify.h"
#include "issue/commands.h"
#include "issue/draft_show.h"
#include "issue/duplicate_view.h"
#include "issue/ended.h"
#include "issue/register/draft.h"
#include "issue/register/listed.h"
#include "letter/number.h"
#include "letter/view.h"
#include "trust/authenticate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
show_json(const struct issued *issued, const struct authentic *own,
    const struct ended *ended)
{
	struct bytes digest = { 0 };
	json_t *object = json_object();

	hex_encode(issued->digest, sizeof(issued->digest), &digest);
	json_set_text(object, "letterNumber", issued->number);
	json_set_text(
	    object, "state", register_letter_state_name(issued->state));
	json_set_time(object, "issuedAt", issued->issued_at);
	json_object_set_new(object, "copies", json_integer(issued->copies));
	json_object_set_new(object, "draft", json_integer(issued->draft));
	json_set_text(object, "officer", issued->officer);
	json_set_text(object, "approver", issued->approver);
	json_set_text(object, "second",
	    issued->second[0] != '\0' ? issued->second : NULL);
	json_set_text(object, "reason", issued->reason);
	json_set_text(object, "digest", (const char *)digest.at);
	json_set_text(object, "keyId", own->key_name);
	ended_json(ended, object);
	json_object_set_new(object, "letter", view_json(&own->letter));
	bytes_free(&digest);
	json_line(object);
}

static void
tell(const struct center *center, const struct issued *issued,
    const struct authentic *own, const struct ended *ended)
{
	struct letter_labels labels = { 0 };
	char how[ISSUED_HOW_SIZE], state[WORD_BOTH_SIZE];

	authenticate_labels(
	    center->list, &own->letter, i18n_language(), &labels);
	view_print(stdout, &own->letter, &labels);
	print("\n");
	print(_("State: %s. Copies: %d. Draft %lld by %s, approved by %s "
		"(%s)."),
	    word_both(register_letter_state_name(issued->state), state),
	    issued->copies, (long long)issued->draft, issued->officer,
	    issued->approver, register_letter_how(issued, how));
	print("\n");
	ended_print(ended);
}

static enum err
load(struct center *center, const char *typed, struct issued *issued,
    struct authentic *own, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if ((rc = command_number(typed, number, err)) != ERR_OK ||
	    (rc = register_letter_load(center->reg, number, issued, err)) !=
		ERR_OK)
		return rc;
	if (issued->state == ISSUED_FORGOTTEN)
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: this letter's data was erased"), number);
	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	rc = authenticate_letter(
	    issued->xml.at, issued->xml.len, center->list, own, err);
	if (rc != ERR_OK)
		err_prefix(
		    err, _("%s: the register's letter is not good"), number);
	return rc;
}

/* --- a draft ------------------------------------------------------------- */

/* The letter that a draft is now; empty for another state. */
struct became {
	char number[LETTER_NUMBER_SIZE];
	enum issued_state state;
	struct ended ended;
};

static enum err
load_became(struct center *center, const char *number, struct became *out,
    struct errtext *err)
{
	struct issued issued = { 0 };
	enum err rc;

	if (number[0] == '\0')
		return ERR_OK;
	text_copy(out->number, sizeof(out->number), number);
	rc = register_letter_load(center->reg, number, &issued, err);
	out->state = issued.state;
	register_letter_clear(&issued);
	return rc == ERR_OK ? ended_load(center->reg, number, &out->ended, err)
			    : rc;
}

/* Who gave it up; empty for another state. */
static enum err
load_discarding(struct center *center, const struct draft *draft,
    struct discarding *out, struct errtext *err)
{
	*out = (struct discarding){ 0 };
	return draft->state != DRAFT_DISCARDED
	    ? ERR_OK
	    : register_listed_discarding(center->reg, draft->id, out, err);
}

/* `bad`: why its drafter's signature does not stand; "" for a good one. */
static enum err
draft_json(struct center *center, const struct draft *draft,
    const struct became *became, const struct discarding *gone, const char *bad,
    struct errtext *err)
{
	struct duplicate_person person = { &draft->letter, draft->id,
		draft->at };
	json_t *object, *alike = NULL, *problems, *letter = NULL;
	enum err rc = duplicate_view_json(center, &person, &alike, err);

	if (rc != ERR_OK)
		return rc;
	problems = json_loads((const char *)draft->problems.at, 0, NULL);
	if (draft->letter.surnames[0] != '\0')
		letter = view_json(&draft->letter);
	object = json_object();
	json_object_set_new(object, "draft", json_integer(draft->id));
	json_set_text(object, "state", register_draft_state_name(draft));
	json_set_text(object, "officer", draft->officer);
	json_set_time(object, "draftedAt", draft->at);
	json_set_text(object, "row", draft->row);
	json_set_text(object, "letterNumber",
	    draft->number[0] != '\0' ? draft->number : NULL);
	json_set_text(object, "letterState",
	    draft->number[0] != '\0' ? register_letter_state_name(became->state)
				     : NULL);
	json_set_text(object, "refused", bad[0] != '\0' ? bad : NULL);
	json_set_text(
	    object, "discardedBy", gone->by[0] != '\0' ? gone->by : NULL);
	json_set_text(
	    object, "reason", gone->reason[0] != '\0' ? gone->reason : NULL);
	json_object_set_new(
	    object, "problems", problems ? problems : json_array());
	json_object_set_new(object, "alike", alike);
	json_object_set_new(object, "letter", letter ? letter : json_null());
	json_line(object);
	return ERR_OK;
}

static void
tell_state(const struct draft *draft, const struct became *letter,
    const struct discarding *gone, const char *bad)
{
	char at[LOCAL_SIZE], state[WORD_BOTH_SIZE];

	local_format(draft->at, at);
	print(_("Draft %lld by %s, %s. State: %s."), (long long)draft->id,
	    draft->officer, at,
	    word_both(register_draft_state_name(draft), state));
	if (draft->row[0] != '\0')
		print(_(" Row: %s."), draft->row);
	print("\n");
	if (letter->number[0] != '\0') {
		print(_("It became letter %s. State of the letter: %s."),
		    letter->number,
		    word_both(
			register_letter_state_name(letter->state), state));
		print("\n");
		ended_print(&letter->ended);
	}
	if (draft->letter.surnames[0] == '\0' && gone->by[0] == '\0' &&
	    bad[0] == '\0')
		print("%s\n",
		    _("Its data was erased, or is damaged; sello-issue check "
		      "says which."));
	if (gone->by[0] != '\0') {
		local_format(gone->at, at);
		print(_("Given up by %s, %s: %s. Its data was erased."),
		    gone->by, at, gone->reason);
		print("\n");
	}
	if (bad[0] != '\0') {
		print(_("It cannot be approved: %s."), bad);
		print("\n");
	}
}

static enum err
tell_draft(struct center *center, const struct draft *draft,
    const struct became *letter, const struct discarding *gone, const char *bad,
    struct errtext *err)
{
	enum err rc = ERR_OK;

	if (draft->letter.surnames[0] != '\0') {
		rc = draft_show(stdout, center, draft, err);
		print("\n");
	}
	tell_state(draft, letter, gone, bad);
	return rc;
}

/* Those that wait: would they be refused? Others are history. */
static enum err
judge(struct center *center, const struct draft *draft, struct errtext *bad,
    struct errtext *err)
{
	struct draft again = { 0 };
	enum err rc;

	if (draft->state != DRAFT_PENDING)
		return ERR_OK;
	rc = draft_verify(center, draft->id, &again, bad);
	register_draft_clear(&again);
	if (rc == ERR_REFUSED)
		return ERR_OK;
	if (rc != ERR_OK)
		*err = *bad;
	return rc;
}

/* The newest letter with these digits as the serial part of its number. */
struct serial {
	unsigned wanted;
	char number[LETTER_NUMBER_SIZE];
};

static bool
take_serial(void *arg, const struct listed *listed)
{
	struct serial *serial = arg;
	struct letter_number number;

	if (number_parse(listed->number, &number) &&
	    number.sequence == serial->wanted)
		text_copy(
		    serial->number, sizeof(serial->number), listed->number);
	return true;
}

/* Nobody writes a draft's number with zeros in front: a part of a letter's is
 * what was read from the paper. */
static enum err
check_which(struct center *center, const char *typed, struct errtext *err)
{
	struct serial serial = { .wanted = (unsigned)strtoul(typed, NULL, 10) };
	enum err rc;

	if (typed[0] != '0' || serial.wanted == 0)
		return ERR_OK;
	rc = register_listed_letters(center->reg, take_serial, &serial, err);
	if (rc != ERR_OK || serial.number[0] == '\0')
		return rc;
	return err_set(err, ERR_USAGE,
	    _("%.20s: draft %u, or letter %s? Write a draft's number without "
	      "zeros in front, a letter's whole"),
	    typed, serial.wanted, serial.number);
}

static enum err
load_draft(
    struct center *center, int64_t id, struct draft *out, struct errtext *err)
{
	struct errtext none = { 0 };
	enum err rc = register_draft_load(
	    center->reg, center->info.center, id, out, &none);

	if (rc == ERR_NOT_FOUND)
		return err_set(
		    err, rc, "%s (sello-issue list --drafts)", none.text);
	if (rc != ERR_OK)
		*err = none;
	return rc;
}

static enum err
show_draft(const struct cli *cli, struct errtext *err)
{
	struct center *center = NULL;
	struct draft draft = { 0 };
	struct discarding gone = { 0 };
	struct became letter = { .number = "" };
	struct errtext bad = { 0 };
	int64_t id;
	enum err rc;

	if ((rc = center_open(cli->home, false, &center, err)) == ERR_OK &&
	    (rc = check_which(center, cli->args[0], err)) == ERR_OK &&
	    (rc = command_draft_id(cli->args[0], &id, err)) == ERR_OK &&
	    (rc = load_draft(center, id, &draft, err)) == ERR_OK &&
	    (rc = load_became(center, draft.number, &letter, err)) == ERR_OK &&
	    (rc = load_discarding(center, &draft, &gone, err)) == ERR_OK &&
	    (rc = judge(center, &draft, &bad, err)) == ERR_OK)
		rc = (cli->json ? draft_json : tell_draft)(
		    center, &draft, &letter, &gone, bad.text, err);
	register_draft_clear(&draft);
	center_close(&center);
	return rc;
}

/* --- the command --------------------------------------------------------- */

static enum err
show_letter(const struct cli *cli, struct errtext *err)
{
	struct authentic *own = calloc(1, sizeof(*own));
	struct center *center = NULL;
	struct issued issued = { 0 };
	struct ended ended = { 0 };
	enum err rc;

	if (own == NULL)
		return err_memory(err);
	if ((rc = center_open(cli->home, false, &center, err)) == ERR_OK &&
	    (rc = load(center, cli->args[0], &issued, own, err)) == ERR_OK &&
	    (rc = ended_load(center->reg, issued.number, &ended, err)) ==
		ERR_OK) {
		if (cli->json)
			show_json(&issued, own, &ended);
		else
			tell(center, &issued, own, &ended);
	}
	letter_wipe(&own->letter);
	free(own);
	register_letter_clear(&issued);
	center_close(&center);
	return rc;
}

/* A draft's number is digits alone, a letter's never. */
static bool
is_draft(const char *typed)
{
	return typed[0] != '\0' && typed[strspn(typed, "0123456789")] == '\0';
}

int
cmd_show(struct cli *cli)
{
	struct errtext err = { 0 };
	enum err rc = is_draft(cli->args[0]) ? show_draft(cli, &err)
					     : show_letter(cli, &err);

	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
