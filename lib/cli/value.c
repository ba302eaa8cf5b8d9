/*
 * value.c - what subcommands ask of their command line, and how they
 * speak on standard error: cli.h.
 */
#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/internal.h"

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
		at = local_day(at);
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

/* One write: lines of two programs that share a terminal do not mix. */
static void
say_list(const struct cli *cli, const char *fmt, va_list list)
{
	struct bytes text = { 0 }, advised = { 0 };

	bytes_addf(&text, "%s: ", cli->program->name);
	print_add(&text, fmt, list);
	bytes_add_byte(&text, '\n');
	if (!text.failed)
		cli_advise(cli, (const char *)text.at, &advised);
	if (advised.len > 0 && !advised.failed)
		print_own(stderr, (const char *)advised.at);
	bytes_free(&text);
	bytes_free(&advised);
}

static void
point_to_help(const struct cli *cli)
{
	const char *name = cli->program->name;

	if (cli->command != NULL)
		print_to(
		    stderr, _("Try '%s help %s'.\n"), name, cli->command->name);
	else
		print_to(stderr, _("Try '%s --help'.\n"), name);
}

int
cli_usage(const struct cli *cli, const char *fmt, ...)
{
	va_list list;

	va_start(list, fmt);
	say_list(cli, fmt, list);
	va_end(list);
	point_to_help(cli);
	return EX_USAGE;
}

int
cli_unknown_command(const struct cli *cli, const char *name)
{
	const char *near = cli_near_command(cli->program, name);

	if (near != NULL)
		return cli_usage(
		    cli, _("unknown command %s; did you mean %s?"), name, near);
	return cli_usage(cli, _("unknown command %s"), name);
}

int
cli_choice_usage(const struct cli *cli, const char *option)
{
	const struct cli_option *o =
	    cli_find_option(cli->program, cli->command, option, strlen(option));
	const struct word *words = cli_option_words(cli->program, o);
	const char *typed = cli_value(cli, option);
	const char *near = typed != NULL ? cli_near_word(words, typed) : NULL;

	if (typed == NULL)
		cli_warn(cli, _("give --%s with one of these words:"), option);
	else if (near != NULL)
		cli_warn(cli,
		    _("--%s does not know \"%s\"; did you mean %s? It takes "
		      "one of these words:"),
		    option, typed, near);
	else
		cli_warn(cli,
		    _("--%s does not know \"%s\"; it takes one of these "
		      "words:"),
		    option, typed);
	cli_print_words(words, stderr);
	point_to_help(cli);
	return EX_USAGE;
}

int
cli_fail(const struct cli *cli, enum err code, const struct errtext *err)
{
	if (err != NULL && err->text[0] != '\0')
		cli_warn(cli, "%s", err->text);
	else if (err_is_inside(code))
		cli_warn(cli, "%s", _("out of memory"));
	else
		cli_warn(cli, "%s", err_name(code));
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
