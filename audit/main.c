/*
 * main.c - sello-audit: checks the signature logs of centers, offline.
 */
#include "audit/cmd.h"
#include "base/i18n.h"
#include "cli/serve.h"

#define COMMON_OPTIONS                                                        \
	{ "root", "FILE", N_("the program's root certificate"),               \
		CLI_REQUIRED },                                               \
	    { "state", "DIR",                                                 \
		    N_("what earlier audits accepted; kept up to date"),      \
		    false },                                                  \
	    { "presentations", "FILE",                                        \
		    N_("a post's export, or a signed head"), CLI_ANY },       \
	    { "letter", "FILE",                                               \
		    N_("a letter's signed XML file, to be looked for"),       \
		    CLI_ANY },                                                \
	    { "calendar", "FILE",                                             \
		    N_("opening hours and holidays of the centers"), false }, \
	    { "center", "CODE", N_("only this center"), CLI_ANY },            \
	    { "copies", "N",                                                  \
		    N_("reprints of a letter that raise no question (3)"),    \
		    false },                                                  \
	{                                                                     \
		"threads", "N", N_("threads that check signatures"), false    \
	}

static const struct cli_option check_options[] = {
	COMMON_OPTIONS,
	{ "all", NULL, N_("show all of a kind, not the first ten"), false },
	{ 0 },
};

static const struct cli_option lines_options[] = {
	COMMON_OPTIONS,
	{ 0 },
};

static const struct cli_option report_options[] = {
	COMMON_OPTIONS,
	{ "out", "FILE", N_("the report, one HTML file"), CLI_REQUIRED },
	{ "public", NULL,
	    N_("for everybody: no persons, no numbers, counts under 5 hidden"),
	    false },
	{ "seed", "N", N_("draw the sample of an earlier report again"),
	    false },
	{ "sample", "N", N_("letters of the sample"), false },
	{ 0 },
};

static const struct cli_option serve_options[] = {
	COMMON_OPTIONS,
	{ "seed", "N", N_("draw the sample of an earlier report again"),
	    false },
	{ "sample", "N", N_("letters of the sample"), false },
	SERVE_OPTIONS,
	{ 0 },
};

static const struct cli_command commands[] = {
	{ "check", "FOLDER...",
	    N_("check every signature, proof and rule of published logs"),
	    N_("FOLDER has trust.xml and log/CENTER/GENERATION/ in it. Several "
	       "may be given: of several centers, or several copies of the "
	       "same logs, which are compared. Exit 0: nothing, or notes. 1: "
	       "questions. 2: something could not be checked. 3: proof of "
	       "manipulation. The highest counts."),
	    "sello-audit check --root root.crt --state state /media/stick\n"
	    "sello-audit check --root root.crt --presentations post.export "
	    "--json pub",
	    check_options, 1, -1, false, cmd_check, NULL },
	{ "report", "FOLDER...", N_("the same, as a report to print"),
	    N_("Writes one HTML file without scripts that needs no network: "
	       "summary, counts, findings, a random sample with its seed, and "
	       "what was not checked. Exits like check."),
	    "sello-audit report --root root.crt --out report.html pub\n"
	    "sello-audit report --root root.crt --public --out public.html "
	    "pub",
	    report_options, 1, -1, false, cmd_report, NULL },
	{ "lines", "FOLDER...", N_("tell for every line whose key signed it"),
	    N_("One line of output for each line of the logs: center, log, "
	       "line, time, kind, and of each person named there the code and "
	       "the first digits of the fingerprint of the key that signed, or "
	       "DID NOT SIGN. With --json the whole fingerprint. Exits like "
	       "check, which tells what was found."),
	    "sello-audit lines --root root.crt pub\n"
	    "sello-audit lines --root root.crt --center GTGUA01 --json pub",
	    lines_options, 1, -1, false, cmd_lines, NULL },
	{ "serve", "FOLDER...", N_("the same on a page in the browser"),
	    N_("Prints a link that works once, for five minutes, and opens it. "
	       "The page audits as check does, and has the findings with their "
	       "evidence, the letters by day, center and person, the sample to "
	       "print, and the report. Only this computer reaches it. Ends with "
	       "Ctrl-C, with 0."),
	    "sello-audit serve --root root.crt --state state /media/stick\n"
	    "sello-audit serve --root root.crt --presentations post.export "
	    "pub",
	    serve_options, 1, -1, false, cmd_serve, NULL },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-audit",
	.summary =
	    N_("Checks the signature logs of centers, without personal data."),
	.example = "sello-audit check --root root.crt /media/stick\n"
		   "sello-audit check --root root.crt --state state "
		   "--presentations post.export pub\n"
		   "sello-audit report --root root.crt --out report.html pub",
	.commands = commands,
};

int
main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
