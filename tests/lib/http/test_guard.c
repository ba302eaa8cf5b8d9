/*
 * test_guard.c - who gets a page and who does not: http/guard.h, by a socket.
 */
#include "tests/check_main.h"
#include "tests/lib/http/peer.h"

#define WORD "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* Lines of a request; %u is the port, COOKIE and TOKEN are the right ones. */
static const struct {
	const char *name, *method, *target, *lines;
	int status;
} asked[] = {
	{ "by number", "GET", "/echo", "Host: 127.0.0.1:%u\r\nCOOKIE", 200 },
	{ "by name", "GET", "/echo", "Host: localhost:%u\r\nCOOKIE", 200 },
	{ "by IPv6", "GET", "/echo", "Host: [::1]:%u\r\nCOOKIE", 200 },
	{ "no host", "GET", "/echo", "COOKIE", 421 },
	{ "empty host", "GET", "/echo", "Host:\r\nCOOKIE", 421 },
	{ "no port", "GET", "/echo", "Host: 127.0.0.1\r\nCOOKIE", 421 },
	{ "a name bound to us", "GET", "/echo",
	    "Host: rebound.example:%u\r\nCOOKIE", 421 },
	{ "ours and more", "GET", "/echo",
	    "Host: 127.0.0.1:%u.example\r\nCOOKIE", 421 },
	{ "a zero before", "GET", "/echo", "Host: 127.0.0.1:0%u\r\nCOOKIE",
	    421 },
	{ "two hosts", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nHost: 127.0.0.1:%u\r\nCOOKIE", 421 },
	{ "two hosts, one ours", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nHost: evil.example\r\nCOOKIE", 421 },
	{ "another server's address", "GET", "http://evil.example/",
	    "Host: 127.0.0.1:%u\r\nCOOKIE", 421 },
	{ "no cookie", "GET", "/echo", "Host: 127.0.0.1:%u\r\n", 403 },
	{ "a wrong one", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nCookie: sello-%u=" WORD "\r\n", 403 },
	{ "an empty one", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nCookie: sello-%u=\r\n", 403 },
	{ "of another port", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nCookie: sello-1=" WORD "\r\n", 403 },
	{ "a wrong one beside ours", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nCookie: sello-%u=" WORD "\r\nCOOKIE", 200 },
	{ "our own page", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\n"
	    "Sec-Fetch-Site: same-origin\r\nCOOKIE",
	    200 },
	{ "typed", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nSec-Fetch-Site: none\r\nCOOKIE", 200 },
	{ "another page", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://evil.example\r\nCOOKIE",
	    403 },
	{ "no page", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: null\r\nCOOKIE", 403 },
	{ "by TLS", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: https://127.0.0.1:%u\r\nCOOKIE",
	    403 },
	{ "our other name", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://localhost:%u\r\nCOOKIE",
	    403 },
	{ "two origins", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\n"
	    "Origin: http://evil.example\r\nCOOKIE",
	    403 },
	{ "from another site", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nSec-Fetch-Site: cross-site\r\nCOOKIE", 403 },
	{ "from another port", "GET", "/echo",
	    "Host: 127.0.0.1:%u\r\nSec-Fetch-Site: same-site\r\nCOOKIE", 403 },
	{ "a post", "POST", "/none", "Host: 127.0.0.1:%u\r\nCOOKIETOKEN", 200 },
	{ "a post of our page", "POST", "/none",
	    "Host: localhost:%u\r\nOrigin: http://localhost:%u\r\n"
	    "Sec-Fetch-Site: same-origin\r\nCOOKIETOKEN",
	    200 },
	{ "a post without the word", "POST", "/none",
	    "Host: 127.0.0.1:%u\r\nCOOKIE", 403 },
	{ "a post with the cookie's", "POST", "/none",
	    "Host: 127.0.0.1:%u\r\nX-Sello-Token: " WORD "\r\nCOOKIE", 403 },
	{ "a post with two words", "POST", "/none",
	    "Host: 127.0.0.1:%u\r\nX-Sello-Token: " WORD "\r\nCOOKIETOKEN",
	    403 },
	{ "a post without the cookie", "POST", "/none",
	    "Host: 127.0.0.1:%u\r\nTOKEN", 403 },
	{ "a form of another page", "POST", "/form",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://evil.example\r\n"
	    "Sec-Fetch-Site: cross-site\r\nCOOKIETOKEN",
	    403 },
	{ "a post that somebody typed", "POST", "/none",
	    "Host: 127.0.0.1:%u\r\nSec-Fetch-Site: none\r\nCOOKIETOKEN", 403 },
	{ "another method without the word", "DELETE", "/none",
	    "Host: 127.0.0.1:%u\r\nCOOKIE", 403 },
	{ "another method", "DELETE", "/none",
	    "Host: 127.0.0.1:%u\r\nCOOKIETOKEN", 405 },
	{ "what browsers ask first", "OPTIONS", "/none",
	    "Host: 127.0.0.1:%u\r\nOrigin: http://evil.example\r\n"
	    "Access-Control-Request-Method: POST\r\n",
	    403 },
	/* host, then cookie and word, then length, then what is there */
	{ "421 before 403", "GET", "/nowhere", "Host: evil.example\r\n", 421 },
	{ "403 before 413", "POST", "/nowhere",
	    "Host: 127.0.0.1:%u\r\nContent-Length: 999999999\r\n", 403 },
	{ "413 before 404", "POST", "/nowhere",
	    "Host: 127.0.0.1:%u\r\nContent-Length: 33554433\r\nCOOKIETOKEN",
	    413 },
	{ "404", "POST", "/nowhere",
	    "Host: 127.0.0.1:%u\r\nContent-Length: 33554432\r\nCOOKIETOKEN",
	    404 },
	{ "405", "POST", "/echo", "Host: 127.0.0.1:%u\r\nCOOKIETOKEN", 405 },
	{ "403 before 404", "GET", "/nowhere", "Host: 127.0.0.1:%u\r\n", 403 },
	{ "a file is a page", "GET", "/web/sello.css", "Host: 127.0.0.1:%u\r\n",
	    403 },
	{ "an invented link", "GET", "/start/" WORD, "Host: 127.0.0.1:%u\r\n",
	    403 },
	{ "an empty link", "GET", "/start/", "Host: 127.0.0.1:%u\r\n", 403 },
};

/* The lines with their words in place. */
static void
fill(const struct peer *peer, const char *lines, char *out)
{
	size_t len = 0;

	while (*lines != '\0')
		if (strncmp(lines, "COOKIE", 6) == 0) {
			len += (size_t)sprintf(
			    out + len, "%s", peer_cookie_line(peer));
			lines += 6;
		} else if (strncmp(lines, "TOKEN", 5) == 0) {
			len += (size_t)sprintf(
			    out + len, "%s", peer_token_line(peer));
			lines += 5;
		} else if (strncmp(lines, "%u", 2) == 0) {
			len += (size_t)sprintf(out + len, "%u", peer->port);
			lines += 2;
		} else
			out[len++] = *lines++;
	out[len] = '\0';
}

START_TEST(lets_in_our_own_pages_alone)
{
	char lines[1024], head[2048], out[8192];
	struct peer peer;
	int i, len, got;

	peer_open(&peer);
	for (i = 0; i < COUNT(asked); i++) {
		fill(&peer, asked[i].lines, lines);
		len = snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\n%s\r\n",
		    asked[i].method, asked[i].target, lines);
		got = peer_raw(&peer, head, (size_t)len, out, sizeof(out));
		ck_assert_msg(got == asked[i].status, "%s: %d, not %d",
		    asked[i].name, got, asked[i].status);
	}
	peer_close(&peer);
}
END_TEST

START_TEST(start_link_works_once)
{
	char out[4096], first[64];
	struct peer peer;

	peer_open(&peer);
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 403);
	ck_assert_ptr_null(strstr(out, "Set-Cookie"));
	/* who is in stays in */
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	snprintf(first, sizeof(first), "%s", peer.start);
	peer_close(&peer);
	/* nor at the next start */
	peer_start(&peer);
	ck_assert_str_ne(peer.start, first);
	snprintf(peer.start, sizeof(peer.start), "%s", first);
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 403);
	peer_close(&peer);
}
END_TEST

START_TEST(start_link_works_five_minutes)
{
	char out[4096];
	struct peer peer;

	peer_start(&peer);
	peer_later(&peer, 5 * 60 * 1000 - 1);
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 303);
	peer_close(&peer);
	peer_start(&peer);
	peer_later(&peer, 5 * 60 * 1000);
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 403);
	peer_close(&peer);
}
END_TEST

/* A look at the link that is no visit does not use it up. */
START_TEST(start_link_stays_until_it_is_followed)
{
	static const char *const tries[] = {
		"HEAD /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
		"POST /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
		("GET /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
		 "Sec-Fetch-Site: cross-site\r\n\r\n"),
		"GET /start/%sA HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
	};
	char head[512], out[4096];
	struct peer peer;
	int i, len;

	peer_start(&peer);
	for (i = 0; i < COUNT(tries); i++) {
		len = snprintf(
		    head, sizeof(head), tries[i], peer.start, peer.port);
		ck_assert_int_eq(
		    peer_raw(&peer, head, (size_t)len, out, sizeof(out)), 403);
	}
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 303);
	ck_assert_ptr_nonnull(strstr(out, "Location: /\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(out, "; Path=/; HttpOnly; SameSite=Strict\r\n"));
	ck_assert_ptr_null(strstr(out, peer.start));
	peer_close(&peer);
}
END_TEST

START_TEST(words_are_long_and_three)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *cookie;
	struct peer peer;

	peer_open(&peer);
	cookie = strchr(peer.cookie, '=') + 1;
	ck_assert_uint_eq(strlen(peer.start), 43);
	ck_assert_uint_eq(strspn(peer.start, alphabet), 43);
	ck_assert_uint_eq(strspn(cookie, alphabet), 43);
	ck_assert_uint_eq(strspn(peer.token, alphabet), 43);
	ck_assert_str_ne(peer.start, cookie);
	ck_assert_str_ne(peer.start, peer.token);
	ck_assert_str_ne(cookie, peer.token);
	peer_close(&peer);
}
END_TEST

/* The word by which a page knows us, in an answer with this status; "" for none. */
static void
proof_of(const struct peer *peer, const char *target, int status,
    const char *lines, char proof[64])
{
	char out[8192];
	const char *at;

	ck_assert_int_eq(
	    peer_ask(peer, "POST", target, lines, out, sizeof(out)), status);
	at = strstr(out, "X-Sello-Proof: ");
	snprintf(proof, 64, "%.*s", at != NULL ? 43 : 0,
	    at != NULL ? at + strlen("X-Sello-Proof: ") : "");
}

/* Who may ask is told that it is us, whatever is said; nobody else is. */
START_TEST(answers_are_known_as_ours)
{
	char proof[64], again[64];
	struct peer peer;

	peer_open(&peer);
	proof_of(&peer, "/raw", 200, "Content-Length: 0\r\n", proof);
	ck_assert_uint_eq(strlen(proof), 43);
	ck_assert_str_ne(proof, peer.token);
	proof_of(&peer, "/nowhere", 404, "Content-Length: 0\r\n", again);
	ck_assert_str_eq(again, proof);
	proof_of(&peer, "/ten", 413, "Content-Length: 11\r\n", again);
	ck_assert_str_eq(again, proof);
	proof_of(&peer, "/raw", 403, "X-Sello-Token: x\r\n", again);
	ck_assert_str_eq(again, "");
	proof_of(&peer, "/raw", 421, "Host: evil.example\r\n", again);
	ck_assert_str_eq(again, "");
	proof_of(&peer, "/raw", 400, "folded\r\n", again);
	ck_assert_str_eq(again, "");
	peer_close(&peer);
}
END_TEST

#define NOBODY 65534

/* The answer that another user of this computer gets. */
static int
as_nobody(const struct peer *peer, const char *head, int len)
{
	char out[4096];
	pid_t child = fork();
	int status = 0;

	if (child == 0)
		_exit(setresuid(NOBODY, NOBODY, NOBODY) != 0
			? 0
			: peer_raw(peer, head, (size_t)len, out, sizeof(out)) /
			    100);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status) * 100;
}

START_TEST(words_are_of_one_user)
{
	char head[512], out[4096];
	struct peer peer;
	int len;

	if (geteuid() != 0)
		return; /* who may not be somebody else cannot try */
	peer_open(&peer);
	len = snprintf(head, sizeof(head),
	    "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nCookie: %s\r\n\r\n",
	    peer.port, peer.cookie);
	ck_assert_int_eq(
	    peer_raw(&peer, head, (size_t)len, out, sizeof(out)), 200);
	ck_assert_int_eq(as_nobody(&peer, head, len), 400);
	peer_close(&peer);
}
END_TEST

/* ps shows the link that a browser gets: who reads it there has nothing. */
START_TEST(link_of_a_browser_is_ours)
{
	char head[512], out[4096];
	struct peer peer;
	int len;

	if (geteuid() != 0)
		return;
	setenv("BROWSER", "true", 1);
	peer_browser = true;
	peer_start(&peer);
	len = snprintf(head, sizeof(head),
	    "GET /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", peer.start,
	    peer.port);
	ck_assert_int_eq(as_nobody(&peer, head, len), 400);
	/* and has not used it up */
	ck_assert_int_eq(peer_enter(&peer, out, sizeof(out)), 303);
	peer_close(&peer);
	/* one that was printed alone goes to whom it was told */
	peer_browser = false;
	peer_start(&peer);
	len = snprintf(head, sizeof(head),
	    "GET /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", peer.start,
	    peer.port);
	ck_assert_int_eq(as_nobody(&peer, head, len), 300);
	peer_close(&peer);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("guard");
	TCase *t = tcase_create("guard");

	tcase_add_test(t, lets_in_our_own_pages_alone);
	tcase_add_test(t, start_link_works_once);
	tcase_add_test(t, start_link_works_five_minutes);
	tcase_add_test(t, start_link_stays_until_it_is_followed);
	tcase_add_test(t, words_are_long_and_three);
	tcase_add_test(t, answers_are_known_as_ours);
	tcase_add_test(t, words_are_of_one_user);
	tcase_add_test(t, link_of_a_browser_is_ours);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
