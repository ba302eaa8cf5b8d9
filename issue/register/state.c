/*
 * state.c - issue/register/state.h.
 */
#include "issue/register/state.h"

#include "issue/register/log.h"

#include "base/encode.h"
#include "store/row.h"

#include <string.h>

enum err
register_state(struct registry *reg, struct bytes *history,
    uint8_t seal[REGISTER_STATE_SEAL_SIZE], struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT history, seal FROM log_state", err);
	enum err rc;

	bytes_reset(history);
	bytes_add_text(history, ""); /* a NUL to read, whatever happens */
	memset(seal, 0, REGISTER_STATE_SEAL_SIZE);
	/* one of another length is one that does not fit: no state */
	if (store_step(store, stmt, &rc, err) &&
	    row_blob(stmt, 1, seal, REGISTER_STATE_SEAL_SIZE))
		bytes_add_text(history, store_text(stmt, 0));
	sqlite3_reset(stmt);
	if (rc == ERR_OK && history->failed)
		rc = err_memory(err);
	return rc;
}

enum err
register_state_set(struct registry *reg, const struct bytes *history,
    const uint8_t seal[REGISTER_STATE_SEAL_SIZE], struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO log_state (id, history, seal) VALUES (1, ?1, ?2)"
	    " ON CONFLICT (id) DO UPDATE SET history = ?1, seal = ?2",
	    err);

	store_bind_text(stmt, 1, (const char *)history->at);
	store_bind_blob(stmt, 2, seal, REGISTER_STATE_SEAL_SIZE);
	return store_run(store, stmt, err);
}

/* Rows of id and line, each to each(). */
static enum err
visit(struct store *store, sqlite3_stmt *stmt,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err)
{
	unsigned generation;
	uint64_t index;
	bool found;
	enum err rc;

	while ((rc = row_next(store, stmt, "it", &found, err)) == ERR_OK &&
	    found) {
		const char *line = store_text(stmt, 1);

		register_log_place_of(store_int(stmt, 0), &generation, &index);
		rc = each(arg, generation, index, line,
		    (size_t)sqlite3_column_bytes(stmt, 1), err);
		if (rc != ERR_OK)
			break;
	}
	row_done(stmt);
	return rc;
}

/* The expressions are those of the indexes, to the letter. */
#define ABOUT                                                       \
	"SELECT id, line FROM log_line WHERE " REGISTER_LINE_NUMBER \
	" = ?1 UNION SELECT id, line FROM log_line"                 \
	" WHERE " REGISTER_LINE_CORRECTS " AND " REGISTER_LINE_REF " = ?1"

enum err
register_state_about(struct registry *reg, const char *number,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store, ABOUT " ORDER BY id", err);

	store_bind_text(stmt, 1, number);
	return visit(store, stmt, each, arg, err);
}

enum err
register_state_about_and_staff(struct registry *reg, const char *number,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    ABOUT " UNION SELECT id, line FROM log_line"
		  " WHERE " REGISTER_LINE_STAFF " ORDER BY id",
	    err);

	store_bind_text(stmt, 1, number);
	return visit(store, stmt, each, arg, err);
}

enum err
register_state_staff(struct registry *reg, const struct log_place *before,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, line FROM log_line WHERE " REGISTER_LINE_STAFF
	    " AND id < ?1 ORDER BY id",
	    err);

	store_bind_int(stmt, 1,
	    before == NULL
		? INT64_MAX
		: register_log_row_of(before->generation, before->index));
	return visit(store, stmt, each, arg, err);
}

enum err
register_state_staff_stamp(
    struct registry *reg, struct staff_stamp *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc = row_number(store,
	    store_prepare(store,
		"SELECT coalesce(max(id), -1) FROM log_line"
		" WHERE " REGISTER_LINE_STAFF,
		err),
	    &out->newest, err);

	return rc != ERR_OK ? rc
			    : row_number(store,
				  store_prepare(store,
				      "SELECT count(*) FROM log_line"
				      " WHERE " REGISTER_LINE_STAFF,
				      err),
				  &out->lines, err);
}

enum err
register_state_names_key(struct registry *reg, const char *key_name,
    bool *names, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM log_line WHERE line LIKE '% ' || ?1 || ' %' LIMIT 1",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, key_name);
	*names = store_step(store, stmt, &rc, err);
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_state_drafted(struct registry *reg,
    const uint8_t commitment[LETTER_COMMITMENT_SIZE], bool *drafted,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM log_line WHERE " REGISTER_LINE_IS_LETTER
	    " AND " REGISTER_LINE_DRAFT " = ?1 LIMIT 1",
	    err);
	struct bytes text = { 0 };
	enum err rc;

	base64url_encode(commitment, LETTER_COMMITMENT_SIZE, &text);
	if (text.failed)
		return err_memory(err);
	store_bind_text(stmt, 1, (const char *)text.at);
	*drafted = store_step(store, stmt, &rc, err);
	sqlite3_reset(stmt);
	bytes_free(&text);
	return rc;
}
