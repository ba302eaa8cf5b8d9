/*
 * post_keys.c - post_keys.h.
 */
#include "verify/post/post_keys.h"

#include "base/i18n.h"
#include "trust/key.h"

#include <stdlib.h>
#include <string.h>

enum err
post_key_load(const struct post *post, const char *name, uint8_t type,
    struct vkey *public, EVP_PKEY **private, struct errtext *err)
{
	char origin[VKEY_NAME_MAX + 1];
	char *path = post_path(post, name);
	EVP_PKEY *key = NULL;
	uint8_t raw[32];
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = key_load_plain(path, NULL, &key, err)) != ERR_OK)
		goto out;
	if (!trust_post_origin(post->info.program, post->name, origin) ||
	    key_public_raw(key, raw) != ERR_OK ||
	    vkey_make(origin, type, raw, public) != ERR_OK) {
		rc = err_set(
		    err, ERR_DATA, _("%s: not a key of this post"), path);
		goto out;
	}
	*private = key;
	key = NULL; /* now the caller's */
out:
	EVP_PKEY_free(key);
	free(path);
	return rc;
}

enum err
post_cosigner(struct post *post, struct errtext *err)
{
	if (post->cosigner_key != NULL)
		return ERR_OK;
	return post_key_load(post, "cosigner.key", VKEY_COSIGNATURE,
	    &post->cosigner, &post->cosigner_key, err);
}

static bool
is_other(const struct post *post, const char *name, uint8_t type,
    const struct vkey *listed)
{
	EVP_PKEY *private = NULL;
	struct vkey own;
	bool other =
	    post_key_load(post, name, type, &own, &private, NULL) == ERR_OK &&
	    memcmp(own.key, listed->key, sizeof(own.key)) != 0;

	EVP_PKEY_free(private);
	return other;
}

const struct trust_post *
post_listed(const struct post *post, bool *other)
{
	size_t i;

	*other = false;
	for (i = 0; post->list != NULL && i < post->list->post_count; i++) {
		const struct trust_post *row = &post->list->posts[i];

		if (strcmp(row->name, post->name) != 0)
			continue;
		*other = is_other(post, "cosigner.key", VKEY_COSIGNATURE,
			     &row->cosigner) ||
		    is_other(post, "report.key", VKEY_ED25519, &row->report);
		return row;
	}
	return NULL;
}
