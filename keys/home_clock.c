/*
 * home_clock.c - the times that this root signed, and going on after a wrong
 * one: home.h.
 */
#include "keys/home.h"

#include "base/clock.h"
#include "base/i18n.h"

/* One number of a query that may bind a time. */
static enum err
read_time(struct home *home, const char *sql, int64_t bound, int64_t *out,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store, sql, err);
	enum err rc;

	*out = 0;
	if (sqlite3_bind_parameter_count(s) > 0)
		store_bind_int(s, 1, bound);
	if (store_step(home->store, s, &rc, err))
		*out = store_int(s, 0);
	sqlite3_reset(s);
	return rc;
}

/* The root's certificate begins a day before it was made. */
enum err
home_newest(
    struct home *home, int64_t before, int64_t *out, struct errtext *err)
{
	enum err rc = read_time(home,
	    "SELECT coalesce(max(at), 0) FROM ("
	    "SELECT issued_at AS at FROM list WHERE void = 0"
	    " UNION ALL SELECT certified_at FROM center_key"
	    " UNION ALL SELECT certified_at FROM post"
	    " UNION ALL SELECT said_at FROM root) WHERE at < ?1",
	    before, out, err);

	if (rc == ERR_OK && *out == 0 &&
	    home->info.not_before + CLOCK_DAY < before)
		*out = home->info.not_before + CLOCK_DAY;
	return rc;
}

enum err
home_said(struct home *home, int64_t now, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(
	    home->store, "UPDATE root SET said_at = max(said_at, ?1)", err);

	store_bind_int(s, 1, now);
	return store_run(home->store, s, err);
}

enum err
home_settled(struct home *home, int64_t *out, struct errtext *err)
{
	enum err rc = read_time(home,
	    "SELECT coalesce(max(at), 0) FROM ("
	    "SELECT issued_at AS at FROM list WHERE void = 0"
	    " UNION ALL SELECT said_at FROM root)",
	    0, out, err);

	if (rc == ERR_OK && *out < home->info.not_before + CLOCK_DAY)
		*out = home->info.not_before + CLOCK_DAY;
	return rc;
}

/* What there is dated later than now, as home_put_clock_right() tells it. */
static enum err
count_later(struct home *home, int64_t now, struct clock_righted *out,
    struct errtext *err)
{
	static const char *const counts[] = {
		"SELECT count(*) FROM list WHERE issued_at > ?1 AND void = 0",
		"SELECT count(*) FROM center_key WHERE certified_at > ?1",
		("SELECT (SELECT count(*) FROM center_key WHERE since > ?1) +"
		 " (SELECT count(*) FROM post WHERE since > ?1)"),
		"SELECT count(*) FROM removed WHERE since > ?1 AND size IS NULL",
	};
	size_t *const into[] = { &out->lists, &out->keys, &out->ends,
		&out->persons };
	enum err rc = ERR_OK;
	int64_t count = 0;
	size_t i;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]) && rc == ERR_OK;
	     i++) {
		rc = read_time(home, counts[i], now, &count, err);
		*into[i] = (size_t)count;
	}
	return rc;
}

enum err
home_put_clock_right(struct home *home, int64_t now, struct clock_righted *out,
    struct errtext *err)
{
	static const char *const changes[] = {
		"UPDATE list SET void = 1 WHERE issued_at > ?1",
		/* at no time that counts: to be certified again */
		"UPDATE center_key SET certified_at = 0 WHERE certified_at > ?1",
		"UPDATE post SET certified_at = ?1 WHERE certified_at > ?1",
		/* a key that was replaced or revoked is so by now */
		"UPDATE center_key SET since = ?1 WHERE since > ?1",
		"UPDATE post SET since = ?1 WHERE since > ?1",
		"UPDATE root SET said_at = ?1 WHERE said_at > ?1",
		"UPDATE roster SET since = ?1 WHERE since > ?1",
		/* from a line on: the head's date, which is the center's */
		"UPDATE removed SET since = ?1 WHERE size IS NULL AND since > ?1",
	};
	struct clock_righted done = { 0 };
	enum err rc;
	size_t i;

	if ((rc = cert_root_rules(home->info.not_before, home->info.not_after,
		 now, err)) != ERR_OK ||
	    (rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	rc = count_later(home, now, &done, err);
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]) && rc == ERR_OK;
	     i++) {
		sqlite3_stmt *s = store_prepare(home->store, changes[i], err);

		store_bind_int(s, 1, now);
		rc = store_run(home->store, s, err);
	}
	if (rc == ERR_OK)
		rc = store_commit(home->store, err);
	store_rollback(home->store);
	if (rc == ERR_OK)
		*out = done;
	return rc;
}
