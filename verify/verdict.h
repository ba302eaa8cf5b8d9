/*
 * verdict.h - the one place that decides: a pure function from a letter,
 * what this post knows, the time and its policy to one of four verdicts with
 * reasons. No clock, no file, no list is read here.
 *
 * docs/verdicts.md is the contract: verdict names, exit codes, reasons and
 * their order stand in the table reason_table[] and nowhere else.
 */
#ifndef VERIFY_VERDICT_H
#define VERIFY_VERDICT_H

#include "base/err.h"
#include "trust/authenticate.h"
#include "verify/post/log_evidence.h"

enum verdict {
	VERDICT_VALID,         /* exit 0 */
	VERDICT_ATTENTION,     /* exit 1 */
	VERDICT_UNCHECKED,     /* exit 2 */
	VERDICT_NOT_AUTHENTIC, /* exit 3 */
};

/* In table order: verdict by verdict from the worst, as docs/verdicts.md has
 * them. */
enum reason {
	F_SIGNATURE,
	F_REVOKED,
	F_KEY,
	F_UNLOGGED,
	F_MISMATCH,
	U_UNREADABLE,
	U_FOREIGN,
	U_GARBLED,
	U_PROFILE,
	U_VERSION,
	U_ISSUER,
	U_REVOKED,
	U_LOG_GAP,
	U_LIST_STALE,
	U_CLOCK,
	U_SELFTEST,
	U_SIZE,
	U_INPUT,
	U_REGISTER,
	R_NOTYET,
	R_EXPIRED,
	R_SUPERSEDED,
	R_WITHDRAWN,
	R_PRESENTED,
	R_CONSULATE,
	R_MINOR,
	R_DECLARED,
	R_MIXED,
	R_KEY_REVOKED,
	R_KEY_RETIRED,
	R_CLOCK,
	R_LIST_AGEING,
	R_LOG_PENDING,
	R_LOG_CONFLICT,
	T_TRAINING,
	REASON_COUNT,
};

/* What an old list changes. */
enum reason_kind {
	REASON_PLAIN,
	/* of this post's old records: the worst of these alone is told, and
	 * none makes a letter that is over a better or a worse one */
	REASON_OLD,
	/* no longer in force, however old the lists are: it stays, and is said
	 * before a reason that is old */
	REASON_OVER,
};

struct reason_row {
	enum reason reason;
	const char *code; /* "F-SIGNATURE", stable */
	enum verdict verdict;
	enum reason_kind kind;
	const char *sentence; /* message id: what it means */
	const char *next;     /* message id: what to do */
};
extern const struct reason_row reason_table[REASON_COUNT];

struct verdict_row {
	enum verdict verdict;
	const char *name; /* JSON: "not-authentic" */
	const char *word; /* message id: "NOT AUTHENTIC" */
	const char *mark; /* shape for terminals: [X] [?] /!\ [OK] */
	int exit;
};
extern const struct verdict_row verdict_table[4];

/* Everything the verdict may look at. */
struct judgement {
	enum err input; /* ERR_OK, or how reading or authenticating ended */
	const struct authentic *letter; /* when input is ERR_OK */
	const struct trust_key *key;    /* whose signature is good, else NULL */
	bool mismatch;     /* two authentic letters under one number */
	bool mixed;        /* page's code and file are different letters */
	bool typed_number; /* no letter at all: a number typed by hand */
	bool selftest_failed;
	const struct trust_list *list; /* NULL: none yet... */
	bool list_unusable;            /* ... or one that could not be used */
	struct log_evidence log;
	int64_t now;         /* or --at */
	bool at_given;       /* judged as of another time */
	int64_t newest_seen; /* newest time this post has proof of */
	bool presented;      /* this letter was shown before */
	char consulate[9];   /* this post's consulate */
};

struct verdict_result {
	enum verdict verdict;
	size_t count;
	enum reason reason[REASON_COUNT]; /* in the order to show */
};

/* verdict_judge - decide. Never fails. */
void verdict_judge(const struct judgement *j, struct verdict_result *out);

/*
 * verdict_collect - the verdict that these reasons make together, and the
 * order in which they are told; for `status`, which has reasons of a post and
 * no letter. Never fails.
 */
void verdict_collect(const bool has[REASON_COUNT], struct verdict_result *out);

/* verdict_shows_letter - may personal data be shown? */
bool verdict_shows_letter(const struct verdict_result *result);

#endif
