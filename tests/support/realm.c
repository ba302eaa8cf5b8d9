#include "tests/support/realm.h"

#include "base/clock.h"
#include "base/file.h"
#include "letter/sign.h"
#include "trust/key.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition)                                 \
	do {                                            \
		if (!(condition))                       \
			ck_abort_msg("%s", #condition); \
	} while (0)

/* A root is made as of now; here it has been one since a day before `at`. */
static void
backdate_root(struct realm *r)
{
	ASN1_TIME *begin = ASN1_TIME_set(NULL, (time_t)(r->at - CLOCK_DAY));

	MUST(begin != NULL && X509_set1_notBefore(r->root, begin) == 1);
	ASN1_TIME_free(begin);
	MUST(X509_sign(r->root, r->root_key, EVP_sha256()) > 0);
}

void
realm_new(struct realm *r, int64_t at)
{
	*r = (struct realm){ .sequence = 1, .at = at };
	MUST(key_new_p256(&r->root_key, NULL) == ERR_OK);
	MUST(cert_make_root(r->root_key, "RRP-ES", "Programa de prueba", false,
		 &r->root, NULL) == ERR_OK);
	backdate_root(r);
	MUST(cert_read_root(r->root, &r->info, NULL) == ERR_OK);
}

void
realm_free(struct realm *r)
{
	size_t i, k;

	for (i = 0; i < r->center_count; i++) {
		EVP_PKEY_free(r->center[i].key);
		EVP_PKEY_free(r->center[i].row.key);
		X509_free(r->center[i].row.cert);
		for (k = 0; k < r->center[i].roster_count; k++)
			trust_roster_free(&r->center[i].roster[k]);
		chronicle_free(&r->center[i].log);
	}
	for (i = 0; i < r->post_count; i++) {
		EVP_PKEY_free(r->post[i].cosigner);
		EVP_PKEY_free(r->post[i].report);
	}
	EVP_PKEY_free(r->root_key);
	X509_free(r->root);
}

static void
certify(struct realm *r, struct realm_center *c)
{
	struct center_info info = { .name = "Centro de prueba",
		.timezone = "America/Guatemala" };
	struct errtext err = { 0 };

	memcpy(info.center, c->log.center, sizeof(info.center));
	memcpy(info.country, c->country, sizeof(info.country));
	memcpy(info.root, r->info.fingerprint, sizeof(info.root));
	memcpy(info.log_key, c->log.log.key, sizeof(info.log_key));
	memcpy(
	    info.cosigner_key, c->log.cosigner.key, sizeof(info.cosigner_key));
	if (cert_make_center(r->root, r->root_key, &info, c->key, 730, r->at,
		&c->row.cert, &err) != ERR_OK)
		ck_abort_msg("%s", err.text);
	MUST((c->row.key = X509_get_pubkey(c->row.cert)) != NULL);
	MUST(dsig_key_name(c->key, c->row.key_name) == ERR_OK);
	MUST(cert_period(c->row.cert, &c->row.not_before, &c->row.not_after) ==
	    ERR_OK);
}

struct realm_center *
realm_add_center(struct realm *r, const char *code, const char *country)
{
	struct realm_center *c = &r->center[r->center_count++];

	MUST(r->center_count <= REALM_CENTERS);
	MUST(key_new_p256(&c->key, NULL) == ERR_OK);
	MUST(text_copy(c->country, sizeof(c->country), country));
	chronicle_new(&c->log, code, 1, c->key);
	certify(r, c);
	c->roster[c->roster_count++] = support_roster(code, r->at - CLOCK_DAY);
	return c;
}

struct trust_roster *
realm_roster(struct realm_center *c, int64_t since)
{
	const struct trust_roster *last = &c->roster[c->roster_count - 1];
	struct trust_roster *next = &c->roster[c->roster_count++];
	size_t size = last->person_count * sizeof(last->persons[0]);

	MUST(c->roster_count <= REALM_STAFF);
	*next = (struct trust_roster){ .since = since,
		.person_count = last->person_count,
		.persons = malloc(size) };
	MUST(next->persons != NULL);
	memcpy(next->persons, last->persons, size);
	return next;
}

void
realm_add_person(const struct realm_center *c, struct trust_roster *roster,
    const char *code, char role)
{
	size_t count = roster->person_count + 1;

	roster->persons =
	    reallocarray(roster->persons, count, sizeof(roster->persons[0]));
	MUST(roster->persons != NULL);
	roster->persons[roster->person_count++] =
	    support_person(c->log.center, code, role);
	trust_roster_sort(roster);
}

static int
by_removed(const void *a, const void *b)
{
	return strcmp(((const struct trust_removed *)a)->code,
	    ((const struct trust_removed *)b)->code);
}

void
realm_remove(
    struct realm_center *c, const char *code, int64_t since, uint64_t size)
{
	struct trust_removed *removed = &c->removed[c->removed_count++];

	MUST(c->removed_count <= REALM_STAFF);
	*removed = (struct trust_removed){
		.since = since, .has_size = size > 0, .size = size
	};
	MUST(text_copy(removed->code, sizeof(removed->code), code));
	qsort(c->removed, c->removed_count, sizeof(c->removed[0]), by_removed);
}

static void
make_key(const char *name, uint8_t type, EVP_PKEY **key, struct vkey *out)
{
	uint8_t raw[32];

	MUST(key_new_ed25519(key, NULL) == ERR_OK);
	MUST(key_public_raw(*key, raw) == ERR_OK);
	MUST(vkey_make(name, type, raw, out) == ERR_OK);
}

struct realm_post *
realm_add_post(struct realm *r, const char *name)
{
	struct realm_post *p = &r->post[r->post_count++];
	char origin[VKEY_NAME_MAX + 1];

	MUST(r->post_count <= REALM_POSTS);
	MUST(text_copy(p->row.name, sizeof(p->row.name), name));
	MUST(trust_post_origin("RRP-ES", name, origin));
	make_key(origin, VKEY_COSIGNATURE, &p->cosigner, &p->row.cosigner);
	make_key(origin, VKEY_ED25519, &p->report, &p->row.report);
	return p;
}

void
realm_write_root(const struct realm *r, const char *path)
{
	struct bytes pem = { 0 };

	MUST(cert_pem(r->root, &pem) == ERR_OK);
	MUST(file_write(path, 0644, pem.at, pem.len, NULL) == ERR_OK);
	bytes_free(&pem);
}

static void
name_center(
    struct realm_center *c, struct trust_center *out, struct trust_log logs[2])
{
	*out = (struct trust_center){ .name = "Centro de prueba",
		.timezone = "America/Guatemala",
		.key_count = 1,
		.log_count = c->more == NULL ? 1 : 2,
		.roster_count = c->roster_count,
		.removed_count = c->removed_count,
		.keys = &c->row,
		.logs = logs,
		.rosters = c->roster,
		.removed = c->removed };
	memcpy(out->code, c->log.center, sizeof(out->code));
	memcpy(out->country, c->country, sizeof(out->country));
	chronicle_trust_log(&c->log, c->closed, &logs[0]);
	if (c->more != NULL)
		chronicle_trust_log(c->more, false, &logs[1]);
}

static void
sign_list(const struct realm *r, const struct trust_list *list, const char *pub)
{
	struct bytes text = { 0 }, file = { 0 };
	struct errtext err = { 0 };
	char id[32], path[300];

	snprintf(
	    id, sizeof(id), "trust-%llu", (unsigned long long)list->sequence);
	MUST(trust_write(list, &text) == ERR_OK);
	if (sign_document(&dsig_trust, text.at, text.len, id, r->root_key,
		&file, &err) != ERR_OK)
		ck_abort_msg("%s", err.text);
	snprintf(path, sizeof(path), "%s/trust.xml", pub);
	MUST(file_mkdir(pub, 0755, NULL) == ERR_OK);
	MUST(file_write(path, 0644, file.at, file.len, NULL) == ERR_OK);
	bytes_free(&text);
	bytes_free(&file);
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(((const struct trust_center *)a)->code,
	    ((const struct trust_center *)b)->code);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct trust_post *)a)->name,
	    ((const struct trust_post *)b)->name);
}

