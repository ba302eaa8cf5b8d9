/*
 * Tests of scan/box.h: mails, zips and folders, with the real sello-decode; and
 * what a sello-decode that was taken over may say of them.
 */
#include "scan/box.h"

#include "decode/crate.h"
#include "scan/format.h"
#include "scan/protocol.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static enum err
open_text(const char *text, struct box *out)
{
	struct errtext err = { 0 };
	enum err rc = box_open((const uint8_t *)text, strlen(text), out, &err);

	ck_assert_msg(rc == ERR_OK || err.text[0] != '\0', "no words");
	return rc;
}

static const char *
text_of(const struct box *box, size_t i)
{
	return box->file[i].data.len > 0 ? (char *)box->file[i].data.at : "";
}

/* --- mails ----------------------------------------------------------------- */

#define HEAD       "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
#define MIXED      "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
#define AS(fields) "--b\r\n" fields "\r\n\r\n"
static const struct {
	const char *what, *mail, *name, *data;
} mails[] = {
	{ "no part",
	    HEAD "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-",
	    "a.pdf", "%PDF-" },
	{ "base64, with rubbish and without an end",
	    HEAD MIXED AS("Content-Type: image/png\r\n"
			  "Content-Transfer-Encoding: BASE64") "aGV-\r\n"
							       " sbG8\r\n--b--",
	    "image.png", "hello" },
	{ "base64 that was cut off",
	    HEAD MIXED AS(
		"Content-Type: image/png\r\n"
		"Content-Transfer-Encoding: base64") "aGVsbG9h\r\n"
						     "aGV/aG=\r\n--b--",
	    "image.png", "helloahe\x7f" },
	{ "quoted-printable",
	    HEAD MIXED AS(
		"Content-Type: text/xml; name=a.xml\r\n"
		"Content-Transfer-Encoding: quoted-printable") "<a b=3D\"=C3=A9\">=\r\n</a>  \r\n=ZZ\r\n--b--\r\n",
	    "a.xml", "<a b=\"\xc3\xa9\"></a>\n=ZZ" },
	{ "lines as they are on the way",
	    HEAD MIXED AS("Content-Type: text/xml; name=a.xml") "<a>\r\n"
								"</a>\r\n\r\n"
								"--b--\r\n",
	    "a.xml", "<a>\n</a>\n" },
	{ "a name in pieces, in other letters",
	    HEAD MIXED AS("Content-Type: image/png\r\n"
			  "Content-Disposition: attachment;\r\n"
			  " filename*0*=utf-8''%C3%A9t;\r\n"
			  "\tfilename*1=e.png") "x\r\n--b--",
	    "\xc3\xa9te.png", "x" },
	{ "a name in words",
	    HEAD MIXED AS("Content-Type: image/png; name=\"=?iso-8859-1?Q?"
			  "=E9_t?=\r\n =?utf-8?b?w6k=?= 1.png\"") "x\r\n--b--",
	    "\xc3\xa9 t\xc3\xa9 1.png", "x" },
	{ "a name that paints",
	    HEAD MIXED AS("Content-Type: image/png; "
			  "name*=utf-8''%E2%80%AEgnp.exe%0A") "x\r\n--b--",
	    "?gnp.exe?", "x" },
	{ "within another mail",
	    HEAD MIXED AS("Content-Type: message/rfc822") HEAD
	    "Content-Type: multipart/related;\r\n boundary=\"b; c\"\r\n\r\n"
	    "--b; c\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--b; c--\r\n"
	    "--b--\r\n",
	    "image.gif", "GIF" },
	{ "cut off", HEAD MIXED AS("Content-Type: image/gif") "GIF89a",
	    "image.gif", "GIF89a" },
	{ "a code in its words",
	    HEAD MIXED AS("Content-Type: text/plain") "see: SELLOAAA\r\n--b--",
	    "text.plain", "see: SELLOAAA" },
	{ "a code in small letters",
	    HEAD MIXED AS("Content-Type: text/plain") "selloaaa\r\n--b--",
	    "text.plain", "selloaaa" },
	{ "a mail in base64",
	    HEAD MIXED AS(
		"Content-Type: message/rfc822\r\n"
		"Content-Transfer-Encoding: base64") "RnJvbTogYQpUbzogYgpDb250ZW50LVR5cGU6IGltYWdlL2dpZgoKR0lGODlh\r\n"
						     "--b--",
	    "image.gif", "GIF89a" },
	{ "a mail that was passed on as a file",
	    HEAD MIXED AS(
		"Content-Type: application/octet-stream; name=a.eml") "From: a\r\nTo: b\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n"
								      "--b--",
	    "image.gif", "GIF89a" },
};

