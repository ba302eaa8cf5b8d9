/*
 * browser.c - starts a browser: browser.h.
 */
#include "http/browser.h"

#include "base/bytes.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define XDG_OPEN "xdg-open"

/* The first of "a:b:c" joined with name that can be run; malloc'ed or NULL. */
static char *
find_in(const char *folders, const char *name, size_t name_len)
{
	struct bytes path = { 0 };
	size_t len;

	for (;; folders += len + 1) {
		len = strcspn(folders, ":");
		bytes_reset(&path);
		bytes_add(&path, folders, len);
		bytes_addf(&path, "/%.*s", (int)name_len, name);
		if (len > 0 && !path.failed &&
		    access((const char *)path.at, X_OK) == 0)
			return (char *)path.at;
		if (folders[len] == '\0')
			break;
	}
	bytes_free(&path);
	return NULL;
}

static char *
find(const char *name, size_t len)
{
	const char *folders = getenv("PATH");

	if (len == 0)
		return NULL;
	if (memchr(name, '/', len) != NULL) {
		char *path = strndup(name, len);

		if (path != NULL && access(path, X_OK) == 0)
			return path;
		free(path);
		return NULL;
	}
	return find_in(folders == NULL ? "/usr/bin:/bin" : folders, name, len);
}

/* What the person chose, or what the desktop has; without a screen, none. */
static char *
find_browser(void)
{
	const char *chosen = getenv("BROWSER");
	char *program = NULL;
	size_t len;

	for (; chosen != NULL && program == NULL; chosen += len + 1) {
		len = strcspn(chosen, ":");
		program = find(chosen, len);
		if (chosen[len] == '\0')
			break;
	}
	if (program == NULL &&
	    (getenv("DISPLAY") != NULL || getenv("WAYLAND_DISPLAY") != NULL))
		program = find(XDG_OPEN, strlen(XDG_OPEN));
	return program;
}

/* In the child: only what may be called between fork and exec. */
static void
become(const char *program, const char *url)
{
	const char *const argv[] = { program, url, NULL };
	int nothing = open("/dev/null", O_RDWR);
	sigset_t none;

	if (setsid() < 0 || nothing < 0)
		_exit(127);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	/* a child of nobody's: who waits for it is init */
	if (fork() == 0)
		execve(program, (char *const *)(uintptr_t)argv, environ);
	_exit(0);
}

bool
browser_open(const char *url)
{
	char *program = find_browser();
	pid_t child;

	if (program == NULL)
		return false;
	if ((child = fork()) == 0)
		become(program, url);
	free(program);
	if (child > 0)
		waitpid(child, NULL, 0);
	return child > 0;
}
