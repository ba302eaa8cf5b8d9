#include "tests/support/past.h"

#include "issue/center/login.h"
#include "issue/center/rekey.h"
#include "issue/center/staff.h"
#include "issue/register/draft.h"
#include "tests/support/desk.h"

#include "base/clock.h"
#include "base/file.h"
#include "trust/cert.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GOOD(call)                                                    \
	do {                                                          \
		enum err good_rc = (call);                            \
		ck_assert_msg(good_rc == ERR_OK, "%s: %s: %s", #call, \
		    err_name(good_rc), err.text);                     \
	} while (0)

#define FIRST "SOMEBODY ELSE" /* of the founder's choice */

const char *const past_person[PAST_PERSONS] = { "AD0001", "AP2003", "AP2004",
	"OF1007", "OF1008" };

const struct past_secret past_secrets[] = {
	{ "AD0001", "AD0001", "AD0001" },
	{ "AD0001", "AP2003", FIRST },
	{ "AD0001", "AP2004", FIRST },
	{ "AD0001", "OF1007", FIRST },
	{ "AD0001", "OF1008", FIRST },
	{ "AP2003", "AP2003", FIRST },
	{ "AP2003", "AP2003", "AP2003" },
	{ "AP2003", "AP2003", "AP2003 AGAIN" },
	{ "AP2004", "AP2004", FIRST },
	{ "AP2004", "AP2004", "AP2004" },
	{ "AP2004", "AP2004", "AP2004 AGAIN" },
	{ "OF1007", "OF1007", FIRST },
	{ "OF1007", "OF1007", "OF1007" },
	{ "OF1007", "OF1007", "OF1007 AGAIN" },
	{ "OF1008", "OF1008", FIRST },
	{ "OF1008", "OF1008", "OF1008" },
};
const size_t past_secret_count = sizeof(past_secrets) / sizeof(*past_secrets);

/* --- copies --------------------------------------------------------------- */

void
past_home(const struct past *p, size_t stage, char out[128])
{
	snprintf(out, 128, "%s/stage%zu", p->w.dir, stage);
}

static void
shell_copy(const char *from, const char *to)
{
	char command[400];

	snprintf(command, sizeof(command), "rm -rf '%s' && cp -a '%s' '%s'", to,
	    from, to);
	ck_assert_int_eq(system(command), 0);
}

static void
copy_file(const char *from, const char *to, const char *name)
{
	char path[200];
	struct bytes data = { 0 };
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", from, name);
	ck_assert_int_eq(file_read(path, 64 << 20, &data, NULL), ERR_OK);
	snprintf(path, sizeof(path), "%s/%s", to, name);
	out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(data.at, 1, data.len, out), data.len);
	ck_assert_int_eq(fclose(out), 0);
	bytes_free(&data);
}

void
past_copy(const struct past *p, const char *home)
{
	char wal[200];

	if (access(home, F_OK) != 0) {
		shell_copy(p->w.home, home);
		return;
	}
	/* what one who was killed left behind goes with it */
	snprintf(wal, sizeof(wal), "%s/register.db-wal", home);
	unlink(wal);
	snprintf(wal, sizeof(wal), "%s/register.db-shm", home);
	unlink(wal);
	copy_file(p->w.home, home, "register.db");
	copy_file(p->w.home, home, "trust.xml");
	copy_file(p->w.home, home, "head.guard");
}

static void
step(struct past *p, const char *what)
{
	char home[128];

	ck_assert_uint_lt(p->stages, PAST_STAGES);
	past_home(p, p->stages, home);
	p->what[p->stages++] = what;
	shell_copy(p->w.home, home);
}

/* --- people --------------------------------------------------------------- */

static void
log_in(
    struct center *center, const char *code, const char *of, struct person *out)
{
	struct secret secret = { 0 };
	struct errtext err = { 0 };

	world_secret(of, &secret);
	GOOD(people_login(
	    center, code, &secret, ROLE_ANY | ROLE_UNCHANGED, out, &err));
	secret_wipe(&secret);
}

