/*
 * helper_parse.c - reading the answer of sello-decode: helper.h. It may have
 * been taken over by the file that it decoded, so the answer is as much a
 * stranger's as the file.
 */
#include "scan/helper.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "scan/format.h"
#include "scan/protocol.h"

#include <stdlib.h>
#include <string.h>

static bool
is_word(const struct reader *part, const char *word)
{
	return part->left == strlen(word) &&
	    memcmp(part->at, word, part->left) == 0;
}

/* What is known of the answer so far. */
struct parse {
	struct scan_result found;
	size_t page;   /* that is being told, from 1; 0: not a PDF */
	size_t closed; /* items of pages that are told, and attached files */
	bool dropped;  /* codes of this page, for want of room */
	bool unplaced; /* the last code, whose place has to come now */
	enum err bad;
	enum scan_hint hint; /* of a picture */
	bool held;           /* was told */
	bool end;
};

/* One more than is kept. The first ones count; that there were more is told,
 * of the page and of the file. */
static void
drop_item(struct parse *p, bool attached)
{
	p->found.is_cut = true;
	p->dropped |= !attached;
}

static enum err
parse_item(struct parse *p, const struct reader *text,
    enum scan_carrier carrier, struct errtext *err)
{
	bool attached = carrier == CARRIER_XML;
	const struct scan_item like = {
		.carrier = carrier,
		.attached = attached,
		.page = attached ? 0 : p->page,
	};
	struct bytes data = { 0 };
	enum err rc = ERR_OK;

	/* files come before the first page's end */
	if (p->hint != HINT_NONE ||
	    (attached && (p->page != 1 || p->closed != p->found.count)) ||
	    !base64_decode((const char *)text->at, text->left, &data) ||
	    data.len == 0 || data.len > PROTOCOL_ITEM_MAX)
		rc = helper_nonsense(err);
	else if (p->found.count == SCAN_ITEM_MAX)
		drop_item(p, attached);
	else
		rc = scan_add(&p->found, &like, data.at, data.len);
	if (rc == ERR_OK && attached)
		p->closed = p->found.count;
	p->unplaced = p->found.places && !attached;
	bytes_free(&data);
	return rc;
}

/* A number, as it is written: without zeros in front. */
static bool
parse_number(struct reader *line, size_t min, size_t max, size_t *number)
{
	size_t value = 0, digits = 0;

	while (line->left > 0 && line->at[0] >= '0' && line->at[0] <= '9' &&
	    value <= max) {
		uint8_t digit = 0;

		if (digits++ > 0 && value == 0)
			return false;
		reader_byte(line, &digit);
		value = 10 * value + (digit - '0');
	}
	*number = value;
	return digits > 0 && value >= min && value <= max;
}

/* ... one of several. */
static bool
parse_next(struct reader *line, size_t min, size_t max, uint32_t *out)
{
	size_t value = 0;

	if (!reader_skip_text(line, " ") ||
	    !parse_number(line, min, max, &value))
		return false;
	*out = (uint32_t)value;
	return true;
}

static bool
parse_numbers(struct reader line, struct scan_place *place)
{
	bool good = true;
	int i;

	for (i = 0; i < 2; i++)
		good = good &&
		    parse_next(&line, 1, PROTOCOL_SIDE_MAX, &place->side[i]);
	for (i = 0; i < 2; i++)
		good = good &&
		    parse_next(&line, 0, PROTOCOL_UM_MAX, &place->um[i]);
	for (i = 0; i < 8; i++)
		good = good &&
		    parse_next(&line, 0, PROTOCOL_PART_MAX,
			&place->corner[i / 2][i % 2]);
	return good && line.left == 0 &&
	    (place->um[0] > 0) == (place->um[1] > 0);
}

