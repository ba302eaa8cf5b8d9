/*
 * changes.c - changes.h.
 */
#include "issue/changes.h"

#include "base/i18n.h"
#include "base/print.h"
#include "issue/intake/duplicate.h"
#include "letter/date.h"
#include "letter/labels.h"
#include "trust/authenticate.h"

#include <openssl/crypto.h>

#include <string.h>

#define LINE_SIZE 1024 /* a dependant: name, date, relationship */

/* Both letters, what is shown beside their codes, and how much was told. */
struct changes {
	FILE *out;
	const char *lang;
	const struct letter *old, *new;
	struct letter_labels old_labels, new_labels;
	size_t told;
};

/* --- fields -------------------------------------------------------------- */

static bool
drops_document(const struct changes *c)
{
	return c->old->document_type[0] != '\0' &&
	    c->new->document_type[0] == '\0';
}

/* The mark of an estimated date stands with the date. */
static bool
has_line(const struct changes *c, const struct field *field)
{
	return field->source == FROM_ROW && field->kind != KIND_TRUE &&
	    field->kind != KIND_DEPENDANTS &&
	    !(field->group == GROUP_DOCUMENT && drops_document(c));
}

static void
compare_field(struct changes *c, const struct field *field)
{
	char old[LABELS_VALUE_SIZE], new[LABELS_VALUE_SIZE];

	labels_value(c->lang, field, c->old, &c->old_labels, old, sizeof(old));
	labels_value(c->lang, field, c->new, &c->new_labels, new, sizeof(new));
	if (strcmp(old, new) != 0) {
		c->told++;
		if (c->out != NULL)
			print_to(c->out, "%s: %s -> %s\n",
			    labels_field(c->lang, field),
			    old[0] != '\0' ? old : _("(nothing)"),
			    new[0] != '\0' ? new : _("(nothing)"));
	}
	OPENSSL_cleanse(old, sizeof(old));
	OPENSSL_cleanse(new, sizeof(new));
}

/* --- dependants ---------------------------------------------------------- */

/* How a dependant of before is found among those of the new row: the very
 * same, one of the same name, or of the same day and relationship under a name
 * that was mended. The surest first. */
enum kinship { THE_SAME, SAME_NAME, SAME_BIRTH, KINSHIP_COUNT };

static bool
is_kin(
    enum kinship kinship, const struct dependant *a, const struct dependant *b)
{
	bool name = strcmp(a->name, b->name) == 0;
	bool birth = strcmp(a->birth_date, b->birth_date) == 0 &&
	    strcmp(a->relationship, b->relationship) == 0;

	switch (kinship) {
	case THE_SAME:
		return name && birth;
	case SAME_NAME:
		return name;
	case SAME_BIRTH:
		return birth;
	case KINSHIP_COUNT:
		break;
	}
	return false;
}

/* Whom of the new row an old one became, and who of the new ones was there. */
struct matched {
	const struct dependant *became[LETTER_DEPENDANT_MAX];
	bool known[LETTER_DEPENDANT_MAX];
};

static void
match_one(const struct changes *c, enum kinship kinship, size_t old,
    struct matched *out)
{
	for (size_t i = 0; i < c->new->dependant_count; i++)
		if (out->became[old] == NULL && !out->known[i] &&
		    is_kin(kinship, &c->old->dependant[old],
			&c->new->dependant[i])) {
			out->became[old] = &c->new->dependant[i];
			out->known[i] = true;
		}
}

static void
match(const struct changes *c, struct matched *out)
{
	*out = (struct matched){ .became = { NULL } };
	for (int kinship = 0; kinship < KINSHIP_COUNT; kinship++)
		for (size_t i = 0; i < c->old->dependant_count; i++)
			match_one(c, (enum kinship)kinship, i, out);
}

