#include "tests/support/world.h"

#include "issue/center/act.h"
#include "issue/center/login.h"
#include "issue/center/staff.h"
#include "issue/register/draft.h"

#include "base/clock.h"
#include "base/file.h"
#include "letter/sign.h"
#include "trust/key.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ORIGIN "RRP-ES/log/GTGUA01/1"

#define GOOD(call)                                                    \
	do {                                                          \
		enum err good_rc = (call);                            \
		ck_assert_msg(good_rc == ERR_OK, "%s: %s: %s", #call, \
		    err_name(good_rc), err.text);                     \
	} while (0)

/* --- the center ---------------------------------------------------------- */

void
world_secret(const char *code, struct secret *out)
{
	char text[64];
	int len = snprintf(text, sizeof(text), "passphrase of %s", code);

	ck_assert_int_eq(secret_new(out, (size_t)len), ERR_OK);
	memcpy(out->at, text, (size_t)len);
}

static void
make_center(struct world *w, int64_t now)
{
	struct center_facts facts = { .root = w->root, .founder = "AD0001" };
	struct secret passphrase = { 0 };
	struct errtext err = { 0 };

	world_secret("AD0001", &passphrase);
	facts.passphrase = &passphrase;
	strcpy(facts.info.center, "GTGUA01");
	strcpy(facts.info.name, "Centro de Prueba");
	strcpy(facts.info.country, "GTM");
	strcpy(facts.info.timezone, "America/Guatemala");
	strcpy(facts.info.hotline, "+50212345678");
	GOOD(center_make(w->home, &facts, now, &err));
	secret_wipe(&passphrase);
}

void
world_founded(struct world *w, int64_t now)
{
	struct errtext err = { 0 };

	*w = (struct world){ .dir = "/tmp/sello-world-XXXXXX" };
	ck_assert_ptr_nonnull(mkdtemp(w->dir));
	snprintf(w->home, sizeof(w->home), "%s/center", w->dir);
	GOOD(key_new_p256(&w->root_key, &err));
	GOOD(cert_make_root(w->root_key, "RRP-ES", "Programa de Prueba", false,
	    &w->root, &err));
	GOOD(cert_read_root(w->root, &w->root_info, &err));
	make_center(w, now);
}

struct center *
world_open(const struct world *w, bool writer)
{
	struct center *center = NULL;
	struct errtext err = { 0 };

	GOOD(center_open(w->home, writer, &center, &err));
	return center;
}

void
world_login(struct center *center, const char *code, struct person *out)
{
	struct secret passphrase = { 0 };
	struct errtext err = { 0 };

	world_secret(code, &passphrase);
	GOOD(people_login(center, code, &passphrase, ROLE_ANY, out, &err));
	secret_wipe(&passphrase);
}

/* Who stands beside AD0001 at the keyboard. */
static void
sit_down(struct act *act, struct world *w, const char *second, int64_t now)
{
	*act = (struct act){ .center = world_open(w, true), .now = now };
	if (second != NULL)
		world_login(act->center, second, &act->second);
}

static void
typed_first(struct secret *out)
{
	world_secret("SOMEBODY ELSE", out);
}

static void
take_own_passphrase(
    struct world *w, const char *code, const char *second, int64_t now)
{
	struct secret first = { 0 }, own = { 0 };
	struct person made = { 0 };
	struct errtext err = { 0 };
	struct act act;

	sit_down(&act, w, second, now);
	typed_first(&first);
	world_secret(code, &own);
	GOOD(people_login(act.center, code, &first, ROLE_ANY | ROLE_UNCHANGED,
	    &act.actor, &err));
	GOOD(staff_open_own(&act, &err));
	GOOD(staff_own(&act, &own, &made, &err));
	secret_wipe(&first);
	secret_wipe(&own);
	act_close(&act);
}

void
world_person(struct world *w, const char *code, enum role role,
    const char *second, int64_t now)
{
	struct secret first = { 0 };
	struct person made = { 0 };
	struct errtext err = { 0 };
	struct act act;

	sit_down(&act, w, second, now);
	world_login(act.center, "AD0001", &act.actor);
	typed_first(&first);
	GOOD(staff_open(&act, &err));
	GOOD(staff_add(&act, code, role, &first, &made, &err));
	secret_wipe(&first);
	act_close(&act);
	take_own_passphrase(w, code, second, now);
}

