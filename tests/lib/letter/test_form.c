/*
 * Tests of letter/form.h: what mail, editors and clipboards do to a file is
 * told from a changed value.
 */
#include "letter/form.h"

#include "base/bytes.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/sanitized.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))
#define NAME         "Rigoberta Mar\u00eda"

/* The sample letter with one text in place of another. */
static struct bytes
changed(const char *from, const char *to)
{
	struct bytes out = { 0 };
	const char *at = strstr(sample_unsigned, from);

	ck_assert_msg(at != NULL, "no %s", from);
	bytes_add(&out, sample_unsigned, (size_t)(at - sample_unsigned));
	bytes_add_text(&out, to);
	bytes_add_text(&out, at + strlen(from));
	return out;
}

static enum err
check(const char *text)
{
	struct errtext err = { 0 };
	enum err rc = form_check((const uint8_t *)text, strlen(text), &err);

	ck_assert_int_eq(rc == ERR_OK, err.text[0] == '\0');
	return rc;
}

START_TEST(the_letter_itself_is_whole)
{
	ck_assert_int_eq(check(sample_unsigned), ERR_OK);
	ck_assert_int_eq(check(""), ERR_OK);
}
END_TEST

static const struct {
	const char *what, *from, *to;
} damages[] = {
	{ "a line feed between", "<Program>", "\n<Program>" },
	{ "a CR LF between", "<Program>", "\r\n<Program>" },
	{ "indentation", "<Program>", "  <Program>" },
	{ "a tab between", "<Program>", "\t<Program>" },
	{ "a space behind an opening tag", "<Sex>F", "<Sex> F" },
	{ "a space before a closing tag", "F</Sex>", "F </Sex>" },
	{ "a line broken within a name", NAME, "Rigoberta\nMar\u00eda" },
	{ "a line broken within a tag", "<Program>", "<Program\n>" },
	{ "a space within a tag", "<Program>", "<Program >" },
	{ "an empty element cut short", "<Sex>F</Sex>", "<Sex/>" },
	{ "two spaces before an attribute", "<ReferralLetter xmlns",
	    "<ReferralLetter  xmlns" },
	{ "other quotes", "xmlns=\"urn:sello:letter:1\"",
	    "xmlns='urn:sello:letter:1'" },
	{ "a namespace said once more", "<Sex>",
	    "<Sex xmlns=\"urn:sello:letter:1\">" },
	{ "a prefix that nobody uses", "<Sex>",
	    "<Sex xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" },
	{ "decomposed accents", NAME, "Rigoberta Mari\u0301a" },
	{ "Latin-1", NAME,
	    "Rigoberta Mar\xed"
	    "a" },
	{ "UTF-8 read as Latin-1", NAME, "Rigoberta Mar\u00c3\u00ada" },
	{ "UTF-8 read as Windows-1252", NAME, "Mu\u00c3\u2018oz" },
	{ "a character lost", NAME, "Rigoberta Mar\ufffda" },
	{ "a space that does not break", NAME, "Rigoberta\u00a0Mar\u00eda" },
	{ "a thin space", NAME, "Rigoberta\u2009Mar\u00eda" },
	{ "a space of no width", NAME, "Rigoberta\u200b Mar\u00eda" },
	{ "two spaces for one", NAME, "Rigoberta  Mar\u00eda" },
	{ "a curly apostrophe", "Q'anil", "Q\u2019anil" },
	{ "another curly one", "Q'anil", "Q\u2018anil" },
	{ "a dash for a hyphen", NAME, "Rigoberta\u2013Mar\u00eda" },
	{ "a soft hyphen", NAME, "Rigo\u00adberta Mar\u00eda" },
	{ "a mark of direction", NAME, "\u202aRigoberta\u202c" },
	{ "a mark of byte order inside", "<Program>", "\ufeff<Program>" },
	{ "a number for a character", NAME, "Rigoberta Mar&#237;a" },
	{ "a name for a character", NAME, "Rigoberta Mar&iacute;a" },
	{ "an entity for an apostrophe", "Q'anil", "Q&apos;anil" },
	{ "two spaces", NAME, "Rigoberta  Mar\u00eda" },
	{ "a question mark for what is not ASCII", NAME, "Rigoberta Mar?a" },
	{ "a hyphen of word processors", NAME, "Rigoberta\u2013Mar\u00eda" },
	{ "an apostrophe of word processors", "Q'anil", "Q\u2019anil" },
	{ "a soft hyphen", NAME, "Rigo\u00adberta Mar\u00eda" },
	{ "a joiner", NAME, "Rigo\u200dberta Mar\u00eda" },
	{ "a mark of direction", NAME, "\u200eRigoberta Mar\u00eda" },
	{ "an ordinal sign from Latin-1", NAME, "Jer\u00c3\u00aa" },
	{ "CDATA", NAME, "<![CDATA[Rigoberta Mar\u00eda]]>" },
	{ "a comment between elements", "<Program>", "<!-- --><Program>" },
	{ "a comment in a name", NAME, "Rigoberta<!--x--> Mar\u00eda" },
	{ "a comment with tags", "<Program>", "<!-- <x></x> --><Program>" },
	{ "a comment with its own end", "<Program>", "<!-- > --><Program>" },
	{ "an empty comment", "<Program>", "<!----><Program>" },
	{ "an instruction", "<Program>", "<?x y?><Program>" },
	{ "an instruction in a name", NAME, "Rigoberta<?x?> Mar\u00eda" },
	{ "a document type inside", "<Program>", "<!DOCTYPE a><Program>" },
	{ "a NEL for a line feed", "<Program>", "\xc2\x85<Program>" },
	{ "a DEL", NAME, "Rigoberta\x7f" },
	{ "overlong UTF-8", NAME, "Rigoberta \xc1\x8d" },
};

