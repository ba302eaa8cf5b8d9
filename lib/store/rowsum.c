/*
 * rowsum.c - rowsum.h. OpenSSL's older interface for the reason that log/tree.c
 * gives: EVP costs more than hashing a row does.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "store/rowsum.h"

#include <openssl/sha.h>
#include <stdint.h>
#include <string.h>

static void
put_number(uint8_t out[8], uint64_t value)
{
	int i;

	for (i = 0; i < 8; i++)
		out[i] = (uint8_t)(value >> (56 - 8 * i));
}

/* Type, length and value, so that no two rows read the same. */
static void
add_value(SHA256_CTX *sha, sqlite3_value *value)
{
	uint8_t head[9] = { 0 }, number[8];
	int type = sqlite3_value_type(value);
	const void *data = number;
	int len = 0;

	if (type == SQLITE_INTEGER) {
		put_number(number, (uint64_t)sqlite3_value_int64(value));
		len = sizeof(number);
	} else if (type != SQLITE_NULL) {
		data = sqlite3_value_blob(value);
		len = sqlite3_value_bytes(value);
	}
	head[0] = (uint8_t)type;
	put_number(head + 1, (uint64_t)len);
	SHA256_Update(sha, head, sizeof(head));
	if (len > 0)
		SHA256_Update(sha, data, (size_t)len);
}

static void
rowsum(sqlite3_context *context, int count, sqlite3_value **values)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	uint64_t sum = 0;
	SHA256_CTX sha;
	int i;

	SHA256_Init(&sha);
	for (i = 0; i < count; i++)
		add_value(&sha, values[i]);
	SHA256_Final(digest, &sha);
	for (i = 0; i < 8; i++)
		sum = sum << 8 | digest[i];
	sqlite3_result_int64(context, (sqlite3_int64)sum);
}

int
rowsum_register(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "rowsum", -1,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
	    rowsum, NULL, NULL, NULL);
}