START_TEST(takes_out_what_is_attached)
{
	struct box box = { 0 };

	ck_assert_int_eq(open_text(mails[_i].mail, &box), ERR_OK);
	ck_assert_int_eq(box.type, MAGIC_MAIL);
	ck_assert_msg(box.count == 1, "%s: %zu", mails[_i].what, box.count);
	ck_assert_str_eq(box.file[0].name, mails[_i].name);
	ck_assert_str_eq(text_of(&box, 0), mails[_i].data);
	ck_assert(!box.is_cut);
	box_clear(&box);
}
END_TEST

/* Words to the reader are none. */
START_TEST(words_are_no_file)
{
	struct box box = { 0 };

	ck_assert_int_eq(open_text(HEAD "\r\nGood morning\r\n", &box), ERR_OK);
	ck_assert_uint_eq(box.count, 0);
	ck_assert_int_eq(
	    open_text(HEAD MIXED AS("Content-Type: text/html") "<p>\r\n" AS(
			  "") "hello\r\n--b--",
		&box),
	    ERR_OK);
	ck_assert_uint_eq(box.count, 0);
}
END_TEST

/* Bodies within bodies, and many of them. */
START_TEST(mails_have_limits)
{
	struct bytes mail = { 0 };
	struct box box = { 0 };
	int i;

	for (i = 0; i < 21; i++)
		bytes_addf(&mail,
		    "From: a\nTo: b\nContent-Type: "
		    "message/rfc822\n\n");
	bytes_add_text(&mail, "Content-Type: image/png\n\nx");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 1);
	ck_assert(!box.is_cut);
	box_clear(&box);
	bytes_reset(&mail);
	for (i = 0; i < 22; i++)
		bytes_addf(&mail,
		    "From: a\nTo: b\nContent-Type: "
		    "message/rfc822\n\n");
	bytes_add_text(&mail, "Content-Type: image/png\n\nx");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 0);
	ck_assert(box.is_cut);
	box_clear(&box);
	bytes_reset(&mail);
	/* ten, each of parts */
	for (i = 0; i < 10; i++)
		bytes_addf(&mail,
		    "From: a\nTo: b\nContent-Type: multipart/mixed; boundary=%d"
		    "\n\n--%d\nContent-Type: message/rfc822\n\n",
		    i, i);
	bytes_add_text(
	    &mail, HEAD MIXED AS("Content-Type: image/png") "x\r\n--b--");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 1);
	ck_assert(!box.is_cut);
	box_clear(&box);
	bytes_reset(&mail);
	bytes_add_text(&mail, HEAD MIXED);
	for (i = 0; i < 1000; i++)
		bytes_add_text(&mail, "--b\r\n\r\nhello\r\n");
	bytes_add_text(&mail, AS("Content-Type: image/png") "x\r\n--b--");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 0);
	ck_assert(box.is_cut);
	box_clear(&box);
	bytes_free(&mail);
}
END_TEST

/* Words of so many lines, then a picture. Bodies within bodies would have each line
 * looked at once more; that many of them are a second's work. */
