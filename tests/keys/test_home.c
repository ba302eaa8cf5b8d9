/*
 * Tests of keys/home.h: whom a root certifies, what it revokes, and that no
 * sequence ever names two lists.
 */
#include "keys/home.h"

#include "base/file.h"
#include "keys/program.h"
#include "tests/check_main.h"
#include "tests/lib/trust/sample_trust.h"
#include "tests/support/keys.h"

#include <sys/stat.h>

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))
#define NOW          clock_now()

static char dir[64], root_dir[80];
static struct errtext err;
static uint8_t pass_text[] = "una frase de paso larga", other_text[] = "otra";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };
static const struct secret other = { other_text, sizeof(other_text) - 1 };
static struct home *home;
static EVP_PKEY *root_key;
static struct sample_root root; /* borrowed view of the home's */

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-home-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(root_dir, sizeof(root_dir), "%s/root", dir);
	err = (struct errtext){ 0 };
	ck_assert_msg(home_init(root_dir, "RRP-ES", "Programa", false, &pass,
			  &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_msg(
	    home_open(root_dir, &home, &err) == ERR_OK, "%s", err.text);
	ck_assert_int_eq(home_unlock(home, &pass, &root_key, &err), ERR_OK);
	root.info = home->info;
	root.cert = home->root;
	root.key = root_key;
}

static void
teardown(void)
{
	char command[128];

	EVP_PKEY_free(root_key);
	home_close(&home);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

/* --- requests ------------------------------------------------------------- */

static struct bytes
request(const struct center_info *info, EVP_PKEY *key)
{
	struct trust_roster three = support_roster(info->center, 0);
	struct bytes pem = { 0 };

	ck_assert_msg(
	    request_make_center(key, info, &three, &pem, &err) == ERR_OK, "%s",
	    err.text);
	trust_roster_free(&three);
	return pem;
}

static enum err
certify(const struct center_info *info, EVP_PKEY *key, struct certified *out)
{
	struct bytes pem = request(info, key);
	enum err rc =
	    home_certify_center(home, root_key, &pem, 730, NOW, out, &err);

	bytes_free(&pem);
	return rc;
}

/* A fresh center, certified; its key's name to out. */
static struct center_info
one_center(const char *code, const char *country, struct certified *out)
{
	struct center_info info = sample_center(&root, code, country);
	EVP_PKEY *key = sample_p256();

	ck_assert_msg(certify(&info, key, out) == ERR_OK, "%s", err.text);
	EVP_PKEY_free(key);
	return info;
}

static enum err
certify_post(const char *name, const uint8_t fingerprint[32], EVP_PKEY *a,
    EVP_PKEY *b, struct certified *out)
{
	struct post_info info = { 0 };
	struct bytes text = { 0 };
	enum err rc;

	snprintf(info.name, sizeof(info.name), "%s", name);
	memcpy(info.root, fingerprint, 32);
	ck_assert_int_eq(request_make_post(&info, a, b, &text, &err), ERR_OK);
	rc = home_certify_post(home, &text, NOW, out, &err);
	bytes_free(&text);
	return rc;
}

static EVP_PKEY *
ed25519(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_ed25519(&key, &err), ERR_OK);
	return key;
}

static struct trust_list *
publish(int64_t now, struct bytes *xml)
{
	struct trust_list *list = NULL;
	struct bytes ignored = { 0 };
	enum err rc = home_publish(home, root_key, now, 7, 30, NULL,
	    xml != NULL ? xml : &ignored, &list, &err);

	ck_assert_msg(rc == ERR_OK, "%s: %s", err_name(rc), err.text);
	bytes_free(&ignored);
	return list;
}

/* --- homes ---------------------------------------------------------------- */

START_TEST(a_home_has_private_and_public_files)
{
	static const struct {
		const char *name;
		mode_t mode;
	} files[] = { { "root.crt", 0644 }, { "root.key", 0600 },
		{ "root.db", 0600 } };
	struct stat st;
	int i;

	ck_assert_int_eq(stat(root_dir, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0700);
	for (i = 0; i < COUNT(files); i++) {
		char *path = file_join(root_dir, files[i].name);

		ck_assert_int_eq(stat(path, &st), 0);
		ck_assert_msg(
		    (st.st_mode & 0777) == files[i].mode, "%s", files[i].name);
		free(path);
	}
	ck_assert_str_eq(home->info.program, "RRP-ES");
}
END_TEST

START_TEST(a_root_is_never_replaced)
{
	struct bytes before = { 0 }, after = { 0 };
	char *crt = file_join(root_dir, "root.crt");

	ck_assert_int_eq(home_refuse_there(root_dir, &err), ERR_EXISTS);
	ck_assert_int_eq(home_refuse_there(dir, &err), ERR_OK);
	file_read(crt, CERT_FILE_MAX, &before, &err);
	ck_assert_int_eq(
	    home_init(root_dir, "RRP-ES", "Otro", false, &pass, &err),
	    ERR_EXISTS);
	file_read(crt, CERT_FILE_MAX, &after, &err);
	ck_assert(bytes_equal(&before, &after));
	bytes_free(&before);
	bytes_free(&after);
	/* nor where only the key is left */
	unlink(crt);
	ck_assert_int_eq(
	    home_init(root_dir, "RRP-ES", "Otro", false, &pass, &err),
	    ERR_EXISTS);
	free(crt);
}
END_TEST

START_TEST(a_bad_root_leaves_nothing)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/bad", dir);
	ck_assert_int_eq(
	    home_init(path, "rrp", "Programa", false, &pass, &err), ERR_DATA);
	ck_assert(!file_exists(path));
}
END_TEST

START_TEST(wrong_passphrase_and_wrong_key_do_not_unlock)
{
	char second[96], *ours, *theirs;
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(home_unlock(home, &other, &key, &err), ERR_REFUSED);
	snprintf(second, sizeof(second), "%s/second", dir);
	ck_assert_int_eq(
	    home_init(second, "RRP-ES", "Programa", false, &pass, &err),
	    ERR_OK);
	ours = file_join(root_dir, "root.key");
	theirs = file_join(second, "root.key");
	ck_assert_int_eq(rename(theirs, ours), 0);
	ck_assert_int_eq(home_unlock(home, &pass, &key, &err), ERR_CONFIG);
	ck_assert_ptr_null(key);
	free(ours);
	free(theirs);
}
END_TEST

START_TEST(parts_of_two_homes_do_not_open)
{
	char second[96], *ours, *theirs;
	struct home *h = NULL;

	ck_assert_int_eq(home_open(dir, &h, &err), ERR_CONFIG);
	snprintf(second, sizeof(second), "%s/second", dir);
	ck_assert_int_eq(
	    home_init(second, "RRP-ES", "Programa", true, &pass, &err), ERR_OK);
	ours = file_join(root_dir, "root.crt");
	theirs = file_join(second, "root.crt");
	ck_assert_int_eq(rename(theirs, ours), 0);
	ck_assert_int_eq(home_open(root_dir, &h, &err), ERR_CONFIG);
	ck_assert_ptr_null(h);
	free(ours);
	free(theirs);
}
END_TEST

/* --- certifying centers --------------------------------------------------- */

START_TEST(a_center_is_in_the_next_list)
{
	struct certified done;
	struct center_info info = one_center("GTGUA01", "GTM", &done);
	struct trust_list *list = publish(NOW, NULL);
	const struct trust_center *center = NULL;
	const struct trust_key *key;

	ck_assert_str_eq(done.name, "GTGUA01");
	ck_assert(done.is_new && done.new_generation);
	ck_assert_uint_eq(done.generation, 1);
	key = trust_find_key(list, done.key_name, &center);
	ck_assert_ptr_nonnull(key);
	ck_assert_int_eq(key->status, KEY_ACTIVE);
	ck_assert_int_eq(key->not_after, done.not_after);
	ck_assert_str_eq(center->name, info.name);
	ck_assert_str_eq(center->hotline, info.hotline);
	ck_assert_str_eq(center->logs[0].log.name, "RRP-ES/log/GTGUA01/1");
	ck_assert_mem_eq(center->logs[0].log.key, info.log_key, 32);
	ck_assert_mem_eq(center->logs[0].cosigner.key, info.cosigner_key, 32);
	trust_free(&list);
}
END_TEST

START_TEST(a_rekey_keeps_the_log_and_a_new_log_is_a_generation)
{
	struct certified done;
	struct center_info info = one_center("GTGUA01", "GTM", &done);
	struct center_info fresh = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256(), *third = sample_p256();
	struct trust_list *list;

	strcpy(info.name, "Otro nombre");
	ck_assert_int_eq(certify(&info, key, &done), ERR_OK);
	ck_assert(!done.is_new && !done.new_generation && done.changed);
	ck_assert_uint_eq(done.generation, 1);
	ck_assert_uint_eq(done.other_keys, 1);
	ck_assert_int_eq(certify(&fresh, third, &done), ERR_OK);
	ck_assert(done.new_generation);
	ck_assert_uint_eq(done.generation, 2);
	list = publish(NOW, NULL);
	ck_assert_uint_eq(list->centers[0].key_count, 3);
	ck_assert_uint_eq(list->centers[0].log_count, 2);
	ck_assert_str_eq(list->centers[0].name, fresh.name);
	trust_free(&list);
	/* back to the first log's keys: no */
	EVP_PKEY_free(key);
	key = sample_p256();
	ck_assert_int_eq(certify(&info, key, &done), ERR_REFUSED);
	EVP_PKEY_free(key);
	EVP_PKEY_free(third);
}
END_TEST

START_TEST(the_same_key_twice_changes_nothing)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256();
	struct certified done;

	ck_assert_int_eq(certify(&info, key, &done), ERR_OK);
	strcpy(info.name, "Otro nombre");
	ck_assert_int_eq(certify(&info, key, &done), ERR_EXISTS);
	/* nor for another center */
	strcpy(info.center, "GTGUA02");
	ck_assert_int_eq(certify(&info, key, &done), ERR_EXISTS);
	EVP_PKEY_free(key);
}
END_TEST

