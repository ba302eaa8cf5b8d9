/*
 * center.h - a center's home (C, 0700): what it holds, and whether this
 * center may sign now.
 *
 *   register.db    drafts, letters, roster, sealed keys
 * (issue/register/register.h) register.lock  one writer root.crt       the
 * program's root, as init was told request.csr    for the root to certify
 *   trust.xml      the newest trust list taken by `trust`
 *   head.guard     the newest signed head of the log (issue/center/guard.h),
 * unless init put it elsewhere
 *
 * A home may be moved; nothing in it names its place.
 */
#ifndef ISSUE_CENTER_CENTER_H
#define ISSUE_CENTER_CENTER_H

#include "issue/register/register.h"
#include "issue/register/state.h"
#include "trust/list.h"

struct beside;
struct logbook_kept;
struct selfcheck;
struct standing;

/* An open home. Read its members freely; only center.c sets them. */
struct center {
	char *home;
	struct center_info info; /* code, name, country, timezone, hotline */
	char key_name[DSIG_KEY_NAME_SIZE];
	EVP_PKEY *key; /* own public signing key, as the register has it */
	struct registry *reg;
	X509 *root;
	struct root_info root_info;        /* program, training */
	struct trust_list *list;           /* NULL: none taken yet, or broken */
	struct errtext list_problem;       /* why there is none */
	bool list_unread;                  /* there is, on a disk that fails */
	const struct trust_key *own;       /* own key in the list, or NULL */
	const struct trust_center *listed; /* own entry in it, or NULL */
	const struct trust_log *log; /* own log in it, by its keys, or NULL */
	uint64_t list_sequence;      /* highest list ever taken */
	struct staff_stamp staff;    /* when it was opened */
	struct standing *standing; /* issue/center/standing.h; NULL: not read */
	struct logbook_kept
	    *kept;             /* issue/center/logbook_kept.h; NULL: nothing */
	struct beside *beside; /* center_beside(); NULL: not asked for */
	struct selfcheck *selfcheck; /* center_selfcheck(); the same */
	int lock;                    /* descriptor, -1: reader */
};

/*
 * center_open - open a home.
 *
 *   writer  take the one-writer lock: ERR_BUSY when somebody holds it
 *
 * ERR_OK, ERR_CONFIG (no home, or not a center's), ERR_BUSY, what the parts
 * return. A missing trust list is no error here.
 */
enum err center_open(
    const char *home, bool writer, struct center **out, struct errtext *err);

/* center_lock - become the writer after having read. ERR_BUSY also when keys,
 * staff or list are no longer those that were read. */
enum err center_lock(struct center *center, struct errtext *err);
/* center_unlock - others may write; nothing is written here any more. */
void center_unlock(struct center *center);

/* center_beside - threads for what can be done while something else is
 * (base/beside.h): started once, ended by center_close(). NULL without memory:
 * do it at once then. */
struct beside *center_beside(struct center *center);

/* center_selfcheck - what is checked there of what was signed
 * (issue/center/selfcheck.h). NULL without memory: check at once then. */
struct selfcheck *center_selfcheck(struct center *center);

void center_close(struct center **center);

/* What init is told, checked by center_check_facts(). */
struct center_facts {
	struct center_info info;         /* keys and root still empty */
	X509 *root;                      /* borrowed */
	const char *founder;             /* code of the first administrator */
	const struct secret *passphrase; /* the founder's */
	EVP_PKEY *key;     /* an existing signing key, or NULL: a new one */
	const char *guard; /* place of the log's guard, or NULL: the home */
};

/* center_check_facts - ERR_DATA with the sentence for what is wrong. */
enum err center_check_facts(
    const struct center_facts *facts, struct errtext *err);

/*
 * center_make - a new home, put together beside its place and then renamed,
 * so that there is a whole one or none.
 *
 * ERR_EXISTS when home is there and not an empty folder.
 */
enum err center_make(const char *home, const struct center_facts *facts,
    int64_t now, struct errtext *err);

/*
 * center_accept_list - accept a trust list: signature, sequence, clock. The
 * file is kept byte for byte.
 *
 *   fresh  out: false when it was this very list already
 *
 * Writer only. ERR_STALE (older), ERR_REFUSED (same sequence, other bytes: the
 * newcomer is kept beside as trust-conflict.xml), what trust_read() returns.
 */
enum err center_accept_list(struct center *center, const void *xml, size_t len,
    int64_t now, bool *fresh, struct errtext *err);

/* center_guard_path - where the log's guard is; malloc'ed. */
enum err center_guard_path(
    struct center *center, char **out, struct errtext *err);

/* Who vouches for the date of what is to be signed. */
struct center_signing {
	int64_t now;
	bool two_persons;  /* a second person is logged in */
	int64_t confirmed; /* the time when a person typed the date; 0: none */
	/* what no clock keeps anybody from: a withdrawal, and the line that
	 * puts a wrong clock right */
	bool any_clock;
};

/*
 * center_newest - the newest time that was signed here: of the log's last
 * line, of the letters of a register without a log, of the trust list.
 *
 *   line    out: of the last line or letter alone, 0: none
 *   newest  out: 0 when there is neither list nor line
 */
enum err center_newest(
    struct center *center, int64_t *line, int64_t *newest, struct errtext *err);

/* center_behind - ERR_CONFIG: `now` is before the log's last line, of `line`;
 * which clock is suspected, and the way on. */
enum err center_behind(const struct center *center, int64_t line, int64_t now,
    struct errtext *err);

/*
 * center_clock - ERR_CONFIG, which of the two is suspected and the way on: `now`
 * is before what was signed here, or more than POLICY_ALONE after it. ERR_OK
 * without a list; else the register's errors.
 */
enum err center_clock(struct center *center, int64_t now, struct errtext *err);

/*
 * center_may_sign - all that is asked before a letter or a line
 * of the log is signed, but for the log itself (issue/center/logbook.h) and for
 * the certificate's end: the center's own key; unless any_clock, a clock not
 * before the certificate, the last line or the list; a confirmed date more than
 * POLICY_ASK after the newest signed one; two persons more than POLICY_ALONE
 * after it, or past the list's end.
 *
 *   stale  out: the list is past its nextUpdate; the letter may be signed,
 *          staff must be told
 *
 * ERR_OK or ERR_CONFIG with the reason.
 */
enum err center_may_sign(struct center *center,
    const struct center_signing *signing, bool *stale, struct errtext *err);

/*
 * center_may_issue - besides center_may_sign(): may letters be signed under
 * its certificate? Readers take no letter of after its end (F-KEY), but every
 * other line. ERR_OK or ERR_CONFIG with the reason.
 */
enum err center_may_issue(
    const struct center *center, int64_t now, struct errtext *err);

#endif
