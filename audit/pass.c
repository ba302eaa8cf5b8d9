/*
 * pass.c - one line after the other: pass.h.
 */
#include "audit/pass.h"

#include "audit/lines.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KIND_SIZE (96 + ENTRY_NUMBER_SIZE)
#define STEP      4096 /* lines between two looks at the clock */

struct place
pass_place(const struct pass *pass, uint64_t index, const char *number)
{
	return (struct place){ .center = pass->center->code,
		.generation = pass->log->generation,
		.index = (int64_t)index,
		.number = number };
}

/* --- heads seen elsewhere ------------------------------------------------- */

void
pass_seen(struct pass *pass, uint64_t size, int64_t last)
{
	struct tree_hash root;

	for (; pass->seen_left > 0 && pass->seen->size == size;
	     pass->seen++, pass->seen_left--) {
		tree_range_root(&pass->range, &root);
		pass->seen->passed = true;
		pass->seen->same = tree_hash_equal(&root, &pass->seen->root);
		pass->seen->before = size > 0 ? last : 0;
	}
}

/* The first line that the heads just passed do not have. */
static void
set_after(struct pass *pass, uint64_t index, int64_t time)
{
	for (; pass->waiting < pass->seen; pass->waiting++) {
		pass->waiting->after = time;
		pass->waiting->after_index = index;
	}
}

/* --- rules ---------------------------------------------------------------- */

static const struct {
	enum rule rule;
	enum finding_code code;
	bool looks_back; /* needs all the lines before */
} rule_findings[RULE_COUNT] = {
	{ RULE_INDEX, FINDING_INDEX, false },
	{ RULE_TIME, FINDING_TIME, false },
	{ RULE_NUMBER, FINDING_NUMBER, false },
	{ RULE_SEQUENCE, FINDING_SEQUENCE, true },
	{ RULE_UNKNOWN, FINDING_UNKNOWN, true },
	{ RULE_STATE, FINDING_STATE, true },
	{ RULE_COPY, FINDING_COPY, true },
	{ RULE_CLOCK, FINDING_TIME, true },
	{ RULE_DRAFT, FINDING_DRAFT, true },
	{ RULE_FOUNDING, FINDING_FOUNDING, true },
	{ RULE_PERSON, FINDING_PERSON, true },
	{ RULE_STRANGER, FINDING_STRANGER, true },
	{ RULE_ROLE, FINDING_ROLE, true },
	{ RULE_ALONE, FINDING_ALONE, true },
	{ RULE_KEY, FINDING_PERSON_KEY, true },
	{ RULE_RENUMBERED, FINDING_RENUMBERED, true },
	{ RULE_VOID, FINDING_VOID, true },
};

static bool
is_removed(const struct pass *pass, const char *code)
{
	const struct roster_person *person =
	    roster_find(&pass->history.roster, code);

	return person != NULL && !roster_view_of(person)->standing;
}

/* A person who is not on the roster now may have been on it before. */
static enum finding_code
code_of(const struct pass *pass, const struct log_entry *e, size_t rule)
{
	return rule_findings[rule].rule == RULE_STRANGER &&
		(is_removed(pass, e->officer) || is_removed(pass, e->approver))
	    ? FINDING_REMOVED
	    : rule_findings[rule].code;
}

/* A line dated after the list may be right by one that is newer; a center's
 * clock may be minutes behind that one. */
static unsigned
await_list(struct pass *pass, const struct log_entry *e, unsigned broken)
{
	const struct place place = pass_place(pass, e->index, NULL);

	if ((broken & RULES_OF_LIST) == 0 || pass->broken ||
	    e->time < pass->audit->list->issued_at - POLICY_SLACK)
		return broken;
	if (!pass->list_behind)
		findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
		    _("line %llu on: a person acts whom this trust list does "
		      "not let act there; a newer list may, get it"),
		    (unsigned long long)e->index);
	pass->list_behind = true;
	if (!pass->unsure &&
	    (e->kind == ENTRY_STAFF || e->kind == ENTRY_OPEN)) {
		findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
		    _("line %llu on: a newer list may say which keys persons "
		      "have there; their signatures were not checked"),
		    (unsigned long long)e->index);
		pass->unsure = true;
	}
	return broken & ~(unsigned)RULES_OF_LIST;
}

