/*
 * center.c - the logs of one center, oldest first: center.h.
 */
#include "audit/center.h"

#include "audit/pass.h"
#include "base/count.h"
#include "base/i18n.h"
#include "log/folder.h"
#include "log/read.h"

#include <stdlib.h>
#include <string.h>

/* --- one log -------------------------------------------------------------- */

static enum err
see_nothing(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	(void)ctx;
	(void)index;
	(void)entry;
	(void)len;
	(void)leaf;
	(void)err;
	return ERR_OK;
}

/* How much of a copy is the log: what stands behind the end that the root set
 * is not believed. */
static uint64_t
end_of(const struct copy *copy, const struct trust_log *log)
{
	return log->closed && copy->head.size > log->final_size
	    ? log->final_size
	    : copy->head.size;
}

static enum err
read_copy(const struct copy *copy, const struct trust_log *log,
    const struct log_visitor *visitor, struct errtext *err)
{
	const struct log_source source = { folder_fetch, copy->dir };
	const struct tree_range nothing = { .size = 0 };
	struct tree_range range;

	return log_read_to(&source, &copy->head, end_of(copy, log), &nothing,
	    NULL, READ_ALL_TILES, visitor, &range, err);
}

/* What does not fit the signed head may have been spoilt by anything: it is
 * said with the file, and accuses nobody. */
static void
tell_broken(struct pass *pass, const struct copy *copy, uint64_t from,
    const struct errtext *why)
{
	const struct place place = { .center = pass->center->code,
		.generation = pass->log->generation,
		.index = (int64_t)from };

	findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
	    _("%s: lines from %llu to %llu: %s"), copy->dir,
	    (unsigned long long)from, (unsigned long long)copy->head.size - 1,
	    why->text);
}

/* Does the copy end where and as the root closed the log? */
static bool
is_end(const struct copy *copy, const struct trust_log *log)
{
	return log->closed && copy->head.size == log->final_size &&
	    memcmp(copy->head.root.at, log->final_root,
		sizeof(log->final_root)) == 0;
}

/*
 * A log that goes on past its end is not read there: what the root closed is
 * the log, and the center's next one goes on from it. Are its first lines the
 * same, the center was late; else it is another version.
 */
static void
judge_longer(
    struct pass *pass, const struct copy *copy, const struct trust_log *log)
{
	const struct log_source source = { folder_fetch, copy->dir };
	const struct place place = { .center = pass->center->code,
		.generation = log->generation,
		.index = (int64_t)log->final_size };
	struct findings *findings = &pass->audit->findings;
	struct errtext why = { 0 };
	struct tree_hash root;

	if (log_read_root(&source, &copy->head, log->final_size, &root, &why) !=
	    ERR_OK)
		findings_add(findings, FINDING_UNCHECKED, &place, "%s: %s",
		    copy->dir, why.text);
	else if (memcmp(root.at, log->final_root, sizeof(root.at)) != 0)
		findings_add(findings, FINDING_FORK, &place,
		    _("it does not begin as the signed head of %s in %s "
		      "says"),
		    COUNTED(LINES, log->final_size), copy->dir);
	else
		findings_add(findings, FINDING_CLOSED, &place,
		    _("the root closed it at %s; it has %llu"),
		    COUNTED(LINES, log->final_size),
		    (unsigned long long)copy->head.size);
}

/* Of a closed log, a whole copy that ends as the root says; or NULL. */
static const struct copy *
choose_end(
    struct pass *pass, const struct copies *copies, const struct trust_log *log)
{
	const struct log_visitor nobody = { see_nothing, NULL };
	const struct copy *end = NULL;
	struct errtext why = { 0 };
	size_t i;

	for (i = 0; i < copies->count && end == NULL; i++)
		if (is_end(&copies->at[i], log) &&
		    read_copy(&copies->at[i], log, &nobody, &why) == ERR_OK)
			end = &copies->at[i];
	for (i = 0; end != NULL && i < copies->count; i++)
		if (copies->at[i].head.size > log->final_size)
			judge_longer(pass, &copies->at[i], log);
	return end;
}

/*
 * The longest copy that is whole; of a closed log, rather one that ends as the
 * root closed it. A copy must be known to be whole before its
 * first line is judged, for the lines of another one would be judged twice;
 * with one copy there is nothing to choose.
 */
static const struct copy *
choose(
    struct pass *pass, const struct copies *copies, const struct trust_log *log)
{
	const struct copy *end;
	const struct log_visitor nobody = { see_nothing, NULL };
	struct errtext longest = { 0 };
	size_t i;

