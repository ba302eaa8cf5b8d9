/*
 * logbook_rules.c - logbook_rules.h.
 */
#include "issue/center/logbook_rules.h"

#include "issue/center/fate.h"
#include "issue/center/logbook_kept.h"
#include "issue/center/logbook_seal.h"
#include "issue/center/rollback.h"
#include "issue/center/selfcheck.h"
#include "issue/register/elsewhere.h"
#include "issue/register/letter.h"
#include "issue/register/state.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ledger/letters.h"
#include "ledger/line.h"
#include "letter/number.h"

#include <stdlib.h>
#include <string.h>

/* --- signatures ---------------------------------------------------------- */

enum err
logbook_rules_signed(const struct center *center, const struct log_entry *entry,
    struct errtext *err)
{
	const struct trust_center *owner = NULL;
	const struct trust_key *key =
	    trust_find_key(center->list, entry->key_name, &owner);
	enum err rc = ERR_SIGNATURE;

	if (key != NULL && strcmp(owner->code, center->info.center) == 0)
		rc = line_verify(entry, key->key, err);
	if (rc == ERR_SIGNATURE)
		rc = err_set(err, ERR_CONFIG,
		    _("a line of the log would not have a good signature of "
		      "this center. Nothing is signed; run sello-issue "
		      "check"));
	return rc;
}

/* --- the letters, as their lines have them ------------------------------- */

static enum err
find_letter(void *ctx, int year, unsigned sequence, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	const struct act *act = ctx;
	struct letter_number number = { .year = year, .sequence = sequence };
	char text[LETTER_NUMBER_SIZE];

	*found = false;
	memcpy(number.center, act->book.history.center, sizeof(number.center));
	if (!number_format(&number, text))
		return err_set(err, ERR_DATA, _("not a letter number"));
	return fate_of(act->center, text, digest, out, found, err);
}

/* Nothing to keep: the line itself is stored before the next one is asked
 * about. */
static enum err
keep_nothing(void *ctx, int year, unsigned sequence,
    const struct history_letter *letter, struct errtext *err)
{
	(void)ctx, (void)year, (void)sequence, (void)letter, (void)err;
	return ERR_OK;
}

static enum err
drafted(
    void *ctx, const uint8_t commitment[32], bool *before, struct errtext *err)
{
	const struct act *act = ctx;

	return register_state_drafted(
	    act->center->reg, commitment, before, err);
}

/* --- all lines are there ------------------------------------------------- */

static enum err
add_leaf(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct tree_range *range = arg;
	struct tree_hash leaf;

	(void)index, (void)err;
	tree_leaf(line, len, &leaf);
	tree_range_append(range, 0, &leaf);
	return ERR_OK;
}

/* A head that was signed is of just these lines. While a copy is taken over
 * the newest one is not signed yet, but its lines are. */
static enum err
check_root(const struct act *act, const struct tree_range *range,
    const struct log_head *head, unsigned generation, struct errtext *err)
{
	struct tree_hash root, stored;
	struct log_seen seen;
	enum err rc;

	tree_range_root(range, &root);
	tree_range_root(&head->range, &stored);
	if (range->size != head->range.size || !tree_hash_equal(&root, &stored))
		return rollback_changed(err);
	rc = rollback_open(
	    act->center, head->note.at, head->note.len, &seen, err);
	if (err_is_inside(rc) || rc == ERR_CONFIG)
		return rc;
	if (rc != ERR_OK || seen.generation != generation ||
	    seen.size != head->range.size ||
	    !tree_hash_equal(&seen.root, &root))
		return rollback_changed(err);
	return ERR_OK;
}

struct proof {
	struct tree_range range;
	uint64_t size;
};

/* What this transaction entered comes behind the signed lines. */
static enum err
add_signed(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct proof *proof = arg;

	return index < proof->size
	    ? add_leaf(&proof->range, index, line, len, err)
	    : ERR_OK;
}

