/*
 * Any bytes twice: as a text, and as a body whose checksum is made good, so
 * that the decoders behind it are reached. What decodes has one form.
 */
#include "base/encode.h"
#include "letter/dsig.h"
#include "letter/xml.h"
#include "packed/packed.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BODY_MAX 2048

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
add_text(const uint8_t *data, size_t len, struct bytes *text)
{
	uint32_t crc = (uint32_t)crc32(0, data, (uInt)len);
	struct bytes body = { 0 };

	bytes_add(&body, data, len);
	for (int shift = 24; shift >= 0; shift -= 8)
		bytes_add_byte(&body, (uint8_t)(crc >> shift));
	bytes_add_text(text, PACKED_PREFIX);
	base32_encode(body.at, body.len, text);
	bytes_free(&body);
}

/* A letter that could have been signed packs to the text it came from. */
static void
check_one_form(const struct bytes *xml, const struct bytes *text,
    const struct packed_info *info)
{
	struct bytes again = { 0 };
	struct letter letter;
	struct dsig sig;

	if (info->format != 1 ||
	    dsig_scan(&dsig_letter, xml->at, xml->len, &sig, NULL) != ERR_OK ||
	    xml_read(xml->at, xml->len, &letter, NULL) != ERR_OK)
		return;
	if (packed_encode(xml->at, xml->len, &again, NULL, NULL) != ERR_OK ||
	    !bytes_equal(text, &again))
		abort();
	bytes_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bytes text = { 0 }, xml = { 0 };
	struct packed_info info;

	packed_decode((const char *)data, len, &xml, NULL, NULL);
	bytes_reset(&xml);
	if (len > 0 && len <= BODY_MAX) {
		add_text(data, len, &text);
		if (packed_decode((const char *)text.at, text.len, &xml, &info,
			NULL) == ERR_OK)
			check_one_form(&xml, &text, &info);
	}
	bytes_free(&text);
	bytes_free(&xml);
	return 0;
}
