/*
 * letters_page.c - letters_page.h: what is shown. What is done with letters is
 * in letters_act.c.
 */
#include "issue/desk/letters_page.h"

#include "base/ascii.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "http/words.h"
#include "issue/desk/print_page.h"
#include "issue/desk/ui.h"
#include "issue/found.h"
#include "issue/reason.h"
#include "letter/date.h"
#include "letter/number.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX 50 /* letters of one page */

struct found_letters {
	struct turn *turn;
	const struct seek *seek; /* NULL: not by a name or day */
	const char *reference;   /* NULL: not by a case */
	bool alone;              /* the only one: it is opened */
	size_t count, left;
};

/* --- one letter ------------------------------------------------------------ */

static void
add_head(struct bytes *out, const struct listed *listed)
{
	char names[2 * LETTER_NAME_SIZE + 2], day[CLOCK_DATE_SIZE] = "";
	const struct letter *l = &listed->letter;

	snprintf(names, sizeof(names), "%s%s%s", l->surnames,
	    l->surnames[0] && l->given_names[0] ? ", " : "", l->given_names);
	if (listed->is_letter)
		local_date(listed->issued_at, day);
	bytes_add_text(out, "<div class=\"head\">");
	if (listed->is_letter)
		html_element(out, "b class=\"id\"", listed->number);
	else
		html_elementf(out, "b class=\"id\"", _("draft %lld"),
		    (long long)listed->draft);
	bytes_add_text(out, "<span class=\"who\">");
	html_stranger(out, names);
	bytes_add_text(out, "</span>");
	html_element(out, "span", date_shown(i18n_language(), l->birth_date));
	html_element(out, "span", l->case_reference);
	bytes_addf(out, "<span data-state=\"%s\">", listed->state);
	html_text(out, _(listed->state));
	bytes_add_text(out, "</span>");
	if (listed->is_letter)
		html_elementf(out, "span",
		    ngettext("%s, %d copy", "%s, %d copies",
			(unsigned long)listed->copies),
		    day, listed->copies);
	bytes_add_text(out, "</div>\n");
	OPENSSL_cleanse(names, sizeof(names));
}

static void
add_reasons(struct bytes *out)
{
	bytes_add_text(out, "<div class=\"box\"><label for=\"reason\">");
	html_text(out, _("Why it is withdrawn, for good"));
	bytes_add_text(out, "</label><select id=\"reason\" name=\"reason\">");
	ui_option(out, "", "", "");
	for (size_t i = 0; i < REASON_COUNT; i++)
		ui_option(out, reason_words[i].word,
		    reason_meaning(reason_words[i].word), "");
	bytes_add_text(out, "</select></div>\n");
}

/* The boxes of the one letter that something is done with. */
static void
add_boxes(const struct turn *turn, bool good)
{
	struct bytes *out = turn->out;

	bytes_add_text(out, "<div class=\"boxes\">\n");
	if (good)
		ui_box(out,
		    &(struct ui_box){ .name = "why",
			.label = _("Why it is printed again"),
			.help = _("The copy is counted; the reason stays in "
				  "the register."),
			.more = "maxlength=\"200\"" });
	add_reasons(out);
	ui_second(out);
	ui_confirm(out, turn);
	bytes_add_text(out, "</div>\n");
}

/* One of several to be put into one PDF. */
static void
add_choice(struct bytes *out, const char *number)
{
	bytes_addf(out,
	    "<label class=\"check\"><input type=\"checkbox\" name=\"number\" "
	    "form=\"join\" value=\"%s\"> ",
	    number);
	html_text(out, _("Into one PDF"));
	bytes_add_text(out, "</label>\n");
}

static void
add_print(struct turn *turn, const char *number)
{
	struct bytes *out = turn->out;

	bytes_addf(out,
	    "<a class=\"button\" data-act=\"print\" href=\"/print/%s\" "
	    "target=\"_blank\">",
	    number);
	html_text(out, _("Print"));
	bytes_add_text(out, "</a>\n");
	if (print_has_printer(turn->desk))
		ui_act(out, "lp", _("To the printer"));
	ui_act(out, "reprint", _("Print again, counted"));
}

