/*
 * home_certify.c - taking requests of centers: home.h; of posts:
 * home_certify_post.c.
 *
 * What is refused here can never reach a list: a key that serves two roots,
 * two centers or two purposes, and two keys with one name.
 */
#include "keys/home_certify.h"
#include "keys/home_persons.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"

#include <stdio.h>
#include <string.h>

enum err
certify_check_root(
    const struct home *home, const uint8_t root[32], struct errtext *err)
{
	char other[FINGERPRINT_SIZE];

	if (memcmp(root, home->info.fingerprint, 32) == 0)
		return ERR_OK;
	fingerprint_text(root, other);
	return err_set(err, ERR_REFUSED,
	    _("the request was made for another root (%s); it must be made "
	      "again with this root's root.crt"),
	    other);
}

bool
certify_keys_are_taken(struct home *home, const uint8_t one[32],
    const uint8_t two[32], const char *except, enum err *rc,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT 1 FROM (SELECT center AS who, log_key AS k FROM log"
	    " UNION ALL SELECT center, cosigner_key FROM log"
	    " UNION ALL SELECT name, cosigner_key FROM post"
	    " UNION ALL SELECT name, report_key FROM post)"
	    " WHERE k IN (?1, ?2) AND who <> ?3",
	    err);
	bool taken;

	store_bind_blob(s, 1, one, 32);
	store_bind_blob(s, 2, two, 32);
	store_bind_text(s, 3, except);
	taken = store_step(home->store, s, rc, err);
	sqlite3_reset(s);
	return taken;
}

/* --- centers -------------------------------------------------------------- */

/* The certificate that carries this key name already, or NULL. */
struct known_key {
	X509 *cert;
	int64_t certified_at; /* 0: by a clock that was put right */
	bool active;          /* neither retired nor revoked */
	bool same;            /* of the same center */
};

static enum err
find_key(struct home *home, const struct certified *made, struct known_key *out,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT cert, status = 'active', center = ?2, certified_at"
	    " FROM center_key WHERE key_name = ?1",
	    err);
	struct bytes der = { 0 };
	enum err rc;

	*out = (struct known_key){ .cert = NULL };
	store_bind_text(s, 1, made->key_name);
	store_bind_text(s, 2, made->name);
	if (store_step(home->store, s, &rc, err)) {
		store_blob(s, 0, &der);
		out->active = store_int(s, 1) != 0;
		out->same = store_int(s, 2) != 0;
		out->certified_at = store_int(s, 3);
		rc = cert_parse(der.at, der.len, &out->cert, err);
	}
	sqlite3_reset(s);
	bytes_free(&der);
	return rc;
}

/* Is it this very key of this center, which may be renewed? */
static enum err
check_known(EVP_PKEY *key, const char *key_name, const struct known_key *known,
    struct errtext *err)
{
	if (EVP_PKEY_eq(X509_get0_pubkey(known->cert), key) != 1)
		return err_set(err, ERR_REFUSED,
		    _("key id %s belongs to another key already; the center "
		      "must make another key"),
		    key_name);
	if (!known->same)
		return err_set(err, ERR_EXISTS,
		    _("key %s is another center's; nothing was changed"),
		    key_name);
	if (!known->active)
		return err_set(err, ERR_REFUSED,
		    _("key %s was retired or revoked; the center must make "
		      "another key (sello-issue rekey)"),
		    key_name);
	return ERR_OK;
}

static enum err
check_key_name(struct home *home, EVP_PKEY *key, const struct certified *made,
    struct known_key *known, struct errtext *err)
{
	enum err rc;

	if (strcmp(made->key_name, home->info.key_name) == 0)
		return err_set(err, ERR_REFUSED,
		    _("key id %s is the root's own; the center must make "
		      "another key"),
		    made->key_name);
	rc = find_key(home, made, known, err);
	return rc == ERR_OK && known->cert != NULL
	    ? check_known(key, made->key_name, known, err)
	    : rc;
}

/* The same request twice by mistake changes nothing. */
static enum err
check_gain(const struct known_key *known, int64_t now,
    const struct certified *made, struct errtext *err)
{
	char end[LOCAL_SIZE] = "?";
	int64_t old_begin, old_end;
	enum err rc = cert_period(known->cert, &old_begin, &old_end);

	if (rc != ERR_OK)
		return err_set(
		    err, rc, _("the certificate's period is damaged"));
	/* one of a clock that ran ahead begins or ends too late */
	if (made->not_after - old_end >= CERT_WARN ||
	    made->not_before < old_begin || known->certified_at == 0 ||
	    known->certified_at > now + POLICY_SLACK)
		return ERR_OK;
	local_format(old_end, end);
	return err_set(err, ERR_EXISTS,
	    _("key %s is certified already, until %s; nothing was changed. It "
	      "is renewed when that makes it last 60 days longer"),
	    made->key_name, end);
}

/* The newest log of a center; generation 0: it has none yet. */
struct latest_log {
	unsigned generation;
	bool same; /* has both keys of the request */
	bool closed;
};

