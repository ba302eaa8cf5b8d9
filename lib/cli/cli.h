/*
 * cli.h - the command line of all Sello programs from one table: parsing,
 * --help, `help COMMAND`, usage errors, shell completion, common options.
 *
 * Options may stand anywhere after the program's name, as "--name VALUE" or
 * "--name=VALUE"; "--" ends them; "-" is a positional argument. There are no
 * short options but -h.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/word.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct cli;
struct cli_given;

/* How often an option is given. */
enum cli_often {
	CLI_ONCE = false, /* or not at all */
	CLI_ANY = true,   /* as often as somebody likes */
	/* exactly once, and not empty; help says it with the command's name,
	 * and who leaves it out is told before the command runs */
	CLI_REQUIRED,
};

/* One option: {0} ends a table. Texts are message ids marked with N_(). */
struct cli_option {
	const char *name; /* without the dashes */
	const char *arg;  /* its value as shown, "FILE" or "a|b|c", the choices
			   * (cli_program's `choices`); "[NAME]": may be left
			   * out, and is where "-" or digits alone follow;
			   * NULL: a flag */
	const char *help;
	enum cli_often often; /* false: once at most */
};

/*
 * What a command line must have, and what it must not have beside something
 * else: what holds always is CLI_REQUIRED of the option. {0} ends a table.
 *
 * A thing is "--option", "--option=WORD" for one value of it, a word that the
 * arguments begin with ("add"), or CLI_ARGS, any argument at all; several by
 * '|', of which one is enough.
 */
#define CLI_ARGS "ARGS"
enum cli_bond {
	CLI_NEEDS = 1, /* thing, or always: one of the others at least */
	CLI_EXCLUDES,  /* with thing: none of the others */
	CLI_ONE_OF,    /* always: exactly one of the others */
	CLI_AS_ARGS,   /* the arguments are one of the forms of `args`, as "add
			* CODE|list" has two */
};
struct cli_rule {
	const char *thing; /* NULL: always */
	enum cli_bond bond;
	const char *others;
	/* The usage error, and below the options in help, which tells what is
	 * always needed in its first lines. NULL: the first of the others is
	 * missing; with CLI_ARGS, there are too many arguments. */
	const char *text;
};

/* One subcommand: {0} ends a table. */
struct cli_command {
	const char *name;
	const char *args;    /* positional part of the synopsis, "FILE...";
			      * small letters: a word to type; a|b CODE|c: one
			      * of these, also for completion */
	const char *summary; /* one line for --help */
	const char *detail;  /* paragraphs for `help COMMAND`; may be NULL */
	const char *example; /* one or more real command lines, by line feed */
	const struct cli_option *options; /* besides the common ones; or NULL */
	int min_args, max_args;           /* positional; max -1: any number */
	bool needs_home;                  /* --home or SELLO_HOME, else 78 */
	/* Returns the process's exit status. */
	int (*run)(struct cli *cli);
	const struct cli_rule *rules; /* of its options and words; or NULL */
};

/* What the choices of options mean; {0} ends a table. */
struct cli_choice {
	const char *arg; /* of the options: "a|b|c" */
	const struct word *words;
};

struct cli_program {
	const char *name;    /* "sello-issue" */
	const char *summary; /* one sentence */
	const char *example; /* three real command lines, by line feed */
	const struct cli_command *commands;
	/* For completion, NULL for none: print what may be typed at a place, a
	 * line each, from cli->home alone and without a word when there is
	 * none. place: the option ("as"), the word ("remove") or the command
	 * ("approve") that it follows. */
	void (*values)(const struct cli *cli, const char *place);
	/* Told by --help, and to who typed another word, which is a usage error
	 * before the command runs. NULL: none. */
	const struct cli_choice *choices;
};

/* What a subcommand is handed. Strings are borrowed from argv. */
struct cli {
	const struct cli_program *program;
	const struct cli_command *command;
	const char *home; /* NULL when not given */
	bool json;
	int arg_count;
	const char *const *args;       /* positional, NULL-terminated */
	const struct cli_given *given; /* internal: options as given */
	size_t given_count;
};

/*
 * cli_main - parse and run; the whole of each program's main().
 *
 * Common to all commands: --home, --json, --lang, --passphrase-file, --help,
 * --version; built-in commands: help [COMMAND], completion bash|zsh|fish.
 * A missing home is 78 before wrong positional arguments are 64.
 * Sets up i18n and the secure heap; flushes standard output at the end and
 * returns 74 when that fails, without a word when nobody reads any more.
 */
int cli_main(const struct cli_program *program, int argc, char **argv);

/* cli_value - the (last) value of an option, NULL when not given. */
const char *cli_value(const struct cli *cli, const char *option);
/* cli_has - was the option given, with or without a value? */
bool cli_has(const struct cli *cli, const char *option);
/* cli_values - the i-th value of a repeatable option, NULL after the last. */
const char *cli_values(const struct cli *cli, const char *option, size_t i);

/*
 * cli_int - a whole decimal number within min..max; `fallback` when the
 * option was not given. False: prints a usage error, the caller returns 64.
 */
bool cli_int(const struct cli *cli, const char *option, int64_t min,
    int64_t max, int64_t fallback, int64_t *out);

/* cli_time - an instant YYYY-MM-DDThh:mm:ssZ (or a date: the
 * first second of that day here) */
bool cli_time(
    const struct cli *cli, const char *option, int64_t fallback, int64_t *out);

/*
 * cli_choice_usage - the option's word is missing, or none of its choices:
 * says so, the nearest one, and what each means; 64.
 */
int cli_choice_usage(const struct cli *cli, const char *option);

/* cli_usage - "sello-x: text" and a pointer to help on stderr; 64. */
int cli_usage(const struct cli *cli, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * cli_advise - append a text in which every command of this program that takes
 * a home ("sello-issue show") has --home, when this one was given with it: what
 * is advised must work as it is printed. cli_usage(), cli_fail() and cli_warn()
 * do it; cli_print() writes such a text, of one line, with a line feed.
 */
void cli_advise(const struct cli *cli, const char *text, struct bytes *out);
void cli_print(const struct cli *cli, FILE *out, const char *text);

/* cli_fail - "sello-x: text" on stderr; returns err_exit(code). */
int cli_fail(const struct cli *cli, enum err code, const struct errtext *err);

/* cli_warn - "sello-x: text" on stderr. */
void cli_warn(const struct cli *cli, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * cli_warn_open - one warning with the next step when others may read or
 * change this file, which is no part of the home: base/private.h.
 *
 * cli_home_is_private - the same of --home, for cli_main(): false when its owner
 * must mend it first.
 */
void cli_warn_open(const struct cli *cli, const char *path);
bool cli_home_is_private(const struct cli *cli);

/* cli_color - may stdout be coloured: a terminal, no NO_COLOR, not --json. */
bool cli_color(const struct cli *cli);

#endif
