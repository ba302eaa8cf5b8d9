/*
 * drafted.c - drafted.h.
 */
#include "issue/desk/drafted.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "issue/changes.h"
#include "issue/register/letter.h"
#include "letter/xml.h"

#include <openssl/crypto.h>

#include <string.h>

/* Nobody has typed a command line. */
static const struct cli no_cli = { 0 };

void
drafted_begin(struct turn *turn, const struct bytes *text, bool corrects,
    struct drafting *out)
{
	*out = (struct drafting){ .cli = &no_cli,
		.path = "",
		.dry_run = true,
		.now = clock_now(),
		.text = *text,
		.center = turn->center,
		.drafter = turn->desk->session.person };
	if (corrects)
		memcpy(out->supersedes, turn->desk->begun->supersedes,
		    sizeof(out->supersedes));
}

/* Is the row meant for the letter that it is to replace? */
static enum err
check_change(struct drafting *d, struct errtext *err)
{
	struct issued issued = { 0 };
	struct letter old = { 0 }, new = { 0 };
	bool good = false;
	enum err rc;

	if (d->supersedes[0] == '\0' || d->dry_run)
		return ERR_OK;
	rc = draft_rows_read(d, 0, &new, &good, err);
	if (rc == ERR_OK && good &&
	    (rc = register_letter_load(
		 d->center->reg, d->supersedes, &issued, err)) == ERR_OK &&
	    (rc = xml_read(issued.xml.at, issued.xml.len, &old, err)) ==
		ERR_OK &&
	    !changes_any(&old, &new))
		rc = err_set(err, ERR_DATA,
		    _("nothing changes: what is typed is what letter %s "
		      "says. Nothing was drafted"),
		    d->supersedes);
	letter_wipe(&old);
	letter_wipe(&new);
	register_letter_clear(&issued);
	return rc;
}

enum err
drafted_run(struct drafting *d, enum draft_report_end *end, struct errtext *err)
{
	enum err rc;

	*end = DRAFT_REPORT_DRY_RUN;
	if ((rc = draft_rows_supersede(d, err)) != ERR_OK ||
	    (rc = draft_rows_open(d, err)) != ERR_OK ||
	    (rc = check_change(d, err)) != ERR_OK)
		return rc;
	if (d->dry_run)
		return draft_rows_insert(d, err);
	if ((rc = register_begin(d->center->reg, err)) != ERR_OK)
		return rc;
	rc = draft_rows_insert(d, err);
	*end = draft_rows_end(d);
	if (rc == ERR_OK && d->aside.failed)
		rc = err_memory(err);
	if (rc == ERR_OK && *end != DRAFT_REPORT_REFUSED)
		rc = register_commit(d->center->reg, err);
	if (rc != ERR_OK || *end == DRAFT_REPORT_REFUSED)
		register_rollback(d->center->reg);
	return rc;
}

/* Text, center and person are others'. */
void
drafted_end(struct drafting *d)
{
	intake_free(&d->intake);
	draft_report_free(&d->report);
	bytes_wipe(&d->aside);
	OPENSSL_cleanse(d, sizeof(*d));
}
