/*
 * credential_sign.c - signing with it, by itself: a program that only opens and
 * seals (a post's backup) has no code that signs letters.
 */
#include "trust/credential_inner.h"

#include "letter/sign.h"

enum err
credential_sign(const struct credential *credential, const void *message,
    size_t len, uint8_t out[CREDENTIAL_SIGNATURE_SIZE], struct errtext *err)
{
	return sign_raw(credential->sign, message, len, out, err);
}
