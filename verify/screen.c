/*
 * screen.c - screen.h.
 */
#include "verify/screen.h"

#include "base/print.h"
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define CLEAR "\033[H\033[2J\033[3J"

/* Also who leaves by Ctrl-C leaves nobody's letter on the screen. */
static void
clear_and_end(int number)
{
	if (write(STDOUT_FILENO, CLEAR, sizeof(CLEAR) - 1) >= 0)
		raise(number); /* by now its default: the end */
	_exit(128 + number);
}

bool
screen_begin(const struct session *session, bool typed)
{
	static const int ends[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };
	const struct sigaction action = { .sa_handler = clear_and_end,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };
	bool screen = typed && !session->cli->json && isatty(STDOUT_FILENO);
	size_t i;

	for (i = 0; screen && i < sizeof(ends) / sizeof(ends[0]); i++)
		(void)sigaction(ends[i], &action, NULL);
	return screen;
}

void
screen_clear(struct session *session, bool screen)
{
	if (!screen)
		return;
	print_own(stdout, CLEAR);
	print_flush(stdout);
	session->shown = 0;
}
