/*
 * peer.h - a small server in a process of its own, with a clock that only the
 * test moves, and raw sockets to it. Nothing here waits for a time: only for
 * states, with a limit that ends what hangs.
 */
#ifndef TESTS_LIB_HTTP_PEER_H
#define TESTS_LIB_HTTP_PEER_H

#include "http/server.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define PATIENCE_MS  120000
#define BIG          ((size_t)12 << 20)

/* What both processes see. */
struct shared {
	atomic_llong now_ms;
	atomic_int handled, ticks, go;
};

struct peer {
	pid_t pid;
	unsigned port;
	char link[128], start[64], cookie[128], token[64];
	struct shared *shared;
};

/* --- the server ------------------------------------------------------------ */

static int64_t
peer_clock(void *ctx)
{
	return atomic_load(&((struct shared *)ctx)->now_ms);
}

static void
peer_page(void *ctx, const struct http_request *r, struct http_answer *a)
{
	(void)ctx;
	bytes_addf(&a->body,
	    "<html lang=\"%s\"><meta name=\"sello-token\" content=\"%s\">",
	    r->language, r->token);
}

static void
peer_echo(void *ctx, const struct http_request *r, struct http_answer *a)
{
	size_t i;

	atomic_fetch_add(&((struct shared *)ctx)->handled, 1);
	a->type = HTTP_TYPE_TEXT;
	bytes_addf(&a->body, "[%s %s rest=%s body=%zu", r->method, r->path,
	    r->rest, r->body_len);
	for (i = 0; i < r->query.count; i++)
		bytes_addf(&a->body, " %s=%s", r->query.at[i].name,
		    r->query.at[i].value);
	for (i = 0; i < r->form.count; i++)
		bytes_addf(&a->body, " %s:%s", r->form.at[i].name,
		    r->form.at[i].value);
	bytes_add_text(&a->body, "]");
}

static void
peer_hold(void *ctx, const struct http_request *r, struct http_answer *a)
{
	struct shared *shared = ctx;

	peer_echo(ctx, r, a);
	while (atomic_load(&shared->go) == 0)
		usleep(1000);
}

static void
peer_big(void *ctx, const struct http_request *r, struct http_answer *a)
{
	uint8_t *room = bytes_reserve(&a->body, BIG);

	(void)ctx, (void)r;
	memset(room, 'x', BIG);
	a->body.len = BIG;
}

static void
peer_stop(void *ctx, const struct http_request *r, struct http_answer *a)
{
	peer_echo(ctx, r, a);
	http_stop(r->server);
}

static void
peer_save(void *ctx, const struct http_request *r, struct http_answer *a)
{
	peer_echo(ctx, r, a);
	http_download(a, HTTP_TYPE_CSV,
	    "d\xC3\xAD"
	    "a \"1\".csv");
	http_set_cookie(a, HTTP_LANGUAGE_COOKIE, "fr");
}

static void
peer_inject(void *ctx, const struct http_request *r, struct http_answer *a)
{
	peer_echo(ctx, r, a);
	http_add_header(a, "X-Name", http_query(r, "name"));
}

static void
peer_leave(void *ctx, const struct http_request *r, struct http_answer *a)
{
	(void)ctx;
	http_redirect(a, http_query(r, "to"));
}

static void
peer_tick(void *ctx, struct http_server *server)
{
	(void)server;
	atomic_fetch_add(&((struct shared *)ctx)->ticks, 1);
}

static const struct http_route peer_routes[] = {
	{ "GET", "/", peer_page, HTTP_NO_BODY, 0, false },
	{ "GET", "/echo", peer_echo, HTTP_NO_BODY, 0, false },
	{ "GET", "/letter/*", peer_echo, HTTP_NO_BODY, 0, false },
	{ "POST", "/form", peer_echo, HTTP_FORM, 0, false },
	{ "POST", "/raw", peer_echo, HTTP_RAW, 0, false },
	{ "POST", "/ten", peer_echo, HTTP_RAW, 10, false },
	{ "POST", "/none", peer_echo, HTTP_NO_BODY, 0, false },
	{ "GET", "/hold", peer_hold, HTTP_NO_BODY, 0, false },
	{ "GET", "/beside", peer_echo, HTTP_NO_BODY, 0, true },
	{ "GET", "/big", peer_big, HTTP_NO_BODY, 0, false },
	{ "GET", "/stop", peer_stop, HTTP_NO_BODY, 0, false },
	{ "GET", "/save", peer_save, HTTP_NO_BODY, 0, false },
	{ "GET", "/inject", peer_inject, HTTP_NO_BODY, 0, false },
	{ "GET", "/leave", peer_leave, HTTP_NO_BODY, 0, false },
	{ 0 },
};

static int peer_said;     /* the pipe of the child */
static bool peer_browser; /* opens one ($BROWSER) */

static void
peer_listening(void *ctx, const char *link)
{
	(void)ctx;
	ck_assert(write(peer_said, link, strlen(link)) > 0);
	close(peer_said);
}

static void
peer_serve(struct shared *shared, uint16_t port)
{
	struct errtext err = { 0 };
	const struct http_config config = {
		.routes = peer_routes,
		.ctx = shared,
		.port = port,
		.browser = peer_browser,
		.listening = peer_listening,
		.tick = peer_tick,
		.clock_ms = peer_clock,
	};

	_exit(http_serve(&config, &err) == ERR_OK ? 0 : 1);
}

