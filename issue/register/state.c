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

enum err
register_state_about(struct registry *reg, const char *number,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	/* the expressions are those of the indexes, to the letter */
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, line FROM log_line WHERE " REGISTER_LINE_NUMBER
	    " = ?1 UNION SELECT id, line FROM log_line"
	    " WHERE " REGISTER_LINE_CORRECTS " AND " REGISTER_LINE_REF
	    " = ?1 ORDER BY id",
	    err);
	unsigned generation;
	uint64_t index;
	enum err rc;

	store_bind_text(stmt, 1, number);
	while (store_step(store, stmt, &rc, err)) {
		const char *line = store_text(stmt, 1);

		register_log_place_of(store_int(stmt, 0), &generation, &index);
		rc = each(arg, generation, index, line,
		    (size_t)sqlite3_column_bytes(stmt, 1), err);
		if (rc != ERR_OK)
			break;
	}
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