/* Behind each code, where places are asked for. */
static enum err
parse_place(struct parse *p, struct reader line, struct errtext *err)
{
	struct scan_place place = { 0 };

	if (!reader_skip_text(&line, PROTOCOL_PLACE) ||
	    !parse_numbers(line, &place))
		return helper_nonsense(err);
	/* of a code that was dropped: nobody's */
	if (!p->dropped)
		p->found.item[p->found.count - 1].place = place;
	p->unplaced = false;
	return ERR_OK;
}

bool
helper_number(struct reader *line, size_t *number)
{
	return parse_number(line, 1, SCAN_PAGE_MAX, number);
}

static enum err
parse_pages(struct parse *p, struct reader line, struct errtext *err)
{
	size_t count;

	if (p->page != 0 || p->found.count > 0 || p->hint != HINT_NONE ||
	    !parse_number(&line, 1, SCAN_PAGE_MAX, &count) || line.left > 0)
		return helper_nonsense(err);
	p->found.page = calloc(count, sizeof(*p->found.page));
	p->found.page_hint = calloc(count, sizeof(*p->found.page_hint));
	if (p->found.page == NULL || p->found.page_hint == NULL)
		return err_memory(err);
	p->found.page_count = count;
	p->page = 1;
	return ERR_OK;
}

/* What a picture can show of itself. */
static bool
hint_of_word(const struct reader *word, enum scan_hint *hint)
{
	enum scan_hint i;

	for (i = HINT_NO_CODE; i <= HINT_DAMAGED; i++)
		if (is_word(word, scan_hint_name(i))) {
			*hint = i;
			return true;
		}
	return false;
}

/* Once, behind the codes, of which there are none. */
static enum err
parse_hint(struct parse *p, const struct reader *word, struct errtext *err)
{
	if (p->page != 0 || p->found.count > 0 || p->hint != HINT_NONE ||
	    p->bad != ERR_OK || !hint_of_word(word, &p->hint))
		return helper_nonsense(err);
	return ERR_OK;
}

static bool
page_of_word(const struct reader *word, enum scan_page *page)
{
	static const struct {
		const char *word;
		enum scan_page page;
	} words[] = {
		{ PROTOCOL_PAGE_READ, PAGE_READ },
		{ PROTOCOL_PAGE_BLANK, PAGE_BLANK },
		{ PROTOCOL_PAGE_MORE, PAGE_MORE },
		{ PROTOCOL_PAGE_BAD, PAGE_BAD },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(word, words[i].word)) {
			*page = words[i].page;
			return true;
		}
	return false;
}

/* "read", or "read blurred" of a page without a code. */
static bool
parse_state(struct parse *p, struct reader line, enum scan_page *page)
{
	struct reader word;
	uint8_t space;

	if (!reader_until(&line, ' ', &word))
		return page_of_word(&line, page);
	return page_of_word(&word, page) && *page == PAGE_READ &&
	    p->closed == p->found.count && !p->dropped &&
	    reader_byte(&line, &space) &&
	    hint_of_word(&line, &p->found.page_hint[p->page - 1]);
}

/* Pages end in their order, each once. */
static enum err
parse_page(struct parse *p, struct reader line, struct errtext *err)
{
	enum scan_page page;
	size_t number;

	if (p->page == 0 || p->page > p->found.page_count ||
	    !parse_number(&line, 1, SCAN_PAGE_MAX, &number) ||
	    number != p->page || !reader_skip_text(&line, " ") ||
	    !parse_state(p, line, &page))
		return helper_nonsense(err);
	p->found.page[number - 1] = p->dropped ? PAGE_BAD : page;
	p->dropped = false;
	p->closed = p->found.count;
	p->page++;
	return ERR_OK;
}

static bool
is_held(const struct bytes *held)
{
	size_t version = held->len > 0 ? held->at[0] : 0;
	size_t side = 17 + 4 * version;

	return version >= 1 && version <= 40 && held->len == 1 + side * side;
}

