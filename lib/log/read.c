/*
 * read.c - reading a published log from what is known to its head: read.h.
 */
#include "log/read.h"

#include "base/i18n.h"
#include "log/proven.h"

/* A signature that does not fit is what any flipped bit makes: a fault of the
 * copy. Nobody is accused by it. */
static enum err
damaged_head(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("the signed head is damaged or was changed; get another copy"));
}

enum err
log_read_head(const struct log_source *source, const struct vkey *log,
    struct bytes *note, struct checkpoint *out, struct note *parsed,
    struct errtext *err)
{
	enum err rc;

	bytes_reset(note);
	rc =
	    source->fetch(source->ctx, "checkpoint", CHECKPOINT_MAX, note, err);
	if (rc == ERR_OK)
		rc =
		    checkpoint_open(note->at, note->len, log, out, parsed, err);
	if (rc == ERR_SIGNATURE || rc == ERR_DATA)
		rc = damaged_head(err);
	if (rc != ERR_OK)
		bytes_free(note);
	return rc;
}

static enum err
fork_found(struct errtext *err)
{
	return err_set(err, ERR_SIGNATURE,
	    _("the log was rewritten: its signed head does not lead back to "
	      "what it signed before. Keep both heads as evidence and tell the "
	      "root custodian"));
}

/* What can be said before any file is read. */
static enum err
compare_heads(const struct checkpoint *head, const struct tree_range *have,
    const struct tree_hash *have_root, struct errtext *err)
{
	struct tree_hash root;

	tree_range_root(have, &root);
	if (have->size > 0 && !tree_hash_equal(&root, have_root))
		return err_set(err, ERR_CONFIG,
		    _("the own copy of the log is damaged: it is not what "
		      "its signed head says"));
	if (head->size < have->size)
		return err_set(err, ERR_STALE,
		    _("an older copy of the log than the one at hand"));
	if (head->size == have->size && !tree_hash_equal(&root, &head->root))
		return fork_found(err);
	return ERR_OK;
}

/* The entries of one bundle from `from` to before `end`. */
static enum err
visit(const struct proven_bundle *bundle, uint64_t from, uint64_t end,
    const struct log_visitor *visitor, struct errtext *err)
{
	struct reader r = { bundle->bytes.at, bundle->bytes.len };
	uint64_t index = bundle->index * TILE_WIDTH;
	struct reader entry;
	enum err rc;
	unsigned i;

	for (i = 0; i < bundle->width && bundle_next(&r, &entry); i++, index++)
		if (index >= from && index < end) {
			rc = visitor->entry(visitor->ctx, index, entry.at,
			    entry.left, &bundle->leaf[i], err);
			if (rc != ERR_OK)
				return rc;
		}
	return ERR_OK;
}

/* Grows the range by the same entries; a whole new bundle in one step. */
static void
fold(const struct proven_bundle *bundle, uint64_t end, struct tree_range *range)
{
	unsigned i = (unsigned)(range->size % TILE_WIDTH);

	if (i == 0 && bundle->width == TILE_WIDTH &&
	    end - range->size >= TILE_WIDTH) {
		tree_range_append(range, TILE_HEIGHT, &bundle->root);
		return;
	}
	for (; i < bundle->width && range->size < end; i++)
		tree_range_append(range, 0, &bundle->leaf[i]);
}

static enum err
read_new(struct proven *p, uint64_t end, enum read_mode mode,
    const struct log_visitor *visitor, struct tree_range *range,
    struct errtext *err)
{
	const struct proven_bundle *bundle;
	enum err rc;

	while (range->size < end) {
		rc = proven_load(p, range->size / TILE_WIDTH, &bundle, err);
		if (rc == ERR_OK && mode == READ_ALL_TILES)
			rc = proven_check_tile(p, bundle, err);
		if (rc == ERR_OK)
			rc = visit(bundle, range->size, end, visitor, err);
		if (rc != ERR_OK)
			return rc;
		fold(bundle, end, range);
	}
	return ERR_OK;
}

