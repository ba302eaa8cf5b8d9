/*
 * ended.h - how a letter ended: withdrawn, when, why and by whom, and which
 * letter stands in its place. For who looks it up.
 */
#ifndef ISSUE_ENDED_H
#define ISSUE_ENDED_H

#include "base/json.h"
#include "issue/register/letter.h"

/* One of the register's rows, and what the log says of a correction. */
struct ended {
	size_t withdrawn; /* how many of: a first one, then one for fraud */
	struct withdrawal withdrawal[WITHDRAWAL_MAX];
	char by[LETTER_NUMBER_SIZE]; /* the newer letter; "" */
	int64_t replaced_at;
	char officer[PERSON_CODE_SIZE], approver[PERSON_CODE_SIZE];
};

/* ended_load - all empty for a letter in force. ERR_DATA: damaged. */
enum err ended_load(struct registry *reg, const char *number, struct ended *out,
    struct errtext *err);

/* ended_print - a sentence each, on standard output; nothing where there is
 * nothing. */
void ended_print(const struct ended *ended);

/* ended_json - set "withdrawals", an array of {at, by, second, reason}, and
 * "supersededBy", a number or null. */
void ended_json(const struct ended *ended, json_t *object);

#endif
