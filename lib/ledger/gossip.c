/*
 * gossip.c - writing and reading the reports of posts: gossip.h.
 */
#include "ledger/gossip.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "letter/number.h"
#include "log/note.h"

#include <string.h>

#define FAMILY  "sello-report/"
#define NEWEST  "v1 "
#define VERSION FAMILY NEWEST

/* --- writing ---------------------------------------------------------- */

void
gossip_begin(const char *origin, int64_t at, struct bytes *text)
{
	char time[CLOCK_INSTANT_SIZE];

	if (!clock_format(at, time)) {
		text->failed = true;
		return;
	}
	bytes_addf(text, VERSION "%s %s\n", origin, time);
}

void
gossip_add_shown(const struct gossip_shown *shown, struct bytes *text)
{
	char issued[CLOCK_INSTANT_SIZE], day[CLOCK_DATE_SIZE];

	if (!clock_format(shown->issued_at, issued) ||
	    !clock_format_date(shown->day, day)) {
		text->failed = true;
		return;
	}
	bytes_addf(text, "seen %s ", shown->number);
	base64url_encode(shown->digest, sizeof(shown->digest), text);
	bytes_addf(text, " %s %s %s%s%s ", issued, day,
	    shown->elsewhere ? "e" : "", shown->mismatch ? "m" : "",
	    !shown->elsewhere && !shown->mismatch ? "-" : "");
	if (shown->key_name[0] != '\0') {
		bytes_addf(text, "%s ", shown->key_name);
		base64url_encode(
		    shown->signature, sizeof(shown->signature), text);
	} else
		bytes_add_text(text, "- -");
	bytes_add_text(text, "\n");
}

void
gossip_add_head(const void *note, size_t len, struct bytes *text)
{
	bytes_add_text(text, "head ");
	base64_encode(note, len, text);
	bytes_add_text(text, "\n");
}

enum err
gossip_sign(const struct bytes *text, const struct vkey *post, EVP_PKEY *key,
    struct bytes *out, struct errtext *err)
{
	struct bytes note = { 0 };
	enum err rc;

	if (text->failed)
		return err_memory(err);
	if ((rc = note_begin(text->at, text->len, &note, err)) == ERR_OK &&
	    (rc = note_sign(text->at, text->len, post, key, &note, err)) ==
		ERR_OK) {
		if (note.len > NOTE_MAX)
			rc = err_set(err, ERR_LIMIT,
			    _("a report of more than %u bytes"), NOTE_MAX);
		else
			bytes_add(out, note.at, note.len);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&note);
	return rc;
}

/* --- taking lines apart ------------------------------------------------ */

static bool
next_line(struct reader *text, struct reader *line)
{
	return reader_until(text, '\n', line) && reader_skip_text(text, "\n");
}

/* The next word, as text; the space behind it is passed. */
static bool
parse_word(struct reader *line, char *out, size_t size)
{
	struct reader word;

	if (!reader_until(line, ' ', &word)) {
		word = *line; /* the last one */
		line->at += line->left;
		line->left = 0;
	} else
		(void)reader_skip_text(line, " ");
	if (word.left == 0 || word.left >= size ||
	    memchr(word.at, '\0', word.left) != NULL)
		return false;
	memcpy(out, word.at, word.left);
	out[word.left] = '\0';
	return true;
}

static bool
parse_flags(const char *flags, struct gossip_shown *out)
{
	out->elsewhere = flags[0] == 'e';
	out->mismatch = flags[out->elsewhere] == 'm';
	if (!out->elsewhere && !out->mismatch)
		return strcmp(flags, "-") == 0;
	return flags[out->elsewhere + out->mismatch] == '\0';
}

/* Both, or neither. */
static bool
parse_signature(
    const char *key_name, const char *signature, struct gossip_shown *out)
{
	const size_t digits = sizeof(out->key_name) - 1;

	if (strcmp(key_name, "-") == 0)
		return strcmp(signature, "-") == 0;
	if (strlen(key_name) != digits ||
	    strspn(key_name, "0123456789abcdef") != digits)
		return false;
	memcpy(out->key_name, key_name, sizeof(out->key_name));
	return base64url_decode_exact(signature, strlen(signature),
	    out->signature, sizeof(out->signature));
}

static bool
parse_shown(struct reader line, struct gossip_shown *out)
{
	char digest[48], issued[CLOCK_INSTANT_SIZE], day[CLOCK_DATE_SIZE];
	char flags[4], key_name[DSIG_KEY_NAME_SIZE], signature[96];
	struct letter_number number;

	return reader_skip_text(&line, "seen ") &&
	    parse_word(&line, out->number, sizeof(out->number)) &&
	    parse_word(&line, digest, sizeof(digest)) &&
	    parse_word(&line, issued, sizeof(issued)) &&
	    parse_word(&line, day, sizeof(day)) &&
	    parse_word(&line, flags, sizeof(flags)) &&
	    parse_word(&line, key_name, sizeof(key_name)) &&
	    parse_word(&line, signature, sizeof(signature)) && line.left == 0 &&
	    line.at[-1] != ' ' && number_parse(out->number, &number) &&
	    base64url_decode_exact(
		digest, strlen(digest), out->digest, sizeof(out->digest)) &&
	    clock_parse(issued, &out->issued_at) &&
	    clock_parse_date(day, &out->day) && parse_flags(flags, out) &&
	    parse_signature(key_name, signature, out);
}

