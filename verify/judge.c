/*
 * judge.c - judge.h. A file's things are made into units first (every code
 * decoded), because file and code of one PDF are compared before either is
 * judged.
 */
#include "verify/judge.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "letter/number.h"
#include "letter/packed.h"
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
	enum judged_carrier carrier;
	enum err rc;      /* of decoding */
	struct bytes xml; /* the letter file, still unverified */
	struct errtext detail;
	bool attached;
	bool same;     /* the file and the code of a PDF agree */
	bool dropped;  /* the same thing again */
	bool mismatch; /* the file and the code of a PDF disagree */
};

/* All that the verdict looks at, but the letter and what is known of it. */
static void
prepare(const struct judge *judge, struct judged *judged)
{
	struct judgement *j = &judged->judgement;
	const struct post *post = judge->post;

	j->list = post->list;
	j->selftest_failed = judge->selftest_failed || post->store_lost ||
	    post->logs.lost || judged->look_failed;
	j->now = judge->now;
	j->at_given = judge->at_given;
	j->newest_seen = post_newest_seen(post);
	memcpy(j->consulate, post->consulate, sizeof(j->consulate));
}

static void
give(const struct judge *judge, struct judged *judged)
{
	prepare(judge, judged);
	verdict_judge(&judged->judgement, &judged->result);
	judge->take(judged, judge->arg);
}

/* Who is said to have made it; that is looked up even when it is false, so
 * that the officer has somebody to call. */
static void
find_issuer(const struct judge *judge, struct judged *judged)
{
	const struct authentic *a = &judged->letter;

	memcpy(judged->key_name, a->key_name, sizeof(judged->key_name));
	if (judge->post->list != NULL && a->key_name[0] != '\0')
		trust_find_key(judge->post->list, a->key_name, &judged->center);
}

/* The file without what may stand around it: the same from every carrier. */
static void
keep_file(const struct bytes *xml, struct judged *judged)
{
	struct dsig sig;

	if (dsig_scan(&dsig_letter, xml->at, xml->len, &sig, NULL) == ERR_OK)
		bytes_add(&judged->xml, sig.xml, sig.len);
}

static void
find_evidence(const struct judge *judge, struct judged *judged)
{
	const struct authentic *a = &judged->letter;
	struct evidence_letter letter = {
		.number = judged->number, .digest = a->digest, .key = a->key
	};

	/* a letter without a time is not in form: the verdict says so */
	if (clock_parse(a->letter.issued_at, &letter.issued_at))
		evidence_find(judge->post, a->center, &letter, judge->now,
		    &judged->judgement.log);
}

static struct presentation
presentation_of(const struct judge *judge, const struct judged *judged)
{
	const struct authentic *a = &judged->letter;
	struct presentation p = { .time = clock_now(),
		.answer = judge->answer,
		.elsewhere =
		    strcmp(a->letter.consulate, judge->post->consulate) != 0 };

	memcpy(p.number, judged->number, sizeof(p.number));
	memcpy(p.digest, a->digest, sizeof(p.digest));
	memcpy(p.key_name, a->key_name, sizeof(p.key_name));
	memcpy(p.signature, a->signature, sizeof(p.signature));
	clock_parse(a->letter.issued_at, &p.issued_at);
	return p;
}

/* Would it be shown, whatever was shown before? */
static bool
is_to_record(const struct judge *judge, struct judged *judged)
{
	prepare(judge, judged);
	verdict_judge(&judged->judgement, &judged->result);
	return judge->record && verdict_shows_letter(&judged->result);
}

/*
 * Was it shown here before? Looking and recording are one act: of two
 * counters with one letter, one is the first. What cannot be recorded is
 * looked for all the same.
 */
static void
find_here(const struct judge *judge, struct judged *judged)
{
	const struct presentation p = presentation_of(judge, judged);
	struct presented here = { .before = false };
	enum err rc = ERR_EXISTS; /* not asked yet */

	if (is_to_record(judge, judged)) {
		rc = presentation_record(judge->post, &p, judge->presented,
		    &here, &judged->unrecorded_why);
		judged->unrecorded = rc;
		if (rc != ERR_OK)
			err_set(&judged->detail, rc,
			    _("This visit was not recorded: %s"),
			    judged->unrecorded_why.text);
	}
	if (rc != ERR_OK)
		rc = presentation_find(
		    judge->post, &p, judge->presented, &here, &judged->detail);
	judged->look_failed |= rc != ERR_OK;
	judged->shown_here = here.before;
	judged->presented_at = here.at;
}

/* Was it shown before, here or, as other posts report, there? */
static void
find_presentations(const struct judge *judge, struct judged *judged)
{
	judged->look_failed =
	    reports_find(judge->post, judged->number, judged->letter.digest,
		&judged->shown_elsewhere, &judged->elsewhere,
		&judged->detail) != ERR_OK;
	find_here(judge, judged);
	judged->judgement.presented =
	    judged->shown_here || judged->shown_elsewhere;
}

static void
judge_unit(const struct judge *judge, const char *source, struct unit *unit)
{
	struct judged judged = { .source = source, .carrier = unit->carrier };
	struct judgement *j = &judged.judgement;
	struct authentic *a = &judged.letter;

	judged.detail = unit->detail;
	j->mismatch = unit->mismatch;
	j->input = unit->rc;
	if (unit->rc == ERR_OK) {
		j->input = authenticate_letter(unit->xml.at, unit->xml.len,
		    judge->post->list, a, &judged.detail);
		find_issuer(judge, &judged);
		j->key = a->key;
	}
	if (j->input == ERR_OK || j->input == ERR_PROFILE)
		memcpy(judged.number, a->letter.number, sizeof(judged.number));
	if (j->input == ERR_OK) {
		j->letter = a;
		keep_file(&unit->xml, &judged);
		find_evidence(judge, &judged);
		find_presentations(judge, &judged);
	}
	give(judge, &judged);
	bytes_wipe(&judged.xml);
	letter_wipe(&a->letter);
}

