/*
 * home_publish.c - signing the next trust list: home.h.
 */
#include "keys/home.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/process.h"
#include "base/suspect.h"
#include "letter/sign.h"
#include "store/row.h"

#include <stdio.h>
#include <stdlib.h>

/* A list dated before the last one would be older than it is newer. */
static enum err
check_clock(struct home *home, const struct trust_list *last, int64_t now,
    struct errtext *err)
{
	struct errtext why = { 0 };
	int64_t witness;
	enum err rc;

	if (now < last->issued_at) {
		if ((rc = home_newest(home, last->issued_at, &witness, err)) !=
		    ERR_OK)
			return rc;
		suspect_set(&why, ERR_CONFIG, _("the last trust list"),
		    last->issued_at, now, witness);
		return err_set(err, ERR_CONFIG,
		    _("%s If this computer's date is right, go on with: "
		      "sello-keys recover --clock"),
		    why.text);
	}
	rc = cert_root_rules(
	    home->info.not_before, home->info.not_after, now, err);
	if (rc != ERR_OK)
		return rc;
	if (last->sequence >= TRUST_SEQUENCE_MAX)
		return err_set(
		    err, ERR_LIMIT, _("there are no sequence numbers left"));
	return ERR_OK;
}

static enum err
sign(const struct home *home, EVP_PKEY *root_key, const struct trust_list *list,
    struct bytes *xml, struct errtext *err)
{
	struct bytes document = { 0 };
	char id[DSIG_ID_MAX + 1];
	enum err rc;

	snprintf(
	    id, sizeof(id), "trust-%llu", (unsigned long long)list->sequence);
	if ((rc = trust_check(list, home->root, err)) != ERR_OK)
		return rc;
	if ((rc = trust_write(list, &document)) != ERR_OK)
		err_memory(err);
	else
		rc = sign_document(&dsig_trust, document.at, document.len, id,
		    root_key, xml, err);
	bytes_free(&document);
	return rc;
}

static enum err
keep(struct home *home, const struct trust_list *list, const struct bytes *xml,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT INTO list (sequence, issued_at, xml) VALUES (?1, ?2, ?3)",
	    err);

	store_bind_int(s, 1, (int64_t)list->sequence);
	store_bind_int(s, 2, list->issued_at);
	store_bind_blob(s, 3, xml->at, xml->len);
	return store_run(home->store, s, err);
}

/* --- where it goes ------------------------------------------------------- */

static enum err
is_place(struct home *home, const char *path, bool *known, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(
	    home->store, "SELECT 1 FROM place WHERE path = ?1", err);
	enum err rc;

	store_bind_text(s, 1, path);
	rc = row_next(home->store, s, "i", known, err);
	row_done(s);
	return rc;
}

enum err
home_expect(struct home *home, const char *folder, struct errtext *err)
{
	char *place = file_absolute(folder);
	char *path = file_join(folder, "trust.xml");
	bool known = false;
	enum err rc = ERR_OK;

	if (path == NULL)
		rc = err_memory(err);
	else if (place != NULL)
		rc = is_place(home, place, &known, err);
	if (rc == ERR_OK && known && !file_exists(path))
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: lists were published here before, and none is here: "
		      "is the stick in? Nothing was signed. If this is a new "
		      "stick in its place, say --new"),
		    folder);
	free(place);
	free(path);
	return rc;
}

/* The file without its name, and where it will be. */
static enum err
lay_out(struct home *home, const char *folder, const struct bytes *xml,
    struct file_draft *file, struct errtext *err)
{
	char *path = file_join(folder, "trust.xml"), *place = NULL;
	sqlite3_stmt *s;
	enum err rc = ERR_OK;

	if (path == NULL)
		return err_memory(err);
	if ((rc = file_mkdir(folder, 0755, err)) == ERR_OK)
		rc = file_draft_over(path, 0644, xml->at, xml->len, file, err);
	if (rc == ERR_OK && (place = file_absolute(folder)) != NULL) {
		s = store_prepare(home->store,
		    "INSERT INTO place (path) VALUES (?1)"
		    " ON CONFLICT (path) DO NOTHING",
		    err);
		store_bind_text(s, 1, place);
		rc = store_run(home->store, s, err);
	}
	free(path);
	free(place);
	return rc;
}

/* --- signing ------------------------------------------------------------- */

/* Sign, read as a stranger would, keep; inside one transaction. */
static enum err
make_next(struct home *home, EVP_PKEY *root_key, struct trust_list *next,
    const char *folder, struct bytes *xml, struct trust_list **read,
    struct errtext *err)
{
	struct file_draft file = { 0 };
	sigset_t before;
	enum err rc;

	next->sequence++;
	process_hold(&before); /* until the file has its name or is gone */
	if ((rc = sign(home, root_key, next, xml, err)) != ERR_OK ||
	    (rc = trust_read(xml->at, xml->len, home->root, read, err)) !=
		ERR_OK ||
	    (rc = keep(home, next, xml, err)) != ERR_OK ||
	    (folder != NULL &&
		(rc = lay_out(home, folder, xml, &file, err)) != ERR_OK) ||
	    (rc = store_commit(home->store, err)) != ERR_OK)
		goto out;
	if (folder != NULL)
		rc = file_draft_name(&file, 1, err);
out:
	file_draft_clear(&file);
	process_let(&before);
	return rc;
}

enum err
home_publish(struct home *home, EVP_PKEY *root_key, int64_t now,
    int next_update, int not_after, const char *folder, struct bytes *xml,
    struct trust_list **list, struct errtext *err)
{
	struct trust_list *next = NULL, *read = NULL;
	struct bytes made = { 0 };
	enum err rc;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	if ((rc = home_list(home, &next, err)) != ERR_OK ||
	    (rc = check_clock(home, next, now, err)) != ERR_OK)
		goto out;
	home_leave_unused(next);
	next->issued_at = now;
	next->next_update = now + (int64_t)next_update * CLOCK_DAY;
	next->not_after = now + (int64_t)not_after * CLOCK_DAY;
	rc = make_next(home, root_key, next, folder, &made, &read, err);
	if (rc != ERR_OK)
		goto out;
	bytes_add(xml, made.at, made.len);
	if (xml->failed) {
		rc = err_memory(err);
		goto out;
	}
	*list = read;
	read = NULL;
out:
	store_rollback(home->store);
	bytes_free(&made);
	trust_free(&next);
	trust_free(&read);
	return rc;
}
