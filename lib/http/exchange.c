/*
 * exchange.c - from a head to an answer: exchange.h.
 */
#include "http/exchange.h"

#include "http/language.h"
#include "http/reply.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
/* room for a body that tells no length */
#define CHUNKED_ROOM 4096

static bool
is_path(const char *pattern, const char *path, const char **rest)
{
	size_t len = strlen(pattern);

	*rest = "";
	if (len == 0 || pattern[len - 1] != '*')
		return strcmp(pattern, path) == 0;
	len--;
	if (strncmp(pattern, path, len) != 0 || path[len] == '\0')
		return false;
	*rest = path + len;
	return true;
}

/* 200, 404, or 405 when the path is there for another method. */
static int
find_route(struct exchange *e, const struct http_route *routes)
{
	const char *method = e->request.method, *rest;
	int status = 404;

	if ((e->file = http_file_find(e->path)) != NULL)
		return strcmp(method, "GET") == 0 ? 200 : 405;
	for (; routes->method != NULL; routes++) {
		if (!is_path(routes->path, e->path, &rest))
			continue;
		status = 405;
		if (strcmp(routes->method, method) == 0) {
			e->route = routes;
			e->request.rest = rest;
			return 200;
		}
	}
	return status;
}

/* What the target says: path and query. */
static int
take_target(struct exchange *e)
{
	const char *target = e->head.target;
	size_t len = strcspn(target, "?");
	int status;

	if ((e->path = strndup(target, len)) == NULL)
		return 503;
	if (!percent_decode(e->path, &len, false))
		return 400;
	e->path[len] = '\0';
	e->request.path = e->path;
	target += strcspn(target, "?");
	if (*target == '?')
		target++;
	status = pairs_parse(target, strlen(target), &e->query);
	e->request.query = (struct http_pairs){ e->query.at, e->query.count };
	return status;
}

static size_t
body_max(const struct exchange *e)
{
	if (e->file != NULL)
		return 0;
	if (e->route == NULL)
		return HTTP_BODY_MAX; /* it will be 404, but not before 413 */
	if (e->route->body != HTTP_NO_BODY && e->route->body_max != 0)
		return e->route->body_max;
	switch (e->route->body) {
	case HTTP_NO_BODY:
		return 0;
	case HTTP_FORM:
		return HTTP_FORM_MAX;
	case HTTP_RAW:
		return HTTP_BODY_MAX;
	}
	return 0;
}

static const char *
value_of(const struct head *head, const char *name)
{
	const char *value = head_value(head, name, 0);

	return value == NULL ? "" : value;
}

static void
fill_request(struct exchange *e, const struct http_config *config,
    const struct guard *guard)
{
	struct http_request *r = &e->request;

	r->method =
	    strcmp(e->head.method, "HEAD") == 0 ? "GET" : e->head.method;
	r->path = r->rest = "";
	r->body = (const uint8_t *)"";
	r->content_type = value_of(&e->head, "Content-Type");
	r->accept = value_of(&e->head, "Accept");
	r->accept_language = value_of(&e->head, "Accept-Language");
	r->language = language_of(
	    value_of(&e->head, "Cookie"), r->accept_language, config->language);
	r->token = guard->token;
	r->proof = guard->proof;
}

static bool
is_form(const char *type)
{
	size_t len = strlen(FORM_TYPE);

	return strncasecmp(type, FORM_TYPE, len) == 0 &&
	    (type[len] == '\0' || type[len] == ';' || type[len] == ' ');
}

/* Room in the house for so many bytes more: 200 or 503. */
static int
hold(struct exchange *e, size_t more)
{
	if (more > EXCHANGE_BUDGET - *e->budget)
		return 503;
	*e->budget += more;
	e->held += more;
	return 200;
}

/* In the order of docs/pages.md: length, then what is there. */
static int
judge(struct exchange *e, const struct http_config *config)
{
	int decoded = take_target(e), found = 404;

	if (decoded == 200)
		found = find_route(e, config->routes);
	e->body_max = body_max(e);
	if (e->head.length > e->body_max)
		return 413;
	if (decoded != 200)
		return decoded;
	if (found != 200)
		return found;
	if (e->route != NULL && e->route->body == HTTP_FORM &&
	    !is_form(e->request.content_type))
		return 415;
	return hold(e, (size_t)e->head.length);
}

struct exchange *
exchange_new(const struct http_config *config, const struct guard *guard,
    struct head *head, size_t *budget, int *status)
{
	struct exchange *e = calloc(1, sizeof(*e));

	if (e == NULL) {
		head_clear(head);
		return NULL;
	}
	e->head = *head;
	*head = (struct head){ 0 };
	e->budget = budget;
	http_answer_init(&e->answer);
	fill_request(e, config, guard);
	*status = judge(e, config);
	return e;
}

int
exchange_take(struct exchange *e, const void *data, size_t len)
{
	size_t total = e->body.len + len;

	if (total > e->body_max)
		return 413;
	if (total > e->held && hold(e, total - e->held) != 200)
		return 503;
	/* what was announced has its room once and for all */
	if (e->body.at == NULL &&
	    bytes_reserve(&e->body,
		e->head.chunked ? CHUNKED_ROOM : (size_t)e->head.length) ==
		NULL)
		return 503;
	bytes_add(&e->body, data, len);
	return e->body.failed ? 503 : 200;
}

int
exchange_whole(struct exchange *e)
{
	int status = 200;

	if (e->route != NULL && e->route->body == HTTP_FORM) {
		status = pairs_parse(e->body.at, e->body.len, &e->form);
		bytes_wipe(&e->body); /* one passphrase is enough */
		e->request.form =
		    (struct http_pairs){ e->form.at, e->form.count };
	} else if (e->body.len > 0) {
		e->request.body = e->body.at;
		e->request.body_len = e->body.len;
	}
	return status;
}

void
exchange_handle(struct exchange *e, void *ctx)
{
	e->route->handle(ctx, &e->request, &e->answer);
	if (e->answer.failed || e->answer.body.failed)
		exchange_refuse(e, 500);
}

void
exchange_refuse(struct exchange *e, int status)
{
	http_answer_clear(&e->answer);
	reply_error(&e->answer, &e->request, status);
}

void
exchange_free(struct exchange **exchange)
{
	struct exchange *e = *exchange;

	if (e == NULL)
		return;
	*e->budget -= e->held;
	pairs_wipe(&e->query);
	pairs_wipe(&e->form);
	bytes_wipe(&e->body);
	http_answer_clear(&e->answer);
	head_clear(&e->head);
	free(e->path);
	free(e);
	*exchange = NULL;
}
