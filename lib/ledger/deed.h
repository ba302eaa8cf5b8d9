/*
 * deed.h - how a letter was made: when, by whom, and in place of which other
 * letter. The letter says it, and its line says it: docs/log.md, section 1.
 *
 * The line's persons signed the line. What the letter says of them is signed by
 * the center's key alone, so whoever has both compares the two.
 */
#ifndef LEDGER_DEED_H
#define LEDGER_DEED_H

#include "letter/letter.h"
#include "log/entry.h"

/* Of a SHA-256: nobody finds two that are alike. */
#define DEED_SIZE 16

/*
 * deed_of_line - of an issue or a correct line; deed_of_letter - of a letter
 * with all its fields. The same bytes where both say the same.
 *
 * Return ERR_OK, ERR_MEMORY.
 */
enum err deed_of_line(
    const struct log_entry *entry, uint8_t out[DEED_SIZE], struct errtext *err);
enum err deed_of_letter(
    const struct letter *letter, uint8_t out[DEED_SIZE], struct errtext *err);

#endif
