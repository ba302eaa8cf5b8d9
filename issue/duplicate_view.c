/*
 * duplicate_view.c - duplicate_view.h.
 */
#include "issue/duplicate_view.h"

#include "base/clock.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "base/table.h"
#include "issue/intake/duplicate.h"
#include "issue/register/draft.h"
#include "letter/date.h"
#include "letter/labels.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHICH_SIZE  64
#define VALUE_WHOLE 18

/* In the order in which they are told: those with a document of their own are
 * the weakest. */
enum likeness { ALIKE_SAME, ALIKE_NEAR, ALIKE_HOMONYM, ALIKE_NOT };

/* Going through those with the same keys. */
struct walk {
	struct center *center;
	const struct duplicate_person *person;
	struct duplicate_keys own;
	void (*each)(struct walk *walk, const struct draft *other);
	enum likeness wanted;
	enum duplicate_match match; /* of whom each() is told */
	size_t count;               /* tables, then notes */
	FILE *out;
	int width;
	json_t *array;
	struct bytes *names; /* of the first max */
	enum duplicate_words words;
	size_t named, max;
};

/* --- who ----------------------------------------------------------------- */

static enum likeness
likeness(struct walk *walk, const struct draft *other)
{
	const char *replaced = walk->person->letter->supersedes;
	enum likeness found = ALIKE_NOT;
	struct duplicate_keys key;

	if (other->id == walk->person->draft ||
	    other->letter.surnames[0] == '\0' ||
	    (replaced[0] != '\0' && strcmp(other->number, replaced) == 0) ||
	    !duplicate_keys_of(&other->letter, &key))
		return ALIKE_NOT;
	walk->match = duplicate_match(&walk->own, &key);
	if (walk->match != DUPLICATE_NOT)
		found = ALIKE_SAME;
	else if (duplicate_is_near(&walk->own, &key))
		found = duplicate_documents_differ(&walk->own, &key)
		    ? ALIKE_HOMONYM
		    : ALIKE_NEAR;
	OPENSSL_cleanse(&key, sizeof(key));
	return found;
}

static bool
visit(void *arg, const struct draft *other)
{
	struct walk *walk = arg;

	if (likeness(walk, other) != walk->wanted)
		return true;
	walk->each(walk, other);
	return ++walk->count < DUPLICATE_SHOWN_MAX;
}

static enum err
look(struct walk *walk, enum likeness wanted, struct errtext *err)
{
	struct person_keys keys = { walk->own.document, walk->own.name };
	struct registry *reg = walk->center->reg;
	const char *center = walk->center->info.center;
	int year = (int)strtol(walk->own.birth_date, NULL, 10);

	walk->wanted = wanted;
	if (wanted != ALIKE_HOMONYM)
		return register_draft_duplicates(
		    reg, center, &keys, visit, walk, err);
	if (year == 0 || keys.document[0] == '\0')
		return ERR_OK;
	return register_draft_homonyms(reg, center, &keys,
	    year - DUPLICATE_YEARS_NEAR, year + DUPLICATE_YEARS_NEAR, visit,
	    walk, err);
}

/* First those who look the same, then those who are near. */
static enum err
go(struct walk *walk, struct errtext *err)
{
	enum err rc;

	if (walk->person->letter->surnames[0] == '\0')
		return ERR_OK;
	if (!duplicate_keys_of(walk->person->letter, &walk->own))
		return err_memory(err);
	rc = look(walk, ALIKE_SAME, err);
	walk->count = 0;
	if (rc == ERR_OK)
		rc = look(walk, ALIKE_NEAR, err);
	if (rc == ERR_OK && walk->count < DUPLICATE_SHOWN_MAX)
		rc = look(walk, ALIKE_HOMONYM, err);
	OPENSSL_cleanse(&walk->own, sizeof(walk->own));
	return rc;
}

/* --- side by side -------------------------------------------------------- */

struct beside {
	struct table *table;
	size_t places; /* of a value on one line, 0: any number */
};

/* "letter GTGUA01-2026-000001-L", "draft 12", "this row" */
static void
which(const char *number, int64_t draft, char out[WHICH_SIZE])
{
	if (number[0] != '\0')
		snprintf(out, WHICH_SIZE, _("letter %s"), number);
	else if (draft != 0)
		snprintf(out, WHICH_SIZE, _("draft %lld"), (long long)draft);
	else
		snprintf(out, WHICH_SIZE, "%s", _("this row"));
}

/* The lines of a cell that is so wide. */
static void
fold_cell(struct bytes *out, const char *text, size_t places)
{
	fold_add(out, text, strlen(text), &(struct fold){ .width = places });
	bytes_add_text(out, "");
}

/* Long names often differ at their end alone, so nothing is cut off: they go on
 * below. */
