/*
 * Tests of trust/cert.h. Oracle: the openssl program reads, verifies and
 * makes requests and certificates.
 */
#include "trust/cert.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/lib/trust/sample_trust.h"

#include <openssl/ec.h>
#include <openssl/x509v3.h>

static char dir[64];
static struct errtext err;
static struct sample_root root;

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-cert-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	sample_root_new(&root, "RRP-ES", false);
	err = (struct errtext){ 0 };
}

static void
teardown(void)
{
	char command[128];

	sample_root_free(&root);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void
save(const char *name, const struct bytes *data)
{
	char *path = file_join(dir, name);

	ck_assert_int_eq(
	    file_write(path, 0644, data->at, data->len, &err), ERR_OK);
	free(path);
}

static void
save_cert(const char *name, X509 *cert)
{
	struct bytes pem = { 0 };

	ck_assert_int_eq(cert_pem(cert, &pem), ERR_OK);
	save(name, &pem);
	bytes_free(&pem);
}

/* Runs a shell command inside the test's folder. */
static int
run(const char *command)
{
	char line[1200];

	snprintf(line, sizeof(line), "cd '%s' && (%s) >out 2>&1", dir, command);
	return system(line);
}

/* --- roots ---------------------------------------------------------------- */

START_TEST(root_says_what_was_asked)
{
	struct sample_root training;

	ck_assert_str_eq(root.info.program, "RRP-ES");
	ck_assert_str_eq(root.info.name, "Programa de Cartas de Remisión");
	ck_assert(!root.info.training);
	ck_assert_int_ge(root.info.not_after - root.info.not_before,
	    (int64_t)20 * 365 * CLOCK_DAY);
	sample_root_new(&training, "RRP-ES", true);
	ck_assert(training.info.training);
	sample_root_free(&training);
}
END_TEST

START_TEST(openssl_agrees_on_the_root)
{
	struct bytes hex = { 0 };
	char line[256];

	save_cert("root.crt", root.cert);
	ck_assert_int_eq(run("openssl verify -x509_strict -check_ss_sig "
			     "-CAfile root.crt root.crt"),
	    0);
	hex_encode(root.info.fingerprint, 32, &hex);
	snprintf(line, sizeof(line),
	    "openssl x509 -in root.crt -outform DER | sha256sum | grep -q %s",
	    (const char *)hex.at);
	ck_assert_int_eq(run(line), 0);
	snprintf(line, sizeof(line),
	    "openssl x509 -in root.crt -noout -pubkey | openssl pkey -pubin "
	    "-outform DER | sha256sum | grep -q '^%s'",
	    root.info.key_name);
	ck_assert_int_eq(run(line), 0);
	bytes_free(&hex);
}
END_TEST

static const struct {
	const char *program, *name;
} bad_roots[] = {
	{ "R", "Nombre" },
	{ "rrp-es", "Nombre" },
	{ "RRP_ES", "Nombre" },
	{ "ABCDEFGHIJKLMNOPQ", "Nombre" },
	{ "RRP-ES", "" },
	{ "RRP-ES", " Nombre" },
	{ "RRP-ES", "Nombre\nde otro" },
	{ "RRP-ES", "Nombre  doble" },
	{ "RRP-ES",
	    "Nom\xe2\x80\xae"
	    "bre" }, /* U+202E */
	{ "RRP-ES", "Nombre\xff" },
	{ "RRP-ES", "N\x6f\xcc\x81mbre" }, /* not NFC */
	{ "RRP-ES",
	    "1234567890123456789012345678901234567890123456789012345678901234"
	    "5" },
};

START_TEST(refuses_a_root_that_cannot_be)
{
	X509 *cert = NULL;

	ck_assert_int_eq(cert_make_root(root.key, bad_roots[_i].program,
			     bad_roots[_i].name, false, &cert, &err),
	    ERR_DATA);
	ck_assert_ptr_null(cert);
}
END_TEST

START_TEST(a_center_certificate_is_no_root)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256();
	X509 *cert = sample_cert(&root, &info, key);
	struct root_info got;

	ck_assert_int_eq(cert_read_root(cert, &got, &err), ERR_DATA);
	X509_free(cert);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(a_root_with_changed_signature_is_proven_wrong)
{
	struct bytes der = { 0 };
	struct root_info got;
	X509 *cert = NULL;

	ck_assert_int_eq(cert_der(root.cert, &der), ERR_OK);
	der.at[der.len - 1] ^= 1;
	ck_assert_int_eq(cert_parse(der.at, der.len, &cert, &err), ERR_OK);
	ck_assert_int_eq(cert_read_root(cert, &got, &err), ERR_SIGNATURE);
	X509_free(cert);
	bytes_free(&der);
}
END_TEST

START_TEST(files_in_pem_and_der_load)
{
	struct bytes der = { 0 }, two = { 0 };
	char *path = file_join(dir, "c");
	X509 *cert = NULL;

	save_cert("c", root.cert);
	ck_assert_int_eq(cert_load(path, &cert, &err), ERR_OK);
	ck_assert_int_eq(X509_cmp(cert, root.cert), 0);
	X509_free(cert);
	cert = NULL;
	cert_der(root.cert, &der);
	save("c", &der);
	ck_assert_int_eq(cert_load(path, &cert, &err), ERR_OK);
	X509_free(cert);
	cert = NULL;
	bytes_add(&der, "", 1);
	ck_assert_int_eq(cert_parse(der.at, der.len, &cert, &err), ERR_DATA);
	cert_pem(root.cert, &two);
	cert_pem(root.cert, &two);
	ck_assert_int_eq(cert_parse(two.at, two.len, &cert, &err), ERR_DATA);
	ck_assert_int_eq(cert_parse("", 0, &cert, &err), ERR_DATA);
	ck_assert_int_eq(cert_parse("x", 1, &cert, &err), ERR_DATA);
	ck_assert_ptr_null(cert);
	bytes_free(&two);
	bytes_free(&der);
	free(path);
}
END_TEST

/* --- centers -------------------------------------------------------------- */

static void
ck_assert_info_eq(const struct center_info *a, const struct center_info *b)
{
	ck_assert_str_eq(a->center, b->center);
	ck_assert_str_eq(a->name, b->name);
	ck_assert_str_eq(a->country, b->country);
	ck_assert_str_eq(a->timezone, b->timezone);
	ck_assert_str_eq(a->hotline, b->hotline);
	ck_assert_mem_eq(a->root, b->root, 32);
	ck_assert_mem_eq(a->log_key, b->log_key, 32);
	ck_assert_mem_eq(a->cosigner_key, b->cosigner_key, 32);
}

START_TEST(request_comes_back_and_openssl_verifies_it)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM"), got;
	struct trust_roster three = sample_roster(0), nobody = { 0 }, said;
	const struct trust_roster *persons = _i == 1 ? &nobody : &three;
	EVP_PKEY *key = sample_p256(), *back = NULL;
	struct bytes pem = { 0 };

	if (_i == 1)
		info.hotline[0] = '\0';
	ck_assert_int_eq(
	    request_make_center(key, &info, persons, &pem, &err), ERR_OK);
	ck_assert_int_eq(
	    request_read_center(pem.at, pem.len, &got, &said, &back, &err),
	    ERR_OK);
	ck_assert_info_eq(&got, &info);
	ck_assert(trust_roster_same(&said, persons));
	trust_roster_free(&said);
	trust_roster_free(&three);
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	save("request.csr", &pem);
	ck_assert_int_eq(run("openssl req -in request.csr -verify -noout"), 0);
	ck_assert_int_eq(
	    run("openssl req -in request.csr -noout -subject -nameopt "
		"utf8,sep_comma_plus_space | grep -q "
		"'C *= *GT, O *= *Centro de Atención Ñandú, CN *= *GTGUA01'"),
	    0);
	EVP_PKEY_free(back);
	EVP_PKEY_free(key);
	bytes_free(&pem);
}
END_TEST

