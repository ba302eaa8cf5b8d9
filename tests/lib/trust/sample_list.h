/*
 * sample_list.h - a trust list with one of everything, for the tests of this
 * room; built by hand as a publisher would.
 */
#ifndef TESTS_LIB_TRUST_SAMPLE_LIST_H
#define TESTS_LIB_TRUST_SAMPLE_LIST_H

#include "letter/sign.h"
#include "tests/lib/trust/sample_trust.h"
#include "trust/list.h"

/* A list and the private keys of its centers' keys, in the list's order. */
struct sample_list {
	struct sample_root root;
	struct trust_list *list;
	EVP_PKEY *old_key, *key; /* GTGUA01: revoked, active */
	EVP_PKEY *other;         /* HNTGU01 */
};

static inline struct trust_key
sample_list_key(const struct sample_root *root, const char *center,
    const char *country, EVP_PKEY **key)
{
	struct center_info info = sample_center(root, center, country);
	struct trust_key row = { 0 };

	*key = sample_p256();
	row.cert = sample_cert(root, &info, *key);
	row.key = X509_get_pubkey(row.cert);
	ck_assert_int_eq(dsig_key_name(*key, row.key_name), ERR_OK);
	ck_assert_int_eq(
	    cert_period(row.cert, &row.not_before, &row.not_after), ERR_OK);
	return row;
}

static inline struct vkey
sample_vkey(const char *name, uint8_t type)
{
	uint8_t raw[32];
	struct vkey out;
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_ed25519(&key, NULL), ERR_OK);
	ck_assert_int_eq(key_public_raw(key, raw), ERR_OK);
	EVP_PKEY_free(key);
	ck_assert_int_eq(vkey_make(name, type, raw, &out), ERR_OK);
	return out;
}

static inline struct trust_log
sample_log(const char *center, unsigned generation)
{
	struct trust_log log = { .generation = generation };
	char origin[VKEY_NAME_MAX + 1];

	ck_assert(trust_log_origin("RRP-ES", center, generation, origin));
	log.log = sample_vkey(origin, VKEY_ED25519);
	log.cosigner = sample_vkey(origin, VKEY_COSIGNATURE);
	return log;
}

/* Two rosters, the second with one person more, and two who were removed. */
static inline void
sample_list_staff(struct trust_center *c, int64_t now)
{
	struct trust_roster *second;

	c->roster_count = 2;
	c->rosters = calloc(2, sizeof(*c->rosters));
	c->rosters[0] = sample_roster(now - 7200);
	second = &c->rosters[1];
	*second = (struct trust_roster){ .since = now - 60, .person_count = 4 };
	second->persons = calloc(4, sizeof(*second->persons));
	memcpy(second->persons, c->rosters[0].persons,
	    3 * sizeof(*second->persons));
	second->persons[3] = sample_person("OF1008", 'D');
	c->removed_count = 2;
	c->removed = calloc(2, sizeof(*c->removed));
	strcpy(c->removed[0].code, "OF1007");
	c->removed[0].since = now - 3600;
	strcpy(c->removed[1].code, "OF1010");
	c->removed[1].since = now - 1800;
	c->removed[1].has_size = true;
	c->removed[1].size = 1017;
}

static inline void
sample_list_centers(struct sample_list *s)
{
	struct trust_list *l = s->list;
	struct trust_center *c;
	struct trust_key a, b;

	l->center_count = 2;
	l->centers = calloc(2, sizeof(*l->centers));
	c = &l->centers[0];
	strcpy(c->code, "GTGUA01");
	strcpy(c->name, "Centro de Guatemala <1> & Compañía");
	strcpy(c->country, "GTM");
	strcpy(c->timezone, "America/Guatemala");
	strcpy(c->hotline, "+50212345678;free");
	c->key_count = 2;
	c->keys = calloc(2, sizeof(*c->keys));
	a = sample_list_key(&s->root, "GTGUA01", "GTM", &s->old_key);
	b = sample_list_key(&s->root, "GTGUA01", "GTM", &s->key);
	a.status = KEY_REVOKED;
	a.since = l->issued_at - 3600;
	a.has_evidence = true;
	a.evidence_size = 417;
	memset(a.evidence_root, 7, 32);
	c->keys[strcmp(a.key_name, b.key_name) > 0] = a;
	c->keys[strcmp(a.key_name, b.key_name) < 0] = b;
	c->log_count = 2;
	c->logs = calloc(2, sizeof(*c->logs));
	c->logs[0] = sample_log("GTGUA01", 1);
	c->logs[0].closed = true;
	c->logs[0].final_size = 1000;
	memset(c->logs[0].final_root, 9, 32);
	c->logs[1] = sample_log("GTGUA01", 2);
	sample_list_staff(c, l->issued_at);
	c = &l->centers[1];
	strcpy(c->code, "HNTGU01");
	strcpy(c->name, "Centro de Tegucigalpa");
	strcpy(c->country, "HND");
	strcpy(c->timezone, "America/Tegucigalpa");
	c->key_count = 1;
	c->keys = calloc(1, sizeof(*c->keys));
	c->keys[0] = sample_list_key(&s->root, "HNTGU01", "HND", &s->other);
	c->keys[0].status = KEY_RETIRED;
	c->keys[0].since = l->issued_at - 60;
}

