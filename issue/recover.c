/*
 * recover.c - recover.h.
 */
#include "issue/recover.h"

#include "issue/logbook_owed.h"
#include "issue/publication.h"
#include "issue/rollback.h"

#include "base/i18n.h"
#include "ledger/line.h"
#include "log/folder.h"
#include "log/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the copy
 * ---------------------------------------------------------------------- */

struct import {
	struct logbook *book;
	struct recovery *report;
};

/* Only a line that one of our own keys signed. */
static enum err
check_line(const struct center *center, const struct log_entry *entry,
    struct errtext *err)
{
	const struct trust_center *owner = NULL;
	const struct trust_key *key =
	    trust_find_key(center->list, entry->key_name, &owner);

	if (key == NULL || strcmp(owner->code, center->info.center) != 0)
		return err_set(err, ERR_ISSUER,
		    _("the copy has a line that no key of this center signed; "
		      "take the newest trust list first"));
	return line_verify(entry, key->key, err);
}

static enum err
import_line(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct import *import = ctx;
	struct logbook *book = import->book;
	struct log_entry entry;
	enum err rc;

	(void)leaf;
	if ((rc = entry_parse(line, len, &entry, err)) != ERR_OK ||
	    (rc = check_line(book->center, &entry, err)) != ERR_OK)
		return rc;
	if (entry.index != index || index != book->head.range.size)
		return err_set(err, ERR_DATA,
		    _("the copy has a line in a place that is not its own"));
	if ((rc = logbook_import(book, &entry, line, len, err)) != ERR_OK ||
	    (rc = recover_line(book, &entry, import->report, err)) != ERR_OK)
		return rc;
	import->report->lines++;
	return ERR_OK;
}

/* PUB/log/CENTER/GENERATION, or that folder itself. */
static char *
copy_dir(const struct logbook *book, const char *from)
{
	char *dir = publication_dir(
	    from, book->center->info.center, book->log->generation);
	struct bytes none = { 0 };

	if (dir == NULL ||
	    folder_fetch(dir, "checkpoint", CHECKPOINT_MAX, &none, NULL) !=
		ERR_NOT_FOUND) {
		bytes_free(&none);
		return dir;
	}
	free(dir);
	return strdup(from);
}

static enum err
read_copy(struct logbook *book, const struct log_source *source,
    struct recovery *report, struct errtext *err)
{
	struct import import = { book, report };
	const struct log_visitor visitor = { import_line, &import };
	const struct tree_range have = book->head.range;
	struct tree_range range;
	struct tree_hash root;
	struct checkpoint head;
	struct bytes note = { 0 };
	enum err rc;

	tree_range_root(&have, &root);
	rc = log_read_head(source, &book->log->log, &note, &head, NULL, err);
	if (rc == ERR_OK)
		rc =
		    log_read(source, &head, &have, have.size > 0 ? &root : NULL,
			READ_NEEDED, &visitor, &range, err);
	bytes_free(&note);
	return rc;
}

static enum err
take_copy(struct logbook *book, const char *from, struct recovery *report,
    struct errtext *err)
{
	char *dir = copy_dir(book, from);
	const struct log_source source = { folder_fetch, dir };
	enum err rc;

	if (dir == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	rc = read_copy(book, &source, report, err);
	if (rc == ERR_STALE)
		rc = ERR_OK; /* the register has all of it, and more */
	else if (rc == ERR_SIGNATURE)
		rc = ERR_CONFIG;
	if (rc != ERR_OK)
		err_prefix(err, "%s", from);
	free(dir);
	return rc;
}

/* --- what is still missing
 * ----------------------------------------------------------- */

/* The rows must be there for the others' heads to be compared with them. */
static enum err
compare(struct logbook *book, struct rollback *found, struct errtext *err)
{
	enum err rc = ERR_OK;

	*found = (struct rollback){ .state = ROLLBACK_NONE };
	if (book->head.range.size > book->from)
		rc = register_log_set_head(
		    book->center->reg, book->log->generation, &book->head, err);
	if (rc == ERR_OK)
		rc = rollback_check(book->center, found, err);
	/* what is wrong stands in found, and its words in err */
	return rc == ERR_CONFIG && found->state != ROLLBACK_NONE ? ERR_OK : rc;
}

static enum err
judge(const struct rollback *found, bool lost, struct recovery *report,
    struct errtext *err)
{
	switch (found->state) {
	case ROLLBACK_NONE:
		return ERR_OK;
	case ROLLBACK_FORK:
		return ERR_CONFIG;
	case ROLLBACK_NO_GUARD:
		/* nobody can say that nothing is missing */
		report->lost = true;
		return ERR_OK;
	case ROLLBACK_BEHIND:
		break;
	}
	if (found->published)
		return ERR_CONFIG;
	if (!lost) {
		err_prefix(err, "%s",
		    _("if no copy of these lines can be found, say --lost; "
		      "letters of that time can then not be checked any "
		      "more"));
		return ERR_CONFIG;
	}
	report->lost = true;
	return ERR_OK;
}

static enum err
enter_restore(
    struct logbook *book, const struct recovery *report, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_RESTORE };

	snprintf(entry.ref, sizeof(entry.ref), "%llu",
	    (unsigned long long)report->before);
	text_copy(
	    entry.reason, sizeof(entry.reason), report->lost ? "LOST" : "");
	return logbook_add(book, &entry, err);
}

enum err
recover_log(struct logbook *book, const char *from, bool lost,
    struct recovery *out, struct errtext *err)
{
	struct recovery report = { .before = book->from };
	struct rollback found;
	enum err rc = ERR_OK;

	if (from != NULL)
		rc = take_copy(book, from, &report, err);
	if (rc != ERR_OK || (rc = compare(book, &found, err)) != ERR_OK ||
	    (rc = judge(&found, lost, &report, err)) != ERR_OK)
		return rc;
	report.needed = report.lines > 0 || found.state != ROLLBACK_NONE;
	if (report.needed) {
		/* `restore` is never the first line */
		if (book->head.range.size == 0)
			rc = logbook_enter_owed(book, err);
		if (rc == ERR_OK)
			rc = enter_restore(book, &report, err);
		if (rc == ERR_OK)
			rc = logbook_enter_owed(book, err);
		book->has_guard = false;
	}
	if (rc == ERR_OK)
		*out = report;
	return rc;
}
