/*
 * escapes.c - escapes.h.
 */
#include "tests/decode/escapes.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096

/* An attempt that is one system call, which answers what is not negative. */
#define CALL(name, ...)                           \
	static bool name(void)                    \
	{                                         \
		return syscall(__VA_ARGS__) >= 0; \
	}

/* --- files ---------------------------------------------------------------- */

CALL(read_a_file, SYS_openat, AT_FDCWD, "secret", O_RDONLY)
CALL(write_a_file, SYS_openat, AT_FDCWD, "root.crt", O_WRONLY)
CALL(append_to_a_file, SYS_openat, AT_FDCWD, "root.crt", O_RDWR | O_APPEND)
CALL(make_a_file, SYS_openat, AT_FDCWD, "new", O_WRONLY | O_CREAT, 0600)
CALL(make_a_nameless_file, SYS_openat, AT_FDCWD, ".", O_RDWR | O_TMPFILE, 0600)
CALL(empty_a_file, SYS_openat, AT_FDCWD, "root.crt", O_WRONLY | O_TRUNC)
CALL(list_a_folder, SYS_openat, AT_FDCWD, ".", O_RDONLY | O_DIRECTORY)
CALL(own_memory_as_a_file, SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR)
CALL(unlink_a_file, SYS_unlinkat, AT_FDCWD, "root.crt", 0)
CALL(remove_a_folder, SYS_unlinkat, AT_FDCWD, "folder", AT_REMOVEDIR)
CALL(make_a_folder, SYS_mkdirat, AT_FDCWD, "made", 0700)
CALL(make_a_pipe, SYS_mknodat, AT_FDCWD, "pipe", S_IFIFO | 0600, 0)
CALL(make_a_symlink, SYS_symlinkat, "secret", AT_FDCWD, "symlink")
CALL(link_from_elsewhere, SYS_linkat, AT_FDCWD, "secret", AT_FDCWD,
    "folder/secret", 0)
CALL(rename_a_file, SYS_renameat2, AT_FDCWD, "root.crt", AT_FDCWD,
    "folder/root.crt", 0)

static bool
open_by_openat2(void)
{
	const uint64_t how[3] = { O_RDONLY };

	return syscall(SYS_openat2, AT_FDCWD, "secret", how, sizeof(how)) >= 0;
}

CALL(truncate_a_file, SYS_truncate, "root.crt", 0L)
CALL(change_a_mode, SYS_fchmodat, AT_FDCWD, "root.crt", 0777)
CALL(change_an_owner, SYS_fchownat, AT_FDCWD, "root.crt", -1, -1, 0)
CALL(change_a_time, SYS_utimensat, AT_FDCWD, "root.crt", NULL, 0)
CALL(set_an_attribute, SYS_setxattr, "root.crt", "user.x", "x", 1L, 0)
CALL(change_folder, SYS_chdir, "folder")
CALL(change_root, SYS_chroot, "folder")
CALL(ask_for_a_name, SYS_readlinkat, AT_FDCWD, "/proc/self/exe",
    (char[64]){ 0 }, 64L)
CALL(measure_a_file, SYS_newfstatat, AT_FDCWD, "secret", (char[256]){ 0 },
    AT_EMPTY_PATH)
CALL(watch_a_folder, SYS_inotify_init1, 0)
CALL(open_by_handle, SYS_open_by_handle_at, AT_FDCWD, NULL, 0)

/* Of what it got open, too. */
CALL(shorten_its_file, SYS_ftruncate, 0, 0L)
CALL(change_its_files_mode, SYS_fchmod, 0, 0777)
CALL(write_its_file, SYS_pwrite64, 0, "x", 1L, 0L)
CALL(reserve_in_its_file, SYS_fallocate, 0, 0, 0L, 8192L)
CALL(lock_its_file, SYS_flock, 0, 2)

static bool
write_at_its_files_start(void)
{
	return lseek(0, 0, SEEK_SET) == 0 && write(0, "x", 1) == 1;
}

static bool
share_its_file(void)
{
	long at = syscall(SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_WRITE,
	    MAP_SHARED, 0, 0L);

	if (at < 0)
		return false;
	*(volatile char *)(uintptr_t)at = 'X';
	return true;
}

/* --- others --------------------------------------------------------------- */

