/*
 * number_file.c - number_file.h.
 */
#include "issue/number_file.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/plain.h"
#include "letter/number.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST 64 /* bytes of a line that may still be a number */

static bool
is_in(const struct number_file *file, const char *number)
{
	for (size_t i = 0; i < file->count; i++)
		if (strcmp(file->at[i].number, number) == 0)
			return true;
	return false;
}

static void
add(struct number_file *file, size_t line, const char *number)
{
	if (number[0] != '\0' && is_in(file, number))
		return;
	if (!ARRAY_ROOM(file->at, file->count, file->cap)) {
		file->failed = true;
		return;
	}
	file->at[file->count] = (struct file_number){ .line = line };
	text_copy(file->at[file->count].number, LETTER_NUMBER_SIZE, number);
	file->count++;
}

/* What counts of a line. */
static struct reader
strip(struct reader line)
{
	struct reader rest = line, part;

	if (reader_until(&rest, '#', &part))
		line = part;
	plain_unquote(&line);
	return line;
}

static void
parse_number(struct number_file *file, size_t line, struct reader text)
{
	char typed[LONGEST + 1] = "", number[LETTER_NUMBER_SIZE] = "";
	struct letter_number parts;

	if (text.left == 0)
		return;
	if (text.left <= LONGEST)
		memcpy(typed, text.at, text.left);
	/* with a NUL inside it is shorter, and nothing else's */
	if (strlen(typed) != text.left || !number_parse_loose(typed, &parts) ||
	    !number_format(&parts, number))
		number[0] = '\0';
	add(file, line, number);
}

static void
parse_lines(struct number_file *file, struct plain plain)
{
	struct reader line;

	while (plain_line(&plain, &line))
		parse_number(file, plain.line, strip(line));
}

enum err
number_file_read(const char *path, struct number_file *out, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = file_read(path, NUMBER_FILE_MAX, &text, err);

	if (rc == ERR_OK)
		parse_lines(out, plain_begin(text.at, text.len));
	if (rc == ERR_OK && out->failed)
		rc = err_memory(err);
	else if (rc == ERR_OK && out->count == 0)
		rc = err_set(err, ERR_DATA,
		    _("%s: there is no letter number in it"), path);
	bytes_free(&text);
	return rc;
}

enum err
number_file_add(struct number_file *file, size_t line, const char *number,
    struct errtext *err)
{
	add(file, line, number);
	return file->failed ? err_memory(err) : ERR_OK;
}

void
number_file_clear(struct number_file *file)
{
	free(file->at);
	*file = (struct number_file){ 0 };
}
