/*
 * private.c - permissions and owners: private.h.
 */
#include "base/private.h"

#include "base/file.h"

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
		0x65735546, /* FUSE: ntfs-3g and exFAT, among others */
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

/* Root may read everything anyway, so what is root's is nobody else's. */
static enum privacy
look_at(const char *path)
{
	struct stat st;
	enum privacy found = PRIVATE_GOOD;

	if (stat(path, &st) != 0 ||
	    (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return PRIVATE_GOOD;
	if (st.st_uid != geteuid() && st.st_uid != 0)
		found = PRIVATE_FOREIGN;
	else if ((st.st_mode & 077) != 0)
		found = PRIVATE_OPEN;
	if (found != PRIVATE_GOOD && keeps_no_permissions(path))
		found = PRIVATE_NEVER;
	return found;
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

static enum privacy
look_inside(const char *dir, char **which)
{
	enum privacy found = PRIVATE_GOOD;
	const struct dirent *entry;
	DIR *files = opendir(dir);
	char *path;

	while (files != NULL && found == PRIVATE_GOOD &&
	    (entry = readdir(files)) != NULL) {
		if (!is_secret(entry->d_name) ||
		    (path = file_join(dir, entry->d_name)) == NULL)
			continue;
		if ((found = look_at(path)) != PRIVATE_GOOD)
			*which = path;
		else
			free(path);
	}
	if (files != NULL)
		closedir(files);
	return found;
}

enum privacy
private_look(const char *path, char **which)
{
	enum privacy found = look_at(path);
	char *copy;

	if (found == PRIVATE_GOOD)
		return file_is_dir(path) ? look_inside(path, which)
					 : PRIVATE_GOOD;
	if ((copy = strdup(path)) == NULL)
		return PRIVATE_GOOD;
	*which = copy;
	return found;
}
