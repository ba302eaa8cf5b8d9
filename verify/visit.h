/*
 * visit.h - what became of the visit that a result is about, and what people
 * are told of it.
 */
#ifndef VERIFY_VISIT_H
#define VERIFY_VISIT_H

struct judge;
struct judged;

enum visit {
	VISIT_NONE, /* nobody was shown: there is none */
	VISIT_RECORDED,
	VISIT_MISMATCH, /* recorded, and the ID document is another person's */
	VISIT_AGAIN,    /* recorded a moment ago */
	VISIT_FAILED,
	VISIT_UNRECORDED, /* it was not to be */
	VISIT_WITHHELD,   /* it was to be: of such letters nothing is kept */
};

/* visit_of - of a result that was judged. */
enum visit visit_of(const struct judge *judge, const struct judged *judged);

/* visit_text - a sentence to be translated; NULL: nothing is said. */
const char *visit_text(enum visit visit);

#endif
