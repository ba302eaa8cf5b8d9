/*
 * jail_calls.c - a list of the system calls that a loaded decoder makes, as a
 * filter of the kernel (seccomp). It was measured with every kind of file that
 * is read; docs/reading.md says how. All others are refused, and those that no
 * decoder has a reason for end the process: it was taken over.
 */
#include "decode/jail_locks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

#ifndef ARCH
bool
jail_calls(enum jail_who who)
{
	(void)who;
	return false;
}
#else

/* --- the lists ------------------------------------------------------------ */

/* Whatever the arguments. */
static const int always[] = {
	__NR_brk,
	__NR_clock_getres,
	__NR_clock_gettime,
	__NR_clock_nanosleep,
	__NR_close,
	__NR_exit,
	__NR_exit_group,
	__NR_fstat,
	__NR_futex,
	__NR_getegid,
	__NR_geteuid,
	__NR_getgid,
	__NR_getpid,
	__NR_getrandom,
	__NR_getrusage,
	__NR_gettid,
	__NR_gettimeofday,
	__NR_getuid,
	__NR_lseek,
	__NR_membarrier,
	__NR_mremap,
	__NR_munmap,
	__NR_nanosleep,
	__NR_ppoll,
	__NR_pread64,
	__NR_read,
	__NR_readv,
	__NR_restart_syscall,
	__NR_rseq,
	__NR_rt_sigaction,
	__NR_rt_sigprocmask,
	__NR_rt_sigreturn,
	__NR_sched_getaffinity,
	__NR_sched_yield,
	__NR_set_robust_list,
	__NR_setitimer, /* its own clock: decode/pdf.c */
	__NR_sigaltstack,
	__NR_sysinfo, /* glibc asks how much it may sort at once */
	__NR_times,
	__NR_uname,
	__NR_write,
	__NR_writev,
#ifdef __x86_64__
	__NR_poll,
	__NR_time,
#endif
};

/* What the server hears and starts children with, and what they lock
 * themselves in with. */
static const int serving[] = {
	__NR_close_range,
	__NR_dup3,
	__NR_pidfd_open,
	__NR_prctl,
	__NR_recvmsg,
	__NR_seccomp,
	__NR_sendmsg,
	__NR_wait4,
	444, /* landlock_create_ruleset */
	446, /* landlock_restrict_self */
#ifdef __x86_64__
	__NR_alarm,
	__NR_dup2,
#endif
};

/* "There is no such call" is what makes a library ask for another. */
static const int unknown[] = {
	__NR_clone3, /* its flags are where a filter cannot see them */
};

/* Nothing that decodes has a reason to ask for these. */
static const int fatal[] = {
	__NR_bpf,
	__NR_execve,
	__NR_execveat,
	__NR_io_uring_setup,
	__NR_mount,
	__NR_process_vm_readv,
	__NR_process_vm_writev,
	__NR_ptrace,
	__NR_setns,
	__NR_unshare,
	__NR_userfaultfd,
};

/* --- the filter ----------------------------------------------------------- */

#define STEPS_MAX 256

struct steps {
	struct sock_filter step[STEPS_MAX];
	unsigned short count;
};

/* Once more than there is room for, count is over STEPS_MAX. */
static void
add(struct steps *steps, struct sock_filter step)
{
	if (steps->count < STEPS_MAX)
		steps->step[steps->count] = step;
	steps->count++;
}

static void
load(struct steps *steps, size_t at)
{
	add(steps,
	    (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, (uint32_t)at));
}

