/*
 * commands.h - the subcommands of sello-keys, a file each (cmd_NAME.c), and
 * what several of them begin with. The table is in main.c.
 */
#ifndef KEYS_COMMANDS_H
#define KEYS_COMMANDS_H

#include "base/json.h"
#include "cli/cli.h"
#include "keys/home.h"

#include <stdio.h>

/*
 * Each prints its messages and returns the exit status:
 *
 * cmd_init     make a root           cmd_log      close a center's log
 * cmd_program  name, consulates       cmd_recover  after a clock ran ahead
 * cmd_certify  a center or a post    cmd_publish  sign the trust list
 * cmd_revoke   a key or a post       cmd_show     what a file is and says
 * cmd_person   remove a person
 */
int cmd_init(struct cli *cli);
int cmd_program(struct cli *cli);
int cmd_certify(struct cli *cli);
int cmd_revoke(struct cli *cli);
int cmd_person(struct cli *cli);
int cmd_log(struct cli *cli);
int cmd_recover(struct cli *cli);
int cmd_publish(struct cli *cli);
int cmd_show(struct cli *cli);

/* A head belongs to a time from which a key was no longer its owner's. The
 * table tells it of options; that posts have no log, cmd_revoke(). */
#define CHECKPOINT_GOES_WITH                                        \
	N_("--checkpoint goes with a key, --reason compromise and " \
	   "--from")

/* command_values - for the shell's completion: struct cli_program's values. */
void command_values(const struct cli *cli, const char *place);

/* command_unlock - the root's private key, by --passphrase-file or asked for
 * on the terminal; warns when other users may read root.key. */
enum err command_unlock(const struct cli *cli, const struct home *home,
    EVP_PKEY **out, struct errtext *err);

/* command_confirm - confirm_jump() after the newest time that this root
 * signed: before anything is signed or said with `now`. */
enum err command_confirm(
    const struct cli *cli, struct home *home, int64_t now, struct errtext *err);

/*
 * command_confirm_certify - the same, and asked as well when the clock is
 * before what this root signed last (home_settled()): the certificate would end
 * too early.
 */
enum err command_confirm_certify(
    const struct cli *cli, struct home *home, int64_t now, struct errtext *err);

/* command_print - one "label: value" line, safe for a terminal. */
void command_print(const char *label, const char *value);
/* command_print_time - the same for an instant. */
void command_print_time(const char *label, int64_t at);

/* command_warn_ending - on stderr, a line a center whose last active key ends
 * within CERT_WARN, or has ended. */
void command_warn_ending(
    const struct cli *cli, const struct trust_list *list, int64_t now);

/* command_read_head - the file of --checkpoint; says what it is instead when
 * it is too large for the head of a log. As file_read(). */
enum err command_read_head(
    const char *path, struct bytes *out, struct errtext *err);

/* command_blame - of a file that should be the head of a log: put its name
 * before what is wrong with its bytes, and say what it is when it is none;
 * other errors (the key, the home) are not about the file. */
void command_blame(const char *path, enum err rc, struct errtext *err);

/*
 * command_print_persons - two lines a person: code and role, and the
 * fingerprint of the key, in groups of four to be read aloud.
 * command_persons_json - code, role, fingerprint, key (hexadecimal).
 */
void command_print_persons(
    FILE *out, int indent, const struct trust_roster *roster);
json_t *command_persons_json(const struct trust_roster *roster);

/* command_say_for_good - before a question: that a yes is never taken back. */
void command_say_for_good(void);

/* command_head_json - origin, size, root (Base64) and asOf of a head. */
json_t *command_head_json(const struct home_head *head);

#endif