CALL(fork_by_clone, SYS_clone, (long)SIGCHLD, NULL, NULL, NULL, NULL)
CALL(make_a_name_space, SYS_clone, (long)SIGCHLD | CLONE_NEWUSER, NULL, NULL,
    NULL, NULL)
CALL(run_a_program, SYS_execve, "/bin/true", NULL, NULL)
CALL(run_a_program_at, SYS_execveat, AT_FDCWD, "/bin/true", NULL, NULL, 0)
CALL(ask_for_the_parent, SYS_kill, getppid(), 0)
CALL(signal_the_parent, SYS_tgkill, getppid(), getppid(), SIGURG)
CALL(signal_a_thread, SYS_tkill, getppid(), SIGURG)
CALL(hold_the_parent, SYS_pidfd_open, getppid(), 0)
CALL(attach_the_parent, SYS_ptrace, PTRACE_SEIZE, getppid(), 0L, 0L)
CALL(be_traced, SYS_ptrace, PTRACE_TRACEME, 0L, 0L, 0L)
CALL(own_the_pipe, SYS_fcntl, 1, F_SETOWN, getppid())
CALL(copy_a_descriptor, SYS_fcntl, 0, F_DUPFD, 7)
CALL(bind_the_parent, SYS_sched_setaffinity, getppid(), 8L,
    (unsigned long[]){ 1 })
CALL(slow_the_parent, SYS_setpriority, PRIO_PROCESS, getppid(), 19)

static bool
read_the_parents_memory(void)
{
	char here[8];
	struct iovec to = { here, sizeof(here) };
	struct iovec from = { (void *)(uintptr_t)&escape_count, sizeof(here) };

	return syscall(SYS_process_vm_readv, getppid(), &to, 1L, &from, 1L,
		   0L) >= 0;
}

static bool
limit_the_parent(void)
{
	struct rlimit limit = { 0, 0 };

	return syscall(SYS_prlimit64, getppid(), RLIMIT_CORE, &limit, NULL) >=
	    0;
}

CALL(talk_to_the_network, SYS_socket, AF_INET, SOCK_STREAM, 0)
CALL(talk_to_the_machine, SYS_socket, AF_UNIX, SOCK_STREAM, 0)
CALL(talk_to_the_kernel, SYS_socket, AF_NETLINK, SOCK_RAW, 0)
CALL(make_a_pair, SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0 })
CALL(send_on_its_pipe, SYS_sendto, 1, "x", 1L, 0, NULL, 0)
CALL(type_for_the_user, SYS_ioctl, 0, TIOCSTI, "x")
CALL(make_a_queue, SYS_msgget, 0, 01000 | 0600)
CALL(make_shared_memory, SYS_shmget, 0, (long)PAGE, 01000 | 0600)
CALL(keep_a_key, SYS_add_key, "user", "x", "x", 1L, -2)

/* --- code and the kernel -------------------------------------------------- */

CALL(memory_to_write_and_run, SYS_mmap, NULL, (long)PAGE,
    PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L)
CALL(run_its_file, SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_EXEC,
    MAP_PRIVATE, 0, 0L)
CALL(share_memory, SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_WRITE,
    MAP_SHARED | MAP_ANONYMOUS, -1, 0L)
CALL(stack_without_a_limit, SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_WRITE,
    MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0L)
/* of no bytes, which harms nobody */
CALL(make_memory_bad, SYS_madvise, NULL, 0L, 100)
CALL(make_a_memory_file, SYS_memfd_create, "x", 0)
CALL(run_whatever_is_read, SYS_personality, (long)READ_IMPLIES_EXEC)
CALL(use_io_uring, SYS_io_uring_setup, 1, (char[120]){ 0 })
CALL(use_bpf, SYS_bpf, 0, (char[64]){ 0 }, 64)
CALL(use_userfaultfd, SYS_userfaultfd, 1)
CALL(use_perf, SYS_perf_event_open, (char[128]){ 0 }, 0, -1, -1, 0L)
CALL(unshare_users, SYS_unshare, CLONE_NEWUSER)
CALL(join_a_name_space, SYS_setns, 0, 0)
CALL(outlive_the_parent, SYS_prctl, PR_SET_PDEATHSIG, 0L)
CALL(leave_a_core, SYS_prctl, PR_SET_DUMPABLE, 1L)
CALL(take_another_filter, SYS_seccomp, 1L, 0L, (char[16]){ 0 })