static const struct {
	const char *name;
	size_t offset, size;
	const char *value;
} bad_infos[] = {
#define ROW(name, member, value)                                     \
	{                                                            \
		name, offsetof(struct center_info, member),          \
		    sizeof(((struct center_info *)0)->member), value \
	}
	ROW("code in lower case", center, "gtgua01"),
	ROW("code with 0", center, "GT0UA01"),
	ROW("code too short", center, "GTGUA1"),
	ROW("unknown country", country, "ZZZ"),
	ROW("another country", country, "HND"),
	ROW("no name", name, ""),
	ROW("long name", name,
	    "12345678901234567890123456789012345678901234567890123456789012345"),
	ROW("name with LF", name, "a\nb"),
	ROW("no zone", timezone, ""),
	ROW("zone with a space", timezone, "America/ Guatemala"),
	ROW("absolute zone", timezone, "/etc/passwd"),
	ROW("zone out of the folder", timezone, "../../etc/passwd"),
	ROW("hotline with letters", hotline, "+502CALL"),
	ROW("hotline too short", hotline, "11"),
	ROW("hotline with spaces", hotline, "+502 1234"),
#undef ROW
};

START_TEST(refuses_what_a_center_cannot_say)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	const struct trust_roster nobody = { 0 };
	EVP_PKEY *key = sample_p256();
	struct bytes pem = { 0 };
	X509 *cert = NULL;

	snprintf((char *)&info + bad_infos[_i].offset, bad_infos[_i].size, "%s",
	    bad_infos[_i].value);
	ck_assert_msg(
	    request_make_center(key, &info, &nobody, &pem, &err) == ERR_DATA,
	    "%s", bad_infos[_i].name);
	ck_assert_uint_eq(pem.len, 0);
	ck_assert_int_eq(cert_make_center(root.cert, root.key, &info, key, 1,
			     clock_now(), &cert, &err),
	    ERR_DATA);
	ck_assert_ptr_null(cert);
	EVP_PKEY_free(key);
	bytes_free(&pem);
}
END_TEST

