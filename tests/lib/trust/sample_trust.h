/*
 * sample_trust.h - a root, centers and posts for the tests of this room,
 * made fresh in memory; nothing here is a real office.
 */
#ifndef TESTS_LIB_TRUST_SAMPLE_TRUST_H
#define TESTS_LIB_TRUST_SAMPLE_TRUST_H

#include "base/clock.h"
#include "base/encode.h"
#include "trust/cert.h"
#include "trust/key.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sample_root {
	EVP_PKEY *key;
	X509 *cert;
	struct root_info info;
};

static inline void
sample_root_new(struct sample_root *r, const char *program, bool training)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(key_new_p256(&r->key, &err), ERR_OK);
	ck_assert_msg(
	    cert_make_root(r->key, program, "Programa de Cartas de Remisión",
		training, &r->cert, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_msg(
	    cert_read_root(r->cert, &r->info, &err) == ERR_OK, "%s", err.text);
}

static inline void
sample_root_free(struct sample_root *r)
{
	EVP_PKEY_free(r->key);
	X509_free(r->cert);
}

/* A center's words about itself; log keys are random and never used. */
static inline struct center_info
sample_center(
    const struct sample_root *r, const char *code, const char *country)
{
	struct center_info info = { 0 };
	EVP_PKEY *key = NULL;

	snprintf(info.center, sizeof(info.center), "%s", code);
	snprintf(info.country, sizeof(info.country), "%s", country);
	strcpy(info.name, "Centro de Atención Ñandú");
	strcpy(info.timezone, "America/Guatemala");
	strcpy(info.hotline, "+50212345678");
	memcpy(info.root, r->info.fingerprint, 32);
	ck_assert_int_eq(key_new_ed25519(&key, NULL), ERR_OK);
	key_public_raw(key, info.log_key);
	EVP_PKEY_free(key);
	ck_assert_int_eq(key_new_ed25519(&key, NULL), ERR_OK);
	key_public_raw(key, info.cosigner_key);
	EVP_PKEY_free(key);
	return info;
}

static inline EVP_PKEY *
sample_p256(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	return key;
}

/* A person with a fresh key. */
static inline struct trust_person
sample_person(const char *code, char role)
{
	struct trust_person person = { .role = role };
	EVP_PKEY *key = sample_p256();

	strcpy(person.code, code);
	ck_assert_int_eq(person_key_point(key, person.key), ERR_OK);
	EVP_PKEY_free(key);
	return person;
}

/* The three that a center begins with; trust_roster_free() it. */
static inline struct trust_roster
sample_roster(int64_t since)
{
	struct trust_roster roster = { .since = since, .person_count = 3 };

	roster.persons = calloc(3, sizeof(roster.persons[0]));
	roster.persons[0] = sample_person("AD0001", 'M');
	roster.persons[1] = sample_person("AP2003", 'A');
	roster.persons[2] = sample_person("OF1007", 'D');
	return roster;
}

static inline X509 *
sample_cert(
    const struct sample_root *r, const struct center_info *info, EVP_PKEY *key)
{
	struct errtext err = { 0 };
	X509 *cert = NULL;

	ck_assert_msg(cert_make_center(r->cert, r->key, info, key, 730,
			  clock_now(), &cert, &err) == ERR_OK,
	    "%s", err.text);
	return cert;
}

#endif
