/*
 * key.c - private keys at rest: key.h.
 *
 * PKCS#8 with PBES2, so that `openssl pkey` opens the file without Sello.
 */
#include "trust/key.h"

#include "base/file.h"
#include "base/i18n.h"
#include "trust/key_private.h"
#include "trust/stretch.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <string.h>

/*
 * scrypt at N 2^14, r 8, p 2: the time of N 2^15, p 1. OpenSSL's PKCS#8 code
 * caps scrypt at 32 MiB, which N 2^15 exceeds by its working space; a key
 * that only Sello could open would be no backup.
 */
#define SCRYPT_N 16384
#define SCRYPT_R 8
#define SCRYPT_P 2

enum err
key_new_p256(EVP_PKEY **out, struct errtext *err)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");

	if (key == NULL)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make a P-256 key"));
	*out = key;
	return ERR_OK;
}

enum err
key_new_ed25519(EVP_PKEY **out, struct errtext *err)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

	if (key == NULL)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make an Ed25519 key"));
	*out = key;
	return ERR_OK;
}

bool
key_is_p256(EVP_PKEY *key)
{
	char group[64];

	return key != NULL && EVP_PKEY_is_a(key, "EC") &&
	    EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
	    strcmp(group, "prime256v1") == 0;
}

/* --- writing -------------------------------------------------------------- */

static X509_SIG *
encrypt(EVP_PKEY *key, const struct secret *passphrase)
{
	PKCS8_PRIV_KEY_INFO *plain = key_to_pkcs8(key);
	X509_ALGOR *how = NULL;
	X509_SIG *sealed = NULL;

	how = PKCS5_pbe2_set_scrypt(
	    EVP_aes_256_cbc(), NULL, 16, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
	if (plain == NULL || how == NULL)
		goto out;
	sealed = PKCS8_set0_pbe(
	    (const char *)passphrase->at, (int)passphrase->len, plain, how);
	if (sealed != NULL)
		how = NULL; /* now part of it */
out:
	X509_ALGOR_free(how);
	PKCS8_PRIV_KEY_INFO_free(plain);
	return sealed;
}

enum err
key_store(const char *path, EVP_PKEY *key, const struct secret *passphrase,
    struct errtext *err)
{
	X509_SIG *sealed = NULL;
	BIO *pem = NULL;
	char *text;
	long len;
	enum err rc = file_refuse_there(path, err);

	if (rc != ERR_OK && rc != ERR_EXISTS)
		return rc;
	if (rc == ERR_EXISTS)
		return err_set(err, rc,
		    _("%s: there is a key already; it is never replaced"),
		    path);
	if ((sealed = encrypt(key, passphrase)) == NULL ||
	    (pem = BIO_new(BIO_s_mem())) == NULL ||
	    !PEM_write_bio_PKCS8(pem, sealed) ||
	    (len = BIO_get_mem_data(pem, &text)) <= 0) {
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot encrypt the key"));
		goto out;
	}
	rc = file_write_new(path, 0600, text, (size_t)len, err);
out:
	BIO_free(pem);
	X509_SIG_free(sealed);
	return rc;
}

/* --- reading -------------------------------------------------------------- */

static enum err
read_pem(const char *path, struct bytes *text, BIO **bio, struct errtext *err)
{
	enum err rc;

	if ((rc = file_read(path, KEY_FILE_MAX, text, err)) != ERR_OK)
		return rc;
	*bio = BIO_new_mem_buf(text->at, (int)text->len);
	if (*bio == NULL)
		return err_memory(err);
	return ERR_OK;
}

static enum err
wrong_passphrase(const char *path, struct errtext *err)
{
	/* what was sealed with it is in the same file */
	err_set(err, ERR_REFUSED,
	    _("%s: a wrong passphrase; or, if it is the right one, this file "
	      "is damaged: take another copy of it"),
	    path);
	return err_openssl(NULL, ERR_REFUSED, ""); /* clears the queue */
}

static enum err
too_much_work(const char *path, struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("%s: to try a passphrase on this key would keep the computer "
	      "busy for too long; the file was changed, or another program "
	      "made it"),
	    path);
}