static bool
run_what_was_written(void)
{
	void *at = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at != MAP_FAILED &&
	    syscall(SYS_mprotect, at, (long)PAGE, PROT_READ | PROT_EXEC) == 0;
}

static bool
run_with_a_key(void)
{
	void *at = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at != MAP_FAILED &&
	    syscall(SYS_pkey_mprotect, at, (long)PAGE, PROT_READ | PROT_EXEC,
		-1) == 0;
}

static bool
take_more_limits(void)
{
	struct rlimit limit = { 1, 1 };

	return syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &limit, NULL) >= 0;
}

#ifdef __x86_64__
CALL(call_as_x32, 0x40000000L + SYS_getpid)

/* getpid() as programs of 32 bits ask for it. */
static bool
call_as_32_bits(void)
{
	long answer = 20;

	__asm__ volatile("int $0x80" : "+a"(answer) : : "memory");
	return answer > 0;
}
#endif

#define ON_FILE(name)                    \
	{                                \
#name, ESCAPE_FILE, name \
	}
#define SERVES(name)                       \
	{                                  \
#name, ESCAPE_SERVES, name \
	}
#define OTHER(name)                       \
	{                                 \
#name, ESCAPE_OTHER, name \
	}

const struct escape escapes[] = {
	ON_FILE(read_a_file),
	ON_FILE(write_a_file),
	ON_FILE(append_to_a_file),
	ON_FILE(make_a_file),
	ON_FILE(make_a_nameless_file),
	ON_FILE(empty_a_file),
	ON_FILE(list_a_folder),
	ON_FILE(own_memory_as_a_file),
	ON_FILE(unlink_a_file),
	ON_FILE(remove_a_folder),
	ON_FILE(make_a_folder),
	ON_FILE(make_a_pipe),
	ON_FILE(make_a_symlink),
	ON_FILE(link_from_elsewhere),
	ON_FILE(rename_a_file),
	ON_FILE(open_by_openat2),
	OTHER(truncate_a_file),
	OTHER(change_a_mode),
	OTHER(change_an_owner),
	OTHER(change_a_time),
	OTHER(set_an_attribute),
	OTHER(change_folder),
	OTHER(change_root),
	OTHER(ask_for_a_name),
	SERVES(measure_a_file),
	OTHER(watch_a_folder),
	OTHER(open_by_handle),
	OTHER(shorten_its_file),
	OTHER(change_its_files_mode),
	OTHER(write_its_file),
	OTHER(reserve_in_its_file),
	OTHER(lock_its_file),
	OTHER(write_at_its_files_start),
	OTHER(share_its_file),
	SERVES(fork_by_clone),
	OTHER(make_a_name_space),
	OTHER(run_a_program),
	OTHER(run_a_program_at),
	OTHER(ask_for_the_parent),
	OTHER(signal_the_parent),
	OTHER(signal_a_thread),
	SERVES(hold_the_parent),
	OTHER(attach_the_parent),
	OTHER(be_traced),
	OTHER(own_the_pipe),
	OTHER(copy_a_descriptor),
	OTHER(bind_the_parent),
	OTHER(slow_the_parent),
	OTHER(read_the_parents_memory),
	OTHER(limit_the_parent),
	OTHER(talk_to_the_network),
	OTHER(talk_to_the_machine),
	OTHER(talk_to_the_kernel),
	OTHER(make_a_pair),
	OTHER(send_on_its_pipe),
	OTHER(type_for_the_user),
	OTHER(make_a_queue),
	OTHER(make_shared_memory),
	OTHER(keep_a_key),
	OTHER(memory_to_write_and_run),
	OTHER(run_its_file),
	OTHER(share_memory),
	OTHER(stack_without_a_limit),
	OTHER(make_memory_bad),
	OTHER(make_a_memory_file),
	OTHER(run_whatever_is_read),
	OTHER(use_io_uring),
	OTHER(use_bpf),
	OTHER(use_userfaultfd),
	OTHER(use_perf),
	OTHER(unshare_users),
	OTHER(join_a_name_space),
	SERVES(outlive_the_parent),
	SERVES(leave_a_core),
	OTHER(take_another_filter),
	OTHER(run_what_was_written),
	OTHER(run_with_a_key),
	SERVES(take_more_limits),
#ifdef __x86_64__
	OTHER(call_as_x32),
	OTHER(call_as_32_bits),
#endif
};
const size_t escape_count = sizeof(escapes) / sizeof(escapes[0]);