static void
unit_decode(struct unit *unit, const char *text, size_t len)
{
	unit->carrier = JUDGED_PACKED;
	unit->rc = packed_decode(text, len, &unit->xml, NULL, &unit->detail);
}

static void
unit_make(struct unit *unit, const struct scan_item *item)
{
	if (item->carrier == CARRIER_PACKED) {
		unit_decode(unit, (const char *)item->data.at, item->data.len);
		return;
	}
	unit->carrier = JUDGED_XML;
	unit->attached = item->attached;
	bytes_add(&unit->xml, item->data.at, item->data.len);
	unit->rc = unit->xml.failed ? ERR_MEMORY : ERR_OK;
}

/* The same signed bytes, whatever the profile allows around them. */
static bool
is_same(const struct unit *a, const struct unit *b)
{
	struct dsig left, right;

	if (a->rc != ERR_OK || b->rc != ERR_OK)
		return false;
	/* codes unpack to one form only */
	if (bytes_equal(&a->xml, &b->xml) || a->carrier == b->carrier)
		return bytes_equal(&a->xml, &b->xml);
	return dsig_scan(&dsig_letter, a->xml.at, a->xml.len, &left, NULL) ==
	    ERR_OK &&
	    dsig_scan(&dsig_letter, b->xml.at, b->xml.len, &right, NULL) ==
	    ERR_OK &&
	    left.len == right.len && memcmp(left.xml, right.xml, left.len) == 0;
}

/* One result for the same thing; of file and code the code's. */
static void
drop_twins(struct unit *units, size_t count)
{
	size_t i, k;

	for (i = 0; i < count; i++) {
		for (k = 0; k < i && !units[i].dropped; k++) {
			struct unit *first = &units[k], *second = &units[i];

			if (first->dropped || !is_same(first, second))
				continue;
			first->same |= first->attached != second->attached;
			second->same = first->same;
			if (second->attached || !first->attached)
				second->dropped = true;
			else
				first->dropped = true;
		}
	}
}

/*
 * A file that agrees with no code contradicts every code of the document: who
 * attaches another letter to a genuine page must not get green. A code without
 * a file is a joined scan and contradicts nothing, nor does one that could not
 * be decoded.
 */
static void
mark_mismatch(struct unit *units, size_t count)
{
	bool file = false, code = false;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct unit *unit = &units[i];

		if (unit->dropped || unit->rc != ERR_OK)
			continue;
		file |= unit->attached && !unit->same;
		code |= unit->carrier == JUDGED_PACKED;
	}
	for (i = 0; i < count && file && code; i++)
		if (units[i].rc == ERR_OK)
			units[i].mismatch = true;
}

static void
judge_items(const struct judge *judge, const char *source,
    const struct scan_result *found)
{
	struct unit *units = calloc(found->count, sizeof(*units));
	size_t i;

	if (units == NULL) {
		judge_failure(judge, source, ERR_MEMORY, NULL);
		return;
	}
	for (i = 0; i < found->count; i++)
		unit_make(&units[i], &found->item[i]);
	drop_twins(units, found->count);
	if (found->is_pdf)
		mark_mismatch(units, found->count);
	for (i = 0; i < found->count; i++) {
		if (!units[i].dropped)
			judge_unit(judge, source, &units[i]);
		bytes_wipe(&units[i].xml);
	}
	free(units);
}

void
judge_bytes(const struct judge *judge, const char *source, const uint8_t *data,
    size_t len)
{
	struct scan_result found = { 0 };
	struct errtext detail = { 0 };
	enum err rc = scan_bytes(data, len, &found, &detail);

	post_refresh(judge->post);
	if (rc == ERR_OK)
		judge_items(judge, source, &found);
	else
		judge_failure(judge, source, rc, &detail);
	scan_clear(&found);
}

void
judge_line(
    const struct judge *judge, const char *source, const char *text, size_t len)
{
	struct unit unit = { 0 };

	post_refresh(judge->post);
	unit_decode(&unit, text, len);
	judge_unit(judge, source, &unit);
	bytes_wipe(&unit.xml);
}

void
judge_number(const struct judge *judge, const char *source, const char *number)
{
	struct judged judged = { .source = source, .carrier = JUDGED_NUMBER };
	struct letter_number parts;

	post_refresh(judge->post);
	judged.judgement.typed_number = true;
	snprintf(judged.number, sizeof(judged.number), "%s", number);
	if (judge->post->list != NULL && number_parse(number, &parts))
		judged.center =
		    trust_find_center(judge->post->list, parts.center);
	if (judged.center != NULL)
		evidence_number(judge->post, judged.center, judged.number,
		    judge->now, &judged.judgement.log, &judged.entry,
		    &judged.entered);
	give(judge, &judged);
}

void
judge_failure(const struct judge *judge, const char *source, enum err why,
    const struct errtext *detail)
{
	struct judged judged = { .source = source };

	post_refresh(judge->post);
	judged.judgement.input = why;
	if (detail != NULL)
		judged.detail = *detail;
	give(judge, &judged);
}
