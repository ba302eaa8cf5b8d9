/*
 * rollback_own.c - are the register's lines what was signed? rollback.h.
 */
#include "issue/center/rollback.h"
#include "issue/register/elsewhere.h"

#include "base/i18n.h"
#include "log/publish.h"

enum err
rollback_changed(struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("the lines of the log in this register are not those that were "
	      "signed. Nothing is signed; run sello-issue check, keep a copy "
	      "of the home, and restore a backup"));
}

/* This register cannot go on with the true lines; one from before can. */
enum err
rollback_forked(const char *source, struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("%s has other lines of the log than this register: the log was "
	      "changed. Never sign with it again; keep this home as it is, as "
	      "evidence, and ask the root custodian which lines are true and "
	      "to close the log (sello-keys log close). If they are the other "
	      "ones, restore a backup from before into a new folder, and run "
	      "there trust, rekey --log, trust with the next list, and recover "
	      "--from"),
	    source);
}

enum err
rollback_edge(struct registry *reg, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	struct register_log log = { .reg = reg };
	struct log_reader reader = register_log_reader(&log);
	struct tree_hash root, edge;
	bool found = false;
	enum err rc = register_log_newest(reg, &log.generation, err);

	if (rc == ERR_OK && log.generation > 0)
		rc = register_log_head(reg, log.generation, &head, &found, err);
	if (rc == ERR_OK && found && head.range.size > 0) {
		tree_range_root(&head.range, &root);
		rc = log_edge_root(&reader, head.range.size, &edge, err);
		if (rc == ERR_OK && !tree_hash_equal(&root, &edge))
			rc = rollback_changed(err);
	}
	register_log_head_clear(&head);
	return rc == ERR_DATA ? rollback_changed(err) : rc;
}

static enum err
add_leaf(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct tree_hash leaf;

	(void)index, (void)err;
	tree_leaf(line, len, &leaf);
	tree_range_append(arg, 0, &leaf);
	return ERR_OK;
}

/* The head's nodes, from which the next is signed, and the lines, from which
 * it is published: are they those of the note in the same row? */
enum err
rollback_own(struct center *center, unsigned generation, bool *whole,
    struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	struct tree_range range = { 0 };
	struct tree_hash root, stored;
	struct log_seen seen;
	bool found;
	enum err rc =
	    register_log_head(center->reg, generation, &head, &found, err);

	*whole = false;
	if (rc == ERR_OK)
		rc = register_log_each(
		    center->reg, generation, 0, add_leaf, &range, err);
	if (rc == ERR_OK) {
		tree_range_root(&range, &root);
		tree_range_root(&head.range, &stored);
		*whole = head.range.size == range.size &&
		    tree_hash_equal(&root, &stored) &&
		    rollback_open(center, head.note.at, head.note.len, &seen,
			NULL) == ERR_OK &&
		    seen.generation == generation && seen.size == range.size &&
		    tree_hash_equal(&root, &seen.root);
	}
	register_log_head_clear(&head);
	return rc == ERR_DATA ? ERR_OK : rc;
}
