/*
 * realm.h - a whole little program for tests of logs: a root, centers whose
 * logs a chronicle writes, posts, and the trust list that names them. No
 * center's home and no post's is behind it, so it is made in a moment, as of
 * any time. Nobody in it is real. Everything asserts.
 */
#ifndef TESTS_SUPPORT_REALM_H
#define TESTS_SUPPORT_REALM_H

#include "tests/support/chronicle.h"
#include "tests/support/keys.h"
#include "trust/cert.h"

#define REALM_CENTERS 64
#define REALM_POSTS   8
#define REALM_STAFF   4 /* rosters, and persons that the root removed */

struct realm_center {
	EVP_PKEY *key;
	struct trust_key row;   /* as the list will name it: edit it freely */
	struct chronicle log;   /* generation 1 */
	struct chronicle *more; /* a second generation; NULL: none; borrowed */
	bool closed;            /* generation 1 ends where it is now */
	char country[4];
	/* As the list will have them: edit them freely, by code and by since.
	 * First there is support_roster(). */
	size_t roster_count, removed_count;
	struct trust_roster roster[REALM_STAFF];
	struct trust_removed removed[REALM_STAFF];
};

struct realm_post {
	struct trust_post row; /* as the list will name it */
	EVP_PKEY *cosigner, *report;
	bool unlisted;
};

struct realm {
	EVP_PKEY *root_key;
	X509 *root;
	struct root_info info;
	uint64_t sequence; /* of the next list */
	int64_t at;        /* its date */
	size_t center_count, post_count;
	struct realm_center center[REALM_CENTERS];
	struct realm_post post[REALM_POSTS];
};

/* realm_new - a root, as of `at`. */
void realm_new(struct realm *r, int64_t at);
void realm_free(struct realm *r);

/* realm_add_center - certified from a day before r->at on, for 730 days, as is
 * its roster. */
struct realm_center *realm_add_center(
    struct realm *r, const char *code, const char *country);

struct realm_post *realm_add_post(struct realm *r, const char *name);

/* realm_roster - another roster of the center, of the same persons, from
 * `since` on: to add to, with realm_add_person() or by hand. */
struct trust_roster *realm_roster(struct realm_center *c, int64_t since);
void realm_add_person(const struct realm_center *c, struct trust_roster *roster,
    const char *code, char role);

/* realm_remove - the root removes a person: from `since` on, or, size not 0,
 * after the head of that many lines, which is of then. */
void realm_remove(
    struct realm_center *c, const char *code, int64_t since, uint64_t size);

/* realm_write_root - root.crt; realm_write_list - PUB/trust.xml, the next
 * sequence. */
void realm_write_root(const struct realm *r, const char *path);
void realm_write_list(struct realm *r, const char *pub);

/* realm_cosign - a post's cosignature of a head of the chronicle, appended. */
void realm_cosign(const struct realm_post *post, const struct chronicle *log,
    uint64_t size, int64_t at, struct bytes *note);

#endif