START_TEST(damage_is_told)
{
	struct bytes file = changed(damages[_i].from, damages[_i].to);

	ck_assert_msg(
	    check((char *)file.at) == ERR_PROFILE, "%s", damages[_i].what);
	bytes_free(&file);
}
END_TEST

/* Only a person does these: they must stay a wrong signature. */
static const struct {
	const char *what, *from, *to;
} changes[] = {
	{ "another name", NAME, "Rigoberta Mario" },
	{ "another number", "2011-04-09", "2012-04-09" },
	{ "a code that is none", "<Sex>F", "<Sex>Q" },
	{ "a Cyrillic look-alike", NAME, "Rig\u043eberta" },
	{ "a letter with an accent more", NAME, "Rigobert\u00e1 Mar\u00eda" },
	{ "accented letters in a row", NAME, "\u00c3\u00c3\u00e1\u00e9" },
	{ "an element less", "<Sex>F</Sex>", "" },
	{ "an element more", "<Sex>F</Sex>", "<Sex>F</Sex><Sex>F</Sex>" },
	{ "an unknown element", "<Sex>F</Sex>", "<Rank>F</Rank>" },
	{ "an attribute", "<Sex>", "<Sex estimated=\"true\">" },
	{ "a bare ampersand", NAME, "Rigoberta & Mar\u00eda" },
	{ "a bare angle", NAME, "Rigoberta>Mar\u00eda" },
	{ "an angle lost", "<Sex>F", "<Sex?F" },
	{ "an angle turned into another sign", "<Sex>", "=Sex>" },
	{ "cut in a tag", "</ReferralLetter>", "</Refer" },
	{ "the entities that there are", NAME, "R&amp;&lt;&gt;" },
};

/* Capitals read as Windows-1252: seen only where the signature is wrong. */
START_TEST(capitals_that_were_misread)
{
	struct bytes file = changed(NAME, "\u00c3\u0161rsula");
	struct errtext err = { 0 };

	ck_assert_int_eq(check((char *)file.at), ERR_OK);
	ck_assert_int_eq(form_suspect(file.at, file.len, &err), ERR_PROFILE);
	ck_assert_str_ne(err.text, "");
	ck_assert_int_eq(form_suspect((const uint8_t *)sample_unsigned,
			     strlen(sample_unsigned), NULL),
	    ERR_OK);
	bytes_free(&file);
}
END_TEST

START_TEST(a_changed_value_is_no_damage)
{
	struct bytes file = changed(changes[_i].from, changes[_i].to);

	ck_assert_msg(check((char *)file.at) == ERR_OK, "%s", changes[_i].what);
	bytes_free(&file);
}
END_TEST

/* Every byte put in every place ends, and reads nothing behind the end; in each
 * fourth place in the sanitized build. */
START_TEST(any_bytes_get_an_answer)
{
	size_t len = strlen(sample_unsigned), at;

	for (at = (size_t)_i % EACH; at < len; at += EACH) {
		struct bytes file = { 0 };

		bytes_add(&file, sample_unsigned, len);
		file.at[at] = (uint8_t)_i;
		(void)form_check(file.at, len, NULL);
		(void)form_check(file.at, at + 1, NULL);
		bytes_free(&file);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_letter_itself_is_whole);
	tcase_add_loop_test(t, damage_is_told, 0, COUNT(damages));
	tcase_add_test(t, capitals_that_were_misread);
	tcase_add_loop_test(t, a_changed_value_is_no_damage, 0, COUNT(changes));
	tcase_add_loop_test(t, any_bytes_get_an_answer, 0, 256);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
