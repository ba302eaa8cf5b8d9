/*
 * Any bytes as the head of a request, and as a form: what is whole has its
 * parts inside its limits, is the same however few bytes came first, and
 * nobody without the words of a server gets past its guard.
 */
#include "http/exchange.h"
#include "http/language.h"

#include "base/utf8.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

static const struct http_route routes[] = {
	{ "GET", "/", NULL, HTTP_NO_BODY, 0, false },
	{ "POST", "/a/*", NULL, HTTP_FORM, 0, false },
	{ 0 },
};

static void
fuzz_exchange(struct head *head, const struct guard *guard)
{
	const struct http_config config = { .routes = routes };
	size_t budget = 0;
	int status = 0;
	struct exchange *e =
	    exchange_new(&config, guard, head, &budget, &status);

	if (e == NULL)
		return;
	if (status == 200 &&
	    ((e->route == NULL && e->file == NULL) ||
		e->head.length > e->body_max || budget != e->held ||
		!utf8_is_valid(e->path, strlen(e->path))))
		abort();
	exchange_free(&e);
	if (budget != 0)
		abort();
}

static void
fuzz_head(const uint8_t *data, size_t len)
{
	struct guard guard = { 0 };
	struct head head = { 0 };
	int status = head_read(data, len, &head), judged;

	if (status != 200) {
		if (head.text != NULL)
			abort();
		return;
	}
	if (head.target[0] != '/' || strlen(head.target) > HEAD_TARGET_MAX ||
	    head.line_count > HEAD_LINES_MAX ||
	    (head.chunked && head.length != 0))
		abort();
	if (!guard_init(&guard, 8080, 0))
		abort();
	judged = guard_judge(&guard, &head, -1, 0);
	if (judged != 403 && judged != 421)
		abort();
	language_of(head_value(&head, "Cookie", 0),
	    head_value(&head, "Accept-Language", 0), NULL);
	fuzz_exchange(&head, &guard);
	head_clear(&head);
}

/* A part is never refused for what a whole is taken for. */
static void
fuzz_parts(const uint8_t *data, size_t len)
{
	struct head head = { 0 };
	int whole = head_read(data, len, &head), part;
	size_t i;

	head_clear(&head);
	for (i = 0; i < len && whole == 200; i += 1 + len / 16) {
		part = head_read(data, i, &head);
		if (part != 0 && part != 200)
			abort();
		head_clear(&head);
	}
}

static void
fuzz_pairs(const uint8_t *data, size_t len)
{
	struct pairs pairs = { 0 };
	size_t i;

	if (pairs_parse(data, len, &pairs) != 200) {
		if (pairs.text != NULL || pairs.count != 0)
			abort();
		return;
	}
	for (i = 0; i < pairs.count; i++)
		if (!utf8_is_valid(
			pairs.at[i].name, strlen(pairs.at[i].name)) ||
		    !utf8_is_valid(
			pairs.at[i].value, strlen(pairs.at[i].value)))
			abort();
	pairs_wipe(&pairs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	fuzz_head(data, len);
	fuzz_parts(data, len);
	fuzz_pairs(data, len);
	return 0;
}
