/*
 * listed.c - lists and searches: issue/register/listed.h.
 */
#include "issue/register/listed.h"

#include "base/i18n.h"
#include "issue/register/draft_text.h"
#include "letter/field.h"
#include "store/row.h"

#include <stdio.h>
#include <string.h>

/* The columns in the order that read_row() expects. */
#define COLUMNS                                                           \
	"SELECT coalesce(l.draft, d.id), d.state,"                        \
	" coalesce(l.officer, d.officer), d.at, d.input_row, d.problems," \
	" d.letter, d.commitment IS NULL AND d.drafted IS NULL,"          \
	" l.number, l.state, l.issued_at, l.copies, l.approver"
#define TYPES "iTtITTTiTTIIT"
#define OF_DRAFTS \
	COLUMNS " FROM draft AS d LEFT JOIN letter AS l ON l.draft = d.id "
/* a letter whose draft was taken away by hand is a letter all the same */
#define OF_LETTERS                                                          \
	COLUMNS " FROM letter AS l LEFT JOIN draft AS d ON d.id = l.draft " \
		"ORDER BY l.id"

static const char *
draft_state(sqlite3_stmt *stmt)
{
	static const char *const words[] = { N_("pending"), N_("approved"),
		N_("discarded") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(store_text(stmt, 1), words[i]) == 0)
			return i == 0 && store_int(stmt, 7) != 0
			    ? N_("unsigned")
			    : words[i];
	return NULL;
}

static const char *
letter_state(sqlite3_stmt *stmt)
{
	for (int i = 0; i <= ISSUED_FORGOTTEN; i++) {
		const char *word =
		    register_letter_state_name((enum issued_state)i);

		if (strcmp(store_text(stmt, 9), word) == 0)
			return word;
	}
	return NULL;
}

/* A damaged text leaves the letter empty, and does not keep staff from the
 * other lines; whatever signs or shows it refuses it. */
static bool
read_row(sqlite3_stmt *stmt, bool as_letter, struct listed *out)
{
	*out = (struct listed){ .draft = store_int(stmt, 0),
		.drafted_at = store_int(stmt, 3),
		.problems = store_text(stmt, 5) };
	out->is_letter = as_letter && store_text(stmt, 8)[0] != '\0';
	out->state = out->is_letter ? letter_state(stmt) : draft_state(stmt);
	if (out->is_letter) {
		out->issued_at = store_int(stmt, 10);
		out->copies = (int)store_int(stmt, 11);
	}
	if (store_text(stmt, 6)[0] != '\0' &&
	    draft_text_read(store_text(stmt, 6), &out->letter, NULL) != ERR_OK)
		letter_wipe(&out->letter);
	return out->state != NULL &&
	    text_copy(
		out->officer, sizeof(out->officer), store_text(stmt, 2)) &&
	    text_copy(out->row, sizeof(out->row), store_text(stmt, 4)) &&
	    text_copy(out->number, sizeof(out->number), store_text(stmt, 8)) &&
	    (!out->is_letter || out->issued_at != 0) &&
	    (!out->is_letter ||
		text_copy(out->approver, sizeof(out->approver),
		    store_text(stmt, 12)));
}

static enum err
visit(struct store *store, sqlite3_stmt *stmt, bool as_letters,
    listed_each *each, void *arg, struct errtext *err)
{
	struct listed listed;
	bool more = true, found;
	enum err rc = ERR_OK;

	while (more &&
	    (rc = row_next(store, stmt, TYPES, &found, err)) == ERR_OK &&
	    found) {
		if (read_row(stmt, as_letters, &listed))
			more = each(arg, &listed);
		else {
			rc = row_damaged(err);
			more = false;
		}
		letter_wipe(&listed.letter);
	}
	row_done(stmt);
	return rc;
}

enum err
register_listed_letters(
    struct registry *reg, listed_each *each, void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);

	return visit(
	    store, store_prepare(store, OF_LETTERS, err), true, each, arg, err);
}

enum err
register_listed_drafts(
    struct registry *reg, listed_each *each, void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);

	return visit(store,
	    store_prepare(store, OF_DRAFTS "ORDER BY d.id", err), false, each,
	    arg, err);
}

enum err
register_listed_one(struct registry *reg, int64_t draft, listed_each *each,
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, OF_DRAFTS "WHERE d.id = ?1", err);

	store_bind_int(stmt, 1, draft);
	return visit(store, stmt, true, each, arg, err);
}

enum err
register_listed_names(struct registry *reg,
    bool (*each)(void *arg, int64_t draft, const char *name), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, name_key FROM draft INDEXED BY draft_name"
	    " WHERE name_key IS NOT NULL",
	    err);
	bool more = true, found;
	enum err rc = ERR_OK;

	while (more &&
	    (rc = row_next(store, stmt, "it", &found, err)) == ERR_OK && found)
		more = each(arg, store_int(stmt, 0), store_text(stmt, 1));
	row_done(stmt);
	return rc;
}

/* The line of the draft's text (issue/register/draft_text.h), with its end or
 * not. */
static void
birth_line(char out[32], const char *birth, int len, bool whole)
{
	snprintf(out, 32, "\n%s %.*s%s", field_row(FIELD_BIRTH_DATE)->key, len,
	    birth, whole ? "\n" : "");
}

enum err
register_listed_days(struct registry *reg, const char *birth,
    int64_t issued_from, int64_t issued_to,
    bool (*each)(void *arg, int64_t draft), void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id FROM draft WHERE instr(letter, ?1) > 0"
	    " OR instr(letter, ?2) > 0 OR instr(letter, ?3) > 0"
	    " UNION SELECT draft FROM letter"
	    "  WHERE issued_at >= ?4 AND issued_at < ?5",
	    err);
	char day[32], month[32], year[32];
	bool more = true, found;
	enum err rc = ERR_OK;

	birth_line(day, birth, (int)strlen(birth), false);
	birth_line(month, birth, 7, true);
	birth_line(year, birth, 4, true);
	store_bind_text(stmt, 1, day);
	store_bind_text(stmt, 2, month);
	store_bind_text(stmt, 3, year);
	store_bind_int(stmt, 4, issued_from);
	store_bind_int(stmt, 5, issued_to);
	while (more &&
	    (rc = row_next(store, stmt, "i", &found, err)) == ERR_OK && found)
		more = each(arg, store_int(stmt, 0));
	row_done(stmt);
	return rc;
}

enum err
register_listed_discarding(struct registry *reg, int64_t draft,
    struct discarding *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT discarded_at, discarded_by, coalesce(reason, '')"
	    " FROM draft WHERE id = ?1 AND state = 'discarded'",
	    err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, draft);
	rc = row_next(store, stmt, "itt", &found, err);
	if (rc == ERR_OK && !found)
		rc = err_set(err, ERR_NOT_FOUND, _("draft %lld: there is none"),
		    (long long)draft);
	if (rc == ERR_OK) {
		*out = (struct discarding){ .at = store_int(stmt, 0) };
		if (!row_text(stmt, 1, out->by, sizeof(out->by)) ||
		    !row_text(stmt, 2, out->reason, sizeof(out->reason)))
			rc = row_damaged(err);
	}
	row_done(stmt);
	return rc;
}
