/*
 * home.c - making, opening and unlocking the root's home: home.h.
 */
#include "keys/home.h"

#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/newdir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define APP_ID 0x53654b59u /* "SeKY" */

/*
 * since is NULL for a key's whole life; texts as the list writes them.
 *
 * evidence_..., final_..., size and root: heads that the root's word rests on,
 * NULL: none. The list names no generation: here it is to compare by. Rosters
 * by id, oldest first. void: a list of a wrong clock, which recover --clock
 * took back; said_at: when anything was last said that no list or certificate
 * dates. place: folders that lists were published to.
 */
static const char *const schema[] = {
	STORE_DROPPED,
	STORE_DROPPED,
	STORE_DROPPED,
	"CREATE TABLE root ("
	" id INTEGER PRIMARY KEY CHECK (id = 1),"
	" fingerprint BLOB NOT NULL,"
	" name TEXT NOT NULL,"
	" said_at INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE TABLE consulate ("
	" code TEXT NOT NULL PRIMARY KEY,"
	" name TEXT NOT NULL) STRICT;"
	"CREATE TABLE pathway ("
	" code TEXT NOT NULL,"
	" language TEXT NOT NULL,"
	" label TEXT NOT NULL,"
	" PRIMARY KEY (code, language)) STRICT;"
	"CREATE TABLE center ("
	" code TEXT NOT NULL PRIMARY KEY,"
	" name TEXT NOT NULL,"
	" country TEXT NOT NULL,"
	" timezone TEXT NOT NULL,"
	" hotline TEXT NOT NULL) STRICT;"
	"CREATE TABLE center_key ("
	" key_name TEXT NOT NULL PRIMARY KEY,"
	" center TEXT NOT NULL REFERENCES center (code),"
	" cert BLOB NOT NULL,"
	" request BLOB NOT NULL,"
	" certified_at INTEGER NOT NULL,"
	" status TEXT NOT NULL DEFAULT 'active'"
	"  CHECK (status IN ('active', 'retired', 'revoked')),"
	" since INTEGER,"
	" evidence_generation INTEGER,"
	" evidence_size INTEGER,"
	" evidence_root BLOB) STRICT;"
	"CREATE TABLE log ("
	" center TEXT NOT NULL REFERENCES center (code),"
	" generation INTEGER NOT NULL CHECK (generation >= 1),"
	" log_key BLOB NOT NULL UNIQUE,"
	" cosigner_key BLOB NOT NULL UNIQUE,"
	" final_size INTEGER,"
	" final_root BLOB,"
	" PRIMARY KEY (center, generation)) STRICT;"
	"CREATE TABLE roster ("
	" id INTEGER PRIMARY KEY,"
	" center TEXT NOT NULL REFERENCES center (code),"
	" since INTEGER NOT NULL) STRICT;"
	"CREATE TABLE person ("
	" roster INTEGER NOT NULL REFERENCES roster (id),"
	" code TEXT NOT NULL,"
	" role TEXT NOT NULL"
	"  CHECK (role IN ('DRAFTER', 'APPROVER', 'ADMIN')),"
	" key BLOB NOT NULL CHECK (length(key) = 33),"
	" PRIMARY KEY (roster, code),"
	" UNIQUE (roster, key)) STRICT;"
	"CREATE TABLE removed ("
	" center TEXT NOT NULL REFERENCES center (code),"
	" code TEXT NOT NULL,"
	" since INTEGER NOT NULL,"
	" size INTEGER,"
	" generation INTEGER,"
	" root BLOB,"
	" PRIMARY KEY (center, code)) STRICT;"
	"CREATE TABLE post ("
	" name TEXT NOT NULL PRIMARY KEY,"
	" cosigner_key BLOB NOT NULL UNIQUE,"
	" report_key BLOB NOT NULL UNIQUE,"
	" request BLOB NOT NULL,"
	" certified_at INTEGER NOT NULL,"
	" status TEXT NOT NULL DEFAULT 'active'"
	"  CHECK (status IN ('active', 'revoked')),"
	" since INTEGER) STRICT;"
	"CREATE TABLE list ("
	" sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),"
	" issued_at INTEGER NOT NULL,"
	" xml BLOB NOT NULL,"
	" void INTEGER NOT NULL DEFAULT 0) STRICT;",
	"ALTER TABLE consulate ADD COLUMN address TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE root ADD COLUMN emblem TEXT NOT NULL DEFAULT '';",
	"CREATE TABLE place ("
	" path TEXT NOT NULL PRIMARY KEY) STRICT;",
	NULL,
};

/* The three files of a home. */
struct paths {
	char *crt, *key, *db;
};

static void
paths_free(struct paths *p)
{
	free(p->crt);
	free(p->key);
	free(p->db);
}

static enum err
paths_make(const char *dir, struct paths *out, struct errtext *err)
{
	out->crt = file_join(dir, "root.crt");
	out->key = file_join(dir, "root.key");
	out->db = file_join(dir, "root.db");
	if (out->crt == NULL || out->key == NULL || out->db == NULL)
		return err_memory(err);
	return ERR_OK;
}

/* --- init ----------------------------------------------------------------- */

