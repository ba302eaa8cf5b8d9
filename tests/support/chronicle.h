/*
 * chronicle.h - a center's log for tests, written without a center: lines
 * that are signed as a center and its persons sign them, kept in memory with
 * their tree, and published as a center publishes them. It checks nothing:
 * what it is told to write it writes, so a test can make any log, honest or
 * not.
 *
 *   struct chronicle log;
 *
 *   chronicle_new(&log, "GTGUA01", 1, key);       the center's P-256 key
 *   chronicle_found(&log, t);                     lines 0 to 3
 *   chronicle_issue(&log, t + 1, 1);              letter 000001 of t's year
 *   chronicle_publish(&log, "pub", log.size, t + 2);
 *   chronicle_trust_log(&log, &list_row);         for a trust list
 *   chronicle_free(&log);
 *
 * Everything asserts. Letters that only the log knows have the SHA-256 of
 * their number for a digest, chronicle_digest(), and that of the digest for a
 * commitment. Persons have the keys of tests/support/keys.h, so the roster
 * that it begins with is support_roster().
 */
#ifndef TESTS_SUPPORT_CHRONICLE_H
#define TESTS_SUPPORT_CHRONICLE_H

#include "letter/number.h"
#include "log/checkpoint.h"
#include "log/entry.h"
#include "log/publish.h"
#include "tests/support/keys.h"
#include "trust/list.h"

/* Who does what in it, unless the entry says so itself. */
#define CHRONICLE_DRAFTER  "OF1007"
#define CHRONICLE_APPROVER "AP2003"
#define CHRONICLE_ADMIN    "AD0001"

#define CHRONICLE_FOUND 4 /* lines that a log begins with */

#define CHRONICLE_LEVELS 4 /* of tiles: 2^32 lines */

struct chronicle_person {
	char code[PERSON_CODE_SIZE];
	EVP_PKEY *key;
};

struct chronicle {
	char program[17]; /* RRP-ES */
	char center[LETTER_CENTER_SIZE];
	unsigned generation;
	EVP_PKEY *key; /* signs lines; change it with chronicle_use_key() */
	char key_name[ENTRY_KEY_NAME_SIZE];
	struct vkey log, cosigner;
	EVP_PKEY *log_key, *cosigner_key;
	struct chronicle_person *person; /* whose keys were asked for */
	size_t person_count;
	uint64_t size; /* lines */
	/* each line as bundle_add() writes it, one after the other, and where
	 * each begins */
	struct bytes text;
	size_t *start;
	size_t cap;
	struct tree_range range;
	struct bytes level[CHRONICLE_LEVELS]; /* hashes of tile levels */
};

/*
 * chronicle_new - an empty log with fresh log and cosigner keys.
 *
 *   key  P-256, private; a reference is taken
 */
void chronicle_new(struct chronicle *c, const char *center, unsigned generation,
    EVP_PKEY *key);
void chronicle_free(struct chronicle *c);

/* chronicle_use_key - sign the lines that follow with another key. */
void chronicle_use_key(struct chronicle *c, EVP_PKEY *key);

/*
 * chronicle_person - the private key that this person signs with, whoever it
 * is; borrowed. chronicle_set_person - sign with another one from now on; a
 * reference is taken. It adds no line.
 */
EVP_PKEY *chronicle_person(struct chronicle *c, const char *code);
void chronicle_set_person(struct chronicle *c, const char *code, EVP_PKEY *key);

/* --- lines -------------------------------------------------------------- */

/* chronicle_number - the n-th letter number of a year. chronicle_digest - the
 * digest that its letter has when only the log knows it. */
void chronicle_number(const struct chronicle *c, int year, unsigned sequence,
    char out[LETTER_NUMBER_SIZE]);
void chronicle_digest(const char *number, uint8_t out[32]);

/* chronicle_commit - the commitment of a letter that only the log knows. */
void chronicle_commit(const uint8_t digest[32], uint8_t out[32]);

/*
 * chronicle_sign - fill what the entry lacks to be the line of its index: key
 * name, commitment of a letter, a person's key (support_person(); REMOVED: its
 * digest), persons' signatures, the center's. chronicle_add - append any
 * entry, signed so.
 */
void chronicle_sign(struct chronicle *c, struct log_entry *entry);
void chronicle_add(struct chronicle *c, const struct log_entry *entry);

/* chronicle_add_signed - append an entry as it is, index, key name and
 * signature too: a real letter's, or a wrong one. */
