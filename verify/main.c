/*
 * main.c - sello-verify: checks referral letters at a consulate, offline.
 */
#include "cli/cli.h"
#include "cli/confirm.h"
#include "cli/serve.h"
#include "verify/commands.h"

static const struct cli_option init_options[] = {
	{ "root", "FILE", N_("the program's root certificate"), CLI_REQUIRED },
	{ "fingerprint", "HEX",
	    N_("its fingerprint, as the root custodian told it"), false },
	{ "consulate", "CODE", N_("this consulate, such as ES-GTGUA"),
	    CLI_REQUIRED },
	{ "post", "N", N_("number of this counter, if there are several"),
	    false },
	{ 0 },
};

static const struct word answers[] = {
	{ "match", N_("it is the letter's person"), NULL },
	{ "mismatch", N_("it is another person"), NULL },
	{ "none", N_("there is no document"), NULL },
	{ 0 },
};

static const struct cli_choice choices[] = {
	{ "match|mismatch|none", answers },
	{ 0 },
};

static const struct cli_option check_options[] = {
	{ "record", NULL, N_("remember that the letter was shown here"),
	    false },
	{ "answer", "match|mismatch|none",
	    N_("what the identity document says"), false },
	{ "at", "TIME", N_("judge as of another time"), false },
	{ "save", "DIR", N_("write the signed file of each good letter there"),
	    false },
	{ 0 },
};

static const struct cli_option scan_options[] = {
	{ "record", NULL,
	    N_("remember that the letters were shown here: it does anyway"),
	    false },
	{ "no-record", NULL, N_("remember nothing: for trying out"), false },
	{ "camera", "DEVICE|FILM|list",
	    N_("judge what is held before a camera, or a film of JPEGs; list "
	       "shows the cameras"),
	    false },
	{ "fps", "N", N_("pictures a second of a film, 10 if not given"),
	    false },
	{ "serial", "DEVICE",
	    N_("judge what a scanner sends over a serial line, /dev/ttyACM0"),
	    false },
	{ "baud", "N", N_("its speed, 9600 if not given"), false },
	{ 0 },
};

