/*
 * box_parse.c - what sello-decode found in a container, believed no more than
 * what it finds in a picture: box.h.
 */
#include "scan/box.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "scan/format.h"
#include "scan/helper.h"
#include "scan/protocol.h"

#include <string.h>

struct parse {
	struct box box;
	char kind[32]; /* a document that is a zip inside, or "" */
	enum err bad;
	bool end;
};

static bool
is_word(const struct reader *part, const char *word)
{
	return part->left == strlen(word) &&
	    memcmp(part->at, word, part->left) == 0;
}

/* A name, one space, what is in it; that may be nothing. */
static enum err
parse_file(struct parse *p, struct reader line, struct errtext *err)
{
	struct bytes name = { 0 }, data = { 0 };
	struct reader part;
	enum err rc = ERR_OK;

	if (!reader_until(&line, ' ', &part) || !reader_skip_text(&line, " ") ||
	    !base64_decode((const char *)part.at, part.left, &name) ||
	    !base64_decode((const char *)line.at, line.left, &data) ||
	    name.len == 0 || name.len > PROTOCOL_NAME_MAX ||
	    data.len > SCAN_FILE_MAX)
		rc = helper_nonsense(err);
	else
		rc = box_add(&p->box, name.at, name.len, data.at, data.len);
	if (rc == ERR_LIMIT) /* more than was to be told */
		rc = helper_nonsense(err);
	bytes_free(&name);
	bytes_wipe(&data);
	return rc;
}

static enum err
parse_kind(struct parse *p, const struct reader *word, struct errtext *err)
{
	if (word->left >= sizeof(p->kind) || p->kind[0] != '\0' ||
	    memchr(word->at, '\0', word->left) != NULL)
		return helper_nonsense(err);
	memcpy(p->kind, word->at, word->left);
	return format_is(p->kind) ? ERR_OK : helper_nonsense(err);
}

static enum err
parse_bad(struct parse *p, const struct reader *word, struct errtext *err)
{
	if (is_word(word, PROTOCOL_BAD_JAIL))
		return helper_unlocked(err);
	p->box.is_locked = is_word(word, PROTOCOL_BAD_LOCKED);
	p->box.is_cut = p->box.is_locked || is_word(word, PROTOCOL_BAD_LIMIT) ||
	    is_word(word, PROTOCOL_BAD_DAMAGED);
	if (!p->box.is_cut && !is_word(word, PROTOCOL_BAD_MEMORY))
		return helper_nonsense(err);
	if (is_word(word, PROTOCOL_BAD_MEMORY))
		p->bad = ERR_MEMORY;
	else if (is_word(word, PROTOCOL_BAD_DAMAGED))
		p->bad = ERR_UNREADABLE;
	return ERR_OK;
}

static enum err
parse_line(struct parse *p, struct reader line, struct errtext *err)
{
	if (is_word(&line, PROTOCOL_END)) {
		p->end = true;
		return ERR_OK;
	}
	if (reader_skip_text(&line, PROTOCOL_FILE " "))
		return parse_file(p, line, err);
	if (reader_skip_text(&line, PROTOCOL_KIND " "))
		return parse_kind(p, &line, err);
	if (reader_skip_text(&line, PROTOCOL_BAD " "))
		return parse_bad(p, &line, err);
	return helper_nonsense(err);
}

/* What it is to be told when there is nothing in it for us. */
static enum err
without_files(const struct parse *p, struct errtext *err)
{
	if (p->kind[0] != '\0')
		return format_blame(p->kind, err);
	if (p->box.count > 0)
		return ERR_OK;
	if (p->bad == ERR_MEMORY)
		return err_memory(err);
	if (p->box.is_locked)
		return format_blame("archive-locked", err);
	if (p->bad == ERR_UNREADABLE)
		return err_set(err, ERR_UNREADABLE,
		    _("the file is damaged; ask for it again"));
	return ERR_OK;
}

enum err
box_parse(const struct bytes *answer, struct box *out, struct errtext *err)
{
	struct reader r = { answer->at, answer->len }, line;
	struct parse p = { 0 };
	enum err rc = ERR_OK;
	uint8_t feed;

	while (rc == ERR_OK && !p.end)
		rc = reader_until(&r, '\n', &line) && reader_byte(&r, &feed)
		    ? parse_line(&p, line, err)
		    : helper_nonsense(err);
	if (rc == ERR_OK && r.left > 0)
		rc = helper_nonsense(err);
	if (rc == ERR_OK)
		rc = without_files(&p, err);
	if (rc == ERR_OK)
		*out = p.box;
	else
		box_clear(&p.box);
	return rc;
}
