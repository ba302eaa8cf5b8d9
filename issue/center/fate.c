/*
 * fate.c - fate.h.
 */
#include "issue/center/fate.h"

#include "issue/center/logbook_rules.h"
#include "issue/center/rollback.h"
#include "issue/center/standing.h"
#include "issue/register/state.h"

#include "base/i18n.h"
#include "ledger/history.h"
#include "ledger/letters.h"
#include "letter/number.h"

#include <string.h>

struct reading {
	struct center *center;
	struct history history;
	struct letters *letters;
	struct history_letters calls;
};

/* Of the rules only what becomes of letters matters here. */
static enum err
add_line(void *arg, unsigned generation, uint64_t index, const char *line,
    size_t len, struct errtext *err)
{
	struct reading *reading = arg;
	struct line_persons persons;
	struct log_entry entry;
	unsigned broken;
	enum err rc;

	if (entry_parse(line, len, &entry, NULL) != ERR_OK ||
	    entry.index != index)
		return rollback_changed(err);
	rc = logbook_rules_signed(reading->center, &entry, err);
	if (rc != ERR_OK)
		return rc;
	if (reading->history.generation != generation)
		history_begin(&reading->history, generation);
	/* others stand between: ledger/roster.h */
	reading->history.next = index;
	return history_add(
	    &reading->history, &entry, &reading->calls, &broken, &persons, err);
}

static enum err
read_lines(struct reading *reading, const char *number, bool counting,
    struct errtext *err)
{
	struct registry *reg = reading->center->reg;
	enum err rc;

	if (!counting)
		return register_state_about(
		    reg, number, add_line, reading, err);
	rc = history_list(&reading->history, reading->center->listed, err);
	return rc != ERR_OK ? rc
			    : register_state_about_and_staff(
				  reg, number, add_line, reading, err);
}

static enum err
find(struct center *center, const char *text, const uint8_t *digest,
    bool counting, struct history_letter *out, bool *found, struct errtext *err)
{
	struct reading reading = { .center = center, .letters = letters_new() };
	const struct history_letter *letter = NULL;
	struct letter_number number;
	enum err rc;

	*found = false;
	if (reading.letters == NULL)
		return err_memory(err);
	reading.calls = letters_of(reading.letters);
	text_copy(reading.history.center, sizeof(reading.history.center),
	    center->info.center);
	if (!number_parse(text, &number))
		rc = err_set(err, ERR_DATA, _("not a letter number"));
	else if ((rc = read_lines(&reading, text, counting, err)) == ERR_OK)
		letter = letters_find(
		    reading.letters, number.year, number.sequence, digest);
	if (letter != NULL) {
		*out = *letter;
		*found = true;
	}
	history_clear(&reading.history);
	letters_free(&reading.letters);
	return rc;
}

/* Is there a line that may not count? Of somebody whom the root removed, or in
 * a later log than the first (ledger/history.h). */
static bool
may_be_void(const struct center *center)
{
	return center->listed != NULL &&
	    (center->listed->removed_count > 0 ||
		center->listed->log_count > 1);
}

enum err
fate_written(struct center *center, const char *number, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	return find(center, number, digest, false, out, found, err);
}

enum err
fate_of(struct center *center, const char *number, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	enum err rc = fate_written(center, number, digest, out, found, err);

	if (rc != ERR_OK || !*found || out->state == HISTORY_LIVE ||
	    !may_be_void(center))
		return rc;
	return find(center, number, digest, true, out, found, err);
}

enum err
fate_withdrawn(struct center *center, const char *number, bool *any,
    bool *fraud, struct errtext *err)
{
	struct history_letter letter;
	bool found = false;
	enum err rc =
	    register_letter_withdrawn(center->reg, number, any, fraud, err);

	if (rc != ERR_OK || !*any || !may_be_void(center))
		return rc;
	rc = fate_of(center, number, NULL, &letter, &found, err);
	/* of a letter that is none anyway the register's word is enough */
	if (rc != ERR_OK || !found || letter.state == HISTORY_VOID)
		return rc;
	*fraud = letter.state == HISTORY_FRAUD;
	*any = *fraud || letter.state == HISTORY_WITHDRAWN;
	return ERR_OK;
}

enum err
fate_printable(
    struct center *center, const struct issued *letter, struct errtext *err)
{
	bool counts = true;
	enum err rc = register_letter_printable(letter, err);

	if (rc == ERR_OK)
		rc = standing_letter_counts(
		    center, letter->number, &counts, err);
	if (rc != ERR_OK || counts)
		return rc;
	return err_set(err, ERR_DATA, "%s: %s", letter->number,
	    _("its line does not count: a person signed it whom the program "
	      "root had removed, or who did not stand; issue the letter "
	      "anew"));
}
