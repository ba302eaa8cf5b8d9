/*
 * walk.h - inside of packed/fields.c: one walk over the frozen fields,
 * and what passes a value of each kind. As with packed/bits.h one function
 * serves both directions; `text` is the field's place in walk->letter.
 */
#ifndef PACKED_WALK_H
#define PACKED_WALK_H

#include "letter/number.h"
#include "packed/bits.h"
#include "packed/format.h"
#include "packed/name.h"

/* One walk over packed_format, in either direction. */
struct walk {
	struct bits *b;
	struct letter *letter; /* writing changes nothing in it */
	const struct name_book *book;
	struct letter_number number;   /* its year is set by IssuedAt */
	struct letter_number replaced; /* its year: how many before that */
	int64_t issue_day, from_day;
};

/* walk_fail - this value cannot be said, or was not said so by us. */
static inline void
walk_fail(struct walk *w)
{
	w->b->failed = true;
}

/* in packed/text.c */
void pass_own_number(struct walk *w);
void pass_replaced_number(struct walk *w);
void pass_text(struct walk *w, const struct packed_field *field, char *text);
void pass_staff(struct walk *w, const struct packed_field *field, char *text);
void pass_code(struct walk *w, const struct packed_field *field, char *text);
void pass_pathway(struct walk *w, const struct packed_field *field, char *text);
void pass_destination(struct walk *w, char *text);
void pass_document_country(struct walk *w, char *text);
void pass_countries(struct walk *w, char *text);
void pass_consulate(struct walk *w, char *text);
void pass_salt(struct walk *w, const struct packed_field *field, char *text);

/* in packed/time.c */
void pass_instant(struct walk *w, char *text);
void pass_date(struct walk *w, const struct packed_field *field, char *text);
void pass_birth_date(
    struct walk *w, const struct packed_field *field, char *text);

#endif
