/*
 * What spreadsheets and the people before them do to a file of persons:
 * columns by other names, dates as they are shown, words for what is missing,
 * codes in words, numbers in the wrong place.
 */
#include "tests/issue/sample_intake.h"

#include "tests/check_main.h"

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* ---- columns ------------------------------------------------------------ */

#define HEAD                                                          \
	"row,language,pathway,requestedAction,consulate,destination," \
	"surnames,birthDate,nationality,identityBasis,validFrom,"     \
	"validUntil"
#define ROW                                                         \
	"A1,es,HUM,APPOINTMENT,ES-GTGUA,ESP,Paz,1990,GTM,DECLARED," \
	"2026-11-02,2027-04-30"

static enum err
open_with(const char *column, const char *ignore, struct problem *file,
    size_t *count, struct errtext *err)
{
	struct intake_context context = sample_context();
	const char *const ignored[] = { ignore };
	struct intake *intake = NULL;
	struct bytes text = { 0 };
	enum err rc;

	context.ignore = ignored;
	context.ignore_count = ignore != NULL;
	bytes_addf(&text, HEAD ",%s\n" ROW ",x\n", column);
	rc = intake_new(text.at, text.len, &context, &intake, file, count, err);
	intake_free(&intake);
	bytes_free(&text);
	return rc;
}

static const struct {
	const char *column, *key; /* NULL: nothing near it */
} near[] = {
	{ "dependents", "dependants" },
	{ "Dependant", "dependants" },
	{ "dependants2", "dependants" },
	{ "dependats", "dependants" },
	{ "children", "dependants" },
	{ "Hijos", "dependants" },
	{ "FAMILIARES", "dependants" },
	{ "Hijos menores", "dependants" },
	{ "Hijo 2", "dependants" },
	{ "Enfants mineurs", "dependants" },
	{ "filhos_menores", "dependants" },
	{ "Pitit", "dependants" },
	{ "Segundo apellido", "surnames" },
	{ "apellido materno", "surnames" },
	{ "Middle name", "givenNames" },
	{ "Otros nombres", "givenNames" },
	{ "telefono de un familiar", "dependants" },
	{ "Cita consular", "appointmentDate" },
	{ "Nombre de pila", "givenNames" },
	{ "Prénom usuel", "givenNames" },
	{ "No. DPI", "documentNumber" },
	{ "No. de documento", "documentNumber" },
	{ "Nº documento", "documentNumber" },
	{ "Tarjeta de identidad", "documentNumber" },
	{ "Pièce d'identité", "documentNumber" },
	{ "Identity card no.", "documentNumber" },
	{ "National ID", "documentNumber" },
	{ "Paspò", "documentNumber" },
	{ "País emisor", "documentCountry" },
	{ "Clase de documento", "documentType" },
	{ "Fecha de expiración", "documentExpiry" },
	{ "Últimos dígitos", "documentNumberTail" },
	{ "Acompañado por", "dependants" },
	{ "Household members", "dependants" },
	{ "Integrantes", "dependants" },
	{ "RDV", "appointmentDate" },
	{ "M/F", "sex" },
	{ "Documento escaneado", NULL },
	{ "Copia de documento de identidad", NULL },
	{ "Fecha de emisión del pasaporte", NULL },
	{ "Nombre del padre", "givenNames" },
	{ "given_nmaes", "givenNames" },
	{ "nombre completo", "givenNames" },
	{ "first name", "givenNames" },
	{ "Apellido", "surnames" },
	{ "birthDates", "birthDate" },
	{ "genero", "sex" },
	{ "DPI", "documentNumber" },
	{ "docnumber", "documentNumber" },
	{ "document numbr", "documentNumber" },
	{ "fecha de vencimiento", "documentExpiry" },
	{ "apointmentDate", "appointmentDate" },
	{ "offerReferenceNumber", "offerReference" },
	{ "dependantsCount", "dependants" },
	{ "center name", NULL },
	{ "Program officer", NULL },
	{ "note", NULL },
	{ "notes", NULL },
	{ "testNote", NULL },
	{ "expect", NULL },
	{ "mrzPrimary", NULL },
	{ "supersedes", NULL },
	{ "letterNumber", NULL },
	{ "issuedAt", NULL },
	{ "officer", NULL },
	{ "approver", NULL },
	{ "telefono", NULL },
	{ "email", NULL },
	{ "comment", NULL },
	{ "municipio", NULL },
};

