/*
 * paged.c - paged.h.
 */
#include "decode/paged.h"

#include "base/file.h"
#include "decode/hint.h"

#include <string.h>

void
paged_begin(struct paged *paged, int count)
{
	bytes_addf(&paged->answer, PROTOCOL_PAGES " %d\n", count);
}

bool
paged_say(struct paged *paged)
{
	bool done = !paged->answer.failed &&
	    file_write_all(paged->fd, paged->answer.at, paged->answer.len);

	bytes_reset(&paged->answer);
	return done;
}

bool
paged_end(struct paged *paged, int number, const char *word, enum err before)
{
	/* what went wrong on a page is the page's */
	if (paged->found->bad != before)
		word = PROTOCOL_PAGE_BAD;
	paged->found->bad = before;
	found_say_codes(paged->found, &paged->answer);
	bytes_addf(&paged->answer, PROTOCOL_PAGE " %d %s", number, word);
	if (strcmp(word, PROTOCOL_PAGE_READ) == 0 &&
	    paged->found->hint != HINT_NONE)
		bytes_addf(
		    &paged->answer, " %s", scan_hint_name(paged->found->hint));
	paged->found->hint = HINT_NONE;
	bytes_add_byte(&paged->answer, '\n');
	return paged_say(paged);
}

bool
paged_picture(
    struct paged *paged, int number, enum err rc, struct gray *picture)
{
	const char *word = PROTOCOL_PAGE_BAD;
	enum err before = paged->found->bad;

	if (rc == ERR_OK) {
		search_begin(paged->search, SEARCH_WORK_MAX);
		if (!picture->is_shrunk)
			search_drawn(paged->search, gray_size(picture));
		found_picture(paged->found, picture);
		search_picture(paged->search, picture);
		word = PROTOCOL_PAGE_READ;
		/* of a bad page nothing more is said */
		if (paged->found->count == 0 && paged->found->bad == before)
			paged->found->hint = hint_of(picture);
		if (paged->found->count == 0 &&
		    paged->found->hint != HINT_DARK && gray_is_blank(picture))
			word = PROTOCOL_PAGE_BLANK;
	}
	gray_free(picture);
	return paged_end(paged, number, word, before);
}

void
paged_free(struct paged *paged)
{
	bytes_free(&paged->answer);
}
