#include "issue/intake/duplicate.h"

#include "base/i18n.h"
#include "letter/date.h"
#include "letter/name.h"

#include <stdlib.h>
#include <string.h>

#define FULL_DATE_LEN 10 /* YYYY-MM-DD */

bool
duplicate_keys_of(const struct letter *letter, struct duplicate_keys *out)
{
	struct bytes name = { 0 };
	size_t len;

	*out = (struct duplicate_keys){ 0 };
	name_fold(letter->surnames, letter->given_names, &name);
	/* nothing of a name may be left, as of glottal stops only */
	if (name.len == 0)
		bytes_add_text(&name, letter->surnames);
	if (name.failed) {
		bytes_wipe(&name);
		return false;
	}
	len = name.len < sizeof(out->name) ? name.len : sizeof(out->name) - 1;
	if (len > 0)
		memcpy(out->name, name.at, len);
	bytes_wipe(&name);
	if (letter->document_country[0] != '\0' &&
	    letter->document_number_tail[0] != '\0') {
		memcpy(out->document, letter->document_country,
		    strlen(letter->document_country));
		memcpy(out->document + strlen(out->document),
		    letter->document_number_tail,
		    strlen(letter->document_number_tail));
	}
	memcpy(out->birth_date, letter->birth_date, sizeof(out->birth_date));
	return true;
}

/* Length of the part of a folded name that begins here. */
static size_t
part_len(const char *name)
{
	return strcspn(name, "< ");
}

static bool
has_part(const char *name, const char *part, size_t len)
{
	while (*name != '\0') {
		size_t own = part_len(name);

		if (own == len && memcmp(name, part, len) == 0)
			return true;
		name += own + (name[own] != '\0');
	}
	return false;
}

size_t
duplicate_part(const char **at)
{
	size_t len;

	while ((len = part_len(*at)) < 2 && (*at)[len] != '\0')
		*at += len + 1;
	return len < 2 ? 0 : len;
}

static bool
share_a_part(const char *a, const char *b)
{
	size_t len;

	for (; (len = duplicate_part(&a)) > 0; a += len)
		if (has_part(b, a, len))
			return true;
	return false;
}

/* Only whole dates say a day. */
static bool
is_one_day(const char *a, const char *b)
{
	return strlen(a) == FULL_DATE_LEN && strcmp(a, b) == 0;
}

/*
 * The same tail and a birth date that is only a year, or not known at all,
 * would meet by chance in every register of some thousand persons.
 */
static enum duplicate_match
match_document(const struct duplicate_keys *a, const struct duplicate_keys *b)
{
	bool name = strcmp(a->name, b->name) == 0;
	bool day = is_one_day(a->birth_date, b->birth_date);

	if (name && day)
		return DUPLICATE_DOCUMENT_NAME_BIRTH;
	if (!date_compatible(a->birth_date, b->birth_date))
		return name ? DUPLICATE_DOCUMENT_NAME : DUPLICATE_NOT;
	if (name)
		return DUPLICATE_DOCUMENT_NAME_PERHAPS;
	if (day)
		return DUPLICATE_DOCUMENT_BIRTH;
	return share_a_part(a->name, b->name) ? DUPLICATE_DOCUMENT_PART_PERHAPS
					      : DUPLICATE_NOT;
}

bool
duplicate_documents_differ(
    const struct duplicate_keys *a, const struct duplicate_keys *b)
{
	return a->document[0] != '\0' && b->document[0] != '\0' &&
	    strcmp(a->document, b->document) != 0;
}

enum duplicate_match
duplicate_match(const struct duplicate_keys *a, const struct duplicate_keys *b)
{
	if (a->document[0] != '\0' && strcmp(a->document, b->document) == 0)
		return match_document(a, b);
	if (duplicate_documents_differ(a, b) || strcmp(a->name, b->name) != 0 ||
	    !date_compatible(a->birth_date, b->birth_date))
		return DUPLICATE_NOT;
	return is_one_day(a->birth_date, b->birth_date)
	    ? DUPLICATE_NAME_BIRTH
	    : DUPLICATE_NAME_PERHAPS;
}

const char *
duplicate_words(enum duplicate_match match)
{
	switch (match) {
	case DUPLICATE_NOT:
		break;
	case DUPLICATE_DOCUMENT_NAME_BIRTH:
		return _("the same document, name and birth date");
	case DUPLICATE_DOCUMENT_NAME_PERHAPS:
		return _("the same document and name, and a birth date that "
			 "may be the same");
	case DUPLICATE_DOCUMENT_NAME:
		return _("the same document and name, with another birth "
			 "date");
	case DUPLICATE_DOCUMENT_BIRTH:
		return _("the same document and birth date, with another "
			 "name");
	case DUPLICATE_DOCUMENT_PART_PERHAPS:
		return _("the same document, a part of the name, and a birth "
			 "date that may be the same");
	case DUPLICATE_NAME_BIRTH:
		return _("the same name and birth date");
	case DUPLICATE_NAME_PERHAPS:
		return _("the same name, and a birth date that may be the "
			 "same");
	}
	return "";
}

/* Of one year: the day or the month is the same, or they changed places. */
static bool
is_slip(const char *a, const char *b)
{
	const size_t month = strlen("YYYY-"), day = strlen("YYYY-MM-");

	if (strlen(a) != FULL_DATE_LEN || strlen(b) != FULL_DATE_LEN)
		return true;
	return memcmp(a + month, b + month, 2) == 0 ||
	    memcmp(a + day, b + day, 2) == 0 ||
	    (memcmp(a + month, b + day, 2) == 0 &&
		memcmp(a + day, b + month, 2) == 0);
}

bool
duplicate_is_near(
    const struct duplicate_keys *a, const struct duplicate_keys *b)
{
	long year = strtol(a->birth_date, NULL, 10);
	long apart = labs(year - strtol(b->birth_date, NULL, 10));

	return strcmp(a->name, b->name) == 0 && year != 0 &&
	    apart <= DUPLICATE_YEARS_NEAR &&
	    (apart > 0 || is_slip(a->birth_date, b->birth_date)) &&
	    !date_compatible(a->birth_date, b->birth_date) &&
	    duplicate_match(a, b) == DUPLICATE_NOT;
}
