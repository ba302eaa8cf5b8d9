/*
 * head.h - a signed head that somebody hands in: of which log of a trust
 * list it is, and when that log's center says it was made.
 *
 * Of whose log it is stands in its first line; the keys come from the list
 * alone. That a head is genuine does not say that it is the newest, nor that
 * the center has shown this one to everybody. Where it is known whose head is
 * wanted, checkpoint_open() takes that log's key.
 */
#ifndef LEDGER_HEAD_H
#define LEDGER_HEAD_H

#include "log/checkpoint.h"
#include "trust/list.h"

struct head {
	const struct trust_center *center; /* of the list; NULL: not of it */
	const struct trust_log *log;       /* the same */
	struct checkpoint checkpoint;      /* extension borrowed from note */
	struct note note;                  /* borrowed from the file */
};

/*
 * head_peek - take a head apart WITHOUT checking any signature, to say whose
 * it claims to be. center and log are NULL unless the list (may be NULL) has
 * them.
 *
 *   note  len bytes, at most CHECKPOINT_MAX; borrowed by out
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_DATA (not the head of a log); out written on
 * ERR_OK only.
 */
enum err head_peek(const struct trust_list *list, const void *note, size_t len,
    struct head *out, struct errtext *err);

/*
 * head_open - verify a head by the key of the log of the list that it names.
 * Cosignatures are not looked at.
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_DATA (not the head of a log), ERR_ISSUER (of
 * no log of the list, or not signed by its key), ERR_SIGNATURE, ERR_MEMORY; out
 * written on ERR_OK only, center and log are not NULL then.
 */
enum err head_open(const struct trust_list *list, const void *note, size_t len,
    struct head *out, struct errtext *err);

/*
 * head_date - when was an opened head made, as the log's own cosigner says?
 *
 * Returns ERR_OK, ERR_ISSUER (nobody says it), ERR_SIGNATURE, ERR_MEMORY.
 */
enum err head_date(const struct head *head, int64_t *at, struct errtext *err);

#endif
