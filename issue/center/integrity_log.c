/*
 * integrity_log.c - integrity_log.h.
 */
#include "issue/center/integrity_log.h"

#include "issue/center/integrity_compare.h"
#include "issue/center/rollback.h"
#include "issue/register/elsewhere.h"
#include "issue/register/log.h"

#include "base/i18n.h"
#include "ledger/history.h"
#include "ledger/letters.h"
#include "ledger/pool.h"
#include "log/checkpoint.h"
#include "log/publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct checker {
	struct center *center;
	void (*find)(void *arg, const char *about, const char *text);
	void (*note)(void *arg, const char *about, const char *text);
	void *arg;
	size_t lines;
	unsigned generation;
	struct tree_range range;
	struct history history;
	struct pool *pool; /* borrows the keys of list and history */
	struct letters *letters;
	struct history_letters calls;
	bool unfounded; /* it does not begin with its persons: who may act is
			   not known */
	bool told_of_void;
	bool broken; /* lines are missing: not to be compared with letters */
};

static void
tell_line(const struct checker *c,
    void (*tell)(void *arg, const char *about, const char *text),
    uint64_t index, const char *text)
{
	char about[48];

	snprintf(about, sizeof(about), "%s %u/%" PRIu64, _("line"),
	    c->generation, index);
	tell(c->arg, about, text);
}

static void
find_line(struct checker *c, uint64_t index, const char *text)
{
	tell_line(c, c->find, index, text);
}

/* --- one line
 * ------------------------------------------------------------------ */

/* Whose key must have signed it. NULL: that is told, or letters are told
 * already that there is no list. */
static EVP_PKEY *
find_key(struct checker *c, const struct log_entry *entry)
{
	const struct trust_center *center = NULL;
	const struct trust_key *key = NULL;

	if (c->center->list == NULL)
		return NULL;
	key = trust_find_key(c->center->list, entry->key_name, &center);
	if (key != NULL && strcmp(center->code, c->center->info.center) == 0)
		return key->key;
	pool_finish(c->pool); /* what was found before comes first */
	find_line(c, entry->index,
	    key == NULL ? _("the trust list does not have the key of this line")
			: _("this line is signed by another center's key"));
	return NULL;
}

/* The pool says which is wrong; asked again, in what words. */
static void
tell_signatures(struct checker *c, const struct pool_line *line)
{
	const struct log_entry *entry = &line->entry;
	struct errtext why = { 0 };
	enum err persons = ERR_OK;

	if (line->center != ERR_OK &&
	    line_verify(entry, line->key, &why) != ERR_OK)
		find_line(c, entry->index, why.text);
	for (size_t i = 0; i < line->persons.count && persons == ERR_OK; i++)
		persons = line->person[i];
	if (persons != ERR_OK &&
	    line_verify_persons(entry, c->center->root_info.program,
		&line->persons, &why) != ERR_OK)
		find_line(c, entry->index, why.text);
}

static void
tell_rules(struct checker *c, uint64_t index, unsigned broken)
{
	if (c->center->listed == NULL)
		broken &= ~(RULES_OF_PERSONS | (unsigned)RULE_VOID);
	/* what follows from that is no finding more */
	if (c->unfounded)
		broken &= ~(RULES_OF_PERSONS | (unsigned)RULE_VOID);
	c->unfounded |= (broken & RULE_FOUNDING) != 0;
	/* it stays what it is, so it is no finding for ever: what there is to
	 * do for a letter or a person is told of these. The first one says it */
	if ((broken & RULE_VOID) != 0 && !c->told_of_void)
		tell_line(c, c->note, index, _(history_rule_text(RULE_VOID)));
	c->told_of_void |= (broken & RULE_VOID) != 0;
	broken &= ~(unsigned)RULE_VOID;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if ((broken & 1u << i) != 0)
			find_line(c, index, _(history_rule_text(1u << i)));
}

/* The signatures of a line are checked. */
static void
checked(void *ctx, const struct pool_line *line)
{
	struct checker *c = ctx;

	tell_signatures(c, line);
	tell_rules(c, line->place, line->broken);
}

static enum err
check_line(void *arg, uint64_t index, const char *text, size_t len,
    struct errtext *err)
{
	struct checker *c = arg;
	struct pool_line line = { .place = index };
	struct errtext why = { 0 };
	struct tree_hash leaf;
	enum err rc;

	tree_leaf(text, len, &leaf);
	tree_range_append(&c->range, 0, &leaf);
	c->lines++;
	if (entry_parse(text, len, &line.entry, &why) != ERR_OK) {
		pool_finish(c->pool); /* in their order */
		find_line(c, index, why.text);
		c->history.next++; /* those that follow are in their place */
		return ERR_OK;
	}
	line.key = find_key(c, &line.entry);
	rc = history_add(&c->history, &line.entry, &c->calls, &line.broken,
	    &line.persons, err);
	/* without a list nobody's key is known; a rule that speaks of persons
	 * is told all the same */
	if (c->center->listed == NULL)
		line.persons.count = 0;
	pool_add(c->pool, &line);
	return rc;
}

