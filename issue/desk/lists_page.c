/*
 * lists_page.c - lists_page.h.
 */
#include "issue/desk/lists_page.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "http/words.h"
#include "issue/desk/ui.h"
#include "issue/wanted.h"

#include <string.h>

#define SHOWN_MAX 1000 /* lines of one page */

/* --- what is asked for ------------------------------------------------------ */

static const char *
query(const struct turn *turn, const char *name)
{
	const char *value = http_query(turn->request, name);

	return value != NULL ? value : "";
}

/* NULL where nothing was typed. */
static const char *
query_if(const struct turn *turn, const char *name)
{
	const char *value = query(turn, name);

	return value[0] != '\0' ? value : NULL;
}

static enum err
no_day(struct errtext *err)
{
	return err_set(err, ERR_DATA, _("a day is written as 2026-11-23"));
}

static enum err
take_appointments(
    const struct turn *turn, struct wanted *wanted, struct errtext *err)
{
	const char *day = query(turn, "day");
	int64_t days;

	if (wanted->consulate[0] == '\0')
		return err_set(err, ERR_DATA, _("choose a consulate"));
	if (day[0] != '\0' && !clock_parse_date(day, &days))
		return no_day(err);
	text_copy(wanted->appointment, sizeof(wanted->appointment), day);
	return ERR_OK;
}

static enum err
take_letters(
    const struct turn *turn, struct wanted *wanted, struct errtext *err)
{
	if (!wanted_days(wanted, query_if(turn, "from"), query_if(turn, "to")))
		return no_day(err);
	if (wanted->from >= wanted->to)
		return err_set(err, ERR_DATA,
		    _("the first day is later than the last one"));
	wanted->state = query_if(turn, "state");
	return ERR_OK;
}

static enum err
take_wanted(const struct turn *turn, struct wanted *wanted, struct errtext *err)
{
	bool appointments = strcmp(query(turn, "of"), "appointments") == 0;
	enum err rc;

	wanted_begin(wanted,
	    appointments ? LISTING_APPOINTMENTS : LISTING_LETTERS, clock_now());
	if (!wanted_consulate(wanted, query(turn, "consulate")))
		return err_set(err, ERR_DATA, _("choose a consulate"));
	rc = appointments ? take_appointments(turn, wanted, err)
			  : take_letters(turn, wanted, err);
	wanted_usable(wanted);
	return rc;
}

/* --- the forms -------------------------------------------------------------- */

static void
add_consulates(const struct turn *turn, const char *id, struct bytes *out)
{
	const struct trust_list *list = turn->center->list;
	const char *chosen = query(turn, "consulate");

	bytes_addf(out, "<div class=\"box\"><label for=\"%s\">", id);
	html_text(out, _("Consulate"));
	bytes_addf(out, "</label><select id=\"%s\" name=\"consulate\">", id);
	ui_option(out, "", "", chosen);
	for (size_t i = 0; list != NULL && i < list->consulate_count; i++)
		ui_option(out, list->consulates[i].code,
		    list->consulates[i].name, chosen);
	bytes_add_text(out, "</select></div>\n");
}

static void
add_states(const struct turn *turn, struct bytes *out)
{
	const char *chosen = query(turn, "state");

	bytes_add_text(out, "<div class=\"box\"><label for=\"state\">");
	html_text(out, _("State"));
	bytes_add_text(out, "</label><select id=\"state\" name=\"state\">");
	ui_option(out, "", "", chosen);
	for (int state = 0; state <= ISSUED_FORGOTTEN; state++) {
		const char *name =
		    register_letter_state_name((enum issued_state)state);

		ui_option(out, name, strcmp(_(name), name) != 0 ? _(name) : "",
		    chosen);
	}
	bytes_add_text(out, "</select></div>\n");
}

static void
begin_form(struct bytes *out, const char *of, const char *heading)
{
	bytes_addf(out,
	    "<form method=\"get\" action=\"/lists\" class=\"notice\" "
	    "id=\"list-%s\">",
	    of);
	html_element(out, "h3", heading);
	ui_hidden(out, "of", of);
}

static void
add_day(const struct turn *turn, const char *name, const char *label,
    const char *value, const char *help)
{
	const char *asked = http_query(turn->request, name);

	ui_box(turn->out,
	    &(struct ui_box){ .name = name,
		.label = label,
		.value = asked != NULL ? asked : value,
		.help = help,
		.more = "maxlength=\"10\"" });
}

static void
add_forms(struct turn *turn)
{
	struct bytes *out = turn->out;
	char today[CLOCK_DATE_SIZE] = "";

	local_date(clock_now(), today);
	ui_no_list(turn, out);
	bytes_add_text(out, "<div class=\"grid asking\">\n");
	begin_form(out, "letters", _("Letters of a day"));
	add_day(turn, "from", _("From"), today, NULL);
	add_day(turn, "to", _("To"), today, _("Days like 2026-11-23."));
	add_consulates(turn, "letters-consulate", out);
	add_states(turn, out);
	ui_submit(out, "show-letters", _("Show the list"));
	bytes_add_text(out, "</form>\n");
	begin_form(out, "appointments", _("Appointments at a consulate"));
	add_consulates(turn, "appointments-consulate", out);
	add_day(turn, "day", _("Day"), "", _("Left empty: all from today on."));
	ui_submit(out, "show-appointments", _("Show the list"));
	bytes_add_text(out, "</form></div>\n");
}