/* Two years later: the same key lasts longer, from when it began. */
START_TEST(a_key_is_renewed)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256();
	struct certified first, done;
	struct trust_list *list = NULL;
	struct revoked revoked;
	struct bytes pem;
	int64_t later = NOW + 740 * (int64_t)CLOCK_DAY;

	ck_assert_int_eq(certify(&info, key, &first), ERR_OK);
	pem = request(&info, key);
	/* what gains less than 60 days is a mistake */
	ck_assert_int_eq(home_certify_center(home, root_key, &pem, 789,
			     first.not_before + CLOCK_DAY, &done, &err),
	    ERR_EXISTS);
	ck_assert_int_eq(
	    home_certify_center(home, root_key, &pem, 730, later, &done, &err),
	    ERR_OK);
	ck_assert(done.renewed && !done.is_new && !done.new_generation);
	ck_assert_uint_eq(done.other_keys, 0);
	ck_assert_int_eq(done.not_before, first.not_before);
	ck_assert_int_eq(done.not_after, later + 730 * (int64_t)CLOCK_DAY);
	ck_assert_int_eq(home_list(home, &list, &err), ERR_OK);
	ck_assert_uint_eq(list->center_count, 1);
	ck_assert_uint_eq(list->centers[0].key_count, 1);
	ck_assert_int_eq(list->centers[0].keys[0].not_before, first.not_before);
	ck_assert_int_eq(list->centers[0].keys[0].not_after, done.not_after);
	trust_free(&list);
	/* never what was retired, nor for another center */
	later += 740 * (int64_t)CLOCK_DAY;
	bytes_free(&pem);
	strcpy(info.center, "GTGUA02");
	pem = request(&info, key);
	ck_assert_int_eq(
	    home_certify_center(home, root_key, &pem, 730, later, &done, &err),
	    ERR_EXISTS);
	bytes_free(&pem);
	strcpy(info.center, "GTGUA01");
	pem = request(&info, key);
	ck_assert_int_eq(home_revoke(home, first.key_name, KEY_RETIRED, NOW,
			     NULL, &revoked, &err),
	    ERR_OK);
	ck_assert_int_eq(
	    home_certify_center(home, root_key, &pem, 730, later, &done, &err),
	    ERR_REFUSED);
	bytes_free(&pem);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(a_request_for_another_root_is_refused)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	EVP_PKEY *key = sample_p256();
	struct certified done;
	struct trust_list *list;

	info.root[31] ^= 1;
	ck_assert_int_eq(certify(&info, key, &done), ERR_REFUSED);
	list = publish(NOW, NULL);
	ck_assert_uint_eq(list->center_count, 0);
	trust_free(&list);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(the_roots_own_key_is_refused)
{
	struct center_info info = sample_center(&root, "GTGUA01", "GTM");
	struct certified done;

	ck_assert_int_eq(certify(&info, root_key, &done), ERR_REFUSED);
}
END_TEST

