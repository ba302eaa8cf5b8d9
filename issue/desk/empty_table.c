/*
 * empty_table.c - empty_table.h.
 */
#include "issue/desk/empty_table.h"

#include "base/html.h"
#include "base/i18n.h"
#include "issue/intake/template.h"

void
empty_table_offer(struct bytes *out)
{
	html_element(out, "p class=\"help\"",
	    _("No table yet? Take an empty one, fill in a line for each "
	      "person, save it as \"CSV UTF-8\", and choose it here."));
	bytes_add_text(out,
	    "<p class=\"acts\"><a class=\"button\" id=\"template-ods\" "
	    "href=\"/empty.ods\">");
	html_text(out, _("Empty table for a spreadsheet (ODS)"));
	bytes_add_text(out,
	    "</a>\n<a class=\"button\" id=\"template-csv\" "
	    "href=\"/empty.csv\">");
	html_text(out, _("Empty table (CSV)"));
	bytes_add_text(out, "</a></p>\n");
}

enum err
empty_table_csv(struct turn *turn, struct errtext *err)
{
	http_download(turn->answer, HTTP_TYPE_CSV, "people.csv");
	return template_csv(turn->out, err);
}

enum err
empty_table_ods(struct turn *turn, struct errtext *err)
{
	http_download(turn->answer, HTTP_TYPE_ODS, "people.ods");
	return template_ods(turn->center->list, turn->out, err);
}
