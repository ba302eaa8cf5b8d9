/*
 * words.c - words.h.
 */
#include "issue/words.h"

#include "base/i18n.h"
#include "issue/reason.h"

/* clang-format off: each list as a table */
static const struct word roles[] = {
	{ "drafter", N_("enters people, and signs the drafts"), N_("drafter") },
	{ "approver", N_("looks at drafts, and signs the letters"),
	    N_("approver") },
	{ "administrator", N_("adds and removes persons"),
	    N_("administrator") },
	{ 0 },
};

static const struct word states[] = {
	{ "issued", N_("a letter that is neither replaced nor withdrawn"),
	    N_("issued") },
	{ "superseded", N_("a letter that another one replaced"),
	    N_("superseded") },
	{ "withdrawn", N_("a letter that was made void"), N_("withdrawn") },
	{ "forgotten", N_("a letter whose personal data was erased"),
	    N_("forgotten") },
	{ "pending", N_("a draft that waits for an approver"), N_("pending") },
	{ "unsigned",
	    N_("a draft that cannot be approved as it is: its drafter signs it "
	       "again, or it is discarded and entered again"),
	    N_("unsigned") },
	{ "approved", N_("a draft that became a letter"), N_("approved") },
	{ "discarded", N_("a draft that was given up"), N_("discarded") },
	{ 0 },
};

static const struct word formats[] = {
	{ "csv", N_("text, for any spreadsheet"), NULL },
	{ "ods", N_("a spreadsheet (OpenDocument) with lists to choose from"),
	    NULL },
	{ 0 },
};

static const struct word dates[] = {
	{ "dmy", N_("day first: 14/03/1991"), NULL },
	{ "mdy", N_("month first: 03/14/1991"), NULL },
	{ 0 },
};

static const struct word papers[] = {
	{ "letter", N_("216 x 279 mm, as in Guatemala or Colombia"), NULL },
	{ "a4", N_("210 x 297 mm, as in Spain or Ecuador"), NULL },
	{ 0 },
};

const struct cli_choice words_choices[] = {
	{ WORDS_REASON, reason_words },
	{ WORDS_ROLE, roles },
	{ WORDS_STATE, states },
	{ WORDS_FORMAT, formats },
	{ WORDS_DATES, dates },
	{ WORDS_PAPER, papers },
	{ 0 },
};
/* clang-format on */
