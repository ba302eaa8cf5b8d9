/*
 * sources.c - finding lists and logs in folders: sources.h.
 */
#include "audit/sources.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "log/folder.h"
#include "log/read.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct place nowhere = { .index = -1 };

/* --- trust lists ---------------------------------------------------------- */

struct candidate {
	struct trust_list *list;
	struct bytes xml;
	const char *from;
};

static void
candidate_clear(struct candidate *c)
{
	trust_free(&c->list);
	bytes_free(&c->xml);
}

/* ERR_NOT_FOUND: there is none in this folder. */
static enum err
read_list(
    const char *dir, X509 *root, struct candidate *out, struct errtext *err)
{
	enum err rc;

	*out = (struct candidate){ .from = dir };
	/* on a strange stick it may be a pipe, which would hang */
	rc = folder_fetch(
	    (void *)(uintptr_t)dir, "trust.xml", TRUST_XML_MAX, &out->xml, err);
	if (rc == ERR_OK)
		rc = trust_read(
		    out->xml.at, out->xml.len, root, &out->list, err);
	if (rc != ERR_OK)
		candidate_clear(out);
	return rc;
}

/* Of every list that was read: what the root signed under which number. */
struct signed_lists {
	struct {
		uint64_t sequence;
		uint8_t digest[32];
		const char *from;
	} at[SOURCES_MAX + 1]; /* of the state, too */
	size_t count;
};

/* Two of one number are a proof, however many newer ones there are, and in
 * whatever order they come. */
static void
compare_lists(struct signed_lists *known, const struct candidate *next,
    struct findings *findings)
{
	const struct trust_list *list = next->list;
	const char *other = NULL;
	size_t i;

	for (i = 0; i < known->count; i++) {
		if (known->at[i].sequence != list->sequence)
			continue;
		if (memcmp(known->at[i].digest, list->signed_digest,
			sizeof(known->at[i].digest)) == 0)
			return; /* what there is to say of it was said */
		if (other == NULL)
			other = known->at[i].from;
	}
	if (other != NULL)
		findings_add(findings, FINDING_LIST_FORK, &nowhere,
		    _("list %llu in %s is not the one in %s"),
		    (unsigned long long)list->sequence, next->from, other);
	if (known->count == sizeof(known->at) / sizeof(known->at[0]))
		return;
	known->at[known->count].sequence = list->sequence;
	known->at[known->count].from = next->from;
	memcpy(known->at[known->count++].digest, list->signed_digest,
	    sizeof(list->signed_digest));
}

/* The newer of two stays in best. */
static void
keep_newest(struct signed_lists *known, struct candidate *best,
    struct candidate *next, struct findings *findings)
{
	struct candidate hold;

	compare_lists(known, next, findings);
	if (best->list != NULL &&
	    best->list->sequence >= next->list->sequence) {
		candidate_clear(next);
		return;
	}
	hold = *best;
	*best = *next;
	candidate_clear(&hold);
}

/* What the state knew already must not be newer than all that is given. */
static enum err
read_state(const struct sources *sources, struct signed_lists *lists,
    struct candidate *best, struct findings *findings, struct errtext *err)
{
	struct candidate known;
	struct errtext why = { 0 };
	enum err rc;

	if (sources->state == NULL)
		return ERR_OK;
	rc = read_list(sources->state, sources->root, &known, &why);
	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	if (err_is_inside(rc))
		return err_set(err, rc, "%s", why.text);
	if (rc != ERR_OK) {
		findings_add(findings, FINDING_UNCHECKED, &nowhere, "%s: %s",
		    sources->state, why.text);
		return ERR_OK;
	}
	if (best->list != NULL && known.list->sequence > best->list->sequence)
		findings_add(findings, FINDING_LIST_BEHIND, &nowhere,
		    _("list %llu; an earlier audit had list %llu"),
		    (unsigned long long)best->list->sequence,
		    (unsigned long long)known.list->sequence);
	keep_newest(lists, best, &known, findings);
	return ERR_OK;
}

