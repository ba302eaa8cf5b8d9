#include "tests/support/chronicle.h"

#include "base/clock.h"
#include "base/file.h"
#include "ledger/line_sign.h"
#include "letter/commitment.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/support/line_persons.h"
#include "trust/key.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ck_assert() writes to a file each time: too slow for each of many lines */
#define MUST(condition)                                 \
	do {                                            \
		if (!(condition))                       \
			ck_abort_msg("%s", #condition); \
	} while (0)

/* --- making -------------------------------------------------------------- */

static void
make_key(const char *name, uint8_t type, EVP_PKEY **key, struct vkey *out)
{
	uint8_t raw[32];

	MUST(key_new_ed25519(key, NULL) == ERR_OK);
	MUST(key_public_raw(*key, raw) == ERR_OK);
	MUST(vkey_make(name, type, raw, out) == ERR_OK);
}

void
chronicle_use_key(struct chronicle *c, EVP_PKEY *key)
{
	EVP_PKEY_up_ref(key);
	EVP_PKEY_free(c->key);
	c->key = key;
	MUST(dsig_key_name(key, c->key_name) == ERR_OK);
}

void
chronicle_new(
    struct chronicle *c, const char *center, unsigned generation, EVP_PKEY *key)
{
	char origin[VKEY_NAME_MAX + 1];

	*c =
	    (struct chronicle){ .program = "RRP-ES", .generation = generation };
	MUST(text_copy(c->center, sizeof(c->center), center));
	MUST(trust_log_origin(c->program, center, generation, origin));
	make_key(origin, VKEY_ED25519, &c->log_key, &c->log);
	make_key(origin, VKEY_COSIGNATURE, &c->cosigner_key, &c->cosigner);
	chronicle_use_key(c, key);
}

void
chronicle_free(struct chronicle *c)
{
	size_t i;
	int l;

	EVP_PKEY_free(c->key);
	EVP_PKEY_free(c->log_key);
	EVP_PKEY_free(c->cosigner_key);
	for (i = 0; i < c->person_count; i++)
		EVP_PKEY_free(c->person[i].key);
	free(c->person);
	bytes_free(&c->text);
	free(c->start);
	for (l = 0; l < CHRONICLE_LEVELS; l++)
		bytes_free(&c->level[l]);
	*c = (struct chronicle){ .size = 0 };
}

/* --- persons ------------------------------------------------------------- */

static struct chronicle_person *
get_person(struct chronicle *c, const char *code)
{
	struct chronicle_person *made;
	size_t i;

	for (i = 0; i < c->person_count; i++)
		if (strcmp(c->person[i].code, code) == 0)
			return &c->person[i];
	made = reallocarray(c->person, i + 1, sizeof(*made));
	MUST(made != NULL);
	c->person = made;
	made = &c->person[c->person_count++];
	MUST(text_copy(made->code, sizeof(made->code), code));
	made->key = support_person_key(c->center, code);
	return made;
}

EVP_PKEY *
chronicle_person(struct chronicle *c, const char *code)
{
	return get_person(c, code)->key;
}

void
chronicle_set_person(struct chronicle *c, const char *code, EVP_PKEY *key)
{
	struct chronicle_person *person = get_person(c, code);

	EVP_PKEY_up_ref(key);
	EVP_PKEY_free(person->key);
	person->key = key;
}

/* --- lines --------------------------------------------------------------- */

static struct tree_hash *
hashes(const struct chronicle *c, unsigned level)
{
	return (struct tree_hash *)(void *)c->level[level].at;
}

static void
grow_tree(struct chronicle *c, const struct tree_hash *leaf)
{
	uint64_t count = c->size;
	struct tree_hash node = *leaf;
	unsigned level;

	for (level = 0; level < CHRONICLE_LEVELS; level++) {
		bytes_add(&c->level[level], &node, sizeof(node));
		if (count % TILE_WIDTH != 0)
			break;
		tile_root(hashes(c, level) + count - TILE_WIDTH, &node);
		count /= TILE_WIDTH;
	}
	MUST(tree_range_append(&c->range, 0, leaf));
}

void
chronicle_add_raw(struct chronicle *c, const void *line, size_t len)
{
	struct tree_hash leaf;

	if (c->size == c->cap) {
		c->cap = c->cap == 0 ? 1024 : c->cap * 2;
		c->start = reallocarray(c->start, c->cap, sizeof(*c->start));
		MUST(c->start != NULL);
	}
	c->start[c->size++] = c->text.len;
	MUST(bundle_add(line, len, &c->text) && !c->text.failed);
	tree_leaf(line, len, &leaf);
	grow_tree(c, &leaf);
}

void
chronicle_add_signed(struct chronicle *c, const struct log_entry *entry)
{
	struct bytes line = { 0 };
	struct errtext err = { 0 };

	if (entry_format(entry, &line, &err) != ERR_OK)
		ck_abort_msg("%s", err.text);
	chronicle_add_raw(c, line.at, line.len);
	bytes_free(&line);
}

static void
sign_letter(struct log_entry *entry, EVP_PKEY *key)
{
	struct bytes info = { 0 };

	dsig_signed_info(entry->number, entry->digest, &info);
	MUST(
	    sign_raw(key, info.at, info.len, entry->signature, NULL) == ERR_OK);
	bytes_free(&info);
}

void
chronicle_commit(const uint8_t digest[32], uint8_t out[32])
{
	MUST(EVP_Digest(digest, 32, out, NULL, EVP_sha256(), NULL) == 1);
}

static void
fill_staff(struct chronicle *c, struct log_entry *e)
{
	bool removed = strcmp(e->reason, "REMOVED") == 0;
	uint8_t point[PERSON_KEY_SIZE];

	if (e->has_person_key || e->has_digest)
		return;
	MUST(person_key_point(chronicle_person(c, e->ref), point) == ERR_OK);
	person_key_digest(point, e->digest);
	e->has_digest = true;
	e->has_person_key = !removed;
	if (!removed)
		memcpy(e->person_key, point, sizeof(point));
}

static void
sign_persons(struct chronicle *c, struct log_entry *e)
{
	struct errtext err = { 0 };
	size_t first = 0;
	enum err rc = ERR_OK;

	if (entry_is_letter(e)) {
		rc = line_sign_draft(c->program, c->center, e->commitment,
		    chronicle_person(c, e->officer), e->person_signature[0],
		    &err);
		first = 1;
	}
	if (rc == ERR_OK && first == 0)
		rc = line_sign_person(
		    e, 0, chronicle_person(c, e->officer), &err);
	if (rc == ERR_OK && e->approver[0] != '\0')
		rc = line_sign_person(
		    e, 1, chronicle_person(c, e->approver), &err);
	if (rc != ERR_OK)
		ck_abort_msg("%s", err.text);
}

void
chronicle_sign(struct chronicle *c, struct log_entry *e)
{
	struct errtext err = { 0 };

	memcpy(e->key_name, c->key_name, sizeof(e->key_name));
	if (e->kind == ENTRY_STAFF)
		fill_staff(c, e);
	if (entry_is_letter(e) && !e->has_commitment) {
		e->has_commitment = true;
		chronicle_commit(e->digest, e->commitment);
	}
	sign_persons(c, e);
	if (entry_is_letter(e))
		sign_letter(e, c->key);
	else if (line_sign(e, c->key, &err) != ERR_OK)
		ck_abort_msg("%s", err.text);
}

void
chronicle_add(struct chronicle *c, const struct log_entry *entry)
{
	struct log_entry e = *entry;

	e.index = c->size;
	chronicle_sign(c, &e);
	chronicle_add_signed(c, &e);
}

void
chronicle_number(const struct chronicle *c, int year, unsigned sequence,
    char out[LETTER_NUMBER_SIZE])
{
	struct letter_number n = { .year = year, .sequence = sequence };

	memcpy(n.center, c->center, sizeof(n.center));
	MUST(number_format(&n, out));
}

void
chronicle_digest(const char *number, uint8_t out[32])
{
	MUST(EVP_Digest(
		 number, strlen(number), out, NULL, EVP_sha256(), NULL) == 1);
}

static struct log_entry
letter_entry(const struct chronicle *c, enum entry_kind kind, int64_t time,
    int year, unsigned sequence)
{
	struct log_entry e = { .time = time,
		.kind = kind,
		.has_digest = true,
		.officer = CHRONICLE_DRAFTER,
		.approver = CHRONICLE_APPROVER };

	chronicle_number(c, year, sequence, e.number);
	chronicle_digest(e.number, e.digest);
	return e;
}

void
chronicle_add_letter(struct chronicle *c, const void *xml, size_t len)
{
	struct log_entry e = { .kind = ENTRY_ISSUE, .has_digest = true };
	struct letter letter;
	struct dsig sig;

	MUST(dsig_scan(&dsig_letter, xml, len, &sig, NULL) == ERR_OK);
	MUST(xml_read(sig.xml, sig.len, &letter, NULL) == ERR_OK);
	e.index = c->size;
	MUST(clock_parse(letter.issued_at, &e.time));
	MUST(text_copy(e.number, sizeof(e.number), letter.number));
	MUST(text_copy(e.officer, sizeof(e.officer), letter.officer));
	MUST(text_copy(e.approver, sizeof(e.approver), letter.approver));
	strcpy(e.reason, "V45");
	e.has_commitment = true;
	MUST(letter_commitment(&letter, e.commitment, NULL) == ERR_OK);
	memcpy(e.digest, sig.digest, sizeof(e.digest));
	memcpy(e.key_name, sig.key_name, sizeof(e.key_name));
	sign_persons(c, &e);
	memcpy(e.signature, sig.signature, sizeof(e.signature));
	chronicle_add_signed(c, &e);
}

void
chronicle_open(struct chronicle *c, int64_t time)
{
	const struct log_entry e = {
		.time = time, .kind = ENTRY_OPEN, .officer = CHRONICLE_ADMIN
	};

	chronicle_add(c, &e);
}

void
chronicle_enter(struct chronicle *c, int64_t time, const char *code,
    const char *reason, const char *approver)
{
	struct log_entry e = {
		.time = time, .kind = ENTRY_STAFF, .officer = CHRONICLE_ADMIN
	};

	MUST(text_copy(e.ref, sizeof(e.ref), code));
	MUST(text_copy(e.reason, sizeof(e.reason), reason));
	MUST(text_copy(e.approver, sizeof(e.approver), approver));
	chronicle_add(c, &e);
}

/* The next of the lines that a log begins with. */
static void
begin(struct chronicle *c, int64_t time)
{
	static const char *const first[][2] = { { CHRONICLE_ADMIN, "ADMIN" },
		{ CHRONICLE_APPROVER, "APPROVER" },
		{ CHRONICLE_DRAFTER, "DRAFTER" } };

	if (c->size == 0)
		chronicle_open(c, time);
	else
		chronicle_enter(c, time, first[c->size - 1][0],
		    first[c->size - 1][1],
		    c->generation == 1 ? "" : CHRONICLE_APPROVER);
}

void
chronicle_found(struct chronicle *c, int64_t time)
{
	while (c->size < CHRONICLE_FOUND)
		begin(c, time);
}

void
chronicle_go_on(struct chronicle *c, int64_t time)
{
	MUST(c->generation > 1);
	chronicle_found(c, time);
}

void
chronicle_issue(struct chronicle *c, int64_t time, unsigned sequence)
{
	struct log_entry e =
	    letter_entry(c, ENTRY_ISSUE, time, clock_year(time), sequence);

	strcpy(e.reason, "V45");
	chronicle_add(c, &e);
}

void
chronicle_correct(struct chronicle *c, int64_t time, unsigned sequence,
    int before_year, unsigned before)
{
	struct log_entry e =
	    letter_entry(c, ENTRY_CORRECT, time, clock_year(time), sequence);

	chronicle_number(c, before_year, before, e.ref);
	strcpy(e.reason, "V45");
	chronicle_add(c, &e);
}

void
chronicle_withdraw(struct chronicle *c, int64_t time, int year,
    unsigned sequence, const char *reason)
{
	struct log_entry e =
	    letter_entry(c, ENTRY_WITHDRAW, time, year, sequence);

	MUST(text_copy(e.reason, sizeof(e.reason), reason));
	strcpy(e.officer, CHRONICLE_APPROVER);
	strcpy(e.approver, strcmp(reason, "FRAUD") == 0 ? CHRONICLE_ADMIN : "");
	chronicle_add(c, &e);
}

void
chronicle_reprint(struct chronicle *c, int64_t time, int year,
    unsigned sequence, unsigned copy)
{
	struct log_entry e =
	    letter_entry(c, ENTRY_REPRINT, time, year, sequence);

	snprintf(e.ref, sizeof(e.ref), "%u", copy);
	strcpy(e.officer, CHRONICLE_APPROVER);
	e.approver[0] = '\0';
	chronicle_add(c, &e);
}

void
chronicle_staff(
    struct chronicle *c, int64_t time, const char *code, const char *reason)
{
	chronicle_enter(c, time, code, reason, CHRONICLE_APPROVER);
}

void
chronicle_key(struct chronicle *c, int64_t time, const char *code,
    EVP_PKEY *key, const char *officer, const char *approver)
{
	struct log_entry e = { .time = time,
		.kind = ENTRY_STAFF,
		.has_digest = true,
		.has_person_key = true,
		.reason = "KEY" };

	MUST(text_copy(e.ref, sizeof(e.ref), code));
	MUST(text_copy(e.officer, sizeof(e.officer), officer));
	MUST(text_copy(e.approver, sizeof(e.approver), approver));
	MUST(person_key_point(key, e.person_key) == ERR_OK);
	person_key_digest(e.person_key, e.digest);
	chronicle_add(c, &e);
	chronicle_set_person(c, code, key);
}

void
chronicle_join(
    struct chronicle *c, int64_t time, const char *code, const char *reason)
{
	EVP_PKEY *own = chronicle_person(c, code), *given = NULL;

	EVP_PKEY_up_ref(own);
	MUST(key_new_p256(&given, NULL) == ERR_OK);
	chronicle_set_person(c, code, given);
	chronicle_staff(c, time, code, reason);
	chronicle_key(c, time, code, own, code, CHRONICLE_APPROVER);
	EVP_PKEY_free(given);
	EVP_PKEY_free(own);
}

void
chronicle_close(struct chronicle *c, int64_t time)
{
	const struct log_entry e = {
		.time = time, .kind = ENTRY_CLOSE, .officer = CHRONICLE_APPROVER
	};

	chronicle_add(c, &e);
}

void
chronicle_restore(struct chronicle *c, int64_t time, uint64_t size, bool lost)
{
	struct log_entry e = { .time = time,
		.kind = ENTRY_RESTORE,
		.officer = CHRONICLE_APPROVER,
		.approver = CHRONICLE_ADMIN };

	snprintf(e.ref, sizeof(e.ref), "%llu", (unsigned long long)size);
	strcpy(e.reason, lost ? "LOST" : "");
	chronicle_add(c, &e);
}

void
chronicle_clock(struct chronicle *c, int64_t time, int64_t last)
{
	struct log_entry e = { .time = time,
		.kind = ENTRY_CLOCK,
		.officer = CHRONICLE_APPROVER,
		.approver = CHRONICLE_ADMIN };

	clock_format(last, e.ref);
	chronicle_add(c, &e);
}

void
chronicle_grow(struct chronicle *c, int64_t time, unsigned first, uint64_t size)
{
	while (c->size < size && c->size < CHRONICLE_FOUND)
		begin(c, time);
	while (c->size < size)
		chronicle_issue(c, time, first++);
}

void
chronicle_cut(struct chronicle *c, uint64_t size)
{
	unsigned level;
	uint64_t i;

	MUST(size <= c->size);
	if (size == c->size)
		return;
	c->text.len = c->start[size];
	c->size = size;
	for (level = 0; level < CHRONICLE_LEVELS; level++)
		c->level[level].len = (size_t)(size >> TILE_HEIGHT * level) *
		    sizeof(struct tree_hash);
	c->range = (struct tree_range){ .size = 0 };
	for (i = 0; i < size; i++)
		MUST(tree_range_append(&c->range, 0, &hashes(c, 0)[i]));
}

/* --- heads and files ----------------------------------------------------- */

static enum err
read_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	const struct chronicle *c = ctx;

	(void)err;
	MUST(level < CHRONICLE_LEVELS &&
	    (first + count) * sizeof(*out) <= c->level[level].len);
	memcpy(out, hashes(c, level) + first, count * sizeof(*out));
	return ERR_OK;
}

