/*
 * selftest.h - does this program, on this computer, still tell good from
 * bad? A built-in letter, signed once with a training key that no longer
 * exists, must verify; with one bit changed it must not; its packed text must
 * unpack to it. Some 0.2 ms.
 */
#ifndef VERIFY_SELFTEST_H
#define VERIFY_SELFTEST_H

#include <stdbool.h>

/* selftest_run - true when all is well. */
bool selftest_run(void);

#endif
