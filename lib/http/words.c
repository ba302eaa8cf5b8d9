/*
 * words.c - words.h.
 */
#include "http/words.h"

#include "base/html.h"

#include <string.h>

/* What the pages do, of all programs. */
static const char *const done[] = { "sello-audit check", "sello-audit report",
	"sello-issue approve", "sello-issue backup", "sello-issue discard",
	"sello-issue find", "sello-issue list", "sello-issue officer",
	"sello-issue passphrase", "sello-issue publish", "sello-issue show",
	"sello-verify check", "sello-verify status", "sello-verify sync" };

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
	if (is_done(in, len))
		return true;
	if (len > 6 && strncmp(in, "sello-", 6) == 0)
		return false;
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

/* A copy that ends with NUL, without its hints; false without memory. */
static bool
copy_words(struct bytes *copy, const char *text)
{
	bytes_add_text(copy, text);
	bytes_add_byte(copy, '\0');
	if (!copy->failed)
		words_of_page((char *)copy->at);
	return !copy->failed;
}

void
words_text(struct bytes *out, const char *text)
{
	struct bytes copy = { 0 };

	if (copy_words(&copy, text))
		html_text(out, (const char *)copy.at);
	else
		out->failed = true;
	bytes_wipe(&copy);
}

void
words_element(struct bytes *out, const char *tag, const char *text)
{
	struct bytes copy = { 0 };

	if (copy_words(&copy, text))
		html_element(out, tag, (const char *)copy.at);
	else
		out->failed = true;
	bytes_wipe(&copy);
}