static void
compare(const struct beside *beside, const char *label, const char *own,
    const char *other)
{
	bool differs = strcmp(own, other) != 0;
	struct bytes lines[2] = { { 0 }, { 0 } };
	char *left, *right;

	fold_cell(&lines[0], own, beside->places);
	fold_cell(&lines[1], other, beside->places);
	left = (char *)lines[0].at;
	right = (char *)lines[1].at;
	while ((left != NULL || right != NULL) &&
	    (own[0] != '\0' || other[0] != '\0')) {
		const char *a = strsep(&left, "\n"), *b = strsep(&right, "\n");

		table_row(beside->table,
		    (const char *[]){ label, a, differs ? "*" : "", b });
		label = "";
		differs = false;
	}
	bytes_wipe(&lines[0]);
	bytes_wipe(&lines[1]);
}

/* Who somebody is stands there always; other things where they differ. */
static bool
is_always_shown(enum field_id id)
{
	return id == FIELD_SURNAMES || id == FIELD_GIVEN_NAMES ||
	    id == FIELD_BIRTH_DATE || id == FIELD_DOCUMENT_NUMBER_TAIL;
}

static void
compare_fields(const struct beside *beside, const struct letter *own,
    const struct letter *other)
{
	static const enum field_id fields[] = { FIELD_SURNAMES,
		FIELD_GIVEN_NAMES, FIELD_BIRTH_DATE, FIELD_SEX,
		FIELD_NATIONALITY, FIELD_DOCUMENT_TYPE, FIELD_DOCUMENT_COUNTRY,
		FIELD_DOCUMENT_NUMBER_TAIL, FIELD_CONSULATE, FIELD_PATHWAY };
	const char *lang = i18n_language();

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct field *field = field_row(fields[i]);
		const char *a = field_get(field, own);
		const char *b = field_get(field, other);

		if (field->kind == KIND_BIRTH_DATE) {
			a = date_shown(lang, a);
			b = date_shown(lang, b);
		}
		if (is_always_shown(field->id) || strcmp(a, b) != 0)
			compare(beside, labels_field(lang, field), a, b);
	}
}

static void
compare_days(const struct beside *beside, int64_t own, int64_t other)
{
	char days[2][CLOCK_DATE_SIZE];

	local_date(own, days[0]);
	local_date(other, days[1]);
	compare(beside, _("Drafted"), days[0], days[1]);
}

/* The other of the two. Borrowed. */
struct other {
	const char *which, *number; /* as the heading; of its letter, or "" */
	const struct letter *letter;
	int64_t at;
};

/* Rows are marked as different, of what was called the same name. */
static bool
is_other_order(const struct letter *own, const struct letter *other,
    enum duplicate_match match)
{
	return match != DUPLICATE_DOCUMENT_BIRTH &&
	    match != DUPLICATE_DOCUMENT_PART_PERHAPS &&
	    (strcmp(own->surnames, other->surnames) != 0 ||
		strcmp(own->given_names, other->given_names) != 0);
}

/* Both are of this center, but a number that another gave may be in a
 * register that was taken over. */
static void
print_beside(const struct walk *walk, const struct other *other)
{
	char own[WHICH_SIZE], center[LETTER_CENTER_SIZE];
	const char *here = walk->center->info.center;
	struct table_column columns[] = { { "", false, 0, 0 },
		{ own, false, 0, VALUE_WHOLE }, { "", false, 0, 0 },
		{ other->which, false, 0, VALUE_WHOLE } };
	struct table table = { .column = columns, .column_count = 4 };
	const struct beside beside = { &table, (size_t)walk->width / 4 };

	print_to(walk->out, _("Perhaps the same person: %s"), other->which);
	print_to(walk->out, "\n  %s\n", duplicate_words(walk->match));
	if (is_other_order(walk->person->letter, other->letter, walk->match))
		print_to(walk->out, "  %s\n",
		    _("of the name the same words, but in another order or "
		      "written otherwise"));
	if (walk->count == 0)
		print_to(walk->out, "%s\n",
		    _("What differs is marked with a star:"));
	which("", walk->person->draft, own);
	text_copy(center, sizeof(center), here);
	if (other->number[0] != '\0')
		snprintf(center, sizeof(center), "%.*s",
		    (int)strcspn(other->number, "-"), other->number);
	compare_fields(&beside, walk->person->letter, other->letter);
	compare(&beside, _("Center"), here, center);
	compare_days(&beside, walk->person->at, other->at);
	table_print(&table, walk->out, walk->width);
	table_clear(&table);
}

/* --- notes --------------------------------------------------------------- */

