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
/* country_at - one after the other, by alpha-3; NULL after the last. */
const struct country *country_at(size_t i);

/*
 * What ICAO 9303-3, section 5, adds to ISO 3166-1: who issues papers and is no
 * country (UNO, EUE, RKS), and nationalities that are none (XXA, XXB).
 */
extern const struct code code_authority[];
extern const struct code code_no_country[];

/* issuer_is_known - a country or another authority that issues papers. */
bool issuer_is_known(const char *code);
/* nationality_is_known - a country, or any code of ICAO 9303-3. */
bool nationality_is_known(const char *code);
/* nationality_label - message id for any of these; NULL unknown. */
const char *nationality_label(const char *code);

#endif
