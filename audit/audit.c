/*
 * audit.c - the order of an audit: audit.h.
 */
#include "audit/audit.h"

#include "audit/center.h"
#include "audit/state.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "log/note.h"
#include "scan/scan.h"

#include <stdlib.h>
#include <string.h>

static const struct place nowhere = { .index = -1 };

static enum err
read_root(const char *path, X509 **out, struct errtext *err)
{
	struct root_info info;
	enum err rc = cert_load(path, out, err);

	if (rc == ERR_OK && (rc = cert_read_root(*out, &info, err)) != ERR_OK)
		err_prefix(err, "%s", path);
	return rc;
}

static enum err
read_calendar(struct audit *a, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc;

	if (a->options->calendar == NULL)
		return ERR_OK;
	rc = file_read(a->options->calendar, CALENDAR_MAX, &text, err);
	if (rc == ERR_OK &&
	    (rc = calendar_parse(text.at, text.len, &a->calendar, err)) !=
		ERR_OK)
		err_prefix(err, "%s", a->options->calendar);
	bytes_free(&text);
	return rc;
}

static enum err
read_presentations(struct audit *a, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; rc == ERR_OK && i < a->options->presentation_count; i++) {
		const char *path = a->options->presentations[i];
		struct errtext why = { 0 };
		struct bytes file = { 0 };

		rc = file_read(path, NOTE_MAX, &file, &why);
		if (rc == ERR_OK)
			rc = presented_read(&a->presented, &a->seen, path,
			    file.at, file.len, a->list, &a->findings, err);
		else if (!err_is_inside(rc)) {
			findings_add(&a->findings, FINDING_UNCHECKED, &nowhere,
			    "%s", why.text);
			rc = ERR_OK;
		}
		bytes_free(&file);
	}
	return rc;
}

static enum err
read_letters(struct audit *a, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; rc == ERR_OK && i < a->options->letter_count; i++) {
		const char *path = a->options->letters[i];
		struct errtext why = { 0 };
		struct bytes file = { 0 };

		/* larger than a letter, so that it can be said what it is */
		rc = file_read(path, SCAN_FILE_MAX, &file, &why);
		if (rc == ERR_OK)
			rc = presented_letter(&a->presented, path, file.at,
			    file.len, a->list, &a->findings, err);
		else if (!err_is_inside(rc)) {
			findings_add(&a->findings, FINDING_UNCHECKED, &nowhere,
			    "%s", why.text);
			rc = ERR_OK;
		}
		bytes_wipe(&file);
	}
	return rc;
}

static bool
is_wanted(const struct audit_options *o, const char *code)
{
	size_t i;

	for (i = 0; i < o->center_count; i++)
		if (strcmp(o->centers[i], code) == 0)
			return true;
	return o->center_count == 0;
}

/* A center of --center that is in no list must not pass in silence. */
static void
look_for_wanted(struct audit *a)
{
	size_t i;

	for (i = 0; i < a->options->center_count; i++)
		if (trust_find_center(a->list, a->options->centers[i]) == NULL)
			findings_add(&a->findings, FINDING_UNCHECKED, &nowhere,
			    _("%s: the trust list names no such center"),
			    a->options->centers[i]);
}

/* What no log at hand can answer. */
static void
say_scope(struct audit *a)
{
	if (a->options->calendar == NULL)
		findings_add(&a->findings, FINDING_SCOPE, &nowhere,
		    _("opening hours and holidays: no calendar was given"));
	if (a->options->presentation_count == 0)
		findings_add(&a->findings, FINDING_SCOPE, &nowhere,
		    _("letters shown at posts: no files of posts were given"));
	if (a->options->state == NULL)
		findings_add(&a->findings, FINDING_SCOPE, &nowhere,
		    _("continuity with an earlier audit: no folder for the "
		      "state was given"));
	findings_add(&a->findings, FINDING_SCOPE, &nowhere,
	    _("whether the persons exist and the papers are true: pull the "
	      "sample against the paper files"));
}

