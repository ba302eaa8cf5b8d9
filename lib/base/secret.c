/*
 * secret.c - the secure heap and passphrases: secret.h.
 */
#include "base/secret.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/plain.h"
#include "base/print.h"
#include "base/terminal.h"
#include "base/utf8.h"

#include <openssl/crypto.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#define HEAP_BYTES       (1u << 20)
#define HEAP_SMALLEST    32
#define PASS_FILE_MAX    65536
#define SHORT_PASSPHRASE 12
#define TWICE_TRIES      3 /* at typing a new one in the same way twice */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif

void
secret_init(void)
{
	const struct rlimit none = { 0, 0 };

	/* where memory may not be locked it still has its guard pages */
	if (!CRYPTO_secure_malloc_initialized())
		CRYPTO_secure_malloc_init(HEAP_BYTES, HEAP_SMALLEST);
	setrlimit(RLIMIT_CORE, &none);
#ifndef SANITIZED /* LeakSanitizer attaches to the process at its end */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

enum err
secret_new(struct secret *s, size_t len)
{
	uint8_t *at = OPENSSL_secure_zalloc(len > 0 ? len : 1);

	if (at == NULL)
		return ERR_MEMORY;
	*s = (struct secret){ at, len };
	return ERR_OK;
}

void
secret_wipe(struct secret *s)
{
	OPENSSL_secure_clear_free(s->at, s->len);
	*s = (struct secret){ 0 };
}

/* RFC 8265, 4.2.2: whatever space bar, composed. */
static enum err
compose(const void *line, size_t len, struct bytes *out)
{
	struct reader r = { line, len };
	struct bytes spaced = { 0 };
	enum err rc;
	uint32_t c;

	while (utf8_next(&r, &c))
		utf8_add(&spaced, utf8_is_space(c) ? ' ' : c);
	if (r.left > 0)
		rc = ERR_DATA;
	else if (spaced.failed)
		rc = ERR_MEMORY;
	else
		rc = utf8_nfc(spaced.at, spaced.len, out);
	bytes_wipe(&spaced);
	return rc;
}

/*
 * The same passphrase on any keyboard and in any file has the same bytes. What
 * is no UTF-8 has only its own: it may open what was sealed with it, but no
 * new one is such.
 */
static enum err
keep(const void *line, size_t len, bool new, struct secret *out,
    struct errtext *err)
{
	struct bytes composed = { 0 };
	enum err rc = compose(line, len, &composed);

	if (rc == ERR_DATA && new)
		err_set(err, rc,
		    _("the passphrase is not UTF-8 text, and with another "
		      "keyboard or computer it would be another one; save the "
		      "file as UTF-8, or choose it without accents"));
	else if (rc == ERR_DATA && (rc = secret_new(out, len)) == ERR_OK)
		memcpy(out->at, line, len);
	else if (rc == ERR_OK && (rc = secret_new(out, composed.len)) == ERR_OK)
		memcpy(out->at, composed.at, composed.len);
	bytes_wipe(&composed);
	return rc == ERR_MEMORY ? err_memory(err) : rc;
}

/* Checks one line and makes a secret of it. */
static enum err
accept_line(const void *line, size_t len, bool new, struct secret *out,
    struct errtext *err)
{

	if (len == 0)
		return err_set(err, ERR_DATA, _("the passphrase is empty"));
	if (len > SECRET_PASSPHRASE_MAX)
		return err_set(err, ERR_DATA,
		    _("the passphrase is longer than %d bytes"),
		    SECRET_PASSPHRASE_MAX);
	if (memchr(line, '\0', len) != NULL)
		return err_set(
		    err, ERR_DATA, _("the passphrase has a NUL byte inside"));
	return keep(line, len, new, out, err);
}

static enum err
from_file(const char *file, bool new, struct secret *out, struct errtext *err)
{
	struct bytes text = { 0 };
	struct reader line = { 0 };
	struct plain plain;
	enum err rc;

	if ((rc = file_read(file, PASS_FILE_MAX, &text, err)) != ERR_OK)
		goto out;
	plain = plain_begin(text.at, text.len);
	(void)plain_line(&plain, &line);
	rc = accept_line(line.at, line.left, new, out, err);
	if (rc != ERR_OK)
		err_prefix(err, "%s", file);
out:
	bytes_wipe(&text);
	return rc;
}

/* --- the terminal --------------------------------------------------------- */

struct secret_hush {
	int terminal;
	struct termios before;
	sigset_t mask;
};

static void
signals_that_end(sigset_t *out)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
		SIGTSTP };
	size_t i;

	sigemptyset(out);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaddset(out, numbers[i]);
}

/* Echo off on an open terminal, and what was typed before is dropped. */
static bool
hush(int terminal, struct secret_hush *out)
{
	struct secret_hush made = { .terminal = terminal };
	struct termios silent;
	sigset_t waiting;

	if (tcgetattr(terminal, &made.before) != 0)
		return false;
	signals_that_end(&waiting);
	sigprocmask(SIG_BLOCK, &waiting, &made.mask);
	silent = made.before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	tcsetattr(terminal, TCSAFLUSH, &silent);
	*out = made;
	return true;
}

static void
speak(const struct secret_hush *hushed)
{
	tcsetattr(hushed->terminal, TCSAFLUSH, &hushed->before);
	sigprocmask(SIG_SETMASK, &hushed->mask, NULL);
}

struct secret_hush *
secret_hush(void)
{
	struct secret_hush *made = calloc(1, sizeof(*made));
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (made != NULL && fd >= 0 && hush(fd, made))
		return made;
	if (fd >= 0)
		close(fd);
	free(made);
	return NULL;
}