	if (copies->count <= 1)
		return copies->count > 0 ? copies->at : NULL;
	if ((end = choose_end(pass, copies, log)) != NULL)
		return end;
	for (i = 0; i < copies->count; i++) {
		struct errtext why = { 0 };

		if (read_copy(&copies->at[i], log, &nobody, &why) == ERR_OK)
			break;
		if (i == 0)
			longest = why;
		else
			tell_broken(pass, &copies->at[i], 0, &why);
	}
	/* none is whole: what can be read of the longest, which tells why */
	if (i == copies->count)
		return copies->at;
	if (i > 0)
		tell_broken(pass, &copies->at[0], 0, &longest);
	return &copies->at[i];
}

static void
begin_seen(struct pass *pass)
{
	pass->seen = seen_of(&pass->audit->seen, pass->center->code,
	    pass->log->generation, &pass->seen_left);
	pass->waiting = pass->seen;
	pass->range = (struct tree_range){ .size = 0 };
}

/* Every line of the copy, up to the end that the root set. */
static enum err
audit_copy(struct pass *pass, const struct copy *copy,
    const struct trust_log *log, struct errtext *err)
{
	const struct log_visitor visitor = { pass_line, pass };
	const uint64_t end = end_of(copy, log);
	struct seen_log judged = { .center = pass->center->code,
		.generation = pass->log->generation,
		.size = end,
		.ended = log->closed && end == log->final_size };
	struct errtext what = { 0 }, why = { 0 };
	enum err rc;

	err_set(&what, ERR_OK, _("%s, log %u"), pass->center->code,
	    pass->log->generation);
	progress_start(&pass->progress, what.text, (size_t)end);
	pass->clock_count = 0;
	begin_seen(pass);
	pool_expect(pass->pool, end);
	rc = read_copy(copy, log, &visitor, &why);
	pool_finish(pass->pool);
	progress_end(&pass->progress);
	if (err_is_inside(rc))
		return err_set(err, rc, "%s", why.text);
	if (rc == ERR_OK) {
		pass_seen(pass, end, pass->history.last_time);
		pass->log->whole = true;
	} else {
		tell_broken(pass, copy, pass->log->read, &why);
		pass->broken = true;
	}
	judged.read = pass->log->read;
	judged.clock = pass->clock;
	judged.clock_count = pass->clock_count;
	seen_judge(&pass->audit->seen, &judged, &pass->audit->findings);
	pass->doubted =
	    seen_doubted(&pass->audit->seen, &judged, pass->history.last_time);
	return ERR_OK;
}

static void
judge_end(struct pass *pass, const struct trust_log *log)
{
	const struct place place = { .center = pass->center->code,
		.generation = log->generation,
		.index = (int64_t)log->final_size };

	if (log->closed && pass->log->size > log->final_size)
		findings_add(&pass->audit->findings, FINDING_CLOSED, &place,
		    _("the root closed it at %s; it has %llu"),
		    COUNTED(LINES, log->final_size),
		    (unsigned long long)pass->log->size);
}

static enum err
note_copy(struct pass *pass, const struct copy *copy, struct errtext *err)
{
	struct audit_log *log = pass->log;
	char *dir = strdup(copy->dir);

	log->size = copy->head.size;
	log->head = copy->head;
	log->head.extension = (struct reader){ 0 };
	log->as_of = copy->time;
	bytes_add(&log->note, copy->note.at, copy->note.len);
	log->dir = dir;
	return dir == NULL || log->note.failed ? err_memory(err) : ERR_OK;
}

static enum err
audit_log(struct pass *pass, const struct trust_log *log,
    const struct sources *sources, struct errtext *err)
{
	const struct place place = { .center = pass->center->code,
		.generation = log->generation,
		.index = -1 };
	const struct copy *copy;
	struct copies copies = { 0 };
	enum err rc;

	pass->log->generation = log->generation;
	history_begin(&pass->history, log->generation);
	rc = copies_find(sources, pass->center, log, pass->audit->list,
	    &pass->audit->seen, &pass->audit->findings, &copies, err);
	if (rc != ERR_OK)
		return rc;
	seen_sort(&pass->audit->seen);
	if ((copy = choose(pass, &copies, log)) == NULL) {
		findings_add(&pass->audit->findings, FINDING_UNCHECKED, &place,
		    _("no copy of it that can be read"));
		pass->broken = true;
	} else if ((rc = note_copy(pass, copy, err)) == ERR_OK) {
		rc = audit_copy(pass, copy, log, err);
		judge_end(pass, log);
	}
	copies_clear(&copies);
	return rc;
}

/* --- one center ----------------------------------------------------------- */

