/*
 * number_file.h - letter numbers from a text file, one a line, as people and
 * spreadsheets leave such files: a byte order mark, CR LF, blanks around and
 * quotes are passed over, so are empty lines and what follows "#".
 */
#ifndef ISSUE_NUMBER_FILE_H
#define ISSUE_NUMBER_FILE_H

#include "base/err.h"
#include "letter/letter.h"

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_FILE_MAX (256u * 1024) /* bytes, over ten thousand numbers */

/* One line that is none of these; number is "" when it is no letter number. */
struct file_number {
	size_t line; /* of the file, from 1 */
	char number[LETTER_NUMBER_SIZE];
};

/* Start as {0}; number_file_clear(). */
struct number_file {
	struct file_number *at;
	size_t count, cap;
	bool failed; /* no memory */
};

/*
 * number_file_read - each number once, in canonical form, in the file's order.
 *
 * ERR_DATA when no line has anything; what file_read() returns; ERR_MEMORY.
 */
enum err number_file_read(
    const char *path, struct number_file *out, struct errtext *err);

/* number_file_add - one more, in canonical form. ERR_MEMORY. */
enum err number_file_add(struct number_file *file, size_t line,
    const char *number, struct errtext *err);

void number_file_clear(struct number_file *file);

#endif
