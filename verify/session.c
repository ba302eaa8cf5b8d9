/*
 * session.c - session.h.
 */
#include "verify/session.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/cli.h"
#include "verify/knowledge.h"
#include "verify/look.h"
#include "verify/proofs.h"
#include "verify/selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static void
had_trouble(struct session *session, enum err rc, const struct errtext *err)
{
	int status = cli_fail(session->cli, rc, err);

	if (session->trouble == 0)
		session->trouble = status;
}

/* DIR/NUMBER.xml, the same bytes from file and from paper. */
static void
save(struct session *session, const struct judged *judged)
{
	struct errtext err = { 0 };
	char name[LETTER_NUMBER_SIZE + sizeof(".xml")];
	char *path;
	enum err rc;

	snprintf(name, sizeof(name), "%s.xml", judged->number);
	if ((path = file_join(session->save, name)) == NULL)
		rc = err_memory(&err);
	else if ((rc = file_parent_there(session->save, &err)) == ERR_OK &&
	    (rc = file_mkdir(session->save, 0700, &err)) == ERR_OK)
		rc = file_write_new(
		    path, 0600, judged->xml.at, judged->xml.len, &err);
	if (rc != ERR_OK)
		had_trouble(session, rc, &err);
	else if (!session->cli->json)
		print_to(session->display.out, "  %s %s\n",
		    _("The letter's file is saved:"), path);
	free(path);
}

static void
warn_of(void *cli, const char *label, const char *text)
{
	(void)label;
	cli_warn(cli, "%s", text);
}

static void
warn(struct session *session)
{
	const struct post *post = session->post;

	session->warned = post->renewed;
	knowledge_troubles(post, warn_of, session->cli);
}

static void
print_json(const struct session *session, const struct judged *judged)
{
	json_t *objects = json_array(), *object;
	size_t i;

	display_add_objects(&session->judge, judged, objects);
	json_array_foreach(objects, i, object) json_line(json_incref(object));
	json_decref(objects);
}

static void
print_text(struct session *session, const struct judged *judged)
{
	if (session->shown++ > 0)
		print_to(session->display.out, "\n");
	display_text(&session->display, &session->judge, judged);
	summary_add(
	    &session->summary, &session->display, &session->judge, judged);
}

static void
keep_proof(const struct session *session, const struct judged *judged)
{
	struct errtext said = { 0 };

	proofs_keep(&session->judge, judged, &said);
	if (said.text[0] != '\0' && !session->cli->json)
		look_lines(session->display.out, said.text);
}

static void
tell(const struct judged *judged, void *arg)
{
	struct session *session = arg;
	int status = verdict_table[judged->result.verdict].exit;

	progress_end(&session->progress);
	if (session->post->renewed != session->warned)
		warn(session);
	if (session->cli->json)
		print_json(session, judged);
	else
		print_text(session, judged);
	keep_proof(session, judged);
	if (status > session->status)
		session->status = status;
	if (judged->unrecorded != ERR_OK)
		had_trouble(
		    session, judged->unrecorded, &judged->unrecorded_why);
	if (verdict_shows_letter(&judged->result) && session->save != NULL)
		save(session, judged);
}

/*
 * --record, --answer, --at, --save; false after a usage message. A counter
 * records unless it is told not to: what is found about copies of a letter, or
 * about one outside the log, is found by what was recorded.
 */
static bool
read_options(struct session *session, enum presented_when presented)
{
	struct cli *cli = session->cli;

	session->judge.record = presented == PRESENTED_OTHER_VISIT
	    ? !cli_has(cli, "no-record")
	    : cli_has(cli, "record");
	session->judge.answer = cli_value(cli, "answer");
	session->save = cli_value(cli, "save");
	session->judge.at_given = cli_has(cli, "at");
	return cli_time(cli, "at", clock_now(), &session->judge.now);
}

int
session_open(
    struct session *session, struct cli *cli, enum presented_when presented)
{
	struct errtext err = { 0 };
	enum err rc;

	*session = (struct session){ .cli = cli };
	if (!read_options(session, presented))
		return EX_USAGE;
	if ((rc = post_open(cli->home, &session->post, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	warn(session);
	session->judge.post = session->post;
	session->judge.presented = presented;
	session->judge.selftest_failed = !selftest_run();
	session->judge.tell = tell;
	session->judge.arg = session;
	session->display = (struct display){
		.out = stdout, .color = cli_color(cli), .compare = true
	};
	return 0;
}

void
session_scan(struct session *session, size_t number)
{
	char now[LOCAL_CLOCK_SIZE];

	local_clock(clock_now(), now);
	snprintf(session->label, sizeof(session->label), _("scan %zu, %s"),
	    number, now);
	session->display.label = session->label;
}

void
session_summary(struct session *session)
{
	summary_print(&session->summary, &session->display, &session->judge);
	summary_wipe(&session->summary);
}

int
session_close(struct session *session)
{
	summary_wipe(&session->summary);
	/* after judging: a check must not raise the mark it is judged by */
	post_mark(session->post, clock_now());
	post_free(&session->post);
	return session->trouble != 0 ? session->trouble : session->status;
}
