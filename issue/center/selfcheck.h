/*
 * selfcheck.h - what a center signs, read as a consulate would before anything
 * of its batch is committed: each letter's signature, form and number, and on
 * each line the signatures of the persons it names.
 *
 * Verifying takes more than twice as long as signing, so it is done beside the
 * signing of what follows, in blocks: what one key signed together, and by
 * that key's table where it signs enough (ledger/pool_signers.h). All of a
 * batch is checked, as selfcheck_letter() and selfcheck_person() would.
 */
#ifndef ISSUE_CENTER_SELFCHECK_H
#define ISSUE_CENTER_SELFCHECK_H

#include "base/beside.h"
#include "base/bytes.h"
#include "base/err.h"
#include "letter/letter.h"
#include "log/entry.h"

#include <openssl/evp.h>

/* selfcheck_letter - one letter, at once. ERR_OK; ERR_DATA, ERR_INTERNAL:
 * it must not be stored. */
enum err selfcheck_letter(const void *xml, size_t len, const char *number,
    EVP_PKEY *key, struct errtext *err);

/* The signature of one person on a line: line_verify_person(). */
struct selfcheck_person {
	const struct log_entry *entry;
	const char *program;
	size_t which; /* 0 the officer, 1 the approver */
	EVP_PKEY *key;
};

/* selfcheck_person - at once. ERR_CONFIG when it is not theirs; ERR_INTERNAL,
 * ERR_MEMORY. */
enum err selfcheck_person(
    const struct selfcheck_person *person, struct errtext *err);

/* --- beside -------------------------------------------------------------- */

struct selfcheck; /* opaque */

/* selfcheck_new - NULL without memory.
 *
 *   beside  borrowed; nothing else is awaited there until selfcheck_end() */
struct selfcheck *selfcheck_new(struct beside *beside);

/* selfcheck_free - waits, and forgets what came of it. Takes NULL. */
void selfcheck_free(struct selfcheck **check);

/* selfcheck_expect - so many letters will come, in however many batches. Else
 * no key gets a table. */
void selfcheck_expect(struct selfcheck *check, size_t letters);

/*
 * selfcheck_add - selfcheck_letter() of a copy. ERR_OK, or what is wrong with
 * its form: its signature is selfcheck_end()'s.
 *
 *   key  the center's public key; referenced
 */
enum err selfcheck_add(struct selfcheck *check, const void *xml, size_t len,
    const char *number, EVP_PKEY *key, struct errtext *err);

/* selfcheck_add_person - selfcheck_person(); nothing of it is kept but a
 * reference to the key. ERR_OK, ERR_INTERNAL, ERR_MEMORY. */
enum err selfcheck_add_person(struct selfcheck *check,
    const struct selfcheck_person *person, struct errtext *err);

/* selfcheck_end - all that was added since the last one is checked: ERR_OK, or
 * what the first that is wrong got. */
enum err selfcheck_end(struct selfcheck *check, struct errtext *err);

#endif
