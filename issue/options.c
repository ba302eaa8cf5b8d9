/*
 * options.c - options.h.
 */
#include "issue/options.h"

#include "cli/confirm.h"
#include "cli/serve.h"
#include "issue/handing.h"
#include "issue/listing.h"
#include "issue/words.h"

#define OPT_AS_(often)                                              \
	{                                                           \
		"as", "CODE", N_("the person who does this"), often \
	}
#define OPT_AS OPT_AS_(CLI_REQUIRED)
/* not for all that the command does */
#define OPT_AS_PARTLY OPT_AS_(CLI_ONCE)
#define OPT_SECOND                                                            \
	{ "second", "CODE", N_("a second person who stands beside"), false }, \
	{                                                                     \
		"second-passphrase-file", "FILE",                             \
		    N_("passphrase of the second person"), false              \
	}
#define OPT_NEW                                                                \
	{                                                                      \
		"new-passphrase-file", "FILE", N_("the new passphrase"), false \
	}
#define OPT_OUT                                                         \
	{                                                               \
		"out", "DIR", N_("where the files go; made if absent"), \
		    CLI_REQUIRED                                        \
	}
#define OPT_REASON                                                  \
	{                                                           \
		"reason", "TEXT", N_("why; stays in the register"), \
		    CLI_REQUIRED                                    \
	}
#define OPT_READING                                                         \
	{ "dates", WORDS_DATES,                                             \
		N_("read dates as spreadsheets show them, day or month "    \
		   "first"),                                                \
		false },                                                    \
	{                                                                   \
		"ignore-column", "NAME",                                    \
		    N_("pass over this column, whatever its name is near"), \
		    CLI_ANY                                                 \
	}
#define OPT_END   \
	{         \
		0 \
	}

