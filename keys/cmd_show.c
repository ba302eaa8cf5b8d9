/*
 * cmd_show.c - sello-keys show: what a file is, found by its content.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "keys/show.h"
#include "scan/wrong_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
contains(const struct bytes *data, const char *text)
{
	return memmem(data->at, data->len, text, strlen(text)) != NULL;
}

/* One row a kind: the words that only this kind has, first match counts. */
static const struct {
	const char *mark;
	enum err (*show)(const struct show *show, const struct shown *file,
	    struct errtext *err);
} kinds[] = {
	{ "urn:sello:trust:1", show_list },
	{ "urn:sello:letter:", show_letter },
	{ "-----BEGIN CERTIFICATE REQUEST-----", show_center_request },
	{ "sello-post/", show_post_request },
	{ "-----BEGIN CERTIFICATE-----", show_certificate },
	{ "\n\n\xe2\x80\x94 ", show_head }, /* a note's signatures */
};
#define KIND_TOTAL (sizeof(kinds) / sizeof(kinds[0]))

/* Why nothing of it is shown here. */
static const char *
what_else(const struct bytes *data)
{
	const char *is = wrong_file_is(data);

	return is != NULL ? is
			  : _("neither certificate, request, trust list, "
			      "letter nor head of a log");
}

static enum err
show_file(const struct show *show, const char *path,
    const struct show_input *input, struct errtext *err)
{
	const struct bytes *data = &input->data;
	struct shown file = { path, data };
	enum err rc = input->rc;
	size_t i;

	if (rc != ERR_OK)
		return err_set(err, rc, "%s", input->err.text);
	for (i = 0; i < KIND_TOTAL; i++)
		if (contains(data, kinds[i].mark))
			break;
	if (i < KIND_TOTAL)
		rc = kinds[i].show(show, &file, err);
	else if (data->len > 0 && data->at[0] == 0x30) /* DER */
		rc = show_certificate(show, &file, err);
	else
		rc = err_set(err, ERR_DATA, "%s", what_else(data));
	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	return rc;
}

static enum err
read_inputs(struct show *show, struct errtext *err)
{
	const struct cli *cli = show->cli;
	struct show_input *input;
	int i;

	show->inputs =
	    calloc((size_t)cli->arg_count + 1, sizeof(show->inputs[0]));
	if (show->inputs == NULL)
		return err_memory(err);
	for (i = 0; i < cli->arg_count; i++) {
		input = &show->inputs[i];
		input->rc = file_read(
		    cli->args[i], TRUST_XML_MAX, &input->data, &input->err);
	}
	return ERR_OK;
}

/* --- roots ---------------------------------------------------------------- */

static void
add_root(struct show *show, X509 *cert)
{
	struct root_info info;

	if (cert_read_root(cert, &info, NULL) == ERR_OK)
		show->roots[show->root_count++] = cert;
	else
		X509_free(cert);
}

/* The home's root, and every root certificate among the files. */
static enum err
find_roots(struct show *show, struct errtext *err)
{
	const struct cli *cli = show->cli;
	X509 *cert = NULL;
	int i;

	show->roots = calloc((size_t)cli->arg_count + 1, sizeof(*show->roots));
	if (show->roots == NULL)
		return err_memory(err);
	if (show->home != NULL) {
		X509_up_ref(show->home->root);
		show->roots[show->root_count++] = show->home->root;
	}
	for (i = 0; i < cli->arg_count; i++)
		if (cert_parse(show->inputs[i].data.at,
			show->inputs[i].data.len, &cert, NULL) == ERR_OK)
			add_root(show, cert);
	return ERR_OK;
}

/* A list that one of the roots signed serves the other files. */
static void
read_list(struct show *show, const struct bytes *xml)
{
	size_t i;

	for (i = 0; i < show->root_count && show->list == NULL; i++)
		trust_read(
		    xml->at, xml->len, show->roots[i], &show->list, NULL);
}

static void
find_list(struct show *show)
{
	const struct cli *cli = show->cli;
	int i;

	for (i = 0; i < cli->arg_count && show->list == NULL; i++)
		if (show->inputs[i].data.len > 0)
			read_list(show, &show->inputs[i].data);
}

static void
show_clear(struct show *show)
{
	size_t i;
	int k;

	for (k = 0; show->inputs != NULL && k < show->cli->arg_count; k++)
		bytes_free(&show->inputs[k].data);
	free(show->inputs);
	for (i = 0; i < show->root_count; i++)
		X509_free(show->roots[i]);
	free(show->roots);
	trust_free(&show->list);
	home_close(&show->home);
}

/* SELLO_HOME may be another program's: only --home itself must be right. */
static enum err
set_up(struct show *show, struct errtext *err)
{
	const struct cli *cli = show->cli;
	enum err rc = ERR_OK;

	if (cli->home != NULL &&
	    (cli_has(cli, "home") ||
		home_refuse_there(cli->home, NULL) != ERR_OK))
		rc = home_open(cli->home, &show->home, err);
	if (rc == ERR_OK && show->home != NULL)
		rc = home_list(show->home, &show->list, err);
	if (rc == ERR_OK && show->certificates != NULL)
		rc = file_parent_there(show->certificates, err);
	if (rc == ERR_OK && show->certificates != NULL)
		rc = file_mkdir(show->certificates, 0755, err);
	if (rc == ERR_OK)
		rc = read_inputs(show, err);
	if (rc == ERR_OK)
		rc = find_roots(show, err);
	if (rc == ERR_OK)
		find_list(show);
	return rc;
}

/* Every file is shown; the first failure is the exit status. */
int
cmd_show(struct cli *cli)
{
	struct show show = {
		.cli = cli,
		.certificates = cli_value(cli, "certificates"),
	};
	struct errtext err = { 0 };
	int exit_status = 0, failed, i;
	enum err rc = set_up(&show, &err);

	if (rc != ERR_OK)
		exit_status = cli_fail(cli, rc, &err);
	for (i = 0; i < cli->arg_count && rc == ERR_OK; i++) {
		enum err one =
		    show_file(&show, cli->args[i], &show.inputs[i], &err);

		failed = one == ERR_OK ? 0 : cli_fail(cli, one, &err);
		if (exit_status == 0)
			exit_status = failed;
	}
	if (show.list != NULL)
		command_warn_ending(cli, show.list, clock_now());
	show_clear(&show);
	return exit_status;
}
