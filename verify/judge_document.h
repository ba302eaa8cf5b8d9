/*
 * judge_document.h - what was found in one document, each thing with a verdict:
 * its letters by their own bytes, its pages in their order.
 */
#ifndef VERIFY_JUDGE_DOCUMENT_H
#define VERIFY_JUDGE_DOCUMENT_H

#include "verify/judge.h"

/* Of documents in one container: what was given of the others. Start as {0},
 * free() key. */
struct within {
	size_t ignored_files; /* in it, that gave no letter */
	size_t count, cap;
	uint8_t (*key)[32]; /* of units that were given: units.h */
};

/*
 * judge_document - tell() for each thing and page that gives a result.
 *
 *   is      as judged.is
 *   within  NULL: it stands alone, and something is told in any case. Else only
 *           letters give results, each once a container; a document without any
 *           gives none
 */
void judge_document(const struct judge *judge, const char *source,
    const struct scan_result *found, const char *is, struct within *within);

/* judge_has_letter - would it give a result within a container? ERR_OK or
 * ERR_MEMORY. */
enum err judge_has_letter(
    const struct judge *judge, const struct scan_result *found, bool *has);

#endif
