/*
 * The same old copies in the hands of who has changed the program too, so that
 * it refuses nothing: old_copies.h.
 */
#define OLD_COPIES_UNCHECKED
#include "tests/issue/test_old_copies.c"

#include "tests/issue/unchecked.h"

#include <stdarg.h>

static bool unchecked;

bool
old_copies_uncheck(void)
{
	unchecked = true;
	return true;
}

enum err
unchecked_err_set(struct errtext *err, enum err code, const char *fmt, ...)
{
	va_list args;

	if (unchecked &&
	    (code == ERR_REFUSED || code == ERR_CONFIG ||
		code == ERR_SIGNATURE))
		return ERR_OK;
	if (err != NULL) {
		va_start(args, fmt);
		vsnprintf(err->text, sizeof(err->text), fmt, args);
		va_end(args);
	}
	return code;
}
