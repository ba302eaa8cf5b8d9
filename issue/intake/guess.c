/*
 * What a wrong code was probably meant to be, with its meaning: "Guatemala:
 * GTM?". Labels in all languages of the letters count, other lists' codes,
 * and slips. A guess is said, never taken.
 */
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"
#include "letter/code.h"

#include <openssl/crypto.h>

#include <string.h>

#define TYPED_MAX   80 /* letters of a value that are looked at */
#define GUESSES_MAX 3
#define STEM_MIN    5 /* letters that make words related */
#define ALL_MAX     8 /* codes of a list that is shown whole */

/* How sure a guess is; smaller is surer. */
enum sureness { SAME, BEGINS, SLIP, CODE_SLIP, RELATED, NO_GUESS };

struct guess {
	const char *code, *label; /* label: in the user's language */
};

struct guessing {
	char typed[TYPED_MAX + 1]; /* folded, one space between words */
	size_t typed_len;
	enum sureness best;
	size_t stems; /* of RELATED: words that the best ones share */
	struct guess at[GUESSES_MAX];
	size_t count;
};

static void
fold(const char *text, char out[TYPED_MAX + 1])
{
	struct bytes all = { 0 };
	size_t len;

	utf8_fold(text, strlen(text), true, &all);
	len = all.len < TYPED_MAX ? all.len : TYPED_MAX;
	memcpy(out, all.at == NULL ? "" : (const char *)all.at, len);
	out[len] = '\0';
	bytes_wipe(&all); /* a number in the wrong column, perhaps */
}

/* Does a word of the label begin so? "hijo" in "hijo o hija" */
static bool
has_word(const char *label, const char *typed, size_t len)
{
	const char *at = label;

	while ((at = strstr(at, typed)) != NULL) {
		if ((at == label || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ' ' || len >= 4))
			return true;
		at++;
	}
	return false;
}

/* Words of what was typed that have one stem with a word of the label:
 * "hondureña" and "Honduras". */
static size_t
count_stems(const char *label, const char *typed)
{
	size_t count = 0;

	for (; *typed != '\0'; typed += strspn(typed, " ")) {
		size_t len = strcspn(typed, " "), most = 0;

		for (const char *word = label; *word != '\0';
		     word += strspn(word, " ")) {
			size_t same = 0;

			while (same < len && word[same] == typed[same])
				same++;
			most = same > most ? same : most;
			word += strcspn(word, " ");
		}
		count += most >= STEM_MIN;
		typed += len;
	}
	return count;
}

static enum sureness
compare_label(const struct guessing *g, const char *label)
{
	char known[TYPED_MAX + 1];
	size_t len;

	fold(label, known);
	len = strlen(known);
	if (strcmp(known, g->typed) == 0)
		return SAME;
	if (g->typed_len >= 3 &&
	    (strncmp(known, g->typed, g->typed_len) == 0 ||
		has_word(known, g->typed, g->typed_len) ||
		(len >= 4 && has_word(g->typed, known, len))))
		return BEGINS;
	if (g->typed_len >= 5 &&
	    intake_distance(known, g->typed) <= (len < 8 ? 1u : 2u))
		return SLIP;
	return count_stems(known, g->typed) > 0 ? RELATED : NO_GUESS;
}

static enum sureness
compare_code(const struct guessing *g, const char *code)
{
	char known[TYPED_MAX + 1];
	size_t len;

	fold(code, known);
	len = strlen(known);
	if (len < 3 || g->typed_len < 3)
		return NO_GUESS;
	if (strcmp(known, g->typed) == 0)
		return SAME;
	if (len >= 6 && strncmp(known, g->typed, g->typed_len) == 0)
		return BEGINS;
	return intake_distance(known, g->typed) <= (len < 6 ? 1u : 2u)
	    ? CODE_SLIP
	    : NO_GUESS;
}

/* Of related ones those that share the most words: "Consulado de España en
 * Guatemala" is related to each of Spain's. */
