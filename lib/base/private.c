/*
 * private.c - permissions and owners: private.h.
 */
#include "base/private.h"

#include "base/file.h"
#include "base/folder_names.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* File systems whose permissions are made up when they are mounted:
 * <linux/magic.h>, but for those that it does not list. */
static bool
keeps_no_permissions(const char *path)
{
	static const long kinds[] = {
		0x4d44,     /* FAT */
		0x2011bab0, /* exFAT */
		0x5346544e, /* NTFS */
		0x7366746e, /* ntfs3 */
		0x65735546, /* FUSE: ntfs-3g, exFAT, virtiofs among others */
		0xff534d42, /* CIFS */
		0xfe534d42, /* SMB2 */
		0x786f4256, /* folders of VirtualBox's host */
		0x01021997, /* 9p: of other hosts */
	};
	struct statvfs flags;
	struct statfs st;
	size_t i;

	if (statvfs(path, &flags) == 0 && (flags.f_flag & ST_RDONLY) != 0)
		return true;
	if (statfs(path, &st) != 0)
		return false;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if ((long)st.f_type == kinds[i])
			return true;
	return false;
}

static void
find(struct private_found *out, enum privacy what, const char *path,
    const struct stat *st)
{
	if (what != PRIVATE_MOVABLE && keeps_no_permissions(path))
		what = PRIVATE_NEVER;
	if ((out->path = strdup(path)) == NULL)
		return;
	out->what = what;
	out->mode = st->st_mode & 07777;
}

/* Root may read everything anyway, so what is root's is nobody else's. Links
 * count as what they lead to. */
static void
look_at(const char *path, bool secret, struct private_found *out)
{
	struct stat st;

	if (stat(path, &st) != 0 ||
	    (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return;
	if (st.st_uid != geteuid() && st.st_uid != 0)
		find(out, PRIVATE_FOREIGN, path, &st);
	else if ((st.st_mode & 022) != 0 ||
	    (secret && (st.st_mode & 077) != 0 && st.st_uid == geteuid()))
		find(out, PRIVATE_OPEN, path, &st);
	else if (secret && (st.st_mode & 077) != 0)
		find(out, PRIVATE_SHOWN, path, &st);
}

static bool
is_secret(const char *name)
{
	static const char *const patterns[] = { "*.key", "*.guard", "*.db",
		"*.db-wal", "*.db-shm", "*.db-journal" };
	size_t i;

	for (i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (fnmatch(patterns[i], name, 0) == 0)
			return true;
	return false;
}

static bool
holds_secret(const char *dir)
{
	const struct dirent *entry;
	DIR *files = opendir(dir);
	bool found = false;

	while (files != NULL && !found && (entry = readdir(files)) != NULL)
		found = is_secret(entry->d_name);
	if (files != NULL)
		closedir(files);
	return found;
}

static void
look_inside(const char *dir, struct private_found *out)
{
	const struct dirent *entry;
	DIR *files = opendir(dir);
	char *path;

	while (files != NULL && out->path == NULL &&
	    (entry = readdir(files)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    (path = file_join(dir, entry->d_name)) == NULL)
			continue;
		look_at(path, is_secret(entry->d_name), out);
		free(path);
	}
	if (files != NULL)
		closedir(files);
}

/* From the root downwards, as far as others can go. */
static void
look_above(const char *dir, struct private_found *out)
{
	char *real = realpath(dir, NULL), *slash, kept;
	struct stat st;

	for (slash = real; slash != NULL && out->path == NULL;
	     slash = strchr(slash + 1, '/')) {
		char *end = slash == real ? slash + 1 : slash;

		kept = *end;
		*end = '\0';
		if (stat(real, &st) != 0 || (st.st_mode & S_IXOTH) == 0)
			break;
		if ((st.st_mode & S_IWOTH) != 0 && (st.st_mode & S_ISVTX) == 0)
			find(out, PRIVATE_MOVABLE, real, &st);
		*end = kept;
	}
	free(real);
}

void
private_look(const char *path, struct private_found *out)
{
	bool dir = file_is_dir(path);

	*out = (struct private_found){ .what = PRIVATE_GOOD };
	if (dir && !holds_secret(path))
		return;
	look_at(path, true, out);
	if (dir && out->path == NULL)
		look_inside(path, out);
	if (dir && out->path == NULL)
		look_above(path, out);
}

void
private_clear(struct private_found *found)
{
	free(found->path);
	*found = (struct private_found){ .what = PRIVATE_GOOD };
}

enum err
private_mkdir(const char *path, struct errtext *err)
{
	enum err rc = file_mkdir(path, 0700, err);

	/* a disk without permissions says no, and so be it */
	if (rc == ERR_OK && folder_is_empty(path))
		(void)chmod(path, 0700);
	return rc;
}
