/*
 * log_lines.c - checking and entering new lines: log_lines.h.
 */
#include "verify/log_lines.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ledger/line.h"
#include "store/row.h"
#include "verify/drafts.h"
#include "verify/log_words.h"
#include "verify/logs_schema.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH       512 /* lines checked at once */
#define THREADS_MAX 4
#define WORTH_IT    64 /* fewer lines are not worth a thread */

/* One that is being taken, with what its signatures are checked with. */
struct new_line {
	struct log_entry entry;
	EVP_PKEY *signer;            /* the center's */
	struct line_persons persons; /* keys of the history's */
	enum err center_rc, persons_rc;
};

struct log_lines {
	struct post *post;
	const struct trust_center *center;
	const struct post_log *log;
	struct history history;
	size_t span_count;
	struct post_log_span span[HISTORY_YEAR_MAX]; /* of this log */
	int64_t now;
	int64_t first_time, last_time;
	int64_t before; /* of the center's newest line that is not ahead */
	struct leap leap;
	bool proof;
	uint64_t void_count;
	bool staff;            /* a line said who belongs to the center */
	struct drafts *drafts; /* of letters of before, and of these */
	struct progress progress;
	uint64_t done;
	unsigned threads;
	/* the key that the line before was signed with */
	char key_name[ENTRY_KEY_NAME_SIZE];
	const struct trust_key *key;
	size_t count;
	struct new_line line[BATCH];
};

/* --- the letters, in the database -------------------------------------------
 */

/* Damage of the own copy is told from that of a source, and never proof. */
static enum err
own(enum err rc, struct errtext *err)
{
	return rc == ERR_DATA
	    ? err_set(err, ERR_CONFIG, _("this post's copy is damaged"))
	    : rc;
}

/* Is it one of this center's logs up to the one that is taken? Numbers that a
 * later log gave again are not meant, and what it says comes after. Copies of
 * earlier ones end where the root ended them (log_stale.h). */
static bool
is_before(const struct log_lines *l, const struct post_log *log)
{
	return strcmp(log->center, l->log->center) == 0 &&
	    log->generation <= l->log->generation;
}

static bool
is_own(const struct log_lines *l, const struct post_log *log)
{
	return log->generation == l->log->generation;
}

/* What the logs from the letter's own to this one said of it, so far: words of
 * lines to come may be here of a copy that was lost. */
static enum err
add_words(struct log_lines *l, int year, unsigned sequence,
    struct history_letter *letter, struct errtext *err)
{
	const struct trust_center *center = l->center;
	struct post_logs *logs = &l->post->logs;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->log_count && rc == ERR_OK; i++) {
		const struct trust_log *named = &center->logs[i];
		const struct post_log *log =
		    post_logs_find(logs, center->code, named->generation);

		if (log != NULL && is_before(l, log))
			rc = log_words_add(logs, log,
			    is_own(l, log) ? l->history.next
					   : log_words_end(named),
			    year, sequence, letter, NULL, err);
	}
	return rc;
}

static enum err
find_letter(void *ctx, int year, unsigned sequence, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	struct log_lines *l = ctx;
	struct post_logs *logs = &l->post->logs;
	size_t i;
	enum err rc;

	*found = false;
	for (i = logs->count; i-- > 0;) { /* the newest generation first */
		const struct post_log *log = &logs->log[i];

		if (!is_before(l, log))
			continue;
		rc =
		    post_log_letter(logs, log, year, sequence, out, found, err);
		if (rc != ERR_OK)
			return own(rc, err);
		if (*found && post_log_is_letter(out, digest, NULL))
			return own(add_words(l, year, sequence, out, err), err);
		*found = false;
	}
	return ERR_OK;
}

/* One number more of a year. */
static enum err
widen_span(
    struct log_lines *l, int year, unsigned sequence, struct errtext *err)
{
	struct post_log_span *span;
	size_t i;

	for (i = 0; i < l->span_count && l->span[i].year != year; i++)
		;
	span = &l->span[i];
	if (i == HISTORY_YEAR_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log with letters of more than %d years"),
		    HISTORY_YEAR_MAX);
	if (i == l->span_count) {
		*span = (struct post_log_span){ l->log->id, year, sequence,
			sequence };
		l->span_count++;
	}
	if (sequence > span->last)
		span->last = sequence;
	return ERR_OK;
}

/* Kept by its line: it counts as long as that is believed. */
static enum err
put_word(void *ctx, int year, unsigned sequence,
    const struct history_letter *word, struct errtext *err)
{
	struct log_lines *l = ctx;

	return own(log_words_put(&l->post->logs, l->log, l->history.next, year,
		       sequence, word, err),
	    err);
}

