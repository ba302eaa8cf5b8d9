/*
 * schemas/letter.xsd and the field table accept and refuse the same letters,
 * but for the rules that docs/letter.md lists. libxml2's validator judges on
 * one side, dsig_scan() and xml_read() on the other; the listed rules are
 * written out here a second time.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "letter/dsig.h"
#include "letter/field.h"
#include "letter/xml.h"

#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/sanitized.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define SCHEMA       "schemas/letter.xsd"
#define NUMBER       "GTGUA01-2026-000002-J"
#define VALUE_SIZE   512

static xmlSchemaPtr schema;
static xmlSchemaValidCtxtPtr validator;

static void
ignore(void *ctx, const char *message, ...)
{
	(void)ctx, (void)message;
}

static void
setup(void)
{
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(SCHEMA);

	ck_assert_ptr_nonnull(parser);
	schema = xmlSchemaParse(parser);
	ck_assert_msg(schema != NULL, "run from the project's root");
	xmlSchemaFreeParserCtxt(parser);
	validator = xmlSchemaNewValidCtxt(schema);
	xmlSchemaSetValidErrors(validator, ignore, ignore, NULL);
}

static void
teardown(void)
{
	xmlSchemaFreeValidCtxt(validator);
	xmlSchemaFree(schema);
}

static bool
schema_accepts(const struct bytes *file)
{
	xmlDocPtr doc =
	    xmlReadMemory((const char *)file->at, (int)file->len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	bool good;

	if (doc == NULL)
		return false;
	good = xmlSchemaValidateDoc(validator, doc) == 0;
	xmlFreeDoc(doc);
	return good;
}

static bool
table_accepts(const struct bytes *file)
{
	struct letter letter;
	struct dsig sig;

	return dsig_scan(&dsig_letter, file->at, file->len, &sig, NULL) ==
	    ERR_OK &&
	    xml_read(sig.xml, sig.len, &letter, NULL) == ERR_OK;
}

/* --- one letter as a frame with values ------------------------------------ */

enum slot {
	NUMBER_SLOT,
	SUPERSEDES,
	PROGRAM,
	LANGUAGE,
	ISSUED_AT,
	VALID_FROM,
	VALID_UNTIL,
	OFFICER,
	APPROVER,
	CONSULATE,
	DESTINATION,
	SURNAMES,
	GIVEN_NAMES,
	ESTIMATED,
	BIRTH_DATE,
	SEX,
	NATIONALITY_1,
	NATIONALITY_2,
	IDENTITY_BASIS,
	DOCUMENT_TYPE,
	DOCUMENT_COUNTRY,
	NUMBER_TAIL,
	NAME_1,
	BIRTH_1,
	RELATIONSHIP_1,
	NAME_2,
	BIRTH_2,
	RELATIONSHIP_2,
	PATHWAY,
	OFFER,
	ACTION,
	CASE,
	APPOINTMENT,
	SALT,
	SLOTS
};

static const struct {
	const char *before, *value;
} frame[SLOTS] = {
	{ "<ReferralLetter xmlns=\"urn:sello:letter:1\"><LetterNumber>",
	    NUMBER },
	{ "</LetterNumber><Supersedes>", "GTGUA01-2025-000417-P" },
	{ "</Supersedes><Program>", "RRP-ES" },
	{ "</Program><Language>", "es" },
	{ "</Language><IssuedAt>", "2026-11-23T18:00:00Z" },
	{ "</IssuedAt><ValidFrom>", "2026-12-13" },
	{ "</ValidFrom><ValidUntil>", "2027-06-11" },
	{ "</ValidUntil><Officer>", "OF1007" },
	{ "</Officer><Approver>", "AP2003" },
	{ "</Approver><Consulate>", "ES-GTGUA" },
	{ "</Consulate><Destination>", "ESP" },
	{ "</Destination><Holder><Surnames>", "Q'anil Batz" },
	{ "</Surnames><GivenNames>", "Rigoberta Mar\u00EDa" },
	{ "</GivenNames><BirthDate estimated=\"", "true" },
	{ "\">", "1990" },
	{ "</BirthDate><Sex>", "F" },
	{ "</Sex><Nationality>", "GTM" },
	{ "</Nationality><Nationality>", "ITA" },
	{ "</Nationality><IdentityBasis>", "DOC" },
	{ "</IdentityBasis><Document><Type>", "I" },
	{ "</Type><Country>", "GTM" },
	{ "</Country><NumberTail>", "4580" },
	{ "</NumberTail></Document></Holder><Dependants><Dependant><Name>",
	    "\u00D3scar Ical Pop" },
	{ "</Name><BirthDate>", "2011-04-09" },
	{ "</BirthDate><Relationship>", "CHILD" },
	{ "</Relationship></Dependant><Dependant><Name>", "Xul" },
	{ "</Name><BirthDate>", "unknown" },
	{ "</BirthDate><Relationship>", "GRANDPARENT" },
	{ "</Relationship></Dependant></Dependants><Pathway>", "LCI" },
	{ "</Pathway><OfferReference>", "GECCO-2026-00433" },
	{ "</OfferReference><RequestedAction>", "APPOINTMENT" },
	{ "</RequestedAction><CaseReference>", "Z4VWDDXS3J" },
	{ "</CaseReference><AppointmentDate>", "2027-02-04" },
	{ "</AppointmentDate><Salt>", "AAECAwQFBgcICQoL" },
};
#define FRAME_END "</Salt></ReferralLetter>"

