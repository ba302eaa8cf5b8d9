/*
 * memory.h - did memory run out in this process?
 *
 * Who gets no memory often says only "no", most of all in a library: not this
 * certificate, not this signature, no such row. That is the machine's fault
 * and says nothing about what was asked. So every allocation is watched, of
 * Sello's and of all libraries, and once one failed, err_set() makes "out of
 * memory" of every judgement, until the process ends: what it would still
 * refuse, nobody could believe.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>

/* memory_ran_out - did an allocation fail? Never, where the C library is not
 * glibc, or under AddressSanitizer. */
bool memory_ran_out(void);

#endif
