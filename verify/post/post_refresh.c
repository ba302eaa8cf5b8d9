/*
 * post_refresh.c - what changed on disk while this program runs: post.h. A
 * counter scans all day; the list that revokes a key is synced meanwhile.
 */
#include "verify/post/post.h"

#include "verify/post/post_store.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[POST_FILE_COUNT] = {
	[POST_ROOT] = "root.crt",
	[POST_LIST] = "trust.xml",
	[POST_STORE] = "post.db",
	[POST_LOGS] = "logs.db",
	[POST_LOGS_NEW] = "logs.db-wal",
};

/* The inode's own change time: a program can set the other back. */
static struct post_stamp
stamp_of(const struct post *post, const char *name)
{
	struct post_stamp stamp = { .device = 0 };
	char *path = post_path(post, name);
	struct stat st;

	if (path != NULL && stat(path, &st) == 0)
		stamp = (struct post_stamp){ st.st_dev, st.st_ino, st.st_size,
			st.st_ctim };
	free(path);
	return stamp;
}

void
post_stamps(const struct post *post, struct post_stamp out[POST_FILE_COUNT])
{
	size_t i;

	for (i = 0; i < POST_FILE_COUNT; i++)
		out[i] = stamp_of(post, names[i]);
}

static bool
is_same_file(const struct post_stamp *a, const struct post_stamp *b)
{
	return a->device == b->device && a->inode == b->inode;
}

static bool
is_unchanged(const struct post_stamp *a, const struct post_stamp *b)
{
	return is_same_file(a, b) && a->size == b->size &&
	    a->changed.tv_sec == b->changed.tv_sec &&
	    a->changed.tv_nsec == b->changed.tv_nsec;
}

bool
post_store_moved(const struct post *post)
{
	const struct post_stamp now = stamp_of(post, names[POST_STORE]);

	return !is_same_file(&post->stamp[POST_STORE], &now);
}

/* Without a root nothing is a list. What is wrong as before is nothing new. */
static void
refresh_trust(struct post *post)
{
	const struct errtext before = post->list_problem;
	struct errtext problem = { 0 };

	if (post_read_trust(post, &problem) != ERR_OK) {
		trust_free(&post->list);
		post->list_problem = problem;
	}
	post->renewed += before.text[0] == '\0' ||
	    strcmp(before.text, post->list_problem.text) != 0;
}

/* Of a database that is open another file matters: its content SQLite looks
 * after. One that could not be opened, or only as it stood, is tried again:
 * somebody may have made room on the disk. */
static void
refresh_store(struct post *post, bool same)
{
	bool had = post->store != NULL;

	if (had && same && !post->store_read_only) {
		post_store_refresh(post);
		return;
	}
	if (!same)
		post->own_count = 0; /* ids of rows of the file before */
	post_store_close(post);
	post_store_open(post);
	post->renewed += !same || had != (post->store != NULL);
}

static void
refresh_logs(struct post *post, bool same, bool unchanged)
{
	bool had = post->logs.store != NULL;

	if (had && unchanged)
		return;
	if (had && same && !post->logs.read_only) {
		post_logs_outdated(&post->logs);
		(void)post_logs_refresh(&post->logs);
		return;
	}
	post_logs_close(&post->logs);
	post_logs_open(post);
	post->renewed += !same || had != (post->logs.store != NULL);
}

void
post_refresh(struct post *post)
{
	struct post_stamp now[POST_FILE_COUNT];
	const struct post_stamp *old = post->stamp;

	post_stamps(post, now);
	if (!is_unchanged(&old[POST_ROOT], &now[POST_ROOT]) ||
	    !is_unchanged(&old[POST_LIST], &now[POST_LIST]) ||
	    post->list_problem.text[0] != '\0')
		refresh_trust(post);
	refresh_store(post, is_same_file(&old[POST_STORE], &now[POST_STORE]));
	refresh_logs(post, is_same_file(&old[POST_LOGS], &now[POST_LOGS]),
	    is_unchanged(&old[POST_LOGS], &now[POST_LOGS]) &&
		is_unchanged(&old[POST_LOGS_NEW], &now[POST_LOGS_NEW]));
	memcpy(post->stamp, now, sizeof(now));
}
