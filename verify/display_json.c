/*
 * display_json.c - results for programs: display.h. The keys are a contract.
 */
#include "verify/display.h"
#include "verify/judge.h"
#include "verify/post/post.h"
#include "verify/verdict.h"

#include "base/clock.h"
#include "ledger/letter_state.h"
#include "letter/view.h"
#include "trust/list.h"

#include <string.h>

int64_t
display_age_days(int64_t then, int64_t now)
{
	return now > then ? (now - then) / CLOCK_DAY : 0;
}

json_t *
display_lists_json(const struct post *post, int64_t now)
{
	const struct trust_list *list = post->list;
	json_t *lists = json_object();

	if (list == NULL) {
		json_object_set_new(lists, "sequence", json_null());
		json_object_set_new(lists, "issuedAt", json_null());
		json_object_set_new(lists, "ageDays", json_null());
		return lists;
	}
	json_object_set_new(
	    lists, "sequence", json_integer((json_int_t)list->sequence));
	json_set_time(lists, "issuedAt", list->issued_at);
	json_object_set_new(lists, "ageDays",
	    json_integer(display_age_days(list->issued_at, now)));
	return lists;
}

static const char *
carrier_name(enum judged_carrier carrier)
{
	switch (carrier) {
	case JUDGED_NONE:
		return NULL;
	case JUDGED_XML:
		return "xml";
	case JUDGED_PACKED:
		return "packed";
	case JUDGED_NUMBER:
		return "number";
	}
	return NULL;
}

static json_t *
reasons_json(const struct verdict_result *result)
{
	json_t *reasons = json_array();
	size_t i;

	for (i = 0; i < result->count; i++)
		json_array_append_new(
		    reasons, json_string(reason_table[result->reason[i]].code));
	return reasons;
}

/* Only for a key that the list has; a typed number names none. */
static json_t *
issuer_json(const struct judged *judged)
{
	json_t *issuer;

	if (judged->center == NULL || judged->key_name[0] == '\0')
		return json_null();
	issuer = json_object();
	json_set_text(issuer, "center", judged->center->code);
	json_set_text(issuer, "name", judged->center->name);
	json_set_text(issuer, "keyId", judged->key_name);
	return issuer;
}

static const char *
state_name(enum history_state state)
{
	switch (state) {
	case HISTORY_LIVE:
		return "issued";
	case HISTORY_SUPERSEDED:
		return "superseded";
	case HISTORY_WITHDRAWN:
		return "withdrawn";
	case HISTORY_FRAUD:
		return "fraud";
	case HISTORY_VOID:
		return "void";
	}
	return NULL;
}

/* What the log has under a typed number: of that number, not of a paper. */
static void
add_entry(json_t *object, const struct judged *judged)
{
	const struct history_letter *entry = &judged->entry;

	if (judged->carrier != JUDGED_NUMBER)
		return;
	if (!judged->entered) {
		json_set_text(object, "issuedAt", NULL);
		json_set_text(object, "letterState", NULL);
		json_object_set_new(object, "copies", json_null());
		return;
	}
	json_set_time(object, "issuedAt", entry->issued_at);
	json_set_text(object, "letterState", state_name(entry->state));
	json_object_set_new(object, "copies", json_integer(entry->copies));
}

static json_t *
log_json(const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;

	static const char *const states[] = {
		[LOG_UNKNOWN] = "unknown",
		[LOG_INCLUDED] = "included",
		[LOG_PENDING] = "pending",
		[LOG_ABSENT] = "absent",
	};
	json_t *object = json_object();

	json_set_text(object, "state", states[log->state]);
	json_object_set_new(object, "size",
	    log->size != 0 ? json_integer((json_int_t)log->size) : json_null());
	if (log->as_of != 0)
		json_set_time(object, "asOf", log->as_of);
	else
		json_set_text(object, "asOf", NULL);
	add_entry(object, judged);
	return object;
}

json_t *
display_object(const struct judge *judge, const struct judged *judged)
{
	const struct verdict_result *result = &judged->result;
	bool known =
	    judged->carrier != JUDGED_NUMBER && judged->number[0] != '\0';
	json_t *line = json_object();

	json_set_text(line, "source", judged->source);
	json_set_text(line, "carrier", carrier_name(judged->carrier));
	json_set_text(line, "verdict", verdict_table[result->verdict].name);
	json_object_set_new(line, "reasons", reasons_json(result));
	json_set_text(line, "letterNumber", known ? judged->number : NULL);
	json_object_set_new(line, "letter",
	    verdict_shows_letter(result) ? view_json(&judged->letter.letter)
					 : json_null());
	json_object_set_new(line, "issuer", issuer_json(judged));
	json_object_set_new(line, "log", log_json(judged));
	json_object_set_new(
	    line, "lists", display_lists_json(judge->post, judge->now));
	json_object_set_new(
	    line, "training", json_boolean(judge->post->info.training));
	json_set_time(line, "checkedAt", judge->now);
	json_object_set_new(line, "page",
	    judged->page != 0 ? json_integer((json_int_t)judged->page)
			      : json_null());
	json_object_set_new(
	    line, "ignored", json_integer((json_int_t)judged->ignored));
	json_object_set_new(line, "ignoredFiles",
	    json_integer((json_int_t)judged->ignored_files));
	json_set_text(line, "hint", scan_hint_name(judged->hint));
	return line;
}

void
display_add_objects(
    const struct judge *judge, const struct judged *judged, json_t *array)
{
	struct judged one = *judged;

	do
		json_array_append_new(array, display_object(judge, &one));
	while (one.page++ < judged->last_page);
}
