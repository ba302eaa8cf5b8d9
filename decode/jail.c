/*
 * jail.c - jail.h: the limits; the locks are in jail_calls.c and jail_paths.c.
 */
#include "decode/jail.h"

#include "decode/asan.h"
#include "decode/jail_locks.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if UNDER_ASAN
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

#define FILES_MAX   32   /* while libraries are loaded */
#define SECONDS_MAX 3600 /* seconds, should nobody be there to end us */
#define STEP        (1ul << 20)

static bool
limit(__rlimit_resource_t resource, rlim_t value)
{
	struct rlimit both = { value, value };

	return setrlimit(resource, &both) == 0;
}

/* Of what root may do beyond others, nothing (capabilities(7)). Where even this call
 * is refused, somebody else holds us. */
static void
give_up_rights(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	(void)syscall(SYS_capset, &head, none);
}

bool
jail_begin_serving(void)
{
	give_up_rights();
	/* a write over the limit shall fail, not kill */
	return close_range(3, ~0U, 0) == 0 &&
	    signal(SIGXFSZ, SIG_IGN) != SIG_ERR &&
	    prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
	    (UNDER_ASAN || limit(RLIMIT_AS, JAIL_MEMORY_MAX)) &&
	    limit(RLIMIT_NOFILE, FILES_MAX);
}

bool
jail_begin(void)
{
	alarm(SECONDS_MAX);
	return jail_begin_serving() && limit(RLIMIT_CPU, SECONDS_MAX);
}

static bool
has_room_at(rlim_t addresses)
{
	struct rlimit both = { addresses, JAIL_MEMORY_MAX };
	void *at;

	if (setrlimit(RLIMIT_AS, &both) != 0)
		return true;
	at = mmap(NULL, STEP, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at != MAP_FAILED && munmap(at, STEP) == 0;
}

/*
 * Of addresses, no more than those that hold what is loaded now and what may be
 * written from now on: memory that is made writable later is in no limit of data.
 * How many are in use stands in a file, which who was started by a server can no
 * longer open; so it is tried, ten times.
 */
static void
limit_addresses(void)
{
	rlim_t too_few = 0, enough = JAIL_MEMORY_MAX;

	while (enough - too_few > STEP) {
		rlim_t half = too_few + (enough - too_few) / 2;

		if (has_room_at(half))
			enough = half;
		else
			too_few = half;
	}
	if (enough < JAIL_MEMORY_MAX - JAIL_DATA_MAX)
		(void)limit(RLIMIT_AS, enough + JAIL_DATA_MAX);
	else
		(void)limit(RLIMIT_AS, JAIL_MEMORY_MAX);
}

unsigned
jail_enter(enum jail_who who, unsigned locks)
{
	unsigned held = 0;

	/* a second net where there is no list of calls; who is root is not
	 * caught in it, and who needs threads or children cannot have it */
	if (who == JAIL_READER)
		(void)limit(RLIMIT_NPROC, 0);
	/* stacks of threads count, whether used or not */
	if (who == JAIL_READER && !UNDER_ASAN) {
		(void)limit(RLIMIT_DATA, JAIL_DATA_MAX);
		limit_addresses();
	}
	if (locks & JAIL_PATHS && jail_paths())
		held |= JAIL_PATHS;
	if (locks & JAIL_CALLS && jail_calls(who))
		held |= JAIL_CALLS;
	return held;
}
