/*
 * cli_value.c - what subcommands ask of their command line, and how they
 * speak on standard error: cli.h.
 */
#include "base/bytes.h"
#include "base/cli_internal.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

const char *
cli_values(const struct cli *cli, const char *option, size_t i)
{
	size_t n;

	for (n = 0; n < cli->given_count; n++)
		if (strcmp(cli->given[n].option->name, option) == 0 && i-- == 0)
			return cli->given[n].value;
	return NULL;
}

const char *
cli_value(const struct cli *cli, const char *option)
{
	size_t n = cli->given_count;

	while (n-- > 0)
		if (strcmp(cli->given[n].option->name, option) == 0)
			return cli->given[n].value;
	return NULL;
}

bool
cli_has(const struct cli *cli, const char *option)
{
	size_t n;

	for (n = 0; n < cli->given_count; n++)
		if (strcmp(cli->given[n].option->name, option) == 0)
			return true;
	return false;
}

/* strtoll() would take white space, "+", and more. */
static bool
is_decimal(const char *text)
{
	if (*text == '-')
		text++;
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool
cli_int(const struct cli *cli, const char *option, int64_t min, int64_t max,
    int64_t fallback, int64_t *out)
{
	const char *text = cli_value(cli, option);
	long long value;

	if (text == NULL) {
		*out = fallback;
		return true;
	}
	errno = 0;
	value = is_decimal(text) ? strtoll(text, NULL, 10) : 0;
	if (!is_decimal(text) || errno != 0 || value < min || value > max) {
		cli_usage(cli, _("--%s takes a whole number from %lld to %lld"),
		    option, (long long)min, (long long)max);
		return false;
	}
	*out = value;
	return true;
}

bool
cli_time(
    const struct cli *cli, const char *option, int64_t fallback, int64_t *out)
{
	const char *text = cli_value(cli, option);
	int64_t at;

	if (text == NULL) {
		*out = fallback;
		return true;
	}
	if (clock_parse_date(text, &at))
		at *= CLOCK_DAY;
	else if (!clock_parse(text, &at)) {
		cli_usage(cli,
		    _("--%s takes a time as 2026-11-23T18:00:00Z or a date as "
		      "2026-11-23"),
		    option);
		return false;
	}
	*out = at;
	return true;
}

/*
 * Messages name files, and a file on a stranger's stick may be called what
 * moves the cursor: everything but line feeds is made safe here, once.
 */
static void
say(const struct cli *cli, const char *text)
{
	struct bytes line = { 0 };
	size_t len;

	bytes_addf(&line, "%s: ", cli->program->name);
	for (; *text != '\0'; text += len) {
		len = strcspn(text, "\n");
		utf8_print_safe(text, len, &line);
		if (text[len] == '\n') {
			bytes_add_byte(&line, '\n');
			len++;
		}
	}
	bytes_add_byte(&line, '\n');
	if (!line.failed)
		fwrite(line.at, 1, line.len, stderr);
	bytes_free(&line);
}

static void
say_list(const struct cli *cli, const char *fmt, va_list list)
{
	char *text;

	if (vasprintf(&text, fmt, list) < 0)
		return;
	say(cli, text);
	free(text);
}

int
cli_usage(const struct cli *cli, const char *fmt, ...)
{
	const char *name = cli->program->name;
	va_list list;

	va_start(list, fmt);
	say_list(cli, fmt, list);
	va_end(list);
	if (cli->command != NULL)
		fprintf(
		    stderr, _("Try '%s help %s'.\n"), name, cli->command->name);
	else
		fprintf(stderr, _("Try '%s --help'.\n"), name);
	return EX_USAGE;
}

int
cli_fail(const struct cli *cli, enum err code, const struct errtext *err)
{
	if (err != NULL && err->text[0] != '\0')
		say(cli, err->text);
	else if (code == ERR_MEMORY)
		say(cli, _("out of memory"));
	else
		say(cli, err_name(code));
	return err_exit(code);
}

void
cli_warn(const struct cli *cli, const char *fmt, ...)
{
	va_list list;

	va_start(list, fmt);
	say_list(cli, fmt, list);
	va_end(list);
}

bool
cli_color(const struct cli *cli)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return !cli->json && (no == NULL || *no == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}
