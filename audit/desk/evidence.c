/*
 * evidence.c - evidence.h.
 */
#include "audit/desk/evidence.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "log/folder.h"
#include "log/read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct audit_log *
find_log(const struct audit *audit, const char *center, unsigned generation)
{
	size_t c, l;

	for (c = 0; c < audit->center_count; c++) {
		const struct audit_center *at = &audit->centers[c];

		if (strcmp(at->center->code, center) != 0)
			continue;
		for (l = 0; l < at->log_count; l++)
			if (at->logs[l].generation == generation &&
			    at->logs[l].dir != NULL)
				return &at->logs[l];
	}
	return NULL;
}

/* --- of a finding --------------------------------------------------------- */

static void
add_term(struct bytes *out, const char *term, const char *text)
{
	html_element(out, "dt", term);
	bytes_add_text(out, "<dd>");
	html_stranger(out, text);
	bytes_add_text(out, "</dd>\n");
}

static void
add_place(struct bytes *out, const struct finding *f)
{
	char text[32];

	if (f->center[0] != '\0')
		add_term(out, _("Center"), f->center);
	if (f->generation != 0) {
		snprintf(text, sizeof(text), "%u", f->generation);
		add_term(out, _("log"), text);
	}
	if (f->index >= 0) {
		snprintf(text, sizeof(text), "%lld", (long long)f->index);
		add_term(out, _("line"), text);
	}
	if (f->number[0] != '\0')
		add_term(out, _("letter"), f->number);
}

/* The copy that was read; the page asks for the line when it is opened. */
static void
add_log(struct bytes *out, const struct audit_log *log, const struct finding *f)
{
	char as_of[CLOCK_INSTANT_SIZE] = "-";

	if (log->as_of != 0)
		clock_utc(log->as_of, as_of);
	add_term(out, _("folder"), log->dir);
	add_term(out, _("as of"), as_of);
	html_element(out, "dt", _("signed head"));
	bytes_addf(
	    out, "<dd><a href=\"#log-%s-%u\">", f->center, f->generation);
	html_text(out, _("Logs that were read"));
	bytes_add_text(out, "</a></dd>\n");
	if (f->index < 0 || (uint64_t)f->index >= log->size)
		return;
	html_element(out, "dt", _("as it stands in the log"));
	bytes_add_text(out, "<dd><code class=\"line\" aria-live=\"polite\"");
	html_attribute(out, "data-center", f->center);
	bytes_addf(out, " data-log=\"%u\" data-line=\"%lld\"></code></dd>\n",
	    f->generation, (long long)f->index);
}

void
evidence_add(
    struct bytes *out, const struct audit *audit, const struct finding *f)
{
	const struct audit_log *log = find_log(audit, f->center, f->generation);

	bytes_add_text(out, "<dl class=\"evidence\">\n");
	add_place(out, f);
	if (log != NULL)
		add_log(out, log, f);
	if (f->center[0] == '\0' && f->number[0] == '\0')
		add_term(out, _("place"), _("in general"));
	bytes_add_text(out, "</dl>\n");
}

/* --- a line --------------------------------------------------------------- */

/* The folder may be another one by now: what is shown was proven again. */
enum err
evidence_line(struct bytes *out, const struct audit *audit, const char *center,
    unsigned generation, uint64_t index, struct errtext *err)
{
	const struct audit_log *log = find_log(audit, center, generation);
	struct log_source source = { folder_fetch, NULL };
	struct bytes line = { 0 };
	enum err rc;

	if (log == NULL || index >= log->size)
		return err_set(
		    err, ERR_NOT_FOUND, "%s", _("no such line was read"));
	source.ctx = log->dir;
	rc = log_read_line(&source, &log->head, index, &line, err);
	if (rc != ERR_OK)
		err_prefix(err, "%s", log->dir);
	else /* who wrote it with another program may have written anything */
		utf8_print_safe((const char *)line.at, line.len, out);
	bytes_free(&line);
	return rc;
}

