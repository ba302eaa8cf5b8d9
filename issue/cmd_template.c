/* sello-issue template: an empty table of people to fill in. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/center.h"
#include "issue/commands.h"
#include "issue/intake/template.h"

#include <string.h>

static bool
ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), of = strlen(ending);

	return len > of && strcasecmp(name + len - of, ending) == 0;
}

/* csv or ods: as asked, else by the file's name. NULL for another word. */
static const char *
format_of(const struct cli *cli)
{
	const char *asked = cli_value(cli, "format");
	const char *name = cli->args[0];

	if (asked == NULL && ends_with(name, ".ods"))
		return "ods";
	/* what Excel would call a damaged workbook */
	if (asked == NULL)
		return ends_with(name, ".xlsx") || ends_with(name, ".xls")
		    ? NULL
		    : "csv";
	if (strcmp(asked, "csv") == 0 || strcmp(asked, "ods") == 0)
		return asked;
	return NULL;
}

static enum err
write_template(const struct cli *cli, const char *format, struct errtext *err)
{
	struct center *center = NULL;
	struct bytes file = { 0 };
	enum err rc = ERR_OK;

	/* with a home its own consulates and pathways are in the lists */
	if (cli->home != NULL)
		rc = center_open(cli->home, false, &center, err);
	if (rc == ERR_OK && strcmp(format, "ods") == 0)
		rc = template_ods(
		    center == NULL ? NULL : center->list, &file, err);
	else if (rc == ERR_OK)
		rc = template_csv(&file, err);
	if (rc == ERR_OK)
		rc = file_write_new(cli->args[0], 0644, file.at, file.len, err);
	if (rc == ERR_EXISTS)
		err_set(err, rc,
		    _("%s: there is such a file already and it was kept; "
		      "choose another name"),
		    cli->args[0]);
	bytes_free(&file);
	center_close(&center);
	return rc;
}

int
cmd_template(struct cli *cli)
{
	const char *format = format_of(cli);
	struct errtext err = { 0 };
	enum err rc;

	if (format == NULL)
		return cli_choice_usage(cli, "format");
	if ((rc = write_template(cli, format, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		json_t *object = json_object();

		json_set_text(object, "file", cli->args[0]);
		json_set_text(object, "format", format);
		json_line(object);
		return 0;
	}
	print(_("%s: an empty table, a line for each person."), cli->args[0]);
	print("\n%s\n",
	    _("Fill it in, save it as \"CSV UTF-8\", and check it with "
	      "sello-issue draft --dry-run."));
	return 0;
}
