/*
 * selfcheck.c - selfcheck.h.
 */
#include "issue/center/selfcheck.h"

#include "base/i18n.h"
#include "ledger/line.h"
#include "ledger/pool_signers.h"
#include "letter/sign.h"
#include "letter/xml.h"

#include <stdlib.h>
#include <string.h>

/* Signatures of a block. The first blocks of a batch are smaller, so that one
 * letter's are on all processors at once. */
#define BLOCK 24

/* --- one letter, one signature ------------------------------------------- */

/* All but the signature, which must be sig->signature over hash. */
static enum err
read_back(const void *xml, size_t len, const char *number, struct dsig *sig,
    uint8_t hash[DSIG_DIGEST_SIZE], struct errtext *err)
{
	struct letter back = { 0 };
	enum err rc;

	/* xml_read() takes only what comes out the same when written again */
	if ((rc = sign_claim(&dsig_letter, xml, len, number, sig, hash, err)) ==
		ERR_OK &&
	    (rc = xml_read(xml, len, &back, err)) == ERR_OK &&
	    strcmp(back.number, number) != 0)
		rc = err_set(err, ERR_INTERNAL,
		    _("a signed letter did not read back as it was written"));
	letter_wipe(&back);
	return rc;
}

static enum err
refuse_person(struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("a line of the log would not have good signatures of "
	      "the persons it names. Nothing is signed; run "
	      "sello-issue check"));
}

enum err
selfcheck_letter(const void *xml, size_t len, const char *number, EVP_PKEY *key,
    struct errtext *err)
{
	uint8_t hash[DSIG_DIGEST_SIZE];
	struct dsig sig;
	enum err rc = read_back(xml, len, number, &sig, hash, err);

	if (rc == ERR_OK &&
	    dsig_verify_hash(key, hash, sig.signature) != ERR_OK)
		rc = sign_refused(err);
	return rc;
}

enum err
selfcheck_person(const struct selfcheck_person *person, struct errtext *err)
{
	enum err rc = line_verify_person(
	    person->entry, person->program, person->which, person->key, err);

	return rc == ERR_SIGNATURE ? refuse_person(err) : rc;
}

/* --- a block of them ----------------------------------------------------- */

/* A letter, whose hash and signature come from its bytes; or a person's
 * signature, without bytes. */
struct item {
	struct bytes xml;
	char number[LETTER_NUMBER_SIZE];
	EVP_PKEY *key; /* a reference */
	uint8_t hash[DSIG_DIGEST_SIZE], signature[DSIG_SIGNATURE_SIZE];
};

struct block {
	struct beside_work work; /* first: beside.h */
	struct pool_signers *signers;
	size_t count;
	struct item item[BLOCK];
};

struct selfcheck {
	struct beside *beside;
	struct pool_signers *signers;
	struct block *block; /* being filled, or NULL */
	size_t full;         /* at so many */
};

static enum err
read_letters(struct block *block, struct errtext *err)
{
	struct dsig sig;
	size_t letters = 0;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < block->count && rc == ERR_OK; i++) {
		struct item *item = &block->item[i];

		if (item->xml.len == 0)
			continue;
		rc = read_back(item->xml.at, item->xml.len, item->number, &sig,
		    item->hash, err);
		if (rc == ERR_OK)
			memcpy(item->signature, sig.signature,
			    sizeof(item->signature));
		letters++;
	}
	pool_signers_lines(block->signers, letters);
	return rc;
}

static int
by_key(const void *a, const void *b)
{
	uintptr_t l = (uintptr_t)((const struct item *)a)->key,
		  r = (uintptr_t)((const struct item *)b)->key;

	return (l > r) - (l < r);
}

static void
gather(const struct block *block, struct dsig_check *check)
{
	const struct item *item = block->item;
	struct dsig_signer signer = { NULL, NULL };

	for (size_t i = 0, same; i < block->count; i++) {
		if (item[i].key != signer.key) {
			for (same = 1; i + same < block->count &&
			     item[i + same].key == item[i].key;)
				same++;
			signer =
			    pool_signers_ask(block->signers, item[i].key, same);
		}
		check[i] = (struct dsig_check){ .signer = signer,
			.signature = item[i].signature };
		memcpy(check[i].hash, item[i].hash, sizeof(check[i].hash));
	}
}