static enum err
make_root(const char *program, const char *name, bool training, EVP_PKEY **key,
    X509 **cert, struct errtext *err)
{
	enum err rc;

	if ((rc = key_new_p256(key, err)) != ERR_OK)
		return rc;
	return cert_make_root(*key, program, name, training, cert, err);
}

static enum err
make_database(
    const char *path, X509 *cert, const char *name, struct errtext *err)
{
	struct store *store = NULL;
	uint8_t fingerprint[32];
	sqlite3_stmt *s;
	enum err rc;

	if (cert_fingerprint(cert, fingerprint) != ERR_OK)
		return err_set(err, ERR_INTERNAL, _("OpenSSL cannot hash"));
	rc = store_open(path, true, APP_ID, schema, &store, err);
	if (rc != ERR_OK)
		return rc;
	s = store_prepare(store,
	    "INSERT INTO root (id, fingerprint, name) VALUES (1, ?1, ?2)", err);
	store_bind_blob(s, 1, fingerprint, sizeof(fingerprint));
	store_bind_text(s, 2, name);
	rc = store_run(store, s, err);
	store_close(&store);
	return rc;
}

/* What the database made, and what SQLite lays beside it. */
static void
remove_database(const char *path)
{
	static const char *const beside[] = { "", "-journal", "-wal", "-shm" };
	struct bytes name = { 0 };

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		bytes_reset(&name);
		bytes_addf(&name, "%s%s", path, beside[i]);
		if (!name.failed)
			unlink((const char *)name.at);
	}
	bytes_free(&name);
}

/* root.crt comes last: it is what says that the home is complete. Of one that
 * is not nothing stays, or the same command could not be given again. */
static enum err
write_home(const struct paths *at, EVP_PKEY *key, X509 *cert, const char *name,
    const struct secret *passphrase, struct errtext *err)
{
	struct bytes pem = { 0 };
	enum err rc;

	if ((rc = cert_pem(cert, &pem)) != ERR_OK)
		err_memory(err);
	else if ((rc = key_store(at->key, key, passphrase, err)) == ERR_OK) {
		if ((rc = make_database(at->db, cert, name, err)) == ERR_OK)
			rc =
			    file_write_new(at->crt, 0644, pem.at, pem.len, err);
		if (rc != ERR_OK) {
			remove_database(at->db);
			unlink(at->key);
		}
	}
	bytes_free(&pem);
	return rc;
}

enum err
home_refuse_there(const char *dir, struct errtext *err)
{
	struct paths at = { 0 };
	enum err rc = paths_make(dir, &at, err);

	if (rc == ERR_OK && (rc = file_refuse_there(at.crt, err)) == ERR_OK &&
	    (rc = file_refuse_there(at.key, err)) == ERR_OK)
		rc = file_refuse_there(at.db, err);
	paths_free(&at);
	return rc == ERR_EXISTS
	    ? err_set(err, rc,
		  _("%s: a root lives here already and is never replaced; "
		    "take another folder"),
		  dir)
	    : rc;
}

/* A folder of its own is there whole or not at all, whoever is killed: among other
 * files half a root could be neither finished nor begun anew. */
static enum err
write_folder(const char *dir, EVP_PKEY *key, X509 *cert, const char *name,
    const struct secret *passphrase, struct errtext *err)
{
	struct newdir place = { 0 };
	struct paths at = { 0 };
	enum err rc;

	if ((rc = newdir_begin(dir, &place, err)) == ERR_OK &&
	    (rc = paths_make(place.dir, &at, err)) == ERR_OK &&
	    (rc = write_home(&at, key, cert, name, passphrase, err)) == ERR_OK)
		rc = newdir_finish(&place, err);
	newdir_free(&place);
	paths_free(&at);
	return rc;
}

enum err
home_init(const char *dir, const char *program, const char *name, bool training,
    const struct secret *passphrase, struct errtext *err)
{
	EVP_PKEY *key = NULL;
	X509 *cert = NULL;
	enum err rc;

	if ((rc = home_refuse_there(dir, err)) != ERR_OK)
		return rc;
	if ((rc = make_root(program, name, training, &key, &cert, err)) ==
	    ERR_OK)
		rc = write_folder(dir, key, cert, name, passphrase, err);
	X509_free(cert);
	EVP_PKEY_free(key);
	return rc;
}

/* --- opening -------------------------------------------------------------- */

/* The database must be this certificate's, not one copied from elsewhere. */
static enum err
check_belongs(struct home *home, struct errtext *err)
{
	struct bytes found = { 0 };
	sqlite3_stmt *s;
	enum err rc;

	s = store_prepare(home->store, "SELECT fingerprint FROM root", err);
	if (store_step(home->store, s, &rc, err))
		store_blob(s, 0, &found);
	sqlite3_reset(s);
	if (rc == ERR_OK &&
	    (found.len != 32 ||
		memcmp(found.at, home->info.fingerprint, 32) != 0))
		rc = err_set(err, ERR_CONFIG,
		    _("%s: root.crt and root.db are of two different roots"),
		    home->dir);
	bytes_free(&found);
	return rc;
}