START_TEST(stops_at_a_near_name)
{
	struct problem file;
	struct errtext err = { 0 };
	size_t count = 0;
	enum err rc = open_with(near[_i].column, NULL, &file, &count, &err);
	const char *key = count == 1 ? intake_field_key(file.field) : NULL;

	if (near[_i].key != NULL && strcmp(near[_i].key, "surnames") == 0 &&
	    rc == ERR_OK)
		return;
	ck_assert_uint_eq(count, 1);
	if (near[_i].key == NULL) {
		ck_assert_msg(rc == ERR_OK && file.code == W_COLUMN, "%s: %s",
		    near[_i].column, err.text);
		return;
	}
	ck_assert_msg(rc == ERR_DATA && file.code == E_CSV, "%s: %s",
	    near[_i].column, err_name(rc));
	ck_assert_msg(key != NULL && strcmp(key, near[_i].key) == 0, "%s: %s",
	    near[_i].column, err.text);
	ck_assert_ptr_nonnull(strstr(err.text, "--ignore-column"));
	ck_assert_ptr_nonnull(strstr(err.text, near[_i].column));
}
END_TEST

/* A title over three columns: two of them have no name. */
START_TEST(tells_of_merged_cells)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct intake *intake = NULL;
	struct errtext err = { 0 };
	struct problem file;
	size_t count = 0;

	bytes_add_text(&text,
	    "language,Datos,,,nationality,consulate\n"
	    "es,Paz,Ana,1990,GTM,ES-GTGUA\n");
	ck_assert_int_eq(intake_new(text.at, text.len, &context, &intake, &file,
			     &count, &err),
	    ERR_DATA);
	ck_assert_ptr_nonnull(
	    strstr(err.text, "unmerge cells (numbers 3 to 4, without a name)"));
	bytes_free(&text);
}
END_TEST

START_TEST(passes_over_what_it_is_told_to)
{
	struct problem file;
	struct errtext err = { 0 };
	size_t count = 0;

	ck_assert_int_eq(
	    open_with("dependents", "Dependents ", &file, &count, &err),
	    ERR_OK);
	ck_assert_int_eq(file.code, W_COLUMN);
	ck_assert_ptr_nonnull(strstr(file.text, "dependents"));
	/* a known one too, and one that stands twice */
	ck_assert_int_eq(
	    open_with("surnames", "surnames", &file, &count, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "required columns: surnames"));
	ck_assert_int_eq(
	    open_with("Row", "birthday", &file, &count, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "row = Row"));
}
END_TEST

START_TEST(knows_columns_in_any_dress)
{
	struct intake_context context = sample_context();
	struct intake_row row;
	struct intake *intake;
	struct bytes text = { 0 };

	bytes_add_text(&text,
	    "ROW;Language *;Program line;requested_action;CONSULATE;"
	    "Destination;Surnames;Given names;Date of birth (YYYY-MM-DD);"
	    "nationality;Proof of identity;Valid  from;valid-until\n"
	    "#note;es en fr;;;;;;;;;;;\n"
	    "7;es;HUM;APPOINTMENT;ES-GTGUA;ESP;Paz;Ana;1990;GTM;DECLARED;"
	    "2026-11-02;2027-04-30\n");
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row)); /* the line of notes is nobody */
	ck_assert_msg(row.outcome == INTAKE_ACCEPTED, "%s",
	    row.problem_count > 0 ? row.problem[0].text : "");
	ck_assert_str_eq(row.row, "7");
	ck_assert_str_eq(row.letter.given_names, "Ana");
	ck_assert_str_eq(row.letter.birth_date, "1990");
	ck_assert(!sample_next(intake, &row));
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

