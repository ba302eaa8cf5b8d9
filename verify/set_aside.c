/*
 * set_aside.c - set_aside.h.
 */
#include "verify/set_aside.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>

#define ASIDE_MAX 99

static enum err
move(const struct bytes *from, const struct bytes *to, struct errtext *err)
{
	if (from->failed || to->failed)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	if (rename((const char *)from->at, (const char *)to->at) == 0)
		return ERR_OK;
	return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
	    _("%s is damaged and cannot be set aside: %m"),
	    (const char *)from->at);
}

/* The file first: a log left alone beside no database is thrown away, while a
 * database without its log would say less than it knew. */
enum err
set_aside(const struct post *post, const char *name, char out[SET_ASIDE_SIZE],
    struct errtext *err)
{
	struct bytes from = { 0 }, to = { 0 };
	enum err rc;
	int n;

	for (n = 1; n <= ASIDE_MAX; n++) {
		snprintf(out, SET_ASIDE_SIZE,
		    n == 1 ? "%s.damaged" : "%s.damaged-%d", name, n);
		bytes_reset(&to);
		bytes_addf(&to, "%s/%s", post->home, out);
		if (to.failed || !file_exists((const char *)to.at))
			break;
	}
	bytes_addf(&from, "%s/%s", post->home, name);
	if ((rc = move(&from, &to, err)) == ERR_OK) {
		bytes_add_text(&from, "-wal");
		bytes_add_text(&to, "-wal");
		if ((rc = move(&from, &to, err)) == ERR_NOT_FOUND)
			rc = ERR_OK;
	}
	bytes_free(&from);
	bytes_free(&to);
	return rc;
}
