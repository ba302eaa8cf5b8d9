/*
 * guard.h - head.guard: the newest signed head of the log, in a file of its
 * own that no backup holds. A register that was set back to an older state
 * does not reach its guard any more, and signs nothing.
 *
 *   two slots of GUARD_SLOT bytes, written in turn, each
 *   "SELLOGD1" | counter, 8 bytes big-endian | length of the note, 4 |
 *   the note (log/checkpoint.h; empty: no line yet) | SHA-256 of all before
 *
 * A power cut spoils at most the slot being written; the other one has the
 * head before. The file may be on another disk.
 */
#ifndef ISSUE_CENTER_GUARD_H
#define ISSUE_CENTER_GUARD_H

#include "base/bytes.h"
#include "base/err.h"

#define GUARD_SLOT     1024
#define GUARD_NOTE_MAX (GUARD_SLOT - 8 - 8 - 4 - 32)

/* guard_create - a new file, 0600, that guards a log without lines. ERR_EXISTS
 * when there is one; ERR_IO. */
enum err guard_create(const char *path, struct errtext *err);

/*
 * guard_read - the newest note; empty when the log had no line.
 *
 * ERR_NOT_FOUND: there is no such file. ERR_DATA: neither slot is whole.
 * ERR_IO, ERR_MEMORY. Says nothing about the note's signatures.
 */
enum err guard_read(const char *path, struct bytes *note, struct errtext *err);

/*
 * guard_write - overwrite the older slot, fdatasync. A guard that is gone is
 * never made anew here: ERR_IO. ERR_LIMIT over GUARD_NOTE_MAX.
 */
enum err guard_write(
    const char *path, const struct bytes *note, struct errtext *err);

#endif
