/*
 * desk.h - a person at work in a center of tests/support/world.h: logged in,
 * with the opened keys; and looking over the log afterwards as a stranger
 * would. Everything asserts.
 */
#ifndef TESTS_SUPPORT_DESK_H
#define TESTS_SUPPORT_DESK_H

#include "issue/center/act.h"
#include "issue/register/letter.h"
#include "tests/support/world.h"

/* --- working ------------------------------------------------------------ */

struct desk {
	const struct world *w;
	struct act act;
	unsigned refused; /* drafts that did not become letters */
};

/* desk_open - log in; takes one scrypt. desk_close when done. */
void desk_open(struct desk *d, const struct world *w, const char *code);
void desk_close(struct desk *d);
/* desk_beside - log in who stands beside from now on; NULL: nobody does. */
void desk_beside(struct desk *d, const char *code);

/* desk_approve - letters of all drafts that wait, up to APPROVE_BATCH a
 * transaction; how it ended. */
enum err desk_approve(struct desk *d, struct errtext *err);

/* desk_act - begin, a line of this kind, head, commit, guard. entry NULL:
 * only what is owed. */
enum err desk_act(struct desk *d, const struct log_entry *entry, int64_t now,
    struct errtext *err);

/* desk_closes - a close line: the shortest one. */
enum err desk_closes(struct desk *d, int64_t now, struct errtext *err);

/* desk_guard - the guard's path; malloc'ed. */
char *desk_guard(struct center *center);

/* desk_cut - the power fails while the last act writes its guard: the slot is
 * spoilt, and the one before counts. Closes the desk. */
void desk_cut(struct desk *d);

/* --- SQL of an intruder, or of a test ------------------------------------- */

void desk_sql(const char *home, const char *text);
/* desk_sum_again - take the rows as they are for Sello's own: as a migration
 * of an older register would (store/sums.h). */
void desk_sum_again(const char *home);
int64_t desk_number(const char *home, const char *text);

/* --- the log ------------------------------------------------------------- */

/* What was seen. */
struct desk_log {
	uint64_t size;
	uint64_t kinds[ENTRY_KIND_COUNT];
	unsigned broken; /* rules of ledger/history.h */
	int64_t last_time;
	int64_t as_of; /* the head's own cosignature */
	struct tree_hash root;
	uint64_t guarded; /* size that the guard has */
};

/*
 * desk_check - the log of a generation from its rows alone: every line of its
 * form, signed by the center's key, in order by the rules; the head signed
 * and cosigned over just these lines; the hashes in the register their tree;
 * each letter of the register in it once, and no other; the guard at the head
 * or before.
 */
void desk_check(
    struct center *center, unsigned generation, struct desk_log *out);

/* desk_line - one line as text, malloc'ed. */
char *desk_line(struct center *center, uint64_t index);

/* desk_entry - one line, read. */
void desk_entry(struct center *center, uint64_t index, struct log_entry *out);

#endif
