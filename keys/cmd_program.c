/*
 * cmd_program.c - sello-keys program: take program.ini.
 */
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "keys/commands.h"
#include "keys/program.h"
#include "scan/wrong_file.h"

#include <stdio.h>

static void
tell(const struct cli *cli, const struct home *home, const struct trust_list *p)
{
	const char *name = p->name[0] != '\0' ? p->name : home->info.name;
	json_t *o;

	if (!cli->json) {
		command_print(home->info.program, name);
		print(_("Consulates: %zu. Further pathways: %zu.\n"),
		    p->consulate_count, p->pathway_count);
		print("%s\n", _("They take effect with the next publish."));
		return;
	}
	o = json_object();
	json_set_text(o, "program", home->info.program);
	json_set_text(o, "name", name);
	json_object_set_new(
	    o, "consulates", json_integer((json_int_t)p->consulate_count));
	json_object_set_new(
	    o, "pathways", json_integer((json_int_t)p->pathway_count));
	json_line(o);
}

static enum err
read_program(const char *path, struct bytes *text, struct trust_list **out,
    struct errtext *err)
{
	enum err rc = file_read(path, PROGRAM_FILE_MAX, text, err);

	if (rc == ERR_OK &&
	    (rc = program_parse(text->at, text->len, out, err)) != ERR_OK)
		err_prefix(err, "%s", path);
	wrong_file_blame(path, FILE_PROGRAM, rc, err);
	return rc;
}

int
cmd_program(struct cli *cli)
{
	const char *path = cli->args[0];
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	struct trust_list *program = NULL;
	struct home *home = NULL;
	enum err rc;

	if ((rc = home_open(cli->home, &home, &err)) == ERR_OK &&
	    (rc = read_program(path, &text, &program, &err)) == ERR_OK &&
	    (rc = program_emblem(path, program, &err)) == ERR_OK &&
	    (rc = home_set_program(home, program, &err)) == ERR_OK)
		tell(cli, home, program);
	trust_free(&program);
	bytes_free(&text);
	home_close(&home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
