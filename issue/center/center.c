/*
 * center.c - opening a center's home: center.h.
 */
#include "issue/center/center.h"

#include "issue/center/backup_files.h"
#include "issue/center/files.h"
#include "issue/center/logbook_kept.h"
#include "issue/center/selfcheck.h"
#include "issue/center/standing.h"
#include "issue/register/center_row.h"
#include "issue/register/log.h"
#include "issue/register/setting.h"

#include "base/beside.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum err
center_path(const char *home, const char *name, char **out, struct errtext *err)
{
	if ((*out = file_join(home, name)) == NULL)
		return err_memory(err);
	return ERR_OK;
}

/* --- the register's own row ---------------------------------------------- */

static enum err
load_row(struct center *center, struct errtext *err)
{
	struct center_row row = { .key = NULL };
	enum err rc = center_row_read(center->reg, &row, err);

	center->info = row.info;
	center->key = row.key;
	memcpy(center->key_name, row.key_name, sizeof(center->key_name));
	center->list_sequence = row.list_sequence;
	return rc;
}

/* --- root and list ------------------------------------------------------- */

static enum err
load_root(struct center *center, struct errtext *err)
{
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(center->home, "root.crt", &path, err)) !=
		ERR_OK ||
	    (rc = cert_load(path, &center->root, err)) != ERR_OK ||
	    (rc = cert_read_root(center->root, &center->root_info, err)) !=
		ERR_OK)
		goto out;
	if (memcmp(center->root_info.fingerprint, center->info.root,
		sizeof(center->info.root)) != 0)
		rc = err_set(err, ERR_CONFIG,
		    _("%s: this is not the root that the center was set up "
		      "with; put the right file back"),
		    path);
out:
	free(path);
	return rc == ERR_NOT_FOUND ? ERR_CONFIG : rc;
}

/* The log whose keys are ours: its generation is the root's to count. */
static const struct trust_log *
find_log(const struct center *center)
{
	const struct trust_center *listed = center->listed;

	for (size_t i = 0; listed != NULL && i < listed->log_count; i++) {
		const struct trust_log *log = &listed->logs[i];

		if (memcmp(log->log.key, center->info.log_key,
			sizeof(log->log.key)) == 0 &&
		    memcmp(log->cosigner.key, center->info.cosigner_key,
			sizeof(log->cosigner.key)) == 0)
			return log;
	}
	return NULL;
}

/* What the list says of this center's own keys. */
static void
find_own(struct center *center)
{
	const struct trust_list *list = center->list;

	center->listed = NULL;
	center->own = list
	    ? trust_find_key(list, center->key_name, &center->listed)
	    : NULL;
	/* the same key under another center's name is not ours to use */
	if (center->listed == NULL ||
	    strcmp(center->listed->code, center->info.center) != 0)
		center->own = NULL;
	center->listed =
	    list ? trust_find_center(list, center->info.center) : NULL;
	center->log = find_log(center);
}

void
center_use_list(struct center *center, struct trust_list *list)
{
	/* they borrow from the list */
	standing_free(&center->standing);
	logbook_kept_free(&center->kept);
	trust_free(&center->list);
	center->list = list;
	find_own(center);
}

enum err
center_use_keys(struct center *center, EVP_PKEY *key, const uint8_t log[32],
    const uint8_t cosigner[32], struct errtext *err)
{
	char name[DSIG_KEY_NAME_SIZE];
	enum err rc = dsig_key_name(key, name);

	if (rc != ERR_OK)
		return err_set(err, rc, _("a key of the center is unusable"));
	EVP_PKEY_up_ref(key);
	EVP_PKEY_free(center->key);
	center->key = key;
	memcpy(center->key_name, name, sizeof(name));
	memcpy(center->info.log_key, log, 32);
	memcpy(center->info.cosigner_key, cosigner, 32);
	find_own(center);
	return ERR_OK;
}

enum err
center_guard_path(struct center *center, char **out, struct errtext *err)
{
	struct bytes set = { 0 };
	enum err rc = register_setting(center->reg, "guard", &set, err);

	if (rc == ERR_OK && set.len > 0) {
		*out = strdup((const char *)set.at);
		if (*out == NULL)
			rc = err_memory(err);
	} else if (rc == ERR_OK)
		rc = center_path(center->home, "head.guard", out, err);
	bytes_free(&set);
	return rc;
}