static enum err
prove_one(const struct act *act, unsigned generation, struct errtext *err)
{
	struct registry *reg = act->center->reg;
	struct log_head head = { .last_time = 0 };
	struct proof proof = { .size = 0 };
	bool found;
	enum err rc = register_log_head(reg, generation, &head, &found, err);

	if (rc == ERR_OK && found) {
		proof.size = head.range.size;
		rc = register_log_each(
		    reg, generation, 0, add_signed, &proof, err);
	}
	if (rc == ERR_OK && found)
		rc = check_root(act, &proof.range, &head, generation, err);
	register_log_head_clear(&head);
	return rc == ERR_DATA ? rollback_changed(err) : rc;
}

/* An index finds the lines about a letter, but not those that were taken away:
 * before the first act that asks for them, all must be there. */
static enum err
prove_lines(struct act *act, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (unsigned i = 1; i <= act->book.log->generation && rc == ERR_OK;
	     i++)
		rc = prove_one(act, i, err);
	act->book.lines_proven = rc == ERR_OK;
	return rc;
}

static bool
changes_letter(const struct log_entry *entry)
{
	return entry->kind == ENTRY_WITHDRAW || entry->kind == ENTRY_CORRECT ||
	    entry->kind == ENTRY_REPRINT;
}

/* --- a line -------------------------------------------------------------- */

/* The first of them is enough for a sentence. */
static enum err
refuse(unsigned broken, struct errtext *err)
{
	unsigned first = broken & ~(broken - 1);

	return err_set(err, ERR_CONFIG,
	    _("every reader of the log would refuse the next line: %s. The "
	      "register was changed or damaged. Nothing is signed; run "
	      "sello-issue check, keep a copy of the home, and restore a "
	      "backup"),
	    _(history_rule_text((enum rule)first)));
}

/* A line that a rule speaks of has nobody to ask. */
static enum err
check_persons(const struct act *act, const struct log_entry *entry,
    const struct line_persons *persons, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < persons->count && rc == ERR_OK; i++) {
		const struct selfcheck_person person = { entry,
			act->center->root_info.program, i, persons->key[i] };

		rc = act->selfcheck != NULL
		    ? selfcheck_add_person(act->selfcheck, &person, err)
		    : selfcheck_person(&person, err);
	}
	return rc;
}

enum err
logbook_rules_take(struct act *act, const struct log_entry *entry,
    unsigned refused, struct errtext *err)
{
	const struct history_letters calls = { find_letter, keep_nothing,
		drafted, NULL, act };
	struct line_persons persons = { .count = 0 };
	unsigned broken = 0;
	enum err rc = ERR_OK;

	if (changes_letter(entry) && !act->book.lines_proven)
		rc = prove_lines(act, err);
	if (rc == ERR_OK)
		rc = history_add(
		    &act->book.history, entry, &calls, &broken, &persons, err);
	if (rc == ERR_OK && (broken & refused) != 0)
		rc = refuse(broken & refused, err);
	return rc == ERR_OK ? check_persons(act, entry, &persons, err) : rc;
}

/* --- all lines ----------------------------------------------------------- */

struct replay {
	struct act *act;
	struct history_letters calls;
	struct tree_range range;
	bool going_on; /* the generation that is written now */
};

static enum err
add_line(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct replay *replay = arg;
	struct line_persons persons = { .count = 0 };
	struct log_entry entry;
	struct tree_hash leaf;
	unsigned broken = 0;
	enum err rc;

	(void)index;
	if (entry_parse(line, len, &entry, NULL) != ERR_OK)
		return rollback_changed(err);
	tree_leaf(line, len, &leaf);
	tree_range_append(&replay->range, 0, &leaf);
	rc = history_add(&replay->act->book.history, &entry, &replay->calls,
	    &broken, &persons, err);
	/* a log that ended is not signed again, whatever is in it */
	if (rc == ERR_OK && replay->going_on && (broken & RULES_REFUSED) != 0)
		rc = refuse(broken & RULES_REFUSED, err);
	if (rc == ERR_OK && replay->going_on)
		rc = check_persons(replay->act, &entry, &persons, err);
	return rc;
}

static enum err
replay_one(struct replay *replay, unsigned generation, struct errtext *err)
{
	struct registry *reg = replay->act->center->reg;
	struct log_head head = { .last_time = 0 };
	bool found;
	enum err rc = register_log_head(reg, generation, &head, &found, err);

	if (rc == ERR_OK && found) {
		history_begin(&replay->act->book.history, generation);
		replay->range = (struct tree_range){ 0 };
		replay->going_on =
		    generation == replay->act->book.log->generation;
		rc = register_log_each(
		    reg, generation, 0, add_line, replay, err);
	}
	if (rc == ERR_OK && found)
		rc = check_root(
		    replay->act, &replay->range, &head, generation, err);
	register_log_head_clear(&head);
	return rc == ERR_DATA ? rollback_changed(err) : rc;
}

