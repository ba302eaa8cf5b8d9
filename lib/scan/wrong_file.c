/*
 * wrong_file.c - wrong_file.h.
 */
#include "scan/wrong_file.h"

#include "base/i18n.h"
#include "scan/magic.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOKED_AT (64u << 10) /* bytes of a file that was refused */

/* What each kind is, and what is said where it alone is wanted. */
static const struct {
	const char *is, *wanted;
} kinds[] = {
	[FILE_EMPTY] = { N_("this file is empty; get another copy"), NULL },
	[FILE_DATABASE] = { N_("this is a database. Leave it in its folder: it "
			       "may be a center's register, with people's "
			       "data"),
	    NULL },
	[FILE_BACKUP] = { N_("this is the backup of a center or a post: "
			     "sello-issue restore, sello-verify restore"),
	    N_("wanted here: a backup (\"sello-issue backup\" writes one of a center, \"sello-verify backup\" of a post)") },
	[FILE_PICTURE] = { N_("this is a picture or a PDF. If it shows a "
			      "letter: sello-verify check"),
	    NULL },
	[FILE_LETTER] = { N_("this is a letter. To check it: sello-verify "
			     "check"),
	    NULL },
	[FILE_LIST] = { N_("this is the list of centers, trust.xml. A post "
			   "takes it with: sello-verify sync, with the folder "
			   "that it lies in; a center with: sello-issue trust"),
	    N_("wanted here: the list of centers, trust.xml, as the root "
	       "custodian publishes it") },
	[FILE_POST_REQUEST] = { N_("this is a post's request. The root "
				   "custodian takes it: sello-keys certify"),
	    N_("wanted here: request.csr of a center, or request.txt of a "
	       "post") },
	[FILE_CENTER_REQUEST] = { N_("this is a center's request. The root "
				     "custodian takes it: sello-keys certify"),
	    N_("wanted here: request.csr of a center, or request.txt of a "
	       "post") },
	[FILE_CERTIFICATE] = { N_("this is a certificate, perhaps root.crt, "
				  "with which a post is set up: sello-verify "
				  "init --root"),
	    N_("wanted here: root.crt, the certificate that the root custodian "
	       "handed over") },
	[FILE_PRIVATE_KEY] = { N_("this is a PRIVATE KEY. No command here "
				  "takes one from others: do not pass it on"),
	    NULL },
	[FILE_CODE] = { N_("this is the code of a letter. To check it: "
			   "sello-verify check"),
	    NULL },
	[FILE_PAGE] = { N_("this is a page for reading, perhaps an "
			   "auditor's report. Open it in a browser"),
	    NULL },
	[FILE_SPREADSHEET] = { N_("this is a spreadsheet or an archive. Saved "
				  "as CSV, a center takes a table of people: "
				  "sello-issue draft"),
	    NULL },
	[FILE_PEOPLE] = { N_("this is a table of people, with personal data. A "
			     "center takes it: sello-issue draft"),
	    N_("wanted here: a table of people, saved as CSV (\"sello-issue "
	       "template\" writes an empty one)") },
	[FILE_REPORT] = { N_("this is a post's report. Other posts take it: "
			     "sello-verify import; a center: sello-issue check "
			     "--cosigned"),
	    N_("wanted here: a post's report (\"sello-verify export\" writes "
	       "one) or the head of a log") },
	[FILE_HEAD] = { N_("this is the signed head of a log. To see it: "
			   "sello-keys show"),
	    N_("wanted here: the signed head of a log, the file \"checkpoint\" "
	       "in its folder") },
	[FILE_PROGRAM] = { NULL,
	    N_("wanted here: program.ini, the root custodian's list of "
	       "consulates and pathways") },
};

/* What a text begins with. */
static const struct {
	const char *begin;
	enum wrong_file kind;
} texts[] = {
	{ "SQLite format 3", FILE_DATABASE },
	{ "sello-backup/", FILE_BACKUP },
	{ "PK\x03\x04", FILE_SPREADSHEET },
	{ "sello-post/", FILE_POST_REQUEST },
	{ "sello-report/", FILE_REPORT },
	{ "-----BEGIN CERTIFICATE REQUEST-----", FILE_CENTER_REQUEST },
	{ "-----BEGIN CERTIFICATE-----", FILE_CERTIFICATE },
	{ "-----BEGIN PRIVATE KEY-----", FILE_PRIVATE_KEY },
	{ "-----BEGIN ENCRYPTED PRIVATE KEY-----", FILE_PRIVATE_KEY },
	{ "SELLO", FILE_CODE },
	{ "<!DOCTYPE html", FILE_PAGE },
};