/* ---- dates of columns --------------------------------------------------- */

static struct intake *
open_dates(struct bytes *text, enum date_order order)
{
	static const struct cell rows[][SAMPLE_CELLS] = {
		{ { "birthDate", "14/03/1991" }, { "validFrom", "46328" },
		    { "dependants",
			"Ana|14-mar-2015|CHILD;Eva|1/2/2016|CHILD" } },
		{ { "birthDate", "15/03/1991" }, { "validFrom", "46328" } },
		{ { "birthDate", "3/13/1991" } },
		{ { "birthDate", "1991" } },
	};
	struct intake_context context = sample_context();

	context.dates = order;
	sample_header(text, (const struct cell[SAMPLE_CELLS]){ { 0 } });
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		sample_line(text, rows[i]);
	return sample_open(text, &context);
}

START_TEST(tells_of_a_column_once)
{
	struct bytes text = { 0 }, got = { 0 };
	struct intake *intake = open_dates(&text, DATE_ORDER_NONE);
	struct intake_note note[INTAKE_NOTE_MAX];
	struct intake_row row;

	ck_assert(sample_next(intake, &row));
	ck_assert_int_eq(row.outcome, INTAKE_REJECTED);
	ck_assert_str_eq(sample_problems(&row, &got),
	    "E-DATE(validFrom) E-DATE(birthDate) E-DATE(dependants) "
	    "E-DATE(dependants)");
	for (size_t i = 0; i < row.problem_count; i++)
		ck_assert(row.of_column[i]);
	while (sample_next(intake, &row))
		continue;
	ck_assert_uint_eq(intake_notes(intake, note), 3);
	ck_assert_int_eq(note[0].problem.code, E_DATE);
	ck_assert_int_eq(note[0].problem.field, FIELD_BIRTH_DATE);
	ck_assert_uint_eq(note[0].line, 2);
	ck_assert_ptr_nonnull(strstr(note[0].problem.text, "3 dates"));
	ck_assert_ptr_nonnull(strstr(note[0].problem.text, "--dates dmy"));
	ck_assert_ptr_nonnull(strstr(note[0].problem.text, "YYYY-MM-DD"));
	ck_assert_ptr_null(strstr(note[0].problem.text, "exist"));
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&got);
}
END_TEST

START_TEST(says_how_the_first_was_read)
{
	struct bytes text = { 0 }, got = { 0 };
	struct intake *intake = open_dates(&text, DATE_ORDER_DMY);
	struct intake_note note[INTAKE_NOTE_MAX];
	struct intake_row row;
	size_t count;

	ck_assert(sample_next(intake, &row));
	ck_assert_msg(
	    row.outcome == INTAKE_ACCEPTED, "%s", sample_problems(&row, &got));
	ck_assert_str_eq(row.letter.birth_date, "1991-03-14");
	ck_assert_str_eq(row.letter.valid_from, "2026-11-02");
	ck_assert_str_eq(row.letter.dependant[0].birth_date, "2015-03-14");
	ck_assert_str_eq(row.letter.dependant[1].birth_date, "2016-02-01");
	ck_assert(sample_next(intake, &row));
	ck_assert(sample_next(intake, &row)); /* the month 13 */
	ck_assert_str_eq(sample_problems(&row, &got),
	    "E-DATE(birthDate) W-REFERENCE(caseReference)");
	ck_assert(!row.of_column[0]);
	ck_assert(sample_next(intake, &row));
	ck_assert_str_eq(row.letter.birth_date, "1991");
	count = intake_notes(intake, note);
	ck_assert_uint_eq(count, 4); /* dependants: names of months, numbers */
	ck_assert_int_eq(note[0].problem.code, W_COLUMN);
	ck_assert_ptr_nonnull(strstr(note[0].problem.text,
	    "Line 2 has 14/03/1991: read with the day first, as 14 March 1991 "
	    "(1991-03-14)"));
	ck_assert_ptr_nonnull(strstr(note[1].problem.text, "46328"));
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&got);
}
END_TEST