static bool
is_less_related(struct guessing *g, const char *label)
{
	char known[TYPED_MAX + 1];
	size_t stems;

	fold(label, known);
	stems = count_stems(known, g->typed);
	if (stems > g->stems) {
		g->count = 0;
		g->stems = stems;
	}
	return stems < g->stems;
}

static void
offer(struct guessing *g, enum sureness sureness, const char *code,
    const char *label)
{
	if (sureness == NO_GUESS || sureness > g->best)
		return;
	if (sureness < g->best)
		g->count = 0;
	g->best = sureness;
	if (sureness == RELATED && is_less_related(g, label))
		return;
	if (g->count < GUESSES_MAX)
		g->at[g->count++] = (struct guess){ code, label };
}

static enum sureness
surer(enum sureness a, enum sureness b)
{
	return a < b ? a : b;
}

/* One code with a message id for its label, in every language. */
static void
consider(struct guessing *g, const struct code *list, const char *code,
    const char *label)
{
	enum sureness sureness = compare_code(g, code);

	for (size_t i = 0; i < I18N_LANGUAGE_COUNT; i++)
		sureness = surer(sureness,
		    compare_label(g, i18n_in(i18n_languages[i], label)));
	if (intake_code_is_called(list, code, g->typed))
		sureness = SAME;
	offer(g, sureness, code, _(label));
}

static void
consider_countries(struct guessing *g, const struct field *field)
{
	const struct country *country;

	for (size_t i = 0; (country = country_at(i)) != NULL; i++) {
		char alpha2[TYPED_MAX + 1];

		fold(country->alpha2, alpha2);
		if (strcmp(alpha2, g->typed) == 0)
			offer(g, SAME, country->alpha3, _(country->label));
		else
			consider(g, NULL, country->alpha3, country->label);
	}
	for (const struct code *c = code_authority;
	     field->id != FIELD_DESTINATION && c->code != NULL; c++)
		consider(g, NULL, c->code, c->label);
	for (const struct code *c = code_no_country;
	     field->kind == KIND_COUNTRIES && c->code != NULL; c++)
		consider(g, NULL, c->code, c->label);
}

static void
consider_list(struct guessing *g, const struct code *list)
{
	for (const struct code *c = list; c->code != NULL; c++)
		consider(g, list, c->code, c->label);
}

static const char *
pathway_label(const struct trust_pathway *pathway)
{
	const char *label = trust_pathway_label(pathway, i18n_language());

	return label == NULL ? "" : label;
}

static void
consider_pathways(struct guessing *g, const struct trust_list *list)
{
	consider_list(g, code_pathway);
	for (size_t i = 0; i < list->pathway_count; i++) {
		const struct trust_pathway *p = &list->pathways[i];
		enum sureness sureness = compare_code(g, p->code);

		for (size_t k = 0; k < I18N_LANGUAGE_COUNT; k++)
			sureness =
			    surer(sureness, compare_label(g, p->label[k]));
		offer(g, sureness, p->code, pathway_label(p));
	}
}

static void
consider_consulates(struct guessing *g, const struct trust_list *list)
{
	for (size_t i = 0; i < list->consulate_count; i++) {
		const struct trust_consulate *c = &list->consulates[i];

		offer(g,
		    surer(compare_code(g, c->code), compare_label(g, c->name)),
		    c->code, c->name);
	}
}

/* ---- in words ----------------------------------------------------------- */

/* "Guatemala: GTM? Guam: GUM?" */
static void
add_guesses(const struct guessing *g, struct bytes *out)
{
	for (size_t i = 0; i < g->count; i++) {
		bytes_add_text(out, i > 0 ? " " : "");
		/* TRANSLATORS: "Guatemala: GTM?" */
		bytes_addf(out, _("%s: %s?"), g->at[i].label, g->at[i].code);
	}
}

