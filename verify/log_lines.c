/*
 * log_lines.c - checking and entering new lines: log_lines.h.
 */
#include "verify/log_lines.h"

#include "base/i18n.h"
#include "ledger/line.h"
#include "store/row.h"
#include "verify/log_enter.h"
#include "verify/log_letters.h"
#include "verify/log_words.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS_MAX 4
#define WORTH_IT    64 /* fewer lines are not worth a thread */

enum err
lining_own(enum err rc, struct errtext *err)
{
	return rc == ERR_DATA
	    ? err_set(err, ERR_CONFIG, _("this post's copy is damaged"))
	    : rc;
}

/* --- beginning --------------------------------------------------------------
 */

static enum err
load_history(struct log_lines *l, int64_t id, struct errtext *err)
{
	struct store *store = l->post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT history FROM log WHERE id = ?1", err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, id);
	rc = row_next(store, stmt, "t", &found, err);
	if (rc == ERR_OK)
		rc = found ? history_load(store_text(stmt, 0), &l->history)
			   : ERR_DATA;
	row_done(stmt);
	return lining_own(rc, err);
}

/* Goes on where this log, or the center's log before it, ended. */
static enum err
begin_history(struct log_lines *l, struct errtext *err)
{
	const struct post_logs *logs = &l->post->logs;
	const struct post_log *from = NULL;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < logs->count; i++) {
		const struct post_log *log = &logs->log[i];

		if (strcmp(log->center, l->log->center) != 0 ||
		    log->generation > l->log->generation || log->size == 0)
			continue;
		from = log;
		l->leap = log->leap;
		if (log->last_time != 0)
			l->before = log->last_time;
	}
	if (from != NULL)
		rc = load_history(l, from->id, err);
	else
		text_copy(l->history.center, sizeof(l->history.center),
		    l->log->center);
	if (rc == ERR_OK)
		rc = history_list(&l->history, l->center, err);
	if (rc == ERR_OK && l->log->size == 0)
		history_begin(&l->history, l->log->generation);
	return rc;
}

enum err
log_lines_new(struct post *post, const struct trust_center *center,
    const struct post_log *log, uint64_t total, int64_t now,
    struct log_lines **out, struct errtext *err)
{
	struct log_lines *l = calloc(1, sizeof(*l));
	enum err rc;

	if (l == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	l->room = total == 0 ? 1 : total < LINING_BATCH ? total : LINING_BATCH;
	l->line = calloc(l->room, sizeof(*l->line));
	l->post = post;
	l->center = center;
	l->log = log;
	l->now = now;
	l->first_time = log->first_time;
	l->last_time = log->last_time;
	progress_start(&l->progress, center->code, (size_t)total);
	log_letters_begin(l);
	l->drafts = drafts_new(&post->logs);
	if (l->line == NULL || l->drafts == NULL)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	else
		rc = begin_history(l, err);
	if (rc == ERR_OK &&
	    (rc = log_words_forget(&post->logs, log, log->size,
		 log->size + total, err)) == ERR_OK) {
		*out = l;
		l = NULL;
	}
	log_lines_free(&l);
	return rc;
}

void
log_lines_free(struct log_lines **lines)
{
	if (*lines == NULL)
		return;
	progress_end(&(*lines)->progress);
	history_clear(&(*lines)->history);
	drafts_free(&(*lines)->drafts);
	free((*lines)->line);
	free(*lines);
	*lines = NULL;
}

/* --- checking ---------------------------------------------------------------
 */

/* Every threads-th line, from `from` on. */
struct share {
	struct log_lines *lines;
	unsigned from, step;
	pthread_t thread;
	bool running;
};

static void
judge_share(const struct share *share)
{
	struct log_lines *l = share->lines;
	const char *program = l->post->list->program;
	size_t i;

	for (i = share->from; i < l->count; i += share->step) {
		struct new_line *line = &l->line[i];

		line->center_rc = line_verify(&line->entry, line->signer, NULL);
		line->persons_rc = line_verify_persons(
		    &line->entry, program, &line->persons, NULL);
	}
}

static void *
run_share(void *arg)
{
	judge_share(arg);
	dsig_thread_end();
	return NULL;
}

static unsigned
threads_for(size_t lines)
{
	long cores = lines < WORTH_IT ? 1 : sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1          ? 1
	    : cores > THREADS_MAX ? THREADS_MAX
				  : (unsigned)cores;
}

static void
judge_batch(struct log_lines *l)
{
	unsigned step = threads_for(l->count), i;
	struct share share[THREADS_MAX] = { { .lines = l, .step = step } };

	for (i = 1; i < step; i++) {
		share[i] =
		    (struct share){ .lines = l, .from = i, .step = step };
		share[i].running = pthread_create(&share[i].thread, NULL,
				       run_share, &share[i]) == 0;
	}
	judge_share(&share[0]);
	for (i = 1; i < step; i++)
		if (share[i].running)
			pthread_join(share[i].thread, NULL);
		else
			judge_share(&share[i]);
}

static enum err
wrong_line(struct log_lines *l, const struct log_entry *entry, const char *what,
    struct errtext *err)
{
	l->proof = true;
	return err_set(err, ERR_SIGNATURE, _("line %llu: %s"),
	    (unsigned long long)entry->index, what);
}

static enum err
judge_signatures(
    struct log_lines *l, const struct new_line *line, struct errtext *err)
{
	if (line->center_rc == ERR_SIGNATURE)
		return wrong_line(
		    l, &line->entry, _("the signature is wrong"), err);
	if (line->persons_rc == ERR_SIGNATURE)
		return wrong_line(l, &line->entry,
		    _("a person did not sign what it says of them"), err);
	if (line->center_rc != ERR_OK || line->persons_rc != ERR_OK)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	return ERR_OK;
}

/* What only a newer list may explain says nothing against the center. */
static enum err
judge_rules(struct log_lines *l, const struct log_entry *entry, unsigned broken,
    struct errtext *err)
{
	const char *what =
	    _(history_rule_text((enum rule)(broken & (~broken + 1))));