/* ---- placeholders, codes, names ----------------------------------------- */

static const struct {
	struct cell cells[SAMPLE_CELLS];
	const char *want;
	const char *says; /* in the first problem's text; may be NULL */
} cases[] = {
	/* numbers that are none */
	{ { { "documentNumber", "-" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "NINGUNO" } }, "E-MISSING(documentNumber)",
	    "leave" },
	{ { { "documentNumber", "null" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "N/A" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "s/n" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "no tiene" }, { "documentType", "P" } },
	    "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "0000" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "00000-00000 0" } },
	    "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "xxxx" } }, "E-MISSING(documentNumber)", NULL },
	{ { { "documentNumber", "" }, { "documentNumberTail", "null" } },
	    "E-MISSING(documentNumberTail)", NULL },
	{ { { "documentNumber", "" }, { "documentNumberTail", "0000" } },
	    "E-MISSING(documentNumberTail)", "whole number" },
	{ { { "documentNumber", "A1230000" }, { "documentType", "P" } }, "",
	    NULL },
	{ { { "documentNumber", "1111111" }, { "documentType", "P" } },
	    "W-PLACEHOLDER(documentNumber)", NULL },
	{ { { "documentNumber", "12345678" }, { "documentType", "P" } },
	    "W-PLACEHOLDER(documentNumber)", NULL },
	/* what spreadsheets make of numbers */
	{ { { "documentNumber", "9,72E+12" } }, "E-LENGTH(documentNumber)",
	    "spreadsheet" },
	{ { { "documentNumber", "9.72282E+12" }, { "documentType", "P" } },
	    "E-LENGTH(documentNumber)", "spreadsheet" },
	{ { { "documentNumber", "9.72E12" }, { "documentType", "P" } },
	    "E-LENGTH(documentNumber)", "spreadsheet" },
	{ { { "documentNumber", "97E12" }, { "documentType", "P" } }, "",
	    NULL },
	{ { { "documentNumber", "9.722.818.669.921" } },
	    "E-LENGTH(documentNumber)", "spreadsheet" },
	{ { { "documentNumber", "9,722,818,669,921" } },
	    "E-LENGTH(documentNumber)", "spreadsheet" },
	{ { { "documentNumber", "9722818669921.0" } },
	    "E-LENGTH(documentNumber)", "spreadsheet" },
	{ { { "documentNumber", "'9722818669921" } }, "", NULL },
	{ { { "documentNumber", "=\"9722818669921\"" } }, "", NULL },
	{ { { "documentNumber", "" }, { "documentNumberTail", "C0-123456" } },
	    "E-CHARACTER(documentNumberTail)", "whole number" },
	{ { { "documentNumber", "" }, { "documentNumberTail", "C0123456" } },
	    "E-LENGTH(documentNumberTail)", "whole number" },
	{ { { "caseReference", "Caso 12" } }, "E-CHARACTER(caseReference)",
	    "leave this empty" },
	{ { { "surnames", "" } }, "E-MISSING(surnames)",
	    "Given names stays empty" },
	{ { { "surnames", "" }, { "givenNames", "" } }, "E-MISSING(surnames)",
	    "fill it in" },
	{ { { "surnames", "N.N." } }, "W-PLACEHOLDER(surnames)", NULL },
	{ { { "surnames", "Surnames" }, { "givenNames", "Given names" },
	      { "birthDate", "Date of birth" } },
	    "E-CSV(-)", "delete it" },
	{ { { "surnames", "Surnames" } }, "", NULL }, /* somebody's name */
	{ { { "documentNumber", "" }, { "documentNumberTail", "186" } },
	    "E-LENGTH(documentNumberTail)", "zeros" },
	{ { { "birthDateEstimated", "VERDADERO" } }, "", NULL },
	{ { { "birthDateEstimated", "FALSO" } }, "", NULL },
	/* names that are none, and names that only look so */
	{ { { "surnames", "XXX" } }, "W-PLACEHOLDER(surnames)",
	    "Given names stays empty" },
	{ { { "surnames", "Fnu" } }, "W-PLACEHOLDER(surnames)", NULL },
	{ { { "givenNames", "FNU Marta" } }, "W-PLACEHOLDER(givenNames)",
	    NULL },
	{ { { "surnames", "SIN APELLIDO" } }, "W-PLACEHOLDER(surnames)", NULL },
	{ { { "surnames", "sin apellidos" } }, "W-PLACEHOLDER(surnames)",
	    NULL },
	{ { { "givenNames", "No tiene" } }, "W-PLACEHOLDER(givenNames)", NULL },
	{ { { "givenNames", "Sans pr\xc3\xa9nom" } },
	    "W-PLACEHOLDER(givenNames)", NULL },
	{ { { "dependants", "Sin Nombre|2010|CHILD" } },
	    "W-PLACEHOLDER(dependants)", NULL },
	{ { { "surnames", "Paz III" } }, "", NULL },
	{ { { "surnames", "no disponible" } }, "W-PLACEHOLDER(surnames)",
	    NULL },
	/* nobody travels along, in words */
	{ { { "dependants", "NINGUNO" } }, "E-MISSING(dependants)",
	    "leave it empty" },
	{ { { "dependants", "0" } }, "E-MISSING(dependants)", NULL },
	/* dates that are none, and are no number either */
	{ { { "birthDate", "1991-00-00" } }, "E-DATE(birthDate)", "unknown" },
	{ { { "documentExpiry", "00/00/2031" } }, "E-DATE(documentExpiry)",
	    "not a date that exists" },
	/* the case reference is wrong, but not because of the document */
	{ { { "caseReference", "EXP-2026-001" } }, "E-CHARACTER(caseReference)",
	    NULL },
	{ { { "surnames", "Null" } }, "", NULL },
	{ { { "surnames", "True" } }, "", NULL },
	{ { { "surnames", "Ng" } }, "", NULL },
	{ { { "surnames", "O" } }, "", NULL },
	{ { { "surnames", "Nada" }, { "givenNames", "Noe" } }, "", NULL },
	{ { { "surnames", "No" }, { "givenNames", "Tien" } }, "", NULL },
	{ { { "surnames", "Aa" } }, "", NULL },
	{ { { "givenNames", "." } }, "E-CHARACTER(givenNames)",
	    "Given names stays empty" },
	{ { { "givenNames", "N/A" } }, "E-CHARACTER(givenNames)",
	    "Given names stays empty" },
	{ { { "givenNames", "---" } }, "E-CHARACTER(givenNames)", NULL },
	{ { { "birthDate", "1899-12-31" } }, "W-PLACEHOLDER(birthDate)",
	    "unknown" },
	{ { { "birthDate", "1900-01-01" } }, "", NULL },
	{ { { "birthDate", "1899" } }, "W-PLACEHOLDER(birthDate)", NULL },
	{ { { "dependants", "Ana Paz|1850-01-01|PARENT" } },
	    "W-PLACEHOLDER(dependants)", NULL },
	/* names as people write them */
	{ { { "surnames", "Xiloj\xe2\x80\x93P\xc3\xa9rez" } }, "", NULL },
	{ { { "surnames",
	      "Q\xea\x9e\x8c"
	      "anil" } },
	    "", NULL },
	{ { { "surnames",
	      "T\xea\x9e\x8b"
	      "ul" } },
	    "", NULL },
	{ { { "givenNames", "M\xc2\xaa Elena" } }, "E-CHARACTER(givenNames)",
	    "Maria" },
	{ { { "surnames", "PE\u00c3\u2018A" } }, "E-CHARACTER(surnames)",
	    "another encoding" },
	{ { { "surnames", "Mu\u00c3\u00b1oz" },
	      { "givenNames", "JES\u00c3\u0161S" } },
	    "E-CHARACTER(surnames) E-CHARACTER(givenNames)",
	    "another encoding" },
	{ { { "surnames", "CONCEI\u00c7\u00c3O" } }, "", NULL },
	{ { { "surnames",
	      "Paz\u200b"
	      "Cuc" } },
	    "E-CHARACTER(surnames)", "cannot be seen" },
	{ { { "documentNumber",
	      "\u202a"
	      "9722818669921\u202c" } },
	    "", NULL },
	{ { { "surnames", "Paz 9722818669922" } }, "E-CHARACTER(surnames)",
	    "column Document number" },
	{ { { "birthDate", "7319046285517" } }, "E-DATE(birthDate)",
	    "another number here" },
	{ { { "documentExpiry", "A73190462" } }, "E-DATE(documentExpiry)",
	    "another number here" },
	{ { { "dependants", "Ana|7319046285517|CHILD" } }, "E-DATE(dependants)",
	    "another number here" },
	{ { { "birthDate", "00/00/0000" } }, "E-DATE(birthDate)", "unknown" },
	{ { { "birthDate", "1990-02-30" } }, "E-DATE(birthDate)",
	    "not a date of birth that exists" },
	{ { { "validFrom", "########" } }, "E-DATE(validFrom)", "too narrow" },
	{ { { "sex", "#N/A" } }, "E-CODE(sex)", "formula" },
	{ { { "surnames", "#\xc2\xa1REF!" } }, "E-CHARACTER(surnames)",
	    "formula" },
	/* papers of no country */
	{ { { "nationality", "XXB" } }, "", NULL },
	{ { { "nationality", "XXC;RKS" } }, "", NULL },
	{ { { "documentCountry", "UNO" }, { "documentType", "T" } }, "", NULL },
	{ { { "documentCountry", "XOM" }, { "documentType", "P" } }, "", NULL },
	{ { { "documentCountry", "RKS" }, { "documentType", "P" } }, "", NULL },
	{ { { "documentCountry", "XXB" }, { "documentType", "P" } },
	    "E-CODE(documentCountry)", NULL },
	{ { { "destination", "UNO" } }, "E-CODE(destination)", NULL },
	/* wrong codes, and what they were meant to be */
	{ { { "nationality", "Guatemala" } }, "E-CODE(nationality)",
	    "Guatemala: GTM?" },
	{ { { "nationality", "GT" } }, "E-CODE(nationality)",
	    "Guatemala: GTM?" },
	{ { { "nationality", "GUA" } }, "E-CODE(nationality)",
	    "Guatemala: GTM?" },
	{ { { "nationality", "Gautemala" } }, "E-CODE(nationality)",
	    "Guatemala: GTM?" },
	{ { { "nationality", "VEN;Hondruas" } }, "E-CODE(nationality)", NULL },
	{ { { "nationality", "Honduran" } }, "E-CODE(nationality)",
	    "Honduras: HND?" },
	{ { { "nationality",
	      "salvadore\xc3\xb1"
	      "a" } },
	    "E-CODE(nationality)", "El Salvador: SLV?" },
	{ { { "nationality", "97228186" } }, "E-CODE(nationality)", NULL },
	{ { { "destination", "Spain" } }, "E-CODE(destination)",
	    "Spain: ESP?" },
	{ { { "destination", "SPA" } }, "E-CODE(destination)", "Spain: ESP?" },
	{ { { "documentType", "DPI" } }, "E-CODE(documentType)",
	    "National identity card: I?" },
	{ { { "documentType", "passport" } }, "E-CODE(documentType)",
	    "Passport: P?" },
	{ { { "documentType", "9" } }, "E-CODE(documentType)",
	    "I National identity card" },
	{ { { "sex", "Mujer" } }, "E-CODE(sex)", "Female: F?" },
	{ { { "dependants", "Ana Paz|2010|hija" } }, "E-CODE(dependants)",
	    "Child: CHILD?" },
	{ { { "dependants", "Ana Paz|2010|CHLID" } }, "E-CODE(dependants)",
	    "Child: CHILD?" },
	{ { { "language", "Spanish" } }, "E-CODE(language)", "Spanish: es?" },
	{ { { "pathway", "Resettlement" } }, "E-CODE(pathway)",
	    "Resettlement: RST?" },
	{ { { "pathway", "LCX" } }, "E-CODE(pathway)",
	    "LCI Labor migration, circular" },
	{ { { "consulate", "ES-GTGUX" } }, "E-CODE(consulate)",
	    "Consulado en Guatemala: ES-GTGUA?" },
	{ { { "consulate", "Guatemala" } }, "E-CODE(consulate)",
	    "Consulado en Guatemala: ES-GTGUA?" },
	{ { { "consulate", "Consulado espa\u00f1ol en Bogot\u00e1" } },
	    "E-CODE(consulate)",
	    "list. Consulado en Bogot\u00e1: ES-COBOG? Known" },
	{ { { "requestedAction", "cita" } }, "E-CODE(requestedAction)",
	    "Give an appointment: APPOINTMENT?" },
};

START_TEST(says_what_to_write)
{
	struct bytes got = { 0 };
	struct intake_row row;

	sample_judge(cases[_i].cells, &row);
	ck_assert_msg(strcmp(sample_problems(&row, &got), cases[_i].want) == 0,
	    "case %d: %s instead of %s", _i, sample_problems(&row, &got),
	    cases[_i].want);
	if (cases[_i].says != NULL)
		ck_assert_msg(
		    strstr(row.problem[0].text, cases[_i].says) != NULL,
		    "case %d: %s", _i, row.problem[0].text);
	/* what was typed is not repeated, but for letters of codes */
	for (size_t i = 0; i < row.problem_count; i++)
		ck_assert_ptr_null(strstr(row.problem[i].text, "97228"));
	bytes_free(&got);
}
END_TEST

START_TEST(takes_names_as_the_letter_writes_them)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "surnames",
		    "Q\xea\x9e\x8c"
		    "anil\xe2\x80\x93T\xea\x9e\x8bul" },
	};
	struct intake_row row;

	sample_judge(cells, &row);
	ck_assert_str_eq(row.letter.surnames, "Q'anil-T'ul");
}
END_TEST

