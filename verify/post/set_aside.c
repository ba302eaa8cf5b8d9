/*
 * set_aside.c - set_aside.h.
 */
#include "verify/post/set_aside.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ASIDE_MAX 99

/* Moves NAME and what SQLite keeps beside it under that suffix. */
static enum err
move(const struct post *post, const char *name, const char *out,
    const char *suffix, struct errtext *err)
{
	struct bytes from = { 0 }, to = { 0 };
	enum err rc = ERR_OK;

	bytes_addf(&from, "%s/%s%s", post->home, name, suffix);
	bytes_addf(&to, "%s/%s%s", post->home, out, suffix);
	if (from.failed || to.failed)
		rc = err_memory(err);
	else if (rename((const char *)from.at, (const char *)to.at) != 0)
		rc = err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		    _("%s cannot be set aside: %m"), (const char *)from.at);
	bytes_free(&from);
	bytes_free(&to);
	return rc;
}

/* Before another file takes the name that is free now. */
static enum err
sync_name(const struct post *post, const char *out, struct errtext *err)
{
	char *path = file_join(post->home, out);
	enum err rc =
	    path != NULL ? file_sync_name(path, err) : err_memory(err);

	free(path);
	return rc;
}

static void
name_of(const char *name, int n, char out[SET_ASIDE_SIZE])
{
	(void)snprintf(out, SET_ASIDE_SIZE,
	    n == 1 ? "%s.damaged" : "%s.damaged-%d", name, n);
}

/* A name under which nothing stands yet; at last the hundredth is replaced. */
static void
choose(const struct post *post, const char *name, char out[SET_ASIDE_SIZE])
{
	struct bytes path = { 0 };
	bool used = true;
	int n;

	for (n = 1; n <= ASIDE_MAX && used; n++) {
		name_of(name, n, out);
		bytes_reset(&path);
		bytes_addf(&path, "%s/%s", post->home, out);
		used = !path.failed && file_exists((const char *)path.at);
	}
	bytes_free(&path);
}

/* The file first: a log left alone beside no database is thrown away, while a
 * database without its log would say less than it knew. The index of the log
 * too: a counter may hold it open, and a new database must not take it over.
 */
enum err
set_aside(const struct post *post, const char *name, char out[SET_ASIDE_SIZE],
    struct errtext *err)
{
	static const char *const beside[] = { "-wal", "-shm" };
	enum err rc;
	size_t i;

	choose(post, name, out);
	rc = move(post, name, out, "", err);
	if (rc != ERR_OK)
		return rc;
	for (i = 0; i < sizeof(beside) / sizeof(beside[0]) && rc == ERR_OK; i++)
		if ((rc = move(post, name, out, beside[i], err)) ==
		    ERR_NOT_FOUND)
			rc = ERR_OK;
	if (rc != ERR_OK) { /* it must not stand there without its log */
		(void)move(post, out, name, "", NULL);
		return rc;
	}
	return sync_name(post, out, err);
}

enum err
set_aside_newest(const struct post *post, const char *name,
    char out[SET_ASIDE_SIZE], struct errtext *err)
{
	struct timespec newest = { .tv_sec = INT64_MIN };
	struct bytes path = { 0 };
	char other[SET_ASIDE_SIZE];
	enum err rc = ERR_OK;
	struct stat st;
	int n;

	out[0] = '\0';
	for (n = 1; n <= ASIDE_MAX && rc == ERR_OK; n++) {
		bool there;

		name_of(name, n, other);
		bytes_reset(&path);
		bytes_addf(&path, "%s/%s", post->home, other);
		if (path.failed) {
			rc = err_memory(err);
			break;
		}
		there = stat((const char *)path.at, &st) == 0;
		if (!there && errno != ENOENT) /* nobody knows what it holds */
			rc = err_set(err, ERR_IO, _("%s: cannot be read: %s"),
			    (const char *)path.at, strerror(errno));
		if (!there || !S_ISREG(st.st_mode) ||
		    st.st_mtim.tv_sec < newest.tv_sec ||
		    (st.st_mtim.tv_sec == newest.tv_sec &&
			st.st_mtim.tv_nsec < newest.tv_nsec))
			continue;
		newest = st.st_mtim;
		memcpy(out, other, SET_ASIDE_SIZE);
	}
	bytes_free(&path);
	return rc;
}
