/*
 * remembered.c - a library for LD_PRELOAD: what is left of secrets in the memory
 * of a program of ours, and in files? SELLO_TEST_MEMORY says where to write and
 * what to look at besides, "REPORT WORDS FOLDER...". Whatever is kept as a struct
 * secret (base/secret.h) is noted: passphrases, private keys, what they are
 * sealed with; and each line of the file WORDS. Then all that can be read of the
 * memory is searched for them: as they are, backwards (so OpenSSL has numbers),
 * in hexadecimal, in Base64 and as a form sends them; any 15 bytes of one suffice.
 *
 *   sync   before each fsync(), fdatasync() and child process: outside the secure
 *          heap, which is locked and never swapped
 *   end    after main(): everywhere, and in all files of the folders
 *   busy   at SIGUSR2, as sync; gone at the next one, as end without files
 *
 * A line in REPORT for each look, "PROGRAM COMMAND WHEN: N secrets, M found", and
 * one for each thing found. SELLO_TEST_LEAK=1 leaves a copy of each secret in the
 * ordinary heap, to show that it would be found.
 *
 * What is noted stands masked in memory of its own, or it would find itself.
 */
#define _GNU_SOURCE
#include "ours.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#define MASK     0xa5
#define PIECE    12 /* bytes compared; with STEP, any 15 in a row are found */
#define STEP     4
#define LIVE     1024
#define PIECES   (1u << 18)
#define BUCKETS  (1u << 20)
#define SECRET   1024 /* bytes of one that are looked at */
#define WINDOW   (1u << 16)
#define MAPS     (1u << 18)
#define REPORTED 20 /* of one look */

struct piece {
	uint8_t masked[PIECE];
	uint32_t next; /* of the same hash; 0: none */
	uint16_t secret;
	uint8_t form;
};

static const char *const forms[] = { "as it is", "backwards", "hexadecimal",
	"HEXADECIMAL", "Base64", "a form's %20", "a form's +" };
enum { RAW, BACK, HEX, HEX_UPPER, BASE64, FORM_PERCENT, FORM_PLUS };

/* All in one mapping, which is not looked at. */
static struct memory {
	struct piece piece[PIECES];
	uint32_t bucket[BUCKETS];
	uint8_t any[BUCKETS / 32]; /* of four buckets; so small, it is quick */
	uint8_t window[WINDOW];
	char maps[MAPS];
	uint8_t from[SECRET], to[3 * SECRET + 4]; /* masked */
	struct {
		void *at;
		size_t len;
	} live[LIVE];
} * all;
static uint32_t pieces = 1;
static uint16_t secrets;
static int report = -1;
static bool leaks;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

/* --- noting -------------------------------------------------------------- */

static uint32_t
hash(const uint8_t *at, uint8_t mask)
{
	uint32_t h = 0;

	for (int i = 0; i < 4; i++)
		h = h << 8 | (uint8_t)(at[i] ^ mask);
	return h * 2654435761u >> 12;
}

/* Constants and fillings have few different bytes. */
static bool
is_plain(const uint8_t *at)
{
	int same = 0;

	for (int i = 1; i < PIECE; i++)
		for (int k = 0; k < i; k++)
			if (at[i] == at[k]) {
				same++;
				break;
			}
	return same > PIECE / 2;
}

static bool
is_known(const uint8_t *masked)
{
	uint32_t i = all->bucket[hash(masked, MASK)];

	while (i != 0 && memcmp(all->piece[i].masked, masked, PIECE) != 0)
		i = all->piece[i].next;
	return i != 0;
}

static bool
add(const uint8_t *masked, size_t len, uint8_t form)
{
	bool is_new = false;

	for (size_t at = 0; at + PIECE <= len; at += STEP) {
		uint32_t h = hash(masked + at, MASK);
		uint32_t *first = &all->bucket[h];
		struct piece *p = &all->piece[pieces];

		if (is_plain(masked + at) || is_known(masked + at) ||
		    pieces == PIECES - 1)
			continue;
		memcpy(p->masked, masked + at, PIECE);
		p->secret = secrets;
		p->form = form;
		p->next = *first;
		*first = pieces++;
		all->any[h / 32] |= (uint8_t)(1u << h / 4 % 8);
		is_new = true;
	}
	return is_new;
}

