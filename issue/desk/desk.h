/*
 * desk.h - the staff desk behind the pages: who is signed in, and what lies on
 * the desk meanwhile. The center's home is opened for each request and closed
 * after it, so that commands work beside it. Used by one thread.
 */
#ifndef ISSUE_DESK_DESK_H
#define ISSUE_DESK_DESK_H

#include "http/answer.h"
#include "issue/center/approve.h"
#include "issue/desk/begun.h"
#include "issue/desk/session.h"

/* A draft that the person who is signed in has opened. */
struct opened {
	int64_t draft;
	uint8_t digest[32]; /* of what was shown */
	int64_t moment;     /* when it was opened first */
	int64_t seconds;    /* until it was marked */
	bool marked;        /* to be signed */
};

struct act;         /* issue/center/act.h */
struct event_sheet; /* issue/register/event.h */

#define DESK_SIGNED_MAX 500 /* numbers that are told after signing */

/* Start as {.home}; desk_end(). */
struct desk {
	const char *home;
	struct session session;
	/* what the page says of the last thing done */
	struct bytes said;
	bool bad;
	/* drafts and queue */
	int64_t open; /* the draft that is shown whole; 0: none */
	struct opened *opened;
	size_t opened_count, opened_cap;
	struct picks batch; /* all that wait; the first `sample` were drawn */
	size_t sample;
	char (*signed_now)[LETTER_NUMBER_SIZE]; /* with this program */
	size_t signed_count;
	/* intake and batch */
	struct begun *begun;  /* of who is signed in; NULL: nobody is */
	struct begun *all;    /* everybody's */
	struct bytes preview; /* PDF */
	unsigned files;       /* taken so far: says which one a page shows */
	/* letters */
	char query[512];
	char letter[LETTER_NUMBER_SIZE]; /* whose form is open */
	struct bytes joined; /* PDF of several, with what is in it */
	struct event_sheet *joined_sheet;
	size_t joined_count;
	int64_t printer_asked; /* when; 0: never */
	bool printer;
	/* publish */
	char target[1024], backup[1024];
};

/* One request: who asks, what of, and where the page goes. */
struct turn {
	struct desk *desk;
	const struct http_request *request;
	struct center *center; /* open, perhaps as its writer */
	struct person second;  /* beside; code "": none is named */
	struct act *act;       /* turn_act(); NULL: none under way */
	struct bytes *out;
	bool redirected; /* answered by another page */
	struct http_answer *answer;
};

/* desk_forget - nobody is signed in, nothing lies on the desk; all wiped but
 * what was begun, which waits for its person. */
void desk_forget(struct desk *desk);

/* desk_end - the same, and what was begun is wiped, too. */
void desk_end(struct desk *desk);

/* desk_sign_out - desk_forget() and begun_leave(). */
void desk_sign_out(struct desk *desk);

/* desk_say, desk_sayf - a sentence that the page shows above all. */
void desk_say(struct desk *desk, const char *text);
void desk_sayf(struct desk *desk, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* turn_form - a value of the form, "" where there is none. */
const char *turn_form(const struct turn *turn, const char *name);

/*
 * turn_code - a person's code of the form, as lists have it: in capitals, without
 * blanks around it. What is longer than a code is cut, and is nobody's.
 */
void turn_code(const struct turn *turn, const char *name,
    char out[static PERSON_CODE_SIZE + 1]);

/*
 * turn_agrees - does the form say what the desk has now? Of two pages one may
 * be of before: what it shows is then not what would be done. A form without
 * `name` agrees. ERR_CONFIG.
 */
enum err turn_agrees(const struct turn *turn, const char *name,
    const char *value, struct errtext *err);

/* turn_stand - session_stand() for this turn. */
enum err turn_stand(struct turn *turn, unsigned roles, struct errtext *err);

/* turn_second - who stands beside `first`, by the form: turn->second, whose code
 * stays "" when nobody is named. Errors as session_prove(). */
enum err turn_second(struct turn *turn, const char *first, struct errtext *err);

/*
 * turn_confirmed - where the date jumps, the form's confirm-date must be
 * today's. Errors as confirm_date().
 *
 *   out  as struct act's confirmed
 */
enum err turn_confirmed(struct turn *turn, int64_t *out, struct errtext *err);

/*
 * turn_act - whoever is signed in acts, beside who is named by the form's
 * second-person and second-passphrase, with the center's keys: turn->act. All
 * lent: turn_act_end(), not act_close(). Where the date jumps, the form's
 * confirm-date must be today's. The errors of what it asks: turn_stand(),
 * turn_second(), confirm_date(), command_act_check(), act_open().
 *
 *   two        both are needed, one of them an approver
 *   roles      of who is signed in
 *   any_clock  as struct act's
 */
enum err turn_act(struct turn *turn, bool two, unsigned roles, bool any_clock,
    struct errtext *err);
/* turn_lend - the same without looking whether they may, and without keys. */
enum err turn_lend(
    struct turn *turn, unsigned roles, bool any_clock, struct errtext *err);
/*
 * turn_ask_second - rc, the answer of what looks whether who acts is enough; where
 * somebody is missing, err says so in the page's words: it has no options.
 */
enum err turn_ask_second(
    const struct turn *turn, enum err rc, struct errtext *err);
/* turn_act_end - roll back what was not committed, wipe the keys. */
void turn_act_end(struct turn *turn);

/* turn_jumps - will it be asked for? */
bool turn_jumps(const struct turn *turn);

/* turn_draft - the form's draft; ERR_DATA. */
enum err turn_draft(const struct turn *turn, int64_t *out, struct errtext *err);

/* turn_reason - the form's `name` as a typed reason; ERR_DATA. */
enum err turn_reason(const struct turn *turn, const char *name,
    const char **out, struct errtext *err);

#endif