/* A generation that begins goes on with the numbers of those before. */
static void
go_on(struct act *act)
{
	if (act->book.history.generation != act->book.log->generation)
		history_begin(&act->book.history, act->book.log->generation);
}

enum err
logbook_rules_replay(struct act *act, struct errtext *err)
{
	struct letters *letters = letters_new();
	struct replay replay = { .act = act };
	enum err rc = ERR_OK;

	if (letters == NULL)
		return err_memory(err);
	replay.calls = letters_of(letters);
	history_clear(&act->book.history);
	text_copy(act->book.history.center, sizeof(act->book.history.center),
	    act->center->info.center);
	rc = history_list(&act->book.history, act->center->listed, err);
	for (unsigned i = 1; i <= act->book.log->generation && rc == ERR_OK;
	     i++)
		rc = replay_one(&replay, i, err);
	letters_free(&letters);
	act->book.lines_proven = rc == ERR_OK;
	if (rc == ERR_OK)
		go_on(act);
	return rc;
}

/* --- the newest of them -------------------------------------------------- */

/* The lines of the bundle that goes on make the signed head: without them
 * nothing that follows could be published. */
static enum err
check_newest(const struct act *act, struct errtext *err)
{
	const struct tree_range *range = &act->book.head.range;
	struct tree_range grown = { .size = range->size -
		    range->size % TILE_WIDTH };
	struct tree_hash root, signed_root;
	enum err rc;

	memcpy(grown.node, range->node, sizeof(grown.node));
	rc = register_log_each(act->center->reg, act->book.log->generation,
	    grown.size, add_leaf, &grown, err);
	if (rc != ERR_OK)
		return rc == ERR_DATA ? rollback_changed(err) : rc;
	tree_range_root(&grown, &root);
	tree_range_root(range, &signed_root);
	return grown.size == range->size && tree_hash_equal(&root, &signed_root)
	    ? ERR_OK
	    : rollback_changed(err);
}

/* --- what they come to --------------------------------------------------- */

enum err
logbook_rules_load(struct act *act, struct errtext *err)
{
	struct history *history = &act->book.history;
	enum err rc = logbook_kept_take(act, err);
	bool good = act->book.kept;

	if (rc == ERR_OK && !good)
		rc = logbook_seal_load(act, history, &good, err);
	/* whom the root removed from a time on that is past by now */
	good = good && !history_reaches_back(history, act->center->listed);
	if (rc != ERR_OK || !good) {
		history_clear(history);
		return rc == ERR_OK ? logbook_rules_replay(act, err) : rc;
	}
	rc = history_list(history, act->center->listed, err);
	if (rc != ERR_OK)
		return rc;
	go_on(act);
	return act->book.kept ? ERR_OK : check_newest(act, err);
}

/* --- numbers ------------------------------------------------------------- */

static unsigned
last_of_year(const struct history *history, int year)
{
	for (size_t i = 0; i < history->year_count; i++)
		if (history->year[i].year == year)
			return history->year[i].last;
	return 0;
}

enum err
logbook_number(struct act *act, int64_t at, char out[LETTER_NUMBER_SIZE],
    struct errtext *err)
{
	struct letter_number number = { .year = clock_year(at) };
	char own[LETTER_NUMBER_SIZE];
	enum err rc;

	rc = register_letter_next(
	    act->center->reg, act->book.history.center, at, own, err);
	if (rc != ERR_OK)
		return rc;
	memcpy(number.center, act->book.history.center, sizeof(number.center));
	number.sequence = last_of_year(&act->book.history, number.year) + 1;
	if (!number_format(&number, out) || strcmp(out, own) != 0)
		return err_set(err, ERR_CONFIG,
		    _("the letters of this register do not end where its log "
		      "ends: it was changed or damaged. Nothing is signed; "
		      "run sello-issue check, keep a copy of the home, and "
		      "restore a backup"));
	return ERR_OK;
}