static enum err
read_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	const struct chronicle *c = ctx;
	uint64_t end = first + count;

	(void)err;
	MUST(end <= c->size);
	bytes_add(out, c->text.at + c->start[first],
	    (end < c->size ? c->start[end] : c->text.len) - c->start[first]);
	return ERR_OK;
}

struct log_reader
chronicle_reader(struct chronicle *c)
{
	return (struct log_reader){ read_hashes, read_entries, c };
}

void
chronicle_root(const struct chronicle *c, uint64_t size, struct tree_hash *out)
{
	struct log_reader log = { read_hashes, read_entries,
		(void *)(uintptr_t)c };

	if (size == 0)
		tree_empty(out);
	else
		MUST(log_edge_root(&log, size, out, NULL) == ERR_OK);
}

void
chronicle_head(
    const struct chronicle *c, uint64_t size, int64_t at, struct bytes *note)
{
	struct checkpoint head = { .size = size };
	struct bytes text = { 0 };

	MUST(text_copy(head.origin, sizeof(head.origin), c->log.name));
	chronicle_root(c, size, &head.root);
	MUST(checkpoint_format(&head, &text, NULL) == ERR_OK);
	MUST(checkpoint_sign(&head, &c->log, c->log_key, note, NULL) == ERR_OK);
	if (at != 0)
		MUST(checkpoint_cosign(text.at, text.len, &c->cosigner,
			 c->cosigner_key, at, note, NULL) == ERR_OK);
	bytes_free(&text);
}

