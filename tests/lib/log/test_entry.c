#include "log/entry.h"

#include "base/clock.h"
#include "base/encode.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/vectors.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

#define DIGEST "ugWbzA0mOZZ2JcPlL9N1gRsZmX1rgQBGyfBRGPVuZ6I"
#define R      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
#define SIG                                                                    \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAA" \
	"AAAAAAAAAAAAAAAAAg"
#define T  "2026-03-02T15:04:05Z"
#define N1 "GTGUA01-2026-000001-L"
#define N2 "GTGUA01-2026-000002-J"
#define K  "0badcafe"

/* SIG and PSIG of one person; DRAFT of a letter, and of a person's key with its
 * DIGEST: the curve's base point. */
#define S1    SIG " - " SIG
#define S2    SIG " - " SIG "." SIG
#define DRAFT "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define L2    SIG " " DRAFT " " SIG "." SIG
#define POINT "A2sX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW"
#define PDIG  "W6_4nefeXB17YZOhVnzu6zl8vaiPA_clyN4yhZG_wZQ"
#define K1    SIG " " POINT " " SIG
#define K2    SIG " " POINT " " SIG "." SIG

/* One good line of each kind, and of each form a field may take. */
static const struct {
	const char *line;
	enum entry_kind kind;
} good[] = {
	{ "s1 0 " T " open - - - " K " " S1 " AD0001 - -", ENTRY_OPEN },
	{ "s1 4 " T " withdraw " N2 " - " DIGEST " " K " " S2
	  " AP2003 OF1007 WITHDRAWN",
	    ENTRY_WITHDRAW },
	{ "s1 1 " T " issue " N1 " - " DIGEST " " K " " L2 " OF1007 AP2003 V42",
	    ENTRY_ISSUE },
	{ "s1 2 " T " issue " N2 " - " DIGEST " " K " " L2
	  " OF1007 AP2003 B100",
	    ENTRY_ISSUE },
	{ "s1 2 " T " issue " N2 " - " DIGEST " " K " " L2 " OF1007 AP2003 V0",
	    ENTRY_ISSUE },
	{ "s1 5 " T " reprint " N2 " 3 " DIGEST " " K " " S2 " AP2003 AD0001 -",
	    ENTRY_REPRINT },
	{ "s1 3 " T " correct " N2 " " N1 " " DIGEST " " K " " L2
	  " OF1007 AP2003 B1",
	    ENTRY_CORRECT },
	{ "s1 4 " T " withdraw " N2 " - " DIGEST " " K " " S1
	  " AP2003 - WITHDRAWN",
	    ENTRY_WITHDRAW },
	{ "s1 4 " T " withdraw GTGUA01-2025-000002-J - " DIGEST " " K " " S2
	  " AP2003 AP2004 FRAUD",
	    ENTRY_WITHDRAW },
	{ "s1 5 " T " reprint " N2 " 2 " DIGEST " " K " " S1 " AP2003 - -",
	    ENTRY_REPRINT },
	{ "s1 5 " T " reprint " N2 " 4294967295 " DIGEST " " K " " S1
	  " AP2003 - -",
	    ENTRY_REPRINT },
	{ "s1 6 " T " staff - OF1008 " PDIG " " K " " K2
	  " AD0001 AP2003 DRAFTER",
	    ENTRY_STAFF },
	{ "s1 6 " T " staff - AP20040000XY " DIGEST " " K " " S2
	  " AD0001 AP2003 REMOVED",
	    ENTRY_STAFF },
	{ "s1 6 " T " staff - AP20 " PDIG " " K " " K1 " AD0001 - APPROVER",
	    ENTRY_STAFF },
	{ "s1 6 " T " staff - AD02 " PDIG " " K " " K1 " AD0001 - ADMIN",
	    ENTRY_STAFF },
	{ "s1 7 " T " close - - - " K " " S1 " AP2003 - -", ENTRY_CLOSE },
	{ "s1 8 " T " restore - 8 - " K " " S2 " AP2003 AP2004 -",
	    ENTRY_RESTORE },
	{ "s1 1099511627775 9999-12-31T23:59:59Z restore - 0 - " K " " S2
	  " AP2003 AP2004 LOST",
	    ENTRY_RESTORE },
	{ "s1 9 " T " clock - 2027-12-31T23:59:59Z - " K " " S2
	  " AP2003 OF1007 -",
	    ENTRY_CLOCK },
	{ "s1 1 2000-01-01T00:00:00Z close - - - " K " " S1 " AP2003 - -",
	    ENTRY_CLOSE },
	{ "s1 6 " T " staff - AP20 " PDIG " " K " " K2 " AP20 OF1007 KEY",
	    ENTRY_STAFF },
};

