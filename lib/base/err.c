/*
 * err.c - codes, their exit statuses and the text for people: err.h.
 */
#include "base/err.h"

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <openssl/err.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* A cut may fall inside a character: drop what is left of it. */
static void
cut_at_character(char *text)
{
	size_t len = strlen(text);
	size_t start = len;
	size_t need;

	while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0)
		return;
	start--;
	if (((unsigned char)text[start] & 0x80) == 0)
		return;
	need = ((unsigned char)text[start] & 0xf0) == 0xf0 ? 4
	    : ((unsigned char)text[start] & 0xe0) == 0xe0  ? 3
							   : 2;
	if (len - start < need)
		text[start] = '\0';
}

static void
fill(struct errtext *err, const char *fmt, va_list list)
{
	int len = vsnprintf(err->text, sizeof(err->text), fmt, list);

	if (len < 0) /* what fills it had no memory itself */
		text_copy(err->text, sizeof(err->text), _("out of memory"));
	else if ((size_t)len >= sizeof(err->text))
		cut_at_character(err->text);
}

/* Is it a judgement, which lack of memory makes of anything: base/memory.h? */
static bool
is_judgement(enum err code)
{
	switch (code) {
	case ERR_OK:
	case ERR_MEMORY:
	case ERR_IO:
	case ERR_EXISTS:
	case ERR_BUSY:
	case ERR_USAGE:
		return false;
	default:
		return true;
	}
}

enum err
err_set(struct errtext *err, enum err code, const char *fmt, ...)
{
	struct errtext made = { 0 };
	va_list list;

	if (memory_ran_out() && is_judgement(code))
		return err_memory(err);
	if (err == NULL)
		return code;
	/* the arguments may point into err->text itself */
	va_start(list, fmt);
	fill(&made, fmt, list);
	va_end(list);
	*err = made;
	return code;
}

enum err
err_memory(struct errtext *err)
{
	return err_set(err, ERR_MEMORY, _("out of memory"));
}

const char *
err_words(const struct errtext *err)
{
	return err->text[0] != '\0' ? err->text : _("out of memory");
}

bool
err_is_inside(enum err code)
{
	return code == ERR_MEMORY || code == ERR_INTERNAL;
}

void
err_prefix(struct errtext *err, const char *fmt, ...)
{
	struct errtext context = { 0 };
	va_list list;

	if (err == NULL)
		return;
	va_start(list, fmt);
	fill(&context, fmt, list);
	va_end(list);
	err_set(err, ERR_OK, "%s: %s", context.text, err->text);
}

const char *
err_name(enum err code)
{
	switch (code) {
	case ERR_OK:
		return "ERR_OK";
	case ERR_MEMORY:
		return "ERR_MEMORY";
	case ERR_INTERNAL:
		return "ERR_INTERNAL";
	case ERR_IO:
		return "ERR_IO";
	case ERR_NOT_FOUND:
		return "ERR_NOT_FOUND";
	case ERR_EXISTS:
		return "ERR_EXISTS";
	case ERR_BUSY:
		return "ERR_BUSY";
	case ERR_USAGE:
		return "ERR_USAGE";
	case ERR_CONFIG:
		return "ERR_CONFIG";
	case ERR_REFUSED:
		return "ERR_REFUSED";
	case ERR_DATA:
		return "ERR_DATA";
	case ERR_LIMIT:
		return "ERR_LIMIT";
	case ERR_UNREADABLE:
		return "ERR_UNREADABLE";
	case ERR_FOREIGN:
		return "ERR_FOREIGN";
	case ERR_GARBLED:
		return "ERR_GARBLED";
	case ERR_VERSION:
		return "ERR_VERSION";
	case ERR_PROFILE:
		return "ERR_PROFILE";
	case ERR_ISSUER:
		return "ERR_ISSUER";
	case ERR_SIGNATURE:
		return "ERR_SIGNATURE";
	case ERR_STALE:
		return "ERR_STALE";
	}
	return "ERR_?";
}

int
err_exit(enum err code)
{
	switch (code) {
	case ERR_OK:
		return EX_OK;
	case ERR_USAGE:
		return EX_USAGE;
	case ERR_DATA:
	case ERR_LIMIT:
	case ERR_UNREADABLE:
	case ERR_FOREIGN:
	case ERR_GARBLED:
	case ERR_VERSION:
	case ERR_PROFILE:
	case ERR_ISSUER:
	case ERR_SIGNATURE:
	case ERR_STALE:
		return EX_DATAERR;
	case ERR_NOT_FOUND:
		return EX_NOINPUT;
	case ERR_MEMORY:
	case ERR_INTERNAL:
		return EX_SOFTWARE;
	case ERR_EXISTS:
		return EX_CANTCREAT;
	case ERR_IO:
		return EX_IOERR;
	case ERR_BUSY:
		return EX_TEMPFAIL;
	case ERR_REFUSED:
		return EX_NOPERM;
	case ERR_CONFIG:
		return EX_CONFIG;
	}
	return EX_SOFTWARE;
}

enum err
err_openssl(struct errtext *err, enum err code, const char *what)
{
	unsigned long queued = ERR_get_error();
	const char *reason = queued ? ERR_reason_error_string(queued) : NULL;

	ERR_clear_error();
	if (reason == NULL)
		return err_set(err, code, "%s", what);
	return err_set(err, code, "%s: %s", what, reason);
}
