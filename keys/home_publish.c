/*
 * home_publish.c - signing the next trust list: home.h.
 */
#include "keys/home.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/suspect.h"
#include "letter/sign.h"

#include <stdio.h>

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
		err_set(err, rc, _("out of memory"));
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

/* Sign, read as a stranger would, keep; inside one transaction. */
static enum err
make_next(struct home *home, EVP_PKEY *root_key, struct trust_list *next,
    struct bytes *xml, struct trust_list **read, struct errtext *err)
{
	enum err rc;

	next->sequence++;
	if ((rc = sign(home, root_key, next, xml, err)) != ERR_OK ||
	    (rc = trust_read(xml->at, xml->len, home->root, read, err)) !=
		ERR_OK ||
	    (rc = keep(home, next, xml, err)) != ERR_OK)
		return rc;
	return store_commit(home->store, err);
}

enum err
home_publish(struct home *home, EVP_PKEY *root_key, int64_t now,
    int next_update, int not_after, struct bytes *xml, struct trust_list **list,
    struct errtext *err)
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
	rc = make_next(home, root_key, next, &made, &read, err);
	if (rc != ERR_OK)
		goto out;
	bytes_add(xml, made.at, made.len);
	if (xml->failed) {
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
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