static enum err
refuse(const struct item *item, enum err rc, struct errtext *err)
{
	if (item->xml.len == 0 && rc == ERR_SIGNATURE)
		return refuse_person(err);
	return sign_refused(err);
}

static enum err
run(struct beside_work *work, struct errtext *err)
{
	struct block *block = (struct block *)work;
	struct dsig_check check[BLOCK];
	enum err rc = read_letters(block, err);

	if (rc != ERR_OK)
		return rc;
	qsort(block->item, block->count, sizeof(block->item[0]), by_key);
	gather(block, check);
	if (!dsig_many(check, block->count))
		pool_signers_distrust(block->signers);
	for (size_t i = 0; i < block->count && rc == ERR_OK; i++)
		if (check[i].rc != ERR_OK)
			rc = refuse(&block->item[i], check[i].rc, err);
	return rc;
}

static void
release(struct beside_work *work)
{
	struct block *block = (struct block *)work;

	for (size_t i = 0; i < block->count; i++) {
		bytes_wipe(&block->item[i].xml);
		EVP_PKEY_free(block->item[i].key);
	}
	free(block);
}

/* --- filling blocks ------------------------------------------------------ */

struct selfcheck *
selfcheck_new(struct beside *beside)
{
	struct selfcheck *check = calloc(1, sizeof(*check));

	if (check == NULL)
		return NULL;
	check->beside = beside;
	check->full = 1;
	if ((check->signers = pool_signers_new()) == NULL) {
		free(check);
		return NULL;
	}
	pool_signers_expect(check->signers, 0);
	return check;
}

void
selfcheck_free(struct selfcheck **check)
{
	if (*check == NULL)
		return;
	(void)selfcheck_end(*check, NULL);
	pool_signers_free(&(*check)->signers);
	free(*check);
	*check = NULL;
}

void
selfcheck_expect(struct selfcheck *check, size_t letters)
{
	pool_signers_expect(check->signers, letters);
}

static void
flush(struct selfcheck *check)
{
	if (check->block == NULL)
		return;
	beside_add(check->beside, &check->block->work);
	check->block = NULL;
	check->full = check->full < BLOCK / 2 ? 2 * check->full : BLOCK;
}

/* Takes the item over, also where there is no memory. */
static enum err
add(struct selfcheck *check, const struct item *item, struct errtext *err)
{
	struct block *block = check->block;

	EVP_PKEY_up_ref(item->key);
	if (block == NULL && (block = calloc(1, sizeof(*block))) != NULL) {
		block->work =
		    (struct beside_work){ .run = run, .free = release };
		block->signers = check->signers;
		check->block = block;
	}
	if (block == NULL || item->xml.failed) {
		struct bytes xml = item->xml;

		bytes_wipe(&xml);
		EVP_PKEY_free(item->key);
		return err_memory(err);
	}
	block->item[block->count++] = *item;
	if (block->count >= check->full)
		flush(check);
	return ERR_OK;
}

enum err
selfcheck_add(struct selfcheck *check, const void *xml, size_t len,
    const char *number, EVP_PKEY *key, struct errtext *err)
{
	struct item item = { .key = key };

	if (!text_copy(item.number, sizeof(item.number), number))
		return err_set(err, ERR_DATA, _("not a letter number"));
	bytes_add(&item.xml, xml, len);
	return add(check, &item, err);
}

enum err
selfcheck_add_person(struct selfcheck *check,
    const struct selfcheck_person *person, struct errtext *err)
{
	struct item item = { .key = person->key };
	enum err rc = line_hash(
	    person->entry, person->program, (int)person->which, item.hash);

	if (rc != ERR_OK)
		return err_set(err, rc,
		    _("OpenSSL cannot check the signature; this says nothing "
		      "about the file. Try again."));
	memcpy(item.signature,
	    line_signature(person->entry, (int)person->which),
	    sizeof(item.signature));
	return add(check, &item, err);
}

enum err
selfcheck_end(struct selfcheck *check, struct errtext *err)
{
	flush(check);
	check->full = 1;
	return beside_wait(check->beside, err);
}
