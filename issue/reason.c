/*
 * reason.c - reason.h.
 */
#include "issue/reason.h"

#include "base/i18n.h"

#include <string.h>

enum {
	DATA_ERROR,
	LOST,
	STOLEN,
	HOLDER_REQUEST,
	DUPLICATE,
	INELIGIBLE,
	FRAUD,
	KEY_COMPROMISE,
	PROGRAM_CLOSED,
};
_Static_assert(PROGRAM_CLOSED + 1 == REASON_COUNT, "a word a reason");

const struct word reason_words[REASON_COUNT + 1] = {
	[DATA_ERROR] = { "DATA_ERROR", N_("something in it was wrong"), NULL },
	[LOST] = { "LOST", N_("the paper was lost"), NULL },
	[STOLEN] = { "STOLEN", N_("the paper was stolen"), NULL },
	[HOLDER_REQUEST] = { "HOLDER_REQUEST", N_("the person asked for it"),
	    NULL },
	[DUPLICATE] = { "DUPLICATE", N_("the person has another letter"),
	    NULL },
	[INELIGIBLE] = { "INELIGIBLE", N_("the person may not take part"),
	    NULL },
	[FRAUD] = { "FRAUD", N_("it was obtained by fraud"), NULL },
	[KEY_COMPROMISE] = { "KEY_COMPROMISE",
	    N_("somebody else may have used the center's key"), NULL },
	[PROGRAM_CLOSED] = { "PROGRAM_CLOSED", N_("the program has ended"),
	    NULL },
};

static const struct reason table[REASON_COUNT] = {
	{ &reason_words[DATA_ERROR], false,
	    N_("Ask for the paper back, and draft a letter with the right "
	       "data.") },
	{ &reason_words[LOST], false,
	    N_("If the paper turns up, bring it back to the center. A new "
	       "letter is a new draft.") },
	{ &reason_words[STOLEN], false,
	    N_("Whoever shows the stolen paper is stopped where that is known. "
	       "The person it was stolen from gets a new letter by a new "
	       "draft.") },
	{ &reason_words[HOLDER_REQUEST], false, N_("Ask for the paper back.") },
	{ &reason_words[DUPLICATE], false,
	    N_("Ask for this paper back; the person's other letter stays "
	       "good.") },
	{ &reason_words[INELIGIBLE], false,
	    N_("Tell the person, and ask for the paper back.") },
	{ &reason_words[FRAUD], true,
	    N_("Posts say of it that it is not authentic. Keep what proves the "
	       "fraud, and tell the consulate and the auditor.") },
	{ &reason_words[KEY_COMPROMISE], true,
	    N_("Posts say of it that it is not authentic. Tell the root "
	       "custodian today. An honest holder gets a new letter by a new "
	       "draft.") },
	{ &reason_words[PROGRAM_CLOSED], false,
	    N_("Tell the person that the program has ended; the paper may be "
	       "kept.") },
};

const struct reason *
reason_find(const char *name)
{
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (strcmp(table[i].word->word, name) == 0)
			return &table[i];
	return NULL;
}

const char *
reason_meaning(const char *name)
{
	const struct word *word = word_find(reason_words, name);

	/* a line that another copy brought says no more */
	if (strcmp(name, "WITHDRAWN") == 0)
		return _("the reason is not in this register");
	return word != NULL ? _(word->meaning) : NULL;
}
