#include "letter/xml.h"

#include "base/file.h"
#include "letter/dsig.h"
#include "letter/field.h"

#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define NUMBER       "GTGUA01-2026-000002-J"

/* --- write ---------------------------------------------------------------- */

START_TEST(writes_the_documented_bytes)
{
	struct letter letter;
	struct bytes out = { 0 };

	sample_letter(&letter);
	ck_assert_int_eq(xml_write(&letter, &out), ERR_OK);
	ck_assert_str_eq((const char *)out.at, sample_unsigned);
	bytes_free(&out);
}
END_TEST

static void
strip(struct letter *letter)
{
	letter->dependant_count = 0;
	memset(letter->dependant, 0, sizeof(letter->dependant));
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!field_table[i].required && field_table[i].size > 0)
			field_set(&field_table[i], letter, "", 0);
}

START_TEST(leaves_out_what_is_absent)
{
	static const char *const gone[] = { "Supersedes", "GivenNames",
		"estimated", "Sex", "Document>", "Dependants", "OfferReference",
		"AppointmentDate" };
	struct letter letter;
	struct bytes out = { 0 };

	sample_letter(&letter);
	strip(&letter);
	ck_assert_int_eq(xml_write(&letter, &out), ERR_OK);
	for (int i = 0; i < COUNT(gone); i++)
		ck_assert_msg(strstr((const char *)out.at, gone[i]) == NULL,
		    "%s", gone[i]);
	bytes_free(&out);
}
END_TEST

START_TEST(appends_to_what_is_there)
{
	struct letter letter;
	struct bytes out = { 0 };

	sample_letter(&letter);
	bytes_add_text(&out, "before");
	ck_assert_int_eq(xml_write(&letter, &out), ERR_OK);
	ck_assert_str_eq((const char *)out.at + 6, sample_unsigned);
	bytes_free(&out);
}
END_TEST

/* C14N 1.0, 2.3: text nodes */
START_TEST(escapes_as_canonical_xml)
{
	struct bytes out = { 0 };

	xml_escape(&out, "a&b<c>d\"e'f\rg\nh\ti\u00E9&&");
	ck_assert_str_eq((const char *)out.at,
	    "a&amp;b&lt;c&gt;d\"e'f&#xD;g\nh\ti\u00E9&amp;&amp;");
	bytes_free(&out);
}
END_TEST

/* libxml2's exclusive C14N is the oracle: it must not change a byte. */
static void
is_its_own_canonical_form(const struct bytes *xml)
{
	xmlDocPtr doc = xmlReadMemory(
	    (const char *)xml->at, (int)xml->len, NULL, NULL, XML_PARSE_NONET);
	xmlChar *canonical = NULL;
	int len;

	ck_assert_ptr_nonnull(doc);
	len = xmlC14NDocDumpMemory(
	    doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &canonical);
	ck_assert_int_eq(len, (int)xml->len);
	ck_assert_mem_eq(canonical, xml->at, xml->len);
	xmlFree(canonical);
	xmlFreeDoc(doc);
}

START_TEST(writes_canonical_xml)
{
	struct letter letter;
	struct bytes out = { 0 }, file;

	sample_letter(&letter);
	if (_i == 1)
		strip(&letter);
	if (_i == 2) /* no valid letter holds these: the writer escapes */
		strcpy(letter.surnames, "a<b>&c\r\"'");
	ck_assert_int_eq(xml_write(&letter, &out), ERR_OK);
	is_its_own_canonical_form(&out);
	file = sample_sign((const char *)out.at, NUMBER);
	is_its_own_canonical_form(&file);
	bytes_free(&file);
	bytes_free(&out);
}
END_TEST

/* --- docs/letter.md, section 8 -------------------------------------------- */

/* "| dependants 1 name | Xul |" and "| program | RRP-ES |" */
static void
take_row(struct letter *letter, char *key, const char *value)
{
	const struct field *field = field_by_key(key);
	void *record = letter;
	unsigned n;
	char part[32];

	if (sscanf(key, "dependants %u %31s", &n, part) == 2) {
		ck_assert(n >= 1 && n <= LETTER_DEPENDANT_MAX);
		letter->dependant_count = n;
		record = &letter->dependant[n - 1];
		for (int i = 0; i < FIELD_DEPENDANT_COUNT; i++)
			if (strcmp(field_dependant[i].key, part) == 0)
				field = &field_dependant[i];
	} else if (strcmp(key, "Salt") == 0) {
		field = field_row(FIELD_SALT);
	}
	ck_assert_msg(field != NULL, "%s", key);
	ck_assert(field_set(field, record, value, strlen(value)));
}

