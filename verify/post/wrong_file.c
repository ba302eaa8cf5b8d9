/*
 * wrong_file.c - wrong_file.h.
 */
#include "verify/post/wrong_file.h"

#include "base/i18n.h"
#include "scan/magic.h"

#include <string.h>

/* What a text begins with, and whose it is. */
static const struct {
	const char *begin, *text;
} texts[] = {
	{ "sello-post/",
	    N_("this is a post's request. The root custodian "
	       "takes it: sello-keys certify") },
	{ "-----BEGIN CERTIFICATE REQUEST-----",
	    N_("this is a center's request. The root custodian takes it: "
	       "sello-keys certify") },
	{ "-----BEGIN CERTIFICATE-----",
	    N_("this is a certificate, perhaps root.crt, with which a post is "
	       "set up: sello-verify init --root") },
	{ "-----BEGIN PRIVATE KEY-----",
	    N_("this is a PRIVATE KEY. No command here takes one from others: "
	       "do not pass it on") },
	{ "-----BEGIN ENCRYPTED PRIVATE KEY-----",
	    N_("this is a PRIVATE KEY. No command here takes one from others: "
	       "do not pass it on") },
	{ "SELLO",
	    N_("this is the code of a letter. To check it: "
	       "sello-verify check") },
	{ "<!DOCTYPE html",
	    N_("this is a page for reading, perhaps an "
	       "auditor's report. Open it in a browser") },
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
	return file->len > 0 &&
	    memmem(file->at, file->len, text, strlen(text)) != NULL;
}

static const char *
text_is(const struct bytes *file)
{
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (begins(file, texts[i].begin))
			return _(texts[i].text);
	if (has(file, "surnames") && has(file, "birthDate"))
		return _("this is a table of people, with personal data. A "
			 "center takes it: sello-issue draft");
	return NULL;
}

const char *
wrong_file_is(const struct bytes *file)
{
	if (file->len == 0)
		return _("this file is empty; get another copy");
	if (begins(file, "SQLite format 3"))
		return _("this is a database, perhaps a center's backup: "
			 "sello-issue restore. What a post takes from others "
			 "is the file that their \"sello-verify export\" "
			 "wrote");
	switch (magic_of(file->at, file->len)) {
	case MAGIC_PDF:
	case MAGIC_PNG:
	case MAGIC_JPEG:
	case MAGIC_WEBP:
	case MAGIC_OTHER:
		return _("this is a picture or a PDF. If it shows a letter: "
			 "sello-verify check");
	case MAGIC_XML:
		if (magic_has_letter(file->at, file->len))
			return _("this is a letter. To check it: sello-verify "
				 "check");
		if (has(file, "urn:sello:trust:1"))
			return _("this is a trust list. To take it: "
				 "sello-verify sync, with the folder that it "
				 "lies in");
		break;
	case MAGIC_TEXT:
	case MAGIC_BINARY:
		break;
	}
	return text_is(file);
}
