/*
 * log.c - issue/register/log.h.
 */
#include "issue/register/log.h"

#include "base/i18n.h"
#include "log/entry.h"
#include "store/row.h"

#include <string.h>

/* One integer names a row, which SQLite stores and finds cheapest. */
#define INDEX_BITS 40
#define LEVEL_BITS 3

_Static_assert((uint64_t)1 << INDEX_BITS == TREE_SIZE_MAX, "an index fits");
_Static_assert(TILE_LEVELS < 1 << LEVEL_BITS, "a level fits");
_Static_assert((uint64_t)REGISTER_LOG_GENERATION_MAX < (uint64_t)1
	    << (63 - INDEX_BITS - LEVEL_BITS),
    "and a generation beside them");

int64_t
register_log_row_of(unsigned generation, uint64_t index)
{
	return (int64_t)((uint64_t)generation << INDEX_BITS | index);
}

void
register_log_place_of(int64_t id, unsigned *generation, uint64_t *index)
{
	*generation = (unsigned)((uint64_t)id >> INDEX_BITS);
	*index = (uint64_t)id & (TREE_SIZE_MAX - 1);
}

static int64_t
hash_id(unsigned generation, unsigned level, uint64_t index)
{
	return (int64_t)(((uint64_t)generation << LEVEL_BITS | level)
		<< INDEX_BITS |
	    index);
}

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("the log's rows in the register are damaged; sign nothing, run "
	      "check, restore a backup"));
}

/* --- heads --------------------------------------------------------------- */

void
register_log_head_clear(struct log_head *head)
{
	bytes_free(&head->note);
	*head = (struct log_head){ 0 };
}

static bool
read_head(sqlite3_stmt *stmt, struct log_head *out)
{
	struct bytes nodes = { 0 };
	bool good;

	out->range.size = (uint64_t)store_int(stmt, 0);
	store_blob(stmt, 1, &nodes);
	out->last_time = store_int(stmt, 2);
	store_blob(stmt, 3, &out->note);
	good = !nodes.failed && !out->note.failed &&
	    out->range.size <= TREE_SIZE_MAX &&
	    nodes.len == tree_range_count(&out->range) * TREE_HASH_SIZE;
	if (good && nodes.len > 0)
		memcpy(out->range.node, nodes.at, nodes.len);
	bytes_free(&nodes);
	return good;
}

/* What is signed next is not dated before it: it must be the last line's. */
static enum err
check_time(struct registry *reg, unsigned generation,
    const struct log_head *head, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT line FROM log_line WHERE id = ?1", err);
	struct log_entry entry;
	bool found, good = false;
	enum err rc;

	store_bind_int(
	    stmt, 1, register_log_row_of(generation, head->range.size - 1));
	rc = row_next(store, stmt, "t", &found, err);
	/* what a line is that cannot be read, others say */
	if (found)
		good = entry_parse(store_text(stmt, 0),
			   (size_t)sqlite3_column_bytes(stmt, 0), &entry,
			   NULL) != ERR_OK ||
		    entry.time == head->last_time;
	row_done(stmt);
	return rc == ERR_OK && !good ? damaged(err) : rc;
}

enum err
register_log_head(struct registry *reg, unsigned generation,
    struct log_head *out, bool *found, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT size, nodes, last_time, note FROM log_head"
	    " WHERE generation = ?1",
	    err);
	struct log_head head = { .last_time = 0 };
	enum err rc;

	*found = false;
	store_bind_int(stmt, 1, generation);
	rc = row_next(store, stmt, "ibib", found, err);
	if (*found && !read_head(stmt, &head)) {
		*found = false;
		rc = damaged(err);
	}
	row_done(stmt);
	if (rc == ERR_OK && *found && head.range.size > 0)
		rc = check_time(reg, generation, &head, err);
	*found = *found && rc == ERR_OK;
	if (rc == ERR_OK) {
		*out = head;
		head = (struct log_head){ 0 };
	}
	register_log_head_clear(&head);
	return rc;
}