START_TEST(reads_and_writes_the_same_line)
{
	const char *line = good[_i].line;
	struct errtext err = { 0 };
	struct bytes again = { 0 };
	struct log_entry e;

	ck_assert_msg(entry_parse(line, strlen(line), &e, &err) == ERR_OK,
	    "%s: %s", line, err.text);
	ck_assert_int_eq(e.kind, good[_i].kind);
	ck_assert_int_eq(entry_format(&e, &again, &err), ERR_OK);
	ck_assert_str_eq((char *)again.at, line);
	bytes_free(&again);
}
END_TEST

START_TEST(values_of_a_line)
{
	struct bytes digest = { 0 }, sig = { 0 };
	struct log_entry e;
	uint32_t value = 7;
	int64_t time;

	ck_assert(clock_parse(T, &time));
	ck_assert_int_eq(
	    entry_parse(good[6].line, strlen(good[6].line), &e, NULL), ERR_OK);
	ck_assert_uint_eq(e.index, 3);
	ck_assert_int_eq(e.time, time);
	ck_assert_str_eq(e.number, N2);
	ck_assert_str_eq(e.ref, N1);
	ck_assert(e.has_digest);
	base64url_encode(e.digest, 32, &digest);
	ck_assert_str_eq((char *)digest.at, DIGEST);
	ck_assert_str_eq(e.key_name, K);
	base64url_encode(e.signature, 64, &sig);
	ck_assert_str_eq((char *)sig.at, SIG);
	ck_assert_str_eq(e.officer, "OF1007");
	ck_assert_str_eq(e.approver, "AP2003");
	ck_assert_str_eq(e.reason, "B1");
	ck_assert(entry_is_letter(&e));
	ck_assert_int_eq(entry_reason_value(&e, &value), 'B');
	ck_assert_uint_eq(value, 1);
	ck_assert_uint_eq(entry_ref_value(&e), 0);
	bytes_free(&digest);
	bytes_free(&sig);

	ck_assert_int_eq(
	    entry_parse(good[0].line, strlen(good[0].line), &e, NULL), ERR_OK);
	ck_assert_str_eq(e.number, "");
	ck_assert_str_eq(e.ref, "");
	ck_assert_str_eq(e.approver, "");
	ck_assert_str_eq(e.reason, "");
	ck_assert(!e.has_digest);
	ck_assert(!entry_is_letter(&e));
	value = 7;
	ck_assert_int_eq(entry_reason_value(&e, &value), '\0');
	ck_assert_uint_eq(value, 7);

	ck_assert_int_eq(
	    entry_parse(good[10].line, strlen(good[10].line), &e, NULL),
	    ERR_OK);
	ck_assert_uint_eq(entry_ref_value(&e), UINT32_MAX);
	ck_assert_int_eq(entry_ref_time(&e), 0);
	ck_assert_int_eq(
	    entry_parse(good[18].line, strlen(good[18].line), &e, NULL),
	    ERR_OK);
	ck_assert(clock_parse("2027-12-31T23:59:59Z", &time));
	ck_assert_int_eq(entry_ref_time(&e), time);
	ck_assert_int_eq(
	    entry_parse(good[2].line, strlen(good[2].line), &e, NULL), ERR_OK);
	ck_assert_int_eq(entry_reason_value(&e, &value), 'V');
	ck_assert_uint_eq(value, 42);
}
END_TEST

/* A template of 14 fields, and one of them exchanged. */
struct change {
	int line; /* of good[] */
	int field;
	const char *to;
	enum err want;
	const char *named; /* the field the message names; NULL: any text */
};