void chronicle_add_signed(struct chronicle *c, const struct log_entry *entry);

/* chronicle_add_raw - append any bytes, at most ENTRY_MAX, as a line. */
void chronicle_add_raw(struct chronicle *c, const void *line, size_t len);

/*
 * chronicle_add_letter - a signed letter file as `issue`, by officer and
 * approver of the file, at its IssuedAt, with its commitment.
 */
void chronicle_add_letter(struct chronicle *c, const void *xml, size_t len);

/*
 * chronicle_found - line 0 and a staff line for each of support_roster(), by
 * the founder: as the first log of a center begins. chronicle_go_on - as a
 * later one does, the same persons. chronicle_enter - a line of either: founder
 * alone, or with an approver.
 */
void chronicle_found(struct chronicle *c, int64_t time);
void chronicle_go_on(struct chronicle *c, int64_t time);
void chronicle_enter(struct chronicle *c, int64_t time, const char *code,
    const char *reason, const char *approver);

/* One line of each kind. Letters are named by year and sequence; the year of
 * a new one is that of its time. */
void chronicle_open(struct chronicle *c, int64_t time);
void chronicle_issue(struct chronicle *c, int64_t time, unsigned sequence);
void chronicle_correct(struct chronicle *c, int64_t time, unsigned sequence,
    int before_year, unsigned before);
void chronicle_withdraw(struct chronicle *c, int64_t time, int year,
    unsigned sequence, const char *reason);
void chronicle_reprint(struct chronicle *c, int64_t time, int year,
    unsigned sequence, unsigned copy);
/* chronicle_staff - by the administrator and the approver; REMOVED takes the
 * key that the person signs with. */
void chronicle_staff(
    struct chronicle *c, int64_t time, const char *code, const char *reason);
/* chronicle_join - the same two add somebody, with a key that the
 * administrator gave; and they take their own in its place, the one that they
 * sign with, before the approver. Two lines. */
void chronicle_join(
    struct chronicle *c, int64_t time, const char *code, const char *reason);
/* chronicle_key - a new key; officer and approver sign with those before it,
 * and from then on the person with this one. */
void chronicle_key(struct chronicle *c, int64_t time, const char *code,
    EVP_PKEY *key, const char *officer, const char *approver);
void chronicle_close(struct chronicle *c, int64_t time);
void chronicle_restore(
    struct chronicle *c, int64_t time, uint64_t size, bool lost);
/* chronicle_clock - a clock put right at `time`, after a line of `last`. */
void chronicle_clock(struct chronicle *c, int64_t time, int64_t last);

/* chronicle_grow - letters first, first + 1, ... until the log has `size`
 * lines, all at one time. The lines 0 to CHRONICLE_FOUND - 1 are those of
 * chronicle_found(), or of chronicle_go_on(). */
void chronicle_grow(
    struct chronicle *c, int64_t time, unsigned first, uint64_t size);

/* chronicle_cut - forget the lines from `size` on: what is added then is a
 * fork, or what a restored backup would write. */
void chronicle_cut(struct chronicle *c, uint64_t size);

/* --- heads and files ----------------------------------------------------- */

/* chronicle_root - root of the first `size` lines. */
void chronicle_root(
    const struct chronicle *c, uint64_t size, struct tree_hash *out);

/* chronicle_head - append the signed head of the first `size` lines to note;
 * cosigned by the center as of `at`, 0: not cosigned. */
void chronicle_head(
    const struct chronicle *c, uint64_t size, int64_t at, struct bytes *note);

/* chronicle_publish - into pub/log/CENTER/GENERATION; chronicle_dir - that
 * folder's path. try: as log_publish() ends, for what must be refused. */
void chronicle_publish(
    struct chronicle *c, const char *pub, uint64_t size, int64_t at);
enum err chronicle_try_publish(struct chronicle *c, const char *pub,
    uint64_t size, int64_t at, struct errtext *err);
void chronicle_dir(const struct chronicle *c, const char *pub, char out[256]);

/* chronicle_put_head - replace the folder's checkpoint by any bytes. */
void chronicle_put_head(
    const struct chronicle *c, const char *pub, const struct bytes *note);

/* chronicle_reader - the log as log_publish() and bench want it. */
struct log_reader chronicle_reader(struct chronicle *c);

/* chronicle_trust_log - the row for a trust list; closed: as it is now. */
void chronicle_trust_log(
    const struct chronicle *c, bool closed, struct trust_log *out);

#endif
