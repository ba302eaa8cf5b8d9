/*
 * keyring.c - sealed keys and slots: keyring.h.
 */
#include "issue/center/keyring.h"

#include "issue/center/center.h"
#include "issue/center/login.h"
#include "issue/center/standing.h"
#include "issue/register/letter.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "trust/key.h"
#include "trust/slot.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE   24 /* "cosigner-1a2b3c4d" */
#define SEALED_MAX  64 /* keys at rest: three, and more after each rekey */
#define PERSONS_MAX 1000

/* --- sealed keys --------------------------------------------------------- */

static enum err
store_sealed(struct store *store, const struct secret *wrapping,
    const char *name, EVP_PKEY *key, struct errtext *err)
{
	struct bytes sealed = { 0 };
	sqlite3_stmt *stmt;
	enum err rc;

	rc = slot_seal_key(wrapping, name, key, &sealed, err);
	if (rc == ERR_OK) {
		stmt = store_prepare(store,
		    "INSERT INTO sealed_key (name, sealed) VALUES (?1, ?2)"
		    " ON CONFLICT (name) DO UPDATE SET sealed = ?2",
		    err);
		store_bind_text(stmt, 1, name);
		store_bind_blob(stmt, 2, sealed.at, sealed.len);
		rc = store_run(store, stmt, err);
	}
	bytes_free(&sealed);
	return rc;
}

static enum err
load_sealed(struct store *store, const struct secret *wrapping,
    const char *name, EVP_PKEY **out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT sealed FROM sealed_key WHERE name = ?1", err);
	struct bytes sealed = { 0 };
	enum err rc;

	store_bind_text(stmt, 1, name);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, &sealed);
	else if (rc == ERR_OK)
		rc = err_set(err, ERR_CONFIG,
		    _("the center's key is missing in the register"));
	sqlite3_reset(stmt);
	if (rc == ERR_OK)
		rc = slot_unseal_key(
		    wrapping, name, sealed.at, sealed.len, out, err);
	bytes_free(&sealed);
	return rc;
}

static enum err
seal_named(struct store *store, const struct secret *wrapping, const char *what,
    const char *id, EVP_PKEY *key, struct errtext *err)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%s-%s", what, id);
	return store_sealed(store, wrapping, name, key, err);
}

/* An Ed25519 key is named by the first bytes of its SHA-256, as P-256 keys
 * are by dsig_key_name(). */
static bool
ed25519_name(const char *what, const uint8_t public[32], char out[NAME_SIZE])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct bytes hex = { 0 };
	bool good;

	SHA256(public, 32, digest);
	hex_encode(digest, 4, &hex);
	good = !hex.failed;
	if (good)
		snprintf(out, NAME_SIZE, "%s-%s", what, (const char *)hex.at);
	bytes_free(&hex);
	return good;
}

static enum err
seal_ed25519(struct store *store, const struct secret *wrapping,
    const char *what, EVP_PKEY *key, struct errtext *err)
{
	char name[NAME_SIZE];
	uint8_t raw[32];
	enum err rc;

	if ((rc = key_public_raw(key, raw)) != ERR_OK)
		return err_set(err, rc, _("a key of the center is unusable"));
	if (!ed25519_name(what, raw, name))
		return err_memory(err);
	return store_sealed(store, wrapping, name, key, err);
}

static enum err
load_ed25519(struct store *store, const struct secret *wrapping,
    const char *what, const uint8_t public[32], EVP_PKEY **out,
    struct errtext *err)
{
	char name[NAME_SIZE];

	if (!ed25519_name(what, public, name))
		return err_memory(err);
	return load_sealed(store, wrapping, name, out, err);
}

static enum err
seal_all(struct store *store, const struct secret *wrapping,
    const struct center_keys *keys, struct errtext *err)
{
	char id[DSIG_KEY_NAME_SIZE];
	enum err rc;

	if ((rc = dsig_key_name(keys->sign, id)) != ERR_OK)
		return err_set(err, rc, _("a key of the center is unusable"));
	if ((rc = seal_named(store, wrapping, "sign", id, keys->sign, err)) !=
		ERR_OK ||
	    (rc = seal_ed25519(store, wrapping, "log", keys->log, err)) !=
		ERR_OK)
		return rc;
	return seal_ed25519(store, wrapping, "cosigner", keys->cosigner, err);
}

enum err
keyring_make(struct registry *reg, const struct center_keys *keys,
    struct keyring *out, struct errtext *err)
{
	struct secret wrapping = { 0 };
	enum err rc;

	if ((rc = slot_new_wrapping_key(&wrapping, err)) != ERR_OK ||
	    (rc = seal_all(register_store(reg), &wrapping, keys, err)) !=
		ERR_OK)
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
	return seal_all(register_store(reg), &ring->wrapping, keys, err);
}

/* The three keys that go with these public halves; ring has the wrapping key
 * and gets them. */