static bool
parse_head(struct reader line, struct bytes *out)
{
	bytes_reset(out);
	return reader_skip_text(&line, "head ") && line.left > 0 &&
	    base64_decode((const char *)line.at, line.left, out) &&
	    out->len <= CHECKPOINT_MAX;
}

static enum err
parse_first(struct reader *text, struct gossip *out, struct errtext *err)
{
	char time[CLOCK_INSTANT_SIZE];
	struct reader line;

	if (!next_line(text, &line) || !reader_skip_text(&line, FAMILY))
		return err_set(err, ERR_DATA, _("not a report of a post"));
	if (!reader_skip_text(&line, NEWEST))
		return err_set(err, ERR_VERSION,
		    _("a report of a newer Sello; update this program"));
	if (!parse_word(&line, out->origin, sizeof(out->origin)) ||
	    !parse_word(&line, time, sizeof(time)) || line.left > 0 ||
	    !clock_parse(time, &out->at))
		return err_set(
		    err, ERR_DATA, _("a report whose first line is wrong"));
	return ERR_OK;
}

/* One line to who wants it; NULL visitor: only whether it is in form. */
static enum err
give_line(struct reader line, bool listed, const struct gossip_visitor *visitor,
    struct gossip *out, struct bytes *head, struct errtext *err)
{
	struct gossip_shown shown = { .day = 0 };

	if (parse_shown(line, &shown)) {
		out->shown++;
		if (visitor == NULL || visitor->shown == NULL || !listed)
			return ERR_OK;
		return visitor->shown(visitor->ctx, &shown, err);
	}
	if (parse_head(line, head)) {
		out->heads++;
		if (visitor == NULL || visitor->head == NULL)
			return ERR_OK;
		return visitor->head(visitor->ctx, head->at, head->len, err);
	}
	if (head->failed)
		return err_memory(err);
	return err_set(err, ERR_DATA,
	    _("the report has a line that this program does not know: it was "
	      "changed, or a newer version made it. Ask the post for another "
	      "copy of it"));
}

static enum err
give_lines(struct reader text, const struct gossip_visitor *visitor,
    struct gossip *out, struct errtext *err)
{
	struct bytes head = { 0 };
	struct reader line;
	enum err rc = ERR_OK;

	out->shown = out->heads = 0;
	while (rc == ERR_OK && text.left > 0)
		if (next_line(&text, &line))
			rc = give_line(line, out->standing == GOSSIP_LISTED,
			    visitor, out, &head, err);
		else
			rc = err_set(
			    err, ERR_DATA, _("a report that breaks off"));
	bytes_free(&head);
	return rc;
}

/* --- reading ----------------------------------------------------------- */

bool
gossip_is(const void *bytes, size_t len)
{
	struct reader r = { bytes, len };

	return reader_skip_text(&r, FAMILY);
}

static enum err
judge_signer(const struct note *note, const struct trust_list *list,
    struct gossip *out, struct errtext *err)
{
	enum err rc;
	size_t i;

	out->standing = GOSSIP_UNLISTED;
	for (i = 0; i < list->post_count; i++) {
		const struct trust_post *post = &list->posts[i];

		if (strcmp(post->report.name, out->origin) != 0)
			continue;
		/* keys were replaced: signed by a key that the list had */
		rc = note_verify(note, &post->report, err);
		if (rc != ERR_OK)
			return rc == ERR_ISSUER ? ERR_OK : rc;
		if (post->status != POST_ACTIVE) {
			out->standing = GOSSIP_REVOKED;
			return ERR_OK;
		}
		out->standing = GOSSIP_LISTED;
		out->post = post;
	}
	return ERR_OK;
}

enum err
gossip_read(const void *bytes, size_t len, const struct trust_list *list,
    const struct gossip_visitor *visitor, struct gossip *out,
    struct errtext *err)
{
	struct gossip made = { .post = NULL };
	struct reader text;
	struct note note;
	enum err rc;

	if ((rc = note_parse(bytes, len, &note, err)) != ERR_OK)
		return rc;
	text = (struct reader){ (const uint8_t *)note.text, note.len };
	if ((rc = parse_first(&text, &made, err)) != ERR_OK ||
	    (rc = judge_signer(&note, list, &made, err)) != ERR_OK ||
	    (rc = give_lines(text, NULL, &made, err)) != ERR_OK ||
	    (rc = give_lines(text, visitor, &made, err)) != ERR_OK)
		return rc;
	*out = made;
	return ERR_OK;
}

bool
gossip_first_shown(const void *bytes, size_t len, struct gossip_shown *out)
{
	struct gossip about = { .post = NULL };
	struct reader text, line;
	struct note note;
	bool found = false;

	if (note_parse(bytes, len, &note, NULL) != ERR_OK)
		return false;
	text = (struct reader){ (const uint8_t *)note.text, note.len };
	if (parse_first(&text, &about, NULL) != ERR_OK)
		return false;
	*out = (struct gossip_shown){ .day = 0 };
	while (!found && next_line(&text, &line))
		found = parse_shown(line, out);
	return found;
}
