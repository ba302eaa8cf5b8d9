#include "packed/deflate.h"

#include "packed/format.h"

#include <string.h>
#include <zlib.h>

#define RAW_WINDOW (-15) /* zlib: no header, 32 KiB */
#define MEM_LEVEL  9

/*
 * A part of the format: never change a byte of it. It is written out here and
 * not made from the field table, because the table may grow.
 */
static const char dictionary[] =
    "GRANDPARENTGRANDCHILDSIBLINGSPOUSEPARTNERPARENTWARDOTHERCHILD"
    "DECLAREDCOPYINFORMATIONDOCUMENT_INTAKERECEIVE_APPLICATION"
    "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
    "<LetterNumber>GTGUA01-2026-000001-</LetterNumber>"
    "<Supersedes>GTGUA01-2026-000001-</Supersedes>"
    "<Program>RRP-ES</Program><Language>es</Language>"
    "<IssuedAt>2026-11-23T18:00:00Z</IssuedAt>"
    "<ValidFrom>2026-12-01</ValidFrom><ValidUntil>2027-05-01</ValidUntil>"
    "<Officer>OF1001</Officer><Approver>AP2001</Approver>"
    "<Consulate>ES-GTGUA</Consulate><Destination>ESP</Destination>"
    "<Holder><Surnames></Surnames><GivenNames></GivenNames>"
    "<BirthDate estimated=\"true\">unknown</BirthDate><Sex>F</Sex>"
    "<Nationality>GTM</Nationality><IdentityBasis>DOC</IdentityBasis>"
    "<Document><Type>P</Type><Country>GTM</Country>"
    "<NumberTail></NumberTail></Document></Holder>"
    "<Dependants><Dependant><Name></Name><BirthDate>20"
    "</BirthDate><Relationship>CHILD</Relationship></Dependant>"
    "</Dependants><Pathway>LCI</Pathway>"
    "<OfferReference>GECCO-2026-00</OfferReference>"
    "<RequestedAction>APPOINTMENT</RequestedAction>"
    "<CaseReference></CaseReference>"
    "<AppointmentDate>2027-01-</AppointmentDate>"
    "<Salt></Salt></ReferralLetter>";
#define DICTIONARY_LEN ((uInt)(sizeof(dictionary) - 1))

static enum err
deflate_all(z_stream *z, const uint8_t *xml, size_t len, struct bytes *out)
{
	size_t room = deflateBound(z, (uLong)len);
	uint8_t *at = bytes_reserve(out, room);

	if (at == NULL ||
	    deflateSetDictionary(
		z, (const Bytef *)dictionary, DICTIONARY_LEN) != Z_OK)
		return ERR_MEMORY;
	z->next_in = (z_const Bytef *)(uintptr_t)xml;
	z->avail_in = (uInt)len;
	z->next_out = at;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		return ERR_INTERNAL;
	out->len += z->total_out;
	return ERR_OK;
}

enum err
packed_deflate(const uint8_t *xml, size_t len, struct bytes *out)
{
	z_stream z = { 0 };
	enum err rc;

	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_WINDOW,
		MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return ERR_MEMORY;
	rc = deflate_all(&z, xml, len, out);
	deflateEnd(&z);
	return rc;
}

static enum err
inflate_all(z_stream *z, const uint8_t *in, size_t len, struct bytes *xml)
{
	uint8_t *at = bytes_reserve(xml, PACKED_XML_MAX);
	int got;

	if (at == NULL ||
	    inflateSetDictionary(
		z, (const Bytef *)dictionary, DICTIONARY_LEN) != Z_OK)
		return ERR_MEMORY;
	z->next_in = (z_const Bytef *)(uintptr_t)in;
	z->avail_in = (uInt)len;
	z->next_out = at;
	z->avail_out = PACKED_XML_MAX;
	got = inflate(z, Z_FINISH);
	if (got == Z_MEM_ERROR)
		return ERR_MEMORY;
	if (got != Z_STREAM_END || z->avail_in != 0)
		return ERR_PROFILE;
	xml->len += z->total_out;
	return ERR_OK;
}

enum err
packed_inflate(const uint8_t *in, size_t len, struct bytes *xml)
{
	z_stream z = { 0 };
	enum err rc;

	if (inflateInit2(&z, RAW_WINDOW) != Z_OK)
		return ERR_MEMORY;
	rc = inflate_all(&z, in, len, xml);
	inflateEnd(&z);
	return rc;
}
