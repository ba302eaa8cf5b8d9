/*
 * publish_page.c - publishing, of center_page.h.
 */
#include "issue/desk/center_page.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "issue/center/publication.h"
#include "issue/deeds.h"
#include "issue/desk/places.h"
#include "issue/desk/ui.h"
#include "issue/reminders.h"

#include <stdio.h>
#include <string.h>

void
publish_page(struct turn *turn)
{
	struct bytes *out = turn->out;

	html_element(out, "h2", _("Publish"));
	html_element(out, "p",
	    _("Copies the signature log to a stick or folder, for posts and "
	      "auditors. It has no personal data."));
	ui_form(out, "/publish", "class=\"notice\"");
	ui_box(out,
	    &(struct ui_box){ .name = "to",
		.id = "publish-to",
		.label = _("Stick or folder"),
		.value = turn->desk->target,
		.help = _("Sticks that are in, and folders of before, are "
			  "offered while you type."),
		.more = "list=\"places\"" });
	places_add(out, turn->center->reg);
	bytes_add_text(out,
	    "<label class=\"check\"><input type=\"checkbox\" "
	    "name=\"close-day\" value=\"1\" id=\"close-day\"> ");
	html_text(out, _("Close the day: nothing was entered after this"));
	bytes_add_text(out, "</label>\n");
	bytes_add_text(out,
	    "<label class=\"check\"><input type=\"checkbox\" name=\"new\" "
	    "value=\"1\" id=\"new-stick\"> ");
	html_text(out, _("This is a new stick in the place of another one"));
	bytes_add_text(out, "</label>\n");
	ui_second(out);
	ui_confirm(out, turn);
	ui_submit(out, "publish", _("Publish"));
	bytes_add_text(out, "</form>\n");
}

/* --- doing it --------------------------------------------------------------- */

struct telling {
	struct turn *turn;
	unsigned logs;
};

static void
told(void *arg, const struct published *published)
{
	struct telling *telling = arg;
	uint64_t new = published->report.size - published->report.from;
	char at[LOCAL_SIZE] = "";

	telling->logs++;
	reminders_published(telling->turn->center, clock_now(),
	    published->generation, published->report.size);
	local_format(published->as_of, at);
	if (new == 0)
		desk_sayf(telling->turn->desk,
		    _("Log %u: nothing new, %s as of %s."),
		    published->generation,
		    COUNTED(LINES, published->report.size), at);
	else
		desk_sayf(telling->turn->desk,
		    _("Log %u: %s, %llu in all, as of %s."),
		    published->generation, COUNTED(NEW_LINES, new),
		    (unsigned long long)published->report.size, at);
}

static enum err
close_day(struct turn *turn, struct errtext *err)
{
	enum err rc = turn_act(turn, false, ROLE_ANY, false, err);

	if (rc == ERR_OK)
		rc = deed_close_day(turn->act, err);
	turn_act_end(turn);
	return rc;
}

enum err
publish_page_act(struct turn *turn, struct errtext *err)
{
	struct telling telling = { .turn = turn };
	const char *to = turn_form(turn, "to");
	bool closes = turn_form(turn, "close-day")[0] != '\0';
	enum err rc;

	if (to[0] == '\0' ||
	    !text_copy(turn->desk->target, sizeof(turn->desk->target), to))
		return err_set(err, ERR_DATA,
		    _("choose a stick, or type the folder to publish to"));
	if ((rc = file_parent_there(to, err)) != ERR_OK ||
	    (rc = file_folder_ready(to, err)) != ERR_OK ||
	    (turn_form(turn, "new")[0] == '\0' &&
		(rc = publication_expect(turn->center, to, err)) != ERR_OK))
		return rc;
	if (closes && (rc = close_day(turn, err)) != ERR_OK)
		return rc;
	rc = publication_write(
	    turn->center, to, clock_now(), told, &telling, err);
	if (rc != ERR_OK)
		return closes ? deed_day_is_closed(rc, err) : rc;
	if (telling.logs == 0)
		desk_say(turn->desk,
		    _("There is nothing to publish yet: the log begins with "
		      "the first letter."));
	else
		desk_say(turn->desk,
		    _("Bring this folder to the posts and to the auditor "
		      "(sello-verify sync)."));
	return ERR_OK;
}
