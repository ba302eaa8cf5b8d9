/*
 * bench_peak.c - run a command and say on standard error what it and its
 * children used: the largest resident set of any one process, user and
 * system time. (Debian's time(1) is not on every machine.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct rusage use;
	int status;
	pid_t pid;

	if (argc < 2)
		return 64;
	pid = fork();
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) < 0)
		return 71;
	fprintf(stderr, "peak memory: %ld MiB; user %.1f s, system %.1f s\n",
	    use.ru_maxrss / 1024,
	    (double)use.ru_utime.tv_sec + (double)use.ru_utime.tv_usec / 1e6,
	    (double)use.ru_stime.tv_sec + (double)use.ru_stime.tv_usec / 1e6);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
