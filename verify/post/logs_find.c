/*
 * logs_find.c - naming and finding logs and letters in the copy: logs.h.
 */
#include "base/i18n.h"
#include "ledger/letter_state.h"
#include "store/row.h"
#include "verify/post/log_stale.h"
#include "verify/post/logs_schema.h"
#include "verify/post/post.h"
#include "verify/post/records.h"

#include <openssl/rand.h>

#include <string.h>

/* --- naming -------------------------------------------------------------- */

static enum err
name_log(struct post *post, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	uint8_t owner[POST_LOG_OWNER];
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT INTO log (center, generation, owner, named_at, seed)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    err);
	uint8_t seed[POST_LOG_SEED];
	enum err rc;

	if (RAND_bytes(seed, sizeof(seed)) != 1)
		return err_openssl(
		    err, ERR_INTERNAL, _("no random bytes can be had"));
	logs_owner(post, named, owner);
	store_bind_text(stmt, 1, center->code);
	store_bind_int(stmt, 2, named->generation);
	store_bind_blob(stmt, 3, owner, sizeof(owner));
	store_bind_int(stmt, 4, now);
	store_bind_blob(stmt, 5, seed, sizeof(seed));
	if ((rc = store_run(logs->store, stmt, err)) != ERR_OK)
		return rc;
	return logs_seal(logs, store_last_id(logs->store), err);
}

static enum err
run_for(struct post_logs *logs, const char *const *statements, size_t count,
    int64_t log, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < count && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt =
		    store_prepare(logs->store, statements[i], err);

		store_bind_int(stmt, 1, log);
		rc = store_run(logs->store, stmt, err);
	}
	return rc;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum err
post_log_forget_lines(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		("DELETE FROM letter WHERE key >= ?1 << 36"
		 " AND key < (?1 + 1) << 36"),
		("DELETE FROM drafted WHERE key >= ?1 << 40"
		 " AND key < (?1 + 1) << 40"),
		"DELETE FROM part WHERE log = ?1",
		"DELETE FROM proof WHERE log = ?1",
	};
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == log)
			logs->span[i].log = 0; /* no log's */
	return run_for(logs, statements, COUNT(statements), log, err);
}

enum err
post_log_forget(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		"DELETE FROM word WHERE log = ?1",
		"DELETE FROM mark WHERE log = ?1",
	};
	enum err rc = post_log_forget_lines(logs, log, err);

	return rc == ERR_OK
	    ? run_for(logs, statements, COUNT(statements), log, err)
	    : rc;
}

/* What is kept of a log that another key signs, or another root named, says
 * nothing about the one that the list means. */
static enum err
drop_log(
    struct post_logs *logs, const struct post_log *log, struct errtext *err)
{
	static const char *const statements[] = {
		"DELETE FROM heard WHERE log = ?1",
		"DELETE FROM log WHERE id = ?1",
	};
	enum err rc = post_log_forget(logs, log->id, err);

	return rc == ERR_OK
	    ? run_for(logs, statements, COUNT(statements), log->id, err)
	    : rc;
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
			rc = drop_log(&post->logs, log, err);
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

	logs_owner(post, named, owner);
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
static enum err
hide_deed(const struct post_log *log, const uint8_t deed[DEED_SIZE],
    uint8_t out[POST_LOG_DEED], struct errtext *err)
{
	uint8_t text[POST_LOG_SEED + DEED_SIZE], sum[EVP_MAX_MD_SIZE];

	memcpy(text, log->seed, POST_LOG_SEED);
	memcpy(text + POST_LOG_SEED, deed, DEED_SIZE);
	if (EVP_Digest(text, sizeof(text), sum, NULL, EVP_sha256(), NULL) != 1)
		return err_set(err, ERR_INTERNAL, _("OpenSSL cannot hash"));
	memcpy(out, sum, POST_LOG_DEED);
	return ERR_OK;
}

enum err
post_log_is_deed(const struct post_log *log, const struct history_letter *kept,
    const uint8_t deed[DEED_SIZE], bool *same, struct errtext *err)
{
	uint8_t hidden[POST_LOG_DEED];
	enum err rc = hide_deed(log, deed, hidden, err);

	*same = rc == ERR_OK && memcmp(hidden, kept->deed, POST_LOG_DEED) == 0;
	return rc;
}

enum err
post_log_pack(const struct post_log *log, const struct history_letter *letter,
    uint8_t out[POST_LOG_KEPT], struct errtext *err)
{
	memcpy(out, letter->digest, POST_LOG_DIGEST);
	memcpy(out + POST_LOG_DIGEST + POST_LOG_DEED, letter->commitment,
	    POST_LOG_COMMITMENT);
	return hide_deed(log, letter->deed, out + POST_LOG_DIGEST, err);
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

static bool
read_letter(
    sqlite3_stmt *stmt, const struct post_log *log, struct history_letter *out)
{
	uint8_t kept[POST_LOG_KEPT];

	*out = (struct history_letter){ .generation = log->generation,
		.index = (uint64_t)store_int(stmt, 0),
		.issued_at = store_int(stmt, 1),
		.copies = 1 };
	if (!row_blob(stmt, 2, kept, sizeof(kept)))
		return false;
	post_log_unpack(kept, out);
	return store_int(stmt, 3) != 0;
}

enum err
post_log_letter(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT line, issued_at, digest, " LETTER_FITS(
		"?2") " FROM letter WHERE key = ?1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, post_log_key(log->id, year, sequence));
	store_bind_blob(stmt, 2, log->owner, sizeof(log->owner));
	rc = row_next(logs->store, stmt, "iibi", found, err);
	if (rc == ERR_OK && !*found && was_given(logs, log, year, sequence))
		return row_damaged(err);
	if (!*found)
		return rc;
	*found = read_letter(stmt, log, out);
	row_done(stmt);
	return *found ? ERR_OK : row_damaged(err);
}