/* --- what was read -------------------------------------------------------- */

static void
add_head(struct bytes *out, const struct audit_log *log)
{
	struct reader r = { log->note.at, log->note.len }, line;

	bytes_add_text(out, "<details><summary>");
	html_text(out, _("signed head"));
	bytes_add_text(out, "</summary><pre tabindex=\"0\"><code>");
	/* a line feed among them would be "?" */
	while (reader_until(&r, '\n', &line)) {
		struct bytes text = { 0 };

		reader_skip_text(&r, "\n");
		bytes_add(&text, line.at, line.left);
		bytes_add_byte(&text, '\0');
		out->failed |= text.failed;
		html_text(out, text.failed ? "" : (const char *)text.at);
		bytes_add_text(out, "\n");
		bytes_free(&text);
	}
	bytes_add_text(out, "</code></pre></details>");
}

static void
add_log_row(struct bytes *out, const struct audit_center *center,
    const struct audit_log *log)
{
	char as_of[CLOCK_INSTANT_SIZE] = "-";

	if (log->as_of != 0)
		clock_utc(log->as_of, as_of);
	bytes_addf(out, "<tr id=\"log-%s-%u\" tabindex=\"-1\">",
	    center->center->code, log->generation);
	html_elementf(out, "th scope=\"row\"", "%s/%u", center->center->code,
	    log->generation);
	html_elementf(out, "td class=\"n\"", "%" PRIu64 "/%" PRIu64, log->read,
	    log->size);
	html_element(out, "td", as_of);
	html_element(out, "td", log->whole ? _("whole") : _("not whole"));
	bytes_add_text(out, "<td>");
	html_stranger(out, log->dir != NULL ? log->dir : "-");
	if (log->dir != NULL)
		add_head(out, log);
	bytes_add_text(out, "</td></tr>\n");
}

void
evidence_add_logs(struct bytes *out, const struct audit *audit)
{
	size_t c, l;

	bytes_add_text(out, "<table>\n");
	html_element(out, "caption", _("Logs that were read"));
	bytes_add_text(out, "<thead><tr>");
	html_element(out, "th scope=\"col\"", _("log"));
	html_element(out, "th scope=\"col\" class=\"n\"", _("lines"));
	html_element(out, "th scope=\"col\"", _("as of"));
	html_element(out, "th scope=\"col\"", _("read"));
	html_element(out, "th scope=\"col\"", _("folder"));
	bytes_add_text(out, "</tr></thead>\n<tbody>\n");
	for (c = 0; c < audit->center_count; c++)
		for (l = 0; l < audit->centers[c].log_count; l++)
			add_log_row(out, &audit->centers[c],
			    &audit->centers[c].logs[l]);
	bytes_add_text(out, "</tbody></table>\n");
}

static void
add_paths(
    struct bytes *out, const char *what, const char *const *path, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (path[i] != NULL)
			add_term(out, what, path[i]);
}

/* In the words of the options. A letter's file may have a name in its own. */
void
evidence_add_given(struct bytes *out, const struct audit *audit)
{
	const struct audit_options *o = audit->options;
	char count[32];

	bytes_add_text(out, "<dl class=\"evidence\">\n");
	add_paths(out, _("the program's root certificate"), &o->root, 1);
	add_paths(out, _("folder"), o->sources, o->source_count);
	add_paths(out, _("a post's export, or a signed head"), o->presentations,
	    o->presentation_count);
	add_paths(out, _("what earlier audits accepted; kept up to date"),
	    &o->state, 1);
	add_paths(out, _("opening hours and holidays of the centers"),
	    &o->calendar, 1);
	add_paths(out, _("only this center"), o->centers, o->center_count);
	if (o->letter_count > 0) {
		snprintf(count, sizeof(count), "%zu", o->letter_count);
		add_term(out, _("a letter's signed XML file, to be looked for"),
		    count);
	}
	bytes_add_text(out, "</dl>\n");
}
