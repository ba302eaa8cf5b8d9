/* A center's home: made whole or not at all, moved, kept apart; its list. */
#include "issue/center/center.h"
#include "issue/center/login.h"

#include "base/file.h"
#include "base/policy.h"
#include "tests/check_main.h"
#include "tests/support/fresh.h"
#include "trust/key.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- facts --------------------------------------------------------------- */

static const struct {
	const char *center, *country, *zone, *hotline, *name, *founder;
	enum err want;
} facts_rows[] = {
	{ "GTGUA01", "GTM", "America/Guatemala", "+50212345678", "Centro",
	    "AD0001", ERR_OK },
	{ "GTGUA01", "GTM", "America/Guatemala", "", "Centro", "AD01", ERR_OK },
	{ "GTGUA01", "GTM", "America/Guatemala", "+50212345678;free", "Centro",
	    "AD0001", ERR_OK },
	{ "GTGUA01", "GTM", "America/Guatemala", ";free", "Centro", "AD0001",
	    ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "+50212345678;gratis",
	    "Centro", "AD0001", ERR_DATA },
	{ "COBOG99", "COL", "America/Bogota", "", "Ñ", "AD01", ERR_OK },
	{ "gtgua01", "GTM", "America/Guatemala", "", "N", "AD01", ERR_DATA },
	{ "GTGUA1", "GTM", "America/Guatemala", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "HND", "America/Guatemala", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "GT", "America/Guatemala", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "XXX", "America/Guatemala", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "Mars/Olympus", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "", "", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "50212345678", "N", "AD01",
	    ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "+502 12345678", "N", "AD01",
	    ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "+50", "N", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "+1234567890123456", "N",
	    "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "", "", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "", "a\nb", "AD01", ERR_DATA },
	{ "GTGUA01", "GTM", "America/Guatemala", "", "N", "A01", ERR_USAGE },
	{ "GTGUA01", "GTM", "America/Guatemala", "", "N", "Ana Pop",
	    ERR_USAGE },
};

START_TEST(checks_facts)
{
	struct center_facts facts = { .founder = facts_rows[_i].founder };

	strcpy(facts.info.center, facts_rows[_i].center);
	strcpy(facts.info.country, facts_rows[_i].country);
	strcpy(facts.info.timezone, facts_rows[_i].zone);
	strcpy(facts.info.hotline, facts_rows[_i].hotline);
	strcpy(facts.info.name, facts_rows[_i].name);
	ck_assert_int_eq(center_check_facts(&facts, NULL), facts_rows[_i].want);
}
END_TEST

/* --- making -------------------------------------------------------------- */

static struct center_facts
good_facts(struct secret *passphrase)
{
	struct center_facts facts = { .root = w.root, .founder = "AD0001" };

	world_secret("AD0001", passphrase);
	strcpy(facts.info.center, "GTGUA02");
	strcpy(facts.info.country, "GTM");
	strcpy(facts.info.timezone, "America/Guatemala");
	strcpy(facts.info.name, "Centro Dos");
	facts.passphrase = passphrase;
	return facts;
}

static unsigned
count_entries(const char *dir)
{
	DIR *d = opendir(dir);
	unsigned count = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d) != NULL)
		count++;
	closedir(d);
	return count - 2; /* . and .. */
}

START_TEST(never_over_something)
{
	struct secret passphrase = { 0 };
	struct center_facts facts = good_facts(&passphrase);
	char path[128];

	ck_assert_int_eq(center_make(w.home, &facts, now, NULL), ERR_EXISTS);
	snprintf(path, sizeof(path), "%s/file", w.dir);
	ck_assert_int_eq(file_write(path, 0600, "x", 1, NULL), ERR_OK);
	ck_assert_int_eq(center_make(path, &facts, now, NULL), ERR_EXISTS);
	/* nothing half-made lies about: the center and the file */
	ck_assert_uint_eq(count_entries(w.dir), 2);
	secret_wipe(&passphrase);
}
END_TEST

START_TEST(takes_the_place_of_an_empty_folder)
{
	struct secret passphrase = { 0 };
	struct center_facts facts = good_facts(&passphrase);
	struct center *center = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/new/deep/", w.dir);
	ck_assert_int_eq(file_mkdir(path, 0755, NULL), ERR_OK);
	ck_assert_int_eq(center_make(path, &facts, now, NULL), ERR_OK);
	ck_assert_int_eq(center_open(path, true, &center, NULL), ERR_OK);
	ck_assert_str_eq(center->info.center, "GTGUA02");
	ck_assert_ptr_null(center->list);
	ck_assert_str_ne(center->list_problem.text, "");
	center_close(&center);
	secret_wipe(&passphrase);
}
END_TEST

