/*
 * session.h - who is signed in at the staff desk: one person, whose opened key
 * is held in locked memory (base/secret.h) until they sign out, five minutes
 * pass without a request, or the program ends.
 */
#ifndef ISSUE_DESK_SESSION_H
#define ISSUE_DESK_SESSION_H

#include "issue/center/center.h"
#include "issue/register/people.h"

#define SESSION_IDLE     300 /* seconds without a request until it locks */
#define SESSION_WAIT_MAX 60  /* seconds between two wrong tries, at most */
#define SESSION_FORGIVES 600 /* seconds without one: they are forgiven */

/* Start as {0}; session_close(). Moments are clock_moment()'s. */
struct session {
	struct person person; /* code "": nobody */
	int64_t seen;         /* the last request */
	unsigned wrong;       /* tries since somebody signed in */
	unsigned found;       /* how many there were when this person did */
	unsigned slow;        /* tries that make the next one wait */
	bool several;         /* they were of more than one person */
	char tried[PERSON_CODE_SIZE]; /* the last one's */
	int64_t next_try;             /* not before */
};

/* session_is_open - is somebody signed in, and not idle for too long? One who
 * is, is forgotten. */
bool session_is_open(struct session *session, int64_t moment);

/*
 * session_sign_in - by the passphrase alone; somebody who was signed in is not
 * any more. Each wrong try doubles the wait until the next one. They are forgiven
 * when the one person who was tried signs in, not when another one does: or who
 * has one passphrase could look for another one without waiting.
 *
 * ERR_BUSY: too soon, the text says how long; ERR_REFUSED and others as
 * people_login(), which records it.
 */
enum err session_sign_in(struct session *session, struct center *center,
    const char *code, const char *passphrase, int64_t moment,
    struct errtext *err);

/*
 * session_prove - somebody is who they say, for one act: by the passphrase
 * alone. Wrong ones wait and count as those of signing in do, or whoever is
 * signed in could look for somebody else's here. Errors as session_sign_in().
 *
 *   roles  ROLE_BIT(...) | ..., perhaps ROLE_UNCHANGED
 *   out    the caller's to clear
 */
enum err session_prove(struct session *session, struct center *center,
    const char *code, const char *passphrase, unsigned roles, int64_t moment,
    struct person *out, struct errtext *err);

/*
 * session_stand - may they do this now, by the center's roster as it is at
 * this moment? Errors as people_expect(), and ERR_REFUSED when they have other
 * keys since.
 *
 *   roles  ROLE_BIT(...) | ...
 */
enum err session_stand(struct session *session, struct center *center,
    unsigned roles, struct errtext *err);

/* session_has - is it one of these roles? What a page offers goes by it; who may
 * is asked when it is done, by session_stand(). */
bool session_has(const struct session *session, unsigned roles);

/* session_close - nobody is signed in; the key is wiped. */
void session_close(struct session *session);

#endif
