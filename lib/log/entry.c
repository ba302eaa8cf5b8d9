/*
 * entry.c - from line to entry and back: entry.h. What each kind must and
 * must not have is in entry_rules.c.
 */
#include "log/entry.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "log/entry_rules.h"

#include <inttypes.h>
#include <string.h>

#define VERSION "s1"

static enum err
bad_field(enum entry_field field, struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("a log line whose field \"%s\" is not in its form"),
	    entry_field_name(field));
}

static enum err
bad_version(struct errtext *err)
{
	return err_set(err, ERR_VERSION,
	    _("a log line of a form that this program does not know; install "
	      "a newer Sello"));
}

/* "s2 ...": a later form may have another number of fields, so this comes
 * before they are counted. */
static bool
is_other_version(const void *line, size_t len)
{
	struct reader r = { line, len };
	struct reader word;
	size_t i;

	if (!reader_until(&r, ' ', &word) || word.left < 2 ||
	    word.at[0] != VERSION[0])
		return false;
	for (i = 1; i < word.left; i++)
		if (word.at[i] < '0' || word.at[i] > '9')
			return false;
	return word.left != strlen(VERSION) || word.at[1] != VERSION[1];
}

/* The fields of a line; borrowed. */
static enum err
split(const void *line, size_t len, struct reader field[ENTRY_FIELD_COUNT],
    struct errtext *err)
{
	struct reader r = { line, len };
	size_t i;

	for (i = 0; i < ENTRY_FIELD_COUNT - 1; i++)
		if (!reader_until(&r, ' ', &field[i]) ||
		    !reader_skip_text(&r, " "))
			return err_set(err, ERR_DATA,
			    _("a log line with fewer than %d fields"),
			    ENTRY_FIELD_COUNT);
	field[i] = r;
	return ERR_OK;
}

/* A field as text; `-` becomes "". False when it does not fit. */
static bool
parse_text(const struct reader *field, char *out, size_t size)
{
	if (field->left == 0 || field->left >= size ||
	    memchr(field->at, '\0', field->left) != NULL)
		return false;
	memcpy(out, field->at, field->left);
	out[field->left] = '\0';
	if (strcmp(out, "-") == 0)
		out[0] = '\0';
	return true;
}

static bool
parse_time(const struct reader *field, int64_t *out)
{
	char text[CLOCK_INSTANT_SIZE];

	return parse_text(field, text, sizeof(text)) && clock_parse(text, out);
}

static bool
parse_index(const struct reader *field, uint64_t *out)
{
	char text[21];

	return parse_text(field, text, sizeof(text)) &&
	    entry_decimal(text, out);
}

static bool
parse_digest(const struct reader *field, struct log_entry *out)
{
	out->has_digest = !(field->left == 1 && field->at[0] == '-');
	return !out->has_digest ||
	    base64url_decode_exact((const char *)field->at, field->left,
		out->digest, sizeof(out->digest));
}

static bool
parse_signature(const struct reader *field, struct log_entry *out)
{
	return base64url_decode_exact((const char *)field->at, field->left,
	    out->signature, sizeof(out->signature));
}

static bool
is_dash(const struct reader *field)
{
	return field->left == 1 && field->at[0] == '-';
}

/* A commitment or a person's key, by the kind; what the kind must have is
 * judged later. */
static bool
parse_draft(const struct reader *field, struct log_entry *out)
{
	const char *text = (const char *)field->at;

	if (is_dash(field))
		return true;
	out->has_commitment = entry_is_letter(out);
	out->has_person_key = !out->has_commitment;
	return out->has_commitment
	    ? base64url_decode_exact(
		  text, field->left, out->commitment, sizeof(out->commitment))
	    : base64url_decode_exact(
		  text, field->left, out->person_key, sizeof(out->person_key));
}

static bool
parse_person_signatures(const struct reader *field, struct log_entry *out)
{
	struct reader r = *field, one;
	size_t i, count = entry_signers(out);

	for (i = 0; i < count; i++) {
		if (i + 1 < count) {
			if (!reader_until(&r, '.', &one) ||
			    !reader_skip_text(&r, "."))
				return false;
		} else
			one = r;
		if (!base64url_decode_exact((const char *)one.at, one.left,
			out->person_signature[i], ENTRY_SIGNATURE_SIZE))
			return false;
	}
	return true;
}

/* Fields to values, each by its own form alone; false: `bad` is wrong. */
static bool
parse_fields(
    const struct reader *field, struct log_entry *out, enum entry_field *bad)
{
	const struct {
		enum entry_field field;
		char *to;
		size_t size;
	} texts[] = {
		{ ENTRY_NUMBER, out->number, sizeof(out->number) },
		{ ENTRY_REF, out->ref, sizeof(out->ref) },
		{ ENTRY_KEYID, out->key_name, sizeof(out->key_name) },
		{ ENTRY_OFFICER, out->officer, sizeof(out->officer) },
		{ ENTRY_APPROVER, out->approver, sizeof(out->approver) },
		{ ENTRY_REASON, out->reason, sizeof(out->reason) },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		*bad = texts[i].field;
		if (!parse_text(&field[*bad], texts[i].to, texts[i].size))
			return false;
	}
	*bad = ENTRY_INDEX;
	if (!parse_index(&field[*bad], &out->index))
		return false;
	*bad = ENTRY_TIME;
	if (!parse_time(&field[*bad], &out->time))
		return false;
	*bad = ENTRY_DIGEST;
	if (!parse_digest(&field[*bad], out))
		return false;
	*bad = ENTRY_SIG;
	if (!parse_signature(&field[*bad], out))
		return false;
	*bad = ENTRY_DRAFT;
	if (!parse_draft(&field[*bad], out))
		return false;
	*bad = ENTRY_PSIG;
	return parse_person_signatures(&field[*bad], out);
}

