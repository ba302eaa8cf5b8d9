/*
 * make.c - a new home: center.h.
 */
#include "issue/center/center.h"
#include "issue/register/people.h"

#include "issue/center/files.h"
#include "issue/center/guard.h"
#include "issue/center/keyring.h"
#include "issue/register/center_row.h"
#include "issue/register/log.h"
#include "issue/register/setting.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/newdir.h"
#include "letter/code.h"
#include "letter/number.h"
#include "trust/key.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOTLINE_MIN 6  /* digits after the plus */
#define HOTLINE_MAX 15 /* ITU-T E.164 */

/* --- the facts ----------------------------------------------------------- */

static bool
is_hotline(const char *text)
{
	size_t digits;

	if (text[0] == '\0')
		return true;
	if (text[0] != '+')
		return false;
	digits = strspn(text + 1, "0123456789");
	return (text[1 + digits] == '\0' ||
		   strcmp(text + 1 + digits, HOTLINE_FREE) == 0) &&
	    digits >= HOTLINE_MIN && digits <= HOTLINE_MAX;
}

static bool
is_plain_name(const char *text)
{
	if (text[0] == '\0')
		return false;
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

enum err
center_check_facts(const struct center_facts *facts, struct errtext *err)
{
	const struct center_info *info = &facts->info;
	const struct country *country = country_find(info->country);

	if (!center_is_code(info->center))
		return err_set(err, ERR_DATA,
		    _("--center: a center's code is its UN/LOCODE and two "
		      "digits, like GTGUA01"));
	if (country == NULL)
		return err_set(err, ERR_DATA,
		    _("--country: give the three letters of ISO 3166-1, like "
		      "GTM"));
	if (strncmp(country->alpha2, info->center, 2) != 0)
		return err_set(err, ERR_DATA,
		    _("--country: the code of the center begins with the "
		      "letters of another country"));
	if (!timezone_is_name(info->timezone))
		return err_set(err, ERR_DATA,
		    _("--timezone: there is no such time zone; give a name "
		      "like America/Guatemala"));
	if (!is_plain_name(info->name))
		return err_set(err, ERR_DATA,
		    _("--name: give the name of the center as it stands on "
		      "letters"));
	if (!is_hotline(info->hotline))
		return err_set(err, ERR_DATA,
		    _("--hotline: give + and digits only, like "
		      "+50212345678"));
	if (!person_is_code(facts->founder))
		return err_set(err, ERR_USAGE, "--as: %s", people_code_rule());
	if (facts->key != NULL && !key_is_p256(facts->key))
		return err_set(err, ERR_DATA,
		    _("--key: this is not a key on the curve P-256"));
	return ERR_OK;
}

/* --- putting it together ------------------------------------------------- */

/* A home in the making. */
struct site {
	const struct center_facts *facts;
	int64_t now;
	char *dir; /* beside the home */
	struct center_keys keys;
	struct center_info info;
	struct registry *reg;
};

static enum err
make_keys(struct site *site, struct errtext *err)
{
	struct center_keys *keys = &site->keys;
	enum err rc = ERR_OK;

	if (site->facts->key != NULL) {
		EVP_PKEY_up_ref(site->facts->key);
		keys->sign = site->facts->key;
	} else
		rc = key_new_p256(&keys->sign, err);
	if (rc != ERR_OK || (rc = key_new_ed25519(&keys->log, err)) != ERR_OK ||
	    (rc = key_new_ed25519(&keys->cosigner, err)) != ERR_OK)
		return rc;
	site->info = site->facts->info;
	if (key_public_raw(keys->log, site->info.log_key) != ERR_OK ||
	    key_public_raw(keys->cosigner, site->info.cosigner_key) != ERR_OK)
		return err_openssl(
		    err, ERR_INTERNAL, _("the center's keys cannot be made"));
	return cert_fingerprint(site->facts->root, site->info.root);
}

static enum err
write_file(const char *dir, const char *name, const struct bytes *data,
    struct errtext *err)
{
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(dir, name, &path, err)) == ERR_OK)
		rc = file_write(path, 0644, data->at, data->len, err);
	free(path);
	return rc;
}

static enum err
write_root(struct site *site, struct errtext *err)
{
	struct bytes root = { 0 };
	enum err rc = cert_pem(site->facts->root, &root);

	if (rc == ERR_OK)
		rc = write_file(site->dir, "root.crt", &root, err);
	bytes_free(&root);
	return rc;
}

