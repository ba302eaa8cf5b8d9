/*
 * Any bytes as the beginning of a backup, and the right passphrase: each person in
 * it gets a key of the content or none, and with another passphrase nobody does.
 */
#include "backup/header.h"
#include "tests/fuzz/mutate.h"
#include "trust/seal.h"

#include <stdlib.h>

#define TRIED 4 /* persons; each costs two passphrases */

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_header(data, len, max, seed);
}

static void
try_person(const struct header *header, const uint8_t *data, size_t len,
    const char *code)
{
	static uint8_t text[] = "another one";
	static const struct secret other = { text, sizeof(text) - 1 };
	struct secret content = { 0 };
	enum err rc =
	    header_open(header, data, len, code, &other, &content, NULL);

	if (rc != ERR_REFUSED && rc != ERR_DATA)
		abort();
	rc = header_open(
	    header, data, len, code, mutate_passphrase(), &content, NULL);
	if (err_is_inside(rc) ||
	    (rc == ERR_OK) != (content.len == SEAL_KEY_SIZE) ||
	    (rc != ERR_OK && content.at != NULL))
		abort();
	secret_wipe(&content);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct header header = { 0 };
	size_t i;

	if (header_read(data, len, &header, NULL) != ERR_OK)
		return 0;
	for (i = 0; i < header.opener_count && i < TRIED; i++)
		try_person(&header, data, len, header.opener[i].code);
	header_clear(&header);
	return 0;
}
