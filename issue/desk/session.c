/*
 * session.c - session.h.
 */
#include "issue/desk/session.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "issue/center/login.h"

#include <string.h>

bool
session_is_open(struct session *session, int64_t moment)
{
	if (session->person.code[0] != '\0' &&
	    moment - session->seen >= SESSION_IDLE)
		session_close(session);
	return session->person.code[0] != '\0';
}

/* 2, 4, 8, ... seconds. */
static int64_t
wait_after(unsigned wrong)
{
	return wrong > 5 ? SESSION_WAIT_MAX : (int64_t)1 << wrong;
}

static enum err
too_soon(const struct session *session, int64_t moment, struct errtext *err)
{
	int64_t left = session->next_try - moment;

	return err_set(err, ERR_BUSY,
	    ngettext("After a wrong passphrase the next try waits. Try again "
		     "in %lld second.",
		"After wrong passphrases the next try waits. Try again in "
		"%lld seconds.",
		(unsigned long)left),
	    (long long)left);
}

static enum err
log_in(struct center *center, const char *code, const char *passphrase,
    unsigned roles, struct person *out, struct errtext *err)
{
	struct secret secret = { 0 };
	enum err rc = secret_typed(passphrase, false, &secret, err);

	if (rc == ERR_OK)
		rc = people_login(center, code, &secret, roles, out, err);
	secret_wipe(&secret);
	return rc;
}

static void
forgive(struct session *session)
{
	session->slow = 0;
	session->several = false;
	session->tried[0] = '\0';
}

static void
count_wrong(struct session *session, const char *code, int64_t moment)
{
	if (moment - session->next_try >= SESSION_FORGIVES)
		forgive(session);
	session->several |=
	    session->slow > 0 && strcmp(session->tried, code) != 0;
	if (!text_copy(session->tried, sizeof(session->tried), code))
		session->tried[0] = '\0'; /* nobody's */
	session->wrong++;
	session->slow++;
	session->next_try = moment + wait_after(session->slow);
}

/* Whoever is named: a wrong passphrase makes the next one wait. */
enum err
session_prove(struct session *session, struct center *center, const char *code,
    const char *passphrase, unsigned roles, int64_t moment, struct person *out,
    struct errtext *err)
{
	enum err rc;

	if (moment < session->next_try)
		return too_soon(session, moment, err);
	rc = log_in(center, code, passphrase, roles, out, err);
	if (rc == ERR_REFUSED)
		count_wrong(session, code, moment);
	return rc;
}

enum err
session_sign_in(struct session *session, struct center *center,
    const char *code, const char *passphrase, int64_t moment,
    struct errtext *err)
{
	struct person person = { 0 };
	enum err rc;

	session_close(session);
	rc = session_prove(
	    session, center, code, passphrase, ROLE_ANY, moment, &person, err);
	if (rc != ERR_OK)
		return rc;
	if (!session->several && strcmp(session->tried, code) == 0)
		forgive(session);
	session->person = person;
	session->seen = moment;
	session->found = session->wrong;
	session->wrong = 0;
	return ERR_OK;
}

enum err
session_stand(struct session *session, struct center *center, unsigned roles,
    struct errtext *err)
{
	struct person now = { 0 };
	enum err rc =
	    people_expect(center, session->person.code, roles, &now, err);

	if (rc != ERR_OK)
		return rc;
	if (memcmp(now.keys.sign, session->person.keys.sign,
		sizeof(now.keys.sign)) != 0)
		return err_set(err, ERR_REFUSED,
		    _("%s has another passphrase since; sign in again"),
		    now.code);
	/* what is opened stays open */
	now.credential = session->person.credential;
	session->person = now;
	return ERR_OK;
}

bool
session_has(const struct session *session, unsigned roles)
{
	return (ROLE_BIT(session->person.role) & roles) != 0;
}

void
session_close(struct session *session)
{
	people_clear(&session->person);
	session->found = 0;
}