enum err
key_load(const char *path, const struct secret *passphrase, EVP_PKEY **out,
    struct errtext *err)
{
	struct bytes text = { 0 };
	BIO *bio = NULL;
	X509_SIG *sealed = NULL;
	PKCS8_PRIV_KEY_INFO *plain = NULL;
	EVP_PKEY *key = NULL;
	enum err rc;

	if ((rc = read_pem(path, &text, &bio, err)) != ERR_OK)
		goto out;
	sealed = PEM_read_bio_PKCS8(bio, NULL, NULL, NULL);
	if (sealed == NULL) {
		err_openssl(NULL, ERR_DATA, "");
		rc = err_set(err, ERR_DATA,
		    _("%s: not an encrypted private key (PKCS#8 PEM)"), path);
		goto out;
	}
	if (!stretch_is_fit(sealed)) {
		rc = too_much_work(path, err);
		goto out;
	}
	plain = PKCS8_decrypt(
	    sealed, (const char *)passphrase->at, (int)passphrase->len);
	if (plain == NULL || (key = key_from_pkcs8(plain)) == NULL) {
		rc = wrong_passphrase(path, err);
		goto out;
	}
	*out = key;
out:
	PKCS8_PRIV_KEY_INFO_free(plain);
	X509_SIG_free(sealed);
	BIO_free(bio);
	bytes_wipe(&text);
	return rc;
}

/* What OpenSSL asks for a passphrase; it must never ask the terminal. */
struct asked {
	const struct secret *passphrase;
	bool was_asked;
};

static int
give_passphrase(char *to, int size, int writing, void *arg)
{
	struct asked *asked = arg;

	(void)writing;
	asked->was_asked = true;
	if (asked->passphrase == NULL || asked->passphrase->len > (size_t)size)
		return -1;
	memcpy(to, asked->passphrase->at, asked->passphrase->len);
	return (int)asked->passphrase->len;
}

/* A key that is encrypted in this file, whichever OpenSSL would take. */
static bool
asks_too_much(const struct bytes *text)
{
	BIO *bio = BIO_new_mem_buf(text->at, (int)text->len);
	X509_SIG *sealed =
	    bio != NULL ? PEM_read_bio_PKCS8(bio, NULL, NULL, NULL) : NULL;
	bool much = sealed != NULL && !stretch_is_fit(sealed);

	X509_SIG_free(sealed);
	BIO_free(bio);
	ERR_clear_error();
	return much;
}

enum err
key_load_plain(const char *path, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err)
{
	struct bytes text = { 0 };
	struct asked asked = { passphrase, false };
	BIO *bio = NULL;
	EVP_PKEY *key;
	bool opened;
	enum err rc;

	if ((rc = read_pem(path, &text, &bio, err)) != ERR_OK)
		goto out;
	if (asks_too_much(&text)) {
		rc = too_much_work(path, err);
		goto out;
	}
	key = PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, &asked);
	opened = key != NULL;
	if ((key = key_agreeing(key)) != NULL) {
		*out = key;
	} else if (asked.was_asked && !opened) {
		rc = wrong_passphrase(path, err);
	} else {
		err_openssl(NULL, ERR_DATA, "");
		rc = err_set(
		    err, ERR_DATA, _("%s: not a private key in PEM"), path);
	}
out:
	BIO_free(bio);
	bytes_wipe(&text);
	return rc;
}

/* --- raw public keys ------------------------------------------------------ */

enum err
key_public_raw(EVP_PKEY *key, uint8_t out[32])
{
	uint8_t raw[32];
	size_t len = sizeof(raw);

	if (EVP_PKEY_get_raw_public_key(key, raw, &len) != 1 ||
	    len != sizeof(raw))
		return err_openssl(NULL, ERR_INTERNAL, "");
	memcpy(out, raw, sizeof(raw));
	return ERR_OK;
}

enum err
key_from_public_raw(const char *type, const uint8_t raw[32], EVP_PKEY **out)
{
	EVP_PKEY *key =
	    EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, raw, 32);

	if (key == NULL)
		return err_openssl(NULL, ERR_INTERNAL, "");
	*out = key;
	return ERR_OK;
}