/* The frame's letter with one value changed; free with bytes_free(). */
static struct bytes
with_value(enum slot slot, const char *value)
{
	struct bytes xml = { 0 }, file;
	const char *number = slot == NUMBER_SLOT ? value : NUMBER;

	for (int i = 0; i < SLOTS; i++) {
		bytes_add_text(&xml, frame[i].before);
		xml_escape(&xml, i == (int)slot ? value : frame[i].value);
	}
	bytes_add_text(&xml, FRAME_END);
	/* an Id that is no Id would be refused for its own sake */
	file = sample_sign((const char *)xml.at,
	    strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
			strlen(number) &&
		    strlen(number) > 0
		? number
		: NUMBER);
	bytes_free(&xml);
	return file;
}

/* --- the listed rules, again ---------------------------------------------- */

/* ISO 7064 MOD 37,36 the other way: the whole must leave 1. */
static bool
check_character_is_good(const char *number)
{
	static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	int p = 36, sum = 0;

	for (; *number != '\0'; number++) {
		const char *at = strchr(all, *number);

		if (at == NULL) /* hyphens */
			continue;
		sum = (p + (int)(at - all)) % 36;
		p = 2 * (sum == 0 ? 36 : sum) % 37;
	}
	return sum == 1;
}

static int64_t
days(const char *date)
{
	struct tm tm = { 0 };

	ck_assert_int_eq(
	    sscanf(date, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday),
	    3);
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return timegm(&tm) / CLOCK_DAY;
}

/* Texts of ISO 8601 sort by time; the first day of a year is "-01-01". */
static bool
born_after(const char *birth, const char *issued)
{
	char first[11] = "0000-01-01";

	if (strcmp(birth, "unknown") == 0)
		return false;
	memcpy(first, birth, strlen(birth));
	return strncmp(first, issued, 10) > 0;
}

/* Only of letters that the schema accepts: the forms are right. */
static bool
breaks_a_listed_rule(enum slot slot, const char *value)
{
	const char *v[SLOTS];

	for (int i = 0; i < SLOTS; i++)
		v[i] = i == (int)slot ? value : frame[i].value;
	return !check_character_is_good(v[NUMBER_SLOT]) ||
	    !check_character_is_good(v[SUPERSEDES]) ||
	    strncmp(v[NUMBER_SLOT] + 8, v[ISSUED_AT], 4) != 0 ||
	    strncmp(v[NUMBER_SLOT], v[SUPERSEDES], 7) != 0 ||
	    strcmp(v[NUMBER_SLOT], v[SUPERSEDES]) == 0 ||
	    strcmp(v[OFFICER], v[APPROVER]) == 0 ||
	    strcmp(v[BIRTH_DATE], "unknown") == 0 ||
	    born_after(v[BIRTH_DATE], v[ISSUED_AT]) ||
	    born_after(v[BIRTH_1], v[ISSUED_AT]) ||
	    born_after(v[BIRTH_2], v[ISSUED_AT]) ||
	    strcmp(v[VALID_FROM], v[VALID_UNTIL]) > 0 ||
	    days(v[VALID_UNTIL]) - days(v[VALID_FROM]) > 366 ||
	    strcmp(v[APPOINTMENT], v[VALID_FROM]) < 0 ||
	    strcmp(v[APPOINTMENT], v[VALID_UNTIL]) > 0;
}

