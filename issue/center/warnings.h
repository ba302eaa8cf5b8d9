/*
 * warnings.h - which warnings a draft carries, as a set, and what each means
 * in a few words: for lists, where the sentence that was said of the row
 * (struct problem) has no room.
 */
#ifndef ISSUE_CENTER_WARNINGS_H
#define ISSUE_CENTER_WARNINGS_H

#include "letter/problem.h"

#include <stdint.h>

/* A bit a code. */
typedef uint32_t warnings_set;

#define WARNINGS_BIT(code) ((warnings_set)1 << (code))

/* warnings_of - those in a JSON text of the register: struct draft's. */
warnings_set warnings_of(const char *problems);

/* warnings_meaning - in the screen's language: "under 18 on the first day of
 * validity". */
const char *warnings_meaning(enum problem_code code);

#define WARNINGS_CODES_SIZE 256
/* warnings_codes - "W-MINOR W-PLACEHOLDER"; "" for none. Returns out. */
const char *warnings_codes(warnings_set set, char out[WARNINGS_CODES_SIZE]);

#endif
