/*
 * center_row.h - the center's own row in the register: who it is, the public
 * halves of its keys, and the highest sequence of a trust list ever taken.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_CENTER_ROW_H
#define ISSUE_REGISTER_CENTER_ROW_H

#include "issue/register/register.h"
#include "letter/dsig.h"
#include "letter/letter.h"
#include "trust/cert.h"

/* Start as {0}; who reads it frees the key. */
struct center_row {
	struct center_info info;
	EVP_PKEY *key; /* its public signing key */
	char key_name[DSIG_KEY_NAME_SIZE];
	uint64_t list_sequence;
};

/* center_row_read - on errors out may hold a key too. ERR_CONFIG when the
 * register was never set up. */
enum err center_row_read(
    struct registry *reg, struct center_row *out, struct errtext *err);
/* center_row_is - does it still say the same of both keys and the sequence?
 * false also when it is damaged, or gone. */
enum err center_row_is(struct registry *reg, EVP_PKEY *key,
    const uint8_t log_key[32], uint64_t list_sequence, bool *same,
    struct errtext *err);
/* center_row_code - the center's code alone, of a register that may be anything
 * else; ERR_DATA when there is none. */
enum err center_row_code(
    struct registry *reg, char out[LETTER_CENTER_SIZE], struct errtext *err);

/* center_row_insert - as init makes it, once, no list taken; within a
 * transaction. */
enum err center_row_insert(struct registry *reg, const struct center_info *info,
    EVP_PKEY *key, int64_t now, struct errtext *err);
/* center_row_took_list - the highest sequence is this one, if it is higher;
 * within a transaction. */
enum err center_row_took_list(
    struct registry *reg, uint64_t sequence, struct errtext *err);

#endif