static const char *
note_words(const struct walk *walk, const char *birth)
{
	bool one_year = strncmp(birth, walk->person->letter->birth_date,
			    strlen("YYYY")) == 0;

	if (walk->wanted == ALIKE_HOMONYM)
		return one_year
		    ? _("Note: the same name with another document and another "
			"day of birth: %s, born %s; perhaps the same person")
		    : _("Note: the same name with another document and another "
			"year of birth: %s, born %s; perhaps the same person");
	return one_year
	    ? _("Note: the same name with another day of birth: %s, born %s; "
		"perhaps one of the two days is wrong")
	    : _("Note: the same name with another year of birth: %s, born "
		"%s; perhaps one of the two years is wrong");
}

static void
print_note(struct walk *walk, const struct draft *other)
{
	const struct letter *l = &other->letter;
	char others[WHICH_SIZE];

	which(other->number, other->id, others);
	print_to(walk->out, note_words(walk, l->birth_date), others,
	    date_shown(i18n_language(), l->birth_date));
	print_to(walk->out, "\n");
}

static void
print_other(struct walk *walk, const struct draft *other)
{
	char others[WHICH_SIZE];

	if (walk->wanted != ALIKE_SAME) {
		print_note(walk, other);
		return;
	}
	which(other->number, other->id, others);
	print_beside(walk,
	    &(struct other){
		others, other->number, &other->letter, other->at });
}

enum err
duplicate_view_print(struct center *center,
    const struct duplicate_person *person, FILE *out, int width,
    struct errtext *err)
{
	struct walk walk = { .center = center,
		.person = person,
		.each = print_other,
		.out = out,
		.width = width };

	return go(&walk, err);
}

void
duplicate_view_print_line(struct center *center,
    const struct duplicate_person *person, const struct letter *other,
    size_t line, FILE *out, int width)
{
	struct walk walk = {
		.center = center, .person = person, .out = out, .width = width
	};
	struct duplicate_keys key = { 0 };
	char others[WHICH_SIZE];

	if (duplicate_keys_of(person->letter, &walk.own) &&
	    duplicate_keys_of(other, &key))
		walk.match = duplicate_match(&walk.own, &key);
	snprintf(others, sizeof(others), _("line %zu"), line);
	print_beside(&walk, &(struct other){ others, "", other, person->at });
	OPENSSL_cleanse(&walk.own, sizeof(walk.own));
	OPENSSL_cleanse(&key, sizeof(key));
}

/* --- in one line --------------------------------------------------------- */

/* Sentences of their own for a draft and a letter: either noun may have an
 * article that melts into the word before it. */
static const struct {
	const char *draft, *letter;
} likeness_words[] = {
	[DUPLICATE_LOOKS] = { N_("looks like draft %lld"),
	    N_("looks like letter %s") },
	[DUPLICATE_LIKE] = { N_("like draft %lld"), N_("like letter %s") },
};

static void
add_name(struct walk *walk, const struct draft *other)
{
	if (walk->named++ < walk->max) {
		bytes_add_text(walk->names, walk->names->len > 0 ? ", " : "");
		if (other->number[0] != '\0')
			bytes_addf(walk->names,
			    _(likeness_words[walk->words].letter),
			    other->number);
		else
			bytes_addf(walk->names,
			    _(likeness_words[walk->words].draft),
			    (long long)other->id);
	} else if (walk->named == walk->max + 1)
		bytes_add_text(walk->names, ", ...");
}

enum err
duplicate_view_names(struct center *center,
    const struct duplicate_person *person, enum duplicate_words words,
    size_t max, char out[DUPLICATE_NAMES_SIZE], struct errtext *err)
{
	struct bytes names = { 0 };
	struct walk walk = { .center = center,
		.person = person,
		.each = add_name,
		.names = &names,
		.words = words,
		.max = max };
	enum err rc = go(&walk, err);

	snprintf(out, DUPLICATE_NAMES_SIZE, "%s",
	    names.len > 0 ? (const char *)names.at : "");
	bytes_free(&names);
	return rc;
}

/* --- for programs -------------------------------------------------------- */

static void
add_json(struct walk *walk, const struct draft *other)
{
	json_t *object = json_object();

	if (other->number[0] != '\0')
		json_set_text(object, "letterNumber", other->number);
	else
		json_object_set_new(object, "draft", json_integer(other->id));
	json_set_text(object, "surnames", other->letter.surnames);
	json_set_text(object, "givenNames", other->letter.given_names);
	json_set_text(object, "birthDate", other->letter.birth_date);
	json_set_text(
	    object, "match", walk->wanted == ALIKE_SAME ? "same" : "near");
	json_array_append_new(walk->array, object);
}

enum err
duplicate_view_json(struct center *center,
    const struct duplicate_person *person, json_t **out, struct errtext *err)
{
	struct walk walk = { .center = center,
		.person = person,
		.each = add_json,
		.array = json_array() };
	enum err rc = go(&walk, err);

	if (rc == ERR_OK)
		*out = walk.array;
	else
		json_decref(walk.array);
	return rc;
}