static enum err
audit_centers(
    struct audit *a, const struct sources *sources, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	a->centers = calloc(a->list->center_count + 1, sizeof(*a->centers));
	if (a->centers == NULL)
		return err_memory(err);
	for (i = 0; rc == ERR_OK && i < a->list->center_count; i++) {
		const struct trust_center *center = &a->list->centers[i];
		struct place place = { .center = center->code, .index = -1 };

		if (is_wanted(a->options, center->code))
			rc = center_audit(a, center, sources,
			    &a->centers[a->center_count++], err);
		else
			findings_add(&a->findings, FINDING_SCOPE, &place,
			    _("this center was left out"));
	}
	return rc;
}

static enum err
run(struct audit *a, const struct sources *sources, struct errtext *err)
{
	struct errtext why = { 0 };
	enum err rc;

	sources_check(sources, &a->findings);
	rc = sources_list(sources, a->options->now, &a->list, &a->list_xml,
	    &a->findings, &why);
	if (rc == ERR_NOT_FOUND) {
		findings_add(
		    &a->findings, FINDING_UNCHECKED, &nowhere, "%s", why.text);
		return ERR_OK;
	}
	if (rc != ERR_OK)
		return err_set(err, rc, "%s", why.text);
	sources_strangers(sources, a->list, &a->findings);
	look_for_wanted(a);
	if ((rc = seen_add_list(&a->seen, a->list, err)) != ERR_OK ||
	    (rc = state_read(a, err)) != ERR_OK ||
	    (rc = read_presentations(a, err)) != ERR_OK ||
	    (rc = read_letters(a, err)) != ERR_OK)
		return rc;
	presented_sort(&a->presented);
	if ((rc = audit_centers(a, sources, err)) != ERR_OK)
		return rc;
	seen_spoilt(&a->seen, &a->findings);
	presented_strangers(&a->presented, a->list, &a->findings);
	say_scope(a);
	return ERR_OK;
}

/* What everything rests on. */
static enum err
begin(struct audit *a, struct errtext *err)
{
	enum err rc = read_root(a->options->root, &a->root, err);

	return rc == ERR_OK ? read_calendar(a, err) : rc;
}

enum err
audit_ready(const struct audit_options *options, struct errtext *err)
{
	struct audit a = { .options = options };
	enum err rc = begin(&a, err);

	audit_clear(&a);
	return rc;
}

enum err
audit_run(
    const struct audit_options *options, struct audit *out, struct errtext *err)
{
	struct audit a = { .options = options };
	struct sources sources = { .path = options->sources,
		.count = options->source_count,
		.state = options->state };
	enum err rc;

	if ((rc = begin(&a, err)) != ERR_OK)
		goto out;
	sources.root = a.root;
	if (!sample_init(&a.sample, options->seed, options->sample)) {
		rc = err_memory(err);
		goto out;
	}
	if ((rc = run(&a, &sources, err)) != ERR_OK)
		goto out;
	sample_finish(&a.sample);
	findings_finish(&a.findings);
	/* what was found for want of memory is no finding: base/memory.h */
	if (a.findings.failed || memory_ran_out()) {
		rc = err_memory(err);
		goto out;
	}
	*out = a;
	a = (struct audit){ .options = NULL };
out:
	audit_clear(&a);
	return rc;
}

void
audit_clear(struct audit *audit)
{
	size_t i;

	for (i = 0; i < audit->center_count; i++)
		center_clear(&audit->centers[i]);
	free(audit->centers);
	trust_free(&audit->list);
	X509_free(audit->root);
	bytes_free(&audit->list_xml);
	calendar_clear(&audit->calendar);
	findings_clear(&audit->findings);
	seen_clear(&audit->seen);
	presented_clear(&audit->presented);
	sample_free(&audit->sample);
	*audit = (struct audit){ .options = NULL };
}
