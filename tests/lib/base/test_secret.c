#include "base/secret.h"

#include "base/bytes.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <openssl/crypto.h>

#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

START_TEST(secrets_lie_in_the_secure_heap)
{
	struct secret s = { 0 };
	struct rlimit core;

	secret_init();
	secret_init();
	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &core), 0);
	ck_assert_uint_eq(core.rlim_max, 0);
	ck_assert_int_eq(secret_new(&s, 32), ERR_OK);
	ck_assert_uint_eq(s.len, 32);
	ck_assert_int_eq(CRYPTO_secure_allocated(s.at), 1);
	for (size_t i = 0; i < 32; i++)
		ck_assert_uint_eq(s.at[i], 0);
	secret_wipe(&s);
	ck_assert_ptr_null(s.at);
	ck_assert_uint_eq(CRYPTO_secure_used(), 0);
	secret_wipe(&s);
}
END_TEST

START_TEST(no_room_is_an_error)
{
	struct secret s = { 0 };

	secret_init();
	ck_assert_int_eq(secret_new(&s, 64u << 20), ERR_MEMORY);
	ck_assert_ptr_null(s.at);
	ck_assert_int_eq(secret_new(&s, 0), ERR_OK);
	secret_wipe(&s);
}
END_TEST

/* --- from a file ---------------------------------------------------------- */

#define X(n)    n n n n n n n n n n n n n n n n
#define LONGEST X(X("abcd"))

static const struct {
	const char *name, *text;
	size_t len; /* 0: up to its NUL */
	enum err want;
	const char *passphrase;
} files[] = {
	{ "a line", "correct horse\n", 0, ERR_OK, "correct horse" },
	{ "no line end", "correct horse", 0, ERR_OK, "correct horse" },
	{ "Windows", "correct horse\r\n", 0, ERR_OK, "correct horse" },
	{ "more lines", "first\nsecond\n", 0, ERR_OK, "first" },
	{ "spaces stay", " a b \n", 0, ERR_OK, " a b " },
	{ "one byte", "x", 0, ERR_OK, "x" },
	{ "CR inside", "a\rb\n", 0, ERR_OK, "a\rb" },
	{ "any bytes", "\xff\xfe\n", 0, ERR_OK, "\xff\xfe" },
	{ "an editor's mark",
	    "\xef\xbb\xbf"
	    "correct horse\r\n",
	    0, ERR_OK, "correct horse" },
	{ "composed", "DISE\xc3\x91O del r\xc3\xado\n", 0, ERR_OK,
	    "DISE\xc3\x91O del r\xc3\xado" },
	{ "not composed", "DISEN\xcc\x83O del ri\xcc\x81o\n", 0, ERR_OK,
	    "DISE\xc3\x91O del r\xc3\xado" },
	{ "a space of another width", "mot de\xc2\xa0passe\n", 0, ERR_OK,
	    "mot de passe" },
	{ "NUL in the second line", "a\n\0b", 4, ERR_OK, "a" },
	{ "the longest", LONGEST "\n", 0, ERR_OK, LONGEST },
	{ "one byte more", LONGEST "e\n", 0, ERR_DATA, NULL },
	{ "empty", "", 0, ERR_DATA, NULL },
	{ "empty line", "\nsecond\n", 0, ERR_DATA, NULL },
	{ "empty Windows line", "\r\n", 0, ERR_DATA, NULL },
	{ "NUL inside", "a\0b\n", 4, ERR_DATA, NULL },
};

START_TEST(takes_the_first_line_of_a_file)
{
	size_t len = files[_i].len ? files[_i].len : strlen(files[_i].text);
	struct errtext err = { 0 };
	struct secret s = { 0 };

	ck_assert_uint_eq(strlen(LONGEST), SECRET_PASSPHRASE_MAX);
	secret_init();
	run_put("pass", files[_i].text, len);
	ck_assert_msg(
	    secret_passphrase("pass", "", 0, &s, &err) == files[_i].want,
	    "%s: %s", files[_i].name, err.text);
	if (files[_i].want == ERR_OK) {
		ck_assert_uint_eq(s.len, strlen(files[_i].passphrase));
		ck_assert_mem_eq(s.at, files[_i].passphrase, s.len);
		ck_assert_int_eq(CRYPTO_secure_allocated(s.at), 1);
	} else {
		ck_assert_ptr_null(s.at);
		ck_assert_int_eq(strncmp(err.text, "pass: ", 6), 0);
		ck_assert_ptr_null(strstr(err.text, "abcd"));
	}
	secret_wipe(&s);
	ck_assert_uint_eq(CRYPTO_secure_used(), 0);
}
END_TEST

