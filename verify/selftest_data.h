/*
 * selftest_data.h - the built-in letter of selftest.h; selftest_data.c is
 * written by scripts/make-selftest.
 */
#ifndef VERIFY_SELFTEST_DATA_H
#define VERIFY_SELFTEST_DATA_H

extern const char selftest_letter[];      /* the signed file */
extern const char selftest_packed[];      /* the text of its code */
extern const char selftest_certificate[]; /* its signer, PEM */

#endif