/* ---- case references ---------------------------------------------------- */

START_TEST(makes_a_case_reference)
{
	struct cell cells[SAMPLE_CELLS] = { { "caseReference", "" } };
	struct intake_row row, other;

	sample_judge(cells, &row);
	ck_assert_int_eq(row.outcome, INTAKE_ACCEPTED);
	ck_assert(field_check(&field_table[FIELD_CASE_REFERENCE],
	    row.letter.case_reference, NULL));
	cells[0].value = NULL; /* the column itself is missing */
	sample_judge(cells, &other);
	ck_assert_int_eq(other.outcome, INTAKE_ACCEPTED);
	ck_assert_str_ne(
	    row.letter.case_reference, other.letter.case_reference);
}
END_TEST

START_TEST(warns_of_equal_references)
{
	static const struct cell rows[][SAMPLE_CELLS] = {
		{ { "surnames", "Bac" } },
		{ { "surnames", "Tun" }, { "caseReference", "" } },
		{ { "surnames", "Col" }, { "caseReference", "" } },
		{ { "surnames", "Noj" }, { "caseReference", "2zdqttidvz" } },
		{ { "surnames", "Cuc" }, { "caseReference", "2ZDQTTIDV" } },
	};
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct intake_row row;
	struct intake *intake;

	sample_header(&text, (const struct cell[SAMPLE_CELLS]){ { 0 } });
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		sample_line(&text, rows[i]);
	intake = sample_open(&text, &context);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool warned = false;

		ck_assert(sample_next(intake, &row));
		for (size_t k = 0; k < row.problem_count; k++) {
			warned |= row.problem[k].code == W_REFERENCE;
			if (row.problem[k].code == W_REFERENCE)
				ck_assert_ptr_nonnull(
				    strstr(row.problem[k].text, "Line 2"));
		}
		ck_assert_msg(warned == (i == 3), "row %zu", i);
	}
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

