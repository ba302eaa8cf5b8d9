/*
 * exchange.h - one request and its answer. The thread that reads makes it of a
 * head that was let in, fills its body, lends it to the thread of the handlers
 * and gets it back with the answer.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/embed.h"
#include "http/guard.h"
#include "http/head.h"
#include "http/pairs.h"
#include "http/server.h"

/* bytes of all requests' bodies that are in the house at once: 503 */
#define EXCHANGE_BUDGET ((size_t)64 << 20)

enum exchange_stage {
	EXCHANGE_READING,   /* its body comes */
	EXCHANGE_HANDLING,  /* the other thread's */
	EXCHANGE_ANSWERING, /* being written */
};

struct exchange {
	enum exchange_stage stage;
	void *connection;               /* libmicrohttpd's; carry.c */
	const struct http_route *route; /* or */
	const struct http_file *file;   /* or neither: it is refused */
	struct head head;
	char *path; /* decoded */
	struct pairs query, form;
	struct bytes body;
	size_t body_max;
	size_t *budget; /* in use by all */
	size_t held;    /* of it, by this one */
	struct http_request request;
	struct http_answer answer;
	struct exchange *next; /* in a queue */
};

/*
 * exchange_new - of a head that the guard let in; takes the head over, also
 * when it is refused. NULL without memory.
 *
 *   status  out: 200, or what it is refused with: 400, 404, 405, 413, 415, 503
 */
struct exchange *exchange_new(const struct http_config *config,
    const struct guard *guard, struct head *head, size_t *budget, int *status);

/* exchange_take - more of the body: 200, 413 or 503. */
int exchange_take(struct exchange *exchange, const void *data, size_t len);

/* exchange_whole - all is here: 200, or 400 when the form is none. */
int exchange_whole(struct exchange *exchange);

/* exchange_handle - let the route's handler answer. */
void exchange_handle(struct exchange *exchange, void *ctx);

/* exchange_refuse - answer with an error instead. */
void exchange_refuse(struct exchange *exchange, int status);

/* exchange_free - wipes what people sent and got; takes NULL. */
void exchange_free(struct exchange **exchange);

#endif
