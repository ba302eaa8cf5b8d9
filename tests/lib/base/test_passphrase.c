/* What anybody would try first opens nobody's key. */
#include "base/passphrase.h"

#include "tests/check_main.h"

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *text;
	enum err want;
} rows[] = {
	/* seven and eight characters, whatever their bytes */
	{ "K7#mq!z", ERR_REFUSED },
	{ "K7#mq!zr", ERR_OK },
	{ "\xc3\xb1\xc3\xa1\xc3\xa9\xc3\xad", ERR_REFUSED },
	{ "\xc3\xb1uque\xc3\xb1o z", ERR_OK },
	/* on the list, as it stands and dressed up */
	{ "password", ERR_REFUSED },
	{ "PASSWORD", ERR_REFUSED },
	{ "Password2026", ERR_REFUSED },
	{ "2026Password", ERR_REFUSED },
	{ "P-a-s-s-w-o-r-d!", ERR_REFUSED },
	{ "passwordpassword", ERR_REFUSED },
	{ "contrase\xc3\xb1"
	  "a",
	    ERR_REFUSED },
	{ "CONTRASENA1", ERR_REFUSED },
	{ "Mot de passe 1", ERR_REFUSED },
	{ "guatemala2026", ERR_REFUSED },
	{ "qwertyuiop", ERR_REFUSED },
	{ "1q2w3e4r5t", ERR_REFUSED },
	/* nothing but digits, or the same again and again */
	{ "12345678", ERR_REFUSED },
	{ "19900502", ERR_REFUSED },
	{ "aaaaaaaaaa", ERR_REFUSED },
	{ "abcabcabc", ERR_REFUSED },
	{ "ab123456", ERR_REFUSED },
	{ "AP2003AP2003", ERR_REFUSED },
	{ "abcdefghijkl", ERR_REFUSED },
	{ "ZXCVBNM,2026", ERR_REFUSED },
	{ "Ayiti2026", ERR_REFUSED },
	{ "!!!!!!!!", ERR_REFUSED },
	{ "        ", ERR_REFUSED },
	/* such words within more are fine */
	{ "my password is a river", ERR_OK },
	{ "los tres gatos de Guatemala", ERR_OK },
	{ "\xd0\xba\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb2\xd0\xb0 \xd0\xbb"
	  "\xd1\x83\xd0\xbd\xd0\xb0",
	    ERR_OK },
};

START_TEST(the_commonest_are_refused)
{
	struct errtext err = { 0 };
	struct secret s = { 0 };
	size_t len = strlen(rows[_i].text);

	ck_assert_int_eq(secret_new(&s, len), ERR_OK);
	memcpy(s.at, rows[_i].text, len);
	ck_assert_msg(
	    passphrase_check(&s, &err) == rows[_i].want, "%s", rows[_i].text);
	ck_assert_ptr_null(strstr(err.text, rows[_i].text));
	secret_wipe(&s);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("passphrase");
	TCase *t = tcase_create("list");

	tcase_add_loop_test(t, the_commonest_are_refused, 0, COUNT(rows));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
