#include "tests/support/desk.h"

#include "store/sums.h"

#include "issue/center/approve.h"
#include "issue/center/guard.h"

#include "base/file.h"
#include "ledger/letters.h"
#include "ledger/line.h"
#include "log/checkpoint.h"
#include "log/publish.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOOD(call)                                                    \
	do {                                                          \
		enum err good_rc = (call);                            \
		ck_assert_msg(good_rc == ERR_OK, "%s: %s: %s", #call, \
		    err_name(good_rc), err.text);                     \
	} while (0)

/* --- working ------------------------------------------------------------- */

void
desk_open(struct desk *d, const struct world *w, const char *code)
{
	struct errtext err = { 0 };

	*d = (struct desk){ .w = w, .act.center = world_open(w, true) };
	world_login(d->act.center, code, &d->act.actor);
	GOOD(keyring_open(d->act.center, &d->act.actor, &d->act.ring, &err));
}

void
desk_close(struct desk *d)
{
	act_close(&d->act);
}

void
desk_beside(struct desk *d, const char *code)
{
	people_clear(&d->act.second);
	if (code != NULL)
		world_login(d->act.center, code, &d->act.second);
}

static void
refuse(void *arg, int64_t draft, const char *why)
{
	(void)draft, (void)why;
	++*(unsigned *)arg;
}

enum err
desk_approve(struct desk *d, struct errtext *err)
{
	const struct approval approval = { &d->act, PAPER_LETTER, refuse,
		&d->refused, false };
	struct picks picks = { 0 };
	enum err rc =
	    approve_add_all(&picks, d->act.center, d->act.actor.code, err);
	size_t n;

	for (size_t i = 0; i < picks.count && rc == ERR_OK; i += n) {
		n = picks.count - i;
		n = n < APPROVE_BATCH ? n : APPROVE_BATCH;
		for (size_t k = i; k < i + n; k++)
			snprintf(picks.at[k].reason, sizeof(picks.at[k].reason),
			    "B%zu", n);
		rc = approve_sign(&approval, &picks.at[i], n, err);
	}
	approve_clear(&picks);
	return rc;
}

enum err
desk_act(struct desk *d, const struct log_entry *entry, int64_t now,
    struct errtext *err)
{
	struct log_entry copy;
	enum err rc = act_begin(&d->act, now, err);

	if (rc == ERR_OK && entry != NULL) {
		copy = *entry;
		rc = logbook_add(&d->act, &copy, err);
	}
	if (rc == ERR_OK)
		return act_commit(&d->act, err);
	act_rollback(&d->act);
	return rc;
}

enum err
desk_closes(struct desk *d, int64_t now, struct errtext *err)
{
	const struct log_entry entry = { .kind = ENTRY_CLOSE };

	return desk_act(d, &entry, now, err);
}

char *
desk_guard(struct center *center)
{
	struct errtext err = { 0 };
	char *path = NULL;

	GOOD(center_guard_path(center, &path, &err));
	return path;
}

void
desk_cut(struct desk *d)
{
	enum { COUNTER = 8, COUNTER_LEN = 8 };
	char *path = desk_guard(d->act.center);
	struct errtext err = { 0 };
	struct bytes slots = { 0 };
	size_t newest = 0;

	GOOD(file_read(path, 2 * GUARD_SLOT, &slots, &err));
	if (slots.len == 2 * GUARD_SLOT &&
	    memcmp(slots.at + GUARD_SLOT + COUNTER, slots.at + COUNTER,
		COUNTER_LEN) > 0)
		newest = GUARD_SLOT;
	slots.at[newest] ^= 1;
	GOOD(file_write(path, 0600, slots.at, slots.len, &err));
	bytes_free(&slots);
	free(path);
	desk_close(d);
}

/* --- SQL ----------------------------------------------------------------- */

static sqlite3 *
open_db(const char *home)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", home);
	ck_assert_int_eq(
	    sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	return db;
}

void
desk_sql(const char *home, const char *text)
{
	sqlite3 *db = open_db(home);
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, &why) == SQLITE_OK,
	    "%s: %s", text, why);
	sqlite3_close(db);
}