void
secret_speak(struct secret_hush **hushed)
{
	if (*hushed == NULL)
		return;
	speak(*hushed);
	close((*hushed)->terminal);
	free(*hushed);
	*hushed = NULL;
}

struct quiet {
	struct secret_hush hush;
	int signals; /* becomes readable when one came */
};

/*
 * Echo off. Signals that would end or stop the program wait meanwhile, so
 * that echo always comes back first; then they do what they always do.
 */
static bool
quiet_begin(int fd, struct quiet *before)
{
	sigset_t waiting;

	signals_that_end(&waiting);
	before->signals = signalfd(-1, &waiting, SFD_CLOEXEC);
	if (before->signals < 0)
		return false;
	if (hush(fd, &before->hush))
		return true;
	close(before->signals);
	return false;
}

static void
quiet_end(const struct quiet *before)
{
	close(before->signals);
	speak(&before->hush);
}

/* Waits for a byte; false at the end of input or when a signal came. */
static bool
read_byte(int fd, int signals, uint8_t *c)
{
	struct pollfd ready[2] = { { .fd = signals, .events = POLLIN },
		{ .fd = fd, .events = POLLIN } };
	int count;

	do
		count = poll(ready, 2, -1);
	while (count < 0 && errno == EINTR);
	return count > 0 && ready[0].revents == 0 && read(fd, c, 1) == 1;
}

/* Up to size bytes before the line feed, or -1; longer lines give size. */
static ssize_t
read_line(int fd, int signals, uint8_t *line, size_t size)
{
	size_t len = 0;
	uint8_t c;

	while (read_byte(fd, signals, &c)) {
		if (c == '\n')
			return (ssize_t)len;
		if (len < size)
			line[len++] = c;
	}
	return -1;
}

/* A code that was typed as somebody's name stands in it. */
static void
print_prompt(int fd, const char *prompt)
{
	struct bytes safe = { 0 }, own = { 0 };

	print_flush(stderr);
	utf8_print_safe(prompt, strlen(prompt), &safe);
	terminal_add((const char *)safe.at, safe.len, &own);
	(void)file_write_all(fd, own.at, own.len);
	bytes_free(&own);
	bytes_free(&safe);
}

static enum err
ask_once(int fd, const char *prompt, bool new, struct secret *out,
    struct errtext *err)
{
	struct secret line = { 0 };
	struct quiet before;
	ssize_t len = -1;
	enum err rc;

	if (secret_new(&line, SECRET_PASSPHRASE_MAX + 1) != ERR_OK)
		return err_memory(err);
	if (quiet_begin(fd, &before)) {
		/* not before: what was typed early is dropped */
		print_prompt(fd, prompt);
		len = read_line(fd, before.signals, line.at, line.len);
		(void)file_write_all(fd, "\n", 1);
		quiet_end(&before);
	}
	if (len < 0)
		rc = err_set(err, ERR_USAGE, _("no passphrase was typed"));
	else
		rc = accept_line(line.at, (size_t)len, new, out, err);
	secret_wipe(&line);
	return rc;
}

static bool
same(const struct secret *a, const struct secret *b)
{
	return a->len == b->len && CRYPTO_memcmp(a->at, b->at, a->len) == 0;
}

/* A new one, typed in two ways, is asked for again. */
static enum err
ask_twice(int fd, const char *prompt, struct secret *out, struct errtext *err)
{
	static const char differ[] = N_("the two passphrases differ; nothing "
					"was changed, try again");
	struct secret second = { 0 };
	enum err rc;

	for (int tries = 1;; tries++) {
		if ((rc = ask_once(fd, prompt, true, out, err)) != ERR_OK ||
		    (rc = ask_once(fd, _("Once more: "), true, &second, err)) !=
			ERR_OK ||
		    same(out, &second))
			break;
		if (tries == TWICE_TRIES) {
			rc = err_set(err, ERR_USAGE, "%s", _(differ));
			break;
		}
		print_prompt(fd, _(differ));
		(void)file_write_all(fd, "\n", 1);
		secret_wipe(&second);
		secret_wipe(out);
	}
	secret_wipe(&second);
	return rc;
}

static enum err
from_terminal(
    const char *prompt, int twice, struct secret *out, struct errtext *err)
{
	struct secret typed = { 0 };
	enum err rc;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return err_set(err, ERR_USAGE,
		    _("no terminal to ask for the passphrase; give "
		      "--passphrase-file FILE"));
	rc = twice ? ask_twice(fd, prompt, &typed, err)
		   : ask_once(fd, prompt, false, &typed, err);
	if (rc == ERR_OK)
		*out = typed;
	else
		secret_wipe(&typed);
	close(fd);
	return rc;
}

enum err
secret_passphrase(const char *file, const char *prompt, int twice,
    struct secret *out, struct errtext *err)
{
	enum err rc;

	if (file != NULL)
		rc = from_file(file, twice != 0, out, err);
	else
		rc = from_terminal(prompt, twice, out, err);
	return rc;
}

enum err
secret_typed(
    const char *text, bool new, struct secret *out, struct errtext *err)
{
	return accept_line(text, strlen(text), new, out, err);
}

void
secret_warn_short(const struct secret *passphrase)
{
	if (passphrase->len < SHORT_PASSPHRASE)
		print_to(stderr, "%s: %s\n", program_invocation_short_name,
		    _("this passphrase is short; a sentence of several words "
		      "is harder to guess"));
}
