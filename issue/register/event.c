/*
 * event.c - what was refused, and what changed the staff, in rows
 * that a rolled back command does not take with it: event.h.
 */
#include "issue/register/event.h"

#include "store/row.h"

#include <stdio.h>

#define WAIT_MS 500 /* somebody else may be writing for an instant */

void
register_event(struct registry *reg, int64_t at, const char *kind,
    const char *person, const char *subject)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;

	if (store_begin_within(store, WAIT_MS, NULL) != ERR_OK)
		return;
	stmt = store_prepare(store,
	    "INSERT INTO event (at, kind, person, subject)"
	    " VALUES (?1, ?2, ?3, ?4)",
	    NULL);
	store_bind_int(stmt, 1, at);
	store_bind_text(stmt, 2, kind);
	store_bind_text(stmt, 3, person);
	store_bind_text(stmt, 4, subject);
	if (store_run(store, stmt, NULL) == ERR_OK)
		store_commit(store, NULL);
	store_rollback(store);
}

struct event_sheet
event_sheet(const char *number, int copy)
{
	struct event_sheet sheet = { .before = EVENT_BEFORE_PERHAPS };

	if (copy == 1)
		text_copy(sheet.name, sizeof(sheet.name), number);
	else
		snprintf(sheet.name, sizeof(sheet.name), "%.*s-%d",
		    LETTER_NUMBER_SIZE - 1, number, copy);
	return sheet;
}

#define IS_PRINTED "kind IN ('" EVENT_PRINTED "', '" EVENT_PRINTED_AGAIN "')"

static enum err
enter_sheet(struct store *store, int64_t at, const char *person,
    const struct event_sheet *sheet, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO event (at, kind, person, subject) SELECT ?1,"
	    " CASE WHEN ?4 = 2 OR ?4 = 0 AND EXISTS (SELECT 1 FROM event"
	    " WHERE subject = ?3 AND " IS_PRINTED ")"
	    " THEN '" EVENT_PRINTED_AGAIN "' ELSE '" EVENT_PRINTED "' END,"
	    " ?2, ?3",
	    err);

	store_bind_int(stmt, 1, at);
	store_bind_text(stmt, 2, person);
	store_bind_text(stmt, 3, sheet->name);
	store_bind_int(stmt, 4, (int)sheet->before);
	return store_run(store, stmt, err);
}

enum err
register_event_sheets(struct registry *reg, int64_t at, const char *person,
    const struct event_sheet *sheet, size_t count, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc = store_begin_within(store, WAIT_MS, err);

	for (size_t i = 0; i < count && rc == ERR_OK; i++)
		rc = enter_sheet(store, at, person, &sheet[i], err);
	if (rc == ERR_OK)
		rc = store_commit(store, err);
	store_rollback(store);
	return rc;
}

enum err
register_event_printed(struct registry *reg, const char *name, int64_t *times,
    int64_t *last, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT count(*), coalesce(max(at), 0) FROM event"
	    " WHERE subject = ?1 AND " IS_PRINTED,
	    err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, name);
	rc = row_next(store, stmt, "ii", &found, err);
	if (found) {
		*times = store_int(stmt, 0);
		*last = store_int(stmt, 1);
	}
	row_done(stmt);
	return rc;
}

enum err
register_event_each(struct registry *reg,
    bool (*each)(void *arg, const struct event *event), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT at, kind, person, subject FROM event ORDER BY id", err);
	struct event event;
	enum err rc;

	while (store_step(store, stmt, &rc, err)) {
		event = (struct event){ store_int(stmt, 0), store_text(stmt, 1),
			store_text(stmt, 2), store_text(stmt, 3) };
		if (!each(arg, &event))
			break;
	}
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_event_last(
    struct registry *reg, const char *kind, int64_t *at, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT coalesce(max(at), 0) FROM event WHERE kind = ?1", err);

	store_bind_text(stmt, 1, kind);
	return row_number(store, stmt, at, err);
}

enum err
register_event_highest(struct registry *reg, const char *kind,
    const char *prefix, int64_t *number, int64_t *at, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT coalesce(max(CAST(substr(subject, length(?1) + 1) AS"
	    " INTEGER)), 0), coalesce(max(at), 0) FROM event"
	    " WHERE kind = ?2 AND substr(subject, 1, length(?1)) = ?1",
	    err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, prefix);
	store_bind_text(stmt, 2, kind);
	rc = row_next(store, stmt, "ii", &found, err);
	if (found) {
		*number = store_int(stmt, 0);
		*at = store_int(stmt, 1);
	}
	row_done(stmt);
	return rc;
}

enum err
register_event_sums(struct registry *reg, const char *since, const char *but,
    void (*each)(void *arg, const struct event_sum *sum), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT kind, person, count(*), min(at), max(at) FROM event"
	    " WHERE kind NOT IN (?1, ?2)"
	    " AND id > (SELECT coalesce(max(id), 0) FROM event"
	    " WHERE kind = ?1)"
	    " GROUP BY kind, person ORDER BY max(id) DESC",
	    err);
	struct event_sum sum;
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, since);
	store_bind_text(stmt, 2, but);
	while ((rc = row_next(store, stmt, "ttiii", &found, err)) == ERR_OK &&
	    found) {
		sum = (struct event_sum){ store_text(stmt, 0),
			store_text(stmt, 1), store_int(stmt, 2),
			store_int(stmt, 3), store_int(stmt, 4) };
		each(arg, &sum);
	}
	row_done(stmt);
	return rc;
}
