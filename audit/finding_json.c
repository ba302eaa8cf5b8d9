/*
 * finding_json.c - finding_json.h.
 */
#include "audit/finding_json.h"

#include "base/i18n.h"

static json_t *
number_or_null(int64_t value, bool known)
{
	return known ? json_integer((json_int_t)value) : json_null();
}

json_t *
finding_json(const struct finding *finding)
{
	const struct finding_row *row = &finding_table[finding->code];
	json_t *object = json_object();

	json_set_text(object, "finding", row->name);
	json_set_text(object, "severity", severity_name(row->severity));
	json_set_text(object, "center",
	    finding->center[0] != '\0' ? finding->center : NULL);
	json_object_set_new(object, "generation",
	    number_or_null(finding->generation, finding->generation != 0));
	json_object_set_new(object, "index",
	    number_or_null(finding->index, finding->index >= 0));
	json_set_text(object, "letterNumber",
	    finding->number[0] != '\0' ? finding->number : NULL);
	json_set_text(object, "text", finding->text);
	json_set_text(object, "meaning", _(row->meaning));
	json_set_text(object, "honestCause", _(row->honest));
	json_set_text(object, "whatToDo", _(row->todo));
	return object;
}