enum err
center_write_request(const char *home, EVP_PKEY *key,
    const struct center_info *info, const struct trust_roster *roster,
    struct errtext *err)
{
	struct bytes request = { 0 };
	enum err rc = request_make_center(key, info, roster, &request, err);

	if (rc == ERR_OK)
		rc = write_file(home, "request.csr", &request, err);
	bytes_free(&request);
	return rc;
}

/* The founder alone, as yet. */
static enum err
write_request(
    struct site *site, const struct person *founder, struct errtext *err)
{
	struct trust_person person = { .role =
					   people_role_letter(founder->role) };
	const struct trust_roster roster = { .person_count = 1,
		.persons = &person };

	memcpy(person.code, founder->code, sizeof(person.code));
	memcpy(person.key, founder->keys.sign, sizeof(person.key));
	return center_write_request(
	    site->dir, site->keys.sign, &site->info, &roster, err);
}

static enum err
found(struct site *site, struct errtext *err)
{
	struct person founder = { .role = ROLE_ADMINISTRATOR,
		.founding = true,
		.added_at = site->now };
	struct keyring ring = { 0 };
	enum err rc;

	snprintf(
	    founder.code, sizeof(founder.code), "%s", site->facts->founder);
	snprintf(founder.added_by, sizeof(founder.added_by), "%s",
	    site->facts->founder);
	if ((rc = center_row_insert(site->reg, &site->info, site->keys.sign,
		 site->now, err)) != ERR_OK ||
	    (rc = keyring_make(site->reg, &site->keys, &ring, err)) != ERR_OK ||
	    (rc = people_add(site->reg, site->info.center,
		 site->facts->passphrase, &founder, err)) != ERR_OK ||
	    (rc = write_request(site, &founder, err)) != ERR_OK)
		goto out;
	rc = keyring_give(site->reg, site->info.center, &ring, &founder, err);
out:
	keyring_close(&ring);
	return rc;
}

/* The guard of a log that has no line yet; elsewhere if so asked, on another
 * disk for example. Only its own place can be named absolutely. */
static enum err
make_guard(struct site *site, struct errtext *err)
{
	const char *asked = site->facts->guard;
	char *path = NULL;
	enum err rc;

	if (asked == NULL)
		rc = center_path(site->dir, "head.guard", &path, err);
	else {
		rc = guard_create(asked, err);
		if (rc == ERR_OK && (path = realpath(asked, NULL)) == NULL)
			rc = err_set(
			    err, ERR_IO, _("%s: cannot be found: %m"), asked);
		if (rc == ERR_OK)
			rc =
			    register_set_setting(site->reg, "guard", path, err);
	}
	if (rc == ERR_OK && asked == NULL)
		rc = guard_create(path, err);
	free(path);
	return rc;
}

static enum err
fill(struct site *site, struct errtext *err)
{
	enum err rc;

	if ((rc = make_keys(site, err)) != ERR_OK ||
	    (rc = write_root(site, err)) != ERR_OK ||
	    (rc = register_create(site->dir, &site->reg, err)) != ERR_OK ||
	    (rc = register_begin(site->reg, err)) != ERR_OK)
		return rc;
	if ((rc = found(site, err)) == ERR_OK &&
	    (rc = make_guard(site, err)) == ERR_OK)
		rc = register_commit(site->reg, err);
	register_rollback(site->reg);
	/* closed here: its files must be at rest when the folder is renamed */
	register_close(&site->reg);
	return rc;
}

enum err
center_make(const char *home, const struct center_facts *facts, int64_t now,
    struct errtext *err)
{
	struct site site = { .facts = facts, .now = now };
	struct newdir place = { 0 };
	enum err rc;

	if ((rc = center_check_facts(facts, err)) != ERR_OK ||
	    (rc = newdir_begin(home, &place, err)) != ERR_OK)
		goto out;
	site.dir = place.dir;
	if ((rc = fill(&site, err)) == ERR_OK)
		rc = newdir_finish(&place, err);
out:
	register_close(&site.reg);
	newdir_free(&place);
	EVP_PKEY_free(site.keys.sign);
	EVP_PKEY_free(site.keys.log);
	EVP_PKEY_free(site.keys.cosigner);
	return rc;
}
