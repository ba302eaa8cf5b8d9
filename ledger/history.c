/*
 * history.c - one line after the other: history.h.
 */
#include "ledger/history.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const rule_texts[RULE_COUNT] = {
	N_("its place in the log is not the one it names"),
	N_("it is dated before the line before it"),
	N_("its number is not one of this center"),
	N_("a number was left out or given twice"),
	N_("it is about a letter that was never entered"),
	N_("it is about a letter that was dead already"),
	N_("copies were counted out of order"),
	N_("it puts right another time than that of the line before it"),
	N_("it does not go on where the center's earlier log ended"),
	N_("a person was added twice, or removed without having been there"),
	N_("a removed person acted"),
	N_("a person acted outside their role"),
	N_("a person acted who was never added"),
};

const char *
history_rule_text(enum rule rule)
{
	unsigned i;

	for (i = 0; i < RULE_COUNT - 1; i++)
		if (rule == 1u << i)
			break;
	return rule_texts[i];
}

void
history_begin(struct history *history, unsigned generation)
{
	history->generation = generation;
	history->next = 0;
	history->person_count = 0;
}

void
history_clear(struct history *history)
{
	free(history->person);
	*history = (struct history){ 0 };
}

/* --- people ----------------------------------------------------------------
 */

static struct history_person *
find_person(const struct history *history, const char *code)
{
	size_t i;

	for (i = 0; i < history->person_count; i++)
		if (strcmp(history->person[i].code, code) == 0)
			return &history->person[i];
	return NULL;
}

static enum err
add_person(struct history *history, const char *code, char role, bool removed,
    struct errtext *err)
{
	size_t cap = history->person_cap ? history->person_cap * 2 : 16;
	struct history_person *more;

	if (history->person_count == HISTORY_PERSON_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log with more than %d people"), HISTORY_PERSON_MAX);
	if (history->person_count == history->person_cap) {
		more = reallocarray(history->person, cap, sizeof(*more));
		if (more == NULL)
			return err_set(err, ERR_MEMORY, _("out of memory"));
		history->person = more;
		history->person_cap = cap;
	}
	more = &history->person[history->person_count++];
	*more = (struct history_person){ .role = role, .removed = removed };
	text_copy(more->code, sizeof(more->code), code);
	return ERR_OK;
}

static char
role_of(const char *reason)
{
	return strcmp(reason, "DRAFTER") == 0 ? 'D'
	    : strcmp(reason, "APPROVER") == 0 ? 'A'
					      : 'M';
}

static enum err
take_staff(struct history *history, const struct log_entry *e, unsigned *broken,
    struct errtext *err)
{
	struct history_person *person = find_person(history, e->ref);

	if (strcmp(e->reason, "REMOVED") != 0) {
		if (person == NULL)
			return add_person(
			    history, e->ref, role_of(e->reason), false, err);
		*broken |= RULE_PERSON; /* a code is never given again */
		return ERR_OK;
	}
	if (person == NULL || person->removed)
		*broken |= RULE_PERSON;
	if (person != NULL)
		person->removed = true;
	return ERR_OK;
}

/* role '\0': any */
static unsigned
judge_person(const struct history *history, const char *code, char role)
{
	const struct history_person *person;

	/* until the first staff line the log names nobody: an older register
	 * entered its letters before its people */
	if (code[0] == '\0' || history->person_count == 0)
		return 0;
	if ((person = find_person(history, code)) == NULL)
		return RULE_STRANGER;
	return (person->removed ? RULE_REMOVED : 0u) |
	    (role != '\0' && person->role != role ? RULE_ROLE : 0u);
}

static unsigned
judge_people(const struct history *history, const struct log_entry *e)
{
	bool letter = entry_is_letter(e);

	/* who opens a log, or enters people when it is opened, may themselves
	 * be entered only a line later */
	if (e->kind == ENTRY_OPEN || e->kind == ENTRY_STAFF)
		return 0;
	return judge_person(history, e->officer, letter ? 'D' : '\0') |
	    judge_person(history, e->approver, letter ? 'A' : '\0');
}

/* --- letters ----------------------------------------------------------------
 */

static enum err
find_year(struct history *history, int year, struct history_year **out,
    struct errtext *err)
{
	size_t i;

