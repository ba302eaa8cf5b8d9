/*
 * pairs.c - forms and queries: pairs.h.
 */
#include "http/pairs.h"

#include "base/array.h"
#include "base/utf8.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
percent_decode(char *text, size_t *len, bool plus)
{
	size_t from, to = 0;

	for (from = 0; from < *len; from++, to++) {
		char c = text[from];

		if (c == '%') {
			if (*len - from < 3 || digit(text[from + 1]) < 0 ||
			    digit(text[from + 2]) < 0)
				return false;
			c = (char)(digit(text[from + 1]) * 16 +
			    digit(text[from + 2]));
			from += 2;
		} else if (c == '+' && plus)
			c = ' ';
		if (c == '\0')
			return false;
		text[to] = c;
	}
	*len = to;
	return utf8_is_valid(text, to);
}

/* One part, len bytes followed by one that may be overwritten. */
static int
add_pair(struct pairs *pairs, char *part, size_t len)
{
	char *equals = memchr(part, '=', len);
	size_t name_len = equals == NULL ? len : (size_t)(equals - part);
	char *value = equals == NULL ? part + len : equals + 1;
	size_t value_len = (size_t)(part + len - value);

	if (!percent_decode(part, &name_len, true) ||
	    !percent_decode(value, &value_len, true))
		return 400;
	if (!ARRAY_ROOM(pairs->at, pairs->count, pairs->cap))
		return 503;
	value[value_len] = '\0';
	part[name_len] = '\0';
	pairs->at[pairs->count++] = (struct http_pair){ part, value };
	return 200;
}

static int
split(struct pairs *pairs, size_t len)
{
	char *part = pairs->text, *end = part + len, *stop;
	int status = 200;

	for (; status == 200 && part < end; part = stop + 1) {
		stop = memchr(part, '&', (size_t)(end - part));
		if (stop == NULL)
			stop = end;
		if (stop > part)
			status = add_pair(pairs, part, (size_t)(stop - part));
	}
	return status;
}

int
pairs_parse(const void *text, size_t len, struct pairs *out)
{
	struct pairs pairs = { 0 };
	int status;

	/* a passphrase is in a small one: locked memory, while there is some */
	if (len <= PAIRS_LOCKED_MAX)
		pairs.text = OPENSSL_secure_malloc(len + 1);
	if (pairs.text == NULL &&
	    (pairs.text = OPENSSL_malloc(len + 1)) == NULL)
		return 503;
	if (len > 0)
		memcpy(pairs.text, text, len);
	pairs.text[len] = '\0';
	pairs.len = len;
	if ((status = split(&pairs, len)) != 200)
		pairs_wipe(&pairs);
	else
		*out = pairs;
	return status;
}

void
pairs_wipe(struct pairs *pairs)
{
	/* also of what is not in the secure heap */
	OPENSSL_secure_clear_free(pairs->text, pairs->len);
	free(pairs->at);
	*pairs = (struct pairs){ 0 };
}
