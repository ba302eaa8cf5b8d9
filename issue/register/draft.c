/*
 * draft.c - drafts as they are stored, found and given up: draft.h. How one is
 * signed is in draft_sign.c.
 */
#include "issue/register/draft_message.h"
#include "issue/register/draft_text.h"

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/sha256.h"
#include "letter/field.h"
#include "letter/problem.h"
#include "store/row.h"

#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

/* The columns of a draft, in the order that read_row() expects. */
#define COLUMNS                                                         \
	"d.id, d.state, d.officer, d.at, d.input_row, d.problems,"      \
	" d.letter, d.signature, coalesce(l.number, ''), d.commitment," \
	" d.drafted FROM draft AS d"                                    \
	" LEFT JOIN letter AS l ON l.draft = d.id "

static const char *const state_name[] = { N_("pending"), N_("approved"),
	N_("discarded") };

const char *
register_draft_state_name(const struct draft *draft)
{
	return draft->again ? N_("unsigned") : state_name[draft->state];
}

/* --- loading ------------------------------------------------------------- */

/* Does what was stored of its warnings hold this code? */
static bool
is_warned(const char *problems, enum problem_code wanted)
{
	json_t *all = json_loads(problems, 0, NULL);
	bool found = false;
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		found |=
		    code != NULL && strcmp(code, problem_name(wanted)) == 0;
	}
	json_decref(all);
	return found;
}

static bool
find_state(const char *name, enum draft_state *out)
{
	for (size_t i = 0; i < sizeof(state_name) / sizeof(*state_name); i++)
		if (strcmp(state_name[i], name) == 0) {
			*out = (enum draft_state)i;
			return true;
		}
	return false;
}

static void
read_promise(sqlite3_stmt *stmt, struct draft *draft)
{
	draft->has_commitment =
	    row_blob(stmt, 9, draft->commitment, sizeof(draft->commitment)) &&
	    row_blob(stmt, 10, draft->drafted, sizeof(draft->drafted));
	draft->again = draft->state == DRAFT_PENDING &&
	    sqlite3_column_bytes(stmt, 9) == 0 &&
	    sqlite3_column_bytes(stmt, 10) == 0;
}

/*
 * Fields that no drafter wrote leave the letter empty and the signature
 * away, so that one damaged row is refused where it matters and does not keep
 * staff from listing the others.
 */
static enum err
read_fields(sqlite3_stmt *stmt, const char *center, struct draft *draft)
{
	struct draft_head head = { center, draft->id, draft->officer, draft->at,
		draft->row, store_text(stmt, 5) };
	const char *fields = store_text(stmt, 6);
	enum err rc;

	if ((rc = draft_message(&head, fields, &draft->message, NULL)) ==
		ERR_OK &&
	    (rc = draft_text_read(fields, &draft->letter, NULL)) == ERR_OK &&
	    row_blob(stmt, 7, draft->signature, sizeof(draft->signature)))
		draft->has_signature = true;
	sha256(draft->message.at, draft->message.len, draft->digest);
	return rc == ERR_DATA ? ERR_OK : rc;
}

static enum err
read_row(sqlite3_stmt *stmt, const char *center, struct draft *out,
    struct errtext *err)
{
	struct draft draft = { .id = store_int(stmt, 0),
		.at = store_int(stmt, 3) };
	enum err rc = ERR_DATA;

	bytes_add_text(&draft.problems, store_text(stmt, 5));
	if (!find_state(store_text(stmt, 1), &draft.state) ||
	    !text_copy(
		draft.officer, sizeof(draft.officer), store_text(stmt, 2)) ||
	    !text_copy(draft.row, sizeof(draft.row), store_text(stmt, 4)) ||
	    !text_copy(draft.number, sizeof(draft.number), store_text(stmt, 8)))
		err_set(err, rc, _("the stored row is damaged"));
	else
		rc = read_fields(stmt, center, &draft);
	read_promise(stmt, &draft);
	draft.duplicate = is_warned(store_text(stmt, 5), W_DUPLICATE);
	if (rc != ERR_OK) {
		err_prefix(err, _("draft %lld"), (long long)draft.id);
		register_draft_clear(&draft);
		return rc;
	}
	*out = draft;
	return ERR_OK;
}