/* What is withdrawn already can be so for fraud, too, and nothing else. */
static void
add_letter(const struct found_letters *found, const struct listed *listed)
{
	struct turn *turn = found->turn;
	struct bytes *out = turn->out;
	char attributes[96], copies[16];
	bool open =
	    found->alone || strcmp(turn->desk->letter, listed->number) == 0;
	bool good = strcmp(listed->state, "issued") == 0;

	snprintf(attributes, sizeof(attributes),
	    "class=\"item%s\" data-letter=\"%s\"", open ? " open" : "",
	    listed->number);
	ui_form(out, "/letters", attributes);
	ui_hidden(out, "number", listed->number);
	snprintf(copies, sizeof(copies), "%d", listed->copies);
	ui_hidden(out, "copies", copies);
	add_head(out, listed);
	if (open && good)
		print_add_before(turn, listed->number, listed->copies);
	if (open)
		add_boxes(turn, good);
	bytes_add_text(out, "<div class=\"acts\">");
	if (!open)
		ui_act(out, "open", _("Open"));
	if (good)
		add_print(turn, listed->number);
	ui_act(out, "withdraw", _("Withdraw"));
	if (good)
		ui_act(out, "correct", _("Correct"));
	if (good)
		add_choice(out, listed->number);
	bytes_add_text(out, "</div></form>\n");
}

static bool
add_found(void *arg, const struct listed *listed)
{
	struct found_letters *found = arg;

	if (found->seek != NULL && found_match(found->seek, listed) == NULL)
		return true;
	if (found->reference != NULL &&
	    strcmp(listed->letter.case_reference, found->reference) != 0)
		return true;
	if (found->count >= SHOWN_MAX) {
		found->left++;
		return true;
	}
	found->count++;
	if (listed->is_letter)
		add_letter(found, listed);
	else {
		bytes_add_text(
		    found->turn->out, "<div class=\"item\" data-found>");
		add_head(found->turn->out, listed);
		bytes_add_text(found->turn->out, "</div>\n");
	}
	return true;
}

/* --- whom is looked for ---------------------------------------------------- */