/* "issue GTGUA01-2026-000002-J": a letter is looked for by its number. */
static void
kind_of(const struct log_entry *e, char out[KIND_SIZE])
{
	snprintf(out, KIND_SIZE, "%s%s%s", entry_kind_label(e->kind),
	    e->number[0] != '\0' ? " " : "", e->number);
}

static void
tell_rules(struct pass *pass, const struct log_entry *e, unsigned broken)
{
	const struct place place = pass_place(pass, e->index, e->number);
	char kind[KIND_SIZE];
	size_t i;

	kind_of(e, kind);
	broken = await_list(pass, e, broken);
	for (i = 0; i < RULE_COUNT; i++)
		if ((broken & rule_findings[i].rule) != 0 &&
		    !(pass->broken && rule_findings[i].looks_back))
			findings_add(&pass->audit->findings,
			    code_of(pass, e, i), &place,
			    _("line %llu (%s): %s"),
			    (unsigned long long)pass->history.next - 1, kind,
			    _(history_rule_text(rule_findings[i].rule)));
}

static enum err
read_restore(struct pass *pass, const struct log_entry *e, int64_t before,
    struct errtext *err)
{
	const struct place place = pass_place(pass, e->index, NULL);
	bool lost = strcmp(e->reason, "LOST") == 0;
	char from[CLOCK_INSTANT_SIZE] = "", to[CLOCK_INSTANT_SIZE] = "";

	clock_utc(before, from);
	clock_utc(e->time, to);
	findings_add(&pass->audit->findings,
	    lost ? FINDING_LOST : FINDING_RESTORE, &place,
	    lost ? _("line %llu: lines from between %s and %s may be lost")
		 : _("line %llu: restored; the line before is of %s, this one "
		     "of %s"),
	    (unsigned long long)e->index, from, to);
	return lost ? absence_lost(&pass->absence, before, e->time, err)
		    : ERR_OK;
}

/* Did an earlier log of this center give the number already? */
static bool
is_given(const struct pass *pass, const struct log_entry *e)
{
	struct letter_number number;

	return pass->history.generation > 1 && entry_is_letter(e) &&
	    number_parse(e->number, &number) &&
	    letters_find(pass->letters, number.year, number.sequence, NULL) !=
	    NULL;
}

static enum err
keep_time(struct pass *pass, int64_t time, struct errtext *err)
{
	if (!ARRAY_ROOM(pass->time, pass->time_count, pass->time_cap))
		return err_memory(err);
	pass->time[pass->time_count++] = time;
	return ERR_OK;
}

/* Letters that are dated after a line that comes after them. */
static void
tell_clock(struct pass *pass, const struct log_entry *e)
{
	const struct place place = pass_place(pass, e->index, NULL);
	char at[CLOCK_INSTANT_SIZE] = "?";
	size_t wrong = 0;

	clock_utc(e->time, at);
	while (pass->time_count > 0 &&
	    pass->time[pass->time_count - 1] > e->time) {
		pass->time_count--;
		wrong++;
	}
	findings_add(&pass->audit->findings, FINDING_CLOCK_RIGHT, &place,
	    _("line %llu: the clock said %s, and was put right to %s, by %s "
	      "and %s"),
	    (unsigned long long)e->index, e->ref, at, e->officer, e->approver);
	if (wrong > 0)
		findings_add(&pass->audit->findings, FINDING_CLOCK_LETTERS,
		    &place, _("%s before line %llu with a date after %s"),
		    COUNTED(LETTERS, wrong), (unsigned long long)e->index, at);
}