START_TEST(log_keys_of_another_center_are_refused)
{
	struct certified done;
	struct center_info first = one_center("GTGUA01", "GTM", &done);
	struct center_info second = sample_center(&root, "GTGUA02", "GTM");
	EVP_PKEY *key = sample_p256();
	struct trust_list *list;

	if (_i == 0)
		memcpy(second.log_key, first.log_key, 32);
	else if (_i == 1)
		memcpy(second.cosigner_key, first.cosigner_key, 32);
	else /* used for the other purpose */
		memcpy(second.log_key, first.cosigner_key, 32);
	ck_assert_int_eq(certify(&second, key, &done), ERR_REFUSED);
	list = publish(NOW, NULL); /* nothing half done */
	ck_assert_uint_eq(list->center_count, 1);
	trust_free(&list);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(a_broken_request_is_refused)
{
	struct bytes text = { 0 };
	struct certified done;

	bytes_add_text(&text, "no request\n");
	ck_assert_int_eq(
	    home_certify_center(home, root_key, &text, 730, NOW, &done, &err),
	    ERR_DATA);
	ck_assert_int_eq(
	    home_certify_post(home, &text, NOW, &done, &err), ERR_DATA);
	bytes_free(&text);
}
END_TEST

/* --- certifying posts ----------------------------------------------------- */

static void
set_program(const char *text)
{
	struct trust_list *program = NULL;

	ck_assert_int_eq(
	    program_parse(text, strlen(text), &program, &err), ERR_OK);
	ck_assert_msg(
	    home_set_program(home, program, &err) == ERR_OK, "%s", err.text);
	trust_free(&program);
}

START_TEST(posts_come_and_change_their_keys)
{
	EVP_PKEY *a = ed25519(), *b = ed25519(), *c = ed25519();
	const uint8_t *of = home->info.fingerprint;
	struct certified done;
	struct trust_list *list;
	uint8_t raw[32];

	ck_assert_int_eq(certify_post("ES-GTGUA/1", of, a, b, &done), ERR_OK);
	ck_assert(done.is_new);
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", of, a, b, &done), ERR_EXISTS);
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/2", of, a, c, &done), ERR_REFUSED);
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/2", of, c, b, &done), ERR_REFUSED);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	a = ed25519();
	b = ed25519();
	ck_assert_int_eq(certify_post("ES-GTGUA/1", of, a, b, &done), ERR_OK);
	ck_assert(!done.is_new && done.changed);
	list = publish(NOW, NULL);
	ck_assert_uint_eq(list->post_count, 1);
	ck_assert_str_eq(list->posts[0].report.name, "RRP-ES/post/ES-GTGUA/1");
	key_public_raw(a, raw);
	ck_assert_mem_eq(list->posts[0].cosigner.key, raw, 32);
	key_public_raw(b, raw);
	ck_assert_mem_eq(list->posts[0].report.key, raw, 32);
	trust_free(&list);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	EVP_PKEY_free(c);
}
END_TEST

START_TEST(a_post_needs_this_root_and_a_known_consulate)
{
	EVP_PKEY *a = ed25519(), *b = ed25519();
	struct certified done;
	uint8_t wrong[32];

	memcpy(wrong, home->info.fingerprint, 32);
	wrong[0] ^= 1;
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", wrong, a, b, &done), ERR_REFUSED);
	set_program("[consulate ES-HNTGU]\nname=Tegucigalpa\n");
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", home->info.fingerprint, a, b, &done),
	    ERR_REFUSED);
	set_program("[consulate ES-GTGUA]\nname=Guatemala\n");
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", home->info.fingerprint, a, b, &done),
	    ERR_OK);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
}
END_TEST

