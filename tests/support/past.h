/*
 * past.h - a center with a past, for tests of what an old copy is good for: it
 * is founded, letters are issued, people come, leave, lose a passphrase and
 * take another, and the center takes a new key. Its home is copied after each
 * step. Everything asserts.
 *
 *   AD0001  the founder, who typed everybody's first passphrase
 *   OF1007  a drafter; the passphrase was reset
 *   OF1008  a drafter who was removed
 *   AP2003  an approver; the passphrase was reset
 *   AP2004  an approver who came later, and took another passphrase
 */
#ifndef TESTS_SUPPORT_PAST_H
#define TESTS_SUPPORT_PAST_H

#include "tests/support/world.h"

#define PAST_STAGES  32
#define PAST_PERSONS 5

/* A passphrase that opened, or opens, the keys of a person. */
struct past_secret {
	const char *knows; /* who knows it */
	const char *code;  /* whose it is or was */
	const char *of;    /* world_secret() of this */
};

struct past {
	struct world w; /* as it is now */
	size_t stages;
	const char *what[PAST_STAGES]; /* was done last, in words */
	X509 *cert;                    /* of the center's second key */
};

extern const char *const past_person[PAST_PERSONS];
extern const struct past_secret past_secrets[];
extern const size_t past_secret_count;

/* past_live - all of it, up to now; a few seconds. past_free when done. */
void past_live(struct past *p);
void past_free(struct past *p);

/* past_home - the home as it was after a step; past_copy - the present one
 * into this folder, in place of what is there. */
void past_home(const struct past *p, size_t stage, char out[128]);
void past_copy(const struct past *p, const char *home);

#endif
