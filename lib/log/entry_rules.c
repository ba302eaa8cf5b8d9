/*
 * entry_rules.c - the forms and rules of a log line: entry_rules.h.
 */
#include "log/entry_rules.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "log/tree.h"

#include <string.h>

#define FIRST_YEAR 946684800 /* 2000-01-01T00:00:00Z, as letter numbers */

enum ref_form {
	REF_NONE,
	REF_NUMBER,
	REF_COPY,
	REF_PERSON,
	REF_SIZE,
	REF_TIME
};
enum reason_form {
	REASON_NONE,
	REASON_TIME, /* V... or B... */
	REASON_WITHDRAWAL,
	REASON_ROLE,
	REASON_LOSS,
};

/* A row a kind, in the order of the enum. */
static const struct rules {
	const char *name;
	bool number, digest;
	enum ref_form ref;
	enum { ONE, ONE_OR_TWO, TWO } persons;
	enum reason_form reason;
} kinds[] = {
	{ "open", false, false, REF_NONE, ONE, REASON_NONE },
	{ "issue", true, true, REF_NONE, TWO, REASON_TIME },
	{ "correct", true, true, REF_NUMBER, TWO, REASON_TIME },
	{ "withdraw", true, true, REF_NONE, ONE_OR_TWO, REASON_WITHDRAWAL },
	{ "reprint", true, true, REF_COPY, ONE_OR_TWO, REASON_NONE },
	{ "staff", false, true, REF_PERSON, ONE_OR_TWO, REASON_ROLE },
	{ "close", false, false, REF_NONE, ONE_OR_TWO, REASON_NONE },
	{ "restore", false, false, REF_SIZE, TWO, REASON_LOSS },
	{ "clock", false, false, REF_TIME, TWO, REASON_NONE },
};
_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == ENTRY_KIND_COUNT &&
	ENTRY_CLOCK + 1 == ENTRY_KIND_COUNT,
    "a row a kind");

static const char *const labels[] = {
	[ENTRY_OPEN] = N_("log begun"),
	[ENTRY_ISSUE] = N_("letter issued"),
	[ENTRY_CORRECT] = N_("letter issued in the place of another"),
	[ENTRY_WITHDRAW] = N_("letter withdrawn"),
	[ENTRY_REPRINT] = N_("copy printed"),
	[ENTRY_STAFF] = N_("staff changed"),
	[ENTRY_CLOSE] = N_("day closed"),
	[ENTRY_RESTORE] = N_("register restored"),
	[ENTRY_CLOCK] = N_("clock put right"),
};
_Static_assert(
    sizeof(labels) / sizeof(labels[0]) == ENTRY_KIND_COUNT, "a label a kind");

static const char *const field_names[] = { "version", "index", "time", "kind",
	"number", "ref", "digest", "keyid", "sig", "draft", "psig", "officer",
	"approver", "reason" };
_Static_assert(
    sizeof(field_names) / sizeof(field_names[0]) == ENTRY_FIELD_COUNT,
    "a name a field");

const char *
entry_field_name(enum entry_field field)
{
	return field_names[field];
}

const char *
entry_kind_name(enum entry_kind kind)
{
	return kinds[kind].name;
}

const char *
entry_kind_label(enum entry_kind kind)
{
	return _(labels[kind]);
}

bool
entry_is_letter(const struct log_entry *entry)
{
	return entry->kind == ENTRY_ISSUE || entry->kind == ENTRY_CORRECT;
}

/* --- forms of single values ------------------------------------------ */

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool
entry_decimal(const char *text, uint64_t *out)
{
	uint64_t value = 0;
	size_t i;

	if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0'))
		return false;
	for (i = 0; text[i] != '\0'; i++) {
		if (!ascii_is_digit(text[i]) || value > TREE_SIZE_MAX)
			return false;
		value = value * 10 + (uint64_t)(text[i] - '0');
	}
	if (value > TREE_SIZE_MAX)
		return false;
	*out = value;
	return true;
}

