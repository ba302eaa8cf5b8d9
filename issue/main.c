/* sello-issue: a center's tool, from people to signed letters. */
#include "issue/commands.h"
#include "issue/options.h"
#include "issue/words.h"

#include "base/i18n.h"

/* clang-format off: one row a subcommand, to be read as a table */
static const struct cli_command commands[] = {
	{ "init", NULL, N_("set up a center: its home, keys and request"),
	    N_("Makes HOME with a new register and three keys: one to sign "
	       "letters, two for the signature log. They are sealed; the first "
	       "administrator opens them until the first letter is approved, "
	       "from then on only approvers do.\n"
	       "Add the other persons first (officer add), then give "
	       "HOME/request.csr to the root custodian."),
	    "sello-issue init --home C --center GTGUA01 --name \"Centro Guatemala\" "
	    "--country GTM --timezone America/Guatemala --root root.crt --as AD0001",
	    init_options, 0, 0, true, cmd_init, init_rules },
	{ "trust", "trust.xml", N_("take the program's newest trust list"),
	    N_("Refuses an older list than the one it has, a list of another "
	       "root and a list from the future.\n"
	       "With --as the log begins, once the list names the center: "
	       "with the founder and the persons that the list has, or a "
	       "later log with those who stand (--second)."),
	    "sello-issue trust --home C trust.xml\n"
	    "sello-issue trust --home C trust.xml --as AD0001",
	    trust_options, 1, 1, true, cmd_trust, trust_rules },
	{ "officer", "add CODE|remove CODE|reset CODE|list",
	    N_("add, remove or list the center's staff"),
	    N_("A person is a code, never a name. Drafters enter people, "
	       "approvers sign, administrators change the staff. Who is added "
	       "changes the passphrase before anything else; the fingerprint "
	       "names the key that then signs. reset: who lost a passphrase "
	       "gets a first one from these two. When no administrator or no "
	       "approver is left who can, the root custodian helps: set the "
	       "center up anew (init), have it certified, and take its log "
	       "over (recover --from).\n"
	       "Until a trust list names the center, its founder acts alone, "
	       "and request.csr is written anew each time. From "
	       "then on an approver stands beside (--second), and each change "
	       "is a line of the log with both their signatures."),
	    "sello-issue officer --home C add OF1007 --role drafter --as AD0001\n"
	    "sello-issue officer --home C remove OF1007 --as AD0001 --second AP2003\n"
	    "sello-issue officer --home C reset OF1007 --as AD0001 --second AP2003\n"
	    "sello-issue officer --home C list",
	    officer_options, 1, 2, true, cmd_officer, officer_rules },
	{ "passphrase", NULL, N_("change one's own passphrase"),
	    N_("With the passphrase the keys change: old ones sign nothing "
	       "that counts. Prints the new fingerprint. Who forgot the old "
	       "one needs two others: officer reset.\n"
	       "Once a trust list names the center, another person of any "
	       "role stands beside (--second); one of the two must be able "
	       "to open the center's keys."),
	    "sello-issue passphrase --home C --as OF1007\n"
	    "sello-issue passphrase --home C --as OF1007 --second AP2003",
	    passphrase_options, 0, 0, true, cmd_passphrase, NULL },
	{ "template", "FILE", N_("write an empty table of people to fill in"),
	    N_("CSV, or an OpenDocument spreadsheet (FILE.ods) with notes and "
	       "lists of codes to choose from; with --home the center's own "
	       "consulates are among them. Save it as CSV for draft."),
	    "sello-issue template people.csv\n"
	    "sello-issue template --home C --lang es personas.ods",
	    template_options, 1, 1, false, cmd_template, NULL },
	{ "draft", "people.csv", N_("take people from a file as drafts"),
	    N_("Reports every problem of every row. Nothing of a file with a "
	       "rejected row is stored unless --set-aside names a file for "
	       "such rows."),
	    "sello-issue draft --home C --dry-run people.csv\n"
	    "sello-issue draft --home C --as OF1007 people.csv\n"
	    "sello-issue draft --home C --as OF1007 --set-aside rejected.csv people.csv\n"
	    "sello-issue draft --home C --as OF1007 --again",
	    draft_options, 0, 1, true, cmd_draft, draft_rules },
	{ "discard", "DRAFT...", N_("give drafts up"),
	    N_("The person's data is erased; number, reason and who did it "
	       "stay."),
	    "sello-issue discard --home C 12 13 --reason \"entered twice\" --as OF1007",
	    discard_options, 1, -1, true, cmd_discard, NULL },
	{ "approve", "DRAFT...", N_("look at drafts and sign them as letters"),
	    N_("Shows each draft and asks; with --all a table, of which a "
	       "random tenth is opened, and ten more for each that is wrong. "
	       "Writes NUMBER.xml, NUMBER.pdf and "
	       "NUMBER.png.\n"
	       "A draft that was approved before is not signed again: missing "
	       "files of it are written."),
	    "sello-issue approve --home C --as AP2003 12 13 --out letters\n"
	    "sello-issue approve --home C --as AP2003 --all --out letters",
	    approve_options, 0, -1, true, cmd_approve, approve_rules },
	{ "find", "WORDS... | DATE",
	    N_("find drafts and letters by name or day"),
	    N_("Words of a name in any order, also parts of it; accents and "
	       "capitals do not matter. Where nobody is written so, names that "
	       "differ by one letter are shown. A date like 1990-05-02, "
	       "1990-05 or 1990 finds birth dates, and the days when "
	       "letters were issued. Nothing found: 66."),
	    "sello-issue find --home C Xiloj Marta\n"
	    "sello-issue find --home C perez 1990-05-02",
	    find_options, 1, -1, true, cmd_find, find_rules },
	{ "list", "[DATE]", N_("list letters, or drafts"),
	    N_("With the names of whom they are for. --csv writes a file that "
	       "spreadsheets open, for its owner alone (0600), and keeps one "
	       "that is there unless --overwrite is given."),
	    "sello-issue list --home C\n"
	    "sello-issue list --home C --drafts --state pending\n"
	    "sello-issue list --home C --ending 30\n"
	    "sello-issue list --home C --appointments ES-GTGUA 2026-12-03",
	    list_options, 0, 1, true, cmd_list, list_rules },
	{ "show", "NUMBER | DRAFT",
	    N_("show one letter or draft, and what became of it"), NULL,
	    "sello-issue show --home C GTGUA01-2026-000002-J\n"
	    "sello-issue show --home C 1",
	    NULL, 1, 1, true, cmd_show, NULL },
	{ "card", "FILE.pdf",
	    N_("write the page that is read aloud with a letter"),
	    N_("One page in plain Spanish, the same for everybody: what the "
	       "letter is, that it is free, what to do at the consulate, and "
	       "whom to call when somebody asks for money. For people who "
	       "speak K'iche', Q'eqchi' or Wayuu and hear it in Spanish."),
	    "sello-issue card --home C tarjeta.pdf", card_options, 1, 1, true,
	    cmd_card, NULL },
	{ "proof", "[FILE.pdf]",
	    N_("print a page that tries printer and scanner"),
	    N_("The code at five sizes, and rulers; no letter, no data of "
	       "anybody. Print it without scaling, scan it, and give the scan: "
	       "--check says whether printer and scanner are good enough for "
	       "letters, how far the page was scaled, and which size of a "
	       "module is safe. Without FILE.pdf it is proof.pdf, with --print "
	       "no file.\n"
	       "Exit of --check 0: good. 1: only just. 2: not good enough."),
	    "sello-issue proof page.pdf\n"
	    "sello-issue proof --print\n"
	    "sello-issue proof --check scan.pdf",
	    proof_options, 0, 1, false, cmd_proof, proof_rules },
	{ "number-check", "NUMBER YEAR",
	    N_("tell a caller whether a letter is good, and no more"),
	    N_("For the telephone: a letter's number and its holder's year of "
	       "birth, as on the letter. One line of at most 160 characters "
	       "with no data of the person. Exit 0: known and good. 1: "
	       "withdrawn, replaced or ended. 2: not known, also when the "
	       "year is another."),
	    "sello-issue number-check --home C GTGUA01-2026-000002-J 1990",
	    NULL, 2, 2, true, cmd_number_check, NULL },
	{ "reprint", "NUMBER", N_("print a letter once more, counted"),
	    N_("The signed letter stays the same; the sheet says which copy it "
	       "is."),
	    "sello-issue reprint --home C GTGUA01-2026-000002-J --reason LOST "
	    "--out letters --as AP2003",
	    reprint_options, 1, 1, true, cmd_reprint, reprint_rules },
	{ "correct", "NUMBER row.csv", N_("draft a letter in place of another"),
	    N_("One row, by a drafter. When the draft is approved, the new "
	       "letter says which one it replaces, and the old one is dead."),
	    "sello-issue correct --home C --as OF1007 GTGUA01-2026-000002-J row.csv",
	    correct_options, 2, 2, true, cmd_correct, correct_rules },
	{ "withdraw", "NUMBER", N_("say that a letter is void"),
	    N_("Never undone: issue a new letter instead. FRAUD and "
	       "KEY_COMPROMISE need a second person and make the letter not "
	       "authentic at every post; other reasons ask for attention.\n"
	       "On a terminal it shows whose letter it is, and asks. --from "
	       "takes a file of numbers, one a line: all are withdrawn, or, "
	       "where one is not known here, none."),
	    "sello-issue withdraw --home C --as AP2003 GTGUA01-2026-000002-J "
	    "--reason LOST\n"
	    "sello-issue withdraw --home C --as AP2003 --from list.txt "
	    "--reason INELIGIBLE",
	    withdraw_options, 0, 1, true, cmd_withdraw, withdraw_rules },
	{ "publish", NULL, N_("copy the signature log to a folder or stick"),
	    N_("Writes PUB/log/CENTER/GENERATION: no personal data, for posts "
	       "and auditors. May be interrupted and run again. With --as an "
	       "approver closes the day, which also tells posts that nothing "
	       "newer exists; do that every day."),
	    "sello-issue publish --home C --to /media/stick\n"
	    "sello-issue publish --home C --to pub --as AP2003",
	    publish_options, 0, 0, true, cmd_publish, NULL },
	{ "check", "[FILE...]", N_("examine the register and the log"),
	    N_("Every letter's signature, the numbers, the waiting drafts, the "
	       "roster, and every line of the log. With --cosigned it also "
	       "remembers what posts have seen of the log: if that is more "
	       "than is here, nothing is signed any more.\n"
	       "It ends with what waits: an old list, a missing backup, lines "
	       "that were not published, drafts, a certificate near its end, "
	       "and what was refused or changed since it last said so."),
	    "sello-issue check --home C\n"
	    "sello-issue check --home C --cosigned ES-GTGUA-1.export\n"
	    "sello-issue check --home C --events",
	    check_options, 0, -1, true, cmd_check, check_rules },
	{ "backup", NULL, N_("copy the whole register to one file"),
	    N_("Sealed, and read back once it is written. No passphrase is "
	       "needed for it, so that it can be made daily. It opens with "
	       "today's passphrase of an approver or administrator. It holds "
	       "personal data: keep it locked away. The log's guard is left "
	       "out on purpose."),
	    "sello-issue backup --home C --to /media/backup/C-2026-11-27.sello",
	    backup_options, 0, 0, true, cmd_backup, NULL },
	{ "restore", "FILE", N_("make the home again from a backup"),
	    N_("--as is an approver or administrator of the day of the backup, "
	       "with the passphrase of that day. "
	       "A register that is there is kept beside it, and at a terminal "
	       "it is asked first. If the log has "
	       "gone on since the backup, nothing is signed until two persons "
	       "run recover."),
	    "sello-issue restore --home C --as AP2003 "
	    "/media/backup/C-2026-11-27.sello",
	    restore_options, 1, 1, true, cmd_restore, NULL },
	{ "recover", NULL,
	    N_("go on after a restore, a lost guard or a wrong clock"),
	    N_("Two persons. --from takes the lines that the register lacks "
	       "from a published copy; without a guard it or --lost must be "
	       "given. Ask the consulates for what they have: their export "
	       "(--cosigned) shows how far the log went. The log then says "
	       "that it was restored.\n"
	       "--clock: when something was signed while this computer's clock "
	       "ran ahead. Set the clock first. Asks for the date; the log then "
	       "says that its clock was put right, and goes on."),
	    "sello-issue recover --home C --from /media/stick --as AP2003 "
	    "--second AD0001\n"
	    "sello-issue recover --home C --clock --as AP2003 --second AD0001",
	    recover_options, 0, 0, true, cmd_recover, NULL },
	{ "forget", NULL, N_("erase the personal data of old letters"),
	    N_("Two persons. Number and digest stay, and the log stays whole. "
	       "Names the backups that still hold the data."),
	    "sello-issue forget --home C --before 2026-01-01 --as AP2003 "
	    "--second AD0001",
	    forget_options, 0, 0, true, cmd_forget, NULL },
	{ "rekey", NULL, N_("make new keys for the center"),
	    N_("Writes HOME/request.csr for the program's root. The center "
	       "goes on with its keys until a trust list carries the new "
	       "ones, and then changes over with the next signature. --log "
	       "also begins a new signature log."),
	    "sello-issue rekey --home C --as AP2003", rekey_options, 0, 0, true,
	    cmd_rekey, NULL },
	{ "serve", "", N_("draft, approve and print on pages in the browser"),
	    N_("Prints a link that works once, for five minutes, and opens it. "
	       "Each person signs in with the own passphrase; the page locks "
	       "after five minutes. Only this computer reaches it, and other "
	       "commands work beside it. Ends with Ctrl-C, with 0."),
	    "sello-issue serve --home C", serve_options, 0, 0, true, cmd_serve,
	    NULL },
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
	command_values,
	words_choices,
};

int
main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