START_TEST(revoked_post_keys_do_not_come_back)
{
	EVP_PKEY *a = ed25519(), *b = ed25519(), *c = ed25519();
	const uint8_t *of = home->info.fingerprint;
	struct certified done;
	struct revoked gone;
	struct trust_list *list;

	ck_assert_int_eq(certify_post("ES-GTGUA/1", of, a, b, &done), ERR_OK);
	ck_assert_int_eq(home_revoke(home, "ES-GTGUA/1", KEY_RETIRED, 1000,
			     NULL, &gone, &err),
	    ERR_OK);
	ck_assert(gone.is_post);
	list = publish(NOW, NULL);
	ck_assert_int_eq(list->posts[0].status, POST_REVOKED);
	ck_assert_int_eq(list->posts[0].since, 1000);
	trust_free(&list);
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", of, a, b, &done), ERR_REFUSED);
	ck_assert_int_eq(
	    certify_post("ES-GTGUA/1", of, a, c, &done), ERR_REFUSED);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	a = ed25519();
	b = ed25519();
	ck_assert_int_eq(certify_post("ES-GTGUA/1", of, a, b, &done), ERR_OK);
	list = publish(NOW, NULL);
	ck_assert_int_eq(list->posts[0].status, POST_ACTIVE);
	trust_free(&list);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	EVP_PKEY_free(c);
}
END_TEST