/* A: letter, L: letter or 2-9 (UN/LOCODE), 9: digit, X: letter or digit,
 * others stand for themselves. */
static bool
fits(const char *form, const char *text)
{
	for (; *form != '\0' && *text != '\0'; form++, text++) {
		bool good = *form == 'A' ? is_upper(*text)
		    : *form == 'L'
		    ? is_upper(*text) || (*text >= '2' && *text <= '9')
		    : *form == '9' ? ascii_is_digit(*text)
		    : *form == 'X' ? is_upper(*text) || ascii_is_digit(*text)
				   : *form == *text;

		if (!good)
			return false;
	}
	return *form == *text;
}

static bool
is_letter_number(const char *text)
{
	return fits("AALLL99-9999-999999-X", text) && text[8] >= '2' &&
	    strncmp(text + 13, "000000", 6) != 0;
}

static bool
is_person(const char *text)
{
	size_t len = strlen(text);

	return len >= 4 && len < ENTRY_PERSON_SIZE &&
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == len;
}

static bool
is_key_name(const char *text)
{
	return strlen(text) == ENTRY_KEY_NAME_SIZE - 1 &&
	    strspn(text, "0123456789abcdef") == ENTRY_KEY_NAME_SIZE - 1;
}

/*
 * Both numbers from 1 and below the group order of P-256, s in the lower
 * half: (r, n-s) verifies as well, and a line has one form.
 */
static bool
is_signature(const uint8_t signature[ENTRY_SIGNATURE_SIZE])
{
	static const uint8_t order[32] = { 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
		0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2,
		0xfc, 0x63, 0x25, 0x51 };
	static const uint8_t half[32] = { 0x7f, 0xff, 0xff, 0xff, 0x80, 0, 0, 0,
		0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73,
		0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61,
		0x7e, 0x31, 0x92, 0xa8 };
	static const uint8_t zero[32];
	const uint8_t *s = signature + 32;

	return memcmp(signature, zero, 32) != 0 &&
	    memcmp(signature, order, 32) < 0 && memcmp(s, zero, 32) != 0 &&
	    memcmp(s, half, 32) <= 0;
}

/* --- ref and reason, kind by kind ---------------------------------------- */

static bool
ref_fits(const struct log_entry *e)
{
	uint64_t value;

	switch (kinds[e->kind].ref) {
	case REF_NONE:
		return e->ref[0] == '\0';
	case REF_NUMBER: /* another letter of the same center */
		return is_letter_number(e->ref) &&
		    strcmp(e->ref, e->number) != 0 &&
		    strncmp(e->ref, e->number, 7) == 0;
	case REF_COPY:
		return entry_decimal(e->ref, &value) && value >= 2 &&
		    value <= UINT32_MAX;
	case REF_PERSON:
		return is_person(e->ref);
	case REF_SIZE:
		return entry_decimal(e->ref, &value) && value <= e->index;
	case REF_TIME:
		return entry_ref_time(e) >= FIRST_YEAR;
	}
	return false;
}

char
entry_reason_value(const struct log_entry *entry, uint32_t *value)
{
	uint64_t number;

	if (!entry_is_letter(entry) ||
	    (entry->reason[0] != 'V' && entry->reason[0] != 'B') ||
	    !entry_decimal(entry->reason + 1, &number) || number > UINT32_MAX ||
	    (entry->reason[0] == 'B' && number == 0))
		return '\0';
	*value = (uint32_t)number;
	return entry->reason[0];
}

uint64_t
entry_ref_value(const struct log_entry *entry)
{
	uint64_t value;

	if ((entry->kind != ENTRY_REPRINT && entry->kind != ENTRY_RESTORE) ||
	    !entry_decimal(entry->ref, &value))
		return 0;
	return value;
}

int64_t
entry_ref_time(const struct log_entry *entry)
{
	int64_t time;

	return entry->kind == ENTRY_CLOCK && clock_parse(entry->ref, &time)
	    ? time
	    : 0;
}

static bool
is_one_of(const char *text, const char *const *words)
{
	while (*words != NULL)
		if (strcmp(text, *words++) == 0)
			return true;
	return false;
}

