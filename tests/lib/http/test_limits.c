/*
 * test_limits.c - each limit of docs/pages.md, at it, below and above: bytes,
 * lines, connections, time.
 */
#include "tests/check_main.h"
#include "tests/lib/http/peer.h"
#include "tests/sanitized.h"

#include "http/client.h"

#include <dirent.h>
#include <sys/resource.h>

/* A line "X: aaa" so that the head with it has `total` bytes. */
static void
pad(const struct peer *peer, char *lines, size_t total)
{
	char head[1024];
	size_t without = (size_t)peer_head(
	    peer, head, sizeof(head), "GET", "/echo", "X: \r\n");

	sprintf(lines, "X: %*s\r\n", (int)(total - without), "a");
}

START_TEST(head_has_16_kib_and_64_lines)
{
	char lines[20000], target[5000], out[4096];
	struct peer peer;
	int i;

	peer_open(&peer);
	for (i = -1; i <= 1; i++) {
		pad(&peer, lines, HEAD_MAX + (size_t)i);
		ck_assert_int_eq(
		    peer_ask(&peer, "GET", "/echo", lines, out, sizeof(out)),
		    i > 0 ? 431 : 200);
		sprintf(target, "/echo?%0*d", (int)HEAD_TARGET_MAX - 6 + i, 0);
		ck_assert_int_eq(
		    peer_ask(&peer, "GET", target, "", out, sizeof(out)),
		    i > 0 ? 414 : 200);
	}
	/* three are there: host, cookie, word */
	for (i = 0, lines[0] = '\0'; i < HEAD_LINES_MAX - 3; i++)
		strcat(lines, "X: a\r\n");
	ck_assert_int_eq(
	    peer_ask(&peer, "GET", "/echo", lines, out, sizeof(out)), 200);
	strcat(lines, "X: a\r\n");
	ck_assert_int_eq(
	    peer_ask(&peer, "GET", "/echo", lines, out, sizeof(out)), 431);
	/* a megabyte without an end is refused before it is all there */
	memset(target, 'a', sizeof(target));
	i = peer_connect(&peer);
	peer_send(i, target, sizeof(target));
	peer_read(i, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 414);
	peer_close(&peer);
}
END_TEST

/* A POST with a body of so many letters, all sent whatever is answered. */
static int
post(const struct peer *peer, const char *target, const char *lines, size_t len)
{
	static char piece[65536];
	char head[1024], more[256], out[8192];
	int fd = peer_connect(peer), head_len;
	size_t sent, n;

	memset(piece, 'a', sizeof(piece));
	snprintf(more, sizeof(more), "%sContent-Length: %zu\r\n", lines, len);
	head_len = peer_head(peer, head, sizeof(head), "POST", target, more);
	ck_assert(peer_send(fd, head, (size_t)head_len));
	for (sent = 0; sent < len; sent += n) {
		n = len - sent < sizeof(piece) ? len - sent : sizeof(piece);
		if (!peer_send(fd, piece, n))
			break;
	}
	/* also who sends it all gets to read the answer */
	ck_assert_uint_eq(sent, len);
	peer_read(fd, out, sizeof(out));
	return peer_status(out);
}

START_TEST(bodies_have_their_length)
{
	static const char form[] =
	    "Content-Type: application/x-www-form-urlencoded\r\n";
	struct peer peer;
	size_t i;

	peer_open(&peer);
	for (i = 0; i <= 2; i++) {
		ck_assert_int_eq(
		    post(&peer, "/ten", "", 9 + i), i > 1 ? 413 : 200);
		ck_assert_int_eq(
		    post(&peer, "/form", form, HTTP_FORM_MAX - 1 + i),
		    i > 1 ? 413 : 200);
		ck_assert_int_eq(post(&peer, "/raw", "", HTTP_BODY_MAX - 1 + i),
		    i > 1 ? 413 : 200);
	}
	ck_assert_int_eq(post(&peer, "/none", "", 0), 200);
	ck_assert_int_eq(post(&peer, "/none", "", 1), 413);
	peer_close(&peer);
}
END_TEST

/* Chunks of ten: how many are taken before an answer comes. */
static int
post_chunks(const struct peer *peer, const char *target, int count)
{
	char head[1024], out[8192];
	int fd = peer_connect(peer), len;

	len = peer_head(peer, head, sizeof(head), "POST", target,
	    "Transfer-Encoding: chunked\r\n");
	ck_assert(peer_send(fd, head, (size_t)len));
	while (count-- > 0 && peer_send(fd, "5\r\naaaaa\r\n", 10))
		;
	peer_send(fd, "0\r\n\r\n", 5);
	peer_read(fd, out, sizeof(out));
	return peer_status(out);
}

