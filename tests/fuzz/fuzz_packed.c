/*
 * Any bytes as the text of a printed code. What decodes has one form.
 */
#include "letter/dsig.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "tests/fuzz/mutate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_packed(data, len, max, seed);
}

/* As it is printed: without what a scanner and a typist may change. */
static void
plain_text(const uint8_t *data, size_t len, struct bytes *out)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(" \t\r\n", data[i]) == NULL || data[i] == '\0')
			bytes_add_byte(out, (uint8_t)toupper(data[i]));
}

/* No keyboard was in between. */
static bool
is_typed_plain(const struct bytes *text)
{
	static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	return strspn((const char *)text->at, characters) == text->len;
}

/* A letter that could have been signed packs to the text it came from. What a
 * French keyboard typed is another text. */
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
	    (!bytes_equal(text, &again) && is_typed_plain(text)))
		abort();
	bytes_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bytes text = { 0 }, xml = { 0 };
	struct packed_info info;

	if (packed_decode((const char *)data, len, &xml, &info, NULL) ==
	    ERR_OK) {
		plain_text(data, len, &text);
		check_one_form(&xml, &text, &info);
	}
	bytes_free(&text);
	bytes_free(&xml);
	return 0;
}
