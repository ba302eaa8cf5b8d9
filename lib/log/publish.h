/*
 * publish.h - bring a folder up to date with a log: entry bundles, tiles,
 * and the signed head last.
 *
 * At any moment the folder's head has all the files it needs, whatever was
 * interrupted: a reader never meets a head before its tiles. Doing it again
 * changes nothing. Only the files that a longer log needs are written: one
 * more line is one bundle, one tile and the head.
 *
 * Partial files stay until their full tile is published, as tlog-tiles asks,
 * for readers that still hold an earlier head; then they are removed.
 */
#ifndef LOG_PUBLISH_H
#define LOG_PUBLISH_H

#include "base/bytes.h"
#include "base/vkey.h"
#include "log/tile.h"

#include <stdbool.h>
#include <stdint.h>

enum publish_mode {
	PUBLISH_NEW, /* from the folder's head on */
	PUBLISH_ALL, /* look at every file: a copy that may have lost some */
};

struct publish_report {
	uint64_t from;  /* size of the head found in the folder; 0: none */
	uint64_t size;  /* of the head it has now */
	unsigned files; /* written */
};

/*
 * log_publish - publish the log up to a signed head.
 *
 *   log   the log; it is checked against the head before it is believed
 *   head  the note to publish as `checkpoint`, len bytes
 *   key   the log's key: signed head, and signed what the folder may have
 *   dir   the folder; made when it is not there
 *
 * A head in the folder that cannot be read counts as none, and all is looked
 * at: a stick was pulled. Returns
 *   ERR_OK         the folder has the head; report says what was written
 *   ERR_STALE      the folder has a later head of this log: this log was set
 *                  back. Nothing was written
 *   ERR_SIGNATURE  the folder has a head that the log's key signed and this
 *                  log does not lead to: a fork. Nothing was written
 *   ERR_EXISTS     another log's folder, or a full tile with other bytes;
 *                  the head was not touched
 *   ERR_BUSY       another program publishes there now, or has published
 *                  more in the meantime
 *   ERR_DATA       log and head do not belong together; nothing was written
 *   ERR_IO         disk full, gone or read-only; the old head still stands
 *   and what checkpoint_open() and the log's reader return.
 */
enum err log_publish(const struct log_reader *log, const void *head, size_t len,
    const struct vkey *key, const char *dir, enum publish_mode mode,
    struct publish_report *report, struct errtext *err);

/*
 * log_edge_root - the root of the first `size` entries, from the hashes of
 * the rightmost tile of each level: what a head of that size must say.
 * ERR_LIMIT, and what the reader returns.
 */
enum err log_edge_root(const struct log_reader *log, uint64_t size,
    struct tree_hash *out, struct errtext *err);

#endif
