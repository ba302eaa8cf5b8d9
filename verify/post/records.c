/*
 * records.c - records.h.
 */
#include "verify/post/records.h"

#include "base/bytes.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "verify/post/log_head.h"
#include "verify/post/post_store.h"

#include <string.h>

static struct post_record
record_of(const struct post *post, const uint8_t *owner)
{
	struct post_record record = { .taken = 0 };
	size_t i;

	for (i = 0; i < post->record_count; i++)
		if (memcmp(post->record[i].owner, owner, POST_LOG_OWNER) == 0)
			return post->record[i];
	memcpy(record.owner, owner, POST_LOG_OWNER);
	return record;
}

static const struct post_log *
copy_of(const struct post *post, const uint8_t *owner)
{
	size_t i;

	for (i = 0; i < post->logs.count; i++)
		if (memcmp(post->logs.log[i].owner, owner, POST_LOG_OWNER) == 0)
			return &post->logs.log[i];
	return NULL;
}

static int64_t
amount_of(const struct post *post, const uint8_t *owner)
{
	const struct post_log *log = copy_of(post, owner);

	return log != NULL ? post_log_amount(log) : 0;
}

static const struct trust_log *
named_by(const struct post *post, const uint8_t *owner)
{
	const struct trust_list *list = post->list;
	uint8_t other[POST_LOG_OWNER];
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			post_logs_owner(post, &list->centers[i].logs[k], other);
			if (memcmp(other, owner, POST_LOG_OWNER) == 0)
				return &list->centers[i].logs[k];
		}
	return NULL;
}

/* --- asking -------------------------------------------------------------- */

bool
records_are_any(const struct post *post)
{
	size_t i;

	for (i = 0; i < post->record_count; i++)
		if (post->record[i].taken > 0 || post->record[i].lost > 0)
			return true;
	return false;
}

bool
records_are_fewer(const struct post *post)
{
	size_t i;

	for (i = 0; i < post->record_count; i++)
		if (amount_of(post, post->record[i].owner) <
		    post->record[i].taken)
			return true;
	return false;
}

bool
records_behind(struct post *post, const struct post_log *log,
    const struct trust_log *named)
{
	uint8_t owner[POST_LOG_OWNER];
	struct post_record record;
	enum log_end end;

	post_logs_owner(post, named, owner);
	record = record_of(post, owner);
	if (record.lost <= amount_of(post, owner))
		return false;
	if (log == NULL || log->size == 0)
		return true;
	/* what was lost may have been dated by a clock a little ahead */
	if (record.lost < POST_LOG_CONTRADICTED &&
	    log->signed_at > record.lost_at + POLICY_SLACK)
		return false;
	return log_head_end(post, log, named, &end, NULL) != ERR_OK ||
	    end != END_WHOLE;
}

/* "GTGUA01, 1: 20 lines, now 15" */
static void
add_lacking(const struct post *post, const struct trust_center *center,
    const struct trust_log *named, struct bytes *text)
{
	uint8_t owner[POST_LOG_OWNER];
	struct post_record record;
	int64_t now;

	post_logs_owner(post, named, owner);
	record = record_of(post, owner);
	now = amount_of(post, owner);
	if (text->len > 0)
		bytes_add_text(text, "; ");
	if (record.lost >= POST_LOG_CONTRADICTED && now < POST_LOG_CONTRADICTED)
		bytes_addf(text,
		    _("%s, log %u: found manipulated, see the folder "
		      "evidence"),
		    center->code, named->generation);
	else
		bytes_addf(text, _("%s, log %u: %s, now %lld"), center->code,
		    named->generation,
		    COUNTED(LINES, (record.lost % POST_LOG_CONTRADICTED)),
		    (long long)(now % POST_LOG_CONTRADICTED));
}

bool
records_lacking(struct post *post, struct errtext *sentence)
{
	const struct trust_list *list = post->list;
	struct bytes text = { 0 };
	bool lacking = false;
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct trust_center *center = &list->centers[i];
			const struct trust_log *named = &center->logs[k];

			if (!records_behind(post,
				post_logs_find(&post->logs, center->code,
				    named->generation),
				named))
				continue;
			lacking = true;
			add_lacking(post, center, named, &text);
		}
	if (lacking)
		err_set(sentence, ERR_STALE,
		    _("this post's copy held more of the logs once (%.*s): "
		      "what became of letters since then is not known here "
		      "until a sync with the newest log of the same center"),
		    text.failed ? 0 : (int)text.len,
		    text.failed ? "" : (const char *)text.at);
	bytes_free(&text);
	return lacking;
}

/* --- remembering --------------------------------------------------------- */

static void
count_lost(struct post_record *record, int64_t now)
{
	if (record->lost < record->taken)
		record->lost = record->taken;
	if (record->lost > 0)
		record->lost_at = now;
}

enum err
records_give_up(struct post *post, int64_t now, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < post->record_count && rc == ERR_OK; i++) {
		struct post_record record = post->record[i];

		count_lost(&record, now);
		rc = post_store_set_record(post, &record, err);
	}
	return rc;
}

/* What a log lost that no list names now counts again when one does. */
static enum err
settle(struct post *post, const uint8_t *owner, struct errtext *err)
{
	struct post_record record = record_of(post, owner);
	const struct post_log *log = copy_of(post, owner);
	const struct trust_log *named = named_by(post, owner);

	record.taken = amount_of(post, owner);
	if (named != NULL && !records_behind(post, log, named))
		record.lost = record.lost_at = 0;
	return post_store_set_record(post, &record, err);
}

enum err
records_settle(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	enum err rc = ERR_OK;
	size_t i;

	if (!post_logs_refresh(logs))
		return err_set(err, ERR_BUSY, "%s", logs->problem.text);
	if (logs->store == NULL)
		return ERR_OK;
	for (i = 0; i < logs->count && rc == ERR_OK; i++)
		rc = settle(post, logs->log[i].owner, err);
	for (i = 0; i < post->record_count && rc == ERR_OK; i++)
		rc = settle(post, post->record[i].owner, err);
	return rc;
}

enum err
records_fewer(struct post *post, const struct post_log *log, int64_t left,
    int64_t now, struct errtext *err)
{
	struct post_record record = record_of(post, log->owner);

	if (record.taken <= left)
		return ERR_OK;
	count_lost(&record, now);
	record.taken = left;
	return post_store_set_record(post, &record, err);
}
