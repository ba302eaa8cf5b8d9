/*
 * show_cert.c - certificates and requests in words: show.h.
 */
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "keys/show.h"

#include <stdio.h>
#include <string.h>

static void
set_hex(json_t *o, const char *key, const uint8_t raw[32])
{
	struct bytes hex = { 0 };

	hex_encode(raw, 32, &hex);
	json_set_text(o, key, hex.failed ? NULL : (const char *)hex.at);
	bytes_free(&hex);
}

static void
print_hex(const char *label, const uint8_t raw[32])
{
	char text[FINGERPRINT_SIZE];

	fingerprint_text(raw, text);
	command_print(label, text);
}

/* --- a root --------------------------------------------------------------- */

static void
show_root(const struct show *show, const struct shown *file,
    const struct root_info *root)
{
	json_t *o;

	if (!show->cli->json) {
		command_print(file->path, _("root certificate"));
		command_print(_("Program"), root->program);
		command_print(_("Name"), root->name);
		command_print(
		    _("Training"), root->training ? _("yes") : _("no"));
		command_print(_("Key id"), root->key_name);
		print_hex(_("Fingerprint (SHA-256)"), root->fingerprint);
		command_print_time(_("Valid from"), root->not_before);
		command_print_time(_("Valid until"), root->not_after);
		return;
	}
	o = json_object();
	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "root");
	json_set_text(o, "program", root->program);
	json_set_text(o, "name", root->name);
	set_hex(o, "fingerprint", root->fingerprint);
	json_object_set_new(o, "training", json_boolean(root->training));
	json_set_text(o, "keyId", root->key_name);
	json_set_time(o, "notBefore", root->not_before);
	json_set_time(o, "notAfter", root->not_after);
	json_line(o);
}

/* --- a center ------------------------------------------------------------- */

static void
print_center(const struct center_info *c, const char *key_name)
{
	char hotline[HOTLINE_SIZE];

	command_print(_("Center"), c->center);
	command_print(_("Name"), c->name);
	command_print(_("Country"), c->country);
	command_print(_("Time zone"), c->timezone);
	if (c->hotline[0] != '\0')
		command_print(labels_hotline(c->hotline, hotline)
			? _("Telephone, free")
			: _("Telephone"),
		    hotline);
	command_print(_("Key id"), key_name);
	print_hex(_("Log key"), c->log_key);
	print_hex(_("Cosigner key"), c->cosigner_key);
	print_hex(_("For the root with fingerprint"), c->root);
}

static json_t *
center_json(const struct shown *file, const char *kind,
    const struct center_info *c, const char *key_name)
{
	json_t *o = json_object();

	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", kind);
	json_set_text(o, "center", c->center);
	json_set_text(o, "name", c->name);
	json_set_text(o, "country", c->country);
	json_set_text(o, "timezone", c->timezone);
	show_hotline(o, c->hotline);
	json_set_text(o, "keyId", key_name);
	set_hex(o, "logKey", c->log_key);
	set_hex(o, "cosignerKey", c->cosigner_key);
	set_hex(o, "root", c->root);
	return o;
}

/* Does one of the roots at hand stand behind this certificate? */
static bool
is_issued(const struct show *show, X509 *cert)
{
	size_t i;

	for (i = 0; i < show->root_count; i++)
		if (cert_issued_by(cert, show->roots[i]))
			return true;
	return false;
}

static enum err
show_center(const struct show *show, const struct shown *file, X509 *cert,
    struct errtext *err)
{
	struct center_info info;
	char key_name[DSIG_KEY_NAME_SIZE];
	int64_t begin, end;
	bool good = is_issued(show, cert);
	json_t *o;
	enum err rc;

	if ((rc = cert_read_center(cert, &info, err)) != ERR_OK)
		return rc;
	if (cert_key_name(cert, key_name) != ERR_OK ||
	    cert_period(cert, &begin, &end) != ERR_OK)
		return err_openssl(
		    err, ERR_DATA, _("OpenSSL cannot read the certificate"));
	if (!show->cli->json) {
		command_print(file->path, _("certificate of a center"));
		print_center(&info, key_name);
		command_print_time(_("Valid from"), begin);
		command_print_time(_("Valid until"), end);
		print("%s\n",
		    good ? _("Signature: good, by this root")
			 : _("Signature: not checked here; name the root's "
			     "root.crt too, or --home"));
		return ERR_OK;
	}
	o = center_json(file, "certificate", &info, key_name);
	json_set_time(o, "notBefore", begin);
	json_set_time(o, "notAfter", end);
	json_set_text(o, "signature", good ? "good" : "not-checked");
	json_line(o);
	return ERR_OK;
}

enum err
show_certificate(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	struct root_info root;
	X509 *cert = NULL;
	enum err rc;

	rc = cert_parse(file->data->at, file->data->len, &cert, err);
	if (rc != ERR_OK)
		return rc;
	if (cert_read_root(cert, &root, NULL) == ERR_OK)
		show_root(show, file, &root);
	else
		rc = show_center(show, file, cert, err);
	X509_free(cert);
	return rc;
}

/* --- requests ------------------------------------------------------------- */

static void
request_json(const struct shown *file, const struct center_info *info,
    const char *key_name, const struct trust_roster *roster)
{
	json_t *o = center_json(file, "request", info, key_name);

	json_object_set_new(o, "persons", command_persons_json(roster));
	json_line(o);
}

enum err
show_center_request(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	struct trust_roster roster = { 0 };
	struct center_info info;
	char key_name[DSIG_KEY_NAME_SIZE];
	EVP_PKEY *key = NULL;
	enum err rc;

	rc = request_read_center(
	    file->data->at, file->data->len, &info, &roster, &key, err);
	if (rc != ERR_OK)
		return rc;
	if (dsig_key_name(key, key_name) != ERR_OK) {
		rc = err_openssl(err, ERR_INTERNAL, _("OpenSSL cannot hash"));
	} else if (show->cli->json) {
		request_json(file, &info, key_name, &roster);
	} else {
		command_print(file->path, _("request of a center"));
		print_center(&info, key_name);
		command_print_persons(stdout, 0, &roster);
		print("%s\n", _("Signature: good, by its own key"));
	}
	trust_roster_free(&roster);
	EVP_PKEY_free(key);
	return rc;
}

enum err
show_post_request(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	struct post_info info;
	json_t *o;
	enum err rc;

	rc = request_read_post(file->data->at, file->data->len, &info, err);
	if (rc != ERR_OK)
		return rc;
	if (!show->cli->json) {
		command_print(file->path, _("request of a post"));
		command_print(_("Post"), info.name);
		print_hex(_("Cosigner key"), info.cosigner_key);
		print_hex(_("Report key"), info.report_key);
		print_hex(_("For the root with fingerprint"), info.root);
		print("%s\n", _("Signature: good, by its own keys"));
		return ERR_OK;
	}
	o = json_object();
	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "post-request");
	json_set_text(o, "post", info.name);
	set_hex(o, "cosignerKey", info.cosigner_key);
	set_hex(o, "reportKey", info.report_key);
	set_hex(o, "root", info.root);
	json_line(o);
	return ERR_OK;
}
