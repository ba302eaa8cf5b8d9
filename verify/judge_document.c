/*
 * judge_document.c - judge_document.h. A document's things are made into units
 * first (units.h), because the same letter gets one result; then each is judged
 * by its own bytes, page by page.
 */
#include "verify/judge_document.h"

#include "base/array.h"
#include "base/i18n.h"
#include "verify/judge_letter.h"
#include "verify/units.h"

#include <stdio.h>
#include <string.h>

struct document {
	const struct judge *judge;
	const char *source;
	const struct scan_result *found;
	const char *is; /* as judged.is */
	struct within *within;
	struct units units;
	/* of the last page with a code, when its letter was shown; or "" */
	char number[LETTER_NUMBER_SIZE];
};

/* Files of the same container that gave no letter. */
static size_t
others(const struct document *d)
{
	return d->within != NULL ? d->within->ignored_files : 0;
}

/* A picture that was misread, or a code that somebody else made; what was typed is
 * another matter. */
static void
blame_picture(struct judged *judged)
{
	judged->hint = HINT_DAMAGED;
	err_set(&judged->detail, ERR_GARBLED, "%s",
	    _("If another picture of it gives the same, this is no letter's "
	      "code: call the center."));
}

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
		.ignored_files = d->units.ignored_files + others(d),
		.detail = unit->detail,
		.told = unit->test_page,
		.is = d->is,
		.judgement = { .input = unit->rc,
		    .mismatch = unit->mismatch,
		    .mixed = unit->mixed },
	};

	if (unit->rc == ERR_GARBLED && unit->item->line == 0)
		blame_picture(&judged);
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

/* A page that gives no letter and should be told. Pictures are enclosed as they
 * come; a PDF is what somebody made one document of. */
static bool
is_told(const struct document *d, size_t page, bool others)
{
	if (scan_is_unread(d->found, page))
		return true;
	return others && d->found->is_pdf &&
	    d->found->page[page - 1] == PAGE_READ &&
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

static enum scan_hint
hint_of_page(const struct document *d, size_t page)
{
	return d->found->page_hint != NULL ? d->found->page_hint[page - 1]
					   : HINT_NONE;
}

static void
give_pages(const struct document *d, size_t first, size_t last)
{
	struct judged judged = {
		.source = d->source,
		.page = first,
		.last_page = last,
		.ignored = units_ignored(&d->units, first),
		.ignored_files = d->units.ignored_files + others(d),
		.judgement = { .input = ERR_UNREADABLE },
		.hint = hint_of_page(d, first),
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
	    hint_of_page(d, last + 1) == hint_of_page(d, page) &&
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
	size_t line = d->found->unread_line;
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

static bool
is_seen(const struct within *within, const struct unit *unit)
{
	size_t i;

	for (i = 0; i < within->count; i++)
		if (memcmp(within->key[i], unit->key, sizeof(unit->key)) == 0)
			return true;
	return false;
}

/* What another file of the container gave already gets no result again. */
static enum err
drop_seen(struct units *units, struct within *within)
{
	size_t i;

	for (i = 0; i < units->count; i++) {
		struct unit *unit = &units->unit[i];

		if (unit->dropped || unit->foreign)
			continue;
		if (is_seen(within, unit)) {
			unit->dropped = true;
			continue;
		}
		if (!ARRAY_ROOM(within->key, within->count, within->cap))
			return ERR_MEMORY;
		memcpy(
		    within->key[within->count++], unit->key, sizeof(unit->key));
	}
	return ERR_OK;
}

void
judge_document(const struct judge *judge, const char *source,
    const struct scan_result *found, const char *is, struct within *within)
{
	struct document d = { .judge = judge,
		.source = source,
		.found = found,
		.is = is,
		.within = within };
	enum err rc =
	    units_make(found, judge->post->list, within != NULL, &d.units);

	if (rc == ERR_OK && within != NULL)
		rc = drop_seen(&d.units, within);
	if (rc != ERR_OK) {
		judge_failure(judge, source, ERR_MEMORY, NULL);
	} else if (within == NULL || d.units.any_ours) {
		judge_page(&d, 0);
		judge_pages(&d);
		judge_left(&d);
	}
	units_free(&d.units);
}

enum err
judge_has_letter(
    const struct judge *judge, const struct scan_result *found, bool *has)
{
	struct units units = { 0 };
	enum err rc = units_make(found, judge->post->list, true, &units);

	*has = units.any_ours;
	units_free(&units);
	return rc;
}
