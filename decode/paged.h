/*
 * paged.h - what is common to documents of several pages: each is searched on
 * its own, and said as soon as it is done (scan/protocol.h), so that nothing
 * of it is lost with a later one.
 */
#ifndef DECODE_PAGED_H
#define DECODE_PAGED_H

#include "base/bytes.h"
#include "decode/found.h"
#include "decode/gray.h"
#include "decode/search.h"

/* Borrowed search, found and descriptor; paged_free() the answer. */
struct paged {
	struct search *search;
	struct found *found; /* of the page */
	struct bytes answer; /* not yet written */
	int fd;
	int first; /* pages before it were told by another process; from 0 */
};

/* paged_begin - how many pages there are; written with what is said next. */
void paged_begin(struct paged *paged, int count);

/* paged_say - write what is not yet written. False: it cannot be. */
bool paged_say(struct paged *paged);

/*
 * paged_end - the page's codes and its state, a word of scan/protocol.h;
 * paged_say() too. What went wrong while it was searched, which `before` was
 * not yet, makes it a bad one.
 */
bool paged_end(
    struct paged *paged, int number, const char *word, enum err before);

/*
 * paged_picture - a page that is a picture, whole: search it, say it. The
 * picture was read as rc says; it is freed.
 */
bool paged_picture(
    struct paged *paged, int number, enum err rc, struct gray *picture);

void paged_free(struct paged *paged);

#endif
