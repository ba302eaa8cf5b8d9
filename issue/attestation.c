/*
 * attestation.c - signed rows of the roster: attestation.h.
 */
#include "issue/attestation.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "letter/sign.h"

static void
add_when(struct bytes *out, const char *what, int64_t at, const char *by)
{
	char text[CLOCK_INSTANT_SIZE];

	if (at != 0 && clock_format(at, text))
		bytes_addf(out, "%s %s %s\n", what, text, by);
	else
		bytes_addf(out, "%s -\n", what);
}

static void
write_row(const char *center, const struct person *person, struct bytes *out)
{
	bytes_addf(out,
	    "sello-person/v1\ncenter %s\nperson %s\nrole %s\nfounding %d\n",
	    center, person->code, people_role_name(person->role),
	    person->founding);
	bytes_add_text(out, "sign ");
	hex_encode(person->keys.sign, sizeof(person->keys.sign), out);
	bytes_add_text(out, "\nslot ");
	hex_encode(person->keys.slot, sizeof(person->keys.slot), out);
	bytes_add_text(out, "\n");
	add_when(out, "added", person->added_at, person->added_by);
	add_when(out, "removed", person->removed_at, person->removed_by);
}

enum err
attestation_make(const char *center, const struct person *person, EVP_PKEY *key,
    uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err)
{
	struct bytes row = { 0 };
	enum err rc;

	write_row(center, person, &row);
	if (row.failed)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	else
		rc = sign_raw(key, row.at, row.len, out, err);
	bytes_free(&row);
	return rc;
}

bool
attestation_is_good(const char *center, const struct person *person,
    EVP_PKEY *key, const uint8_t signature[DSIG_SIGNATURE_SIZE])
{
	struct bytes row = { 0 };
	bool good;

	write_row(center, person, &row);
	good = !row.failed &&
	    dsig_verify_message(key, row.at, row.len, signature, NULL) ==
		ERR_OK;
	bytes_free(&row);
	return good;
}
