/*
 * request.c - what a handler asks of a request: request.h.
 */
#include "http/request.h"

#include <string.h>

const char *
http_pairs_at(const struct http_pairs *pairs, const char *name, size_t i)
{
	size_t k;

	for (k = 0; k < pairs->count; k++)
		if (strcmp(pairs->at[k].name, name) == 0 && i-- == 0)
			return pairs->at[k].value;
	return NULL;
}

const char *
http_query(const struct http_request *request, const char *name)
{
	return http_pairs_at(&request->query, name, 0);
}

const char *
http_form(const struct http_request *request, const char *name)
{
	return http_pairs_at(&request->form, name, 0);
}

bool
http_wants_json(const struct http_request *request)
{
	const char *json = strstr(request->accept, "application/json");
	const char *page = strstr(request->accept, "text/html");

	return json != NULL && (page == NULL || json < page);
}
