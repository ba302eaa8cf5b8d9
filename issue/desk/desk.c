/*
 * desk.c - desk.h.
 */
#include "issue/desk/desk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"
#include "cli/confirm.h"
#include "http/words.h"
#include "issue/center/login.h"
#include "issue/center/standing.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/register/draft.h"
#include "issue/register/event.h"

#include <openssl/crypto.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
desk_forget(struct desk *desk)
{
	const char *home = desk->home;
	unsigned files = desk->files;
	struct begun *all = desk->all;
	struct session session;

	session_close(&desk->session);
	session = desk->session;
	approve_clear(&desk->batch);
	free(desk->opened);
	free(desk->signed_now);
	free(desk->joined_sheet);
	bytes_wipe(&desk->joined);
	bytes_wipe(&desk->said);
	bytes_wipe(&desk->preview);
	OPENSSL_cleanse(desk, sizeof(*desk));
	*desk = (struct desk){
		.home = home, .session = session, .files = files, .all = all
	};
}

void
desk_end(struct desk *desk)
{
	begun_drop_all(&desk->all);
	desk_forget(desk);
}

void
desk_sign_out(struct desk *desk)
{
	desk->begun = NULL;
	begun_leave(&desk->all, desk->session.person.code);
	desk_forget(desk);
}

void
desk_say(struct desk *desk, const char *text)
{
	struct bytes copy = { 0 };

	if (desk->said.len > 0)
		bytes_add_text(&desk->said, " ");
	bytes_add_text(&copy, text);
	bytes_add_byte(&copy, '\0');
	if (!copy.failed)
		bytes_add_text(&desk->said, words_of_page((char *)copy.at));
	desk->said.failed |= copy.failed;
	bytes_wipe(&copy);
}

void
desk_sayf(struct desk *desk, const char *fmt, ...)
{
	char text[ERRTEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	desk_say(desk, text);
}

const char *
turn_form(const struct turn *turn, const char *name)
{
	const char *value = http_form(turn->request, name);

	return value != NULL ? value : "";
}

void
turn_code(const struct turn *turn, const char *name,
    char out[static PERSON_CODE_SIZE + 1])
{
	const char *typed = turn_form(turn, name);
	size_t len;

	typed += strspn(typed, " \t");
	len = strlen(typed);
	while (len > 0 && (typed[len - 1] == ' ' || typed[len - 1] == '\t'))
		len--;
	if (len > PERSON_CODE_SIZE)
		len = PERSON_CODE_SIZE;
	for (size_t i = 0; i < len; i++)
		out[i] = typed[i] >= 'a' && typed[i] <= 'z'
		    ? (char)(typed[i] - 'a' + 'A')
		    : typed[i];
	out[len] = '\0';
}

enum err
turn_agrees(const struct turn *turn, const char *name, const char *value,
    struct errtext *err)
{
	const char *shown = http_form(turn->request, name);

	if (shown == NULL || strcmp(shown, value) == 0)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("Something else was begun on another page meanwhile. Nothing was "
	      "done. Look at this page again"));
}

enum err
turn_stand(struct turn *turn, unsigned roles, struct errtext *err)
{
	return session_stand(&turn->desk->session, turn->center, roles, err);
}

enum err
turn_second(struct turn *turn, const char *first, struct errtext *err)
{
	char code[PERSON_CODE_SIZE + 1];

	turn_code(turn, "second-person", code);
	if (code[0] == '\0')
		return ERR_OK;
	if (strcmp(code, first) == 0) {
		register_event(turn->center->reg, clock_now(),
		    "refused-same-person", code, "");
		return err_set(err, ERR_REFUSED,
		    _("the second person must be another one"));
	}
	return session_prove(&turn->desk->session, turn->center, code,
	    turn_form(turn, "second-passphrase"), ROLE_ANY, clock_moment(),
	    &turn->second, err);
}

bool
turn_jumps(const struct turn *turn)
{
	int64_t line, newest;

	return center_newest(turn->center, &line, &newest, NULL) == ERR_OK &&
	    confirm_is_jump(clock_now(), newest);
}

enum err
turn_confirmed(struct turn *turn, int64_t *out, struct errtext *err)
{
	char today[CLOCK_DATE_SIZE];
	int64_t now = clock_now();

	*out = 0;
	if (!turn_jumps(turn))
		return ERR_OK;
	local_date(now, today);
	if (!confirm_is_today(turn_form(turn, "confirm-date"), now))
		return err_set(err, ERR_CONFIG,
		    _("This computer's clock says that today is %s, long after "
		      "anything that was signed here. Nothing was done. Look at "
		      "a calendar; if that is right, type this date"),
		    today);
	*out = now;
	return ERR_OK;
}

enum err
turn_lend(
    struct turn *turn, unsigned roles, bool any_clock, struct errtext *err)
{
	struct act *act = calloc(1, sizeof(*act));
	enum err rc;

	if (act == NULL)
		return err_memory(err);
	turn->act = act;
	if ((rc = turn_stand(turn, roles, err)) != ERR_OK ||
	    (rc = turn_second(turn, turn->desk->session.person.code, err)) !=
		ERR_OK)
		return rc;
	*act = (struct act){ .center = turn->center,
		.actor = turn->desk->session.person,
		.second = turn->second,
		.any_clock = any_clock,
		.now = clock_now() };
	return any_clock ? ERR_OK : turn_confirmed(turn, &act->confirmed, err);
}

enum err
turn_ask_second(const struct turn *turn, enum err rc, struct errtext *err)
{
	if (rc != ERR_REFUSED || turn->second.code[0] != '\0' ||
	    standing_is_founding(turn->center))
		return rc;
	return err_set(err, rc,
	    _("two persons must do this, one of them an approver: fill in the "
	      "second person, too"));
}

enum err
turn_act(struct turn *turn, bool two, unsigned roles, bool any_clock,
    struct errtext *err)
{
	enum err rc = turn_lend(turn, roles, any_clock, err);

	if (rc == ERR_OK)
		rc = turn_ask_second(
		    turn, command_act_check(turn->act, two, err), err);
	return rc == ERR_OK ? act_open(turn->act, err) : rc;
}

void
turn_act_end(struct turn *turn)
{
	if (turn->act == NULL)
		return;
	act_rollback(turn->act);
	keyring_close(&turn->act->ring);
	/* persons and home are the session's and the turn's */
	OPENSSL_cleanse(turn->act, sizeof(*turn->act));
	free(turn->act);
	turn->act = NULL;
}

enum err
turn_draft(const struct turn *turn, int64_t *out, struct errtext *err)
{
	enum err rc = command_draft_id(turn_form(turn, "draft"), out, err);

	return rc == ERR_USAGE ? ERR_DATA : rc;
}

enum err
turn_reason(const struct turn *turn, const char *name, const char **out,
    struct errtext *err)
{
	const char *reason = turn_form(turn, name);

	if (reason[0] == '\0')
		return err_set(err, ERR_DATA,
		    _("say why; the reason stays in the register"));
	if (!deed_is_reason(reason))
		return err_set(err, ERR_DATA,
		    _("a reason has at most %d characters and no line ends"),
		    DRAFT_REASON_MAX);
	*out = reason;
	return ERR_OK;
}
