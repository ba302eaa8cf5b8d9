/*
 * dsig_many.h - many signatures of few keys, as logs have them: ECDSA P-256
 * over SHA-256 hashes, as dsig_verify_message() checks them one by one, with
 * the same answers.
 *
 * A key may get a table (letter/dsig_table.h). What a table accepts is
 * accepted, but for one signature in 256, which nobody can foretell, EVP is
 * asked too; what a table does not accept, EVP judges alone. So no table can
 * refuse what EVP accepts, and one that accepts what EVP refuses is found
 * out.
 *
 * Costs: a table takes 30 to 50 ms and 170 kB, and then a signature 0.3 to 0.4
 * of EVP's time: a table pays from some DSIG_TABLE_WORTH signatures on. A
 * block of DSIG_MANY_MAX takes some 100 kB while it is checked.
 */
#ifndef LETTER_DSIG_MANY_H
#define LETTER_DSIG_MANY_H

#include "letter/dsig.h"

#define DSIG_TABLE_WORTH 650 /* signatures of one key */
#define DSIG_MANY_MAX    256 /* signatures that share an inversion */

struct dsig_table; /* opaque; never changes, so threads may share it */

/*
 * dsig_table_new - make a key's table, and try it with a random number.
 *
 * NULL: not a P-256 key, no memory, or an OpenSSL without what it takes. Then
 * its signatures are EVP's, which is no error.
 */
struct dsig_table *dsig_table_new(EVP_PKEY *key);
/* dsig_table_free - and NULL; no thread may use it now. */
void dsig_table_free(struct dsig_table **table);

/* Whose signature: a P-256 public key, and its table or NULL. Borrowed. */
struct dsig_signer {
	EVP_PKEY *key;
	const struct dsig_table *table;
};

struct dsig_check {
	struct dsig_signer signer;
	uint8_t hash[DSIG_DIGEST_SIZE]; /* of the message: base/sha256.h */
	const uint8_t *signature;       /* DSIG_SIGNATURE_SIZE; borrowed */
	enum err rc; /* out: ERR_OK, ERR_SIGNATURE (proven wrong),
			ERR_INTERNAL (could not be checked) */
};

/*
 * dsig_many - check them all; those of one key should stand together
 * (dsig_verify_message()). May be called by several threads at once.
 *
 * Returns false where EVP refused what a table had accepted: this computer
 * does not calculate right. Then nothing that a table accepted in this call
 * counts as checked (ERR_INTERNAL), and the caller gives up its tables.
 */
bool dsig_many(struct dsig_check *check, size_t count);

#endif
