/*
 * xml_read.c - a letter from its bytes: parsed, by the rules, and the same
 * bytes again: xml.h.
 */
#include "base/i18n.h"
#include "letter/dsig_template.h"
#include "letter/field.h"
#include "letter/xml.h"
#include "letter/xml_parse.h"

#define ROOT_CLOSE "</" LETTER_ROOT ">"
#define NUMBER_LEN (LETTER_NUMBER_SIZE - 1)
#define DIGEST_LEN 44 /* base64 of 32 bytes */
#define VALUE_LEN  88 /* base64 of 64 bytes */
#define KEY_LEN    8

/* Between them stand a number, a digest, a value and a key's name. */
#define SIGNATURE_1 DSIG_START DSIG_INFO_BEFORE_ID
#define SIGNATURE_2 DSIG_INFO_AFTER_ID
#define SIGNATURE_3 DSIG_INFO_END DSIG_BEFORE_VALUE
#define SIGNATURE_4 DSIG_AFTER_VALUE
#define SIGNATURE_5 DSIG_END ROOT_CLOSE
/* so that in a letter it has always this length, closing tag included */
#define SIGNATURE_LEN                                                          \
	(sizeof(SIGNATURE_1 SIGNATURE_2 SIGNATURE_3 SIGNATURE_4 SIGNATURE_5) - \
	    1 + NUMBER_LEN + DIGEST_LEN + VALUE_LEN + KEY_LEN)

/* The document is canonical when its fields written again give its bytes. */
static enum err
compare(const struct bytes *document, const struct letter *letter)
{
	struct bytes again = { 0 };
	enum err rc = xml_write(letter, &again);

	if (rc == ERR_OK && !bytes_equal(document, &again))
		rc = ERR_PROFILE;
	bytes_wipe(&again);
	return rc;
}

static enum err
refuse_form(struct errtext *err)
{
	return err_set(err, ERR_PROFILE,
	    _("The file is not in the exact form of a letter; ask for the "
	      "original file or the paper"));
}

static enum err
refuse_rule(const struct problem *problem, struct errtext *err)
{
	const struct field *field = field_row((enum field_id)problem->field);

	return err_set(err, ERR_PROFILE,
	    _("The letter breaks a rule of its format at %s: %s"),
	    field == NULL ? LETTER_ROOT : field->element, problem->text);
}

static enum err
read_document(
    const struct bytes *document, struct letter *letter, struct errtext *err)
{
	struct problem problem;
	enum err rc = xml_parse(document->at, document->len, letter);

	if ((rc == ERR_OK || rc == ERR_VERSION) &&
	    letter_check(letter, &problem, 1) > 0)
		return refuse_rule(&problem, err);
	if (rc == ERR_OK)
		rc = compare(document, letter);
	if (rc == ERR_PROFILE)
		return refuse_form(err);
	if (rc == ERR_VERSION)
		return err_set(err, rc,
		    _("The letter has parts that this program does not know: "
		      "a newer version made it. Update this program, then "
		      "check again."));
	return rc;
}

static bool
skip(struct reader *r, size_t len)
{
	struct reader part;

	return reader_take(r, len, &part);
}

/*
 * The block that dsig_scan() accepted, with the one value that it cannot
 * judge: the Id must be this letter's number.
 */
static bool
is_signature_of(struct reader r, const char *number)
{
	return reader_skip_text(&r, SIGNATURE_1) &&
	    reader_skip_text(&r, number) && reader_skip_text(&r, SIGNATURE_2) &&
	    skip(&r, DIGEST_LEN) && reader_skip_text(&r, SIGNATURE_3) &&
	    skip(&r, VALUE_LEN) && reader_skip_text(&r, SIGNATURE_4) &&
	    skip(&r, KEY_LEN) && reader_skip_text(&r, SIGNATURE_5) &&
	    r.left == 0;
}

enum err
xml_read(
    const uint8_t *xml, size_t len, struct letter *out, struct errtext *err)
{
	struct letter letter = { 0 };
	struct bytes document = { 0 }; /* without the Signature */
	struct reader file = { xml, len }, before;
	enum err rc;

	if (len > LETTER_XML_MAX)
		return err_set(err, ERR_LIMIT,
		    _("The letter file is longer than %d bytes; no center "
		      "issues such a file"),
		    LETTER_XML_MAX);
	if (len <= SIGNATURE_LEN ||
	    !reader_take(&file, len - SIGNATURE_LEN, &before))
		return refuse_form(err);
	bytes_add(&document, before.at, before.left);
	bytes_add_text(&document, ROOT_CLOSE);
	rc = document.failed ? ERR_MEMORY
			     : read_document(&document, &letter, err);
	if ((rc == ERR_OK || rc == ERR_VERSION) &&
	    !is_signature_of(file, letter.number))
		rc = refuse_form(err);
	if (rc == ERR_MEMORY)
		err_set(err, rc, _("Out of memory; close other programs"));
	if (rc == ERR_OK)
		*out = letter;
	bytes_wipe(&document);
	letter_wipe(&letter);
	return rc;
}