static const struct cli_option recover_options[] = {
	{ "clock", NULL, N_("this computer's clock once ran ahead"), false },
	{ "shown", NULL, N_("records of letters shown here are damaged"),
	    false },
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option backup_options[] = {
	{ "to", "FILE", N_("the backup, a new file"), CLI_REQUIRED },
	{ "new-passphrase", NULL,
	    N_("choose the passphrase of backups anew, from this one on"),
	    false },
	{ 0 },
};

static const struct cli_option serve_options[] = {
	SERVE_OPTIONS,
	{ 0 },
};

static const struct cli_option export_options[] = {
	{ "to", "FILE", N_("the file to write"), CLI_REQUIRED },
	{ 0 },
};

static const struct cli_rule check_rules[] = {
	{ "--answer", CLI_NEEDS, "--record", N_("--answer needs --record") },
	{ 0 },
};

static const struct cli_rule scan_rules[] = {
	{ "--record", CLI_EXCLUDES, "--no-record",
	    N_("--record and --no-record exclude each other") },
	{ "--fps", CLI_NEEDS, "--camera", N_("--fps needs --camera") },
	{ "--baud", CLI_NEEDS, "--serial", N_("--baud needs --serial") },
	{ "--camera", CLI_EXCLUDES, "--serial",
	    N_("--camera and --serial exclude each other") },
	{ 0 },
};

static const struct cli_rule recover_rules[] = {
	{ NULL, CLI_ONE_OF, "--clock|--shown",
	    N_("say what: --clock or --shown") },
	{ 0 },
};

static const struct cli_command commands[] = {
	{ "init", "", N_("set up this post"),
	    N_("Checks the root certificate, makes the post's two keys and "
	       "writes request.txt, which the root custodian needs to list "
	       "this post. Letters are judged fully before that."),
	    "sello-verify init --home post --root root.crt --consulate "
	    "ES-GTGUA",
	    init_options, 0, 0, true, cmd_init, NULL },
	{ "sync", "FOLDER...", N_("take the newest trust list and logs"),
	    N_("Takes the trust list and the log of each center "
	       "from a publication, each on its own, and believes "
	       "nothing that it did not verify. Then looks for each "
	       "letter that was shown here in the logs. Exit 0: "
	       "taken, or nothing new. 1: something older was left. "
	       "2: could not be read or verified. 3: proof of "
	       "manipulation. What was good always stays."),
	    "sello-verify sync --home post /media/stick", NULL, 1, -1, true,
	    cmd_sync, NULL },
	{ "check", "INPUT...", N_("judge files, pictures, PDFs and codes"),
	    N_("Exit 0: authentic and valid. 1: authentic, attention. 2: could "
	       "not be checked. 3: not authentic. With several inputs the "
	       "highest counts. - is standard input, a code a line."),
	    "sello-verify check --home post letter.xml\n"
	    "sello-verify check --home post --record --save archive page.pdf",
	    check_options, 1, -1, true, cmd_check, check_rules },
	{ "scan", "", N_("judge what a scanner types or a camera sees"),
	    N_("A code a line, a verdict at once. Remembers which letters were "
	       "shown here; a code that is read again within 10 minutes is the "
	       "same visit. Ends with the input (Ctrl-D), with 0."),
	    "sello-verify scan --home post\n"
	    "sello-verify scan --home post --camera /dev/video0",
	    scan_options, 0, 0, true, cmd_scan, scan_rules },
	{ "number", "NUMBER", N_("look up a number typed by hand"),
	    N_("A number alone proves nothing: the answer is never "
	       "green. Then it says what the center's log has under "
	       "this number. Exit 2; 65 when a character is wrong."),
	    "sello-verify number --home post GTGUA01-2026-000002-J", NULL, 1, 1,
	    true, cmd_number, NULL },
	{ "serve", "", N_("judge letters on a page in the browser"),
	    N_("Prints a link that works once, for five minutes, and "
	       "opens it. The page takes what a scanner types, files and "
	       "the camera, and remembers each visit as \"scan\" does. "
	       "Only this computer reaches it. Ends with Ctrl-C, with 0."),
	    "sello-verify serve --home post", serve_options, 0, 0, true,
	    cmd_serve, NULL },
	{ "export", "", N_("write what this post tells other posts"),
	    N_("Writes a signed file with the letters shown here, "
	       "by number and day, never a name, and with the "
	       "newest heads of the centers' logs, for other posts "
	       "and for auditors. At most 1 MB: the oldest letters "
	       "are left out, and it says how many."),
	    "sello-verify export --home post --to report.txt", export_options,
	    0, 0, true, cmd_export, NULL },
	{ "import", "FILE...", N_("take what other posts tell"),
	    N_("Takes files that \"export\" wrote at other posts. "
	       "Exit 0: taken, or nothing new. 2: could not be read "
	       "or verified, or a post that is not in the list. 3: "
	       "proof of manipulation: a center shows different "
	       "logs to different posts."),
	    "sello-verify import --home post report.txt", NULL, 1, -1, true,
	    cmd_import, NULL },
	{ "status", "", N_("show the trust list, logs, clock and self-test"),
	    N_("Exit 0: ready. 1: ready, update soon. 2: cannot judge "
	       "letters now."),
	    "sello-verify status --home post", NULL, 0, 0, true, cmd_status,
	    NULL },
	{ "recover", "", N_("go on after a wrong clock or a bad disk"),
	    N_("--shown makes the records of letters shown here "
	       "anew: what can be read of damaged ones still "
	       "protects, and accuses nobody. --clock forgets the "
	       "later date that this computer once had; set the "
	       "clock first. Asks for the date. What the trust list "
	       "and the logs say of the time stays."),
	    "sello-verify recover --home post --clock\n"
	    "sello-verify recover --home post --shown",
	    recover_options, 0, 0, true, cmd_recover, recover_rules },
	{ "backup", "", N_("save all that this post knows in one file"),
	    N_("Keys, letters shown, logs, list: sealed, and read back once it "
	       "is written. The first time it asks for a passphrase, which is "
	       "not kept on this computer: write it down and lock it away. "
	       "From then on none is needed, so that it can be made daily."),
	    "sello-verify backup --home post --to /media/stick/ES-GTGUA-1.sello",
	    backup_options, 0, 0, true, cmd_backup, NULL },
	{ "restore", "FILE", N_("make the folder of a post from a backup"),
	    N_("On a new computer, with the passphrase of the backup. The old "
	       "one must not go on. What was shown since the backup is not "
	       "known; then take the newest logs with sync."),
	    "sello-verify restore --home post /media/stick/ES-GTGUA-1.sello",
	    NULL, 1, 1, true, cmd_restore, NULL },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-verify",
	.summary = N_("Checks referral letters at a consulate, offline."),
	.example = "sello-verify init --home post --root root.crt --consulate "
		   "ES-GTGUA\n"
		   "sello-verify sync --home post /media/stick\n"
		   "sello-verify check --home post letter.pdf",
	.commands = commands,
	.choices = choices,
};

int
main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