/* A center's folder and a post's have root.crt as well. */
static bool
is_another(const struct paths *at)
{
	return file_exists(at->crt) && !file_exists(at->key) &&
	    !file_exists(at->db);
}

static enum err
open_parts(struct home *home, const struct paths *at, struct errtext *err)
{
	enum err rc;

	if ((rc = cert_load(at->crt, &home->root, err)) != ERR_OK ||
	    (rc = cert_read_root(home->root, &home->info, err)) != ERR_OK ||
	    (rc = store_open(
		 at->db, false, APP_ID, schema, &home->store, err)) != ERR_OK)
		return rc == ERR_DATA || rc == ERR_NOT_FOUND ||
			rc == ERR_SIGNATURE
		    ? ERR_CONFIG
		    : rc;
	return check_belongs(home, err);
}

enum err
home_open(const char *dir, struct home **out, struct errtext *err)
{
	struct home *home = calloc(1, sizeof(*home));
	struct paths at = { 0 };
	enum err rc;

	if (home == NULL || (home->dir = strdup(dir)) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if ((rc = paths_make(dir, &at, err)) != ERR_OK)
		goto out;
	if (!file_exists(at.crt)) {
		rc = err_set(err, ERR_CONFIG,
		    _("%s: no root lives here; make one with sello-keys init"),
		    dir);
		goto out;
	}
	if (is_another(&at)) {
		rc = err_set(err, ERR_CONFIG,
		    _("%s: this is a center's or a post's folder; wanted here: "
		      "the root's (--home), with root.crt, root.key and "
		      "root.db"),
		    dir);
		goto out;
	}
	if ((rc = open_parts(home, &at, err)) != ERR_OK)
		goto out;
	*out = home;
	home = NULL;
out:
	home_close(&home);
	paths_free(&at);
	return rc;
}

void
home_close(struct home **home)
{
	struct home *h = *home;

	if (h == NULL)
		return;
	store_close(&h->store);
	X509_free(h->root);
	free(h->dir);
	free(h);
	*home = NULL;
}

static char *
key_path(const struct home *home)
{
	return file_join(home->dir, "root.key");
}

enum err
home_unlock(const struct home *home, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err)
{
	char *path = key_path(home);
	EVP_PKEY *key = NULL;
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = key_load(path, passphrase, &key, err)) != ERR_OK)
		goto out;
	if (EVP_PKEY_eq(key, X509_get0_pubkey(home->root)) != 1) {
		rc = err_set(err, ERR_CONFIG,
		    _("%s: not the key of root.crt beside it"), path);
		goto out;
	}
	*out = key;
	key = NULL;
out:
	EVP_PKEY_free(key);
	free(path);
	return rc;
}

/* --- the program section -------------------------------------------------- */

static enum err
insert_consulate(
    struct home *home, const struct trust_consulate *row, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT INTO consulate (code, name, address)"
	    " VALUES (?1, ?2, ?3)",
	    err);

	store_bind_text(s, 1, row->code);
	store_bind_text(s, 2, row->name);
	store_bind_text(s, 3, row->address);
	return store_run(home->store, s, err);
}

static enum err
insert_pathway(
    struct home *home, const struct trust_pathway *row, struct errtext *err)
{
	enum err rc = ERR_OK;
	sqlite3_stmt *s;
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT && rc == ERR_OK; i++) {
		if (row->label[i][0] == '\0')
			continue;
		s = store_prepare(home->store,
		    "INSERT INTO pathway (code, language, label)"
		    " VALUES (?1, ?2, ?3)",
		    err);
		store_bind_text(s, 1, row->code);
		store_bind_text(s, 2, i18n_languages[i]);
		store_bind_text(s, 3, row->label[i]);
		rc = store_run(home->store, s, err);
	}
	return rc;
}

static enum err
replace_head(
    struct home *home, const struct trust_list *program, struct errtext *err)
{
	static const char *const empty[] = { "DELETE FROM consulate",
		"DELETE FROM pathway" };
	enum err rc = ERR_OK;
	sqlite3_stmt *s;
	size_t i;

	for (i = 0; i < 2 && rc == ERR_OK; i++)
		rc = store_run(home->store,
		    store_prepare(home->store, empty[i], err), err);
	if (rc != ERR_OK)
		return rc;
	s = store_prepare(
	    home->store, "UPDATE root SET name = ?1, emblem = ?2", err);
	store_bind_text(
	    s, 1, program->name[0] != '\0' ? program->name : home->info.name);
	store_bind_text(s, 2, program->emblem);
	return store_run(home->store, s, err);
}

enum err
home_set_program(
    struct home *home, const struct trust_list *program, struct errtext *err)
{
	enum err rc;
	size_t i;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	rc = replace_head(home, program, err);
	for (i = 0; i < program->consulate_count && rc == ERR_OK; i++)
		rc = insert_consulate(home, &program->consulates[i], err);
	for (i = 0; i < program->pathway_count && rc == ERR_OK; i++)
		rc = insert_pathway(home, &program->pathways[i], err);
	if (rc == ERR_OK)
		rc = store_commit(home->store, err);
	store_rollback(home->store);
	return rc;
}
