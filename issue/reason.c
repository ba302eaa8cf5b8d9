/*
 * reason.c - reason.h.
 */
#include "issue/reason.h"

#include "base/i18n.h"

#include <string.h>

const struct reason reason_table[REASON_COUNT] = {
	{ "DATA_ERROR", false, N_("something in it was wrong"),
	    N_("Ask for the paper back, and draft a letter with the right "
	       "data.") },
	{ "LOST", false, N_("the paper was lost"),
	    N_("If the paper is found, it is handed in. A new letter is a new "
	       "draft.") },
	{ "STOLEN", false, N_("the paper was stolen"),
	    N_("Whoever shows the stolen paper is stopped where that is known. "
	       "The person it was stolen from gets a new letter by a new "
	       "draft.") },
	{ "HOLDER_REQUEST", false, N_("the person asked for it"),
	    N_("Ask for the paper back.") },
	{ "DUPLICATE", false, N_("the person has another letter"),
	    N_("Ask for this paper back; the person's other letter stays "
	       "good.") },
	{ "INELIGIBLE", false, N_("the person may not take part"),
	    N_("Tell the person, and ask for the paper back.") },
	{ "FRAUD", true, N_("fraud"),
	    N_("Posts say of it that it is not authentic. Keep what proves the "
	       "fraud, and tell the consulate and the auditor.") },
	{ "KEY_COMPROMISE", true,
	    N_("somebody else may have used the center's key"),
	    N_("Posts say of it that it is not authentic. Tell the root "
	       "custodian today. An honest holder gets a new letter by a new "
	       "draft.") },
	{ "PROGRAM_CLOSED", false, N_("the program has ended"),
	    N_("Tell the person that the program has ended; the paper may be "
	       "kept.") },
};

const struct reason *
reason_find(const char *name)
{
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (strcmp(reason_table[i].name, name) == 0)
			return &reason_table[i];
	return NULL;
}

const char *
reason_meaning(const char *name)
{
	const struct reason *reason = reason_find(name);

	/* a line that another copy brought says no more */
	if (strcmp(name, "WITHDRAWN") == 0)
		return _("the reason is not in this register");
	return reason != NULL ? _(reason->meaning) : NULL;
}
