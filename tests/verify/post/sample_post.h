/*
 * sample_post.h - a root, a center that signs, a list and a post's home, for
 * the tests of this room. Fresh keys each time; fictional persons only.
 */
#ifndef TESTS_VERIFY_POST_SAMPLE_POST_H
#define TESTS_VERIFY_POST_SAMPLE_POST_H

#include "base/file.h"
#include "letter/number.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "tests/lib/letter/sample.h"
#include "tests/lib/trust/sample_trust.h"
#include "tests/support/keys.h"
#include "tests/support/run.h"
#include "verify/post/post.h"

struct sample_post {
	struct sample_root root;
	struct center_info center;
	EVP_PKEY *key; /* of the center */
	X509 *cert;
	int64_t now;
	struct post *post; /* home "post" in the current folder */
};

/* Everything but the post's list. */
static inline void
sample_post_new(struct sample_post *s, bool training)
{
	const struct post_setup setup = {
		.root_path = "root.crt", .consulate = "ES-GTGUA", .number = 1
	};
	struct errtext err = { 0 };
	struct bytes pem = { 0 };

	run_folder();
	s->now = clock_now();
	sample_root_new(&s->root, "RRP-ES", training);
	s->center = sample_center(&s->root, "GTGUA01", "GTM");
	s->key = sample_p256();
	s->cert = sample_cert(&s->root, &s->center, s->key);
	ck_assert_int_eq(cert_pem(s->root.cert, &pem), ERR_OK);
	run_put("root.crt", pem.at, pem.len);
	bytes_free(&pem);
	ck_assert_msg(
	    post_init("post", &setup, &err) == ERR_OK, "%s", err.text);
	ck_assert_msg(
	    post_open("post", &s->post, &err) == ERR_OK, "%s", err.text);
}

static inline void
sample_post_free(struct sample_post *s)
{
	post_free(&s->post);
	X509_free(s->cert);
	EVP_PKEY_free(s->key);
	sample_root_free(&s->root);
	run_leave();
}

/* Another center, after the first one's code. */
struct sample_second {
	struct center_info center;
	EVP_PKEY *key;
	X509 *cert;
	struct trust_log *logs;
	size_t log_count;
};

/* What a list says that tests change. */
struct sample_list {
	uint64_t sequence;
	int64_t issued_at;
	enum key_status status;
	int64_t since;
	const char *program;     /* NULL: RRP-ES */
	const char *center_name; /* NULL: the certificate's */
	EVP_PKEY *signer;        /* NULL: the root */
	struct trust_log *logs;  /* of the center */
	size_t log_count;
	struct trust_roster *rosters; /* NULL: support_roster() */
	size_t roster_count;
	int64_t founded; /* of support_roster(); 0: ten days ago */
	struct trust_removed *removed;
	size_t removed_count;
	struct trust_post *posts;
	size_t post_count;
	bool has_evidence; /* of a revoked key */
	uint64_t evidence_size;
	uint8_t evidence_root[32];
	const struct sample_second *second; /* NULL: one center */
};

static inline void
sample_post_center(struct trust_center *out, struct trust_key *key,
    const struct center_info *center, const char *name)
{
	dsig_key_name(key->key, key->key_name);
	cert_period(key->cert, &key->not_before, &key->not_after);
	out->key_count = 1;
	out->keys = key;
	strcpy(out->code, center->center);
	snprintf(out->name, sizeof(out->name), "%s",
	    name != NULL ? name : center->name);
	strcpy(out->country, center->country);
	strcpy(out->timezone, center->timezone);
	strcpy(out->hotline, center->hotline);
}

