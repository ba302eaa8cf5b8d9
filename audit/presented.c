/*
 * presented.c - reading what posts were shown: presented.h.
 */
#include "audit/presented.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "ledger/gossip.h"
#include "scan/magic.h"
#include "scan/wrong_file.h"
#include "trust/authenticate.h"

#include <stdlib.h>
#include <string.h>

static const struct place nowhere = { .index = -1 };

/* --- reading -------------------------------------------------------------- */

struct reading {
	struct presented *presented;
	struct seen *seen;
	const char *name;
	const struct trust_list *list;
	const struct trust_post *post; /* of the report; NULL: unlisted */
	struct findings *findings;
};

static const struct trust_post *
post_by_origin(const struct trust_list *list, const char *origin)
{
	size_t i;

	for (i = 0; i < list->post_count; i++)
		if (strcmp(list->posts[i].report.name, origin) == 0)
			return &list->posts[i];
	return NULL;
}

/* Room for one more. */
static struct presented_row *
add_row(struct presented *p, struct errtext *err)
{
	if (p->count == PRESENTED_MAX) {
		err_set(
		    err, ERR_LIMIT, _("more letters shown than can be held"));
		return NULL;
	}
	if (!ARRAY_ROOM(p->row, p->count, p->cap)) {
		err_memory(err);
		return NULL;
	}
	return &p->row[p->count++];
}

static enum err
no_row(const struct presented *p)
{
	return p->count == PRESENTED_MAX ? ERR_LIMIT : ERR_MEMORY;
}

static enum err
add_shown(void *ctx, const struct gossip_shown *shown, struct errtext *err)
{
	struct reading *r = ctx;
	struct presented_row *row = add_row(r->presented, err);

	if (row == NULL)
		return no_row(r->presented);
	*row = (struct presented_row){ .issued_at = shown->issued_at,
		.post = r->post,
		.elsewhere = shown->elsewhere,
		.mismatch = shown->mismatch };
	memcpy(row->number, shown->number, sizeof(row->number));
	memcpy(row->digest, shown->digest, sizeof(row->digest));
	memcpy(row->key_name, shown->key_name, sizeof(row->key_name));
	memcpy(row->signature, shown->signature, sizeof(row->signature));
	return ERR_OK;
}

/* A head that is nothing spoils no other line of the report. */
static enum err
add_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct reading *r = ctx;
	struct errtext why = { 0 };
	enum err rc = seen_add_head(
	    r->seen, r->list, note, len, SEEN_POST, r->post, r->name, &why);

	if (err_is_inside(rc) || rc == ERR_LIMIT)
		return err_set(err, rc, "%s", why.text);
	if (rc != ERR_OK)
		findings_add(r->findings, FINDING_UNCHECKED, &nowhere,
		    _("%s: a signed head in it: %s"), r->name, why.text);
	return ERR_OK;
}

/* Of a file that was none of these: what it is, and what is wanted. */
static void
blame(const void *bytes, size_t len, enum err rc, struct errtext *why)
{
	const struct bytes file = { .at = (uint8_t *)(uintptr_t)bytes,
		.len = len };
	enum wrong_file looks = wrong_file_looks(&file);
	const char *is = wrong_file_is(&file);
	struct errtext before = *why;

	if (rc == ERR_OK || looks == FILE_REPORT || looks == FILE_HEAD)
		return;
	err_set(why, rc, "%s; %s", is != NULL ? is : before.text,
	    wrong_file_wanted(FILE_REPORT));
}

enum err
presented_read(struct presented *presented, struct seen *seen, const char *name,
    const void *bytes, size_t len, const struct trust_list *list,
    struct findings *findings, struct errtext *err)
{
	struct reading reading = { presented, seen, name, list, NULL,
		findings };
	struct gossip_visitor visitor = { NULL, NULL, &reading };
	struct errtext why = { 0 };
	struct gossip gossip;
	enum err rc;

	if (!gossip_is(bytes, len)) {
		rc = seen_add_head(
		    seen, list, bytes, len, SEEN_POST, NULL, name, &why);
		goto out;
	}
	/* once to learn whose it is, once to take its lines */
	rc = gossip_read(bytes, len, list, &visitor, &gossip, &why);
	if (rc != ERR_OK)
		goto out;
	if (gossip.standing == GOSSIP_REVOKED)
		findings_add(findings, FINDING_SCOPE, &nowhere,
		    _("%s shown at %s: the trust list revokes this post's "
		      "key, so its word does not count"),
		    COUNTED(LETTERS, gossip.shown), gossip.origin);
	else if (gossip.standing != GOSSIP_LISTED)
		findings_add(findings, FINDING_SCOPE, &nowhere,
		    _("%s shown at %s: the trust list does not name this "
		      "post with this key, so its word does not count"),
		    COUNTED(LETTERS, gossip.shown), gossip.origin);
	else
		reading.post = gossip.post != NULL
		    ? gossip.post
		    : post_by_origin(list, gossip.origin);
	visitor = (struct gossip_visitor){ add_shown, add_head, &reading };
	rc = gossip_read(bytes, len, list, &visitor, &gossip, &why);
out:
	if (err_is_inside(rc))
		return err_set(err, rc, "%s", why.text);
	blame(bytes, len, rc, &why);
	if (rc != ERR_OK)
		findings_add(findings, FINDING_UNCHECKED, &nowhere, "%s: %s",
		    name, why.text);
	return ERR_OK;
}

/* Nothing is decoded here: who has a page has a program that reads it. */
static enum err
check_kind(const void *bytes, size_t len, struct errtext *why)
{
	const char *kind = magic_name(magic_of(bytes, len));

	if (kind == NULL)
		return ERR_OK;
	return err_set(why, ERR_FOREIGN,
	    _("this is a %s file, and --letter takes the letter's XML file; "
	      "sello-verify check --save DIR writes it from a PDF or a "
	      "picture"),
	    kind);
}

