/*
 * duplicate.h - do two rows, drafts or letters look like the same person?
 * Pure: no database, no file. The keys are what an index looks up; the
 * question itself is duplicate_match(). docs/intake.md says it in words.
 *
 * A duplicate is a warning for people to compare, never a refusal. So
 * spelling that differs in accents, or surnames exchanged, must be found;
 * homonyms with documents of their own must pass; and since four characters
 * collide once in 10,000 persons, a document's tail alone says nothing.
 */
#ifndef ISSUE_INTAKE_DUPLICATE_H
#define ISSUE_INTAKE_DUPLICATE_H

#include "letter/letter.h"

#define DUPLICATE_NAME_SIZE     512 /* of the folded name, with NUL */
#define DUPLICATE_DOCUMENT_SIZE 8   /* GTM4580 and NUL */

/* What is compared of a person. Personal data: wipe it after use. */
struct duplicate_keys {
	char name[DUPLICATE_NAME_SIZE]; /* name_fold(), never "" of a letter */
	char document[DUPLICATE_DOCUMENT_SIZE]; /* country and tail; "" without
						   both */
	char birth_date[12];                    /* as in the letter */
};

/* duplicate_keys_of - take the keys of a letter's holder. False without memory.
 */
bool duplicate_keys_of(const struct letter *letter, struct duplicate_keys *out);

/* By what two look the same; each row has its words in duplicate_words(). */
enum duplicate_match {
	DUPLICATE_NOT,
	/* the same document, and ... */
	DUPLICATE_DOCUMENT_NAME_BIRTH,
	DUPLICATE_DOCUMENT_NAME_PERHAPS, /* dates can be the same day */
	DUPLICATE_DOCUMENT_NAME,         /* ... they cannot */
	DUPLICATE_DOCUMENT_BIRTH,        /* another name */
	DUPLICATE_DOCUMENT_PART_PERHAPS, /* a part of the name, and dates */
	/* no two documents, the same name, and ... */
	DUPLICATE_NAME_BIRTH,
	DUPLICATE_NAME_PERHAPS,
};
#define DUPLICATE_MATCH_COUNT 8

/*
 * duplicate_match - are these two probably one person, and by what?
 *
 * With the same document (country and tail): the same name, or birth dates
 * that can be the same day and besides are two full dates or go with a part
 * of the name in common. Without: the same name and birth dates that can be
 * the same day, unless both have a document and these differ. Symmetric.
 *
 * So whoever is the same shares document, or shares name while at least one
 * of the two has no document: an index needs to look no further.
 */
enum duplicate_match duplicate_match(
    const struct duplicate_keys *a, const struct duplicate_keys *b);

/*
 * duplicate_part - go to the next part of a folded name that says something
 * when two share it: initials do not.
 *
 *   at  in: anywhere in the name; out: where the part begins
 *
 * Its length; 0 when there is none.
 */
size_t duplicate_part(const char **at);

/* duplicate_words - "the same name and birth date", in the screen's language;
 * "" for DUPLICATE_NOT. */
const char *duplicate_words(enum duplicate_match match);

/*
 * duplicate_is_near - nobody who is the same, but of the same name with birth
 * dates that cannot be the same day while their years are one to three apart:
 * a year misheard or misread; or of one year, with one of day and month the
 * same, or both exchanged. Only a note, since fathers and sons, and homonyms of
 * a town, come so too. Symmetric.
 */
#define DUPLICATE_YEARS_NEAR 3
bool duplicate_is_near(
    const struct duplicate_keys *a, const struct duplicate_keys *b);

/* duplicate_documents_differ - do both have one, and not the same? */
bool duplicate_documents_differ(
    const struct duplicate_keys *a, const struct duplicate_keys *b);

#endif
