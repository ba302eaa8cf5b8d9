/*
 * backup_page.c - backups, of center_page.h.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "issue/center/backup.h"
#include "issue/desk/center_page.h"
#include "issue/desk/places.h"
#include "issue/desk/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define A_DAY 99 /* backups with names of one day */

/* Who can open what is made now, as a text; "" where nobody could. */
static void
add_code(void *arg, const char *code)
{
	struct bytes *codes = arg;

	bytes_addf(codes, "%s%s", codes->len > 0 ? ", " : "", code);
}

static void
say_openers(struct turn *turn)
{
	struct bytes codes = { 0 };
	struct errtext err = { 0 };

	if (backup_openers(turn->center, add_code, &codes, &err) != ERR_OK)
		html_element(turn->out, "p id=\"openers\"", err.text);
	else if (codes.len > 0 && !codes.failed)
		html_elementf(turn->out, "p id=\"openers\"",
		    _("It opens with today's passphrase of one of these "
		      "persons, and with nothing else: %s."),
		    (const char *)codes.at);
	bytes_free(&codes);
}

void
backup_page(struct turn *turn)
{
	struct bytes *out = turn->out;

	html_element(out, "h2", _("Backup"));
	html_element(out, "p",
	    _("Writes the whole register into one file, sealed, and reads it "
	      "back. It holds people's data: onto a stick that is locked "
	      "away."));
	say_openers(turn);
	ui_form(out, "/backup", "class=\"notice\"");
	ui_box(out,
	    &(struct ui_box){ .name = "to",
		.id = "backup-to",
		.label = _("Stick or folder"),
		.value = turn->desk->backup,
		.help = _("Sticks that are in are offered while you type. The "
			  "file gets the center's code and the day as its "
			  "name."),
		.more = "list=\"places\"" });
	places_add(out, NULL);
	ui_submit(out, "backup", _("Make a backup"));
	bytes_add_text(out, "</form>\n");
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "FOLDER/GTGUA01-2026-11-29.sello", or with -2 and so on; malloc'ed. What is no
 * folder is the file itself. */
static enum err
name_file(
    const struct turn *turn, const char *to, char **out, struct errtext *err)
{
	char today[CLOCK_DATE_SIZE] = "", more[8] = "";
	size_t len = strlen(to);

	if (!is_folder(to)) {
		*out = strdup(to);
		return *out != NULL ? ERR_OK : err_memory(err);
	}
	local_date(clock_now(), today);
	for (int i = 2; i <= A_DAY; i++) {
		if (asprintf(out, "%s%s%s-%s%s.sello", to,
			to[len - 1] == '/' ? "" : "/",
			turn->center->info.center, today, more) < 0) {
			*out = NULL;
			return err_memory(err);
		}
		if (!file_exists(*out))
			break;
		if (i < A_DAY)
			free(*out);
		snprintf(more, sizeof(more), "-%d", i);
	}
	return ERR_OK;
}

enum err
backup_page_act(struct turn *turn, struct errtext *err)
{
	struct desk *desk = turn->desk;
	const char *to = turn_form(turn, "to");
	char *path = NULL, *full;
	enum err rc;

	if (to[0] == '\0' || !text_copy(desk->backup, sizeof(desk->backup), to))
		return err_set(err, ERR_DATA,
		    _("choose a stick, or type the folder for the backup"));
	if ((rc = turn_stand(turn, ROLE_ANY, err)) == ERR_OK &&
	    (rc = file_parent_there(to, err)) == ERR_OK &&
	    (rc = name_file(turn, to, &path, err)) == ERR_OK &&
	    (rc = backup_write(turn->center, path, clock_now(), err)) ==
		ERR_OK) {
		/* a page does not show in which folder its program runs */
		full = realpath(path, NULL);
		desk_sayf(desk,
		    _("%s holds the whole register, sealed, and was read back. "
		      "It holds people's data: keep it locked away."),
		    full != NULL ? full : path);
		free(full);
	}
	free(path);
	return rc;
}
