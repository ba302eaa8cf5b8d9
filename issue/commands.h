/*
 * commands.h - the subcommands of sello-issue, a file each (cmd_NAME.c), and
 * the few steps that most of them begin with. The table is in main.c.
 */
#ifndef ISSUE_COMMANDS_H
#define ISSUE_COMMANDS_H

#include "cli/cli.h"
#include "issue/center/center.h"
#include "issue/register/people.h"
#include "sheet/sheet.h"

/*
 * Each prints its messages and returns the exit status; who may do what is in
 * the table (main.c) and in docs/handbook-center.md.
 *
 *   cmd_init          make a center
 *   cmd_trust         accept a trust list
 *   cmd_officer       persons
 *   cmd_passphrase    change one's own
 *   cmd_template      a file to fill in
 *   cmd_draft         people into drafts; cmd_draft_again: its --again
 *   cmd_discard       give drafts up
 *   cmd_approve       drafts into letters
 *   cmd_card          a page to be read out
 *   cmd_proof         a page that tries printer and scanner
 *   cmd_find          by name or date
 *   cmd_list          drafts or letters
 *   cmd_show          one of them
 *   cmd_number_check  is a letter good? no more
 *   cmd_reprint       a letter's files again
 *   cmd_check         is all as it should be?
 *   cmd_correct       replace a letter
 *   cmd_withdraw      end letters
 *   cmd_publish       the log, to a folder
 *   cmd_recover       after restore, loss or a wrong clock
 *   cmd_backup        copy the register
 *   cmd_restore       bring a copy back
 *   cmd_forget        erase personal data
 *   cmd_rekey         new keys for the center
 */
int cmd_init(struct cli *cli);
int cmd_trust(struct cli *cli);
int cmd_officer(struct cli *cli);
int cmd_passphrase(struct cli *cli);
int cmd_template(struct cli *cli);
int cmd_draft(struct cli *cli);
int cmd_draft_again(struct cli *cli);
int cmd_discard(struct cli *cli);
int cmd_approve(struct cli *cli);
int cmd_card(struct cli *cli);
int cmd_proof(struct cli *cli);
int cmd_find(struct cli *cli);
int cmd_list(struct cli *cli);
int cmd_show(struct cli *cli);
int cmd_number_check(struct cli *cli);
int cmd_reprint(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_correct(struct cli *cli);
int cmd_withdraw(struct cli *cli);
int cmd_publish(struct cli *cli);
int cmd_recover(struct cli *cli);
int cmd_backup(struct cli *cli);
int cmd_restore(struct cli *cli);
int cmd_forget(struct cli *cli);
int cmd_rekey(struct cli *cli);
int cmd_serve(struct cli *cli); /* issue/desk/cmd_serve.c */

/* command_values - for the shell's completion: struct cli_program's values. */
void command_values(const struct cli *cli, const char *place);

/*
 * command_expect - whom --as or --second names, before a passphrase is asked
 * for: a person who is refused all the same need not type one.
 *
 *   option  "as" or "second", who must be somebody else
 *   roles   ROLE_BIT(...) | ...
 *   out     the row; its keys are not opened
 *
 * The option was given: the command table asks for it. ERR_USAGE when it is no
 * code; else as people_expect().
 */
enum err command_expect(const struct cli *cli, struct center *center,
    const char *option, unsigned roles, struct person *out,
    struct errtext *err);

/*
 * command_login - who stands behind --as (or --second): command_expect(), then
 * the passphrase.
 *
 *   option  "as": passphrase from --passphrase-file or the terminal;
 *           "second": from --second-passphrase-file or the terminal
 */
enum err command_login(const struct cli *cli, struct center *center,
    const char *option, unsigned roles, struct person *out,
    struct errtext *err);

/*
 * command_new_passphrase - a new one, by passphrase_check() for a person who
 * opens the center's keys or will: all but drafters. At a terminal it is asked
 * for again.
 *
 *   option  whose file it may come from, or the terminal
 *   prompt  translated
 *
 * ERR_REFUSED for one that is easily guessed; else as secret_passphrase().
 */
enum err command_new_passphrase(const struct cli *cli, const char *option,
    const char *prompt, enum role role, struct secret *out,
    struct errtext *err);

/*
 * command_reason - --reason as typed: 1 to DRAFT_REASON_MAX printable
 * characters. ERR_USAGE.
 */
enum err command_reason(
    const struct cli *cli, const char **out, struct errtext *err);

/* command_number - a letter number as typed, in its canonical form; ERR_DATA
 * for a wrong check character, and for a file, which is called so. */
enum err command_number(
    const char *typed, char out[LETTER_NUMBER_SIZE], struct errtext *err);

/* command_letter - the same where a letter alone is meant: of a draft's number
 * the error says which letter it became. Opens the register by itself, for
 * reading, and for that alone. */
enum err command_letter(const struct cli *cli, const char *typed,
    char out[LETTER_NUMBER_SIZE], struct errtext *err);

/* command_paper - of --paper, which the command has checked; without it by the
 * center's country. */
enum sheet_paper command_paper(
    const struct cli *cli, const struct center *center);

/* command_paper_of - by the country alone. */
enum sheet_paper command_paper_of(const struct center *center);

/* command_draft_id - a draft's number from the command line; ERR_USAGE. */
enum err command_draft_id(const char *text, int64_t *out, struct errtext *err);

/* command_is_ending - does the center's certificate end within CERT_WARN, or
 * has it, and no new keys wait that the list carries? Then said in text. */
bool command_is_ending(
    struct center *center, int64_t now, struct errtext *text);

/* command_warn_ending - the same on stderr. */
void command_warn_ending(const struct cli *cli, struct center *center);

/* command_warn_unknown - on stderr, a line a key that the list names for this
 * center and nobody here has (issue/center/rekey.h). */
void command_warn_unknown(const struct cli *cli, struct center *center);

#endif
