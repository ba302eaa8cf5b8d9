/*
 * printer.c - printer.h.
 */
#include "issue/printer.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROGRAM "lp"
#define STATUS  "lpstat"

#define PATH_SIZE 4096

#define PATIENCE_MS 30000
#define STEP_MS     20

extern char **environ;

/* Is it in this folder of PATH? */
static bool
is_in(const char *dir, size_t len, const char *name, char path[PATH_SIZE])
{
	int size = snprintf(path, PATH_SIZE, "%.*s/%s", (int)len, dir, name);

	return len > 0 && size > 0 && size < PATH_SIZE &&
	    access(path, X_OK) == 0;
}

/* What process_init() ignores is ours alone. */
static int
set_signals(posix_spawnattr_t *attributes)
{
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGPIPE);
	sigaddset(&ours, SIGXFSZ);
	posix_spawnattr_setsigdefault(attributes, &ours);
	/* while pages are served, signals that end the program wait */
	sigemptyset(&ours);
	posix_spawnattr_setsigmask(attributes, &ours);
	return posix_spawnattr_setflags(
	    attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

/* What lp says is no result of ours; what lpstat does, goes to `out`.
 *
 *   in  to be read; -1: nothing
 */
static int
spawn(char *const *argv, char *const *env, int in, int out, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	failed = set_signals(&attributes);
	failed |=
	    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (out != STDERR_FILENO)
		failed |= posix_spawn_file_actions_addopen(
		    &actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	failed |= in >= 0
	    ? posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO)
	    : posix_spawn_file_actions_addopen(
		  &actions, STDIN_FILENO, "/dev/null", 0, 0);
	failed |= posix_spawn_file_actions_addclosefrom_np(
	    &actions, STDERR_FILENO + 1);
	if (failed == 0)
		failed = posix_spawnp(
		    child, argv[0], &actions, &attributes, argv, env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static bool
end_well(pid_t child)
{
	pid_t ended;
	int status = 0;

	do
		ended = waitpid(child, &status, 0);
	while (ended < 0 && errno == EINTR);
	return ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
run(char *const *argv)
{
	pid_t child;

	return spawn(argv, environ, -1, STDERR_FILENO, &child) == 0 &&
	    end_well(child);
}

/* --- is it there? -------------------------------------------------------- */

/* The environment, with lpstat's words in English; malloc'ed. */
static char **
plain_words(void)
{
	static char plain[] = "LC_ALL=C";
	size_t count = 0, n = 0;
	char **env;

	while (environ[count] != NULL)
		count++;
	if ((env = calloc(count + 2, sizeof(*env))) == NULL)
		return NULL;
	env[n++] = plain;
	for (size_t i = 0; i < count; i++)
		if (strncmp(environ[i], "LC_ALL=", 7) != 0 &&
		    strncmp(environ[i], "LANGUAGE=", 9) != 0)
			env[n++] = environ[i];
	return env;
}

/* The beginning of what a program says; all of it is read, or it would never
 * end. */
static void
read_beginning(int fd, char *out, size_t size)
{
	char more[256];
	size_t len = 0, take;
	ssize_t n;

	while ((n = read(fd, more, sizeof(more))) > 0 ||
	    (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		take = (size_t)n < size - 1 - len ? (size_t)n : size - 1 - len;
		memcpy(out + len, more, take);
		len += take;
	}
	out[len] = '\0';
}

/* false: it ended with an error, as for a printer that it does not know */
static bool
ask_status(char *const *argv, char *out, size_t size)
{
	char **env = plain_words();
	int pipe_ends[2] = { -1, -1 };
	pid_t child;
	bool good = false;

	out[0] = '\0';
	if (env != NULL && pipe2(pipe_ends, O_CLOEXEC) == 0) {
		good = spawn(argv, env, -1, pipe_ends[1], &child) == 0;
		close(pipe_ends[1]);
		if (good) {
			read_beginning(pipe_ends[0], out, size);
			good = end_well(child);
		}
		close(pipe_ends[0]);
	}
	free(env);
	return good;
}

static enum err
is_printer(char *status, const char *printer, struct errtext *err)
{
	char option[] = "-p", *name = strdup(printer), said[256];
	char *argv[] = { status, option, name, NULL };
	enum err rc = ERR_OK;

	if (name == NULL)
		return err_memory(err);
	if (!ask_status(argv, said, sizeof(said)))
		rc = err_set(err, ERR_CONFIG,
		    _("this computer has no printer %s, or does not print "
		      "now; lpstat -p lists its printers. Name one of them, "
		      "or leave --print out"),
		    printer);
	free(name);
	return rc;
}

static enum err
has_default(char *status, struct errtext *err)
{
	char option[] = "-d", said[256];
	char *argv[] = { status, option, NULL };

	if (ask_status(argv, said, sizeof(said)) &&
	    strstr(said, "system default destination: ") != NULL)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("this computer has no default printer; lpstat -p lists its "
	      "printers. Name one (--print NAME), or leave --print out"));
}

enum err
printer_ready(const char *printer, struct errtext *err)
{
	const char *dir = getenv("PATH");
	char path[PATH_SIZE];
	size_t len;

	for (; dir != NULL; dir = dir[len] == ':' ? dir + len + 1 : NULL) {
		len = strcspn(dir, ":");
		if (!is_in(dir, len, PROGRAM, path))
			continue;
		/* of the same package; without it lp itself will say */
		if (!is_in(dir, len, STATUS, path))
			return ERR_OK;
		return printer != NULL && printer[0] != '\0'
		    ? is_printer(path, printer, err)
		    : has_default(path, err);
	}
	return err_set(err, ERR_CONFIG,
	    _("lp, which prints, is not installed: install the package "
	      "cups-client, or leave --print out and print the files from a "
	      "viewer, without scaling"));
}

/* --- printing ------------------------------------------------------------ */

/* lp's arguments, and room for files behind them. */
struct job {
	char *argv[PRINTER_FILES + 16];
	size_t count;
	char *name; /* of the printer; malloc'ed */
};

static bool
job_begin(struct job *job, const char *printer, enum sheet_paper paper)
{
	static char program[] = PROGRAM, option[] = "-o", to[] = "-d";
	static char media[] = "media=Letter", media_a4[] = "media=A4";
	static char scaling[] = "print-scaling=none";
	static char sides[] = "sides=one-sided";
	bool named = printer != NULL && printer[0] != '\0';

	*job = (struct job){ .name = named ? strdup(printer) : NULL };
	if (named && job->name == NULL)
		return false;
	job->argv[job->count++] = program;
	if (named) {
		job->argv[job->count++] = to;
		job->argv[job->count++] = job->name;
	}
	job->argv[job->count++] = option;
	job->argv[job->count++] = scaling;
	job->argv[job->count++] = option;
	job->argv[job->count++] = sides;
	job->argv[job->count++] = option;
	job->argv[job->count++] = paper == PAPER_A4 ? media_a4 : media;
	return true;
}

static bool
send_some(const char *printer, enum sheet_paper paper, char *const *path,
    size_t count)
{
	static char end[] = "--";
	struct job job;
	bool good = false;

	if (job_begin(&job, printer, paper)) {
		job.argv[job.count++] = end;
		for (size_t i = 0; i < count; i++)
			job.argv[job.count++] = path[i];
		good = run(job.argv);
	}
	free(job.name);
	return good;
}

/* The bytes where lp may seek in them, and nobody else sees them; -1. */
static int
in_memory(const struct bytes *pdf)
{
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	size_t at = 0;
	ssize_t n;

	while (fd >= 0 && at < pdf->len) {
		n = write(fd, pdf->at + at, pdf->len - at);
		if (n > 0)
			at += (size_t)n;
		else if (errno != EINTR)
			break;
	}
	if (fd >= 0 && (at < pdf->len || lseek(fd, 0, SEEK_SET) != 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* One that never ends would keep the whole desk. */
static bool
end_soon(pid_t child)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000 };
	int status = 0;
	pid_t ended = 0;

	for (int left = PATIENCE_MS; ended == 0 && left > 0; left -= STEP_MS)
		if ((ended = waitpid(child, &status, WNOHANG)) == 0)
			nanosleep(&step, NULL);
	if (ended == child)
		return WIFEXITED(status) && WEXITSTATUS(status) == 0;
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	return false;
}

enum err
printer_send_bytes(const char *printer, enum sheet_paper paper,
    const struct bytes *pdf, struct errtext *err)
{
	int in = in_memory(pdf);
	bool good = false;
	struct job job = { .count = 0 };
	pid_t child;

	if (in >= 0 && job_begin(&job, printer, paper) &&
	    spawn(job.argv, environ, in, STDERR_FILENO, &child) == 0)
		good = end_soon(child);
	if (in >= 0)
		close(in);
	free(job.name);
	return good ? ERR_OK
		    : err_set(err, ERR_IO,
			  _("The printer did not take it. Mend the printer, "
			    "or open the sheet and print it from there, not "
			    "scaled."));
}

enum err
printer_send(const char *printer, enum sheet_paper paper, char *const *path,
    size_t count, struct errtext *err)
{
	size_t n;

	for (size_t i = 0; i < count; i += n) {
		n = count - i < PRINTER_FILES ? count - i : PRINTER_FILES;
		if (!send_some(printer, paper, path + i, n))
			return err_set(err, ERR_IO,
			    _("lp did not take the files to print, from %s "
			      "on. They are written; mend the printer and "
			      "print them without scaling"),
			    path[i]);
	}
	return ERR_OK;
}