/* What section 8 says: a letter by its table, its bytes, their digest. */
struct example {
	struct letter letter;
	struct bytes xml;
	unsigned len;
	char sha256[65];
};

static void
take_line(struct example *example, char *line, bool in_block)
{
	char key[64], value[128];

	if (in_block) {
		bytes_add_text(&example->xml, line);
	} else if (sscanf(line, "| %63[^|]| %127[^|]|", key, value) == 2 &&
	    key[0] != '-' && strcmp(key, "Key ") != 0) {
		key[strlen(key) - 1] = '\0'; /* the space before | */
		value[strlen(value) - 1] = '\0';
		take_row(&example->letter, key, value);
	} else {
		sscanf(line, "%u bytes, SHA-256 `%64[0-9a-f]`", &example->len,
		    example->sha256);
	}
}

static void
read_example(struct example *example)
{
	struct bytes doc = { 0 };
	bool in_block = false;
	char *line, *rest;

	ck_assert_int_eq(
	    file_read("docs/letter.md", 1 << 20, &doc, NULL), ERR_OK);
	line = strstr((char *)doc.at, "## 8. Worked example");
	ck_assert_ptr_nonnull(line);
	line = strtok_r(line, "\n", &rest);
	while ((line = strtok_r(NULL, "\n", &rest)) != NULL &&
	    strncmp(line, "## ", 3) != 0)
		if (strncmp(line, "```", 3) == 0)
			in_block = !in_block;
		else
			take_line(example, line, in_block);
	bytes_free(&doc);
}

