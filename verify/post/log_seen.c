/*
 * log_seen.c - log_seen.h.
 */
#include "verify/post/log_seen.h"

#include "base/i18n.h"
#include "trust/list.h"
#include "verify/post/copy_waiting.h"
#include "verify/post/post.h"

/* --- remembering --------------------------------------------------------- */

/* Is there room for a head of this size? The largest goes before it. */
static enum err
make_room(struct post_logs *logs, const struct post_log *log, uint64_t size,
    struct log_waiting *out, struct errtext *err)
{
	int64_t count = 0, id = 0;
	bool found;
	enum err rc;

	if ((rc = copy_waiting_count(logs, log, &count, err)) != ERR_OK)
		return rc;
	out->kept = count < LOG_SEEN_MAX;
	if (out->kept)
		return ERR_OK;
	rc = copy_waiting_longest(
	    logs, log, &id, &out->dropped_size, &found, err);
	if (rc != ERR_OK || !found || out->dropped_size <= size)
		return rc;
	out->kept = out->dropped = true;
	return copy_waiting_drop(logs, id, err);
}

enum err
log_seen_remember(struct post *post, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct log_waiting *out, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	enum err rc;

	*out = (struct log_waiting){ .kept = false };
	rc = copy_waiting_has(logs, log, head, &out->kept, err);
	if (rc != ERR_OK || out->kept)
		return rc;
	rc = make_room(logs, log, head->size, out, err);
	return rc == ERR_OK && out->kept
	    ? copy_waiting_add(logs, log, head, note, len, from, err)
	    : rc;
}

/* --- comparing ----------------------------------------------------------- */

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_CONFIG, _("this post's copy is damaged"));
}

/* The signature of what a look gave is checked: what the own disk says of a
 * center is no proof. */
static enum err
check(enum err rc, const struct copy_waiting *seen, bool found,
    const struct trust_log *named, struct errtext *err)
{
	struct checkpoint head;

	if (rc != ERR_OK || !found)
		return rc == ERR_DATA ? damaged(err) : rc;
	return checkpoint_open(seen->note.at, seen->note.len, &named->log,
		   &head, NULL, NULL) == ERR_OK &&
		head.size == seen->size &&
		tree_hash_equal(&head.root, &seen->root)
	    ? ERR_OK
	    : damaged(err);
}

/* Hand the note over, or release it. */
static void
give(struct copy_waiting *seen, bool contradicts, struct bytes *note,
    struct errtext *from)
{
	if (contradicts) {
		*note = seen->note;
		*from = seen->from;
	} else
		bytes_free(&seen->note);
}

enum err
log_seen_twin(struct post *post, const struct post_log *log,
    const struct trust_log *named, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err)
{
	struct copy_waiting seen = { .id = 0 };
	bool found = false;
	enum err rc =
	    copy_waiting_other(&post->logs, log, head, &seen, &found, err);

	rc = check(rc, &seen, found, named, err);
	give(&seen, rc == ERR_OK && found, note, from);
	return rc;
}

bool
log_seen_root(const struct log_source *source, const struct checkpoint *head,
    uint64_t size, struct tree_hash *out)
{
	if (size == head->size) {
		*out = head->root;
		return true;
	}
	return log_read_root(source, head, size, out, NULL) == ERR_OK;
}

enum err
log_seen_settle(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct trust_log *named,
    const struct checkpoint *head, struct bytes *note, struct errtext *from,
    struct errtext *err)
{
	struct copy_waiting seen = { .id = 0 };
	struct tree_hash ours;
	bool fork = false, found = true;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && !fork) {
		rc = copy_waiting_next(
		    &post->logs, log, head->size, &seen, &found, err);
		rc = check(rc, &seen, found, named, err);
		if (rc != ERR_OK || !found)
			break;
		/* a root that cannot be had now is asked for at the next
		 * sync */
		if (!log_seen_root(source, head, seen.size, &ours))
			continue;
		fork = !tree_hash_equal(&seen.root, &ours);
		if (!fork)
			rc = copy_waiting_drop(&post->logs, seen.id, err);
	}
	give(&seen, rc == ERR_OK && fork, note, from);
	return rc;
}
