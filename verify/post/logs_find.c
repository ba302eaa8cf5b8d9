/*
 * logs_find.c - naming and finding logs and letters in the copy: logs.h.
 */
#include "base/i18n.h"
#include "base/sha256.h"
#include "ledger/letter_state.h"
#include "store/row.h"
#include "verify/post/copy_letters.h"
#include "verify/post/copy_log.h"
#include "verify/post/log_stale.h"
#include "verify/post/post.h"
#include "verify/post/records.h"

#include <openssl/rand.h>

#include <string.h>

void
post_logs_owner(const struct post *post, const struct trust_log *named,
    uint8_t out[POST_LOG_OWNER])
{
	memcpy(out, post->info.fingerprint, sizeof(post->info.fingerprint));
	memcpy(out + sizeof(post->info.fingerprint), named->log.key,
	    sizeof(named->log.key));
}

/* --- naming -------------------------------------------------------------- */

static enum err
name_log(struct post *post, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct errtext *err)
{
	uint8_t owner[POST_LOG_OWNER];
	uint8_t seed[POST_LOG_SEED];

	if (RAND_bytes(seed, sizeof(seed)) != 1)
		return err_openssl(
		    err, ERR_INTERNAL, _("no random bytes can be had"));
	post_logs_owner(post, named, owner);
	return copy_log_name(&post->logs, center->code, named->generation,
	    owner, seed, now, err);
}

static enum err
name_center(struct post *post, const struct trust_center *center, int64_t now,
    struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->log_count && rc == ERR_OK; i++) {
		const struct trust_log *named = &center->logs[i];
		const struct post_log *log = post_logs_find(
		    &post->logs, center->code, named->generation);

		if (log != NULL && post_log_is_of(log, post, named))
			continue;
		if (log != NULL &&
		    (rc = records_fewer(post, log, 0, now, err)) == ERR_OK)
			rc = copy_log_drop(&post->logs, log->id, err);
		if (rc == ERR_OK)
			rc = name_log(post, center, named, now, err);
	}
	return rc;
}

static bool
all_named(const struct post *post, const struct trust_list *list)
{
	size_t i, k;

	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct trust_log *named =
			    &list->centers[i].logs[k];
			const struct post_log *log = post_logs_find(&post->logs,
			    list->centers[i].code, named->generation);

			if (log == NULL || !post_log_is_of(log, post, named))
				return false;
		}
	return true;
}

enum err
post_logs_name(struct post *post, const struct trust_list *list, int64_t now,
    struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	bool stale = false;
	size_t i;
	enum err rc;

	if ((rc = post_logs_make(post, err)) != ERR_OK ||
	    (rc = log_stale_any(post, list, &stale, err)) != ERR_OK)
		return rc;
	if (all_named(post, list) && !stale)
		return ERR_OK;
	if ((rc = post_logs_begin(logs, err)) != ERR_OK)
		return rc;
	for (i = 0; i < list->center_count && rc == ERR_OK; i++)
		rc = name_center(post, &list->centers[i], now, err);
	if (rc == ERR_OK)
		rc = log_stale_mark(post, list, err);
	if (rc == ERR_OK)
		return post_logs_commit(logs, err);
	post_logs_rollback(logs);
	return rc;
}

/* --- looking up ---------------------------------------------------------- */

struct post_log *
post_logs_find(
    const struct post_logs *logs, const char *center, unsigned generation)
{
	size_t lo = 0, hi = logs->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct post_log *log = &logs->log[mid];
		int order = strcmp(log->center, center);

		if (order == 0)
			order = (log->generation > generation) -
			    (log->generation < generation);
		if (order == 0)
			return log;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool
post_log_is_of(const struct post_log *log, const struct post *post,
    const struct trust_log *named)
{
	uint8_t owner[POST_LOG_OWNER];

	post_logs_owner(post, named, owner);
	return memcmp(log->owner, owner, sizeof(owner)) == 0;
}

int64_t
post_log_key(int64_t log, int year, unsigned sequence)
{
	return log << 36 | (int64_t)year << 20 | sequence;
}

bool
post_log_is_letter(const struct history_letter *kept, const uint8_t *digest,
    const uint8_t *commitment)
{
	return (digest == NULL ||
		   memcmp(kept->digest, digest, POST_LOG_DIGEST) == 0) &&
	    (commitment == NULL ||
		memcmp(kept->commitment, commitment, POST_LOG_COMMITMENT) == 0);
}

/* As this copy keeps it. */
static void
hide_deed(const struct post_log *log, const uint8_t deed[DEED_SIZE],
    uint8_t out[POST_LOG_DEED])
{
	uint8_t text[POST_LOG_SEED + DEED_SIZE], sum[SHA256_SIZE];

	memcpy(text, log->seed, POST_LOG_SEED);
	memcpy(text + POST_LOG_SEED, deed, DEED_SIZE);
	sha256(text, sizeof(text), sum);
	memcpy(out, sum, POST_LOG_DEED);
}

bool
post_log_is_deed(const struct post_log *log, const struct history_letter *kept,
    const uint8_t deed[DEED_SIZE])
{
	uint8_t hidden[POST_LOG_DEED];

	hide_deed(log, deed, hidden);
	return memcmp(hidden, kept->deed, POST_LOG_DEED) == 0;
}

void
post_log_pack(const struct post_log *log, const struct history_letter *letter,
    uint8_t out[POST_LOG_KEPT])
{
	memcpy(out, letter->digest, POST_LOG_DIGEST);
	memcpy(out + POST_LOG_DIGEST + POST_LOG_DEED, letter->commitment,
	    POST_LOG_COMMITMENT);
	hide_deed(log, letter->deed, out + POST_LOG_DIGEST);
}

void
post_log_unpack(const uint8_t kept[POST_LOG_KEPT], struct history_letter *out)
{
	memset(out->digest, 0, sizeof(out->digest));
	memset(out->deed, 0, sizeof(out->deed));
	memset(out->commitment, 0, sizeof(out->commitment));
	memcpy(out->digest, kept, POST_LOG_DIGEST);
	memcpy(out->deed, kept + POST_LOG_DIGEST, POST_LOG_DEED);
	memcpy(out->commitment, kept + POST_LOG_DIGEST + POST_LOG_DEED,
	    POST_LOG_COMMITMENT);
}

/* Numbers have no gap: of those that the log gave none can be missing. */
static bool
was_given(const struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence)
{
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == log->id &&
		    logs->span[i].year == year &&
		    logs->span[i].first <= sequence &&
		    logs->span[i].last >= sequence)
			return true;
	return false;
}

enum err
post_log_letter(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err)
{
	enum err rc =
	    copy_letter_find(logs, log, year, sequence, out, found, err);

	return rc == ERR_OK && !*found && was_given(logs, log, year, sequence)
	    ? row_damaged(err)
	    : rc;
}