/* ---- numbers in odd places ---------------------------------------------- */

#define SECRET "7319046285517" /* another person's, in no other column */

static const struct {
	const char *column, *value, *want; /* want: NULL for "?" */
} odd[] = {
	{ "surnames", "Paz " SECRET, NULL },
	{ "surnames", SECRET, NULL },
	{ "surnames", "73190-4628-5517", NULL },
	{ "givenNames", "DPI 7319 04628 5517", NULL },
	{ "givenNames", "A73190", NULL },
	{ "birthDate", SECRET, NULL },
	{ "birthDate", "7319 0462", NULL },
	{ "birthDate", "A7319046", NULL },
	{ "validFrom", SECRET, NULL },
	{ "documentExpiry", SECRET, NULL },
	{ "sex", SECRET, NULL },
	{ "nationality", SECRET, NULL },
	{ "documentType", SECRET, NULL },
	{ "documentCountry", SECRET, NULL },
	{ "consulate", SECRET, NULL },
	{ "caseReference", SECRET, NULL },
	{ "dependants", "Ana " SECRET "|2010|CHILD;Eva|" SECRET "|CHILD",
	    "?|2010|CHILD;Eva|?|CHILD" },
	{ "dependants", "Ana|2010|" SECRET, "Ana|2010|?" },
	/* what is none stays, so that nobody types it again */
	{ "birthDate", "14/03/1991", "14/03/1991" },
	{ "birthDate", "14-mar-91", "14-mar-91" },
	{ "birthDate", "1991-02-30", "1991-02-30" },
	{ "surnames", "Bac 7", "Bac 7" },
	{ "dependants", "Ana|1/2/2010|KID", "Ana|1/2/2010|KID" },
	{ "offerReference", "GECCO-2026-00871", "GECCO-2026-00871" },
};