START_TEST(lines_of_a_mail_have_a_limit)
{
	static const size_t mine = 6; /* boundaries, heads, what is in it */
	struct bytes mail = { 0 };
	struct box box = { 0 };
	size_t lines = CRATE_LINE_MAX - mine + (size_t)_i;

	bytes_add_text(&mail, HEAD MIXED "--b\n\n");
	memset(bytes_reserve(&mail, lines), '\n', lines);
	mail.len += lines;
	bytes_add_text(&mail, "--b\nContent-Type: image/png\n\nx--b--");
	ck_assert(!mail.failed);
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, _i == 0);
	ck_assert(box.is_cut == (_i > 0));
	box_clear(&box);
	bytes_free(&mail);
}
END_TEST

/* What takes as long as it is long squared would take hours. */
START_TEST(a_name_may_be_spaces)
{
	const size_t len = 4u << 20;
	struct bytes mail = { 0 };
	struct box box = { 0 };

	bytes_add_text(&mail,
	    HEAD "Content-Disposition: attachment; filename=\"=?utf-8?Q?a?=");
	memset(bytes_reserve(&mail, len), ' ', len);
	mail.len += len;
	bytes_add_text(&mail, "\"\r\n\r\nx");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 1);
	ck_assert_int_eq(box.file[0].name[0], 'a');
	box_clear(&box);
	bytes_free(&mail);
}
END_TEST

START_TEST(names_have_a_limit)
{
	struct bytes mail = { 0 };
	struct box box = { 0 };
	int i;

	bytes_add_text(&mail, HEAD "Content-Type: image/png; name=");
	for (i = 0; i < PROTOCOL_NAME_MAX + 100; i++)
		bytes_add_byte(&mail, 'a');
	bytes_add_text(&mail, "\r\n\r\nx");
	ck_assert_int_eq(box_open(mail.at, mail.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 1);
	ck_assert_uint_eq(strlen(box.file[0].name), PROTOCOL_NAME_MAX);
	box_clear(&box);
	bytes_free(&mail);
}
END_TEST

/* --- zips ------------------------------------------------------------------ */

static enum err
open_file(const char *path, struct box *out)
{
	struct bytes file = { 0 };
	struct errtext err = { 0 };
	enum err rc;

	run_get(path, &file);
	rc = box_open(file.at, file.len, out, &err);
	ck_assert_msg(rc == ERR_OK || err.text[0] != '\0', "no words");
	bytes_free(&file);
	return rc;
}

START_TEST(takes_files_out_of_a_zip)
{
	struct box box = { 0 };

	if (!run_has("zip"))
		return;
	ck_assert_int_eq(run("mkdir sub __MACOSX; echo a >a; echo b >sub/b; "
			     "echo c >__MACOSX/._a; zip -r a.zip a sub "
			     "__MACOSX",
			     NULL),
	    0);
	ck_assert_int_eq(open_file("a.zip", &box), ERR_OK);
	ck_assert_int_eq(box.type, MAGIC_ZIP);
	ck_assert_uint_eq(box.count, 2);
	ck_assert_str_eq(box.file[0].name, "a");
	ck_assert_str_eq(text_of(&box, 0), "a\n");
	ck_assert_str_eq(box.file[1].name, "sub/b");
	box_clear(&box);
}
END_TEST

/* At, and over, each limit; of zeros, which pack best. */
static const struct {
	const char *how;
	size_t count;
	bool cut;
} zips[] = {
	{ "seq -f n%g 200 | xargs touch; zip -q a.zip n*", 200, false },
	{ "seq -f n%g 201 | xargs touch; zip -q a.zip n*", 200, true },
	{ "head -c 4194304 /dev/zero >z; zip -q a.zip z", 1, false },
	{ "head -c 4194305 /dev/zero >z; echo a >z2; zip -q a.zip z z2", 1,
	    true },
	{ "seq 4500000 >z; echo b >b; zip -q -1 a.zip z b", 1, true },
	/* 16 of 4 MiB are 64; the 17th is too much, a small one is not */
	{ "head -c 4194304 /dev/zero >z; for i in $(seq 16); do cp z z$i; done; "
	  "rm z; zip -q a.zip z*",
	    16, false },
	{ "head -c 4194304 /dev/zero >z; for i in $(seq 16); do cp z z$i; done; "
	  "echo b >zz; zip -q a.zip z*",
	    16, true },
};

START_TEST(zips_have_limits)
{
	struct box box = { 0 };

	if (!run_has("zip"))
		return;
	ck_assert_int_eq(run(zips[_i].how, NULL), 0);
	ck_assert_int_eq(open_file("a.zip", &box), ERR_OK);
	ck_assert_msg(
	    box.count == zips[_i].count, "%s: %zu", zips[_i].how, box.count);
	ck_assert_msg(box.is_cut == zips[_i].cut, "%s", zips[_i].how);
	box_clear(&box);
}
END_TEST

START_TEST(a_zip_may_lie)
{
	struct bytes file = { 0 };
	struct box box = { 0 };
	size_t i;

	if (!run_has("zip"))
		return;
	ck_assert_int_eq(run("yes hello | head -c 3000 >a; zip -q a.zip a; "
			     "zip -q -P x locked.zip a",
			     NULL),
	    0);
	ck_assert_int_eq(open_file("locked.zip", &box), ERR_UNREADABLE);
	run_get("a.zip", &file);
	/* every byte of it in turn: an answer, and within the limits */
	for (i = 0; i < file.len; i += 7) {
		file.at[i] ^= 0xff;
		(void)box_open(file.at, file.len, &box, NULL);
		ck_assert_uint_le(box.count, 1);
		box_clear(&box);
		file.at[i] ^= 0xff;
	}
	bytes_free(&file);
}
END_TEST

/* Little end first. */
static void
put_number(struct bytes *out, size_t len, uint32_t value)
{
	for (; len > 0; len--, value >>= 8)
		bytes_add_byte(out, (uint8_t)value);
}

/* In the list at its end; stored, of no bytes. */
static void
put_entry(struct bytes *zip, const char *name, uint32_t at)
{
	bytes_add_text(zip, "PK\1\2");
	put_number(zip, 2, 20);
	put_number(zip, 2, 10);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0); /* CRC-32 of nothing */
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 2, (uint32_t)strlen(name));
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, at);
	bytes_add_text(zip, name);
}

