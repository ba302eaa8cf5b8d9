/*
 * measured.c - a program, and what it took:
 *
 *   measured FILE PROGRAM ARGUMENT...
 *
 * FILE gets "SIGNAL MS KIB": the signal that ended it or 0, its processor time
 * and that of what it started, and the largest of them. It has no network: who
 * asks for a socket of one is killed. The exit status is the program's, or 128
 * and the signal.
 */
#define _DEFAULT_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what)
#define GIVE(what) BPF_STMT(BPF_RET | BPF_K, what)
/* the next `count` statements are for this value only */
#define IS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)

static int
cut_network(void)
{
	struct sock_filter rules[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		IS(__NR_socket, 4),
		LOAD(offsetof(struct seccomp_data, args)),
		IS(AF_UNIX, 1),
		GIVE(SECCOMP_RET_ALLOW),
		GIVE(SECCOMP_RET_KILL_PROCESS),
		GIVE(SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(rules) / sizeof(rules[0]), rules };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static long
ms(struct timeval t)
{
	return (long)t.tv_sec * 1000 + (long)t.tv_usec / 1000;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	int status, signal;
	FILE *out;
	pid_t pid;

	if (argc < 3 || (pid = fork()) < 0)
		return EX_USAGE;
	if (pid == 0) {
		if (cut_network())
			execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(EX_OSERR);
	}
	if (wait4(pid, &status, 0, &used) != pid ||
	    (out = fopen(argv[1], "w")) == NULL)
		return EX_OSERR;
	signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	fprintf(out, "%d %ld %ld\n", signal,
	    ms(used.ru_utime) + ms(used.ru_stime), used.ru_maxrss);
	fclose(out);
	return signal != 0 ? 128 + signal : WEXITSTATUS(status);
}
