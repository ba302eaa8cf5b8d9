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

/*
 * packed/text.c: one value each, as docs/packed-form.md says for its kind.
 * Reading, a value that no letter of ours has makes the walk fail.
 *
 * pass_own_number        center and sequence; the year comes with IssuedAt
 * pass_replaced_number   of the same center, of the same year or before
 * pass_text              a text in the field's alphabet, with its length
 * pass_staff             a pseudonym: the common form AA9999 in few bits
 * pass_code              one of the field's codes
 * pass_pathway           one of its codes, or three letters more
 * pass_destination       a country; the consulate's is guessed
 * pass_document_country  a country; nationality and center's are guessed
 * pass_countries         one to three countries
 * pass_consulate         ES-GTGUA; program and center are guessed
 * pass_salt              8 bytes, from which 4 follow; or all 12
 */
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

/*
 * packed/time.c, the same way:
 *
 * pass_instant     IssuedAt; sets issue_day and the number's year
 * pass_date        a day, told as its distance from another one
 * pass_birth_date  a day, month or year, or "unknown"
 */
void pass_instant(struct walk *w, char *text);
void pass_date(struct walk *w, const struct packed_field *field, char *text);
void pass_birth_date(
    struct walk *w, const struct packed_field *field, char *text);

#endif