static enum err
load_all(struct store *store, const char *key_name, const uint8_t log[32],
    const uint8_t cosigner[32], struct keyring *ring, struct errtext *err)
{
	char name[NAME_SIZE];
	enum err rc;

	snprintf(name, sizeof(name), "sign-%s", key_name);
	if ((rc = load_sealed(
		 store, &ring->wrapping, name, &ring->sign, err)) != ERR_OK ||
	    (rc = load_ed25519(store, &ring->wrapping, "log", log, &ring->log,
		 err)) != ERR_OK)
		return rc;
	return load_ed25519(
	    store, &ring->wrapping, "cosigner", cosigner, &ring->cosigner, err);
}

enum err
keyring_fetch(struct registry *reg, const struct keyring *ring,
    const char *key_name, const uint8_t log[32], const uint8_t cosigner[32],
    struct keyring *out, struct errtext *err)
{
	struct keyring made = { 0 };
	enum err rc;

	if ((rc = secret_new(&made.wrapping, ring->wrapping.len)) != ERR_OK)
		return err_memory(err);
	memcpy(made.wrapping.at, ring->wrapping.at, ring->wrapping.len);
	rc = load_all(register_store(reg), key_name, log, cosigner, &made, err);
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
	struct store *store = register_store(reg);
	char sign[NAME_SIZE], log_name[NAME_SIZE], cosigner_name[NAME_SIZE];
	sqlite3_stmt *stmt;

	snprintf(sign, sizeof(sign), "sign-%s", key_name);
	if (!ed25519_name("log", log, log_name) ||
	    !ed25519_name("cosigner", cosigner, cosigner_name))
		return err_memory(err);
	stmt = store_prepare(store,
	    "DELETE FROM sealed_key WHERE name NOT IN (?1, ?2, ?3)", err);
	store_bind_text(stmt, 1, sign);
	store_bind_text(stmt, 2, log_name);
	store_bind_text(stmt, 3, cosigner_name);
	return store_run(store, stmt, err);
}

/* --- slots --------------------------------------------------------------- */

static enum err
load_slot(struct store *store, const char *code, struct bytes *slot,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT slot FROM person WHERE code = ?1", err);
	enum err rc;

	store_bind_text(stmt, 1, code);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, slot);
	sqlite3_reset(stmt);
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
	struct store *store = register_store(center->reg);
	struct keyring ring = { 0 };
	struct bytes slot = { 0 };
	enum err rc;

	if ((rc = load_slot(store, person->code, &slot, err)) != ERR_OK ||
	    (rc = slot_open(slot.at, slot.len, center->info.center,
		 person->credential, person->code, &ring.wrapping, err)) !=
		ERR_OK ||
	    (rc = load_all(store, center->key_name, center->info.log_key,
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
	struct store *store = register_store(reg);
	struct bytes slot = { 0 };
	sqlite3_stmt *stmt;
	enum err rc;

	rc = slot_close(&ring->wrapping, center, person->code,
	    person->keys.slot, &slot, err);
	if (rc == ERR_OK) {
		stmt = store_prepare(
		    store, "UPDATE person SET slot = ?2 WHERE code = ?1", err);
		store_bind_text(stmt, 1, person->code);
		store_bind_blob(stmt, 2, slot.at, slot.len);
		rc = store_run(store, stmt, err);
	}
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
take_all(struct store *store, struct errtext *err)
{
	return store_run(store,
	    store_prepare(store,
		"UPDATE person SET slot = NULL WHERE slot IS NOT NULL", err),
	    err);
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
		rc = take_all(register_store(center->reg), err);
	for (size_t i = 0; i < holders.count && rc == ERR_OK; i++)
		rc = keyring_give(center->reg, center->info.center, ring,
		    &holders.person[i], err);
	free(holders.person);
	return rc;
}

static enum err
list_sealed(struct store *store, char name[SEALED_MAX][NAME_SIZE],
    size_t *count, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT name FROM sealed_key", err);
	enum err rc;

	*count = 0;
	while (store_step(store, stmt, &rc, err)) {
		if (*count == SEALED_MAX) {
			/* one left out would be lost with the old key */
			rc = err_set(err, ERR_LIMIT,
			    _("the register has more keys than any center"));
			break;
		}
		snprintf(
		    name[(*count)++], NAME_SIZE, "%s", store_text(stmt, 0));
	}
	sqlite3_reset(stmt);
	return rc;
}

static enum err
reseal_all(struct store *store, const struct secret *old,
    const struct secret *new, struct errtext *err)
{
	char name[SEALED_MAX][NAME_SIZE];
	EVP_PKEY *key = NULL;
	size_t count = 0;
	enum err rc;

	rc = list_sealed(store, name, &count, err);
	for (size_t i = 0; i < count && rc == ERR_OK; i++) {
		rc = load_sealed(store, old, name[i], &key, err);
		if (rc == ERR_OK)
			rc = store_sealed(store, new, name[i], key, err);
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
	    (rc = reseal_all(register_store(center->reg), &ring->wrapping,
		 &next.wrapping, err)) != ERR_OK ||
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
	struct store *store = register_store(reg);

	return store_run(store,
	    store_prepare(store,
		"UPDATE person SET slot = NULL"
		" WHERE founding = 1 AND slot IS NOT NULL AND EXISTS ("
		" SELECT 1 FROM person WHERE founding = 0"
		" AND slot IS NOT NULL)",
		err),
	    err);
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
