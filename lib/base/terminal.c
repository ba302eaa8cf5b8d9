/*
 * terminal.c - width and characters of the terminal: terminal.h.
 */
#include "base/terminal.h"

#include "base/fold.h"

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

/* Of the process's one terminal. Set once, at the start. */
static struct {
	char charset[CHARSET_SIZE]; /* "": UTF-8 */
	/* of standard output and error */
	bool is_terminal[STDERR_FILENO + 1];
	struct bytes line[STDERR_FILENO + 1]; /* not ended yet */
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

	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		terminal.is_terminal[fd] = isatty(fd);
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

static void
add_converted(const char *text, size_t len, struct bytes *out)
{
	if (terminal.charset[0] == '\0' ||
	    !terminal_convert(terminal.charset, text, len, out))
		bytes_add(out, text, len);
}

/* --- lines ---------------------------------------------------------------- */

/* A line that is written over again and again must stay one. */
static void
add_folded(const char *line, size_t len, struct bytes *out)
{
	const struct fold how = { .width = terminal_width(),
		.single = terminal.charset[0] != '\0' };

	if (len > 0 && line[0] == '\r')
		bytes_add(out, line, fold_within(line, len, how.width));
	else
		fold_line(out, line, len, &how);
}

void
terminal_add(const char *text, size_t len, struct bytes *out)
{
	struct bytes own = { 0 };

	add_converted(text, len, &own);
	add_folded((const char *)own.at, own.len, out);
	out->failed |= own.failed;
	bytes_wipe(&own);
}

/* What is kept of lines that have not ended; NULL where nothing is. */
static struct bytes *
line_of(FILE *out)
{
	int fd = fileno(out);

	return (fd == STDOUT_FILENO || fd == STDERR_FILENO) &&
		terminal.is_terminal[fd]
	    ? &terminal.line[fd]
	    : NULL;
}

/* The lines that have ended, in one write; all: the rest, too. */
static void
show(FILE *out, struct bytes *kept, bool all)
{
	struct bytes shown = { 0 }, rest = { 0 };
	const char *at = (const char *)kept->at;
	size_t left = kept->len;
	const char *end;

	while (left > 0 && (end = memchr(at, '\n', left)) != NULL) {
		add_folded(at, (size_t)(end - at), &shown);
		bytes_add_byte(&shown, '\n');
		left -= (size_t)(end - at) + 1;
		at = end + 1;
	}
	if (all)
		add_folded(at, left, &shown);
	else
		bytes_add(&rest, at, left);
	if (shown.len > 0)
		fwrite(shown.at, 1, shown.len, out);
	bytes_wipe(&shown); /* it may be a letter's */
	bytes_wipe(kept);
	*kept = rest;
}

void
terminal_write(FILE *out, const char *text, size_t len)
{
	struct bytes *kept = line_of(out);

	if (kept == NULL) {
		if (len > 0)
			fwrite(text, 1, len, out);
		return;
	}
	add_converted(text, len, kept);
	if (memchr(text, '\n', len) != NULL)
		show(out, kept, false);
}

int
terminal_flush(FILE *out)
{
	struct bytes *kept = line_of(out);

	if (kept != NULL)
		show(out, kept, true);
	return fflush(out);
}