/* Both accept, both refuse, or a listed rule tells them apart. */
static bool
agree(enum slot slot, const char *value)
{
	struct bytes file = with_value(slot, value);
	bool by_schema = schema_accepts(&file);
	bool by_table = table_accepts(&file);

	bytes_free(&file);
	if (by_schema && breaks_a_listed_rule(slot, value)) {
		ck_assert_msg(
		    !by_table, "%d \"%s\": a listed rule", slot, value);
		return false;
	}
	ck_assert_msg(by_schema == by_table, "%d \"%s\": schema %d, table %d",
	    slot, value, by_schema, by_table);
	return by_table;
}

START_TEST(frame_is_the_sample)
{
	struct bytes file = with_value(SLOTS, "");
	struct bytes sample = sample_sign(sample_unsigned, NUMBER);

	ck_assert(bytes_equal(&file, &sample));
	ck_assert(schema_accepts(&file));
	ck_assert(table_accepts(&file));
	bytes_free(&file);
	bytes_free(&sample);
}
END_TEST

/* --- values -------------------------------------------------------------- */

/* Good ones beside the frame's own: other lengths, other branches. */
static const struct {
	enum slot slot;
	const char *value;
} more[] = {
	{ NUMBER_SLOT, "GTGUA01-2026-100000-X" },
	{ PROGRAM, "AB" },
	{ PROGRAM, "ABCDEFGHIJKLM-09" },
	{ ISSUED_AT, "2026-02-28T23:59:59Z" },
	{ ISSUED_AT, "2026-01-31T00:00:00Z" },
	{ OFFICER, "ABCD" },
	{ APPROVER, "ABCDEFGHIJK9" },
	{ SURNAMES, "\u1EA4nh" },
	{ GIVEN_NAMES, "a b-c'd. e" },
	{ BIRTH_DATE, "1984-02-29" },
	{ BIRTH_DATE, "2000-12" },
	{ BIRTH_2, "1950-04-30" },
	{ OFFER, "A" },
	{ OFFER, "ABCDEFGHIJKLMNOPQRSTUVWXYZ09/-AB" },
	{ ACTION, "RECEIVE_APPLICATION" },
	{ ACTION, "DOCUMENT_INTAKE" },
	{ ACTION, "INFORMATION" },
	{ IDENTITY_BASIS, "COPY" },
	{ IDENTITY_BASIS, "DECLARED" },
	{ SALT, "++++++++////////" },
	{ APPOINTMENT, "2027-01-31" },
};

static const char *const letters[] = { "0", "1", "2", "6", "8", "9", "A", "I",
	"O", "Z", "a", "z", " ", "-", ".", "'", "/", ";", "_", "+", "=", ":",
	"\t", "\n", "&", "<", "!", "@", "[", "`", "{", "\u00A0", "\u00E9",
	"\u00D7", "\u0301", "\u0430", "\u0660", "\u2019", "\u200B", "\uFF21" };

/* Every value with a character put in, put over, or left out at each place; the
 * sanitized build: each fourth character there, others at the next place. */
static void
change_each_character(enum slot slot, const char *value)
{
	size_t len = strlen(value);
	char changed[VALUE_SIZE];

	ck_assert_msg(agree(slot, value), "%s", value);
	for (size_t i = 0; i <= len; i++) {
		int head = (int)i;

		snprintf(changed, sizeof(changed), "%.*s", head, value);
		agree(slot, changed);
		if (i < len) {
			snprintf(changed, sizeof(changed), "%.*s%s", head,
			    value, value + i + 1);
			agree(slot, changed);
		}
		for (int k = head % EACH; k < COUNT(letters); k += EACH) {
			snprintf(changed, sizeof(changed), "%.*s%s%s", head,
			    value, letters[k], value + i);
			agree(slot, changed);
			if (i == len)
				continue;
			snprintf(changed, sizeof(changed), "%.*s%s%s", head,
			    value, letters[k], value + i + 1);
			agree(slot, changed);
		}
	}
	snprintf(changed, sizeof(changed), "%s%s", value, value);
	agree(slot, changed);
	snprintf(changed, sizeof(changed), " %s ", value);
	agree(slot, changed);
}

START_TEST(agree_on_changed_values)
{
	change_each_character((enum slot)_i, frame[_i].value);
}
END_TEST

START_TEST(agree_on_more_changed_values)
{
	change_each_character(more[_i].slot, more[_i].value);
}
END_TEST

