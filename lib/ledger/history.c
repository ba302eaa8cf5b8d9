/*
 * history.c - one line after the other: history.h.
 */
#include "ledger/history.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
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
	N_("its draft became a letter before"),
	N_("the log does not begin with the persons of its center"),
	N_("a person was added who is there, or changed who is not"),
	N_("a person acted who does not belong to the center"),
	N_("a person acted outside their role, or with a key that somebody "
	   "else had given them"),
	N_("one person acted where two must"),
	N_("a person was given a key that was in use before"),
	N_("it does not go on where the center's earlier log ended"),
	N_("a person acted whom the root had removed, or who did not stand"),
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
}

void
history_clear(struct history *history)
{
	roster_clear(&history->roster);
	*history = (struct history){ 0 };
}

enum err
history_list(struct history *history, const struct trust_center *list,
    struct errtext *err)
{
	return roster_list(&history->roster, list, err);
}

bool
history_reaches_back(
    const struct history *history, const struct trust_center *list)
{
	return roster_reaches_back(&history->roster, list, history->next);
}

/* --- letters ------------------------------------------------------------- */

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
add_sequence(struct history *history, const struct letter_number *number,
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

static bool
is_void(unsigned broken)
{
	return (broken & RULE_VOID) != 0;
}

static enum err
add_issue(struct history *history, const struct log_entry *e,
    const struct letter_number *number, const struct history_letters *letters,
    unsigned *broken, struct errtext *err)
{
	struct history_letter letter = { .generation = history->generation,
		.index = e->index,
		.issued_at = e->time,
		.state = is_void(*broken) ? HISTORY_VOID : HISTORY_LIVE,
		.copies = 1 };
	bool before = false;
	enum err rc;

	memcpy(letter.digest, e->digest, sizeof(letter.digest));
	memcpy(letter.commitment, e->commitment, sizeof(letter.commitment));
	if ((rc = deed_of_line(e, letter.deed, err)) != ERR_OK ||
	    (rc = add_sequence(history, number, broken, err)) != ERR_OK ||
	    (rc = letters->drafted(
		 letters->ctx, letter.commitment, &before, err)) != ERR_OK)
		return rc;
	if (before)
		*broken |= RULE_DRAFT;
	return letters->put(
	    letters->ctx, number->year, number->sequence, &letter, err);
}

/* What an earlier generation did to its letter behind its end, or in lines that
 * the center lost, whoever wrote this one did not know. */
static unsigned
misfit(const struct history *history, const struct history_letter *letter,
    enum rule rule)
{
	return letter->generation < history->generation ? RULE_RENUMBERED
							: rule;
}

/* Dead for whoever wrote the line; a void letter was none for them. */
static bool
is_dead(const struct history_letter *letter)
{
	return letter->state != HISTORY_LIVE && letter->state != HISTORY_VOID;
}

/* What a line does to a letter that was entered before. A void one counts its
 * copy, for those that follow. */
static void
change(const struct history *history, struct history_letter *letter,
    const struct log_entry *e, unsigned *broken)
{
	enum history_state next = HISTORY_SUPERSEDED;

	switch (e->kind) {
	case ENTRY_REPRINT:
		if (is_dead(letter))
			*broken |= misfit(history, letter, RULE_STATE);
		if (entry_ref_value(e) != (uint64_t)letter->copies + 1)
			*broken |= misfit(history, letter, RULE_COPY);
		if (entry_ref_value(e) > letter->copies)
			letter->copies = (uint32_t)entry_ref_value(e);
		return;
	case ENTRY_CORRECT:
		if (is_dead(letter))
			*broken |= misfit(history, letter, RULE_STATE);
		letter->superseded |= !is_void(*broken);
		break;
	case ENTRY_WITHDRAW:
		next = strcmp(e->reason, "FRAUD") == 0 ? HISTORY_FRAUD
						       : HISTORY_WITHDRAWN;
		/* whatever became of it, fraud may come to light later */
		if (letter->state == HISTORY_FRAUD ||
		    (next == HISTORY_WITHDRAWN &&
			letter->state == HISTORY_WITHDRAWN))
			*broken |= misfit(history, letter, RULE_STATE);
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
	if (next > letter->state && !is_void(*broken))
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
    const struct history_letters *letters, unsigned broken, struct errtext *err)
{
	unsigned judged = broken & RULE_VOID; /* the rest with the letter */

	if (letters->say == NULL)
		return ERR_OK;
	word.state = HISTORY_LIVE;
	word.superseded = false;
	word.copies = 1;
	change(history, &word, e, &judged);
	if (word.state == HISTORY_LIVE && !word.superseded && word.copies == 1)
		return ERR_OK; /* a void line */
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
add_unknown(const struct history *history, const struct log_entry *e,
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
	if (own || is_void(*broken))
		return ERR_OK;
	if (digest != NULL)
		memcpy(word.digest, digest, sizeof(word.digest));
	return say(history, e, number, word, letters, *broken, err);
}

static enum err
add_change(const struct history *history, const struct log_entry *e,
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
		return add_unknown(
		    history, e, number, digest, letters, broken, err);
	if ((rc = say(history, e, number, letter, letters, *broken, err)) !=
	    ERR_OK)
		return rc;
	change(history, &letter, e, broken);
	return letters->put(
	    letters->ctx, number->year, number->sequence, &letter, err);
}

/* A letter in place of another: the other dies first. */
static enum err
add_correct(struct history *history, const struct log_entry *e,
    const struct letter_number *number, const struct history_letters *letters,
    unsigned *broken, struct errtext *err)
{
	struct letter_number before;
	enum err rc = ERR_OK;

	if (own_number(history, e->ref, &before))
		rc =
		    add_change(history, e, &before, NULL, letters, broken, err);
	else
		*broken |= RULE_NUMBER;
	if (rc != ERR_OK)
		return rc;
	return add_issue(history, e, number, letters, broken, err);
}

static enum err
add_letter(struct history *history, const struct log_entry *e,
    const struct history_letters *letters, unsigned *broken,
    struct errtext *err)
{
	struct letter_number number;

	if (!own_number(history, e->number, &number)) {
		*broken |= RULE_NUMBER;
		return ERR_OK;
	}
	if (e->kind == ENTRY_ISSUE)
		return add_issue(history, e, &number, letters, broken, err);
	if (e->kind == ENTRY_CORRECT)
		return add_correct(history, e, &number, letters, broken, err);
	return add_change(history, e, &number, e->digest, letters, broken, err);
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
    struct line_persons *persons, struct errtext *err)
{
	unsigned rules = judge_time(history, entry);
	enum err rc;

	if (entry->index != history->next)
		rules |= RULE_INDEX;
	rc = roster_add_line(&history->roster, entry, history->generation,
	    history->next, &rules, persons, err);
	if (rc == ERR_OK && entry->number[0] != '\0')
		rc = add_letter(history, entry, letters, &rules, err);
	if (rc != ERR_OK)
		return rc;
	history->next++;
	history->last_time = entry->time;
	*broken = rules;
	return ERR_OK;
}

/* --- as text ------------------------------------------------------------- */

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
	roster_save(&history->roster, out);
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
			rc = roster_load(&out->roster, line);
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
