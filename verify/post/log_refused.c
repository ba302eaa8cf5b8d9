/*
 * log_refused.c - log_refused.h.
 */
#include "verify/post/log_refused.h"

#include "base/folder_names.h"
#include "log/checkpoint.h"
#include "log/folder.h"
#include "verify/post/proof_file.h"

#include <stdlib.h>
#include <string.h>

#define SUFFIX ".checkpoint"

struct looking {
	const char *folder, *prefix;
	const struct trust_log *named;
	uint64_t have;
	bool refused;
	enum err failed; /* of a file that could not be read, and why */
	struct errtext *err;
};

/* Is it a head of more lines? One that is damaged or another's proves nothing. */
static bool
look_at(void *arg, const char *name)
{
	struct looking *l = arg;
	struct checkpoint head = { .size = 0 };
	struct bytes note = { 0 };
	enum err rc;

	if (strncmp(name, l->prefix, strlen(l->prefix)) != 0)
		return true;
	rc = folder_fetch(
	    (void *)(uintptr_t)l->folder, name, CHECKPOINT_MAX, &note, l->err);
	if (rc == ERR_OK &&
	    proof_file_is_intact(name, l->prefix, SUFFIX, &note))
		rc = checkpoint_open(
		    note.at, note.len, &l->named->log, &head, NULL, l->err);
	l->refused = rc == ERR_OK && head.size > l->have;
	if (err_is_inside(rc) || rc == ERR_IO)
		l->failed = rc;
	bytes_free(&note);
	return !l->refused;
}

enum err
log_is_refused(const struct post *post, const struct trust_center *center,
    const struct trust_log *named, const struct post_log *log, bool *out,
    struct errtext *err)
{
	char *folder = post_path(post, "evidence");
	struct bytes prefix = { 0 };
	struct looking l = { .folder = folder,
		.named = named,
		.have = log != NULL ? log->size : 0,
		.err = err };
	enum err rc = ERR_OK;

	*out = false;
	bytes_addf(&prefix, "log-%s-%u", center->code, named->generation);
	l.prefix = (const char *)prefix.at;
	if (folder == NULL || prefix.failed)
		rc = err_memory(err);
	else if (!named->closed && (log == NULL || log->conflict == 0))
		rc = folder_names(folder, look_at, &l, err);
	if (rc == ERR_OK)
		rc = l.refused ? ERR_OK : l.failed;
	*out = l.refused;
	free(folder);
	bytes_free(&prefix);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
