/*
 * code.h - code lists with their labels: document types, relationships,
 * actions, pathways, ISO 3166-1 countries.
 */
#ifndef LETTER_CODE_H
#define LETTER_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* One code; a list ends with {0}. label is a message id (N_()). */
struct code {
	const char *code;
	const char *label;
};

extern const struct code code_language[];       /* es en fr pt ht */
extern const struct code code_sex[];            /* F M X */
extern const struct code code_identity_basis[]; /* DOC COPY DECLARED */
extern const struct code code_document_type[];  /* P I R T U B C */
extern const struct code code_relationship[];   /* SPOUSE ... OTHER */
extern const struct code code_requested_action[];
extern const struct code code_pathway[]; /* built in; lists may add more */

/* code_find - its row, or NULL; code_index - its place, or -1. */
const struct code *code_find(const struct code *list, const char *code);
int code_index(const struct code *list, const char *code);

/* ISO 3166-1: alpha-3, alpha-2 and the English short name as message id. */
struct country {
	const char *alpha3;
	const char *alpha2;
	const char *label;
};
/* country_find - by alpha-3; country_by_alpha2; NULL when there is none. */
const struct country *country_find(const char *alpha3);
const struct country *country_by_alpha2(const char *alpha2);
/* nationality_is_known - ISO 3166-1 alpha-3, or XXA, XXX (ICAO 9303-3). */
bool nationality_is_known(const char *code);
/* nationality_label - message id for a country, XXA or XXX; NULL unknown. */
const char *nationality_label(const char *code);

#endif
