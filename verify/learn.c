/*
 * learn.c - learn.h.
 */
#include "verify/learn.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "verify/post/post.h"
#include "verify/post/post_disk.h"
#include "verify/post/post_list.h"
#include "verify/post/sync.h"

#include <string.h>
#include <unistd.h>

static const char *const kinds[] = {
	[SYNC_SOURCE] = "source",
	[SYNC_LIST] = "list",
	[SYNC_LOG] = "log",
	[SYNC_PRESENTATION] = "presentation",
	[SYNC_REPORT] = "report",
};

static void
set_number(json_t *line, const char *key, uint64_t value)
{
	json_object_set_new(line, key, json_integer((json_int_t)value));
}

static void
add_details(json_t *line, const struct sync_event *e)
{
	if (e->kind == SYNC_LOG && e->center != NULL) {
		json_set_text(line, "center", e->center);
		set_number(line, "generation", e->generation);
		set_number(line, "size", e->log->size);
		set_number(line, "new", e->log->added);
		if (e->log->as_of != 0)
			json_set_time(line, "asOf", e->log->as_of);
		else
			json_set_text(line, "asOf", NULL);
	}
	if (e->kind == SYNC_PRESENTATION)
		json_set_text(line, "letterNumber", e->number);
	if (e->kind == SYNC_REPORT) {
		json_set_text(line, "post", e->post);
		set_number(line, "seen", e->seen);
		set_number(line, "new", e->new);
		set_number(line, "heads", e->heads);
	}
}

static void
print_json(const struct sync_event *e)
{
	json_t *line = json_object();

	json_set_text(line, "source", e->source);
	json_set_text(line, "kind", kinds[e->kind]);
	json_set_text(line, "outcome", outcome_table[e->outcome].name);
	/* of a list; there since the first version, null where none was read */
	if (e->kind == SYNC_LIST || e->kind == SYNC_SOURCE)
		json_object_set_new(line, "sequence",
		    e->sequence != 0 ? json_integer((json_int_t)e->sequence)
				     : json_null());
	add_details(line, e);
	json_set_text(line, "text", e->text);
	json_line(line);
}

/* What reading a file says begins with its name, which was said already. */
static const char *
without_name(const char *text, const char *name)
{
	size_t len = strlen(name);

	return strncmp(text, name, len) == 0 &&
		strncmp(text + len, ": ", 2) == 0
	    ? text + len + 2
	    : text;
}

static void
print_text(const struct sync_event *event)
{
	const char *text = event->text;

	if (event->source != NULL) {
		print("%s: ", event->source);
		text = without_name(text, event->source);
	}
	print("%s\n", text);
}

void
learn_print(void *ctx, const struct sync_event *event)
{
	const struct cli *cli = ctx;

	if (cli->json) {
		print_json(event);
		return;
	}
	print_text(event);
	if (event->kind == SYNC_LIST && event->outcome == OUTCOME_MANIPULATED)
		print(_("%s: PROOF OF MANIPULATION. The list was not taken. "
			"Send both lists to the root custodian. They are in "
			"%s/evidence\n"),
		    event->source, cli->home);
	print_flush(stdout);
}

int
learn_open(struct cli *cli, struct post **post, int *lock)
{
	struct errtext err = { 0 };
	enum err rc;

	*lock = -1;
	if ((rc = post_open(cli->home, post, &err)) == ERR_OK &&
	    (rc = sync_lock(*post, lock, &err)) == ERR_OK) {
		/* another sync may just have ended: what it took counts */
		post_free(post);
		rc = post_open(cli->home, post, &err);
	}
	/* what cannot be kept is not taken */
	if (rc == ERR_OK)
		rc = post_can_write(*post, &err);
	if (rc == ERR_OK)
		return 0;
	if (*lock >= 0)
		close(*lock);
	post_free(post);
	return cli_fail(cli, rc, &err);
}

int
learn_close(struct cli *cli, struct post **post, int lock,
    const struct sync_listener *listener)
{
	struct errtext err = { 0 };
	enum err rc = post_can_write(*post, &err);
	int status = listener->status;

	/* proof is no less true for having found a full disk */
	if (rc != ERR_OK && status != outcome_table[OUTCOME_MANIPULATED].exit)
		status = cli_fail(cli, rc, &err);
	post_free(post);
	close(lock);
	return status;
}