START_TEST(never_writes_a_number_again)
{
	struct cell cells[SAMPLE_CELLS] = { { "identityBasis", "?" },
		{ odd[_i].column, odd[_i].value } };
	struct intake_context context = sample_context();
	struct bytes text = { 0 }, out = { 0 };
	struct intake_row row;
	struct intake *intake;
	const char *want = odd[_i].want == NULL ? "?" : odd[_i].want;

	sample_header(&text, cells);
	sample_line(&text, cells);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	ck_assert_int_eq(row.outcome, INTAKE_REJECTED);
	intake_set_aside(intake, &out);
	ck_assert_ptr_null(strstr((char *)out.at, "7319"));
	ck_assert_ptr_null(strstr((char *)out.at, "5517"));
	for (size_t i = 0; i < row.problem_count; i++)
		ck_assert_ptr_null(strstr(row.problem[i].text, "7319"));
	ck_assert_msg(strstr((char *)out.at, want) != NULL, "%s: %s",
	    odd[_i].value, (char *)out.at);
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("intake_sheet");
	TCase *t = tcase_create("sheets");

	tcase_add_loop_test(t, stops_at_a_near_name, 0, COUNT(near));
	tcase_add_test(t, tells_of_merged_cells);
	tcase_add_test(t, passes_over_what_it_is_told_to);
	tcase_add_test(t, knows_columns_in_any_dress);
	tcase_add_test(t, tells_of_a_column_once);
	tcase_add_test(t, says_how_the_first_was_read);
	tcase_add_loop_test(t, says_what_to_write, 0, COUNT(cases));
	tcase_add_test(t, takes_names_as_the_letter_writes_them);
	tcase_add_test(t, makes_a_case_reference);
	tcase_add_test(t, warns_of_equal_references);
	tcase_add_loop_test(t, never_writes_a_number_again, 0, COUNT(odd));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