static const struct change changes[] = {
	{ 2, 0, "s2", ERR_VERSION, NULL },
	{ 2, 0, "S1", ERR_VERSION, NULL },
	{ 2, 0, "", ERR_VERSION, NULL },
	{ 2, 3, "issued", ERR_VERSION, NULL },
	{ 2, 3, "ISSUE", ERR_VERSION, NULL },
	{ 2, 3, "", ERR_VERSION, NULL },
	{ 2, 3, "-", ERR_VERSION, NULL },
	/* index */
	{ 2, 1, "", ERR_DATA, "index" },
	{ 2, 1, "-", ERR_DATA, "index" },
	{ 2, 1, "01", ERR_DATA, "index" },
	{ 2, 1, "+1", ERR_DATA, "index" },
	{ 2, 1, "1a", ERR_DATA, "index" },
	{ 2, 1, "0", ERR_DATA, "index" },
	{ 0, 1, "1", ERR_DATA, "index" },
	{ 2, 1, "1099511627775", ERR_OK, NULL },
	{ 2, 1, "1099511627776", ERR_DATA, "index" },
	{ 2, 1, "18446744073709551617", ERR_DATA, "index" },
	{ 2, 1, "99999999999999999999999", ERR_DATA, "index" },
	/* time */
	{ 2, 2, "-", ERR_DATA, "time" },
	{ 2, 2, "2026-02-29T00:00:00Z", ERR_DATA, "time" },
	{ 7, 2, "2028-02-29T00:00:00Z", ERR_OK, NULL },
	{ 2, 2, "2026-03-02T15:04:60Z", ERR_DATA, "time" },
	{ 2, 2, "2026-03-02T15:04:05", ERR_DATA, "time" },
	{ 2, 2, "2026-03-02T15:04:05+", ERR_DATA, "time" },
	{ 15, 2, "1999-12-31T23:59:59Z", ERR_DATA, "time" },
	/* number */
	{ 2, 4, "-", ERR_DATA, "number" },
	{ 0, 4, N1, ERR_DATA, "number" },
	{ 11, 4, N1, ERR_DATA, "number" },
	{ 2, 4, "GTGUA01-2027-000001-L", ERR_DATA, "number" },
	{ 2, 4, "GTGUA01-2025-000001-L", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-1999-000001-L", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-2026-000000-L", ERR_DATA, "number" },
	{ 7, 4, "GTGU101-2026-000001-L", ERR_DATA, "number" },
	{ 7, 4, "GT2UA01-2026-000001-L", ERR_OK, NULL },
	{ 7, 4, "gtgua01-2026-000001-L", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-2026-000001-l", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-2026-000001-", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-2026-000001-LL", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01-2026-00001-L", ERR_DATA, "number" },
	{ 7, 4, "GTGUA01_2026-000001-L", ERR_DATA, "number" },
	/* ref */
	{ 2, 5, N2, ERR_DATA, "ref" },
	{ 6, 5, "-", ERR_DATA, "ref" },
	{ 6, 5, N2, ERR_DATA, "ref" },
	{ 6, 5, "GTGUA02-2026-000001-L", ERR_DATA, "ref" },
	{ 6, 5, "GTGUA01-2025-000001-L", ERR_OK, NULL },
	{ 7, 5, N1, ERR_DATA, "ref" },
	{ 9, 5, "-", ERR_DATA, "ref" },
	{ 9, 5, "1", ERR_DATA, "ref" },
	{ 9, 5, "02", ERR_DATA, "ref" },
	{ 9, 5, "4294967296", ERR_DATA, "ref" },
	{ 11, 5, "-", ERR_DATA, "ref" },
	{ 11, 5, "OF1", ERR_DATA, "ref" },
	{ 11, 5, "of1008", ERR_DATA, "ref" },
	{ 11, 5, "OF10080000000", ERR_DATA, "ref" },
	{ 15, 5, "1", ERR_DATA, "ref" },
	{ 16, 5, "9", ERR_DATA, "ref" },
	{ 16, 5, "-", ERR_DATA, "ref" },
	{ 16, 5, "7", ERR_OK, NULL },
	{ 18, 5, "-", ERR_DATA, "ref" },
	{ 18, 5, "8", ERR_DATA, "ref" },
	{ 18, 5, "1999-12-31T23:59:59Z", ERR_DATA, "ref" },
	{ 18, 5, "2000-01-01T00:00:00Z", ERR_OK, NULL },
	{ 18, 5, "2026-02-29T00:00:00Z", ERR_DATA, "ref" },
	{ 18, 5, "2026-03-02T15:04:05", ERR_DATA, "ref" },
	{ 18, 4, N1, ERR_DATA, "number" },
	/* digest */
	{ 2, 6, "-", ERR_DATA, "digest" },
	{ 7, 6, "-", ERR_DATA, "digest" },
	{ 9, 6, "-", ERR_DATA, "digest" },
	{ 11, 6, "-", ERR_DATA, "digest" },
	{ 0, 6, DIGEST, ERR_DATA, "digest" },
	{ 15, 6, DIGEST, ERR_DATA, "digest" },
	{ 2, 6, DIGEST "A", ERR_DATA, "digest" },
	{ 2, 6, DIGEST "=", ERR_DATA, "digest" },
	{ 2, 6, "ugWbzA0mOZZ2JcPlL9N1gRsZmX1rgQBGyfBRGPVuZ6J", ERR_DATA,
	    "digest" }, /* unused bits */
	{ 2, 6, "+gWbzA0mOZZ2JcPlL9N1gRsZmX1rgQBGyfBRGPVuZ6I", ERR_DATA,
	    "digest" },
	/* keyid */
	{ 2, 7, "-", ERR_DATA, "keyid" },
	{ 2, 7, "0BADCAFE", ERR_DATA, "keyid" },
	{ 2, 7, "0badcaf", ERR_DATA, "keyid" },
	{ 2, 7, "0badcafe0", ERR_DATA, "keyid" },
	/* sig */
	{ 2, 8, "-", ERR_DATA, "sig" },
	{ 2, 8, R, ERR_DATA, "sig" },
	{ 2, 8, SIG "A", ERR_DATA, "sig" },
	/* draft: of a letter its commitment, of a person their key */
	{ 2, 9, "-", ERR_DATA, "draft" },
	{ 6, 9, "-", ERR_DATA, "draft" },
	{ 2, 9, DRAFT "A", ERR_DATA, "draft" },
	{ 2, 9, POINT, ERR_DATA, "draft" },
	{ 2, 9, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", ERR_DATA,
	    "draft" }, /* unused bits */
	{ 7, 9, DRAFT, ERR_DATA, "draft" },
	{ 0, 9, POINT, ERR_DATA, "draft" },
	{ 15, 9, DRAFT, ERR_DATA, "draft" },
	{ 18, 9, POINT, ERR_DATA, "draft" },
	{ 11, 9, "-", ERR_DATA, "draft" },
	{ 11, 9, DRAFT, ERR_DATA, "draft" },
	{ 12, 9, POINT, ERR_DATA, "draft" },
	{ 20, 9, "-", ERR_DATA, "draft" },
	/* DIGEST is another key's; no compressed point begins so */
	{ 11, 6, DIGEST, ERR_DATA, "draft" },
	{ 11, 9, "AmsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW", ERR_DATA,
	    "draft" },
	{ 11, 9, "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW", ERR_DATA,
	    "draft" },
	/* psig: of each who acts */
	{ 0, 10, "-", ERR_DATA, "psig" },
	{ 0, 10, "", ERR_DATA, "psig" },
	{ 0, 10, SIG "." SIG, ERR_DATA, "psig" },
	{ 0, 10, R, ERR_DATA, "psig" },
	{ 0, 10, SIG "A", ERR_DATA, "psig" },
	{ 2, 10, SIG, ERR_DATA, "psig" },
	{ 2, 10, SIG ".", ERR_DATA, "psig" },
	{ 2, 10, "." SIG, ERR_DATA, "psig" },
	{ 2, 10, SIG "." SIG "." SIG, ERR_DATA, "psig" },
	{ 2, 10, SIG "," SIG, ERR_DATA, "psig" },
	{ 2, 10, SIG ".-", ERR_DATA, "psig" },
	{ 12, 10, SIG, ERR_DATA, "psig" },
	{ 20, 10, SIG, ERR_DATA, "psig" },
	/* persons */
	{ 2, 11, "-", ERR_DATA, "officer" },
	{ 0, 11, "-", ERR_DATA, "officer" },
	{ 2, 11, "AP2003", ERR_DATA, "approver" },
	{ 2, 11, "OF1", ERR_DATA, "officer" },
	{ 2, 11, "OF1007890123", ERR_OK, NULL },
	{ 2, 11, "OF10078901234", ERR_DATA, "officer" },
	{ 2, 11, "OF-1007", ERR_DATA, "officer" },
	{ 2, 12, "-", ERR_DATA, "psig" },
	{ 6, 12, "-", ERR_DATA, "psig" },
	{ 8, 12, "-", ERR_DATA, "psig" },
	{ 8, 12, "AP2003", ERR_DATA, "approver" },
	{ 16, 12, "-", ERR_DATA, "psig" },
	{ 18, 12, "-", ERR_DATA, "psig" },
	{ 18, 12, "AP2003", ERR_DATA, "approver" },
	{ 18, 13, "LOST", ERR_DATA, "reason" },
	{ 18, 6, DIGEST, ERR_DATA, "digest" },
	{ 0, 12, "AP2003", ERR_DATA, "psig" },
	{ 7, 12, "AP2004", ERR_DATA, "psig" },
	{ 1, 12, "AP2004", ERR_OK, NULL },
	{ 1, 12, "-", ERR_DATA, "psig" },
	{ 1, 12, "AP2003", ERR_DATA, "approver" },
	{ 1, 12, "ap2004", ERR_DATA, "approver" },
	/* reason */
	{ 2, 13, "-", ERR_DATA, "reason" },
	{ 2, 13, "V", ERR_DATA, "reason" },
	{ 2, 13, "V01", ERR_DATA, "reason" },
	{ 2, 13, "V-1", ERR_DATA, "reason" },
	{ 2, 13, "W1", ERR_DATA, "reason" },
	{ 2, 13, "B0", ERR_DATA, "reason" },
	{ 2, 13, "V4294967295", ERR_OK, NULL },
	{ 2, 13, "V4294967296", ERR_DATA, "reason" },
	{ 2, 13, "V42949672950", ERR_DATA, "reason" },
	{ 2, 13, "FRAUD", ERR_DATA, "reason" },
	{ 2, 13, "", ERR_DATA, "reason" },
	{ 6, 13, "-", ERR_DATA, "reason" },
	{ 7, 13, "-", ERR_DATA, "reason" },
	{ 7, 13, "LOST", ERR_DATA, "reason" },
	{ 7, 13, "STOLEN", ERR_DATA, "reason" },
	{ 9, 13, "WITHDRAWN", ERR_DATA, "reason" },
	{ 11, 13, "-", ERR_DATA, "reason" },
	{ 11, 13, "ADMINISTRATOR", ERR_DATA, "reason" },
	{ 11, 13, "KEY", ERR_OK, NULL },
	{ 11, 13, "REMOVED", ERR_DATA, "draft" },
	{ 15, 13, "V1", ERR_DATA, "reason" },
	{ 16, 13, "FRAUD", ERR_DATA, "reason" },
	/* a field too many: the last field holds a space */
	{ 2, 13, "V42 ", ERR_DATA, "reason" },
	{ 2, 13, "V42 -", ERR_DATA, "reason" },
	{ 2, 13, "V42\n", ERR_DATA, "reason" },
	{ 2, 5, "- -", ERR_DATA, NULL },
	{ 2, 5, " -", ERR_DATA, NULL },
};

