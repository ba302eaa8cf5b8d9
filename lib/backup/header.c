/*
 * header.c - header.h. Numbers are big-endian.
 *
 *    0 16  "sello-backup/v1" LF
 *   16  2  bytes that follow in the header
 *   18  1  kind: 'C' a center, 'P' a post
 *   19  8  when it was made, seconds since 1970
 *   27  1+n  owner
 *       1  persons, 1 to 256, less one
 *          for each, by code:
 *       1+n  code
 *       1+n  sealed credential
 *       1+n  slot
 *
 * A 1+n is a byte that says how many follow.
 */
#include "backup/header.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "trust/seal.h"
#include "trust/slot.h"

#include <stdlib.h>

_Static_assert(WRAPPING_KEY_SIZE == SEAL_KEY_SIZE, "one key for both");

/* A slot of a center's keys must not open here, nor the other way. */
static void
bind_owner(const struct header *header, char out[HEADER_OWNER_SIZE + 8])
{
	snprintf(out, HEADER_OWNER_SIZE + 8, "%s/backup", header->owner);
}

enum err
header_content(const struct secret *drawn, const uint8_t *at, size_t len,
    struct secret *content, struct errtext *err)
{
	static const char info_text[] = "sello-backup/v1 content\n";
	struct bytes salt = { 0 }, info = { 0 };
	uint8_t digest[SHA256_SIZE];
	enum err rc;

	sha256(at, len, digest);
	bytes_add(&salt, digest, sizeof(digest));
	bytes_add_text(&info, info_text);
	rc = seal_derive(drawn, &salt, &info, SEAL_KEY_SIZE, content, err);
	bytes_free(&salt);
	bytes_free(&info);
	return rc;
}

/* --- making --------------------------------------------------------------- */

enum err
header_add(struct header *header, const char *code, const uint8_t slot_key[32],
    const struct bytes *sealed, struct errtext *err)
{
	struct header_opener made = { 0 };

	if (!text_copy(made.code, sizeof(made.code), code) ||
	    (header->opener_count > 0 &&
		strcmp(header->opener[header->opener_count - 1].code, code) >=
		    0))
		return err_set(
		    err, ERR_INTERNAL, "codes of a backup are out of order");
	memcpy(made.slot_key, slot_key, sizeof(made.slot_key));
	bytes_add(&made.sealed, sealed->at, sealed->len);
	if (made.sealed.failed ||
	    !ARRAY_ROOM(
		header->opener, header->opener_count, header->opener_cap)) {
		bytes_free(&made.sealed);
		return err_memory(err);
	}
	header->opener[header->opener_count++] = made;
	return ERR_OK;
}

static void
add_number(struct bytes *out, uint64_t value, size_t bytes)
{
	while (bytes-- > 0)
		bytes_add_byte(out, (uint8_t)(value >> (8 * bytes)));
}

static bool
add_short(struct bytes *out, const void *data, size_t len)
{
	if (len > 255)
		return false;
	bytes_add_byte(out, (uint8_t)len);
	bytes_add(out, data, len);
	return true;
}

static enum err
add_opener(const struct header *header, struct header_opener *opener,
    const struct secret *drawn, struct bytes *out, struct errtext *err)
{
	char owner[HEADER_OWNER_SIZE + 8];
	enum err rc;

	bind_owner(header, owner);
	bytes_reset(&opener->slot);
	rc = slot_close(
	    drawn, owner, opener->code, opener->slot_key, &opener->slot, err);
	if (rc != ERR_OK)
		return rc;
	return add_short(out, opener->code, strlen(opener->code)) &&
		add_short(out, opener->sealed.at, opener->sealed.len) &&
		add_short(out, opener->slot.at, opener->slot.len)
	    ? ERR_OK
	    : err_set(err, ERR_INTERNAL, "sealed keys are too long");
}

static enum err
write_rest(struct header *header, const struct secret *drawn,
    struct bytes *rest, struct errtext *err)
{
	enum err rc = ERR_OK;