/* What a frame leaves for the next one: a version and its modules, once. */
static enum err
parse_held(struct parse *p, const struct reader *text, struct errtext *err)
{
	struct bytes held = { 0 };
	enum err rc = ERR_OK;

	if (p->held || p->page != 0 ||
	    !base64_decode((const char *)text->at, text->left, &held) ||
	    !is_held(&held))
		rc = helper_nonsense(err);
	else if (p->found.held != NULL)
		bytes_add(p->found.held, held.at, held.len);
	p->held = true;
	bytes_free(&held);
	return rc;
}

static enum err
parse_bad(struct parse *p, const struct reader *word, struct errtext *err)
{
	if (is_word(word, PROTOCOL_BAD_LIMIT))
		p->bad = ERR_LIMIT;
	else if (is_word(word, PROTOCOL_BAD_MEMORY))
		p->bad = ERR_MEMORY;
	else if (is_word(word, PROTOCOL_BAD_LOCKED))
		p->bad = ERR_REFUSED;
	else if (is_word(word, PROTOCOL_BAD_KIND))
		p->bad = ERR_CONFIG;
	else if (is_word(word, PROTOCOL_BAD_DAMAGED))
		p->bad = ERR_UNREADABLE;
	else if (is_word(word, PROTOCOL_BAD_BLANK))
		p->bad = ERR_NOT_FOUND;
	else if (is_word(word, PROTOCOL_BAD_JAIL))
		return helper_unlocked(err);
	else
		return helper_nonsense(err);
	return ERR_OK;
}

/* One line; `end` is set by the last. */
static enum err
parse_line(struct parse *p, struct reader line, struct errtext *err)
{
	if (p->unplaced)
		return parse_place(p, line, err);
	if (is_word(&line, PROTOCOL_END)) {
		p->end = true;
		return ERR_OK;
	}
	if (reader_skip_text(&line, PROTOCOL_QR " "))
		return parse_item(p, &line, CARRIER_PACKED, err);
	if (reader_skip_text(&line, PROTOCOL_XML " "))
		return parse_item(p, &line, CARRIER_XML, err);
	if (reader_skip_text(&line, PROTOCOL_PAGES " "))
		return parse_pages(p, line, err);
	if (reader_skip_text(&line, PROTOCOL_PAGE " "))
		return parse_page(p, line, err);
	if (reader_skip_text(&line, PROTOCOL_HINT " "))
		return parse_hint(p, &line, err);
	if (reader_skip_text(&line, PROTOCOL_HELD " "))
		return parse_held(p, &line, err);
	if (reader_skip_text(&line, PROTOCOL_BAD " "))
		return parse_bad(p, &line, err);
	return helper_nonsense(err);
}

/* The first page that was not looked at, and the last of those beside it. */
static bool
first_unread(const struct scan_result *found, size_t *first, size_t *last)
{
	for (*first = 1; *first <= found->page_count; ++*first)
		if (scan_is_unread(found, *first))
			break;
	for (*last = *first; *last < found->page_count; ++*last)
		if (!scan_is_unread(found, *last + 1))
			break;
	return *first <= found->page_count;
}

/* Nothing is printed on it, on no page: there is no code to be found. */
static bool
is_blank(const struct parse *p)
{
	size_t i;

	for (i = 0; i < p->found.page_count; i++)
		if (p->found.page[i] != PAGE_BLANK)
			return false;
	return p->found.page_count > 0 ? p->bad == ERR_OK
				       : p->bad == ERR_NOT_FOUND;
}

/* Of several pages the one where most was seen. */
static enum scan_hint
best_hint(const struct parse *p)
{
	enum scan_hint hint = p->hint;
	size_t i;

	for (i = 0; i < p->found.page_count; i++)
		if (hint == HINT_NONE || hint == HINT_NO_CODE)
			hint = p->found.page_hint[i] != HINT_NONE
			    ? p->found.page_hint[i]
			    : hint;
	return hint;
}

