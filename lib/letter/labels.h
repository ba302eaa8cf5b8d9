/*
 * labels.h - what people read instead of codes: from the code lists, and for
 * consulates and added pathways from the trust list, which the caller looks
 * up (this room does not know the trust list).
 */
#ifndef LETTER_LABELS_H
#define LETTER_LABELS_H

#include "letter/field.h"

#include <stdbool.h>

/* Any member may be NULL: then the code stands alone. Borrowed texts. */
struct letter_labels {
	const char *program_name;   /* of Program */
	const char *center_name;    /* of the number's center */
	const char *hotline;        /* of the center: labels_hotline() */
	const char *timezone;       /* of the center, "America/Guatemala" */
	const char *consulate_name; /* of Consulate */
	const char *consulate_address;
	const char *emblem;  /* of the program: letter/emblem.h */
	const char *pathway; /* already in the wanted language */
};

/*
 * labels_value - the text to show for one field in a language: codes with
 * their label ("ESP (Spain)"), instants by the center's clock, dates in words
 * and as YYYY-MM-DD ("2 May 1990 (1990-05-02)"), an estimated date marked,
 * everything else as it stands.
 *
 *   record  as field_get(); for BirthDate pass the letter (to see the mark)
 *   labels  may be NULL
 *   out     size bytes, never cut inside a character; LABELS_VALUE_SIZE fits
 */
#define LABELS_VALUE_SIZE 512
void labels_value(const char *lang, const struct field *field,
    const void *record, const struct letter_labels *labels, char *out,
    size_t size);

/*
 * labels_value_bilingual - the same for paper, where nobody can switch the
 * language: a code's label in the letter's language and, if it differs, in
 * Spanish ("ESP (Spain / España)"). Dates stay in the letter's language, as
 * YYYY-MM-DD says the same to everybody. Each Spanish part stands between
 * two SPANISH_SIGNs, which print as nothing.
 */
#define SPANISH_SIGN "\x1f"
void labels_value_bilingual(const char *lang, const struct field *field,
    const void *record, const struct letter_labels *labels,
    const struct letter_labels *labels_es, char *out, size_t size);

/* labels_field - the field's label in a language: "Apellidos". */
const char *labels_field(const char *lang, const struct field *field);

#endif
