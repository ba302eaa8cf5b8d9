/*
 * answer.h - what a handler answers. It starts as 200 with an empty page in
 * HTML; the server adds the headers that every answer carries (docs/pages.md)
 * and releases it.
 */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include "base/bytes.h"
#include "http/request.h"

#define HTTP_TYPE_HTML "text/html; charset=utf-8"
#define HTTP_TYPE_JSON "application/json"
#define HTTP_TYPE_TEXT "text/plain; charset=utf-8"
#define HTTP_TYPE_CSV  "text/csv; charset=utf-8"
#define HTTP_TYPE_ODS  "application/vnd.oasis.opendocument.spreadsheet"
#define HTTP_TYPE_PDF  "application/pdf"

#define HTTP_ANSWER_HEADERS 8 /* of its own */

struct http_header {
	char *name, *value;
};

struct http_answer {
	int status;        /* 200 */
	const char *type;  /* HTTP_TYPE_HTML; a constant of the program */
	struct bytes body; /* written by the handler; a failed one becomes 500;
			    * wiped after it was sent */
	struct http_header header[HTTP_ANSWER_HEADERS]; /* http_add_header() */
	size_t header_count;
	bool failed; /* a header did not fit or there was no memory: 500 */
};

/*
 * http_add_header - copies. A name or value with control characters, or more
 * than HTTP_ANSWER_HEADERS, fails the answer: nobody writes headers of others.
 */
void http_add_header(
    struct http_answer *answer, const char *name, const char *value);

/* http_redirect - 303 to a path of ours, after a form was taken. */
void http_redirect(struct http_answer *answer, const char *path);

/* http_set_cookie - for Path=/, HttpOnly, SameSite=Strict, a year; value:
 * [A-Za-z0-9_.-]*. */
void http_set_cookie(
    struct http_answer *answer, const char *name, const char *value);

/*
 * http_download - the browser saves it under this name (any UTF-8; RFC 6266)
 * and does not show it. type: a constant of the program.
 */
void http_download(
    struct http_answer *answer, const char *type, const char *name);

/*
 * http_problem - an error as every error of this server looks: a small page,
 * or {"error":TEXT,"status":N} for who wants JSON. text: a sentence for people
 * in their language, with the next step; copied.
 */
void http_problem(struct http_answer *answer,
    const struct http_request *request, int status, const char *text);

/*
 * http_choose_language - a handler for every page's POST /language: a known
 * `language` of the form becomes the cookie HTTP_LANGUAGE_COOKIE, so that the
 * next request is in it; another changes nothing. ctx is not looked at. 204.
 */
void http_choose_language(
    void *ctx, const struct http_request *request, struct http_answer *answer);

/* http_answer_init, http_answer_clear - for the server and tests: as a handler
 * gets it; release, the body wiped, and as at first. */
void http_answer_init(struct http_answer *answer);
void http_answer_clear(struct http_answer *answer);

#endif
