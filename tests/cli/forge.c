/*
 * forge.c - what somebody can write who has a copy of a center's home and some
 * passphrases, with a program of their own that refuses nothing: for
 * frauds_persons.sh. The center's keys are the true ones; who gave no
 * passphrase signs with a key that was made up.
 *
 *   forge HOME REGISTER PUB CODE=PASSFILE... ACT...
 *
 * HOME is the copy whose keys are used, the first CODE's slot opens the
 * center's (-CODE: and that is all they do); REGISTER is the home whose log is
 * gone on with; PUB is published to. `-` for REGISTER: a new log. Acts, each of
 * four words:
 *
 *   letter MODEL.xml NAME DRAFT   an issue line and PUB/NUMBER.xml: the model's
 *                                 letter for a person of this given name (or,
 *                                 against its line: @SECONDS dates it so much
 *                                 later, =CODE names another approver). DRAFT
 *                                 is COMMITMENT:SIGNATURE of a drafter, in
 *                                 hexadecimal, or - to make one
 *   open OFFICER - -
 *   staff CODE REASON PERSONS     PERSONS: OFFICER or OFFICER+APPROVER
 *   withdraw NUMBER REASON PERSONS
 *   close OFFICER @SECONDS -      dated so much later
 */
#include "base/clock.h"
#include "base/encode.h"
#include "base/file.h"
#include "issue/center/center.h"
#include "issue/center/keyring.h"
#include "issue/register/people.h"
#include "ledger/line_sign.h"
#include "letter/commitment.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/support/chronicle.h"
#include "tests/support/line_persons.h"
#include "trust/credential.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERSONS  4
#define LOG_MAX  1000000 /* bytes of a letter's file */
#define ACT_SIZE 4       /* words */

static struct errtext err;

static void
must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "forge: %s: %s\n", what, err.text);
	exit(1);
}

struct forger {
	struct center *center;
	struct person person[PERSONS]; /* who gave a passphrase */
	bool opens_only;               /* the first does not sign */
	size_t count;
	struct keyring ring;
	struct chronicle log;
	int64_t last; /* time of the last line */
	unsigned letters;
	const char *pub;
};

/* --- what is at hand ----------------------------------------------------- */

/* With the credential of the copy, whatever the log says about it. */
static void
take_person(struct forger *f, const char *code, const char *file)
{
	struct person *p = &f->person[f->count++];
	struct store *store = register_store(f->center->reg);
	struct bytes sealed = { 0 };
	struct secret passphrase = { 0 };
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT sealed FROM person WHERE code = ?1", &err);
	enum err rc;

	must(text_copy(p->code, sizeof(p->code), code), code);
	store_bind_text(stmt, 1, code);
	must(store_step(store, stmt, &rc, &err), code);
	store_blob(stmt, 0, &sealed);
	sqlite3_reset(stmt);
	must(secret_passphrase(file, "", 0, &passphrase, &err) == ERR_OK, file);
	must(credential_open(code, sealed.at, sealed.len, &passphrase,
		 &p->credential, &err) == ERR_OK,
	    code);
	secret_wipe(&passphrase);
	bytes_free(&sealed);
}

