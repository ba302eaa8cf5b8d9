#include "tests/support/put_back.h"

#include "base/bytes.h"

#include <check.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 32

/* One table, as the live schema has it. */
struct table {
	char name[32];
	size_t count;
	char column[COLUMNS_MAX][32];
	char key[128];  /* an expression that tells rows apart */
	char all[1024]; /* one that is the whole row */
};

struct search {
	const struct past *p;
	struct old_pieces *out;
	sqlite3 *db; /* the present register, with an old one as `old` */
	size_t stage;
	char **seen; /* what was found, for each but once */
	size_t seen_count;
};

/* --- SQL ------------------------------------------------------------------ */

static char *
print(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = sqlite3_vmprintf(format, args);
	va_end(args);
	ck_assert_ptr_nonnull(text);
	return text;
}

/* sql is released. */
static void
run_sql(sqlite3 *db, char *sql)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK,
	    "%s: %s", sql, why);
	sqlite3_free(sql);
}

static sqlite3_stmt *
query(sqlite3 *db, char *sql)
{
	sqlite3_stmt *stmt;

	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK,
	    "%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_free(sql);
	return stmt;
}

static const char *
text(sqlite3_stmt *stmt, int column)
{
	const char *at = (const char *)sqlite3_column_text(stmt, column);

	return at == NULL ? "" : at;
}

static sqlite3 *
open_register(const char *home)
{
	char path[160];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	run_sql(db,
	    print("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;"
		  "PRAGMA ignore_check_constraints = ON"));
	return db;
}

static void
attach(sqlite3 *db, const struct past *p, size_t stage)
{
	char home[128];

	past_home(p, stage, home);
	run_sql(db, print("ATTACH '%q/register.db' AS old", home));
}

/* --- the schema ----------------------------------------------------------- */

static void
append(char *out, size_t size, const char *format, const char *column)
{
	size_t len = strlen(out);

	snprintf(out + len, size - len, "%s", len > 0 ? "||','||" : "");
	len = strlen(out);
	snprintf(out + len, size - len, format, column);
	ck_assert_uint_lt(strlen(out) + 1, size);
}

static void
read_table(sqlite3 *db, const char *name, struct table *out)
{
	sqlite3_stmt *stmt = query(
	    db, print("SELECT name, pk FROM pragma_table_info(%Q)", name));

	*out = (struct table){ .count = 0 };
	snprintf(out->name, sizeof(out->name), "%s", name);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *column = text(stmt, 0);

		ck_assert_uint_lt(out->count, COLUMNS_MAX);
		snprintf(out->column[out->count++], sizeof(out->column[0]),
		    "%s", column);
		append(out->all, sizeof(out->all), "quote(\"%s\")", column);
		if (sqlite3_column_int(stmt, 1) > 0)
			append(out->key, sizeof(out->key), "quote(\"%s\")",
			    column);
	}
	sqlite3_finalize(stmt);
	if (out->key[0] == '\0')
		strcpy(out->key, "rowid");
}

/* --- pieces --------------------------------------------------------------- */

static bool
is_new(struct search *s, char *what)
{
	for (size_t i = 0; i < s->seen_count; i++)
		if (strcmp(s->seen[i], what) == 0) {
			sqlite3_free(what);
			return false;
		}
	s->seen = reallocarray(s->seen, s->seen_count + 1, sizeof(*s->seen));
	ck_assert_ptr_nonnull(s->seen);
	s->seen[s->seen_count++] = what;
	return true;
}

static void
add(struct search *s, enum put_back_kind kind, const char *table, char *name,
    char *sql)
{
	struct old_pieces *out = s->out;

	if (out->count == out->cap) {
		out->cap = out->cap > 0 ? out->cap * 2 : 256;
		out->at = reallocarray(out->at, out->cap, sizeof(*out->at));
		ck_assert_ptr_nonnull(out->at);
	}
	out->at[out->count] = (struct old_piece){
		.kind = kind, .stage = s->stage, .name = name, .sql = sql
	};
	snprintf(
	    out->at[out->count].table, sizeof(out->at->table), "%s", table);
	out->count++;
}

/* Where a row of both has another value. */
static void
find_values(struct search *s, const struct table *t, const char *column)
{
	sqlite3_stmt *stmt = query(s->db,
	    print("SELECT o.k, quote(o.v) FROM"
		  " (SELECT %s AS k, \"%w\" AS v FROM old.\"%w\") AS o JOIN"
		  " (SELECT %s AS k, \"%w\" AS v FROM main.\"%w\") AS n"
		  " ON o.k = n.k WHERE o.v IS NOT n.v",
		t->key, column, t->name, t->key, column, t->name));

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *key = text(stmt, 0), *value = text(stmt, 1);

		if (!is_new(
			s, print("%s.%s[%s]=%s", t->name, column, key, value)))
			continue;
		add(s, PUT_VALUE, t->name,
		    print("%s.%s[%s] of %d (%s)", t->name, column, key,
			(int)s->stage, s->p->what[s->stage]),
		    print("UPDATE OR REPLACE main.\"%w\" SET \"%w\" = %s"
			  " WHERE %s = %Q",
			t->name, column, value, t->key, key));
	}
	sqlite3_finalize(stmt);
}

