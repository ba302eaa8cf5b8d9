/*
 * home_list.c - the trust list out of root.db: home.h.
 */
#include "keys/home.h"

#include "base/i18n.h"
#include "store/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows of one query into an array; one reader a table. */
struct table {
	const char *count; /* SELECT count(*) ... */
	const char *rows;  /* SELECT ... ORDER BY, as the list orders them */
	size_t size;
	enum err (*read)(struct home *home, sqlite3_stmt *s,
	    const struct trust_list *list, void *row, struct errtext *err);
};

/* where binds to ?1 of both queries; NULL when they have none. */
static sqlite3_stmt *
query(
    struct home *home, const char *sql, const char *where, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store, sql, err);

	if (where != NULL)
		store_bind_text(s, 1, where);
	return s;
}

static enum err
load(struct home *home, const struct table *t, const char *where,
    const struct trust_list *list, void *array, size_t *count,
    struct errtext *err)
{
	sqlite3_stmt *s = query(home, t->count, where, err);
	size_t total = 0, i = 0;
	char *rows = NULL;
	enum err rc;

	if (store_step(home->store, s, &rc, err))
		total = (size_t)store_int(s, 0);
	sqlite3_reset(s);
	if (rc != ERR_OK || total == 0)
		return rc;
	if ((rows = calloc(total, t->size)) == NULL)
		return err_memory(err);
	memcpy(array, &rows, sizeof(rows)); /* the list's from now on */
	*count = total;
	s = query(home, t->rows, where, err);
	while (i < total && store_step(home->store, s, &rc, err)) {
		rc = t->read(home, s, list, rows + i * t->size, err);
		if (rc != ERR_OK)
			break;
		i++;
	}
	sqlite3_reset(s);
	return rc;
}

/* --- one reader a table --------------------------------------------------- */

static bool
copy(char *to, size_t size, const char *text)
{
	if (strlen(text) >= size)
		return false;
	memcpy(to, text, strlen(text) + 1);
	return true;
}

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("root.db holds something that sello-keys did not write; use a "
	      "copy of the home from before"));
}

static enum err
read_consulate(struct home *home, sqlite3_stmt *s,
    const struct trust_list *list, void *row, struct errtext *err)
{
	struct trust_consulate *c = row;

	(void)home, (void)list;
	return copy(c->code, sizeof(c->code), store_text(s, 0)) &&
		copy(c->name, sizeof(c->name), store_text(s, 1)) &&
		copy(c->address, sizeof(c->address), store_text(s, 2))
	    ? ERR_OK
	    : damaged(err);
}

static enum err
read_pathway(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_pathway *p = row;
	int i;

	(void)home, (void)list;
	if (!copy(p->code, sizeof(p->code), store_text(s, 0)))
		return damaged(err);
	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (!copy(
			p->label[i], sizeof(p->label[i]), store_text(s, i + 1)))
			return damaged(err);
	return ERR_OK;
}

/* size and root in two columns, both NULL: none, *has false. */
static bool
read_end(
    sqlite3_stmt *s, int column, bool *has, uint64_t *size, uint8_t root[32])
{
	*has = sqlite3_column_type(s, column) != SQLITE_NULL;
	if (!*has)
		return true;
	*size = (uint64_t)store_int(s, column);
	return row_blob(s, column + 1, root, 32);
}

static enum err
read_key(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_key *k = row;
	struct bytes der = { 0 };
	int status;
	enum err rc = ERR_OK;

	(void)home, (void)list;
	store_blob(s, 1, &der);
	for (status = KEY_ACTIVE; status < KEY_REVOKED; status++)
		if (strcmp(store_text(s, 2),
			trust_status_name((enum key_status)status)) == 0)
			break;
	k->status = (enum key_status)status;
	k->since = store_int(s, 3);
	if (k->status == KEY_REVOKED && store_int(s, 4))
		k->since = TRUST_WHOLE_LIFE;
	if (!copy(k->key_name, sizeof(k->key_name), store_text(s, 0)) ||
	    cert_parse(der.at, der.len, &k->cert, NULL) != ERR_OK ||
	    cert_period(k->cert, &k->not_before, &k->not_after) != ERR_OK ||
	    (k->key = X509_get_pubkey(k->cert)) == NULL ||
	    !read_end(
		s, 5, &k->has_evidence, &k->evidence_size, k->evidence_root))
		rc = damaged(err);
	bytes_free(&der);
	return rc;
}

