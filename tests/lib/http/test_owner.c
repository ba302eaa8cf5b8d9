/*
 * test_owner.c - whose the other end of a connection is: http/owner.h, and both
 * ways to ask the kernel. The other end is another process's, of another user
 * where this is root.
 */
#include "tests/check_main.h"

#include "http/owner.h"
#include "http/owner_ask.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

enum left { OPEN, SHUT, CLOSED, RESET };

/* How the other end connects, and to what. */
static const struct way {
	int ours, theirs;
	const char *to;
} ways[] = {
	{ AF_INET, AF_INET, "127.0.0.1" },
	{ AF_INET6, AF_INET6, "::1" },
	{ AF_INET, AF_INET6, "::ffff:127.0.0.1" },
};

struct pair {
	int fd;
	pid_t them;
	uid_t user;
};

static socklen_t
set_address(
    struct sockaddr_storage *out, int family, const char *host, in_port_t port)
{
	struct sockaddr_in *four = (struct sockaddr_in *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	out->ss_family = (sa_family_t)family;
	if (family == AF_INET) {
		four->sin_port = port;
		ck_assert_int_eq(inet_pton(family, host, &four->sin_addr), 1);
		return sizeof(*four);
	}
	six->sin6_port = port;
	ck_assert_int_eq(inet_pton(family, host, &six->sin6_addr), 1);
	return sizeof(*six);
}

/* Connects, sends a byte, leaves its end so, and tells; then it waits. */
static void
be_them(const struct way *way, in_port_t port, enum left left, int told)
{
	const struct linger reset = { .l_onoff = 1 };
	struct sockaddr_storage to;
	socklen_t len = set_address(&to, way->theirs, way->to, port);
	int fd;

	if (geteuid() == 0 && setuid(NOBODY) != 0)
		_exit(1);
	fd = socket(way->theirs, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&to, len) != 0 ||
	    write(fd, "x", 1) != 1)
		_exit(1);
	if (left == SHUT)
		shutdown(fd, SHUT_WR);
	if (left == RESET)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	if (left == CLOSED || left == RESET)
		close(fd);
	if (write(told, "x", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static in_port_t
port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	return address.ss_family == AF_INET
	    ? ((struct sockaddr_in *)&address)->sin_port
	    : ((struct sockaddr_in6 *)&address)->sin6_port;
}

static struct pair
pair_of(const struct way *way, enum left left)
{
	struct pair pair = { .user = geteuid() == 0 ? NOBODY : geteuid() };
	struct sockaddr_storage address;
	socklen_t len = set_address(
	    &address, way->ours, way->ours == AF_INET ? "127.0.0.1" : "::1", 0);
	int listening = socket(way->ours, SOCK_STREAM, 0), told[2];
	char byte;

	ck_assert_int_eq(bind(listening, (struct sockaddr *)&address, len), 0);
	ck_assert_int_eq(listen(listening, 1), 0);
	ck_assert_int_eq(pipe(told), 0);
	pair.them = fork();
	ck_assert_int_ge(pair.them, 0);
	if (pair.them == 0)
		be_them(way, port_of(listening), left, told[1]);
	close(told[1]);
	pair.fd = accept(listening, NULL, NULL);
	ck_assert_int_ge(pair.fd, 0);
	ck_assert_int_eq(read(told[0], &byte, 1), 1);
	close(told[0]);
	close(listening);
	return pair;
}

static void
pair_end(struct pair *pair)
{
	kill(pair->them, SIGKILL);
	ck_assert_int_eq(waitpid(pair->them, NULL, 0), pair->them);
	close(pair->fd);
}

static bool
has_ipv6(void)
{
	struct sockaddr_storage address;
	socklen_t len = set_address(&address, AF_INET6, "::1", 0);
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	bool has = fd >= 0 && bind(fd, (struct sockaddr *)&address, len) == 0;

	close(fd);
	return has;
}

START_TEST(who_is_there_is_told)
{
	const struct way *way = &ways[_i];
	enum left left;

	if (way->theirs == AF_INET6 && !has_ipv6())
		return;
	for (left = OPEN; left <= SHUT; left++) {
		struct pair pair = pair_of(way, left);
		uid_t user = (uid_t)-1;

		ck_assert_int_eq(owner_of(pair.fd, &user), OWNER_KNOWN);
		ck_assert_uint_eq(user, pair.user);
		pair_end(&pair);
	}
}
END_TEST

/* For the kernel it is root's then, and what was sent can still be read. */
START_TEST(who_is_gone_is_not_root)
{
	const struct way *way = &ways[_i];
	enum left left;

	if (way->theirs == AF_INET6 && !has_ipv6())
		return;
	for (left = CLOSED; left <= RESET; left++) {
		struct pair pair = pair_of(way, left);
		uid_t user = (uid_t)-1;

		ck_assert_int_eq(owner_of(pair.fd, &user), OWNER_GONE);
		ck_assert_uint_eq(user, (uid_t)-1);
		pair_end(&pair);
	}
}
END_TEST

/* Each way alone; a kernel may lack the first one, and none the second. */
START_TEST(both_ways_agree)
{
	const struct way *way = &ways[_i];
	enum left left;

	if (way->theirs == AF_INET6 && !has_ipv6())
		return;
	for (left = OPEN; left <= CLOSED; left++) {
		struct pair pair = pair_of(way, left);
		enum owner wanted = left == CLOSED ? OWNER_GONE : OWNER_KNOWN;
		struct sockaddr_storage theirs, ours;
		socklen_t their_len = sizeof(theirs), our_len = sizeof(ours);
		uid_t user = pair.user;
		enum owner asked;

		getpeername(pair.fd, (struct sockaddr *)&theirs, &their_len);
		getsockname(pair.fd, (struct sockaddr *)&ours, &our_len);
		ck_assert_int_eq(owner_read(&theirs, &ours, &user), wanted);
		ck_assert_uint_eq(user, pair.user);
		asked = owner_ask(&theirs, &ours, &user);
		ck_assert(asked == wanted || asked == OWNER_UNKNOWN);
		ck_assert_uint_eq(user, pair.user);
		pair_end(&pair);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("owner");
	TCase *t = tcase_create("owner");

	tcase_add_loop_test(
	    t, who_is_there_is_told, 0, (int)(sizeof(ways) / sizeof(ways[0])));
	tcase_add_loop_test(t, who_is_gone_is_not_root, 0,
	    (int)(sizeof(ways) / sizeof(ways[0])));
	tcase_add_loop_test(
	    t, both_ways_agree, 0, (int)(sizeof(ways) / sizeof(ways[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
