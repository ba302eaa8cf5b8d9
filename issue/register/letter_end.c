/*
 * letter_end.c - letters that are replaced or withdrawn:
 * issue/register/letter.h.
 */
#include "issue/register/letter.h"

#include "base/i18n.h"
#include "store/row.h"

enum err
register_letter_supersede(
    struct registry *reg, const char *number, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE letter SET state = 'superseded'"
	    " WHERE number = ?1 AND state = 'issued'",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, number);
	if ((rc = store_run(store, stmt, err)) == ERR_OK &&
	    store_changes(store) != 1)
		rc = err_set(err, ERR_DATA,
		    _("%s: this letter is not in force any more"), number);
	return rc;
}

enum err
register_letter_withdrawn(struct registry *reg, const char *number, bool *any,
    bool *fraud, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT count(*), coalesce(sum(reason IN"
	    " ('FRAUD', 'KEY_COMPROMISE')), 0) FROM withdrawal"
	    " WHERE number = ?1",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, number);
	if (store_step(store, stmt, &rc, err)) {
		*any = store_int(stmt, 0) > 0;
		*fraud = store_int(stmt, 1) > 0;
	}
	sqlite3_reset(stmt);
	return rc;
}

static bool
read_withdrawal(sqlite3_stmt *stmt, struct withdrawal *out)
{
	out->at = store_int(stmt, 0);
	return row_text(stmt, 1, out->person, sizeof(out->person)) &&
	    row_text(stmt, 2, out->second, sizeof(out->second)) &&
	    row_text(stmt, 3, out->reason, sizeof(out->reason));
}

enum err
register_letter_withdrawals(struct registry *reg, const char *number,
    struct withdrawal out[WITHDRAWAL_MAX], size_t *count, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT at, person, second, reason FROM withdrawal"
	    " WHERE number = ?1 ORDER BY id",
	    err);
	bool found;
	enum err rc;

	*count = 0;
	store_bind_text(stmt, 1, number);
	while ((rc = row_next(store, stmt, "ittt", &found, err)) == ERR_OK &&
	    found)
		if (*count == WITHDRAWAL_MAX ||
		    !read_withdrawal(stmt, &out[(*count)++])) {
			rc = row_damaged(err);
			break;
		}
	row_done(stmt);
	return rc;
}

static enum err
note_withdrawal(struct store *store, const char *number, const char *person,
    const char *second, const char *reason, int64_t at, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO withdrawal (number, at, person, second, reason)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    err);

	store_bind_text(stmt, 1, number);
	store_bind_int(stmt, 2, at);
	store_bind_text(stmt, 3, person);
	store_bind_text(stmt, 4, second);
	store_bind_text(stmt, 5, reason);
	return store_run(store, stmt, err);
}

enum err
register_letter_withdraw(struct registry *reg, const char *number,
    const char *person, const char *second, const char *reason, int64_t at,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	enum err rc;

	/* forgotten stays forgotten: it says that there is no data */
	stmt = store_prepare(store,
	    "UPDATE letter SET state = 'withdrawn' WHERE number = ?1"
	    " AND state IN ('issued', 'superseded')",
	    err);
	store_bind_text(stmt, 1, number);
	if ((rc = store_run(store, stmt, err)) == ERR_OK)
		rc = note_withdrawal(
		    store, number, person, second, reason, at, err);
	return rc;
}

enum err
register_letter_printable(const struct issued *letter, struct errtext *err)
{
	switch (letter->state) {
	case ISSUED_ISSUED:
		return ERR_OK;
	case ISSUED_FORGOTTEN:
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: this letter's data was erased"), letter->number);
	case ISSUED_SUPERSEDED:
		return err_set(err, ERR_DATA,
		    _("%s: this letter was replaced; it is not printed again"),
		    letter->number);
	case ISSUED_WITHDRAWN:
		break;
	}
	return err_set(err, ERR_DATA,
	    _("%s: this letter was withdrawn; it is not printed again"),
	    letter->number);
}
