/*
 * reply.c - headers of all answers: reply.h.
 */
#include "http/reply.h"

#include "base/i18n.h"
#include "http/status.h"

#include <string.h>

/*
 * Nothing but our own files is loaded, run, framed or sent to. Pictures and
 * videos may come from the page itself (blob:), as the camera's and a dropped
 * file's do; a PDF is printed out of a frame.
 */
#define POLICY                                                           \
	"default-src 'none'; script-src 'self'; style-src 'self'; "      \
	"img-src 'self' blob: data:; media-src 'self' blob:; "           \
	"connect-src 'self'; frame-src 'self' blob:; object-src 'self' " \
	"blob:; form-action 'self'; base-uri 'none'; "
#define POLICY_PAGE POLICY "frame-ancestors 'none'"
/* what our own page shows in a frame, to print it */
#define POLICY_PDF POLICY "frame-ancestors 'self'"

static const struct {
	const char *name, *value;
} common[] = {
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy",
	    "camera=(self), microphone=(), geolocation=(), payment=()" },
	/* one request a connection: nothing waits that could be taken for the
	 * next one */
	{ "Connection", "close" },
};

void
reply_headers(const struct http_answer *answer,
    void (*add)(void *to, const char *name, const char *value), void *to)
{
	bool pdf = strcmp(answer->type, HTTP_TYPE_PDF) == 0;
	size_t i;

	add(to, "Content-Type", answer->type);
	add(to, "Content-Security-Policy", pdf ? POLICY_PDF : POLICY_PAGE);
	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		add(to, common[i].name, common[i].value);
	for (i = 0; i < answer->header_count; i++)
		add(to, answer->header[i].name, answer->header[i].value);
}

static void
add_line(void *to, const char *name, const char *value)
{
	bytes_addf(to, "%s: %s\r\n", name, value);
}

void
reply_whole(
    const struct http_answer *answer, bool without_body, struct bytes *out)
{
	bytes_addf(out, "HTTP/1.1 %d %s\r\n", answer->status,
	    status_phrase(answer->status));
	reply_headers(answer, add_line, out);
	bytes_addf(out, "Content-Length: %zu\r\n\r\n", answer->body.len);
	if (!without_body)
		bytes_add(out, answer->body.at, answer->body.len);
}

void
reply_error(
    struct http_answer *answer, const struct http_request *request, int status)
{
	http_problem(answer, request, status,
	    i18n_in(request->language, status_text(status)));
	if (status == 503)
		http_add_header(answer, "Retry-After", "1");
}
