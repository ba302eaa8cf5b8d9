/*
 * test_server.c - what handlers get and what becomes of their answers; files,
 * headers, start and end: http/server.h.
 */
#include "tests/check_main.h"
#include "tests/lib/http/peer.h"

#include "http/browser.h"
#include "http/embed.h"

#include <fcntl.h>
#include <sys/stat.h>

/* --- answers --------------------------------------------------------------- */

static int
count(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

static void
has_all_headers(const char *answer)
{
	static const char *const once[] = {
		"\r\nContent-Security-Policy: default-src 'none'; ",
		"; script-src 'self'; style-src 'self'; ",
		"; base-uri 'none'; frame-ancestors 'none'\r\n",
		"\r\nCache-Control: no-store\r\n",
		"\r\nX-Content-Type-Options: nosniff\r\n",
		"\r\nReferrer-Policy: no-referrer\r\n",
		"\r\nCross-Origin-Opener-Policy: same-origin\r\n",
		"\r\nCross-Origin-Resource-Policy: same-origin\r\n",
		"\r\nPermissions-Policy: camera=(self), ",
		"\r\nConnection: close\r\n",
		"\r\nContent-Length: ",
		"\r\nContent-Type: ",
	};
	int i;

	for (i = 0; i < COUNT(once); i++)
		ck_assert_msg(
		    count(answer, once[i]) == 1, "%s in %s", once[i], answer);
	ck_assert_ptr_null(strstr(answer, "Access-Control"));
}

START_TEST(every_answer_has_the_headers)
{
	static const struct {
		const char *target;
		int status;
	} targets[] = { { "/", 200 }, { "/echo", 200 }, { "/nowhere", 404 },
		{ "/raw", 405 }, { "/web/sello.js", 200 }, { "/save", 200 },
		{ "/leave?to=/", 303 }, { "/inject?name=a%0Ab", 500 },
		{ "/beside", 200 }, { "/a%", 400 }, { "*", 421 } };
	char out[8192];
	struct peer peer;
	int i;

	peer_open(&peer);
	for (i = 0; i < COUNT(targets); i++) {
		ck_assert_int_eq(peer_ask(&peer, "GET", targets[i].target, "",
				     out, sizeof(out)),
		    targets[i].status);
		has_all_headers(out);
	}
	peer_enter(&peer, out, sizeof(out));
	has_all_headers(out);
	peer_raw(&peer, "rubbish\r\n", 9, out, sizeof(out));
	has_all_headers(out);
	peer_close(&peer);
}
END_TEST

START_TEST(handlers_get_what_was_asked)
{
	static const struct {
		const char *method, *target, *lines, *body, *want;
	} asked[] = {
		{ "GET", "/echo?a=1&b=%C3%A9+x&&a=2", "", "",
		    "[GET /echo rest= body=0 a=1 b=\xC3\xA9 x a=2]" },
		{ "GET", "/letter/GTGUA01%2F7?x", "", "",
		    "[GET /letter/GTGUA01/7 rest=GTGUA01/7 body=0 x=]" },
		{ "POST", "/raw", "Content-Length: 3\r\n", "abc",
		    "[POST /raw rest= body=3]" },
		{ "POST", "/form",
		    "Content-Type: application/x-www-form-urlencoded; "
		    "charset=utf-8\r\nContent-Length: 14\r\n",
		    "a=%3Cb%3E&c=+%", "" },
		{ "POST", "/form",
		    "Content-Type: APPLICATION/x-www-form-urlencoded\r\n"
		    "Content-Length: 15\r\n",
		    "a=%3Cb%3E&c=+=d",
		    "[POST /form rest= body=0 a:<b> c: =d]" },
	};
	char request[2048], out[8192];
	struct peer peer;
	int i, len;

	peer_open(&peer);
	for (i = 0; i < COUNT(asked); i++) {
		len = peer_head(&peer, request, sizeof(request),
		    asked[i].method, asked[i].target, asked[i].lines);
		strcpy(request + len, asked[i].body);
		len += (int)strlen(asked[i].body);
		peer_raw(&peer, request, (size_t)len, out, sizeof(out));
		ck_assert_int_eq(
		    peer_status(out), *asked[i].want == '\0' ? 400 : 200);
		ck_assert_msg(strstr(out, asked[i].want) != NULL, "%s", out);
	}
	ck_assert_int_eq(peer_get(&peer, "/letter/"), 404);
	peer_close(&peer);
}
END_TEST

START_TEST(answers_carry_what_handlers_add)
{
	char out[8192];
	struct peer peer;

	peer_open(&peer);
	peer_ask(&peer, "GET", "/save", "", out, sizeof(out));
	ck_assert_ptr_nonnull(strstr(out,
	    "\r\nContent-Disposition: attachment; "
	    "filename=\"d__a__1_.csv\"; "
	    "filename*=UTF-8''d%C3%ADa%20%221%22.csv\r\n"));
	ck_assert_ptr_nonnull(strstr(out,
	    "\r\nSet-Cookie: sello-language=fr; Path=/; HttpOnly; "
	    "SameSite=Strict; Max-Age=31536000\r\n"));
	/* nobody writes headers of others, nor leads elsewhere */
	ck_assert_int_eq(peer_get(&peer, "/inject?name=plain"), 200);
	ck_assert_int_eq(
	    peer_get(&peer, "/inject?name=a%0D%0ASet-Cookie:%20b"), 500);
	ck_assert_int_eq(peer_get(&peer, "/leave?to=//evil.example/"), 500);
	ck_assert_int_eq(peer_get(&peer, "/leave?to=/%5Cevil.example"), 500);
	ck_assert_int_eq(
	    peer_get(&peer, "/leave?to=http://evil.example/"), 500);
	/* a HEAD is a GET without its body */
	peer_ask(&peer, "HEAD", "/echo", "", out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	ck_assert_ptr_nonnull(strstr(out, "\r\nContent-Length: 24\r\n"));
	ck_assert_str_eq(strstr(out, "\r\n\r\n"), "\r\n\r\n");
	peer_ask(&peer, "HEAD", "/nowhere", "", out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 404);
	ck_assert_str_eq(strstr(out, "\r\n\r\n"), "\r\n\r\n");
	peer_close(&peer);
}
END_TEST

START_TEST(errors_are_read_by_people_and_programs)
{
	char out[8192];
	struct peer peer;

	peer_open(&peer);
	peer_ask(&peer, "GET", "/nowhere", "Accept: text/html, */*\r\n", out,
	    sizeof(out));
	ck_assert_ptr_nonnull(strstr(out, "<html lang=\"en\">"));
	ck_assert_ptr_nonnull(strstr(out, "<p>There is no such page.</p>"));
	peer_ask(&peer, "GET", "/nowhere", "Accept: application/json\r\n", out,
	    sizeof(out));
	ck_assert_ptr_nonnull(strstr(out,
	    "\r\n\r\n{\"error\":\"There is no "
	    "such page.\",\"status\":404}"));
	peer_ask(&peer, "GET", "/nowhere",
	    "Accept-Language: de, ht;q=0.5, es;q=0.9\r\n", out, sizeof(out));
	ck_assert_ptr_nonnull(strstr(out, "<html lang=\"es\">"));
	peer_ask(&peer, "GET", "/",
	    "Accept-Language: es\r\nCookie: sello-language=pt\r\n", out,
	    sizeof(out));
	/* of two headers the first counts, and browsers send one */
	ck_assert_ptr_nonnull(strstr(out, "<html lang=\"es\">"));
	peer_close(&peer);
}
END_TEST

START_TEST(files_of_web_are_there)
{
	const struct http_file *file = http_file_find("/web/sello.css");
	char out[16384], *body, disk[8192];
	struct peer peer;
	int fd;

	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_null(http_file_find("/web/"));
	fd = open("web/sello.css", O_RDONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(read(fd, disk, sizeof(disk)), (int)file->len);
	close(fd);
	ck_assert_int_eq(memcmp(disk, file->at, file->len), 0);
	peer_open(&peer);
	peer_ask(&peer, "GET", file->path, "", out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	ck_assert_ptr_nonnull(
	    strstr(out, "\r\nContent-Type: text/css; charset=utf-8\r\n"));
	body = strstr(out, "\r\n\r\n") + 4;
	ck_assert_uint_eq(strlen(body), file->len);
	ck_assert_int_eq(memcmp(body, file->at, file->len), 0);
	ck_assert_int_eq(
	    peer_ask(&peer, "POST", file->path, "", out, sizeof(out)), 405);
	peer_close(&peer);
}
END_TEST

/* While a handler is at work, files and what goes beside are answered. */
START_TEST(busy_handlers_hold_nobody_beside)
{
	char head[1024], out[8192];
	struct peer peer;
	int fd, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/hold", "");
	fd = peer_connect(&peer);
	peer_send(fd, head, (size_t)len);
	peer_wait_handled(&peer, 1);
	ck_assert_int_eq(peer_get(&peer, "/web/sello.js"), 200);
	ck_assert_int_eq(peer_get(&peer, "/beside"), 200);
	ck_assert_int_eq(peer_get(&peer, "/nowhere"), 404);
	ck_assert(peer_is_open(fd));
	atomic_store(&peer.shared->go, 1);
	peer_read(fd, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	peer_close(&peer);
}
END_TEST

START_TEST(ticks_when_there_is_nothing_to_do)
{
	struct peer peer;
	int i;

	peer_start(&peer);
	for (i = 0; atomic_load(&peer.shared->ticks) == 0; i++) {
		ck_assert_int_lt(i, PATIENCE_MS);
		usleep(1000);
	}
	peer_close(&peer);
}
END_TEST

/* --- start and end --------------------------------------------------------- */

START_TEST(listens_on_both_addresses)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };
	char head[1024], out[4096];
	struct peer peer;
	int fd, len;

	peer_open(&peer);
	to.sin6_port = htons((uint16_t)peer.port);
	fd = socket(AF_INET6, SOCK_STREAM, 0);
	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0) {
		len = peer_head(&peer, head, sizeof(head), "GET", "/echo", "");
		peer_send(fd, head, (size_t)len);
		peer_read(fd, out, sizeof(out));
		ck_assert_int_eq(peer_status(out), 200);
	} else /* a computer without it */
		ck_assert(errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT ||
		    errno == ENETUNREACH);
	peer_close(&peer);
}
END_TEST

START_TEST(says_when_a_port_is_taken)
{
	struct http_config config = { .routes = peer_routes };
	struct errtext err = { 0 };
	struct peer peer;

	peer_start(&peer);
	config.port = (uint16_t)peer.port;
	ck_assert_int_eq(http_serve(&config, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "--port"));
	peer_close(&peer);
}
END_TEST

static const int ends[] = { SIGTERM, SIGINT, SIGHUP };

START_TEST(ends_at_a_signal)
{
	char out[64];
	struct peer peer;
	int fd;

	peer_open(&peer);
	fd = peer_connect(&peer);
	ck_assert_int_eq(peer_get(&peer, "/echo"), 200);
	kill(peer.pid, ends[_i]);
	/* who is idle or slow does not hold it */
	ck_assert_uint_eq(peer_read(fd, out, sizeof(out)), 0);
	ck_assert_int_eq(peer_end(&peer), 0);
}
END_TEST

START_TEST(ends_from_a_handler_after_its_answer)
{
	char out[8192];
	struct peer peer;

	peer_open(&peer);
	ck_assert_int_eq(
	    peer_ask(&peer, "GET", "/stop", "", out, sizeof(out)), 200);
	ck_assert_ptr_nonnull(strstr(out, "[GET /stop "));
	ck_assert_int_eq(peer_end(&peer), 0);
}
END_TEST

/* What was asked before the signal is answered, what is written is whole. */
START_TEST(ends_after_what_it_is_writing)
{
	static char big[BIG + 4096];
	char head[1024], out[8192];
	struct peer peer;
	int written, held, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/big", "");
	written = peer_connect(&peer);
	peer_send(written, head, (size_t)len);
	/* more than the sockets take: it is in the midst of it */
	ck_assert_int_eq(recv(written, big, 9, MSG_WAITALL), 9);
	len = peer_head(&peer, head, sizeof(head), "GET", "/hold", "");
	held = peer_connect(&peer);
	peer_send(held, head, (size_t)len);
	peer_wait_handled(&peer, 1);
	kill(peer.pid, SIGTERM);
	atomic_store(&peer.shared->go, 1);
	peer_read(held, out, sizeof(out));
	ck_assert_int_eq(peer_status(out), 200);
	len = (int)peer_read(written, big, sizeof(big));
	ck_assert_uint_eq(
	    (size_t)(big + len - strstr(big, "\r\n\r\n")) - 4, BIG);
	ck_assert_int_eq(peer_end(&peer), 0);
}
END_TEST

/* Who does not read its answer does not keep the program. */
START_TEST(ends_without_who_does_not_read)
{
	char head[1024], first[9];
	struct peer peer;
	int fd, len;

	peer_open(&peer);
	len = peer_head(&peer, head, sizeof(head), "GET", "/big", "");
	fd = peer_connect(&peer);
	peer_send(fd, head, (size_t)len);
	ck_assert_int_eq(recv(fd, first, sizeof(first), MSG_WAITALL), 9);
	kill(peer.pid, SIGTERM);
	/* until it has begun to end: then no one is let in any more */
	for (;;) {
		struct sockaddr_in to = { .sin_family = AF_INET,
			.sin_port = htons((uint16_t)peer.port),
			.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
		int other = socket(AF_INET, SOCK_STREAM, 0);
		int rc =
		    connect(other, (const struct sockaddr *)&to, sizeof(to));

		close(other);
		if (rc != 0)
			break;
		usleep(1000);
	}
	peer_later(&peer, 5000); /* for writing */
	for (len = 0; waitpid(peer.pid, &len, WNOHANG) == 0;) {
		peer_later(&peer, 2000); /* for leaving */
		usleep(10000);
	}
	ck_assert(WIFEXITED(len) && WEXITSTATUS(len) == 0);
	close(fd);
}
END_TEST

START_TEST(browser_gets_the_link_alone)
{
	char folder[] = "/tmp/sello-browser-XXXXXX";
	char program[64], said[64], out[256];
	FILE *file;
	size_t got = 0;
	int i;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(program, sizeof(program), "%s/look", folder);
	snprintf(said, sizeof(said), "%s/said", folder);
	ck_assert_ptr_nonnull(file = fopen(program, "w"));
	fprintf(file,
	    "#!/bin/sh\nprintf '%%s %%s' \"$#\" \"$1\" >%s.new\n"
	    "mv %s.new %s\n",
	    said, said, said);
	fclose(file);
	chmod(program, 0700);
	setenv("BROWSER", "no-such-program-here", 1);
	unsetenv("DISPLAY");
	unsetenv("WAYLAND_DISPLAY");
	ck_assert(!browser_open("http://127.0.0.1:1/start/a"));
	snprintf(out, sizeof(out), "no-such-program-here:%s", program);
	setenv("BROWSER", out, 1);
	ck_assert(browser_open("http://127.0.0.1:1/start/$(id);'a"));
	for (i = 0; access(said, R_OK) != 0; i++) {
		ck_assert_int_lt(i, PATIENCE_MS);
		usleep(1000);
	}
	ck_assert_ptr_nonnull(file = fopen(said, "r"));
	got = fread(out, 1, sizeof(out) - 1, file);
	fclose(file);
	out[got] = '\0';
	ck_assert_str_eq(out, "1 http://127.0.0.1:1/start/$(id);'a");
	unlink(said);
	unlink(program);
	rmdir(folder);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("server");
	TCase *t = tcase_create("server");

	tcase_add_test(t, every_answer_has_the_headers);
	tcase_add_test(t, handlers_get_what_was_asked);
	tcase_add_test(t, answers_carry_what_handlers_add);
	tcase_add_test(t, errors_are_read_by_people_and_programs);
	tcase_add_test(t, files_of_web_are_there);
	tcase_add_test(t, busy_handlers_hold_nobody_beside);
	tcase_add_test(t, ticks_when_there_is_nothing_to_do);
	tcase_add_test(t, listens_on_both_addresses);
	tcase_add_test(t, says_when_a_port_is_taken);
	tcase_add_loop_test(t, ends_at_a_signal, 0, COUNT(ends));
	tcase_add_test(t, ends_from_a_handler_after_its_answer);
	tcase_add_test(t, ends_after_what_it_is_writing);
	tcase_add_test(t, ends_without_who_does_not_read);
	tcase_add_test(t, browser_gets_the_link_alone);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
