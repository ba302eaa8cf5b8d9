/*
 * draft_message.h - the text that a drafter signs of a draft: what stores it
 * and what reads it again put it together from the same columns.
 */
#ifndef ISSUE_REGISTER_DRAFT_MESSAGE_H
#define ISSUE_REGISTER_DRAFT_MESSAGE_H

#include "issue/register/draft.h"

/* What a row of the table holds besides the fields. Borrowed. */
struct draft_head {
	const char *center;
	int64_t id;
	const char *officer;
	int64_t at;
	const char *row, *problems;
};

/* draft_message - append the text, as draft_sign.c draws it, to out. ERR_DATA
 * for a head that is damaged; ERR_MEMORY. */
enum err draft_message(const struct draft_head *head, const char *fields,
    struct bytes *out, struct errtext *err);

#endif