static void
describe(const struct changes *c, const struct dependant *dependant,
    char out[LINE_SIZE])
{
	char relation[LABELS_VALUE_SIZE];

	labels_value(c->lang, field_row(FIELD_DEPENDANT_RELATIONSHIP),
	    dependant, NULL, relation, sizeof(relation));
	snprintf(out, LINE_SIZE, "%s, %s, %s", dependant->name,
	    date_shown(c->lang, dependant->birth_date), relation);
}

static void
tell_dependant(struct changes *c, const char *what, const struct dependant *one,
    const struct dependant *other)
{
	char line[2][LINE_SIZE] = { "", "" };

	c->told++;
	if (c->out == NULL)
		return;
	describe(c, one, line[0]);
	if (other != NULL)
		describe(c, other, line[1]);
	print_to(c->out, "%s: %s%s%s\n", what, line[0],
	    other != NULL ? " -> " : "", line[1]);
	OPENSSL_cleanse(line, sizeof(line));
}

static void
compare_dependants(struct changes *c)
{
	struct matched matched;
	const struct dependant *old, *became;
	size_t dropped = 0, i;

	match(c, &matched);
	for (i = 0; i < c->old->dependant_count; i++) {
		old = &c->old->dependant[i];
		became = matched.became[i];
		if (became != NULL && !is_kin(THE_SAME, old, became))
			tell_dependant(c, _("Dependant"), old, became);
	}
	for (i = 0; i < c->new->dependant_count; i++)
		if (!matched.known[i])
			tell_dependant(c, _("Dependant added"),
			    &c->new->dependant[i], NULL);
	for (i = 0; i < c->old->dependant_count; i++)
		if (matched.became[i] == NULL) {
			tell_dependant(c, _("Dependant dropped"),
			    &c->old->dependant[i], NULL);
			dropped++;
		}
	if (dropped > 0 && c->out != NULL) {
		print_to(c->out,
		    ngettext("%zu dependant of %zu is dropped.",
			"%zu dependants of %zu are dropped.", dropped),
		    dropped, c->old->dependant_count);
		print_to(c->out, "\n");
	}
}

/* --- all ----------------------------------------------------------------- */

static void
tell_document(struct changes *c)
{
	char type[LABELS_VALUE_SIZE];

	c->told++;
	if (c->out == NULL)
		return;
	labels_value(c->lang, field_row(FIELD_DOCUMENT_TYPE), c->old, NULL,
	    type, sizeof(type));
	print_to(c->out, _("The document is dropped: %s, %s %s"), type,
	    c->old->document_country, c->old->document_number_tail);
	print_to(c->out, "\n");
}

/* out NULL: only count */
static size_t
compare(FILE *out, const struct trust_list *list, const struct letter *old,
    const struct letter *new)
{
	struct changes c = {
		.out = out, .lang = i18n_language(), .old = old, .new = new
	};

	authenticate_labels(list, old, c.lang, &c.old_labels);
	authenticate_labels(list, new, c.lang, &c.new_labels);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (has_line(&c, &field_table[i]))
			compare_field(&c, &field_table[i]);
	compare_dependants(&c);
	if (drops_document(&c))
		tell_document(&c);
	return c.told;
}

void
changes_print(FILE *out, const struct trust_list *list,
    const struct letter *old, const struct letter *new)
{
	if (compare(out, list, old, new) == 0)
		print_to(out, "%s\n",
		    _("Nothing changes: the row says what the letter says."));
}

bool
changes_any(const struct letter *old, const struct letter *new)
{
	return compare(NULL, NULL, old, new) > 0;
}

bool
changes_person(const struct letter *old, const struct letter *new)
{
	struct duplicate_keys was, is;
	bool other = duplicate_keys_of(old, &was) &&
	    duplicate_keys_of(new, &is) && strcmp(was.name, is.name) != 0 &&
	    strcmp(was.birth_date, is.birth_date) != 0 &&
	    (was.document[0] == '\0' || strcmp(was.document, is.document) != 0);

	OPENSSL_cleanse(&was, sizeof(was));
	OPENSSL_cleanse(&is, sizeof(is));
	return other;
}