void
world_begin(struct world *w, int64_t now)
{
	struct act act = { .center = world_open(w, true) };
	struct errtext err = { 0 };

	world_login(act.center, "AD0001", &act.actor);
	GOOD(act_open(&act, &err));
	GOOD(act_begin(&act, now, &err));
	GOOD(act_commit(&act, &err));
	act_close(&act);
}

/* --- the list ------------------------------------------------------------ */

void
world_certify(struct world *w, int64_t now)
{
	struct center_info info = { 0 };
	struct bytes pem = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *key = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/request.csr", w->home);
	GOOD(file_read(path, CERT_FILE_MAX, &pem, &err));
	trust_roster_free(&w->persons);
	X509_free(w->cert);
	w->cert = NULL;
	GOOD(request_read_center(
	    pem.at, pem.len, &info, &w->persons, &key, &err));
	w->persons.since = now;
	GOOD(cert_make_center(
	    w->root, w->root_key, &info, key, 730, now, &w->cert, &err));
	EVP_PKEY_free(key);
	bytes_free(&pem);
}

static void
fill_key(struct world *w, struct trust_key *key)
{
	struct errtext err = { 0 };

	key->cert = w->cert;
	key->key = X509_get0_pubkey(w->cert);
	GOOD(dsig_key_name(key->key, key->key_name));
	GOOD(cert_period(w->cert, &key->not_before, &key->not_after));
}

static void
fill_center(struct world *w, struct trust_center *center, struct trust_key *key,
    struct trust_log *log)
{
	struct center_info info = { 0 };
	struct errtext err = { 0 };

	GOOD(cert_read_center(w->cert, &info, &err));
	strcpy(center->code, info.center);
	strcpy(center->name, info.name);
	strcpy(center->country, info.country);
	strcpy(center->timezone, info.timezone);
	strcpy(center->hotline, info.hotline);
	fill_key(w, key);
	log->generation = 1;
	GOOD(vkey_make(ORIGIN, VKEY_ED25519, info.log_key, &log->log));
	GOOD(vkey_make(
	    ORIGIN, VKEY_COSIGNATURE, info.cosigner_key, &log->cosigner));
	center->keys = key;
	center->key_count = 1;
	center->logs = log;
	center->log_count = 1;
	center->rosters = &w->persons;
	center->roster_count = 1;
}

void
world_list(struct world *w, int64_t at, world_edit *edit, struct bytes *xml)
{
	struct trust_key key = { 0 };
	struct trust_log log = { 0 };
	struct trust_center center = { 0 };
	struct trust_consulate consulate = { "ES-GTGUA", "Consulado de Prueba",
		"" };
	struct trust_list list = { .program = "RRP-ES",
		.name = "Programa de Prueba",
		.sequence = ++w->sequence,
		.issued_at = at,
		.next_update = at + 7 * CLOCK_DAY,
		.not_after = at + 30 * CLOCK_DAY,
		.consulate_count = 1,
		.consulates = &consulate,
		.center_count = 1,
		.centers = &center };
	struct bytes plain = { 0 };
	struct errtext err = { 0 };
	char id[32];

	fill_center(w, &center, &key, &log);
	if (edit != NULL)
		edit(&list);
	snprintf(
	    id, sizeof(id), "trust-%llu", (unsigned long long)list.sequence);
	GOOD(trust_write(&list, &plain));
	GOOD(sign_document(
	    &dsig_trust, plain.at, plain.len, id, w->root_key, xml, &err));
	bytes_free(&plain);
}

void
world_take(struct world *w, int64_t at, int64_t now, world_edit *edit)
{
	struct center *center = world_open(w, true);
	struct errtext err = { 0 };
	struct bytes xml = { 0 };
	bool fresh = false;

	world_list(w, at, edit, &xml);
	GOOD(center_accept_list(center, xml.at, xml.len, now, &fresh, &err));
	ck_assert(fresh);
	bytes_free(&xml);
	center_close(&center);
}

void
world_named(struct world *w, int64_t now)
{
	world_founded(w, now);
	world_person(w, "OF1007", ROLE_DRAFTER, NULL, now);
	world_person(w, "AP2003", ROLE_APPROVER, NULL, now);
	world_certify(w, now);
	world_take(w, now, now, NULL);
}

void
world_new(struct world *w, int64_t now)
{
	world_named(w, now);
	world_begin(w, now);
}

static void
copy_persons(const struct trust_roster *from, struct trust_roster *out)
{
	size_t size = from->person_count * sizeof(*from->persons);

	*out = *from;
	out->persons = malloc(size + 1);
	ck_assert_ptr_nonnull(out->persons);
	memcpy(out->persons, from->persons, size);
}