/* second: a code and its passphrase, or NULL. */
static void
begin(struct act *act, struct past *p, const char *code, const char *of,
    const char *second, const char *second_of)
{
	*act = (struct act){ .center = world_open(&p->w, true),
		.now = clock_now() };
	log_in(act->center, code, of, &act->actor);
	if (second != NULL)
		log_in(act->center, second, second_of, &act->second);
}

static void
add(struct past *p, const char *code, enum role role, const char *second)
{
	struct person made = { 0 };
	struct secret first = { 0 };
	struct errtext err = { 0 };
	struct act act;

	begin(&act, p, "AD0001", "AD0001", second, second);
	world_secret(FIRST, &first);
	GOOD(staff_open(&act, &err));
	GOOD(staff_add(&act, code, role, &first, &made, &err));
	secret_wipe(&first);
	act_close(&act);
	step(p, code);
}

static void
reset(struct past *p, const char *code, const char *second)
{
	struct person made = { 0 };
	struct secret first = { 0 };
	struct errtext err = { 0 };
	struct act act;

	begin(&act, p, "AD0001", "AD0001", second, second);
	world_secret(FIRST, &first);
	GOOD(staff_open(&act, &err));
	GOOD(staff_reset(&act, code, &first, &made, &err));
	secret_wipe(&first);
	act_close(&act);
	step(p, "a lost passphrase");
}

static void
own(struct past *p, const char *code, const char *before, const char *after,
    const char *second, const char *second_of)
{
	struct person made = { 0 };
	struct secret secret = { 0 };
	struct errtext err = { 0 };
	struct act act;

	begin(&act, p, code, before, second, second_of);
	world_secret(after, &secret);
	GOOD(staff_open_own(&act, &err));
	GOOD(staff_own(&act, &secret, &made, &err));
	secret_wipe(&secret);
	act_close(&act);
	step(p, "an own passphrase");
}

static void
leave(
    struct past *p, const char *code, const char *second, const char *second_of)
{
	struct errtext err = { 0 };
	struct act act;
	bool due;

	begin(&act, p, "AD0001", "AD0001", second, second_of);
	GOOD(staff_open(&act, &err));
	GOOD(staff_remove(&act, code, &due, &err));
	act_close(&act);
	step(p, "somebody left");
}

/* --- letters -------------------------------------------------------------- */

static int64_t
draft(struct past *p, const char *code, const char *of, unsigned n)
{
	struct center *center = world_open(&p->w, true);
	struct person drafter = { 0 };
	struct errtext err = { 0 };
	struct letter letter;
	int64_t id;

	log_in(center, code, of, &drafter);
	world_letter(n, clock_now(), &letter);
	strcpy(letter.officer, code);
	const struct draft_input input = {
		.letter = &letter, .row = "1", .keys = { "", "PERSON" }
	};
	GOOD(register_begin(center->reg, &err));
	GOOD(register_draft_insert(center->reg, center->info.center, &drafter,
	    &input, clock_now(), &id, &err));
	GOOD(register_commit(center->reg, &err));
	people_clear(&drafter);
	center_close(&center);
	step(p, "a draft");
	return id;
}

static void
discard(struct past *p, int64_t id)
{
	struct center *center = world_open(&p->w, true);
	struct errtext err = { 0 };

	GOOD(register_begin(center->reg, &err));
	GOOD(register_draft_discard(
	    center->reg, id, "OF1007", "twice", clock_now(), &err));
	GOOD(register_commit(center->reg, &err));
	center_close(&center);
	step(p, "a draft was discarded");
}

/* All that wait. */
static void
approve(struct past *p, const char *code, const char *of)
{
	struct desk d = { .w = &p->w, .act.center = world_open(&p->w, true) };
	struct errtext err = { 0 };

	log_in(d.act.center, code, of, &d.act.actor);
	GOOD(rekey_open(d.act.center, &d.act.actor, &d.act.ring, NULL, &err));
	GOOD(desk_approve(&d, &err));
	ck_assert_uint_eq(d.refused, 0);
	desk_close(&d);
	step(p, "letters");
}

/* --- a new key ------------------------------------------------------------ */

static struct trust_key new_key, keys[2];