enum err
register_log_set_head(struct registry *reg, unsigned generation,
    const struct log_head *head, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO log_head (generation, size, nodes, last_time, note)"
	    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (generation) DO UPDATE"
	    " SET size = ?2, nodes = ?3, last_time = ?4, note = ?5",
	    err);

	register_entered(reg);
	store_bind_int(stmt, 1, generation);
	store_bind_int(stmt, 2, (int64_t)head->range.size);
	store_bind_blob(stmt, 3, head->range.node,
	    tree_range_count(&head->range) * TREE_HASH_SIZE);
	store_bind_int(stmt, 4, head->last_time);
	store_bind_blob(stmt, 5, head->note.at, head->note.len);
	return store_run(store, stmt, err);
}

enum err
register_log_newest(
    struct registry *reg, unsigned *generation, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT coalesce(max(generation), 0) FROM log_head", err);
	int64_t newest = 0;
	enum err rc = row_number(store, stmt, &newest, err);

	*generation = (unsigned)newest;
	return rc;
}

enum err
register_log_last_time(struct registry *reg, int64_t *at, struct errtext *err)
{
	struct store *store = register_store(reg);

	return row_number(store,
	    store_prepare(
		store, "SELECT coalesce(max(last_time), 0) FROM log_head", err),
	    at, err);
}

static enum err
drop_rows(struct store *store, const char *sql, int64_t first, int64_t end,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store, sql, err);

	store_bind_int(stmt, 1, first);
	store_bind_int(stmt, 2, end);
	return store_run(store, stmt, err);
}

enum err
register_log_drop(
    struct registry *reg, unsigned generation, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc =
	    drop_rows(store, "DELETE FROM log_line WHERE id >= ?1 AND id < ?2",
		register_log_row_of(generation, 0),
		register_log_row_of(generation + 1, 0), err);

	return rc == ERR_OK
	    ? drop_rows(store,
		  "DELETE FROM log_hash WHERE id >= ?1 AND id < ?2",
		  hash_id(generation, 0, 0), hash_id(generation + 1, 0, 0), err)
	    : rc;
}

/* --- lines and hashes ---------------------------------------------------- */

/* Text of SQLite without its copying: log lines hold no NUL. */
static enum err
each_line(struct registry *reg, unsigned generation, uint64_t from, uint64_t to,
    enum err (*each)(void *arg, uint64_t index, const char *line, size_t len,
	struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, line FROM log_line WHERE id BETWEEN ?1 AND ?2"
	    " ORDER BY id",
	    err);
	uint64_t want = from;
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, register_log_row_of(generation, from));
	store_bind_int(stmt, 2, register_log_row_of(generation, to));
	while ((rc = row_next(store, stmt, "it", &found, err)) == ERR_OK &&
	    found) {
		const char *line = store_text(stmt, 1);

		if (store_int(stmt, 0) != register_log_row_of(generation, want))
			rc = damaged(err);
		else
			rc = each(arg, want, line,
			    (size_t)sqlite3_column_bytes(stmt, 1), err);
		want++;
		if (rc != ERR_OK)
			break;
	}
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_log_each(struct registry *reg, unsigned generation, uint64_t from,
    enum err (*each)(void *arg, uint64_t index, const char *line, size_t len,
	struct errtext *err),
    void *arg, struct errtext *err)
{
	return each_line(
	    reg, generation, from, TREE_SIZE_MAX - 1, each, arg, err);
}

static enum err
add_line(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	(void)index, (void)err;
	bytes_add(arg, line, len);
	return ERR_OK;
}

enum err
register_log_line(struct registry *reg, unsigned generation, uint64_t index,
    struct bytes *out, struct errtext *err)
{
	enum err rc;

	bytes_reset(out);
	rc = each_line(reg, generation, index, index, add_line, out, err);
	if (rc == ERR_OK && out->len == 0)
		rc = err_set(err, ERR_NOT_FOUND, _("no such line in the log"));
	return rc;
}

static enum err
put_line(struct registry *reg, unsigned generation, uint64_t index,
    const struct bytes *line, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "INSERT INTO log_line (id, line) VALUES (?1, ?2)", err);

	store_bind_int(stmt, 1, register_log_row_of(generation, index));
	store_bind_text(stmt, 2, (const char *)line->at);
	return store_run(store, stmt, err);
}

static enum err
put_hash(struct registry *reg, int64_t id, const struct tree_hash *hash,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "INSERT INTO log_hash (id, hash) VALUES (?1, ?2)", err);

	store_bind_int(stmt, 1, id);
	store_bind_blob(stmt, 2, hash->at, TREE_HASH_SIZE);
	return store_run(store, stmt, err);
}

