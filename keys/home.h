/*
 * home.h - the root's home: what the program is, whom it certified, what it
 * revoked and which lists it signed.
 *
 *	root.crt  the root certificate, public
 *	root.key  its private key, PKCS#8 under a passphrase (trust/key.h)
 *	root.db   everything else (store/store.h)
 *
 * Only home_certify_center() and home_publish() need the private key: what
 * else changes root.db takes effect with the next list that is signed.
 *
 * Errors, where nothing else is said: the store's (store/store.h).
 */
#ifndef KEYS_HOME_H
#define KEYS_HOME_H

#include "store/store.h"
#include "trust/key.h"
#include "trust/list.h"

struct home {
	char *dir;
	X509 *root;
	struct root_info info;
	struct store *store;
};

/*
 * home_init - make the key, the certificate and an empty database in dir
 * (made 0700). ERR_EXISTS when a root or anything else is there; ERR_DATA for a bad
 * code or name.
 */
enum err home_init(const char *dir, const char *program, const char *name,
    bool training, const struct secret *passphrase, struct errtext *err);

/* home_refuse_there - ERR_EXISTS where dir holds a root, or the remains of one;
 * ERR_OK where it does not; ERR_IO, ERR_MEMORY where nobody could look. */
enum err home_refuse_there(const char *dir, struct errtext *err);

/*
 * home_open - ERR_CONFIG when dir is not a root's home or its parts do not
 * belong together; ERR_VERSION; ERR_IO. home may be NULL in home_close().
 */
enum err home_open(const char *dir, struct home **out, struct errtext *err);
void home_close(struct home **home);

/* home_unlock - the private key. ERR_REFUSED for a wrong passphrase,
 * ERR_CONFIG when it is not the certificate's. */
enum err home_unlock(const struct home *home, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err);

/* home_set_program - replace name, consulates and pathways by those of a
 * parsed program.ini; an empty name is the root certificate's. */
enum err home_set_program(
    struct home *home, const struct trust_list *program, struct errtext *err);

/* What certifying did, for the message. */
struct certified {
	char name[32];                     /* GTGUA01 or ES-GTGUA/1 */
	char key_name[DSIG_KEY_NAME_SIZE]; /* centers */
	int64_t not_before, not_after;     /* centers */
	unsigned generation;               /* of the log; centers */
	bool new_generation;
	bool last_is_open; /* new_generation, and the one before not closed */
	bool is_new;       /* was not known before */
	bool renewed;      /* the key had a certificate, which this replaces */
	bool changed;      /* name, zone or hotline differ from before */
	bool new_roster;   /* its persons differ from those before */
	size_t other_keys; /* still active besides this one */
	char other_names[100]; /* theirs, after commas; cut after ten */
};

/*
 * home_persons - whom a center's request names, for these persons to read
 * their fingerprints aloud before it is certified.
 *
 *   roster  out: by code; the caller trust_roster_free()s it
 *   known   out: they did so before: the newest roster has the same persons
 *
 * ERR_DATA when it lacks a role; ERR_REFUSED: of another root, a key that is
 * another person's or the center's, a person that the root removed with their
 * key of before; those of request_read_center().
 */
enum err home_persons(struct home *home, const struct bytes *request,
    struct trust_roster *roster, bool *known, struct errtext *err);

/*
 * home_certify_center - certify a request. Persons that differ from those of
 * the newest roster are the next one from now on: the caller made sure that
 * they read their fingerprints aloud.
 *
 *   request  the file as it came, kept beside the certificate
 *
 * Those of home_persons().
 * ERR_REFUSED: of another root, a key id that is taken, log keys that
 * another generation or center has, or whose log is closed, a key that was
 * retired or revoked; ERR_EXISTS: this key is certified already, and would not
 * last CERT_WARN longer (else it is renewed); ERR_DATA, ERR_SIGNATURE,
 * ERR_CONFIG as trust/cert.h says.
 */
enum err home_certify_center(struct home *home, EVP_PKEY *root_key,
    const struct bytes *request, int days, int64_t now, struct certified *out,
    struct errtext *err);

