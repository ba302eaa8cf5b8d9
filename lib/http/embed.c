/*
 * embed.c - files of web/: embed.h.
 */
#include "http/embed.h"

#include <string.h>

const struct http_file *
http_file_find(const char *path)
{
	const struct http_file *file;

	for (file = http_files; file->path != NULL; file++)
		if (strcmp(file->path, path) == 0)
			return file;
	return NULL;
}
