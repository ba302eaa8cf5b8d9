/*
 * sources.h - the folders an auditor was given, each laid out as a center
 * publishes (PUB/trust.xml, PUB/log/CENTER/GENERATION/): the newest trust list
 * among them, and the copies of one log.
 */
#ifndef AUDIT_SOURCES_H
#define AUDIT_SOURCES_H

#include "audit/finding.h"
#include "audit/seen.h"
#include "log/checkpoint.h"
#include "trust/list.h"

#define SOURCES_MAX 256
#define FOLDERS_MAX 10000 /* of PUB/log, and of one in it, that are looked at */

struct sources {
	const char *const *path; /* borrowed */
	size_t count;
	const char *state; /* folder of earlier audits; NULL: none */
	X509 *root;
};

/*
 * sources_list - the list with the highest sequence that the root signed,
 * from sources and state. Two of one sequence that differ are a proof; one
 * that cannot be read, or an older one than the state's, is a finding too.
 *
 *   xml  out: its bytes, the caller's
 *
 * Returns ERR_OK, ERR_NOT_FOUND (no list that can be used: findings say why),
 * ERR_MEMORY.
 */
enum err sources_list(const struct sources *sources, int64_t now,
    struct trust_list **out, struct bytes *xml, struct findings *findings,
    struct errtext *err);

/* One copy of a log whose signed head is good. */
struct copy {
	char *dir;
	struct bytes note;
	struct checkpoint head;
	int64_t time; /* the center's own cosignature; 0: none */
};

/* Start as {0}; copies_clear(). Longest first. */
struct copies {
	size_t count, cap;
	struct copy *at;
};

/*
 * copies_find - the copies of a log, their heads verified and added to seen.
 * A copy whose head cannot be read is a finding. ERR_OK, ERR_MEMORY.
 */
enum err copies_find(const struct sources *sources,
    const struct trust_center *center, const struct trust_log *log,
    const struct trust_list *list, struct seen *seen, struct findings *findings,
    struct copies *out, struct errtext *err);

void copies_clear(struct copies *copies);

/* sources_check - say which sources are no publications. */
void sources_check(const struct sources *sources, struct findings *findings);

/* sources_strangers - folders of logs that the list does not name. */
void sources_strangers(const struct sources *sources,
    const struct trust_list *list, struct findings *findings);

#endif