/* Two words of a table's first line; of the ends that any case leaves. */
static const char *const people[][2] = {
	{ "urnames", "irth" },
	{ "pellidos", "acimiento" },
};

static bool
begins(const struct bytes *file, const char *text)
{
	struct reader r = { file->at, file->len };

	(void)reader_skip_text(&r, "\xef\xbb\xbf");
	return reader_skip_text(&r, text);
}

static bool
has(const struct bytes *file, const char *text)
{
	return memmem(file->at, file->len, text, strlen(text)) != NULL;
}

static enum wrong_file
text_looks(const struct bytes *file)
{
	size_t i;

	if (has(file, "\n\n\xe2\x80\x94 ")) /* a note's signatures */
		return FILE_HEAD;
	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		if (has(file, people[i][0]) && has(file, people[i][1]))
			return FILE_PEOPLE;
	return FILE_UNKNOWN;
}

enum wrong_file
wrong_file_looks(const struct bytes *file)
{
	size_t i;

	if (file->len == 0)
		return FILE_EMPTY;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (begins(file, texts[i].begin))
			return texts[i].kind;
	switch (magic_of(file->at, file->len)) {
	case MAGIC_PDF:
	case MAGIC_PNG:
	case MAGIC_JPEG:
	case MAGIC_WEBP:
	case MAGIC_GIF:
	case MAGIC_BMP:
	case MAGIC_TIFF:
	case MAGIC_HEIF:
	case MAGIC_OTHER:
		return FILE_PICTURE;
	case MAGIC_XML:
		if (magic_has_letter(file->at, file->len))
			return FILE_LETTER;
		if (has(file, "urn:sello:trust:1"))
			return FILE_LIST;
		break;
	case MAGIC_TEXT:
	case MAGIC_ZIP:
	case MAGIC_MAIL:
	case MAGIC_BINARY:
		break;
	}
	return text_looks(file);
}

const char *
wrong_file_is(const struct bytes *file)
{
	const char *is = kinds[wrong_file_looks(file)].is;

	return is != NULL ? _(is) : NULL;
}

const char *
wrong_file_wanted(enum wrong_file wanted)
{
	const char *text = kinds[wanted].wanted;

	return text != NULL ? _(text) : NULL;
}

/* --- a file that was refused ---------------------------------------------- */

/* The beginning of a file; never waits, as for a pipe. */
static bool
peek(const char *path, struct bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	ssize_t n = -1;
	uint8_t *at;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (at = bytes_reserve(out, LOOKED_AT)) != NULL)
		n = read(fd, at, LOOKED_AT);
	if (fd >= 0)
		(void)close(fd);
	out->len = n > 0 ? (size_t)n : 0;
	return n >= 0;
}

static bool
is_about_kind(enum err rc)
{
	return rc == ERR_DATA || rc == ERR_LIMIT || rc == ERR_FOREIGN ||
	    rc == ERR_PROFILE || rc == ERR_VERSION;
}

/* Damaged and yet of the kind: its reader knows better. */
static bool
fits(enum wrong_file looks, enum wrong_file wanted)
{
	return looks == wanted ||
	    (looks == FILE_POST_REQUEST && wanted == FILE_CENTER_REQUEST) ||
	    (looks == FILE_SPREADSHEET && wanted == FILE_PEOPLE) ||
	    (looks == FILE_HEAD && wanted == FILE_REPORT);
}

/* Written by hand, line by line. */
static bool
is_handwritten(enum wrong_file wanted)
{
	return wanted == FILE_PEOPLE || wanted == FILE_PROGRAM;
}

void
wrong_file_blame(
    const char *path, enum wrong_file wanted, enum err rc, struct errtext *err)
{
	const char *is, *want = wrong_file_wanted(wanted);
	struct errtext before = *err;
	struct bytes file = { 0 };

	if (want == NULL || !is_about_kind(rc) || strcmp(path, "-") == 0)
		return;
	if (peek(path, &file) && !fits(wrong_file_looks(&file), wanted)) {
		is = wrong_file_is(&file);
		if (is != NULL)
			err_set(err, rc, "%s: %s; %s", path, is, want);
		else if (!is_handwritten(wanted))
			err_set(err, rc, "%s; %s", before.text, want);
	}
	bytes_wipe(&file);
}
