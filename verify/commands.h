/*
 * commands.h - the subcommands of sello-verify, one file each; main.c has the
 * table.
 */
#ifndef VERIFY_COMMANDS_H
#define VERIFY_COMMANDS_H

struct cli;

/* Each takes its command line and returns the exit status: cmd_init,
 * cmd_sync, cmd_check, cmd_scan, cmd_number, cmd_status, cmd_export,
 * cmd_import, cmd_recover, cmd_backup, cmd_restore. Why one failed was printed. */
int cmd_init(struct cli *cli);
int cmd_sync(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_scan(struct cli *cli);
int cmd_number(struct cli *cli);
int cmd_status(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_recover(struct cli *cli);
int cmd_backup(struct cli *cli);
int cmd_restore(struct cli *cli);
int cmd_serve(struct cli *cli); /* verify/desk/cmd_serve.c */

#endif
