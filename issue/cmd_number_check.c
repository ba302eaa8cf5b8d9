/*
 * sello-issue number-check: for who answers the telephone. One line that says
 * whether a letter is known and good, and nothing else of it but the day from
 * which it holds: no name, and a wrong year of birth is answered as a number
 * that nobody has.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/standing.h"
#include "issue/commands.h"
#include "issue/register/letter.h"
#include "letter/date.h"
#include "trust/authenticate.h"

#include <stdlib.h>
#include <string.h>

enum answer { GOOD, WITHDRAWN, REPLACED, ENDED, KEY_GONE, NOT_YET, NOT_KNOWN };

/* A line each, with the number, below 160 characters in every language. */
static const struct {
	const char *name; /* for --json */
	int status;
	const char *text;
} answers[] = {
	[GOOD] = { "good", 0, N_("%s: known and good.") },
	[WITHDRAWN] = { "withdrawn", 1,
	    N_("%s: withdrawn, no longer good. Ask the center.") },
	[REPLACED] = { "replaced", 1,
	    N_("%s: replaced by a newer letter. Only the newer one is good.") },
	[ENDED] = { "ended", 1, N_("%s: its time is over.") },
	[KEY_GONE] = { "key-revoked", 1,
	    N_("%s: consulates do not take its signature. Ask the center.") },
	[NOT_YET] = { "not-yet", 1, N_("%s: known, not yet valid: from %s.") },
	[NOT_KNOWN] = { "not-known", 2,
	    N_("Not known: no letter has this number and this year of "
	       "birth.") },
};

/* Four digits, or "unknown", as the letter itself says it. */
static bool
is_year(const char *text)
{
	return strcmp(text, "unknown") == 0 ||
	    (strlen(text) == 4 && strspn(text, "0123456789") == 4);
}

static bool
is_born(const struct letter *letter, const char *year)
{
	return strncmp(letter->birth_date, year, strlen(year)) == 0;
}

static bool
is_over(const struct letter *letter)
{
	int64_t day;

	return clock_parse_date(letter->valid_until, &day) &&
	    clock_now() >= date_valid_end(day);
}

static bool
is_early(const struct letter *letter)
{
	int64_t day;

	return clock_parse_date(letter->valid_from, &day) &&
	    clock_now() < date_valid_begin(day);
}

static enum answer
answer_of(const struct issued *issued, const struct authentic *own, bool counts)
{
	if (issued->state == ISSUED_WITHDRAWN)
		return WITHDRAWN;
	if (issued->state == ISSUED_SUPERSEDED)
		return REPLACED;
	if (!counts ||
	    (own->key->status == KEY_REVOKED &&
		issued->issued_at >= own->key->since))
		return KEY_GONE;
	return is_over(&own->letter) ? ENDED
	    : is_early(&own->letter) ? NOT_YET
				     : GOOD;
}

/* ERR_NOT_FOUND, too, for a letter whose data was erased. */
static enum err
look(struct center *center, const char *number, const char *year,
    enum answer *out, char from[CLOCK_DATE_SIZE], struct errtext *err)
{
	bool counts = true;
	struct authentic *own = calloc(1, sizeof(*own));
	struct issued issued = { 0 };
	enum err rc;

	if (own == NULL)
		return err_memory(err);
	/* whichever number it is, or the error would tell that it exists */
	if (center->list == NULL)
		rc = err_set(err, ERR_CONFIG, "%s", center->list_problem.text);
	else
		rc = register_letter_load(center->reg, number, &issued, err);
	if (rc == ERR_OK && issued.state == ISSUED_FORGOTTEN)
		rc = ERR_NOT_FOUND;
	if (rc == ERR_OK &&
	    (rc = authenticate_letter(issued.xml.at, issued.xml.len,
		 center->list, own, err)) != ERR_OK)
		err_prefix(
		    err, _("%s: the register's letter is not good"), number);
	if (rc == ERR_OK)
		rc = standing_letter_counts(center, number, &counts, err);
	if (rc == ERR_OK && is_born(&own->letter, year)) {
		*out = answer_of(&issued, own, counts);
		(void)text_copy(from, CLOCK_DATE_SIZE, own->letter.valid_from);
	}
	letter_wipe(&own->letter);
	free(own);
	register_letter_clear(&issued);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static void
tell(const struct cli *cli, enum answer answer, const char *number,
    const char *from)
{
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_set_text(object, "letterNumber",
		    answer == NOT_KNOWN ? NULL : number);
		json_set_text(object, "answer", answers[answer].name);
		json_line(object);
		return;
	}
	print(_(answers[answer].text), number, from);
	print("\n");
}

int
cmd_number_check(struct cli *cli)
{
	char number[LETTER_NUMBER_SIZE] = "";
	char from[CLOCK_DATE_SIZE] = "";
	enum answer answer = NOT_KNOWN;
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;

	if (!is_year(cli->args[1]))
		return cli_usage(cli,
		    _("the year of birth has four digits, as 1990, or is the "
		      "word unknown"));
	/* one that no letter can have was misheard or mistyped: that is no
	 * answer about a letter */
	if ((rc = command_number(cli->args[0], number, &err)) == ERR_OK &&
	    (rc = center_open(cli->home, false, &center, &err)) == ERR_OK)
		rc = look(center, number, cli->args[1], &answer, from, &err);
	center_close(&center);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	tell(cli, answer, number, from);
	return answers[answer].status;
}