static enum err
read_clock(struct pass *pass, const struct log_entry *e, struct errtext *err)
{
	if (!ARRAY_ROOM(pass->clock, pass->clock_count, pass->clock_cap))
		return err_memory(err);
	pass->clock[pass->clock_count++] = e->index;
	pass->clocked = true;
	pass->clock_generation = pass->log->generation;
	pass->clock_index = e->index;
	tell_clock(pass, e);
	return ERR_OK;
}

/* A line that can be read. */
static enum err
read_entry(struct pass *pass, const struct log_entry *e, struct errtext *err)
{
	const struct place place = pass_place(pass, e->index, e->number);
	const struct history_letters letters = letters_of(pass->letters);
	int64_t before = pass->history.last_time;
	bool first = pass->history.next == 0, given = is_given(pass, e);
	struct pool_line line = { .entry = *e };
	enum err rc;

	if ((rc = pass_check_key(pass, e, &line.key, err)) != ERR_OK ||
	    (rc = history_add(&pass->history, e, &letters, &line.broken,
		 &line.persons, err)) != ERR_OK)
		return rc;
	if (line.broken != 0)
		tell_rules(pass, e, line.broken);
	presented_line(&pass->audit->presented, e);
	/* which keys they have by now nobody here knows */
	if (pass->broken || pass->unsure)
		line.persons.count = 0;
	pool_add(pass->pool, &line);
	rc = absence_line(&pass->absence, e->time, first, err);
	if (rc != ERR_OK)
		return rc;
	if (given && (line.broken & RULE_RENUMBERED) != 0)
		absence_again(&pass->absence);
	if (e->kind == ENTRY_RESTORE &&
	    (rc = read_restore(pass, e, before, err)) != ERR_OK)
		return rc;
	if ((e->kind == ENTRY_CLOCK &&
		(rc = read_clock(pass, e, err)) != ERR_OK) ||
	    (entry_is_letter(e) &&
		(rc = keep_time(pass, e->time, err)) != ERR_OK))
		return rc;
	stats_add(&pass->out->stats, e, &place);
	if (entry_is_letter(e))
		sample_offer(&pass->audit->sample, e->number);
	return ERR_OK;
}

/* The tree says that the log's key signed this; so it is not damage. */
static enum err
refuse_line(struct pass *pass, uint64_t index, const struct errtext *why)
{
	const struct place place = pass_place(pass, index, NULL);

	findings_add(&pass->audit->findings, FINDING_LINE, &place,
	    _("line %llu: %s"), (unsigned long long)index, why->text);
	pass->history.next++;
	return ERR_OK;
}

/* Tell how far it is; does anybody still want to know? */
static bool
step(struct pass *pass, uint64_t index)
{
	const struct audit_options *options = pass->audit->options;
	const struct audit_step at = { .center = pass->center->code,
		.generation = pass->log->generation,
		.done = index,
		.total = pass->progress.total };

	progress_step(&pass->progress, (size_t)index);
	return options->step == NULL || options->step(options->step_ctx, &at);
}

enum err
pass_line(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct pass *pass = ctx;
	struct log_entry entry;
	struct errtext why = { 0 };
	enum err rc;

	pass_seen(pass, index, pass->history.last_time);
	if (pass->seen_left > 0)
		tree_range_append(&pass->range, 0, leaf);
	rc = entry_parse(line, len, &entry, &why);
	if (rc == ERR_DATA || rc == ERR_LIMIT)
		rc = refuse_line(pass, index, &why);
	else if (rc == ERR_OK) {
		set_after(pass, index, entry.time);
		rc = read_entry(pass, &entry, err);
	} else
		err_set(err, rc, "%s", why.text);
	if (rc != ERR_OK)
		return rc;
	pass->log->read++;
	if (index % STEP == 0 && !step(pass, index))
		return err_set(err, ERR_INTERNAL, "%s", "given up");
	return ERR_OK;
}
