/*
 * folder_names.c - folder_names.h.
 */
#include "base/folder_names.h"

#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

enum err
folder_names(
    const char *folder, folder_name_fn *each, void *arg, struct errtext *err)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	enum err rc = ERR_OK;

	if (dir == NULL)
		return err_set(err,
		    errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND
							: ERR_IO,
		    _("%s: cannot be opened: %s"), folder, strerror(errno));
	/* only errno tells a folder's end from a fault */
	while (errno = 0, (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && !each(arg, entry->d_name))
			break;
	if (entry == NULL && errno != 0)
		rc = err_set(err, ERR_IO, _("%s: cannot be read: %s"), folder,
		    strerror(errno));
	closedir(dir);
	return rc;
}

bool
folder_is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry = NULL;
	bool empty = dir != NULL;

	while (empty && (errno = 0, (entry = readdir(dir)) != NULL))
		empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0;
	if (entry == NULL && errno != 0)
		empty = false;
	if (dir != NULL)
		closedir(dir);
	return empty;
}
