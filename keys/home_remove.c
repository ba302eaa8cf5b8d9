/*
 * home_remove.c - persons whose signatures do not count any more: home.h.
 */
#include "base/i18n.h"
#include "base/policy.h"
#include "base/suspect.h"
#include "keys/home_head.h"
#include "store/row.h"

#include <string.h>

/* What root.db says of a person; no size: UINT64_MAX. */
struct standing {
	bool found;
	int64_t since;
	uint64_t size;
};
#define NO_SIZE UINT64_MAX

static enum err
read_standing(struct home *home, const struct person_removed *wanted,
    struct standing *out, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT since, size FROM removed WHERE center = ?1 AND code = ?2",
	    err);
	enum err rc;

	*out = (struct standing){ .size = NO_SIZE };
	store_bind_text(s, 1, wanted->center);
	store_bind_text(s, 2, wanted->code);
	rc = row_next(home->store, s, "iI", &out->found, err);
	if (rc == ERR_OK && out->found) {
		out->since = store_int(s, 0);
		if (sqlite3_column_type(s, 1) != SQLITE_NULL)
			out->size = (uint64_t)store_int(s, 1);
	}
	row_done(s);
	return rc;
}

/*
 * Only more of what they signed may be taken away: a line that somebody was
 * told not to believe never counts again on a second thought. A size that was
 * given stays; with one, lines of the very second of since count
 * (trust/list.h).
 */
static enum err
judge(const struct standing *before, struct person_removed *wanted,
    struct errtext *err)
{
	uint64_t size = wanted->head.size > 0 ? wanted->head.size : NO_SIZE;

	if (before->found && size == NO_SIZE && before->size != NO_SIZE) {
		size = before->size;
		wanted->since--;
	}
	wanted->has_size = size != NO_SIZE;
	wanted->size = wanted->has_size ? size : 0;
	if (!before->found)
		return ERR_OK;
	if (wanted->since <= before->since && size <= before->size &&
	    (wanted->since < before->since ||
		(size < before->size && before->size != NO_SIZE)))
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
	    _("%s at %s is removed already; only an earlier time or a shorter "
	      "log can replace that"),
	    wanted->code, wanted->center);
}

/*
 * The list names no generation with a size. So that it can mean only this log,
 * the ones before it must have ended with no more lines.
 */
static enum err
check_earlier_logs(struct home *home, const char *center,
    const struct home_head *head, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT generation FROM log WHERE center = ?1"
	    " AND generation < ?2"
	    " AND coalesce(final_size, ?3 + 1) > ?3 LIMIT 1",
	    err);
	bool found = false;
	enum err rc;

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, head->generation);
	store_bind_int(s, 3, (int64_t)head->size);
	rc = row_next(home->store, s, "i", &found, err);
	if (rc == ERR_OK && found)
		rc = err_set(err, ERR_REFUSED,
		    _("generation %lld of the center's log is open or has more "
		      "lines than this head: name the time with --from "
		      "instead"),
		    (long long)store_int(s, 0));
	row_done(s);
	return rc;
}

/* The head says from which line on; its own date, from when on. */
static enum err
accept_head(struct home *home, const struct bytes *checkpoint, int64_t now,
    struct person_removed *wanted, struct errtext *err)
{
	const struct home_head *head = &wanted->head;
	enum err rc;

	if ((rc = home_head_read(home, wanted->center, checkpoint,
		 &wanted->head, err)) != ERR_OK)
		return rc;
	if (!head->dated)
		return err_set(err, ERR_REFUSED,
		    _("the head does not say when it was made; name the time "
		      "with --from instead"));
	if (head->at > now + POLICY_SLACK)
		return suspect_set(
		    err, ERR_CONFIG, head->origin, head->at, now, 0);
	wanted->since = head->at;
	if ((rc = home_head_check_end(home, wanted->center, head, err)) !=
	    ERR_OK)
		return rc;
	return check_earlier_logs(home, wanted->center, head, err);
}

static enum err
write_removed(
    struct home *home, const struct person_removed *made, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT INTO removed (center, code, since, size, generation, root)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	    " ON CONFLICT (center, code) DO UPDATE SET since = excluded.since,"
	    " size = excluded.size,"
	    " generation = coalesce(excluded.generation, generation),"
	    " root = coalesce(excluded.root, root)",
	    err);

	store_bind_text(s, 1, made->center);
	store_bind_text(s, 2, made->code);
	store_bind_int(s, 3, made->since);
	if (made->has_size)
		store_bind_int(s, 4, (int64_t)made->size);
	if (made->head.size > 0) {
		store_bind_int(s, 5, made->head.generation);
		store_bind_blob(s, 6, made->head.root, sizeof(made->head.root));
	}
	return store_run(home->store, s, err);
}

/* Did the root hear this person's fingerprint? Who joined later, by the
 * center's own lines, is on no roster. */
static enum err
find_person(struct home *home, struct person_removed *made, struct errtext *err)
{
	struct trust_list *list = NULL;
	const struct trust_center *center;
	enum err rc = home_list(home, &list, err);

	if (rc != ERR_OK)
		return rc;
	center = trust_find_center(list, made->center);
	if (center == NULL)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("no center %s was certified here"), made->center);
	else
		for (size_t i = 0; i < center->roster_count; i++)
			if (trust_roster_find(
				&center->rosters[i], made->code) != NULL)
				made->known = true;
	trust_free(&list);
	return rc;
}

static enum err
state(struct home *home, const struct bytes *checkpoint, int64_t now,
    struct person_removed *made, struct errtext *err)
{
	struct standing before;
	enum err rc;

	if ((rc = find_person(home, made, err)) != ERR_OK ||
	    (rc = read_standing(home, made, &before, err)) != ERR_OK)
		return rc;
	if (checkpoint != NULL &&
	    (rc = accept_head(home, checkpoint, now, made, err)) != ERR_OK)
		return rc;
	return judge(&before, made, err);
}

/* keep: write it down; else only what it would be. */
static enum err
remove_person(struct home *home, const char *center, const char *code,
    int64_t since, const struct bytes *checkpoint, int64_t now, bool keep,
    struct person_removed *out, struct errtext *err)
{
	struct person_removed made = { .since = since };
	enum err rc;

	if (!text_copy(made.center, sizeof(made.center), center) ||
	    !person_is_code(code) ||
	    !text_copy(made.code, sizeof(made.code), code))
		return err_set(err, ERR_USAGE,
		    _("name a center and the code of a person, for example "
		      "GTGUA01 OF1007"));
	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	rc = state(home, checkpoint, now, &made, err);
	if (rc == ERR_OK && keep &&
	    (rc = write_removed(home, &made, err)) == ERR_OK)
		rc = store_commit(home->store, err);
	if (rc == ERR_OK)
		*out = made;
	store_rollback(home->store);
	return rc;
}

enum err
home_plan_removal(struct home *home, const char *center, const char *code,
    int64_t since, const struct bytes *checkpoint, int64_t now,
    struct person_removed *out, struct errtext *err)
{
	return remove_person(
	    home, center, code, since, checkpoint, now, false, out, err);
}

enum err
home_remove_person(struct home *home, const char *center, const char *code,
    int64_t since, const struct bytes *checkpoint, int64_t now,
    struct person_removed *out, struct errtext *err)
{
	return remove_person(
	    home, center, code, since, checkpoint, now, true, out, err);
}
