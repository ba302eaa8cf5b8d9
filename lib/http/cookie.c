/*
 * cookie.c - cookies of a request: cookie.h.
 */
#include "http/cookie.h"

#include <string.h>

bool
cookie_next(const char **rest, const char *name, struct reader *value)
{
	size_t name_len = strlen(name), len;
	const char *at;

	while (**rest != '\0') {
		*rest += strspn(*rest, " ;");
		at = *rest;
		len = strcspn(at, ";");
		*rest += len;
		if (len <= name_len || memcmp(at, name, name_len) != 0 ||
		    at[name_len] != '=')
			continue;
		value->at = (const uint8_t *)at + name_len + 1;
		value->left = len - name_len - 1;
		while (value->left > 0 && value->at[value->left - 1] == ' ')
			value->left--;
		return true;
	}
	return false;
}
