/*
 * faults.c - a library for LD_PRELOAD: one call of a program fails, once.
 * SELLO_TEST_FAULT says which, "PROGRAM KIND N FILE": of that program's calls
 * of that kind, counted from main() on, the N-th fails, and FILE says where it
 * was made. With N=0 none fails, and FILE gets kind and number of each call that
 * is the first of its place: the first that these functions of the program wait
 * for. With N=-1 a place is more: also the last four callers, be they of
 * libraries. If the program dies of it, FILE says where: "died in NAME", of the
 * innermost caller that is not the C library. faults.sh.
 */
#define _GNU_SOURCE
#include "ours.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH  64
#define OWN    3 /* calls on top of each that are this library's, or malloc() */
#define PLACES 65536
#define ROOM   262144 /* bytes */

static int (*program)(int, char **, char **); /* its main() */
static const char *const kinds[] = { "memory", "read", "write", "sync", "close",
	"name", "open", "look", "lock", "map", "process" };
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
static atomic_long made[KINDS];
static char kind[16];
static long wanted;
static int report = -1; /* FILE */
static atomic_bool counts;
static char of_main[ROOM], of_failed[ROOM];
static _Thread_local bool here; /* in this library: what it calls works */

/* Is the place new? FNV-1a over who called whom. */
static bool
is_new_place(unsigned k, void *const *calls, int depth)
{
	static _Atomic uint64_t seen[PLACES];
	uint64_t hash = 14695981039346656037u + k;

	for (int i = 0; i < depth; i++)
		if (ours_has(calls[i]) || (wanted < 0 && i < OWN + 4))
			hash = (hash ^ (uintptr_t)calls[i]) * 1099511628211u;
	for (size_t i = hash % PLACES, n = 0; n < PLACES;
	     i = (i + 1) % PLACES, n++) {
		uint64_t none = 0;

		if (atomic_compare_exchange_strong(&seen[i], &none, hash))
			return true;
		if (none == hash)
			return false;
	}
	return false;
}