/* --- revoking ------------------------------------------------------------- */

#define LIFE TRUST_WHOLE_LIFE

static const struct {
	const char *name;
	enum key_status first;
	int64_t first_since;
	enum key_status second;
	int64_t second_since;
	enum err want;
} statements[] = {
	{ "retired, then revoked", KEY_RETIRED, 1000, KEY_REVOKED, 2000,
	    ERR_OK },
	{ "retired, then revoked for life", KEY_RETIRED, 1000, KEY_REVOKED,
	    LIFE, ERR_OK },
	{ "retired, then earlier", KEY_RETIRED, 1000, KEY_RETIRED, 999,
	    ERR_OK },
	{ "retired, then the same", KEY_RETIRED, 1000, KEY_RETIRED, 1000,
	    ERR_REFUSED },
	{ "retired, then later", KEY_RETIRED, 1000, KEY_RETIRED, 1001,
	    ERR_REFUSED },
	{ "revoked, then retired", KEY_REVOKED, 1000, KEY_RETIRED, 1,
	    ERR_REFUSED },
	{ "revoked, then for life", KEY_REVOKED, 1000, KEY_REVOKED, LIFE,
	    ERR_OK },
	{ "revoked for life, then from", KEY_REVOKED, LIFE, KEY_REVOKED, 1000,
	    ERR_REFUSED },
};

START_TEST(statements_only_become_graver)
{
	struct certified done;
	struct revoked gone;
	struct trust_list *list;
	bool second = statements[_i].want == ERR_OK;
	const struct trust_key *key;
	enum err rc;

	one_center("GTGUA01", "GTM", &done);
	ck_assert_int_eq(home_revoke(home, done.key_name, statements[_i].first,
			     statements[_i].first_since, NULL, &gone, &err),
	    ERR_OK);
	ck_assert_str_eq(gone.center, "GTGUA01");
	ck_assert_int_eq(gone.before, KEY_ACTIVE);
	rc = home_revoke(home, done.key_name, statements[_i].second,
	    statements[_i].second_since, NULL, &gone, &err);
	ck_assert_msg(rc == statements[_i].want, "%s: %s", statements[_i].name,
	    err_name(rc));
	list = publish(NOW, NULL);
	key = trust_find_key(list, done.key_name, NULL);
	ck_assert_int_eq(
	    key->status, second ? statements[_i].second : statements[_i].first);
	ck_assert_int_eq(key->since,
	    second ? statements[_i].second_since : statements[_i].first_since);
	trust_free(&list);
}
END_TEST