enum err
register_draft_load(struct registry *reg, const char *center, int64_t id,
    struct draft *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT " COLUMNS "WHERE d.id = ?1", err);
	enum err rc;

	store_bind_int(stmt, 1, id);
	if (store_step(store, stmt, &rc, err))
		rc = read_row(stmt, center, out, err);
	else if (rc == ERR_OK)
		rc = err_set(err, ERR_NOT_FOUND, _("draft %lld: there is none"),
		    (long long)id);
	sqlite3_reset(stmt);
	return rc;
}

/* A statement over several drafts, one after the other to the caller. */
static enum err
each_row(struct registry *reg, sqlite3_stmt *stmt, const char *center,
    bool (*each)(void *arg, const struct draft *draft), void *arg,
    struct errtext *err)
{
	struct draft draft = { 0 };
	bool more = true;
	enum err rc = ERR_OK;

	while (more && store_step(register_store(reg), stmt, &rc, err)) {
		if ((rc = read_row(stmt, center, &draft, err)) != ERR_OK)
			break;
		more = each(arg, &draft);
		register_draft_clear(&draft);
	}
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_draft_each(struct registry *reg, const char *center, bool only_pending,
    bool (*each)(void *arg, const struct draft *draft), void *arg,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(register_store(reg),
	    only_pending ? "SELECT " COLUMNS
			   "WHERE d.state = 'pending' ORDER BY d.id"
			 : "SELECT " COLUMNS "ORDER BY d.id",
	    err);

	return each_row(reg, stmt, center, each, arg, err);
}

enum err
register_draft_waiting(struct registry *reg,
    bool (*each)(void *arg, int64_t id, bool duplicate, bool again), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, problems, commitment IS NULL AND drafted IS NULL"
	    " FROM draft WHERE state = 'pending' ORDER BY id",
	    err);
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		if (!each(arg, store_int(stmt, 0),
			is_warned(store_text(stmt, 1), W_DUPLICATE),
			store_int(stmt, 2) != 0))
			break;
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_draft_waiting_since(struct registry *reg,
    void (*each)(void *arg, int64_t id, int64_t at, bool again), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, at, commitment IS NULL AND drafted IS NULL FROM draft"
	    " WHERE state = 'pending'",
	    err);
	bool found;
	enum err rc;

	while (
	    (rc = row_next(store, stmt, "iii", &found, err)) == ERR_OK && found)
		each(arg, store_int(stmt, 0), store_int(stmt, 1),
		    store_int(stmt, 2) != 0);
	row_done(stmt);
	return rc;
}

enum err
register_draft_astray(struct registry *reg, void (*each)(void *arg, int64_t id),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id FROM draft WHERE (state = 'approved') <>"
	    " EXISTS (SELECT 1 FROM letter WHERE letter.draft = draft.id)",
	    err);
	bool found;
	enum err rc;

	while (
	    (rc = row_next(store, stmt, "i", &found, err)) == ERR_OK && found)
		each(arg, store_int(stmt, 0));
	row_done(stmt);
	return rc;
}

enum err
register_draft_forget(struct registry *reg, int64_t before, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE draft SET input_row = '', problems = '[]', reason = ''"
	    " WHERE state = 'discarded' AND at < ?1",
	    err);

	store_bind_int(stmt, 1, before);
	return store_run(store, stmt, err);
}

enum err
register_draft_any(
    struct registry *reg, const char *officer, bool *any, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM draft WHERE state = 'pending'"
	    " AND coalesce(?1, officer) = officer LIMIT 1",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, officer);
	*any = store_step(store, stmt, &rc, err);
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_draft_duplicates(struct registry *reg, const char *center,
    const struct person_keys *keys,
    bool (*each)(void *arg, const struct draft *candidate), void *arg,
    struct errtext *err)
{
	/* UNION of look-ups: an OR over two columns would use no index */
	sqlite3_stmt *stmt = store_prepare(register_store(reg),
	    "SELECT " COLUMNS "WHERE d.id IN ("
	    " SELECT id FROM draft WHERE document_key = ?1"
	    " UNION SELECT id FROM draft"
	    "  WHERE name_key = ?2 AND document_key IS NULL"
	    " UNION SELECT id FROM draft WHERE name_key = ?2 AND ?1 = '')"
	    " ORDER BY d.id DESC",
	    err);

