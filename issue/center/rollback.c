/*
 * rollback.c - rollback.h.
 */
#include "issue/center/rollback.h"

#include "issue/center/guard.h"
#include "issue/center/logbook_kept.h"
#include "issue/center/passed.h"
#include "issue/register/elsewhere.h"
#include "issue/register/setting.h"

#include "base/count.h"
#include "base/i18n.h"
#include "ledger/head.h"
#include "log/folder.h"
#include "log/publish.h"
#include "store/sums.h"

#include <stdlib.h>
#include <string.h>

struct check {
	struct center *center;
	struct rollback found;
	struct errtext text; /* of the worst so far */
};

/* --- one head ------------------------------------------------------------ */

enum err
rollback_open(const struct center *center, const void *note, size_t len,
    struct log_seen *out, struct errtext *err)
{
	struct head head;
	enum err rc;

	if (center->listed == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the trust list does not name this center's log"));
	rc = head_open(center->list, note, len, &head, err);
	if (rc == ERR_ISSUER || (rc == ERR_OK && head.center != center->listed))
		return err_set(err, ERR_ISSUER,
		    _("this is not a head of this center's log"));
	if (rc == ERR_OK)
		*out = (struct log_seen){ head.log->generation,
			head.checkpoint.size, head.checkpoint.root };
	return rc;
}

enum err
rollback_compare(struct registry *reg, const struct log_seen *seen,
    enum rollback_state *state, uint64_t *lines, struct errtext *err)
{
	struct register_log log = { .reg = reg,
		.generation = seen->generation };
	struct log_reader reader = register_log_reader(&log);
	struct log_head head = { .last_time = 0 };
	struct tree_hash root;
	bool found = false;
	enum err rc;

	*state = ROLLBACK_NONE;
	*lines = 0;
	rc = register_log_head(reg, seen->generation, &head, &found, err);
	if (rc != ERR_OK)
		return rc;
	if (head.range.size < seen->size) {
		*state = ROLLBACK_BEHIND;
		*lines = seen->size - head.range.size;
	} else {
		if (head.range.size == seen->size)
			tree_range_root(&head.range, &root);
		else
			rc = log_edge_root(&reader, seen->size, &root, err);
		if (rc == ERR_OK && !tree_hash_equal(&root, &seen->root))
			*state = ROLLBACK_FORK;
	}
	register_log_head_clear(&head);
	return rc;
}

/* --- all that is known
 * --------------------------------------------------------- */

static void
tell(struct check *c, enum rollback_state state, uint64_t lines,
    const char *source)
{
	if (state < c->found.state ||
	    (state == c->found.state && lines <= c->found.lines))
		return;
	c->found.state = state;
	c->found.lines = lines;
	switch (state) {
	case ROLLBACK_NONE:
		break;
	case ROLLBACK_BEHIND:
		err_set(&c->text, ERR_CONFIG,
		    _("%s has %s of the log that this register does not "
		      "have: an older copy of it was put back. Nothing is "
		      "signed or published until two persons run: "
		      "sello-issue recover --from COPY"),
		    source, COUNTED(LINES, lines));
		break;
	case ROLLBACK_NO_GUARD:
		err_set(&c->text, ERR_CONFIG,
		    _("%s: the log's guard is missing or damaged, so nobody "
		      "knows whether this register is the newest one. If it "
		      "is on another disk, connect that first. Else nothing "
		      "is signed or published until two persons run: "
		      "sello-issue recover, with --from COPY if the log was "
		      "published"),
		    source);
		break;
	case ROLLBACK_FORK:
		rollback_forked(source, &c->text);
		break;
	}
}

/* Nobody knows then, as without a guard. */
static void
tell_bent(struct check *c, const char *what)
{
	c->found.bent = true;
	if (c->found.state >= ROLLBACK_NO_GUARD)
		return;
	c->found.state = ROLLBACK_NO_GUARD;
	err_set(&c->text, ERR_CONFIG,
	    _("%s. Nothing is signed or published; run sello-issue check, keep "
	      "a copy of the home, and restore a backup; where there is none, "
	      "two persons go on with sello-issue recover, with --from COPY "
	      "if the log was published"),
	    what);
}

static enum err
compare(struct check *c, const struct log_seen *seen, const char *source,
    bool published, struct errtext *err)
{
	enum rollback_state state;
	bool whole = true;
	uint64_t lines;
	enum err rc;

	rc = rollback_compare(c->center->reg, seen, &state, &lines, err);
	/* damage is no fork */
	if (rc == ERR_OK && state == ROLLBACK_FORK &&
	    (rc = rollback_own(c->center, seen->generation, &whole, err)) ==
		ERR_OK &&
	    !whole)
		rc = rollback_changed(err);
	if (rc != ERR_OK)
		return rc;
	c->found.published |= published && state == ROLLBACK_BEHIND;
	tell(c, state, lines, source);
	return ERR_OK;
}

/* Are the nodes in this row those that the note in it was signed over? What
 * is signed next grows from them. */
static bool
fits_note(const struct log_head *head)
{
	struct checkpoint signed_head;
	struct tree_hash root;
	struct note note;

	tree_range_root(&head->range, &root);
	return note_parse(head->note.at, head->note.len, &note, NULL) ==
	    ERR_OK &&
	    checkpoint_parse(note.text, note.len, &signed_head, NULL) ==
	    ERR_OK &&
	    signed_head.size == head->range.size &&
	    tree_hash_equal(&signed_head.root, &root);
}

/*
 * Is it the very head of the register? Then a signature need not be checked
 * again before each letter.
 */
static enum err
is_own_head(struct registry *reg, const struct bytes *note, bool *same,
    struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	unsigned generation;
	bool found = false;
	enum err rc = register_log_newest(reg, &generation, err);

	if (rc == ERR_OK && generation > 0)
		rc = register_log_head(reg, generation, &head, &found, err);
	*same = found && bytes_equal(note, &head.note) && fits_note(&head);
	register_log_head_clear(&head);
	return rc;
}

/* One head of somebody else's. */
static enum err
check_note(struct check *c, const struct bytes *note, const char *source,
    bool published, struct errtext *err)
{
	struct log_seen seen;
	bool same;
	enum err rc = is_own_head(c->center->reg, note, &same, err);

	if (rc != ERR_OK || same)
		return rc;
	rc = rollback_open(c->center, note->at, note->len, &seen, err);
	if (rc == ERR_OK)
		return compare(c, &seen, source, published, err);
	if (err_is_inside(rc) || rc == ERR_CONFIG)
		return rc;
	/* not signed by us: a folder of others; but nobody writes a guard */
	if (!published)
		tell(c, ROLLBACK_NO_GUARD, 0, source);
	return ERR_OK;
}

/* --- the guard ----------------------------------------------------------- */

static enum err
compare_guard(struct check *c, const struct bytes *note, const char *path,
    struct errtext *err)
{
	bool passed = false;
	enum err rc = passed_is(c->center, note, &passed, err);

