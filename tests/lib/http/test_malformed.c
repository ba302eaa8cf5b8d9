/*
 * test_malformed.c - what no browser sends gets an error or is cut, and the
 * next one is served: http/head.h, by a socket.
 */
#include "tests/check_main.h"
#include "tests/lib/http/peer.h"

#define GET_ECHO "GET /echo HTTP/1.1\r\n"
#define POST_RAW "POST /raw HTTP/1.1\r\n"
/* host, cookie and word */
#define RIGHT       "@"
#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *name, *request;
	size_t len;
	int status;
} malformed[] = {
	{ "well formed", BYTES(GET_ECHO RIGHT "\r\n"), 200 },
	{ "HTTP/1.0", BYTES("GET /echo HTTP/1.0\r\n" RIGHT "\r\n"), 200 },
	{ "HTTP/0.9", BYTES("GET /echo\r\n"), 400 },
	{ "HTTP/2", BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505 },
	{ "HTTP/1.2", BYTES("GET / HTTP/1.2\r\n\r\n"), 505 },
	{ "http/1.1", BYTES("GET / http/1.1\r\n\r\n"), 400 },
	{ "two spaces", BYTES("GET  / HTTP/1.1\r\n\r\n"), 400 },
	{ "a space in the target", BYTES("GET /a b HTTP/1.1\r\n\r\n"), 400 },
	{ "no method", BYTES(" / HTTP/1.1\r\n\r\n"), 400 },
	{ "a strange method", BYTES("G(T / HTTP/1.1\r\n\r\n"), 400 },
	{ "an empty line first", BYTES("\r\n" GET_ECHO RIGHT "\r\n"), 400 },
	{ "TLS", BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400 },
	{ "rubbish", BYTES("\xff\xfe\x00\x01\x02"), 400 },
	{ "NUL in the target", BYTES("GET /ec\0ho HTTP/1.1\r\n\r\n"), 400 },
	{ "NUL in a header", BYTES(GET_ECHO "X: a\0b\r\n" RIGHT "\r\n"), 400 },
	{ "an escape in a header", BYTES(GET_ECHO "X: \x1b[2J\r\n\r\n"), 400 },
	{ "line feeds alone", BYTES("GET /echo HTTP/1.1\n\n"), 400 },
	{ "a line feed alone", BYTES(GET_ECHO "X: a\nY: b\r\n\r\n"), 400 },
	{ "a return alone", BYTES(GET_ECHO "X: a\rY: b\r\n\r\n"), 400 },
	{ "a folded line", BYTES(GET_ECHO RIGHT "X: a\r\n b\r\n\r\n"), 400 },
	{ "a space before the colon", BYTES(GET_ECHO "Host : a\r\n\r\n"), 400 },
	{ "no colon", BYTES(GET_ECHO RIGHT "X\r\n\r\n"), 400 },
	{ "no name", BYTES(GET_ECHO RIGHT ": a\r\n\r\n"), 400 },
	{ "a target without path", BYTES("GET * HTTP/1.1\r\n\r\n"), 421 },
	{ "a target in UTF-8", BYTES("GET /\xc3\xa9 HTTP/1.1\r\n\r\n"), 400 },
	{ "half an escape", BYTES("GET /a%4 HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "no hexadecimal", BYTES("GET /%zz HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "NUL, escaped", BYTES("GET /a%00 HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "no UTF-8", BYTES("GET /%c3%28 HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "overlong", BYTES("GET /%c0%af HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "NUL in the query",
	    BYTES("GET /echo?a=%00 HTTP/1.1\r\n" RIGHT "\r\n"), 400 },
	{ "up and out",
	    BYTES("GET /web/../../etc/passwd HTTP/1.1\r\n" RIGHT "\r\n"), 404 },
	{ "up and out, escaped",
	    BYTES(
		"GET /web/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" RIGHT "\r\n"),
	    404 },
	{ "two lengths",
	    BYTES(POST_RAW RIGHT
		"Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
	    400 },
	{ "a list of lengths",
	    BYTES(POST_RAW RIGHT "Content-Length: 1, 1\r\n\r\na"), 400 },
	{ "a signed length",
	    BYTES(POST_RAW RIGHT "Content-Length: +1\r\n\r\na"), 400 },
	{ "no length", BYTES(POST_RAW RIGHT "Content-Length:\r\n\r\n"), 400 },
	{ "more than any length",
	    BYTES(POST_RAW RIGHT
		"Content-Length: 99999999999999999999999\r\n\r\n"),
	    413 },
	{ "length and chunks",
	    BYTES(POST_RAW RIGHT "Content-Length: 1\r\n"
				 "Transfer-Encoding: chunked\r\n\r\n"
				 "0\r\n\r\n"),
	    400 },
	{ "another coding",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: gzip\r\n\r\n"), 501 },
	{ "chunked twice",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: chunked\r\n"
				 "Transfer-Encoding: chunked\r\n\r\n"
				 "0\r\n\r\n"),
	    400 },
	{ "chunks",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: chunked\r\n\r\n"
				 "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"),
	    200 },
	{ "a chunk of no length",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: chunked\r\n\r\n"
				 "zz\r\nabc\r\n0\r\n\r\n"),
	    400 },
	{ "a chunk of another length",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: chunked\r\n\r\n"
				 "2\r\nabc\r\n0\r\n\r\n"),
	    400 },
	{ "an endless chunk",
	    BYTES(POST_RAW RIGHT "Transfer-Encoding: chunked\r\n\r\n"
				 "fffffffffffffffff\r\n"),
	    413 },
	{ "a form that is none",
	    BYTES("POST /form HTTP/1.1\r\n" RIGHT
		  "Content-Type: application/x-www-form-urlencoded\r\n"
		  "Content-Length: 4\r\n\r\na=%f"),
	    400 },
	{ "another type of form",
	    BYTES("POST /form HTTP/1.1\r\n" RIGHT
		  "Content-Type: multipart/form-data; boundary=x\r\n"
		  "Content-Length: 3\r\n\r\na=b"),
	    415 },
	{ "a body where none belongs",
	    BYTES("GET /echo HTTP/1.1\r\n" RIGHT "Content-Length: 1\r\n\r\na"),
	    413 },
};

/* The request with what is right put in for its mark. */
static size_t
fill(const struct peer *peer, int i, char *out)
{
	const char *from = malformed[i].request;
	const char *mark = memchr(from, '@', malformed[i].len);
	size_t before = mark == NULL ? malformed[i].len : (size_t)(mark - from);
	size_t len = before;

	memcpy(out, from, before);
	if (mark == NULL)
		return len;
	len += (size_t)sprintf(out + len, "Host: 127.0.0.1:%u\r\n%s%s",
	    peer->port, peer_cookie_line(peer), peer_token_line(peer));
	memcpy(out + len, mark + 1, malformed[i].len - before - 1);
	return len + malformed[i].len - before - 1;
}

START_TEST(refuses_what_no_browser_sends)
{
	char request[2048], out[8192];
	struct peer peer;
	int i, got;

	peer_open(&peer);
	for (i = 0; i < COUNT(malformed); i++) {
		got = peer_raw(
		    &peer, request, fill(&peer, i, request), out, sizeof(out));
		ck_assert_msg(got == malformed[i].status, "%s: %d, not %d",
		    malformed[i].name, got, malformed[i].status);
		ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	}
	peer_close(&peer);
}
END_TEST

/* However the bytes arrive, it is the same request. */
START_TEST(takes_a_request_byte_by_byte)
{
	char head[1024], out[4096];
	struct peer peer;
	int fd, i, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "POST", "/raw",
	    "Transfer-Encoding: chunked\r\n");
	len += sprintf(head + len, "3\r\nabc\r\n0\r\n\r\n");
	fd = peer_connect(&peer);
	setsockopt(
	    fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &(int){ 1 }, sizeof(int));
	for (i = 0; i < len; i++)
		ck_assert(peer_send(fd, head + i, 1));
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	ck_assert_ptr_nonnull(strstr(out, "body=3]"));
	peer_close(&peer);
}
END_TEST

