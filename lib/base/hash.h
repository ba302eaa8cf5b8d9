/*
 * hash.h - hash tables by uthash, which lives in the structures themselves:
 * a UT_hash_handle hh in each, and HASH_FIND and HASH_ADD of its manual. Here
 * a lack of memory ends no program: after each HASH_ADD ask hash_added().
 *
 * Its order is nobody's business, and its hash is no secret: of keys that a
 * stranger chooses it can be made slow.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#define HASH_NONFATAL_OOM 1
#include <uthash.h>

#include <stdbool.h>

/* hash_added - is what was added in the table? false: there is no memory, and
 * the table is as before. */
static inline bool
hash_added(const UT_hash_handle *hh)
{
	return hh->tbl != NULL;
}

#endif