static inline void
sample_list_new(struct sample_list *s)
{
	struct trust_list *l = calloc(1, sizeof(*l));

	memset(s, 0, sizeof(*s));
	sample_root_new(&s->root, "RRP-ES", false);
	s->list = l;
	strcpy(l->program, "RRP-ES");
	strcpy(l->name, "Programa de Cartas de Remisión");
	l->sequence = 7;
	l->issued_at = clock_now();
	l->next_update = l->issued_at + 7 * CLOCK_DAY;
	l->not_after = l->issued_at + 30 * CLOCK_DAY;
	l->consulate_count = 2;
	l->consulates = calloc(2, sizeof(*l->consulates));
	strcpy(l->consulates[0].code, "ES-GTGUA");
	strcpy(l->consulates[0].name, "Consulado General en Guatemala");
	strcpy(l->consulates[0].address, "4a avenida 12-34, zona 10");
	strcpy(l->emblem,
	    "120 100 M 10 90 L 10.5 30 C 10 10 60 10 60 30 L 60 90.25 Z "
	    "M 70 90 L 115 90 L 92 10 Z");
	strcpy(l->consulates[1].code, "ES-HNTGU");
	strcpy(l->consulates[1].name, "Sección Consular en Tegucigalpa");
	l->pathway_count = 1;
	l->pathways = calloc(1, sizeof(*l->pathways));
	strcpy(l->pathways[0].code, "UCR");
	strcpy(l->pathways[0].label[0], "Corredor universitario");
	strcpy(l->pathways[0].label[2], "Couloir universitaire");
	sample_list_centers(s);
	l->post_count = 1;
	l->posts = calloc(1, sizeof(*l->posts));
	strcpy(l->posts[0].name, "ES-GTGUA/1");
	l->posts[0].cosigner =
	    sample_vkey("RRP-ES/post/ES-GTGUA/1", VKEY_COSIGNATURE);
	l->posts[0].report =
	    sample_vkey("RRP-ES/post/ES-GTGUA/1", VKEY_ED25519);
}

static inline void
sample_list_free(struct sample_list *s)
{
	trust_free(&s->list);
	EVP_PKEY_free(s->old_key);
	EVP_PKEY_free(s->key);
	EVP_PKEY_free(s->other);
	sample_root_free(&s->root);
}

/* Any document signed by any key under any Id. */
static inline struct bytes
sample_list_sign_text(EVP_PKEY *key, const char *text, const char *id)
{
	struct errtext err = { 0 };
	struct bytes xml = { 0 };
	enum err rc =
	    sign_document(&dsig_trust, text, strlen(text), id, key, &xml, &err);

	ck_assert_msg(rc == ERR_OK, "%s: %s", err_name(rc), err.text);
	return xml;
}

static inline struct bytes
sample_list_sign(const struct sample_list *s)
{
	struct bytes text = { 0 }, xml;
	char id[32];

	ck_assert_int_eq(trust_write(s->list, &text), ERR_OK);
	snprintf(id, sizeof(id), "trust-%llu",
	    (unsigned long long)s->list->sequence);
	xml = sample_list_sign_text(s->root.key, (const char *)text.at, id);
	bytes_free(&text);
	return xml;
}

#endif