/* In the order of their names. */
static void
name_both(struct trust_list *list)
{
	struct trust_center *center = &list->centers[0];
	bool last = strcmp(new_key.key_name, center->keys[0].key_name) > 0;

	keys[last] = new_key;
	keys[!last] = center->keys[0];
	center->keys = keys;
	center->key_count = 2;
}

static void
certify(struct past *p, const struct bytes *request)
{
	struct trust_roster persons = { 0 };
	struct center_info info = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *key = NULL;

	GOOD(request_read_center(
	    request->at, request->len, &info, &persons, &key, &err));
	GOOD(cert_make_center(p->w.root, p->w.root_key, &info, key, 730,
	    clock_now(), &p->cert, &err));
	new_key = (struct trust_key){ .cert = p->cert,
		.key = X509_get0_pubkey(p->cert) };
	GOOD(dsig_key_name(key, new_key.key_name));
	GOOD(cert_period(p->cert, &new_key.not_before, &new_key.not_after));
	trust_roster_free(&persons);
	EVP_PKEY_free(key);
}

static void
rekey(struct past *p, const char *code, const char *of)
{
	struct desk d = { .w = &p->w, .act.center = world_open(&p->w, true) };
	char name[DSIG_KEY_NAME_SIZE];
	struct bytes request = { 0 };
	struct errtext err = { 0 };

	log_in(d.act.center, code, of, &d.act.actor);
	GOOD(keyring_open(d.act.center, &d.act.actor, &d.act.ring, &err));
	GOOD(register_begin(d.act.center->reg, &err));
	GOOD(rekey_make(d.act.center, &d.act.ring, false, clock_now(), &request,
	    name, &err));
	GOOD(register_commit(d.act.center->reg, &err));
	desk_close(&d);
	step(p, "new keys wait");
	certify(p, &request);
	bytes_free(&request);
	world_take(&p->w, clock_now(), clock_now(), name_both);
	step(p, "a list with the new key");
}

/* --- all of it ------------------------------------------------------------ */

static void
found(struct past *p)
{
	world_founded(&p->w, clock_now());
	step(p, "founded");
	add(p, "OF1007", ROLE_DRAFTER, NULL);
	own(p, "OF1007", FIRST, "OF1007", NULL, NULL);
	add(p, "AP2003", ROLE_APPROVER, NULL);
	own(p, "AP2003", FIRST, "AP2003", NULL, NULL);
	add(p, "OF1008", ROLE_DRAFTER, NULL);
	own(p, "OF1008", FIRST, "OF1008", NULL, NULL);
	world_certify(&p->w, clock_now());
	world_take(&p->w, clock_now(), clock_now(), NULL);
	step(p, "the first list");
	world_begin(&p->w, clock_now());
	step(p, "the log begins");
}

void
past_live(struct past *p)
{
	int64_t id;

	*p = (struct past){ .stages = 0 };
	found(p);
	draft(p, "OF1007", "OF1007", 1);
	approve(p, "AP2003", "AP2003");
	id = draft(p, "OF1007", "OF1007", 2);
	discard(p, id);
	draft(p, "OF1008", "OF1008", 3);
	add(p, "AP2004", ROLE_APPROVER, "AP2003");
	own(p, "AP2004", FIRST, "AP2004", "AP2003", "AP2003");
	leave(p, "OF1008", "AP2003", "AP2003");
	discard(p, 3);
	reset(p, "OF1007", "AP2003");
	own(p, "OF1007", FIRST, "OF1007 AGAIN", "AP2003", "AP2003");
	reset(p, "AP2003", "AP2004");
	own(p, "AP2003", FIRST, "AP2003 AGAIN", "AP2004", "AP2004");
	draft(p, "OF1007", "OF1007 AGAIN", 4);
	rekey(p, "AP2003", "AP2003 AGAIN");
	approve(p, "AP2003", "AP2003 AGAIN");
	own(p, "AP2004", "AP2004", "AP2004 AGAIN", "AP2003", "AP2003 AGAIN");
	draft(p, "OF1007", "OF1007 AGAIN", 5);
}

void
past_free(struct past *p)
{
	X509_free(p->cert);
	world_free(&p->w);
}