/* Did a line before make a letter of it? From here on this one does. */
static enum err
find_draft(
    void *ctx, const uint8_t commitment[32], bool *before, struct errtext *err)
{
	struct log_lines *l = ctx;
	const struct post_logs *logs = &l->post->logs;
	enum err rc = ERR_OK;
	size_t i;

	*before = false;
	for (i = 0; i < logs->count && rc == ERR_OK && !*before; i++)
		if (is_before(l, &logs->log[i]))
			rc = drafts_find(
			    l->drafts, &logs->log[i], commitment, before, err);
	if (rc == ERR_OK && !*before)
		rc = drafts_add(l->drafts, l->log, commitment, err);
	return own(rc, err);
}

static enum err
put_letter(void *ctx, int year, unsigned sequence,
    const struct history_letter *letter, struct errtext *err)
{
	struct log_lines *l = ctx;
	struct post_logs *logs = &l->post->logs;
	const struct post_log *log = l->log;
	uint8_t kept[2 * POST_LOG_HALF];
	sqlite3_stmt *stmt;
	enum err rc;

	/* what became of it was said */
	if (letter->generation != log->generation ||
	    letter->index != l->history.next)
		return ERR_OK;
	post_log_pack(letter, kept);
	stmt = store_prepare(logs->store,
	    "INSERT INTO letter (key, line, issued_at, digest, sum)"
	    " VALUES (?1, ?2, ?3, ?4, " LETTER_SUM_OF("?5", "?1", "?2", "?3",
		"?4") ")"
		      " ON CONFLICT (key) DO UPDATE SET"
		      " line = excluded.line, issued_at = excluded.issued_at,"
		      " digest = excluded.digest, sum = excluded.sum",
	    err);
	store_bind_int(stmt, 1, post_log_key(log->id, year, sequence));
	store_bind_int(stmt, 2, (int64_t)letter->index);
	store_bind_int(stmt, 3, letter->issued_at);
	store_bind_blob(stmt, 4, kept, sizeof(kept));
	store_bind_blob(stmt, 5, log->owner, sizeof(log->owner));
	rc = own(store_run(logs->store, stmt, err), err);
	if (rc == ERR_OK && letter->state != HISTORY_LIVE) /* void */
		rc = put_word(ctx, year, sequence, letter, err);
	if (rc == ERR_OK)
		rc = widen_span(l, year, sequence, err);
	return rc;
}

static void
load_spans(struct log_lines *l)
{
	const struct post_logs *logs = &l->post->logs;
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == l->log->id &&
		    l->span_count < HISTORY_YEAR_MAX)
			l->span[l->span_count++] = logs->span[i];
}

static enum err
save_spans(struct log_lines *l, struct errtext *err)
{
	struct store *store = l->post->logs.store;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < l->span_count && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(store,
		    "INSERT OR REPLACE INTO part (log, kind, place, first,"
		    " last) VALUES (?1, " PART_SPAN ", ?2, ?3, ?4)",
		    err);

		store_bind_int(stmt, 1, l->log->id);
		store_bind_int(stmt, 2, l->span[i].year);
		store_bind_int(stmt, 3, l->span[i].first);
		store_bind_int(stmt, 4, l->span[i].last);
		rc = own(store_run(store, stmt, err), err);
	}
	return rc;
}

static enum err
save_leap(struct log_lines *l, struct errtext *err)
{
	struct store *store = l->post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO part (log, kind, place, first, last)"
	    " VALUES (?1, " PART_LEAP ", 0, ?2, ?3)",
	    err);

	store_bind_int(stmt, 1, l->log->id);
	store_bind_int(stmt, 2, l->leap.from);
	store_bind_int(stmt, 3, l->leap.to);
	return own(store_run(store, stmt, err), err);
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
	return own(rc, err);
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
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	enum err rc;

	if (l == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	l->post = post;
	l->center = center;
	l->log = log;
	l->now = now;
	l->first_time = log->first_time;
	l->last_time = log->last_time;
	l->threads = cores < 1    ? 1
	    : cores > THREADS_MAX ? THREADS_MAX
				  : (unsigned)cores;
	progress_start(&l->progress, center->code, (size_t)total);
	load_spans(l);
	if ((l->drafts = drafts_new(&post->logs)) == NULL)
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

static void
judge_batch(struct log_lines *l)
{
	unsigned step = l->count < WORTH_IT ? 1 : l->threads, i;
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
enter_gap(struct log_lines *l, const struct log_entry *entry, int64_t after,
    struct errtext *err)
{
	struct store *store = l->post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO part (log, kind, place, first, last)"
	    " VALUES (?1, " PART_GAP ", ?2, ?3, ?4)",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, l->log->id);
	store_bind_int(stmt, 2, (int64_t)entry->index);
	store_bind_int(stmt, 3, after);
	store_bind_int(stmt, 4, entry->time);
	return store_run(store, stmt, err);
}

/* What this post has from before, the center says, covers no more than what
 * was dated before its clock was put right. */
static enum err
lower_evidence(struct log_lines *l, int64_t time, struct errtext *err)
{
	static const char *const sql[] = {
		"UPDATE mark SET last_time = ?2,"
		" sum = " MARK_SUM_OF("mark.log", "mark.at", "mark.size",
		    "mark.root", "?2",
		    "mark.kept") " WHERE log = ?1 AND last_time > ?2 AND sum = " MARK_SUM,
		"UPDATE proof SET last_time = ?2,"
		" sum = " PROOF_SUM_OF("proof.log", "proof.size", "proof.root",
		    "?2") " WHERE log = ?1 AND last_time > ?2 AND sum = " PROOF_SUM,
	};
	struct store *store = l->post->logs.store;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < sizeof(sql) / sizeof(sql[0]) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(store, sql[i], err);

		if (stmt == NULL)
			return ERR_IO;
		store_bind_int(stmt, 1, l->log->id);
		store_bind_int(stmt, 2, time);
		rc = store_run(store, stmt, err);
	}
	return rc;
}

