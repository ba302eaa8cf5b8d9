/*
 * selftest.c - selftest.h.
 */
#include "verify/selftest.h"

#include "letter/dsig.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "trust/cert.h"
#include "verify/selftest_data.h"

#include <string.h>

/* How the letter's bytes fare with the built-in key. */
static enum err
check(const void *xml, size_t len, EVP_PKEY *key)
{
	struct letter letter;
	struct dsig sig;
	enum err rc;

	if ((rc = dsig_scan(&dsig_letter, xml, len, &sig, NULL)) != ERR_OK ||
	    (rc = dsig_verify(&sig, key, NULL)) != ERR_OK)
		return rc;
	return xml_read(sig.xml, sig.len, &letter, NULL);
}

static bool
refuses_changed(EVP_PKEY *key)
{
	struct bytes copy = { 0 };
	const char *name;
	enum err rc = ERR_MEMORY;

	bytes_add_text(&copy, selftest_letter);
	name = strstr(selftest_letter, "<Surnames>");
	if (!copy.failed && name != NULL) {
		/* the first letter of the name: one bit makes it another */
		copy.at[(size_t)(name - selftest_letter) +
		    strlen("<Surnames>")] ^= 1;
		rc = check(copy.at, copy.len, key);
	}
	bytes_free(&copy);
	return rc == ERR_SIGNATURE;
}

static bool
unpacks(void)
{
	struct bytes xml = { 0 };
	bool same;

	same = packed_decode(selftest_packed, strlen(selftest_packed), &xml,
		   NULL, NULL) == ERR_OK &&
	    xml.len == strlen(selftest_letter) &&
	    memcmp(xml.at, selftest_letter, xml.len) == 0;
	bytes_free(&xml);
	return same;
}

bool
selftest_run(void)
{
	X509 *cert = NULL;
	EVP_PKEY *key;
	bool good;

	if (cert_parse(selftest_certificate, strlen(selftest_certificate),
		&cert, NULL) != ERR_OK)
		return false;
	key = X509_get0_pubkey(cert);
	good = key != NULL &&
	    check(selftest_letter, strlen(selftest_letter), key) == ERR_OK &&
	    refuses_changed(key) && unpacks();
	X509_free(cert);
	return good;
}
