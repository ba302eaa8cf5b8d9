/*
 * bench_judge.c - what judging costs, as ratios to raw P-256 verification in
 * the same run. Called by scripts/bench with a ready trust list and one letter.
 *
 *   bench-judge ROOT.crt TRUST.xml LETTER.xml CENTER.crt
 *
 * The peers take turns with ours, round by round, so that a machine that
 * speeds up or slows down does so for all; each figure is the median of the
 * rounds' ratios, of processor time.
 */
#include "base/file.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "trust/authenticate.h"
#include "trust/key.h"
#include "verify/verdict.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xmlsec/app.h>
#include <xmlsec/crypto.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#define ROUNDS     21
#define ITERATIONS 300

static X509 *root;
static X509 *center;
static struct trust_list *list;
static struct bytes letter, text, unsigned_xml;
static EVP_PKEY *own_key;
static char number[LETTER_NUMBER_SIZE];
static struct dsig scanned;
static uint8_t hash[32], der[80];
static size_t der_len;
static xmlSecKeysMngrPtr manager;

static void
die(const char *what, const struct errtext *err)
{
	fprintf(stderr, "bench: %s: %s\n", what, err ? err->text : "");
	exit(EXIT_FAILURE);
}

/* Of the processor: nothing here waits, but the machine may have other work. */
static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the contestants: each does one letter ------------------------------ */

static void
raw_verify(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(X509_get0_pubkey(center), NULL);

	if (EVP_PKEY_verify_init(ctx) != 1 ||
	    EVP_PKEY_verify(ctx, der, der_len, hash, sizeof(hash)) != 1)
		die("raw verify", NULL);
	EVP_PKEY_CTX_free(ctx);
}

static void
judge(const uint8_t *xml, size_t len)
{
	static struct authentic authentic;
	struct judgement j = { .list = list };
	struct verdict_result result;

	j.input = authenticate_letter(xml, len, list, &authentic, NULL);
	j.letter = &authentic;
	j.now = list->issued_at + 60;
	j.newest_seen = list->issued_at;
	memcpy(j.consulate, authentic.letter.consulate, sizeof(j.consulate));
	verdict_judge(&j, &result);
	if (result.verdict > VERDICT_ATTENTION)
		die("our verdict is not good", NULL);
}

static void
ours_xml(void)
{
	judge(letter.at, letter.len);
}

static void
ours_packed(void)
{
	struct bytes xml = { 0 };

	if (packed_decode((const char *)text.at, text.len, &xml, NULL, NULL) !=
	    ERR_OK)
		die("packed", NULL);
	judge(xml.at, xml.len);
	bytes_free(&xml);
}

static void
peer_xmlsec(void)
{
	xmlDocPtr doc = xmlReadMemory((const char *)letter.at, (int)letter.len,
	    NULL, NULL, XML_PARSE_NONET);
	xmlSecDSigCtxPtr ctx = xmlSecDSigCtxCreate(manager);
	xmlNodePtr node = xmlSecFindNode(
	    xmlDocGetRootElement(doc), xmlSecNodeSignature, xmlSecDSigNs);

	/* locked down as a careful caller would: the key by its name only */
	if (xmlSecPtrListAdd(&ctx->keyInfoReadCtx.enabledKeyData,
		(xmlSecPtr)xmlSecKeyDataNameId) < 0)
		die("xmlsec settings", NULL);
	if (xmlSecDSigCtxVerify(ctx, node) < 0 ||
	    ctx->status != xmlSecDSigStatusSucceeded)
		die("xmlsec did not verify", NULL);
	xmlSecDSigCtxDestroy(ctx);
	xmlFreeDoc(doc);
}

static void
raw_sign(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own_key, NULL);
	uint8_t out[80];
	size_t len = sizeof(out);

	if (EVP_PKEY_sign_init(ctx) != 1 ||
	    EVP_PKEY_sign(ctx, out, &len, hash, sizeof(hash)) != 1)
		die("raw sign", NULL);
	EVP_PKEY_CTX_free(ctx);
}

static void
ours_sign(void)
{
	struct bytes out = { 0 };

	if (sign_document(&dsig_letter, unsigned_xml.at, unsigned_xml.len,
		number, own_key, &out, NULL) != ERR_OK)
		die("sign", NULL);
	bytes_free(&out);
}

/* ---- taking turns ------------------------------------------------------- */

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

static double
round_of(void (*one)(void))
{
	double start = seconds();

	for (int i = 0; i < ITERATIONS; i++)
		one();
	return (seconds() - start) / ITERATIONS * 1e6;
}

