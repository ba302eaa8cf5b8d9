/*
 * err.h - what can go wrong, as a code for programs and a text for people.
 *
 * Every fallible function of Sello returns an enum err. The text is set
 * where the cause is known (what, where, what to do next) and never holds
 * personal data, a secret or a field's value. Rooms return; programs print
 * and exit with err_exit().
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err {
	ERR_OK = 0,
	/* the machine or the caller */
	ERR_MEMORY,    /* out of memory */
	ERR_INTERNAL,  /* a library failed, or what was just made is wrong */
	ERR_IO,        /* reading or writing failed */
	ERR_NOT_FOUND, /* no such file, letter, draft, person */
	ERR_EXISTS,    /* would overwrite something that must stay */
	ERR_BUSY,      /* somebody else writes now: try again */
	ERR_USAGE,     /* wrong command line */
	ERR_CONFIG,    /* home missing, not set up, or locked */
	ERR_REFUSED, /* wrong passphrase, role, person, signature of a draft */
	/* the input */
	ERR_DATA,  /* malformed */
	ERR_LIMIT, /* larger than a documented limit */
	/* a letter or list handed in by a stranger: see docs/verdicts.md */
	ERR_UNREADABLE, /* no code found in a picture */
	ERR_FOREIGN,    /* not a Sello letter at all */
	ERR_GARBLED,    /* transport checksum wrong: scan again */
	ERR_VERSION,    /* made by a newer Sello */
	ERR_PROFILE,    /* not the strict form */
	ERR_ISSUER,     /* signed by a key we do not know */
	ERR_SIGNATURE,  /* digest or signature wrong: proven */
	ERR_STALE,      /* older than what we have, or past its end */
};

#define ERRTEXT_SIZE 512

/* The reason in words. Start it as {0}; text is always NUL-terminated. */
struct errtext {
	char text[ERRTEXT_SIZE];
};

/*
 * err_set - fill the text and hand the code back, so that a function can say
 * `return err_set(err, ERR_DATA, _("..."), ...);`.
 *
 * Where memory ran out (base/memory.h), a judgement becomes err_memory().
 *
 *   err  may be NULL; overlong text is cut at a UTF-8 boundary
 *   fmt  printf format, already translated
 */
enum err err_set(struct errtext *err, enum err code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* err_memory - fill "out of memory" and hand ERR_MEMORY back. */
enum err err_memory(struct errtext *err);

/*
 * err_is_inside - ERR_MEMORY or ERR_INTERNAL: this machine failed, which says
 * nothing about what was handed in. Never a finding, never a verdict on it.
 */
bool err_is_inside(enum err code);

/* err_words - the text, or "out of memory" where nobody had any to say why. */
const char *err_words(const struct errtext *err);

/* err_prefix - put "context: " in front of a text that is already set. */
void err_prefix(struct errtext *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* err_name - "ERR_GARBLED": for tests and debugging, never translated. */
const char *err_name(enum err code);

/* err_exit - the sysexits.h status that this code ends with. */
int err_exit(enum err code);

/*
 * err_openssl - like err_set, with OpenSSL's oldest queued error appended
 * and its queue cleared.
 */
enum err err_openssl(struct errtext *err, enum err code, const char *what);

#endif
