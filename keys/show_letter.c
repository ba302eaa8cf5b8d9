/*
 * show_letter.c - which letter this is, without a word about its holder:
 * show.h.
 *
 * The root custodian has no business with people's data, so a letter's
 * fields stay unread here but for those that say who issued it and when.
 */
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "keys/show.h"
#include "trust/authenticate.h"

#include <stdio.h>

static void
print_facts(const struct shown *file, const struct dsig *sig,
    const struct authentic *a, const char *digest)
{
	command_print(file->path, _("referral letter"));
	command_print(_("Number"), sig->id);
	command_print(_("Key id"), sig->key_name);
	command_print(_("Digest"), digest);
	if (a == NULL) {
		print("%s\n",
		    _("Signature: not checked here; name --home of the "
		      "letter's root"));
	} else {
		command_print(_("Center"), a->center->name);
		command_print(_("Program"), a->letter.program);
		command_print(_("Issued at"), a->letter.issued_at);
		command_print(_("Valid from"), a->letter.valid_from);
		command_print(_("Valid until"), a->letter.valid_until);
		print("%s\n", _("Signature: good"));
	}
	print("%s\n",
	    _("This is not a verdict: use sello-verify check for that."));
}

static void
print_json(const struct shown *file, const struct dsig *sig,
    const struct authentic *a, const char *digest)
{
	json_t *o = json_object();

	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "letter");
	json_set_text(o, "signature", a != NULL ? "good" : "not-checked");
	json_set_text(o, "letterNumber", sig->id);
	json_set_text(o, "keyId", sig->key_name);
	json_set_text(o, "digest", digest);
	json_set_text(o, "center", a != NULL ? a->center->code : NULL);
	json_set_text(o, "program", a != NULL ? a->letter.program : NULL);
	json_set_text(o, "issuedAt", a != NULL ? a->letter.issued_at : NULL);
	json_set_text(o, "validFrom", a != NULL ? a->letter.valid_from : NULL);
	json_set_text(
	    o, "validUntil", a != NULL ? a->letter.valid_until : NULL);
	json_line(o);
}

enum err
show_letter(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	const struct bytes *xml = file->data;
	struct authentic letter = { 0 };
	struct bytes digest = { 0 };
	struct dsig sig;
	bool checked;
	enum err rc;

	rc = authenticate_letter(xml->at, xml->len, show->list, &letter, err);
	checked = rc == ERR_OK;
	if (rc == ERR_ISSUER) /* not a key of this home: say so, no failure */
		rc = ERR_OK;
	if (rc != ERR_OK ||
	    (rc = dsig_scan(&dsig_letter, xml->at, xml->len, &sig, err)) !=
		ERR_OK)
		return rc;
	hex_encode(sig.digest, sizeof(sig.digest), &digest);
	if (rc == ERR_OK && digest.failed)
		rc = err_memory(err);
	if (rc == ERR_OK && show->cli->json)
		print_json(file, &sig, checked ? &letter : NULL,
		    (const char *)digest.at);
	else if (rc == ERR_OK)
		print_facts(file, &sig, checked ? &letter : NULL,
		    (const char *)digest.at);
	letter_wipe(&letter.letter);
	bytes_free(&digest);
	return rc;
}