static bool
is_found(const struct pass *pass, enum finding_code code)
{
	const struct findings *findings = &pass->audit->findings;
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (findings->at[i].code == code &&
		    strcmp(findings->at[i].center, pass->center->code) == 0)
			return true;
	return false;
}

static void
judge_presented(struct pass *pass)
{
	const struct presented_center center = { .code = pass->center->code,
		.list = pass->audit->list,
		.letters = pass->letters,
		.history = &pass->history,
		.whole = pass->out->whole,
		.forked = is_found(pass, FINDING_FORK),
		.behind = is_found(pass, FINDING_BEHIND),
		.now = pass->audit->options->now,
		.doubted = pass->doubted,
		.clocked = pass->clocked,
		.clock_generation = pass->clock_generation,
		.clock_index = pass->clock_index,
		.absence = &pass->absence };

	presented_judge(
	    &pass->audit->presented, &center, &pass->audit->findings);
}

static void
begin_stats(struct pass *pass)
{
	const struct place place = { .center = pass->center->code,
		.index = -1 };
	struct stats *stats = &pass->out->stats;
	struct findings *findings = &pass->audit->findings;

	stats->findings = findings;
	stats->copies = pass->audit->options->copies;
	stats->zone = zone_open(pass->center->timezone);
	if (stats->zone == NULL)
		findings_add(findings, FINDING_SCOPE, &place,
		    _("opening hours: this computer does not know the time "
		      "zone %s (package tzdata); hours are UTC"),
		    pass->center->timezone);
	if (pass->audit->options->calendar == NULL)
		return;
	stats->calendar =
	    calendar_find(&pass->audit->calendar, pass->center->code);
	if (stats->calendar == NULL || stats->calendar->span_count == 0)
		findings_add(findings, FINDING_SCOPE, &place,
		    _("opening hours: the calendar does not have them"));
}

static enum err
begin(struct pass *pass, struct errtext *err)
{
	const struct pool_listener listener = { pass_checked, pass,
		pass->audit->list->program };
	struct audit_log *logs;

	begin_stats(pass);
	memcpy(pass->history.center, pass->center->code,
	    sizeof(pass->history.center));
	pass->letters = letters_new();
	pass->pool = pool_new(pass->audit->options->threads, &listener);
	logs = calloc(pass->center->log_count + 1, sizeof(*logs));
	pass->out->logs = logs;
	if (pass->letters == NULL || pass->pool == NULL || logs == NULL)
		return err_memory(err);
	pass->absence.since = trust_center_since(pass->center);
	return history_list(&pass->history, pass->center, err);
}

static enum err
audit_logs(
    struct pass *pass, const struct sources *sources, struct errtext *err)
{
	const struct place place = { .center = pass->center->code,
		.index = -1 };
	enum err rc = ERR_OK;
	size_t i;

	if (pass->center->log_count == 0)
		findings_add(&pass->audit->findings, FINDING_SCOPE, &place,
		    _("the trust list names no log of this center"));
	for (i = 0; rc == ERR_OK && i < pass->center->log_count; i++) {
		pass->log = &pass->out->logs[pass->out->log_count++];
		rc = audit_log(pass, &pass->center->logs[i], sources, err);
	}
	return rc;
}

enum err
center_audit(struct audit *audit, const struct trust_center *center,
    const struct sources *sources, struct audit_center *out,
    struct errtext *err)
{
	struct pass pass = { .audit = audit, .center = center, .out = out };
	enum err rc;

	*out = (struct audit_center){ .center = center };
	if ((rc = begin(&pass, err)) != ERR_OK ||
	    (rc = audit_logs(&pass, sources, err)) != ERR_OK)
		goto out;
	out->whole = !pass.broken;
	pass_judge_keys(&pass);
	judge_presented(&pass);
	stats_judge(&out->stats, center->code);
	persons_judge(
	    &out->persons, &pass.history.roster, center, &audit->findings);
	if (out->stats.failed || pass.failed)
		rc = err_memory(err);
out:
	pool_free(&pass.pool);
	history_clear(&pass.history);
	letters_free(&pass.letters);
	free(pass.keys);
	absence_clear(&pass.absence);
	free(pass.clock);
	free(pass.time);
	return rc;
}

void
center_clear(struct audit_center *center)
{
	size_t i;

	for (i = 0; i < center->log_count; i++) {
		free(center->logs[i].dir);
		bytes_free(&center->logs[i].note);
	}
	free(center->logs);
	stats_clear(&center->stats);
	persons_clear(&center->persons);
	*center = (struct audit_center){ .center = NULL };
}
