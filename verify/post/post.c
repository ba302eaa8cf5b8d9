/*
 * post.c - opening a home: post.h.
 */
#include "verify/post/post.h"

#include "base/file.h"
#include "base/i18n.h"
#include "verify/post/post_store.h"

#include <stdlib.h>
#include <string.h>

char *
post_path(const struct post *post, const char *name)
{
	return file_join(post->home, name);
}

static enum err
read_file(const struct post *post, const char *name, size_t max,
    struct bytes *out, struct errtext *err)
{
	char *path = post_path(post, name);
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	rc = file_read_regular(path, max, out, err);
	free(path);
	return rc;
}

static enum err
no_post(const struct post *post, struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("%s is not the folder of a post; make one with \"sello-verify "
	      "init\""),
	    post->home);
}

/* "ES-GTGUA/1" and a line feed, as init wrote it */
static enum err
read_name(struct post *post, struct errtext *err)
{
	struct bytes text = { 0 };
	size_t len;
	enum err rc;

	rc = read_file(post, "post.txt", sizeof(post->name) - 1, &text, err);
	if (rc == ERR_NOT_FOUND)
		rc = no_post(post, err);
	if (rc == ERR_OK) {
		len = strcspn((const char *)text.at, "\n");
		memcpy(post->name, text.at, len);
		len = strcspn(post->name, "/");
		if (len + 1 != sizeof(post->consulate) ||
		    post->name[len] != '/')
			rc = err_set(err, ERR_DATA,
			    _("post.txt in this folder is damaged; set the "
			      "post up again"));
		else
			memcpy(post->consulate, post->name, len);
	}
	bytes_free(&text);
	return rc;
}

static enum err
read_root(const struct post *post, X509 **out, struct root_info *info,
    struct errtext *err)
{
	struct bytes file = { 0 };
	enum err rc = read_file(post, "root.crt", CERT_FILE_MAX, &file, err);

	if (rc == ERR_NOT_FOUND)
		rc = no_post(post, err);
	if (rc == ERR_OK)
		rc = cert_parse(file.at, file.len, out, err);
	if (rc == ERR_OK)
		rc = cert_read_root(*out, info, err);
	bytes_free(&file);
	return rc;
}

/* The list is verified whenever it is read: the disk is not trusted with it.
 * ERR_NOT_FOUND: there is none yet. */
static enum err
read_list(const struct post *post, X509 *root, struct trust_list **out,
    struct errtext *err)
{
	struct bytes file = { 0 };
	enum err rc = read_file(post, "trust.xml", TRUST_XML_MAX, &file, err);

	if (rc == ERR_OK)
		rc = trust_read(file.at, file.len, root, out, err);
	bytes_free(&file);
	return rc;
}

/* A list that this run has already seen the next one of. */
static bool
is_older(const struct post *post, X509 *root, const struct trust_list *list)
{
	return post->list != NULL && list != NULL &&
	    X509_cmp(post->root, root) == 0 &&
	    list->sequence < post->list->sequence;
}

enum err
post_read_trust(struct post *post, struct errtext *err)
{
	struct errtext problem = { 0 };
	struct trust_list *list = NULL;
	struct root_info info;
	X509 *root = NULL;
	enum err rc;

	if ((rc = read_root(post, &root, &info, err)) != ERR_OK)
		goto out;
	if (read_list(post, root, &list, &problem) == ERR_NOT_FOUND)
		problem = (struct errtext){ 0 };
	if (!is_older(post, root, list)) {
		trust_free(&post->list);
		post->list = list;
		list = NULL; /* now the post's */
		post->list_problem = problem;
	}
	X509_free(post->root);
	post->root = root;
	post->info = info;
	root = NULL;
out:
	trust_free(&list);
	X509_free(root);
	return rc;
}

enum err
post_open(const char *home, struct post **out, struct errtext *err)
{
	struct post *post = calloc(1, sizeof(*post));
	enum err rc = ERR_MEMORY;

	if (post == NULL || (post->home = strdup(home)) == NULL) {
		err_memory(err);
		goto out;
	}
	post_stamps(post, post->stamp);
	if ((rc = post_read_trust(post, err)) != ERR_OK)
		goto out;
	if ((rc = read_name(post, err)) != ERR_OK)
		goto out;
	post_store_open(post);
	post_logs_open(post);
	*out = post;
	post = NULL; /* now the caller's */
out:
	post_free(&post);
	return rc;
}

void
post_free(struct post **post)
{
	if (*post == NULL)
		return;
	store_close(&(*post)->store);
	post_logs_close(&(*post)->logs);
	trust_free(&(*post)->list);
	EVP_PKEY_free((*post)->cosigner_key);
	X509_free((*post)->root);
	free((*post)->own);
	free((*post)->record);
	free((*post)->home);
	free(*post);
	*post = NULL;
}

void
post_no_list(const struct post *post, const char *yet, struct errtext *out)
{
	if (post_list_unusable(post))
		err_set(out, ERR_OK, _("the trust list cannot be used: %s"),
		    post->list_problem.text);
	else
		err_set(out, ERR_OK, "%s", yet);
}

bool
post_list_unusable(const struct post *post)
{
	return post->list == NULL && post->list_problem.text[0] != '\0';
}

int64_t
post_newest_seen(const struct post *post)
{
	int64_t newest = post->mark;
	size_t i;

	if (post->list != NULL && post->list->issued_at > newest)
		newest = post->list->issued_at;
	for (i = 0; i < post->logs.count; i++)
		if (post->logs.log[i].as_of > newest)
			newest = post->logs.log[i].as_of;
	return newest;
}

void
post_mark(struct post *post, int64_t now)
{
	/* a clock that runs ahead for an hour must not stop this post for years
	 */
	if (post->list != NULL && now > post->list->not_after)
		now = post->list->not_after;
	/* another program may be writing: the next check will do it */
	if (now >= post->mark + POST_CLOCK_REWRITE)
		(void)post_store_set_mark(post, now, NULL);
}
