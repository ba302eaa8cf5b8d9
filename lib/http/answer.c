/*
 * answer.c - what handlers fill: answer.h.
 */
#include "http/answer.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#define COOKIE_DAYS 365

/* May this stand in a header? */
static bool
is_header_text(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

/* Takes both over. */
static void
keep_header(struct http_answer *answer, char *name, char *value)
{
	if (name == NULL || value == NULL ||
	    answer->header_count == HTTP_ANSWER_HEADERS ||
	    !is_header_text(name) || !is_header_text(value)) {
		answer->failed = true;
		free(name);
		free(value);
		return;
	}
	answer->header[answer->header_count++] =
	    (struct http_header){ name, value };
}

void
http_add_header(struct http_answer *answer, const char *name, const char *value)
{
	keep_header(answer, strdup(name), strdup(value));
}

/* The text so far as a header's value; clears it. */
static void
add_built(struct http_answer *answer, const char *name, struct bytes *value)
{
	if (value->failed || value->len == 0)
		answer->failed = true;
	else
		http_add_header(answer, name, (const char *)value->at);
	bytes_free(value);
}

void
http_redirect(struct http_answer *answer, const char *path)
{
	answer->status = 303;
	/* "//elsewhere" would be another server */
	if (path[0] != '/' || path[1] == '/' || path[1] == '\\')
		answer->failed = true;
	http_add_header(answer, "Location", path);
}

void
http_set_cookie(struct http_answer *answer, const char *name, const char *value)
{
	struct bytes text = { 0 };

	if (strpbrk(value, ";, \"\\") != NULL)
		answer->failed = true;
	bytes_addf(&text,
	    "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d", name, value,
	    COOKIE_DAYS * 86400);
	add_built(answer, "Set-Cookie", &text);
}

void
http_choose_language(
    void *ctx, const struct http_request *request, struct http_answer *answer)
{
	const char *language = http_form(request, "language");

	(void)ctx;
	if (language != NULL && i18n_is_language(language))
		http_set_cookie(answer, HTTP_LANGUAGE_COOKIE, language);
	answer->status = 204;
}

static bool
is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

void
http_download(struct http_answer *answer, const char *type, const char *name)
{
	struct bytes text = { 0 };
	const char *c;

	answer->type = type;
	bytes_add_text(&text, "attachment; filename=\"");
	for (c = name; *c != '\0'; c++)
		bytes_add_byte(&text, (uint8_t)(is_plain(*c) ? *c : '_'));
	bytes_add_text(&text, "\"; filename*=UTF-8''");
	for (c = name; *c != '\0'; c++)
		if (is_plain(*c))
			bytes_add_byte(&text, (uint8_t)*c);
		else
			bytes_addf(&text, "%%%02X", (unsigned char)*c);
	add_built(answer, "Content-Disposition", &text);
}

static void
problem_json(struct http_answer *answer, const char *text)
{
	json_t *object = json_object();
	char *line;

	json_set_text(object, "error", text);
	json_object_set_new(object, "status", json_integer(answer->status));
	line = json_dumps(object, JSON_COMPACT);
	answer->type = HTTP_TYPE_JSON;
	if (line == NULL)
		answer->body.failed = true;
	else
		bytes_add_text(&answer->body, line);
	free(line);
	json_decref(object);
}

static void
problem_page(struct http_answer *answer, const char *language, const char *text)
{
	struct bytes *out = &answer->body;

	answer->type = HTTP_TYPE_HTML;
	bytes_add_text(out, "<!doctype html>\n<html");
	html_attribute(out, "lang", language);
	bytes_add_text(out,
	    ">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	    "content=\"width=device-width\">\n");
	html_elementf(out, "title", "Sello: %d", answer->status);
	bytes_add_text(out, "<main data-page=\"problem\">\n");
	html_elementf(out, "h1", "Sello: %d", answer->status);
	html_element(out, "p", text);
	bytes_add_text(out, "</main>\n</html>\n");
}

void
http_problem(struct http_answer *answer, const struct http_request *request,
    int status, const char *text)
{
	answer->status = status;
	bytes_reset(&answer->body);
	if (http_wants_json(request))
		problem_json(answer, text);
	else
		problem_page(answer, request->language, text);
}

void
http_answer_init(struct http_answer *answer)
{
	*answer = (struct http_answer){ .status = 200, .type = HTTP_TYPE_HTML };
}

void
http_answer_clear(struct http_answer *answer)
{
	size_t i;

	for (i = 0; i < answer->header_count; i++) {
		free(answer->header[i].name);
		free(answer->header[i].value);
	}
	bytes_wipe(&answer->body);
	http_answer_init(answer);
}
