/*
 * home_certify_post.c - taking requests of posts: home.h.
 */
#include "keys/home_certify.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

static enum err
check_consulate(struct home *home, const char *post, struct errtext *err)
{
	char code[9];
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT count(*), coalesce(sum(code = ?1), 0) FROM consulate", err);
	bool refused = false;
	enum err rc;

	snprintf(code, sizeof(code), "%.8s", post);
	store_bind_text(s, 1, code);
	if (store_step(home->store, s, &rc, err))
		refused = store_int(s, 0) > 0 && store_int(s, 1) == 0;
	sqlite3_reset(s);
	if (!refused)
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("the program has no consulate %s; add it to program.ini and run "
	      "sello-keys program first"),
	    code);
}

static enum err
check_post_keys(struct home *home, const struct post_info *info, bool *known,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT cosigner_key IN (?2, ?3) OR report_key IN (?2, ?3),"
	    " status FROM post WHERE name = ?1",
	    err);
	bool same = false, revoked = false;
	enum err rc;

	store_bind_text(s, 1, info->name);
	store_bind_blob(s, 2, info->cosigner_key, 32);
	store_bind_blob(s, 3, info->report_key, 32);
	if ((*known = store_step(home->store, s, &rc, err))) {
		same = store_int(s, 0) != 0;
		revoked = strcmp(store_text(s, 1), "revoked") == 0;
	}
	sqlite3_reset(s);
	if (same && revoked)
		return err_set(err, ERR_REFUSED,
		    _("the keys of post %s were revoked; the post must make "
		      "new ones"),
		    info->name);
	if (same)
		return err_set(err, ERR_EXISTS,
		    _("post %s has these keys already; nothing was changed"),
		    info->name);
	return rc;
}

static enum err
insert_post(struct home *home, const struct post_info *info,
    const struct bytes *request, int64_t now, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT OR REPLACE INTO post"
	    " (name, cosigner_key, report_key, request, certified_at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    err);

	store_bind_text(s, 1, info->name);
	store_bind_blob(s, 2, info->cosigner_key, 32);
	store_bind_blob(s, 3, info->report_key, 32);
	store_bind_blob(s, 4, request->at, request->len);
	store_bind_int(s, 5, now);
	return store_run(home->store, s, err);
}

static enum err
store_post(struct home *home, const struct post_info *info,
    const struct bytes *request, int64_t now, struct certified *out,
    struct errtext *err)
{
	bool known = false;
	enum err rc;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	if ((rc = check_consulate(home, info->name, err)) != ERR_OK ||
	    (rc = check_post_keys(home, info, &known, err)) != ERR_OK)
		goto out;
	if (certify_keys_are_taken(home, info->cosigner_key, info->report_key,
		info->name, &rc, err))
		rc = certify_keys_refused(err);
	if (rc != ERR_OK ||
	    (rc = insert_post(home, info, request, now, err)) != ERR_OK)
		goto out;
	out->is_new = !known;
	out->changed = known;
	rc = store_commit(home->store, err);
out:
	store_rollback(home->store);
	return rc;
}

enum err
home_certify_post(struct home *home, const struct bytes *request, int64_t now,
    struct certified *out, struct errtext *err)
{
	struct certified made = { 0 };
	struct post_info info;
	enum err rc;

	rc = request_read_post(request->at, request->len, &info, err);
	if (rc != ERR_OK ||
	    (rc = certify_check_root(home, info.root, err)) != ERR_OK)
		return rc;
	memcpy(made.name, info.name, sizeof(made.name));
	rc = store_post(home, &info, request, now, &made, err);
	if (rc == ERR_OK)
		*out = made;
	return rc;
}
