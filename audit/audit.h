/*
 * audit.h - one audit from its options to its findings: lists, heads, posts'
 * files, then center after center, log after log, line after line.
 *
 * Nothing is taken on trust but the root certificate: lists by the root's
 * signature, heads by the keys of the list, lines by the head, letters by the
 * keys of the list.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "audit/calendar.h"
#include "audit/finding.h"
#include "audit/persons.h"
#include "audit/presented.h"
#include "audit/sample.h"
#include "audit/seen.h"
#include "audit/sources.h"
#include "audit/stats.h"

struct lines_line; /* audit/lines.h */

/* How far an audit is: lines of the log that is read. */
struct audit_step {
	const char *center;
	unsigned generation;
	uint64_t done, total;
};

/* Everything borrowed; 0 and NULL where not given. */
struct audit_options {
	const char *root;           /* file */
	const char *state;          /* folder */
	const char *calendar;       /* file */
	const char *const *sources; /* folders */
	size_t source_count;
	const char *const *presentations; /* files */
	size_t presentation_count;
	const char *const *letters; /* files */
	size_t letter_count;
	const char *const *centers; /* codes; none: all of the list */
	size_t center_count;
	unsigned threads; /* 1 to POOL_THREADS_MAX */
	unsigned copies;  /* reprints of a letter without a question */
	uint64_t seed;    /* of the sample */
	size_t sample;    /* its size; 0: by the table */
	int64_t now;
	/* told of every line once its signatures are checked, in order */
	void (*line)(void *ctx, const struct lines_line *line);
	void *line_ctx;
	/* told now and then how far it is; false: give up */
	bool (*step)(void *ctx, const struct audit_step *step);
	void *step_ctx;
};

/* One log as it was read. */
struct audit_log {
	unsigned generation;
	char *dir; /* the copy that was read; NULL: there was none */
	struct checkpoint head; /* without its extension */
	uint64_t size;          /* of its head */
	uint64_t read;          /* lines that were checked */
	int64_t as_of;          /* the center's cosignature; 0: none */
	bool whole;
	struct bytes note; /* the signed head */
};

struct audit_center {
	const struct trust_center *center; /* of the list */
	struct stats stats;
	struct persons persons; /* and their keys */
	size_t log_count;
	struct audit_log *logs;
	bool whole; /* every line of every log of the list */
};

/* Start as {0}; audit_clear(). */
struct audit {
	const struct audit_options *options;
	X509 *root;
	struct trust_list *list; /* NULL: none could be used */
	struct bytes list_xml;
	struct calendar calendar;
	struct findings findings;
	struct seen seen;
	struct presented presented;
	struct sample sample;
	size_t center_count;
	struct audit_center *centers; /* those that were audited */
};

/*
 * audit_ready - can the root certificate and the calendar be used? Else what
 * audit_run() would say of them.
 */
enum err audit_ready(const struct audit_options *options, struct errtext *err);

/*
 * audit_run - do all of it. Draws a progress bar on standard error.
 *
 * ERR_OK also with findings of every kind, and when nothing could be checked:
 * findings_exit() says. Else the root certificate or the calendar cannot be
 * used (ERR_NOT_FOUND, ERR_DATA, ...), ERR_MEMORY, or ERR_INTERNAL where step()
 * gave up.
 */
enum err audit_run(const struct audit_options *options, struct audit *out,
    struct errtext *err);

/*
 * audit_keep - write what was accepted to the folder of the state, for the
 * next audit: the list, and the head of each log all of which could be
 * checked and nothing of which is proven false. ERR_OK, ERR_IO, ERR_MEMORY.
 */
enum err audit_keep(const struct audit *audit, struct errtext *err);

void audit_clear(struct audit *audit);

#endif