static const struct contestant {
	const char *name;
	void (*one)(void), (*peer)(void);
	double limit; /* 0: only shown */
} contestants[] = {
	{ "signed XML letter to verdict / raw verify", ours_xml, raw_verify,
	    1.15 },
	{ "packed text to verdict / raw verify", ours_packed, raw_verify,
	    1.25 },
	{ "xmlsec1's library, same letter / raw verify", peer_xmlsec,
	    raw_verify, 0 },
	{ "sign and check one's own work / raw sign + raw verify", ours_sign,
	    NULL, 0 },
};

static void
run(void)
{
	printf("%-56s %8s %8s %6s %6s\n", "what", "us", "peer us", "ratio",
	    "limit");
	for (size_t c = 0; c < sizeof(contestants) / sizeof(*contestants);
	     c++) {
		const struct contestant *k = &contestants[c];
		double ratio[ROUNDS], own[ROUNDS], peer[ROUNDS];

		round_of(k->one); /* warm up */
		for (int r = 0; r < ROUNDS; r++) {
			own[r] = round_of(k->one);
			peer[r] = k->peer
			    ? round_of(k->peer)
			    : round_of(raw_sign) + round_of(raw_verify);
			ratio[r] = own[r] / peer[r];
		}
		printf("%-56s %8.1f %8.1f %6.2f ", k->name, median(own, ROUNDS),
		    median(peer, ROUNDS), median(ratio, ROUNDS));
		if (k->limit > 0)
			printf("%6.2f %s\n", k->limit,
			    median(ratio, ROUNDS) <= k->limit ? "reached"
							      : "MISSED");
		else
			printf("%6s\n", "-");
	}
}

/* ---- setting up --------------------------------------------------------- */

static void
set_up_xmlsec(const char *cert_path, const char *key_name)
{
	xmlSecKeyPtr key;

	if (xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 ||
	    xmlSecCryptoInit() < 0)
		die("xmlsec", NULL);
	manager = xmlSecKeysMngrCreate();
	xmlSecCryptoAppDefaultKeysMngrInit(manager);
	key = xmlSecCryptoAppKeyLoad(
	    cert_path, xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
	if (!key)
		die("xmlsec key", NULL);
	xmlSecKeySetName(key, (const xmlChar *)key_name);
	xmlSecCryptoAppDefaultKeysMngrAdoptKey(manager, key);
}

static void
set_up_hash(void)
{
	struct bytes info = { 0 };
	ECDSA_SIG *sig = ECDSA_SIG_new();
	uint8_t *p = der;

	dsig_signed_info(scanned.id, scanned.digest, &info);
	EVP_Q_digest(NULL, "SHA256", NULL, info.at, info.len, hash, NULL);
	ECDSA_SIG_set0(sig, BN_bin2bn(scanned.signature, 32, NULL),
	    BN_bin2bn(scanned.signature + 32, 32, NULL));
	der_len = (size_t)i2d_ECDSA_SIG(sig, &p);
	ECDSA_SIG_free(sig);
	bytes_free(&info);
}

int
main(int argc, char **argv)
{
	struct errtext err = { 0 };
	struct bytes xml = { 0 };
	struct packed_info info;
	static struct letter fields;

	if (argc != 5)
		die("usage: bench-judge ROOT.crt TRUST.xml LETTER.xml CENTER.crt",
		    NULL);
	if (cert_load(argv[1], &root, &err) != ERR_OK ||
	    file_read(argv[2], TRUST_XML_MAX, &xml, &err) != ERR_OK ||
	    trust_read(xml.at, xml.len, root, &list, &err) != ERR_OK ||
	    file_read(argv[3], LETTER_XML_MAX, &letter, &err) != ERR_OK ||
	    cert_load(argv[4], &center, &err) != ERR_OK ||
	    dsig_scan(&dsig_letter, letter.at, letter.len, &scanned, &err) !=
		ERR_OK ||
	    packed_encode(letter.at, letter.len, &text, &info, &err) !=
		ERR_OK ||
	    xml_read(letter.at, letter.len, &fields, &err) != ERR_OK ||
	    xml_write(&fields, &unsigned_xml) != ERR_OK ||
	    key_new_p256(&own_key, &err) != ERR_OK)
		die("setting up", &err);
	memcpy(number, fields.number, sizeof(number));
	set_up_hash();
	set_up_xmlsec(argv[4], scanned.key_name);
	printf("letter: %zu bytes of XML, %zu packed\n", letter.len,
	    info.body_len);
	run();
	return 0;
}
