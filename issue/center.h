/*
 * center.h - a center's home (C, 0700): what it holds, and whether this
 * center may sign now.
 *
 *   register.db    drafts, letters, roster, sealed keys (issue/register.h)
 *   register.lock  one writer
 *   root.crt       the program's root, as init was told
 *   request.csr    for the root to certify
 *   trust.xml      the newest trust list taken by `trust`
 *
 * A home may be moved; nothing in it names its place.
 */
#ifndef ISSUE_CENTER_H
#define ISSUE_CENTER_H

#include "issue/register.h"
#include "trust/list.h"

/* An open home. Read its members freely; only center.c sets them. */
struct center {
	char *home;
	struct center_info info; /* code, name, country, timezone, hotline */
	char key_name[DSIG_KEY_NAME_SIZE];
	EVP_PKEY *key; /* own public signing key, as the register has it */
	struct registry *reg;
	X509 *root;
	struct root_info root_info;        /* program, training */
	struct trust_list *list;           /* NULL: none taken yet */
	const struct trust_key *own;       /* own key in the list, or NULL */
	const struct trust_center *listed; /* own entry in it, or NULL */
	uint64_t list_sequence;            /* highest list ever taken */
	int lock;                          /* descriptor, -1: reader */
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

/* center_lock - become the writer after having read. */
enum err center_lock(struct center *center, struct errtext *err);

void center_close(struct center **center);

#endif
