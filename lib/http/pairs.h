/*
 * pairs.h - application/x-www-form-urlencoded (WHATWG URL, section 5.1), as in
 * queries and forms, strictly: what it holds is UTF-8 without NUL.
 */
#ifndef HTTP_PAIRS_H
#define HTTP_PAIRS_H

#include "http/request.h"

/* Up to so many bytes lie in the secure heap (base/secret.h): a passphrase of
 * the largest size, each byte as %XX, and what a form has beside it. */
#define PAIRS_LOCKED_MAX 4096

/* Names and values, owned. Start as {0}. */
struct pairs {
	char *text;
	size_t len; /* of text */
	struct http_pair *at;
	size_t count, cap;
};

/*
 * pairs_parse - "name=value&other=a+b%C3%A9"; empty parts between & are left
 * out. Returns 200, or the status to refuse it with: 400, 503 without memory;
 * out is empty then.
 */
int pairs_parse(const void *text, size_t len, struct pairs *out);

/* pairs_wipe - forget what people typed, release. */
void pairs_wipe(struct pairs *pairs);

/*
 * percent_decode - "%C3%A9" to its bytes, in place: text of len bytes becomes
 * shorter or stays. plus: "+" is a space. False: no hexadecimal digits, NUL, or
 * no UTF-8.
 */
bool percent_decode(char *text, size_t *len, bool plus);

#endif
