/*
 * person.c - codes, roles and keys of a center's persons: person.h.
 */
#include "trust/person.h"

#include "base/i18n.h"
#include "base/sha256.h"
#include "trust/key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/params.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct role {
	char letter;
	const char *word, *title;
} roles[] = {
	{ 'D', "DRAFTER", N_("drafter") },
	{ 'A', "APPROVER", N_("approver") },
	{ 'M', "ADMIN", N_("administrator") },
};

bool
person_is_code(const char *text)
{
	size_t len = strlen(text);

	return len >= 4 && len < PERSON_CODE_SIZE &&
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == len;
}

static const struct role *
find_role(char letter)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i].letter == letter)
			return &roles[i];
	return NULL;
}

const char *
person_role_word(char role)
{
	const struct role *row = find_role(role);

	return row != NULL ? row->word : NULL;
}

const char *
person_role_title(char role)
{
	const struct role *row = find_role(role);

	return row != NULL ? _(row->title) : "";
}

char
person_role_letter(const char *word)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].word, word) == 0)
			return roles[i].letter;
	return '\0';
}

/* --- keys ----------------------------------------------------------------- */

enum err
person_key_point(EVP_PKEY *key, uint8_t out[PERSON_KEY_SIZE])
{
	uint8_t point[65]; /* 04 x y, or 02|03 x: as the key was read */
	size_t len = 0;

	if (!key_is_p256(key))
		return ERR_DATA;
	if (EVP_PKEY_get_octet_string_param(
		key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &len) != 1)
		return err_openssl(NULL, ERR_INTERNAL, "");
	if (len == sizeof(point))
		point[0] = 2 + (point[64] & 1);
	else if (len != PERSON_KEY_SIZE)
		return ERR_DATA;
	memcpy(out, point, PERSON_KEY_SIZE);
	return ERR_OK;
}

static bool
is_compressed(const uint8_t key[PERSON_KEY_SIZE])
{
	return key[0] == 2 || key[0] == 3;
}

enum err
person_key_public(const uint8_t key[PERSON_KEY_SIZE], EVP_PKEY **out)
{
	char group[] = "P-256";
	OSSL_PARAM parts[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
		    (void *)(uintptr_t)key, PERSON_KEY_SIZE),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *made = NULL;
	enum err rc = ERR_OK;

	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1)
		rc = err_openssl(NULL, ERR_INTERNAL, "");
	else if (!is_compressed(key) ||
	    EVP_PKEY_fromdata(ctx, &made, EVP_PKEY_PUBLIC_KEY, parts) != 1)
		rc = err_openssl(NULL, ERR_DATA, "");
	else
		*out = made;
	EVP_PKEY_CTX_free(ctx);
	return rc;
}

enum err
person_key_like(
    const uint8_t key[PERSON_KEY_SIZE], EVP_PKEY *like, EVP_PKEY **out)
{
	EVP_PKEY *made = EVP_PKEY_new();
	enum err rc = ERR_OK;

	if (made == NULL || EVP_PKEY_copy_parameters(made, like) != 1)
		rc = err_openssl(NULL, ERR_INTERNAL, "");
	else if (!is_compressed(key) ||
	    EVP_PKEY_set1_encoded_public_key(made, key, PERSON_KEY_SIZE) != 1)
		rc = err_openssl(NULL, ERR_DATA, "");
	if (rc == ERR_OK)
		*out = made;
	else
		EVP_PKEY_free(made);
	return rc;
}

void
person_key_digest(const uint8_t key[PERSON_KEY_SIZE], uint8_t out[32])
{
	sha256(key, PERSON_KEY_SIZE, out);
}

bool
person_key_same(
    const uint8_t a[PERSON_KEY_SIZE], const uint8_t b[PERSON_KEY_SIZE])
{
	return memcmp(a + 1, b + 1, PERSON_KEY_SIZE - 1) == 0;
}

void
person_fingerprint(
    const uint8_t key[PERSON_KEY_SIZE], char out[PERSON_FINGERPRINT_SIZE])
{
	uint8_t hash[32];

	person_key_digest(key, hash);
	fingerprint_text(hash, out);
}

/* --- rosters -------------------------------------------------------------- */

static enum err
check_person(const struct trust_person *person, struct errtext *err)
{
	EVP_PKEY *key = NULL;
	enum err rc;

	if (!person_is_code(person->code))
		return err_set(err, ERR_DATA,
		    _("a person's code has 4 to 12 capital letters or digits"));
	if (find_role(person->role) == NULL)
		return err_set(err, ERR_DATA,
		    _("person %s: the role must be DRAFTER, APPROVER or ADMIN"),
		    person->code);
	if ((rc = person_key_public(person->key, &key)) != ERR_OK)
		return err_set(
		    err, rc, _("person %s: not a P-256 key"), person->code);
	EVP_PKEY_free(key);
	return ERR_OK;
}

enum err
trust_roster_check(const struct trust_roster *roster, struct errtext *err)
{
	const struct trust_person *person = roster->persons;
	enum err rc;

	if (roster->person_count > PERSON_COUNT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("more than %d persons at one center"), PERSON_COUNT_MAX);
	for (size_t i = 0; i < roster->person_count; i++, person++) {
		if ((rc = check_person(person, err)) != ERR_OK)
			return rc;
		if (i > 0 && strcmp(person[-1].code, person->code) >= 0)
			return err_set(err, ERR_DATA,
			    _("person %s stands twice, or not in order"),
			    person->code);
		if (trust_roster_find_key(roster, person->key) != person)
			return err_set(err, ERR_DATA,
			    _("person %s has the key of another"),
			    person->code);
	}
	return ERR_OK;
}

static int
by_code(const void *a, const void *b)
{
	const struct trust_person *x = a, *y = b;

	return strcmp(x->code, y->code);
}

void
trust_roster_sort(struct trust_roster *roster)
{
	if (roster->person_count > 1)
		qsort(roster->persons, roster->person_count,
		    sizeof(roster->persons[0]), by_code);
}

const struct trust_person *
trust_roster_find(const struct trust_roster *roster, const char *code)
{
	for (size_t i = 0; i < roster->person_count; i++)
		if (strcmp(roster->persons[i].code, code) == 0)
			return &roster->persons[i];
	return NULL;
}

const struct trust_person *
trust_roster_find_key(
    const struct trust_roster *roster, const uint8_t key[PERSON_KEY_SIZE])
{
	for (size_t i = 0; i < roster->person_count; i++)
		if (person_key_same(roster->persons[i].key, key))
			return &roster->persons[i];
	return NULL;
}

bool
trust_roster_same(const struct trust_roster *a, const struct trust_roster *b)
{
	if (a->person_count != b->person_count)
		return false;
	for (size_t i = 0; i < a->person_count; i++) {
		const struct trust_person *x = &a->persons[i];
		const struct trust_person *y = &b->persons[i];

		if (strcmp(x->code, y->code) != 0 || x->role != y->role ||
		    memcmp(x->key, y->key, PERSON_KEY_SIZE) != 0)
			return false;
	}
	return true;
}

void
trust_roster_free(struct trust_roster *roster)
{
	free(roster->persons);
	*roster = (struct trust_roster){ 0 };
}