static void
changed_line(const struct change *c, struct bytes *out)
{
	const char *at = good[c->line].line;
	int field;

	for (field = 0; field < 14; field++) {
		size_t len = strcspn(at, " ");

		if (field > 0)
			bytes_add_text(out, " ");
		if (field == c->field)
			bytes_add_text(out, c->to);
		else
			bytes_add(out, at, len);
		at += len + (at[len] == ' ');
	}
}

START_TEST(judges_each_field)
{
	const struct change *c = &changes[_i];
	struct log_entry e = { .index = 77 };
	struct errtext err = { 0 };
	struct bytes line = { 0 };
	char name[32];
	enum err got;

	changed_line(c, &line);
	got = entry_parse(line.at, line.len, &e, &err);
	ck_assert_msg(got == c->want, "%s: %s %s", (char *)line.at,
	    err_name(got), err.text);
	if (got != ERR_OK) {
		ck_assert_uint_eq(e.index, 77);
		ck_assert_uint_gt(strlen(err.text), 0);
	}
	if (c->named != NULL) {
		snprintf(name, sizeof(name), "\"%s\"", c->named);
		ck_assert_msg(strstr(err.text, name) != NULL, "%s: %s",
		    (char *)line.at, err.text);
	}
	bytes_free(&line);
}
END_TEST