/* One request a connection: what stands behind it is never one. */
START_TEST(answers_one_request_a_connection)
{
	char head[2048], out[8192];
	struct peer peer;
	int len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/echo", "");
	len += peer_head(&peer, head + len, sizeof(head) - (size_t)len, "GET",
	    "/letter/7", "");
	peer_raw(&peer, head, (size_t)len, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	ck_assert_ptr_nonnull(strstr(out, "\r\nConnection: close\r\n"));
	ck_assert_ptr_null(strstr(out, "/letter/7"));
	ck_assert_int_eq(atomic_load(&peer.shared->handled), 1);
	peer_close(&peer);
}
END_TEST

/* Who sends and closes its side still gets its answer. */
START_TEST(answers_who_has_nothing_more_to_say)
{
	char head[1024], out[4096];
	struct peer peer;
	int fd, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/echo", "");
	fd = peer_connect(&peer);
	peer_send(fd, head, (size_t)len);
	shutdown(fd, SHUT_WR);
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	/* in the midst of a head there is nothing to answer */
	fd = peer_connect(&peer);
	peer_send(fd, head, (size_t)len - 1);
	shutdown(fd, SHUT_WR);
	ck_assert_uint_eq(peer_read(fd, out, sizeof(out)), 0);
	peer_close(&peer);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("malformed");
	TCase *t = tcase_create("malformed");

	tcase_add_test(t, refuses_what_no_browser_sends);
	tcase_add_test(t, takes_a_request_byte_by_byte);
	tcase_add_test(t, answers_one_request_a_connection);
	tcase_add_test(t, answers_who_has_nothing_more_to_say);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