static void
put(size_t *len, char c)
{
	all->to[(*len)++] = (uint8_t)((uint8_t)c ^ MASK);
}

static void
add_hex(size_t len, const char *digits, uint8_t form)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		put(&n, digits[(all->from[i] ^ MASK) >> 4]);
		put(&n, digits[(all->from[i] ^ MASK) & 15]);
	}
	add(all->to, n, form);
}

/* Begun at each of three bytes: within other bytes it is written otherwise. */
static void
add_base64(size_t len)
{
	static const char sign[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t begin = 0; begin < 3; begin++) {
		size_t n = 0;

		for (size_t i = begin; i + 3 <= len; i += 3) {
			uint32_t v = 0;

			for (int k = 0; k < 3; k++)
				v = v << 8 | (all->from[i + (size_t)k] ^ MASK);
			for (int k = 18; k >= 0; k -= 6)
				put(&n, sign[v >> k & 63]);
		}
		add(all->to, n, BASE64);
	}
}

static void
add_form(size_t len, uint8_t form)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = all->from[i] ^ MASK;

		if (c == ' ' && form == FORM_PLUS)
			put(&n, '+');
		else if (c == ' ' || c >= 0x80) {
			put(&n, '%');
			put(&n, "0123456789ABCDEF"[c >> 4]);
			put(&n, "0123456789ABCDEF"[c & 15]);
		} else
			put(&n, (char)c);
	}
	add(all->to, n, form);
}

/* from[], len bytes, masked */
static void
note_masked(size_t len, bool is_text)
{
	if (!add(all->from, len, RAW))
		return;
	for (size_t i = 0; i < len; i++)
		all->to[i] = all->from[len - 1 - i];
	add(all->to, len, BACK);
	add_hex(len, "0123456789abcdef", HEX);
	add_hex(len, "0123456789ABCDEF", HEX_UPPER);
	add_base64(len);
	if (is_text) {
		add_form(len, FORM_PERCENT);
		add_form(len, FORM_PLUS);
	}
	if (leaks) {
		volatile uint8_t *copy = malloc(len);

		for (size_t i = 0; copy != NULL && i < len; i++)
			copy[i] = all->from[i] ^ MASK;
	}
	secrets++;
}

static bool
has_head(const uint8_t *at, const char *head, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (at[i] != (uint8_t)head[i])
			return false;
	return true;
}

/* In PKCS#8 the private part alone: the rest is public, or the same in all. */
static void
private_part(const uint8_t **at, size_t *len)
{
	if (*len == 138 && has_head(*at, "\x30\x81\x87\x02\x01\x00", 6)) {
		*at += 36;
		*len = 32;
	} else if (*len == 48 && has_head(*at, "\x30\x2e\x02\x01\x00", 5)) {
		*at += 16;
		*len = 32;
	}
}

/* A cell of the secure heap, whose end may be filled with zeros. */
static void
note(const uint8_t *at, size_t len)
{
	bool is_text = true;

	private_part(&at, &len);
	while (len > 0 && at[len - 1] == 0)
		len--;
	if (len > SECRET)
		len = SECRET;
	for (size_t i = 0; i < len; i++) {
		all->from[i] = at[i] ^ MASK;
		is_text = is_text && at[i] >= ' ';
	}
	note_masked(len, is_text);
}

static void
note_words(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	uint8_t c;

	while (fd >= 0 && read(fd, &c, 1) == 1)
		if (c != '\n' && len < SECRET)
			all->from[len++] = c ^ MASK;
		else if (c == '\n') {
			note_masked(len, true);
			len = 0;
		}
	if (fd >= 0)
		close(fd);
}

/* --- looking ------------------------------------------------------------- */