static void
put_in_place(char *word[VECTOR_WORDS], void *ctx)
{
	struct bytes raw = vector_bytes(word[1]), text = { 0 }, line = { 0 };
	struct log_entry e;

	(void)ctx;
	bytes_add_text(&text, "");
	base64url_encode(raw.at, raw.len, &text);
	changed_line(
	    &(struct change){ 2, 8, (char *)text.at, ERR_DATA, NULL }, &line);
	ck_assert_msg(entry_parse(line.at, line.len, &e, NULL) == ERR_DATA,
	    "%s", word[0]);
	bytes_free(&line);
	bytes_free(&text);
	bytes_free(&raw);
}

START_TEST(refuses_wycheproofs_other_sizes)
{
	ck_assert_uint_eq(
	    vectors_each("ecdsa_p256_sizes.txt", put_in_place, NULL), 21);
}
END_TEST

START_TEST(cut_and_lengthened_lines)
{
	char line[ENTRY_MAX + 2];
	size_t len = strlen(good[3].line), i;
	struct log_entry e;

	memset(line, ' ', sizeof(line));
	memcpy(line, good[3].line, len);
	for (i = 0; i < len - 3; i++) /* B100, B10, B1 are all good */
		ck_assert_int_ne(entry_parse(line, i, &e, NULL), ERR_OK);
	for (; i <= len; i++)
		if (i != len - 3)
			ck_assert_int_eq(
			    entry_parse(line, i, &e, NULL), ERR_OK);
	ck_assert_int_eq(entry_parse(line, ENTRY_MAX, &e, NULL), ERR_DATA);
	ck_assert_int_eq(entry_parse(line, ENTRY_MAX + 1, &e, NULL), ERR_LIMIT);
	ck_assert_int_eq(entry_parse("", 0, &e, NULL), ERR_DATA);
}
END_TEST