/* Whose fault it is that the program dies: a library of its own, or itself. */
static void
dies(int sig)
{
	static atomic_flag one_did = ATOMIC_FLAG_INIT;
	const char *who = "nobody known";
	Dl_info at, libc, shim;
	void *calls[DEPTH];
	int depth;

	here = true;
	while (atomic_flag_test_and_set(&one_did))
		pause(); /* another thread, of the same */
	depth = backtrace(calls, DEPTH);
	if (dladdr((const void *)(uintptr_t)&getenv, &libc) != 0 &&
	    dladdr((const void *)(uintptr_t)&dies, &shim) != 0)
		for (int i = 0; i < depth; i++)
			if (dladdr(calls[i], &at) != 0 &&
			    at.dli_fbase != libc.dli_fbase &&
			    at.dli_fbase != shim.dli_fbase) {
				who = at.dli_fname;
				break;
			}
	dprintf(report, "died in %s\n", who);
	backtrace_symbols_fd(calls, depth, report);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* On a stack of its own, in each thread: one that is full is a way to die. */
static void
watch_death(char *room)
{
	static const int fatal[] = { SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGFPE,
		SIGILL };
	const stack_t stack = { .ss_sp = room, .ss_size = ROOM };
	const struct sigaction action = { .sa_handler = dies,
		.sa_flags = SA_ONSTACK };

	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		sigaction(fatal[i], &action, NULL);
}

/* Does this call fail? */
static bool
fails(const char *what, const char *name)
{
	void *calls[DEPTH];
	bool last = false;
	unsigned k = 0;
	int old = errno;
	long n;

	if (!counts || here)
		return false;
	if (wanted > 0 && strcmp(what, kind) != 0)
		return false;
	here = true;
	while (strcmp(what, kinds[k]) != 0)
		k++;
	n = atomic_fetch_add(&made[k], 1) + 1;
	if (wanted <= 0) {
		if (is_new_place(k, calls, backtrace(calls, DEPTH)))
			dprintf(report, "%s %ld\n", what, n);
	} else if (n == wanted) {
		last = true;
		watch_death(of_failed);
		dprintf(report, "%s %ld: %s\n", kind, n, name);
		backtrace_symbols_fd(calls, backtrace(calls, DEPTH), report);
	}
	here = false;
	errno = old;
	return last;
}

/* Counting begins with main(). */
static int
begin(int argc, char **argv, char **env)
{
	const char *fault = getenv("SELLO_TEST_FAULT");
	char who[32], path[4096];
	void *first[1];

	if (fault != NULL &&
	    sscanf(fault, "%31s %15s %ld %4095s", who, kind, &wanted, path) ==
		4 &&
	    strcmp(who, program_invocation_short_name) == 0 &&
	    (report = open(
		 path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) >= 0) {
		report = fcntl(report, F_DUPFD_CLOEXEC, 900);
		backtrace(first, 1); /* it allocates once */
		ours_find();
		watch_death(of_main);
		counts = true;
	}
	return program(argc, argv, env);
}

int
__libc_start_main(int (*start)(int, char **, char **), int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*ld)(void), void *end)
{
	__typeof__(&__libc_start_main) real;

	*(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
	program = start;
	return real(begin, argc, argv, init, fini, ld, end);
}

/* --- memory ---------------------------------------------------------------- */
/* The programs' own malloc() takes it from here (lib/base/memory.c). */
#define MEMORY(name, params, args)                                 \
	void *name params;                                         \
	void *name params                                          \
	{                                                          \
		static void *(*real)params;                        \
                                                                   \
		if (real == NULL)                                  \
			*(void **)&real = dlsym(RTLD_NEXT, #name); \
		if (!fails("memory", #name))                       \
			return real args;                          \
		errno = ENOMEM;                                    \
		return NULL;                                       \
	}
MEMORY(__libc_malloc, (size_t len), (len))
MEMORY(__libc_calloc, (size_t n, size_t len), (n, len))
MEMORY(__libc_realloc, (void *at, size_t len), (at, len))

/* --- the system -------------------------------------------------------------- */
/* ONE(kind, errno, what it answers then, ...) - a function that may fail. */
#define ONE(kind, why, bad, type, name, params, args)              \
	type name params                                           \
	{                                                          \
		static __typeof__(&(name)) real;                   \
		if (real == NULL)                                  \
			*(void **)&real = dlsym(RTLD_NEXT, #name); \
		if (fails(kind, #name)) {                          \
			errno = why;                               \
			return bad;                                \
		}                                                  \
		return real args;                                  \
	}
ONE("read", EIO, -1, ssize_t, read, (int fd, void *to, size_t len),
    (fd, to, len))
ONE("read", EIO, -1, ssize_t, pread, (int fd, void *to, size_t len, off_t at),
    (fd, to, len, at))
ONE("read", EIO, -1, ssize_t, pread64,
    (int fd, void *to, size_t len, off64_t at), (fd, to, len, at))
ONE("read", EIO, 0, size_t, fread,
    (void *restrict to, size_t len, size_t n, FILE *restrict f),
    (to, len, n, f))
ONE("write", ENOSPC, -1, ssize_t, write, (int fd, const void *data, size_t len),
    (fd, data, len))
ONE("write", ENOSPC, -1, ssize_t, pwrite,
    (int fd, const void *data, size_t len, off_t at), (fd, data, len, at))
ONE("write", ENOSPC, -1, ssize_t, pwrite64,
    (int fd, const void *data, size_t len, off64_t at), (fd, data, len, at))
ONE("write", ENOSPC, -1, int, ftruncate, (int fd, off_t len), (fd, len))
ONE("write", ENOSPC, -1, int, ftruncate64, (int fd, off64_t len), (fd, len))
ONE("write", ENOSPC, ENOSPC, int, posix_fallocate,
    (int fd, off_t at, off_t len), (fd, at, len))
ONE("write", ENOSPC, EOF, int, fflush, (FILE * f), (f))
ONE("sync", EIO, -1, int, fsync, (int fd), (fd))
ONE("sync", EIO, -1, int, fdatasync, (int fd), (fd))
ONE("name", EIO, -1, int, rename, (const char *from, const char *to),
    (from, to))
ONE("name", EIO, -1, int, renameat,
    (int a, const char *from, int b, const char *to), (a, from, b, to))
ONE("name", EIO, -1, int, renameat2,
    (int a, const char *from, int b, const char *to, unsigned flags),
    (a, from, b, to, flags))
ONE("name", EIO, -1, int, link, (const char *from, const char *to), (from, to))
ONE("name", EIO, -1, int, linkat,
    (int a, const char *from, int b, const char *to, int flags),
    (a, from, b, to, flags))
ONE("name", EIO, -1, int, unlink, (const char *path), (path))
ONE("name", EIO, -1, int, unlinkat, (int fd, const char *path, int flags),
    (fd, path, flags))
ONE("name", EIO, -1, int, rmdir, (const char *path), (path))
ONE("name", EIO, -1, int, mkdir, (const char *path, mode_t mode), (path, mode))
ONE("name", EIO, -1, int, mkdirat, (int fd, const char *path, mode_t mode),
    (fd, path, mode))
ONE("name", EIO, -1, int, chmod, (const char *path, mode_t mode), (path, mode))
ONE("name", EIO, -1, int, fchmod, (int fd, mode_t mode), (fd, mode))
ONE("look", EIO, -1, int, stat,
    (const char *restrict path, struct stat *restrict st), (path, st))
ONE("look", EIO, -1, int, stat64,
    (const char *restrict path, struct stat64 *restrict st), (path, st))
ONE("look", EIO, -1, int, lstat,
    (const char *restrict path, struct stat *restrict st), (path, st))
ONE("look", EIO, -1, int, lstat64,
    (const char *restrict path, struct stat64 *restrict st), (path, st))
ONE("look", EIO, -1, int, fstat, (int fd, struct stat *st), (fd, st))
ONE("look", EIO, -1, int, fstat64, (int fd, struct stat64 *st), (fd, st))
ONE("look", EIO, -1, int, fstatat,
    (int fd, const char *restrict path, struct stat *restrict st, int flags),
    (fd, path, st, flags))
ONE("look", EIO, -1, int, access, (const char *path, int how), (path, how))
ONE("look", EIO, NULL, DIR *, opendir, (const char *path), (path))
ONE("look", EIO, NULL, DIR *, fdopendir, (int fd), (fd))
ONE("look", EIO, NULL, struct dirent *, readdir, (DIR * dir), (dir))
ONE("look", EIO, NULL, char *, realpath,
    (const char *restrict path, char *restrict to), (path, to))
ONE("look", EIO, -1, off_t, lseek, (int fd, off_t at, int how), (fd, at, how))
ONE("lock", ENOLCK, -1, int, flock, (int fd, int how), (fd, how))
ONE("map", ENOMEM, MAP_FAILED, void *, mmap,
    (void *at, size_t len, int prot, int flags, int fd, off_t from),
    (at, len, prot, flags, fd, from))
ONE("map", ENOMEM, MAP_FAILED, void *, mmap64,
    (void *at, size_t len, int prot, int flags, int fd, off64_t from),
    (at, len, prot, flags, fd, from))
ONE("process", EAGAIN, EAGAIN, int, pthread_create,
    (pthread_t *restrict made_id, const pthread_attr_t *restrict attr,
	void *(*run)(void *), void *restrict with),
    (made_id, attr, run, with))
ONE("process", EAGAIN, -1, pid_t, fork, (void), ())
ONE("process", EMFILE, -1, int, pipe, (int ends[2]), (ends))
ONE("process", EMFILE, -1, int, pipe2, (int ends[2], int flags), (ends, flags))
ONE("process", EMFILE, -1, int, socketpair,
    (int domain, int type, int protocol, int ends[2]),
    (domain, type, protocol, ends))

/* closed it is, also where that says that it failed */
int
close(int fd)
{
	static __typeof__(&close) real;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "close");
	if (real(fd) != 0)
		return -1;
	if (!fails("close", "close"))
		return 0;
	errno = EIO;
	return -1;
}

/* those whose last argument is not always there */
#define OPTIONAL(kind, why, name, first, type)                     \
	int name(first at, int how, ...)                           \
	{                                                          \
		static int (*real)(first, int, ...);               \
		va_list list;                                      \
		type more;                                         \
                                                                   \
		va_start(list, how);                               \
		more = va_arg(list, type);                         \
		va_end(list);                                      \
		if (real == NULL)                                  \
			*(void **)&real = dlsym(RTLD_NEXT, #name); \
		if (fails(kind, #name)) {                          \
			errno = why;                               \
			return -1;                                 \
		}                                                  \
		return real(at, how, more);                        \
	}
OPTIONAL("open", EMFILE, open, const char *, mode_t)
OPTIONAL("open", EMFILE, open64, const char *, mode_t)
OPTIONAL("lock", ENOLCK, fcntl, int, void *)
OPTIONAL("lock", ENOLCK, fcntl64, int, void *)

int
openat(int at, const char *path, int how, ...)
{
	static __typeof__(&openat) real;
	va_list list;
	mode_t mode;

	va_start(list, how);
	mode = va_arg(list, mode_t);
	va_end(list);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "openat");
	if (fails("open", "openat")) {
		errno = EMFILE;
		return -1;
	}
	return real(at, path, how, mode);
}
ONE("open", EMFILE, NULL, FILE *, fopen,
    (const char *restrict path, const char *restrict how), (path, how))
ONE("open", EMFILE, NULL, FILE *, fopen64,
    (const char *restrict path, const char *restrict how), (path, how))
