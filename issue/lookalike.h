/*
 * lookalike.h - do two rows, drafts or letters look like the same person?
 * Pure: no database, no file. The keys are what an index looks up; the
 * question itself is lookalike_is_same(). docs/intake.md says it in words.
 *
 * A look-alike is a warning for people to compare, never a refusal. So
 * spelling that differs in accents, or surnames exchanged, must be found;
 * homonyms with documents of their own must pass; and since four characters
 * collide once in 10,000 persons, a document's tail alone says nothing.
 */
#ifndef ISSUE_LOOKALIKE_H
#define ISSUE_LOOKALIKE_H

#include "letter/letter.h"

#define LOOKALIKE_NAME_SIZE     512 /* of the folded name, with NUL */
#define LOOKALIKE_DOCUMENT_SIZE 8   /* GTM4580 and NUL */

/* What is compared of a person. Personal data: wipe it after use. */
struct lookalike {
	char name[LOOKALIKE_NAME_SIZE]; /* name_fold(), never "" of a letter */
	char document[LOOKALIKE_DOCUMENT_SIZE]; /* country and tail; "" without
						   both */
	char birth_date[12];                    /* as in the letter */
};

/* lookalike_of - take the keys of a letter's holder. False without memory. */
bool lookalike_of(const struct letter *letter, struct lookalike *out);

/*
 * lookalike_is_same - are these two probably one person?
 *
 * With the same document (country and tail): the same name, or birth dates
 * that can be the same day and besides are two full dates or go with a part
 * of the name in common. Without: the same name and birth dates that can be
 * the same day, unless both have a document and these differ. Symmetric.
 *
 * So whoever is the same shares document, or shares name while at least one
 * of the two has no document: an index needs to look no further.
 */
bool lookalike_is_same(const struct lookalike *a, const struct lookalike *b);

/*
 * lookalike_is_near - the same name and no documents that differ, but birth
 * dates that cannot be the same day while their years are one to three apart:
 * a year misheard or misread. Only a note, since fathers and sons, and homonyms
 * of a town, come so too. Symmetric; needs no further index than
 * lookalike_is_same().
 */
#define LOOKALIKE_YEARS_NEAR 3
bool lookalike_is_near(const struct lookalike *a, const struct lookalike *b);

#endif
