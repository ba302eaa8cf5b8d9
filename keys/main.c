/*
 * main.c - sello-keys, the root custodian's program. A row a subcommand;
 * the work is in cmd_*.c.
 */
#include "cli/confirm.h"
#include "keys/commands.h"

static const struct cli_option init_options[] = {
	{ "program", "CODE", N_("the program's code, for example RRP-ES"),
	    CLI_REQUIRED },
	{ "name", "TEXT", N_("the program's name as people read it"),
	    CLI_REQUIRED },
	{ "training", NULL,
	    N_("a root for training: its letters never turn green"), false },
	{ 0 },
};

static const struct cli_option certify_options[] = {
	{ "days", "DAYS", N_("life of a center's certificate (730)"), false },
	{ "yes", NULL,
	    N_("each person was heard to read their fingerprint: do not ask"),
	    false },
	CONFIRM_OPTION,
	{ 0 },
};

static const struct word reasons[] = {
	{ "compromise",
	    N_("somebody else may have the key: its letters from --from on, or "
	       "all, are not authentic"),
	    NULL },
	{ "superseded",
	    N_("replaced by a newer key: letters of before stay good"), NULL },
	{ "closed", N_("no longer needed: letters of before stay good"), NULL },
	{ 0 },
};

static const struct cli_choice choices[] = {
	{ "compromise|superseded|closed", reasons },
	{ 0 },
};