/* --- sockets --------------------------------------------------------------- */

static int
peer_connect(const struct peer *peer)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)peer->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

/* As much as the other side takes. */
static bool
peer_send(int fd, const void *data, size_t len)
{
	const char *at = data;
	ssize_t sent;

	for (; len > 0; at += sent, len -= (size_t)sent)
		if ((sent = send(fd, at, len, MSG_NOSIGNAL)) < 0)
			return false;
	return true;
}

/* All until the other side closes; closes. */
static size_t
peer_read(int fd, char *out, size_t size)
{
	struct pollfd event = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t got = 1;

	while (len < size - 1 && got > 0) {
		ck_assert_msg(poll(&event, 1, PATIENCE_MS) == 1, "no answer");
		got = recv(fd, out + len, size - 1 - len, 0);
		len += got > 0 ? (size_t)got : 0;
	}
	out[len] = '\0';
	close(fd);
	return len;
}

static int
peer_status(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

/* One request as it is, len bytes; its status, 0 when it was cut. */
static int
peer_raw(const struct peer *peer, const void *request, size_t len, char *out,
    size_t size)
{
	int fd = peer_connect(peer);

	peer_send(fd, request, len);
	peer_read(fd, out, size);
	return peer_status(out);
}

static const char *
peer_cookie_line(const struct peer *peer)
{
	static char line[160];

	snprintf(line, sizeof(line), "Cookie: %s\r\n", peer->cookie);
	return line;
}

static const char *
peer_token_line(const struct peer *peer)
{
	static char line[160];

	snprintf(line, sizeof(line), "X-Sello-Token: %s\r\n", peer->token);
	return line;
}

/* A head with all that is right in it and more lines. */
static int
peer_head(const struct peer *peer, char *out, size_t size, const char *method,
    const char *target, const char *lines)
{
	return snprintf(out, size,
	    "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s%s%s\r\n", method,
	    target, peer->port, peer_cookie_line(peer), peer_token_line(peer),
	    lines);
}

static int
peer_ask(const struct peer *peer, const char *method, const char *target,
    const char *lines, char *out, size_t size)
{
	char head[20000];
	int len = peer_head(peer, head, sizeof(head), method, target, lines);

	return peer_raw(peer, head, (size_t)len, out, size);
}

static int
peer_get(const struct peer *peer, const char *target)
{
	char out[4096];

	return peer_ask(peer, "GET", target, "", out, sizeof(out));
}

/* --- its life -------------------------------------------------------------- */

static void
peer_copy(char *out, size_t size, const char *from, const char *before,
    const char *end)
{
	const char *at = strstr(from, before);

	ck_assert_ptr_nonnull(at);
	at += strlen(before);
	snprintf(out, size, "%.*s", (int)strcspn(at, end), at);
}

static void
peer_start(struct peer *peer)
{
	int ends[2];
	ssize_t got;

	memset(peer, 0, sizeof(*peer));
	peer->shared = mmap(NULL, sizeof(*peer->shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(peer->shared, MAP_FAILED);
	ck_assert_int_eq(pipe(ends), 0);
	fflush(NULL);
	if ((peer->pid = fork()) == 0) {
		peer_said = ends[1];
		peer_serve(peer->shared, 0);
	}
	close(ends[1]);
	got = read(ends[0], peer->link, sizeof(peer->link) - 1);
	ck_assert_int_gt(got, 0);
	close(ends[0]);
	peer->port = (unsigned)atoi(strstr(peer->link, "0.0.1:") + 6);
	peer_copy(peer->start, sizeof(peer->start), peer->link, "/start/", "");
}

/* The start link, as a browser follows it. */
static int
peer_enter(const struct peer *peer, char *out, size_t size)
{
	char head[512];
	int len = snprintf(head, sizeof(head),
	    "GET /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", peer->start,
	    peer->port);

	return peer_raw(peer, head, (size_t)len, out, size);
}

static void
peer_open(struct peer *peer)
{
	char out[4096];

	peer_start(peer);
	ck_assert_int_eq(peer_enter(peer, out, sizeof(out)), 303);
	peer_copy(peer->cookie, sizeof(peer->cookie), out, "Set-Cookie: ", ";");
	ck_assert_int_eq(peer_ask(peer, "GET", "/", "", out, sizeof(out)), 200);
	peer_copy(peer->token, sizeof(peer->token), out, "content=\"", "\"");
}

static int
peer_end(struct peer *peer)
{
	int status = -1;

	ck_assert_int_eq(waitpid(peer->pid, &status, 0), peer->pid);
	munmap(peer->shared, sizeof(*peer->shared));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + status;
}

static void
peer_close(struct peer *peer)
{
	kill(peer->pid, SIGTERM);
	ck_assert_int_eq(peer_end(peer), 0);
}

/* The process's clock: from now on it is so much later. */
__attribute__((unused)) static void
peer_later(const struct peer *peer, long long ms)
{
	atomic_fetch_add(&peer->shared->now_ms, ms);
}

/* Until so many requests have come to a handler. */
__attribute__((unused)) static void
peer_wait_handled(const struct peer *peer, int count)
{
	int i;

	for (i = 0; atomic_load(&peer->shared->handled) < count; i++) {
		ck_assert_msg(i < PATIENCE_MS, "not handled");
		usleep(1000);
	}
}

/* Is this still open, without a byte to read? */
__attribute__((unused)) static bool
peer_is_open(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

#endif