START_TEST(takes_an_existing_key)
{
	struct secret passphrase = { 0 };
	struct center_facts facts = good_facts(&passphrase);
	struct trust_roster persons = { 0 };
	struct center_info info = { 0 };
	struct bytes pem = { 0 };
	EVP_PKEY *wrong = NULL;
	EVP_PKEY *in_request = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/two", w.dir);
	ck_assert_int_eq(key_new_ed25519(&wrong, NULL), ERR_OK);
	facts.key = wrong;
	ck_assert_int_eq(center_make(path, &facts, now, NULL), ERR_DATA);
	ck_assert(!file_exists(path));
	facts.key = w.root_key; /* any P-256 key */
	ck_assert_int_eq(center_make(path, &facts, now, NULL), ERR_OK);
	snprintf(path, sizeof(path), "%s/two/request.csr", w.dir);
	ck_assert_int_eq(file_read(path, CERT_FILE_MAX, &pem, NULL), ERR_OK);
	ck_assert_int_eq(request_read_center(pem.at, pem.len, &info, &persons,
			     &in_request, NULL),
	    ERR_OK);
	trust_roster_free(&persons);
	ck_assert_int_eq(EVP_PKEY_eq(in_request, w.root_key), 1);
	ck_assert_mem_eq(info.root, w.root_info.fingerprint, 32);
	ck_assert_int_ne(memcmp(info.log_key, info.cosigner_key, 32), 0);
	EVP_PKEY_free(wrong);
	EVP_PKEY_free(in_request);
	bytes_free(&pem);
	secret_wipe(&passphrase);
}
END_TEST

/* --- opening ------------------------------------------------------------- */

START_TEST(a_home_may_be_moved)
{
	struct center *center = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/elsewhere", w.dir);
	ck_assert_int_eq(rename(w.home, path), 0);
	ck_assert_int_eq(center_open(w.home, false, &center, NULL), ERR_CONFIG);
	ck_assert_int_eq(center_open(path, true, &center, NULL), ERR_OK);
	ck_assert_ptr_nonnull(center->own);
	center_close(&center);
}
END_TEST

START_TEST(two_homes_do_not_meet)
{
	struct secret passphrase = { 0 };
	struct center_facts facts = good_facts(&passphrase);
	struct center *one = world_open(&w, true);
	struct center *two = NULL;
	struct person person = { 0 };
	char path[128];

	snprintf(path, sizeof(path), "%s/two", w.dir);
	ck_assert_int_eq(center_make(path, &facts, now, NULL), ERR_OK);
	ck_assert_int_eq(center_open(path, true, &two, NULL), ERR_OK);
	ck_assert_str_ne(one->key_name, two->key_name);
	secret_wipe(&passphrase);
	world_secret("OF1007", &passphrase);
	ck_assert_int_eq(
	    people_login(two, "OF1007", &passphrase, ROLE_ANY, &person, NULL),
	    ERR_REFUSED);
	secret_wipe(&passphrase);
	center_close(&one);
	center_close(&two);
}
END_TEST

START_TEST(notices_another_root)
{
	struct center *center = NULL;
	struct world other;
	char command[256];

	world_founded(&other, now);
	snprintf(command, sizeof(command), "cp '%s/root.crt' '%s/root.crt'",
	    other.home, w.home);
	ck_assert_int_eq(system(command), 0);
	ck_assert_int_eq(center_open(w.home, false, &center, NULL), ERR_CONFIG);
	world_free(&other);
}
END_TEST

START_TEST(an_empty_folder_is_no_home)
{
	struct center *center = NULL;

	ck_assert_int_eq(center_open(w.dir, true, &center, NULL), ERR_CONFIG);
	ck_assert_uint_eq(count_entries(w.dir), 1); /* nothing was made */
}
END_TEST

/* --- lists --------------------------------------------------------------- */

static enum err
take(const struct bytes *xml, bool *fresh)
{
	struct center *center = world_open(&w, true);
	enum err rc =
	    center_accept_list(center, xml->at, xml->len, now, fresh, NULL);

	center_close(&center);
	return rc;
}

