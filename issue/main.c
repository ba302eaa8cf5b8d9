/* sello-issue: a center's tool, from people to signed letters. */
#include "base/i18n.h"
#include "issue/commands.h"

#define OPT_AS                                                      \
	{                                                           \
		"as", "CODE", N_("the person who does this"), false \
	}
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
#define OPT_OUT                                                               \
	{                                                                     \
		"out", "DIR", N_("where the files go; made if absent"), false \
	}
#define OPT_REASON                                                        \
	{                                                                 \
		"reason", "TEXT", N_("why; stays in the register"), false \
	}
#define OPT_END   \
	{         \
		0 \
	}

static const struct cli_option init_options[] = {
	{ "center", "CODE", N_("UN/LOCODE and two digits, GTGUA01"), false },
	{ "name", "TEXT", N_("name of the center as it stands on letters"),
	    false },
	{ "country", "CODE", N_("its country, three letters, GTM"), false },
	{ "timezone", "ZONE", N_("its time zone, America/Guatemala"), false },
	{ "root", "FILE", N_("the program's root certificate, root.crt"),
	    false },
	{ "as", "CODE", N_("code of the first administrator"), false },
	{ "hotline", "NUMBER", N_("telephone for holders, +50212345678"),
	    false },
	{ "key", "FILE", N_("take this P-256 key instead of making one"),
	    false },
	{ "key-passphrase-file", "FILE", N_("passphrase of that key"), false },
	OPT_END,
};
static const struct cli_option officer_options[] = {
	OPT_AS,
	{ "role", "ROLE", N_("drafter, approver or administrator"), false },
	OPT_NEW,
	OPT_SECOND,
	OPT_END,
};
static const struct cli_option passphrase_options[] = {
	OPT_AS,
	OPT_NEW,
	OPT_END,
};
static const struct cli_option draft_options[] = {
	OPT_AS,
	{ "dry-run", NULL, N_("only report what is wrong; store nothing"),
	    false },
	{ "set-aside", "FILE",
	    N_("write rejected rows here and store the others"), false },
	OPT_END,
};
static const struct cli_option discard_options[] = {
	OPT_AS,
	OPT_REASON,
	OPT_END,
};
static const struct cli_option approve_options[] = {
	OPT_AS,
	OPT_OUT,
	{ "all", NULL, N_("all drafts that wait"), false },
	{ "yes", NULL, N_("do not show the drafts first"), false },
	{ "paper", "SIZE", N_("letter or a4"), false },
	OPT_SECOND,
	OPT_END,
};
static const struct cli_option list_options[] = {
	{ "drafts", NULL, N_("drafts instead of letters"), false },
	OPT_END,
};
static const struct cli_option reprint_options[] = {
	OPT_AS,
	OPT_REASON,
	OPT_OUT,
	OPT_SECOND,
	OPT_END,
};

/* clang-format off: one row a subcommand, to be read as a table */
static const struct cli_command commands[] = {
	{ "init", NULL, N_("set up a center: its home, keys and request"),
	    N_("Makes HOME with a new register and three keys: one to sign "
	       "letters, two for the signature log. They are sealed; the first "
	       "administrator opens them until the first letter is approved, "
	       "from then on only approvers do.\n"
	       "Give HOME/request.csr to the keeper of the program's root key."),
	    "sello-issue init --home C --center GTGUA01 --name \"Centro Guatemala\" "
	    "--country GTM --timezone America/Guatemala --root root.crt --as AD0001",
	    init_options, 0, 0, true, cmd_init },
	{ "trust", "trust.xml", N_("take the program's newest trust list"),
	    N_("Refuses an older list than the one it has, a list of another "
	       "root and a list from the future."),
	    "sello-issue trust --home C trust.xml", NULL, 1, 1, true,
	    cmd_trust },
	{ "officer", "add CODE|remove CODE|list",
	    N_("add, remove or list the center's staff"),
	    N_("A person is a code, never a name; a code is never used twice. "
	       "Drafters enter people, approvers sign, administrators change "
	       "the staff.\n"
	       "After the first letter an approver must stand beside the "
	       "administrator (--second)."),
	    "sello-issue officer --home C add OF1007 --role drafter --as AD0001\n"
	    "sello-issue officer --home C remove OF1007 --as AD0001 --second AP2003\n"
	    "sello-issue officer --home C list",
	    officer_options, 1, 2, true, cmd_officer },
	{ "passphrase", NULL, N_("change one's own passphrase"), NULL,
	    "sello-issue passphrase --home C --as OF1007", passphrase_options,
	    0, 0, true, cmd_passphrase },
	{ "draft", "people.csv", N_("take people from a file as drafts"),
	    N_("Reports every problem of every row. Nothing of a file with a "
	       "rejected row is stored unless --set-aside names a file for "
	       "such rows."),
	    "sello-issue draft --home C --dry-run people.csv\n"
	    "sello-issue draft --home C --as OF1007 people.csv\n"
	    "sello-issue draft --home C --as OF1007 --set-aside rejected.csv people.csv",
	    draft_options, 1, 1, true, cmd_draft },
	{ "discard", "DRAFT...", N_("give drafts up"),
	    N_("The person's data is erased; number, reason and who did it "
	       "stay."),
	    "sello-issue discard --home C 12 13 --reason \"entered twice\" --as OF1007",
	    discard_options, 1, -1, true, cmd_discard },
	{ "approve", "DRAFT...", N_("look at drafts and sign them as letters"),
	    N_("Shows each draft and asks; with --all a table, of which a "
	       "random tenth is opened. Writes NUMBER.xml, NUMBER.pdf and "
	       "NUMBER.png.\n"
	       "A draft that was approved before is not signed again: missing "
	       "files of it are written."),
	    "sello-issue approve --home C --as AP2003 12 13 --out letters\n"
	    "sello-issue approve --home C --as AP2003 --all --out letters",
	    approve_options, 0, -1, true, cmd_approve },
	{ "list", NULL, N_("list letters, or drafts"), NULL,
	    "sello-issue list --home C\n"
	    "sello-issue list --home C --drafts",
	    list_options, 0, 0, true, cmd_list },
	{ "show", "NUMBER", N_("show one letter and what became of it"), NULL,
	    "sello-issue show --home C GTGUA01-2026-000002-J", NULL, 1, 1, true,
	    cmd_show },
	{ "reprint", "NUMBER", N_("print a letter once more, counted"),
	    N_("The signed letter stays the same; the sheet says which copy it "
	       "is."),
	    "sello-issue reprint --home C GTGUA01-2026-000002-J --reason LOST "
	    "--out letters --as AP2003",
	    reprint_options, 1, 1, true, cmd_reprint },
	{ "check", NULL, N_("examine the register"),
	    N_("Every letter's signature, the numbers, the waiting drafts and "
	       "the roster. Changes nothing."),
	    "sello-issue check --home C", NULL, 0, 0, true, cmd_check },
	{ 0 },
};
/* clang-format on */

static const struct cli_program program = {
	"sello-issue",
	N_("Draft, approve and print signed referral letters at a center."),
	"sello-issue draft --home C --as OF1007 people.csv\n"
	"sello-issue approve --home C --as AP2003 --all --out letters\n"
	"sello-issue show --home C GTGUA01-2026-000002-J",
	commands,
};

int
main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
