/*
 * helper_parse.c - reading the answer of sello-decode: helper.h. It may have
 * been taken over by the file that it decoded, so the answer is as much a
 * stranger's as the file.
 */
#include "scan/helper.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "scan/protocol.h"

#include <string.h>

static enum err
nonsense(struct errtext *err)
{
	return err_set(err, ERR_UNREADABLE,
	    _("the picture reader gave no sensible answer; try another photo "
	      "or scan"));
}

static bool
is_word(const struct reader *part, const char *word)
{
	return part->left == strlen(word) &&
	    memcmp(part->at, word, part->left) == 0;
}

static enum err
take_item(const struct reader *text, enum scan_carrier carrier,
    struct scan_result *out, struct errtext *err)
{
	struct bytes data = { 0 };
	enum err rc = ERR_OK;

	if (out->count == SCAN_CODE_MAX ||
	    !base64_decode((const char *)text->at, text->left, &data) ||
	    data.len == 0 || data.len > PROTOCOL_ITEM_MAX)
		rc = nonsense(err);
	else
		rc = scan_add(
		    out, carrier, data.at, data.len, 0, carrier == CARRIER_XML);
	bytes_free(&data);
	return rc;
}

static enum err
take_bad(const struct reader *word, enum err *bad, struct errtext *err)
{
	if (is_word(word, PROTOCOL_BAD_LIMIT))
		*bad = ERR_LIMIT;
	else if (is_word(word, PROTOCOL_BAD_MEMORY))
		*bad = ERR_MEMORY;
	else if (is_word(word, PROTOCOL_BAD_DAMAGED))
		*bad = ERR_UNREADABLE;
	else
		return nonsense(err);
	return ERR_OK;
}

/* One line; `end` is set by the last. */
static enum err
take_line(struct reader line, struct scan_result *out, enum err *bad, bool *end,
    struct errtext *err)
{
	if (is_word(&line, PROTOCOL_END)) {
		*end = true;
		return ERR_OK;
	}
	if (reader_skip_text(&line, PROTOCOL_QR " "))
		return take_item(&line, CARRIER_PACKED, out, err);
	if (reader_skip_text(&line, PROTOCOL_XML " "))
		return take_item(&line, CARRIER_XML, out, err);
	if (reader_skip_text(&line, PROTOCOL_BAD " "))
		return take_bad(&line, bad, err);
	return nonsense(err);
}

static enum err
nothing_found(enum err bad, struct errtext *err)
{
	if (bad == ERR_LIMIT)
		return err_set(err, ERR_LIMIT,
		    _("the picture has too many pixels, or the file too many "
		      "pages; use a smaller one"));
	if (bad == ERR_MEMORY)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	if (bad == ERR_UNREADABLE)
		return err_set(err, ERR_UNREADABLE,
		    _("the picture or PDF is damaged; use another"));
	return err_set(err, ERR_UNREADABLE,
	    _("no code found; use a sharper, larger or brighter picture"));
}

enum err
helper_parse(
    const struct bytes *answer, struct scan_result *out, struct errtext *err)
{
	struct scan_result found = { 0 };
	struct reader r = { answer->at, answer->len };
	struct reader line;
	enum err rc = ERR_OK;
	enum err bad = ERR_OK;
	uint8_t feed;
	bool end = false;

	while (rc == ERR_OK && !end) {
		if (!reader_until(&r, '\n', &line) || !reader_byte(&r, &feed))
			rc = nonsense(err);
		else
			rc = take_line(line, &found, &bad, &end, err);
	}
	if (rc == ERR_OK && r.left > 0)
		rc = nonsense(err);
	if (rc == ERR_OK && found.count == 0)
		rc = nothing_found(bad, err);
	if (rc != ERR_OK)
		scan_clear(&found);
	else
		*out = found;
	return rc;
}
