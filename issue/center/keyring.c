/*
 * keyring.c - sealed keys and slots: keyring.h.
 */
#include "issue/center/keyring.h"

#include "issue/center/center.h"
#include "issue/center/login.h"
#include "issue/center/standing.h"
#include "issue/register/letter.h"
#include "issue/register/sealed.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "trust/key.h"
#include "trust/slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE   24 /* "cosigner-1a2b3c4d" */
#define SEALED_MAX  64 /* keys at rest: three, and more after each rekey */
#define PERSONS_MAX 1000

/* --- sealed keys --------------------------------------------------------- */

static enum err
store_sealed(struct registry *reg, const struct secret *wrapping,
    const char *name, EVP_PKEY *key, struct errtext *err)
{
	struct bytes sealed = { 0 };
	enum err rc = slot_seal_key(wrapping, name, key, &sealed, err);

	if (rc == ERR_OK)
		rc = register_set_sealed(reg, name, &sealed, err);
	bytes_free(&sealed);
	return rc;
}

static enum err
load_sealed(struct registry *reg, const struct secret *wrapping,
    const char *name, EVP_PKEY **out, struct errtext *err)
{
	struct bytes sealed = { 0 };
	enum err rc = register_sealed(reg, name, &sealed, err);

	if (rc == ERR_OK)
		rc = slot_unseal_key(
		    wrapping, name, sealed.at, sealed.len, out, err);
	bytes_free(&sealed);
	return rc;
}

static enum err
seal_named(struct registry *reg, const struct secret *wrapping,
    const char *what, const char *id, EVP_PKEY *key, struct errtext *err)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%s-%s", what, id);
	return store_sealed(reg, wrapping, name, key, err);
}

/* An Ed25519 key is named by the first bytes of its SHA-256, as P-256 keys
 * are by dsig_key_name(). */
static bool
ed25519_name(const char *what, const uint8_t public[32], char out[NAME_SIZE])
{
	uint8_t digest[SHA256_SIZE];
	struct bytes hex = { 0 };
	bool good;

	sha256(public, 32, digest);
	hex_encode(digest, 4, &hex);
	good = !hex.failed;
	if (good)
		snprintf(out, NAME_SIZE, "%s-%s", what, (const char *)hex.at);
	bytes_free(&hex);
	return good;
}

static enum err
seal_ed25519(struct registry *reg, const struct secret *wrapping,
    const char *what, EVP_PKEY *key, struct errtext *err)
{
	char name[NAME_SIZE];
	uint8_t raw[32];
	enum err rc;

	if ((rc = key_public_raw(key, raw)) != ERR_OK)
		return err_set(err, rc, _("a key of the center is unusable"));
	if (!ed25519_name(what, raw, name))
		return err_memory(err);
	return store_sealed(reg, wrapping, name, key, err);
}

static enum err
load_ed25519(struct registry *reg, const struct secret *wrapping,
    const char *what, const uint8_t public[32], EVP_PKEY **out,
    struct errtext *err)
{
	char name[NAME_SIZE];

	if (!ed25519_name(what, public, name))
		return err_memory(err);
	return load_sealed(reg, wrapping, name, out, err);
}

static enum err
seal_all(struct registry *reg, const struct secret *wrapping,
    const struct center_keys *keys, struct errtext *err)
{
	char id[DSIG_KEY_NAME_SIZE];
	enum err rc;

	if ((rc = dsig_key_name(keys->sign, id)) != ERR_OK)
		return err_set(err, rc, _("a key of the center is unusable"));
	if ((rc = seal_named(reg, wrapping, "sign", id, keys->sign, err)) !=
		ERR_OK ||
	    (rc = seal_ed25519(reg, wrapping, "log", keys->log, err)) != ERR_OK)
		return rc;
	return seal_ed25519(reg, wrapping, "cosigner", keys->cosigner, err);
}

enum err
keyring_make(struct registry *reg, const struct center_keys *keys,
    struct keyring *out, struct errtext *err)
{
	struct secret wrapping = { 0 };
	enum err rc;

