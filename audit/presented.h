/*
 * presented.h - letters that posts say they were shown (ledger/gossip.h), and
 * letters' own files, held against the logs. A listed post's report is its
 * signed word; of others only the signed heads in it count.
 *
 * Nothing that a post says is a proof against a center. The letter's own
 * signature, which the report carries, proves number and digest, and so that a
 * letter was signed outside the log: when the log has another one under its
 * number, or when the number's year has ended below it. When it was issued
 * stays the post's word; a letter's own file proves that too.
 */
#ifndef AUDIT_PRESENTED_H
#define AUDIT_PRESENTED_H

#include "audit/absence.h"
#include "audit/finding.h"
#include "audit/seen.h"
#include "ledger/letters.h"
#include "letter/commitment.h"
#include "letter/number.h"

struct history;
#define PRESENTED_MAX 10000000 /* letters shown, of all files */

/* What a letter's own file says, and its line in the log. */
struct presented_file {
	uint8_t commitment[LETTER_COMMITMENT_SIZE];
	char officer[PERSON_CODE_SIZE], approver[PERSON_CODE_SIZE];
	char supersedes[LETTER_NUMBER_SIZE];
	/* no line with its digest; one that says the same of it; none */
	enum {
		FILE_ABSENT,
		FILE_ENTERED,
		FILE_OF_ANOTHER_DRAFT,
		FILE_OTHERWISE
	} line;
};

struct presented_row {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	int64_t issued_at;
	const struct trust_post *post; /* NULL: the letter's own file */
	bool elsewhere, mismatch;
	char key_name[DSIG_KEY_NAME_SIZE]; /* "": the post did not keep it */
	uint8_t signature[DSIG_SIGNATURE_SIZE];
	struct presented_file *file; /* NULL: it is not at hand */
};

/* Start as {0}; presented_clear(). Posts are borrowed from the trust list. */
struct presented {
	size_t count, cap;
	struct presented_row *row;
	size_t files; /* rows that have one */
};

/*
 * presented_read - a file: a post's report, or a bare checkpoint. Heads go to
 * seen heads. What cannot be used of it becomes a finding.
 *
 *   name  of the file, for messages
 *
 * Returns ERR_OK, also for a file that could not be read; ERR_MEMORY.
 */
enum err presented_read(struct presented *presented, struct seen *seen,
    const char *name, const void *bytes, size_t len,
    const struct trust_list *list, struct findings *findings,
    struct errtext *err);

/*
 * presented_letter - a letter's own signed file. Nothing about its person is
 * kept or said. Errors as presented_read().
 */
enum err presented_letter(struct presented *presented, const char *name,
    const void *bytes, size_t len, const struct trust_list *list,
    struct findings *findings, struct errtext *err);

/* presented_sort - before presented_judge(). */
void presented_sort(struct presented *presented);

/* presented_line - a letter's line in the log: does it say what the letter's
 * own file says? After presented_sort(). */
void presented_line(struct presented *presented, const struct log_entry *entry);

/* What the logs of one center say. */
struct presented_center {
	const char *code;
	const struct trust_list *list;
	const struct letters *letters;
	const struct history *history; /* after the newest line */
	bool whole;   /* every line of every generation was read */
	bool forked;  /* shown in two versions: another may have the letter */
	bool behind;  /* a later head is known: its lines may have it */
	int64_t now;  /* the auditor's clock */
	bool doubted; /* the time of the newest line: seen_doubted() */
	bool clocked; /* a wrong clock was put right, the last time at: */
	unsigned clock_generation;
	uint64_t clock_index;
	const struct absence *absence;
};

/* presented_judge - the letters of this center: presented_judge.c. */
void presented_judge(const struct presented *presented,
    const struct presented_center *center, struct findings *findings);

/* presented_strangers - say how many are of centers not in the list. */
void presented_strangers(const struct presented *presented,
    const struct trust_list *list, struct findings *findings);

void presented_clear(struct presented *presented);

#endif
