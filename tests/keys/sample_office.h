/*
 * sample_office.h - a root's home on disk and a certified center whose log keys
 * the test has: what the tests of signed heads and persons begin with.
 */
#ifndef TESTS_KEYS_SAMPLE_OFFICE_H
#define TESTS_KEYS_SAMPLE_OFFICE_H

#include "keys/home.h"
#include "log/checkpoint.h"
#include "tests/lib/trust/sample_trust.h"
#include "tests/support/keys.h"

#define FIRST   "RRP-ES/log/GTGUA01/1"
#define SECOND  "RRP-ES/log/GTGUA01/2"
#define NOW     clock_now()
#define NO_TIME -1

static char dir[64], root_dir[80];
static struct errtext err;
static uint8_t pass_text[] = "una frase de paso larga";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };
static struct home *home;
static EVP_PKEY *root_key;
static struct sample_root root; /* borrowed view of the home's */

/* A certified center whose log keys the test has. */
struct office {
	struct center_info info;
	EVP_PKEY *log, *cosigner;
	struct certified done;
};
static struct office ours;

static inline EVP_PKEY *
ed25519(uint8_t raw[32])
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_ed25519(&key, &err), ERR_OK);
	key_public_raw(key, raw);
	return key;
}

/* With these persons, which the root heard, and this key. */
static inline enum err
certify_persons(
    struct office *o, EVP_PKEY *key, const struct trust_roster *persons)
{
	struct bytes pem = { 0 };
	enum err rc;

	ck_assert_msg(
	    request_make_center(key, &o->info, persons, &pem, &err) == ERR_OK,
	    "%s", err.text);
	rc =
	    home_certify_center(home, root_key, &pem, 730, NOW, &o->done, &err);
	bytes_free(&pem);
	return rc;
}

static inline enum err
certify(struct office *o)
{
	struct trust_roster three = support_roster(o->info.center, 0);
	EVP_PKEY *key = sample_p256();
	enum err rc = certify_persons(o, key, &three);

	trust_roster_free(&three);
	EVP_PKEY_free(key);
	return rc;
}

static inline void
office_clear(struct office *o)
{
	EVP_PKEY_free(o->log);
	EVP_PKEY_free(o->cosigner);
	o->log = o->cosigner = NULL;
}

/* New log keys: a first log, or the next generation. */
static inline void
office_open(struct office *o, const char *code)
{
	office_clear(o);
	o->info = sample_center(&root, code, "GTM");
	o->log = ed25519(o->info.log_key);
	o->cosigner = ed25519(o->info.cosigner_key);
	ck_assert_msg(certify(o) == ERR_OK, "%s", err.text);
}

static inline void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-home-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(root_dir, sizeof(root_dir), "%s/root", dir);
	err = (struct errtext){ 0 };
	ck_assert_int_eq(
	    home_init(root_dir, "RRP-ES", "Programa", false, &pass, &err),
	    ERR_OK);
	ck_assert_int_eq(home_open(root_dir, &home, &err), ERR_OK);
	ck_assert_int_eq(home_unlock(home, &pass, &root_key, &err), ERR_OK);
	root = (struct sample_root){ root_key, home->root, home->info };
	office_open(&ours, "GTGUA01");
}

static inline void
teardown(void)
{
	char command[128];

	office_clear(&ours);
	EVP_PKEY_free(root_key);
	home_close(&home);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

/* --- heads ---------------------------------------------------------------- */

/* A head of `size` lines; each fork has other roots. */
static inline struct bytes
signed_head(
    const struct office *o, const char *origin, uint64_t size, uint8_t fork)
{
	struct checkpoint head = { .size = size };
	struct bytes note = { 0 };
	struct vkey key;

	snprintf(head.origin, sizeof(head.origin), "%s", origin);
	if (size == 0)
		tree_empty(&head.root);
	else
		tree_leaf(&size, sizeof(size), &head.root);
	head.root.at[0] = (uint8_t)(head.root.at[0] ^ (size > 0 ? fork : 0));
	ck_assert_int_eq(
	    vkey_make(origin, VKEY_ED25519, o->info.log_key, &key), ERR_OK);
	ck_assert_msg(
	    checkpoint_sign(&head, &key, o->log, &note, &err) == ERR_OK, "%s",
	    err.text);
	return note;
}

/* The same with the center's own word on when. */
static inline struct bytes
dated_head(
    const struct office *o, const char *origin, uint64_t size, int64_t at)
{
	struct bytes head = signed_head(o, origin, size, 0);
	struct bytes text = { 0 };
	struct vkey key;
	struct note note;

	if (at == NO_TIME)
		return head;
	ck_assert_int_eq(
	    vkey_make(origin, VKEY_COSIGNATURE, o->info.cosigner_key, &key),
	    ERR_OK);
	ck_assert_int_eq(note_parse(head.at, head.len, &note, &err), ERR_OK);
	bytes_add(&text, note.text, note.len);
	ck_assert_int_eq(checkpoint_cosign(text.at, text.len, &key, o->cosigner,
			     at, &head, &err),
	    ERR_OK);
	bytes_free(&text);
	return head;
}

/* As every post reads it: signed, written, verified, parsed. */
static inline struct trust_list *
publish(void)
{
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };

	ck_assert_msg(home_publish(home, root_key, NOW, 7, 30, NULL, &xml,
			  &list, &err) == ERR_OK,
	    "%s", err.text);
	bytes_free(&xml);
	return list;
}

#endif