	for (i = 0; i < history->year_count; i++)
		if (history->year[i].year == year) {
			*out = &history->year[i];
			return ERR_OK;
		}
	if (history->year_count == HISTORY_YEAR_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log with letters of more than %d years"),
		    HISTORY_YEAR_MAX);
	*out = &history->year[history->year_count++];
	**out = (struct history_year){ .year = year };
	return ERR_OK;
}

static bool
own_number(
    const struct history *history, const char *text, struct letter_number *out)
{
	return number_parse(text, out) &&
	    strcmp(out->center, history->center) == 0;
}

static enum err
take_sequence(struct history *history, const struct letter_number *number,
    unsigned *broken, struct errtext *err)
{
	struct history_year *year = NULL;
	enum err rc = find_year(history, number->year, &year, err);

	if (rc != ERR_OK)
		return rc;
	if (number->sequence != year->last + 1)
		*broken |= history->generation > 1 &&
			year->generation != history->generation
		    ? RULE_RENUMBERED
		    : RULE_SEQUENCE;
	year->last = number->sequence;
	year->generation = history->generation;
	return ERR_OK;
}

static enum err
take_issue(struct history *history, const struct log_entry *e,
    const struct letter_number *number, const struct history_letters *letters,
    unsigned *broken, struct errtext *err)
{
	struct history_letter letter = { .generation = history->generation,
		.index = e->index,
		.issued_at = e->time,
		.copies = 1 };
	enum err rc;

	memcpy(letter.digest, e->digest, sizeof(letter.digest));
	if ((rc = take_sequence(history, number, broken, err)) != ERR_OK)
		return rc;
	return letters->put(
	    letters->ctx, number->year, number->sequence, &letter, err);
}

/* Copies count up one by one; what an earlier generation counted behind its
 * end nobody here knows. */
static unsigned
judge_copy(const struct history *history, const struct history_letter *letter,
    uint64_t copy)
{
	if (copy == (uint64_t)letter->copies + 1)
		return 0;
	return letter->generation < history->generation && copy > letter->copies
	    ? RULE_RENUMBERED
	    : RULE_COPY;
}

/* What a line does to a letter that was entered before. */
static void
change(const struct history *history, struct history_letter *letter,
    const struct log_entry *e, unsigned *broken)
{
	enum history_state next = HISTORY_SUPERSEDED;

	switch (e->kind) {
	case ENTRY_REPRINT:
		if (letter->state != HISTORY_LIVE)
			*broken |= RULE_STATE;
		*broken |= judge_copy(history, letter, entry_ref_value(e));
		letter->copies = (uint32_t)entry_ref_value(e);
		return;
	case ENTRY_CORRECT:
		if (letter->state != HISTORY_LIVE)
			*broken |= RULE_STATE;
		letter->superseded = true;
		break;
	case ENTRY_WITHDRAW:
		next = strcmp(e->reason, "FRAUD") == 0 ? HISTORY_FRAUD
						       : HISTORY_WITHDRAWN;
		/* whatever became of it, fraud may come to light later */
		if (letter->state == HISTORY_FRAUD ||
		    (next == HISTORY_WITHDRAWN &&
			letter->state == HISTORY_WITHDRAWN))
			*broken |= RULE_STATE;
		break;
	case ENTRY_OPEN:
	case ENTRY_ISSUE:
	case ENTRY_STAFF:
	case ENTRY_CLOSE:
	case ENTRY_RESTORE:
	case ENTRY_CLOCK:
		return;
	}
	/* a letter never becomes better */
	if (next > letter->state)
		letter->state = next;
}

/* Can a letter that was never entered only be one of this generation, or of
 * none? */
static enum err
is_own(const struct history *history, const struct letter_number *number,
    const struct history_letters *letters, bool *own, struct errtext *err)
{
	struct history_letter other;
	enum err rc;
	size_t i;

	*own = history->generation == 1;
	for (i = 0; i < history->year_count; i++)
		*own |= history->year[i].year == number->year &&
		    history->year[i].generation == history->generation &&
		    history->year[i].last < number->sequence;
	if (*own)
		return ERR_OK;
	rc = letters->find(letters->ctx, number->year, number->sequence, NULL,
	    &other, own, err);
	*own = rc == ERR_OK && *own && other.generation == history->generation;
	return rc;
}

/* What the line says, without what others said before. */
static enum err
say(const struct history *history, const struct log_entry *e,
    const struct letter_number *number, struct history_letter word,
    const struct history_letters *letters, struct errtext *err)
{
	unsigned judged = 0; /* with the letter, where it is here */

	if (letters->say == NULL)
		return ERR_OK;
	word.state = HISTORY_LIVE;
	word.superseded = false;
	word.copies = 1;
	change(history, &word, e, &judged);
	return letters->say(
	    letters->ctx, number->year, number->sequence, &word, err);
}

/*
 * A letter that was never entered. The root may have closed an earlier
 * generation while its center worked on, so that its last lines are not
 * believed: their letters a later one may name, and what it says of them
 * counts when they come. Not so the letters of this generation, nor numbers
 * that were never given.
 */
static enum err
take_unknown(const struct history *history, const struct log_entry *e,
    const struct letter_number *number, const uint8_t *digest,
    const struct history_letters *letters, unsigned *broken,
    struct errtext *err)
{
	struct history_letter word = { .generation = 0 };
	bool own;
	enum err rc = is_own(history, number, letters, &own, err);