static struct look {
	const char *when;
	unsigned found;
	char where[256];
} now;
static char who[96], folders[2048];

static void
tell(uintptr_t at, const struct piece *p)
{
	if (now.found++ < REPORTED)
		dprintf(report, "%s %s: found at %lx: secret %u, %s, in %s\n",
		    who, now.when, (unsigned long)at, p->secret, forms[p->form],
		    now.where);
}

static bool
is_here(const uint8_t *at, const struct piece *p)
{
	for (int i = 0; i < PIECE; i++)
		if ((at[i] ^ MASK) != p->masked[i])
			return false;
	return true;
}

static void
look_at(uintptr_t begin, size_t len)
{
	const uint8_t *w = all->window;

	for (size_t i = 0; i + PIECE <= len; i++) {
		uint32_t h = hash(w + i, 0), n;

		if ((all->any[h / 32] & 1u << h / 4 % 8) == 0)
			continue;
		for (n = all->bucket[h]; n != 0; n = all->piece[n].next)
			if (is_here(w + i, &all->piece[n]))
				tell(begin + i, &all->piece[n]);
	}
}

/* Through the kernel: what another thread unmaps meanwhile is no fault. */
static void
look_in(uintptr_t begin, uintptr_t end)
{
	while (begin < end) {
		size_t want = end - begin < WINDOW ? end - begin : WINDOW;
		struct iovec to = { all->window, want };
		struct iovec from = { (void *)begin, want };
		ssize_t got = process_vm_readv(getpid(), &to, 1, &from, 1, 0);

		if (got <= 0)
			return;
		look_at(begin, (size_t)got);
		if ((size_t)got < want || begin + want == end)
			return;
		begin += want - (PIECE - 1);
	}
}

static int
look_in_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	int fd = -1;
	uintptr_t at = 0;
	ssize_t got;

	(void)ftw;
	if (kind == FTW_F && S_ISREG(st->st_mode))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(now.where, sizeof(now.where), "%s", path);
	while (
	    fd >= 0 && (got = pread(fd, all->window, WINDOW, (off_t)at)) > 0) {
		look_at(at, (size_t)got);
		if (got < WINDOW)
			break;
		at += WINDOW - (PIECE - 1);
	}
	if (fd >= 0)
		close(fd);
	return 0;
}

static void
look_in_folders(void)
{
	char *rest = folders, *folder;

	while ((folder = strsep(&rest, " ")) != NULL)
		if (*folder != '\0')
			nftw(folder, look_in_file, 16, FTW_PHYS);
}

/* Whether a mapping is to be looked at; WHERE says which it is. */
static bool
is_wanted(const char *line, bool heap, uintptr_t begin, uintptr_t end)
{
	const char *name = strchr(line, '/');

	if (name == NULL)
		name = strchr(line, '[');
	snprintf(now.where, sizeof(now.where), "%s",
	    name != NULL ? name : "memory of its own");
	if (strstr(line, " r") == NULL || strstr(line, "[vvar]") != NULL ||
	    strstr(line, "[vsyscall]") != NULL)
		return false;
	/* of files what nobody changed */
	if (name != NULL && name[0] == '/' && strstr(line, " rw-") == NULL)
		return false;
	if ((uintptr_t)all >= begin && (uintptr_t)all < end)
		return false;
	return heap || !CRYPTO_secure_allocated((void *)begin);
}

/* What is kept now is a secret, too. */
static void
note_live(void)
{
	for (int i = 0; i < LIVE; i++)
		if (all->live[i].at != NULL)
			note(all->live[i].at, all->live[i].len);
}

/* By read() alone: a signal may have come in the midst of malloc(). */
static bool
read_maps(void)
{
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t got;

	while (fd >= 0 && len < MAPS - 1 &&
	    (got = read(fd, all->maps + len, MAPS - 1 - len)) > 0)
		len += (size_t)got;
	all->maps[len] = '\0';
	if (fd >= 0)
		close(fd);
	return len > 0 && len < MAPS - 1;
}