START_TEST(writes_the_example_of_the_document)
{
	struct example example = { 0 };
	struct bytes out = { 0 };
	unsigned char hash[SHA256_DIGEST_LENGTH];
	char hex[2 * SHA256_DIGEST_LENGTH + 1];
	struct problem problem;

	read_example(&example);
	ck_assert_uint_eq(letter_check(&example.letter, &problem, 1), 0);
	ck_assert_int_eq(xml_write(&example.letter, &out), ERR_OK);
	ck_assert_str_eq((const char *)out.at, (const char *)example.xml.at);
	ck_assert_uint_eq(out.len, example.len);
	SHA256(out.at, out.len, hash);
	for (int i = 0; i < SHA256_DIGEST_LENGTH; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	ck_assert_str_eq(hex, example.sha256);
	bytes_free(&out);
	bytes_free(&example.xml);
}
END_TEST

/* --- read ----------------------------------------------------------------- */

static void
expect_same(const struct letter *letter)
{
	struct letter read;
	struct errtext err = { 0 };
	struct bytes out = { 0 }, file;

	ck_assert_int_eq(xml_write(letter, &out), ERR_OK);
	file = sample_sign((const char *)out.at, letter->number);
	memset(&read, 0x5A, sizeof(read));
	ck_assert_msg(
	    xml_read(file.at, file.len, &read, &err) == ERR_OK, "%s", err.text);
	ck_assert_mem_eq(&read, letter, sizeof(read));
	bytes_free(&file);
	bytes_free(&out);
}

START_TEST(reads_back_what_was_written)
{
	struct letter letter;

	sample_letter(&letter);
	expect_same(&letter);
	strip(&letter);
	expect_same(&letter);
}
END_TEST

/* Each optional field alone, and each left out alone. */
START_TEST(reads_back_each_optional_field)
{
	const struct field *field = &field_table[_i];
	struct letter full, letter;

	if (field->required || field->size == 0 ||
	    field->group == GROUP_DOCUMENT)
		return;
	sample_letter(&full);
	letter = full;
	field_set(field, &letter, "", 0);
	expect_same(&letter);
	letter = full;
	strip(&letter);
	sample_put(&letter, field->id, field_get(field, &full));
	expect_same(&letter);
}
END_TEST

START_TEST(reads_back_the_largest_letter)
{
	struct letter letter;

	sample_letter(&letter);
	letter.surnames[0] = letter.given_names[0] = '\0';
	for (int i = 0; i < LETTER_NAME_MAX; i++) {
		strcat(letter.surnames, "\u1EA4");
		strcat(letter.given_names, "\u1EA5");
	}
	for (size_t i = 0; i < LETTER_DEPENDANT_MAX; i++) {
		letter.dependant[i] = letter.dependant[0];
		strcpy(letter.dependant[i].name, letter.surnames);
	}
	letter.dependant_count = LETTER_DEPENDANT_MAX;
	sample_put(&letter, FIELD_NATIONALITY, "GTM;ITA;XXA");
	expect_same(&letter);
}
END_TEST

/* Replace the first `from` by `to` in the signed sample; the rest is alike. */
static struct bytes
changed(const char *from, const char *to)
{
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	struct bytes out = { 0 };
	const char *text = (const char *)file.at;
	const char *at = strstr(text, from);

	ck_assert_msg(at != NULL, "%s", from);
	bytes_add(&out, text, (size_t)(at - text));
	bytes_add_text(&out, to);
	bytes_add_text(&out, at + strlen(from));
	bytes_free(&file);
	return out;
}

/* Well-formed and not: nothing but the one form is read. */
static const struct {
	const char *name, *from, *to;
} other[] = {
	{ "declaration", "<ReferralLetter ",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ReferralLetter " },
	{ "byte order mark", "<ReferralLetter ",
	    "\xEF\xBB\xBF<ReferralLetter " },
	{ "DTD", "<ReferralLetter ",
	    "<!DOCTYPE ReferralLetter><ReferralLetter " },
	{ "entity", "<ReferralLetter ",
	    "<!DOCTYPE a [<!ENTITY x \"RRP-ES\">]><ReferralLetter " },
	{ "comment before", "<ReferralLetter ", "<!-- --><ReferralLetter " },
	{ "comment inside", "<Program>", "<!-- --><Program>" },
	{ "comment in text", "RRP-ES", "RRP<!-- -->-ES" },
	{ "instruction", "<Program>", "<?x y?><Program>" },
	{ "CDATA", "RRP-ES", "<![CDATA[RRP-ES]]>" },
	{ "character reference", "RRP-ES", "RRP&#45;ES" },
	{ "predefined entity", "Q'anil", "Q&apos;anil" },
	{ "unknown entity", "RRP-ES", "RRP&x;ES" },
	{ "white space between", "<Program>", "\n<Program>" },
	{ "white space in front", "<ReferralLetter ", " <ReferralLetter " },
	{ "white space in a tag", "<Program>", "<Program >" },
	{ "white space in an end tag", "</Program>", "</Program >" },
	{ "white space in text", "RRP-ES", " RRP-ES" },
	{ "white space in a group", "<Holder>", "<Holder> " },
	{ "single quotes", "\"urn:sello:letter:1\"", "'urn:sello:letter:1'" },
	{ "another namespace", "urn:sello:letter:1", "urn:sello:letter:2" },
	{ "no namespace", " xmlns=\"urn:sello:letter:1\"", "" },
	{ "one more namespace", "<Program>", "<Program xmlns:a=\"urn:a\">" },
	{ "the same namespace again", "<Program>",
	    "<Program xmlns=\"urn:sello:letter:1\">" },
	{ "another namespace inside", "<Program>",
	    "<Program xmlns=\"urn:a\">" },
	{ "attribute on the root", "letter:1\">", "letter:1\" a=\"b\">" },
	{ "attribute", "<Program>", "<Program a=\"b\">" },
	{ "attribute xml:lang", "<Program>", "<Program xml:lang=\"es\">" },
	{ "estimated elsewhere", "<Program>", "<Program estimated=\"true\">" },
	{ "estimated of a dependant", "<BirthDate>2011",
	    "<BirthDate estimated=\"true\">2011" },
	{ "estimated false", "estimated=\"true\"", "estimated=\"false\"" },
	{ "estimated empty", "estimated=\"true\"", "estimated=\"\"" },
	{ "estimated long", "estimated=\"true\"", "estimated=\"truetrue\"" },
	{ "estimated in a namespace", "estimated=\"true\"",
	    "xml:estimated=\"true\"" },
	{ "estimated and more", "estimated=\"true\"",
	    "estimated=\"true\" a=\"b\"" },
	{ "estimated twice", "estimated=\"true\"",
	    "estimated=\"true\" estimated=\"true\"" },
	{ "unknown element in a field", "RRP-ES", "RRP<Mood></Mood>-ES" },
	{ "unknown element in another namespace", "<Program>",
	    "<Mood xmlns=\"urn:a\">good</Mood><Program>" },
	{ "unknown element with a prefix", "<Program>",
	    "<a:Mood xmlns:a=\"urn:a\">good</a:Mood><Program>" },
	{ "unknown element not closed", "<Program>", "<Mood>good<Program>" },
	{ "unknown element closed by another", "<Program>",
	    "<Mood>good</Food><Program>" },
	{ "unknown element and a broken rule", "AP2003</Approver>",
	    "OF1007</Approver><Mood>good</Mood>" },
	{ "unknown element for a known one", "<Program>RRP-ES</Program>",
	    "<Mood>good</Mood>" },
	{ "unknown element and an instruction", "<Program>",
	    "<Mood>good<?a b?></Mood><Program>" },
	{ "unknown element and a comment", "<Program>",
	    "<Mood>good<!-- --></Mood><Program>" },
	{ "unknown element after the Signature", "</ds:Signature>",
	    "</ds:Signature><Mood>good</Mood>" },
	{ "unknown element around known ones", "<Program>RRP-ES</Program>",
	    "<Mood><Program>RRP-ES</Program></Mood>" },
	{ "known element in Dependant", "<Name>\xC3\x93",
	    "<Sex>F</Sex><Name>\xC3\x93" },
	{ "element in a field", "RRP-ES", "<Program>RRP-ES</Program>" },
	{ "element missing", "<Program>RRP-ES</Program>", "" },
	{ "element empty", "<Program>RRP-ES</Program>", "<Program></Program>" },
	{ "element self-closed", "<Program>RRP-ES</Program>", "<Program/>" },
	{ "optional element empty", "<Sex>F</Sex>", "<Sex></Sex>" },
	{ "element twice", "<Program>", "<Program>RRP-ES</Program><Program>" },
	{ "elements swapped",
	    "<Program>RRP-ES</Program><Language>es</Language>",
	    "<Language>es</Language><Program>RRP-ES</Program>" },
	{ "field in the wrong group", "<Pathway>", "<Sex>F</Sex><Pathway>" },
	{ "Holder missing", "<Holder>", "" },
	{ "Holder twice", "<Holder>", "<Holder></Holder><Holder>" },
	{ "Document twice", "<Document>", "<Document></Document><Document>" },
	{ "Document empty",
	    "<Document><Type>I</Type><Country>GTM</Country>"
	    "<NumberTail>4580</NumberTail></Document>",
	    "<Document></Document>" },
	{ "Document incomplete", "<NumberTail>4580</NumberTail>", "" },
	{ "Document outside", "<Pathway>",
	    "<Document><Type>I</Type></Document><Pathway>" },
	{ "Dependants twice", "<Dependants>",
	    "<Dependants></Dependants><Dependants>" },
	{ "Dependants empty", "<Pathway>",
	    "<Dependants></Dependants><Pathway>" },
	{ "Dependant empty", "<Dependants>",
	    "<Dependants><Dependant></Dependant>" },
	{ "Dependant outside", "<Pathway>",
	    "<Dependant><Name>Xul</Name></Dependant><Pathway>" },
	{ "part of a dependant twice", "<BirthDate>2011",
	    "<Name>Xul</Name><BirthDate>2011" },
	{ "text in the root", "<Pathway>", "x<Pathway>" },
	{ "text in Holder", "<Sex>", "x<Sex>" },
	{ "nationality twice", "<Nationality>GTM", "<Nationality>ITA" },
	{ "four nationalities", "<Nationality>GTM",
	    "<Nationality>ESP</Nationality><Nationality>FRA</Nationality>"
	    "<Nationality>GTM" },
	{ "two nationalities in one", "<Nationality>GTM",
	    "<Nationality>GTM;ESP" },
	{ "nationalities apart", "<IdentityBasis>DOC</IdentityBasis>",
	    "<IdentityBasis>DOC</IdentityBasis><Nationality>ESP</Nationality>" },
	{ "rule broken: approver", "AP2003", "OF1007" },
	{ "rule broken: check character", "417-P", "417-Q" },
	{ "rule broken: name", "Xul", "X1l" },
	{ "decomposed name", "Mar\xC3\xAD", "Mari\xCC\x81" },
	{ "not UTF-8", "Mar\xC3\xAD", "Mar\xED" },
	{ "overlong UTF-8", "Xul", "X\xC1\xB5l" },
	{ "control character", "Xul", "X\x01l" },
	{ "value of 300 bytes", "Xul",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	{ "end tag missing", "</Program>", "" },
	{ "end tag wrong", "</Program>", "</Programs>" },
	{ "Id of another letter", "Id=\"GTGUA01-2026-000002-J\"",
	    "Id=\"GTGUA01-2025-000417-P\"" },
	{ "Id longer", "Id=\"GTGUA01-2026-000002-J\"",
	    "Id=\"GTGUA01-2026-000002-J1\"" },
	{ "Signature in no namespace",
	    " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"", "" },
	{ "field after the Signature", "</ds:Signature>",
	    "</ds:Signature><Salt>AAECAwQFBgcICQoL</Salt>" },
	{ "text after the Signature", "</ds:Signature>", "</ds:Signature>x" },
	{ "Signature twice", "</ds:Signature>",
	    "</ds:Signature>" SAMPLE_SIGNATURE(NUMBER) },
	{ "Signature in front", "<LetterNumber>",
	    SAMPLE_SIGNATURE(NUMBER) "<LetterNumber>" },
	{ "comment at the end", "</ReferralLetter>",
	    "</ReferralLetter><!-- -->" },
	{ "line feed at the end", "</ReferralLetter>", "</ReferralLetter>\n" },
	{ "second root", "</ReferralLetter>", "</ReferralLetter><a></a>" },
};

START_TEST(refuses_every_other_form)
{
	struct bytes xml = changed(other[_i].from, other[_i].to);
	struct letter out;
	struct errtext err = { 0 };
	enum err rc;

	memset(&out, 0x5A, sizeof(out));
	rc = xml_read(xml.at, xml.len, &out, &err);
	ck_assert_msg(
	    rc == ERR_PROFILE, "%s: %s", other[_i].name, err_name(rc));
	ck_assert_uint_gt(strlen(err.text), 20);
	/* nothing is written on error, and no name is told */
	for (size_t i = 0; i < sizeof(out); i++)
		ck_assert_uint_eq(((unsigned char *)&out)[i], 0x5A);
	ck_assert_ptr_null(strstr(err.text, "anil"));
	ck_assert_int_eq(xml_read(xml.at, xml.len, &out, NULL), ERR_PROFILE);
	bytes_free(&xml);
}
END_TEST

/* What a newer version may add. */
static const struct {
	const char *name, *from, *to;
} newer[] = {
	{ "in the root", "<Program>", "<Mood>good</Mood><Program>" },
	{ "first", "<LetterNumber>", "<Mood>good</Mood><LetterNumber>" },
	{ "last", "</Salt>", "</Salt><Mood>good</Mood>" },
	{ "in Holder", "<Sex>", "<Photo>x</Photo><Sex>" },
	{ "in Document", "</Type>", "</Type><Page>3</Page>" },
	{ "in Dependants", "<Dependants>", "<Dependants><Count>2</Count>" },
	{ "in Dependant", "<Name>\xC3\x93", "<Age>9</Age><Name>\xC3\x93" },
	{ "empty", "<Program>", "<Mood></Mood><Program>" },
	{ "with an attribute", "<Program>",
	    "<Mood a=\"b\">good</Mood><Program>" },
	{ "a group", "<Program>",
	    "<Moods><Mood>good</Mood><Program>x</Program></Moods><Program>" },
	{ "two", "<Program>RRP-ES</Program>",
	    "<A>1</A><Program>RRP-ES</Program><B>2</B>" },
};

START_TEST(tells_a_newer_letter)
{
	struct bytes xml = changed(newer[_i].from, newer[_i].to);
	struct letter out;
	struct errtext err = { 0 };
	enum err rc;

	memset(&out, 0x5A, sizeof(out));
	rc = xml_read(xml.at, xml.len, &out, &err);
	ck_assert_msg(
	    rc == ERR_VERSION, "%s: %s", newer[_i].name, err_name(rc));
	ck_assert_uint_gt(strlen(err.text), 20);
	for (size_t i = 0; i < sizeof(out); i++)
		ck_assert_uint_eq(((unsigned char *)&out)[i], 0x5A);
	ck_assert_ptr_null(strstr(err.text, "good"));
	bytes_free(&xml);
}
END_TEST

START_TEST(says_which_rule_is_broken)
{
	struct bytes xml = changed("AP2003", "OF1007");
	struct letter out;
	struct errtext err = { 0 };

	ck_assert_int_eq(xml_read(xml.at, xml.len, &out, &err), ERR_PROFILE);
	ck_assert_msg(strstr(err.text, "Approver") != NULL, "%s", err.text);
	bytes_free(&xml);
}
END_TEST

START_TEST(refuses_unsigned_and_truncated)
{
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	struct letter out;

	ck_assert_int_eq(xml_read((const uint8_t *)sample_unsigned,
			     strlen(sample_unsigned), &out, NULL),
	    ERR_PROFILE);
	for (size_t len = 0; len < file.len; len++)
		ck_assert_msg(xml_read(file.at, len, &out, NULL) == ERR_PROFILE,
		    "%zu", len);
	ck_assert_int_eq(xml_read(file.at, file.len, &out, NULL), ERR_OK);
	bytes_free(&file);
}
END_TEST

/* Each bit before the Signature turned: never accepted as it stood, and
 * what is accepted (another value) is written back to the same bytes. */
START_TEST(each_bit_counts)
{
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	size_t before = strlen(sample_unsigned) - strlen(SAMPLE_CLOSE);
	struct letter good, out;

	ck_assert_int_eq(xml_read(file.at, file.len, &good, NULL), ERR_OK);
	for (size_t i = 0; i < before * 8; i++) {
		file.at[i / 8] ^= (uint8_t)(1u << i % 8);
		if (xml_read(file.at, file.len, &out, NULL) == ERR_OK) {
			struct bytes again = { 0 };

			ck_assert_mem_ne(&out, &good, sizeof(out));
			ck_assert_int_eq(xml_write(&out, &again), ERR_OK);
			ck_assert_mem_eq(again.at, file.at, before);
			bytes_free(&again);
		}
		file.at[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	bytes_free(&file);
}
END_TEST

START_TEST(limit_is_told_apart)
{
	struct bytes file = { 0 };
	struct letter out;
	struct errtext err = { 0 };

	while (file.len <= LETTER_XML_MAX)
		bytes_add_byte(&file, 'a');
	ck_assert_int_eq(xml_read(file.at, file.len, &out, &err), ERR_LIMIT);
	ck_assert_int_eq(
	    xml_read(file.at, file.len - 1, &out, &err), ERR_PROFILE);
	bytes_free(&file);
}
END_TEST

static int complaints;

static void
complain(void *ctx, const char *message, ...)
{
	(void)ctx, (void)message;
	complaints++;
}

/* libxml2 prints on standard error unless it is told not to. */
START_TEST(parser_is_silent)
{
	struct bytes xml = changed("</Program>", "");
	struct letter out;

	xmlSetGenericErrorFunc(NULL, complain);
	ck_assert_int_eq(xml_read(xml.at, xml.len, &out, NULL), ERR_PROFILE);
	ck_assert_int_eq(complaints, 0);
	xmlSetGenericErrorFunc(NULL, NULL);
	bytes_free(&xml);
}
END_TEST

/* What the reader takes, the scanner of the signature profile takes too. */
START_TEST(sample_has_the_signature_profile)
{
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	struct dsig sig;
	struct errtext err = { 0 };

	ck_assert_msg(
	    dsig_scan(&dsig_letter, file.at, file.len, &sig, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(sig.id, NUMBER);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("xml");
	TCase *t = tcase_create("xml");

	tcase_add_test(t, writes_the_documented_bytes);
	tcase_add_test(t, leaves_out_what_is_absent);
	tcase_add_test(t, appends_to_what_is_there);
	tcase_add_test(t, escapes_as_canonical_xml);
	tcase_add_loop_test(t, writes_canonical_xml, 0, 3);
	tcase_add_test(t, writes_the_example_of_the_document);
	tcase_add_test(t, reads_back_what_was_written);
	tcase_add_loop_test(t, reads_back_each_optional_field, 0, FIELD_COUNT);
	tcase_add_test(t, reads_back_the_largest_letter);
	tcase_add_loop_test(t, refuses_every_other_form, 0, COUNT(other));
	tcase_add_loop_test(t, tells_a_newer_letter, 0, COUNT(newer));
	tcase_add_test(t, says_which_rule_is_broken);
	tcase_add_test(t, refuses_unsigned_and_truncated);
	tcase_add_test(t, each_bit_counts);
	tcase_add_test(t, limit_is_told_apart);
	tcase_add_test(t, parser_is_silent);
	tcase_add_test(t, sample_has_the_signature_profile);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
