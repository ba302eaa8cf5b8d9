/*
 * draft_sign.c - drafts are signed when they are stored: draft.h.
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
#include "issue/register/draft_message.h"
#include "issue/register/draft_text.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "letter/salt.h"
#include "log/entry.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

/* --- the signed text ----------------------------------------------------- */

enum err
draft_message(const struct draft_head *head, const char *fields,
    struct bytes *out, struct errtext *err)
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
insert_row(struct store *store, const struct draft_head *head,
    const char *fields, const uint8_t *signature, const struct promise *promise,
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
sign_draft(const struct draft_head *head, const struct person *drafter,
    const struct letter *from, struct signed_draft *out, struct errtext *err)
{
	struct letter letter = *from;
	struct bytes message = { 0 };
	enum err rc;

	if ((rc = draw_salt(&letter, err)) == ERR_OK &&
	    (rc = make_promise(head->center, drafter, &letter, &out->promise,
		 err)) == ERR_OK &&
	    (rc = draft_text_write(&letter, &out->fields, err)) == ERR_OK &&
	    (rc = draft_message(
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
	struct draft_head head = { center, 0, drafter->code, at, input->row,
		NULL };
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
	const struct draft_head head = { center, draft->id, drafter->code, at,
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