static void
take_lines(struct forger *f, struct center *from)
{
	struct store *store = register_store(from->reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT line FROM log_line ORDER BY id", &err);
	struct log_entry e;
	enum err rc;

	while (store_step(store, stmt, &rc, &err)) {
		const char *line = store_text(stmt, 0);

		must(entry_parse(line, strlen(line), &e, &err) == ERR_OK, line);
		chronicle_add_raw(&f->log, line, strlen(line));
		f->last = e.time;
		f->letters += entry_is_letter(&e);
	}
	sqlite3_reset(stmt);
}

static void
take_key(EVP_PKEY *key, EVP_PKEY **place, uint8_t type, struct vkey *out)
{
	uint8_t raw[32];
	char name[VKEY_NAME_MAX + 1];

	must(text_copy(name, sizeof(name), out->name), "name");
	EVP_PKEY_free(*place);
	EVP_PKEY_up_ref(key);
	*place = key;
	must(key_public_raw(key, raw) == ERR_OK, "log key");
	must(vkey_make(name, type, raw, out) == ERR_OK, "log key");
}

static void
take_log(struct forger *f, const char *home)
{
	struct center *from;

	must(keyring_open(f->center, &f->person[0], &f->ring, &err) == ERR_OK,
	    "the center's keys");
	chronicle_new(&f->log, f->center->info.center, 1, f->ring.sign);
	take_key(f->ring.log, &f->log.log_key, VKEY_ED25519, &f->log.log);
	take_key(f->ring.cosigner, &f->log.cosigner_key, VKEY_COSIGNATURE,
	    &f->log.cosigner);
	if (strcmp(home, "-") == 0)
		return;
	must(center_open(home, false, &from, &err) == ERR_OK, home);
	take_lines(f, from);
	center_close(&from);
}

/* --- signing ------------------------------------------------------------- */

static const struct credential *
credential_of(const struct forger *f, const char *code)
{
	size_t i;

	for (i = f->opens_only ? 1 : 0; i < f->count; i++)
		if (strcmp(f->person[i].code, code) == 0)
			return f->person[i].credential;
	return NULL;
}

static void
sign_person(struct forger *f, struct log_entry *e, size_t which)
{
	const char *code = which == 0 ? e->officer : e->approver;
	const struct credential *own = credential_of(f, code);
	struct bytes text = { 0 };
	enum err rc;

	if (own == NULL) {
		rc = line_sign_person(
		    e, which, chronicle_person(&f->log, code), &err);
	} else if ((rc = entry_person_text(e, &text, &err)) == ERR_OK) {
		rc = credential_sign(
		    own, text.at, text.len, e->person_signature[which], &err);
	}
	must(rc == ERR_OK, code);
	bytes_free(&text);
}

static void
sign_draft(struct forger *f, struct log_entry *e)
{
	const struct credential *own = credential_of(f, e->officer);
	struct bytes text = { 0 };
	enum err rc;

	if (own == NULL) {
		rc = line_sign_draft(f->log.program, f->log.center,
		    e->commitment, chronicle_person(&f->log, e->officer),
		    e->person_signature[0], &err);
	} else {
		entry_drafted_text(
		    f->log.program, f->log.center, e->commitment, &text);
		rc = credential_sign(
		    own, text.at, text.len, e->person_signature[0], &err);
	}
	must(rc == ERR_OK, e->officer);
	bytes_free(&text);
}

static int64_t
next_time(const struct forger *f)
{
	int64_t now = clock_now();

	return now > f->last ? now : f->last;
}

static void
append(struct forger *f, struct log_entry *e)
{
	f->last = e->time;
	e->index = f->log.size;
	memcpy(e->key_name, f->log.key_name, sizeof(e->key_name));
	if (!entry_is_letter(e))
		sign_person(f, e, 0);
	if (e->approver[0] != '\0')
		sign_person(f, e, 1);
	if (!entry_is_letter(e))
		must(line_sign(e, f->ring.sign, &err) == ERR_OK, "line");
	chronicle_add_signed(&f->log, e);
}

/* --- acts ---------------------------------------------------------------- */

static void
read_letter(const char *path, struct letter *out)
{
	struct bytes file = { 0 };
	struct dsig sig;

	must(file_read(path, LOG_MAX, &file, &err) == ERR_OK, path);
	must(dsig_scan(&dsig_letter, file.at, file.len, &sig, &err) == ERR_OK,
	    path);
	must(xml_read(sig.xml, sig.len, out, &err) == ERR_OK, path);
	bytes_free(&file);
}

static void
write_letter(struct forger *f, const struct letter *letter, struct log_entry *e)
{
	struct bytes xml = { 0 }, file = { 0 };
	char path[512];
	struct dsig sig;

	must(xml_write(letter, &xml) == ERR_OK, "letter");
	must(sign_document(&dsig_letter, xml.at, xml.len, letter->number,
		 f->ring.sign, &file, &err) == ERR_OK,
	    "letter");
	must(dsig_scan(&dsig_letter, file.at, file.len, &sig, &err) == ERR_OK,
	    "letter");
	memcpy(e->digest, sig.digest, sizeof(e->digest));
	memcpy(e->signature, sig.signature, sizeof(e->signature));
	snprintf(path, sizeof(path), "%s/%s.xml", f->pub, letter->number);
	must(file_write(path, 0644, file.at, file.len, &err) == ERR_OK, path);
	bytes_free(&xml);
	bytes_free(&file);
}

/* COMMITMENT:SIGNATURE */
static void
take_draft(const char *hex, struct log_entry *e)
{
	must(strlen(hex) == 65 + 2 * ENTRY_SIGNATURE_SIZE &&
		hex_decode_exact(hex, 64, e->commitment, 32) &&
		hex_decode_exact(hex + 65, strlen(hex + 65),
		    e->person_signature[0], ENTRY_SIGNATURE_SIZE),
	    "draft");
}

static void
say_otherwise(struct letter *letter, int64_t time, const char *what)
{
	if (what[0] == '@')
		clock_format(time + atoi(what + 1), letter->issued_at);
	else if (what[0] == '=')
		must(text_copy(
			 letter->approver, sizeof(letter->approver), what + 1),
		    what);
	else
		must(text_copy(letter->given_names, sizeof(letter->given_names),
			 what),
		    what);
}

static void
act_letter(struct forger *f, char *const word[ACT_SIZE])
{
	struct log_entry e = { .kind = ENTRY_ISSUE,
		.time = next_time(f),
		.has_digest = true,
		.has_commitment = true,
		.reason = "V77" };
	struct letter letter;

	read_letter(word[1], &letter);
	clock_format(e.time, letter.issued_at);
	chronicle_number(
	    &f->log, clock_year(e.time), ++f->letters, letter.number);
	memcpy(e.number, letter.number, sizeof(e.number));
	memcpy(e.officer, letter.officer, sizeof(e.officer));
	memcpy(e.approver, letter.approver, sizeof(e.approver));
	say_otherwise(&letter, e.time, word[2]);
	if (strcmp(word[3], "-") != 0) {
		take_draft(word[3], &e);
	} else {
		must(letter_commitment(&letter, e.commitment, &err) == ERR_OK,
		    "draft");
		sign_draft(f, &e);
	}
	write_letter(f, &letter, &e);
	append(f, &e);
	printf("%s/%s.xml\n", f->pub, letter.number);
}

static void
put_persons(struct log_entry *e, char *persons)
{
	char *second = strchr(persons, '+');

	if (second != NULL)
		*second++ = '\0';
	must(text_copy(e->officer, sizeof(e->officer), persons), persons);
	must(second == NULL ||
		text_copy(e->approver, sizeof(e->approver), second),
	    "person");
}

static void
act_open(struct forger *f, char *const word[ACT_SIZE])
{
	struct log_entry e = { .kind = ENTRY_OPEN, .time = next_time(f) };

	put_persons(&e, word[1]);
	append(f, &e);
}

static void
act_staff(struct forger *f, char *const word[ACT_SIZE])
{
	struct log_entry e = { .kind = ENTRY_STAFF,
		.time = next_time(f),
		.has_digest = true,
		.has_person_key = true };
	const struct credential *own = credential_of(f, word[1]);

	must(text_copy(e.ref, sizeof(e.ref), word[1]), word[1]);
	must(text_copy(e.reason, sizeof(e.reason), word[2]), word[2]);
	put_persons(&e, word[3]);
	if (own != NULL)
		memcpy(e.person_key, credential_public_of(own)->sign,
		    sizeof(e.person_key));
	else
		must(person_key_point(chronicle_person(&f->log, word[1]),
			 e.person_key) == ERR_OK,
		    word[1]);
	person_key_digest(e.person_key, e.digest);
	append(f, &e);
}

/* The digest of the letter of this number. */
static void
find_digest(const struct forger *f, const char *number, uint8_t out[32])
{
	const uint8_t *at = f->log.text.at;
	struct log_entry e;
	uint64_t i;

	for (i = 0; i < f->log.size; i++) {
		const uint8_t *line = at + f->log.start[i];
		size_t len = (size_t)line[0] << 8 | line[1];

		must(entry_parse(line + 2, len, &e, &err) == ERR_OK, "line");
		if (entry_is_letter(&e) && strcmp(e.number, number) == 0)
			memcpy(out, e.digest, 32);
	}
}

static void
act_withdraw(struct forger *f, char *const word[ACT_SIZE])
{
	struct log_entry e = {
		.kind = ENTRY_WITHDRAW, .time = next_time(f), .has_digest = true
	};

	must(text_copy(e.number, sizeof(e.number), word[1]), word[1]);
	must(text_copy(e.reason, sizeof(e.reason), word[2]), word[2]);
	put_persons(&e, word[3]);
	find_digest(f, word[1], e.digest);
	append(f, &e);
}

static void
act_close(struct forger *f, char *const word[ACT_SIZE])
{
	struct log_entry e = { .kind = ENTRY_CLOSE,
		.time = next_time(f) + atoi(word[2] + 1) };

	put_persons(&e, word[1]);
	append(f, &e);
}

static void
act(struct forger *f, char *const word[ACT_SIZE])
{
	if (strcmp(word[0], "letter") == 0)
		act_letter(f, word);
	else if (strcmp(word[0], "open") == 0)
		act_open(f, word);
	else if (strcmp(word[0], "staff") == 0)
		act_staff(f, word);
	else if (strcmp(word[0], "withdraw") == 0)
		act_withdraw(f, word);
	else if (strcmp(word[0], "close") == 0)
		act_close(f, word);
	else
		must(false, word[0]);
}

int
main(int argc, char **argv)
{
	struct forger f = { .last = 0 };
	size_t i;
	int n = 4;

	must(argc > n, "HOME REGISTER PUB CODE=PASSFILE... ACT...");
	f.pub = argv[3];
	f.opens_only = argv[n][0] == '-';
	must(center_open(argv[1], false, &f.center, &err) == ERR_OK, argv[1]);
	for (; n < argc && strchr(argv[n], '=') != NULL; n++) {
		char *file = strchr(argv[n], '=');

		must(f.count < PERSONS, "persons");
		*file++ = '\0';
		take_person(&f, argv[n] + (f.opens_only && n == 4), file);
	}
	take_log(&f, argv[2]);
	for (; n + ACT_SIZE <= argc; n += ACT_SIZE)
		act(&f, argv + n);
	must(n == argc, "four words for each act");
	chronicle_publish(&f.log, f.pub, f.log.size, next_time(&f));
	chronicle_free(&f.log);
	keyring_close(&f.ring);
	for (i = 0; i < f.count; i++)
		credential_free(&f.person[i].credential);
	center_close(&f.center);
	return 0;
}