static enum err
enter_clock(struct log_lines *l, const struct log_entry *entry, int64_t after,
    struct errtext *err)
{
	enum err rc;

	if (entry->time >= after)
		return ERR_OK; /* nothing was dated wrongly */
	if ((rc = enter_gap(l, entry, after, err)) != ERR_OK)
		return rc;
	return lower_evidence(l, entry->time, err);
}

static bool
is_ahead(const struct log_lines *l, int64_t time)
{
	return time > l->now + CLOCK_SLACK;
}

static void
believe(struct log_lines *l, int64_t time)
{
	if (l->before != 0)
		leap_line(&l->leap, l->before, time);
	l->before = l->last_time = time;
}

/* In the beginning of a later log: somebody who did not stand so. It counts for
 * nothing, unless a newer list has them. */
static bool
is_misfit(const struct log_entry *entry, unsigned broken)
{
	return (entry->kind == ENTRY_OPEN || entry->kind == ENTRY_STAFF) &&
	    (broken & RULE_RENUMBERED) != 0 && (broken & RULE_VOID) != 0;
}

/* The center's clock may be behind the root's by what honest clocks differ. */
static bool
is_newer_than_list(const struct log_lines *l, const struct log_entry *entry)
{
	return entry->time >= l->post->list->issued_at - CLOCK_SLACK;
}

/* Who signed it is judged after it. broken: the rules for which it is refused.
 */
static enum err
enter_line(struct log_lines *l, struct new_line *line, unsigned *broken,
    struct errtext *err)
{
	const struct history_letters letters = { find_letter, put_letter,
		find_draft, put_word, l };
	const struct log_entry *entry = &line->entry;
	int64_t before = l->history.last_time;
	enum err rc;

	rc = history_add(
	    &l->history, entry, &letters, broken, &line->persons, err);
	if (rc != ERR_OK)
		return rc;
	l->void_count += (*broken & RULE_VOID) != 0;
	l->staff |= entry->kind == ENTRY_STAFF;
	if (!is_misfit(entry, *broken) || !is_newer_than_list(l, entry))
		*broken &= RULES_REFUSED;
	if (*broken != 0)
		return ERR_OK;
	if (entry->index == 0)
		l->first_time = entry->time;
	if (!is_ahead(l, entry->time))
		believe(l, entry->time);
	if (entry->kind == ENTRY_CLOCK)
		return enter_clock(l, entry, before, err);
	if (entry->kind == ENTRY_RESTORE && strcmp(entry->reason, "LOST") == 0)
		return enter_gap(l, entry, before, err);
	return ERR_OK;
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
	    !is_newer_than_list(l, entry))
		return wrong_line(l, entry, what, err);
	return err_set(err, ERR_STALE,
	    _("line %llu: %s. This post's list of centers is older than the "
	      "line and may not say yet who belongs to the center: get a newer "
	      "list"),
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
		rc = enter_line(l, &l->line[i], &broken, err);
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
		    _("line %llu is signed by key %s, which the list of "
		      "centers does not name for this center; update the "
		      "list first"),
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
	return l->count == BATCH ? take_batch(l, err) : ERR_OK;
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
		rc = own(drafts_save(lines->drafts, err), err);
	if (rc == ERR_OK)
		rc = save_spans(lines, err);
	return rc == ERR_OK ? save_leap(lines, err) : rc;
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