/* A signed trust.xml in a folder. */
static inline void
sample_publish(
    const struct sample_post *s, const char *folder, struct sample_list say)
{
	struct trust_roster founded = support_roster(s->center.center,
	    say.founded != 0 ? say.founded : s->now - 10 * CLOCK_DAY);
	struct trust_roster second = { .person_count = 0 };
	struct trust_key key[2] = { { .cert = s->cert,
	    .key = s->key,
	    .status = say.status,
	    .since = say.since,
	    .has_evidence = say.has_evidence,
	    .evidence_size = say.evidence_size } };
	struct trust_center center[2] = {
		{ .roster_count = say.rosters != NULL ? say.roster_count : 1,
		    .rosters = say.rosters != NULL ? say.rosters : &founded,
		    .removed_count = say.removed_count,
		    .removed = say.removed,
		    .log_count = say.log_count,
		    .logs = say.logs }
	};
	struct trust_list list = { .sequence = say.sequence,
		.issued_at = say.issued_at,
		.next_update = say.issued_at + 7 * CLOCK_DAY,
		.not_after = say.issued_at + 30 * CLOCK_DAY,
		.center_count = say.second != NULL ? 2 : 1,
		.centers = center,
		.post_count = say.post_count,
		.posts = say.posts };
	struct bytes xml = { 0 }, file = { 0 };
	struct errtext err = { 0 };
	char id[32], path[128];

	snprintf(list.program, sizeof(list.program), "%s",
	    say.program != NULL ? say.program : "RRP-ES");
	strcpy(list.name, "Programa de Cartas");
	memcpy(
	    key->evidence_root, say.evidence_root, sizeof(key->evidence_root));
	sample_post_center(&center[0], &key[0], &s->center, say.center_name);
	if (say.second != NULL) {
		second = support_roster(
		    say.second->center.center, s->now - 10 * CLOCK_DAY);
		center[1].rosters = &second;
		center[1].roster_count = 1;
		key[1].cert = say.second->cert;
		key[1].key = say.second->key;
		center[1].logs = say.second->logs;
		center[1].log_count = say.second->log_count;
		sample_post_center(
		    &center[1], &key[1], &say.second->center, NULL);
	}
	snprintf(
	    id, sizeof(id), "trust-%llu", (unsigned long long)say.sequence);
	ck_assert_int_eq(trust_write(&list, &xml), ERR_OK);
	ck_assert_msg(sign_document(&dsig_trust, xml.at, xml.len, id,
			  say.signer != NULL ? say.signer : s->root.key, &file,
			  &err) == ERR_OK,
	    "%s", err.text);
	file_mkdir(folder, 0755, NULL);
	snprintf(path, sizeof(path), "%s/trust.xml", folder);
	run_put(path, file.at, file.len);
	trust_roster_free(&founded);
	trust_roster_free(&second);
	bytes_free(&xml);
	bytes_free(&file);
}

/* Letter SEQUENCE of this center, issued now, valid from two days ago. */
static inline void
sample_post_letter(
    const struct sample_post *s, unsigned sequence, struct letter *letter)
{
	struct letter_number number = { "GTGUA01", clock_year(s->now),
		sequence };
	int64_t day = s->now / CLOCK_DAY;

	sample_letter(letter);
	ck_assert(number_format(&number, letter->number));
	letter->supersedes[0] = '\0';
	letter->appointment_date[0] = '\0';
	ck_assert(clock_format(s->now, letter->issued_at));
	ck_assert(clock_format_date(day - 2, letter->valid_from));
	ck_assert(clock_format_date(day + 100, letter->valid_until));
	strcpy(letter->consulate, "ES-GTGUA");
	strcpy(letter->birth_date, "1990-05-02");
	strcpy(letter->identity_basis, "DOC");
}

static inline void
sample_post_sign(const struct sample_post *s, const struct letter *letter,
    const char *id, struct bytes *file)
{
	struct bytes xml = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(xml_write(letter, &xml), ERR_OK);
	ck_assert_msg(sign_document(&dsig_letter, xml.at, xml.len, id, s->key,
			  file, &err) == ERR_OK,
	    "%s", err.text);
	bytes_free(&xml);
}

/* The signed file of letter SEQUENCE, and the text of its code. */
static inline void
sample_post_files(const struct sample_post *s, unsigned sequence,
    struct bytes *file, struct bytes *text)
{
	struct errtext err = { 0 };
	struct letter letter;

	sample_post_letter(s, sequence, &letter);
	sample_post_sign(s, &letter, letter.number, file);
	if (text != NULL)
		ck_assert_msg(packed_encode(file->at, file->len, text, NULL,
				  &err) == ERR_OK,
		    "%s", err.text);
}

#endif
