/*
 * pass_keys.c - what keys did in the lines of one pass: pass.h.
 */
#include "audit/pass.h"

#include "audit/lines.h"

#include "base/array.h"
#include "base/count.h"
#include "base/i18n.h"

#include <string.h>

static struct pass_key *
key_of(struct pass *pass, const char *name)
{
	struct pass_key *more;
	size_t i;

	if (pass->last_key < pass->key_count &&
	    strcmp(pass->keys[pass->last_key].name, name) == 0)
		return &pass->keys[pass->last_key];
	for (i = 0; i < pass->key_count; i++)
		if (strcmp(pass->keys[i].name, name) == 0) {
			pass->last_key = i;
			return &pass->keys[i];
		}
	if (pass->key_count == PASS_KEYS_MAX)
		return NULL;
	if (!ARRAY_ROOM(pass->keys, pass->key_count, pass->key_cap))
		return NULL;
	more = &pass->keys[pass->key_count++];
	*more = (struct pass_key){ .key = NULL };
	text_copy(more->name, sizeof(more->name), name);
	more->key = trust_find_key(pass->audit->list, name, &more->owner);
	return more;
}

#define COUNT(pass, what, entry)                                     \
	do {                                                         \
		if ((what).count++ == 0) {                           \
			(what).first = (entry)->index;               \
			(what).generation = (pass)->log->generation; \
		}                                                    \
	} while (0)

/* What the evidence has was there before the theft. It names no generation,
 * so it is believed only where there is one. */
static bool
is_evidence(const struct pass *pass, const struct trust_key *key,
    const struct log_entry *e)
{
	return key->has_evidence && pass->center->log_count == 1 &&
	    e->index < key->evidence_size;
}

static void
judge_key(
    const struct pass *pass, struct pass_key *key, const struct log_entry *e)
{
	const struct trust_key *k = key->key;

	if (key->owner != pass->center)
		COUNT(pass, key->foreign, e);
	/* a center whose certificate ended still withdraws and closes its day:
	 * the period is that of letters */
	if (entry_is_letter(e) &&
	    (e->time < k->not_before || e->time > k->not_after))
		COUNT(pass, key->period, e);
	if (k->status == KEY_RETIRED && e->time > k->since)
		COUNT(pass, key->retired, e);
	if (k->status == KEY_REVOKED && e->time >= k->since &&
	    !is_evidence(pass, k, e))
		COUNT(pass, key->revoked, e);
}

enum err
pass_check_key(struct pass *pass, const struct log_entry *e, EVP_PKEY **out,
    struct errtext *err)
{
	struct pass_key *key = key_of(pass, e->key_name);

	*out = NULL;
	if (key == NULL)
		return err_set(
		    err, ERR_LIMIT, _("more keys than a log can have"));
	if (key->key == NULL) {
		COUNT(pass, key->unknown, e);
		return ERR_OK;
	}
	judge_key(pass, key, e);
	*out = key->key->key;
	return ERR_OK;
}

static void
bad_center(struct pass *pass, const struct log_entry *entry, enum err rc)
{
	const struct place place =
	    pass_place(pass, entry->index, entry->number);

	if (rc == ERR_SIGNATURE)
		findings_add(&pass->audit->findings, FINDING_SIGNATURE, &place,
		    _("line %llu (%s) was not signed by the key %s"),
		    (unsigned long long)entry->index,
		    entry_kind_label(entry->kind), entry->key_name);
	else
		findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
		    _("line %llu: its signature could not be checked"),
		    (unsigned long long)entry->index);
}

static void
bad_person(struct pass *pass, const struct log_entry *entry, const char *code,
    enum err rc)
{
	const struct place place =
	    pass_place(pass, entry->index, entry->number);

	if (rc == ERR_SIGNATURE)
		findings_add(&pass->audit->findings, FINDING_PSIG, &place,
		    _("line %llu (%s) was not signed by the key that %s had"),
		    (unsigned long long)entry->index,
		    entry_kind_label(entry->kind), code);
	else
		findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
		    _("line %llu: the signature of %s could not be checked"),
		    (unsigned long long)entry->index, code);
}

void
pass_checked(void *ctx, const struct pool_line *line)
{
	struct pass *pass = ctx;
	const struct audit_options *options = pass->audit->options;
	const struct log_entry *e = &line->entry;
	struct persons_line is = { .entry = e,
		.generation = pass->log->generation,
		.taken =
		    !pass->broken && (line->broken & RULES_OF_PERSONS) == 0 };
	size_t i;

	if (line->center != ERR_OK)
		bad_center(pass, e, line->center);
	for (i = 0; i < line->persons.count; i++)
		if (line->person[i] == ERR_OK)
			is.signer[i] = line->persons.key[i];
		else
			bad_person(pass, e, i == 0 ? e->officer : e->approver,
			    line->person[i]);
	if (persons_add(&pass->out->persons, &is, NULL) != ERR_OK)
		pass->failed = true;
	if (options->line != NULL)
		options->line(options->line_ctx,
		    &(struct lines_line){ .center = pass->center->code,
			.generation = pass->log->generation,
			.checked = line,
			.persons = &pass->out->persons });
}

static void
tell_key(struct pass *pass, enum finding_code code, uint64_t count,
    uint64_t first, unsigned generation, const char *fmt, const char *name)
{
	const struct place place = { .center = pass->center->code,
		.generation = generation,
		.index = (int64_t)first };
	struct errtext what = { 0 };

	if (count == 0)
		return;
	err_set(&what, ERR_OK, "%s", fmt);
	findings_add(&pass->audit->findings, code, &place,
	    _("key %s: %s from line %llu on: %s"), name, COUNTED(LINES, count),
	    (unsigned long long)first, what.text);
}

void
pass_judge_keys(struct pass *pass)
{
	size_t i;

	for (i = 0; i < pass->key_count; i++) {
		const struct pass_key *k = &pass->keys[i];

		tell_key(pass, FINDING_UNCHECKED, k->unknown.count,
		    k->unknown.first, k->unknown.generation,
		    _("the trust list does not name it"), k->name);
		tell_key(pass, FINDING_KEY_CENTER, k->foreign.count,
		    k->foreign.first, k->foreign.generation,
		    _("it is another center's"), k->name);
		tell_key(pass, FINDING_KEY_PERIOD, k->period.count,
		    k->period.first, k->period.generation,
		    _("dated outside the period of its certificate"), k->name);
		tell_key(pass, FINDING_KEY_RETIRED, k->retired.count,
		    k->retired.first, k->retired.generation,
		    _("dated after it was retired"), k->name);
		tell_key(pass, FINDING_KEY_REVOKED, k->revoked.count,
		    k->revoked.first, k->revoked.generation,
		    _("dated when it counts as stolen"), k->name);
	}
}