/* Two raw keys of a row, named by their log or post. */
static bool
make_vkeys(sqlite3_stmt *s, int column, const char *origin, uint8_t type1,
    struct vkey *one, uint8_t type2, struct vkey *two)
{
	uint8_t a[32], b[32];

	return row_blob(s, column, a, sizeof(a)) &&
	    row_blob(s, column + 1, b, sizeof(b)) &&
	    vkey_make(origin, type1, a, one) == ERR_OK &&
	    vkey_make(origin, type2, b, two) == ERR_OK;
}

static enum err
read_log(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_log *l = row;
	char origin[VKEY_NAME_MAX + 1];

	(void)home;
	l->generation = (unsigned)store_int(s, 0);
	return trust_log_origin(
		   list->program, store_text(s, 3), l->generation, origin) &&
		make_vkeys(s, 1, origin, VKEY_ED25519, &l->log,
		    VKEY_COSIGNATURE, &l->cosigner) &&
		read_end(s, 4, &l->closed, &l->final_size, l->final_root)
	    ? ERR_OK
	    : damaged(err);
}

static enum err
read_person(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_person *p = row;
	bool good;

	(void)home, (void)list;
	p->role = person_role_letter(store_text(s, 1));
	good = copy(p->code, sizeof(p->code), store_text(s, 0)) &&
	    p->role != '\0' && row_blob(s, 2, p->key, sizeof(p->key));
	return good ? ERR_OK : damaged(err);
}

static const struct table persons = {
	"SELECT count(*) FROM person WHERE roster = ?1",
	"SELECT code, role, key FROM person WHERE roster = ?1 ORDER BY code",
	sizeof(struct trust_person),
	read_person,
};

static enum err
read_roster(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_roster *r = row;
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)store_int(s, 0));
	r->since = store_int(s, 1);
	return load(
	    home, &persons, id, list, &r->persons, &r->person_count, err);
}

static enum err
read_removed(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_removed *r = row;

	(void)home, (void)list;
	r->since = store_int(s, 1);
	r->has_size = store_int(s, 2) != 0;
	r->size = (uint64_t)store_int(s, 3);
	return copy(r->code, sizeof(r->code), store_text(s, 0)) ? ERR_OK
								: damaged(err);
}

static const struct table keys = {
	"SELECT count(*) FROM center_key WHERE center = ?1",
	"SELECT key_name, cert, status, since, since IS NULL, evidence_size,"
	" evidence_root FROM center_key"
	" WHERE center = ?1 ORDER BY key_name",
	sizeof(struct trust_key),
	read_key,
};
static const struct table logs = {
	"SELECT count(*) FROM log WHERE center = ?1",
	"SELECT generation, log_key, cosigner_key, center, final_size,"
	" final_root FROM log"
	" WHERE center = ?1 ORDER BY generation",
	sizeof(struct trust_log),
	read_log,
};

static const struct table rosters = {
	"SELECT count(*) FROM roster WHERE center = ?1",
	"SELECT id, since FROM roster WHERE center = ?1 ORDER BY id",
	sizeof(struct trust_roster),
	read_roster,
};
static const struct table removed = {
	"SELECT count(*) FROM removed WHERE center = ?1",
	"SELECT code, since, size IS NOT NULL, coalesce(size, 0) FROM removed"
	" WHERE center = ?1 ORDER BY code",
	sizeof(struct trust_removed),
	read_removed,
};

static enum err
read_center(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_center *c = row;
	enum err rc;

	if (!copy(c->code, sizeof(c->code), store_text(s, 0)) ||
	    !copy(c->name, sizeof(c->name), store_text(s, 1)) ||
	    !copy(c->country, sizeof(c->country), store_text(s, 2)) ||
	    !copy(c->timezone, sizeof(c->timezone), store_text(s, 3)) ||
	    !copy(c->hotline, sizeof(c->hotline), store_text(s, 4)))
		return damaged(err);
	if ((rc = load(home, &keys, c->code, list, &c->keys, &c->key_count,
		 err)) != ERR_OK ||
	    (rc = load(home, &logs, c->code, list, &c->logs, &c->log_count,
		 err)) != ERR_OK ||
	    (rc = load(home, &rosters, c->code, list, &c->rosters,
		 &c->roster_count, err)) != ERR_OK)
		return rc;
	return load(
	    home, &removed, c->code, list, &c->removed, &c->removed_count, err);
}

