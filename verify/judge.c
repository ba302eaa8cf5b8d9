/*
 * judge.c - judge.h: what somebody handed in, by how it came.
 */
#include "verify/judge_box.h"
#include "verify/judge_document.h"
#include "verify/judge_letter.h"

#include "base/i18n.h"
#include "letter/number.h"
#include "packed/find.h"
#include "packed/packed.h"
#include "scan/magic.h"
#include "scan/wrong_file.h"
#include "verify/lines.h"
#include "verify/post/evidence.h"
#include "verify/post/unlogged.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What could not be read at all. */
static void
give_failure(const struct judge *judge, struct judged *judged, enum err why,
    const struct errtext *detail)
{
	judged->judgement.input = why;
	if (detail != NULL)
		judged->detail = *detail;
	judge_give(judge, judged);
}

/* What a file is that holds no letter, and what to do with it. NULL: something
 * that letters come in, of which what is in it is told. */
static const char *
what_is(const uint8_t *data, size_t len)
{
	const struct bytes file = { .at = (uint8_t *)(uintptr_t)data,
		.len = len };

	switch (wrong_file_looks(&file)) {
	case FILE_EMPTY:
	case FILE_PICTURE:
	case FILE_LETTER:
	case FILE_CODE:
		return NULL;
	case FILE_UNKNOWN:
		return _("this file is no letter, nor the picture or the code "
			 "of one; look which file was meant");
	default:
		return wrong_file_is(&file);
	}
}

void
judge_begin(struct judge *judge)
{
	judge->now = clock_now();
	judge->moment = clock_moment();
}

void
judge_bytes(const struct judge *judge, const char *source, const uint8_t *data,
    size_t len)
{
	struct judged judged = { .source = source, .is = what_is(data, len) };
	struct scan_result found = { 0 };
	struct errtext detail = { 0 };
	enum err rc;

	if (magic_is_box(magic_of(data, len))) {
		judge_packed(judge, source, data, len);
		return;
	}
	rc = scan_bytes(data, len, &found, &detail);
	post_refresh(judge->post);
	if (rc == ERR_OK) {
		judge_document(judge, source, &found, judged.is, NULL);
	} else {
		judged.hint = found.hint;
		judged.told = true;
		give_failure(judge, &judged, rc, &detail);
	}
	scan_clear(&found);
}

void
judge_scanned(const struct judge *judge, const char *source,
    const struct scan_result *found)
{
	post_refresh(judge->post);
	if (found->count > 0)
		judge_document(judge, source, found, NULL, NULL);
}

/* The whole codes in it, whatever is around them; false: there are none. */
static bool
judge_codes(
    const struct judge *judge, const char *source, const char *text, size_t len)
{
	struct reader rest = { (const uint8_t *)text, len };
	struct bytes code = { 0 };
	bool any = false;

	while (packed_find(rest, &code, &rest, NULL)) {
		any = true;
		judge_line(judge, source, (const char *)code.at, code.len);
	}
	bytes_wipe(&code);
	return any;
}

void
judge_typed(
    const struct judge *judge, const char *source, const char *text, size_t len)
{
	char number[LETTER_NUMBER_SIZE];
	struct letter_number typed;

	/* somebody may type the number that is printed beside the code */
	if (number_parse_loose(text, &typed) && number_format(&typed, number))
		judge_number(judge, source, number);
	else if (!judge_codes(judge, source, text, len))
		judge_line(judge, source, text, len);
}

void
judge_too_long(const struct judge *judge, const char *source)
{
	struct errtext err = { 0 };

	judge_failure(judge, source,
	    err_set(&err, ERR_LIMIT, _("a line longer than %d characters"),
		LINES_MAX),
	    &err);
}

void
judge_line(
    const struct judge *judge, const char *source, const char *text, size_t len)
{
	struct judged judged = { .source = source, .carrier = JUDGED_PACKED };
	struct packed_info info = { 0 };
	struct bytes xml = { 0 };

	post_refresh(judge->post);
	judged.judgement.input =
	    packed_decode(text, len, &xml, &info, &judged.detail);
	judged.told = info.test_page;
	judge_letter(judge, &judged, &xml);
	bytes_wipe(&xml);
}

void
judge_number(const struct judge *judge, const char *source, const char *number)
{
	struct judged judged = { .source = source, .carrier = JUDGED_NUMBER };
	struct letter_number parts;

	post_refresh(judge->post);
	judged.judgement.typed_number = true;
	snprintf(judged.number, sizeof(judged.number), "%s", number);
	if (judge->post->list != NULL && number_parse(number, &parts))
		judged.center =
		    trust_find_center(judge->post->list, parts.center);
	if (judged.center != NULL)
		evidence_number(judge->post, judged.center, judged.number,
		    judge->now, &judged.judgement.log, &judged.entry,
		    &judged.entered);
	judged.look_failed = unlogged_say(judge->post, number, judge->now,
				 &judged.proof, NULL) != ERR_OK;
	judge_give(judge, &judged);
}

void
judge_failure(const struct judge *judge, const char *source, enum err why,
    const struct errtext *detail)
{
	struct judged judged = { .source = source };

	post_refresh(judge->post);
	give_failure(judge, &judged, why, detail);
}

void
judge_told(const struct judge *judge, const char *source, enum err why,
    const struct errtext *detail)
{
	struct judged judged = { .source = source, .told = true };

	post_refresh(judge->post);
	give_failure(judge, &judged, why, detail);
}

bool
judge_is_mismatch(const struct judge *judge)
{
	return judge->record && judge->answer != NULL &&
	    strcmp(judge->answer, "mismatch") == 0;
}
