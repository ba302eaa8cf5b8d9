/*
 * request.h - one request as a handler sees it: whole, within its limits, from
 * a browser that opened the start link, and already proven to be ours (Host,
 * cookie, Origin, token: docs/pages.md). Everything in it lives until the
 * handler returns, and belongs to the server.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_server;

/* Names and values of a query or form, decoded: valid UTF-8 without NUL. */
struct http_pair {
	const char *name, *value;
};

struct http_pairs {
	const struct http_pair *at;
	size_t count;
};

struct http_request {
	struct http_server *server; /* for http_stop() */
	const char *method;         /* "GET" (also for HEAD) or "POST" */
	const char *path;           /* "/letter/7", decoded, begins with "/" */
	const char *rest; /* what a route's final "*" stands for, else "" */
	struct http_pairs query;
	struct http_pairs form; /* of HTTP_FORM, else empty */
	const uint8_t *body;    /* of HTTP_RAW: body_len bytes; never NULL */
	size_t body_len;
	/* headers as they came, "" where there was none; of several with one
	 * name the first */
	const char *content_type, *accept, *accept_language;
	const char *language; /* "es": what was chosen (HTTP_LANGUAGE_COOKIE),
			       * or the browser's, or the program's */
	const char *token;    /* for <meta name="sello-token" content=...>; only
			    * for pages of this server */
	const char *proof;    /* the same for <meta name="sello-proof" ...> */
};

/* The page's choice of language; http_choose_language() sets it. */
#define HTTP_LANGUAGE_COOKIE "sello-language"

/* http_query, http_form - the first value of a name, NULL when there is none;
 * http_pairs_at - the i-th of several, NULL after the last. */
const char *http_query(const struct http_request *request, const char *name);
const char *http_form(const struct http_request *request, const char *name);
const char *http_pairs_at(
    const struct http_pairs *pairs, const char *name, size_t i);

/* http_wants_json - does this client rather read JSON than a page? */
bool http_wants_json(const struct http_request *request);

#endif