void
chronicle_dir(const struct chronicle *c, const char *pub, char out[256])
{
	snprintf(out, 256, "%s/log/%s/%u", pub, c->center, c->generation);
}

enum err
chronicle_try_publish(struct chronicle *c, const char *pub, uint64_t size,
    int64_t at, struct errtext *err)
{
	struct log_reader log = chronicle_reader(c);
	struct publish_report report;
	struct bytes note = { 0 };
	char dir[256];
	enum err rc;

	chronicle_dir(c, pub, dir);
	MUST(file_mkdir(dir, 0755, NULL) == ERR_OK);
	chronicle_head(c, size, at, &note);
	rc = log_publish(
	    &log, note.at, note.len, &c->log, dir, PUBLISH_NEW, &report, err);
	bytes_free(&note);
	return rc;
}

void
chronicle_publish(
    struct chronicle *c, const char *pub, uint64_t size, int64_t at)
{
	struct errtext err = { 0 };

	if (chronicle_try_publish(c, pub, size, at, &err) != ERR_OK)
		ck_abort_msg("%s", err.text);
}

void
chronicle_put_head(
    const struct chronicle *c, const char *pub, const struct bytes *note)
{
	char path[300];

	chronicle_dir(c, pub, path);
	strcat(path, "/checkpoint");
	MUST(file_write(path, 0644, note->at, note->len, NULL) == ERR_OK);
}

void
chronicle_trust_log(
    const struct chronicle *c, bool closed, struct trust_log *out)
{
	struct tree_hash root;

	*out = (struct trust_log){ .generation = c->generation,
		.log = c->log,
		.cosigner = c->cosigner,
		.closed = closed };
	if (!closed)
		return;
	out->final_size = c->size;
	chronicle_root(c, c->size, &root);
	memcpy(out->final_root, root.at, sizeof(out->final_root));
}