	if (rc != ERR_OK || passed)
		return rc;
	return check_note(c, note, path, false, err);
}

struct first_commit {
	bool staff;
	int64_t at;
};

static enum err
find_staff(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct first_commit *first = arg;
	struct log_entry entry;

	(void)index;
	if (first->staff)
		return ERR_OK;
	if (entry_parse(line, len, &entry, NULL) != ERR_OK)
		return rollback_changed(err);
	first->staff = entry.kind == ENTRY_STAFF;
	first->at = entry.time;
	return ERR_OK;
}

/*
 * A guard as it was made: may it be, since the power went before its first
 * head? Then there is no line, or those of one commit: from the first person
 * that it names on, all its lines have one time.
 */
static enum err
check_empty(struct check *c, const char *path, struct errtext *err)
{
	struct registry *reg = c->center->reg;
	struct log_head head = { .last_time = 0 };
	struct first_commit first = { .staff = false };
	unsigned newest = 0;
	bool found = false;
	enum err rc = register_log_newest(reg, &newest, err);

	if (rc == ERR_OK && newest > 0)
		rc = register_log_head(reg, newest, &head, &found, err);
	if (rc == ERR_OK && newest == 1)
		rc = register_log_each(reg, newest, 0, find_staff, &first, err);
	if (rc == ERR_DATA)
		rc = rollback_changed(err);
	if (rc == ERR_OK && newest > 0 &&
	    (!first.staff || first.at != head.last_time))
		tell(c, ROLLBACK_NO_GUARD, 0, path);
	register_log_head_clear(&head);
	return rc;
}

static enum err
check_guard(struct check *c, struct errtext *err)
{
	struct bytes note = { 0 };
	char *path = NULL;
	enum err rc;

	if ((rc = center_guard_path(c->center, &path, err)) != ERR_OK)
		return rc;
	rc = guard_read(path, &note, err);
	if (rc == ERR_NOT_FOUND || rc == ERR_DATA) {
		tell(c, ROLLBACK_NO_GUARD, 0, path);
		rc = ERR_OK;
	} else if (rc == ERR_OK)
		rc = note.len > 0 ? compare_guard(c, &note, path, err)
				  : check_empty(c, path, err);
	bytes_free(&note);
	free(path);
	return rc;
}

/* Signatures are not kept: what was changed since says nothing of the log. */
static enum err
check_seen(void *arg, const struct log_seen *seen, const char *source,
    struct errtext *err)
{
	struct check *c = arg;
	enum rollback_state state;
	uint64_t lines;
	bool fits = true;
	enum err rc =
	    rollback_compare(c->center->reg, seen, &state, &lines, err);