static void
give(struct steps *steps, uint32_t what)
{
	add(steps, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

static void
refuse(struct steps *steps, uint32_t number)
{
	give(steps, SECCOMP_RET_ERRNO | (number & SECCOMP_RET_DATA));
}

/* A jump by what was loaded: over `yes` or `no` steps. */
static void
jump(
    struct steps *steps, uint16_t test, uint32_t value, uint8_t yes, uint8_t no)
{
	add(steps,
	    (struct sock_filter)BPF_JUMP(
		(uint16_t)(BPF_JMP | test | BPF_K), value, yes, no));
}

static void
give_each(struct steps *steps, const int *call, size_t count, uint32_t what)
{
	for (; count > 0; call++, count--) {
		jump(steps, BPF_JEQ, (uint32_t)*call, 0, 1);
		give(steps, what);
	}
}

#define GIVE_EACH(steps, list, what) \
	give_each(steps, list, sizeof(list) / sizeof((list)[0]), what)

/* The lower half of an argument, which comes first on both processors. */
static size_t
argument(size_t number)
{
	return offsetof(struct seccomp_data, args) + 8 * number;
}

/* The call is allowed when its argument, counted from 0, is that value, or has one
 * of these bits, or none of them. */
enum test { EQUAL, WITH, WITHOUT };

static void
allow(struct steps *steps, int call, size_t number, enum test test,
    uint32_t value)
{
	jump(steps, BPF_JEQ, (uint32_t)call, 0, 4);
	load(steps, argument(number));
	jump(steps, test == EQUAL ? BPF_JEQ : BPF_JSET, value, test != WITHOUT,
	    test == WITHOUT);
	refuse(steps, EPERM);
	give(steps, SECCOMP_RET_ALLOW);
}

/* No code that was written a moment ago, and nothing that others see; nor what
 * counts as a stack, which is in no limit of data; nor advice that makes the machine's
 * own memory bad, as root may give it. */
static void
allow_memory(struct steps *steps)
{
	const uint32_t bad_memory =
	    ~31u; /* MADV_HWPOISON and its kin: 100 up */

	jump(steps, BPF_JEQ, __NR_mmap, 0, 6);
	load(steps, argument(2));
	jump(steps, BPF_JSET, PROT_EXEC, 2, 0);
	load(steps, argument(3));
	jump(steps, BPF_JSET, MAP_SHARED | MAP_GROWSDOWN, 0, 1);
	refuse(steps, EPERM);
	give(steps, SECCOMP_RET_ALLOW);
	allow(steps, __NR_mprotect, 2, WITHOUT, PROT_EXEC);
	allow(steps, __NR_madvise, 2, WITHOUT, bad_memory);
}

/* Threads share everything with who starts them; a server's children nothing,
 * and get no name spaces of their own. */
static void
allow_clone(struct steps *steps, enum jail_who who)
{
	const uint32_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
	    CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

	if (who != JAIL_READER) /* its own: decode/heif.c */
		allow(steps, __NR_sched_setaffinity, 0, EQUAL, 0);
	if (who == JAIL_THREADED)
		allow(steps, __NR_clone, 0, WITH, CLONE_THREAD);
	if (who == JAIL_SERVER)
		allow(steps, __NR_clone, 0, WITHOUT, spaces);
}

static void
write_filter(struct steps *steps, enum jail_who who)
{
	load(steps, offsetof(struct seccomp_data, arch));
	jump(steps, BPF_JEQ, ARCH, 1, 0);
	give(steps, SECCOMP_RET_KILL_PROCESS);
	load(steps, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__ /* the same calls, under other numbers */
	jump(steps, BPF_JGE, 0x40000000, 0, 1);
	give(steps, SECCOMP_RET_KILL_PROCESS);
#endif
	GIVE_EACH(steps, always, SECCOMP_RET_ALLOW);
	GIVE_EACH(steps, fatal, SECCOMP_RET_KILL_PROCESS);
	GIVE_EACH(steps, unknown, SECCOMP_RET_ERRNO | ENOSYS);
	if (who == JAIL_SERVER) {
		GIVE_EACH(steps, serving, SECCOMP_RET_ALLOW);
		/* whose: its own */
		allow(steps, __NR_prlimit64, 0, EQUAL, 0);
		/* fstat(), of what is asked; of a name, too, for a filter sees
		 * no text, so readers have fstat() under its own number alone */
		allow(steps, __NR_newfstatat, 3, WITH, AT_EMPTY_PATH);
	}
	allow_clone(steps, who);
	allow_memory(steps);
	/* to abort(); a fork has another number, and a filter of its own */
	if (who != JAIL_SERVER)
		allow(steps, __NR_tgkill, 0, EQUAL, (uint32_t)getpid());
	/* not F_SETOWN, which lets the kernel send a signal to anybody */
	allow(steps, __NR_fcntl, 1, EQUAL, F_GETFL);
	refuse(steps, EPERM);
}

bool
jail_calls(enum jail_who who)
{
	struct steps steps = { .count = 0 };
	struct sock_fprog program = { .filter = steps.step };

	write_filter(&steps, who);
	program.len = steps.count;
	return steps.count <= STEPS_MAX &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#endif
