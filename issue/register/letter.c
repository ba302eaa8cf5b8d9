/*
 * letter.c - letters in the register: issue/register/letter.h.
 */
#include "issue/register/letter.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "letter/number.h"
#include "log/entry.h"
#include "store/row.h"

#include <stdio.h>
#include <string.h>

/* The columns of a letter, in the order that read_row() expects. */
#define HEAD                                                              \
	"l.number, l.state, l.issued_at, l.draft, l.officer, l.approver," \
	" l.second, l.reason, l.digest, l.copies, l.paper"
#define HEAD_TYPES "ttiittttbit"
#define WHOLE                                               \
	"SELECT " HEAD ", l.xml, s.labels FROM letter AS l" \
	" JOIN label_set AS s ON s.id = l.labels "

static const char *const state_name[] = { N_("issued"), N_("superseded"),
	N_("withdrawn"), N_("forgotten") };
static const char *const paper_name[] = { "letter", "a4" };

const char *
register_letter_state_name(enum issued_state state)
{
	return state_name[state];
}

const char *
register_letter_how(const struct issued *letter, char out[ISSUED_HOW_SIZE])
{
	struct log_entry entry = { .kind = ENTRY_ISSUE };
	uint32_t value = 0;

	text_copy(entry.reason, sizeof(entry.reason), letter->reason);
	switch (entry_reason_value(&entry, &value)) {
	case 'V':
		snprintf(out, ISSUED_HOW_SIZE,
		    ngettext("looked at for %lu second",
			"looked at for %lu seconds", value),
		    (unsigned long)value);
		break;
	case 'B':
		if (value == 1)
			snprintf(
			    out, ISSUED_HOW_SIZE, "%s", _("not in a batch"));
		else
			snprintf(out, ISSUED_HOW_SIZE,
			    ngettext("in a batch of %lu letter",
				"in a batch of %lu letters", value),
			    (unsigned long)value);
		break;
	default: /* of a letter that only a copy of the log knew */
		snprintf(out, ISSUED_HOW_SIZE, "%s", letter->reason);
		break;
	}
	return out;
}

/* --- numbers ------------------------------------------------------------- */

static enum err
last_sequence(struct store *store, int year, int64_t *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT sequence FROM letter WHERE year = ?1"
	    " ORDER BY sequence DESC LIMIT 1",
	    err);
	bool found;
	enum err rc;

	*out = 0;
	store_bind_int(stmt, 1, year);
	rc = row_next(store, stmt, "i", &found, err);
	if (found)
		*out = store_int(stmt, 0);
	row_done(stmt);
	return rc;
}

enum err
register_letter_next(struct registry *reg, const char *center,
    int64_t issued_at, char out[LETTER_NUMBER_SIZE], struct errtext *err)
{
	struct letter_number number = { .year = clock_year(issued_at) };
	int64_t last = 0;
	enum err rc;

	rc = last_sequence(register_store(reg), number.year, &last, err);
	if (rc != ERR_OK)
		return rc;
	memcpy(number.center, center, strnlen(center, LETTER_CENTER_SIZE - 1));
	if (last >= NUMBER_SEQUENCE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("all numbers of this year are used up; the rest must "
		      "wait for the next year or another center"));
	number.sequence = (unsigned)last + 1;
	if (!number_format(&number, out))
		return err_set(err, ERR_DATA,
		    _("no letter number can be made from the clock's year"));
	return ERR_OK;
}

/* --- storing ------------------------------------------------------------- */

