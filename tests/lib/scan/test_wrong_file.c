/*
 * Tests of scan/wrong_file.h: what is said of a file in a wrong place.
 */
#include "scan/wrong_file.h"

#include "tests/check_main.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *data;
	size_t len;
	enum wrong_file want;
} files[] = {
	{ BYTES(""), FILE_EMPTY },
	{ BYTES("SQLite format 3\0..."), FILE_DATABASE },
	{ BYTES("sello-backup/v1\n"), FILE_BACKUP },
	{ BYTES("PK\x03\x04...."), FILE_SPREADSHEET },
	{ BYTES("%PDF-1.7\n"), FILE_PICTURE },
	{ BYTES("<letter xmlns='urn:sello:letter:1'/>"), FILE_LETTER },
	{ BYTES("<list xmlns='urn:sello:trust:1'/>"), FILE_LIST },
	{ BYTES("<other/>"), FILE_UNKNOWN },
	{ BYTES("sello-post/v1\n"), FILE_POST_REQUEST },
	{ BYTES("-----BEGIN CERTIFICATE REQUEST-----\n"), FILE_CENTER_REQUEST },
	{ BYTES("\xef\xbb\xbf-----BEGIN CERTIFICATE-----\n"),
	    FILE_CERTIFICATE },
	{ BYTES("-----BEGIN PRIVATE KEY-----\n"), FILE_PRIVATE_KEY },
	{ BYTES("SELLOABC"), FILE_CODE },
	{ BYTES("<!DOCTYPE html>\n"), FILE_PAGE },
	{ BYTES("surnames;givenNames;birthDate\n"), FILE_PEOPLE },
	{ BYTES("Apellidos;Nombres;Nacimiento\n"), FILE_PEOPLE },
	{ BYTES("sello-report/v1 X\n\n\xe2\x80\x94 X AAAA\n"), FILE_REPORT },
	{ BYTES("X/GTGUA01/1\n1\nAAAA\n\n\xe2\x80\x94 X AAAA\n"), FILE_HEAD },
	{ BYTES("hello\n"), FILE_UNKNOWN },
};

START_TEST(looks)
{
	struct bytes file = { 0 };

	bytes_add(&file, files[_i].data, files[_i].len);
	ck_assert_int_eq(wrong_file_looks(&file), files[_i].want);
	ck_assert_int_eq(
	    wrong_file_is(&file) != NULL, files[_i].want != FILE_UNKNOWN);
	bytes_free(&file);
}
END_TEST

static void
blame(
    const char *data, enum wrong_file wanted, enum err rc, struct errtext *err)
{
	char path[] = "/tmp/test_wrong_file.XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, data, strlen(data)), (int)strlen(data));
	close(fd);
	strcpy(err->text, "as the reader said");
	wrong_file_blame(path, wanted, rc, err);
	unlink(path);
}

START_TEST(blames_the_kind)
{
	struct errtext err;

	blame("SELLOABC", FILE_LIST, ERR_DATA, &err);
	ck_assert_ptr_nonnull(strstr(err.text, "the code of a letter"));
	ck_assert_ptr_nonnull(strstr(err.text, "wanted here: the list"));
	blame("hello", FILE_LIST, ERR_LIMIT, &err);
	ck_assert_ptr_nonnull(strstr(err.text, "said; wanted here: the list"));
	blame("[consulate X]", FILE_PROGRAM, ERR_DATA, &err);
	ck_assert_str_eq(err.text, "as the reader said");
	/* damaged, or no matter of the kind: its reader knows better */
	blame("<a xmlns='urn:sello:trust:1'", FILE_LIST, ERR_DATA, &err);
	ck_assert_str_eq(err.text, "as the reader said");
	blame("SELLOABC", FILE_LIST, ERR_STALE, &err);
	ck_assert_str_eq(err.text, "as the reader said");
	wrong_file_blame("/dev/null", FILE_LIST, ERR_DATA, &err);
	ck_assert_str_eq(err.text, "as the reader said");
	wrong_file_blame("-", FILE_LIST, ERR_DATA, &err);
	ck_assert_str_eq(err.text, "as the reader said");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("wrong_file");
	TCase *t = tcase_create("wrong_file");

	tcase_add_loop_test(
	    t, looks, 0, (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_test(t, blames_the_kind);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