void
desk_sum_again(const char *home)
{
	struct registry *reg = NULL;

	ck_assert_int_eq(register_open(home, &reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    store_exec(register_store(reg), SUMS_BEGIN, NULL), ERR_OK);
	register_close(&reg);
}

int64_t
desk_number(const char *home, const char *text)
{
	sqlite3 *db = open_db(home);
	sqlite3_stmt *stmt;
	int64_t value;

	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

/* --- the log ------------------------------------------------------------- */

/* These the tests look at themselves. */
#define RULES_OF_ORDER ((unsigned)(RULE_INDEX | RULE_TIME | RULE_CLOCK))

struct walk {
	struct center *center;
	struct desk_log *out;
	struct history history;
	struct letters *letters;
	struct tree_range range;
};

/* A letter's line has what the register has of it. */
static void
check_letter(struct walk *w, const struct log_entry *e)
{
	struct issued letter = { 0 };
	struct errtext err = { 0 };

	GOOD(register_letter_load(w->center->reg, e->number, &letter, &err));
	ck_assert_mem_eq(letter.digest, e->digest, sizeof(e->digest));
	ck_assert_int_eq(letter.issued_at, e->time);
	ck_assert_str_eq(letter.officer, e->officer);
	ck_assert_str_eq(letter.approver, e->approver);
	register_letter_clear(&letter);
}

static enum err
check_line(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *none)
{
	const struct walk *const w = arg;
	struct walk *walk = arg;
	struct errtext err = { 0 };
	struct bytes again = { 0 };
	struct log_entry e;
	struct tree_hash leaf;
	const struct history_letters letters = letters_of(w->letters);
	struct line_persons persons = { 0 };
	unsigned broken = 0;

	(void)none;
	GOOD(entry_parse(line, len, &e, &err));
	GOOD(entry_format(&e, &again, &err));
	ck_assert_uint_eq(again.len, len);
	ck_assert_mem_eq(again.at, line, len);
	bytes_free(&again);
	ck_assert_uint_eq(e.index, index);
	ck_assert_str_eq(e.key_name, w->center->key_name);
	GOOD(line_verify(&e, w->center->key, &err));
	GOOD(
	    history_add(&walk->history, &e, &letters, &broken, &persons, &err));
	walk->out->broken |= broken;
	ck_assert_msg((broken & RULES_REFUSED & ~RULES_OF_ORDER) == 0,
	    "rules %#x: %.*s", broken, (int)len, line);
	ck_assert_uint_eq(persons.count, entry_signers(&e));
	GOOD(line_verify_persons(
	    &e, w->center->root_info.program, &persons, &err));
	if (entry_is_letter(&e))
		check_letter(walk, &e);
	walk->out->kinds[e.kind]++;
	walk->out->last_time = e.time;
	tree_leaf(line, len, &leaf);
	ck_assert(tree_range_append(&walk->range, 0, &leaf));
	return ERR_OK;
}

/* A note of ours; its size. */
static uint64_t
check_note(const struct walk *w, unsigned generation, const struct bytes *note,
    struct tree_hash *root, int64_t *as_of)
{
	const struct trust_log *log = NULL;
	struct errtext err = { 0 };
	struct checkpoint head;
	struct note parsed;

	ck_assert_ptr_nonnull(w->center->listed);
	for (size_t i = 0; i < w->center->listed->log_count; i++)
		if (w->center->listed->logs[i].generation == generation)
			log = &w->center->listed->logs[i];
	ck_assert_ptr_nonnull(log);
	GOOD(checkpoint_open(
	    note->at, note->len, &log->log, &head, &parsed, &err));
	GOOD(checkpoint_cosigned(&parsed, &log->cosigner, as_of, &err));
	ck_assert_uint_eq(parsed.count, 2);
	*root = head.root;
	return head.size;
}

/* The hashes of full tiles that the register keeps, by way of the root. */
static void
check_hashes(struct walk *w, unsigned generation)
{
	struct register_log rows = { .reg = w->center->reg,
		.generation = generation };
	struct log_reader reader = register_log_reader(&rows);
	struct errtext err = { 0 };
	struct tree_hash root;
	int64_t full = (int64_t)(w->range.size / TILE_WIDTH);

	GOOD(log_edge_root(&reader, w->range.size, &root, &err));
	ck_assert_mem_eq(root.at, w->out->root.at, TREE_HASH_SIZE);
	/* level 1; a log of tests has no level 2 */
	ck_assert_int_lt(full, TILE_WIDTH);
	for (int64_t i = 0; i < full; i++)
		GOOD(reader.hashes(reader.ctx, 1, (uint64_t)i, 1, &root, &err));
	ck_assert_int_eq(
	    reader.hashes(reader.ctx, 1, (uint64_t)full, 1, &root, NULL),
	    ERR_DATA);
}

static void
check_guard(struct walk *w, unsigned generation)
{
	struct errtext err = { 0 };
	struct bytes note = { 0 };
	struct tree_hash root;
	char *path = desk_guard(w->center);
	int64_t as_of;

	GOOD(guard_read(path, &note, &err));
	if (note.len > 0)
		w->out->guarded =
		    check_note(w, generation, &note, &root, &as_of);
	ck_assert_uint_le(w->out->guarded, w->out->size);
	if (w->out->guarded == w->out->size && note.len > 0)
		ck_assert_mem_eq(root.at, w->out->root.at, TREE_HASH_SIZE);
	bytes_free(&note);
	free(path);
}

static bool
count_letter(void *arg, const struct issued *letter)
{
	(void)letter;
	++*(uint64_t *)arg;
	return true;
}

static void
check_head(struct walk *w, unsigned generation)
{
	struct errtext err = { 0 };
	struct log_head head = { 0 };
	struct tree_hash root;
	bool found = false;

	GOOD(
	    register_log_head(w->center->reg, generation, &head, &found, &err));
	if (!found) {
		ck_assert_uint_eq(w->range.size, 0);
		return;
	}
	w->out->size = check_note(
	    w, generation, &head.note, &w->out->root, &w->out->as_of);
	ck_assert_uint_eq(w->out->size, w->range.size);
	ck_assert_uint_eq(head.range.size, w->range.size);
	tree_range_root(&w->range, &root);
	ck_assert_mem_eq(root.at, w->out->root.at, TREE_HASH_SIZE);
	tree_range_root(&head.range, &root);
	ck_assert_mem_eq(root.at, w->out->root.at, TREE_HASH_SIZE);
	ck_assert_int_eq(head.last_time, w->out->last_time);
	ck_assert_int_ge(w->out->as_of, w->out->last_time);
	register_log_head_clear(&head);
	check_hashes(w, generation);
}

void
desk_check(struct center *center, unsigned generation, struct desk_log *out)
{
	struct walk w = {
		.center = center, .out = out, .letters = letters_new()
	};
	struct errtext err = { 0 };
	uint64_t letters = 0;

	*out = (struct desk_log){ 0 };
	ck_assert_ptr_nonnull(w.letters);
	strcpy(w.history.center, center->info.center);
	GOOD(history_list(&w.history, center->listed, &err));
	history_begin(&w.history, generation);
	GOOD(register_log_each(
	    center->reg, generation, 0, check_line, &w, &err));
	check_head(&w, generation);
	check_guard(&w, generation);
	GOOD(register_letter_each(
	    center->reg, false, count_letter, &letters, &err));
	ck_assert_uint_eq(
	    out->kinds[ENTRY_ISSUE] + out->kinds[ENTRY_CORRECT], letters);
	history_clear(&w.history);
	letters_free(&w.letters);
}

char *
desk_line(struct center *center, uint64_t index)
{
	struct errtext err = { 0 };
	struct bytes line = { 0 };

	GOOD(register_log_line(center->reg, 1, index, &line, &err));
	bytes_add_byte(&line, '\0');
	ck_assert(!line.failed);
	return (char *)line.at;
}

void
desk_entry(struct center *center, uint64_t index, struct log_entry *out)
{
	struct errtext err = { 0 };
	struct bytes line = { 0 };

	GOOD(register_log_line(center->reg, 1, index, &line, &err));
	GOOD(entry_parse(line.at, line.len, out, &err));
	bytes_free(&line);
}
