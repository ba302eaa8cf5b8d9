/*
 * Names of columns: the CSV key of a field, or its label in any language of
 * the letters, however spaced and capitalized; and names that are near one.
 *
 * A near name stops the file, because a column that is passed over in silence
 * is a child left out of a letter.
 */
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"

#include <stdlib.h>
#include <string.h>

#define FOLDED_MAX     64  /* letters of a name that are looked at */
#define NAME_BYTES_MAX 256 /* bytes of one that is looked at at all */
#define WORDS_MAX      16  /* of a name that are */
#define SLIPS_MAX      2   /* that anybody asks for */

/* Words of other people's sheets, folded, for what a field holds. */
static const struct {
	const char *word;
	int field;
} words[] = {
	{ "acompanantes", FIELD_DEPENDANTS },
	{ "agendamento", FIELD_APPOINTMENT_DATE },
	{ "apellido", FIELD_SURNAMES },
	{ "appointment", FIELD_APPOINTMENT_DATE },
	{ "approx", FIELD_BIRTH_DATE_ESTIMATED },
	{ "approximate", FIELD_BIRTH_DATE_ESTIMATED },
	{ "aproximada", FIELD_BIRTH_DATE_ESTIMATED },
	{ "aproximado", FIELD_BIRTH_DATE_ESTIMATED },
	{ "ayantsdroit", FIELD_DEPENDANTS },
	{ "birth", FIELD_BIRTH_DATE },
	{ "birthday", FIELD_BIRTH_DATE },
	{ "caduca", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "caducidad", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "case", FIELD_CASE_REFERENCE },
	{ "caso", FIELD_CASE_REFERENCE },
	{ "cc", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "cedula", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "children", FIELD_DEPENDANTS },
	{ "ci", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "cin", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "cita", FIELD_APPOINTMENT_DATE },
	{ "citizenship", FIELD_NATIONALITY },
	{ "clasededocumento", FIELD_DOCUMENT_TYPE },
	{ "cni", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "countryofissue", FIELD_DOCUMENT_COUNTRY },
	{ "cpf", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "cui", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "curp", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "dependientes", FIELD_DEPENDANTS },
	{ "dni", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "dob", FIELD_BIRTH_DATE },
	{ "doc", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "docno", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "docnumber", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "docto", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "doctype", FIELD_DOCUMENT_TYPE },
	{ "document", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "documentid", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "documento", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "dossier", FIELD_CASE_REFERENCE },
	{ "dpi", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "dui", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "ekspirasyon", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "emitidopor", FIELD_DOCUMENT_COUNTRY },
	{ "enfants", FIELD_DEPENDANTS },
	{ "estimada", FIELD_BIRTH_DATE_ESTIMATED },
	{ "estimado", FIELD_BIRTH_DATE_ESTIMATED },
	{ "estimated", FIELD_BIRTH_DATE_ESTIMATED },
	{ "estimee", FIELD_BIRTH_DATE_ESTIMATED },
	{ "expedidopor", FIELD_DOCUMENT_COUNTRY },
	{ "expediente", FIELD_CASE_REFERENCE },
	{ "expira", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expiracion", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expiration", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expirationdate", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expires", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expiry", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "expirydate", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "familia", FIELD_DEPENDANTS },
	{ "familiares", FIELD_DEPENDANTS },
	{ "family", FIELD_DEPENDANTS },
	{ "familymembers", FIELD_DEPENDANTS },
	{ "familyname", FIELD_SURNAMES },
	{ "fechacita", FIELD_APPOINTMENT_DATE },
	{ "fechadeexpiracion", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "fechadevenc", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "fechadevencimiento", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "fechaexpiracion", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "fechanac", FIELD_BIRTH_DATE },
	{ "fechanacimiento", FIELD_BIRTH_DATE },
	{ "fechavenc", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "fechavencimiento", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "filhos", FIELD_DEPENDANTS },
	{ "firstname", FIELD_GIVEN_NAMES },
	{ "firstnames", FIELD_GIVEN_NAMES },
	{ "fm", FIELD_SEX },
	{ "forename", FIELD_GIVEN_NAMES },
	{ "forenames", FIELD_GIVEN_NAMES },
	{ "fullname", FIELD_SURNAMES },
	{ "gecco", FIELD_OFFER_REFERENCE },
	{ "gender", FIELD_SEX },
	{ "genero", FIELD_SEX },
	{ "genre", FIELD_SEX },
	{ "hijos", FIELD_DEPENDANTS },
	{ "hm", FIELD_SEX },
	{ "identidad", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "identidade", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "identificacion", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "identity", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "idnumber", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "idtype", FIELD_DOCUMENT_TYPE },
	{ "ine", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "issuedby", FIELD_DOCUMENT_COUNTRY },
	{ "issuingcountry", FIELD_DOCUMENT_COUNTRY },
	{ "kids", FIELD_DEPENDANTS },
	{ "last4", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "last4digits", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "lastdigits", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "lastname", FIELD_SURNAMES },
	{ "lastnames", FIELD_SURNAMES },
	{ "menores", FIELD_DEPENDANTS },
	{ "mf", FIELD_SEX },
	{ "nacimiento", FIELD_BIRTH_DATE },
	{ "naissance", FIELD_BIRTH_DATE },
	{ "name", FIELD_GIVEN_NAMES },
	{ "names", FIELD_GIVEN_NAMES },
	{ "nascimento", FIELD_BIRTH_DATE },
	{ "nationalid", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "nesans", FIELD_BIRTH_DATE },
	{ "nie", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "nif", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "ninos", FIELD_DEPENDANTS },
	{ "niu", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "nom", FIELD_SURNAMES },
	{ "nombre", FIELD_GIVEN_NAMES },
	{ "nombrecompleto", FIELD_SURNAMES },
	{ "nombresyapellidos", FIELD_SURNAMES },
	{ "nomdefamille", FIELD_SURNAMES },
	{ "nome", FIELD_GIVEN_NAMES },
	{ "nomes", FIELD_GIVEN_NAMES },
	{ "nui", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "numdoc", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "numerodoc", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "oferta", FIELD_OFFER_REFERENCE },
	{ "offer", FIELD_OFFER_REFERENCE },
	{ "offre", FIELD_OFFER_REFERENCE },
	{ "pais", FIELD_NATIONALITY },
	{ "paisdeemision", FIELD_DOCUMENT_COUNTRY },
	{ "paisdeemissao", FIELD_DOCUMENT_COUNTRY },
	{ "paisemisor", FIELD_DOCUMENT_COUNTRY },
	{ "paisemissor", FIELD_DOCUMENT_COUNTRY },
	{ "pasaporte", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "paspo", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "passaporte", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "passeport", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "passport", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "passportnumber", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "paysdemission", FIELD_DOCUMENT_COUNTRY },
	{ "paysemetteur", FIELD_DOCUMENT_COUNTRY },
	{ "ppt", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "prenom", FIELD_GIVEN_NAMES },
	{ "prenon", FIELD_GIVEN_NAMES },
	{ "primerapellido", FIELD_SURNAMES },
	{ "primernombre", FIELD_GIVEN_NAMES },
	{ "randevou", FIELD_APPOINTMENT_DATE },
	{ "rdv", FIELD_APPOINTMENT_DATE },
	{ "relatives", FIELD_DEPENDANTS },
	{ "rendezvous", FIELD_APPOINTMENT_DATE },
	{ "rg", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "rut", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "segundoapellido", FIELD_SURNAMES },
	{ "segundonombre", FIELD_GIVEN_NAMES },
	{ "tail", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "terminacion", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "ti", INTAKE_FIELD_DOCUMENT_NUMBER },
	{ "timoun", FIELD_DEPENDANTS },
	{ "tipodedoc", FIELD_DOCUMENT_TYPE },
	{ "tipodeidentidad", FIELD_DOCUMENT_TYPE },
	{ "tipodeidentificacion", FIELD_DOCUMENT_TYPE },
	{ "tipodoc", FIELD_DOCUMENT_TYPE },
	{ "tipoidentificacion", FIELD_DOCUMENT_TYPE },
	{ "turno", FIELD_APPOINTMENT_DATE },
	{ "typedepiece", FIELD_DOCUMENT_TYPE },
	{ "ultimas4cifras", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "ultimascifras", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "ultimos4digitos", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "ultimosdigitos", FIELD_DOCUMENT_NUMBER_TAIL },
	{ "validade", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "vence", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "vencimento", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "vencimiento", INTAKE_FIELD_DOCUMENT_EXPIRY },
	{ "vigencia", INTAKE_FIELD_DOCUMENT_EXPIRY },
};
#define WORD_COUNT (sizeof(words) / sizeof(words[0]))

struct folded {
	char text[FOLDED_MAX + 1];
	size_t len;
};

/* A hint in parentheses is no part of a name: "Nacimiento (AAAA-MM-DD)". */
static void
fold(const char *name, struct folded *out)
{
	struct bytes all = { 0 };

	if (strlen(name) <= NAME_BYTES_MAX)
		utf8_fold(name, strcspn(name, "("), false, &all);
	out->len = all.len < FOLDED_MAX ? all.len : FOLDED_MAX;
	memcpy(out->text, all.at == NULL ? "" : (const char *)all.at, out->len);
	out->text[out->len] = '\0';
	bytes_free(&all);
}

bool
intake_column_exists(int field)
{
	if (field < FIELD_COUNT)
		return field_table[field].source == FROM_ROW &&
		    field_table[field].key != NULL;
	return field > FIELD_NONE;
}

/* The names of a field, one after the other: key, then each label. */
static const char *
name_of(int field, size_t at)
{
	return at == 0
	    ? intake_field_key(field)
	    : i18n_in(i18n_languages[at - 1], intake_field_label(field));
}
#define NAMES_OF_FIELD (1 + I18N_LANGUAGE_COUNT)

/* The same folded, once for all (one thread reads tables): a file of 256 columns compares each with all of
 * them, many times. */
static const struct folded *
known_name(int field, size_t at)
{
	static struct folded kept[INTAKE_FIELD_END][NAMES_OF_FIELD];
	struct folded *known = &kept[field][at];

	if (known->len == 0)
		fold(name_of(field, at), known);
	return known;
}

int
intake_column_field(const char *name)
{
	struct folded typed;

	fold(name, &typed);
	for (int field = 0; field < INTAKE_FIELD_END; field++) {
		if (!intake_column_exists(field) || typed.len == 0)
			continue;
		for (size_t i = 0; i < NAMES_OF_FIELD; i++)
			if (strcmp(typed.text, known_name(field, i)->text) == 0)
				return field;
	}
	return -1;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add, leave out, or exchange with the next one (optimal
 * string alignment, the Levenshtein distance with swaps). */
size_t
intake_distance(const char *a, const char *b)
{
	size_t old[FOLDED_MAX + 1], row[FOLDED_MAX + 1], next[FOLDED_MAX + 1];
	size_t la = least(strlen(a), FOLDED_MAX);
	size_t lb = least(strlen(b), FOLDED_MAX);

	/* as many have to be added at least: most words are told apart so */
	if (la > lb + SLIPS_MAX || lb > la + SLIPS_MAX)
		return la > lb ? la - lb : lb - la;
	for (size_t k = 0; k <= lb; k++)
		row[k] = old[k] = k;
	for (size_t i = 1; i <= la; i++) {
		next[0] = i;
		for (size_t k = 1; k <= lb; k++) {
			next[k] = least(row[k] + 1, next[k - 1] + 1);
			next[k] =
			    least(next[k], row[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1])
				next[k] = least(next[k], old[k - 2] + 1);
		}
		memcpy(old, row, (lb + 1) * sizeof(row[0]));
		memcpy(row, next, (lb + 1) * sizeof(row[0]));
	}
	return row[lb];
}

/* Short words are near too many others. */
static bool
is_slip(const struct folded *typed, const struct folded *known)
{
	size_t shorter = least(typed->len, known->len);
	size_t allowed = shorter < 6 ? 0 : shorter < 8 ? 1 : 2;
	struct folded bare = *typed;

	while (bare.len > 0 && bare.text[bare.len - 1] >= '0' &&
	    bare.text[bare.len - 1] <= '9')
		bare.text[--bare.len] = '\0';
	if (bare.len > 0 && strcmp(bare.text, known->text) == 0)
		return true; /* surnames2 */
	return allowed > 0 &&
	    intake_distance(typed->text, known->text) <= allowed;
}

/* A slip of the hand away from the field's names? */
static bool
is_near(const struct folded *typed, int field)
{
	for (size_t i = 0; i < NAMES_OF_FIELD; i++)
		if (is_slip(typed, known_name(field, i)))
			return true;
	return false;
}

/* Another word for it, as it stands in the list. */
static bool
is_listed(const struct folded *typed, int field)
{
	for (size_t i = 0; i < WORD_COUNT; i++)
		if (words[i].field == field &&
		    strcmp(typed->text, words[i].word) == 0)
			return true;
	return false;
}

/* That, or the word with more behind it. */
static bool
is_other_word(const struct folded *typed, int field)
{
	const struct folded *known;

	if (is_listed(typed, field))
		return true;
	/* nothing is lost with "center name" */
	if (field == INTAKE_FIELD_CENTER || field == FIELD_PROGRAM)
		return false;
	for (size_t i = 0; i < NAMES_OF_FIELD; i++) {
		known = known_name(field, i);
		if (known->len >= 6 &&
		    strncmp(typed->text, known->text, known->len) == 0)
			return true;
	}
	return false;
}

/* A word that says which document, not that there is something about one. */
static bool
says_field(const struct folded *word, int field)
{
	const struct folded *known;

	for (size_t i = 0; i < WORD_COUNT; i++)
		if (words[i].field == field &&
		    strncmp(word->text, "doc", 3) != 0 &&
		    strcmp(word->text, words[i].word) == 0)
			return true;
	for (size_t i = 0; i < NAMES_OF_FIELD; i++) {
		known = known_name(field, i);
		if (strcmp(word->text, known->text) == 0 ||
		    is_slip(word, known))
			return true;
	}
	return false;
}

/*
 * One word among others: "No. DPI", "Cita consular", "Nombre de pila". Of
 * what a letter can be without, and has no column of its own.
 */
static bool
has_word_of(const struct intake_header *header, const char *name, int field)
{
	struct bytes all = { 0 };
	const char *at;
	size_t count = 0;
	bool found = false;

	if (strlen(name) > NAME_BYTES_MAX || field == INTAKE_FIELD_ROW ||
	    field == INTAKE_FIELD_CENTER || field == FIELD_PROGRAM ||
	    field == FIELD_CASE_REFERENCE ||
	    (field == INTAKE_FIELD_DOCUMENT_NUMBER &&
		(header->column_of[FIELD_DOCUMENT_NUMBER_TAIL] >= 0 ||
		    intake_words_say_about(name))))
		return false;
	bytes_add_text(&all, "");
	utf8_fold(name, strcspn(name, "("), true, &all);
	for (at = all.failed ? "" : (const char *)all.at;
	     *at != '\0' && count++ < WORDS_MAX; at += strspn(at, " ")) {
		struct folded word = { .len = strcspn(at, " ") };

		if (word.len >= 2 && word.len <= FOLDED_MAX) {
			memcpy(word.text, at, word.len);
			found = found || says_field(&word, field);
		}
		at += word.len;
		/* "center name" names no person */
		if (field == FIELD_GIVEN_NAMES)
			break;
	}
	bytes_free(&all);
	return found;
}

int
intake_column_meant(const struct intake_header *header, const char *name)
{
	struct folded typed;
	int known;

	fold(name, &typed);
	/* "National ID" is no slip for nationality */
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (intake_column_exists(field) &&
		    header->column_of[field] < 0 && is_listed(&typed, field))
			return field;
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (intake_column_exists(field) && is_near(&typed, field))
			return field;
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (intake_column_exists(field) &&
		    header->column_of[field] < 0 &&
		    is_other_word(&typed, field))
			return field;
	if ((known = intake_column_by_words(header, name)) >= 0)
		return known;
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (intake_column_exists(field) &&
		    header->column_of[field] < 0 &&
		    has_word_of(header, name, field))
			return field;
	return -1;
}

bool
intake_column_is_number(const char *name)
{
	struct folded typed;

	fold(name, &typed);
	return is_near(&typed, INTAKE_FIELD_DOCUMENT_NUMBER) ||
	    is_other_word(&typed, INTAKE_FIELD_DOCUMENT_NUMBER) ||
	    intake_words_say_number(name);
}

bool
intake_column_is_same(const char *a, const char *b)
{
	struct folded x, y;

	fold(a, &x);
	fold(b, &y);
	return strcmp(a, b) == 0 || (x.len > 0 && strcmp(x.text, y.text) == 0);
}
