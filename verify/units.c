/*
 * units.c - units.h. Equal things are found by sorting digests, never by
 * comparing all pairs: a text may hold ten thousand codes.
 */
#include "verify/units.h"

#include "base/i18n.h"
#include "base/progress.h"
#include "base/sha256.h"
#include "packed/packed.h"

#include <stdlib.h>
#include <string.h>

/* --- one thing ------------------------------------------------------------ */

static bool
is_code(const struct unit *unit)
{
	return unit->item->carrier == CARRIER_PACKED;
}

static void
decode(struct unit *unit)
{
	const struct bytes *data = &unit->item->data;
	struct packed_info info = { 0 };

	unit->has_code = is_code(unit);
	unit->has_file = unit->item->attached;
	if (is_code(unit)) {
		unit->rc = packed_decode((const char *)data->at, data->len,
		    &unit->xml, &info, &unit->detail);
		unit->test_page = info.test_page;
		if (unit->item->words) /* "Sello" is one, too */
			unit->rc = ERR_FOREIGN;
		return;
	}
	bytes_add(&unit->xml, data->at, data->len);
	unit->rc = unit->xml.failed ? ERR_MEMORY : ERR_OK;
}

/* What a unit takes of UNITS_DECODED_MAX. */
static size_t
cost(const struct unit *unit)
{
	if (unit->rc == ERR_PROFILE || unit->rc == ERR_LIMIT)
		return LETTER_XML_MAX;
	return unit->item->data.len + unit->xml.len;
}

/*
 * A letter is known by its number and digest, whatever the profile allows
 * around it; anything else by its bytes.
 */
static void
make_key(struct unit *unit, const struct authentic *a)
{
	struct dsig sig;

	if (unit->number[0] != '\0')
		sha256_of_two(unit->number, sizeof(unit->number), a->digest,
		    sizeof(a->digest), unit->key);
	else if (unit->test_page)
		sha256_of_two("test", 4, "page", 4, unit->key);
	else if (unit->rc != ERR_OK)
		sha256_of_two("code", 4, unit->item->data.at,
		    unit->item->data.len, unit->key);
	else if (dsig_scan(&dsig_letter, unit->xml.at, unit->xml.len, &sig,
		     NULL) == ERR_OK)
		sha256_of_two("file", 4, sig.xml, sig.len, unit->key);
	else
		sha256_of_two(
		    "file", 4, unit->xml.at, unit->xml.len, unit->key);
}

/*
 * May it contradict another? Not when its key was revoked, or is not that of
 * the number's center: a thief would turn honest letters red with it.
 */
static bool
may_accuse(const struct authentic *a)
{
	struct letter_number number;

	return a->key->status != KEY_REVOKED &&
	    number_parse(a->letter.number, &number) &&
	    strcmp(number.center, a->center->code) == 0;
}

/* false: nobody could look, and whom it contradicts is not known */
static bool
identify(struct unit *unit, const struct trust_list *list)
{
	struct authentic a = { 0 };
	enum err rc = unit->rc;

	if (rc == ERR_OK)
		rc = authenticate_letter(
		    unit->xml.at, unit->xml.len, list, &a, NULL);
	unit->authentic = rc == ERR_OK ||
	    ((rc == ERR_PROFILE || rc == ERR_VERSION) && a.key != NULL);
	if (unit->authentic)
		memcpy(unit->number, a.letter.number, sizeof(unit->number));
	unit->accuses = unit->authentic && may_accuse(&a);
	/* damaged, cut or of another kind: not even in our form */
	unit->foreign = rc == ERR_FOREIGN ||
	    (unit->item->attached && !unit->authentic &&
		(rc == ERR_PROFILE || rc == ERR_VERSION || rc == ERR_LIMIT));
	make_key(unit, &a);
	letter_wipe(&a.letter);
	return !err_is_inside(rc);
}

/* --- all of them ---------------------------------------------------------- */

/* The code before its file, then as they came. */
static int
by_key(const void *a, const void *b)
{
	const struct unit *one = *(struct unit *const *)a;
	const struct unit *two = *(struct unit *const *)b;
	int order = memcmp(one->key, two->key, sizeof(one->key));

	if (order == 0)
		order = is_code(two) - is_code(one);
	return order != 0 ? order : (one > two) - (one < two);
}

static int
by_number(const void *a, const void *b)
{
	const struct unit *one = *(struct unit *const *)a;
	const struct unit *two = *(struct unit *const *)b;

	return strcmp(one->number, two->number);
}

/* One result for the same thing; of file and code the code's. */
static void
drop_twins(struct unit **sorted, size_t count)
{
	struct unit *first = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		struct unit *unit = sorted[i];

		if (first == NULL ||
		    memcmp(first->key, unit->key, sizeof(unit->key)) != 0) {
			first = unit;
			continue;
		}
		first->has_code |= unit->has_code;
		first->has_file |= unit->has_file;
		unit->dropped = true;
	}
}

