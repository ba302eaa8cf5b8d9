/*
 * advice.c - commands that a text advises work as they are printed: with
 * --home as it was given. The texts do not know it: cli.h.
 */
#include "base/print.h"
#include "base/utf8.h"
#include "cli/internal.h"

#include <string.h>

/* Where it was given and not left to SELLO_HOME, and can be shown. */
static const char *
given_home(const struct cli *cli)
{
	const char *home = cli_value(cli, "home");
	struct bytes shown = { 0 };
	bool same;

	if (home == NULL || home[0] == '\0')
		return NULL;
	utf8_print_safe(home, strlen(home), &shown);
	same = !shown.failed && strcmp((const char *)shown.at, home) == 0;
	bytes_free(&shown);
	return same ? home : NULL;
}

/* Of a command behind the program's name, which takes a home: its length. */
static size_t
command_len(const struct cli_program *program, const char *text)
{
	for (const struct cli_command *c = program->commands; c->name != NULL;
	     c++) {
		size_t len = strlen(c->name);

		if (c->needs_home && strncmp(text, c->name, len) == 0 &&
		    (text[len] == '\0' || strchr(" .,;:)\"'\n", text[len])))
			return len;
	}
	return 0;
}

/* Does the rest of this command have one? */
static bool
has_home(const char *text)
{
	const char *home = strstr(text, " --home");

	return home != NULL &&
	    memchr(text, '\n', (size_t)(home - text)) == NULL &&
	    memchr(text, ')', (size_t)(home - text)) == NULL;
}

/* As a shell takes it for one word. */
static void
add_word(struct bytes *out, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789_./+-@:,%";

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
		bytes_add_text(out, word);
		return;
	}
	bytes_add_byte(out, '\'');
	for (; *word != '\0'; word++)
		if (*word == '\'')
			bytes_add_text(out, "'\\''");
		else
			bytes_add_byte(out, (uint8_t)*word);
	bytes_add_byte(out, '\'');
}

void
cli_advise(const struct cli *cli, const char *text, struct bytes *out)
{
	const char *name = cli->program->name, *home = given_home(cli), *at;
	size_t len = strlen(name), command;

	while (home != NULL && (at = strstr(text, name)) != NULL) {
		at += len;
		command = *at == ' ' ? command_len(cli->program, at + 1) : 0;
		at += command > 0 ? command + 1 : 0;
		bytes_add(out, text, (size_t)(at - text));
		text = at;
		if (command > 0 && !has_home(text)) {
			bytes_add_text(out, " --home ");
			add_word(out, home);
		}
	}
	bytes_add_text(out, text);
}

void
cli_print(const struct cli *cli, FILE *out, const char *text)
{
	struct bytes advised = { 0 };

	cli_advise(cli, text, &advised);
	if (!advised.failed)
		print_to(out, "%s\n", (const char *)advised.at);
	bytes_free(&advised);
}
