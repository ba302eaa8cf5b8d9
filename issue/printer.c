/*
 * printer.c - printer.h.
 */
#include "issue/printer.h"

#include "base/i18n.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "lp"

extern char **environ;

static bool
is_in(const char *dir, size_t len)
{
	char path[4096];
	int size = snprintf(path, sizeof(path), "%.*s/" PROGRAM, (int)len, dir);

	return len > 0 && size > 0 && (size_t)size < sizeof(path) &&
	    access(path, X_OK) == 0;
}

enum err
printer_ready(struct errtext *err)
{
	const char *dir = getenv("PATH");
	size_t len;

	for (; dir != NULL; dir = dir[len] == ':' ? dir + len + 1 : NULL) {
		len = strcspn(dir, ":");
		if (is_in(dir, len))
			return ERR_OK;
	}
	return err_set(err, ERR_CONFIG,
	    _("lp, which prints, is not installed: install the package "
	      "cups-client, or leave --print out and print the files from a "
	      "viewer, without scaling"));
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
	return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF);
}

/* What lp says is no result of ours. */
static int
spawn(char *const *argv, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	failed = set_signals(&attributes);
	failed |= posix_spawn_file_actions_adddup2(
	    &actions, STDERR_FILENO, STDOUT_FILENO);
	failed |= posix_spawn_file_actions_addopen(
	    &actions, STDIN_FILENO, "/dev/null", 0, 0);
	failed |= posix_spawn_file_actions_addclosefrom_np(
	    &actions, STDERR_FILENO + 1);
	if (failed == 0)
		failed = posix_spawnp(
		    child, PROGRAM, &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static bool
run(char *const *argv)
{
	pid_t child, ended;
	int status = 0;

	if (spawn(argv, &child) != 0)
		return false;
	do
		ended = waitpid(child, &status, 0);
	while (ended < 0 && errno == EINTR);
	return ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
send_some(const char *printer, enum sheet_paper paper, char *const *path,
    size_t count)
{
	char media[] = "media=Letter", media_a4[] = "media=A4";
	char scaling[] = "print-scaling=none", sides[] = "sides=one-sided";
	char program[] = PROGRAM, option[] = "-o", to[] = "-d", end[] = "--";
	char *argv[PRINTER_FILES + 16];
	bool named = printer != NULL && printer[0] != '\0';
	char *name = named ? strdup(printer) : NULL;
	size_t n = 0;
	bool good;

	argv[n++] = program;
	if (name != NULL) {
		argv[n++] = to;
		argv[n++] = name;
	}
	argv[n++] = option;
	argv[n++] = scaling;
	argv[n++] = option;
	argv[n++] = sides;
	argv[n++] = option;
	argv[n++] = paper == PAPER_A4 ? media_a4 : media;
	argv[n++] = end;
	for (size_t i = 0; i < count; i++)
		argv[n++] = path[i];
	argv[n] = NULL;
	good = (!named || name != NULL) && run(argv);
	free(name);
	return good;
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
