/*
 * unlogged.c - unlogged.h.
 */
#include "verify/post/unlogged.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "ledger/gossip.h"
#include "ledger/shown.h"
#include "log/folder.h"
#include "log/note.h"
#include "verify/post/copy_log.h"
#include "verify/post/post_keys.h"
#include "verify/post/recheck.h"
#include "verify/post/shown_mend.h"

#include <stdlib.h>
#include <string.h>

#define LETTER_PREFIX "letter-"
#define DEED_PREFIX   "deed-"
#define SUFFIX        ".report"

bool
unlogged_is_settled(const struct post *post, const struct presentation *p)
{
	const struct trust_center *center;
	const struct trust_key *key = post->list != NULL
	    ? trust_find_key(post->list, p->key_name, &center)
	    : NULL;

	return key != NULL && key->status == KEY_REVOKED &&
	    (key->since == TRUST_WHOLE_LIFE || key->since <= p->issued_at);
}

static bool
is_proven(const struct post *post, const struct presentation *p)
{
	return shown_verify(post->list, p->number, p->digest, p->key_name,
		   p->signature) == ERR_OK;
}

static bool
is_same(const struct presentation *a, const struct presentation *b)
{
	return strcmp(a->number, b->number) == 0 &&
	    memcmp(a->digest, b->digest, sizeof(a->digest)) == 0;
}

/* --- one file ------------------------------------------------------------ */

static void
name_of(const struct presentation *p, bool deed, struct bytes *name)
{
	bytes_addf(
	    name, "%s%s-", deed ? DEED_PREFIX : LETTER_PREFIX, p->number);
	hex_encode(p->digest, 8, name);
	bytes_add_text(name, SUFFIX);
}

/* The letter that a file proves; ERR_DATA: it proves none; else why that could
 * not be seen. */
static enum err
read_file(const struct post *post, const char *folder, const char *name,
    struct presentation *out, struct errtext *err)
{
	struct gossip_shown seen;
	struct bytes file = { 0 };
	enum err rc =
	    folder_fetch((void *)(uintptr_t)folder, name, NOTE_MAX, &file, err);

	if (rc == ERR_LIMIT ||
	    (rc == ERR_OK && !gossip_first_shown(file.at, file.len, &seen)))
		rc = err_set(err, ERR_DATA, "%s", name);
	bytes_free(&file);
	if (rc != ERR_OK)
		return rc;
	*out = (struct presentation){ .issued_at = seen.issued_at,
		.time = seen.day * CLOCK_DAY,
		.elsewhere = seen.elsewhere };
	memcpy(out->number, seen.number, sizeof(out->number));
	memcpy(out->digest, seen.digest, sizeof(out->digest));
	memcpy(out->key_name, seen.key_name, sizeof(out->key_name));
	memcpy(out->signature, seen.signature, sizeof(out->signature));
	return is_proven(post, out) ? ERR_OK
				    : err_set(err, ERR_DATA, "%s", name);
}

/* Of the letter's own center: what the log said when it was looked for. */
static void
add_heads(struct post *post, const char *number, struct bytes *text)
{
	struct letter_number parts;
	size_t i;

	if (!number_parse(number, &parts))
		return;
	for (i = 0; i < post->logs.count; i++) {
		struct bytes note = { 0 };

		if (strcmp(post->logs.log[i].center, parts.center) == 0 &&
		    post->logs.log[i].size > 0 &&
		    copy_log_head(&post->logs, post->logs.log[i].id, &note,
			NULL) == ERR_OK &&
		    note.len > 0)
			gossip_add_head(note.at, note.len, text);
		bytes_free(&note);
	}
}

static enum err
make_file(struct post *post, const struct presentation *p, int64_t now,
    struct bytes *out)
{
	struct gossip_shown seen = { .issued_at = p->issued_at,
		.day = p->time / CLOCK_DAY,
		.elsewhere = p->elsewhere,
		.mismatch =
		    p->answer != NULL && strcmp(p->answer, "mismatch") == 0 };
	struct bytes text = { 0 };
	EVP_PKEY *private = NULL;
	struct vkey public;
	enum err rc = post_key_load(
	    post, "report.key", VKEY_ED25519, &public, &private, NULL);

