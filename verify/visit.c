/*
 * visit.c - visit.h.
 */
#include "verify/visit.h"

#include "base/i18n.h"
#include "verify/judge.h"

/* A visit was to be recorded, and is not. At a counter, which records unasked,
 * no word is lost on a code that was read badly. */
static bool
is_withheld(const struct judge *judge, const struct judged *judged)
{
	return judge->record && !judged->further &&
	    judged->carrier != JUDGED_NUMBER &&
	    (judge->presented != PRESENTED_OTHER_VISIT ||
		judged->number[0] != '\0');
}

enum visit
visit_of(const struct judge *judge, const struct judged *judged)
{
	if (!verdict_shows_letter(&judged->result))
		return is_withheld(judge, judged) ? VISIT_WITHHELD : VISIT_NONE;
	if (!judge->record)
		return VISIT_UNRECORDED;
	if (judged->unrecorded != ERR_OK)
		return VISIT_FAILED;
	if (judge_is_mismatch(judge))
		return VISIT_MISMATCH;
	return judged->read_again ? VISIT_AGAIN : VISIT_RECORDED;
}

const char *
visit_text(enum visit visit)
{
	switch (visit) {
	case VISIT_NONE:
		return NULL;
	case VISIT_RECORDED:
		return N_("This visit is recorded.");
	case VISIT_MISMATCH:
		return N_("Recorded: the ID document is of another person. Do "
			  "not act on the letter, and call the center.");
	case VISIT_AGAIN:
		return N_("Read a moment ago: the same visit, recorded once.");
	case VISIT_FAILED:
		return N_("This visit could not be recorded, see above.");
	case VISIT_UNRECORDED:
		return N_("This visit is not recorded.");
	case VISIT_WITHHELD:
		return N_("Not recorded, nor an answer: of letters that are "
			  "not authentic or could not be checked nothing is "
			  "recorded.");
	}
	return NULL;
}
