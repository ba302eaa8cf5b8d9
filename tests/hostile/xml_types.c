/*
 * xml_types.c - what is rightly signed, or by somebody of the program, but is no
 * letter of this number: lists, lines, heads, certificates, and letters under
 * another name.
 */
#include "tests/hostile/hostile.h"

#include "base/clock.h"
#include "base/file.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/support/chronicle.h"
#include "trust/cert.h"

#include <string.h>

#define FORM "U-PROFILE"

static void
put(struct hostile *h, const char *what, const struct bytes *file,
    const char *want)
{
	hostile_put(h, "xml-types", what, "xml", file->at, file->len, want);
}

/* --- a thief's letters --------------------------------------------------- */

/* Signed by the center: the letter changed by a function. */
struct lie {
	const char *what;
	void (*tell)(const struct hostile *h, struct letter *letter);
	const char *want;
};

#define LIE(name)                                                         \
	static void name(const struct hostile *h __attribute__((unused)), \
	    struct letter *letter)

LIE(other_name)
{
	strcpy(letter->surnames, "Batz Liar");
}
LIE(other_number)
{
	chronicle_number(
	    &h->center->log, clock_year(h->now), 77, letter->number);
}
LIE(number_of_two)
{
	memcpy(letter->number, h->two.letter.number, sizeof(letter->number));
}
LIE(number_of_far)
{
	memcpy(letter->number, h->far.letter.number, sizeof(letter->number));
}
LIE(number_of_none)
{
	strcpy(letter->number, "GTGUA77-2026-000001-A");
}
LIE(bad_check)
{
	char *last = letter->number + strlen(letter->number) - 1;

	*last = *last == 'A' ? 'B' : 'A';
}
LIE(number_of_last_year)
{
	chronicle_number(
	    &h->center->log, clock_year(h->now) - 1, 1, letter->number);
}
LIE(number_zero)
{
	strcpy(letter->number, "GTGUA01-2026-000000-X");
}
LIE(issued_tomorrow)
{
	clock_format(h->now + CLOCK_DAY, letter->issued_at);
}
LIE(issued_last_week)
{
	clock_format(h->now - 7 * CLOCK_DAY, letter->issued_at);
}
LIE(issued_long_ago)
{
	strcpy(letter->issued_at, "1970-01-01T00:00:00Z");
}
LIE(issued_never)
{
	strcpy(letter->issued_at, "2026-02-30T25:61:61Z");
}
LIE(valid_for_ever)
{
	strcpy(letter->valid_until, "9999-12-31");
}
LIE(valid_backwards)
{
	char from[sizeof(letter->valid_from)];

	memcpy(from, letter->valid_from, sizeof(from));
	memcpy(letter->valid_from, letter->valid_until, sizeof(from));
	memcpy(letter->valid_until, from, sizeof(from));
}
LIE(other_program)
{
	strcpy(letter->program, "RRP-FR");
}
LIE(same_person)
{
	strcpy(letter->approver, letter->officer);
}
LIE(other_approver)
{
	strcpy(letter->approver, "AP9999");
}
LIE(other_consulate)
{
	strcpy(letter->consulate, "ES-HNTGU");
}
LIE(born_tomorrow)
{
	clock_format_date(h->now / CLOCK_DAY + 1, letter->birth_date);
}
LIE(supersedes_far)
{
	memcpy(letter->supersedes, h->far.letter.number,
	    sizeof(letter->supersedes));
}
LIE(supersedes_itself)
{
	memcpy(letter->supersedes, letter->number, sizeof(letter->supersedes));
}
LIE(other_salt)
{
	letter->salt[1] = 'Z';
}
LIE(markup)
{
	strcpy(letter->surnames, "<b>&amp;</b>");
}

static const struct lie lies[] = {
	{ "another name", other_name, "F-UNLOGGED" },
	{ "a number to come", other_number, "F-UNLOGGED" },
	{ "the number of another letter", number_of_two, "F-UNLOGGED" },
	{ "the number of another center", number_of_far, "F-KEY" },
	{ "the number of no center", number_of_none, "F-KEY|U-PROFILE" },
	{ "a wrong check character", bad_check, FORM },
	{ "a number of last year", number_of_last_year, FORM },
	{ "number 000000", number_zero, FORM },
	{ "issued tomorrow", issued_tomorrow, "F-UNLOGGED|U-CLOCK" },
	{ "issued before the key", issued_last_week, "F-KEY" },
	{ "issued in 1970", issued_long_ago, "F-KEY|U-PROFILE" },
	{ "issued on no day", issued_never, FORM },
	{ "valid for ever", valid_for_ever, FORM },
	{ "valid backwards", valid_backwards, FORM },
	{ "another program", other_program, "F-KEY" },
	{ "officer and approver the same", same_person, FORM },
	{ "an approver that there is not", other_approver, "F-UNLOGGED" },
	{ "another consulate", other_consulate, "F-UNLOGGED" },
	{ "born tomorrow", born_tomorrow, FORM },
	{ "in place of another center's", supersedes_far, FORM },
	{ "in place of itself", supersedes_itself, "F-UNLOGGED|U-PROFILE" },
	{ "another salt", other_salt, "F-UNLOGGED" },
	{ "markup in a name", markup, FORM },
};

static void
sign_xml(const struct bytes *xml, const char *id, EVP_PKEY *key,
    const char *name, struct bytes *out)
{
	const char *close = "</ReferralLetter>";

	hostile_sign((char *)xml->at, xml->len - strlen(close), close, id, key,
	    name, out);
}