START_TEST(every_changed_request_is_refused)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM"), got;
	struct trust_roster persons = sample_roster(0), said = { 0 };
	EVP_PKEY *key = sample_p256(), *back = NULL;
	struct bytes pem = { 0 }, der = { 0 }, text = { 0 };
	static const char head[] = "-----BEGIN CERTIFICATE REQUEST-----\n";
	const char *c;
	size_t at;

	ck_assert_int_eq(
	    request_make_center(key, &info, &persons, &pem, &err), ERR_OK);
	for (c = (char *)pem.at + strlen(head); *c != '-'; c++)
		if (*c != '\n')
			bytes_add_byte(&text, (uint8_t)*c);
	ck_assert(base64_decode((char *)text.at, text.len, &der));
	for (at = 0; at < der.len; at++) {
		der.at[at] ^= 1;
		bytes_reset(&pem);
		bytes_add_text(&pem, head);
		base64_encode(der.at, der.len, &pem);
		bytes_add_text(&pem, "\n-----END CERTIFICATE REQUEST-----\n");
		ck_assert_msg(request_read_center(pem.at, pem.len, &got, &said,
				  &back, &err) != ERR_OK,
		    "byte %zu", at);
		der.at[at] ^= 1;
	}
	ck_assert_ptr_null(back);
	ck_assert_ptr_null(said.persons);
	trust_roster_free(&persons);
	bytes_free(&text);
	bytes_free(&der);
	bytes_free(&pem);
	EVP_PKEY_free(key);
}
END_TEST

#define URI_ROOT "URI:urn:sello:root:" HEX_A
#define HEX_A    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define URI_LOG  URI_ROOT ",URI:urn:sello:log:" HEX_A
#define URI_ALL                                  \
	URI_LOG ",URI:urn:sello:cosigner:" HEX_B \
		",URI:urn:sello:tz:America/Bogota"

/* x = 5, 6 and 8 are on the curve, 1 is not */
#define HEX_P        "00000000000000000000000000000000000000000000000000000000000000"
#define ADMIN        "URI:urn:sello:person:AD0001:ADMIN:02" HEX_P "05"
#define PERSON(rest) URI_ALL ",URI:urn:sello:person:" rest
#define CO           "/C=CO/O=Centro/CN=COBOG01"

