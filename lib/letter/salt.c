#include "letter/salt.h"

#include <string.h>
#include <zlib.h>

/* It hides nothing and need not: whoever knows the 8 bytes has the letter. */
void
salt_finish(uint8_t salt[SALT_SIZE])
{
	uint32_t crc = (uint32_t)crc32(0, salt, SALT_RANDOM);

	for (int i = 0; i < SALT_SIZE - SALT_RANDOM; i++)
		salt[SALT_RANDOM + i] = (uint8_t)(crc >> (24 - 8 * i));
}

bool
salt_is_finished(const uint8_t salt[SALT_SIZE])
{
	uint8_t same[SALT_SIZE];

	memcpy(same, salt, SALT_RANDOM);
	salt_finish(same);
	return memcmp(same, salt, SALT_SIZE) == 0;
}