/* Authentic, and signed with a key of its own center. */
static enum err
check_letter(const struct authentic *a, struct errtext *why)
{
	struct letter_number number;

	if (number_parse(a->letter.number, &number) &&
	    strcmp(number.center, a->center->code) == 0)
		return ERR_OK;
	return err_set(why, ERR_DATA,
	    _("signed with a key of %s, of another center than its number "
	      "names"),
	    a->center->code);
}

static enum err
read_file(const struct letter *letter, struct presented_file *out,
    struct errtext *err)
{
	text_copy(out->officer, sizeof(out->officer), letter->officer);
	text_copy(out->approver, sizeof(out->approver), letter->approver);
	text_copy(out->supersedes, sizeof(out->supersedes), letter->supersedes);
	return letter_commitment(letter, out->commitment, err);
}

enum err
presented_letter(struct presented *presented, const char *name,
    const void *bytes, size_t len, const struct trust_list *list,
    struct findings *findings, struct errtext *err)
{
	struct presented_row *row;
	struct presented_file *file;
	struct errtext why = { 0 };
	struct authentic a = { .key = NULL };
	enum err rc = check_kind(bytes, len, &why);

	if (rc == ERR_OK)
		rc = authenticate_letter(bytes, len, list, &a, &why);
	if (rc == ERR_OK)
		rc = check_letter(&a, &why);
	if (err_is_inside(rc)) {
		err_set(err, rc, "%s", why.text);
		goto out;
	}
	if (rc != ERR_OK) {
		findings_add(findings, FINDING_UNCHECKED, &nowhere, "%s: %s",
		    name, why.text);
		rc = ERR_OK;
		goto out;
	}
	if ((row = add_row(presented, err)) == NULL) {
		rc = no_row(presented);
		goto out;
	}
	file = calloc(1, sizeof(*file));
	*row = (struct presented_row){ .file = file };
	if (file == NULL) {
		rc = err_memory(err);
		goto out;
	}
	presented->files++;
	memcpy(row->number, a.letter.number, sizeof(row->number));
	memcpy(row->digest, a.digest, sizeof(row->digest));
	memcpy(row->key_name, a.key_name, sizeof(row->key_name));
	memcpy(row->signature, a.signature, sizeof(row->signature));
	clock_parse(a.letter.issued_at, &row->issued_at);
	rc = read_file(&a.letter, file, err);
out:
	letter_wipe(&a.letter);
	return rc;
}

static int
compare(const void *a, const void *b)
{
	const struct presented_row *x = a, *y = b;
	int by = strcmp(x->number, y->number);

	if (by == 0)
		by = memcmp(x->digest, y->digest, sizeof(x->digest));
	if (by != 0)
		return by;
	if (x->post == NULL || y->post == NULL) /* its own file first */
		return (x->post != NULL) - (y->post != NULL);
	return strcmp(x->post->name, y->post->name);
}

void
presented_sort(struct presented *presented)
{
	if (presented->count > 1)
		qsort(presented->row, presented->count,
		    sizeof(presented->row[0]), compare);
}

/* --- lines --------------------------------------------------------------- */

/* The first row of this letter, or where it would be. */
static size_t
letter_start(const struct presented *p, const struct log_entry *e)
{
	size_t low = 0, high = p->count, middle;

	while (low < high) {
		const struct presented_row *row;
		int by;

		middle = low + (high - low) / 2;
		row = &p->row[middle];
		by = strcmp(row->number, e->number);
		if (by == 0)
			by =
			    memcmp(row->digest, e->digest, sizeof(row->digest));
		if (by < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
compare_line(const struct presented_row *row, const struct log_entry *e)
{
	struct presented_file *file = row->file;

	if (file->line == FILE_ENTERED)
		return;
	if (memcmp(file->commitment, e->commitment, sizeof(e->commitment)) != 0)
		file->line = FILE_OF_ANOTHER_DRAFT;
	else if (row->issued_at != e->time ||
	    strcmp(file->officer, e->officer) != 0 ||
	    strcmp(file->approver, e->approver) != 0 ||
	    strcmp(file->supersedes, e->ref) != 0)
		file->line = FILE_OTHERWISE;
	else
		file->line = FILE_ENTERED;
}

void
presented_line(struct presented *p, const struct log_entry *entry)
{
	size_t i;

	if (p->files == 0 || !entry_is_letter(entry))
		return;
	/* its own files come first */
	for (i = letter_start(p, entry);
	     i < p->count && p->row[i].file != NULL &&
	     strcmp(p->row[i].number, entry->number) == 0 &&
	     memcmp(p->row[i].digest, entry->digest, sizeof(entry->digest)) ==
		 0;
	     i++)
		compare_line(&p->row[i], entry);
}

/* --- the rest ------------------------------------------------------------- */

void
presented_strangers(const struct presented *presented,
    const struct trust_list *list, struct findings *findings)
{
	struct letter_number number;
	size_t i, strangers = 0;

	for (i = 0; i < presented->count; i++)
		if (!number_parse(presented->row[i].number, &number) ||
		    trust_find_center(list, number.center) == NULL)
			strangers++;
	if (strangers > 0)
		findings_add(findings, FINDING_UNCHECKED, &nowhere,
		    _("%s shown, of centers that the trust list does not "
		      "name"),
		    COUNTED(LETTERS, strangers));
}

void
presented_clear(struct presented *presented)
{
	size_t i;

	for (i = 0; i < presented->count; i++)
		free(presented->row[i].file);
	free(presented->row);
	*presented = (struct presented){ 0 };
}
