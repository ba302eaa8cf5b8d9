/* sello-issue card: the page that is read aloud when a letter is handed over.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "sheet/card.h"

#include <string.h>

static enum err
write_card(const struct cli *cli, struct errtext *err)
{
	char now[CLOCK_INSTANT_SIZE] = "";
	struct center *center = NULL;
	struct bytes pdf = { 0 };
	enum err rc = center_open(cli->home, false, &center, err);

	if (rc != ERR_OK)
		return rc;
	clock_format(clock_now(), now);
	rc = card_pdf(&(struct card){ .center = center->info.name,
			  .hotline = center->info.hotline,
			  .date = now,
			  .paper = command_paper(cli, center) },
	    &pdf, err);
	if (rc == ERR_OK)
		rc = file_write_new(cli->args[0], 0644, pdf.at, pdf.len, err);
	if (rc == ERR_EXISTS)
		err_set(err, rc,
		    _("%s: there is such a file already and it was kept; "
		      "choose another name"),
		    cli->args[0]);
	bytes_free(&pdf);
	center_close(&center);
	return rc;
}

int
cmd_card(struct cli *cli)
{
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = write_card(cli, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		json_t *object = json_object();

		json_set_text(object, "file", cli->args[0]);
		json_line(object);
		return 0;
	}
	print(_("%s: print it, and read it aloud, in Spanish, when you hand a "
		"letter over."),
	    cli->args[0]);
	print("\n");
	return 0;
}
