/*
 * log.h - the signature log's rows in the register: lines, the
 * hashes of full tiles, signed heads. Sets and gets; what may be appended is
 * issue/center/logbook.h's.
 *
 *   log_line  generation and index -> the line
 *   log_hash  generation, tile level (from 1) and index -> hash; leaves are
 *             hashed again from their lines, which costs less than a row
 *   log_head  generation -> size, compact range, time of the last line, the
 *             signed head
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_LOG_H
#define ISSUE_REGISTER_LOG_H

#include "base/bytes.h"
#include "issue/register/register.h"
#include "log/entry.h"
#include "log/tile.h"

#define REGISTER_LOG_GENERATION_MAX 999999

/* Start as {0}; register_log_head_clear(). */
struct log_head {
	struct tree_range range; /* its size is the log's */
	int64_t last_time;       /* of the newest line; 0: none */
	struct bytes note;       /* signed and cosigned; empty: no line yet */
};

/* register_log_head - found is false, out {0}, when the generation has no
 * line. */
enum err register_log_head(struct registry *reg, unsigned generation,
    struct log_head *out, bool *found, struct errtext *err);
/* register_log_set_head - in place of the one before; within a transaction.
 * Nothing is checked: that head and lines agree is the logbook's business. */
enum err register_log_set_head(struct registry *reg, unsigned generation,
    const struct log_head *head, struct errtext *err);
/* register_log_head_clear - frees the note; then {0}. */
void register_log_head_clear(struct log_head *head);

/* register_log_drop - lines and hashes of a generation without a head: nothing
 * says any more that they are all, and a copy brings them again. */
enum err register_log_drop(
    struct registry *reg, unsigned generation, struct errtext *err);

/* register_log_newest - the newest generation with lines; 0: none. */
enum err register_log_newest(
    struct registry *reg, unsigned *generation, struct errtext *err);

/* register_log_last_time - of the newest line of all; 0: none. */
enum err register_log_last_time(
    struct registry *reg, int64_t *at, struct errtext *err);

/* register_log_append - one line, and where it completes tiles, their
 * hashes; within a transaction. ERR_EXISTS when the place is taken. */
enum err register_log_append(struct registry *reg, unsigned generation,
    uint64_t index, const struct bytes *line, struct errtext *err);

/*
 * Where a line has its letter's number, and the one it replaces, as SQL: the
 * kind follows the time, which ends in Z, and numbers have one length.
 */
#define REGISTER_LINE_KIND "substr(line, instr(line, 'Z ') + 2)"
#define REGISTER_LINE_NUMBER                                       \
	"substr(" REGISTER_LINE_KIND ", instr(" REGISTER_LINE_KIND \
	", ' ') + 1, 21)"
#define REGISTER_LINE_REF                                          \
	"substr(" REGISTER_LINE_KIND ", instr(" REGISTER_LINE_KIND \
	", ' ') + 23, 21)"
#define REGISTER_LINE_CORRECTS "instr(line, ' correct ') > 0"
/* Lines that say who belongs to the center: no field but the kind can be one
 * of these words. */
#define REGISTER_LINE_STAFF \
	"(instr(line, ' staff ') > 0 OR instr(line, ' open ') > 0)"
/* ... and where a letter's line has its commitment, behind kind, number, ref,
 * digest, key name and signature. */
#define REGISTER_LINE_DRAFT                                                \
	"substr(" REGISTER_LINE_KIND ", CASE WHEN " REGISTER_LINE_CORRECTS \
	" THEN 193 ELSE 171 END, 43)"
#define REGISTER_LINE_IS_LETTER \
	"(instr(line, ' issue ') > 0 OR " REGISTER_LINE_CORRECTS ")"

/* register_log_place_of - the place that a row's key names, for who reads rows
 * of this room; register_log_row_of - the other way. */
void register_log_place_of(int64_t id, unsigned *generation, uint64_t *index);
int64_t register_log_row_of(unsigned generation, uint64_t index);

/* register_log_line - one line; ERR_NOT_FOUND. */
enum err register_log_line(struct registry *reg, unsigned generation,
    uint64_t index, struct bytes *out, struct errtext *err);

/*
 * register_log_each - lines from `from` on; what each() returns stops.
 *
 *   line  len bytes, until each() returns
 */
enum err register_log_each(struct registry *reg, unsigned generation,
    uint64_t from,
    enum err (*each)(void *arg, uint64_t index, const char *line, size_t len,
	struct errtext *err),
    void *arg, struct errtext *err);

/*
 * One generation as log/tile.h's readers want it; borrowed by the reader. The
 * leaves of one bundle are kept, since publishing asks for the last ones
 * several times; nothing may be appended while it is in use.
 */
struct register_log {
	struct registry *reg;
	unsigned generation;
	unsigned leaf_count; /* internal, from here on; start as 0 */
	uint64_t leaf_first;
	struct tree_hash leaf[TILE_WIDTH];
};
/* register_log_reader - what reads that generation; *log must outlive it. A
 * damaged row is ERR_DATA. */
struct log_reader register_log_reader(struct register_log *log);

/* register_log_lacks - has the register letters that no line has, and no line
 * that says that lines are lost? Reads all lines. */
enum err register_log_lacks(
    struct registry *reg, bool *lacks, struct errtext *err);

#endif
