/*
 * vectors.c - vectors.h.
 */
#include "tests/support/vectors.h"

#include "base/file.h"
#include "tests/support/decoded.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

size_t
vectors_each(const char *name,
    void (*take)(char *word[VECTOR_WORDS], void *ctx), void *ctx)
{
	char path[128], none[] = "", *line, *rest, *at;
	struct bytes file = { 0 };
	size_t lines = 0;

	snprintf(path, sizeof(path), "tests/vectors/%s", name);
	ck_assert_int_eq(file_read(path, 1 << 20, &file, NULL), ERR_OK);
	for (line = strtok_r((char *)file.at, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *word[VECTOR_WORDS];
		size_t n = 0;

		if (line[0] == '#')
			continue;
		for (size_t i = 0; i < VECTOR_WORDS; i++)
			word[i] = none;
		for (char *w = strtok_r(line, " ", &at);
		     w != NULL && n < VECTOR_WORDS;
		     w = strtok_r(NULL, " ", &at))
			word[n++] = w;
		take(word, ctx);
		lines++;
	}
	bytes_free(&file);
	ck_assert_uint_gt(lines, 0);
	return lines;
}

struct bytes
vector_bytes(const char *hex)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, ""); /* at is never NULL */
	if (strcmp(hex, "-") != 0)
		ck_assert_msg(hex_decode(hex, strlen(hex), &out), "%s", hex);
	return out;
}

bool
vector_is_good(const char *word)
{
	ck_assert_msg(
	    strcmp(word, "good") == 0 || strcmp(word, "bad") == 0, "%s", word);
	return word[0] == 'g';
}