	if (rc != ERR_OK)
		return rc;
	memcpy(seen.number, p->number, sizeof(seen.number));
	memcpy(seen.digest, p->digest, sizeof(seen.digest));
	memcpy(seen.key_name, p->key_name, sizeof(seen.key_name));
	memcpy(seen.signature, p->signature, sizeof(seen.signature));
	gossip_begin(public.name, now, &text);
	add_heads(post, p->number, &text);
	gossip_add_shown(&seen, &text);
	rc = gossip_sign(&text, &public, private, out, NULL);
	EVP_PKEY_free(private);
	bytes_free(&text);
	return rc;
}

static bool
write_file(struct post *post, const char *folder, const char *path,
    const struct presentation *p, int64_t now)
{
	struct bytes file = { 0 };
	bool kept = file_mkdir(folder, 0755, NULL) == ERR_OK &&
	    make_file(post, p, now, &file) == ERR_OK &&
	    /* in the place of one that a bad disk changed, and no other */
	    file_write(path, 0644, file.at, file.len, NULL) == ERR_OK;

	bytes_free(&file);
	return kept;
}

void
unlogged_keep(struct post *post, const struct presentation *p, bool deed,
    int64_t now, bool *known, struct errtext *said)
{
	char *folder = post_path(post, "evidence"), *path = NULL;
	struct presentation there;
	struct bytes name = { 0 };
	bool kept = false;

	*known = false;
	if (!is_proven(post, p))
		goto out;
	name_of(p, deed, &name);
	if (folder != NULL && !name.failed)
		path = file_join(folder, (const char *)name.at);
	*known = path != NULL &&
	    read_file(post, folder, (const char *)name.at, &there, NULL) ==
		ERR_OK &&
	    is_same(&there, p);
	kept =
	    *known || (path != NULL && write_file(post, folder, path, p, now));
	if (kept)
		err_set(said, ERR_OK,
		    _("The root custodian and the auditor need the proof. "
		      "Where you have the letter, keep its file or a copy of "
		      "the paper too. What proves it, without a name, is kept "
		      "in %s"),
		    path);
	else
		err_set(said, ERR_IO,
		    _("Write the number down: the proof could not be kept in "
		      "%s"),
		    folder != NULL ? folder : post->home);
out:
	free(path);
	free(folder);
	bytes_free(&name);
}

/* --- all of them --------------------------------------------------------- */

struct finding {
	struct post *post;
	int64_t now;
	struct unlogged_list *out;
	const char *folder;
	const char *number; /* NULL: of all letters */
	enum err failed;    /* of what could not be looked at, and why */
	struct errtext why;
};

void
unlogged_free(struct unlogged_list *list)
{
	free(list->letter);
	*list = (struct unlogged_list){ 0 };
}

static void
add(struct finding *f, const struct unlogged *letter)
{
	struct unlogged_list *list = f->out;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (is_same(&list->letter[i].p, &letter->p))
			return;
	if (!ARRAY_ROOM(list->letter, list->count, list->cap)) {
		f->failed = err_memory(&f->why);
		return;
	}
	list->letter[list->count++] = *letter;
}

static void
add_shown(void *ctx, const struct rechecked *found)
{
	struct finding *f = ctx;
	const struct unlogged letter = { .p = *found->p,
		.timed = true,
		.how = found->other ? UNLOGGED_OTHER : UNLOGGED_ABSENT,
		.settled = unlogged_is_settled(f->post, found->p) };

	if (found->proven)
		add(f, &letter);
}

static bool
has_form(const char *name, const char *prefix)
{
	size_t len = strlen(name);

	return strncmp(name, prefix, strlen(prefix)) == 0 &&
	    len > sizeof(SUFFIX) - 1 &&
	    strcmp(name + len - (sizeof(SUFFIX) - 1), SUFFIX) == 0;
}

/* A file has the day alone; the visit itself may be remembered here. */
static void
find_time(struct post *post, struct unlogged *letter)
{
	struct presented here = { .before = false };

	if (presentation_find(post, &letter->p, PRESENTED_EVER, &here, NULL) !=
		ERR_OK ||
	    !here.before || here.at / CLOCK_DAY != letter->p.time / CLOCK_DAY)
		return;
	letter->p.time = here.at;
	letter->timed = true;
}

static void
look_at_file(struct finding *f, const char *name)
{
	bool deed = has_form(name, DEED_PREFIX), other = false;
	struct unlogged letter = { .how = UNLOGGED_DEED, .kept = true };
	enum err rc = read_file(f->post, f->folder, name, &letter.p, &f->why);

	if (rc == ERR_DATA) {
		f->out->damaged++;
		(void)text_copy(f->out->example, sizeof(f->out->example), name);
	} else if (rc != ERR_OK)
		f->failed = rc;
	if (rc != ERR_OK)
		return;
	/* what newer logs have, or explain, is left out */
	if (shown_is_absent(f->post, &letter.p, f->now, &other))
		letter.how = other ? UNLOGGED_OTHER : UNLOGGED_ABSENT;
	else if (!deed)
		return;
	find_time(f->post, &letter);
	letter.settled = unlogged_is_settled(f->post, &letter.p);
	add(f, &letter);
}

