/*
 * terminal.c - width and characters of the terminal: terminal.h.
 */
#include "base/terminal.h"

#include <sys/ioctl.h>

#include <errno.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHARSET_SIZE 40
#define WIDTH_MIN    40
#define WIDTH_MAX    1000
#define WIDTH_USUAL  80
#define SALTILLO_LEN 3 /* bytes */

/* Of the process's one terminal; "": UTF-8. Set once, at the start. */
static struct {
	char charset[CHARSET_SIZE];
} terminal;

/* --- width ---------------------------------------------------------------- */

static size_t
window_width(int fd)
{
	struct winsize size = { 0 };

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static size_t
wished_width(void)
{
	const char *text = getenv("COLUMNS");
	size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

	if (digits == 0 || digits > 6 || text[digits] != '\0')
		return 0;
	return strtoul(text, NULL, 10);
}

size_t
terminal_width(void)
{
	size_t width = wished_width();

	if (width == 0)
		width = window_width(STDOUT_FILENO);
	if (width == 0)
		width = window_width(STDERR_FILENO);
	if (width == 0)
		width = WIDTH_USUAL;
	return width < WIDTH_MIN ? WIDTH_MIN
	    : width > WIDTH_MAX  ? WIDTH_MAX
				 : width;
}

/* --- characters ----------------------------------------------------------- */

/* The variable that counts, as for setlocale(3). */
static const char *
locale_name(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((value = getenv(names[i])) != NULL && *value != '\0')
			return value;
	return NULL;
}

/* Many PCs have no locale but "C" generated, and a name all the same that says
 * which characters are meant: es_ES.ISO-8859-1@euro */
static const char *
charset_of(const char *name)
{
	if (setlocale(LC_CTYPE, "") != NULL)
		return nl_langinfo(CODESET);
	name = strchr(name, '.');
	return name != NULL ? name + 1 : "UTF-8";
}

void
terminal_init(void)
{
	const char *name = locale_name();
	const char *found;
	size_t len;

	terminal.charset[0] = '\0';
	if (name == NULL)
		return;
	found = charset_of(name);
	len = strcspn(found, "@");
	if (len >= sizeof(terminal.charset) ||
	    strncasecmp(found, "UTF-8", len) == 0 ||
	    strncasecmp(found, "UTF8", len) == 0)
		return;
	memcpy(terminal.charset, found, len);
	terminal.charset[len] = '\0';
}

/* The letter that Maya languages write as an apostrophe, U+A78B and U+A78C: the
 * tables of the C library have no other for it. */
static size_t
before_saltillo(const char *text, size_t len)
{
	const char *found = memmem(text, len, "\xea\x9e", 2);

	while (found != NULL && (size_t)(found - text) + 2 < len) {
		if (found[2] == '\x8b' || found[2] == '\x8c')
			return (size_t)(found - text);
		found = memmem(
		    found + 2, len - (size_t)(found + 2 - text), "\xea\x9e", 2);
	}
	return len; /* also where it is cut off: iconv() refuses that */
}

static bool
convert_all(iconv_t to, const char *text, size_t len, struct bytes *out)
{
	/* iconv only reads; its prototype is older than const */
	union {
		const char *read;
		char *as_iconv_has_it;
	} from = { .read = text };
	char part[256];

	while (len > 0 && !out->failed) {
		char *at = part;
		size_t left = sizeof(part);
		size_t done =
		    iconv(to, &from.as_iconv_has_it, &len, &at, &left);

		if (done == (size_t)-1 && errno != E2BIG)
			return false;
		bytes_add(out, part, sizeof(part) - left);
	}
	return !out->failed;
}

bool
terminal_convert(
    const char *set, const char *text, size_t len, struct bytes *out)
{
	char name[CHARSET_SIZE + sizeof("//TRANSLIT")];
	struct bytes made = { 0 };
	iconv_t to;
	bool good;

	snprintf(name, sizeof(name), "%s//TRANSLIT", set);
	if ((to = iconv_open(name, "UTF-8")) == (iconv_t)-1)
		return false;
	do {
		size_t plain = before_saltillo(text, len);

		good = convert_all(to, text, plain, &made);
		text += plain;
		len -= plain;
		if (len >= SALTILLO_LEN) {
			bytes_add_byte(&made, '\'');
			text += SALTILLO_LEN;
			len -= SALTILLO_LEN;
		}
	} while (good && len > 0);
	iconv_close(to);
	if (good)
		bytes_add(out, made.at, made.len);
	bytes_wipe(&made); /* it may be a letter's */
	return good && !out->failed;
}

void
terminal_add(const char *text, size_t len, struct bytes *out)
{
	if (terminal.charset[0] == '\0' ||
	    !terminal_convert(terminal.charset, text, len, out))
		bytes_add(out, text, len);
}

void
terminal_write(FILE *out, const char *text, size_t len)
{
	struct bytes own = { 0 };

	if (terminal.charset[0] != '\0' && isatty(fileno(out))) {
		terminal_add(text, len, &own);
		text = (const char *)own.at;
		len = own.len;
	}
	if (len > 0)
		fwrite(text, 1, len, out);
	bytes_wipe(&own);
}
