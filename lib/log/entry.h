/*
 * entry.h - one line of the signature log, of the form (docs/log.md):
 *
 *   s1 INDEX TIME KIND NUMBER REF DIGEST KEYID SIG DRAFT PSIG
 *      OFFICER APPROVER REASON
 *
 * ASCII, 14 fields, single spaces, `-` for an absent one, at most 768 bytes,
 * no line end: what the tree hashes are exactly these bytes. One entry has
 * one line: what is read would be written again as the same bytes.
 *
 * SIG is the center's signature, PSIG those of the persons who act.
 *
 * This judges a line alone. It knows the forms of letter numbers and of
 * persons' codes but no letter, no check character, no key: signatures, the
 * order of lines and who may act are for those who hold the keys and the
 * lines before.
 */
#ifndef LOG_ENTRY_H
#define LOG_ENTRY_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENTRY_MAX            768 /* bytes of a line */
#define ENTRY_NUMBER_SIZE    22  /* "GTGUA01-2026-000002-J" and its NUL */
#define ENTRY_KEY_NAME_SIZE  9
#define ENTRY_PERSON_SIZE    13
#define ENTRY_REASON_SIZE    12
#define ENTRY_SIGNATURE_SIZE 64
#define ENTRY_POINT_SIZE     33 /* a compressed point of P-256 (SEC 1, 2.3.3) */
#define ENTRY_SIGNER_MAX     2  /* persons who sign a line */

enum entry_kind {
	ENTRY_OPEN,     /* the log begins; index 0 and nowhere else */
	ENTRY_ISSUE,    /* a letter */
	ENTRY_CORRECT,  /* a letter in place of the one in ref, which dies */
	ENTRY_WITHDRAW, /* a letter is void */
	ENTRY_REPRINT,  /* a further copy; ref: the how manieth */
	ENTRY_STAFF,    /* who belongs to the center changes; ref: a person */
	ENTRY_CLOSE,    /* end of a day */
	ENTRY_RESTORE,  /* after a recovery; ref: the size before */
	ENTRY_CLOCK,    /* after a wrong clock; ref: the last line's time */
};
#define ENTRY_KIND_COUNT 9

/* Texts are "" where the line has `-`. */
struct log_entry {
	uint64_t index;
	int64_t time; /* seconds since 1970; years 2000 to 9999 */
	enum entry_kind kind;
	char number[ENTRY_NUMBER_SIZE];
	char ref[ENTRY_NUMBER_SIZE];
	bool has_digest;
	uint8_t digest[32]; /* of the letter, or of a person's public key */
	char key_name[ENTRY_KEY_NAME_SIZE]; /* 8 lower-case hex digits */
	uint8_t
	    signature[ENTRY_SIGNATURE_SIZE]; /* the center's: r | s, s low */
	/* DRAFT of issue and correct: what the drafter signed of the letter
	 * (letter/commitment.h) */
	bool has_commitment;
	uint8_t commitment[32];
	/* DRAFT of staff, but for REMOVED: the key they have from here on */
	bool has_person_key;
	uint8_t person_key[ENTRY_POINT_SIZE];
	/* PSIG: officer's, then approver's where there is one */
	uint8_t person_signature[ENTRY_SIGNER_MAX][ENTRY_SIGNATURE_SIZE];
	char officer[ENTRY_PERSON_SIZE];  /* who acts */
	char approver[ENTRY_PERSON_SIZE]; /* the second person */
	char reason[ENTRY_REASON_SIZE];
};

/*
 * entry_parse - read one line.
 *
 *   line  len bytes, without line end; not kept
 *   out   written only on ERR_OK; its signature is UNVERIFIED
 *
 * Returns ERR_OK, ERR_LIMIT (over ENTRY_MAX), ERR_VERSION (not `s1`, or a
 * kind this program does not know: a reader must stop there), ERR_DATA
 * (anything else; err names the field, never its value), ERR_MEMORY.
 */
enum err entry_parse(
    const void *line, size_t len, struct log_entry *out, struct errtext *err);

/*
 * entry_format - append the line, without line end. ERR_DATA, nothing
 * appended, for an entry that entry_parse() would refuse; ERR_MEMORY.
 */
enum err entry_format(
    const struct log_entry *entry, struct bytes *out, struct errtext *err);

/* entry_signers - how many persons sign it: 2 where an approver is named, else
 * 1, who stands in officer. */
size_t entry_signers(const struct log_entry *entry);

/*
 * entry_act_text - append what the center's key signs for every kind but
 * issue and correct, after the persons: "sello-act/v1", LF, the line with `-`
 * in place of SIG. entry->signature is not looked at. ERR_USAGE for issue and
 * correct, whose signature is the letter's own; else as entry_format().
 */
enum err entry_act_text(
    const struct log_entry *entry, struct bytes *out, struct errtext *err);

/*
 * entry_person_text - append what persons sign: the approver of issue and
 * correct, everybody who acts of the other kinds. "sello-line/v1", LF, the
 * line with `-` in place of SIG and PSIG, neither of which is looked at. As
 * entry_format().
 */
enum err entry_person_text(
    const struct log_entry *entry, struct bytes *out, struct errtext *err);

/*
 * entry_drafted_text - append what the officer of issue and correct signs
 * before there is a line: "sello-drafted/v2", LF, PROGRAM/CENTER, LF, DRAFT,
 * LF.
 *
 *   program, center  "RRP-ES", "GTGUA01"
 *   commitment       32 bytes
 */
void entry_drafted_text(const char *program, const char *center,
    const uint8_t commitment[32], struct bytes *out);

/* entry_is_letter - issue or correct: signed by the letter's own signature. */
bool entry_is_letter(const struct log_entry *entry);

/* entry_ref_value - the number in ref of reprint and restore; else 0. */
uint64_t entry_ref_value(const struct log_entry *entry);

/*
 * entry_ref_time - the time in ref of a clock line: of the line before it, by
 * the clock that was wrong. 0 for every other kind.
 */
int64_t entry_ref_time(const struct log_entry *entry);

/*
 * entry_reason_value - for letters: 'V' and the seconds the approver had it
 * open, or 'B' and the size of the batch it was approved in. '\0' otherwise.
 */
char entry_reason_value(const struct log_entry *entry, uint32_t *value);

/* entry_kind_name - as it stands in the line. */
const char *entry_kind_name(enum entry_kind kind);

/* entry_kind_label - what such a line says, in the screen's language. */
const char *entry_kind_label(enum entry_kind kind);

#endif