static enum err
read_latest_log(struct home *home, const struct center_info *info,
    struct latest_log *out, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT generation, log_key = ?2 AND cosigner_key = ?3,"
	    " final_size IS NOT NULL FROM log"
	    " WHERE center = ?1 ORDER BY generation DESC LIMIT 1",
	    err);
	enum err rc;

	*out = (struct latest_log){ 0 };
	store_bind_text(s, 1, info->center);
	store_bind_blob(s, 2, info->log_key, 32);
	store_bind_blob(s, 3, info->cosigner_key, 32);
	if (store_step(home->store, s, &rc, err)) {
		out->generation = (unsigned)store_int(s, 0);
		out->same = store_int(s, 1) != 0;
		out->closed = store_int(s, 2) != 0;
	}
	sqlite3_reset(s);
	return rc;
}

enum err
certify_keys_refused(struct errtext *err)
{
	return err_set(err, ERR_REFUSED,
	    _("the log keys of the request are already those of another log "
	      "or post; the center must make new ones"));
}

/* What comes after its end would be in no list, so nobody would read it. */
static enum err
closed_refused(unsigned generation, struct errtext *err)
{
	return err_set(err, ERR_REFUSED,
	    _("the log keys of the request are those of generation %u, which "
	      "is closed; the center must make new ones with sello-issue "
	      "rekey --log"),
	    generation);
}

/* The same log keys go on with their log; new ones begin a generation. */
static enum err
accept_log(struct home *home, const struct center_info *info,
    struct certified *out, struct errtext *err)
{
	struct latest_log last;
	sqlite3_stmt *s;
	enum err rc;

	if ((rc = read_latest_log(home, info, &last, err)) != ERR_OK)
		return rc;
	out->generation = last.generation;
	if (last.same)
		return last.closed ? closed_refused(last.generation, err)
				   : ERR_OK;
	if (certify_keys_are_taken(
		home, info->log_key, info->cosigner_key, "", &rc, err))
		return certify_keys_refused(err);
	if (rc != ERR_OK)
		return rc;
	out->generation++;
	out->new_generation = true;
	out->last_is_open = last.generation > 0 && !last.closed;
	s = store_prepare(home->store,
	    "INSERT INTO log (center, generation, log_key, cosigner_key)"
	    " VALUES (?1, ?2, ?3, ?4)",
	    err);
	store_bind_text(s, 1, info->center);
	store_bind_int(s, 2, out->generation);
	store_bind_blob(s, 3, info->log_key, 32);
	store_bind_blob(s, 4, info->cosigner_key, 32);
	return store_run(home->store, s, err);
}

static enum err
compare_center(struct home *home, const struct center_info *info,
    struct certified *out, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT name <> ?2 OR timezone <> ?3 OR hotline <> ?4"
	    " FROM center WHERE code = ?1",
	    err);
	enum err rc;

	store_bind_text(s, 1, info->center);
	store_bind_text(s, 2, info->name);
	store_bind_text(s, 3, info->timezone);
	store_bind_text(s, 4, info->hotline);
	out->is_new = true;
	if (store_step(home->store, s, &rc, err)) {
		out->is_new = false;
		out->changed = store_int(s, 0) != 0;
	}
	sqlite3_reset(s);
	return rc;
}

static enum err
find_others(struct home *home, struct certified *made, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT count(*), group_concat(key_name, ', ') FROM (SELECT"
	    " key_name FROM center_key WHERE center = ?1 AND key_name <> ?2"
	    " AND status = 'active' ORDER BY certified_at, key_name)",
	    err);
	enum err rc;

	store_bind_text(s, 1, made->name);
	store_bind_text(s, 2, made->key_name);
	if (store_step(home->store, s, &rc, err)) {
		made->other_keys = (size_t)store_int(s, 0);
		/* so many that the text is cut are told by the list */
		snprintf(made->other_names, sizeof(made->other_names), "%s",
		    store_text(s, 1));
	}
	sqlite3_reset(s);
	return rc;
}

/* What the newest request says about the center holds. */
static enum err
accept_center(struct home *home, const struct center_info *info,
    struct certified *out, struct errtext *err)
{
	sqlite3_stmt *s;
	enum err rc;

	if ((rc = compare_center(home, info, out, err)) != ERR_OK)
		return rc;
	s = store_prepare(home->store,
	    "INSERT INTO center (code, name, country, timezone, hotline)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
	    " timezone = excluded.timezone, hotline = excluded.hotline",
	    err);
	store_bind_text(s, 1, info->center);
	store_bind_text(s, 2, info->name);
	store_bind_text(s, 3, info->country);
	store_bind_text(s, 4, info->timezone);
	store_bind_text(s, 5, info->hotline);
	return store_run(home->store, s, err);
}

