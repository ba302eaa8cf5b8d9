/*
 * root.c - root.h.
 */
#include "cli/root.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/print.h"

void
root_tell(const uint8_t fingerprint[32])
{
	char text[FINGERPRINT_SIZE];

	fingerprint_text(fingerprint, text);
	print("%s\n %s\n",
	    _("Fingerprint of root.crt, to be compared by telephone with the "
	      "root custodian:"),
	    text);
}

void
root_tell_json(json_t *object, const uint8_t fingerprint[32])
{
	struct bytes hex = { 0 };

	hex_encode(fingerprint, 32, &hex);
	if (!hex.failed)
		json_set_text(object, "fingerprint", (const char *)hex.at);
	bytes_free(&hex);
}
