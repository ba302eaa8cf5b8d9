/*
 * Any bytes as a certificate and as the request of a center or of a post: what is
 * read of a request can be certified and says the same in the certificate.
 */
#include "tests/fuzz/mutate.h"
#include "trust/cert.h"

#include <stdlib.h>
#include <string.h>

#define NOW 1795456800 /* 2026-11-23T18:00:00Z */

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_pem(data, len, max, seed);
}

static void
fuzz_certificate(const uint8_t *data, size_t len)
{
	struct root_info root;
	struct center_info center;
	char name[DSIG_KEY_NAME_SIZE];
	int64_t from, to;
	X509 *cert = NULL;

	if (cert_parse(data, len, &cert, NULL) != ERR_OK)
		return;
	if (cert_read_root(cert, &root, NULL) == ERR_OK &&
	    (!cert_is_program(root.program) ||
		!cert_text_is_fit(root.name, CERT_TEXT_MAX) ||
		root.not_before > root.not_after))
		abort();
	if (cert_read_center(cert, &center, NULL) == ERR_OK &&
	    center_info_check(&center, NULL) != ERR_OK)
		abort();
	(void)cert_key_name(cert, name);
	(void)cert_period(cert, &from, &to);
	X509_free(cert);
}

/* One made anew over these keys is what the centers' requests become. */
static void
certify(const struct center_info *info, EVP_PKEY *key)
{
	static X509 *root;
	struct center_info again;
	X509 *cert = NULL;

	if (root == NULL &&
	    cert_make_root(mutate_key(), "RRP-ES", "Programa de prueba", false,
		&root, NULL) != ERR_OK)
		abort();
	if (cert_make_center(
		root, mutate_key(), info, key, 365, NOW, &cert, NULL) != ERR_OK)
		return; /* the root began after NOW */
	if (cert_read_center(cert, &again, NULL) != ERR_OK ||
	    memcmp(again.center, info->center, sizeof(again.center)) != 0 ||
	    strcmp(again.name, info->name) != 0 ||
	    strcmp(again.timezone, info->timezone) != 0 ||
	    strcmp(again.hotline, info->hotline) != 0 ||
	    memcmp(again.root, info->root, sizeof(again.root)) != 0 ||
	    memcmp(again.log_key, info->log_key, sizeof(again.log_key)) != 0 ||
	    !cert_issued_by(cert, root))
		abort();
	X509_free(cert);
}

static void
fuzz_center(const uint8_t *data, size_t len)
{
	struct trust_roster roster = { 0 };
	struct center_info info;
	EVP_PKEY *key = NULL;

	if (request_read_center(data, len, &info, &roster, &key, NULL) !=
	    ERR_OK)
		return;
	if (center_info_check(&info, NULL) != ERR_OK ||
	    roster.person_count > PERSON_COUNT_MAX)
		abort();
	for (size_t i = 0; i < roster.person_count; i++)
		if (!person_is_code(roster.persons[i].code) ||
		    person_role_word(roster.persons[i].role) == NULL ||
		    (i > 0 &&
			strcmp(roster.persons[i - 1].code,
			    roster.persons[i].code) >= 0))
			abort();
	certify(&info, key);
	trust_roster_free(&roster);
	EVP_PKEY_free(key);
}

static void
fuzz_post(const uint8_t *data, size_t len)
{
	struct post_info post;

	if (request_read_post(data, len, &post, NULL) == ERR_OK &&
	    (!post_is_name(post.name) ||
		memcmp(post.cosigner_key, post.report_key, 32) == 0))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	fuzz_certificate(data, len);
	fuzz_center(data, len);
	fuzz_post(data, len);
	return 0;
}
