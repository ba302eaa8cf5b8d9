/*
 * Words that stand for something missing: FNU, SIN APELLIDO, XXX as names,
 * NINGUNO and 0000 as numbers. Names may be any word, so they are a warning;
 * Null, True, Ng and O are people's names and pass.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"
#include "letter/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_YEAR 1900 /* of birth; before, a placeholder is likelier */

/* One word says it. */
static const char *const alone[] = { "fnu", "lnu", "nfn", "nln", "nn",
	"ninguno", "ninguna", "ninguem", "neant", "desconocido", "desconocida",
	"unknown", "inconnu", "inconnue", "desconhecido", "desconhecida",
	"enkoni", "noname", "sinapellido", "sinapellidos", "sinnombre",
	"notiene", "noaplica", "indocumentado", "anonimo", "anonymous",
	"nenhum", "nenhuma", "aucun", "aucune", "okenn" };

/* Two words that follow each other do. */
static const char *const nothing[] = { "sin", "no", "without", "not", "sans",
	"sem", "nao", "san", "pas", "pa", "non", "last", "first" };
static const char *const of_what[] = { "apellido", "apellidos", "nombre",
	"nombres", "tiene", "aplica", "consta", "registra", "sabe", "dato",
	"datos", "name", "names", "surname", "surnames", "last", "first",
	"given", "applicable", "known", "available", "unknown", "nom", "noms",
	"prenom", "prenoms", "sobrenome", "sobrenomes", "nome", "tem", "siyati",
	"genyen", "disponible", "disponivel", "especificar", "indica",
	"informado", "renseigne", "conocido", "conhecido" };
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
is_in(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

/* XXX, aaa: one letter three times or more, and nothing else. */
static bool
is_one_letter(const char *word)
{
	size_t len = strlen(word);

	return len >= 3 && strspn(word, (char[]){ word[0], '\0' }) == len;
}

/* Words of a folded name, each ended in place. */
static bool
has_placeholder(char *name)
{
	const char *before = "";
	char *rest = NULL;
	char *word = strtok_r(name, " ", &rest);

	for (; word != NULL; word = strtok_r(NULL, " ", &rest)) {
		/* but Paz III is somebody */
		if (is_in(alone, COUNT(alone), word) ||
		    (is_one_letter(word) && (word[0] == 'x' || word == name)) ||
		    (is_in(nothing, COUNT(nothing), before) &&
			is_in(of_what, COUNT(of_what), word)))
			return true;
		before = word;
	}
	return false;
}

/* Names of nobody, if nothing else is there: "XX", "N.N.", "S/N". */
static const char *const whole[] = { "xx", "n n", "s n" };

static bool
is_placeholder_name(const char *text)
{
	struct bytes folded = { 0 };
	bool found;

	utf8_fold(text, strlen(text), true, &folded);
	found = !folded.failed &&
	    (is_in(whole, COUNT(whole), (char *)folded.at) ||
		has_placeholder((char *)folded.at));
	bytes_wipe(&folded);
	return found;
}

__attribute__((format(printf, 4, 5))) static void
warn(struct judging *j, int field, int dependant, const char *fmt, ...)
{
	char text[PROBLEM_TEXT_SIZE];
	struct problem problem;
	va_list list;

	va_start(list, fmt);
	vsnprintf(text, sizeof(text), fmt, list);
	va_end(list);
	problem_set(&problem, W_PLACEHOLDER, field, "%s", text);
	problem.dependant = dependant;
	intake_add(j->row, &problem);
}

static void
look_at_name(struct judging *j, int field, const char *name)
{
	if (is_placeholder_name(name))
		warn(j, field, -1,
		    _("This looks like a word for a name that is missing; a "
		      "person with one name has it in %s, and %s stays "
		      "empty"),
		    _(intake_field_label(FIELD_SURNAMES)),
		    _(intake_field_label(FIELD_GIVEN_NAMES)));
}

static void
look_at_birth(struct judging *j, int field, int dependant, const char *date)
{
	struct birth_date birth;
	int64_t first;

	if (!date_parse_birth(date, &birth) || !birth.known ||
	    !clock_days(FIRST_YEAR, 1, 1, &first) || birth.first >= first)
		return;
	warn(j, field, dependant,
	    _("This is before 1900; where the date of birth is not known "
	      "write unknown, or the year alone, with %s"),
	    _(intake_field_label(FIELD_BIRTH_DATE_ESTIMATED)));
}

void
intake_placeholders(struct judging *j)
{
	const struct letter *letter = &j->row->letter;

	look_at_name(j, FIELD_SURNAMES, letter->surnames);
	look_at_name(j, FIELD_GIVEN_NAMES, letter->given_names);
	look_at_birth(j, FIELD_BIRTH_DATE, -1, letter->birth_date);
	for (size_t i = 0; i < letter->dependant_count; i++) {
		const struct dependant *d = &letter->dependant[i];

		if (is_placeholder_name(d->name))
			warn(j, FIELD_DEPENDANT_NAME, (int)i,
			    _("This looks like a word for a name that is "
			      "missing; write the name as far as it is "
			      "known"));
		look_at_birth(
		    j, FIELD_DEPENDANT_BIRTH_DATE, (int)i, d->birth_date);
	}
}

/* ---- numbers ------------------------------------------------------------ */

bool
intake_is_no_number(const char *number)
{
	size_t len = strlen(number);

	/* 0000, XXXX, 00X0: and no number is without a digit */
	return len > 0 &&
	    (strspn(number, "0X") == len ||
		strcspn(number, "0123456789") == len);
}

bool
intake_is_odd_number(const char *number)
{
	size_t len = strlen(number);

	return len >= 4 &&
	    (strspn(number, (char[]){ number[0], '\0' }) == len ||
		strncmp("1234567890123", number, len) == 0);
}

bool
intake_is_no_tail(const char *tail)
{
	static const char *const words[] = { "0000", "XXXX", "NULL", "NONE",
		"NADA" };

	return is_in(words, COUNT(words), tail);
}