void
realm_write_list(struct realm *r, const char *pub)
{
	static const char consulate[] = "ES-GTGUA";
	struct trust_center centers[REALM_CENTERS];
	struct trust_log logs[REALM_CENTERS][2];
	struct trust_post posts[REALM_POSTS];
	struct trust_consulate consulates[1] = { { .name = "Consulado" } };
	struct trust_list list = { .program = "RRP-ES",
		.name = "Programa de prueba",
		.sequence = r->sequence++,
		.issued_at = r->at,
		.next_update = r->at + 7 * CLOCK_DAY,
		.not_after = r->at + 30 * CLOCK_DAY,
		.consulates = consulates,
		.centers = centers,
		.posts = posts };
	size_t i;

	memcpy(consulates[0].code, consulate, sizeof(consulate));
	list.consulate_count = r->post_count > 0 ? 0 : 1;
	for (i = 0; i < r->center_count; i++)
		name_center(
		    &r->center[i], &centers[list.center_count++], logs[i]);
	for (i = 0; i < r->post_count; i++)
		if (!r->post[i].unlisted)
			posts[list.post_count++] = r->post[i].row;
	qsort(centers, list.center_count, sizeof(centers[0]), by_code);
	qsort(posts, list.post_count, sizeof(posts[0]), by_name);
	sign_list(r, &list, pub);
}

void
realm_cosign(const struct realm_post *post, const struct chronicle *log,
    uint64_t size, int64_t at, struct bytes *note)
{
	struct checkpoint head = { .size = size };
	struct bytes text = { 0 };

	MUST(text_copy(head.origin, sizeof(head.origin), log->log.name));
	chronicle_root(log, size, &head.root);
	MUST(checkpoint_format(&head, &text, NULL) == ERR_OK);
	MUST(checkpoint_cosign(text.at, text.len, &post->row.cosigner,
		 post->cosigner, at, note, NULL) == ERR_OK);
	bytes_free(&text);
}