static void
judge_age(const struct candidate *best, int64_t now, struct findings *findings)
{
	char date[CLOCK_INSTANT_SIZE] = "";

	clock_format(best->list->next_update, date);
	if (now > best->list->next_update)
		findings_add(findings, FINDING_LIST_OLD, &nowhere,
		    _("list %llu: a newer one was due on %.10s"),
		    (unsigned long long)best->list->sequence, date);
}

enum err
sources_list(const struct sources *sources, int64_t now,
    struct trust_list **out, struct bytes *xml, struct findings *findings,
    struct errtext *err)
{
	struct candidate best = { 0 }, next;
	struct signed_lists lists = { .count = 0 };
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < sources->count; i++) {
		struct errtext why = { 0 };

		if (!file_is_dir(sources->path[i]))
			continue;
		rc = read_list(sources->path[i], sources->root, &next, &why);
		if (err_is_inside(rc)) {
			err_set(err, rc, "%s", why.text);
			goto out;
		}
		if (rc == ERR_OK)
			keep_newest(&lists, &best, &next, findings);
		else if (rc != ERR_NOT_FOUND) /* a center's folder has none */
			findings_add(findings, FINDING_UNCHECKED, &nowhere,
			    _("%s: no trust list of this root: %s"),
			    sources->path[i], why.text);
	}
	if ((rc = read_state(sources, &lists, &best, findings, err)) != ERR_OK)
		goto out;
	if (best.list == NULL) {
		rc = err_set(err, ERR_NOT_FOUND,
		    _("no trust list that this root signed"));
		goto out;
	}
	judge_age(&best, now, findings);
	*out = best.list;
	*xml = best.xml;
	best = (struct candidate){ 0 };
out:
	candidate_clear(&best);
	return rc;
}

/* --- copies of a log ------------------------------------------------------ */

static void
copy_clear(struct copy *copy)
{
	free(copy->dir);
	bytes_free(&copy->note);
	*copy = (struct copy){ 0 };
}

static enum err
open_copy(struct copy *copy, const struct trust_log *log,
    const struct trust_list *list, struct seen *seen, struct errtext *err)
{
	const struct log_source source = { folder_fetch, copy->dir };
	struct note parsed;
	enum err rc;

	rc = log_read_head(
	    &source, &log->log, &copy->note, &copy->head, &parsed, err);
	if (rc != ERR_OK)
		return rc;
	(void)checkpoint_cosigned(&parsed, &log->cosigner, &copy->time, NULL);
	return seen_add_head(seen, list, copy->note.at, copy->note.len,
	    SEEN_COPY, NULL, copy->dir, err);
}

static enum err
add_copy(struct copies *copies, struct copy *copy, struct errtext *err)
{
	if (!ARRAY_ROOM(copies->at, copies->count, copies->cap))
		return err_memory(err);
	copies->at[copies->count++] = *copy;
	*copy = (struct copy){ 0 };
	return ERR_OK;
}

static int
longer_first(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;

	if (x->head.size != y->head.size)
		return x->head.size > y->head.size ? -1 : 1;
	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return strcmp(x->dir, y->dir);
}

static enum err
try_copy(const char *path, const struct trust_center *center,
    const struct trust_log *log, const struct trust_list *list,
    struct seen *seen, struct findings *findings, struct copies *out,
    struct errtext *err)
{
	const struct place place = { .center = center->code,
		.generation = log->generation,
		.index = -1 };
	struct copy copy = { .dir = folder_of_log(
				 path, center->code, log->generation) };
	struct errtext why = { 0 };
	enum err rc = ERR_OK;

	if (copy.dir == NULL)
		return err_memory(err);
	if (!file_is_dir(copy.dir))
		goto out; /* this source is another center's */
	rc = open_copy(&copy, log, list, seen, &why);
	if (rc == ERR_OK)
		rc = add_copy(out, &copy, &why);
	if (err_is_inside(rc)) {
		err_set(err, rc, "%s", why.text);
	} else if (rc != ERR_OK) {
		findings_add(findings, FINDING_UNCHECKED, &place,
		    _("%s: its signed head: %s"), copy.dir, why.text);
		rc = ERR_OK;
	}
out:
	copy_clear(&copy);
	return rc;
}