/* ", I National identity card" */
static void
add_meaning(struct bytes *out, const char *code, const char *label)
{
	bytes_addf(out, "%s%s", out->len > 0 ? ", " : "", code);
	if (label[0] != '\0')
		bytes_addf(out, " %s", label);
}

/* All codes that there are, where they are few. */
static void
add_all(
    const struct field *field, const struct trust_list *list, struct bytes *out)
{
	const struct code *codes =
	    field->kind == KIND_PATHWAY ? code_pathway : field->codes;

	for (const struct code *c = codes; c != NULL && c->code != NULL; c++)
		add_meaning(out, c->code, _(c->label));
	for (size_t i = 0;
	     field->kind == KIND_PATHWAY && i < list->pathway_count; i++)
		add_meaning(out, list->pathways[i].code,
		    pathway_label(&list->pathways[i]));
	for (size_t i = 0; field->kind == KIND_CONSULATE &&
	     i < list->consulate_count && i < ALL_MAX;
	     i++)
		add_meaning(
		    out, list->consulates[i].code, list->consulates[i].name);
}

static void
consider_all(struct guessing *g, const struct field *field,
    const struct trust_list *list)
{
	switch (field->kind) {
	case KIND_CODE:
		consider_list(g, field->codes);
		return;
	case KIND_COUNTRY:
	case KIND_COUNTRIES:
		consider_countries(g, field);
		return;
	case KIND_PATHWAY:
		consider_pathways(g, list);
		return;
	case KIND_CONSULATE:
		consider_consulates(g, list);
		return;
	case KIND_LETTER_NUMBER:
	case KIND_TEXT:
	case KIND_NAME:
	case KIND_INSTANT:
	case KIND_DATE:
	case KIND_BIRTH_DATE:
	case KIND_TRUE:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		return;
	}
}

static void
guess(const struct field *field, const struct trust_list *list,
    const char *text, struct problem *problem)
{
	struct guessing g = { .best = NO_GUESS };
	struct bytes guesses = { 0 }, all = { 0 };

	fold(text, g.typed);
	g.typed_len = strlen(g.typed);
	if (g.typed_len > 0)
		consider_all(&g, field, list);
	add_guesses(&g, &guesses);
	add_all(field, list, &all);
	if (!guesses.failed && !all.failed) {
		if (guesses.len > 0 && all.len > 0)
			problem_set(problem, E_CODE, (int)field->id,
			    _("This code is not in the list. %s Known codes: "
			      "%s"),
			    (const char *)guesses.at, (const char *)all.at);
		else if (guesses.len > 0)
			problem_set(problem, E_CODE, (int)field->id,
			    _("No country has this code. %s Write the three "
			      "letters"),
			    (const char *)guesses.at);
		else if (all.len > 0)
			problem_set(problem, E_CODE, (int)field->id,
			    _("This code is not in the list; write one of: "
			      "%s"),
			    (const char *)all.at);
	}
	OPENSSL_cleanse(g.typed, sizeof(g.typed));
	bytes_free(&guesses);
	bytes_free(&all);
}

/* ---- once for a value --------------------------------------------------- */

static struct intake_guessed *
place_of(
    struct intake_guesses *guesses, const struct field *field, const char *text)
{
	uint32_t hash = 2166136261u ^ (uint32_t)field->id; /* FNV-1a */

	for (; *text != '\0'; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	return &guesses
		    ->at[hash % (sizeof(guesses->at) / sizeof(guesses->at[0]))];
}

void
intake_guess(struct judging *j, const struct field *field, const char *text,
    struct problem *problem)
{
	struct intake_guessed *known = place_of(j->guesses, field, text);

	if (text[0] != '\0' && known->field == (int)field->id &&
	    strcmp(known->text, text) == 0) {
		*problem = known->problem;
		return;
	}
	guess(field, j->context->list, text, problem);
	if (!text_copy(known->text, sizeof(known->text), text))
		known->text[0] = '\0';
	known->field = (int)field->id;
	known->problem = *problem;
}
