/*
 * letters.h - the letters of a center in memory, for ledger/history.h: found
 * in constant time, by number and by draft; some 140 bytes a letter.
 */
#ifndef LEDGER_LETTERS_H
#define LEDGER_LETTERS_H

#include "ledger/letter_state.h"

struct history_letters;
struct letters; /* opaque */

/* letters_new - NULL without memory. */
struct letters *letters_new(void);
/* letters_free - and NULL. */
void letters_free(struct letters **letters);

/* letters_of - the callbacks for history_add(), for who reads all lines of all
 * generations in their order; borrows letters. */
struct history_letters letters_of(struct letters *letters);

/* letters_find - as history_letters.find; NULL: there is none. Good until the
 * next letter is put. */
const struct history_letter *letters_find(const struct letters *letters,
    int year, unsigned sequence, const uint8_t *digest);

/* letters_count - numbers given, over all generations. */
size_t letters_count(const struct letters *letters);

#endif
