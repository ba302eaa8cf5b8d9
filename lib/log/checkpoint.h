/*
 * checkpoint.h - C2SP tlog-checkpoint, the signed head of a log, and
 * tlog-cosignature cosignature/v1 over it.
 *
 *   ORIGIN                RRP-ES/log/GTGUA01/1
 *   SIZE                  entries, decimal
 *   ROOT                  RFC 6962 root, Base64
 *   [extension lines]     opaque, kept, signed with the rest
 *
 *   — ORIGIN ...          Ed25519 of the log's key
 *   — COSIGNER ...        id 4 | seconds, big-endian 8 | Ed25519 over
 *                         "cosignature/v1", LF, "time SECONDS", LF, the text
 *
 * The origin is the log key's name, so a checkpoint of one log never passes
 * for another's.
 */
#ifndef LOG_CHECKPOINT_H
#define LOG_CHECKPOINT_H

#include "base/vkey.h"
#include "log/note.h"
#include "log/tree.h"

#define CHECKPOINT_MAX (128u << 10) /* bytes: 16 signatures of any type */

struct checkpoint {
	char origin[VKEY_NAME_MAX + 1];
	uint64_t size; /* at most TREE_SIZE_MAX */
	struct tree_hash root;
	/* extension lines with their line feeds; borrowed from what was
	 * parsed, and written again as they are */
	struct reader extension;
};

/*
 * checkpoint_parse - read a note's text. ERR_OK, ERR_DATA (another form, and
 * the root of an empty log that is not the empty root), ERR_LIMIT (a size no
 * log can have). Says nothing about signatures.
 */
enum err checkpoint_parse(
    const void *text, size_t len, struct checkpoint *out, struct errtext *err);

/*
 * checkpoint_format - append the note's text. ERR_DATA, nothing appended,
 * for what checkpoint_parse() would refuse; ERR_MEMORY.
 */
enum err checkpoint_format(const struct checkpoint *checkpoint,
    struct bytes *out, struct errtext *err);

/*
 * checkpoint_open - the one way to believe a checkpoint: parse the note,
 * verify the log's signature, then read the text.
 *
 *   bytes  the note, len <= CHECKPOINT_MAX; borrowed by out and note
 *   log    the log's key of type 0x01; its name must be the origin
 *   note   out: for checkpoint_cosigned(); may be NULL
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_DATA, ERR_ISSUER (not signed by log),
 * ERR_SIGNATURE (proven wrong), ERR_MEMORY; outputs written only on ERR_OK.
 */
enum err checkpoint_open(const void *bytes, size_t len, const struct vkey *log,
    struct checkpoint *out, struct note *note, struct errtext *err);

/*
 * checkpoint_sign - append a note with the log's signature, to which
 * checkpoint_cosign() may add lines. ERR_CONFIG when the key is not log's,
 * or log is not named like the origin; else as checkpoint_format().
 */
enum err checkpoint_sign(const struct checkpoint *checkpoint,
    const struct vkey *log, EVP_PKEY *key, struct bytes *out,
    struct errtext *err);

/*
 * checkpoint_cosign - append a cosignature line over text to out. The caller
 * must have verified the checkpoint and its consistency with all it cosigned
 * before: that is what a cosignature says.
 *
 *   text  the note's text, a checkpoint (else ERR_DATA: a cosigner's key
 *         signs nothing else)
 *   key   cosigner, type 0x04 (else ERR_USAGE); private its private half
 *         (else ERR_CONFIG)
 *   time  seconds since 1970, not negative (else ERR_USAGE)
 */
enum err checkpoint_cosign(const void *text, size_t len, const struct vkey *key,
    EVP_PKEY *private, int64_t time, struct bytes *out, struct errtext *err);

/*
 * checkpoint_cosigned - has this cosigner signed the note's text, and when?
 * Of several good signatures the newest counts; one wrong is ERR_SIGNATURE.
 *
 * Returns ERR_OK, ERR_ISSUER (no signature of this cosigner), ERR_SIGNATURE,
 * ERR_USAGE (key is not of type 0x04), ERR_MEMORY.
 */
enum err checkpoint_cosigned(const struct note *note, const struct vkey *key,
    int64_t *time, struct errtext *err);

#endif