/* Each code of each list, and the codes of the other lists. */
START_TEST(agree_on_codes)
{
	static const enum slot slots[] = { LANGUAGE, SEX, IDENTITY_BASIS,
		DOCUMENT_TYPE, RELATIONSHIP_1, ACTION, ESTIMATED };
	static const char *const codes[] = { "es", "en", "fr", "pt", "ht", "de",
		"F", "M", "X", "DOC", "COPY", "DECLARED", "P", "I", "R", "T",
		"U", "B", "C", "D", "SPOUSE", "PARTNER", "CHILD", "PARENT",
		"SIBLING", "GRANDPARENT", "GRANDCHILD", "WARD", "OTHER",
		"APPOINTMENT", "RECEIVE_APPLICATION", "DOCUMENT_INTAKE",
		"INFORMATION", "true", "false", "1", "" };
	static const int accepted[] = { 5, 3, 3, 7, 9, 4, 1 };
	int count = 0;

	for (int k = 0; k < COUNT(codes); k++)
		count += agree(slots[_i], codes[k]);
	ck_assert_int_eq(count, accepted[_i]);
}
END_TEST

/* Names of 1 to 82 characters of one, two and three bytes. */
START_TEST(agree_on_lengths_of_names)
{
	static const char *const one[] = { "a", "\u00F1", "\u1EA1" };
	char name[VALUE_SIZE] = "";

	for (int i = 1; i <= 82; i++) {
		strcat(name, one[_i]);
		ck_assert(agree(SURNAMES, name) == (i <= 80));
		ck_assert(agree(NAME_2, name) == (i <= 80));
	}
}
END_TEST

/* Each character of the first planes' Latin and its neighbors, and a sample
 * of the rest, inside a name and in front. */
START_TEST(agree_on_characters_of_names)
{
	for (uint32_t c = 1 + (uint32_t)_i; c < 0x20000;
	     c += (c < 0x3100 ? 8u : 0x1F8u) * EACH) {
		struct bytes name = { 0 };

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		bytes_add_byte(&name, 'A');
		utf8_add(&name, c);
		bytes_add_byte(&name, 'b');
		agree(SURNAMES, (const char *)name.at);
		agree(NAME_1, (const char *)name.at + 1);
		bytes_free(&name);
	}
}
END_TEST

/* The calendar: each day that may or may not exist. */
static const int years[] = { 0, 1799, 1800, 1899, 1900, 1999, 2000, 2023, 2024,
	2026, 2100, 2400, 2800, 3000, 3600, 9999 };

START_TEST(agree_on_the_calendar)
{
	for (int month = 0; month <= 13; month++)
		for (int day = month % EACH; day <= 32; day += EACH) {
			char text[64];

			snprintf(text, sizeof(text), "%04d-%02d-%02d",
			    years[_i], month, day);
			agree(BIRTH_2, text);
			agree(APPOINTMENT, text);
			strcat(text, "T00:00:00Z");
			agree(ISSUED_AT, text);
		}
	for (int month = 0; month <= 13; month++) {
		char text[64];

		snprintf(text, sizeof(text), "%04d-%02d", years[_i], month);
		agree(BIRTH_1, text);
		text[4] = '\0';
		agree(BIRTH_1, text);
	}
}
END_TEST

START_TEST(agree_on_times)
{
	for (int i = 0; i <= 99; i++) {
		char text[64];

		snprintf(text, sizeof(text), "2026-11-23T%02d:00:00Z", i);
		ck_assert(agree(ISSUED_AT, text) == (i < 24));
		snprintf(text, sizeof(text), "2026-11-23T00:%02d:00Z", i);
		ck_assert(agree(ISSUED_AT, text) == (i < 60));
		snprintf(text, sizeof(text), "2026-11-23T00:00:%02dZ", i);
		ck_assert(agree(ISSUED_AT, text) == (i < 60));
	}
}
END_TEST

/* --- structure ----------------------------------------------------------- */

/* An element of the signed sample: <tag ...>inner</tag> */
struct element {
	size_t start, inner, close, end;
	bool has_elements;
};

