/*
 * lines.c - lines.h.
 */
#include "audit/lines.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"

#include <string.h>

/* How the signature of a person was found. */
enum signature { SIGNATURE_GOOD, SIGNATURE_WRONG, SIGNATURE_UNCHECKED };

/* The root's word let the officer begin this log (ledger/line.h). */
static bool
is_listed(const struct pool_line *line, size_t which)
{
	return which == 0 && line->persons.listed != NULL;
}

static enum signature
signature_of(const struct pool_line *line, size_t which)
{
	if (is_listed(line, which))
		return SIGNATURE_GOOD;
	if (which >= line->persons.count)
		return SIGNATURE_UNCHECKED;
	return line->person[which] == ERR_OK       ? SIGNATURE_GOOD
	    : line->person[which] == ERR_SIGNATURE ? SIGNATURE_WRONG
						   : SIGNATURE_UNCHECKED;
}

static const char *
code_of(const struct log_entry *e, size_t which)
{
	return which == 0 ? e->officer : e->approver;
}

/* Of the key that signed; "" where it is not known that one did. */
static void
fingerprint_of(const struct lines_line *line, size_t which,
    char out[PERSON_FINGERPRINT_SIZE])
{
	const struct persons_key *key = NULL;

	out[0] = '\0';
	if (is_listed(line->checked, which))
		person_fingerprint(line->checked->persons.listed, out);
	else if (signature_of(line->checked, which) == SIGNATURE_GOOD)
		key = persons_of(
		    line->persons, line->checked->persons.key[which]);
	if (key != NULL)
		person_fingerprint(key->is.key, out);
}

static void
show_signer(const struct lines_line *line, size_t which)
{
	const char *code = code_of(&line->checked->entry, which);
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	fingerprint_of(line, which, fingerprint);
	switch (signature_of(line->checked, which)) {
	case SIGNATURE_GOOD: /* its first groups */
		print(" %s (%.14s)", code, fingerprint);
		break;
	case SIGNATURE_WRONG:
		print(_(" %s (DID NOT SIGN)"), code);
		break;
	case SIGNATURE_UNCHECKED:
		print(_(" %s (not checked)"), code);
		break;
	}
}

void
lines_text(void *ctx, const struct lines_line *line)
{
	const struct log_entry *e = &line->checked->entry;
	const char *what = e->number[0] != '\0' ? e->number : e->ref;
	char at[CLOCK_INSTANT_SIZE] = "?";
	size_t i;

	(void)ctx;
	clock_utc(e->time, at);
	print("%s/%u %llu %s %s (%s) %s:", line->center, line->generation,
	    (unsigned long long)e->index, at, entry_kind_label(e->kind),
	    entry_kind_name(e->kind), what[0] != '\0' ? what : "-");
	for (i = 0; i < entry_signers(e); i++)
		show_signer(line, i);
	print("\n");
}

static json_t *
good_or_null(enum signature signature)
{
	return signature == SIGNATURE_UNCHECKED
	    ? json_null()
	    : json_boolean(signature == SIGNATURE_GOOD);
}

static json_t *
signer_json(const struct lines_line *line, size_t which)
{
	json_t *o = json_object();
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	fingerprint_of(line, which, fingerprint);
	json_set_text(o, "code", code_of(&line->checked->entry, which));
	json_object_set_new(
	    o, "signed", good_or_null(signature_of(line->checked, which)));
	json_set_text(
	    o, "fingerprint", fingerprint[0] != '\0' ? fingerprint : NULL);
	return o;
}

static enum signature
center_signature(const struct pool_line *line)
{
	if (line->key == NULL)
		return SIGNATURE_UNCHECKED;
	return line->center == ERR_OK       ? SIGNATURE_GOOD
	    : line->center == ERR_SIGNATURE ? SIGNATURE_WRONG
					    : SIGNATURE_UNCHECKED;
}

void
lines_json(void *ctx, const struct lines_line *line)
{
	const struct log_entry *e = &line->checked->entry;
	json_t *o = json_object(), *persons = json_array();
	size_t i;

	(void)ctx;
	for (i = 0; i < entry_signers(e); i++)
		json_array_append_new(persons, signer_json(line, i));
	json_set_text(o, "center", line->center);
	json_object_set_new(
	    o, "generation", json_integer((json_int_t)line->generation));
	json_object_set_new(o, "index", json_integer((json_int_t)e->index));
	json_set_time(o, "time", e->time);
	json_set_text(o, "kind", entry_kind_name(e->kind));
	json_set_text(
	    o, "letterNumber", e->number[0] != '\0' ? e->number : NULL);
	json_set_text(o, "person", e->kind == ENTRY_STAFF ? e->ref : NULL);
	json_set_text(o, "reason", e->reason[0] != '\0' ? e->reason : NULL);
	json_set_text(o, "centerKey", e->key_name);
	json_object_set_new(
	    o, "centerSigned", good_or_null(center_signature(line->checked)));
	json_object_set_new(o, "persons", persons);
	json_line(o);
}