	if ((rc = slot_new_wrapping_key(&wrapping, err)) != ERR_OK ||
	    (rc = seal_all(reg, &wrapping, keys, err)) != ERR_OK)
		goto out;
	EVP_PKEY_up_ref(keys->sign);
	EVP_PKEY_up_ref(keys->log);
	EVP_PKEY_up_ref(keys->cosigner);
	*out =
	    (struct keyring){ wrapping, keys->sign, keys->log, keys->cosigner };
	wrapping = (struct secret){ 0 };
out:
	secret_wipe(&wrapping);
	return rc;
}

enum err
keyring_add(struct registry *reg, const struct keyring *ring,
    const struct center_keys *keys, struct errtext *err)
{
	return seal_all(reg, &ring->wrapping, keys, err);
}

/* The three keys that go with these public halves; ring has the wrapping key
 * and gets them. */
static enum err
load_all(struct registry *reg, const char *key_name, const uint8_t log[32],
    const uint8_t cosigner[32], struct keyring *ring, struct errtext *err)
{
	char name[NAME_SIZE];
	enum err rc;

	snprintf(name, sizeof(name), "sign-%s", key_name);
	if ((rc = load_sealed(reg, &ring->wrapping, name, &ring->sign, err)) !=
		ERR_OK ||
	    (rc = load_ed25519(
		 reg, &ring->wrapping, "log", log, &ring->log, err)) != ERR_OK)
		return rc;
	return load_ed25519(
	    reg, &ring->wrapping, "cosigner", cosigner, &ring->cosigner, err);
}

enum err
keyring_fetch(struct registry *reg, const struct keyring *ring,
    const char *key_name, const uint8_t log[32], const uint8_t cosigner[32],
    struct keyring *out, struct errtext *err)
{
	struct keyring made = { 0 };
	enum err rc;

	if (secret_new(&made.wrapping, ring->wrapping.len) != ERR_OK)
		return err_memory(err);
	memcpy(made.wrapping.at, ring->wrapping.at, ring->wrapping.len);
	rc = load_all(reg, key_name, log, cosigner, &made, err);
	if (rc == ERR_OK) {
		*out = made;
		made = (struct keyring){ 0 };
	}
	keyring_close(&made);
	return rc;
}

enum err
keyring_drop_others(struct registry *reg, const char *key_name,
    const uint8_t log[32], const uint8_t cosigner[32], struct errtext *err)
{
	char sign[NAME_SIZE], log_name[NAME_SIZE], cosigner_name[NAME_SIZE];

	snprintf(sign, sizeof(sign), "sign-%s", key_name);
	if (!ed25519_name("log", log, log_name) ||
	    !ed25519_name("cosigner", cosigner, cosigner_name))
		return err_memory(err);
	return register_sealed_drop_others(
	    reg, sign, log_name, cosigner_name, err);
}

/* --- slots --------------------------------------------------------------- */

static enum err
load_slot(struct registry *reg, const char *code, struct bytes *slot,
    struct errtext *err)
{
	enum err rc = register_slot(reg, code, slot, err);

	if (rc == ERR_OK && slot->len == 0)
		rc = err_set(err, ERR_REFUSED,
		    _("%s cannot open the center's keys; an approver is "
		      "needed (--second)"),
		    code);
	return rc;
}

enum err
keyring_open(struct center *center, const struct person *person,
    struct keyring *out, struct errtext *err)
{
	struct registry *reg = center->reg;
	struct keyring ring = { 0 };
	struct bytes slot = { 0 };
	enum err rc;

	if ((rc = load_slot(reg, person->code, &slot, err)) != ERR_OK ||
	    (rc = slot_open(slot.at, slot.len, center->info.center,
		 person->credential, person->code, &ring.wrapping, err)) !=
		ERR_OK ||
	    (rc = load_all(reg, center->key_name, center->info.log_key,
		 center->info.cosigner_key, &ring, err)) != ERR_OK)
		goto out;
	if (EVP_PKEY_eq(ring.sign, center->key) != 1) {
		rc = err_set(err, ERR_REFUSED,
		    _("the sealed key is not this center's; tell the "
		      "auditor"));
		goto out;
	}
	*out = ring;
	ring = (struct keyring){ 0 };
out:
	bytes_free(&slot);
	keyring_close(&ring);
	return rc;
}

enum err
keyring_give(struct registry *reg, const char *center,
    const struct keyring *ring, const struct person *person,
    struct errtext *err)
{
	struct bytes slot = { 0 };
	enum err rc = slot_close(&ring->wrapping, center, person->code,
	    person->keys.slot, &slot, err);

