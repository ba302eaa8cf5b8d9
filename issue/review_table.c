/*
 * review_table.c - review_table.h.
 */
#include "issue/review_table.h"

#include "base/count.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/table.h"
#include "issue/duplicate_view.h"
#include "issue/register/draft.h"
#include "letter/date.h"

#include <openssl/crypto.h>
#include <string.h>

#define NAME_WHOLE 20 /* places of a name that push no other column out */

/* How much of a batch is told. */
struct part {
	bool warned; /* only these */
	size_t max, count;
	size_t alike; /* who look like somebody else */
};

enum err
review_load(const struct review *review, const struct pick *pick,
    struct draft *draft, struct errtext *err)
{
	enum err rc = register_draft_load(review->center->reg,
	    review->center->info.center, pick->draft, draft, err);

	if (rc == ERR_OK &&
	    memcmp(draft->digest, pick->digest, sizeof(pick->digest)) != 0)
		rc = err_set(err, ERR_REFUSED,
		    _("draft %lld: it was changed, discarded or approved "
		      "while you looked at it; look again"),
		    (long long)pick->draft);
	return rc;
}

/* "W-MINOR, like draft 12" */
static void
join_warnings(warnings_set set, const char *alike, struct bytes *out)
{
	char codes[WARNINGS_CODES_SIZE];

	bytes_add_text(out, warnings_codes(set, codes));
	if (alike[0] == '\0')
		return;
	bytes_add_text(out, out->len > 0 ? ", " : "");
	bytes_add_text(out, alike);
}

static void
add_cells(struct table *table, const struct draft *draft, const char *warnings)
{
	const struct letter *l = &draft->letter;
	char id[24], name[2 * LETTER_NAME_SIZE + 2];

	snprintf(id, sizeof(id), "%lld", (long long)draft->id);
	snprintf(name, sizeof(name), "%s%s%s", l->surnames,
	    l->given_names[0] ? ", " : "", l->given_names);
	table_row(table,
	    (const char *[]){ id, draft->officer,
		date_shown(i18n_language(), l->birth_date),
		l->document_number_tail, l->consulate, name, warnings });
	OPENSSL_cleanse(name, sizeof(name));
}

static enum err
add_row(const struct review *review, const struct pick *pick, struct part *part,
    bool warned, struct table *table, struct errtext *err)
{
	struct bytes warnings = { 0 };
	char alike[DUPLICATE_NAMES_SIZE];
	struct draft draft = { 0 };
	struct duplicate_person person = { &draft.letter, pick->draft, 0 };
	enum err rc = review_load(review, pick, &draft, err);

	if (rc == ERR_OK)
		rc = duplicate_view_names(
		    review->center, &person, DUPLICATE_LIKE, 1, alike, err);
	if (rc == ERR_OK) {
		join_warnings(pick->warnings, alike, &warnings);
		part->alike += warned && alike[0] != '\0';
		if ((warnings.len > 0) == warned && part->count++ < part->max)
			add_cells(table, &draft,
			    warnings.len > 0 ? (const char *)warnings.at : "");
	}
	bytes_free(&warnings);
	register_draft_clear(&draft);
	return rc;
}

static enum err
add_rows(const struct review *review, const struct picks *picks,
    struct part *part, bool warned, struct table *table, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < picks->count && rc == ERR_OK; i++)
		rc = add_row(review, &picks->at[i], part, warned, table, err);
	return rc;
}

/* The document tells apart two who have the same name and day. */
static enum err
print_table(const struct review *review, const struct picks *picks,
    struct part *part, struct errtext *err)
{
	const struct table_column columns[] = { { _("Draft"), true, 0, 0 },
		{ _("By"), false, 2, 0 }, { _("Born"), false, 0, 0 },
		{ _("Document"), false, 0, 0 }, { _("Consulate"), false, 1, 0 },
		{ _("Name"), false, 0, NAME_WHOLE },
		{ _("Warnings"), false, 0, 0 } };
	struct table table = { .column = columns, .column_count = 7 };
	enum err rc = add_rows(review, picks, part, true, &table, err);

	if (rc == ERR_OK && !part->warned)
		rc = add_rows(review, picks, part, false, &table, err);
	if (rc == ERR_OK &&
	    !table_print(&table, review->out, table_width_of(review->out)))
		rc = err_memory(err);
	table_clear(&table);
	return rc;
}

/* A line a code: of how many letters, and what it means. */
static void
print_meanings(const struct review *review, const struct picks *picks,
    const struct part *part)
{
	for (int i = 0; i < PROBLEM_CODE_COUNT; i++) {
		enum problem_code code = (enum problem_code)i;
		size_t count = 0;

		for (size_t k = 0; k < picks->count; k++)
			count +=
			    (picks->at[k].warnings & WARNINGS_BIT(code)) != 0;
		if (count > 0)
			print_to(review->out, "%s (%s): %s\n",
			    problem_name(code), COUNTED(LETTERS, count),
			    warnings_meaning(code));
	}
	if (part->alike == 0)
		return;
	print_to(review->out, _("like %s"), "...");
	print_to(review->out, " (%s): %s\n", COUNTED(LETTERS, part->alike),
	    warnings_meaning(W_DUPLICATE));
}

enum err
review_table(
    const struct review *review, const struct picks *picks, struct errtext *err)
{
	struct part all = { .max = SIZE_MAX };
	enum err rc = print_table(review, picks, &all, err);

	if (rc == ERR_OK)
		print_meanings(review, picks, &all);
	return rc;
}

enum err
review_warned(
    const struct review *review, const struct picks *picks, struct errtext *err)
{
	struct part warned = { .warned = true, .max = REVIEW_WARNED_MAX };
	enum err rc;

	print_to(review->out, "\n");
	if ((rc = print_table(review, picks, &warned, err)) != ERR_OK)
		return rc;
	if (warned.count > warned.max) {
		print_to(review->out,
		    _("More drafts with warnings: %zu (sello-issue list "
		      "--drafts)"),
		    warned.count - warned.max);
		print_to(review->out, "\n");
	}
	print_meanings(review, picks, &warned);
	return ERR_OK;
}
