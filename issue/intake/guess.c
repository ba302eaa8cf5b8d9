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

#define TYPED_MAX   40 /* letters of a value that are looked at */
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
	struct guess at[GUESSES_MAX];
	size_t count;
};

/* What people write for a code though no label says it; folded. */
static const struct {
	const struct code *list; /* NULL: a country */
	const char *word, *code;
} others[] = {
	{ NULL, "gua", "GTM" },
	{ NULL, "hon", "HND" },
	{ NULL, "esa", "SLV" },
	{ NULL, "sal", "SLV" },
	{ NULL, "nca", "NIC" },
	{ NULL, "crc", "CRI" },
	{ NULL, "hai", "HTI" },
	{ NULL, "rd", "DOM" },
	{ NULL, "rep dom", "DOM" },
	{ NULL, "rep dominicana", "DOM" },
	{ NULL, "dominicana", "DOM" },
	{ NULL, "dominicano", "DOM" },
	{ NULL, "chi", "CHL" },
	{ NULL, "par", "PRY" },
	{ NULL, "uru", "URY" },
	{ NULL, "spa", "ESP" },
	{ NULL, "ger", "DEU" },
	{ NULL, "d", "DEU" },
	{ NULL, "por", "PRT" },
	{ NULL, "eua", "USA" },
	{ NULL, "eeuu", "USA" },
	{ NULL, "ee uu", "USA" },
	{ NULL, "uk", "GBR" },
	{ NULL, "kos", "RKS" },
	{ NULL, "kosovo", "RKS" },
	{ NULL, "xkx", "RKS" },
	{ NULL, "apatrida", "XXA" },
	{ NULL, "apatride", "XXA" },
	{ NULL, "stateless", "XXA" },
	{ NULL, "refugiado", "XXB" },
	{ NULL, "refugee", "XXB" },
	{ NULL, "refugie", "XXB" },
	{ NULL, "onu", "UNO" },
	{ code_document_type, "dpi", "I" },
	{ code_document_type, "cui", "I" },
	{ code_document_type, "dni", "I" },
	{ code_document_type, "cedula", "I" },
	{ code_document_type, "ine", "I" },
	{ code_document_type, "id", "I" },
	{ code_document_type, "cni", "I" },
	{ code_document_type, "rg", "I" },
	{ code_document_type, "niu", "I" },
	{ code_document_type, "cin", "I" },
	{ code_document_type, "ppt", "R" },
	{ code_document_type, "tps", "R" },
	{ code_document_type, "residencia", "R" },
	{ code_document_type, "titulo de viaje", "T" },
	{ code_document_type, "acnur", "U" },
	{ code_document_type, "unhcr", "U" },
	{ code_document_type, "hcr", "U" },
	{ code_document_type, "partida", "B" },
	{ code_document_type, "acta", "B" },
	{ code_document_type, "matricula", "C" },
	{ code_sex, "mujer", "F" },
	{ code_sex, "w", "F" },
	{ code_sex, "woman", "F" },
	{ code_sex, "mulher", "F" },
	{ code_sex, "fanm", "F" },
	{ code_sex, "h", "M" },
	{ code_sex, "hombre", "M" },
	{ code_sex, "man", "M" },
	{ code_sex, "homem", "M" },
	{ code_sex, "varon", "M" },
	{ code_identity_basis, "original", "DOC" },
	{ code_identity_basis, "documento", "DOC" },
	{ code_identity_basis, "copia", "COPY" },
	{ code_identity_basis, "fotocopia", "COPY" },
	{ code_identity_basis, "declarado", "DECLARED" },
	{ code_identity_basis, "declaracion", "DECLARED" },
	{ code_relationship, "hija", "CHILD" },
	{ code_relationship, "nino", "CHILD" },
	{ code_relationship, "nina", "CHILD" },
	{ code_relationship, "menor", "CHILD" },
	{ code_relationship, "menino", "CHILD" },
	{ code_relationship, "menina", "CHILD" },
	{ code_relationship, "enfant", "CHILD" },
	{ code_relationship, "timoun", "CHILD" },
	{ code_relationship, "son", "CHILD" },
	{ code_relationship, "daughter", "CHILD" },
	{ code_relationship, "fils", "CHILD" },
	{ code_relationship, "fille", "CHILD" },
	{ code_relationship, "filha", "CHILD" },
	{ code_relationship, "esposo", "SPOUSE" },
	{ code_relationship, "esposa", "SPOUSE" },
	{ code_relationship, "conyuge", "SPOUSE" },
	{ code_relationship, "husband", "SPOUSE" },
	{ code_relationship, "wife", "SPOUSE" },
	{ code_relationship, "mari", "SPOUSE" },
	{ code_relationship, "femme", "SPOUSE" },
	{ code_relationship, "marido", "SPOUSE" },
	{ code_relationship, "conviviente", "PARTNER" },
	{ code_relationship, "pareja", "PARTNER" },
	{ code_relationship, "father", "PARENT" },
	{ code_relationship, "mother", "PARENT" },
	{ code_relationship, "padre", "PARENT" },
	{ code_relationship, "madre", "PARENT" },
	{ code_relationship, "pere", "PARENT" },
	{ code_relationship, "mere", "PARENT" },
	{ code_relationship, "pai", "PARENT" },
	{ code_relationship, "mae", "PARENT" },
	{ code_relationship, "brother", "SIBLING" },
	{ code_relationship, "sister", "SIBLING" },
	{ code_relationship, "frere", "SIBLING" },
	{ code_relationship, "soeur", "SIBLING" },
	{ code_relationship, "irmao", "SIBLING" },
	{ code_relationship, "irma", "SIBLING" },
	{ code_relationship, "hermano", "SIBLING" },
	{ code_relationship, "hermana", "SIBLING" },
	{ code_relationship, "abuelo", "GRANDPARENT" },
	{ code_relationship, "abuela", "GRANDPARENT" },
	{ code_relationship, "nieto", "GRANDCHILD" },
	{ code_relationship, "nieta", "GRANDCHILD" },
	{ code_relationship, "tutela", "WARD" },
	{ code_relationship, "pupilo", "WARD" },
	{ code_requested_action, "cita", "APPOINTMENT" },
	{ code_requested_action, "solicitud", "RECEIVE_APPLICATION" },
	{ code_requested_action, "documentos", "DOCUMENT_INTAKE" },
	{ code_requested_action, "informacion", "INFORMATION" },
	{ code_requested_action, "info", "INFORMATION" },
	{ code_language, "spa", "es" },
	{ code_language, "esp", "es" },
	{ code_language, "castellano", "es" },
	{ code_language, "eng", "en" },
	{ code_language, "fra", "fr" },
	{ code_language, "por", "pt" },
	{ code_language, "hat", "ht" },
	{ code_language, "kreyol", "ht" },
	{ code_language, "creole", "ht" },
};
#define OTHER_COUNT (sizeof(others) / sizeof(others[0]))

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

/* One stem with a word of the label: "hondureña" and "Honduras" */
static bool
has_stem(const char *label, const char *typed)
{
	for (const char *word = label; word != NULL; word = strchr(word, ' ')) {
		size_t same = 0;

		word += *word == ' ';
		while (word[same] != '\0' && word[same] == typed[same])
			same++;
		if (same >= STEM_MIN)
			return true;
	}
	return false;
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
	return has_stem(known, g->typed) ? RELATED : NO_GUESS;
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

static void
offer(struct guessing *g, enum sureness sureness, const char *code,
    const char *label)
{
	if (sureness == NO_GUESS || sureness > g->best)
		return;
	if (sureness < g->best)
		g->count = 0;
	g->best = sureness;
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
	for (size_t i = 0; i < OTHER_COUNT; i++)
		if (others[i].list == list &&
		    strcmp(others[i].code, code) == 0 &&
		    strcmp(others[i].word, g->typed) == 0)
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