/*
 * home_certify_post - take a post's keys; of a known name they replace the
 * old ones. ERR_REFUSED: of another root, a consulate that program.ini does
 * not name, keys somebody else has or that were revoked; ERR_EXISTS.
 */
enum err home_certify_post(struct home *home, const struct bytes *request,
    int64_t now, struct certified *out, struct errtext *err);

/* A signed head that a statement rests on; size 0: none. */
struct home_head {
	char origin[VKEY_NAME_MAX + 1];
	unsigned generation;
	uint64_t size;
	uint8_t root[32];
	bool dated; /* by the center itself, at: */
	int64_t at;
};

/* What revoking did. */
struct revoked {
	bool is_post;
	char name[32]; /* key id or CONSULATE/N */
	char center[LETTER_CENTER_SIZE];
	enum key_status before, status;
	int64_t since; /* TRUST_WHOLE_LIFE */
	struct home_head evidence;
	bool evidence_dropped; /* it was from before a later time */
};

/*
 * home_revoke - say that a key or post is no longer good.
 *
 *   status  KEY_RETIRED or KEY_REVOKED; a post is always revoked
 *   since   from then on
 *   checkpoint  a signed head of one of the center's logs, made before
 *           since: the key's evidence in the list; NULL: none. Only with
 *           KEY_REVOKED and a time.
 *
 * A later statement may only be worse: retired to revoked, or an earlier
 * time; evidence that was given for a later time goes then. To the same
 * statement evidence may be added, or replaced by that of a longer log.
 *
 * ERR_NOT_FOUND, ERR_REFUSED for a milder one, or for a head of another
 * center, from since or later, or against what the list says already; those
 * of head_open(); ERR_DATA for an empty log; ERR_USAGE.
 */
enum err home_revoke(struct home *home, const char *name,
    enum key_status status, int64_t since, const struct bytes *checkpoint,
    struct revoked *out, struct errtext *err);

/* home_plan_revoking - what home_revoke() would do, for who is asked first;
 * nothing is written. */
enum err home_plan_revoking(struct home *home, const char *name,
    enum key_status status, int64_t since, const struct bytes *checkpoint,
    struct revoked *out, struct errtext *err);

/*
 * home_check_since - may a statement hold from `since`, the time at hand, on?
 * ERR_CONFIG when that lies before the newest list, which a wrong clock makes:
 * letters that were good by that list would be refused. Somebody who means an
 * earlier time says so, and is not asked.
 */
enum err home_check_since(
    struct home *home, int64_t since, struct errtext *err);

/* What removing a person did. */
struct person_removed {
	char center[LETTER_CENTER_SIZE];
	char code[PERSON_CODE_SIZE];
	bool known;    /* on a roster; else taken on the center's word */
	int64_t since; /* as the list will say it (trust/list.h) */
	bool has_size;
	uint64_t size;
	struct home_head head; /* that the size rests on; size 0: none new */
};

/*
 * home_plan_removal - what home_remove_person() would do, for who is asked
 * first; nothing is written.
 */
enum err home_plan_removal(struct home *home, const char *center,
    const char *code, int64_t since, const struct bytes *checkpoint,
    int64_t now, struct person_removed *out, struct errtext *err);

/*
 * home_remove_person - say that a person's signatures do not count. Never
 * taken back; a later statement may only take more lines away: by an earlier
 * time, or a shorter log. A size that was given stays.
 *
 *   since  from then on
 *   checkpoint  a signed head of one of the center's logs: from the line after
 *           it on, and since is its own date; NULL: none
 *
 * ERR_NOT_FOUND: no such center; ERR_REFUSED for less than was said before,
 * for a head of another center, without a date, beyond the end of its log, or
 * where an earlier log of the center is open or longer; those of head_open();
 * ERR_CONFIG for a head later than now; ERR_DATA for an empty log; ERR_USAGE
 * for a bad code.
 */
enum err home_remove_person(struct home *home, const char *center,
    const char *code, int64_t since, const struct bytes *checkpoint,
    int64_t now, struct person_removed *out, struct errtext *err);

/* What closing did, or would do. */
struct log_closed {
	struct home_head end;
	bool was_closed; /* with this same head: nothing changed */
	uint64_t raised; /* from so many lines on; 0: it was open */
};

