/*
 * sums.c - sums.h.
 */
#include "store/sums.h"

#include "store/row.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define SUM_SIZE 32

/* --- one row ------------------------------------------------------------- */

/* A digest that is ready: found once, not for each row. */
struct hasher {
	EVP_MD *sha256;
	EVP_MD_CTX *ctx;
};

static void
hasher_free(void *arg)
{
	struct hasher *hasher = arg;

	if (hasher == NULL)
		return;
	EVP_MD_CTX_free(hasher->ctx);
	EVP_MD_free(hasher->sha256);
	free(hasher);
}

static struct hasher *
hasher_new(void)
{
	struct hasher *hasher = calloc(1, sizeof(*hasher));

	if (hasher == NULL)
		return NULL;
	hasher->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	hasher->ctx = EVP_MD_CTX_new();
	if (hasher->sha256 == NULL || hasher->ctx == NULL) {
		hasher_free(hasher);
		return NULL;
	}
	return hasher;
}

/* Type, a number or a length, bytes: no two rows read the same. */
static bool
add_value(EVP_MD_CTX *ctx, sqlite3_value *value)
{
	int type = sqlite3_value_type(value);
	bool text = type == SQLITE_TEXT;
	const void *at = type == SQLITE_INTEGER || type == SQLITE_NULL ? NULL
	    : text ? (const void *)sqlite3_value_text(value)
		   : sqlite3_value_blob(value);
	size_t len = at ? (size_t)sqlite3_value_bytes(value) : 0;
	uint64_t number =
	    type == SQLITE_INTEGER ? (uint64_t)sqlite3_value_int64(value) : len;
	uint8_t head[9] = { (uint8_t)type };

	for (unsigned i = 0; i < 8; i++)
		head[1 + i] = (uint8_t)(number >> (56 - 8 * i));
	return EVP_DigestUpdate(ctx, head, sizeof(head)) == 1 &&
	    (len == 0 || EVP_DigestUpdate(ctx, at, len) == 1);
}

/* row_hash(table, column, ...) */
static void
row_hash(sqlite3_context *ctx, int count, sqlite3_value **value)
{
	const struct hasher *hasher = sqlite3_user_data(ctx);
	uint8_t digest[SUM_SIZE];
	bool good = EVP_DigestInit_ex2(hasher->ctx, hasher->sha256, NULL) == 1;

	for (int i = 0; i < count && good; i++)
		good = add_value(hasher->ctx, value[i]);
	if (good && EVP_DigestFinal_ex(hasher->ctx, digest, NULL) == 1)
		sqlite3_result_blob(
		    ctx, digest, sizeof(digest), SQLITE_TRANSIENT);
	else
		sqlite3_result_error_nomem(ctx);
}

/* --- sums ---------------------------------------------------------------- */

static void
add_to(uint8_t sum[SUM_SIZE], const uint8_t *other)
{
	unsigned carry = 0;

	for (size_t i = SUM_SIZE; i-- > 0;) {
		carry += (unsigned)sum[i] + other[i];
		sum[i] = (uint8_t)carry;
		carry >>= 8;
	}
}

static void
subtract(uint8_t sum[SUM_SIZE], const uint8_t *other)
{
	int borrow = 0;

	for (size_t i = SUM_SIZE; i-- > 0;) {
		borrow += (int)sum[i] - other[i];
		sum[i] = (uint8_t)borrow;
		borrow = borrow < 0 ? -1 : 0;
	}
}

static const uint8_t *
sum_of(sqlite3_value *value)
{
	return sqlite3_value_type(value) == SQLITE_BLOB &&
		sqlite3_value_bytes(value) == SUM_SIZE
	    ? sqlite3_value_blob(value)
	    : NULL;
}

/* sum_move(sum, came, went): NULL for none. A sum that is none stays so. */
static void
sum_move(sqlite3_context *ctx, int count, sqlite3_value **value)
{
	const uint8_t *before = sum_of(value[0]);
	const uint8_t *came = sum_of(value[1]), *went = sum_of(value[2]);
	uint8_t sum[SUM_SIZE];

	(void)count;
	if (before == NULL) {
		sqlite3_result_value(ctx, value[0]);
		return;
	}
	memcpy(sum, before, SUM_SIZE);
	if (came != NULL)
		add_to(sum, came);
	if (went != NULL)
		subtract(sum, went);
	sqlite3_result_blob(ctx, sum, SUM_SIZE, SQLITE_TRANSIENT);
}

/* rows_sum(hash), over many rows. */
static void
rows_step(sqlite3_context *ctx, int count, sqlite3_value **value)
{
	uint8_t *sum = sqlite3_aggregate_context(ctx, SUM_SIZE);
	const uint8_t *hash = sum_of(value[0]);

	(void)count;
	if (sum == NULL || hash == NULL)
		sqlite3_result_error_nomem(ctx);
	else
		add_to(sum, hash);
}