/* Requests that openssl makes: other tools may be used at a center. */
static const struct {
	const char *name, *subject, *names, *key;
	enum err want;
} foreign[] = {
	{ "good", "/C=CO/O=Centro/CN=COBOG01", URI_ALL, "P-256", ERR_OK },
	{ "other order", "/CN=COBOG01/O=Centro/C=CO", URI_ALL, "P-256",
	    ERR_OK },
	{ "P-384", "/C=CO/O=Centro/CN=COBOG01", URI_ALL, "P-384", ERR_DATA },
	{ "CN twice", "/C=CO/O=Centro/CN=COBOG01/CN=COBOG02", URI_ALL, "P-256",
	    ERR_DATA },
	{ "no C", "/O=Centro/CN=COBOG01", URI_ALL, "P-256", ERR_DATA },
	{ "wrong C", "/C=EC/O=Centro/CN=COBOG01", URI_ALL, "P-256", ERR_DATA },
	{ "more in the subject", "/C=CO/O=Centro/OU=X/CN=COBOG01", URI_ALL,
	    "P-256", ERR_DATA },
	{ "no cosigner", "/C=CO/O=Centro/CN=COBOG01",
	    URI_LOG ",URI:urn:sello:tz:America/Bogota", "P-256", ERR_DATA },
	{ "same log and cosigner", "/C=CO/O=Centro/CN=COBOG01",
	    URI_LOG ",URI:urn:sello:cosigner:" HEX_A
		    ",URI:urn:sello:tz:America/Bogota",
	    "P-256", ERR_DATA },
	{ "root twice", "/C=CO/O=Centro/CN=COBOG01", URI_ALL "," URI_ROOT,
	    "P-256", ERR_DATA },
	{ "unknown URI", "/C=CO/O=Centro/CN=COBOG01",
	    URI_ALL ",URI:urn:sello:new:1", "P-256", ERR_DATA },
	{ "persons", CO,
	    URI_ALL "," ADMIN ",URI:urn:sello:person:OF1007:DRAFTER:03" HEX_P
		    "08",
	    "P-256", ERR_OK },
	{ "persons first", CO, ADMIN "," URI_ALL, "P-256", ERR_OK },
	{ "persons out of order", CO,
	    PERSON("OF1007:DRAFTER:03" HEX_P "08,") ADMIN, "P-256", ERR_DATA },
	{ "a person twice", CO,
	    URI_ALL "," ADMIN ",URI:urn:sello:person:AD0001:ADMIN:03" HEX_P
		    "08",
	    "P-256", ERR_DATA },
	{ "a key twice", CO,
	    URI_ALL "," ADMIN ",URI:urn:sello:person:OF1007:DRAFTER:02" HEX_P
		    "05",
	    "P-256", ERR_DATA },
	{ "no point", CO, PERSON("OF1007:DRAFTER:02" HEX_P "01"), "P-256",
	    ERR_DATA },
	{ "short key", CO, PERSON("OF1007:DRAFTER:02" HEX_P), "P-256",
	    ERR_DATA },
	{ "long key", CO, PERSON("OF1007:DRAFTER:02" HEX_P "0505"), "P-256",
	    ERR_DATA },
	{ "key in capitals", CO, PERSON("OF1007:DRAFTER:02AA" HEX_P), "P-256",
	    ERR_DATA },
	{ "unknown role", CO, PERSON("OF1007:BOSS:02" HEX_P "05"), "P-256",
	    ERR_DATA },
	{ "role in lower case", CO, PERSON("OF1007:drafter:02" HEX_P "05"),
	    "P-256", ERR_DATA },
	{ "no role", CO, PERSON("OF1007:02" HEX_P "05"), "P-256", ERR_DATA },
	{ "code in lower case", CO, PERSON("of1007:DRAFTER:02" HEX_P "05"),
	    "P-256", ERR_DATA },
	{ "long code", CO, PERSON("OF10071007100:DRAFTER:02" HEX_P "05"),
	    "P-256", ERR_DATA },
	{ "no code", CO, PERSON(":DRAFTER:02" HEX_P "05"), "P-256", ERR_DATA },
	{ "a DNS name", "/C=CO/O=Centro/CN=COBOG01", URI_ALL ",DNS:a.example",
	    "P-256", ERR_DATA },
};

START_TEST(reads_requests_of_openssl)
{
	struct trust_roster persons = { 0 };
	struct center_info got;
	EVP_PKEY *key = NULL;
	struct bytes pem = { 0 };
	char command[1024], *path = file_join(dir, "r.csr");
	enum err rc;

	snprintf(command, sizeof(command),
	    "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:%s -nodes "
	    "-keyout k.pem -sha256 -subj '%s' -addext 'subjectAltName=%s' "
	    "-out r.csr",
	    foreign[_i].key, foreign[_i].subject, foreign[_i].names);
	ck_assert_int_eq(run(command), 0);
	ck_assert_int_eq(file_read(path, CERT_FILE_MAX, &pem, &err), ERR_OK);
	rc = request_read_center(pem.at, pem.len, &got, &persons, &key, &err);
	ck_assert_msg(rc == foreign[_i].want, "%s: %s %s", foreign[_i].name,
	    err_name(rc), err.text);
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
	bytes_free(&pem);
	free(path);
}
END_TEST

