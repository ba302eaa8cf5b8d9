/*
 * letter_facts.c - how many letters there are, and from when:
 * issue/register/letter.h.
 */
#include "issue/register/letter.h"

#include "store/row.h"

enum err
register_letter_last(
    struct registry *reg, int64_t *issued_at, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT issued_at FROM letter ORDER BY id DESC LIMIT 1", err);
	bool found;
	enum err rc;

	*issued_at = 0;
	rc = row_next(store, stmt, "i", &found, err);
	if (found)
		*issued_at = store_int(stmt, 0);
	row_done(stmt);
	return rc;
}

enum err
register_letter_any(struct registry *reg, bool *out, struct errtext *err)
{
	int64_t last;
	enum err rc = register_letter_last(reg, &last, err);

	if (rc == ERR_OK)
		*out = last != 0;
	return rc;
}

enum err
register_letter_first(
    struct registry *reg, int64_t *issued_at, struct errtext *err)
{
	struct store *store = register_store(reg);

	return row_number(store,
	    store_prepare(
		store, "SELECT coalesce(min(issued_at), 0) FROM letter", err),
	    issued_at, err);
}

enum err
register_letter_count(struct registry *reg, int64_t *count, struct errtext *err)
{
	struct store *store = register_store(reg);

	return row_number(store,
	    store_prepare(store, "SELECT count(*) FROM letter", err), count,
	    err);
}

enum err
register_letter_misnumbered(struct registry *reg,
    void (*each)(void *arg, const char *number), void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT number FROM letter"
	    " WHERE year <> CAST(substr(number, 9, 4) AS INTEGER)"
	    " OR sequence <> CAST(substr(number, 14, 6) AS INTEGER)",
	    err);
	bool found;
	enum err rc;

	while (
	    (rc = row_next(store, stmt, "t", &found, err)) == ERR_OK && found)
		each(arg, store_text(stmt, 0));
	row_done(stmt);
	return rc;
}