const struct cli_option init_options[] = {
	{ "center", "CODE", N_("UN/LOCODE and two digits, GTGUA01"),
	    CLI_REQUIRED },
	{ "name", "TEXT", N_("name of the center as it stands on letters"),
	    CLI_REQUIRED },
	{ "country", "CODE", N_("its country, three letters, GTM"),
	    CLI_REQUIRED },
	{ "timezone", "ZONE", N_("its time zone, America/Guatemala"),
	    CLI_REQUIRED },
	{ "root", "FILE", N_("the program's root certificate, root.crt"),
	    CLI_REQUIRED },
	{ "as", "CODE", N_("code of the founder, its first administrator"),
	    CLI_REQUIRED },
	{ "hotline", "NUMBER", N_("telephone for holders, +50212345678"),
	    false },
	{ "hotline-free", NULL,
	    N_("it may be called free of charge in the center's country"),
	    false },
	{ "key", "FILE", N_("take this P-256 key instead of making one"),
	    false },
	{ "key-passphrase-file", "FILE", N_("passphrase of that key"), false },
	{ "guard", "FILE",
	    N_("keep the log's guard here, best on another disk"), false },
	OPT_END,
};
const struct cli_option trust_options[] = {
	{ "as", "CODE", N_("begin the log; its founder, or an administrator"),
	    false },
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option officer_options[] = {
	OPT_AS_PARTLY,
	{ "role", WORDS_ROLE, N_("what the person does here"), false },
	OPT_NEW,
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option passphrase_options[] = {
	OPT_AS,
	OPT_NEW,
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option template_options[] = {
	{ "format", WORDS_FORMAT, N_("text, or an OpenDocument spreadsheet"),
	    false },
	OPT_END,
};
const struct cli_option draft_options[] = {
	OPT_AS_PARTLY,
	{ "dry-run", NULL, N_("only report what is wrong; store nothing"),
	    false },
	{ "set-aside", "FILE",
	    N_("write rejected rows here and store the others"), false },
	{ "again", NULL,
	    N_("sign your drafts again, after lines of the log were lost"),
	    false },
	OPT_READING,
	OPT_END,
};
const struct cli_option discard_options[] = {
	OPT_AS,
	OPT_REASON,
	OPT_END,
};
const struct cli_option approve_options[] = {
	OPT_AS,
	OPT_OUT,
	{ "all", NULL, N_("all drafts that wait"), false },
	{ "yes", NULL, N_("do not show the drafts first"), false },
	{ "paper", WORDS_PAPER, N_("size of the sheets"), false },
	HANDING_OPTIONS,
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option list_options[] = {
	{ "drafts", NULL, N_("drafts instead of letters"), false },
	{ "state", WORDS_STATE, N_("only those in this state"), false },
	{ "consulate", "CONSULATE", N_("only those for this consulate"),
	    false },
	{ "officer", "CODE",
	    N_("only those that this person drafted or "
	       "approved"),
	    false },
	{ "from", "DATE", N_("only those of this day or later"), false },
	{ "to", "DATE", N_("only those of this day or earlier"), false },
	{ "ending", "DAYS", N_("letters in force that end within so many days"),
	    false },
	{ "appointments", "CONSULATE",
	    N_("letters in force with an appointment there, from today on or "
	       "on DATE"),
	    false },
	LISTING_CSV_OPTIONS,
	OPT_END,
};
const struct cli_option card_options[] = {
	{ "paper", WORDS_PAPER, N_("size of the sheets"), false },
	OPT_END,
};
const struct cli_option proof_options[] = {
	{ "check", "SCAN", N_("what a scan of the page says"), false },
	{ "print", "[PRINTER]", N_("print the page (CUPS), not scaled"),
	    false },
	{ "paper", WORDS_PAPER, N_("size of the sheets"), false },
	OPT_END,
};
const struct cli_option find_options[] = {
	LISTING_CSV_OPTIONS,
	OPT_END,
};
const struct cli_option reprint_options[] = {
	OPT_AS,
	OPT_REASON,
	OPT_OUT,
	{ "copy", "N", N_("write a copy again whose files were not written"),
	    false },
	HANDING_OPTIONS,
	CONFIRM_YES_OPTION,
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};

const struct cli_option correct_options[] = {
	OPT_AS_PARTLY,
	{ "dry-run", NULL, N_("only report what is wrong; store nothing"),
	    false },
	CONFIRM_YES_OPTION,
	OPT_READING,
	OPT_END,
};
const struct cli_option withdraw_options[] = {
	OPT_AS,
	{ "reason", WORDS_REASON,
	    N_("why; the log says only whether it was fraud"), CLI_REQUIRED },
	{ "from", "FILE", N_("letters' numbers, one a line"), false },
	CONFIRM_YES_OPTION,
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option publish_options[] = {
	{ "to", "PUB", N_("folder or stick for posts and auditors"),
	    CLI_REQUIRED },
	{ "new", NULL, N_("a new stick in the place of one used before"),
	    false },
	{ "as", "CODE", N_("an approver who closes the day"), false },
	OPT_SECOND,
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option check_options[] = {
	{ "events", NULL,
	    N_("only list what was refused or changed, from the first day on"),
	    CLI_ONCE },
	{ "cosigned", "FILE",
	    N_("a post's export, or a signed head, that the log must lead to"),
	    CLI_ANY },
	OPT_END,
};
const struct cli_option backup_options[] = {
	{ "to", "FILE", N_("the backup, a new file"), CLI_REQUIRED },
	OPT_END,
};
const struct cli_option restore_options[] = {
	{ "as", "CODE",
	    N_("who restores: an approver or administrator of that day"),
	    CLI_REQUIRED },
	CONFIRM_YES_OPTION,
	OPT_END,
};
const struct cli_option recover_options[] = {
	OPT_AS,
	OPT_SECOND,
	{ "from", "COPY", N_("a published copy of the log, as PUB"), false },
	{ "lost", NULL,
	    N_("the newest lines, of which no copy exists, are lost"), false },
	{ "cosigned", "FILE",
	    N_("a post's export, or a signed head, that the log must lead to"),
	    CLI_ANY },
	{ "clock", NULL,
	    N_("the log's last lines were dated by a clock that ran ahead"),
	    false },
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option forget_options[] = {
	OPT_AS,
	OPT_SECOND,
	{ "before", "DATE", N_("letters that ended before this day"),
	    CLI_REQUIRED },
	CONFIRM_OPTION,
	OPT_END,
};
const struct cli_option serve_options[] = {
	SERVE_OPTIONS,
	OPT_END,
};
const struct cli_option rekey_options[] = {
	OPT_AS,
	OPT_SECOND,
	{ "log", NULL, N_("new keys for a new log, too"), false },
	{ "again", NULL, N_("give up new keys that wait, and make others"),
	    false },
	OPT_END,
};

/* What belongs together, or not; help tells it by the same words. */
#define RULE_OVERWRITE                                     \
	{                                                  \
		"--overwrite", CLI_NEEDS, "--csv",         \
		    N_("--overwrite goes with --csv FILE") \
	}
/* Where nothing is stored nobody need be named. */
#define RULE_AS_OR_DRY                                  \
	{                                               \
		NULL, CLI_NEEDS, "--as|--dry-run", NULL \
	}

const struct cli_rule init_rules[] = {
	{ "--hotline-free", CLI_NEEDS, "--hotline",
	    N_("--hotline-free goes with --hotline") },
	OPT_END,
};
const struct cli_rule trust_rules[] = {
	{ "--second", CLI_NEEDS, "--as",
	    N_("--second stands beside --as: give both") },
	OPT_END,
};
const struct cli_rule officer_rules[] = {
	{ NULL, CLI_AS_ARGS, NULL,
	    N_("say: add CODE (a new person), remove CODE (one who leaves), "
	       "reset CODE (one who lost a passphrase), or list") },
	{ "add", CLI_NEEDS, "--role", NULL },
	{ "add|remove|reset", CLI_NEEDS, "--as", NULL },
	OPT_END,
};
const struct cli_rule draft_rules[] = {
	{ "--again", CLI_EXCLUDES, CLI_ARGS "|--dry-run|--set-aside",
	    N_("--again goes with no file") },
	{ NULL, CLI_NEEDS, CLI_ARGS "|--again",
	    N_("the file of people is missing") },
	RULE_AS_OR_DRY,
	OPT_END,
};
const struct cli_rule approve_rules[] = {
	{ NULL, CLI_ONE_OF, CLI_ARGS "|--all",
	    N_("name drafts by their numbers, or give --all") },
	OPT_END,
};
const struct cli_rule proof_rules[] = {
	{ "--check", CLI_EXCLUDES, CLI_ARGS "|--print|--paper",
	    N_("--check SCAN looks at a scan and prints nothing; leave the rest "
	       "out") },
	OPT_END,
};
const struct cli_rule list_rules[] = {
	RULE_OVERWRITE,
	{ "--drafts|--state=pending|--state=approved|--state=discarded|"
	  "--state=unsigned",
	    CLI_EXCLUDES, "--ending|--appointments",
	    N_("--ending and --appointments are lists of letters; leave "
	       "--drafts out") },
	{ CLI_ARGS, CLI_NEEDS, "--appointments",
	    N_("a day alone says nothing; give --appointments "
	       "CONSULATE too") },
	{ "--appointments", CLI_EXCLUDES, "--ending|--consulate",
	    N_("--appointments CONSULATE is a list of its own; leave "
	       "--ending and --consulate out") },
	OPT_END,
};
const struct cli_rule find_rules[] = {
	RULE_OVERWRITE,
	OPT_END,
};
const struct cli_rule reprint_rules[] = {
	{ "--copy", CLI_EXCLUDES, "--large",
	    N_("--copy writes a copy as it was; leave out --large") },
	OPT_END,
};
const struct cli_rule correct_rules[] = {
	RULE_AS_OR_DRY,
	OPT_END,
};
const struct cli_rule withdraw_rules[] = {
	{ NULL, CLI_ONE_OF, CLI_ARGS "|--from",
	    N_("name one letter by its number, or give --from FILE") },
	OPT_END,
};
const struct cli_rule check_rules[] = {
	{ CLI_ARGS, CLI_NEEDS, "--cosigned", NULL },
	OPT_END,
};
