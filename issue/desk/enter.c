/*
 * enter.c - enter.h.
 */
#include "issue/desk/enter.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "issue/center/login.h"

#include <string.h>

int
enter_status(enum err rc)
{
	switch (rc) {
	case ERR_OK:
		return 200;
	case ERR_REFUSED:
	case ERR_DATA:
	case ERR_USAGE:
	case ERR_LIMIT:
		return 422;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_BUSY:
	case ERR_EXISTS:
	case ERR_CONFIG:
		return 409;
	default:
		return 500;
	}
}

bool
enter_is_open(struct desk *desk)
{
	if (desk->session.person.code[0] == '\0')
		return false;
	if (session_is_open(&desk->session, clock_moment()))
		return true;
	desk_forget(desk);
	return false;
}

void
enter_begin(struct turn *turn, struct desk *desk,
    const struct http_request *request, struct http_answer *answer)
{
	i18n_set(request->language);
	*turn = (struct turn){ .desk = desk,
		.request = request,
		.answer = answer,
		.out = &answer->body };
}

void
enter_end(struct turn *turn)
{
	people_clear(&turn->second);
	center_close(&turn->center);
}

bool
enter_still_stands(struct turn *turn)
{
	struct errtext err = { 0 };

	if (turn->center == NULL ||
	    turn_stand(turn, ROLE_ANY, &err) != ERR_REFUSED)
		return true;
	begun_drop(&turn->desk->all, turn->desk->session.person.code);
	desk_forget(turn->desk);
	turn->desk->bad = true;
	desk_say(turn->desk, err.text);
	return false;
}

void
enter_drop_removed(struct turn *turn)
{
	struct begun **all = &turn->desk->all, *one = *all, *next;
	struct person person;

	for (; one != NULL; one = next) {
		next = one->next;
		person = (struct person){ 0 };
		if (people_find(turn->center, one->code, &person, NULL) ==
			ERR_OK &&
		    person.removed_at != 0)
			begun_drop(all, one->code);
		people_clear(&person);
	}
}

static void
give_locked(struct turn *turn, const char *text)
{
	http_add_header(turn->answer, "X-Sello-Desk", "locked");
	http_problem(turn->answer, turn->request, 409, text);
}

bool
enter_is_theirs(const struct turn *turn)
{
	const char *whose = http_form(turn->request, "signed-in");

	if (whose == NULL)
		whose = http_query(turn->request, "signed-in");
	return whose == NULL ||
	    strcmp(whose, turn->desk->session.person.code) == 0;
}

bool
enter(struct turn *turn, struct desk *desk, const struct http_request *request,
    struct http_answer *answer, bool writer, enum err *rc, struct errtext *err)
{
	bool in;

	enter_begin(turn, desk, request, answer);
	if ((in = enter_is_open(desk)) && !enter_is_theirs(turn)) {
		give_locked(turn,
		    _("This page is of a person who is not signed in any more. "
		      "Nothing was done."));
		return false;
	}
	if (in) {
		desk->session.seen = clock_moment();
		*rc = center_open(desk->home, writer, &turn->center, err);
		in = enter_still_stands(turn);
	}
	if (!in) {
		give_locked(
		    turn, _("Nobody is signed in any more. Sign in again."));
		enter_end(turn);
	}
	return in;
}
