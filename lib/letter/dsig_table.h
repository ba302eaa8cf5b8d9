/*
 * dsig_table.h - a key's own table of multiples, with which libcrypto checks
 * its signatures in less than half the time: ECDSA on P-256 (FIPS 186-4, 6.4)
 * as u1 G + u2 Q, both by tables, with one inversion of s for a whole block
 * and none of a point. Inside the letter room, and for tests;
 * letter/dsig_many.h is what others use.
 *
 * OpenSSL 3 calls the functions for it old and may leave them out. So they
 * are used in dsig_table.c alone, which asks twice whether they are there:
 * when it is compiled, for their declarations, and when it runs, for the
 * functions. Where one lacks there is no table, and EVP checks everything.
 *
 * Public values only: nothing here takes care of how long it takes.
 */
#ifndef LETTER_DSIG_TABLE_H
#define LETTER_DSIG_TABLE_H

#include "letter/dsig_many.h"

/*
 * dsig_table_try - of these signatures, which are good?
 *
 *   check  each with its table, hash and signature; any count, in steps of
 *          DSIG_MANY_MAX. r and s may be any 32 bytes: those that are not 1
 *          to n - 1 are left out before anything is shared
 *   good   out, one of each: proven good. false says nothing: wrong, no
 *          table, or no memory
 */
void dsig_table_try(const struct dsig_check *check, size_t count, bool *good);

#endif