/* Whatever is read would be written again as the same bytes; the sanitized build
 * puts each fourth byte in a place, others in the next. */
START_TEST(one_line_for_one_entry)
{
	char line[ENTRY_MAX + 1];
	size_t len = strlen(good[_i].line), i;
	struct bytes again = { 0 };
	struct log_entry e;
	int c, accepted = 0;

	strcpy(line, good[_i].line);
	for (i = 0; i < len; i++)
		for (c = (int)(i % EACH); c < 256; c += EACH) {
			line[i] = (char)c;
			if (entry_parse(line, len, &e, NULL) == ERR_OK) {
				accepted++;
				ck_assert_int_eq(
				    entry_format(&e, &again, NULL), ERR_OK);
				ck_assert_uint_eq(again.len, len);
				ck_assert_mem_eq(again.at, line, len);
				bytes_reset(&again);
			}
			line[i] = good[_i].line[i];
		}
	ck_assert_int_gt(accepted, (int)len / EACH);
	bytes_free(&again);
}
END_TEST

/* r and s from 1, r below the order, s at most half of it: by OpenSSL's
 * own numbers. delta is added to the limit. */
static const struct {
	const char *name;
	int of_s, limit, delta; /* limit: 0 zero, 1 order, 2 half of it */
	enum err want;
} signatures[] = {
	{ "r is 0", 0, 0, 0, ERR_DATA },
	{ "r is 1", 0, 0, 1, ERR_OK },
	{ "r below the order", 0, 1, -1, ERR_OK },
	{ "r is the order", 0, 1, 0, ERR_DATA },
	{ "r over the order", 0, 1, 1, ERR_DATA },
	{ "s is 0", 1, 0, 0, ERR_DATA },
	{ "s is 1", 1, 0, 1, ERR_OK },
	{ "s is half the order", 1, 2, 0, ERR_OK },
	{ "s over half the order", 1, 2, 1, ERR_DATA },
	{ "s below the order", 1, 1, -1, ERR_DATA },
};