START_TEST(unknown_names_are_not_found)
{
	struct revoked gone;

	ck_assert_int_eq(
	    home_revoke(home, "00000000", KEY_REVOKED, LIFE, NULL, &gone, &err),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(home_revoke(home, "ES-GTGUA/1", KEY_REVOKED, LIFE,
			     NULL, &gone, &err),
	    ERR_NOT_FOUND);
}
END_TEST

/* --- publishing ----------------------------------------------------------- */

START_TEST(sequences_rise_and_every_list_reads)
{
	struct bytes xml = { 0 };
	struct trust_list *one = publish(NOW, NULL), *two, *read = NULL;

	ck_assert_uint_eq(one->sequence, 1);
	two = publish(NOW, &xml);
	ck_assert_uint_eq(two->sequence, 2);
	ck_assert_int_eq(
	    trust_read(xml.at, xml.len, home->root, &read, &err), ERR_OK);
	ck_assert_mem_eq(read->digest, two->digest, 32);
	ck_assert_int_eq(read->next_update - read->issued_at, 7 * CLOCK_DAY);
	ck_assert_int_eq(read->not_after - read->issued_at, 30 * CLOCK_DAY);
	ck_assert_int_eq(trust_accept(one, two, NOW, &err), ERR_OK);
	trust_free(&one);
	trust_free(&two);
	trust_free(&read);
	bytes_free(&xml);
}
END_TEST

START_TEST(the_sequence_survives_closing)
{
	struct trust_list *list = publish(NOW, NULL);

	trust_free(&list);
	home_close(&home);
	ck_assert_int_eq(home_open(root_dir, &home, &err), ERR_OK);
	ck_assert_int_eq(home_list(home, &list, &err), ERR_OK);
	ck_assert_uint_eq(list->sequence, 1);
	trust_free(&list);
	list = publish(NOW, NULL);
	ck_assert_uint_eq(list->sequence, 2);
	trust_free(&list);
}
END_TEST

START_TEST(a_clock_before_the_last_list_signs_nothing)
{
	int64_t now = NOW;
	struct trust_list *list = publish(now, NULL);
	struct bytes xml = { 0 };

	trust_free(&list);
	ck_assert_int_eq(home_publish(home, root_key, now - 1, 7, 30, NULL,
			     &xml, &list, &err),
	    ERR_CONFIG);
	ck_assert_int_eq(home_publish(home, root_key, home->info.not_after, 7,
			     30, NULL, &xml, &list, &err),
	    ERR_CONFIG);
	ck_assert_uint_eq(xml.len, 0);
	list = publish(now, NULL);
	ck_assert_uint_eq(list->sequence, 2);
	trust_free(&list);
}
END_TEST

/* A wrong clock must not reach back behind what was told. */
START_TEST(a_time_before_the_newest_list_must_be_meant)
{
	struct trust_list *list;

	ck_assert_int_eq(home_check_since(home, NOW - 1, &err), ERR_OK);
	list = publish(NOW, NULL);
	trust_free(&list);
	ck_assert_int_eq(home_check_since(home, NOW, &err), ERR_OK);
	ck_assert_int_eq(home_check_since(home, NOW - 1, &err), ERR_CONFIG);
}
END_TEST

START_TEST(two_custodians_at_once_do_not_meet)
{
	struct home *second = NULL;
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };

	ck_assert_int_eq(home_open(root_dir, &second, &err), ERR_OK);
	ck_assert_int_eq(store_begin(second->store, &err), ERR_OK);
	ck_assert_int_eq(
	    home_publish(home, root_key, NOW, 7, 30, NULL, &xml, &list, &err),
	    ERR_BUSY);
	store_rollback(second->store);
	home_close(&second);
	list = publish(NOW, NULL);
	ck_assert_uint_eq(list->sequence, 1);
	trust_free(&list);
}
END_TEST

