/*
 * without.c - a program on a system that lacks a lock of decode/jail.h:
 *
 *   without seccomp|landlock|both PROGRAM ARGUMENT...
 *
 * By a filter that answers what such a kernel does, so it needs seccomp itself.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#define LOAD(what)     BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what)
#define GIVE(what)     BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE(number) GIVE(SECCOMP_RET_ERRNO | (number))
/* the next `count` statements are for this value only */
#define IS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define CALL             LOAD(offsetof(struct seccomp_data, nr))
#define ARGUMENT         LOAD(offsetof(struct seccomp_data, args))

static int
take(struct sock_filter *rules, unsigned short count)
{
	struct sock_fprog program = { count, rules };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static int
without_landlock(void)
{
	struct sock_filter rules[] = { CALL, IS(444, 1), REFUSE(ENOSYS),
		GIVE(SECCOMP_RET_ALLOW) };

	return take(rules, sizeof(rules) / sizeof(rules[0]));
}

static int
without_seccomp(void)
{
	struct sock_filter rules[] = { CALL, IS(__NR_seccomp, 1),
		REFUSE(ENOSYS), IS(__NR_prctl, 3), ARGUMENT,
		IS(PR_SET_SECCOMP, 1), REFUSE(EINVAL),
		GIVE(SECCOMP_RET_ALLOW) };

	return take(rules, sizeof(rules) / sizeof(rules[0]));
}

int
main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";

	if (argc <= 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    (strcmp(what, "seccomp") != 0 && without_landlock() != 0) ||
	    (strcmp(what, "landlock") != 0 && without_seccomp() != 0)) {
		fputs("without: no such system can be had here\n", stderr);
		return EX_UNAVAILABLE;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return EX_OSERR;
}