START_TEST(signature_numbers)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	BIGNUM *value = BN_dup(EC_GROUP_get0_order(group));
	struct bytes line = { 0 };
	struct log_entry e;

	ck_assert_int_eq(
	    entry_parse(good[0].line, strlen(good[0].line), &e, NULL), ERR_OK);
	if (signatures[_i].limit == 0)
		BN_zero(value);
	if (signatures[_i].limit == 2)
		BN_rshift1(value, value);
	if (signatures[_i].delta > 0)
		BN_add_word(value, 1);
	if (signatures[_i].delta < 0)
		BN_sub_word(value, 1);
	ck_assert_int_eq(
	    BN_bn2binpad(value, e.signature + 32 * signatures[_i].of_s, 32),
	    32);
	ck_assert_msg(entry_format(&e, &line, NULL) == signatures[_i].want,
	    "%s", signatures[_i].name);
	bytes_free(&line);
	BN_free(value);
	EC_GROUP_free(group);
}
END_TEST

/* An entry that nobody may read is not written. */
START_TEST(refuses_to_write_what_it_would_not_read)
{
	struct bytes line = { 0 };
	struct errtext err = { 0 };
	struct log_entry e, bad;

	ck_assert_int_eq(
	    entry_parse(good[2].line, strlen(good[2].line), &e, NULL), ERR_OK);
	bad = e;
	strcpy(bad.approver, "OF1007");
	ck_assert_int_eq(entry_format(&bad, &line, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "approver"));
	bad = e;
	bad.time = INT64_MAX;
	ck_assert_int_eq(entry_format(&bad, &line, NULL), ERR_DATA);
	bad = e;
	bad.has_digest = false;
	ck_assert_int_eq(entry_format(&bad, &line, NULL), ERR_DATA);
	bad = e;
	strcpy(bad.officer, "OF 1007");
	ck_assert_int_eq(entry_format(&bad, &line, NULL), ERR_DATA);
	bad = e;
	bad.has_commitment = false;
	ck_assert_int_eq(entry_format(&bad, &line, NULL), ERR_DATA);
	bad = e;
	memset(bad.person_signature[1], 0, sizeof(bad.person_signature[1]));
	ck_assert_int_eq(entry_format(&bad, &line, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "psig"));
	ck_assert_uint_eq(line.len, 0);
	ck_assert_int_eq(entry_format(&e, &line, NULL), ERR_OK);
	ck_assert_uint_gt(line.len, 0);
	bytes_free(&line);
}
END_TEST

START_TEST(text_of_an_act)
{
	const char *want = "sello-act/v1\n"
			   "s1 4 " T " withdraw " N2 " - " DIGEST " " K
			   " - - " SIG " AP2003 - WITHDRAWN";
	struct bytes text = { 0 };
	struct errtext err = { 0 };
	struct log_entry e;

	ck_assert_int_eq(
	    entry_parse(good[7].line, strlen(good[7].line), &e, NULL), ERR_OK);
	ck_assert_int_eq(entry_act_text(&e, &text, &err), ERR_OK);
	ck_assert_str_eq((char *)text.at, want);
	/* the same before it was signed */
	memset(e.signature, 0, sizeof(e.signature));
	bytes_reset(&text);
	ck_assert_int_eq(entry_act_text(&e, &text, &err), ERR_OK);
	ck_assert_str_eq((char *)text.at, want);
	/* but not of what is no line */
	bytes_reset(&text);
	e.officer[0] = '\0';
	ck_assert_int_eq(entry_act_text(&e, &text, &err), ERR_DATA);
	ck_assert_uint_eq(text.len, 0);
	ck_assert_int_eq(
	    entry_parse(good[2].line, strlen(good[2].line), &e, NULL), ERR_OK);
	ck_assert_int_eq(entry_act_text(&e, &text, &err), ERR_USAGE);
	ck_assert_uint_eq(text.len, 0);
	bytes_free(&text);
}
END_TEST

