/*
 * sample_intake.h - CSV files for the intake tests: one good row of a
 * fictional person, with some cells replaced; and what it is judged against.
 */
#ifndef TESTS_ISSUE_SAMPLE_INTAKE_H
#define TESTS_ISSUE_SAMPLE_INTAKE_H

#include "base/clock.h"
#include "issue/intake/intake.h"

#include <check.h>
#include <string.h>

#define SAMPLE_NOW "2026-11-23T18:00:00Z"

struct cell {
	const char *column;
	const char *value; /* NULL: leave the column out */
};
#define SAMPLE_CELLS 8

/* Fictional: no card of Guatemala ends in department 99. */
static const struct cell sample_row[] = {
	{ "row", "A1" },
	{ "center", "GTGUA01" },
	{ "program", "RRP-ES" },
	{ "language", "es" },
	{ "pathway", "LCI" },
	{ "offerReference", "GECCO-2026-00871" },
	{ "requestedAction", "APPOINTMENT" },
	{ "consulate", "ES-GTGUA" },
	{ "destination", "ESP" },
	{ "caseReference", "2ZDQTTIDVZ" },
	{ "surnames", "Xiloj Pérez" },
	{ "givenNames", "Marta Candelaria" },
	{ "birthDate", "1991-03-14" },
	{ "birthDateEstimated", "" },
	{ "sex", "F" },
	{ "nationality", "GTM" },
	{ "identityBasis", "DOC" },
	{ "documentType", "I" },
	{ "documentCountry", "GTM" },
	{ "documentNumber", "9722818669921" },
	{ "documentNumberTail", "" },
	{ "documentExpiry", "2031-05-02" },
	{ "dependants", "" },
	{ "appointmentDate", "2027-01-18" },
	{ "validFrom", "2026-11-02" },
	{ "validUntil", "2027-04-30" },
};
#define SAMPLE_TAIL    "1866" /* digits 6 to 9 */
#define SAMPLE_COLUMNS (sizeof(sample_row) / sizeof(sample_row[0]))

static inline const struct cell *
sample_cell(const struct cell *cells, const char *column)
{
	for (size_t i = 0; i < SAMPLE_CELLS && cells[i].column != NULL; i++)
		if (strcmp(cells[i].column, column) == 0)
			return &cells[i];
	return NULL;
}

/* The header line of the sample, without the columns left out. */
static inline void
sample_header(struct bytes *out, const struct cell *cells)
{
	bool first = true;

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		const struct cell *c = sample_cell(cells, sample_row[i].column);

		if (c != NULL && c->value == NULL)
			continue;
		csv_add(out, sample_row[i].column, first);
		first = false;
	}
	bytes_add_byte(out, '\n');
}

static inline void
sample_line(struct bytes *out, const struct cell *cells)
{
	bool first = true;

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		const struct cell *c = sample_cell(cells, sample_row[i].column);

		if (c != NULL && c->value == NULL)
			continue;
		csv_add(out, c != NULL ? c->value : sample_row[i].value, first);
		first = false;
	}
	bytes_add_byte(out, '\n');
}

/* A program with two consulates and one pathway of its own. */
static inline struct intake_context
sample_context(void)
{
	static struct trust_consulate consulates[] = {
		{ "ES-GTGUA", "Consulado en Guatemala", "" },
		{ "ES-COBOG", "Consulado en Bogotá", "" },
	};
	static struct trust_pathway pathways[] = { { .code = "SEA" } };
	static struct trust_list list = { .program = "RRP-ES",
		.consulates = consulates,
		.consulate_count = 2,
		.pathways = pathways,
		.pathway_count = 1 };
	struct intake_context context = { .list = &list, .center = "GTGUA01" };

	ck_assert(clock_parse(SAMPLE_NOW, &context.now));
	return context;
}

/* Start on a text; fails the test when the file is refused. */
static inline struct intake *
sample_open(const struct bytes *text, const struct intake_context *context)
{
	struct errtext err = { 0 };
	struct intake *intake = NULL;
	struct problem file;
	size_t count;

	ck_assert_msg(intake_new(text->at, text->len, context, &intake, &file,
			  &count, &err) == ERR_OK,
	    "%s", err.text);
	return intake;
}

static inline bool
sample_next(struct intake *intake, struct intake_row *row)
{
	struct errtext err = { 0 };
	bool end = false;

	ck_assert_msg(
	    intake_next(intake, row, &end, &err) == ERR_OK, "%s", err.text);
	return !end;
}

/* The result of one row with some cells replaced. */
static inline void
sample_judge(const struct cell *cells, struct intake_row *row)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct intake *intake;

	sample_header(&text, cells);
	sample_line(&text, cells);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, row));
	intake_free(&intake);
	bytes_free(&text);
}

/* All problems on one line, for messages and comparison: "E-DATE(birthDate)" */
static inline const char *
sample_problems(const struct intake_row *row, struct bytes *out)
{
	bytes_reset(out);
	bytes_add_text(out, "");
	for (size_t i = 0; i < row->problem_count; i++) {
		const char *key = intake_field_key(row->problem[i].field);

		bytes_addf(out, "%s%s(%s)", i > 0 ? " " : "",
		    problem_name(row->problem[i].code),
		    key == NULL ? "-" : key);
	}
	return out->at == NULL ? "" : (const char *)out->at;
}

#endif