/* A renewed certificate takes the place of the old one. */
static enum err
put_key(struct home *home, const struct certified *c, X509 *cert,
    const struct bytes *request, int64_t now, struct errtext *err)
{
	struct bytes der = { 0 };
	sqlite3_stmt *s;
	enum err rc;

	if (cert_der(cert, &der) != ERR_OK)
		return err_memory(err);
	s = store_prepare(home->store,
	    "INSERT INTO center_key"
	    " (key_name, center, cert, request, certified_at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT (key_name) DO UPDATE SET cert = excluded.cert,"
	    " request = excluded.request, certified_at = excluded.certified_at",
	    err);
	store_bind_text(s, 1, c->key_name);
	store_bind_text(s, 2, c->name);
	store_bind_blob(s, 3, der.at, der.len);
	store_bind_blob(s, 4, request->at, request->len);
	store_bind_int(s, 5, now);
	rc = store_run(home->store, s, err);
	bytes_free(&der);
	return rc;
}

/* A request that was read, and what it is answered with. */
struct asked {
	const struct bytes *request;
	struct center_info info;
	struct trust_roster roster;
	EVP_PKEY *key;
	EVP_PKEY *root_key;
	int days;
	int64_t now;
};

static enum err
make_cert(struct home *home, const struct asked *asked,
    const struct known_key *known, X509 **out, struct certified *made,
    struct errtext *err)
{
	enum err rc = known->cert != NULL
	    ? cert_renew_center(home->root, asked->root_key, &asked->info,
		  known->cert, asked->days, asked->now, out, err)
	    : cert_make_center(home->root, asked->root_key, &asked->info,
		  asked->key, asked->days, asked->now, out, err);

	if (rc == ERR_OK)
		rc = cert_period(*out, &made->not_before, &made->not_after);
	if (rc == ERR_OK && known->cert != NULL)
		rc = check_gain(known, asked->now, made, err);
	made->renewed = known->cert != NULL;
	return rc;
}

/* Persons who were heard anew are no mistake, though the certificate gains
 * nothing. */
static enum err
keep_cert(const struct known_key *known, X509 **cert, struct certified *made)
{
	X509_free(*cert);
	*cert = NULL;
	made->renewed = false;
	return cert_period(known->cert, &made->not_before, &made->not_after);
}

/* Within a transaction. */
static enum err
store_center(struct home *home, const struct asked *asked,
    struct certified *made, struct errtext *err)
{
	struct known_key known = { .cert = NULL };
	X509 *cert = NULL;
	bool same = false;
	enum err rc;

	if ((rc = check_key_name(home, asked->key, made, &known, err)) ==
		ERR_OK &&
	    (rc = home_persons_judge(home, made->name, asked->key,
		 &asked->roster, &same, err)) == ERR_OK) {
		rc = make_cert(home, asked, &known, &cert, made, err);
		if (rc == ERR_EXISTS && !same)
			rc = keep_cert(&known, &cert, made);
	}
	if (rc == ERR_OK &&
	    (rc = accept_center(home, &asked->info, made, err)) == ERR_OK &&
	    (rc = accept_log(home, &asked->info, made, err)) == ERR_OK &&
	    cert != NULL)
		rc = put_key(home, made, cert, asked->request, asked->now, err);
	made->new_roster = !same;
	if (rc == ERR_OK && !same)
		rc = home_persons_add(
		    home, made->name, &asked->roster, asked->now, err);
	if (rc == ERR_OK)
		rc = find_others(home, made, err);
	X509_free(known.cert);
	X509_free(cert);
	return rc;
}

enum err
home_persons(struct home *home, const struct bytes *request,
    struct trust_roster *roster, bool *known, struct errtext *err)
{
	struct trust_roster persons = { 0 };
	struct center_info info;
	EVP_PKEY *key = NULL;
	enum err rc;

	if ((rc = request_read_center(request->at, request->len, &info,
		 &persons, &key, err)) == ERR_OK &&
	    (rc = certify_check_root(home, info.root, err)) == ERR_OK &&
	    (rc = home_persons_judge(
		 home, info.center, key, &persons, known, err)) == ERR_OK) {
		*roster = persons;
		persons = (struct trust_roster){ 0 };
	}
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
	return rc;
}

enum err
home_certify_center(struct home *home, EVP_PKEY *root_key,
    const struct bytes *request, int days, int64_t now, struct certified *out,
    struct errtext *err)
{
	struct asked asked = { .request = request,
		.root_key = root_key,
		.days = days,
		.now = now };
	struct certified made = { 0 };
	enum err rc;

	rc = request_read_center(request->at, request->len, &asked.info,
	    &asked.roster, &asked.key, err);
	if (rc != ERR_OK ||
	    (rc = certify_check_root(home, asked.info.root, err)) != ERR_OK)
		goto out;
	memcpy(made.name, asked.info.center, sizeof(asked.info.center));
	if (dsig_key_name(asked.key, made.key_name) != ERR_OK) {
		rc = err_openssl(err, ERR_INTERNAL, _("OpenSSL cannot hash"));
		goto out;
	}
	if ((rc = store_begin(home->store, err)) != ERR_OK)
		goto out;
	if ((rc = store_center(home, &asked, &made, err)) == ERR_OK)
		rc = store_commit(home->store, err);
	store_rollback(home->store);
	if (rc == ERR_OK)
		*out = made;
out:
	trust_roster_free(&asked.roster);
	EVP_PKEY_free(asked.key);
	return rc;
}