static enum err
add_leaf(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct register_log *log = arg;

	(void)index, (void)err;
	tree_leaf(line, len, &log->leaf[log->leaf_count++]);
	return ERR_OK;
}

/* The leaves of the bundle that `first` is in, as many as there are. */
static enum err
get_leaves(struct register_log *log, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	uint64_t bundle = first - first % TILE_WIDTH;
	unsigned skip = (unsigned)(first - bundle);
	enum err rc = ERR_OK;

	if (log->leaf_count < skip + count || log->leaf_first != bundle) {
		log->leaf_count = 0;
		log->leaf_first = bundle;
		rc = each_line(log->reg, log->generation, bundle,
		    bundle + TILE_WIDTH - 1, add_leaf, log, err);
	}
	if (rc == ERR_OK && log->leaf_count < skip + count)
		rc = damaged(err);
	if (rc == ERR_OK)
		memcpy(out, &log->leaf[skip], count * sizeof(*out));
	return rc;
}

static enum err
get_hashes(struct registry *reg, unsigned generation, unsigned level,
    uint64_t first, unsigned count, struct tree_hash *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT hash FROM log_hash WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
	    err);
	unsigned i = 0;
	enum err rc;

	store_bind_int(stmt, 1, hash_id(generation, level, first));
	store_bind_int(stmt, 2, hash_id(generation, level, first + count - 1));
	while (i < count && store_step(store, stmt, &rc, err)) {
		if (!row_blob(stmt, 0, out[i].at, TREE_HASH_SIZE)) {
			rc = damaged(err);
			break;
		}
		i++;
	}
	sqlite3_reset(stmt);
	return rc == ERR_OK && i != count ? damaged(err) : rc;
}

static enum err
read_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	struct register_log *log = ctx;

	if (level == 0)
		return get_leaves(log, first, count, out, err);
	return get_hashes(
	    log->reg, log->generation, level, first, count, out, err);
}

static enum err
add_entry(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	(void)index;
	return bundle_add(line, len, arg) ? ERR_OK : damaged(err);
}

static enum err
read_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	const struct register_log *log = ctx;
	size_t before = out->len;
	enum err rc;

	rc = each_line(log->reg, log->generation, first, first + count - 1,
	    add_entry, out, err);
	if (rc == ERR_OK && out->failed)
		rc = err_memory(err);
	if (rc != ERR_OK)
		out->len = before;
	return rc;
}

struct log_reader
register_log_reader(struct register_log *log)
{
	return (struct log_reader){ read_hashes, read_entries, log };
}

enum err
register_log_append(struct registry *reg, unsigned generation, uint64_t index,
    const struct bytes *line, struct errtext *err)
{
	struct register_log log = { .reg = reg, .generation = generation };
	struct tree_hash row[TILE_WIDTH], hash;
	uint64_t count = index + 1; /* complete nodes of the level below */
	unsigned level;
	enum err rc = put_line(reg, generation, index, line, err);

	register_entered(reg);
	for (level = 1;
	     rc == ERR_OK && level < TILE_LEVELS && count % TILE_WIDTH == 0;
	     level++) {
		rc = read_hashes(
		    &log, level - 1, count - TILE_WIDTH, TILE_WIDTH, row, err);
		if (rc != ERR_OK)
			break;
		tile_root(row, &hash);
		count /= TILE_WIDTH;
		rc = put_hash(
		    reg, hash_id(generation, level, count - 1), &hash, err);
	}
	return rc;
}

/* --- letters and lines ---------------------------------------------------- */

enum err
register_log_lacks(struct registry *reg, bool *lacks, struct errtext *err)
{
	struct store *store = register_store(reg);
	int64_t missing = 0;
	enum err rc = row_number(store,
	    store_prepare(store,
		"SELECT (SELECT count(*) FROM letter) >"
		" sum(instr(line, ' issue ') > 0 OR instr(line, ' correct ') >"
		" 0) AND sum(line LIKE 's1 % restore - % LOST') = 0"
		" FROM log_line",
		err),
	    &missing, err);

	*lacks = rc == ERR_OK && missing != 0;
	return rc;
}