static enum err
parse_kind(
    const struct reader *field, enum entry_kind *out, struct errtext *err)
{
	char name[16];
	int kind;

	if (parse_text(field, name, sizeof(name)))
		for (kind = 0; kind < ENTRY_KIND_COUNT; kind++)
			if (strcmp(name,
				entry_kind_name((enum entry_kind)kind)) == 0) {
				*out = (enum entry_kind)kind;
				return ERR_OK;
			}
	return err_set(err, ERR_VERSION,
	    _("a log line of a kind that this program does not know; install "
	      "a newer Sello"));
}

enum err
entry_parse(
    const void *line, size_t len, struct log_entry *out, struct errtext *err)
{
	struct reader field[ENTRY_FIELD_COUNT];
	struct log_entry made = { 0 };
	enum entry_field bad;
	enum err rc;

	if (len > ENTRY_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log line of more than %d bytes"), ENTRY_MAX);
	if (is_other_version(line, len))
		return bad_version(err);
	if ((rc = split(line, len, field, err)) != ERR_OK)
		return rc;
	if (field[0].left != strlen(VERSION) ||
	    memcmp(field[0].at, VERSION, strlen(VERSION)) != 0)
		return bad_version(err);
	if ((rc = parse_kind(&field[ENTRY_KIND], &made.kind, err)) != ERR_OK)
		return rc;
	if (!parse_fields(field, &made, &bad) ||
	    !entry_follows_rules(&made, &bad))
		return bad_field(bad, err);
	*out = made;
	return ERR_OK;
}

static const char *
or_dash(const char *text)
{
	return text[0] == '\0' ? "-" : text;
}

/* Which signatures stand in the line; `-` in place of the others. */
enum with { WITH_NONE, WITH_PERSONS, WITH_ALL };

static void
write_draft(const struct log_entry *e, struct bytes *out)
{
	if (e->has_commitment)
		base64url_encode(e->commitment, sizeof(e->commitment), out);
	else if (e->has_person_key)
		base64url_encode(e->person_key, sizeof(e->person_key), out);
	else
		bytes_add_text(out, "-");
}

static void
write_persons(const struct log_entry *e, struct bytes *out)
{
	size_t i;

	for (i = 0; i < entry_signers(e); i++) {
		if (i > 0)
			bytes_add_text(out, ".");
		base64url_encode(
		    e->person_signature[i], ENTRY_SIGNATURE_SIZE, out);
	}
}

/* The line, whatever the entry holds. */
static void
write_line(const struct log_entry *e, enum with with, struct bytes *out)
{
	char time[CLOCK_INSTANT_SIZE];

	if (!clock_format(e->time, time))
		time[0] = '\0';
	bytes_addf(out, VERSION " %" PRIu64 " %s %s %s %s ", e->index, time,
	    entry_kind_name(e->kind), or_dash(e->number), or_dash(e->ref));
	if (e->has_digest)
		base64url_encode(e->digest, sizeof(e->digest), out);
	else
		bytes_add_text(out, "-");
	bytes_addf(out, " %s ", e->key_name);
	if (with == WITH_ALL)
		base64url_encode(e->signature, sizeof(e->signature), out);
	else
		bytes_add_text(out, "-");
	bytes_add_text(out, " ");
	write_draft(e, out);
	bytes_add_text(out, " ");
	if (with == WITH_NONE)
		bytes_add_text(out, "-");
	else
		write_persons(e, out);
	bytes_addf(out, " %s %s %s", or_dash(e->officer), or_dash(e->approver),
	    or_dash(e->reason));
}

enum err
entry_format(
    const struct log_entry *entry, struct bytes *out, struct errtext *err)
{
	struct bytes line = { 0 };
	struct log_entry again;
	enum err rc;

	write_line(entry, WITH_ALL, &line);
	if (line.failed)
		rc = err_memory(err);
	else
		/* so that no line is ever written that nobody may read */
		rc = entry_parse(line.at, line.len, &again, err);
	if (rc == ERR_VERSION || rc == ERR_LIMIT)
		rc = ERR_DATA;
	if (rc == ERR_OK) {
		bytes_add(out, line.at, line.len);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&line);
	return rc;
}

/* The line without some of its signatures, after a line of context. The entry
 * is judged as if these were there. */
static enum err
signed_text(const char *context, const struct log_entry *entry, enum with with,
    struct bytes *out, struct errtext *err)
{
	struct log_entry whole = *entry;
	struct bytes line = { 0 };
	enum err rc;

	/* any signature in form: only the other fields are to be judged */
	memset(whole.signature, 1, sizeof(whole.signature));
	if (with == WITH_NONE)
		memset(
		    whole.person_signature, 1, sizeof(whole.person_signature));
	if ((rc = entry_format(&whole, &line, err)) == ERR_OK) {
		bytes_addf(out, "%s\n", context);
		write_line(entry, with, out);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&line);
	return rc;
}

enum err
entry_act_text(
    const struct log_entry *entry, struct bytes *out, struct errtext *err)
{
	if (entry_is_letter(entry))
		return err_set(err, ERR_USAGE,
		    _("a letter's line carries the letter's own signature"));
	return signed_text("sello-act/v1", entry, WITH_PERSONS, out, err);
}

enum err
entry_person_text(
    const struct log_entry *entry, struct bytes *out, struct errtext *err)
{
	return signed_text("sello-line/v1", entry, WITH_NONE, out, err);
}

void
entry_drafted_text(const char *program, const char *center,
    const uint8_t commitment[32], struct bytes *out)
{
	bytes_addf(out, "sello-drafted/v2\n%s/%s\n", program, center);
	base64url_encode(commitment, 32, out);
	bytes_add_text(out, "\n");
}
