/*
 * world.h - a whole little program for tests: a root, the center GTGUA01 with
 * an administrator AD0001, a drafter OF1007 and an approver AP2003, a trust
 * list that names it with these persons, and a log that has begun, in a folder
 * of its own. Nobody in it is real.
 *
 * Takes about a second, the time of ten scrypts. Everything asserts.
 */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include "issue/center/center.h"
#include "issue/center/keyring.h"
#include "issue/register/people.h"

#include <stdint.h>

#define WORLD_LINES 4 /* of the log as it begins */

struct world {
	char dir[64];  /* the folder of it all */
	char home[80]; /* the center's home in it */
	EVP_PKEY *root_key;
	X509 *root;
	struct root_info root_info;
	X509 *cert;                  /* the center's */
	struct trust_roster persons; /* as the request had them */
	uint64_t sequence;           /* of the newest list */
};

/* world_new - set it all up as of `now`; world_free removes the folder. */
void world_new(struct world *w, int64_t now);
void world_free(struct world *w);

/* world_founded - like world_new, but only the administrator is there and no
 * list was taken; world_named - but the log has not begun. */
void world_founded(struct world *w, int64_t now);
void world_named(struct world *w, int64_t now);

/* world_certify - the root takes the request: the next list has it. */
void world_certify(struct world *w, int64_t now);
/* world_begin - AD0001 begins the log. */
void world_begin(struct world *w, int64_t now);

/* world_copy - another one like it, in a folder of its own: for a fixture, in
 * a fraction of the time. Both are world_free()d. */
void world_copy(const struct world *from, struct world *out);

/* A change to the next list before it is signed; list's parts are the
 * world's and must stay as they are allocated. */
typedef void world_edit(struct trust_list *list);

/* world_list - append the next trust list as of `at`, signed; edit may be
 * NULL. */
void world_list(
    struct world *w, int64_t at, world_edit *edit, struct bytes *xml);

/* world_take - the center takes such a list, made as of `at`, at `now`. */
void world_take(struct world *w, int64_t at, int64_t now, world_edit *edit);

/* world_open - the center, as reader or writer. center_close() it. */
struct center *world_open(const struct world *w, bool writer);

/* world_secret - the passphrase of a person: "passphrase of CODE". */
void world_secret(const char *code, struct secret *out);

/* world_login - with that passphrase, in any role. */
void world_login(struct center *center, const char *code, struct person *out);

/* world_person - a further person, added by AD0001 alone, or with `second`,
 * and with a passphrase of their own. */
void world_person(struct world *w, const char *code, enum role role,
    const char *second, int64_t now);

/* world_letter - the fields of the n-th person, valid around `now`; drafted
 * by OF1007, not yet numbered. */
void world_letter(unsigned n, int64_t now, struct letter *out);

/* world_draft - the n-th person as a draft of OF1007, committed; its number.
 */
int64_t world_draft(struct center *center, unsigned n, int64_t now);

/* world_drafts - `count` of them, persons from 1 on, in one transaction. */
void world_drafts(struct center *center, unsigned count, int64_t now);

#endif