/* The first element that starts at or after `from`; end 0 when none does. */
static struct element
element_at(const char *xml, size_t from)
{
	struct element e = { 0 };
	const char *at = xml + from;
	char name[64], stop[72];
	int depth = 0;

	while ((at = strchr(at, '<')) != NULL && at[1] == '/')
		at++;
	if (at == NULL)
		return e;
	snprintf(
	    name, sizeof(name), "<%.*s", (int)strcspn(at + 1, " >"), at + 1);
	snprintf(stop, sizeof(stop), "</%s>", name + 1);
	e.start = (size_t)(at - xml);
	e.inner = e.start + strcspn(at, ">") + 1;
	for (const char *p = at;; p++) {
		if (strncmp(p, stop, strlen(stop)) == 0 && --depth == 0) {
			e.close = (size_t)(p - xml);
			e.end = e.close + strlen(stop);
			e.has_elements =
			    xml[e.inner] == '<' && e.inner < e.close;
			return e;
		}
		if (strncmp(p, name, strlen(name)) == 0 &&
		    strchr(" >", p[strlen(name)]) != NULL)
			depth++;
	}
}

/* xml with [from, to) replaced */
static struct bytes
splice(const char *xml, size_t from, size_t to, const char *text, size_t len)
{
	struct bytes out = { 0 };

	bytes_add(&out, xml, from);
	bytes_add(&out, text, len);
	bytes_add_text(&out, xml + to);
	return out;
}

/* Judge and free; true when both accept. form: only the form was changed,
 * which the schema may not see, and the table must refuse. */
static bool
agree_on_file(struct bytes file, bool form, const char *what)
{
	bool by_schema = schema_accepts(&file);
	bool by_table = table_accepts(&file);

	if (form)
		ck_assert_msg(by_schema && !by_table, "%s: schema %d table %d",
		    what, by_schema, by_table);
	else
		ck_assert_msg(by_schema == by_table,
		    "%s: schema %d table %d\n%s", what, by_schema, by_table,
		    file.at);
	bytes_free(&file);
	return by_schema && by_table;
}

static void
change_element(const char *xml, struct element e)
{
	size_t len = e.end - e.start;
	struct element next = element_at(xml, e.end);
	struct bytes file;
	bool empty = e.inner == e.close;

	agree_on_file(splice(xml, e.start, e.end, "", 0), false, "left out");
	agree_on_file(
	    splice(xml, e.end, e.end, xml + e.start, len), false, "twice");
	agree_on_file(splice(xml, e.inner - 1, e.inner - 1, " a=\"b\"", 6),
	    false, "attribute");
	agree_on_file(splice(xml, e.inner, e.inner, "x", 1), false, "text");
	agree_on_file(splice(xml, e.inner, e.inner, "<x></x>", 7), false,
	    "element inside");
	agree_on_file(
	    splice(xml, e.start, e.start, "<x></x>", 7), false, "element");
	if (!empty)
		agree_on_file(
		    splice(xml, e.inner, e.close, "", 0), false, "emptied");
	if (next.end > 0 && next.start == e.end) {
		file = splice(xml, next.end, next.end, xml + e.start, len);
		memmove(
		    file.at + e.start, file.at + e.end, file.len - e.end + 1);
		file.len -= len;
		/* XSD cannot tell the first Transform from the second */
		agree_on_file(file,
		    strncmp(xml + e.start, "<ds:Transform ", 14) == 0 &&
			strncmp(xml + next.start, "<ds:Transform ", 14) == 0,
		    "swapped");
	}
}

/* Changes of form: the same document to XML, another file to Sello. */
static void
change_form(const char *xml, struct element e)
{
	if (e.start > 0)
		agree_on_file(
		    splice(xml, e.start, e.start, "\n", 1), true, "space");
	agree_on_file(
	    splice(xml, e.start, e.start, "<!--x-->", 8), true, "comment");
	agree_on_file(
	    splice(xml, e.start, e.start, "<?x y?>", 7), true, "instruction");
	agree_on_file(splice(xml, e.inner - 1, e.inner - 1, " ", 1), true,
	    "space in the tag");
	agree_on_file(splice(xml, e.end - 1, e.end - 1, " ", 1), true,
	    "space in the end tag");
}

static int
end_tags(const char *xml)
{
	int count = 0;

	while ((xml = strstr(xml, "</")) != NULL) {
		xml++;
		count++;
	}
	return count;
}

START_TEST(agree_on_structure)
{
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	const char *xml = (const char *)file.at;
	struct element e = element_at(xml, 0);
	int count = 0;

	for (; e.end > 0; e = element_at(xml, e.start + 1)) {
		change_element(xml, e);
		change_form(xml, e);
		count++;
	}
	ck_assert_int_eq(count, end_tags(xml)); /* all were found */
	bytes_free(&file);
}
END_TEST

