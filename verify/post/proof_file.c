/*
 * proof_file.c - proof_file.h.
 */
#include "verify/post/proof_file.h"

#include "base/encode.h"
#include "base/file.h"
#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

/* PREFIX-HASHSUFFIX; failed without memory. */
static void
name_of(const char *prefix, const char *suffix, const struct bytes *file,
    struct bytes *name)
{
	uint8_t digest[SHA256_SIZE];

	sha256(file->at, file->len, digest);
	bytes_addf(name, "%s-", prefix);
	hex_encode(digest, 8, name);
	bytes_add_text(name, suffix);
}

bool
proof_file_is_intact(const char *name, const char *prefix, const char *suffix,
    const struct bytes *file)
{
	struct bytes want = { 0 };
	bool same;

	name_of(prefix, suffix, file, &want);
	same = !want.failed && strcmp((const char *)want.at, name) == 0;
	bytes_free(&want);
	return same;
}

bool
proof_file_keep(struct post *post, const char *prefix, const char *suffix,
    const struct bytes *file)
{
	struct bytes name = { 0 };
	char *folder = post_path(post, "evidence"), *path = NULL;
	bool kept = false;

	if (folder == NULL || file_mkdir(folder, 0755, NULL) != ERR_OK)
		goto out;
	name_of(prefix, suffix, file, &name);
	if (!name.failed &&
	    (path = file_join(folder, (const char *)name.at)) != NULL)
		kept = file_write_new(path, 0644, file->at, file->len, NULL) ==
		    ERR_OK;
out:
	free(path);
	free(folder);
	bytes_free(&name);
	return kept;
}