static bool
reason_fits(const struct log_entry *e)
{
	static const char *const withdrawals[] = { "FRAUD", "WITHDRAWN", NULL };
	static const char *const roles[] = { "DRAFTER", "APPROVER", "ADMIN",
		"KEY", "REMOVED", NULL };
	static const char *const losses[] = { "", "LOST", NULL };
	uint32_t value;

	switch (kinds[e->kind].reason) {
	case REASON_NONE:
		return e->reason[0] == '\0';
	case REASON_TIME:
		return entry_reason_value(e, &value) != '\0';
	case REASON_WITHDRAWAL:
		return is_one_of(e->reason, withdrawals);
	case REASON_ROLE:
		return is_one_of(e->reason, roles);
	case REASON_LOSS:
		return is_one_of(e->reason, losses);
	}
	return false;
}

/* --- the whole ----------------------------------------------------------- */

/* A letter's number has the UTC year of its time of issue. */
static bool
number_fits(const struct log_entry *e)
{
	int year = 0;
	size_t i;

	if (!kinds[e->kind].number)
		return e->number[0] == '\0';
	if (!is_letter_number(e->number))
		return false;
	for (i = 8; i < 12; i++)
		year = year * 10 + (e->number[i] - '0');
	return !entry_is_letter(e) || clock_year(e->time) == year;
}

static bool
approver_fits(const struct log_entry *e)
{
	bool must = kinds[e->kind].persons == TWO ||
	    (e->kind == ENTRY_WITHDRAW && strcmp(e->reason, "FRAUD") == 0);

	if (e->approver[0] == '\0')
		return !must;
	return kinds[e->kind].persons != ONE && is_person(e->approver) &&
	    strcmp(e->approver, e->officer) != 0;
}

size_t
entry_signers(const struct log_entry *entry)
{
	return entry->approver[0] != '\0' ? 2 : 1;
}

/* Of a staff line with a key DIGEST is the key's; whether the bytes are a
 * point of the curve is for those who verify with it. */
static bool
draft_fits(const struct log_entry *e)
{
	bool letter = entry_is_letter(e);
	bool key = e->kind == ENTRY_STAFF && strcmp(e->reason, "REMOVED") != 0;
	uint8_t digest[SHA256_SIZE];

	if (e->has_commitment != letter || e->has_person_key != key)
		return false;
	if (!key)
		return true;
	sha256(e->person_key, sizeof(e->person_key), digest);
	return (e->person_key[0] == 2 || e->person_key[0] == 3) &&
	    memcmp(digest, e->digest, sizeof(digest)) == 0;
}

static bool
persons_signed(const struct log_entry *e)
{
	size_t i;

	for (i = 0; i < entry_signers(e); i++)
		if (!is_signature(e->person_signature[i]))
			return false;
	return true;
}

bool
entry_follows_rules(const struct log_entry *e, enum entry_field *bad)
{
	const struct {
		enum entry_field field;
		bool good;
	} checks[] = {
		{ ENTRY_INDEX,
		    e->index < TREE_SIZE_MAX &&
			(e->index == 0) == (e->kind == ENTRY_OPEN) },
		{ ENTRY_TIME, e->time >= FIRST_YEAR },
		{ ENTRY_NUMBER, number_fits(e) },
		{ ENTRY_REF, ref_fits(e) },
		{ ENTRY_DIGEST, e->has_digest == kinds[e->kind].digest },
		{ ENTRY_KEYID, is_key_name(e->key_name) },
		{ ENTRY_SIG, is_signature(e->signature) },
		{ ENTRY_DRAFT, draft_fits(e) },
		{ ENTRY_PSIG, persons_signed(e) },
		{ ENTRY_OFFICER, is_person(e->officer) },
		{ ENTRY_APPROVER, approver_fits(e) },
		{ ENTRY_REASON, reason_fits(e) },
	};
	size_t i;

	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		*bad = checks[i].field;
		if (!checks[i].good)
			return false;
	}
	return true;
}