START_TEST(chunks_count_while_they_come)
{
	char head[1024], out[8192];
	struct peer peer;
	int fd, len;

	peer_open(&peer);
	ck_assert_int_eq(post_chunks(&peer, "/ten", 1), 200);
	ck_assert_int_eq(post_chunks(&peer, "/ten", 2), 200);
	ck_assert_int_eq(post_chunks(&peer, "/ten", 3), 413);
	ck_assert_int_eq(post_chunks(&peer, "/none", 0), 200);
	ck_assert_int_eq(post_chunks(&peer, "/none", 1), 413);
	/* without waiting for an end */
	fd = peer_connect(&peer);
	len = peer_head(&peer, head, sizeof(head), "POST", "/ten",
	    "Transfer-Encoding: chunked\r\n");
	peer_send(fd, head, (size_t)len);
	peer_send(fd, "b\r\naaaaaaaaaaa", 14);
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 413);
	ck_assert_ptr_nonnull(strstr(out, "\r\nContent-Security-Policy: "));
	peer_close(&peer);
}
END_TEST

/* A connection that has sent some bytes of a request, and waits. */
static int
half(const struct peer *peer, const char *target, const char *lines,
    const char *body)
{
	char head[1024];
	int fd = peer_connect(peer);
	int len = peer_head(peer, head, sizeof(head), "POST", target, lines);

	if (body == NULL)
		len -= 2; /* the head itself is not whole */
	peer_send(fd, head, (size_t)len);
	if (body != NULL)
		peer_send(fd, body, strlen(body));
	return fd;
}

/* Later by so much: the others are served, and this one is cut with status. */
static void
is_cut(const struct peer *peer, int fd, long long ms, int status)
{
	char out[8192];

	/* that it has come is known by what came after it */
	ck_assert_int_eq(peer_get(peer, "/echo"), 200);
	peer_later(peer, ms - 1);
	ck_assert_int_eq(peer_get(peer, "/echo"), 200);
	ck_assert(peer_is_open(fd));
	peer_later(peer, 1);
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), status);
	ck_assert_int_eq(peer_get(peer, "/echo"), 200);
}

START_TEST(requests_have_their_time)
{
	struct peer peer;

	peer_open(&peer);
	is_cut(&peer, peer_connect(&peer), CLIENT_IDLE_MS, 0);
	is_cut(&peer, half(&peer, "/raw", "", NULL), CLIENT_REQUEST_MS, 408);
	is_cut(&peer, half(&peer, "/raw", "Content-Length: 9\r\n", "12345678"),
	    CLIENT_REQUEST_MS, 408);
	is_cut(&peer,
	    half(&peer, "/raw", "Transfer-Encoding: chunked\r\n", "3\r\nab"),
	    CLIENT_REQUEST_MS, 408);
	peer_close(&peer);
}
END_TEST

/* A byte now and then makes nobody's time longer. */
START_TEST(slow_bytes_are_cut_too)
{
	char out[8192];
	struct peer peer;
	int fd, i;

	peer_open(&peer);
	fd = half(&peer, "/raw", "", NULL);
	for (i = 0; i < 6; i++) {
		ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
		peer_later(&peer, CLIENT_REQUEST_MS / 6);
		peer_send(fd, "X", 1);
	}
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 408);
	peer_close(&peer);
}
END_TEST

/* --- many ------------------------------------------------------------------ */

static int
count_open(const struct peer *peer)
{
	char path[64];
	int count = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)peer->pid);
	ck_assert_ptr_nonnull(folder = opendir(path));
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count;
}

START_TEST(crowds_keep_nobody_out)
{
	static int idle[300];
	struct peer peer;
	int i, before;

	peer_open(&peer);
	before = count_open(&peer);
	for (i = 0; i < COUNT(idle); i++)
		idle[i] = peer_connect(&peer);
	/* no moment has passed by the server's clock */
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	ck_assert(peer_is_open(idle[0]));
	ck_assert(peer_is_open(idle[COUNT(idle) - 1]));
	for (i = 0; i < 10000 / EACH; i++) {
		close(idle[i % COUNT(idle)]);
		idle[i % COUNT(idle)] = peer_connect(&peer);
		if (i % 1000 == 0)
			ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	}
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	ck_assert_int_le(count_open(&peer), before + CLIENTS_MAX + 8);
	for (i = 0; i < COUNT(idle); i++)
		close(idle[i]);
	peer_close(&peer);
}
END_TEST

