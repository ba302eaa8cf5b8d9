/*
 * list.h - the trust list (urn:sello:trust:1): who may issue, in which
 * period, and what the program's codes mean. Signed by the root with the
 * letter's profile; format in docs/trust-list.md and schemas/trust.xsd.
 *
 * Names in the list were checked when it was read; everything else in Sello
 * takes facts about issuers only from here.
 */
#ifndef TRUST_LIST_H
#define TRUST_LIST_H

#include "base/i18n.h"
#include "base/vkey.h"
#include "letter/emblem.h"
#include "trust/cert.h"
#include "trust/person.h"

#define TRUST_XML_MAX      (4u << 20) /* bytes of a list */
#define TRUST_CENTER_MAX   2000
#define TRUST_TEXT_SIZE    (CERT_TEXT_MAX * 4 + 1)
#define TRUST_SEQUENCE_MAX 9999999999u
/* `since` of a key revoked without --from: its whole life. */
#define TRUST_WHOLE_LIFE INT64_MIN

enum key_status { KEY_ACTIVE, KEY_RETIRED, KEY_REVOKED };
enum post_status { POST_ACTIVE, POST_REVOKED };

struct trust_key {
	char key_name[DSIG_KEY_NAME_SIZE];
	X509 *cert;
	EVP_PKEY *key; /* its public key, P-256 */
	int64_t not_before, not_after;
	enum key_status status;
	int64_t since;     /* retired or revoked from then on */
	bool has_evidence; /* log size and root at the revocation */
	uint64_t evidence_size;
	uint8_t evidence_root[32];
};

struct trust_log {
	unsigned generation; /* from 1 */
	struct vkey log, cosigner;
	bool closed;
	uint64_t final_size;
	uint8_t final_root[32];
};

/*
 * A person whose signatures count no more: in lines later than since or, where
 * has_size, also in those from index size on. Without has_size lines of that
 * very second do not count either.
 */
struct trust_removed {
	char code[PERSON_CODE_SIZE];
	int64_t since;
	bool has_size;
	uint64_t size;
};

struct trust_center {
	char code[LETTER_CENTER_SIZE];
	char name[TRUST_TEXT_SIZE];
	char country[4];
	char timezone[65];
	char hotline[HOTLINE_SIZE]; /* labels_hotline(), or "" */
	size_t key_count, log_count, roster_count, removed_count;
	struct trust_key *keys;
	struct trust_log *logs;
	struct trust_roster *rosters; /* as certified, oldest first */
	struct trust_removed *removed;
};

struct trust_post {
	char name[32]; /* CONSULATE/N */
	struct vkey cosigner, report;
	enum post_status status;
	int64_t since;
};

struct trust_consulate {
	char code[9];
	char name[TRUST_TEXT_SIZE];
	char address[TRUST_TEXT_SIZE]; /* "": not said */
};

struct trust_pathway {
	char code[4];
	char label[I18N_LANGUAGE_COUNT][TRUST_TEXT_SIZE]; /* "" : none */
};

struct trust_index; /* key names in order, for trust_find_key() */

/*
 * A list that was read has consulates, pathways, centers and posts in strictly
 * ascending order of their code or name, each center's keys by key name, its
 * logs by generation, its rosters by since and who was removed by code. One
 * built by hand (for trust_write() or a test) may leave index NULL: then the
 * look-ups go through all of it.
 */
struct trust_list {
	char program[17];
	char name[TRUST_TEXT_SIZE];
	char emblem[EMBLEM_SIZE]; /* "": none */
	bool training;            /* from the root certificate */
	uint64_t sequence;
	int64_t issued_at, next_update, not_after;
	uint8_t digest[32];        /* SHA-256 of the file's bytes */
	uint8_t signed_digest[32]; /* of what the root signed: trust_same() */
	size_t consulate_count, pathway_count, center_count, post_count;
	struct trust_consulate *consulates;
	struct trust_pathway *pathways;
	struct trust_center *centers;
	struct trust_post *posts;
	struct trust_index *index;
};

/*
 * trust_read - verify and read a list.
 *
 *   xml   the file, len bytes
 *   root  the certificate this machine was set up with
 *   out   new list, the caller trust_free()s it
 *
 * The signer is found by a chain to the root, so that a later list signer
 * needs no new reader. Returns ERR_OK, ERR_FOREIGN, ERR_PROFILE, ERR_LIMIT,
 * ERR_ISSUER (signed by another root or key), ERR_SIGNATURE, ERR_MEMORY. It
 * judges neither clock nor sequence: that is trust_accept().
 */
