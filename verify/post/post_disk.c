/*
 * post_disk.c - post_disk.h.
 */
#include "verify/post/post_disk.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdint.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ROOM (128u << 10) /* bytes: a write-ahead log, its index, a list */

/* Some file systems do not say how much there is of anything. */
static bool
is_full(const char *home)
{
	struct statvfs fs;
	uintmax_t blocks;

	if (statvfs(home, &fs) != 0 || fs.f_blocks == 0)
		return false;
	blocks = geteuid() == 0 ? fs.f_bfree : fs.f_bavail;
	return blocks * fs.f_frsize < ROOM;
}

/* What a change of a database met. */
static const char *
met(const struct post *post)
{
	const struct post_logs *logs = &post->logs;

	if (post->store_read_only)
		return post->store_problem.text;
	if (logs->read_only)
		return logs->problem.text;
	if (post->store != NULL && store_unwritten(post->store)[0] != '\0')
		return store_unwritten(post->store);
	if (logs->store != NULL && store_unwritten(logs->store)[0] != '\0')
		return store_unwritten(logs->store);
	return post->unwritten.text;
}

enum err
post_can_write(const struct post *post, struct errtext *why)
{
	if (access(post->home, W_OK | X_OK) != 0)
		return err_set(why, ERR_IO,
		    errno == EROFS
			? _("%s: the disk is read-only; nothing can be "
			    "remembered there")
			: _("%s: this user may not write there; nothing can "
			    "be remembered. Run it as the user whose folder it "
			    "is"),
		    post->home);
	if (is_full(post->home))
		return err_set(why, ERR_IO,
		    _("%s: the disk is full; make room there and try again"),
		    post->home);
	if (met(post)[0] != '\0')
		return err_set(why, ERR_IO, "%s: %s", post->home, met(post));
	return ERR_OK;
}