START_TEST(takes_only_newer_lists)
{
	struct bytes second = { 0 };
	struct bytes third = { 0 };
	bool fresh;

	world_list(&w, now, NULL, &second);
	world_list(&w, now, NULL, &third);
	ck_assert_int_eq(take(&third, &fresh), ERR_OK);
	ck_assert(fresh);
	ck_assert_int_eq(take(&third, &fresh), ERR_OK);
	ck_assert(!fresh);
	ck_assert_int_eq(take(&second, &fresh), ERR_STALE);
	bytes_free(&second);
	bytes_free(&third);
}
END_TEST

START_TEST(keeps_both_lists_of_one_number)
{
	struct bytes one = { 0 };
	struct bytes other = { 0 };
	char path[128];
	bool fresh;

	world_list(&w, now, NULL, &one);
	w.sequence--;
	world_list(&w, now - 1, NULL, &other);
	ck_assert_int_eq(take(&one, &fresh), ERR_OK);
	ck_assert_int_eq(take(&other, &fresh), ERR_REFUSED);
	snprintf(path, sizeof(path), "%s/trust-conflict.xml", w.home);
	ck_assert(file_exists(path));
	bytes_free(&one);
	bytes_free(&other);
}
END_TEST

START_TEST(refuses_what_is_not_a_good_list)
{
	struct bytes xml = { 0 };
	bool fresh;

	world_list(&w, now + POLICY_SLACK + 60, NULL, &xml);
	ck_assert_int_eq(take(&xml, &fresh), ERR_DATA); /* from the future */
	xml.at[xml.len / 2] ^= 1;
	ck_assert_int_ne(take(&xml, &fresh), ERR_OK);
	bytes_free(&xml);
	bytes_add_text(&xml, "nonsense");
	ck_assert_int_ne(take(&xml, &fresh), ERR_OK);
	bytes_free(&xml);
}
END_TEST

/* An older list put back by hand signs nothing. */
START_TEST(remembers_the_newest_list)
{
	struct center *center;
	struct bytes old = { 0 };
	char path[128];
	bool stale;

	snprintf(path, sizeof(path), "%s/trust.xml", w.home);
	ck_assert_int_eq(file_read(path, TRUST_XML_MAX, &old, NULL), ERR_OK);
	world_take(&w, now, now, NULL);
	ck_assert_int_eq(file_write(path, 0644, old.at, old.len, NULL), ERR_OK);
	center = world_open(&w, true);
	ck_assert_int_eq(
	    center_may_sign(center,
		&(struct center_signing){ .now = now, .two_persons = true },
		&stale, NULL),
	    ERR_CONFIG);
	center_close(&center);
	bytes_free(&old);
}
END_TEST

START_TEST(a_broken_list_does_not_keep_out_a_good_one)
{
	struct center *center;
	char path[128];
	bool stale;

	snprintf(path, sizeof(path), "%s/trust.xml", w.home);
	ck_assert_int_eq(file_write(path, 0644, "broken", 6, NULL), ERR_OK);
	center = world_open(&w, false);
	ck_assert_ptr_null(center->list);
	ck_assert_int_eq(
	    center_may_sign(center,
		&(struct center_signing){ .now = now, .two_persons = true },
		&stale, NULL),
	    ERR_CONFIG);
	center_close(&center);
	world_take(&w, now, now, NULL);
	center = world_open(&w, false);
	ck_assert_int_eq(
	    center_may_sign(center,
		&(struct center_signing){ .now = now, .two_persons = true },
		&stale, NULL),
	    ERR_OK);
	center_close(&center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("center");
	TCase *pure = tcase_create("facts");
	TCase *c = tcase_create("home");

	tcase_add_loop_test(
	    pure, checks_facts, 0, sizeof(facts_rows) / sizeof(facts_rows[0]));
	suite_add_tcase(s, pure);
	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, never_over_something);
	tcase_add_test(c, takes_the_place_of_an_empty_folder);
	tcase_add_test(c, takes_an_existing_key);
	tcase_add_test(c, a_home_may_be_moved);
	tcase_add_test(c, two_homes_do_not_meet);
	tcase_add_test(c, notices_another_root);
	tcase_add_test(c, an_empty_folder_is_no_home);
	tcase_add_test(c, takes_only_newer_lists);
	tcase_add_test(c, keeps_both_lists_of_one_number);
	tcase_add_test(c, refuses_what_is_not_a_good_list);
	tcase_add_test(c, remembers_the_newest_list);
	tcase_add_test(c, a_broken_list_does_not_keep_out_a_good_one);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