enum err
copies_find(const struct sources *sources, const struct trust_center *center,
    const struct trust_log *log, const struct trust_list *list,
    struct seen *seen, struct findings *findings, struct copies *out,
    struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; rc == ERR_OK && i < sources->count; i++)
		rc = try_copy(sources->path[i], center, log, list, seen,
		    findings, out, err);
	if (rc != ERR_OK)
		copies_clear(out);
	else if (out->count > 1)
		qsort(out->at, out->count, sizeof(out->at[0]), longer_first);
	return rc;
}

void
copies_clear(struct copies *copies)
{
	size_t i;

	for (i = 0; i < copies->count; i++)
		copy_clear(&copies->at[i]);
	free(copies->at);
	*copies = (struct copies){ 0 };
}

/* --- what nobody asked about ---------------------------------------------- */

static bool
is_listed(const struct trust_list *list, const char *center, const char *name)
{
	const struct trust_center *c = trust_find_center(list, center);
	char text[16];
	size_t i;

	for (i = 0; c != NULL && i < c->log_count; i++) {
		snprintf(text, sizeof(text), "%u", c->logs[i].generation);
		if (strcmp(text, name) == 0)
			return true;
	}
	return false;
}

struct search {
	const struct trust_list *list;
	struct findings *findings;
	const char *dir; /* PUB/log */
	const char *center;
	unsigned left; /* names in this folder that are still looked at */
};

/* Names on a stranger's stick may hold what a terminal obeys. */
static void
harmless(const char *name, char out[32])
{
	size_t i;

	for (i = 0; i < 31 && name[i] != '\0'; i++)
		out[i] = isalnum((unsigned char)name[i]) ||
			strchr("._-", name[i]) != NULL
		    ? name[i]
		    : '?';
	out[i] = '\0';
}

static bool
look_at_log(void *ctx, const char *name)
{
	struct search *s = ctx;
	char center[32], log[32];

	if (s->left-- == 0)
		return false;
	if (is_listed(s->list, s->center, name))
		return true;
	harmless(s->center, center);
	harmless(name, log);
	findings_add(s->findings, FINDING_UNCHECKED, &nowhere,
	    _("%s/%s/%s: the trust list names no such log"), s->dir, center,
	    log);
	return true;
}

static bool
look_at_center(void *ctx, const char *name)
{
	struct search *all = ctx, s = *all;
	char *dir = file_join(s.dir, name), center[32];

	if (all->left-- == 0) {
		free(dir);
		return false;
	}
	s.center = name;
	s.left = FOLDERS_MAX;
	harmless(name, center);
	if (dir == NULL)
		s.findings->failed = true;
	else if (folder_names(dir, look_at_log, &s, NULL) == ERR_IO)
		findings_add(s.findings, FINDING_UNCHECKED, &nowhere,
		    _("%s/%s: this folder cannot be read; whether it holds "
		      "logs that nobody named is not known"),
		    s.dir, center);
	free(dir);
	return true;
}

void
sources_strangers(const struct sources *sources, const struct trust_list *list,
    struct findings *findings)
{
	size_t i;

	for (i = 0; i < sources->count; i++) {
		char *dir = file_join(sources->path[i], "log");
		struct search s = { list, findings, dir, NULL, FOLDERS_MAX };
		struct errtext why = { 0 };

		if (dir == NULL)
			findings->failed = true;
		else if (folder_names(dir, look_at_center, &s, &why) == ERR_IO)
			findings_add(findings, FINDING_UNCHECKED, &nowhere,
			    "%s", why.text);
		free(dir);
	}
}

void
sources_check(const struct sources *sources, struct findings *findings)
{
	size_t i;

	for (i = 0; i < sources->count; i++) {
		const char *path = sources->path[i];
		char *log = file_join(path, "log");
		char *trust = file_join(path, "trust.xml");

		if (log == NULL || trust == NULL)
			findings->failed = true;
		else if (!file_is_dir(path))
			findings_add(findings, FINDING_UNCHECKED, &nowhere,
			    file_exists(path) ? _("%s: not a folder")
					      : _("%s: not there"),
			    path);
		else if (!file_is_dir(log) && !file_exists(trust))
			findings_add(findings, FINDING_UNCHECKED, &nowhere,
			    _("%s: not a publication: neither trust.xml nor a "
			      "folder log is in it"),
			    path);
		free(log);
		free(trust);
	}
}
