/*
 * options.h - the options of sello-issue's subcommands, and what these need and
 * exclude: rows for the table in main.c. {0} ends each.
 */
#ifndef ISSUE_OPTIONS_H
#define ISSUE_OPTIONS_H

#include "cli/cli.h"

extern const struct cli_option init_options[];
extern const struct cli_option trust_options[];
extern const struct cli_option officer_options[];
extern const struct cli_option passphrase_options[];
extern const struct cli_option template_options[];
extern const struct cli_option draft_options[];
extern const struct cli_option discard_options[];
extern const struct cli_option approve_options[];
extern const struct cli_option list_options[];
extern const struct cli_option card_options[];
extern const struct cli_option proof_options[];
extern const struct cli_option find_options[];
extern const struct cli_option reprint_options[];
extern const struct cli_option correct_options[];
extern const struct cli_option withdraw_options[];
extern const struct cli_option publish_options[];
extern const struct cli_option check_options[];
extern const struct cli_option backup_options[];
extern const struct cli_option restore_options[];
extern const struct cli_option recover_options[];
extern const struct cli_option forget_options[];
extern const struct cli_option rekey_options[];
extern const struct cli_option serve_options[];

extern const struct cli_rule init_rules[];
extern const struct cli_rule trust_rules[];
extern const struct cli_rule officer_rules[];
extern const struct cli_rule draft_rules[];
extern const struct cli_rule approve_rules[];
extern const struct cli_rule proof_rules[];
extern const struct cli_rule list_rules[];
extern const struct cli_rule find_rules[];
extern const struct cli_rule reprint_rules[];
extern const struct cli_rule correct_rules[];
extern const struct cli_rule withdraw_rules[];
extern const struct cli_rule check_rules[];

#endif
