/*
 * commitment.c - commitment.h.
 */
#include "letter/commitment.h"

#include "base/sha256.h"
#include "letter/xml.h"

enum err
letter_commitment(const struct letter *letter,
    uint8_t out[LETTER_COMMITMENT_SIZE], struct errtext *err)
{
	struct letter drafted = *letter;
	struct bytes text = { 0 };
	enum err rc = ERR_OK;

	drafted.number[0] = '\0';
	drafted.issued_at[0] = '\0';
	drafted.approver[0] = '\0';
	bytes_add_text(&text, "sello-draft/v2\n");
	if (xml_write(&drafted, &text) != ERR_OK || text.failed)
		rc = err_memory(err);
	else
		sha256(text.at, text.len, out);
	bytes_wipe(&text);
	letter_wipe(&drafted);
	return rc;
}