static void
put_lies(struct hostile *h)
{
	struct bytes xml = { 0 }, file = { 0 };
	size_t i;

	for (i = 0; i < COUNT(lies); i++) {
		struct letter letter = h->one.letter;

		bytes_reset(&xml);
		bytes_reset(&file);
		lies[i].tell(h, &letter);
		hostile_must(xml_write(&letter, &xml) == ERR_OK, lies[i].what);
		sign_xml(&xml, letter.number, h->center->key, h->one.key_name,
		    &file);
		put(h, lies[i].what, &file, lies[i].want);
	}
	bytes_free(&xml);
	bytes_free(&file);
}

/* --- other documents ----------------------------------------------------- */

/* The list's text under a letter's root, signed by who may sign lists. */
static void
put_list_as_letter(struct hostile *h, const struct bytes *list)
{
	const char *at = strchr((char *)list->at, '>') + 1;
	const char *end = strstr(at, "<ds:Signature ");
	struct bytes before = { 0 }, file = { 0 };
	char name[9];

	hostile_must(
	    dsig_key_name(h->realm.root_key, name) == ERR_OK, "root's key");
	bytes_add_text(
	    &before, "<ReferralLetter xmlns=\"urn:sello:letter:1\">");
	bytes_add(&before, at, (size_t)(end - at));
	hostile_sign((char *)before.at, before.len, "</ReferralLetter>",
	    "trust-1", h->realm.root_key, name, &file);
	put(h, "a list as a letter, by the root", &file, "U-ISSUER");
	bytes_reset(&file);
	hostile_sign((char *)before.at, before.len, "</ReferralLetter>",
	    "trust-1", h->center->key, h->one.key_name, &file);
	put(h, "a list as a letter, by the center", &file,
	    "U-PROFILE|U-VERSION");
	bytes_reset(&file);
	bytes_addf(
	    &file, "%.*s", (int)(end - (char *)list->at), (char *)list->at);
	bytes_addf(&file, "%s</TrustList>", (char *)h->one.block.at);
	put(h, "a list with a letter's Signature", &file, "U-FOREIGN");
	bytes_reset(&file);
	bytes_addf(&file, "<!-- urn:sello:letter:1 -->%s", (char *)list->at);
	put(h, "a list that speaks of letters", &file, FORM);
	bytes_free(&before);
	bytes_free(&file);
}

/* A letter signed by keys that sign other things. */
static void
put_other_signers(struct hostile *h)
{
	EVP_PKEY *person = support_person_key("GTGUA01", "AP2003");
	struct bytes xml = { 0 }, file = { 0 };
	char root[9], own[9];

	hostile_must(xml_write(&h->one.letter, &xml) == ERR_OK &&
		dsig_key_name(h->realm.root_key, root) == ERR_OK &&
		dsig_key_name(person, own) == ERR_OK,
	    "signers");
	sign_xml(&xml, h->one.letter.number, h->realm.root_key, root, &file);
	put(h, "a letter by the root", &file, "U-ISSUER");
	bytes_reset(&file);
	sign_xml(&xml, h->one.letter.number, person, own, &file);
	put(h, "a letter by the approver", &file, "U-ISSUER");
	bytes_reset(&file);
	sign_xml(&xml, h->one.letter.number, person, h->one.key_name, &file);
	put(h, "a letter by the approver as the center", &file, "F-SIGNATURE");
	EVP_PKEY_free(person);
	bytes_free(&xml);
	bytes_free(&file);
}

/* What lies in the published folder, and in it the letter's namespace. */
static void
put_published(struct hostile *h)
{
	static const char *const names[] = { "trust.xml",
		"log/GTGUA01/1/checkpoint",
		"log/GTGUA01/1/tile/entries/000.p/7",
		"log/GTGUA01/1/tile/0/000.p/7", "../root.crt" };
	struct bytes file = { 0 }, more = { 0 };
	char path[512], what[128];
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		bytes_reset(&file);
		bytes_reset(&more);
		snprintf(path, sizeof(path), "%s/pub/%s", h->dir, names[i]);
		hostile_must(
		    file_read(path, 1 << 20, &file, NULL) == ERR_OK, path);
		put(h, names[i], &file, "U-FOREIGN|U-UNREADABLE");
		bytes_add(&more, file.at, file.len);
		bytes_add(&more, h->one.file.at, h->one.file.len);
		snprintf(what, sizeof(what), "%s and a letter", names[i]);
		put(h, what, &more, FORM);
		if (i == 0)
			put_list_as_letter(h, &file);
	}
	bytes_free(&file);
	bytes_free(&more);
}

/* Persons' and centers' papers. */
static void
put_papers(struct hostile *h)
{
	struct bytes file = { 0 };

	hostile_must(cert_pem(h->center->row.cert, &file) == ERR_OK, "PEM");
	put(h, "the center's certificate", &file, "U-FOREIGN");
	bytes_reset(&file);
	bytes_add(&file, h->one.code.at, h->one.code.len / 2);
	bytes_add(&file, h->one.file.at, h->one.file.len);
	put(h, "half a code and a letter", &file, FORM);
	bytes_reset(&file);
	bytes_add_text(&file, h->one.letter.number);
	put(h, "only a number", &file, "U-FOREIGN|U-REGISTER");
	bytes_reset(&file);
	put(h, "nothing", &file, "U-UNREADABLE");
	bytes_free(&file);
}

void
hostile_xml_types(struct hostile *h)
{
	put_lies(h);
	put_other_signers(h);
	put_published(h);
	put_papers(h);
}