/* --- the list --------------------------------------------------------------- */

struct listed_page {
	struct listing listing;
	size_t max, left;
};

static bool
add_line(void *arg, const struct listed *listed)
{
	struct listed_page *page = arg;

	if (page->listing.count < page->max)
		listing_add(&page->listing, listed, NULL);
	else
		page->left++;
	return true;
}

static enum err
make_list(struct turn *turn, const struct wanted *wanted,
    enum listing_form form, struct listed_page *page, struct errtext *err)
{
	enum err rc;

	*page = (struct listed_page){ .max = form == LISTING_PAGE ? SHOWN_MAX
								  : SIZE_MAX };
	listing_begin(&page->listing, form, wanted->kind);
	rc = wanted_each(turn->center, wanted, add_line, page, err);
	if (rc == ERR_OK && page->listing.count == 0)
		rc = wanted_check_consulate(turn->center, wanted, err);
	return rc == ERR_USAGE ? ERR_DATA : rc;
}

/* "Letters of a day: 2026-11-29, ES-GTGUA": paper must say itself what it is. */
static void
add_title(struct turn *turn, const struct wanted *wanted)
{
	bool appointments = wanted->kind == LISTING_APPOINTMENTS;
	const char *from = query(turn, appointments ? "day" : "from");
	const char *to = query(turn, appointments ? "day" : "to");
	struct bytes *out = turn->out;

	bytes_add_text(out, "<h3 id=\"list-title\">");
	html_text(out,
	    appointments ? _("Appointments at a consulate")
			 : _("Letters of a day"));
	bytes_add_text(out, ": ");
	html_text(out, from);
	if (strcmp(from, to) != 0) {
		bytes_add_text(out, " – ");
		html_text(out, to);
	}
	html_text(out, " ");
	html_text(out, wanted->consulate);
	if (!appointments && wanted->state != NULL) {
		html_text(out, " ");
		html_text(out, _(wanted->state));
	}
	bytes_add_text(out, "</h3>\n");
	html_elementf(out, "p class=\"of\"", "%s (%s)", turn->center->info.name,
	    turn->center->info.center);
}

/* The same address, of the file. */
static void
add_file(const struct turn *turn, struct bytes *out)
{
	static const char *const names[] = { "of", "from", "to", "consulate",
		"state", "day" };

	bytes_add_text(out, "<form method=\"get\" action=\"/lists.csv\">");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (query_if(turn, names[i]) != NULL)
			ui_hidden(out, names[i], query(turn, names[i]));
	bytes_add_text(out, "<button type=\"submit\" id=\"csv-file\">");
	html_text(out, _("Keep as a file (CSV)"));
	bytes_add_text(out, "</button></form>\n");
}

static void
add_list_acts(const struct turn *turn, struct bytes *out)
{
	bytes_add_text(out,
	    "<div class=\"acts\"><button type=\"button\" id=\"print-list\" "
	    "data-print>");
	html_text(out, _("Print the list"));
	bytes_add_text(out, "</button>\n");
	add_file(turn, out);
	bytes_add_text(out, "</div>");
	html_element(out, "p class=\"help no-print\"",
	    _("List and file hold personal data: keep them safe, and delete "
	      "the file when it was used."));
}

static void
add_list(struct turn *turn)
{
	struct bytes *out = turn->out;
	struct wanted wanted;
	struct listed_page page = { 0 };
	struct errtext err = { 0 };
	size_t count;
	enum err rc = take_wanted(turn, &wanted, &err);

	if (rc == ERR_OK)
		rc = make_list(turn, &wanted, LISTING_PAGE, &page, &err);
	if (rc != ERR_OK) {
		listing_clear(&page.listing);
		words_element(
		    out, "p class=\"problem\" role=\"alert\"", err.text);
		return;
	}
	add_title(turn, &wanted);
	if ((count = page.listing.count) == 0) {
		listing_clear(&page.listing);
		html_element(out, "p id=\"none\"", _("Nothing in this list."));
		return;
	}
	add_list_acts(turn, out);
	bytes_add_text(
	    out, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attribute(out, "aria-labelledby", "list-title");
	bytes_add_text(out, ">\n");
	listing_take(&page.listing, out);
	bytes_add_text(out, "</div>\n");
	html_element(out, "p id=\"count\"", COUNTED(LINES, count));
	if (page.left > 0)
		html_elementf(out, "p class=\"problem\"",
		    ngettext("%zu more line is in the file alone.",
			"%zu more lines are in the file alone.", page.left),
		    page.left);
}

void
lists_page(struct turn *turn)
{
	html_element(turn->out, "h2", _("Lists"));
	add_forms(turn);
	if (query(turn, "of")[0] != '\0')
		add_list(turn);
}

enum err
lists_page_csv(struct turn *turn, struct errtext *err)
{
	struct wanted wanted;
	struct listed_page page = { 0 };
	enum err rc = take_wanted(turn, &wanted, err);

	if (rc == ERR_OK)
		rc = make_list(turn, &wanted, LISTING_CSV, &page, err);
	if (rc == ERR_OK) {
		listing_take(&page.listing, turn->out);
		http_download(turn->answer, HTTP_TYPE_CSV,
		    wanted.kind == LISTING_APPOINTMENTS ? "appointments.csv"
							: "letters.csv");
	}
	listing_clear(&page.listing);
	return rc;
}
