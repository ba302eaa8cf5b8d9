/*
 * integrity_compare.c - integrity_compare.h.
 */
#include "issue/center/integrity_compare.h"

#include "issue/center/fate.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "base/i18n.h"
#include "letter/commitment.h"
#include "letter/number.h"
#include "letter/xml.h"

#include <string.h>

struct comparer {
	const struct integrity_sides *is;
	struct letter letter; /* room for one */
};

static bool
is_in_state(const struct issued *issued, const struct history_letter *letter)
{
	switch (issued->state) {
	case ISSUED_ISSUED:
		return letter->state == HISTORY_LIVE;
	case ISSUED_SUPERSEDED:
		return letter->state == HISTORY_SUPERSEDED;
	case ISSUED_WITHDRAWN:
		return letter->state == HISTORY_WITHDRAWN ||
		    letter->state == HISTORY_FRAUD;
	case ISSUED_FORGOTTEN:
		break;
	}
	return true;
}

/* Is the register's state that of all lines, also of those that do not count?
 */
static bool
is_by_void(const struct comparer *c, const struct issued *issued)
{
	struct history_letter letter;
	bool found;

	return fate_written(c->is->center, issued->number, issued->digest,
		   &letter, &found, NULL) == ERR_OK &&
	    found && is_in_state(issued, &letter);
}

/* Who made it and how closely it was looked at stands in its line. */
static bool
is_by_the_same(struct comparer *c, const struct issued *issued,
    const struct history_letter *letter)
{
	struct bytes line = { 0 };
	struct log_entry entry;
	bool same;

	same = register_log_line(c->is->center->reg, letter->generation,
		   letter->index, &line, NULL) == ERR_OK &&
	    entry_parse(line.at, line.len, &entry, NULL) == ERR_OK &&
	    strcmp(entry.officer, issued->officer) == 0 &&
	    strcmp(entry.approver, issued->approver) == 0 &&
	    strcmp(entry.reason, issued->reason) == 0;
	bytes_free(&line);
	return same;
}

/* The line's commitment, which its drafter signed, is of this very letter. One
 * that cannot be read is told elsewhere. */
static bool
is_drafted(struct comparer *c, const struct issued *issued,
    const struct history_letter *letter)
{
	uint8_t own[LETTER_COMMITMENT_SIZE], deed[DEED_SIZE];
	bool same = true;

	if (issued->state != ISSUED_FORGOTTEN &&
	    xml_read(issued->xml.at, issued->xml.len, &c->letter, NULL) ==
		ERR_OK)
		same = letter_commitment(&c->letter, own, NULL) == ERR_OK &&
		    memcmp(own, letter->commitment, sizeof(own)) == 0 &&
		    deed_of_letter(&c->letter, deed, NULL) == ERR_OK &&
		    memcmp(deed, letter->deed, sizeof(deed)) == 0;
	letter_wipe(&c->letter);
	return same;
}

static bool
check_letter(void *arg, const struct issued *issued)
{
	struct comparer *c = arg;
	const struct history_letter *letter = NULL;
	struct letter_number n;

	if (number_parse(issued->number, &n))
		letter = letters_find(
		    c->is->letters, n.year, n.sequence, issued->digest);
	if (letter == NULL)
		c->is->find(c->is->arg, issued->number,
		    _("the log does not have this letter"));
	else if (letter->copies != (uint32_t)issued->copies)
		c->is->find(c->is->arg, issued->number,
		    _("log and register count different copies"));
	else if (letter->state == HISTORY_VOID && !c->is->unfounded &&
	    issued->state == ISSUED_ISSUED)
		c->is->find(c->is->arg, issued->number,
		    _("its line does not count: a person signed it whom the "
		      "program root had removed, or who did not stand. Compare "
		      "it with the papers: issue it anew with correct if it is "
		      "good, else withdraw it"));
	else if (letter->state != HISTORY_VOID && !is_in_state(issued, letter))
		c->is->find(c->is->arg, issued->number,
		    is_by_void(c, issued)
			? _("the line that withdrew or replaced it does not "
			    "count: a person signed it whom the program root "
			    "had removed, or who did not stand. Consulates "
			    "take it as good: withdraw it anew")
			: _("log and register disagree whether it is in "
			    "force"));
	else if (letter->issued_at != issued->issued_at)
		c->is->find(c->is->arg, issued->number,
		    _("log and register disagree when it was issued"));
	else if (!is_by_the_same(c, issued, letter))
		c->is->find(c->is->arg, issued->number,
		    _("log and register disagree who made it, and how"));
	else if (!is_drafted(c, issued, letter))
		c->is->find(c->is->arg, issued->number,
		    _("the letter is not what its drafter signed"));
	return true;
}

struct counter {
	size_t letters;
};

static bool
count_letter(void *arg, const struct issued *issued)
{
	struct counter *counter = arg;

	(void)issued;
	counter->letters++;
	return true;
}

static enum err
find_missing(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct comparer *c = arg;
	struct issued issued = { 0 };
	struct log_entry entry;
	enum err rc;

	(void)index;
	if (entry_parse(line, len, &entry, NULL) != ERR_OK ||
	    !entry_is_letter(&entry))
		return ERR_OK;
	rc = register_letter_load(
	    c->is->center->reg, entry.number, &issued, err);
	register_letter_clear(&issued);
	if (rc != ERR_NOT_FOUND)
		return rc;
	c->is->find(c->is->arg, entry.number,
	    _("the log has this letter, the register does not"));
	return ERR_OK;
}

enum err
integrity_compare(
    const struct integrity_sides *sides, unsigned newest, struct errtext *err)
{
	struct comparer c = { .is = sides };
	struct registry *reg = sides->center->reg;
	struct counter counter = { 0 };
	enum err rc;

	rc = register_letter_each(reg, true, check_letter, &c, err);
	if (rc == ERR_OK)
		rc = register_letter_each(
		    reg, false, count_letter, &counter, err);
	if (rc != ERR_OK || letters_count(sides->letters) <= counter.letters)
		return rc;
	for (unsigned i = 1; i <= newest && rc == ERR_OK; i++)
		rc = register_log_each(reg, i, 0, find_missing, &c, err);
	return rc;
}
