/*
 * credential_inner.h - an opened credential, for credential.c and
 * credential_sign.c: inside the trust room only.
 */
#ifndef TRUST_CREDENTIAL_INNER_H
#define TRUST_CREDENTIAL_INNER_H

#include "trust/credential.h"

struct credential {
	char code[16];
	struct secret raw; /* P-256 scalar | X25519 private key */
	EVP_PKEY *sign, *slot;
	struct credential_public public;
};

#endif
