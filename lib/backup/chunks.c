/*
 * chunks.c - chunks.h.
 *
 * A chunk: the text encrypted, then 16 bytes of tag. Nonce, 12 bytes:
 *
 *    0  3  zero
 *    3  8  number of the chunk, from 0, big-endian
 *   11  1  1: the last, 0: another follows
 */
#include "backup/chunks.h"

#include "base/file.h"
#include "base/i18n.h"
#include "trust/seal.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <unistd.h>

#define SEALED_MAX (CHUNKS_TEXT + SEAL_TAG_SIZE)

_Static_assert(CHUNKS_TEXT <= SEAL_TEXT_MAX, "a chunk is sealed at once");

static void
make_nonce(uint64_t count, bool last, uint8_t out[SEAL_NONCE_SIZE])
{
	memset(out, 0, SEAL_NONCE_SIZE);
	for (size_t i = 0; i < 8; i++)
		out[3 + i] = (uint8_t)(count >> (8 * (7 - i)));
	out[11] = last;
}

/* --- writing -------------------------------------------------------------- */

static enum err
seal_chunk(struct chunks *c, bool last, struct errtext *err)
{
	const struct bytes none = { 0 };
	uint8_t nonce[SEAL_NONCE_SIZE];
	enum err rc;

	make_nonce(c->count, last, nonce);
	bytes_reset(&c->sealed);
	rc = seal_close(
	    c->key->at, nonce, &none, c->text.at, c->text.len, &c->sealed, err);
	if (rc == ERR_OK && !file_write_all(c->fd, c->sealed.at, c->sealed.len))
		rc = file_unwritten(c->name, errno, err);
	c->count++;
	bytes_reset(&c->text);
	return rc;
}

enum err
chunks_write(
    struct chunks *c, const void *data, size_t len, struct errtext *err)
{
	struct reader r = { data, len }, part;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && r.left > 0) {
		size_t room = CHUNKS_TEXT - c->text.len;

		/* a full one waits: it may be the last */
		if (room == 0) {
			rc = seal_chunk(c, false, err);
			continue;
		}
		(void)reader_take(&r, r.left < room ? r.left : room, &part);
		bytes_add(&c->text, part.at, part.left);
		if (c->text.failed)
			rc = err_memory(err);
	}
	return rc;
}

enum err
chunks_end(struct chunks *c, struct errtext *err)
{
	/* an empty text has a place, too */
	if (bytes_reserve(&c->text, 1) == NULL)
		return err_memory(err);
	return seal_chunk(c, true, err);
}

/* --- reading -------------------------------------------------------------- */

static enum err
fetch(struct chunks *c, size_t len, struct errtext *err)
{
	uint8_t *at;
	ssize_t got;

	bytes_reset(&c->sealed);
	if ((at = bytes_reserve(&c->sealed, len)) == NULL)
		return err_memory(err);
	while (c->sealed.len < len) {
		got = read(c->fd, at + c->sealed.len, len - c->sealed.len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_IO, _("%s: cannot be read: %s"),
			    c->name, strerror(errno));
		if (got == 0)
			return err_set(err, ERR_DATA,
			    _("%s: it is shorter than it was: is another "
			      "program writing it?"),
			    c->name);
		c->sealed.len += (size_t)got;
	}
	return ERR_OK;
}

/* Is what was taken for the last chunk one from the middle? Then it is known
 * what is wrong with the file. */
static enum err
damaged(struct chunks *c, struct errtext *err)
{
	const struct bytes none = { 0 };
	uint8_t nonce[SEAL_NONCE_SIZE];

	make_nonce(c->count, false, nonce);
	if (c->last &&
	    seal_open_to(c->key->at, nonce, &none, c->sealed.at, c->sealed.len,
		c->text.at, NULL) == ERR_OK) {
		OPENSSL_cleanse(c->text.at, CHUNKS_TEXT);
		return err_set(err, ERR_DATA,
		    _("%s: the file is cut short: its end is missing"),
		    c->name);
	}
	return err_set(err, ERR_DATA,
	    _("%s: the file is damaged, or was changed"), c->name);
}

static enum err
open_chunk(struct chunks *c, struct errtext *err)
{
	const struct bytes none = { 0 };
	uint8_t nonce[SEAL_NONCE_SIZE];
	size_t len = c->left < SEALED_MAX ? (size_t)c->left : SEALED_MAX;
	enum err rc;

	bytes_reset(&c->text);
	c->used = 0;
	if (len < SEAL_TAG_SIZE)
		return err_set(err, ERR_DATA,
		    _("%s: the file is cut short: its end is missing"),
		    c->name);
	if (bytes_reserve(&c->text, CHUNKS_TEXT) == NULL)
		return err_memory(err);
	if ((rc = fetch(c, len, err)) != ERR_OK)
		return rc;
	c->left -= (off_t)len;
	c->last = c->left == 0;
	make_nonce(c->count, c->last, nonce);
	rc = seal_open_to(
	    c->key->at, nonce, &none, c->sealed.at, len, c->text.at, err);
	if (rc != ERR_OK)
		return err_is_inside(rc) ? rc : damaged(c, err);
	c->text.len = len - SEAL_TAG_SIZE;
	c->count++;
	return ERR_OK;
}

enum err
chunks_read(struct chunks *c, void *to, size_t len, struct errtext *err)
{
	uint8_t *at = to;
	enum err rc;

	while (len > 0) {
		size_t have = c->text.len - c->used;

		if (have == 0 && c->last)
			return err_set(err, ERR_DATA,
			    _("%s: the file is damaged, or was changed"),
			    c->name);
		if (have == 0) {
			if ((rc = open_chunk(c, err)) != ERR_OK)
				return rc;
			continue;
		}
		if (have > len)
			have = len;
		memcpy(at, c->text.at + c->used, have);
		c->used += have;
		at += have;
		len -= have;
	}
	return ERR_OK;
}

enum err
chunks_read_end(struct chunks *c, struct errtext *err)
{
	enum err rc = ERR_OK;

	/* an empty last one would be none that we write */
	if (c->count == 0)
		rc = open_chunk(c, err);
	if (rc == ERR_OK && (!c->last || c->used < c->text.len))
		rc = err_set(err, ERR_DATA,
		    _("%s: the file is damaged, or was changed"), c->name);
	return rc;
}

void
chunks_clear(struct chunks *c)
{
	bytes_wipe(&c->text);
	bytes_free(&c->sealed);
	*c = (struct chunks){ .fd = -1 };
}