/* Sheets show the same few names over and over: each set is stored once. */
static enum err
labels_id(
    struct store *store, const char *labels, int64_t *id, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO label_set (labels) VALUES (?1)"
	    " ON CONFLICT (labels) DO NOTHING",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, labels);
	if ((rc = store_run(store, stmt, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(
	    store, "SELECT id FROM label_set WHERE labels = ?1", err);
	store_bind_text(stmt, 1, labels);
	return row_number(store, stmt, id, err);
}

static enum err
insert_row(struct store *store, const struct issued *letter,
    const struct letter_number *number, int64_t labels, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO letter (number, year, sequence, state, issued_at,"
	    " draft, officer, approver, second, reason, digest, xml, copies,"
	    " paper, labels)"
	    " VALUES (?1, ?2, ?3, 'issued', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	    " 1, ?12, ?13)",
	    err);

	store_bind_text(stmt, 1, letter->number);
	store_bind_int(stmt, 2, number->year);
	store_bind_int(stmt, 3, number->sequence);
	store_bind_int(stmt, 4, letter->issued_at);
	store_bind_int(stmt, 5, letter->draft);
	store_bind_text(stmt, 6, letter->officer);
	store_bind_text(stmt, 7, letter->approver);
	store_bind_text(stmt, 8, letter->second);
	store_bind_text(stmt, 9, letter->reason);
	store_bind_blob(stmt, 10, letter->digest, sizeof(letter->digest));
	store_bind_blob(stmt, 11, letter->xml.at, letter->xml.len);
	store_bind_text(stmt, 12, paper_name[letter->paper]);
	store_bind_int(stmt, 13, labels);
	return store_run(store, stmt, err);
}

enum err
register_letter_insert(
    struct registry *reg, const struct issued *letter, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct letter_number number;
	sqlite3_stmt *stmt;
	int64_t labels = 0;
	enum err rc;

	if (!number_parse(letter->number, &number))
		return err_set(err, ERR_DATA, _("not a letter number"));
	if ((rc = labels_id(store, (const char *)letter->labels.at, &labels,
		 err)) != ERR_OK ||
	    (rc = insert_row(store, letter, &number, labels, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(store,
	    "UPDATE draft SET state = 'approved'"
	    " WHERE id = ?1 AND state = 'pending'",
	    err);
	store_bind_int(stmt, 1, letter->draft);
	if ((rc = store_run(store, stmt, err)) == ERR_OK &&
	    store_changes(store) != 1)
		rc = err_set(err, ERR_REFUSED,
		    _("draft %lld: it is no longer waiting"),
		    (long long)letter->draft);
	return rc;
}

/* --- letters without their data ------------------------------------------ */

/* Each letter has a draft; of this one nothing is left. */
static enum err
empty_draft(struct store *store, const struct issued *letter, int64_t *id,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO draft (state, officer, at, input_row, problems)"
	    " VALUES ('approved', ?1, ?2, '', '[]')",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, letter->officer);
	store_bind_int(stmt, 2, letter->issued_at);
	if ((rc = store_run(store, stmt, err)) == ERR_OK)
		*id = store_last_id(store);
	return rc;
}

enum err
register_letter_remember(
    struct registry *reg, const struct issued *letter, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct issued row = *letter;
	struct letter_number number;
	sqlite3_stmt *stmt;
	int64_t labels = 0;
	enum err rc;

	if (!number_parse(letter->number, &number))
		return err_set(err, ERR_DATA, _("not a letter number"));
	if ((rc = empty_draft(store, letter, &row.draft, err)) != ERR_OK ||
	    (rc = labels_id(store, "{}", &labels, err)) != ERR_OK ||
	    (rc = insert_row(store, &row, &number, labels, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(store,
	    "UPDATE letter SET state = 'forgotten', xml = NULL"
	    " WHERE number = ?1",
	    err);
	store_bind_text(stmt, 1, letter->number);
	return store_run(store, stmt, err);
}

/* What was typed as a reason may name somebody, too. */
enum err
register_letter_forget(
    struct registry *reg, const char *number, struct errtext *err)
{
	static const char *const changes[] = {
		"UPDATE draft SET letter = NULL, signature = NULL,"
		" commitment = NULL, drafted = NULL,"
		" document_key = NULL, name_key = NULL, input_row = '',"
		" problems = '[]', reason = NULL"
		" WHERE id = (SELECT draft FROM letter WHERE number = ?1)",
		("UPDATE letter SET state = 'forgotten', xml = NULL"
		 " WHERE number = ?1"),
		"UPDATE copy SET reason = '' WHERE number = ?1",
	};
	struct store *store = register_store(reg);
	enum err rc = ERR_OK;
	sqlite3_stmt *stmt;

	for (size_t i = 0;
	     i < sizeof(changes) / sizeof(changes[0]) && rc == ERR_OK; i++) {
		stmt = store_prepare(store, changes[i], err);
		store_bind_text(stmt, 1, number);
		rc = store_run(store, stmt, err);
	}
	return rc;
}

/* --- loading ------------------------------------------------------------- */

static int
find_word(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

static bool
read_words(sqlite3_stmt *stmt, struct issued *out)
{
	int state = find_word(state_name,
	    sizeof(state_name) / sizeof(state_name[0]), store_text(stmt, 1));
	int paper = find_word(paper_name,
	    sizeof(paper_name) / sizeof(paper_name[0]), store_text(stmt, 10));

	out->state = (enum issued_state)state;
	out->paper = (enum sheet_paper)paper;
	return state >= 0 && paper >= 0 &&
	    text_copy(out->number, sizeof(out->number), store_text(stmt, 0)) &&
	    text_copy(
		out->officer, sizeof(out->officer), store_text(stmt, 4)) &&
	    text_copy(
		out->approver, sizeof(out->approver), store_text(stmt, 5)) &&
	    text_copy(out->second, sizeof(out->second), store_text(stmt, 6)) &&
	    text_copy(out->reason, sizeof(out->reason), store_text(stmt, 7));
}

static enum err
read_row(
    sqlite3_stmt *stmt, bool whole, struct issued *out, struct errtext *err)
{
	struct issued letter = { .issued_at = store_int(stmt, 2),
		.draft = store_int(stmt, 3),
		.copies = (int)store_int(stmt, 9) };
	bool good = read_words(stmt, &letter) &&
	    row_blob(stmt, 8, letter.digest, sizeof(letter.digest));

	if (good && whole) {
		store_blob(stmt, 11, &letter.xml);
		bytes_add_text(&letter.labels, store_text(stmt, 12));
	}
	if (!good) {
		register_letter_clear(&letter);
		return err_set(err, ERR_DATA,
		    _("a row of the letters is damaged; restore a backup"));
	}
	*out = letter;
	return ERR_OK;
}

enum err
register_letter_load(struct registry *reg, const char *number,
    struct issued *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, WHOLE "WHERE l.number = ?1", err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, number);
	rc = row_next(store, stmt, HEAD_TYPES "Bt", &found, err);
	if (found)
		rc = read_row(stmt, true, out, err);
	else if (rc == ERR_OK)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: this center has not issued such a letter"), number);
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_letter_each(struct registry *reg, bool whole,
    bool (*each)(void *arg, const struct issued *letter), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    whole ? WHOLE "ORDER BY l.id"
		  : "SELECT " HEAD " FROM letter AS l ORDER BY l.id",
	    err);
	struct issued letter = { 0 };
	bool more = true, found;
	enum err rc = ERR_OK;

	while (more &&
	    (rc = row_next(store, stmt, whole ? HEAD_TYPES "Bt" : HEAD_TYPES,
		 &found, err)) == ERR_OK &&
	    found) {
		if ((rc = read_row(stmt, whole, &letter, err)) != ERR_OK)
			break;
		more = each(arg, &letter);
		register_letter_clear(&letter);
	}
	sqlite3_reset(stmt);
	return rc;
}

/* --- copies -------------------------------------------------------------- */

enum err
register_letter_relabel(
    struct registry *reg, const struct issued *letter, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	int64_t labels = 0;
	enum err rc;

	if ((rc = labels_id(store, (const char *)letter->labels.at, &labels,
		 err)) != ERR_OK)
		return rc;
	stmt = store_prepare(
	    store, "UPDATE letter SET labels = ?2 WHERE number = ?1", err);
	store_bind_text(stmt, 1, letter->number);
	store_bind_int(stmt, 2, labels);
	return store_run(store, stmt, err);
}

static enum err
count_copy(
    struct store *store, const char *number, int *copy, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE letter SET copies = copies + 1 WHERE number = ?1"
	    " RETURNING copies",
	    err);
	enum err rc;
	int now = 0;

	store_bind_text(stmt, 1, number);
	while (store_step(store, stmt, &rc, err))
		now = (int)store_int(stmt, 0);
	if (rc == ERR_OK && now == 0)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: this center has not issued such a letter"), number);
	*copy = now;
	return rc;
}

enum err
register_letter_copy(struct registry *reg, const char *number,
    const struct copy_note *note, int *copy, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	enum err rc;

	if ((rc = count_copy(store, number, copy, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(store,
	    "INSERT INTO copy (number, copy, at, person, second, reason)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	    err);
	store_bind_text(stmt, 1, number);
	store_bind_int(stmt, 2, *copy);
	store_bind_int(stmt, 3, note->at);
	store_bind_text(stmt, 4, note->person);
	store_bind_text(stmt, 5, note->second);
	store_bind_text(stmt, 6, note->reason);
	return store_run(store, stmt, err);
}

void
register_letter_clear(struct issued *letter)
{
	bytes_wipe(&letter->xml);
	bytes_free(&letter->labels);
	*letter = (struct issued){ 0 };
}