/* The second Dependant again and again: 12 are good, 13 are not. */
START_TEST(agree_on_the_number_of_dependants)
{
	static const char end[] = "</Dependants>";
	struct bytes file = sample_sign(sample_unsigned, NUMBER);
	const char *xml = (const char *)file.at;
	size_t stop = (size_t)(strstr(xml, end) - xml);
	size_t start = (size_t)(strstr(xml, "<Dependant><Name>Xul") - xml);
	struct bytes more_of_them = { 0 };

	for (int count = 2; count <= 14; count++) {
		bool good = agree_on_file(
		    splice(xml, stop, stop, (const char *)more_of_them.at,
			more_of_them.len),
		    false, "dependants");

		ck_assert_msg(good == (count <= 12), "%d", count);
		bytes_add(&more_of_them, xml + start, stop - start);
	}
	bytes_free(&more_of_them);
	bytes_free(&file);
}
END_TEST

/* --- the list of docs/letter.md, both sides ------------------------------ */

static const struct {
	const char *rule;
	enum slot slot;
	const char *value;
} listed[] = {
	{ "check character", NUMBER_SLOT, "GTGUA01-2026-000002-K" },
	{ "check character", SUPERSEDES, "GTGUA01-2025-000417-Q" },
	{ "year of the number", ISSUED_AT, "2025-12-31T23:59:59Z" },
	{ "same center", SUPERSEDES, "COBOG01-2026-000001-5" },
	{ "not itself", SUPERSEDES, NUMBER },
	{ "two persons", APPROVER, "OF1007" },
	{ "birth before issue", BIRTH_DATE, "2026-11-24" },
	{ "birth before issue", BIRTH_1, "2027" },
	{ "unknown is not estimated", BIRTH_DATE, "unknown" },
	{ "date order", VALID_FROM, "2027-06-12" },
	{ "span", VALID_UNTIL, "2027-12-15" },
	{ "appointment", APPOINTMENT, "2026-12-12" },
	{ "appointment", APPOINTMENT, "2027-06-12" },
};

START_TEST(listed_rules_are_the_tables_alone)
{
	struct bytes file = with_value(listed[_i].slot, listed[_i].value);

	ck_assert_msg(schema_accepts(&file), "%s", listed[_i].rule);
	ck_assert_msg(!table_accepts(&file), "%s", listed[_i].rule);
	bytes_free(&file);
}
END_TEST

/* --- the public command -------------------------------------------------- */

static int
xmllint(const struct bytes *file)
{
	char path[64] = "/tmp/sello-schema-XXXXXX", command[256];
	int fd = mkstemp(path);
	int rc;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, file->at, file->len), (ssize_t)file->len);
	close(fd);
	snprintf(command, sizeof(command),
	    "xmllint --noout --nonet --schema " SCHEMA " %s >%s.out 2>&1", path,
	    path);
	rc = system(command);
	unlink(path);
	strcat(path, ".out");
	unlink(path);
	return rc;
}

START_TEST(xmllint_takes_a_letter)
{
	struct bytes good = sample_sign(sample_unsigned, NUMBER);
	struct bytes bad = with_value(SEX, "Q");
	struct bytes unsigned_letter = { 0 };

	bytes_add_text(&unsigned_letter, sample_unsigned);
	ck_assert_int_eq(xmllint(&good), 0);
	ck_assert_int_ne(xmllint(&bad), 0);
	ck_assert_int_ne(xmllint(&unsigned_letter), 0);
	bytes_free(&good);
	bytes_free(&bad);
	bytes_free(&unsigned_letter);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("schema");
	TCase *t = tcase_create("schema");

	tcase_set_timeout(t, 300);
	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(t, frame_is_the_sample);
	tcase_add_loop_test(t, agree_on_changed_values, 0, SLOTS);
	tcase_add_loop_test(t, agree_on_more_changed_values, 0, COUNT(more));
	tcase_add_loop_test(t, agree_on_codes, 0, 7);
	tcase_add_loop_test(t, agree_on_lengths_of_names, 0, 3);
	tcase_add_loop_test(t, agree_on_characters_of_names, 0, 8);
	tcase_add_loop_test(t, agree_on_the_calendar, 0, COUNT(years));
	tcase_add_test(t, agree_on_times);
	tcase_add_test(t, agree_on_structure);
	tcase_add_test(t, agree_on_the_number_of_dependants);
	tcase_add_loop_test(
	    t, listed_rules_are_the_tables_alone, 0, COUNT(listed));
	tcase_add_test(t, xmllint_takes_a_letter);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
