/*
 * warnings.c - warnings.h.
 */
#include "issue/center/warnings.h"

#include "base/i18n.h"
#include "base/json.h"

#include <stdio.h>
#include <string.h>

warnings_set
warnings_of(const char *problems)
{
	json_t *all = json_loads(problems, 0, NULL), *one;
	warnings_set set = 0;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *name =
		    json_string_value(json_object_get(one, "code"));

		for (int code = 0; name != NULL && code < PROBLEM_CODE_COUNT;
		     code++)
			if (strcmp(problem_name((enum problem_code)code),
				name) == 0)
				set |= WARNINGS_BIT(code);
	}
	json_decref(all);
	return set;
}

const char *
warnings_meaning(enum problem_code code)
{
	switch (code) {
	case W_MINOR:
		return _("under 18 on the first day of validity");
	case W_DOC_EXPIRED:
		return _("the document ends before the first day of validity");
	case W_DUPLICATE:
		return _("looks like a person who is there already");
	case W_COLUMN:
		return _("a column of the file was not used");
	case W_PLACEHOLDER:
		return _("a name, birth or number that may stand for nothing");
	case W_REFERENCE:
		return _("an earlier row has the same case reference");
	case E_CHARACTER:
	case E_DATE:
	case E_VALIDITY:
	case E_TOO_MANY_DEPENDANTS:
	case E_MISSING:
	case E_CODE:
	case E_LENGTH:
	case E_CENTER:
	case E_PROGRAM:
	case E_CSV:
	case PROBLEM_CODE_COUNT:
		break;
	}
	return ""; /* errors reject a row: no draft carries one */
}

const char *
warnings_codes(warnings_set set, char out[WARNINGS_CODES_SIZE])
{
	size_t used = 0;

	out[0] = '\0';
	for (int code = 0; code < PROBLEM_CODE_COUNT; code++)
		if (set & WARNINGS_BIT(code) && used < WARNINGS_CODES_SIZE)
			used += (size_t)snprintf(out + used,
			    WARNINGS_CODES_SIZE - used, "%s%s",
			    used > 0 ? " " : "",
			    problem_name((enum problem_code)code));
	return out;
}
