/*
 * words.c - words.h.
 */
#include "issue/desk/words.h"

#include "base/html.h"

#include <string.h>

#define PROGRAM "sello-issue "

/* What the pages do. */
static const char *const done[] = { "approve", "backup", "discard", "find",
	"list", "officer", "passphrase", "publish", "show" };

static bool
is_done(const char *command, size_t len)
{
	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++) {
		size_t word = strlen(done[i]);

		if (len >= word && strncmp(command, done[i], word) == 0 &&
		    (len == word || command[word] == ' '))
			return true;
	}
	return false;
}

/* Of what stands between the parentheses. */
static bool
is_hint(const char *in, size_t len)
{
	const size_t program = sizeof(PROGRAM) - 1;

	if (len > program && strncmp(in, PROGRAM, program) == 0)
		return is_done(in + program, len - program);
	for (size_t i = 0; i + 2 < len; i++)
		if ((i == 0 || in[i - 1] == ' ') && in[i] == '-' &&
		    in[i + 1] == '-' && in[i + 2] != '-' && in[i + 2] != ' ')
			return true;
	return false;
}

char *
words_of_page(char *text)
{
	char *at = text, *open, *close;

	while ((open = strchr(at, '(')) != NULL &&
	    (close = strchr(open, ')')) != NULL) {
		at = open + 1;
		if (!is_hint(at, (size_t)(close - at)))
			continue;
		/* with the space before it */
		at = open > text && open[-1] == ' ' ? open - 1 : open;
		memmove(at, close + 1, strlen(close + 1) + 1);
	}
	return text;
}

void
words_element(struct bytes *out, const char *tag, const char *text)
{
	struct bytes copy = { 0 };

	bytes_add_text(&copy, text);
	bytes_add_byte(&copy, '\0');
	if (copy.failed)
		out->failed = true;
	else
		html_element(out, tag, words_of_page((char *)copy.at));
	bytes_wipe(&copy);
}
