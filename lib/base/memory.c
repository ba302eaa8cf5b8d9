/*
 * memory.c - did memory run out: memory.h. The program's own malloc, calloc and
 * realloc take the place of glibc's for all libraries, and hand on to it; free
 * and the others are glibc's.
 */
#include "base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static atomic_bool *
ran_out(void)
{
	static atomic_bool did;

	return &did;
}

bool
memory_ran_out(void)
{
	return *ran_out();
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNWATCHED
#endif
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(UNWATCHED)

/* under the names that glibc keeps for whoever stands before it */
void *__libc_malloc(size_t len);
void *__libc_calloc(size_t count, size_t each);
void *__libc_realloc(void *old, size_t len);

/* A size that no machine has was no lack of memory. */
static void *
noted(void *at, size_t len)
{
	if (at == NULL && len > 0 && len < SIZE_MAX / 4)
		*ran_out() = true;
	return at;
}

void *
malloc(size_t len)
{
	return noted(__libc_malloc(len), len);
}

void *
calloc(size_t count, size_t each)
{
	return noted(__libc_calloc(count, each), each > 0 ? count : 0);
}

void *
realloc(void *old, size_t len)
{
	return noted(__libc_realloc(old, len), len);
}

#endif
