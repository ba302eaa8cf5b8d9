/*
 * log_hear.c - signed heads that others bring: log_take.h.
 */
#include "base/i18n.h"
#include "verify/log_taking.h"

#include <string.h>

/* Whose head is it? By its origin; the signature is checked after that. */
static bool
find_log(const struct trust_list *list, const char *origin,
    const struct trust_center **center, const struct trust_log **named)
{
	size_t i, k;

	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++)
			if (strcmp(list->centers[i].logs[k].log.name, origin) ==
			    0) {
				*center = &list->centers[i];
				*named = &list->centers[i].logs[k];
				return true;
			}
	return false;
}

static void
compare_heard(struct taking *t)
{
	const struct checkpoint *head = &t->got.head;
	struct tree_hash root = t->log.root;
	bool known = head->size == t->log.size ||
	    log_head_known(t->post, &t->log, head->size, &root);
	struct errtext err = { 0 };
	enum err rc;

	if (known && !tree_hash_equal(&root, &head->root)) {
		taking_fork(t, NULL, taking_rewritten());
		return;
	}
	rc = checkpoint_cosigned(
	    &t->got.parsed, &t->named->cosigner, &t->got.as_of, &err);
	if (rc == ERR_SIGNATURE) {
		taking_refuse(t, &err);
		return;
	}
	if (rc == ERR_OK && taking_went_back(t)) {
		taking_fork(t, NULL, taking_shortened());
		return;
	}
	if (known || head->size == 0) {
		taking_say(t, TAKEN_SAME,
		    _("a head of %llu lines fits this copy"),
		    (unsigned long long)head->size);
		return;
	}
	if ((rc = post_logs_begin(&t->post->logs, &err)) == ERR_OK) {
		rc = log_head_remember(t->post, &t->log, head, t->got.note.at,
		    t->got.note.len, t->from, &err);
		if (rc == ERR_OK)
			rc = post_logs_commit(&t->post->logs, &err);
		else
			post_logs_rollback(&t->post->logs);
	}
	if (rc != ERR_OK)
		taking_refuse(t, &err);
	else
		taking_say(t, TAKEN_SAME,
		    _("a head of %llu lines; it will be compared at the next "
		      "sync"),
		    (unsigned long long)head->size);
}

void
log_hear(struct post *post, const void *note, size_t len, const char *from,
    int64_t now, struct log_taken *out)
{
	struct taking t = {
		.post = post, .from = from, .now = now, .out = out
	};
	const struct post_log *log = NULL;
	struct checkpoint claimed;
	struct note parsed;
	struct errtext err = { 0 };
	enum err rc;

	*out = (struct log_taken){ .there = true, .taken = TAKEN_UNREADABLE };
	if ((rc = note_parse(note, len, &parsed, &err)) == ERR_OK)
		rc = checkpoint_parse(parsed.text, parsed.len, &claimed, &err);
	if (rc == ERR_OK &&
	    (!find_log(post->list, claimed.origin, &t.center, &t.named) ||
		(log = post_logs_find(&post->logs, t.center->code,
		     t.named->generation)) == NULL))
		rc = err_set(&err, ERR_ISSUER,
		    _("a head of records that the list of centers does not "
		      "name; it counts for nothing"));
	if (rc != ERR_OK) {
		text_copy(out->text, sizeof(out->text), err.text);
		return;
	}
	t.log = *log;
	bytes_add(&t.got.note, note, len);
	rc = t.got.note.failed
	    ? err_set(&err, ERR_MEMORY, _("out of memory"))
	    : checkpoint_open(t.got.note.at, t.got.note.len, &t.named->log,
		  &t.got.head, &t.got.parsed, &err);
	/* not the log's word, so it says nothing about the log */
	if (rc != ERR_OK)
		taking_refuse(&t, &err);
	else
		compare_heard(&t);
	taking_finish(&t);
}
