/*
 * ended.c - ended.h.
 */
#include "issue/ended.h"

#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/reason.h"
#include "issue/register/state.h"
#include "log/entry.h"

#include <stdio.h>
#include <string.h>

#define WHO_SIZE 64

struct search {
	const char *number;
	struct ended *out;
};

/* The line that names it as the letter it replaces. */
static enum err
take_line(void *arg, unsigned generation, uint64_t index, const char *line,
    size_t len, struct errtext *err)
{
	struct search *search = arg;
	struct ended *out = search->out;
	struct log_entry entry;
	enum err rc = entry_parse(line, len, &entry, err);

	(void)generation;
	(void)index;
	if (rc != ERR_OK || entry.kind != ENTRY_CORRECT ||
	    strcmp(entry.ref, search->number) != 0)
		return rc;
	text_copy(out->by, sizeof(out->by), entry.number);
	text_copy(out->officer, sizeof(out->officer), entry.officer);
	text_copy(out->approver, sizeof(out->approver), entry.approver);
	out->replaced_at = entry.time;
	return ERR_OK;
}

enum err
ended_load(struct registry *reg, const char *number, struct ended *out,
    struct errtext *err)
{
	struct search search = { number, out };
	enum err rc;

	*out = (struct ended){ 0 };
	rc = register_letter_withdrawals(
	    reg, number, out->withdrawal, &out->withdrawn, err);
	if (rc == ERR_OK)
		rc = register_state_about(reg, number, take_line, &search, err);
	return rc;
}

/* --- telling ------------------------------------------------------------- */

static void
print_withdrawal(const struct withdrawal *one)
{
	const char *meaning = reason_meaning(one->reason);
	char at[LOCAL_SIZE], who[WHO_SIZE];

	local_format(one->at, at);
	if (one->second[0] != '\0')
		snprintf(
		    who, sizeof(who), _("%s and %s"), one->person, one->second);
	else
		text_copy(who, sizeof(who), one->person);
	print(_("Withdrawn %s by %s: %s (%s)."), at, who,
	    meaning != NULL ? meaning : "?", one->reason);
	print("\n");
}

void
ended_print(const struct ended *ended)
{
	char at[LOCAL_SIZE];

	if (ended->by[0] != '\0') {
		local_format(ended->replaced_at, at);
		print(_("Replaced %s by letter %s, drafted by %s, approved by "
			"%s."),
		    at, ended->by, ended->officer, ended->approver);
		print("\n");
	}
	for (size_t i = 0; i < ended->withdrawn; i++)
		print_withdrawal(&ended->withdrawal[i]);
}

void
ended_json(const struct ended *ended, json_t *object)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ended->withdrawn; i++) {
		const struct withdrawal *one = &ended->withdrawal[i];
		json_t *row = json_object();

		json_set_time(row, "at", one->at);
		json_set_text(row, "by", one->person);
		json_set_text(
		    row, "second", one->second[0] != '\0' ? one->second : NULL);
		json_set_text(row, "reason", one->reason);
		json_array_append_new(array, row);
	}
	json_object_set_new(object, "withdrawals", array);
	json_set_text(
	    object, "supersededBy", ended->by[0] != '\0' ? ended->by : NULL);
}