static const struct cli_option revoke_options[] = {
	{ "reason", "compromise|superseded|closed", N_("why"), CLI_REQUIRED },
	{ "from", "TIME",
	    N_("from when on (compromise: the key's whole life; else: now)"),
	    false },
	{ "checkpoint", "FILE",
	    N_("signed head of the center's log from before --from: evidence"),
	    false },
	CONFIRM_YES_OPTION,
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option person_options[] = {
	{ "from", "TIME", N_("from when on (now)"), false },
	{ "checkpoint", "FILE",
	    N_("from the line after this signed head of the center's log on"),
	    false },
	{ "yes", NULL, N_("do not ask"), false },
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option log_options[] = {
	{ "checkpoint", "FILE", N_("last signed head of the log"), false },
	{ "unused", "N",
	    N_("log N never had a line: its keys were lost before"), false },
	CONFIRM_YES_OPTION,
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option publish_options[] = {
	{ "to", "PUB", N_("folder that gets trust.xml"), CLI_REQUIRED },
	{ "new", NULL, N_("a new stick in the place of one used before"),
	    false },
	{ "next-update", "DAYS",
	    N_("posts warn when the list is older than this (7)"), false },
	{ "not-after", "DAYS",
	    N_("posts stop believing the list after this (30)"), false },
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option recover_options[] = {
	{ "clock", NULL, N_("lists were signed by a clock that ran ahead"),
	    CLI_REQUIRED },
	CONFIRM_OPTION,
	{ 0 },
};

static const struct cli_option show_options[] = {
	{ "certificates", "DIR",
	    N_("write each certificate of a list to DIR/KEYID.crt"), false },
	{ 0 },
};

static const struct cli_rule revoke_rules[] = {
	{ "--checkpoint", CLI_NEEDS, "--from", CHECKPOINT_GOES_WITH },
	{ "--checkpoint", CLI_NEEDS, "--reason=compromise",
	    CHECKPOINT_GOES_WITH },
	{ 0 },
};

static const struct cli_rule person_rules[] = {
	{ NULL, CLI_AS_ARGS, NULL,
	    N_("say: remove CENTER CODE, after which nothing that the "
	       "person signs counts") },
	{ "--from", CLI_EXCLUDES, "--checkpoint",
	    N_("give --from or --checkpoint, not both") },
	{ 0 },
};

static const struct cli_rule log_rules[] = {
	{ NULL, CLI_AS_ARGS, NULL,
	    N_("say: close CENTER, which says where its log ends") },
	{ NULL, CLI_NEEDS, "--checkpoint|--unused",
	    N_("log close needs --checkpoint, the last signed head of "
	       "the log") },
	{ 0 },
};

static const struct cli_command commands[] = {
	{ .name = "init",
	    .summary = N_("make the program's root key and certificate"),
	    .detail = N_("Makes ROOT with root.crt (public), root.key (under "
			 "a passphrase) and root.db, and prints the "
			 "fingerprint of root.crt. Centers and posts are set "
			 "up with root.crt; they compare the fingerprint with "
			 "what you tell them by telephone."),
	    .example = "sello-keys init --home root --program RRP-ES "
		       "--name \"Programa Regional de Derivación\"\n"
		       "sello-keys init --home training --program RRP-ES "
		       "--name Prácticas --training",
	    .options = init_options,
	    .needs_home = true,
	    .run = cmd_init },
	{ .name = "program",
	    .args = "program.ini",
	    .summary = N_("set the program's name, consulates and pathways"),
	    .detail = N_("Replaces what the next list says about the program "
			 "by the file: [program] name =, [consulate CODE] "
			 "name =, [pathway CODE] es = en = fr = pt = ht =."),
	    .example = "sello-keys program --home root examples/program.ini",
	    .min_args = 1,
	    .max_args = 1,
	    .needs_home = true,
	    .run = cmd_program },
	{ .name = "certify",
	    .args = "REQUEST",
	    .summary = N_("take a center's or a post's request"),
	    .detail = N_("A center's request.csr gets a certificate; a post's "
			 "request.txt is noted. Both are in the next list. "
			 "Compare the request's key with its sender by "
			 "another way before you certify it. Of a center it "
			 "shows each person's code, role and fingerprint: have "
			 "each of them, whom you know to be different "
			 "persons, read theirs aloud to you, and only then "
			 "say yes. A request with the same persons as before "
			 "is not asked about; one with others is, and the "
			 "center's log may then take these up without the "
			 "signatures of those it had."),
	    .example = "sello-keys certify --home root request.csr\n"
		       "sello-keys certify --home root --days 365 request.csr\n"
		       "sello-keys certify --home root --yes request.csr",
	    .options = certify_options,
	    .min_args = 1,
	    .max_args = 1,
	    .needs_home = true,
	    .run = cmd_certify },
	{ .name = "revoke",
	    .args = "KEYID|CONSULATE/N",
	    .summary = N_("say that a key or post is no longer good"),
	    .detail = N_("compromise: somebody else may have the key. Letters "
			 "from --from on, or all of them, are not authentic. "
			 "superseded, closed: letters after --from need "
			 "attention, earlier ones stay good. It takes effect "
			 "with the next publish and cannot be taken back. "
			 "--checkpoint: a head of the center's log that you "
			 "know to be from before --from (a copy of PUB/log/"
			 "CENTER/N/checkpoint that a post or you took then): "
			 "letters in it stay believed at every post. It may "
			 "be given later too, with the same --from. On a "
			 "terminal it says what it does and asks once."),
	    .example = "sello-keys revoke --home root 0123abcd "
		       "--reason superseded\n"
		       "sello-keys revoke --home root 0123abcd "
		       "--reason compromise --from 2026-11-20T06:00:00Z\n"
		       "sello-keys revoke --home root 0123abcd "
		       "--reason compromise --from 2026-11-20T06:00:00Z "
		       "--checkpoint stick/log/GTGUA01/1/checkpoint\n"
		       "sello-keys revoke --home root ES-GTGUA/1 "
		       "--reason closed",
	    .options = revoke_options,
	    .min_args = 1,
	    .max_args = 1,
	    .needs_home = true,
	    .run = cmd_revoke,
	    .rules = revoke_rules },
	{ .name = "person",
	    .args = "remove CENTER CODE",
	    .summary = N_("say that a person's signatures do not count"),
	    .detail = N_("For a stolen key or passphrase, or where the center "
			 "cannot remove the person itself. Lines that they "
			 "signed from --from on (now), or after the head that "
			 "you give, do nothing: letters among them are not "
			 "authentic. It takes effect with the next publish "
			 "and cannot be taken back; an earlier time can "
			 "replace it. The person need not be on a roster that "
			 "you heard: later ones joined by the center's own "
			 "log. It says what it does and asks once."),
	    .example = "sello-keys person --home root remove GTGUA01 OF1007\n"
		       "sello-keys person --home root remove GTGUA01 OF1007 "
		       "--from 2026-11-20T06:00:00Z\n"
		       "sello-keys person --home root remove GTGUA01 OF1007 "
		       "--checkpoint stick/log/GTGUA01/1/checkpoint",
	    .options = person_options,
	    .min_args = 3,
	    .max_args = 3,
	    .needs_home = true,
	    .run = cmd_person,
	    .rules = person_rules },
	{ .name = "log",
	    .args = "close CENTER",
	    .summary = N_("say where a center's log ends"),
	    .detail = N_("Closes the log that the head names with the lines "
			 "it has: when a center stops, or goes on with new "
			 "log keys, or its log was forked. It takes effect "
			 "with the next publish. Take the longest head that "
			 "posts and auditors have seen; the end may be raised "
			 "later, never lowered. --unused instead takes a log "
			 "off the list of which nobody has a line, so that "
			 "posts take the next one. On a terminal it says what "
			 "it does and asks once."),
	    .example = "sello-keys log --home root close GTGUA01 "
		       "--checkpoint pub/log/GTGUA01/1/checkpoint",
	    .options = log_options,
	    .min_args = 2,
	    .max_args = 2,
	    .needs_home = true,
	    .run = cmd_log,
	    .rules = log_rules },
	{ .name = "publish",
	    .summary = N_("sign the next trust list"),
	    .detail = N_("Writes PUB/trust.xml. Send it to every center and "
			 "post. Publish again before the next update is due, "
			 "even when nothing changed."),
	    .example = "sello-keys publish --home root --to pub\n"
		       "sello-keys publish --home root --to pub "
		       "--next-update 14 --not-after 45",
	    .options = publish_options,
	    .needs_home = true,
	    .run = cmd_publish },
	{ .name = "recover",
	    .summary = N_("go on after a clock that ran ahead"),
	    .detail = N_("--clock: lists that were signed with a later date "
			 "than today's are void; the next list has the next "
			 "number and today's date. Set the clock first. Asks "
			 "for the date."),
	    .example = "sello-keys recover --home root --clock",
	    .options = recover_options,
	    .needs_home = true,
	    .run = cmd_recover },
	{ .name = "show",
	    .args = "FILE...",
	    .summary = N_("say in words what a file holds"),
	    .detail = N_("Takes certificates, requests, trust lists, letters "
			 "and heads of logs. With --home, or a root.crt among "
			 "the files, signatures are checked against that "
			 "root; those of heads and letters by its trust list, "
			 "which may be among the files too. "
			 "Of a letter it shows no personal data: judge "
			 "letters with sello-verify."),
	    .example = "sello-keys show request.csr\n"
		       "sello-keys show --certificates certs root.crt "
		       "pub/trust.xml",
	    .options = show_options,
	    .min_args = 1,
	    .max_args = -1,
	    .run = cmd_show },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-keys",
	.summary = N_("Keep a program's root: certify centers and posts, "
		      "revoke keys, sign the trust list."),
	.example = "sello-keys init --home root --program RRP-ES "
		   "--name \"Programa Regional de Derivación\"\n"
		   "sello-keys certify --home root request.csr\n"
		   "sello-keys publish --home root --to pub",
	.commands = commands,
	.values = command_values,
	.choices = choices,
};

int
main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
