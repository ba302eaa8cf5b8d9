/*
 * Names of columns word by word: "Hijos menores", "Enfants mineurs", "Hijo 1"
 * hold people who travel along, "Segundo apellido" a part of a name, "No. de
 * documento" a number. Passed over, they would be missing in the letter.
 */
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"

#include <string.h>

/* Who travels along; folded, without the plural's s. */
static const char *const family[] = { "accompagnant", "accompanying",
	"acompanado", "acompanante", "acompanhante", "beneficiario", "carga",
	"child", "children", "companion", "conjoint", "conjuge", "conyuge",
	"crianca", "dep", "depandan", "depann", "dependant", "dependent",
	"dependente", "dependiente", "enfant", "epouse", "epoux", "esposa",
	"esposo", "famille", "familia", "familiar", "familiare", "family",
	"fanmi", "filha", "filho", "hija", "hijo", "hogar", "household",
	"integrante", "kid", "menor", "menore", "mineur", "minor", "nina",
	"nino", "pareja", "pitit", "relative", "spouse", "timoun" };

/* "No. de documento", "Tarjeta de identidad": a document and what it has, or two
 * words for one; but not beside a word that says something else about it. */
static const char *const number[] = { "clave", "code", "codigo", "n", "nimewo",
	"no", "nr", "nro", "num", "number", "numero" };
static const char *const document[] = { "card", "carte", "cedula", "ci", "cni",
	"cui", "dni", "doc", "docto", "document", "documento", "dokiman", "dpi",
	"dui", "id", "idantite", "identidad", "identidade", "identificacao",
	"identificacion", "identification", "identite", "identity", "kat",
	"pasaporte", "paspo", "passaporte", "passeport", "passport", "piece",
	"tarjeta" };
static const char *const about[] = { "clase", "copia", "copie", "copy",
	"country", "dat", "data", "date", "emision", "estado", "fecha", "foto",
	"kalite", "lugar", "pais", "pays", "peyi", "photo", "scan", "status",
	"tipo", "type" };

/* A second name, or one of two, and what it is the second of. */
static const char *const further[] = { "additional", "casada", "deuxieme",
	"deuxyem", "dezyem", "materno", "materna", "meio", "middle", "other",
	"otro", "outro", "paterno", "paterna", "second", "segundo", "tercer",
	"third" };
static const char *const names[] = { "apellido", "surname", "nom", "sobrenome",
	"siyati", "name", "nombre", "nome", "prenom", "non" };
#define SURNAMES 5 /* the first of them */

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* The word's place in a list, with or without a plural's s; or count. */
static size_t
place_in(const char *const *list, size_t count, const char *word, size_t len)
{
	size_t at = 0;

	while (at < count &&
	    !(strlen(list[at]) == len && memcmp(list[at], word, len) == 0))
		at++;
	if (at == count && len > 3 && word[len - 1] == 's')
		return place_in(list, count, word, len - 1);
	return at;
}

/* What the words of a name say. */
struct said {
	size_t words, family, further, number, document, about;
	size_t name; /* place in names[]; COUNT(names): none */
};

static bool
is_in(const char *const *list, size_t count, const char *word, size_t len)
{
	return place_in(list, count, word, len) < count;
}

static void
parse_word(const char *word, size_t len, struct said *out)
{
	size_t name;

	while (len > 0 && word[len - 1] >= '0' && word[len - 1] <= '9')
		len--; /* hijo1 */
	if (len == 0)
		return;
	out->words++;
	out->family += is_in(family, COUNT(family), word, len);
	out->further += is_in(further, COUNT(further), word, len);
	out->number += is_in(number, COUNT(number), word, len);
	out->document += is_in(document, COUNT(document), word, len);
	out->about += is_in(about, COUNT(about), word, len);
	name = place_in(names, COUNT(names), word, len);
	if (out->name == COUNT(names))
		out->name = name;
}

static void
read_words(const char *name, struct said *out)
{
	struct bytes folded = { 0 };
	const char *at;

	*out = (struct said){ .name = COUNT(names) };
	bytes_add_text(&folded, "");
	utf8_fold(name, strcspn(name, "("), true, &folded);
	at = folded.failed ? "" : (const char *)folded.at;
	while (*at != '\0') {
		size_t len = strcspn(at, " ");

		parse_word(at, len, out);
		at += len + (at[len] == ' ');
	}
	bytes_free(&folded);
}

static bool
says_number(const struct said *said)
{
	return said->about == 0 && said->document > 0 &&
	    (said->number > 0 || said->document > 1);
}

bool
intake_words_say_number(const char *name)
{
	struct said said;

	read_words(name, &said);
	return says_number(&said);
}

bool
intake_words_say_about(const char *name)
{
	struct said said;

	read_words(name, &said);
	return said.about > 0;
}

int
intake_column_by_words(const struct intake_header *header, const char *name)
{
	struct said said;

	read_words(name, &said);
	if (said.further > 0 && said.name < COUNT(names))
		return said.name < SURNAMES ? FIELD_SURNAMES
					    : FIELD_GIVEN_NAMES;
	/* beside the column itself, "telefono de un familiar" is a note */
	if (said.family > 0 &&
	    (header->column_of[FIELD_DEPENDANTS] < 0 ||
		said.family == said.words))
		return FIELD_DEPENDANTS;
	if (header->column_of[INTAKE_FIELD_DOCUMENT_NUMBER] < 0 &&
	    header->column_of[FIELD_DOCUMENT_NUMBER_TAIL] < 0 &&
	    says_number(&said))
		return INTAKE_FIELD_DOCUMENT_NUMBER;
	return -1;
}

/* "Ana|2019|CHILD": two such signs stand in nothing else. */
static bool
names_somebody(const char *value)
{
	const char *first = strchr(value, '|');

	return first != NULL && strchr(first + 1, '|') != NULL;
}

static bool
has_letter(const char *value)
{
	struct bytes folded = { 0 };
	bool found;

	utf8_fold(value, strlen(value), false, &folded);
	found = folded.len > 0 &&
	    strspn((const char *)folded.at, "0123456789") < folded.len;
	bytes_wipe(&folded);
	return found;
}

void
intake_refuse_lost(const struct intake_header *header,
    const struct csv_record *record, struct intake_row *row)
{
	char shown[INTAKE_COLUMN_SIZE];

	for (size_t i = 0; i < header->count; i++) {
		const char *value = record->value[i];

		if (header->field_of[i] >= 0 || header->is_left_out[i])
			continue;
		if (names_somebody(value)) {
			intake_addf(row, E_CSV, FIELD_NONE,
			    _("Column %zu is not used here and has what looks "
			      "like dependants; name it %s in the first line"),
			    i + 1,
			    intake_column_shown(FIELD_DEPENDANTS, shown));
			return;
		}
		if (header->name[i][0] == '\0' && has_letter(value)) {
			intake_addf(row, E_CSV, FIELD_NONE,
			    _("Column %zu has a value here and no name in the "
			      "first line; name the column, or empty it"),
			    i + 1);
			return;
		}
	}
}