/* The one signature would be the person's and the center's. */
START_TEST(no_person_has_the_centers_key)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	struct trust_roster persons = sample_roster(0);
	EVP_PKEY *key = sample_p256();
	struct bytes pem = { 0 };

	ck_assert_int_eq(person_key_point(key, persons.persons[1].key), ERR_OK);
	ck_assert_int_eq(
	    request_make_center(key, &info, &persons, &pem, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "AP2003"));
	ck_assert_uint_eq(pem.len, 0);
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
}
END_TEST

/* 255, 256 and 257 persons with the longest names and codes. */
START_TEST(a_request_has_256_persons_at_most)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM"), got;
	struct trust_roster many = { .person_count = 255 + (size_t)_i }, said;
	EVP_PKEY *key = sample_p256(), *back = NULL;
	struct bytes pem = { 0 };
	char code[PERSON_CODE_SIZE];

	memset(info.name, 'x', CERT_NAME_MAX);
	info.name[CERT_NAME_MAX] = '\0';
	many.persons = calloc(many.person_count, sizeof(many.persons[0]));
	for (size_t i = 0; i < many.person_count; i++) {
		snprintf(code, sizeof(code), "OFFICER%05u", (unsigned)i);
		many.persons[i] = sample_person(code, 'A');
	}
	ck_assert_int_eq(request_make_center(key, &info, &many, &pem, &err),
	    _i < 2 ? ERR_OK : ERR_LIMIT);
	if (_i < 2) {
		ck_assert_uint_le(pem.len, CERT_FILE_MAX);
		ck_assert_int_eq(request_read_center(
				     pem.at, pem.len, &got, &said, &back, &err),
		    ERR_OK);
		ck_assert(trust_roster_same(&said, &many));
		trust_roster_free(&said);
	}
	trust_roster_free(&many);
	EVP_PKEY_free(back);
	EVP_PKEY_free(key);
	bytes_free(&pem);
}
END_TEST

START_TEST(a_request_file_has_a_limit)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM"), got;
	struct trust_roster persons = sample_roster(0), said = { 0 };
	EVP_PKEY *key = sample_p256(), *back = NULL;
	struct bytes pem = { 0 };

	ck_assert_int_eq(
	    request_make_center(key, &info, &persons, &pem, &err), ERR_OK);
	while (pem.len < CERT_FILE_MAX)
		bytes_add_byte(&pem, '\n');
	ck_assert_int_eq(
	    request_read_center(pem.at, pem.len, &got, &said, &back, &err),
	    ERR_OK);
	trust_roster_free(&said);
	EVP_PKEY_free(back);
	bytes_add_byte(&pem, '\n');
	ck_assert_int_eq(
	    request_read_center(pem.at, pem.len, &got, &said, &back, &err),
	    ERR_LIMIT);
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
	bytes_free(&pem);
}
END_TEST