	bytes_add_byte(rest, (uint8_t)header->kind);
	add_number(rest, (uint64_t)header->made, 8);
	(void)add_short(rest, header->owner, strlen(header->owner));
	bytes_add_byte(rest, (uint8_t)(header->opener_count - 1));
	for (size_t i = 0; i < header->opener_count && rc == ERR_OK; i++)
		rc = add_opener(header, &header->opener[i], drawn, rest, err);
	return rc == ERR_OK && rest->failed ? err_memory(err) : rc;
}

enum err
header_write(struct header *header, struct bytes *out, struct secret *drawn,
    struct errtext *err)
{
	struct bytes rest = { 0 }, made = { 0 };
	struct secret key = { 0 };
	enum err rc;

	if (header->opener_count == 0 ||
	    header->opener_count > HEADER_OPENER_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a backup is for at most %d persons"), HEADER_OPENER_MAX);
	if ((rc = slot_new_wrapping_key(&key, err)) != ERR_OK ||
	    (rc = write_rest(header, &key, &rest, err)) != ERR_OK)
		goto out;
	bytes_add_text(&made, HEADER_MARK);
	add_number(&made, rest.len, 2);
	bytes_add(&made, rest.at, rest.len);
	if (made.failed || rest.len > 65535) {
		rc = made.failed ? err_memory(err)
				 : err_set(err, ERR_INTERNAL, "too long");
		goto out;
	}
	bytes_add(out, made.at, made.len);
	if (out->failed) {
		rc = err_memory(err);
		goto out;
	}
	*drawn = key;
	key = (struct secret){ 0 };
out:
	secret_wipe(&key);
	bytes_free(&rest);
	bytes_free(&made);
	return rc;
}

/* --- reading -------------------------------------------------------------- */

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("the beginning of this backup is damaged, or was changed"));
}

static bool
take_number(struct reader *r, size_t bytes, uint64_t *out)
{
	uint8_t byte;

	for (*out = 0; bytes > 0; bytes--) {
		if (!reader_byte(r, &byte))
			return false;
		*out = *out << 8 | byte;
	}
	return true;
}

static bool
take_short(struct reader *r, struct reader *part)
{
	uint8_t len;

	return reader_byte(r, &len) && reader_take(r, len, part);
}

/* Capitals, digits, "-" and "/": codes of centers, names of posts, persons. */
static bool
take_name(struct reader *r, char *out, size_t size)
{
	struct reader part;

	if (!take_short(r, &part) || part.left == 0 || part.left >= size)
		return false;
	for (size_t i = 0; i < part.left; i++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/",
			part.at[i]) == NULL ||
		    part.at[i] == '\0')
			return false;
	memcpy(out, part.at, part.left);
	out[part.left] = '\0';
	return true;
}

enum err
header_length(
    const uint8_t prefix[HEADER_PREFIX_SIZE], size_t *len, struct errtext *err)
{
	struct reader r = { prefix, HEADER_PREFIX_SIZE };
	uint64_t rest;

	if (!reader_skip_text(&r, HEADER_MARK))
		return reader_skip_text(&r, "sello-backup/v")
		    ? err_set(err, ERR_VERSION,
			  _("this backup was made by a newer Sello; restore it "
			    "with that"))
		    : err_set(err, ERR_DATA, _("this is not a backup"));
	if (!take_number(&r, 2, &rest))
		return damaged(err);
	*len = HEADER_PREFIX_SIZE + (size_t)rest;
	return ERR_OK;
}