/* --- one log
 * --------------------------------------------------------------------- */

/* The hashes of full tiles, which are published as they stand. */
static void
check_hashes(struct checker *c, const struct tree_hash *root, const char *about)
{
	struct register_log log = { .reg = c->center->reg,
		.generation = c->generation };
	struct log_reader reader = register_log_reader(&log);
	struct tree_hash edge;

	if (c->range.size > 0 &&
	    (log_edge_root(&reader, c->range.size, &edge, NULL) != ERR_OK ||
		!tree_hash_equal(&edge, root)))
		c->find(c->arg, about,
		    _("the hashes of its tiles are not those of its lines"));
}

static void
check_head(struct checker *c, const struct log_head *head)
{
	struct tree_hash root, stored;
	struct log_seen seen;
	char about[32];

	snprintf(about, sizeof(about), "%s %u", _("log"), c->generation);
	tree_range_root(&c->range, &root);
	tree_range_root(&head->range, &stored);
	if (head->range.size != c->range.size ||
	    !tree_hash_equal(&root, &stored))
		c->find(c->arg, about,
		    _("the lines are not those that were signed"));
	if (c->center->listed == NULL)
		; /* no keys to check it with: not checked, not wrong */
	else if (rollback_open(c->center, head->note.at, head->note.len, &seen,
		     NULL) != ERR_OK)
		c->find(c->arg, about, _("the signed head is not good"));
	else if (seen.generation != c->generation ||
	    seen.size != head->range.size ||
	    !tree_hash_equal(&seen.root, &stored))
		c->find(c->arg, about,
		    _("the signed head is of another state of the log"));
	check_hashes(c, &root, about);
}

/* Each line of the generation, its signatures on threads. */
static enum err
check_lines(struct checker *c, uint64_t size, struct errtext *err)
{
	const struct pool_listener listener = { checked, c,
		c->center->root_info.program };
	enum err rc;

	if ((c->pool = pool_new(pool_threads(size), &listener)) == NULL)
		return err_memory(err);
	pool_expect(c->pool, size);
	rc = register_log_each(
	    c->center->reg, c->generation, 0, check_line, c, err);
	pool_finish(c->pool);
	pool_free(&c->pool);
	if (rc != ERR_DATA)
		return rc;
	c->broken = true;
	find_line(c, c->range.size, _("this line is missing or damaged"));
	return ERR_OK;
}

static enum err
check_generation(struct checker *c, unsigned generation, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	struct errtext why = { 0 };
	char about[32];
	bool found;
	enum err rc;

	rc = register_log_head(c->center->reg, generation, &head, &found, &why);
	if (rc == ERR_DATA) {
		snprintf(about, sizeof(about), "%s %u", _("log"), generation);
		c->find(c->arg, about, why.text);
		c->broken = true;
		return ERR_OK;
	}
	if (rc != ERR_OK)
		return err_set(err, rc, "%s", why.text);
	if (found) {
		c->generation = generation;
		c->range = (struct tree_range){ 0 };
		history_begin(&c->history, generation);
		rc = check_lines(c, head.range.size, err);
		if (rc == ERR_OK)
			check_head(c, &head);
	}
	register_log_head_clear(&head);
	return rc;
}

/* --- all of it
 * --------------------------------------------------------------------- */

enum err
integrity_log(struct center *center,
    void (*find)(void *arg, const char *about, const char *text),
    void (*note)(void *arg, const char *about, const char *text), void *arg,
    size_t *lines, struct errtext *err)
{
	struct checker c = { .center = center,
		.find = find,
		.note = note,
		.arg = arg,
		.letters = letters_new() };
	unsigned newest = 0;
	enum err rc = ERR_MEMORY;

	if (c.letters == NULL) {
		err_memory(err);
		goto out;
	}
	c.calls = letters_of(c.letters);
	text_copy(
	    c.history.center, sizeof(c.history.center), center->info.center);
	rc = register_log_newest(center->reg, &newest, err);
	/* without a list nobody's keys are known, and that is told elsewhere */
	if (rc == ERR_OK && center->listed != NULL)
		rc = history_list(&c.history, center->listed, err);
	for (unsigned i = 1; i <= newest && rc == ERR_OK; i++)
		rc = check_generation(&c, i, err);
	if (rc == ERR_OK && !c.broken)
		rc = integrity_compare(&(struct integrity_sides){ center,
					   c.letters, c.unfounded, find, arg },
		    newest, err);
	if (rc == ERR_OK)
		*lines = c.lines;
out:
	history_clear(&c.history);
	letters_free(&c.letters);
	return rc;
}