START_TEST(certificate_chains_and_says_the_same)
{
	char name[DSIG_KEY_NAME_SIZE], same[DSIG_KEY_NAME_SIZE];
	struct center_info info = sample_center(&root, "GTGUA01", "GTM"), got;
	EVP_PKEY *key = sample_p256();
	X509 *cert = sample_cert(&root, &info, key);
	int64_t begin, end;

	ck_assert_int_eq(cert_read_center(cert, &got, &err), ERR_OK);
	ck_assert_info_eq(&got, &info);
	ck_assert(cert_issued_by(cert, root.cert));
	ck_assert_int_eq(dsig_key_name(key, name), ERR_OK);
	ck_assert_int_eq(cert_key_name(cert, same), ERR_OK);
	ck_assert_str_eq(same, name);
	ck_assert_int_eq(cert_period(cert, &begin, &end), ERR_OK);
	ck_assert_int_eq(end - begin, 731 * CLOCK_DAY);
	save_cert("root.crt", root.cert);
	save_cert("center.crt", cert);
	ck_assert_int_eq(
	    run("openssl verify -x509_strict -CAfile root.crt center.crt"), 0);
	ck_assert_int_eq(run("openssl x509 -in center.crt -noout -ext "
			     "subjectAltName | grep -q "
			     "urn:sello:tz:America/Guatemala"),
	    0);
	X509_free(cert);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(another_root_of_the_same_name_did_not_issue_it)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	struct sample_root second;
	EVP_PKEY *key = sample_p256();
	X509 *cert = sample_cert(&root, &info, key);

	sample_root_new(&second, "RRP-ES", false);
	ck_assert(!cert_issued_by(cert, second.cert));
	ck_assert(!cert_issued_by(root.cert, root.cert)); /* it is a CA */
	ck_assert(!cert_issued_by(second.cert, root.cert));
	ck_assert(!cert_issued_by(cert, cert));
	X509_free(cert);
	EVP_PKEY_free(key);
	sample_root_free(&second);
}
END_TEST

START_TEST(no_certificate_outlives_the_root)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256();
	X509 *cert = NULL;
	int64_t begin, end;

	ck_assert_int_eq(cert_make_center(root.cert, root.key, &info, key,
			     50 * 365, clock_now(), &cert, &err),
	    ERR_OK);
	cert_period(cert, &begin, &end);
	ck_assert_int_eq(end, root.info.not_after);
	X509_free(cert);
	cert = NULL;
	ck_assert_int_eq(cert_make_center(root.cert, root.key, &info, key, 1,
			     root.info.not_after, &cert, &err),
	    ERR_CONFIG);
	ck_assert_int_eq(cert_make_center(root.cert, root.key, &info, key, 1,
			     root.info.not_before - 1, &cert, &err),
	    ERR_CONFIG);
	ck_assert_ptr_null(cert);
	EVP_PKEY_free(key);
}
END_TEST

/* --- posts ---------------------------------------------------------------- */

static struct bytes
post_request(const char *name, EVP_PKEY **cosigner, EVP_PKEY **report)
{
	struct post_info info = { 0 };
	struct bytes text = { 0 };

	snprintf(info.name, sizeof(info.name), "%s", name);
	memcpy(info.root, root.info.fingerprint, 32);
	ck_assert_int_eq(key_new_ed25519(cosigner, &err), ERR_OK);
	ck_assert_int_eq(key_new_ed25519(report, &err), ERR_OK);
	ck_assert_msg(
	    request_make_post(&info, *cosigner, *report, &text, &err) == ERR_OK,
	    "%s", err.text);
	return text;
}

START_TEST(post_request_comes_back_and_no_byte_may_change)
{
	EVP_PKEY *cosigner, *report;
	struct bytes text = post_request("ES-GTGUA/2", &cosigner, &report);
	struct post_info got;
	uint8_t raw[32];
	size_t at;

	ck_assert_int_eq(
	    request_read_post(text.at, text.len, &got, &err), ERR_OK);
	ck_assert_str_eq(got.name, "ES-GTGUA/2");
	ck_assert_mem_eq(got.root, root.info.fingerprint, 32);
	key_public_raw(cosigner, raw);
	ck_assert_mem_eq(got.cosigner_key, raw, 32);
	key_public_raw(report, raw);
	ck_assert_mem_eq(got.report_key, raw, 32);
	for (at = 0; at < text.len; at++) {
		text.at[at] ^= 1;
		ck_assert_msg(
		    request_read_post(text.at, text.len, &got, &err) != ERR_OK,
		    "byte %zu", at);
		text.at[at] ^= 1;
		if (at + 1 < text.len) /* all but the last line end */
			ck_assert_int_ne(
			    request_read_post(text.at, at, &got, &err), ERR_OK);
	}
	bytes_add_text(&text, "x\n");
	ck_assert_int_eq(
	    request_read_post(text.at, text.len, &got, &err), ERR_DATA);
	EVP_PKEY_free(cosigner);
	EVP_PKEY_free(report);
	bytes_free(&text);
}
END_TEST

