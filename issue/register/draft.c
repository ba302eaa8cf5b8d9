/*
 * draft.c - drafts: signed when stored, checked when used:
 * register.h.
 *
 * The drafter's signature is over this text, which is put together from the
 * very columns, so that no column can be changed without it:
 *
 *   sello-draft/v1
 *   center GTGUA01
 *   draft 17
 *   officer OF1007
 *   at 2026-11-23T18:00:00Z
 *   row "12"                      JSON, as it may hold anything
 *   problems [{"code":...}]       JSON
 *   program RRP-ES                and so on: issue/register/draft_text.h
 *
 * A second one is over the letter's commitment alone (letter/commitment.h): the
 * log will carry it, where nothing of the letter may be read. The letter's salt
 * is drawn here, so that its drafter alone chooses it.
 */
#include "issue/register/draft_text.h"
#include "issue/register/register.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "letter/field.h"
#include "letter/problem.h"
#include "letter/salt.h"
#include "log/entry.h"
#include "store/row.h"

#include <openssl/rand.h>
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

/* --- the signed text ----------------------------------------------------- */

/* What a row of the table holds besides the fields. Borrowed. */
struct head {
	const char *center;
	int64_t id;
	const char *officer;
	int64_t at;
	const char *row, *problems;
};

static enum err
message_write(const struct head *head, const char *fields, struct bytes *out,
    struct errtext *err)
{
	json_t *row = json_string(head->row);
	char *quoted = row ? json_dumps(row, JSON_ENCODE_ANY) : NULL;
	char at[CLOCK_INSTANT_SIZE];
	enum err rc = ERR_OK;

	json_decref(row);
	if (quoted == NULL || !clock_format(head->at, at)) {
		rc = err_set(err, ERR_DATA, _("the stored row is damaged"));
		goto out;
	}
	bytes_addf(out,
	    "sello-draft/v1\ncenter %s\ndraft %lld\nofficer %s\nat %s\n"
	    "row %s\n",
	    head->center, (long long)head->id, head->officer, at, quoted);
	bytes_addf(out, "problems %s\n", head->problems);
	bytes_add_text(out, fields);
	if (out->failed)
		rc = err_memory(err);
out:
	free(quoted);
	return rc;
}

/* --- what the log will carry --------------------------------------------- */

static enum err
draw_salt(struct letter *letter, struct errtext *err)
{
	uint8_t raw[SALT_SIZE];
	struct bytes text = { 0 };
	enum err rc = ERR_OK;

	if (RAND_bytes(raw, SALT_RANDOM) != 1)
		return err_openssl(
		    err, ERR_INTERNAL, _("no random bytes can be had"));
	salt_finish(raw);
	base64_encode(raw, sizeof(raw), &text);
	if (text.failed ||
	    !text_copy(
		letter->salt, sizeof(letter->salt), (const char *)text.at))
		rc = err_memory(err);
	bytes_wipe(&text);
	return rc;
}

/* The letter is committed to, and its drafter says so. */
struct promise {
	uint8_t commitment[LETTER_COMMITMENT_SIZE];
	uint8_t drafted[CREDENTIAL_SIGNATURE_SIZE];
};

static enum err
make_promise(const char *center, const struct person *drafter,
    const struct letter *letter, struct promise *out, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = letter_commitment(letter, out->commitment, err);

	if (rc != ERR_OK)
		return rc;
	entry_drafted_text(letter->program, center, out->commitment, &text);
	rc = text.failed ? err_memory(err)
			 : credential_sign(drafter->credential, text.at,
			       text.len, out->drafted, err);
	bytes_free(&text);
	return rc;
}

/* --- storing ------------------------------------------------------------- */

static enum err
next_id(struct store *store, int64_t *id, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT coalesce(max(id), 0) + 1 FROM draft", err);
	enum err rc;

	if (store_step(store, stmt, &rc, err))
		*id = store_int(stmt, 0);
	sqlite3_reset(stmt);
	return rc;
}

static enum err
insert_row(struct store *store, const struct head *head, const char *fields,
    const uint8_t *signature, const struct promise *promise,
    const struct person_keys *keys, struct errtext *err)
{
	bool document = keys->document != NULL && keys->document[0] != '\0';
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO draft (id, state, officer, at, input_row, problems,"
	    " letter, signature, document_key, name_key, commitment, drafted)"
	    " VALUES (?1, 'pending', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
	    " ?11)",
	    err);

	store_bind_int(stmt, 1, head->id);
	store_bind_text(stmt, 2, head->officer);
	store_bind_int(stmt, 3, head->at);
	store_bind_text(stmt, 4, head->row);
	store_bind_text(stmt, 5, head->problems);
	store_bind_text(stmt, 6, fields);
	store_bind_blob(stmt, 7, signature, CREDENTIAL_SIGNATURE_SIZE);
	store_bind_text(stmt, 8, document ? keys->document : NULL);
	store_bind_text(stmt, 9, keys->name);
	store_bind_blob(
	    stmt, 10, promise->commitment, sizeof(promise->commitment));
	store_bind_blob(stmt, 11, promise->drafted, sizeof(promise->drafted));
	return store_run(store, stmt, err);
}

