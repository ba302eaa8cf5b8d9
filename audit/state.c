/*
 * state.c - keeping signed heads from one audit to the next: state.h.
 */
#include "audit/state.h"

#include "base/file.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "STATE/GTGUA01-1.checkpoint", malloc'ed; NULL without memory. */
static char *
head_path(const char *state, const char *center, unsigned generation)
{
	char *path;

	if (asprintf(&path, "%s/%s-%u.checkpoint", state, center, generation) <
	    0)
		return NULL;
	return path;
}

/* A head of another log under this name would hide that this one's is gone. */
static enum err
add_kept(struct audit *a, const struct bytes *note,
    const struct trust_center *center, unsigned generation, struct errtext *err)
{
	const struct seen_head *kept;
	enum err rc;

	rc = seen_add_head(&a->seen, a->list, note->at, note->len, SEEN_KEPT,
	    NULL, _("the audit before this one"), err);
	if (rc != ERR_OK)
		return rc;
	kept = &a->seen.at[a->seen.count - 1];
	if (strcmp(kept->center, center->code) != 0 ||
	    kept->generation != generation)
		return err_set(err, ERR_DATA, _("the head of another log"));
	return ERR_OK;
}

static enum err
read_one(struct audit *a, const struct trust_center *center,
    unsigned generation, struct errtext *err)
{
	const struct place place = {
		.center = center->code, .generation = generation, .index = -1
	};
	char *path = head_path(a->options->state, center->code, generation);
	struct errtext why = { 0 };
	struct bytes note = { 0 };
	enum err rc = ERR_MEMORY;

	if (path != NULL)
		rc = file_read_regular(path, CHECKPOINT_MAX, &note, &why);
	if (rc == ERR_OK)
		rc = add_kept(a, &note, center, generation, &why);
	if (err_is_inside(rc))
		err_set(err, rc, _("out of memory"));
	else if (rc != ERR_OK && rc != ERR_NOT_FOUND)
		findings_add(&a->findings, FINDING_UNCHECKED, &place,
		    _("%s: %s"), path, why.text);
	free(path);
	bytes_free(&note);
	return err_is_inside(rc) ? rc : ERR_OK;
}

enum err
state_read(struct audit *audit, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t c, l;

	if (audit->options->state == NULL)
		return ERR_OK;
	for (c = 0; rc == ERR_OK && c < audit->list->center_count; c++)
		for (l = 0;
		     rc == ERR_OK && l < audit->list->centers[c].log_count; l++)
			rc = read_one(audit, &audit->list->centers[c],
			    audit->list->centers[c].logs[l].generation, err);
	return rc;
}

/* --- after the audit ------------------------------------------------------ */

/* Is something proven against this center, or its state not readable? Then
 * the old head stays: it is the evidence. */
static bool
is_accused(const struct audit *a, const char *center)
{
	size_t i;

	for (i = 0; i < a->findings.count; i++) {
		const struct finding *f = &a->findings.at[i];

		if (strcmp(f->center, center) == 0 &&
		    (finding_table[f->code].severity == SEVERITY_PROOF ||
			f->code == FINDING_UNCHECKED ||
			f->code == FINDING_BEHIND))
			return true;
	}
	return false;
}

static enum err
keep_log(const struct audit *a, const struct audit_center *center,
    const struct audit_log *log, struct errtext *err)
{
	char *path =
	    head_path(a->options->state, center->center->code, log->generation);
	enum err rc = ERR_MEMORY;

	if (path != NULL)
		rc = file_write(path, 0644, log->note.at, log->note.len, err);
	free(path);
	return rc;
}

static enum err
keep_list(const struct audit *a, struct errtext *err)
{
	char *path = file_join(a->options->state, "trust.xml");
	enum err rc = ERR_MEMORY;

	if (path != NULL)
		rc = file_write(
		    path, 0644, a->list_xml.at, a->list_xml.len, err);
	free(path);
	return rc;
}

enum err
audit_keep(const struct audit *audit, struct errtext *err)
{
	enum err rc;
	size_t c, l;

	if (audit->options->state == NULL || audit->list == NULL)
		return ERR_OK;
	if ((rc = file_parent_there(audit->options->state, err)) == ERR_OK)
		rc = file_mkdir(audit->options->state, 0755, err);
	/* two lists of one sequence: the one that was there stays */
	if (rc == ERR_OK &&
	    findings_of_code(&audit->findings, FINDING_LIST_FORK) == 0)
		rc = keep_list(audit, err);
	for (c = 0; rc == ERR_OK && c < audit->center_count; c++) {
		const struct audit_center *center = &audit->centers[c];

		if (is_accused(audit, center->center->code))
			continue;
		for (l = 0; rc == ERR_OK && l < center->log_count; l++)
			if (center->logs[l].whole)
				rc = keep_log(
				    audit, center, &center->logs[l], err);
	}
	return rc;
}
