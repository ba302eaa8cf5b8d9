/*
 * home_revoke.c - statements that a key is no longer good: home.h.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "keys/home_head.h"

#include <stdio.h>
#include <string.h>

/* What root.db holds about one key or post. */
struct standing {
	bool found;
	enum key_status status;
	int64_t since;
	char center[LETTER_CENTER_SIZE];
	unsigned generation; /* of the evidence; 0: none */
	uint64_t size;
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
	    is_post ? "SELECT status, since IS NULL, since, '', 0, 0 FROM post"
		      " WHERE name = ?1"
		    : "SELECT status, since IS NULL, since, center,"
		      " evidence_generation, evidence_size"
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
		out->generation = (unsigned)store_int(s, 4);
		out->size = (uint64_t)store_int(s, 5);
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

/* Evidence may be added to a statement, and grow; never shrink. */
static bool
is_more(const struct standing *now, const struct home_head *evidence)
{
	return evidence->generation > now->generation ||
	    (evidence->generation == now->generation &&
		evidence->size > now->size);
}

static enum err
judge(const struct standing *before, const struct revoked *wanted,
    struct errtext *err)
{
	bool same =
	    wanted->status == before->status && wanted->since == before->since;

	if (!before->found)
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: no such key id or post; sello-keys show lists what "
		      "is in trust.xml"),
		    wanted->name);
	if (is_worse(before, wanted->status, wanted->since))
		return ERR_OK;
	if (same && wanted->evidence.size > 0)
		return is_more(before, &wanted->evidence)
		    ? ERR_OK
		    : err_set(err, ERR_REFUSED,
			  _("%s has evidence of as many lines or more already; "
			    "only a longer log can replace it"),
			  wanted->name);
	return err_set(err, ERR_REFUSED,
	    _("%s is %s already; only a graver statement or an "
	      "earlier time can replace that"),
	    wanted->name, _(trust_status_name(before->status)));
}

/* --- evidence ------------------------------------------------------------- */

/*
 * The thief may have had the center's own clock and keys from T on, so a head
 * that says so itself is worth nothing. One that says an earlier time is
 * believed because the custodian says that it is from before T.
 */
static enum err
check_before(const struct home_head *head, int64_t since, struct errtext *err)
{
	char at[LOCAL_SIZE] = "", from[LOCAL_SIZE] = "";

	if (!head->dated || head->at < since)
		return ERR_OK;
	local_format(head->at, at);
	local_format(since, from);
	return err_set(err, ERR_REFUSED,
	    _("the head is of %s, not from before %s: whoever had the key may "
	      "have made it; take an older one"),
	    at, from);
}

static enum err
accept_evidence(struct home *home, const struct bytes *checkpoint,
    struct revoked *made, struct errtext *err)
{
	enum err rc;

	if (made->status != KEY_REVOKED || made->is_post ||
	    made->since == TRUST_WHOLE_LIFE)
		return err_set(err, ERR_USAGE,
		    _("a head is evidence only for a key revoked with a "
		      "compromise and --from"));
	if ((rc = home_head_read(home, made->center, checkpoint,
		 &made->evidence, err)) != ERR_OK ||
	    (rc = check_before(&made->evidence, made->since, err)) != ERR_OK)
		return rc;
	return home_head_check_end(home, made->center, &made->evidence, err);
}

/* --- the statement -------------------------------------------------------- */

static enum err
write_post(struct home *home, const struct revoked *made, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "UPDATE post SET status = ?2, since = ?3 WHERE name = ?1", err);

	store_bind_text(s, 1, made->name);
	store_bind_text(s, 2, trust_status_name(made->status));
	if (made->since != TRUST_WHOLE_LIFE) /* else NULL */
		store_bind_int(s, 3, made->since);
	return store_run(home->store, s, err);
}

static enum err
write_key(struct home *home, const struct revoked *made, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "UPDATE center_key SET status = ?2, since = ?3,"
	    " evidence_generation = ?4, evidence_size = ?5, evidence_root = ?6"
	    " WHERE key_name = ?1",
	    err);

	store_bind_text(s, 1, made->name);
	store_bind_text(s, 2, trust_status_name(made->status));
	if (made->since != TRUST_WHOLE_LIFE)
		store_bind_int(s, 3, made->since);
	if (made->evidence.size > 0) {
		store_bind_int(s, 4, made->evidence.generation);
		store_bind_int(s, 5, (int64_t)made->evidence.size);
		store_bind_blob(
		    s, 6, made->evidence.root, sizeof(made->evidence.root));
	}
	return store_run(home->store, s, err);
}

static enum err
write_revoked(
    struct home *home, const struct revoked *made, struct errtext *err)
{
	enum err rc = made->is_post ? write_post(home, made, err)
				    : write_key(home, made, err);

	return rc == ERR_OK ? store_commit(home->store, err) : rc;
}

static enum err
state(struct home *home, const struct bytes *checkpoint, struct revoked *made,
    struct errtext *err)
{
	struct standing before;
	enum err rc;

	rc = read_standing(home, made->name, made->is_post, &before, err);
	if (rc != ERR_OK)
		return rc;
	memcpy(made->center, before.center, sizeof(made->center));
	made->before = before.status;
	if (before.found && checkpoint != NULL &&
	    (rc = accept_evidence(home, checkpoint, made, err)) != ERR_OK)
		return rc;
	if ((rc = judge(&before, made, err)) != ERR_OK)
		return rc;
	/* what was from before the later T need not be from before this one */
	made->evidence_dropped = before.size > 0 && made->evidence.size == 0;
	return ERR_OK;
}

enum err
home_check_since(struct home *home, int64_t since, struct errtext *err)
{
	char at[LOCAL_SIZE] = "", last[LOCAL_SIZE] = "";
	struct trust_list *list = NULL;
	enum err rc;

	if ((rc = home_list(home, &list, err)) != ERR_OK)
		return rc;
	if (since < list->issued_at) { /* 0 before the first */
		local_format(since, at);
		local_format(list->issued_at, last);
		rc = err_set(err, ERR_CONFIG,
		    _("this computer's clock says %s, which is before the "
		      "newest list (%s); set the clock right, or name the time "
		      "with --from"),
		    at, last);
	}
	trust_free(&list);
	return rc;
}

/* keep: write it down; else only what it would be. */
static enum err
revoke(struct home *home, const char *name, enum key_status status,
    int64_t since, const struct bytes *checkpoint, bool keep,
    struct revoked *out, struct errtext *err)
{
	struct revoked made = { .is_post = strchr(name, '/') != NULL,
		.since = since };
	enum err rc;

	made.status = made.is_post ? KEY_REVOKED : status;
	snprintf(made.name, sizeof(made.name), "%s", name);
	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	rc = state(home, checkpoint, &made, err);
	if (rc == ERR_OK && keep)
		rc = write_revoked(home, &made, err);
	if (rc == ERR_OK)
		*out = made;
	store_rollback(home->store);
	return rc;
}

enum err
home_plan_revoking(struct home *home, const char *name, enum key_status status,
    int64_t since, const struct bytes *checkpoint, struct revoked *out,
    struct errtext *err)
{
	return revoke(home, name, status, since, checkpoint, false, out, err);
}

enum err
home_revoke(struct home *home, const char *name, enum key_status status,
    int64_t since, const struct bytes *checkpoint, struct revoked *out,
    struct errtext *err)
{
	return revoke(home, name, status, since, checkpoint, true, out, err);
}
