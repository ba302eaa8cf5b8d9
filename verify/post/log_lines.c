/*
 * log_lines.c - checking and entering new lines: log_lines.h.
 */
#include "verify/post/log_lines.h"

#include "base/i18n.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_words.h"
#include "verify/post/log_enter.h"
#include "verify/post/log_letters.h"

#include <stdlib.h>
#include <string.h>

#define TELL_EVERY 512 /* lines, of progress */

enum err
log_own_damage(enum err rc, struct errtext *err)
{
	return rc == ERR_DATA
	    ? err_set(err, ERR_CONFIG, _("this post's copy is damaged"))
	    : rc;
}

/* --- beginning ----------------------------------------------------------- */

static enum err
load_history(struct log_lines *l, int64_t id, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = copy_log_history(&l->post->logs, id, &text, err);

	if (rc == ERR_OK)
		rc = history_load((const char *)text.at, &l->history);
	bytes_free(&text);
	return log_own_damage(rc, err);
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

static void checked(void *ctx, const struct pool_line *line);

static enum err
begin_pool(struct log_lines *l, uint64_t total, struct errtext *err)
{
	const struct pool_listener listener = { checked, l,
		l->post->list->program };

	l->commitments = commitments_new(&l->post->logs);
	l->pool = pool_new(pool_threads(total), &listener);
	if (l->commitments == NULL || l->pool == NULL)
		return err_memory(err);
	pool_expect(l->pool, total);
	return ERR_OK;
}

enum err
log_lines_new(struct post *post, const struct trust_center *center,
    const struct post_log *log, uint64_t total, int64_t now,
    struct log_lines **out, struct errtext *err)
{
	struct log_lines *l = calloc(1, sizeof(*l));
	enum err rc;

	if (l == NULL)
		return err_memory(err);
	l->post = post;
	l->center = center;
	l->log = log;
	l->now = now;
	l->first_time = log->first_time;
	l->last_time = log->last_time;
	progress_start(&l->progress, center->code, (size_t)total);
	log_letters_begin(l);
	if ((rc = begin_pool(l, total, err)) == ERR_OK &&
	    (rc = begin_history(l, err)) == ERR_OK &&
	    (rc = copy_words_forget(&post->logs, log, log->size,
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
	pool_free(&(*lines)->pool); /* before the keys */
	history_clear(&(*lines)->history);
	commitments_free(&(*lines)->commitments);
	free(*lines);
	*lines = NULL;
}

/* --- checking ------------------------------------------------------------ */

static enum err
wrong_line(struct log_lines *l, const struct log_entry *entry, const char *what,
    struct errtext *err)
{
	l->proof = true;
	return err_set(err, ERR_SIGNATURE, _("line %llu: %s"),
	    (unsigned long long)entry->index, what);
}

static enum err
judge_signatures(const struct pool_line *line, struct errtext *err)
{
	unsigned long long index = line->entry.index;
	enum err rc = ERR_OK;
	size_t i;

	if (line->center == ERR_SIGNATURE)
		return err_set(err, ERR_SIGNATURE, _("line %llu: %s"), index,
		    _("the signature is wrong"));
	for (i = 0; i < line->persons.count && rc == ERR_OK; i++)
		rc = line->person[i];
	if (rc == ERR_SIGNATURE)
		return err_set(err, ERR_SIGNATURE, _("line %llu: %s"), index,
		    _("a person did not sign what it says of them"));
	if (line->center != ERR_OK || rc != ERR_OK)
		return err_memory(err);
	return ERR_OK;
}

static void
checked(void *ctx, const struct pool_line *line)
{
	struct log_lines *l = ctx;

	if (l->wrong == ERR_OK)
		l->wrong = judge_signatures(line, &l->why);
	if (++l->done % TELL_EVERY == 0)
		progress_step(&l->progress, (size_t)l->done);
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

/* --- taking -------------------------------------------------------------- */

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
parse(struct log_lines *l, const void *line, size_t len, struct log_entry *out,
    struct errtext *err)
{
	struct reader text = { line, len };
	enum err rc = entry_parse(line, len, out, err);

	/* signed, and no center's program writes it; what another version
	 * begins may have any form */
	if (rc == ERR_DATA || rc == ERR_LIMIT) {
		l->proof = reader_skip_text(&text, "s1 ");
		if (!l->proof)
			rc = err_set(err, ERR_VERSION,
			    _("of a form that this program does not know; "
			      "install a newer Sello"));
	}
	return rc;
}

/* Its signatures are checked beside what follows: whose keys must have signed a
 * line the lines before it say, so it is entered first, and who began gives up
 * what is wrong. */
static enum err
enter_line(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct log_lines *l = ctx;
	struct pool_line next = { .broken = 0 };
	unsigned broken = 0;
	enum err rc;

	(void)leaf; /* proven by who reads */
	if ((rc = parse(l, line, len, &next.entry, err)) != ERR_OK) {
		err_prefix(err, _("line %llu"), (unsigned long long)index);
		return rc;
	}
	if ((rc = find_signer(l, &next.entry, err)) != ERR_OK ||
	    (rc = log_enter_line(l, &next, &broken, err)) != ERR_OK)
		return rc;
	next.key = l->key->key;
	pool_add(l->pool, &next);
	if (broken != 0)
		return judge_rules(l, &next.entry, broken, err);
	return l->wrong; /* log_lines_end() has the words */
}

struct log_visitor
log_lines_visitor(struct log_lines *lines)
{
	return (struct log_visitor){ enter_line, lines };
}

/* The first line that is wrong is told, whatever stopped the reading behind it;
 * and of one line its signature before the rule that it breaks. */
enum err
log_lines_end(struct log_lines *lines, enum err read, struct errtext *err)
{
	enum err rc = read;

	pool_finish(lines->pool);
	if (lines->wrong != ERR_OK) {
		lines->proof = lines->wrong == ERR_SIGNATURE;
		return err_set(err, lines->wrong, "%s", lines->why.text);
	}
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
