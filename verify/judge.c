/*
 * judge.c - judge.h: what is in a file. A file's things are made into units first (units.h),
 * because the same letter gets one result; then each is judged by its own
 * bytes, page by page.
 */
#include "verify/judge_letter.h"

#include "base/i18n.h"
#include "letter/number.h"
#include "packed/packed.h"
#include "scan/wrong_file.h"
#include "verify/lines.h"
#include "verify/post/evidence.h"
#include "verify/post/unlogged.h"
#include "verify/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- a whole document ----------------------------------------------------- */

struct document {
	const struct judge *judge;
	const char *source;
	const struct scan_result *found;
	const char *is; /* as judged.is */
	struct units units;
	/* of the last page with a code, when its letter was shown; or "" */
	char number[LETTER_NUMBER_SIZE];
};

static void
judge_unit(struct document *d, const struct unit *unit, size_t ignored)
{
	struct judged judged = {
		.source = d->source,
		.carrier = unit->item->carrier == CARRIER_PACKED ? JUDGED_PACKED
								 : JUDGED_XML,
		.page = unit->item->page,
		.last_page = unit->item->page,
		.line = d->found->count > 1 ? unit->item->line : 0,
		.ignored = ignored,
		.ignored_files = d->units.ignored_files,
		.detail = unit->detail,
		.is = d->is,
		.judgement = { .input = unit->rc,
		    .mismatch = unit->mismatch,
		    .mixed = unit->mixed },
	};

	judge_letter(d->judge, &judged, &unit->xml);
	if (unit->item->page > 0)
		snprintf(d->number, sizeof(d->number), "%s",
		    verdict_shows_letter(&judged.result) ? judged.number : "");
}

/* What has no page: attached files, and all of what is not a PDF. */
static void
judge_page(struct document *d, size_t page)
{
	size_t ignored = units_ignored(&d->units, page), i;

	for (i = 0; i < d->units.count; i++)
		if (!d->units.unit[i].dropped &&
		    d->units.unit[i].item->page == page)
			judge_unit(d, &d->units.unit[i], ignored);
}

/* A page that gives no letter and should be told. */
static bool
is_told(const struct document *d, size_t page, bool others)
{
	if (scan_is_unread(d->found, page))
		return true;
	return others && d->found->page[page - 1] == PAGE_READ &&
	    !units_on_page(&d->units, page);
}

static void
say_why(enum scan_page state, size_t first, size_t last, struct errtext *why)
{
	bool one = first == last;

	if (state == PAGE_READ && one)
		err_set(why, ERR_UNREADABLE,
		    _("No letter was found on page %zu. If it is one, scan it "
		      "again, sharper or larger."),
		    first);
	else if (state == PAGE_READ)
		err_set(why, ERR_UNREADABLE,
		    _("No letter was found on pages %zu-%zu. If these are "
		      "letters, scan them again, sharper or larger."),
		    first, last);
	else if (one)
		err_set(why, ERR_UNREADABLE,
		    _("Page %zu was not read: scan it apart."), first);
	else
		err_set(why, ERR_UNREADABLE,
		    _("Pages %zu-%zu were not read: scan them apart."), first,
		    last);
}

/* A letter's first page has its code; of the others nobody need scan any. */
static void
say_further(const char *number, size_t first, size_t last, struct errtext *why)
{
	if (first == last)
		err_set(why, ERR_UNREADABLE,
		    _("No letter was found on page %zu. Page 2 of a letter and "
		      "further ones have no code: if it is one of letter %s, "
		      "compare it with what the screen shows. If it is the "
		      "first page of another letter, scan it apart."),
		    first, number);
	else
		err_set(why, ERR_UNREADABLE,
		    _("No letter was found on pages %zu-%zu. Page 2 of a "
		      "letter and further ones have no code: if they are of "
		      "letter %s, compare them with what the screen shows. If "
		      "one is the first page of another letter, scan it "
		      "apart."),
		    first, last, number);
}

static void
give_pages(const struct document *d, size_t first, size_t last)
{
	struct judged judged = {
		.source = d->source,
		.page = first,
		.last_page = last,
		.ignored = units_ignored(&d->units, first),
		.ignored_files = d->units.ignored_files,
		.judgement = { .input = ERR_UNREADABLE },
	};

	judged.told = true;
	judged.further =
	    d->number[0] != '\0' && d->found->page[first - 1] == PAGE_READ;
	if (judged.further)
		say_further(d->number, first, last, &judged.detail);
	else
		say_why(d->found->page[first - 1], first, last, &judged.detail);
	judge_give(d->judge, &judged);
}

/* The last of the pages after `page` of which the same is to be said. */
static size_t
last_alike(const struct document *d, size_t page, bool others)
{
	size_t last = page;

	while (last < d->found->page_count && is_told(d, last + 1, others) &&
	    d->found->page[last] == d->found->page[page - 1] &&
	    !units_on_page(&d->units, last + 1) &&
	    units_ignored(&d->units, last + 1) ==
		units_ignored(&d->units, page))
		last++;
	return last;
}

static void
judge_pages(struct document *d)
{
	bool others = false;
	size_t page, last;

	for (page = 1; page <= d->found->page_count && !others; page++)
		others = units_on_page(&d->units, page);
	for (page = 1; page <= d->found->page_count; page = last + 1) {
		last = page;
		judge_page(d, page);
		if (!is_told(d, page, others))
			continue;
		last = last_alike(d, page, others);
		give_pages(d, page, last);
	}
}

/* What a limit left out is said, with where to go on. */
static void
judge_left(const struct document *d)
{
	size_t line = 0;
	struct errtext why = { 0 };

	if (d->units.left > 0)
		line = d->found->item[d->units.count].line;
	if (line > 0)
		err_set(&why, ERR_LIMIT,
		    _("The lines from %zu on were not looked at: split the "
		      "file."),
		    line);
	else if (d->units.left > 0 || d->found->is_cut)
		err_set(&why, ERR_LIMIT,
		    _("There is more in this file than is looked at: scan its "
		      "pages apart."));
	if (why.text[0] != '\0')
		judge_failure(d->judge, d->source, ERR_LIMIT, &why);
}

static void
judge_items(const struct judge *judge, const char *source,
    const struct scan_result *found, const char *is)
{
	struct document d = {
		.judge = judge, .source = source, .found = found, .is = is
	};

	if (units_make(found, judge->post->list, &d.units) != ERR_OK) {
		judge_failure(judge, source, ERR_MEMORY, NULL);
		return;
	}
	judge_page(&d, 0);
	judge_pages(&d);
	judge_left(&d);
	units_free(&d.units);
}

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
	enum err rc = scan_bytes(data, len, &found, &detail);

	post_refresh(judge->post);
	if (rc == ERR_OK) {
		judge_items(judge, source, &found, judged.is);
	} else {
		judged.hint = found.hint;
		judged.told = !found.dim;
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
		judge_items(judge, source, found, NULL);
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
	else
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
	struct bytes xml = { 0 };

	post_refresh(judge->post);
	judged.judgement.input =
	    packed_decode(text, len, &xml, NULL, &judged.detail);
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
	unlogged_say(judge->post, number, judge->now, &judged.proof);
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
