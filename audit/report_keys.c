/*
 * report_keys.c - the keys of the persons, and what each signed:
 * report_parts.h.
 */
#include "audit/report_parts.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <inttypes.h>

static void
cell_time(const struct report *r, int64_t time)
{
	char text[CLOCK_INSTANT_SIZE] = "";

	if (time != 0)
		clock_format(time, text);
	html_elementf(
	    r->out, "td", "%.10s %.5s", text, text[0] != '\0' ? text + 11 : "");
}

static void
write_key(const struct report *r, const struct audit_center *center,
    const struct persons_key *key)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	person_fingerprint(key->is.key, fingerprint);
	bytes_add_text(r->out, "<tr>");
	html_element(r->out, "th scope=\"row\"", key->is.code);
	html_element(r->out, "td", person_role_title(key->is.role));
	html_elementf(r->out, "td class=\"n\"", "%u/%" PRIu64, key->generation,
	    key->from);
	cell_time(r, key->since);
	cell_time(r, key->last);
	html_elementf(r->out, "td class=\"n\"", "%" PRIu64, key->lines);
	html_element(r->out, "td",
	    persons_read_aloud(key, center->center) ? _("yes") : _("no"));
	html_element(r->out, "td", key->over ? _("no more") : _("in use"));
	html_element(r->out, "td class=\"key\"", fingerprint);
	bytes_add_text(r->out, "</tr>\n");
}

static void
write_keys(const struct report *r, const struct audit_center *center)
{
	const struct {
		const char *text;
		bool number;
	} names[] = { { _("person"), false }, { _("role"), false },
		{ _("from log/line"), true }, { _("since (UTC)"), false },
		{ _("signed last (UTC)"), false }, { _("lines signed"), true },
		{ _("heard by the root"), false }, { _("key"), false },
		{ _("fingerprint"), false } };
	size_t i;

	bytes_add_text(r->out, "<table>\n");
	html_elementf(r->out, "caption", _("%s: the keys of its persons"),
	    center->center->code);
	bytes_add_text(r->out, "<thead><tr>");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		html_element(r->out,
		    names[i].number ? "th scope=\"col\" class=\"n\""
				    : "th scope=\"col\"",
		    names[i].text);
	bytes_add_text(r->out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < center->persons.count; i++)
		write_key(r, center, &center->persons.key[i]);
	bytes_add_text(r->out, "</tbody></table>\n");
}

void
report_keys(const struct report *r)
{
	size_t c;

	html_element(r->out, "h2", _("Whose key signed what"));
	html_element(r->out, "p",
	    _("Every line carries the signatures of the persons named in it, "
	      "by the key that each had at that line. Times are UTC."));
	for (c = 0; c < r->audit->center_count; c++)
		if (r->audit->centers[c].persons.count > 0)
			write_keys(r, &r->audit->centers[c]);
}