static void
look(const char *when, bool heap)
{
	char *line, *rest;

	if (all == NULL)
		return;
	pthread_mutex_lock(&lock);
	now = (struct look){ .when = when };
	if (!heap)
		note_live();
	if (!read_maps())
		dprintf(
		    report, "%s %s: its memory found unreadable\n", who, when);
	rest = all->maps;
	while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
		char *end;
		uintptr_t from = strtoul(line, &end, 16);
		uintptr_t to = strtoul(end + 1, NULL, 16);

		if (is_wanted(line, heap, from, to))
			look_in(from, to);
	}
	if (strcmp(when, "end") == 0)
		look_in_folders();
	dprintf(report, "%s %s: %u secrets, %u found\n", who, when, secrets,
	    now.found);
	pthread_mutex_unlock(&lock);
}

/* --- whose ----------------------------------------------------------------- */

/* OpenSSL keeps there what is no secret, too: points, structs. secret_new() alone
 * of ours asks for zeros. */
static bool
is_ours(void *caller)
{
	return all != NULL && ours_has(caller);
}

/* --- when ---------------------------------------------------------------- */

static void
asked(int number)
{
	int old = errno;

	static bool gone;

	(void)number;
	look(gone ? "gone" : "busy", gone);
	gone = !gone;
	errno = old;
}

static int (*program)(int, char **, char **); /* its main() */

static int
begin(int argc, char **argv, char **env)
{
	const char *what = getenv("SELLO_TEST_MEMORY");
	const char *name = program_invocation_short_name;
	char path[1024], words[1024];
	int status;

	if (what != NULL && strncmp(name, "sello-", 6) == 0 &&
	    strcmp(name, "sello-decode") != 0 &&
	    sscanf(what, "%1023s %1023s %2047[^\n]", path, words, folders) >=
		2) {
		report =
		    open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		leaks = getenv("SELLO_TEST_LEAK") != NULL;
		snprintf(
		    who, sizeof(who), "%s %s", name, argc > 1 ? argv[1] : "");
		all = mmap(NULL, sizeof(*all), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (report < 0 || all == MAP_FAILED)
			abort();
		ours_find();
		note_words(words);
		signal(SIGUSR2, asked);
	}
	status = program(argc, argv, env);
	look("end", true);
	return status;
}

int
__libc_start_main(int (*start)(int, char **, char **), int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*ld)(void), void *end)
{
	__typeof__(&__libc_start_main) real;

	*(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
	program = start;
	return real(begin, argc, argv, init, fini, ld, end);
}

void *
CRYPTO_secure_zalloc(size_t len, const char *file, int line)
{
	static __typeof__(&CRYPTO_secure_zalloc) real;
	void *at;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "CRYPTO_secure_zalloc");
	at = real(len, file, line);
	if (at == NULL || !is_ours(__builtin_return_address(0)))
		return at;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < LIVE; i++)
		if (all->live[i].at == NULL) {
			all->live[i].len = len;
			all->live[i].at = at;
			break;
		}
	pthread_mutex_unlock(&lock);
	return at;
}

void
CRYPTO_secure_clear_free(void *at, size_t len, const char *file, int line)
{
	static __typeof__(&CRYPTO_secure_clear_free) real;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "CRYPTO_secure_clear_free");
	pthread_mutex_lock(&lock);
	for (int i = 0; at != NULL && all != NULL && i < LIVE; i++)
		if (all->live[i].at == at) {
			note(at, len);
			all->live[i].at = NULL;
		}
	pthread_mutex_unlock(&lock);
	real(at, len, file, line);
}

int
fsync(int fd)
{
	(void)fd;
	look("sync", false);
	return 0;
}

int
fdatasync(int fd)
{
	return fsync(fd);
}

int
posix_spawn(pid_t *restrict pid, const char *restrict path,
    const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *restrict attributes, char *const argv[restrict],
    char *const env[restrict])
{
	static __typeof__(&posix_spawn) real;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "posix_spawn");
	look("sync", false);
	return real(pid, path, actions, attributes, argv, env);
}
