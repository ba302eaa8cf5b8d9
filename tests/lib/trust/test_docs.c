/*
 * The worked examples of docs/trust-list.md: what the page shows is what the
 * programs read.
 */
#include "base/encode.h"
#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/decoded.h"
#include "trust/credential.h"
#include "trust/key.h"
#include "trust/list.h"
#include "trust/slot.h"

#include <stdio.h>
#include <string.h>

#define PAGE "docs/trust-list.md"

static struct errtext err;
static struct bytes page;
static uint8_t pass_text[] = "example only, never use";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };

static void
setup(void)
{
	page = (struct bytes){ 0 };
	err = (struct errtext){ 0 };
	ck_assert_msg(
	    file_read(PAGE, 1 << 20, &page, &err) == ERR_OK, "%s", err.text);
}

static void
teardown(void)
{
	bytes_free(&page);
}

/* The fenced block of that name; joined: its line feeds taken out. */
static struct bytes
block(const char *name, bool joined)
{
	struct bytes mark = { 0 }, out = { 0 };
	const char *at, *end;

	bytes_addf(&mark, "\n```%s\n", name);
	at = strstr((const char *)page.at, (const char *)mark.at);
	ck_assert_msg(at != NULL, "no block %s", name);
	at += mark.len;
	end = strstr(at, "```");
	ck_assert_ptr_nonnull(end);
	for (; at < end; at++)
		if (*at != '\n' || !joined)
			bytes_add_byte(&out, (uint8_t)*at);
	bytes_free(&mark);
	return out;
}

static struct bytes
hex_block(const char *name)
{
	struct bytes text = block(name, true), out = { 0 };

	ck_assert(hex_decode((const char *)text.at, text.len, &out));
	bytes_free(&text);
	return out;
}

static X509 *
root(void)
{
	struct bytes pem = block("root.crt", false);
	X509 *cert = NULL;

	ck_assert_int_eq(cert_parse(pem.at, pem.len, &cert, &err), ERR_OK);
	bytes_free(&pem);
	return cert;
}

START_TEST(list_reads_by_its_root)
{
	struct bytes xml = block("trust.xml", true);
	struct trust_list *l = NULL;
	struct root_info info;
	X509 *cert = root();

	ck_assert_int_eq(cert_read_root(cert, &info, &err), ERR_OK);
	ck_assert_str_eq(info.key_name, "c89ca3b9");
	ck_assert_uint_eq(xml.len, 3669);
	ck_assert_msg(trust_read(xml.at, xml.len, cert, &l, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_uint_eq(l->sequence, 1);
	ck_assert_str_eq(l->centers[0].keys[0].key_name, "df0c2fe0");
	ck_assert_str_eq(l->posts[0].name, "ES-GTGUA/1");
	trust_free(&l);
	X509_free(cert);
	bytes_free(&xml);
}
END_TEST

/* "CODE FINGERPRINT" a line, as the page has them. */
static void
check_fingerprints(const struct trust_roster *persons)
{
	struct bytes shown = block("fingerprints", false), want = { 0 };
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	for (size_t i = 0; i < persons->person_count; i++) {
		person_fingerprint(persons->persons[i].key, fingerprint);
		bytes_addf(
		    &want, "%s %s\n", persons->persons[i].code, fingerprint);
	}
	ck_assert(bytes_equal(&shown, &want));
	bytes_free(&shown);
	bytes_free(&want);
}

START_TEST(requests_are_those_of_the_list)
{
	struct bytes csr = block("request.csr", false);
	struct bytes text = block("request.txt", false);
	struct bytes xml = block("trust.xml", true);
	struct trust_list *l = NULL;
	struct trust_roster persons = { 0 };
	struct center_info center;
	struct post_info post;
	EVP_PKEY *key = NULL;
	X509 *cert = root();

	ck_assert_int_eq(trust_read(xml.at, xml.len, cert, &l, &err), ERR_OK);
	ck_assert_msg(request_read_center(csr.at, csr.len, &center, &persons,
			  &key, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_int_eq(EVP_PKEY_eq(key, l->centers[0].keys[0].key), 1);
	ck_assert_mem_eq(center.log_key, l->centers[0].logs[0].log.key, 32);
	ck_assert_msg(
	    request_read_post(text.at, text.len, &post, &err) == ERR_OK, "%s",
	    err.text);
	ck_assert_mem_eq(post.report_key, l->posts[0].report.key, 32);
	ck_assert(
	    trust_roster_same(&persons, trust_last_roster(&l->centers[0])));
	check_fingerprints(&persons);
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
	trust_free(&l);
	X509_free(cert);
	bytes_free(&xml);
	bytes_free(&csr);
	bytes_free(&text);
}
END_TEST

START_TEST(credential_slot_and_key_open_in_turn)
{
	struct bytes sealed = hex_block("credential"), slot = hex_block("slot");
	struct bytes sign = hex_block("sign-key"), x = hex_block("slot-key");
	struct bytes wrapping = hex_block("wrapping-key");
	struct bytes key = hex_block("sealed-key");
	struct bytes public = hex_block("public-key");
	struct credential *c = NULL;
	struct secret got = { 0 };
	EVP_PKEY *log = NULL;
	uint8_t raw[32];

	ck_assert_uint_eq(sealed.len, 112);
	ck_assert_uint_eq(slot.len, 81);
	ck_assert_int_eq(
	    credential_open("AP2003", sealed.at, sealed.len, &pass, &c, &err),
	    ERR_OK);
	ck_assert_mem_eq(credential_public_of(c)->sign, sign.at, 33);
	ck_assert_mem_eq(credential_public_of(c)->slot, x.at, 32);
	ck_assert_int_eq(
	    slot_open(slot.at, slot.len, "GTGUA01", c, "AP2003", &got, &err),
	    ERR_OK);
	ck_assert_mem_eq(got.at, wrapping.at, 32);
	ck_assert_int_eq(
	    slot_unseal_key(&got, "log", key.at, key.len, &log, &err), ERR_OK);
	ck_assert_int_eq(key_public_raw(log, raw), ERR_OK);
	ck_assert_mem_eq(raw, public.at, 32);
	EVP_PKEY_free(log);
	secret_wipe(&got);
	credential_free(&c);
	bytes_free(&sealed);
	bytes_free(&slot);
	bytes_free(&sign);
	bytes_free(&x);
	bytes_free(&wrapping);
	bytes_free(&key);
	bytes_free(&public);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("docs/trust-list.md");
	TCase *t = tcase_create("examples");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, list_reads_by_its_root);
	tcase_add_test(t, requests_are_those_of_the_list);
	tcase_add_test(t, credential_slot_and_key_open_in_turn);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