void
world_copy(const struct world *from, struct world *out)
{
	char command[256];

	*out = *from;
	strcpy(out->dir, "/tmp/sello-world-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(out->dir));
	snprintf(out->home, sizeof(out->home), "%s/center", out->dir);
	snprintf(
	    command, sizeof(command), "cp -a '%s' '%s'", from->home, out->home);
	ck_assert_int_eq(system(command), 0);
	copy_persons(&from->persons, &out->persons);
	EVP_PKEY_up_ref(out->root_key);
	X509_up_ref(out->root);
	X509_up_ref(out->cert);
}

void
world_free(struct world *w)
{
	char command[96];

	snprintf(command, sizeof(command), "rm -rf '%s'", w->dir);
	ck_assert_int_eq(system(command), 0);
	EVP_PKEY_free(w->root_key);
	X509_free(w->root);
	X509_free(w->cert);
	trust_roster_free(&w->persons);
}

/* --- people -------------------------------------------------------------- */

static void
set_day(char out[11], int64_t day)
{
	ck_assert(clock_format_date(day, out));
}

/* A name of their own for everybody: digits are not letters, so spelled. */
static void
spell(unsigned n, char *out, size_t size)
{
	size_t len = 0;

	do
		out[len++] = (char)('a' + n % 26);
	while ((n /= 26) > 0 && len + 1 < size);
	out[len] = '\0';
}

void
world_letter(unsigned n, int64_t now, struct letter *out)
{
	char word[16];

	spell(n, word, sizeof(word));
	*out = (struct letter){ 0 };
	strcpy(out->program, "RRP-ES");
	strcpy(out->language, "es");
	set_day(out->valid_from, now / CLOCK_DAY - 1);
	set_day(out->valid_until, now / CLOCK_DAY + 90);
	strcpy(out->officer, "OF1007");
	strcpy(out->consulate, "ES-GTGUA");
	strcpy(out->destination, "ESP");
	snprintf(out->surnames, sizeof(out->surnames), "Batz X%s", word);
	snprintf(
	    out->given_names, sizeof(out->given_names), "María Q'%s", word);
	snprintf(out->birth_date, sizeof(out->birth_date), "19%02u-05-02",
	    40 + n % 60);
	strcpy(out->nationality, "GTM");
	strcpy(out->identity_basis, "DOC");
	strcpy(out->document_type, "I");
	strcpy(out->document_country, "GTM");
	snprintf(out->document_number_tail, sizeof(out->document_number_tail),
	    "%04u", n % 10000);
	strcpy(out->pathway, "LCI");
	strcpy(out->requested_action, "APPOINTMENT");
	snprintf(out->case_reference, sizeof(out->case_reference),
	    "ABCDEF%c%c%c%c", 'A' + (char)(n / 17576 % 26),
	    'A' + (char)(n / 676 % 26), 'A' + (char)(n / 26 % 26),
	    'A' + (char)(n % 26));
}

static int64_t
insert(struct center *center, const struct person *drafter, unsigned n,
    int64_t now)
{
	struct errtext err = { 0 };
	struct letter letter;
	char document[16], name[32], row[16];
	int64_t id = 0;

	world_letter(n, now, &letter);
	snprintf(document, sizeof(document), "GTM%04u", n % 10000);
	snprintf(name, sizeof(name), "PERSON %u", n);
	snprintf(row, sizeof(row), "%u", n);
	const struct draft_input input = {
		.letter = &letter, .row = row, .keys = { document, name }
	};
	GOOD(register_draft_insert(
	    center->reg, center->info.center, drafter, &input, now, &id, &err));
	return id;
}

int64_t
world_draft(struct center *center, unsigned n, int64_t now)
{
	struct person drafter = { 0 };
	struct errtext err = { 0 };
	int64_t id;

	world_login(center, "OF1007", &drafter);
	GOOD(register_begin(center->reg, &err));
	id = insert(center, &drafter, n, now);
	GOOD(register_commit(center->reg, &err));
	people_clear(&drafter);
	return id;
}

void
world_drafts(struct center *center, unsigned count, int64_t now)
{
	struct person drafter = { 0 };
	struct errtext err = { 0 };

	world_login(center, "OF1007", &drafter);
	GOOD(register_begin(center->reg, &err));
	for (unsigned n = 1; n <= count; n++)
		insert(center, &drafter, n, now);
	GOOD(register_commit(center->reg, &err));
	people_clear(&drafter);
}
