/*
 * status.c - statuses in words: status.h.
 */
#include "http/status.h"

#include "base/i18n.h"

#include <stddef.h>

#define STRANGE                                                              \
	N_("The program did not understand what the browser sent. Load the " \
	   "page again.")
#define INSIDE N_("Something failed inside the program. Try once more.")

static const struct {
	int status;
	const char *phrase, *text;
} statuses[] = {
	{ 200, "OK", "" },
	{ 204, "No Content", "" },
	{ 303, "See Other", "" },
	{ 400, "Bad Request", STRANGE },
	{ 403, "Forbidden",
	    N_("This page opens only by the start link, which the program "
	       "prints when it starts. A link works once and for five "
	       "minutes: start the program again for a new one.") },
	{ 404, "Not Found", N_("There is no such page.") },
	{ 405, "Method Not Allowed", STRANGE },
	{ 408, "Request Timeout",
	    N_("What the browser sent did not arrive in time. Try again.") },
	{ 409, "Conflict", STRANGE },
	{ 413, "Content Too Large",
	    N_("This is larger than the program takes.") },
	{ 414, "URI Too Long", STRANGE },
	{ 415, "Unsupported Media Type", STRANGE },
	{ 421, "Misdirected Request",
	    N_("This address is not the program's own. Use the start link as "
	       "it was printed.") },
	{ 422, "Unprocessable Content", STRANGE },
	{ 431, "Request Header Fields Too Large", STRANGE },
	{ 500, "Internal Server Error", INSIDE },
	{ 501, "Not Implemented", STRANGE },
	{ 503, "Service Unavailable",
	    N_("The program has too much to do at once. Try again in a "
	       "moment.") },
	{ 505, "HTTP Version Not Supported", STRANGE },
};

#define STATUS_COUNT (sizeof(statuses) / sizeof(statuses[0]))

const char *
status_phrase(int status)
{
	size_t i;

	for (i = 0; i < STATUS_COUNT; i++)
		if (statuses[i].status == status)
			return statuses[i].phrase;
	return "Other";
}

const char *
status_text(int status)
{
	size_t i;

	for (i = 0; i < STATUS_COUNT; i++)
		if (statuses[i].status == status)
			return statuses[i].text;
	return INSIDE;
}