START_TEST(hands_on_what_reading_returned)
{
	struct errtext err = { 0 };
	struct secret s = { 0 };

	ck_assert_int_eq(
	    secret_passphrase("nowhere", "", 0, &s, &err), ERR_NOT_FOUND);
	ck_assert_int_eq(secret_passphrase(".", "", 0, &s, &err), ERR_IO);
	ck_assert_int_eq(
	    secret_passphrase("/dev/zero", "", 0, &s, &err), ERR_IO);
	run_put("long", "", 0);
	ck_assert_int_eq(truncate("long", 1 << 20), 0);
	ck_assert_int_eq(secret_passphrase("long", "", 0, &s, &err), ERR_LIMIT);
}
END_TEST

/* Old ones still open what they sealed. */
START_TEST(a_new_one_is_utf8)
{
	struct errtext err = { 0 };
	struct secret s = { 0 };

	run_put("pass",
	    "DISE\xd1O del r\xed"
	    "o largo\n",
	    18);
	ck_assert_int_eq(secret_passphrase("pass", "", 1, &s, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "UTF-8"));
	ck_assert_ptr_null(s.at);
	ck_assert_int_eq(secret_passphrase("pass", "", 0, &s, &err), ERR_OK);
	secret_wipe(&s);
}
END_TEST

static const struct {
	const char *text;
	int warns;
} lengths[] = {
	{ "12345678901", 1 },
	{ "123456789012", 0 },
};

START_TEST(warns_of_a_short_new_one)
{
	struct errtext err = { 0 };
	struct bytes seen = { 0 };
	struct secret s = { 0 };

	run_put("pass", lengths[_i].text, strlen(lengths[_i].text));
	ck_assert_ptr_nonnull(freopen("err", "w", stderr));
	ck_assert_int_eq(secret_passphrase("pass", "", 1, &s, &err), ERR_OK);
	secret_warn_short(&s);
	fflush(stderr);
	run_get("err", &seen);
	ck_assert_int_eq(seen.len > 0, lengths[_i].warns);
	if (seen.len > 0)
		ck_assert_ptr_null(strstr((char *)seen.at, lengths[_i].text));
	secret_wipe(&s);
	bytes_free(&seen);
}
END_TEST

/* --- from a terminal ------------------------------------------------------ */

/* Somebody at a terminal: the child asks, we type a line at each prompt. */
static int
type(const char *const *lines, int twice, struct bytes *seen,
    struct termios *after)
{
	char chunk[512];
	int master, status;
	ssize_t got;
	size_t from = 0;
	pid_t child = forkpty(&master, NULL, NULL, NULL);

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct errtext err = { 0 };
		struct secret s = { 0 };
		enum err rc;

		signal(SIGINT, SIG_DFL); /* Check has its own handler */
		secret_init();
		rc = secret_passphrase(NULL, "Secret: ", twice, &s, &err);
		if (rc == ERR_OK &&
		    (s.len != 17 || memcmp(s.at, "battery staple 12", 17) != 0))
			rc = ERR_STALE;
		secret_wipe(&s);
		_exit((int)rc);
	}
	bytes_add_text(seen, "");
	while ((got = read(master, chunk, sizeof(chunk))) > 0) {
		bytes_add(seen, chunk, (size_t)got);
		if (strstr((char *)seen->at + from, ": ") == NULL ||
		    *lines == NULL)
			continue;
		from = seen->len;
		ck_assert_int_gt(write(master, *lines, strlen(*lines)), 0);
		lines++;
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(tcgetattr(master, after), 0);
	close(master);
	return status;
}

static const struct {
	const char *name;
	const char *lines[7];
	int twice;
	enum err want;
} typed[] = {
	{ "once", { "battery staple 12\n" }, 0, ERR_OK },
	{ "twice", { "battery staple 12\n", "battery staple 12\n" }, 1,
	    ERR_OK },
	{ "two that differ, then two that do not",
	    { "battery staple 12\n", "battery staple 13\n",
		"battery staple 12\n", "battery staple 123\n",
		"battery staple 12\n", "battery staple 12\n" },
	    1, ERR_OK },
	{ "two that differ three times",
	    { "battery staple 12\n", "battery staple 13\n",
		"battery staple 12\n", "battery staple 123\n",
		"battery staple 13\n", "battery staple 12\n" },
	    1, ERR_USAGE },
	{ "corrected while typing",
	    { "battery stx\x7f"
	      "aple 12\n" },
	    0, ERR_OK },
	{ "empty", { "\n" }, 0, ERR_DATA },
	{ "too long", { X(X("abcd")) "e\n" }, 0, ERR_DATA },
	{ "end of input", { "\x04" }, 0, ERR_USAGE },
};

