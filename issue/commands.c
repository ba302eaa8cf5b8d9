/*
 * commands.c - the steps that most subcommands begin with: commands.h.
 */
#include "issue/commands.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/utf8.h"
#include "cli/new_passphrase.h"
#include "issue/center/login.h"
#include "issue/center/rekey.h"
#include "issue/deeds.h"
#include "issue/register/draft.h"
#include "issue/register/event.h"
#include "letter/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
passphrase_file(const struct cli *cli, const char *option)
{
	return cli_value(cli,
	    strcmp(option, "second") == 0 ? "second-passphrase-file"
					  : "passphrase-file");
}

/* Whose passphrase is asked for when two people stand at one terminal. */
static enum err
read_passphrase(const struct cli *cli, const char *option, const char *code,
    struct secret *out, struct errtext *err)
{
	char prompt[96];

	snprintf(prompt, sizeof(prompt), _("Passphrase of %s: "), code);
	return secret_passphrase(
	    passphrase_file(cli, option), prompt, 0, out, err);
}

/* A code that was typed: its person must be another than the one of --as. */
static enum err
check_code(const struct cli *cli, struct center *center, const char *option,
    const char *code, struct errtext *err)
{
	const char *first = cli_value(cli, "as");

	if (!person_is_code(code))
		return err_set(
		    err, ERR_USAGE, "--%s: %s", option, people_code_rule());
	if (strcmp(option, "second") != 0 || first == NULL ||
	    strcmp(code, first) != 0)
		return ERR_OK;
	register_event(
	    center->reg, clock_now(), "refused-same-person", code, "");
	return err_set(err, ERR_REFUSED,
	    _("--second: the second person must be another one"));
}

enum err
command_expect(const struct cli *cli, struct center *center, const char *option,
    unsigned roles, struct person *out, struct errtext *err)
{
	const char *code = cli_value(cli, option);
	enum err rc = check_code(cli, center, option, code, err);

	return rc == ERR_OK ? people_expect(center, code, roles, out, err) : rc;
}

enum err
command_login(const struct cli *cli, struct center *center, const char *option,
    unsigned roles, struct person *out, struct errtext *err)
{
	const char *code = cli_value(cli, option);
	struct secret passphrase = { 0 };
	bool typed = passphrase_file(cli, option) == NULL;
	struct secret_hush *hush = NULL;
	struct person expected;
	enum err rc =
	    command_expect(cli, center, option, roles, &expected, err);

	if (rc != ERR_OK)
		return rc;
	/* until it was tried: the next person may begin to type */
	if (typed)
		hush = secret_hush();
	rc = read_passphrase(cli, option, code, &passphrase, err);
	if (rc == ERR_OK)
		rc = people_login(center, code, &passphrase, roles, out, err);
	secret_speak(&hush);
	secret_wipe(&passphrase);
	return rc;
}

enum err
command_new_passphrase(const struct cli *cli, const char *option,
    const char *prompt, enum role role, struct secret *out, struct errtext *err)
{
	const char *file = cli_value(cli, option);
	enum err rc;

	if (role != ROLE_DRAFTER)
		return passphrase_new(cli, file, prompt, out, err);
	if ((rc = secret_passphrase(file, prompt, 1, out, err)) == ERR_OK)
		secret_warn_short(out);
	return rc;
}

enum err
command_reason(const struct cli *cli, const char **out, struct errtext *err)
{
	const char *reason = cli_value(cli, "reason");

	if (!deed_is_reason(reason))
		return err_set(err, ERR_USAGE,
		    _("--reason: at most %d characters, no line ends"),
		    DRAFT_REASON_MAX);
	*out = reason;
	return ERR_OK;
}

enum err
command_number(
    const char *typed, char out[LETTER_NUMBER_SIZE], struct errtext *err)
{
	struct letter_number number;

	if (number_parse_loose(typed, &number) && number_format(&number, out))
		return ERR_OK;
	if (file_exists(typed))
		return err_set(err, ERR_DATA,
		    _("%s: this is a file; wanted here: the letter's number, "
		      "as it stands on the paper"),
		    typed);
	return err_set(err, ERR_DATA,
	    _("this is not a letter number; compare it with the "
	      "paper, its last character checks the others"));
}