	if ((broken & RULES_REFUSED & ~(unsigned)RULES_OF_LIST) != 0 ||
	    !log_enter_is_newer(l, entry))
		return wrong_line(l, entry, what, err);
	return err_set(err, ERR_STALE,
	    _("line %llu: %s. This post's trust list is older than "
	      "the line and may not say yet who belongs to the "
	      "center: get a newer list"),
	    (unsigned long long)entry->index, what);
}

/* What the first wrong line is refused for is its signature, if that is wrong,
 * and else the rule. Whose keys must have signed a line only the lines before
 * it say, so all are entered first; who began gives up what is wrong. */
static enum err
take_batch(struct log_lines *l, struct errtext *err)
{
	unsigned broken = 0;
	size_t count = l->count, i;
	enum err rc = ERR_OK;

	for (i = 0; i < count && rc == ERR_OK && broken == 0; i++)
		rc = log_enter_line(l, &l->line[i], &broken, err);
	if (rc != ERR_OK)
		return rc;
	l->count = i;
	judge_batch(l);
	for (i = 0; i < l->count && rc == ERR_OK; i++)
		rc = judge_signatures(l, &l->line[i], err);
	if (rc == ERR_OK && broken != 0)
		rc = judge_rules(l, &l->line[l->count - 1].entry, broken, err);
	l->done += l->count;
	l->count = 0;
	progress_step(&l->progress, (size_t)l->done);
	return rc;
}

/* --- taking -----------------------------------------------------------------
 */

/* By exact name, and of this center. */
static enum err
find_signer(
    struct log_lines *l, const struct log_entry *entry, struct errtext *err)
{
	const struct trust_center *center = NULL;

	if (l->key != NULL && strcmp(l->key_name, entry->key_name) == 0)
		return ERR_OK;
	l->key = trust_find_key(l->post->list, entry->key_name, &center);
	if (l->key == NULL || center != l->center) {
		l->key = NULL;
		return err_set(err, ERR_ISSUER,
		    _("line %llu is signed by key %s, which the trust list "
		      "does not name for this center; update the list first"),
		    (unsigned long long)entry->index, entry->key_name);
	}
	memcpy(l->key_name, entry->key_name, sizeof(l->key_name));
	return ERR_OK;
}

static enum err
take_line(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct log_lines *l = ctx;
	struct log_entry *entry = &l->line[l->count].entry;
	struct reader text = { line, len };
	enum err rc;

	(void)leaf; /* proven by who reads */
	rc = entry_parse(line, len, entry, err);
	/* signed, and no center's program writes it; what another version
	 * begins may have any form */
	if (rc == ERR_DATA || rc == ERR_LIMIT) {
		l->proof = reader_skip_text(&text, "s1 ");
		if (!l->proof)
			rc = err_set(err, ERR_VERSION,
			    _("of a form that this program does not know; "
			      "install a newer Sello"));
	}
	if (rc != ERR_OK) {
		err_prefix(err, _("line %llu"), (unsigned long long)index);
		return rc;
	}
	if ((rc = find_signer(l, entry, err)) != ERR_OK)
		return rc;
	l->line[l->count++].signer = l->key->key;
	return l->count == l->room ? take_batch(l, err) : ERR_OK;
}

struct log_visitor
log_lines_visitor(struct log_lines *lines)
{
	return (struct log_visitor){ take_line, lines };
}

enum err
log_lines_end(struct log_lines *lines, struct errtext *err)
{
	enum err rc = take_batch(lines, err);

	if (rc == ERR_OK)
		rc = log_letters_end(lines, err);
	return rc == ERR_OK ? log_enter_end(lines, err) : rc;
}

uint64_t
log_lines_void(const struct log_lines *lines)
{
	return lines->void_count;
}

bool
log_lines_staff(const struct log_lines *lines)
{
	return lines->staff;
}

bool
log_lines_proof(const struct log_lines *lines)
{
	return lines->proof;
}

int64_t
log_lines_first_time(const struct log_lines *lines)
{
	return lines->first_time;
}

int64_t
log_lines_last_time(const struct log_lines *lines)
{
	return lines->last_time;
}

const struct history *
log_lines_history(const struct log_lines *lines)
{
	return &lines->history;
}
