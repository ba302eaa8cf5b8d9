/*
 * program.h - program.ini: a program's name, its consulates and the pathways
 * beyond the built-in ones, as a custodian writes them.
 *
 *	[program]              name =   emblem =
 *	[consulate ES-GTGUA]   name =   address =
 *	[pathway ABC]          es = en = fr = pt = ht =   (at least one)
 *
 * Comments begin with ; or # at the start of a line. A line has at most 190
 * bytes. docs/trust-list.md shows an example.
 */
#ifndef KEYS_PROGRAM_H
#define KEYS_PROGRAM_H

#include "trust/list.h"

#define PROGRAM_FILE_MAX 1048576 /* bytes */

/*
 * program_parse - judge the whole file.
 *
 *   out  new list with name ("" when the file has none), consulates and
 *        pathways in order, as emblem the name of its file, nothing else; the
 *        caller trust_free()s it
 *
 * ERR_DATA with the line in err, ERR_LIMIT, ERR_MEMORY.
 */
enum err program_parse(
    const void *text, size_t len, struct trust_list **out, struct errtext *err);

/*
 * program_emblem - put in the emblem itself for the name of its file, which is
 * in the folder of the file `beside` unless it begins with a slash. ERR_OK,
 * also without an emblem; what reading gives; ERR_DATA, ERR_LIMIT.
 */
enum err program_emblem(
    const char *beside, struct trust_list *program, struct errtext *err);

#endif