/* More than there are places: the oldest goes, not who comes. */
START_TEST(oldest_makes_room)
{
	static int idle[CLIENTS_MAX + 40];
	char out[64];
	struct peer peer;
	int i;

	peer_open(&peer);
	for (i = 0; i < COUNT(idle); i++)
		idle[i] = peer_connect(&peer);
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	ck_assert_uint_eq(peer_read(idle[0], out, sizeof(out)), 0);
	ck_assert_uint_eq(peer_read(idle[39], out, sizeof(out)), 0);
	ck_assert(peer_is_open(idle[COUNT(idle) - 1]));
	peer_close(&peer);
}
END_TEST

/* A server with few places, and so few descriptors. */
static void
open_small(struct peer *peer)
{
	struct rlimit before, few;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = (struct rlimit){ 128, before.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	peer_open(peer);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* More come at once than there are places: who asked before them is heard. */
START_TEST(crowds_push_nobody_out_unheard)
{
	static int idle[100];
	char head[1024], out[8192];
	struct peer peer;
	int i, fd, len, status;

	open_small(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/echo", "");
	kill(peer.pid, SIGSTOP);
	waitpid(peer.pid, &status, WUNTRACED);
	fd = peer_connect(&peer);
	ck_assert(peer_send(fd, head, (size_t)len));
	for (i = 0; i < COUNT(idle); i++)
		idle[i] = peer_connect(&peer);
	kill(peer.pid, SIGCONT);
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	for (i = 0; i < COUNT(idle); i++)
		close(idle[i]);
	peer_close(&peer);
}
END_TEST

/* Who may have few descriptors keeps some for what pages need. */
START_TEST(crowds_leave_descriptors)
{
	static int idle[200];
	struct peer peer;
	int i;

	open_small(&peer);
	for (i = 0; i < COUNT(idle); i++)
		idle[i] = peer_connect(&peer);
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	ck_assert_int_lt(count_open(&peer), 128 - 64);
	for (i = 0; i < COUNT(idle); i++)
		close(idle[i]);
	peer_close(&peer);
}
END_TEST

/* While one is handled, 63 wait; the next one is told to come again. */
START_TEST(queue_is_bounded)
{
	static int held[CLIENTS_CARRIED];
	char head[1024], out[8192];
	struct peer peer;
	int i, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/hold", "");
	for (i = 0; i < COUNT(held); i++)
		peer_send(held[i] = peer_connect(&peer), head, (size_t)len);
	peer_wait_handled(&peer, 1);
	while (peer_get(&peer, "/web/sello.css") != 503)
		usleep(1000); /* until all have been let in */
	ck_assert_int_eq(
	    peer_ask(&peer, "GET", "/echo", "", out, sizeof(out)), 503);
	ck_assert_ptr_nonnull(strstr(out, "\r\nRetry-After: 1\r\n"));
	atomic_store(&peer.shared->go, 1);
	for (i = 0; i < COUNT(held); i++) {
		peer_read(held[i], out, sizeof(out));
		ck_assert_int_eq(peer_status(out), 200);
	}
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	peer_close(&peer);
}
END_TEST

/* Announced or not, bodies share 64 MiB; what was held is given back. */
START_TEST(bodies_share_their_room)
{
	char lines[64], out[8192];
	struct peer peer;
	int fd[2], i;

	peer_open(&peer);
	snprintf(
	    lines, sizeof(lines), "Content-Length: %zu\r\n", HTTP_BODY_MAX);
	for (i = 0; i < 2; i++)
		fd[i] = half(&peer, "/raw", lines, "");
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	ck_assert_int_eq(post(&peer, "/ten", "", 1), 503);
	ck_assert_int_eq(post_chunks(&peer, "/ten", 1), 503);
	ck_assert_int_eq(post(&peer, "/none", "", 0), 200);
	for (i = 0; i < 2; i++) {
		shutdown(fd[i], SHUT_WR);
		ck_assert_uint_eq(peer_read(fd[i], out, sizeof(out)), 0);
	}
	ck_assert_int_eq(post(&peer, "/raw", "", HTTP_BODY_MAX), 200);
	peer_close(&peer);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("limits");
	TCase *t = tcase_create("limits");

	tcase_add_test(t, head_has_16_kib_and_64_lines);
	tcase_add_test(t, bodies_have_their_length);
	tcase_add_test(t, chunks_count_while_they_come);
	tcase_add_test(t, requests_have_their_time);
	tcase_add_test(t, slow_bytes_are_cut_too);
	tcase_add_test(t, crowds_keep_nobody_out);
	tcase_add_test(t, oldest_makes_room);
	tcase_add_test(t, crowds_push_nobody_out_unheard);
	tcase_add_test(t, crowds_leave_descriptors);
	tcase_add_test(t, queue_is_bounded);
	tcase_add_test(t, bodies_share_their_room);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
