/*
 * draft_show.c - draft_show.h.
 */
#include "issue/draft_show.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/table.h"
#include "issue/center/warnings.h"
#include "issue/changes.h"
#include "issue/duplicate_view.h"
#include "issue/register/draft.h"
#include "issue/register/letter.h"
#include "letter/date.h"
#include "letter/view.h"
#include "letter/xml.h"
#include "trust/authenticate.h"

/* compared: whom it looks like is shown below, side by side */
static void
print_problems(FILE *out, const struct bytes *problems, bool compared)
{
	json_t *all = json_loads((const char *)problems->at, 0, NULL);
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *text =
		    json_string_value(json_object_get(one, "text"));
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		if (text != NULL && code != NULL &&
		    !(compared && strcmp(code, problem_name(W_DUPLICATE)) == 0))
			print_to(out, "%s: %s\n", code, text);
	}
	json_decref(all);
}

/* A correction: what it says otherwise than the letter it is to replace. */
static enum err
print_changes(FILE *out, struct center *center, const struct draft *draft,
    struct errtext *err)
{
	const char *number = draft->letter.supersedes;
	struct issued issued = { 0 };
	struct letter old = { 0 };
	enum err rc;

	if (number[0] == '\0')
		return ERR_OK;
	rc = register_letter_load(center->reg, number, &issued, err);
	if (rc == ERR_OK && issued.xml.len > 0 &&
	    xml_read(issued.xml.at, issued.xml.len, &old, NULL) == ERR_OK) {
		print_to(out, _("In place of letter %s:"), number);
		print_to(out, "\n");
		changes_print(out, center->list, &old, &draft->letter);
	}
	letter_wipe(&old);
	register_letter_clear(&issued);
	/* lines that were lost, or erased data: approving says what stands */
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* "W-MINOR (under 18 on the first day of validity); looks like draft 12" */
static void
print_warnings(FILE *out, warnings_set set, const char *alike)
{
	const char *between = "";

	for (int i = 0; i < PROBLEM_CODE_COUNT; i++) {
		enum problem_code code = (enum problem_code)i;

		if (!(set & WARNINGS_BIT(code)))
			continue;
		print_to(out, "%s%s (%s)", between, problem_name(code),
		    warnings_meaning(code));
		between = "; ";
	}
	if (alike[0] != '\0') {
		print_to(out, "%s", between);
		print_to(out, "%s", alike);
	} else if (set == 0)
		print_to(out, "%s", _("No warnings."));
	print_to(out, "\n");
}

enum err
draft_brief(FILE *out, struct center *center, const struct draft *draft,
    struct errtext *err)
{
	struct duplicate_person person = { &draft->letter, draft->id,
		draft->at };
	char alike[DUPLICATE_NAMES_SIZE];
	const struct letter *l = &draft->letter;
	size_t dependants = l->dependant_count;
	char type[LABELS_VALUE_SIZE];
	enum err rc = duplicate_view_names(
	    center, &person, DUPLICATE_LOOKS, DUPLICATE_SHOWN_MAX, alike, err);

	if (rc != ERR_OK)
		return rc;
	print_to(out, _("Draft %lld: %s%s%s, born %s"), (long long)draft->id,
	    l->surnames, l->given_names[0] ? ", " : "", l->given_names,
	    date_shown(i18n_language(), l->birth_date));
	if (l->birth_date_estimated[0] != '\0')
		print_to(out, " (%s)", _("estimated"));
	print_to(out, "\n");
	labels_value(i18n_language(), field_row(FIELD_DOCUMENT_TYPE), l, NULL,
	    type, sizeof(type));
	if (l->document_type[0] != '\0')
		print_to(out, _("Document: %s, %s %s"), type,
		    l->document_country, l->document_number_tail);
	else
		print_to(out, "%s", _("No document"));
	print_to(out, "; ");
	if (dependants == 0)
		print_to(out, "%s", _("no dependants"));
	else
		print_to(out,
		    ngettext("%zu dependant", "%zu dependants", dependants),
		    dependants);
	if (l->supersedes[0] != '\0') {
		print_to(out, "; ");
		print_to(out, _("in place of letter %s"), l->supersedes);
	}
	print_to(out, "\n");
	print_warnings(
	    out, warnings_of((const char *)draft->problems.at), alike);
	return ERR_OK;
}

enum err
draft_show(FILE *out, struct center *center, const struct draft *draft,
    struct errtext *err)
{
	struct duplicate_person person = { &draft->letter, draft->id,
		draft->at };
	struct letter_labels labels = { 0 };
	char alike[DUPLICATE_NAMES_SIZE];
	enum err rc;

	authenticate_labels(
	    center->list, &draft->letter, i18n_language(), &labels);
	view_print(out, &draft->letter, &labels);
	if ((rc = duplicate_view_names(
		 center, &person, DUPLICATE_LOOKS, 1, alike, err)) != ERR_OK)
		return rc;
	print_problems(out, &draft->problems,
	    draft->state == DRAFT_PENDING && alike[0] != '\0');
	if (draft->state != DRAFT_PENDING)
		return ERR_OK;
	rc = print_changes(out, center, draft, err);
	return rc == ERR_OK ? duplicate_view_print(center, &person, out,
				  table_width_of(out), err)
			    : rc;
}