/* What the drafter signs of one draft. signed_clear() */
struct signed_draft {
	struct bytes fields; /* with a salt that nobody has seen */
	uint8_t signature[CREDENTIAL_SIGNATURE_SIZE];
	struct promise promise;
};

static void
signed_clear(struct signed_draft *made)
{
	bytes_wipe(&made->fields);
}

static enum err
sign_draft(const struct head *head, const struct person *drafter,
    const struct letter *from, struct signed_draft *out, struct errtext *err)
{
	struct letter letter = *from;
	struct bytes message = { 0 };
	enum err rc;

	if ((rc = draw_salt(&letter, err)) == ERR_OK &&
	    (rc = make_promise(head->center, drafter, &letter, &out->promise,
		 err)) == ERR_OK &&
	    (rc = draft_text_write(&letter, &out->fields, err)) == ERR_OK &&
	    (rc = message_write(
		 head, (const char *)out->fields.at, &message, err)) == ERR_OK)
		rc = credential_sign(drafter->credential, message.at,
		    message.len, out->signature, err);
	letter_wipe(&letter);
	bytes_wipe(&message);
	return rc;
}

enum err
register_draft_insert(struct registry *reg, const char *center,
    const struct person *drafter, const struct draft_input *input, int64_t at,
    int64_t *id, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct head head = { center, 0, drafter->code, at, input->row, NULL };
	struct signed_draft made = { .fields = { 0 } };
	char *problems = input->problems == NULL
	    ? strdup("[]")
	    : json_dumps(input->problems, JSON_COMPACT);
	enum err rc;

	head.problems = problems;
	rc = problems == NULL ? err_memory(err) : next_id(store, &head.id, err);
	if (rc == ERR_OK)
		rc = sign_draft(&head, drafter, input->letter, &made, err);
	if (rc == ERR_OK)
		rc = insert_row(store, &head, (const char *)made.fields.at,
		    made.signature, &made.promise, &input->keys, err);
	if (rc == ERR_OK)
		*id = head.id;
	free(problems);
	signed_clear(&made);
	return rc;
}

/* --- after lines were lost ----------------------------------------------- */

enum err
register_draft_unsign(struct registry *reg, size_t *count, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc = store_run(store,
	    store_prepare(store,
		"UPDATE draft SET commitment = NULL, drafted = NULL"
		" WHERE state = 'pending' AND commitment IS NOT NULL",
		err),
	    err);

	if (rc == ERR_OK)
		*count = (size_t)store_changes(store);
	return rc;
}

enum err
register_draft_sign_again(struct registry *reg, const char *center,
    const struct person *drafter, const struct draft *draft, int64_t at,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	const struct head head = { center, draft->id, drafter->code, at,
		draft->row, (const char *)draft->problems.at };
	struct signed_draft made = { .fields = { 0 } };
	sqlite3_stmt *stmt;
	enum err rc = sign_draft(&head, drafter, &draft->letter, &made, err);

	if (rc == ERR_OK) {
		stmt = store_prepare(store,
		    "UPDATE draft SET at = ?2, letter = ?3, signature = ?4,"
		    " commitment = ?5, drafted = ?6 WHERE id = ?1",
		    err);
		store_bind_int(stmt, 1, draft->id);
		store_bind_int(stmt, 2, at);
		store_bind_text(stmt, 3, (const char *)made.fields.at);
		store_bind_blob(
		    stmt, 4, made.signature, sizeof(made.signature));
		store_bind_blob(stmt, 5, made.promise.commitment,
		    sizeof(made.promise.commitment));
		store_bind_blob(stmt, 6, made.promise.drafted,
		    sizeof(made.promise.drafted));
		rc = store_run(store, stmt, err);
	}
	signed_clear(&made);
	return rc;
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
	struct head head = { center, draft->id, draft->officer, draft->at,
		draft->row, store_text(stmt, 5) };
	const char *fields = store_text(stmt, 6);
	enum err rc;

	if ((rc = message_write(&head, fields, &draft->message, NULL)) ==
		ERR_OK &&
	    (rc = draft_text_read(fields, &draft->letter, NULL)) == ERR_OK &&
	    row_blob(stmt, 7, draft->signature, sizeof(draft->signature)))
		draft->has_signature = true;
	SHA256(draft->message.at, draft->message.len, draft->digest);
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