/* Its name has the number (name_of()). */
static bool
is_about(const char *name, const char *number)
{
	const char *prefix =
	    has_form(name, DEED_PREFIX) ? DEED_PREFIX : LETTER_PREFIX;
	size_t len = strlen(number);

	return has_form(name, prefix) &&
	    strncmp(name + strlen(prefix), number, len) == 0 &&
	    name[strlen(prefix) + len] == '-';
}

static bool
look_at_name(void *arg, const char *name)
{
	struct finding *f = arg;
	bool ours =
	    has_form(name, DEED_PREFIX) || has_form(name, LETTER_PREFIX);

	if (f->number != NULL ? is_about(name, f->number) : ours)
		look_at_file(f, name);
	return true;
}

static enum err
look_at_folder(struct finding *f, struct errtext *err)
{
	char *folder = post_path(f->post, "evidence");
	enum err rc;

	if (folder == NULL)
		return err_memory(err);
	f->folder = folder;
	rc = folder_names(folder, look_at_name, f, err);
	free(folder);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	return rc == ERR_OK && f->failed != ERR_OK
	    ? err_set(err, f->failed, "%s", f->why.text)
	    : rc;
}

static int
by_number(const void *a, const void *b)
{
	const struct unlogged *one = a, *two = b;
	int order = strcmp(one->p.number, two->p.number);

	return order != 0
	    ? order
	    : memcmp(one->p.digest, two->p.digest, sizeof(one->p.digest));
}

enum err
unlogged_find(struct post *post, int64_t now, struct unlogged_list *out,
    struct errtext *err)
{
	struct finding f = { .post = post, .now = now, .out = out };
	struct recheck_counts counts;
	enum err rc, shown;

	*out = (struct unlogged_list){ 0 };
	if (post->list == NULL) /* no key to prove anything with */
		return ERR_OK;
	rc = look_at_folder(&f, err);
	shown = recheck_letters(post, now, add_shown, &f, &counts, err);
	if (out->count > 0)
		qsort(
		    out->letter, out->count, sizeof(out->letter[0]), by_number);
	if (f.failed != ERR_OK)
		return err_set(err, f.failed, "%s", f.why.text);
	return rc == ERR_OK ? shown : rc;
}

enum err
unlogged_say(struct post *post, const char *number, int64_t now,
    struct errtext *out, struct errtext *err)
{
	struct unlogged_list list = { 0 };
	struct finding f = {
		.post = post, .now = now, .out = &list, .number = number
	};
	char day[LOCAL_SIZE];
	enum err rc = look_at_folder(&f, err);

	if (list.count > 0) {
		unlogged_day(&list.letter[0], day);
		unlogged_sentence(&list.letter[0], day, out);
		rc = ERR_OK; /* whatever else could not be seen there */
	}
	unlogged_free(&list);
	return rc;
}

/* --- in words ------------------------------------------------------------ */

static const char *
format_of(enum unlogged_how how)
{
	switch (how) {
	case UNLOGGED_ABSENT:
		break;
	case UNLOGGED_OTHER:
		return _(
		    "PROOF OF MANIPULATION: letter %s, shown here on %s, is "
		    "not the one that the center's log has under this "
		    "number. The center's key signed it outside the log; "
		    "tell the root custodian");
	case UNLOGGED_DEED:
		return _("PROOF OF MANIPULATION: letter %s, shown here on %s, "
			 "is not what its line in the center's log says. Only "
			 "the letter itself proves that: keep its file or a "
			 "copy of the paper; tell the root custodian");
	}
	return _("PROOF OF MANIPULATION: letter %s, shown here on %s, is "
		 "not in the center's log. The center's key signed it "
		 "outside the log; tell the root custodian");
}

void
unlogged_day(const struct unlogged *letter, char out[LOCAL_SIZE])
{
	if (letter->timed)
		local_date(letter->p.time, out);
	else
		local_utc_day(letter->p.time / CLOCK_DAY, out);
}

void
unlogged_sentence(
    const struct unlogged *letter, const char *at, struct errtext *out)
{
	err_set(out, ERR_OK, format_of(letter->how), letter->p.number, at);
}
