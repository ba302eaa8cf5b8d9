/*
 * jail.c - the locks: decode/jail.h.
 */
#include "decode/jail.h"

#include "scan/scan.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

/* --- no other process ----------------------------------------------------- */

/*
 * Threads cannot be told from processes by RLIMIT_NPROC, and a reader of HEIC
 * needs one. So the system calls that make a process, or another program of
 * this one, are refused; clone() is let through for a thread alone. glibc asks
 * for clone3() first, whose flags a filter cannot see, and takes "there is no
 * such call" for what it says.
 */
#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef ARCH
#define LOAD(what)     BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what)
#define GIVE(what)     BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE(number) GIVE(SECCOMP_RET_ERRNO | ((number)&SECCOMP_RET_DATA))
/* the next statement is for this value only */
#define IS(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1)

static bool
refuse_processes(void)
{
	struct sock_filter rules[] = {
		LOAD(offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
		GIVE(SECCOMP_RET_KILL_PROCESS),
		LOAD(offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__ /* the same calls, under other numbers */
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
		REFUSE(ENOSYS),
		IS(__NR_fork),
		REFUSE(EPERM),
		IS(__NR_vfork),
		REFUSE(EPERM),
#endif
		IS(__NR_execve),
		REFUSE(EPERM),
		IS(__NR_execveat),
		REFUSE(EPERM),
		IS(__NR_clone3),
		REFUSE(ENOSYS),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 1, 0),
		GIVE(SECCOMP_RET_ALLOW),
		/* both are little-endian: the flags' lower half comes first */
		LOAD(offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
		REFUSE(EPERM),
		GIVE(SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {
		.len = sizeof(rules) / sizeof(rules[0]),
		.filter = rules,
	};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) ==
	    0 || /* a kernel without filters: then no threads either */
	    limit(RLIMIT_NPROC, 0);
}
#else
static bool
refuse_processes(void)
{
	return limit(RLIMIT_NPROC, 0);
}
#endif

bool
jail_enter(void)
{
	alarm(SECONDS_MAX);
	return close_range(3, ~0U, 0) == 0 && lock() &&
	    limit(RLIMIT_CPU, SECONDS_MAX) &&
	    /* leaks are looked for by another process */
	    (UNDER_ASAN || refuse_processes());
}

bool
jail_alone(void)
{
	return UNDER_ASAN || limit(RLIMIT_NPROC, 0);
}
