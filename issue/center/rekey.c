/*
 * rekey.c - rekey.h.
 */
#include "issue/center/rekey.h"

#include "issue/center/files.h"
#include "issue/center/standing.h"
#include "issue/register/event.h"
#include "issue/register/next_keys.h"
#include "issue/register/state.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- making
 * ------------------------------------------------------------------------ */

static enum err
make_keys(const struct keyring *ring, bool new_log, struct center_keys *out,
    struct errtext *err)
{
	enum err rc = key_new_p256(&out->sign, err);

	if (rc != ERR_OK)
		return rc;
	if (new_log) {
		if ((rc = key_new_ed25519(&out->log, err)) != ERR_OK)
			return rc;
		return key_new_ed25519(&out->cosigner, err);
	}
	EVP_PKEY_up_ref(ring->log);
	EVP_PKEY_up_ref(ring->cosigner);
	out->log = ring->log;
	out->cosigner = ring->cosigner;
	return ERR_OK;
}

/* New keys are no new persons: the request repeats whom the list has, so that
 * nobody has to read anything aloud; while no list names the center, those of
 * the register. */
static enum err
make_request(struct center *center, EVP_PKEY *sign,
    const struct center_info *info, struct bytes *request, struct errtext *err)
{
	const struct trust_roster *persons =
	    center->listed != NULL ? trust_last_roster(center->listed) : NULL;
	const struct standing *standing;
	enum err rc;

	if (persons == NULL) {
		if ((rc = standing_now(center, &standing, err)) != ERR_OK)
			return rc;
		persons = &standing->persons;
	}
	return request_make_center(sign, info, persons, request, err);
}

enum err
rekey_make(struct center *center, const struct keyring *ring, bool new_log,
    int64_t now, struct bytes *request, char key_name[DSIG_KEY_NAME_SIZE],
    struct errtext *err)
{
	struct center_info info = center->info;
	struct center_keys keys = { 0 };
	struct next_keys next = { .found = true };
	enum err rc;

	if ((rc = make_keys(ring, new_log, &keys, err)) != ERR_OK)
		goto out;
	if (key_public_raw(keys.log, info.log_key) != ERR_OK ||
	    key_public_raw(keys.cosigner, info.cosigner_key) != ERR_OK ||
	    dsig_key_name(keys.sign, key_name) != ERR_OK) {
		rc = err_openssl(
		    err, ERR_INTERNAL, _("the center's keys cannot be made"));
		goto out;
	}
	next.sign = keys.sign;
	memcpy(next.log, info.log_key, sizeof(next.log));
	memcpy(next.cosigner, info.cosigner_key, sizeof(next.cosigner));
	/* keys that waited until now will never be used */
	if ((rc = keyring_drop_others(center->reg, center->key_name,
		 center->info.log_key, center->info.cosigner_key, err)) !=
		ERR_OK ||
	    (rc = keyring_add(center->reg, ring, &keys, err)) != ERR_OK ||
	    (rc = register_set_next_keys(center->reg, &next, now, err)) !=
		ERR_OK)
		goto out;
	rc = make_request(center, keys.sign, &info, request, err);
out:
	EVP_PKEY_free(keys.sign);
	EVP_PKEY_free(keys.log);
	EVP_PKEY_free(keys.cosigner);
	return rc;
}

/* --- changing over
 * ------------------------------------------------------------------- */

/* Only when the list names this center's key and its log may both go on. */
static bool
is_carried(const struct center *center, const struct next_keys *next)
{
	const struct trust_center *owner = NULL;
	const struct trust_key *key;

	if (!next->found || center->list == NULL)
		return false;
	key = trust_find_key(center->list, next->key_name, &owner);
	if (key == NULL || key->status != KEY_ACTIVE ||
	    strcmp(owner->code, center->info.center) != 0)
		return false;
	for (size_t i = 0; i < owner->log_count; i++)
		if (memcmp(owner->logs[i].log.key, next->log, 32) == 0 &&
		    !owner->logs[i].closed)
			return true;
	return false;
}

bool
rekey_is_ready(struct center *center, char key_name[DSIG_KEY_NAME_SIZE])
{
	struct next_keys next = { .found = false };
	bool ready;

	ready = register_next_keys(center->reg, &next, NULL) == ERR_OK &&
	    is_carried(center, &next);
	snprintf(
	    key_name, DSIG_KEY_NAME_SIZE, "%s", ready ? next.key_name : "");
	register_next_keys_clear(&next);
	return ready;
}

/* Once the list names the key and it cannot go on, retired or with a log that
 * was closed, it never can. */
