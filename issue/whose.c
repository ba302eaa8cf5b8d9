/*
 * whose.c - whose.h.
 */
#include "issue/whose.h"

#include "base/i18n.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "letter/date.h"
#include "letter/xml.h"

static void
show(const struct issued *issued)
{
	struct letter letter = { 0 };

	if (issued->state == ISSUED_FORGOTTEN)
		print_to(stderr, _("%s: this letter's data was erased"),
		    issued->number);
	else if (xml_read(issued->xml.at, issued->xml.len, &letter, NULL) !=
	    ERR_OK)
		print_to(stderr, _("%s: the register's letter is not good"),
		    issued->number);
	else
		print_to(stderr, _("%s: %s%s%s, born %s, for %s"),
		    issued->number, letter.surnames,
		    letter.surnames[0] && letter.given_names[0] ? ", " : "",
		    letter.given_names,
		    date_shown(i18n_language(), letter.birth_date),
		    letter.consulate);
	print_to(stderr, "\n");
	letter_wipe(&letter);
}

enum err
whose_ask(const struct cli *cli, const struct issued *letters, size_t count,
    const char *question, struct errtext *err)
{
	if (!confirm_is_asked(cli))
		return ERR_OK;
	for (size_t i = 0; i < count; i++)
		show(&letters[i]);
	return confirm_person(cli, question, err);
}
