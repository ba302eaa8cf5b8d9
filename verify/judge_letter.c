/*
 * judge_letter.c - one letter: judge_letter.h.
 */
#include "verify/judge_letter.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "letter/commitment.h"
#include "verify/post/evidence.h"
#include "verify/post/unlogged.h"

#include <string.h>

/* All that the verdict looks at, but the letter and what is known of it. */
static void
prepare(const struct judge *judge, struct judged *judged)
{
	struct judgement *j = &judged->judgement;
	const struct post *post = judge->post;

	j->list = post->list;
	j->list_unusable = post_list_unusable(post);
	j->selftest_failed = judge->selftest_failed || post->store_lost ||
	    post->logs.lost || judged->look_failed;
	j->now = judge->now;
	j->at_given = judge->at_given;
	j->newest_seen = post_newest_seen(post);
	memcpy(j->consulate, post->consulate, sizeof(j->consulate));
}

/* What was never scanned is not to be scanned again. */
static void
tell_kind(struct judged *judged)
{
	enum err input = judged->judgement.input;

	if (judged->is == NULL ||
	    (input != ERR_FOREIGN && input != ERR_GARBLED &&
		input != ERR_LIMIT))
		return;
	err_set(&judged->detail, input, "%s", judged->is);
	judged->told = true;
}

void
judge_give(const struct judge *judge, struct judged *judged)
{
	tell_kind(judged);
	prepare(judge, judged);
	verdict_judge(&judged->judgement, &judged->result);
	judge->tell(judged, judge->arg);
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
	uint8_t commitment[LETTER_COMMITMENT_SIZE], deed[DEED_SIZE];
	struct evidence_letter letter = { .number = judged->number,
		.digest = a->digest,
		.commitment = commitment,
		.deed = deed,
		.supersedes = a->letter.supersedes,
		.key = a->key };

	if (letter_commitment(&a->letter, commitment, &judged->detail) !=
		ERR_OK ||
	    deed_of_letter(&a->letter, deed, &judged->detail) != ERR_OK) {
		judged->judgement.log.failed = true;
		return;
	}
	/* a letter without a time is not in form: the verdict says so */
	if (clock_parse(a->letter.issued_at, &letter.issued_at))
		evidence_find(judge->post, a->center, &letter, judge->now,
		    &judged->judgement.log);
}

struct presentation
judge_presentation(const struct judge *judge, const struct judged *judged)
{
	const struct authentic *a = &judged->letter;
	struct presentation p = { .time = clock_now(),
		.moment = judge->moment,
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
	const struct presentation p = judge_presentation(judge, judged);
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
	judged->read_again = here.again;
	judged->visit = here.visit;
	judged->mismatch = here.mismatch;
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

void
judge_letter(
    const struct judge *judge, struct judged *judged, const struct bytes *xml)
{
	struct judgement *j = &judged->judgement;
	struct authentic *a = &judged->letter;

	if (j->input == ERR_OK) {
		j->input = authenticate_letter(
		    xml->at, xml->len, judge->post->list, a, &judged->detail);
		find_issuer(judge, judged);
		j->key = a->key;
	}
	if (j->input == ERR_OK || j->input == ERR_PROFILE ||
	    j->input == ERR_VERSION)
		memcpy(
		    judged->number, a->letter.number, sizeof(judged->number));
	if (j->input == ERR_OK) {
		j->letter = a;
		keep_file(xml, judged);
		find_evidence(judge, judged);
		find_presentations(judge, judged);
	}
	judge_give(judge, judged);
	bytes_wipe(&judged->xml);
	letter_wipe(&a->letter);
}
