/*
 * vkey.c - verifier keys of C2SP signed-note: vkey.h.
 */
#include "base/vkey.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "base/utf8.h"

#include <unictype.h>

#include <string.h>

#define KEY_LEN sizeof(((struct vkey *)0)->key)
#define ID_LEN  sizeof(((struct vkey *)0)->id)

bool
vkey_is_name(const void *name, size_t len)
{
	struct reader r = { name, len };
	uint32_t c;

	if (r.left == 0)
		return false;
	while (r.left > 0)
		if (!utf8_next(&r, &c) || c == '+' ||
		    uc_is_property_white_space(c) ||
		    uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc))
			return false;
	return true;
}

enum err
vkey_make(
    const char *name, uint8_t type, const uint8_t key[32], struct vkey *out)
{
	struct bytes hashed = { 0 };
	uint8_t digest[SHA256_SIZE];
	struct vkey made = { .type = type };
	enum err rc = ERR_OK;

	if (!vkey_is_name(name, strlen(name)) || strlen(name) > VKEY_NAME_MAX ||
	    (type != VKEY_ED25519 && type != VKEY_COSIGNATURE))
		return ERR_DATA;
	memcpy(made.name, name, strlen(name));
	memcpy(made.key, key, KEY_LEN);
	bytes_addf(&hashed, "%s\n", name);
	bytes_add_byte(&hashed, type);
	bytes_add(&hashed, key, KEY_LEN);
	if (hashed.failed)
		rc = ERR_MEMORY;
	else
		sha256(hashed.at, hashed.len, digest);
	bytes_free(&hashed);
	if (rc != ERR_OK)
		return rc;
	memcpy(made.id, digest, ID_LEN);
	*out = made;
	return ERR_OK;
}

void
vkey_format(const struct vkey *key, struct bytes *out)
{
	uint8_t typed[1 + KEY_LEN];

	typed[0] = key->type;
	memcpy(typed + 1, key->key, KEY_LEN);
	bytes_addf(out, "%s+", key->name);
	hex_encode(key->id, ID_LEN, out);
	bytes_add_byte(out, '+');
	base64_encode(typed, sizeof(typed), out);
}

/* The three parts; the third may hold '+' itself, being Base64. */
static bool
split(const char *text, char name[VKEY_NAME_MAX + 1], uint8_t id[ID_LEN],
    uint8_t typed[1 + KEY_LEN])
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	struct reader part;

	if (!reader_until(&r, '+', &part) || part.left > VKEY_NAME_MAX)
		return false;
	memcpy(name, part.at, part.left);
	name[part.left] = '\0';
	return reader_skip_text(&r, "+") && reader_until(&r, '+', &part) &&
	    hex_decode_exact((const char *)part.at, part.left, id, ID_LEN) &&
	    reader_skip_text(&r, "+") &&
	    base64_decode_exact((const char *)r.at, r.left, typed, 1 + KEY_LEN);
}

enum err
vkey_parse(const char *text, struct vkey *out, struct errtext *err)
{
	char name[VKEY_NAME_MAX + 1];
	uint8_t typed[1 + KEY_LEN];
	uint8_t id[ID_LEN];
	struct vkey made;
	enum err rc;

	if (!split(text, name, id, typed))
		return err_set(
		    err, ERR_DATA, _("not a verifier key (NAME+ID+KEY)"));
	if ((rc = vkey_make(name, typed[0], typed + 1, &made)) != ERR_OK)
		return err_set(err, rc,
		    _("a verifier key with a bad name or of an unknown type"));
	if (memcmp(made.id, id, ID_LEN) != 0)
		return err_set(err, ERR_DATA,
		    _("a verifier key whose id does not fit its key"));
	*out = made;
	return ERR_OK;
}
