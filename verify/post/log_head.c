/*
 * log_head.c - log_head.h.
 */
#include "verify/post/log_head.h"

#include "verify/post/copy_kept.h"
#include "verify/post/log_seen.h"
#include "verify/post/post_keys.h"

#include <stdlib.h>
#include <string.h>

#define LOG_SIGNATURE 64 /* Ed25519 */
#define COSIGNATURE   72 /* time, big-endian, and Ed25519 */

/* --- cosigning ----------------------------------------------------------- */

static int64_t
time_of(const uint8_t cosignature[COSIGNATURE])
{
	uint64_t time = 0;
	int i;

	for (i = 0; i < 8; i++)
		time = time << 8 | cosignature[i];
	return (int64_t)time;
}

/* The signatures that count, each once: a stranger may have added others. */
static void
copy_signatures(const struct trust_log *named, const struct log_head *head,
    struct bytes *out)
{
	uint8_t signature[COSIGNATURE];
	bool log = false, center = false;
	size_t i;

	for (i = 0; i < head->parsed.count; i++) {
		const struct note_signature *line = &head->parsed.signature[i];

		if (!log && note_is_by(line, &named->log) &&
		    note_signature_bytes(line, signature, LOG_SIGNATURE)) {
			note_add_line(
			    &named->log, signature, LOG_SIGNATURE, out);
			log = true;
		}
		if (!center && note_is_by(line, &named->cosigner) &&
		    note_signature_bytes(line, signature, COSIGNATURE) &&
		    time_of(signature) == head->as_of) {
			note_add_line(
			    &named->cosigner, signature, COSIGNATURE, out);
			center = true;
		}
	}
}

enum err
log_head_cosign(struct post *post, const struct trust_log *named,
    const struct log_head *head, int64_t now, struct bytes *out,
    struct errtext *err)
{
	const struct note *note = &head->parsed;
	enum err rc;

	bytes_reset(out);
	if ((rc = note_begin(note->text, note->len, out, err)) != ERR_OK)
		return rc;
	copy_signatures(named, head, out);
	if ((rc = post_cosigner(post, err)) == ERR_OK)
		rc = checkpoint_cosign(note->text, note->len, &post->cosigner,
		    post->cosigner_key, now, out, err);
	return out->failed ? err_memory(err) : rc;
}

/* --- what is known ------------------------------------------------------- */

enum err
log_head_end(struct post *post, const struct post_log *log,
    const struct trust_log *named, enum log_end *out, struct errtext *err)
{
	struct tree_hash root = log->root;
	bool known = log->size == named->final_size;
	enum err rc = ERR_OK;

	*out = END_OPEN;
	if (!named->closed || log->size == 0 || log->size < named->final_size)
		return ERR_OK;
	*out = named->final_size == 0 ? END_WHOLE : END_DOUBTED;
	if (!known && *out == END_DOUBTED)
		rc = copy_kept_root(
		    &post->logs, log, named->final_size, &known, &root, err);
	if (rc == ERR_OK && known &&
	    memcmp(root.at, named->final_root, sizeof(root.at)) == 0)
		*out = END_WHOLE;
	return rc;
}

enum err
log_head_fits(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct checkpoint *head, uint64_t size,
    bool *fits, struct errtext *err)
{
	struct checkpoint kept = { .size = 0 };
	struct tree_hash root = { .at = { 0 } };
	int64_t at = INT64_MIN;
	bool found = true;
	enum err rc = ERR_OK;

	*fits = true;
	while (rc == ERR_OK && *fits) {
		rc = copy_kept_next(
		    &post->logs, log, size, &at, &kept, &found, err);
		if (rc != ERR_OK || !found)
			break;
		if (kept.size == 0)
			continue;
		rc = log_read_root(source, head, kept.size, &root, err);
		if (rc == ERR_OK)
			*fits = tree_hash_equal(&kept.root, &root);
	}
	return rc;
}

/* --- what revocations and closings name ---------------------------------- */

enum err
log_head_confirm(struct post *post, const struct post_log *log, uint64_t size,
    const struct tree_hash *root, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	bool known = false;
	enum err rc = copy_named_has(&post->logs, log, size, &known, err);

	if (rc != ERR_OK || known ||
	    (rc = post_logs_begin(logs, err)) != ERR_OK)
		return rc;
	if ((rc = copy_named_add(&post->logs, log, size, root, err)) == ERR_OK)
		return post_logs_commit(logs, err);
	post_logs_rollback(logs);
	return rc;
}

/* Which of the center's logs a revocation meant is the one with that root. */
static enum err
settle_revocations(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct post_log *log,
    const struct checkpoint *head, struct errtext *err)
{
	struct tree_hash root;
	enum err rc = ERR_OK;
	bool known;
	size_t i;

	for (i = 0; i < center->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &center->keys[i];

		if (!key->has_evidence || key->evidence_size == 0 ||
		    key->evidence_size > head->size)
			continue;
		rc = copy_named_has(
		    &post->logs, log, key->evidence_size, &known, err);
		if (rc == ERR_OK && !known &&
		    log_seen_root(source, head, key->evidence_size, &root) &&
		    memcmp(root.at, key->evidence_root, sizeof(root.at)) == 0)
			rc = copy_named_add(
			    &post->logs, log, key->evidence_size, &root, err);
	}
	return rc;
}

enum err
log_head_settle(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct trust_log *named,
    const struct post_log *log, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err)
{
	enum err rc;

	rc = log_seen_settle(post, source, log, named, head, note, from, err);
	if (rc == ERR_OK && note->len == 0)
		rc = settle_revocations(post, source, center, log, head, err);
	return rc;
}

/* What a revocation of this center's list rests on is never thinned out: a
 * letter that was found good must not become doubtful later. */
enum err
log_head_pin(struct post *post, const struct trust_center *center,
    const struct post_log *log, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &center->keys[i];

		if (key->status == KEY_REVOKED &&
		    key->since != TRUST_WHOLE_LIFE)
			rc = copy_kept_pin(&post->logs, log, key->since, err);
	}
	return rc;
}
