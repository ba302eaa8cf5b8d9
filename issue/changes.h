/*
 * changes.h - what a letter in place of another says otherwise: "old -> new",
 * only what differs; what is dropped last, so that it stands above the
 * question. For the screen of who corrects a letter.
 */
#ifndef ISSUE_CHANGES_H
#define ISSUE_CHANGES_H

#include "letter/letter.h"
#include "trust/list.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * changes_print - a line each, in the screen's language; one line where there
 * is no difference. Of fields that a row gives: numbers, persons and times of
 * issue are others in any case.
 *
 *   list  names of consulates and program lines; may be NULL
 */
void changes_print(FILE *out, const struct trust_list *list,
    const struct letter *old, const struct letter *new);

/* changes_any - would changes_print() tell any? */
bool changes_any(const struct letter *old, const struct letter *new);

/* changes_person - are name, birth date and document all others? Then the row
 * is perhaps meant for somebody else's letter. */
bool changes_person(const struct letter *old, const struct letter *new);

#endif
