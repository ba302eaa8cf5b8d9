/*
 * old_copies.h - test_old_copies.c, and the same once more against a program
 * whose refusals are switched off (test_old_copies_unchecked.c): issue/ is
 * compiled for it with unchecked.h in front, and what would be refused, or may
 * not be signed now, is done.
 */
#ifndef TESTS_ISSUE_OLD_COPIES_H
#define TESTS_ISSUE_OLD_COPIES_H

#include <stdbool.h>

/* Refuse nothing from now on; in test_old_copies.c nothing happens. True: this
 * is the program that does not refuse. */
bool old_copies_uncheck(void);

#endif