enum err
rekey_waiting(struct center *center, char key_name[DSIG_KEY_NAME_SIZE],
    struct errtext *err)
{
	struct next_keys next = { .found = false };
	enum err rc = register_next_keys(center->reg, &next, err);
	bool waits = next.found &&
	    (center->list == NULL ||
		trust_find_key(center->list, next.key_name, NULL) == NULL ||
		is_carried(center, &next));

	snprintf(
	    key_name, DSIG_KEY_NAME_SIZE, "%s", waits ? next.key_name : "");
	register_next_keys_clear(&next);
	return rc;
}

enum err
rekey_request(struct center *center, const struct keyring *ring, bool *new_log,
    struct bytes *request, struct errtext *err)
{
	struct center_info info = center->info;
	struct next_keys next = { .found = false };
	struct keyring keys = { 0 };
	enum err rc = register_next_keys(center->reg, &next, err);

	if (rc == ERR_OK && !next.found)
		rc = err_set(err, ERR_NOT_FOUND, _("no new keys wait"));
	if (rc == ERR_OK)
		rc = keyring_fetch(center->reg, ring, next.key_name, next.log,
		    next.cosigner, &keys, err);
	if (rc == ERR_OK) {
		*new_log = memcmp(next.log, info.log_key, 32) != 0;
		memcpy(info.log_key, next.log, 32);
		memcpy(info.cosigner_key, next.cosigner, 32);
		rc = make_request(center, keys.sign, &info, request, err);
	}
	keyring_close(&keys);
	register_next_keys_clear(&next);
	return rc;
}

enum err
rekey_unknown_each(struct center *center,
    void (*each)(void *arg, const char *key_name), void *arg,
    struct errtext *err)
{
	const struct trust_center *listed = center->listed;
	struct next_keys next = { .found = false };
	enum err rc = register_next_keys(center->reg, &next, err);

	for (size_t i = 0;
	     listed != NULL && i < listed->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &listed->keys[i];
		bool ours = false;

		if (key->status != KEY_ACTIVE ||
		    strcmp(key->key_name, center->key_name) == 0 ||
		    (next.found && strcmp(key->key_name, next.key_name) == 0))
			continue;
		/* did it sign a line of this register? Then it was ours */
		rc = register_state_names_key(
		    center->reg, key->key_name, &ours, err);
		if (rc == ERR_OK && !ours)
			each(arg, key->key_name);
	}
	register_next_keys_clear(&next);
	return rc;
}

static enum err
change(struct center *center, struct keyring *ring,
    const struct next_keys *next, struct errtext *err)
{
	struct keyring fresh = { 0 };
	enum err rc;

	if ((rc = center_lock(center, err)) != ERR_OK ||
	    (rc = register_begin(center->reg, err)) != ERR_OK)
		return rc;
	rc = keyring_fetch(center->reg, ring, next->key_name, next->log,
	    next->cosigner, &fresh, err);
	if (rc == ERR_OK && EVP_PKEY_eq(fresh.sign, next->sign) != 1)
		rc = err_set(err, ERR_REFUSED,
		    _("the sealed key is not this center's; tell the "
		      "auditor"));
	if (rc == ERR_OK)
		rc = register_use_next_keys(center->reg, err);
	if (rc == ERR_OK)
		rc = keyring_drop_others(center->reg, next->key_name, next->log,
		    next->cosigner, err);
	if (rc == ERR_OK)
		rc = register_commit(center->reg, err);
	register_rollback(center->reg);
	if (rc == ERR_OK)
		rc = center_use_keys(
		    center, next->sign, next->log, next->cosigner, err);
	if (rc == ERR_OK) {
		register_purge(center->reg);
		register_event(center->reg, clock_now(), "keys-changed", "",
		    next->key_name);
		keyring_close(ring);
		*ring = fresh;
		fresh = (struct keyring){ 0 };
	}
	keyring_close(&fresh);
	return rc;
}

enum err
rekey_open(struct center *center, const struct person *person,
    struct keyring *ring, bool *changed, struct errtext *err)
{
	struct next_keys next = { .found = false };
	bool due = false;
	enum err rc;

	if ((rc = keyring_open(center, person, ring, err)) != ERR_OK)
		return rc;
	if ((rc = register_next_keys(center->reg, &next, err)) == ERR_OK) {
		due = is_carried(center, &next);
		if (due)
			rc = change(center, ring, &next, err);
	}
	if (rc == ERR_OK && changed != NULL)
		*changed = due;
	if (rc != ERR_OK)
		keyring_close(ring);
	register_next_keys_clear(&next);
	return rc;
}
