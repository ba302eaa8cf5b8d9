#include "letter/letter.h"

#include <openssl/crypto.h>

void
letter_wipe(struct letter *letter)
{
	OPENSSL_cleanse(letter, sizeof(*letter));
}
