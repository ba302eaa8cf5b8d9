/*
 * head.h - a signed head that somebody hands in: of which log of a trust
 * list it is, and when that log's center says it was made.
 *
 * Of whose log it is stands in its first line; the keys come from the list
 * alone. That a head is genuine does not say that it is the newest, nor that
 * the center has shown this one to everybody.
 */
#ifndef KEYS_HEAD_H
#define KEYS_HEAD_H

#include "log/checkpoint.h"
#include "trust/list.h"

struct head {
	const struct trust_center *center; /* of the list */
	const struct trust_log *log;
	struct checkpoint checkpoint; /* extension borrowed from the file */
	struct note note;             /* borrowed from the file */
	bool dated;                   /* cosigned by the log's own cosigner */
	int64_t at;                   /* then: seconds since 1970 */
};

/*
 * head_open - verify a checkpoint file by the log of the list that it names.
 *
 *   file  at most CHECKPOINT_MAX bytes; borrowed by out
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_DATA (not the head of a log), ERR_ISSUER (of
 * no log of the list, or not signed by its key), ERR_SIGNATURE (the log's or
 * its cosigner's signature is wrong), ERR_MEMORY; out written on ERR_OK only.
 */
enum err head_open(const struct trust_list *list, const struct bytes *file,
    struct head *out, struct errtext *err);

/*
 * head_peek - take a head apart WITHOUT checking any signature, to show what
 * it claims. center and log are NULL unless the list (may be NULL) has them.
 */
enum err head_peek(const struct trust_list *list, const struct bytes *file,
    struct head *out, struct errtext *err);

#endif