/* Persons sign before the center does, and before each other. */
START_TEST(text_for_persons)
{
	const char *want = "sello-line/v1\n"
			   "s1 2 " T " issue " N2 " - " DIGEST " " K " - " DRAFT
			   " - OF1007 AP2003 B100";
	struct bytes text = { 0 };
	struct log_entry e;

	ck_assert_int_eq(
	    entry_parse(good[3].line, strlen(good[3].line), &e, NULL), ERR_OK);
	ck_assert_uint_eq(entry_signers(&e), 2);
	ck_assert_int_eq(entry_person_text(&e, &text, NULL), ERR_OK);
	ck_assert_str_eq((char *)text.at, want);
	memset(e.signature, 0, sizeof(e.signature));
	memset(e.person_signature, 0, sizeof(e.person_signature));
	bytes_reset(&text);
	ck_assert_int_eq(entry_person_text(&e, &text, NULL), ERR_OK);
	ck_assert_str_eq((char *)text.at, want);
	bytes_reset(&text);
	e.reason[0] = '\0';
	ck_assert_int_eq(entry_person_text(&e, &text, NULL), ERR_DATA);
	ck_assert_uint_eq(text.len, 0);
	bytes_free(&text);
}
END_TEST

START_TEST(text_for_a_drafter)
{
	struct bytes text = { 0 };
	struct log_entry e;

	ck_assert_int_eq(
	    entry_parse(good[2].line, strlen(good[2].line), &e, NULL), ERR_OK);
	entry_drafted_text("RRP-ES", "GTGUA01", e.commitment, &text);
	ck_assert_str_eq(
	    (char *)text.at, "sello-drafted/v2\nRRP-ES/GTGUA01\n" DRAFT "\n");
	bytes_free(&text);
}
END_TEST

/* A letter's line of usual codes: what is published of it stays small. */
START_TEST(length_of_a_letters_line)
{
	/* its length and its leaf are published with it */
	ck_assert_uint_le(strlen(good[3].line) + 2 + 32 + 7, 490);
}
END_TEST

/* A field's value may tell on a person: no message repeats one. */
START_TEST(messages_hold_no_values)
{
	const char *line = "s1 1 " T " issue " N1 " - " DIGEST " " K " " L2
			   " OF1007 SECRET- V42";
	struct errtext err = { 0 };
	struct log_entry e;

	ck_assert_int_eq(entry_parse(line, strlen(line), &e, &err), ERR_DATA);
	ck_assert_ptr_null(strstr(err.text, "SECRET"));
	line = "s1 1 " T " SECRET - - - " K " " S1 " OF1007 - -";
	ck_assert_int_eq(
	    entry_parse(line, strlen(line), &e, &err), ERR_VERSION);
	ck_assert_ptr_null(strstr(err.text, "SECRET"));
}
END_TEST

/* A later form may have any number of fields. */
START_TEST(a_later_version_is_told_before_fields_are_counted)
{
	static const char *const lines[] = { "s2 something", "s2 ",
		"s10 0 2026-11-23T17:55:10Z open", "s1 something", "s2" };
	static const enum err want[] = { ERR_VERSION, ERR_VERSION, ERR_VERSION,
		ERR_DATA, ERR_DATA };
	struct log_entry e;

	ck_assert_int_eq(
	    entry_parse(lines[_i], strlen(lines[_i]), &e, NULL), want[_i]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("entry");
	TCase *t = tcase_create("entry");

	tcase_add_loop_test(t, reads_and_writes_the_same_line, 0, COUNT(good));
	tcase_add_test(t, values_of_a_line);
	tcase_add_loop_test(t, judges_each_field, 0, COUNT(changes));
	tcase_add_test(t, refuses_wycheproofs_other_sizes);
	tcase_add_test(t, cut_and_lengthened_lines);
	tcase_add_loop_test(t, one_line_for_one_entry, 0, COUNT(good));
	tcase_add_loop_test(t, signature_numbers, 0, COUNT(signatures));
	tcase_add_test(t, refuses_to_write_what_it_would_not_read);
	tcase_add_test(t, text_of_an_act);
	tcase_add_test(t, text_for_persons);
	tcase_add_test(t, text_for_a_drafter);
	tcase_add_test(t, length_of_a_letters_line);
	tcase_add_test(t, messages_hold_no_values);
	tcase_add_loop_test(
	    t, a_later_version_is_told_before_fields_are_counted, 0, 5);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