/* A mark, other line ends, blank lines: nobody's word. */
START_TEST(post_request_may_come_by_mail)
{
	EVP_PKEY *cosigner, *report;
	struct bytes text = post_request("ES-GTGUA/2", &cosigner, &report);
	struct bytes mailed = { 0 };
	struct post_info got;
	size_t i;

	bytes_add_text(&mailed, "\xef\xbb\xbf\r\n");
	for (i = 0; i < text.len; i++)
		if (text.at[i] == '\n')
			bytes_add_text(&mailed, " \r\n\r\n");
		else
			bytes_add_byte(&mailed, text.at[i]);
	ck_assert_msg(
	    request_read_post(mailed.at, mailed.len, &got, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(got.name, "ES-GTGUA/2");
	EVP_PKEY_free(cosigner);
	EVP_PKEY_free(report);
	bytes_free(&mailed);
	bytes_free(&text);
}
END_TEST

START_TEST(post_needs_two_different_keys)
{
	struct post_info info = { .name = "ES-GTGUA/1" }, got;
	struct bytes text = { 0 };
	EVP_PKEY *key = NULL, *p256 = sample_p256();

	ck_assert_int_eq(key_new_ed25519(&key, &err), ERR_OK);
	ck_assert_int_eq(
	    request_make_post(&info, key, key, &text, &err), ERR_OK);
	ck_assert_int_eq(
	    request_read_post(text.at, text.len, &got, &err), ERR_DATA);
	ck_assert_int_eq(
	    request_make_post(&info, key, p256, &text, &err), ERR_DATA);
	EVP_PKEY_free(key);
	EVP_PKEY_free(p256);
	bytes_free(&text);
}
END_TEST

static const struct {
	const char *name;
	bool good;
} post_names[] = {
	{ "ES-GTGUA/1", true },
	{ "ES-GTGUA/999", true },
	{ "ES-GTGUA/0", false },
	{ "ES-GTGUA/01", false },
	{ "ES-GTGUA/1000", false },
	{ "ES-GTGUA/", false },
	{ "ES-GTGUA", false },
	{ "ES-GT0UA/1", false },
	{ "es-gtgua/1", false },
	{ "ES-GTGUA/1 ", false },
	{ "", false },
};

START_TEST(post_names_have_one_form)
{
	ck_assert_msg(post_is_name(post_names[_i].name) == post_names[_i].good,
	    "%s", post_names[_i].name);
}
END_TEST

START_TEST(zones_exist_here)
{
	ck_assert(timezone_is_name("America/Guatemala"));
	ck_assert(timezone_is_name("UTC"));
	ck_assert(!timezone_is_name("America"));
	ck_assert(!timezone_is_name("America/Atlantis"));
	ck_assert(!timezone_is_name("../../../etc/passwd"));
	ck_assert(!timezone_is_name(""));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cert");
	TCase *t = tcase_create("cert");

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, root_says_what_was_asked);
	tcase_add_test(t, openssl_agrees_on_the_root);
	tcase_add_loop_test(
	    t, refuses_a_root_that_cannot_be, 0, COUNT(bad_roots));
	tcase_add_test(t, a_center_certificate_is_no_root);
	tcase_add_test(t, a_root_with_changed_signature_is_proven_wrong);
	tcase_add_test(t, files_in_pem_and_der_load);
	tcase_add_loop_test(
	    t, request_comes_back_and_openssl_verifies_it, 0, 2);
	tcase_add_loop_test(
	    t, refuses_what_a_center_cannot_say, 0, COUNT(bad_infos));
	tcase_add_test(t, every_changed_request_is_refused);
	tcase_add_loop_test(t, reads_requests_of_openssl, 0, COUNT(foreign));
	tcase_add_test(t, no_person_has_the_centers_key);
	tcase_add_loop_test(t, a_request_has_256_persons_at_most, 0, 3);
	tcase_add_test(t, a_request_file_has_a_limit);
	tcase_add_test(t, certificate_chains_and_says_the_same);
	tcase_add_test(t, another_root_of_the_same_name_did_not_issue_it);
	tcase_add_test(t, no_certificate_outlives_the_root);
	tcase_add_test(t, post_request_comes_back_and_no_byte_may_change);
	tcase_add_test(t, post_request_may_come_by_mail);
	tcase_add_test(t, post_needs_two_different_keys);
	tcase_add_loop_test(t, post_names_have_one_form, 0, COUNT(post_names));
	tcase_add_test(t, zones_exist_here);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