/* Folders, and behind them a file of no bytes: so many entries. */
static void
make_zip(struct bytes *zip, uint32_t count)
{
	uint32_t i, start;

	bytes_add_text(zip, "PK\3\4");
	put_number(zip, 2, 10);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 4, 0);
	put_number(zip, 2, 1);
	put_number(zip, 2, 0);
	bytes_add_text(zip, "f");
	start = (uint32_t)zip->len;
	for (i = 1; i < count; i++)
		put_entry(zip, "folder/", 0);
	put_entry(zip, "f", 0);
	i = (uint32_t)zip->len - start;
	bytes_add_text(zip, "PK\5\6");
	put_number(zip, 4, 0);
	put_number(zip, 2, count);
	put_number(zip, 2, count);
	put_number(zip, 4, i);
	put_number(zip, 4, start);
	put_number(zip, 2, 0);
}

/* Below, at and over it. */
START_TEST(entries_of_a_zip_have_a_limit)
{
	struct bytes zip = { 0 };
	struct box box = { 0 };
	bool over = _i > 0;

	make_zip(&zip, (uint32_t)(CRATE_ENTRY_MAX + _i));
	ck_assert(!zip.failed);
	ck_assert_int_eq(box_open(zip.at, zip.len, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, over ? 0 : 1);
	ck_assert(box.is_cut == over);
	box_clear(&box);
	bytes_free(&zip);
}
END_TEST

/* Each of 17 files has a byte more than the list says: what is unpacked for nothing
 * counts, or 20,000 of them would be 80 GB. Then the last one has no room. */
START_TEST(a_zip_may_lie_of_sizes)
{
	static const char entry[] = "PK\1\2";
	struct bytes file = { 0 };
	struct box box = { 0 };
	uint8_t *at;

	if (!run_has("zip"))
		return;
	ck_assert_int_eq(
	    run("head -c 4194304 /dev/zero >z; for i in $(seq 16); do cp z z$i; "
		"done; rm z; seq 40 >zz; zip -q -X a.zip z*",
		NULL),
	    0);
	run_get("a.zip", &file);
	for (at = file.at; (at = memmem(at, file.len - (size_t)(at - file.at),
				entry, 4)) != NULL;
	     at += 4)
		if (at[26] == 0x40) /* 4194304 at 24 */
			memcpy(at + 24, "\xff\xff\x3f", 3);
	ck_assert_int_eq(
	    box_open(file.at, file.len, &box, NULL), ERR_UNREADABLE);
	ck_assert_uint_eq(box.count, 0);
	box_clear(&box);
	bytes_free(&file);
}
END_TEST

/* --- folders ----------------------------------------------------------------- */

START_TEST(takes_the_files_of_a_folder)
{
	struct box box = { 0 };

	ck_assert_int_eq(
	    run("mkdir -p d/sub d/empty; echo b >d/b; echo a >d/a; "
		"echo h >d/.hidden; echo s >d/sub/s; mkfifo d/p",
		NULL),
	    0);
	ck_assert_int_eq(box_open_folder("d", &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 2);
	ck_assert_str_eq(box.file[0].name, "a");
	ck_assert_str_eq(box.file[1].name, "b");
	box_clear(&box);
	ck_assert_int_eq(box_open_folder("none", &box, NULL), ERR_IO);
}
END_TEST

/* What is not read hides nothing behind it; 200 are enough. */
START_TEST(folders_have_limits)
{
	struct box box = { 0 };

	ck_assert_int_eq(
	    run("mkdir e; truncate -s 32M e/b; truncate -s 33M e/a; "
		"ln -s nowhere e/0; truncate -s 31M e/c; "
		"truncate -s 2M e/d; echo e >e/e",
		NULL),
	    0);
	ck_assert_int_eq(box_open_folder("e", &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 3);
	ck_assert_str_eq(box.file[0].name, "b");
	ck_assert_str_eq(box.file[1].name, "c");
	ck_assert_str_eq(box.file[2].name, "e");
	ck_assert(box.is_cut);
	box_clear(&box);
	ck_assert_int_eq(
	    run("mkdir f; seq -f f/%g 200 | xargs touch; mkdir f/z", NULL), 0);
	ck_assert_int_eq(box_open_folder("f", &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 200);
	ck_assert(!box.is_cut);
	box_clear(&box);
	ck_assert_int_eq(run("touch f/201", NULL), 0);
	ck_assert_int_eq(box_open_folder("f", &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, 200);
	ck_assert(box.is_cut);
	box_clear(&box);
}
END_TEST

/* --- what a helper may say --------------------------------------------------- */

static const struct {
	const char *text;
	enum err want;
	size_t count;
} answers[] = {
	{ "end\n", ERR_OK, 0 },
	{ "file YQ== PGEvPg==\nend\n", ERR_OK, 1 },
	{ "file YQ== \nfile YQ== YQ==\nbad limit\nend\n", ERR_OK, 2 },
	{ "file YQ== YQ==\nbad damaged\nend\n", ERR_OK, 1 },
	{ "file YQ== YQ==\nbad locked\nend\n", ERR_OK, 1 },
	{ "bad limit\nend\n", ERR_OK, 0 },
	{ "bad locked\nend\n", ERR_UNREADABLE, 0 },
	{ "bad damaged\nend\n", ERR_UNREADABLE, 0 },
	{ "bad memory\nend\n", ERR_MEMORY, 0 },
	{ "kind word\nend\n", ERR_UNREADABLE, 0 },
	/* none of these is by the grammar */
	{ "", ERR_UNREADABLE, 0 },
	{ "file YQ== YQ==\n", ERR_UNREADABLE, 0 },
	{ "file YQ== YQ==\nend\n\n", ERR_UNREADABLE, 0 },
	{ "file YQ==\nend\n", ERR_UNREADABLE, 0 },
	{ "file  YQ==\nend\n", ERR_UNREADABLE, 0 },
	{ "file YQ== YQ== YQ==\nend\n", ERR_UNREADABLE, 0 },
	{ "file YQ YQ==\nend\n", ERR_UNREADABLE, 0 },
	{ "file YQ== YQ\nend\n", ERR_UNREADABLE, 0 },
	{ "File YQ== YQ==\nend\n", ERR_UNREADABLE, 0 },
	{ "kind picture of me\nend\n", ERR_UNREADABLE, 0 },
	{ "kind word\nkind word\nend\n", ERR_UNREADABLE, 0 },
	{ "qr U0VMTE8=\nend\n", ERR_UNREADABLE, 0 },
	{ "pages 1\nend\n", ERR_UNREADABLE, 0 },
	{ "bad blank\nend\n", ERR_UNREADABLE, 0 },
};

START_TEST(answers_by_the_grammar)
{
	struct bytes answer = { 0 };
	struct errtext err = { 0 };
	struct box box = { 0 };
	enum err rc;

	bytes_add_text(&answer, answers[_i].text);
	rc = box_parse(&answer, &box, &err);
	ck_assert_msg(rc == answers[_i].want, "%s", answers[_i].text);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	ck_assert_uint_eq(box.count, answers[_i].count);
	box_clear(&box);
	bytes_free(&answer);
}
END_TEST

/* More files than are told. */
START_TEST(a_flood_is_nonsense)
{
	struct bytes answer = { 0 };
	struct box box = { 0 };
	int i;

	for (i = 0; i < BOX_FILE_MAX; i++)
		bytes_add_text(&answer, "file YQ== YQ==\n");
	bytes_add_text(&answer, "end\n");
	ck_assert_int_eq(box_parse(&answer, &box, NULL), ERR_OK);
	ck_assert_uint_eq(box.count, BOX_FILE_MAX);
	box_clear(&box);
	answer.len -= 4;
	bytes_add_text(&answer, "file YQ== YQ==\nend\n");
	ck_assert_int_eq(box_parse(&answer, &box, NULL), ERR_UNREADABLE);
	bytes_free(&answer);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("box");
	TCase *t = tcase_create("box");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, takes_out_what_is_attached, 0,
	    (int)(sizeof(mails) / sizeof(mails[0])));
	tcase_add_test(t, words_are_no_file);
	tcase_add_test(t, mails_have_limits);
	tcase_add_loop_test(t, lines_of_a_mail_have_a_limit, 0, OF_MANY(2));
	tcase_add_test(t, a_name_may_be_spaces);
	tcase_add_test(t, names_have_a_limit);
	tcase_add_test(t, takes_files_out_of_a_zip);
	tcase_add_loop_test(
	    t, zips_have_limits, 0, OF_MANY(sizeof(zips) / sizeof(zips[0])));
	tcase_add_test(t, a_zip_may_lie);
	tcase_add_test(t, a_zip_may_lie_of_sizes);
	tcase_add_loop_test(t, entries_of_a_zip_have_a_limit, -1, 2);
	tcase_add_test(t, takes_the_files_of_a_folder);
	tcase_add_test(t, folders_have_limits);
	tcase_add_loop_test(t, answers_by_the_grammar, 0,
	    (int)(sizeof(answers) / sizeof(answers[0])));
	tcase_add_test(t, a_flood_is_nonsense);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
