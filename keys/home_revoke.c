/*
 * home_revoke.c - statements that a key is no longer good: home.h.
 */
#include "keys/home.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* What root.db holds about one key or post. */
struct standing {
	bool found;
	enum key_status status;
	int64_t since;
	char center[LETTER_CENTER_SIZE];
};

static enum key_status
status_of(const char *name)
{
	if (strcmp(name, trust_status_name(KEY_REVOKED)) == 0)
		return KEY_REVOKED;
	if (strcmp(name, trust_status_name(KEY_RETIRED)) == 0)
		return KEY_RETIRED;
	return KEY_ACTIVE;
}

static enum err
read_standing(struct home *home, const char *name, bool is_post,
    struct standing *out, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    is_post ? "SELECT status, since IS NULL, since, '' FROM post"
		      " WHERE name = ?1"
		    : "SELECT status, since IS NULL, since, center"
		      " FROM center_key WHERE key_name = ?1",
	    err);
	enum err rc;

	*out = (struct standing){ 0 };
	store_bind_text(s, 1, name);
	if (store_step(home->store, s, &rc, err)) {
		out->found = true;
		out->status = status_of(store_text(s, 0));
		out->since =
		    store_int(s, 1) ? TRUST_WHOLE_LIFE : store_int(s, 2);
		snprintf(
		    out->center, sizeof(out->center), "%s", store_text(s, 3));
	}
	sqlite3_reset(s);
	return rc;
}

/*
 * Only a worse statement may follow. A milder one would turn letters green
 * again that somebody was told to refuse, on the word of a second thought.
 */
static bool
is_worse(const struct standing *now, enum key_status status, int64_t since)
{
	return status > now->status ||
	    (status == now->status && status != KEY_ACTIVE &&
		since < now->since);
}

static enum err
write_standing(struct home *home, const char *name, bool is_post,
    enum key_status status, int64_t since, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    is_post ? "UPDATE post SET status = ?2, since = ?3 WHERE name = ?1"
		    : "UPDATE center_key SET status = ?2, since = ?3"
		      " WHERE key_name = ?1",
	    err);

	store_bind_text(s, 1, name);
	store_bind_text(s, 2, trust_status_name(status));
	if (since != TRUST_WHOLE_LIFE) /* else NULL */
		store_bind_int(s, 3, since);
	return store_run(home->store, s, err);
}

static enum err
judge(const struct standing *before, const char *name, enum key_status status,
    int64_t since, struct errtext *err)
{
	if (!before->found)
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: no such key id or post; sello-keys show lists what "
		      "is in trust.xml"),
		    name);
	if (!is_worse(before, status, since))
		return err_set(err, ERR_REFUSED,
		    _("%s is %s already; only a graver statement or an "
		      "earlier time can replace that"),
		    name, trust_status_name(before->status));
	return ERR_OK;
}

enum err
home_revoke(struct home *home, const char *name, enum key_status status,
    int64_t since, struct revoked *out, struct errtext *err)
{
	struct revoked made = { .is_post = strchr(name, '/') != NULL };
	struct standing before;
	enum err rc;

	if (made.is_post)
		status = KEY_REVOKED;
	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	rc = read_standing(home, name, made.is_post, &before, err);
	if (rc != ERR_OK ||
	    (rc = judge(&before, name, status, since, err)) != ERR_OK ||
	    (rc = write_standing(
		 home, name, made.is_post, status, since, err)) != ERR_OK ||
	    (rc = store_commit(home->store, err)) != ERR_OK)
		goto out;
	snprintf(made.name, sizeof(made.name), "%s", name);
	memcpy(made.center, before.center, sizeof(made.center));
	made.before = before.status;
	made.status = status;
	made.since = since;
	*out = made;
out:
	store_rollback(home->store);
	return rc;
}
