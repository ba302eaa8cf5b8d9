/*
 * jail.c - the locks: decode/jail.h.
 */
#include "decode/jail.h"

#include "scan/scan.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* AddressSanitizer reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifndef UNDER_ASAN
#define UNDER_ASAN 0
#endif

#if UNDER_ASAN
/* Its environment is empty, so this is the only place for it: a process that
 * ends with its one file need not free what fontconfig keeps. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

#define MEMORY_MAX  (768ul << 20) /* bytes of address space */
#define FILES_MAX   32            /* fonts that a PDF does not embed */
#define SECONDS_MAX 3600 /* seconds, should nobody be there to end us */

static bool
limit(__rlimit_resource_t resource, rlim_t value)
{
	struct rlimit both = { value, value };

	return setrlimit(resource, &both) == 0;
}

/* What holds for a process that only waits, too. */
static bool
lock(void)
{
	/* a write over the limit shall fail, not kill: fontconfig's cache */
	return signal(SIGXFSZ, SIG_IGN) != SIG_ERR &&
	    prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
	    (UNDER_ASAN || limit(RLIMIT_AS, MEMORY_MAX)) &&
	    limit(RLIMIT_NOFILE, FILES_MAX);
}

bool
jail_wait(void)
{
	return close_range(3, ~0U, 0) == 0 && lock();
}

bool
jail_enter(void)
{
	alarm(SECONDS_MAX);
	return close_range(3, ~0U, 0) == 0 && lock() &&
	    limit(RLIMIT_CPU, SECONDS_MAX) &&
	    (UNDER_ASAN || limit(RLIMIT_NPROC, 0));
}