enum err trust_read(const void *xml, size_t len, X509 *root,
    struct trust_list **out, struct errtext *err);

/*
 * trust_peek - read a list WITHOUT checking signature, certificates or
 * names, to show what it claims where no root certificate is at hand. Never
 * to decide anything; training stays false.
 */
enum err trust_peek(
    const void *xml, size_t len, struct trust_list **out, struct errtext *err);

/* trust_same - did the root sign the same content in both? The signature over
 * it, a line feed after it or a declaration before it do not make another. */
bool trust_same(const struct trust_list *a, const struct trust_list *b);

/*
 * trust_accept - may `next` replace `current` (NULL: none yet) at `now`?
 * ERR_OK; ERR_STALE for a lower sequence; ERR_EXISTS for the same list
 * (nothing new); ERR_ISSUER for another program; ERR_REFUSED for the same
 * sequence with other content: the root signed two, and both must be kept;
 * ERR_DATA for issuedAt more than POLICY_SLACK ahead of now. Both lists
 * must come from trust_read().
 */
enum err trust_accept(const struct trust_list *current,
    const struct trust_list *next, int64_t now, struct errtext *err);

/*
 * trust_check - may this be a list: forms, order, periods, keys that belong
 * to their center, vkeys that name their log? `root` also judges every
 * certificate. ERR_PROFILE with the element named. trust_read() calls it;
 * a publisher calls it before signing.
 */
enum err trust_check(
    const struct trust_list *list, X509 *root, struct errtext *err);

/* trust_write - append the unsigned canonical document (for publish). ERR_OK,
 * ERR_MEMORY. */
enum err trust_write(const struct trust_list *list, struct bytes *out);

/* trust_status_name - "active", "retired", "revoked", as the list writes it;
 * a message id */
const char *trust_status_name(enum key_status status);

/* trust_log_origin - "RRP-ES/log/GTGUA01/1": the name of both of its keys.
 * trust_post_origin - "RRP-ES/post/ES-GTGUA/1", likewise. False if too long */
bool trust_log_origin(const char *program, const char *center,
    unsigned generation, char out[VKEY_NAME_MAX + 1]);
bool trust_post_origin(
    const char *program, const char *post, char out[VKEY_NAME_MAX + 1]);

void trust_free(struct trust_list **list);

/* Look-ups; NULL when there is none. Borrowed from the list: trust_find_key -
 * by key name, also of a key that is not active; center may be NULL, else whose
 * it is; trust_find_center, trust_find_consulate, trust_find_pathway - by code.
 */
const struct trust_key *trust_find_key(const struct trust_list *list,
    const char *key_name, const struct trust_center **center);
const struct trust_center *trust_find_center(
    const struct trust_list *list, const char *code);
/*
 * trust_last_key - the active key of a center whose certificate ends last, or
 * NULL. A center goes on as long as it has that one.
 */
const struct trust_key *trust_last_key(const struct trust_center *center);
/* trust_center_since - a day before the root first heard its persons, for clocks
 * differ: no program of its own dates a line earlier. */
int64_t trust_center_since(const struct trust_center *center);
/* trust_last_roster - the newest; NULL before the first. */
const struct trust_roster *trust_last_roster(const struct trust_center *center);
/* trust_find_removed - what the root said of this person; NULL: nothing. */
const struct trust_removed *trust_find_removed(
    const struct trust_center *center, const char *code);
/* trust_removed_holds - is line `index` of a log of the center, dated `time`,
 * one from which on the person's signatures count no more? Of any generation:
 * a size means one log only (docs/trust-list.md). */
bool trust_removed_holds(
    const struct trust_removed *removed, uint64_t index, int64_t time);
const struct trust_consulate *trust_find_consulate(
    const struct trust_list *list, const char *code);
const struct trust_pathway *trust_find_pathway(
    const struct trust_list *list, const char *code);
/* trust_pathway_label - in the language asked for, else in English, else in
 * Spanish, else in any; NULL where it has none. */
const char *trust_pathway_label(
    const struct trust_pathway *pathway, const char *lang);

#endif
