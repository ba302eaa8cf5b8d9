/*
 * event.c - what was refused, and what changed the staff, in rows
 * that a rolled back command does not take with it: event.h.
 */
#include "issue/register/event.h"

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