	if (rc == ERR_OK && state != ROLLBACK_NONE)
		rc = sums_fits(
		    register_store(c->center->reg), "log_seen", &fits, err);
	if (rc != ERR_OK || fits)
		return rc == ERR_OK ? compare(c, seen, source, true, err) : rc;
	tell_bent(c,
	    _("what this register remembers of other copies of its log was "
	      "changed by something else than Sello"));
	return ERR_OK;
}

/* What the root closed a log with was published. */
static enum err
check_closed(struct check *c, struct errtext *err)
{
	const struct trust_center *listed = c->center->listed;
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     listed != NULL && i < listed->log_count && rc == ERR_OK; i++) {
		const struct trust_log *log = &listed->logs[i];
		struct log_seen seen = { log->generation, log->final_size,
			{ { 0 } } };

		memcpy(seen.root.at, log->final_root, sizeof(seen.root.at));
		if (log->closed && log->final_size > 0)
			rc = compare(c, &seen, "trust.xml", true, err);
	}
	return rc;
}

/*
 * A log that ended leaves its head in the register. One that never had a line
 * has none, and the list does not tell the two apart before the root closes
 * them; but the table's sum knows what was taken away, and letters without
 * their lines do.
 */
static enum err
check_ended(struct check *c, struct errtext *err)
{
	struct registry *reg = c->center->reg;
	struct log_head head = { .last_time = 0 };
	unsigned newest = 0;
	bool all = true, fits = true, lacks = false;
	enum err rc = register_log_newest(reg, &newest, err);

	for (unsigned i = 1; i < newest && rc == ERR_OK && all; i++) {
		rc = register_log_head(reg, i, &head, &all, err);
		register_log_head_clear(&head);
	}
	if (rc == ERR_OK && !all)
		rc = sums_fits(register_store(reg), "log_head", &fits, err);
	if (rc == ERR_OK && !all)
		rc = register_log_lacks(reg, &lacks, err);
	if (rc == ERR_OK && (!fits || lacks))
		tell_bent(c,
		    _("a log of this center that ended is gone from this "
		      "register"));
	return rc == ERR_DATA ? rollback_changed(err) : rc;
}

/* A folder that is not there, or holds nothing of ours, says nothing. */
static enum err
check_log(struct check *c, const char *place, const struct trust_log *log,
    struct errtext *err)
{
	char *dir =
	    folder_of_log(place, c->center->info.center, log->generation);
	struct bytes note = { 0 };
	enum err rc = ERR_OK;

	if (dir == NULL)
		return err_memory(err);
	if (folder_fetch(dir, "checkpoint", CHECKPOINT_MAX, &note, NULL) ==
	    ERR_OK)
		rc = check_note(c, &note, place, true, err);
	bytes_free(&note);
	free(dir);
	return rc;
}

static enum err
check_place(void *arg, const char *place, struct errtext *err)
{
	struct check *c = arg;
	const struct trust_center *listed = c->center->listed;
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     listed != NULL && i < listed->log_count && rc == ERR_OK; i++)
		rc = check_log(c, place, &listed->logs[i], err);
	return rc;
}

/* Where the guard is stands there. */
static enum err
check_settings(struct check *c, struct errtext *err)
{
	bool fit;
	enum err rc = register_settings_fit(c->center->reg, &fit, err);

	if (rc == ERR_OK && !fit)
		tell_bent(c,
		    _("the register's settings were changed by something "
		      "else than Sello, and with them perhaps where its "
		      "guard is"));
	return rc;
}

/* All that the register and the list say of it. */
static enum err
check_register(struct check *c, struct errtext *err)
{
	enum err rc;

	if ((rc = check_settings(c, err)) != ERR_OK ||
	    (rc = rollback_edge(c->center->reg, err)) != ERR_OK ||
	    (rc = check_guard(c, err)) != ERR_OK ||
	    (rc = check_closed(c, err)) != ERR_OK ||
	    (rc = check_ended(c, err)) != ERR_OK)
		return rc;
	return register_log_seen_each(c->center->reg, check_seen, c, err);
}

/* Was nothing written since this process checked all of it, signed, and wrote
 * the very guard that is there? */
static enum err
is_untouched(struct center *center, bool *untouched, struct errtext *err)
{
	struct bytes note = { 0 };
	char *path = NULL;
	enum err rc = ERR_OK;

	*untouched = false;
	if (center->kept == NULL)
		return ERR_OK;
	if ((rc = center_guard_path(center, &path, err)) == ERR_OK &&
	    guard_read(path, &note, NULL) == ERR_OK)
		rc = logbook_kept_is_head(center, &note, untouched, err);
	bytes_free(&note);
	free(path);
	return rc;
}

enum err
rollback_check(struct center *center, struct rollback *out, struct errtext *err)
{
	struct check c = { .center = center };
	bool untouched;
	enum err rc;

	if (out != NULL)
		*out = c.found;
	if ((rc = is_untouched(center, &untouched, err)) != ERR_OK ||
	    (!untouched && (rc = check_register(&c, err)) != ERR_OK) ||
	    (rc = register_log_place_each(center->reg, check_place, &c, err)) !=
		ERR_OK)
		return rc;
	if (out != NULL)
		*out = c.found;
	if (c.found.state == ROLLBACK_NONE)
		return ERR_OK;
	return err_set(err, ERR_CONFIG, "%s", c.text.text);
}
