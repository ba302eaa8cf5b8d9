/*
 * row.c - row.h.
 */
#include "store/row.h"

#include "base/i18n.h"

#include <string.h>

enum err
row_damaged(struct errtext *err)
{
	return err_set(err, ERR_DATA, _("a row of the database is damaged"));
}

static bool
is_type(int have, char want)
{
	switch (want) {
	case 'i':
		return have == SQLITE_INTEGER;
	case 't':
		return have == SQLITE_TEXT;
	case 'b':
		return have == SQLITE_BLOB;
	case 'I':
		return have == SQLITE_INTEGER || have == SQLITE_NULL;
	case 'T':
		return have == SQLITE_TEXT || have == SQLITE_NULL;
	case 'B':
		return have == SQLITE_BLOB || have == SQLITE_NULL;
	default:
		return false;
	}
}

static bool
has_types(sqlite3_stmt *stmt, const char *types)
{
	int i, count = sqlite3_column_count(stmt);

	for (i = 0; i < count; i++)
		if (!is_type(sqlite3_column_type(stmt, i), types[i]))
			return false;
	return types[count] == '\0';
}

enum err
row_next(struct store *store, sqlite3_stmt *stmt, const char *types,
    bool *found, struct errtext *err)
{
	enum err rc;

	*found = store_step(store, stmt, &rc, err);
	if (!*found || has_types(stmt, types))
		return rc;
	*found = false;
	sqlite3_reset(stmt);
	return row_damaged(err);
}

void
row_done(sqlite3_stmt *stmt)
{
	sqlite3_reset(stmt);
}

enum err
row_number(
    struct store *store, sqlite3_stmt *stmt, int64_t *out, struct errtext *err)
{
	bool found;
	enum err rc = row_next(store, stmt, "i", &found, err);

	if (rc != ERR_OK)
		return rc;
	if (!found)
		return row_damaged(err);
	*out = store_int(stmt, 0);
	sqlite3_reset(stmt);
	return ERR_OK;
}

bool
row_blob(sqlite3_stmt *stmt, int column, void *out, size_t size)
{
	const void *blob = sqlite3_column_blob(stmt, column);

	if (blob == NULL || sqlite3_column_bytes(stmt, column) != (int)size)
		return false;
	memcpy(out, blob, size);
	return true;
}

bool
row_text(sqlite3_stmt *stmt, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	/* without memory even a text that is there is none */
	if (text == NULL)
		return sqlite3_column_type(stmt, column) == SQLITE_NULL &&
		    text_copy(out, size, "");
	return strlen(text) == (size_t)sqlite3_column_bytes(stmt, column) &&
	    text_copy(out, size, text);
}
