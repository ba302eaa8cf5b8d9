/*
 * post_list.c - judging and keeping a trust list: post_list.h.
 */
#include "verify/post/post_list.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "base/local.h"
#include "log/folder.h"
#include "verify/post/post_store.h"
#include "verify/post/proof_file.h"

#include <stdlib.h>
#include <string.h>

const struct outcome_row outcome_table[5] = {
	{ OUTCOME_NEW, "new", 0 },
	{ OUTCOME_SAME, "same", 0 },
	{ OUTCOME_OLDER, "older", 1 },
	{ OUTCOME_UNREADABLE, "unreadable", 2 },
	{ OUTCOME_MANIPULATED, "manipulated", 3 },
};

/* Both sides of a contradiction; that it cannot be kept changes nothing. */
static void
keep_both(struct post *post, const struct bytes *file)
{
	struct bytes ours = { 0 };
	char *path = post_path(post, "trust.xml");

	(void)proof_file_keep(post, "trust", ".xml", file);
	if (path != NULL &&
	    file_read_regular(path, TRUST_XML_MAX, &ours, NULL) == ERR_OK)
		(void)proof_file_keep(post, "trust", ".xml", &ours);
	bytes_free(&ours);
	free(path);
}

static enum outcome
keep_list(struct post *post, struct trust_list **list, const struct bytes *file,
    int64_t now, struct errtext *sentence)
{
	char at[LOCAL_SIZE] = "";
	char *path = post_path(post, "trust.xml");
	enum err rc = ERR_MEMORY;

	if (path != NULL)
		rc = file_write(path, 0644, file->at, file->len, sentence);
	free(path);
	if (rc != ERR_OK) {
		err_set(&post->unwritten, rc, "%s", err_words(sentence));
		return OUTCOME_UNREADABLE;
	}
	/* a clock that once ran ahead is forgiven by proof of the time */
	(void)post_store_set_mark(post, (*list)->issued_at, NULL);
	(void)post_logs_name(post, *list, now, NULL);
	local_format((*list)->issued_at, at);
	err_set(sentence, ERR_OK, _("trust list %llu of %s taken"),
	    (unsigned long long)(*list)->sequence, at);
	trust_free(&post->list);
	post->list = *list;
	*list = NULL; /* now the post's */
	return OUTCOME_NEW;
}

/* A list that is ours by its signature, against the one we have. */
static enum outcome
judge_list(struct post *post, struct trust_list **list,
    const struct bytes *file, int64_t now, struct errtext *sentence)
{
	switch (trust_accept(post->list, *list, now, sentence)) {
	case ERR_OK:
		return keep_list(post, list, file, now, sentence);
	case ERR_EXISTS:
		err_set(sentence, ERR_OK, _("trust list %llu: nothing new"),
		    (unsigned long long)(*list)->sequence);
		return OUTCOME_SAME;
	case ERR_STALE:
		return OUTCOME_OLDER;
	case ERR_REFUSED: /* both are signed by our root */
		keep_both(post, file);
		return OUTCOME_MANIPULATED;
	default:
		return OUTCOME_UNREADABLE;
	}
}

static enum outcome
judge_file(struct post *post, const struct bytes *file, int64_t now,
    struct errtext *sentence, uint64_t *sequence)
{
	struct trust_list *list = NULL;
	enum outcome outcome = OUTCOME_UNREADABLE;
	enum err rc;

	rc = trust_read(file->at, file->len, post->root, &list, sentence);
	if (rc == ERR_OK) {
		*sequence = list->sequence;
		outcome = judge_list(post, &list, file, now, sentence);
	}
	trust_free(&list);
	return outcome;
}

enum outcome
post_list_accept(struct post *post, const char *source, int64_t now,
    struct errtext *sentence, uint64_t *sequence)
{
	struct bytes file = { 0 };
	enum outcome outcome = OUTCOME_UNREADABLE;

	*sequence = 0;
	/* on a strange stick it may be a pipe, which would hang */
	if (folder_fetch((void *)(uintptr_t)source, "trust.xml", TRUST_XML_MAX,
		&file, sentence) == ERR_OK)
		outcome = judge_file(post, &file, now, sentence, sequence);
	bytes_free(&file);
	return outcome;
}

/* --- disputes ------------------------------------------------------------ */

static bool
is_list_name(const char *name)
{
	size_t len = strlen(name);

	return strncmp(name, "trust-", 6) == 0 && len > 4 &&
	    strcmp(name + len - 4, ".xml") == 0;
}

struct looking {
	const struct post *post;
	const char *folder;
	bool disputed;
	enum err rc;
	struct errtext *err;
};

/* What is not signed by the root, or of another number, disputes nothing. */
static bool
look_at(void *arg, const char *name)
{
	struct looking *l = arg;
	const struct trust_list *ours = l->post->list;
	struct trust_list *list = NULL;
	struct bytes file = { 0 };
	enum err rc;

	if (!is_list_name(name))
		return true;
	rc = folder_fetch(
	    (void *)(uintptr_t)l->folder, name, TRUST_XML_MAX, &file, l->err);
	if (rc == ERR_OK && !proof_file_is_intact(name, "trust", ".xml", &file))
		rc = err_set(l->err, ERR_DATA,
		    _("%s/%s is damaged. Remove it when a list with a higher "
		      "number has been taken"),
		    l->folder, name);
	if (rc == ERR_OK) {
		rc =
		    trust_read(file.at, file.len, l->post->root, &list, l->err);
		l->disputed = rc == ERR_OK &&
		    list->sequence == ours->sequence && !trust_same(list, ours);
		rc = err_is_inside(rc) ? rc : ERR_OK;
	}
	if (rc != ERR_OK)
		l->rc = rc;
	trust_free(&list);
	bytes_free(&file);
	return !l->disputed;
}

enum err
post_list_disputed(const struct post *post, bool *out, struct errtext *err)
{
	char *folder = post_path(post, "evidence");
	struct looking l = { .post = post, .folder = folder, .err = err };
	enum err rc = ERR_OK;

	*out = false;
	if (folder == NULL)
		return err_memory(err);
	if (post->list != NULL)
		rc = folder_names(folder, look_at, &l, err);
	free(folder);
	*out = l.disputed;
	/* whatever else is damaged there */
	if (l.disputed || rc == ERR_NOT_FOUND)
		return ERR_OK;
	return rc == ERR_OK ? l.rc : rc;
}