	if (rc == ERR_OK)
		rc = register_set_slot(reg, person->code, &slot, err);
	bytes_free(&slot);
	return rc;
}

/* --- a new wrapping key -------------------------------------------------- */

/* Who keeps a slot; gathered first, since giving one changes the table. */
struct holders {
	bool founding;
	size_t count;
	struct person *person;
};

/* A slot put by SQL into a row that may have none is not turned into a real
 * one, and a slot key that its person did not sign gets none. */
static bool
may_hold(
    const struct holders *holders, const struct person *person, bool attested)
{
	return person->has_slot && attested && person->removed_at == 0 &&
	    (holders->founding || person->founding ||
		person->role == ROLE_APPROVER);
}

static bool
gather(void *arg, const struct person *person, bool attested)
{
	struct holders *holders = arg;

	if (may_hold(holders, person, attested))
		holders->person[holders->count++] = *person;
	return holders->count < PERSONS_MAX;
}

static enum err
give_all(struct center *center, const struct keyring *ring, struct errtext *err)
{
	struct holders holders = { .person = calloc(
				       PERSONS_MAX, sizeof(struct person)) };
	const struct standing *standing;
	enum err rc;

	if (holders.person == NULL)
		return err_memory(err);
	if ((rc = standing_now(center, &standing, err)) == ERR_OK) {
		holders.founding = standing->phase == STAFF_FOUNDING;
		rc = people_each(center, gather, &holders, err);
	}
	if (rc == ERR_OK)
		rc = register_drop_slots(center->reg, err);
	for (size_t i = 0; i < holders.count && rc == ERR_OK; i++)
		rc = keyring_give(center->reg, center->info.center, ring,
		    &holders.person[i], err);
	free(holders.person);
	return rc;
}

/* Gathered first, since sealing one again changes the table. */
struct names {
	size_t count;
	char name[SEALED_MAX][NAME_SIZE];
};

static enum err
add_name(void *arg, const char *name, struct errtext *err)
{
	struct names *names = arg;

	if (names->count == SEALED_MAX)
		/* one left out would be lost with the old key */
		return err_set(err, ERR_LIMIT,
		    _("the register has more keys than any center"));
	snprintf(names->name[names->count++], NAME_SIZE, "%s", name);
	return ERR_OK;
}

static enum err
reseal_all(struct registry *reg, const struct secret *old,
    const struct secret *new, struct errtext *err)
{
	struct names names = { .count = 0 };
	EVP_PKEY *key = NULL;
	enum err rc = register_sealed_each(reg, add_name, &names, err);

	for (size_t i = 0; i < names.count && rc == ERR_OK; i++) {
		const char *name = names.name[i];

		rc = load_sealed(reg, old, name, &key, err);
		if (rc == ERR_OK)
			rc = store_sealed(reg, new, name, key, err);
		EVP_PKEY_free(key);
		key = NULL;
	}
	return rc;
}

enum err
keyring_renew(struct center *center, struct keyring *ring, struct errtext *err)
{
	struct keyring next = { .sign = ring->sign };
	bool issued = false;
	enum err rc;

	if ((rc = register_letter_any(center->reg, &issued, err)) != ERR_OK ||
	    (issued &&
		(rc = keyring_end_founding(center->reg, err)) != ERR_OK) ||
	    (rc = slot_new_wrapping_key(&next.wrapping, err)) != ERR_OK ||
	    (rc = reseal_all(center->reg, &ring->wrapping, &next.wrapping,
		 err)) != ERR_OK ||
	    (rc = give_all(center, &next, err)) != ERR_OK)
		goto out;
	secret_wipe(&ring->wrapping);
	ring->wrapping = next.wrapping;
	next.wrapping = (struct secret){ 0 };
out:
	secret_wipe(&next.wrapping);
	return rc;
}

enum err
keyring_end_founding(struct registry *reg, struct errtext *err)
{
	return register_drop_founding_slots(reg, err);
}

void
keyring_close(struct keyring *ring)
{
	secret_wipe(&ring->wrapping);
	EVP_PKEY_free(ring->sign);
	EVP_PKEY_free(ring->log);
	EVP_PKEY_free(ring->cosigner);
	*ring = (struct keyring){ 0 };
}