START_TEST(the_program_is_replaced_whole)
{
	struct trust_list *list;

	set_program("[program]\nname=Nombre nuevo\n[consulate ES-GTGUA]\n"
		    "name=Guatemala\n[pathway ABC]\nes=Uno\nht=Youn\n");
	list = publish(NOW, NULL);
	ck_assert_str_eq(list->name, "Nombre nuevo");
	ck_assert_uint_eq(list->consulate_count, 1);
	ck_assert_str_eq(list->pathways[0].label[0], "Uno");
	ck_assert_str_eq(list->pathways[0].label[4], "Youn");
	trust_free(&list);
	set_program("");
	list = publish(NOW, NULL);
	ck_assert_str_eq(list->name, "Programa");
	ck_assert_uint_eq(list->consulate_count + list->pathway_count, 0);
	trust_free(&list);
}
END_TEST

START_TEST(training_is_in_the_certificate_not_in_the_list)
{
	char path[96];
	struct home *h = NULL;
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };
	EVP_PKEY *key = NULL;

	snprintf(path, sizeof(path), "%s/training", dir);
	ck_assert_int_eq(
	    home_init(path, "RRP-ES", "Prácticas", true, &pass, &err), ERR_OK);
	ck_assert_int_eq(home_open(path, &h, &err), ERR_OK);
	ck_assert_int_eq(home_unlock(h, &pass, &key, &err), ERR_OK);
	ck_assert_int_eq(
	    home_publish(h, key, NOW, 7, 30, NULL, &xml, &list, &err), ERR_OK);
	ck_assert(list->training);
	trust_free(&list);
	/* a live post never takes it */
	ck_assert_int_eq(
	    trust_read(xml.at, xml.len, home->root, &list, &err), ERR_ISSUER);
	ck_assert_ptr_null(list);
	bytes_free(&xml);
	EVP_PKEY_free(key);
	home_close(&h);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("home");
	TCase *t = tcase_create("home");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_home_has_private_and_public_files);
	tcase_add_test(t, a_root_is_never_replaced);
	tcase_add_test(t, a_bad_root_leaves_nothing);
	tcase_add_test(t, wrong_passphrase_and_wrong_key_do_not_unlock);
	tcase_add_test(t, parts_of_two_homes_do_not_open);
	tcase_add_test(t, a_center_is_in_the_next_list);
	tcase_add_test(t, a_rekey_keeps_the_log_and_a_new_log_is_a_generation);
	tcase_add_test(t, the_same_key_twice_changes_nothing);
	tcase_add_test(t, a_key_is_renewed);
	tcase_add_test(t, a_request_for_another_root_is_refused);
	tcase_add_test(t, the_roots_own_key_is_refused);
	tcase_add_loop_test(t, log_keys_of_another_center_are_refused, 0, 3);
	tcase_add_test(t, a_broken_request_is_refused);
	tcase_add_test(t, posts_come_and_change_their_keys);
	tcase_add_test(t, a_post_needs_this_root_and_a_known_consulate);
	tcase_add_test(t, revoked_post_keys_do_not_come_back);
	tcase_add_loop_test(
	    t, statements_only_become_graver, 0, COUNT(statements));
	tcase_add_test(t, unknown_names_are_not_found);
	tcase_add_test(t, sequences_rise_and_every_list_reads);
	tcase_add_test(t, the_sequence_survives_closing);
	tcase_add_test(t, a_clock_before_the_last_list_signs_nothing);
	tcase_add_test(t, a_time_before_the_newest_list_must_be_meant);
	tcase_add_test(t, two_custodians_at_once_do_not_meet);
	tcase_add_test(t, the_program_is_replaced_whole);
	tcase_add_test(t, training_is_in_the_certificate_not_in_the_list);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