static void
rows_final(sqlite3_context *ctx)
{
	static const uint8_t none[SUM_SIZE];
	const uint8_t *sum = sqlite3_aggregate_context(ctx, 0);

	sqlite3_result_blob(ctx, sum ? sum : none, SUM_SIZE, SQLITE_TRANSIENT);
}

/* --- the tables as they are ---------------------------------------------- */

/* Each table with its columns as a list, by themselves and of NEW and OLD. */
#define COLUMNS(of)                                                      \
	"(SELECT group_concat('" of "\"' || replace(name, '\"', '\"\"')" \
	" || '\"', ', ') FROM pragma_table_info(t.name, 'main'))"
#define TABLES                                                           \
	"SELECT t.name, " COLUMNS("") ", " COLUMNS("NEW.") ", " COLUMNS( \
	    "OLD.") " FROM main.sqlite_schema AS t"                      \
		    " WHERE t.type = 'table' AND t.name <> 'row_sum'"    \
		    " AND substr(t.name, 1, 7) <> 'sqlite_' ORDER BY t.name"

#define TABLE_MAX 64

struct table {
	char *name, *columns, *of_new, *of_old;
};

struct tables {
	struct table at[TABLE_MAX];
	size_t count;
};

static void
free_tables(struct tables *tables)
{
	for (size_t i = 0; i < tables->count; i++) {
		free(tables->at[i].name);
		free(tables->at[i].columns);
		free(tables->at[i].of_new);
		free(tables->at[i].of_old);
	}
	*tables = (struct tables){ .count = 0 };
}

static bool
read_table(sqlite3_stmt *stmt, struct tables *out)
{
	struct table *table = &out->at[out->count];

	if (out->count == TABLE_MAX)
		return false;
	out->count++;
	table->name = strdup(store_text(stmt, 0));
	table->columns = strdup(store_text(stmt, 1));
	table->of_new = strdup(store_text(stmt, 2));
	table->of_old = strdup(store_text(stmt, 3));
	return table->name != NULL && table->columns != NULL &&
	    table->of_new != NULL && table->of_old != NULL;
}

/* Gathered first: what is done with them changes the schema. */
static int
list_tables(sqlite3 *db, struct tables *out)
{
	sqlite3_stmt *stmt = NULL;
	int got = sqlite3_prepare_v2(db, TABLES, -1, &stmt, NULL);

	*out = (struct tables){ .count = 0 };
	if (got == SQLITE_OK)
		while ((got = sqlite3_step(stmt)) == SQLITE_ROW)
			if (!read_table(stmt, out)) {
				got = SQLITE_NOMEM;
				break;
			}
	sqlite3_finalize(stmt);
	return got == SQLITE_DONE ? SQLITE_OK : got;
}

/* SQL of sqlite3_mprintf(), run and released. */
static int
run(sqlite3 *db, char *sql)
{
	int got = sql == NULL ? SQLITE_NOMEM
			      : sqlite3_exec(db, sql, NULL, NULL, NULL);

	sqlite3_free(sql);
	return got;
}

/* sums_begin() or sums_begin(table), in a migration. */
static void
begin(sqlite3_context *ctx, int count, sqlite3_value **value)
{
	const char *only =
	    count > 0 ? (const char *)sqlite3_value_text(value[0]) : NULL;
	sqlite3 *db = sqlite3_context_db_handle(ctx);
	struct tables tables;
	int got = list_tables(db, &tables);

	for (size_t i = 0; i < tables.count && got == SQLITE_OK; i++) {
		const struct table *t = &tables.at[i];

		if (only == NULL || strcmp(only, t->name) == 0)
			got = run(db,
			    sqlite3_mprintf(
				"INSERT OR REPLACE INTO row_sum (name, sum)"
				" SELECT %Q, rows_sum(row_hash(%Q, %s))"
				" FROM main.\"%w\"",
				t->name, t->name, t->columns, t->name));
	}
	free_tables(&tables);
	if (got != SQLITE_OK)
		sqlite3_result_error_code(ctx, got);
}

/* --- public -------------------------------------------------------------- */