	if (rc != ERR_OK)
		return rc;
	*broken |= own ? RULE_UNKNOWN : RULE_RENUMBERED;
	if (own)
		return ERR_OK;
	if (digest != NULL)
		memcpy(word.digest, digest, sizeof(word.digest));
	return say(history, e, number, word, letters, err);
}

static enum err
take_change(const struct history *history, const struct log_entry *e,
    const struct letter_number *number, const uint8_t *digest,
    const struct history_letters *letters, unsigned *broken,
    struct errtext *err)
{
	struct history_letter letter;
	bool found = false;
	enum err rc;

	rc = letters->find(letters->ctx, number->year, number->sequence, digest,
	    &letter, &found, err);
	if (rc != ERR_OK)
		return rc;
	if (!found)
		return take_unknown(
		    history, e, number, digest, letters, broken, err);
	if ((rc = say(history, e, number, letter, letters, err)) != ERR_OK)
		return rc;
	change(history, &letter, e, broken);
	return letters->put(
	    letters->ctx, number->year, number->sequence, &letter, err);
}

/* A letter in place of another: the other dies first. */
static enum err
take_correct(struct history *history, const struct log_entry *e,
    const struct letter_number *number, const struct history_letters *letters,
    unsigned *broken, struct errtext *err)
{
	struct letter_number before;
	enum err rc = ERR_OK;

	if (own_number(history, e->ref, &before))
		rc = take_change(
		    history, e, &before, NULL, letters, broken, err);
	else
		*broken |= RULE_NUMBER;
	if (rc != ERR_OK)
		return rc;
	return take_issue(history, e, number, letters, broken, err);
}

static enum err
take_letter(struct history *history, const struct log_entry *e,
    const struct history_letters *letters, unsigned *broken,
    struct errtext *err)
{
	struct letter_number number;

