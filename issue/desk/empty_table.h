/*
 * empty_table.h - the empty table of people, as `sello-issue template` writes
 * it, for who begins a file of people at the desk.
 */
#ifndef ISSUE_DESK_EMPTY_TABLE_H
#define ISSUE_DESK_EMPTY_TABLE_H

#include "issue/desk/desk.h"

/* empty_table_offer - #template-ods and #template-csv, and what to do with it. */
void empty_table_offer(struct bytes *out);

/* empty_table_csv, empty_table_ods - the file. ERR_MEMORY. */
enum err empty_table_csv(struct turn *turn, struct errtext *err);
enum err empty_table_ods(struct turn *turn, struct errtext *err);

#endif