enum err
sums_functions(struct store *store, struct errtext *err)
{
	/* triggers of this connection call the first two, also while the
	 * schema of the file is not trusted */
	const int plain = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	const int act = SQLITE_UTF8 | SQLITE_DIRECTONLY;
	sqlite3 *db = store_handle(store);
	struct hasher *hasher = hasher_new();

	/* which frees it, also when it fails */
	if (hasher == NULL ||
	    sqlite3_create_function_v2(db, "row_hash", -1, plain, hasher,
		row_hash, NULL, NULL, hasher_free) ||
	    sqlite3_create_function(
		db, "sum_move", 3, plain, NULL, sum_move, NULL, NULL) ||
	    sqlite3_create_function(db, "rows_sum", 1, SQLITE_UTF8, NULL, NULL,
		rows_step, rows_final) ||
	    sqlite3_create_function(
		db, "sums_begin", 0, act, NULL, begin, NULL, NULL) ||
	    sqlite3_create_function(
		db, "sums_begin", 1, act, NULL, begin, NULL, NULL))
		return err_memory(err);
	return ERR_OK;
}

#define WHEN                                                        \
	"CREATE TEMP TRIGGER \"sum_%w_%s\" AFTER %s ON main.\"%w\"" \
	" BEGIN UPDATE row_sum SET sum = sum_move(sum, "
#define END " WHERE name = %Q; END"

static int
watch(sqlite3 *db, const struct table *t)
{
	int got;

	got = run(db,
	    sqlite3_mprintf(WHEN "row_hash(%Q, %s), NULL)" END, t->name,
		"insert", "INSERT", t->name, t->name, t->of_new, t->name));
	if (got == SQLITE_OK)
		got = run(db,
		    sqlite3_mprintf(WHEN
			"row_hash(%Q, %s), row_hash(%Q, %s))" END,
			t->name, "update", "UPDATE", t->name, t->name,
			t->of_new, t->name, t->of_old, t->name));
	if (got == SQLITE_OK)
		got = run(db,
		    sqlite3_mprintf(WHEN "NULL, row_hash(%Q, %s))" END, t->name,
			"delete", "DELETE", t->name, t->name, t->of_old,
			t->name));
	return got;
}

enum err
sums_watch(struct store *store, struct errtext *err)
{
	sqlite3 *db = store_handle(store);
	struct tables tables;
	/* so that a row which is replaced is taken away, too */
	enum err rc = store_exec(store,
	    "PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON", err);
	int got;

	if (rc != ERR_OK)
		return rc;
	got = list_tables(db, &tables);
	for (size_t i = 0; i < tables.count && got == SQLITE_OK; i++)
		got = watch(db, &tables.at[i]);
	free_tables(&tables);
	return got == SQLITE_OK ? ERR_OK : store_failed(store, err);
}

static enum err
fits(struct store *store, const struct table *t, bool *out, struct errtext *err)
{
	char *sql = sqlite3_mprintf(
	    "SELECT coalesce(rows_sum(row_hash(%Q, %s)) ="
	    " (SELECT sum FROM row_sum WHERE name = %Q), 0) FROM main.\"%w\"",
	    t->name, t->columns, t->name, t->name);
	int64_t same = 0;
	enum err rc;

	if (sql == NULL)
		return err_memory(err);
	rc = row_number(store, store_prepare(store, sql, err), &same, err);
	sqlite3_free(sql);
	*out = rc == ERR_OK && same != 0;
	return rc;
}

enum err
sums_fits(
    struct store *store, const char *table, bool *out, struct errtext *err)
{
	struct tables tables = { .count = 0 };
	enum err rc = ERR_OK;

	*out = false;
	if (list_tables(store_handle(store), &tables) != SQLITE_OK)
		rc = store_failed(store, err);
	for (size_t i = 0; i < tables.count && rc == ERR_OK; i++)
		if (strcmp(tables.at[i].name, table) == 0)
			rc = fits(store, &tables.at[i], out, err);
	free_tables(&tables);
	return rc;
}

/* Sums of tables that are not there. */
static enum err
check_names(struct store *store, void (*find)(void *arg, const char *table),
    void *arg, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT name FROM row_sum WHERE name NOT IN"
	    " (SELECT name FROM main.sqlite_schema WHERE type = 'table')",
	    err);
	bool found;
	enum err rc;

	while (
	    (rc = row_next(store, stmt, "t", &found, err)) == ERR_OK && found)
		find(arg, store_text(stmt, 0));
	return rc;
}

enum err
sums_check(struct store *store, void (*find)(void *arg, const char *table),
    void *arg, struct errtext *err)
{
	struct tables tables;
	bool same = true;
	enum err rc = ERR_OK;

	if (list_tables(store_handle(store), &tables) != SQLITE_OK)
		rc = store_failed(store, err);
	for (size_t i = 0; i < tables.count && rc == ERR_OK; i++) {
		rc = fits(store, &tables.at[i], &same, err);
		if (rc == ERR_OK && !same)
			find(arg, tables.at[i].name);
	}
	free_tables(&tables);
	return rc == ERR_OK ? check_names(store, find, arg, err) : rc;
}