/* Rows that were otherwise, or are there no more; and that were not there. */
static void
find_rows(struct search *s, const struct table *t)
{
	sqlite3_stmt *stmt = query(s->db,
	    print("SELECT k, v, 1 FROM"
		  " (SELECT %s AS k, %s AS v FROM old.\"%w\""
		  " EXCEPT SELECT %s, %s FROM main.\"%w\")"
		  " UNION ALL SELECT k, '', 0 FROM"
		  " (SELECT %s AS k FROM main.\"%w\""
		  " EXCEPT SELECT %s FROM old.\"%w\")",
		t->key, t->all, t->name, t->key, t->all, t->name, t->key,
		t->name, t->key, t->name));

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *key = text(stmt, 0);
		bool there = sqlite3_column_int(stmt, 2) != 0;

		if (!is_new(s, print("%s[%s]=%s", t->name, key, text(stmt, 1))))
			continue;
		add(s, PUT_ROW, t->name,
		    print("%s[%s] of %d (%s)", t->name, key, (int)s->stage,
			s->p->what[s->stage]),
		    there ? print("INSERT OR REPLACE INTO main.\"%w\""
				  " SELECT * FROM old.\"%w\" WHERE %s = %Q",
				t->name, t->name, t->key, key)
			  : print("DELETE FROM main.\"%w\" WHERE %s = %Q",
				t->name, t->key, key));
	}
	sqlite3_finalize(stmt);
}

static char *
content(sqlite3 *db, const char *schema, const struct table *t)
{
	sqlite3_stmt *stmt = query(db,
	    print("SELECT coalesce(group_concat(v), '') FROM (SELECT %s AS v"
		  " FROM %s.\"%w\" ORDER BY 1)",
		t->all, schema, t->name));
	char *found;

	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	found = print("%s: %s", t->name, text(stmt, 0));
	sqlite3_finalize(stmt);
	return found;
}

static void
find_table(struct search *s, const struct table *t)
{
	char *now = content(s->db, "main", t), *old = content(s->db, "old", t);
	bool same = strcmp(now, old) == 0;

	sqlite3_free(now);
	if (same)
		sqlite3_free(old);
	if (same || !is_new(s, old))
		return;
	add(s, PUT_TABLE, t->name,
	    print("%s as of %d (%s)", t->name, (int)s->stage,
		s->p->what[s->stage]),
	    print("DELETE FROM main.\"%w\"; INSERT INTO main.\"%w\""
		  " SELECT * FROM old.\"%w\"",
		t->name, t->name, t->name));
}

static void
find_in_table(struct search *s, const char *name)
{
	struct table t;

	read_table(s->db, name, &t);
	for (size_t i = 0; i < t.count; i++)
		find_values(s, &t, t.column[i]);
	find_rows(s, &t);
	find_table(s, &t);
}

/* The lists that the center had taken by then. */
static void
find_list(struct search *s)
{
	sqlite3_stmt *stmt = query(s->db,
	    print("SELECT o.list_sequence FROM old.center AS o, main.center"
		  " AS n WHERE o.list_sequence <> n.list_sequence"));
	char *name;

	if (sqlite3_step(stmt) == SQLITE_ROW &&
	    is_new(s, print("list %s", text(stmt, 0)))) {
		name = print("trust list %s", text(stmt, 0));
		add(s, PUT_LIST, "", name, NULL);
	}
	sqlite3_finalize(stmt);
}

static void
find_in_stage(struct search *s)
{
	sqlite3_stmt *stmt;

	attach(s->db, s->p, s->stage);
	stmt = query(s->db,
	    print("SELECT name FROM main.sqlite_schema WHERE type = 'table'"
		  " AND name NOT LIKE 'sqlite_%%' ORDER BY name"));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		find_in_table(s, text(stmt, 0));
	sqlite3_finalize(stmt);
	find_list(s);
	run_sql(s->db, print("DETACH old"));
}

void
put_back_find(const struct past *p, struct old_pieces *out)
{
	struct search s = { .p = p, .out = out };

	s.db = open_register(p->w.home);
	/* the newest copy is first: what is old in many is put back from it */
	for (s.stage = p->stages; s.stage-- > 0;)
		find_in_stage(&s);
	sqlite3_close(s.db);
	for (size_t i = 0; i < s.seen_count; i++)
		sqlite3_free(s.seen[i]);
	free(s.seen);
}

void
put_back(const struct past *p, const struct old_piece *piece, const char *home)
{
	char old[128], command[400];
	sqlite3 *db;

	if (piece->kind == PUT_LIST) {
		past_home(p, piece->stage, old);
		snprintf(command, sizeof(command),
		    "cp '%s/trust.xml' '%s/' 2>&- || rm '%s/trust.xml'", old,
		    home, home);
		ck_assert_int_eq(system(command), 0);
		return;
	}
	db = open_register(home);
	attach(db, p, piece->stage);
	run_sql(db, print("%s", piece->sql));
	sqlite3_close(db);
}

void
put_back_free(struct old_pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++) {
		sqlite3_free(pieces->at[i].name);
		sqlite3_free(pieces->at[i].sql);
	}
	free(pieces->at);
	*pieces = (struct old_pieces){ 0 };
}
