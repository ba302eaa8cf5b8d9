/*
 * Any bytes as lines of a center's log, one a line, a blank one beginning the next
 * generation: what is known between two lines is stored and loaded as the same,
 * and the center and the persons are asked for whose signature a line must carry.
 */
#include "ledger/history.h"
#include "ledger/letters.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/keys.h"

#include <stdlib.h>
#include <string.h>

#define FOUNDED 1795456800 /* 2026-11-23T18:00:00Z */

static const struct trust_center *
center_of_list(void)
{
	static struct trust_roster roster;
	static struct trust_removed removed = { .code = "OF1009",
		.since = FOUNDED + 5000 };
	static struct trust_center center = { .code = "GTGUA01",
		.roster_count = 1,
		.rosters = &roster,
		.removed_count = 1,
		.removed = &removed };

	if (roster.persons == NULL)
		roster = support_roster("GTGUA01", FOUNDED - 86400);
	return &center;
}

/* What was saved says, loaded, the same again. */
static void
check_saved(const struct history *history)
{
	struct history loaded = { 0 };
	struct bytes text = { 0 }, again = { 0 };

	history_save(history, &text);
	if (history_load((const char *)text.at, &loaded) != ERR_OK)
		abort();
	history_save(&loaded, &again);
	if (!bytes_equal(&text, &again))
		abort();
	history_clear(&loaded);
	bytes_free(&text);
	bytes_free(&again);
}

static void
check_persons(unsigned broken, const struct log_entry *entry,
    const struct line_persons *persons)
{
	if (broken >= 1u << RULE_COUNT ||
	    (persons->count != 0 && persons->count != entry_signers(entry)))
		abort();
	if (persons->count == 0 && persons->listed == NULL &&
	    (broken & (RULES_OF_PERSONS | RULE_VOID)) == 0)
		abort(); /* a line that counts, and nobody signed it */
	for (size_t i = 0; i < persons->count; i++)
		if (persons->key[i] == NULL)
			abort();
}

static void
add_line(struct history *history, const struct history_letters *letters,
    struct reader line)
{
	struct line_persons persons = { 0 };
	struct log_entry entry;
	unsigned broken = 0;

	if (entry_parse(line.at, line.left, &entry, NULL) != ERR_OK)
		return;
	if (history_add(history, &entry, letters, &broken, &persons, NULL) ==
	    ERR_OK)
		check_persons(broken, &entry, &persons);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct history history = { .center = "GTGUA01" };
	struct letters *kept = letters_new();
	struct history_letters letters = letters_of(kept);
	struct reader r = { data, len }, line;
	unsigned generation = 1;
	uint8_t end;

	if (history_list(&history, center_of_list(), NULL) != ERR_OK)
		abort();
	history_begin(&history, generation);
	while (reader_until(&r, '\n', &line) && reader_byte(&r, &end)) {
		if (line.left == 0)
			history_begin(&history, ++generation);
		else
			add_line(&history, &letters, line);
	}
	check_saved(&history);
	history_clear(&history);
	letters_free(&kept);
	return 0;
}