START_TEST(asks_without_echo)
{
	struct bytes seen = { 0 };
	struct termios after;
	int status = type(typed[_i].lines, typed[_i].twice, &seen, &after);

	ck_assert(WIFEXITED(status));
	ck_assert_msg(WEXITSTATUS(status) == (int)typed[_i].want, "%s: %s",
	    typed[_i].name, err_name((enum err)WEXITSTATUS(status)));
	ck_assert_ptr_nonnull(strstr((char *)seen.at, "Secret: "));
	ck_assert_ptr_null(strstr((char *)seen.at, "batt"));
	ck_assert_ptr_null(strstr((char *)seen.at, "staple"));
	ck_assert_uint_ne(after.c_lflag & ECHO, 0);
	bytes_free(&seen);
}
END_TEST

START_TEST(interrupted_it_dies_with_echo_on)
{
	const char *const lines[] = { "batt\x03", NULL };
	struct bytes seen = { 0 };
	struct termios after;
	int status = type(lines, 0, &seen, &after);

	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGINT);
	ck_assert_ptr_null(strstr((char *)seen.at, "batt"));
	ck_assert_uint_ne(after.c_lflag & ECHO, 0);
	bytes_free(&seen);
}
END_TEST

/* What the next person types while a passphrase is tried. */
START_TEST(early_typing_is_not_shown)
{
	char seen[512], *end = seen;
	struct termios after;
	int master, status;
	ssize_t got;
	pid_t child = forkpty(&master, NULL, NULL, NULL);

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct errtext err = { 0 };
		struct secret s = { 0 };
		struct secret_hush *hush;
		char early = 0;

		secret_init();
		hush = secret_hush();
		secret_passphrase(NULL, "Secret: ", 0, &s, &err);
		/* "tried", until the early typing is here */
		ck_assert_int_eq(write(STDOUT_FILENO, "Trying: ", 8), 8);
		ck_assert_int_eq(read(STDIN_FILENO, &early, 1), 1);
		secret_speak(&hush);
		secret_wipe(&s);
		_exit(early == 'e' ? 0 : 1);
	}
	while (end + 1 < seen + sizeof(seen) &&
	    (got = read(master, end, (size_t)(seen + sizeof(seen) - 1 - end))) >
		0) {
		end[got] = '\0';
		if (strstr(end, "Secret: ") != NULL)
			ck_assert_int_eq(write(master, "battery\n", 8), 8);
		if (strstr(end, "Trying: ") != NULL)
			ck_assert_int_eq(write(master, "early\n", 6), 6);
		end += got;
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	ck_assert_ptr_null(strstr(seen, "early"));
	ck_assert_ptr_null(strstr(seen, "battery"));
	ck_assert_int_eq(tcgetattr(master, &after), 0);
	ck_assert_uint_ne(after.c_lflag & ECHO, 0);
	close(master);
}
END_TEST

START_TEST(no_terminal_is_a_usage_error)
{
	struct errtext err = { 0 };
	struct secret s = { 0 };
	int status;
	pid_t child = fork();

	if (child == 0) {
		setsid(); /* no terminal any more */
		_exit((int)secret_passphrase(NULL, "", 0, &s, &err));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), ERR_USAGE);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("secret");
	TCase *t = tcase_create("heap");

	tcase_add_test(t, secrets_lie_in_the_secure_heap);
	tcase_add_test(t, no_room_is_an_error);
	suite_add_tcase(s, t);
	t = tcase_create("file");
	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_add_loop_test(t, takes_the_first_line_of_a_file, 0, COUNT(files));
	tcase_add_test(t, hands_on_what_reading_returned);
	tcase_add_test(t, a_new_one_is_utf8);
	tcase_add_loop_test(t, warns_of_a_short_new_one, 0, COUNT(lengths));
	suite_add_tcase(s, t);
	t = tcase_create("terminal");
	tcase_add_loop_test(t, asks_without_echo, 0, COUNT(typed));
	tcase_add_test(t, interrupted_it_dies_with_echo_on);
	tcase_add_test(t, early_typing_is_not_shown);
	tcase_add_test(t, no_terminal_is_a_usage_error);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
