/*
 * language.c - the language of a page: language.h.
 */
#include "http/language.h"

#include "base/i18n.h"
#include "http/cookie.h"
#include "http/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Its name as a constant, of "es" or "es-GT"; NULL when it is none of ours. */
static const char *
ours(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (len >= 2 && strncasecmp(text, i18n_languages[i], 2) == 0 &&
		    (len == 2 || text[2] == '-'))
			return i18n_languages[i];
	return NULL;
}

/* ";q=0.8" in thousandths; 1000 where nothing is said */
static int
weight(const char *text, size_t len)
{
	const char *q = memmem(text, len, "q=", 2);
	int value = 0, scale = 1000;

	if (q == NULL)
		return 1000;
	for (q += 2; q < text + len && scale > 0; q++)
		if (*q >= '0' && *q <= '9') {
			value += (*q - '0') * scale;
			scale /= 10;
		} else if (*q != '.')
			break;
	return value;
}

static const char *
best_of(const char *accepted)
{
	const char *best = NULL, *one;
	int best_weight = 0, its;
	size_t len, name_len;

	for (; *accepted != '\0'; accepted += len) {
		accepted += strspn(accepted, " \t,");
		len = strcspn(accepted, ",");
		name_len = strcspn(accepted, " \t;,");
		one = ours(accepted, name_len);
		its = weight(accepted + name_len, len - name_len);
		if (one != NULL && its > best_weight) {
			best = one;
			best_weight = its;
		}
	}
	return best;
}

const char *
language_of(const char *cookies, const char *accepted, const char *otherwise)
{
	const char *language = NULL;
	struct reader value;

	if (cookies != NULL &&
	    cookie_next(&cookies, HTTP_LANGUAGE_COOKIE, &value))
		language = ours((const char *)value.at, value.left);
	if (language == NULL && accepted != NULL)
		language = best_of(accepted);
	if (language == NULL && otherwise != NULL)
		language = ours(otherwise, strlen(otherwise));
	return language == NULL ? "en" : language;
}