	store_bind_text(stmt, 1, keys->document ? keys->document : "");
	store_bind_text(stmt, 2, keys->name);
	return each_row(reg, stmt, center, each, arg, err);
}

/* In the index's order, row by row: who has seen enough stops, and the others
 * of a common name cost nothing. The year is of the draft's text
 * (issue/register/draft_text.h), no number for "unknown". */
enum err
register_draft_homonyms(struct registry *reg, const char *center,
    const struct person_keys *keys, int from_year, int to_year,
    bool (*each)(void *arg, const struct draft *candidate), void *arg,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(register_store(reg),
	    "SELECT " COLUMNS "WHERE d.name_key = ?1"
	    " AND d.document_key IS NOT NULL AND d.document_key <> ?2"
	    " AND CAST(substr(d.letter,"
	    "  instr(d.letter, char(10) || ?5) + ?6, 4) AS INTEGER)"
	    "  BETWEEN ?3 AND ?4",
	    err);
	const char *key = field_row(FIELD_BIRTH_DATE)->key;

	store_bind_text(stmt, 1, keys->name);
	store_bind_text(stmt, 2, keys->document);
	store_bind_int(stmt, 3, from_year);
	store_bind_int(stmt, 4, to_year);
	store_bind_text(stmt, 5, key);
	store_bind_int(stmt, 6, (int64_t)strlen(key) + 2);
	return each_row(reg, stmt, center, each, arg, err);
}

/* --- giving up ----------------------------------------------------------- */

static enum err
state_of(
    struct store *store, int64_t id, enum draft_state *out, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT state FROM draft WHERE id = ?1", err);
	enum err rc;

	store_bind_int(stmt, 1, id);
	if (store_step(store, stmt, &rc, err)) {
		if (!find_state(store_text(stmt, 0), out))
			rc = err_set(
			    err, ERR_DATA, _("the stored row is damaged"));
	} else if (rc == ERR_OK)
		rc = err_set(err, ERR_NOT_FOUND, _("draft %lld: there is none"),
		    (long long)id);
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_draft_discard(struct registry *reg, int64_t id, const char *by,
    const char *reason, int64_t at, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum draft_state state = DRAFT_PENDING;
	sqlite3_stmt *stmt;
	enum err rc;

	if ((rc = state_of(store, id, &state, err)) != ERR_OK ||
	    state == DRAFT_DISCARDED)
		return rc;
	if (state == DRAFT_APPROVED)
		return err_set(err, ERR_DATA,
		    _("draft %lld: a letter was issued from it and stands"),
		    (long long)id);
	/* without its signature it can never be approved, whatever happens to
	 * its state */
	stmt = store_prepare(store,
	    "UPDATE draft SET state = 'discarded', letter = NULL,"
	    " signature = NULL, commitment = NULL, drafted = NULL,"
	    " document_key = NULL, name_key = NULL,"
	    " discarded_at = ?2, discarded_by = ?3, reason = ?4"
	    " WHERE id = ?1",
	    err);
	store_bind_int(stmt, 1, id);
	store_bind_int(stmt, 2, at);
	store_bind_text(stmt, 3, by);
	store_bind_text(stmt, 4, reason);
	return store_run(store, stmt, err);
}

enum err
register_draft_issued(struct registry *reg,
    const uint8_t commitment[LETTER_COMMITMENT_SIZE], const char *by,
    const char *number, int64_t at, size_t *count, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id FROM draft WHERE state = 'pending' AND commitment = ?1",
	    err);
	int64_t id = 0;
	enum err rc;

	store_bind_blob(stmt, 1, commitment, LETTER_COMMITMENT_SIZE);
	if (store_step(store, stmt, &rc, err))
		id = store_int(stmt, 0);
	sqlite3_reset(stmt);
	if (rc != ERR_OK || id == 0)
		return rc;
	++*count;
	return register_draft_discard(reg, id, by, number, at, err);
}

void
register_draft_clear(struct draft *draft)
{
	bytes_free(&draft->problems);
	bytes_wipe(&draft->message);
	letter_wipe(&draft->letter);
	*draft = (struct draft){ 0 };
}
