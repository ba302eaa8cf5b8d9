/*
 * log_refused.c - log_refused.h.
 */
#include "verify/post/log_refused.h"

#include "log/checkpoint.h"
#include "log/folder.h"
#include "verify/post/proof_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".checkpoint"

/* The lines of the head in a file; 0: it is none that proves anything. */
static uint64_t
lines_of(const char *folder, const char *name, const char *prefix,
    const struct trust_log *named)
{
	struct checkpoint head = { .size = 0 };
	struct bytes note = { 0 };
	bool good = folder_fetch((void *)(uintptr_t)folder, name,
			CHECKPOINT_MAX, &note, NULL) == ERR_OK &&
	    proof_file_is_intact(name, prefix, SUFFIX, &note) &&
	    checkpoint_open(
		note.at, note.len, &named->log, &head, NULL, NULL) == ERR_OK;

	bytes_free(&note);
	return good ? head.size : 0;
}

bool
log_is_refused(const struct post *post, const struct trust_center *center,
    const struct trust_log *named, const struct post_log *log)
{
	uint64_t have = log != NULL ? log->size : 0;
	char *folder = post_path(post, "evidence");
	const struct dirent *entry;
	struct bytes prefix = { 0 };
	bool refused = false;
	DIR *dir = NULL;

	bytes_addf(&prefix, "log-%s-%u", center->code, named->generation);
	if (folder != NULL && !prefix.failed && !named->closed &&
	    (log == NULL || log->conflict == 0))
		dir = opendir(folder);
	while (dir != NULL && !refused && (entry = readdir(dir)) != NULL)
		if (strncmp(entry->d_name, (const char *)prefix.at,
			prefix.len) == 0)
			refused = lines_of(folder, entry->d_name,
				      (const char *)prefix.at, named) > have;
	if (dir != NULL)
		closedir(dir);
	free(folder);
	bytes_free(&prefix);
	return refused;
}
