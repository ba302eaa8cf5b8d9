/*
 * authenticate.c - from bytes to a proven letter: authenticate.h.
 */
#include "trust/authenticate.h"

#include "base/i18n.h"
#include "letter/code.h"
#include "letter/form.h"
#include "letter/later.h"
#include "letter/number.h"
#include "letter/xml.h"

#include <stdio.h>
#include <string.h>

/*
 * A letter that is signed well but breaks a rule still has a number when its
 * first element and the signed Id, both authenticated, say the same one.
 */
static void
number_of(
    const struct dsig_kind *kind, const struct dsig *sig, struct letter *out)
{
	struct letter_number number;
	struct reader r = { sig->xml, sig->start };

	if (number_parse(sig->id, &number) &&
	    reader_skip_text(&r, "<" LETTER_ROOT " xmlns=\"") &&
	    reader_skip_text(&r, kind->namespace) &&
	    reader_skip_text(&r, "\"><LetterNumber>") &&
	    reader_skip_text(&r, sig->id) &&
	    reader_skip_text(&r, "</LetterNumber>"))
		memcpy(out->number, sig->id, sizeof(out->number));
}

static enum err
unknown_key(
    const struct trust_list *list, const char *key_name, struct errtext *err)
{
	if (list == NULL)
		return err_set(err, ERR_ISSUER,
		    _("there is no trust list that can be used: get one with sync"));
	return err_set(err, ERR_ISSUER,
	    _("signed by key %s, which the trust list does not name: get the "
	      "newest trust list"),
	    key_name);
}

/* Proven to be of this key: what the bytes say of themselves counts. */
static void
accept_proven(const struct dsig *sig, const struct trust_key *key,
    const struct trust_center *center, struct authentic *out)
{
	out->key = key;
	out->center = center;
	memcpy(out->digest, sig->digest, sizeof(out->digest));
	memcpy(out->signature, sig->signature, sizeof(out->signature));
}

/*
 * A later version of the letter, whose rules are not known here, nor how it is
 * signed. So a signature that is not good accuses nobody; a good one proves
 * number and center.
 */
static enum err
authenticate_later(const void *xml, size_t len, unsigned version,
    const struct trust_list *list, struct authentic *out, struct errtext *err)
{
	char namespace[sizeof(LETTER_NAMESPACES) + 10];
	const struct dsig_kind kind = { LETTER_ROOT, namespace,
		LETTER_XML_MAX };
	const struct trust_center *center = NULL;
	const struct trust_key *key = NULL;
	struct dsig sig;
	enum err rc;

	snprintf(namespace, sizeof(namespace), LETTER_NAMESPACES "%u", version);
	rc = dsig_scan(&kind, xml, len, &sig, NULL);
	if (rc == ERR_OK) {
		memcpy(out->key_name, sig.key_name, sizeof(out->key_name));
		if (list != NULL)
			key = trust_find_key(list, sig.key_name, &center);
		rc =
		    key == NULL ? ERR_ISSUER : dsig_verify(&sig, key->key, err);
	}
	if (err_is_inside(rc))
		return rc;
	if (rc != ERR_OK)
		return err_set(err, ERR_VERSION,
		    _("The file calls itself version %u of the letter. This "
		      "program knows version %d alone and cannot tell whether "
		      "a center made it."),
		    version, LETTER_VERSION);
	accept_proven(&sig, key, center, out);
	number_of(&kind, &sig, &out->letter);
	return err_set(err, ERR_VERSION,
	    _("A center signed this letter, in version %u of its form; this "
	      "program knows version %d alone."),
	    version, LETTER_VERSION);
}

enum err
authenticate_letter(const void *xml, size_t len, const struct trust_list *list,
    struct authentic *out, struct errtext *err)
{
	const struct trust_center *center = NULL;
	const struct trust_key *key = NULL;
	unsigned version = len > LETTER_XML_MAX ? 0 : later_version(xml, len);
	struct dsig sig;
	enum err rc;

	memset(out, 0, sizeof(*out));
	if (version > 0)
		return authenticate_later(xml, len, version, list, out, err);
	if ((rc = dsig_scan(&dsig_letter, xml, len, &sig, err)) != ERR_OK)
		return rc;
	if ((rc = form_check(sig.xml, sig.start, err)) != ERR_OK)
		return rc;
	memcpy(out->key_name, sig.key_name, sizeof(out->key_name));
	if (list != NULL)
		key = trust_find_key(list, sig.key_name, &center);
	if (key == NULL)
		return unknown_key(list, sig.key_name, err);
	if ((rc = dsig_verify(&sig, key->key, err)) == ERR_SIGNATURE &&
	    form_suspect(sig.xml, sig.start, NULL) != ERR_OK)
		return form_suspect(sig.xml, sig.start, err);
	if (rc != ERR_OK)
		return rc;
	accept_proven(&sig, key, center, out);
	rc = xml_read(sig.xml, sig.len, &out->letter, err);
	if (rc == ERR_OK && strcmp(out->letter.number, sig.id) != 0) {
		letter_wipe(&out->letter);
		rc = err_set(err, ERR_PROFILE,
		    _("signed under another number than the letter says"));
	}
	if (rc == ERR_PROFILE || rc == ERR_VERSION)
		number_of(&dsig_letter, &sig, &out->letter);
	return rc;
}

/* --- labels --------------------------------------------------------------- */

static const char *
pathway_label(const struct trust_list *list, const char *code, const char *lang)
{
	const struct code *built_in = code_find(code_pathway, code);
	const struct trust_pathway *added;

	if (built_in != NULL)
		return i18n_in(lang, built_in->label);
	if (list == NULL || (added = trust_find_pathway(list, code)) == NULL)
		return NULL;
	return trust_pathway_label(added, lang);
}

static const struct trust_center *
center_of(const struct trust_list *list, const struct letter *letter)
{
	struct letter_number number;

	if (!number_parse(letter->number, &number))
		return NULL;
	return trust_find_center(list, number.center);
}

static const char *
text_or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

void
authenticate_labels(const struct trust_list *list, const struct letter *letter,
    const char *lang, struct letter_labels *out)
{
	const struct trust_center *center;
	const struct trust_consulate *consulate;

	memset(out, 0, sizeof(*out));
	out->pathway = pathway_label(list, letter->pathway, lang);
	if (list == NULL)
		return;
	if (strcmp(list->program, letter->program) == 0) {
		out->program_name = list->name;
		out->emblem = text_or_null(list->emblem);
	}
	if ((center = center_of(list, letter)) != NULL) {
		out->center_name = center->name;
		out->hotline = text_or_null(center->hotline);
		out->timezone = text_or_null(center->timezone);
	}
	consulate = trust_find_consulate(list, letter->consulate);
	if (consulate != NULL) {
		out->consulate_name = consulate->name;
		out->consulate_address = text_or_null(consulate->address);
	}
}