static enum err
read_opener(struct reader *r, struct header *header, struct errtext *err)
{
	const uint8_t none[32] = { 0 };
	char code[PERSON_CODE_SIZE] = "";
	struct reader sealed, slot;
	struct bytes copy = { 0 };
	struct header_opener *opener;
	enum err rc;

	if (!take_name(r, code, sizeof(code)) || !person_is_code(code) ||
	    !take_short(r, &sealed) || !take_short(r, &slot))
		return damaged(err);
	bytes_add(&copy, sealed.at, sealed.left);
	rc = copy.failed ? err_memory(err)
			 : header_add(header, code, none, &copy, err);
	bytes_free(&copy);
	if (rc != ERR_OK) /* not in order */
		return rc == ERR_INTERNAL ? damaged(err) : rc;
	opener = &header->opener[header->opener_count - 1];
	bytes_add(&opener->slot, slot.at, slot.left);
	return opener->slot.failed ? err_memory(err) : ERR_OK;
}

enum err
header_read(
    const uint8_t *at, size_t len, struct header *out, struct errtext *err)
{
	struct reader r = { at, len }, prefix;
	struct header made = { 0 };
	uint8_t kind, count;
	uint64_t when;
	enum err rc = ERR_OK;

	if (!reader_take(&r, HEADER_PREFIX_SIZE, &prefix) ||
	    !reader_byte(&r, &kind) || !take_number(&r, 8, &when) ||
	    !take_name(&r, made.owner, sizeof(made.owner)) ||
	    !reader_byte(&r, &count) || when > INT64_MAX ||
	    (kind != HEADER_CENTER && kind != HEADER_POST))
		return damaged(err);
	made.kind = kind;
	made.made = (int64_t)when;
	for (size_t i = 0; i <= count && rc == ERR_OK; i++)
		rc = read_opener(&r, &made, err);
	if (rc == ERR_OK && r.left > 0)
		rc = damaged(err);
	if (rc == ERR_OK) {
		*out = made;
		made = (struct header){ 0 };
	}
	header_clear(&made);
	return rc;
}

const struct header_opener *
header_find(const struct header *header, const char *code)
{
	for (size_t i = 0; i < header->opener_count; i++)
		if (strcmp(header->opener[i].code, code) == 0)
			return &header->opener[i];
	return NULL;
}

void
header_codes(const struct header *header, struct bytes *out)
{
	for (size_t i = 0; i < header->opener_count; i++)
		bytes_addf(
		    out, "%s%s", i > 0 ? ", " : "", header->opener[i].code);
}

/* Nothing proves a passphrase wrong: what was sealed with it is in the same
 * file. */
static enum err
not_opened(struct errtext *err)
{
	return err_set(err, ERR_REFUSED,
	    _("a wrong passphrase; or, if it is the right one, the beginning "
	      "of this backup is damaged: take another copy of it"));
}

enum err
header_open(const struct header *header, const uint8_t *at, size_t len,
    const char *code, const struct secret *passphrase, struct secret *content,
    struct errtext *err)
{
	const struct header_opener *opener = header_find(header, code);
	char owner[HEADER_OWNER_SIZE + 8];
	struct credential *own = NULL;
	struct secret drawn = { 0 };
	enum err rc;

	if (opener == NULL)
		return err_set(
		    err, ERR_REFUSED, _("%s cannot open this backup"), code);
	bind_owner(header, owner);
	rc = credential_open(
	    code, opener->sealed.at, opener->sealed.len, passphrase, &own, err);
	if (rc == ERR_OK &&
	    (rc = slot_open(opener->slot.at, opener->slot.len, owner, own, code,
		 &drawn, err)) == ERR_REFUSED)
		rc = ERR_DATA; /* the passphrase was right */
	if (rc == ERR_OK && drawn.len != SEAL_KEY_SIZE)
		rc = ERR_DATA;
	if (rc == ERR_OK)
		rc = header_content(&drawn, at, len, content, err);
	else if (rc == ERR_REFUSED)
		rc = not_opened(err);
	else if (rc == ERR_DATA)
		rc = damaged(err);
	credential_free(&own);
	secret_wipe(&drawn);
	return rc;
}

void
header_clear(struct header *header)
{
	for (size_t i = 0; i < header->opener_count; i++) {
		bytes_wipe(&header->opener[i].sealed);
		bytes_free(&header->opener[i].slot);
	}
	free(header->opener);
	*header = (struct header){ 0 };
}