/* Before a single entry is given: the consistency proof. */
static enum err
check_have(struct proven *p, const struct tree_range *have,
    const struct tree_hash *have_root, struct errtext *err)
{
	struct tree_hash root;
	enum err rc;

	if (have->size == 0)
		return ERR_OK;
	if ((rc = proven_root(p, have->size, &root, err)) != ERR_OK)
		return rc;
	return tree_hash_equal(&root, have_root) ? ERR_OK : fork_found(err);
}

/* And the other way round: what is known, grown by these entries, is the
 * head's tree, or its beginning. */
static enum err
check_grown(struct proven *p, const struct tree_range *range,
    const struct checkpoint *head, struct errtext *err)
{
	struct tree_hash root, want = head->root;
	enum err rc;

	tree_range_root(range, &root);
	if (range->size < head->size &&
	    (rc = proven_root(p, range->size, &want, err)) != ERR_OK)
		return rc;
	return tree_hash_equal(&root, &want)
	    ? ERR_OK
	    : err_set(err, ERR_DATA,
		  _("the entries of the log do not make its signed head"));
}

enum err
log_read_to(const struct log_source *source, const struct checkpoint *head,
    uint64_t end, const struct tree_range *have,
    const struct tree_hash *have_root, enum read_mode mode,
    const struct log_visitor *visitor, struct tree_range *out,
    struct errtext *err)
{
	struct tree_range range = *have;
	struct proven *p = NULL;
	enum err rc;

	if ((rc = compare_heads(head, have, have_root, err)) != ERR_OK)
		goto out;
	if (head->size > have->size &&
	    ((rc = proven_open(source, head, &p, err)) != ERR_OK ||
		(rc = check_have(p, have, have_root, err)) != ERR_OK ||
		(rc = read_new(p, end, mode, visitor, &range, err)) != ERR_OK ||
		(rc = check_grown(p, &range, head, err)) != ERR_OK))
		goto out;
	*out = range;
out:
	proven_free(&p);
	return rc;
}

enum err
log_read(const struct log_source *source, const struct checkpoint *head,
    const struct tree_range *have, const struct tree_hash *have_root,
    enum read_mode mode, const struct log_visitor *visitor,
    struct tree_range *out, struct errtext *err)
{
	return log_read_to(
	    source, head, head->size, have, have_root, mode, visitor, out, err);
}

enum err
log_read_root(const struct log_source *source, const struct checkpoint *head,
    uint64_t size, struct tree_hash *out, struct errtext *err)
{
	struct proven *p = NULL;
	enum err rc;

	if (size == 0 || size > head->size)
		return err_set(
		    err, ERR_USAGE, _("the log has no head of this size"));
	if ((rc = proven_open(source, head, &p, err)) == ERR_OK)
		rc = proven_root(p, size, out, err);
	proven_free(&p);
	return rc;
}

static enum err
take_line(const struct proven_bundle *bundle, unsigned place, struct bytes *out,
    struct errtext *err)
{
	struct reader r = { bundle->bytes.at, bundle->bytes.len }, line;

	do {
		if (!bundle_next(&r, &line))
			return err_set(
			    err, ERR_INTERNAL, "%s", "a proven bundle ends");
	} while (place-- > 0);
	bytes_add(out, line.at, line.left);
	return out->failed ? err_memory(err) : ERR_OK;
}

enum err
log_read_line(const struct log_source *source, const struct checkpoint *head,
    uint64_t index, struct bytes *out, struct errtext *err)
{
	const struct proven_bundle *bundle;
	struct proven *p = NULL;
	enum err rc;

	if (index >= head->size)
		return err_set(
		    err, ERR_USAGE, _("the log has no head of this size"));
	if ((rc = proven_open(source, head, &p, err)) == ERR_OK &&
	    (rc = proven_load(p, index / TILE_WIDTH, &bundle, err)) == ERR_OK)
		rc =
		    take_line(bundle, (unsigned)(index % TILE_WIDTH), out, err);
	proven_free(&p);
	return rc;
}