/* A list that cannot be read must not keep staff from taking a good one. */
static enum err
load_list(struct center *center, struct errtext *err)
{
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(center->home, "trust.xml", &path, err)) != ERR_OK)
		return rc;
	if (!file_exists(path)) {
		err_set(&center->list_problem, ERR_OK,
		    _("there is no trust list yet; give the one that the "
		      "program published to: sello-issue trust"));
		goto out;
	}
	rc =
	    file_read_regular(path, TRUST_XML_MAX, &xml, &center->list_problem);
	if (rc == ERR_OK)
		rc = trust_read(xml.at, xml.len, center->root, &list,
		    &center->list_problem);
	if (rc == ERR_OK)
		center_use_list(center, list);
	else
		err_prefix(&center->list_problem, "%s", path);
	center->list_unread = rc == ERR_IO;
	rc = err_is_inside(rc)
	    ? err_set(err, rc, "%s", center->list_problem.text)
	    : ERR_OK;
out:
	bytes_free(&xml);
	free(path);
	return rc;
}

/* --- opening ------------------------------------------------------------- */

/* What was read before the lock was had: a list that was taken meanwhile, keys
 * that were changed, a person who left or took another passphrase, must not be
 * passed over. */
static enum err
check_unchanged(struct center *center, struct errtext *err)
{
	struct staff_stamp staff;
	bool same;
	enum err rc = center_row_is(center->reg, center->key,
	    center->info.log_key, center->list_sequence, &same, err);

	if (rc == ERR_OK && same &&
	    (rc = register_state_staff_stamp(center->reg, &staff, err)) ==
		ERR_OK)
		same = staff.newest == center->staff.newest &&
		    staff.lines == center->staff.lines;
	if (rc == ERR_OK && !same)
		rc = err_set(err, ERR_BUSY,
		    _("the trust list, the center's people or its keys changed "
		      "while you looked; run this again"));
	return rc;
}

void
center_unlock(struct center *center)
{
	if (center->lock >= 0)
		close(center->lock);
	center->lock = -1;
}

enum err
center_lock(struct center *center, struct errtext *err)
{
	char *path = NULL;
	enum err rc;

	if (center->lock >= 0)
		return ERR_OK;
	rc = center_path(center->home, "register.lock", &path, err);
	if (rc == ERR_OK)
		rc = file_lock(path, &center->lock, err);
	if (rc == ERR_BUSY)
		err_set(err, rc,
		    _("somebody else is writing to this register now; wait "
		      "until they have finished and try again"));
	free(path);
	/* who locks before reading anything has no key yet */
	if (rc == ERR_OK && center->key != NULL &&
	    (rc = check_unchanged(center, err)) != ERR_OK)
		center_unlock(center);
	return rc;
}

/* A restore that was cut short leaves people's data: it holds the lock while it
 * works, so what lies there now is nobody's. */
static void
clear_stage(const char *home)
{
	char *stage = file_join(home, BACKUP_STAGE);

	if (stage != NULL && file_exists(stage))
		backup_unlink(stage);
	free(stage);
}

enum err
center_open(
    const char *home, bool writer, struct center **out, struct errtext *err)
{
	struct center *center = calloc(1, sizeof(*center));
	enum err rc = ERR_OK;

	if (center == NULL)
		return err_memory(err);
	center->lock = -1;
	if ((center->home = strdup(home)) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if (!file_is_dir(home)) {
		rc = err_set(err, ERR_CONFIG,
		    _("%s: there is no such home; make it with: sello-issue "
		      "init"),
		    home);
		goto out;
	}
	if ((rc = register_open(home, &center->reg, err)) != ERR_OK ||
	    (writer && (rc = center_lock(center, err)) != ERR_OK) ||
	    (rc = load_row(center, err)) != ERR_OK ||
	    (rc = load_root(center, err)) != ERR_OK ||
	    (rc = load_list(center, err)) != ERR_OK ||
	    (rc = register_state_staff_stamp(
		 center->reg, &center->staff, err)) != ERR_OK)
		goto out;
	if (writer)
		clear_stage(home);
	*out = center;
	center = NULL;
out:
	center_close(&center);
	return rc;
}

struct beside *
center_beside(struct center *center)
{
	if (center->beside == NULL)
		center->beside = beside_new(dsig_thread_end);
	return center->beside;
}

struct selfcheck *
center_selfcheck(struct center *center)
{
	struct beside *beside = center_beside(center);

	if (center->selfcheck == NULL && beside != NULL)
		center->selfcheck = selfcheck_new(beside);
	return center->selfcheck;
}

void
center_close(struct center **center)
{
	struct center *c = *center;

	if (c == NULL)
		return;
	selfcheck_free(&c->selfcheck);
	beside_free(&c->beside);
	register_close(&c->reg);
	standing_free(&c->standing);
	logbook_kept_free(&c->kept);
	trust_free(&c->list);
	X509_free(c->root);
	EVP_PKEY_free(c->key);
	center_unlock(c);
	free(c->home);
	free(c);
	*center = NULL;
}
