/*
 * home_head.c - signed heads of centers the root certified: home_head.h.
 */
#include "keys/home_head.h"

#include "base/count.h"
#include "base/i18n.h"
#include "ledger/head.h"

#include <stdio.h>
#include <string.h>

static enum err
accept(const struct head *head, const char *center, struct home_head *out,
    struct errtext *err)
{
	const struct checkpoint *c = &head->checkpoint;

	if (strcmp(head->center->code, center) != 0)
		return err_set(err, ERR_REFUSED,
		    _("the head of %s, which is not a log of %s"), c->origin,
		    center);
	/* The root of no lines is that of every log, and proves nothing. */
	if (c->size == 0)
		return err_set(err, ERR_DATA,
		    _("the head of %s while it was empty: it says nothing"),
		    c->origin);
	snprintf(out->origin, sizeof(out->origin), "%s", c->origin);
	out->generation = head->log->generation;
	out->size = c->size;
	memcpy(out->root, c->root.at, sizeof(out->root));
	return ERR_OK;
}

/* One that nobody dated is a head all the same; a wrong date is damage. */
static enum err
accept_date(const struct head *head, struct home_head *out, struct errtext *err)
{
	enum err rc = head_date(head, &out->at, err);

	out->dated = rc == ERR_OK;
	return rc == ERR_ISSUER ? ERR_OK : rc;
}

/* The same log with the same length has one root, or two versions. */
static enum err
check_versions(struct home *home, const char *center,
    const struct home_head *head, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT 1 FROM (SELECT center, evidence_generation AS generation,"
	    " evidence_size AS size, evidence_root AS root FROM center_key"
	    " UNION ALL SELECT center, generation, final_size, final_root"
	    " FROM log"
	    " UNION ALL SELECT center, generation, size, root FROM removed)"
	    " WHERE center = ?1 AND generation = ?2 AND size = ?3"
	    " AND root <> ?4",
	    err);
	bool other;
	enum err rc;

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, head->generation);
	store_bind_int(s, 3, (int64_t)head->size);
	store_bind_blob(s, 4, head->root, sizeof(head->root));
	other = store_step(home->store, s, &rc, err);
	sqlite3_reset(s);
	if (!other)
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("another head of %s with %s was taken before: the "
	      "center signed two versions of its log; keep both "
	      "files"),
	    head->origin, COUNTED(LINES, head->size));
}

enum err
home_head_read(struct home *home, const char *center,
    const struct bytes *checkpoint, struct home_head *out, struct errtext *err)
{
	struct trust_list *list = NULL;
	struct home_head made = { 0 };
	struct head head;
	enum err rc;

	if ((rc = home_list(home, &list, err)) != ERR_OK)
		return rc;
	if (trust_find_center(list, center) == NULL)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("no center %s was certified here"), center);
	else if ((rc = head_open(list, checkpoint->at, checkpoint->len, &head,
		      err)) == ERR_OK &&
	    (rc = accept_date(&head, &made, err)) == ERR_OK &&
	    (rc = accept(&head, center, &made, err)) == ERR_OK)
		rc = check_versions(home, center, &made, err);
	trust_free(&list);
	if (rc == ERR_OK)
		*out = made;
	return rc;
}

enum err
home_head_end(struct home *home, const char *center,
    const struct home_head *head, bool *closed, uint64_t *size,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT final_size FROM log WHERE center = ?1"
	    " AND generation = ?2 AND final_size IS NOT NULL",
	    err);
	enum err rc;

	*size = 0;
	store_bind_text(s, 1, center);
	store_bind_int(s, 2, head->generation);
	if ((*closed = store_step(home->store, s, &rc, err)))
		*size = (uint64_t)store_int(s, 0);
	sqlite3_reset(s);
	return rc;
}

enum err
home_head_check_end(struct home *home, const char *center,
    const struct home_head *head, struct errtext *err)
{
	bool closed;
	uint64_t size;
	enum err rc;

	rc = home_head_end(home, center, head, &closed, &size, err);
	if (rc != ERR_OK || !closed || head->size <= size)
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("%s was closed with %s; the head has %llu"), head->origin,
	    COUNTED(LINES, size), (unsigned long long)head->size);
}
