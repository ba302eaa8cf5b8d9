/*
 * register_problems.c - the warnings of a draft as JSON: register.h.
 */
#include "issue/register.h"

#include "issue/intake.h"

#include <string.h>

static json_t *
problem_json(const struct problem *problem)
{
	json_t *one = json_object();

	json_set_text(one, "code", problem_name(problem->code));
	json_set_text(one, "field", intake_field_key(problem->field));
	json_set_text(one, "text", problem->text);
	return one;
}

json_t *
register_problems_json(const struct problem *problem, size_t count)
{
	json_t *all = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(all, problem_json(&problem[i]));
	return all;
}

bool
register_problems_has(const char *problems, enum problem_code wanted)
{
	json_t *all = json_loads(problems, 0, NULL);
	bool found = false;
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		found |=
		    code != NULL && strcmp(code, problem_name(wanted)) == 0;
	}
	json_decref(all);
	return found;
}