static enum scan_hint
hint_of_answer(const struct parse *p)
{
	switch (p->bad) {
	case ERR_UNREADABLE:
		return HINT_DAMAGED;
	case ERR_REFUSED:
	case ERR_CONFIG:
		return HINT_FORMAT;
	default:
		return is_blank(p) ? HINT_NO_CODE : best_hint(p);
	}
}

static enum err
nothing_found(const struct parse *p, struct errtext *err)
{
	const char *why = scan_hint_text(best_hint(p));
	size_t first, last;

	if (first_unread(&p->found, &first, &last))
		return err_set(err, ERR_LIMIT,
		    _("no code found; pages %zu to %zu were not read: scan "
		      "them apart"),
		    first, last);
	if (p->bad == ERR_LIMIT)
		return err_set(err, ERR_LIMIT,
		    _("the picture is too large, or holds too much to be "
		      "looked at; use one of the code alone"));
	if (p->bad == ERR_MEMORY)
		return err_memory(err);
	if (p->bad == ERR_CONFIG)
		return format_blame("picture", err);
	if (p->bad == ERR_REFUSED)
		return err_set(err, ERR_UNREADABLE,
		    _("the PDF is locked with a password; ask for it without "
		      "one, or print it and read the code"));
	if (p->bad == ERR_UNREADABLE)
		return err_set(err, ERR_UNREADABLE,
		    _("the picture or PDF is damaged; use another"));
	if (is_blank(p))
		return err_set(err, ERR_UNREADABLE,
		    _("nothing is printed on it; perhaps the paper lay the "
		      "wrong way round"));
	return err_set(err, ERR_UNREADABLE, "%s",
	    why != NULL ? why
			: _("no code found; use a sharper, larger or brighter "
			    "picture"));
}

/* Of an answer that was cut off: pages that were told to their end. */
static void
forget_open_page(struct parse *p)
{
	while (p->found.count > p->closed)
		bytes_wipe(&p->found.item[--p->found.count].data);
}

static enum err
parse_lines(struct parse *p, struct reader r, bool whole, struct errtext *err)
{
	struct reader line;
	enum err rc = ERR_OK;
	uint8_t feed;

	while (rc == ERR_OK && !p->end) {
		if (!reader_until(&r, '\n', &line) || !reader_byte(&r, &feed))
			return whole || p->page == 0 ? helper_nonsense(err)
						     : ERR_OK;
		rc = parse_line(p, line, err);
	}
	if (rc == ERR_OK && r.left > 0)
		rc = helper_nonsense(err);
	return rc;
}

enum err
helper_parse(const struct bytes *answer, bool whole, struct scan_result *out,
    struct errtext *err)
{
	struct parse p = { .found = {
			       .held = out->held, .places = out->places } };
	enum err rc = parse_lines(
	    &p, (struct reader){ answer->at, answer->len }, whole, err);

	if (rc != ERR_OK && out->held != NULL)
		bytes_reset(out->held);
	if (rc == ERR_OK && p.page > 0)
		forget_open_page(&p);
	p.found.is_cut |= p.bad == ERR_LIMIT;
	if (rc == ERR_OK && p.found.count == 0)
		rc = nothing_found(&p, err);
	out->looked = p.found.looked = p.page > 0 ? p.page - 1 : 0;
	if (rc == ERR_UNREADABLE && p.end)
		out->hint = hint_of_answer(&p);
	if (rc != ERR_OK)
		scan_clear(&p.found);
	else
		*out = p.found;
	return rc;
}

enum err
helper_answer(enum err ran, const struct bytes *answer, struct scan_result *out,
    struct errtext *err)
{
	if (ran == ERR_OK)
		return helper_parse(answer, true, out, err);
	/* what was told before a bad end is not lost with the rest */
	if (ran == ERR_UNREADABLE &&
	    helper_parse(answer, false, out, NULL) == ERR_OK)
		return ERR_OK;
	return ran;
}