/* home_plan_closing - what home_close_log() would do, for who is asked first;
 * nothing is written. */
enum err home_plan_closing(struct home *home, const char *center,
    const struct bytes *checkpoint, struct log_closed *out,
    struct errtext *err);

/*
 * home_close_log - say that the log of a center which checkpoint names ends
 * with it. A closing may be raised to a longer head, for the center may have
 * signed more before it heard; that one goes on from the other, posts and
 * auditors check, who have the files. ERR_NOT_FOUND: no such center;
 * ERR_REFUSED: a head of another center, the log is closed with more lines or
 * another head, or evidence says that it is longer; ERR_DATA for an empty log;
 * those of head_open().
 */
enum err home_close_log(struct home *home, const char *center,
    const struct bytes *checkpoint, struct log_closed *out,
    struct errtext *err);

/*
 * home_unused_log - say that nobody has a line of this log and nobody will: its
 * keys were lost before the first one. It ends before its first line, and the
 * lists leave it out, for no post takes a center's later log without the
 * earlier ones. A head that turns up closes it with home_close_log().
 *
 * ERR_NOT_FOUND: no such log; ERR_REFUSED: lines of it are known here, or no
 * later log was certified. home_check_unused - would it? Nothing is written.
 */
enum err home_check_unused(struct home *home, const char *center,
    unsigned generation, struct errtext *err);
enum err home_unused_log(struct home *home, const char *center,
    unsigned generation, struct errtext *err);

/* home_leave_unused - take such logs out of a list. */
void home_leave_unused(struct trust_list *list);

/*
 * home_newest - the newest time earlier than `before` (INT64_MAX: of all) that
 * this root signed: of a list that is not void, a certificate, a post taken, a
 * statement (home_said()); before any of these, when the root was made.
 */
enum err home_newest(
    struct home *home, int64_t before, int64_t *out, struct errtext *err);

/*
 * home_settled - the newest of the lists that are not void, of statements, and
 * of the day when the root was made: what certifying a request again does not
 * put right.
 */
enum err home_settled(struct home *home, int64_t *out, struct errtext *err);

/* home_said - something was said at `now` that bears no date of its own. */
enum err home_said(struct home *home, int64_t now, struct errtext *err);

/* What putting a clock right did. */
struct clock_righted {
	size_t lists; /* void now */
	size_t keys;  /* certified later than now */
	size_t ends; /* keys and posts revoked or replaced later: from now on */
	size_t persons; /* removed later: from now on */
};

/*
 * home_put_clock_right - what was signed with a date later than now counts no
 * more as the newest; lists among it are void, but no number is given twice. A
 * key or post that was to end later ends now; rosters and removed persons that
 * would hold from later on hold from now on.
 */
enum err home_put_clock_right(struct home *home, int64_t now,
    struct clock_righted *out, struct errtext *err);

/*
 * home_list - the list as it stands, unsigned; sequence is the last issued
 * one, issued_at the time of the last that is not void, both 0 before the
 * first. The caller trust_free()s.
 */
enum err home_list(
    struct home *home, struct trust_list **out, struct errtext *err);

/*
 * home_publish - sign the next list, keep it, and write it to
 * folder/trust.xml. It is whole on the folder's disk, but for its name, before
 * it is kept, so that a disk that takes nothing uses up no number; and it has
 * its name only after it was kept, so that no number ever names two lists.
 *
 *   next_update, not_after  days
 *   folder  made where it is not; NULL: nothing is written
 *   xml   out: appended, the file's bytes
 *   list  out: as every reader will see it; the caller trust_free()s it
 *
 * ERR_CONFIG when now is before the last list or outside the root's life.
 */
enum err home_publish(struct home *home, EVP_PKEY *root_key, int64_t now,
    int next_update, int not_after, const char *folder, struct bytes *xml,
    struct trust_list **list, struct errtext *err);

/*
 * home_expect - is a folder that was published to before still the one that it
 * was? ERR_NOT_FOUND when there is no list in it: most likely the stick is not
 * in. One that was never published to is fine.
 */
enum err home_expect(
    struct home *home, const char *folder, struct errtext *err);

#endif
