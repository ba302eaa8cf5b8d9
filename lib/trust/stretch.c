/*
 * stretch.c - stretch.h.
 */
#include "trust/stretch.h"

#include <openssl/err.h>

bool
stretch_scrypt_is_fit(uint64_t n, uint64_t r, uint64_t p)
{
	return n >= 1 && r >= 1 && p >= 1 && n <= STRETCH_SCRYPT_MAX &&
	    r <= STRETCH_SCRYPT_MAX / n && p <= STRETCH_SCRYPT_MAX / n / r;
}

/* 0, which nothing takes, for what is negative or too long for a number. */
static uint64_t
number_of(const ASN1_INTEGER *value)
{
	uint64_t number = 0;

	return value != NULL && ASN1_INTEGER_get_uint64(&number, value) == 1
	    ? number
	    : 0;
}

static bool
iterations_are_fit(const ASN1_INTEGER *count)
{
	uint64_t number = number_of(count);

	return number >= 1 && number <= STRETCH_PBKDF2_MAX;
}

/* An algorithm's parameters; the caller frees them. */
static void *
parameters(const X509_ALGOR *how, const ASN1_ITEM *as)
{
	return how == NULL ? NULL
			   : ASN1_TYPE_unpack_sequence(as, how->parameter);
}

static bool
scrypt_is_fit(const X509_ALGOR *how)
{
	SCRYPT_PARAMS *asks = parameters(how, ASN1_ITEM_rptr(SCRYPT_PARAMS));
	bool fit = asks != NULL &&
	    stretch_scrypt_is_fit(number_of(asks->costParameter),
		number_of(asks->blockSize),
		number_of(asks->parallelizationParameter));

	SCRYPT_PARAMS_free(asks);
	return fit;
}

static bool
pbkdf2_is_fit(const X509_ALGOR *how)
{
	PBKDF2PARAM *asks = parameters(how, ASN1_ITEM_rptr(PBKDF2PARAM));
	bool fit = asks != NULL && iterations_are_fit(asks->iter);

	PBKDF2PARAM_free(asks);
	return fit;
}

static bool
pbe_is_fit(const X509_ALGOR *how)
{
	PBEPARAM *asks = parameters(how, ASN1_ITEM_rptr(PBEPARAM));
	bool fit = asks != NULL && iterations_are_fit(asks->iter);

	PBEPARAM_free(asks);
	return fit;
}

static bool
pbes2_is_fit(const X509_ALGOR *how)
{
	PBE2PARAM *asks = parameters(how, ASN1_ITEM_rptr(PBE2PARAM));
	int with = asks == NULL || asks->keyfunc == NULL
	    ? NID_undef
	    : OBJ_obj2nid(asks->keyfunc->algorithm);
	bool fit = (with == NID_id_scrypt && scrypt_is_fit(asks->keyfunc)) ||
	    (with == NID_id_pbkdf2 && pbkdf2_is_fit(asks->keyfunc));

	PBE2PARAM_free(asks);
	return fit;
}

bool
stretch_is_fit(const X509_SIG *sealed)
{
	const X509_ALGOR *how;
	const ASN1_OCTET_STRING *data;
	bool fit;

	X509_SIG_get0(sealed, &how, &data);
	fit = OBJ_obj2nid(how->algorithm) == NID_pbes2 ? pbes2_is_fit(how)
						       : pbe_is_fit(how);
	ERR_clear_error();
	return fit;
}
