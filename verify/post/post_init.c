/*
 * post_init.c - making a home. root.crt is written last: without it a folder
 * is no home, so an init that was cut short can be run again.
 */
#include "verify/post/post.h"

#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/private.h"
#include "base/process.h"
#include "letter/field.h"
#include "trust/key.h"
#include "verify/post/post_store.h"

#include <ctype.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

/* What is to be written. */
struct made {
	X509 *root;
	struct post_info info;
	EVP_PKEY *cosigner, *report;
	struct bytes root_pem, request, cosigner_pem, report_pem;
};

/* Fingerprints are typed in either case, with colons or spaces. */
static bool
is_fingerprint(const char *text, const uint8_t want[32])
{
	char digits[64];
	uint8_t got[32];
	size_t count = 0;

	for (; *text != '\0'; text++) {
		if (*text == ':' || *text == ' ')
			continue;
		if (count == sizeof(digits))
			return false;
		digits[count++] = (char)tolower((unsigned char)*text);
	}
	return count == sizeof(digits) &&
	    hex_decode_exact(digits, count, got, sizeof(got)) &&
	    memcmp(got, want, sizeof(got)) == 0;
}

static enum err
check_root(
    const struct post_setup *setup, struct made *made, struct errtext *err)
{
	struct root_info info;
	enum err rc;

	if ((rc = cert_load(setup->root_path, &made->root, err)) != ERR_OK)
		return rc;
	if ((rc = cert_read_root(made->root, &info, err)) != ERR_OK) {
		err_prefix(err, "%s", setup->root_path);
		return err_is_inside(rc) ? rc : ERR_DATA;
	}
	if (setup->fingerprint != NULL &&
	    !is_fingerprint(setup->fingerprint, info.fingerprint))
		return err_set(err, ERR_DATA,
		    _("%s: the fingerprint is another one; do not use this "
		      "file, and call the root custodian"),
		    setup->root_path);
	memcpy(made->info.root, info.fingerprint, sizeof(made->info.root));
	return cert_pem(made->root, &made->root_pem);
}

static enum err
check_name(
    const struct post_setup *setup, struct made *made, struct errtext *err)
{
	struct problem problem = { 0 };

	if (!field_check(
		field_row(FIELD_CONSULATE), setup->consulate, &problem))
		return err_set(err, ERR_DATA,
		    _("--consulate: must look like ES-GTGUA: %s"),
		    problem.text);
	snprintf(made->info.name, sizeof(made->info.name), "%s/%d",
	    setup->consulate, setup->number);
	return ERR_OK;
}

/* PKCS#8 without a passphrase: a post works while nobody is there. */
static enum err
plain_pem(EVP_PKEY *key, struct bytes *out)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	enum err rc = ERR_INTERNAL;
	char *text;
	long len;

	if (bio != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(
		bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
	    (len = BIO_get_mem_data(bio, &text)) > 0) {
		bytes_add(out, text, (size_t)len);
		rc = out->failed ? ERR_MEMORY : ERR_OK;
	}
	BIO_free(bio);
	return rc;
}

static enum err
make_keys(struct made *made, struct errtext *err)
{
	enum err rc;

	if ((rc = key_new_ed25519(&made->cosigner, err)) != ERR_OK ||
	    (rc = key_new_ed25519(&made->report, err)) != ERR_OK)
		return rc;
	if (key_public_raw(made->cosigner, made->info.cosigner_key) != ERR_OK ||
	    key_public_raw(made->report, made->info.report_key) != ERR_OK ||
	    plain_pem(made->cosigner, &made->cosigner_pem) != ERR_OK ||
	    plain_pem(made->report, &made->report_pem) != ERR_OK)
		return err_openssl(
		    err, ERR_INTERNAL, _("making the keys failed"));
	return request_make_post(
	    &made->info, made->cosigner, made->report, &made->request, err);
}

struct file {
	const char *name;
	mode_t mode;
	const struct bytes *data;
};

/* Their names last when this returns ERR_OK. */
static enum err
write_files(const char *home, const struct file *files, size_t count,
    struct file_draft *draft, struct errtext *err)
{
	enum err rc = ERR_OK;
	sigset_t before;

	process_hold(&before);
	for (size_t i = 0; i < count && rc == ERR_OK; i++) {
		char *path = file_join(home, files[i].name);

		rc = path != NULL
		    ? file_draft_over(path, files[i].mode, files[i].data->at,
			  files[i].data->len, &draft[i], err)
		    : err_memory(err);
		free(path);
	}
	if (rc == ERR_OK)
		rc = file_draft_name(draft, count, err);
	for (size_t i = 0; i < count; i++)
		file_draft_clear(&draft[i]);
	process_let(&before);
	return rc;
}

static enum err
write_home(const char *home, const struct made *made, struct errtext *err)
{
	struct bytes name = { 0 };
	const struct file files[] = {
		{ "cosigner.key", 0600, &made->cosigner_pem },
		{ "report.key", 0600, &made->report_pem },
		{ "request.txt", 0644, &made->request },
		{ "post.txt", 0644, &name },
	};
	const struct file last = { "root.crt", 0644, &made->root_pem };
	struct file_draft draft[sizeof(files) / sizeof(*files)] = { 0 };
	enum err rc;

	bytes_addf(&name, "%s\n", made->info.name);
	if (name.failed)
		return err_memory(err);
	if ((rc = private_mkdir(home, err)) == ERR_OK &&
	    (rc = post_store_create(home, err)) == ERR_OK &&
	    (rc = write_files(home, files, sizeof(files) / sizeof(*files),
		 draft, err)) == ERR_OK)
		rc = write_files(home, &last, 1, draft, err);
	bytes_free(&name);
	return rc;
}

static enum err
is_new(const char *home, struct errtext *err)
{
	char *path = file_join(home, "root.crt");
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = file_refuse_there(path, err)) == ERR_EXISTS)
		rc = err_set(err, rc,
		    _("%s: a post is set up here already; it was left as it "
		      "is"),
		    home);
	free(path);
	return rc;
}

enum err
post_init(const char *home, const struct post_setup *setup, struct errtext *err)
{
	struct made made = { 0 };
	enum err rc;

	if ((rc = is_new(home, err)) == ERR_OK &&
	    (rc = check_name(setup, &made, err)) == ERR_OK &&
	    (rc = check_root(setup, &made, err)) == ERR_OK &&
	    (rc = make_keys(&made, err)) == ERR_OK)
		rc = write_home(home, &made, err);
	X509_free(made.root);
	EVP_PKEY_free(made.cosigner);
	EVP_PKEY_free(made.report);
	bytes_free(&made.root_pem);
	bytes_free(&made.request);
	bytes_wipe(&made.cosigner_pem);
	bytes_wipe(&made.report_pem);
	return rc;
}
