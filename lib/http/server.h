/*
 * server.h - pages on loopback: an HTTP/1.1 server (RFC 9110, RFC 9112) for
 * one person's browser on the same computer, over GNU libmicrohttpd. No TLS,
 * no other network, no keep-alive: one request a connection.
 *
 * Two threads. One reads and writes for all connections; the one that called
 * http_serve() runs the handlers, one after the other, so that a handler may
 * use whatever the program has (database, language, keys) and a slow client
 * never holds it. What a request must be before a handler sees it, the limits
 * and the headers of every answer are in docs/pages.md.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/err.h"
#include "http/answer.h"
#include "http/request.h"

#define HTTP_FORM_MAX ((size_t)1 << 20)  /* bytes of a form */
#define HTTP_BODY_MAX ((size_t)32 << 20) /* bytes of any other body */

/* What a request to a route carries. */
enum http_body {
	HTTP_NO_BODY = 0, /* any byte is 413 */
	HTTP_FORM,        /* application/x-www-form-urlencoded, else 415 */
	HTTP_RAW,         /* any bytes */
};

typedef void http_handler(
    void *ctx, const struct http_request *request, struct http_answer *answer);

/*
 * One route; {0} ends a table. "/" is only that page; a final "*" stands for
 * anything that is not empty ("/letter/" "*"), and the first row that fits
 * counts. A path that is there with another method is 405. Files of web/ need
 * no row: they are there as "/web/NAME" (embed.h).
 */
struct http_route {
	const char *method; /* "GET" (then HEAD too) or "POST" */
	const char *path;
	http_handler *handle;
	enum http_body body; /* of a POST */
	size_t body_max;     /* 0: HTTP_FORM_MAX or HTTP_BODY_MAX */
	bool beside; /* run at once by the thread that reads, even while another
		      * handler runs: for what only looks at atomics, such as
		      * the progress of long work. It must not wait. */
};

struct http_config {
	const struct http_route *routes;
	void *ctx;            /* for every function here */
	uint16_t port;        /* 0: a free one */
	bool browser;         /* open the start link there (browser.h) */
	const char *language; /* where the browser asks for none of ours */
	/* tell people the start link: it listens now, or SIGUSR1 asked for
	 * another one; in the calling thread */
	void (*listening)(void *ctx, const char *start_link);
	/* about each second, and never while a handler runs; may be NULL */
	void (*tick)(void *ctx, struct http_server *server);
	/* for tests: milliseconds of a clock that never goes back; NULL: the
	 * system's. Called by both threads. */
	int64_t (*clock_ms)(void *ctx);
};

/*
 * http_serve - until SIGTERM, SIGINT or SIGHUP comes or http_stop() is called:
 * then requests that are whole are still answered and what is being written is
 * written, for at most five seconds. SIGUSR1 makes another start link, which is
 * told and opened as the first one; pages that are open stay. These signals
 * wait meanwhile, also in what handlers start (posix_spawn with
 * POSIX_SPAWN_SETSIGMASK where that matters).
 *
 * Returns ERR_OK after such an end, ERR_IO when it cannot listen (the port is
 * taken), ERR_MEMORY, ERR_INTERNAL.
 */
enum err http_serve(const struct http_config *config, struct errtext *err);

/* http_stop - as SIGTERM; from a handler or tick, which ends first. */
void http_stop(struct http_server *server);

#endif
