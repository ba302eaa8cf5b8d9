/*
 * records.c - records.h.
 */
#include "verify/records.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "verify/log_head.h"
#include "verify/post_store.h"

static bool
has_less(const struct post *post)
{
	return post->records.lost > 0 &&
	    post->records.lost > post_logs_amount(&post->logs);
}

bool
records_behind(struct post *post, const struct post_log *log,
    const struct trust_log *named)
{
	enum log_end end;

	if (!has_less(post))
		return false;
	if (log == NULL || log->size == 0)
		return true;
	/* what was lost may have been dated by a clock a little ahead */
	if (log->signed_at > post->records.lost_at + CLOCK_SLACK)
		return false;
	return log_head_end(post, log, named, &end, NULL) != ERR_OK ||
	    end != END_WHOLE;
}

bool
records_lacking(struct post *post, struct errtext *sentence)
{
	const struct trust_list *list = post->list;
	bool lacking = list == NULL && has_less(post);
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct trust_log *named =
			    &list->centers[i].logs[k];

			lacking |= records_behind(post,
			    post_logs_find(&post->logs, list->centers[i].code,
				named->generation),
			    named);
		}
	if (lacking)
		err_set(sentence, ERR_STALE,
		    _("this post's damaged copy held more of the records (%lld "
		      "lines, now %lld): what became of letters since then is "
		      "not known here until a sync with the newest records"),
		    (long long)post->records.lost,
		    (long long)post_logs_amount(&post->logs));
	return lacking;
}

enum err
records_give_up(struct post *post, int64_t now, struct errtext *err)
{
	struct post_records records = post->records;

	if (records.lost < records.taken)
		records.lost = records.taken;
	if (records.lost == 0)
		return ERR_OK;
	records.lost_at = now;
	return post_store_set_records(post, &records, err);
}

enum err
records_settle(struct post *post, struct errtext *err)
{
	struct post_records records = post->records;
	struct errtext sentence = { 0 };

	records.taken = post_logs_amount(&post->logs);
	if (!records_lacking(post, &sentence))
		records.lost = records.lost_at = 0;
	return post_store_set_records(post, &records, err);
}

static void
lower(int64_t *count, int64_t fewer)
{
	*count = *count > fewer ? *count - fewer : 0;
}

enum err
records_fewer(struct post *post, int64_t fewer, struct errtext *err)
{
	struct post_records records = post->records;

	if (fewer <= 0)
		return ERR_OK;
	lower(&records.taken, fewer);
	lower(&records.lost, fewer);
	return post_store_set_records(post, &records, err);
}