static enum err
read_post(struct home *home, sqlite3_stmt *s, const struct trust_list *list,
    void *row, struct errtext *err)
{
	struct trust_post *p = row;
	char origin[VKEY_NAME_MAX + 1];

	(void)home;
	p->status = strcmp(store_text(s, 3), "active") == 0 ? POST_ACTIVE
							    : POST_REVOKED;
	p->since = store_int(s, 4);
	if (p->status == POST_REVOKED && store_int(s, 5))
		p->since = TRUST_WHOLE_LIFE;
	return copy(p->name, sizeof(p->name), store_text(s, 0)) &&
		trust_post_origin(list->program, p->name, origin) &&
		make_vkeys(s, 1, origin, VKEY_COSIGNATURE, &p->cosigner,
		    VKEY_ED25519, &p->report)
	    ? ERR_OK
	    : damaged(err);
}

static const struct table consulates = {
	"SELECT count(*) FROM consulate",
	"SELECT code, name, address FROM consulate ORDER BY code",
	sizeof(struct trust_consulate),
	read_consulate,
};
static const struct table pathways = {
	"SELECT count(DISTINCT code) FROM pathway",
	"SELECT code, max(CASE language WHEN 'es' THEN label END),"
	" max(CASE language WHEN 'en' THEN label END),"
	" max(CASE language WHEN 'fr' THEN label END),"
	" max(CASE language WHEN 'pt' THEN label END),"
	" max(CASE language WHEN 'ht' THEN label END)"
	" FROM pathway GROUP BY code ORDER BY code",
	sizeof(struct trust_pathway),
	read_pathway,
};
static const struct table centers = {
	"SELECT count(*) FROM center",
	"SELECT code, name, country, timezone, hotline FROM center"
	" ORDER BY code",
	sizeof(struct trust_center),
	read_center,
};
static const struct table posts = {
	"SELECT count(*) FROM post",
	"SELECT name, cosigner_key, report_key, status, since, since IS NULL"
	" FROM post ORDER BY name",
	sizeof(struct trust_post),
	read_post,
};

/* --- the whole ------------------------------------------------------------ */

static enum err
read_head(struct home *home, struct trust_list *list, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT name, coalesce((SELECT max(sequence) FROM list), 0),"
	    " coalesce((SELECT max(issued_at) FROM list"
	    " WHERE void = 0), 0), emblem FROM root",
	    err);
	bool good = false;
	enum err rc;

	if (store_step(home->store, s, &rc, err)) {
		good = copy(list->name, sizeof(list->name), store_text(s, 0)) &&
		    copy(list->emblem, sizeof(list->emblem), store_text(s, 3));
		list->sequence = (uint64_t)store_int(s, 1);
		list->issued_at = store_int(s, 2);
	}
	sqlite3_reset(s);
	if (rc == ERR_OK && !good)
		rc = damaged(err);
	memcpy(list->program, home->info.program, sizeof(list->program));
	list->training = home->info.training;
	return rc;
}

enum err
home_list(struct home *home, struct trust_list **out, struct errtext *err)
{
	struct trust_list *l = calloc(1, sizeof(*l));
	enum err rc;

	if (l == NULL)
		return err_memory(err);
	if ((rc = read_head(home, l, err)) == ERR_OK &&
	    (rc = load(home, &consulates, NULL, l, &l->consulates,
		 &l->consulate_count, err)) == ERR_OK &&
	    (rc = load(home, &pathways, NULL, l, &l->pathways,
		 &l->pathway_count, err)) == ERR_OK &&
	    (rc = load(home, &centers, NULL, l, &l->centers, &l->center_count,
		 err)) == ERR_OK)
		rc =
		    load(home, &posts, NULL, l, &l->posts, &l->post_count, err);
	if (rc == ERR_OK) {
		*out = l;
		l = NULL;
	}
	trust_free(&l);
	return rc;
}
