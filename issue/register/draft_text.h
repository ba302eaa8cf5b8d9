/*
 * draft_text.h - a draft's fields as the text that its drafter signs and the
 * register keeps: one "key value" line a field in the order of the field
 * table, absent fields left out, a dependant as three lines
 * "dependants.name", "dependants.birthDate", "dependants.relationship"; the
 * salt last, as "salt".
 *
 * Field values hold no control characters, so the form is unambiguous; a
 * text that does not come out the same when written again is refused.
 */
#ifndef ISSUE_REGISTER_DRAFT_TEXT_H
#define ISSUE_REGISTER_DRAFT_TEXT_H

#include "base/bytes.h"
#include "letter/letter.h"

/* draft_text_write - append the lines. ERR_DATA for a control character in a
 * value (named by its field), ERR_MEMORY. */
enum err draft_text_write(
    const struct letter *letter, struct bytes *out, struct errtext *err);

/* draft_text_read - ERR_DATA for anything draft_text_write() did not make. */
enum err draft_text_read(
    const char *text, struct letter *out, struct errtext *err);

#endif