/* Two letters under one number: both signed, so the center contradicts
 * itself. */
static void
mark_mismatch(struct unit **sorted, size_t count)
{
	struct unit *before = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		struct unit *unit = sorted[i];

		if (unit->dropped || !unit->accuses)
			continue;
		if (before != NULL && strcmp(before->number, unit->number) == 0)
			before->mismatch = unit->mismatch = true;
		before = unit;
	}
}

/*
 * Was every code of the document found? A page that shows no letter may be
 * one that could not be read, and then a file is perhaps its file.
 */
static bool
is_complete(const struct scan_result *found, const struct units *units)
{
	size_t i;

	for (i = 0; i < units->count; i++)
		if (is_code(&units->unit[i]) && !units->unit[i].foreign &&
		    units->unit[i].rc != ERR_OK)
			return false;
	for (i = 1; i <= found->page_count; i++)
		if (scan_is_unread(found, i) ||
		    (found->page[i - 1] == PAGE_READ &&
			!units_on_page(units, i)))
			return false;
	return !found->is_cut && units->left == 0;
}

static bool
is_alone(const struct unit *unit, bool code)
{
	return !unit->dropped && unit->authentic && !unit->mismatch &&
	    unit->has_code == code && unit->has_file != code;
}

/* A code without its file beside a file without its code. */
static void
mark_mixed(const struct scan_result *found, struct units *units)
{
	bool code = false, file = false;
	size_t i;

	for (i = 0; i < units->count; i++) {
		code |= is_alone(&units->unit[i], true);
		file |= is_alone(&units->unit[i], false);
	}
	if (!code || !file || !is_complete(found, units))
		return;
	for (i = 0; i < units->count; i++)
		units->unit[i].mixed = is_alone(&units->unit[i], true) ||
		    is_alone(&units->unit[i], false);
}

/* Beside a letter, what is not ours gets no result. */
static void
drop_foreign(struct units *units)
{
	size_t i;

	for (i = 0; i < units->count; i++)
		units->any_ours |= !units->unit[i].foreign;
	for (i = 0; i < units->count && units->any_ours; i++) {
		struct unit *unit = &units->unit[i];

		units->ignored_files +=
		    unit->foreign && !unit->dropped && unit->item->attached;
		unit->dropped |= unit->foreign;
	}
}

static enum err
compare(const struct scan_result *found, struct units *units)
{
	struct unit **sorted = calloc(units->count, sizeof(struct unit *));
	size_t i;

	if (sorted == NULL)
		return ERR_MEMORY;
	for (i = 0; i < units->count; i++)
		sorted[i] = &units->unit[i];
	qsort(sorted, units->count, sizeof(struct unit *), by_key);
	drop_twins(sorted, units->count);
	qsort(sorted, units->count, sizeof(struct unit *), by_number);
	mark_mismatch(sorted, units->count);
	mark_mixed(found, units);
	drop_foreign(units);
	free(sorted);
	return ERR_OK;
}

static bool
make_each(const struct scan_result *found, const struct trust_list *list,
    bool each, struct units *units)
{
	struct progress progress;
	/* one thing alone has nothing to be compared with */
	bool alone = !each && found->count == 1 && found->page_count == 0;
	size_t spent = 0, i;
	bool done = true;

	progress_start(&progress, _("Looking at codes:"), found->count);
	for (i = 0; i < found->count && spent < UNITS_DECODED_MAX && done;
	     i++) {
		struct unit *unit = &units->unit[i];

		unit->item = &found->item[i];
		decode(unit);
		units->count++;
		spent += cost(unit);
		done = alone || identify(unit, list);
		progress_step(&progress, i + 1);
	}
	progress_end(&progress);
	units->left = found->count - units->count;
	return done;
}

enum err
units_make(const struct scan_result *found, const struct trust_list *list,
    bool each, struct units *out)
{
	struct units units = { 0 };
	enum err rc = ERR_MEMORY;

	units.unit = calloc(found->count, sizeof(*units.unit));
	if (units.unit != NULL && make_each(found, list, each, &units))
		rc = compare(found, &units);
	if (rc == ERR_OK)
		*out = units;
	else
		units_free(&units);
	return rc;
}

size_t
units_ignored(const struct units *units, size_t page)
{
	size_t i, count = 0;

	for (i = 0; i < units->count && units->any_ours; i++)
		count += units->unit[i].foreign && is_code(&units->unit[i]) &&
		    units->unit[i].item->page == page;
	return count;
}

bool
units_on_page(const struct units *units, size_t page)
{
	size_t i;

	for (i = 0; i < units->count; i++)
		if (!units->unit[i].foreign &&
		    units->unit[i].item->page == page)
			return true;
	return false;
}

void
units_free(struct units *units)
{
	size_t i;

	for (i = 0; i < units->count; i++)
		bytes_wipe(&units->unit[i].xml);
	free(units->unit);
	*units = (struct units){ 0 };
}
