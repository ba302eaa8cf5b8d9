/*
 * trial.h - a publication in a folder of its own, and an audit of it: what
 * the tests of this room share.
 *
 *   trial_begin(&t);              root, center GTGUA01 with an opened log
 *   chronicle_issue(t.log, ...);  what happens there
 *   trial_publish(&t, "pub");     root.crt, pub/trust.xml, pub/log/...
 *   trial_audit(&t, "pub", NULL); sources, NULL at the end
 *   only(&t, FINDING_TIME);       found, and nothing else beside notes
 *   trial_end(&t);
 */
#ifndef TESTS_AUDIT_TRIAL_H
#define TESTS_AUDIT_TRIAL_H

#include "audit/audit.h"
#include "base/clock.h"
#include "ledger/gossip.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/realm.h"
#include "tests/support/run.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define T0 INT64_C(1772463600) /* 2026-03-02T15:00:00Z: Monday, 9:00 there */

struct trial {
	struct realm realm;
	struct realm_center *center;
	struct chronicle *log; /* its first one */
	int64_t now;           /* time of the next line */
	struct audit audit;
	struct audit_options options;
	const char *sources[8];
	const char *presentations[8];
	struct errtext err;
};

static inline void
trial_begin(struct trial *t)
{
	memset(t, 0, sizeof(*t));
	run_folder();
	realm_new(&t->realm, T0);
	t->center = realm_add_center(&t->realm, "GTGUA01", "GTM");
	t->log = &t->center->log;
	chronicle_found(t->log, T0);
	t->now = T0 + 60;
	t->options = (struct audit_options){ .root = "root.crt",
		.sources = t->sources,
		.presentations = t->presentations,
		.threads = 2,
		.copies = STATS_COPIES,
		.now = T0 + CLOCK_DAY };
}

static inline void
trial_end(struct trial *t)
{
	audit_clear(&t->audit);
	realm_free(&t->realm);
	run_leave();
}

/* Letters first to last, a minute each. */
static inline void
trial_issue(struct trial *t, unsigned first, unsigned last)
{
	for (; first <= last; first++, t->now += 60)
		chronicle_issue(t->log, t->now, first);
}

/* The newest list, and the first `size` lines of the log. */
static inline void
trial_publish_part(struct trial *t, const char *pub, uint64_t size, int64_t at)
{
	realm_write_root(&t->realm, "root.crt");
	realm_write_list(&t->realm, pub);
	chronicle_publish(t->log, pub, size, at);
}

static inline void
trial_publish(struct trial *t, const char *pub)
{
	trial_publish_part(t, pub, t->log->size, t->now);
}

/* What proves a letter that was shown: the center's key signed it. */
static inline void
trial_sign(const struct trial *t, struct gossip_shown *seen)
{
	struct bytes info = { 0 };

	dsig_signed_info(seen->number, seen->digest, &info);
	ck_assert_int_eq(dsig_key_name(t->center->key, seen->key_name), ERR_OK);
	ck_assert_int_eq(
	    sign_raw(t->center->key, info.at, info.len, seen->signature, NULL),
	    ERR_OK);
	bytes_free(&info);
}

static inline enum err
trial_try(struct trial *t)
{
	audit_clear(&t->audit);
	t->err = (struct errtext){ 0 };
	return audit_run(&t->options, &t->audit, &t->err);
}

/* Audits these folders, up to a NULL. */
static inline void
trial_audit(struct trial *t, ...)
{
	const char *source;
	va_list ap;

	t->options.source_count = 0;
	va_start(ap, t);
	while ((source = va_arg(ap, const char *)) != NULL)
		t->sources[t->options.source_count++] = source;
	va_end(ap);
	ck_assert_msg(trial_try(t) == ERR_OK, "%s", t->err.text);
}

static inline const struct finding *
trial_find(const struct trial *t, enum finding_code code)
{
	size_t i;

	for (i = 0; i < t->audit.findings.count; i++)
		if (t->audit.findings.at[i].code == code)
			return &t->audit.findings.at[i];
	return NULL;
}

static inline const struct finding *
must_find(const struct trial *t, enum finding_code code)
{
	const struct finding *f = trial_find(t, code);

	ck_assert_msg(f != NULL, "no %s", finding_table[code].name);
	return f;
}

/* No proof, no question and nothing unchecked but `code`, which is there;
 * FINDING_COUNT: nothing at all. */
static inline void
only(const struct trial *t, enum finding_code code)
{
	size_t i;

	for (i = 0; i < t->audit.findings.count; i++) {
		const struct finding *f = &t->audit.findings.at[i];

		ck_assert_msg(f->code == code ||
			(f->code != FINDING_UNCHECKED &&
			    finding_table[f->code].severity == SEVERITY_NOTE),
		    "%s: %s", finding_table[f->code].name, f->text);
	}
	if (code != FINDING_COUNT)
		must_find(t, code);
}

/* A letter that the center's key signed, as letter.xml; file: its bytes. */
static inline void
trial_file(
    struct trial *t, unsigned sequence, int64_t issued_at, struct bytes *file)
{
	struct bytes xml = { 0 };
	struct letter letter;

	sample_letter(&letter);
	chronicle_number(t->log, 2026, sequence, letter.number);
	letter.supersedes[0] = letter.appointment_date[0] = '\0';
	ck_assert(clock_format(issued_at, letter.issued_at));
	ck_assert(clock_format_date(issued_at / CLOCK_DAY, letter.valid_from));
	ck_assert(
	    clock_format_date(issued_at / CLOCK_DAY + 90, letter.valid_until));
	ck_assert_int_eq(xml_write(&letter, &xml), ERR_OK);
	ck_assert_int_eq(sign_document(&dsig_letter, xml.at, xml.len,
			     letter.number, t->center->key, file, NULL),
	    ERR_OK);
	run_put("letter.xml", file->at, file->len);
	bytes_free(&xml);
}

/* Audits pub with it. */
static inline void
trial_give(struct trial *t)
{
	static const char *const path[] = { "letter.xml" };

	t->options.letters = path;
	t->options.letter_count = 1;
	trial_audit(t, "pub", NULL);
}

/* Any entry of a letter, to be spoilt. */
static inline struct log_entry
trial_letter(const struct trial *t, unsigned sequence)
{
	struct log_entry e = { .time = t->now,
		.kind = ENTRY_ISSUE,
		.has_digest = true,
		.officer = CHRONICLE_DRAFTER,
		.approver = CHRONICLE_APPROVER,
		.reason = "V45" };

	chronicle_number(t->log, clock_year(t->now), sequence, e.number);
	chronicle_digest(e.number, e.digest);
	return e;
}

/* An entry of another letter than chronicle_issue() writes under the number:
 * of a number that is given again. */
static inline struct log_entry
trial_other(const struct trial *t, unsigned sequence)
{
	struct log_entry e = trial_letter(t, sequence);

	e.digest[0] ^= 1;
	return e;
}

#endif