	if (!own_number(history, e->number, &number)) {
		*broken |= RULE_NUMBER;
		return ERR_OK;
	}
	if (e->kind == ENTRY_ISSUE)
		return take_issue(history, e, &number, letters, broken, err);
	if (e->kind == ENTRY_CORRECT)
		return take_correct(history, e, &number, letters, broken, err);
	return take_change(
	    history, e, &number, e->digest, letters, broken, err);
}

/* Time never goes back, but for the line that says why it does: after a clock
 * that ran ahead times run on from the clock line. That line may stand behind
 * the end of an earlier generation, where nobody reads it: then the next one
 * begins earlier, which is told, but proves nothing. */
static unsigned
judge_time(const struct history *history, const struct log_entry *e)
{
	if (e->kind == ENTRY_CLOCK)
		return entry_ref_time(e) == history->last_time ? 0 : RULE_CLOCK;
	if (e->time >= history->last_time)
		return 0;
	return history->next == 0 && history->generation > 1 ? RULE_RENUMBERED
							     : RULE_TIME;
}

enum err
history_add(struct history *history, const struct log_entry *entry,
    const struct history_letters *letters, unsigned *broken,
    struct errtext *err)
{
	unsigned rules =
	    judge_people(history, entry) | judge_time(history, entry);
	enum err rc = ERR_OK;

	if (entry->index != history->next)
		rules |= RULE_INDEX;
	if (entry->kind == ENTRY_STAFF)
		rc = take_staff(history, entry, &rules, err);
	else if (entry->number[0] != '\0')
		rc = take_letter(history, entry, letters, &rules, err);
	if (rc != ERR_OK)
		return rc;
	history->next++;
	history->last_time = entry->time;
	*broken = rules;
	return ERR_OK;
}

/* --- as text ----------------------------------------------------------------
 */

void
history_save(const struct history *history, struct bytes *out)
{
	size_t i;

	bytes_addf(out, "history %s %u %" PRIu64 " %" PRId64 "\n",
	    history->center, history->generation, history->next,
	    history->last_time);
	for (i = 0; i < history->year_count; i++)
		bytes_addf(out, "year %d %u %u\n", history->year[i].year,
		    history->year[i].last, history->year[i].generation);
	for (i = 0; i < history->person_count; i++)
		bytes_addf(out, "person %s %c %d\n", history->person[i].code,
		    history->person[i].role, history->person[i].removed);
}

static bool
load_year(const char *line, struct history *out)
{
	struct history_year year;

	if (sscanf(line, "year %d %u %u", &year.year, &year.last,
		&year.generation) != 3 ||
	    out->year_count == HISTORY_YEAR_MAX)
		return false;
	out->year[out->year_count++] = year;
	return true;
}

static enum err
load_person(const char *line, struct history *out)
{
	char code[ENTRY_PERSON_SIZE];
	char role;
	int removed;

	if (sscanf(line, "person %12[A-Z0-9] %c %d", code, &role, &removed) !=
		3 ||
	    find_person(out, code) != NULL)
		return ERR_DATA;
	return add_person(out, code, role, removed != 0, NULL);
}

static enum err
load_lines(const char *text, struct history *out)
{
	const char *line = text;
	enum err rc = ERR_OK;

	if (sscanf(line, "history %7[A-Z0-9] %u %" SCNu64 " %" SCNd64,
		out->center, &out->generation, &out->next,
		&out->last_time) != 4)
		return ERR_DATA;
	while (rc == ERR_OK && (line = strchr(line, '\n')) != NULL &&
	    *++line != '\0')
		if (*line == 'y')
			rc = load_year(line, out) ? ERR_OK : ERR_DATA;
		else
			rc = load_person(line, out);
	return rc;
}

/* What was read must be what would be written. */
enum err
history_load(const char *text, struct history *out)
{
	struct bytes again = { 0 };
	enum err rc = load_lines(text, out);

	if (rc == ERR_OK) {
		history_save(out, &again);
		if (again.failed)
			rc = ERR_MEMORY;
		else if (strcmp((const char *)again.at, text) != 0)
			rc = ERR_DATA;
	}
	bytes_free(&again);
	if (rc != ERR_OK)
		history_clear(out);
	return rc;
}
