/*
 * Any bytes as a trust list: what is read of one that the root signed is written
 * again as the bytes that it signed, and libxml2's tree agrees on the signature.
 */
#include "tests/fuzz/mutate.h"
#include "tests/support/oracle.h"
#include "trust/list.h"

#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

/* Over mutate_key(); of November 2026, for 20 years. */
static const char root_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBnDCCAUKgAwIBAgIQV9+/TTU/m4hY+YfmueUq1TAKBggqhkjOPQQDAjAuMRsw\n"
    "GQYDVQQKDBJQcm9ncmFtYSBkZSBwcnVlYmExDzANBgNVBAMMBlJSUC1FUzAeFw0y\n"
    "NjExMjIxODAwMDBaFw00NjExMjkwMzUwMzlaMC4xGzAZBgNVBAoMElByb2dyYW1h\n"
    "IGRlIHBydWViYTEPMA0GA1UEAwwGUlJQLUVTMFkwEwYHKoZIzj0CAQYIKoZIzj0D\n"
    "AQcDQgAEM77F00iTi5VDzZdiW6Os90GGpZ6z2LgkM2hV+8ltoAwfbER2MjFgKM2A\n"
    "xuEdLg29JVThAs4Z2DYUjTi55PouDqNCMEAwDwYDVR0TAQH/BAUwAwEB/zAOBgNV\n"
    "HQ8BAf8EBAMCAoQwHQYDVR0OBBYEFBjKsF8DhvKD0dHuZ+oLTHbPkOwKMAoGCCqG\n"
    "SM49BAMCA0gAMEUCIQCU8TtfJ1Nv/v2Tj7FxqkivYfBeTPXL2+xRk7p6Y/iMzQIg\n"
    "agVKs19wC99hRu5ihMtUPT3HjSvAFfYDMsJfoR3Eg0g=\n"
    "-----END CERTIFICATE-----\n";

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_signed(&dsig_trust, data, len, max, seed);
}

static X509 *
root_certificate(void)
{
	static X509 *root;

	if (root == NULL &&
	    cert_parse(root_pem, strlen(root_pem), &root, NULL) != ERR_OK)
		abort();
	return root;
}

/* Each look-up finds what the list has. */
static void
check_finds(const struct trust_list *list)
{
	const struct trust_center *of;
	size_t i, k;

	for (i = 0; i < list->center_count; i++) {
		const struct trust_center *c = &list->centers[i];

		if (trust_find_center(list, c->code) != c)
			abort();
		for (k = 0; k < c->key_count; k++)
			if (trust_find_key(list, c->keys[k].key_name, &of) !=
				&c->keys[k] ||
			    of != c)
				abort();
	}
	for (i = 0; i < list->consulate_count; i++)
		if (trust_find_consulate(list, list->consulates[i].code) !=
		    &list->consulates[i])
			abort();
	for (i = 0; i < list->pathway_count; i++)
		if (trust_find_pathway(list, list->pathways[i].code) !=
		    &list->pathways[i])
			abort();
}

static void
check_read(const uint8_t *data, size_t len, const struct trust_list *list)
{
	static const char close[] = "</TrustList>";
	struct bytes again = { 0 };
	struct dsig sig;

	if (!oracle_accepts(data, len, dsig_trust.root, dsig_trust.namespace,
		mutate_key()) ||
	    dsig_scan(&dsig_trust, data, len, &sig, NULL) != ERR_OK ||
	    trust_write(list, &again) != ERR_OK ||
	    again.len != sig.start + strlen(close) ||
	    memcmp(again.at, sig.xml, sig.start) != 0)
		abort();
	bytes_free(&again);
	if (trust_accept(NULL, list, list->issued_at, NULL) != ERR_OK ||
	    trust_accept(list, list, list->issued_at, NULL) != ERR_EXISTS)
		abort();
	check_finds(list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct trust_list *list = NULL;

	if (trust_read(data, len, root_certificate(), &list, NULL) == ERR_OK)
		check_read(data, len, list);
	trust_free(&list);
	(void)trust_peek(data, len, &list, NULL);
	trust_free(&list);
	return 0;
}