/* What cannot be looked up changes nothing of what is said. */
static void
tell_draft(const struct cli *cli, int64_t id, struct errtext *err)
{
	struct center *center = NULL;
	struct draft draft = { 0 };

	if (center_open(cli->home, false, &center, NULL) == ERR_OK &&
	    register_draft_load(
		center->reg, center->info.center, id, &draft, NULL) == ERR_OK) {
		if (draft.number[0] != '\0')
			err_set(err, ERR_DATA,
			    _("%lld is a draft; its letter is %s"),
			    (long long)id, draft.number);
		else
			err_set(err, ERR_DATA,
			    _("%lld is a draft; it has become no letter"),
			    (long long)id);
	}
	register_draft_clear(&draft);
	center_close(&center);
}

enum err
command_letter(const struct cli *cli, const char *typed,
    char out[LETTER_NUMBER_SIZE], struct errtext *err)
{
	enum err rc = command_number(typed, out, err);
	int64_t id;

	if (rc != ERR_OK && command_draft_id(typed, &id, NULL) == ERR_OK)
		tell_draft(cli, id, err);
	return rc;
}

enum sheet_paper
command_paper(const struct cli *cli, const struct center *center)
{
	const char *name = cli_value(cli, "paper");

	if (name != NULL)
		return strcmp(name, "a4") == 0 ? PAPER_A4 : PAPER_LETTER;
	return command_paper_of(center);
}

/* Spain and Ecuador print on A4, the other countries on US Letter. */
enum sheet_paper
command_paper_of(const struct center *center)
{
	const char *country = center->info.country;

	return strcmp(country, "ESP") == 0 || strcmp(country, "ECU") == 0
	    ? PAPER_A4
	    : PAPER_LETTER;
}

enum err
command_draft_id(const char *text, int64_t *out, struct errtext *err)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 15 || text[digits] != '\0')
		return err_set(err, ERR_USAGE,
		    _("a draft is named by its number, as draft printed it; "
		      "several one after another: 5 6 7"));
	if (text[0] == '0' && digits > 1)
		return err_set(err, ERR_USAGE,
		    _("%s: a draft's number has no zeros in front; a letter "
		      "is named by its whole number"),
		    text);
	*out = strtoll(text, NULL, 10);
	return ERR_OK;
}

bool
command_is_ending(struct center *center, int64_t now, struct errtext *text)
{
	char end[LOCAL_SIZE] = "?", next[DSIG_KEY_NAME_SIZE];
	const struct trust_key *own = center->own;

	if (own == NULL || own->status != KEY_ACTIVE ||
	    now < own->not_after - CERT_WARN || rekey_is_ready(center, next))
		return false;
	local_format(own->not_after, end);
	err_set(text, ERR_STALE,
	    now < own->not_after
		? _("the center's certificate ends on %s; no letter can be "
		    "signed after that. Ask the root custodian to renew it, or "
		    "make a new key with sello-issue rekey")
		: _("the center's certificate ended on %s; no letter can be "
		    "signed. Ask the root custodian to renew it, or make a new "
		    "key with sello-issue rekey"),
	    end);
	return true;
}

void
command_warn_ending(const struct cli *cli, struct center *center)
{
	struct errtext text = { 0 };

	if (command_is_ending(center, clock_now(), &text))
		cli_warn(cli, "%s", text.text);
}

static void
warn_unknown(void *arg, const char *key_name)
{
	const struct cli *cli = arg;

	cli_warn(cli,
	    /* after a restore the key may have signed honest letters, which
	     * its revocation would call false */
	    _("the trust list names key %s for this center, and nobody here "
	      "has it. If a backup was put back, run sello-issue recover "
	      "first, and have the key superseded, not revoked for compromise. "
	      "Else ask the root custodian to take it off the list (sello-keys "
	      "revoke); if nobody here asked for it, today"),
	    key_name);
}

void
command_warn_unknown(const struct cli *cli, struct center *center)
{
	struct cli copy = *cli; /* for a visitor that changes nothing */
	struct errtext err = { 0 };

	if (rekey_unknown_each(center, warn_unknown, &copy, &err) != ERR_OK)
		cli_warn(cli, "%s", err.text);
}