static enum err
by_number(struct found_letters *found, const char *number, struct errtext *err)
{
	struct issued issued = { 0 };
	enum err rc = register_letter_load(
	    found->turn->center->reg, number, &issued, err);

	if (rc == ERR_OK)
		rc = register_listed_one(found->turn->center->reg, issued.draft,
		    add_found, found, err);
	register_letter_clear(&issued);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* Ten capitals and digits may be a case, or a name. */
static enum err
by_reference(
    struct found_letters *found, const char *query, struct errtext *err)
{
	char reference[11];
	enum err rc;

	if (strlen(query) != sizeof(reference) - 1)
		return ERR_OK;
	for (size_t i = 0; i < sizeof(reference); i++)
		reference[i] = query[i] >= 'a' && query[i] <= 'z'
		    ? (char)(query[i] - 'a' + 'A')
		    : query[i];
	found->reference = reference;
	rc = register_listed_letters(
	    found->turn->center->reg, add_found, found, err);
	found->reference = NULL;
	return rc;
}

static enum err
parse(struct seek *seek, const char *query, struct errtext *err)
{
	char word[sizeof(((struct desk *)0)->query)];
	enum err rc = ERR_OK;

	while (rc == ERR_OK && *query != '\0') {
		size_t len;

		query += strspn(query, " \t");
		len = strcspn(query, " \t");
		if (len == 0)
			break;
		memcpy(word, query, len);
		word[len] = '\0';
		rc = seek_parse(seek, word, err);
		query += len;
	}
	OPENSSL_cleanse(word, sizeof(word));
	return rc;
}

static enum err
by_words(struct found_letters *found, const char *query, struct errtext *err)
{
	struct registry *reg = found->turn->center->reg;
	struct seek seek = { 0 };
	struct found who = { 0 };
	enum err rc = parse(&seek, query, err);

	if (rc == ERR_OK && seek.word_count + seek.date_count > 0)
		rc = found_look(&who, &seek, reg, err);
	if (rc == ERR_OK && who.slips)
		html_element(found->turn->out, "p",
		    _("Nobody is written so; these names are near to it:"));
	found->seek = &seek;
	found->alone = who.count == 1 && !who.slips;
	for (size_t i = 0; i < who.count && rc == ERR_OK; i++)
		rc = register_listed_one(
		    reg, who.draft[i], add_found, found, err);
	found->seek = NULL;
	found_clear(&who);
	OPENSSL_cleanse(&seek, sizeof(seek));
	return rc;
}

static enum err
look(struct found_letters *found, const char *query, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	struct letter_number parsed;
	enum err rc;

	if (number_parse_loose(query, &parsed) &&
	    number_format(&parsed, number)) {
		found->alone = true;
		return by_number(found, number, err);
	}
	rc = by_reference(found, query, err);
	return rc == ERR_OK && found->count == 0 ? by_words(found, query, err)
						 : rc;
}

/* --- the page -------------------------------------------------------------- */

/* Without a question: the newest, which are those to be printed. */
static enum err
newest(struct found_letters *found, struct errtext *err)
{
	const struct desk *desk = found->turn->desk;
	enum err rc = ERR_OK;

	found->alone = desk->signed_count == 1;
	for (size_t i = desk->signed_count; i-- > 0 && rc == ERR_OK;)
		rc = by_number(found, desk->signed_now[i], err);
	return rc;
}

static void
add_join(struct turn *turn)
{
	ui_form(turn->out, "/joined", "id=\"join\" class=\"acts\"");
	ui_act(turn->out, "join", _("One PDF of those chosen"));
	if (turn->desk->signed_count > 1)
		ui_act(turn->out, "signed", _("One PDF of all signed now"));
	bytes_add_text(turn->out, "</form>\n");
}

void
letters_page(struct turn *turn)
{
	struct found_letters found = { .turn = turn };
	const char *query = turn->desk->query;
	struct bytes *out = turn->out;
	struct errtext err = { 0 };
	enum err rc;

	html_element(out, "h2", _("Letters"));
	ui_form(out, "/search", "class=\"notice search\" role=\"search\"");
	ui_box(out,
	    &(struct ui_box){ .name = "search",
		.type = "search",
		.label = _("Look for a letter"),
		.value = query,
		.help = _("A name, a letter number, a case reference, or a "
			  "day like 1990-05-02: born or issued then.") });
	ui_submit(out, "look", _("Look"));
	bytes_add_text(out, "</form>\n");
	print_add_joined(turn);
	if (query[0] != '\0')
		rc = look(&found, query, &err);
	else
		rc = newest(&found, &err);
	if (rc != ERR_OK)
		words_element(out, "p class=\"problem\"", err.text);
	else if (query[0] != '\0' && found.count == 0)
		html_element(out, "p id=\"none\"",
		    _("nobody was found; try one surname, or part of it, or "
		      "the birth date like 1990-05-02. Discarded drafts and "
		      "forgotten letters have no names any more"));
	if (found.count > 0)
		add_join(turn);
	if (found.left > 0)
		html_elementf(out, "p",
		    ngettext("%zu more; give another word or the birth date.",
			"%zu more; give another word or the birth date.",
			found.left),
		    found.left);
}

enum err
letters_page_search(struct turn *turn, struct errtext *err)
{
	struct desk *desk = turn->desk;

	OPENSSL_cleanse(desk->letter, sizeof(desk->letter));
	if (!text_copy(
		desk->query, sizeof(desk->query), turn_form(turn, "search")))
		return err_set(err, ERR_DATA, _("that is too long"));
	return ERR_OK;
}
