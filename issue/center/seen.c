/*
 * seen.c - seen.h.
 */
#include "issue/center/seen.h"

#include "issue/center/rollback.h"
#include "issue/register/elsewhere.h"
#include "issue/register/log.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ledger/gossip.h"
#include "log/checkpoint.h"
#include "scan/wrong_file.h"

struct reading {
	struct center *center;
	const char *file;
	size_t heads; /* of this center */
};

/* What the log's key signed counts whatever became of the rest of the file;
 * that this is damaged is said all the same. */
static enum err
check_rest(const struct center *center, const struct log_seen *seen,
    const void *note, size_t len, struct errtext *err)
{
	const struct trust_center *listed = center->listed;
	struct note parsed;
	int64_t at;
	enum err rc = note_parse(note, len, &parsed, err);

	for (size_t i = 0; i < listed->log_count && rc == ERR_OK; i++)
		if (listed->logs[i].generation == seen->generation &&
		    checkpoint_cosigned(&parsed, &listed->logs[i].cosigner, &at,
			err) == ERR_SIGNATURE)
			rc = ERR_SIGNATURE;
	return rc;
}

/* Heads of other centers are nobody's business here. */
static enum err
add_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct reading *reading = ctx;
	struct log_seen seen;
	enum err rc = rollback_open(reading->center, note, len, &seen, err);

	if (rc == ERR_ISSUER)
		return ERR_OK;
	if (rc != ERR_OK)
		return rc;
	reading->heads++;
	rc = register_log_seen_add(
	    reading->center->reg, &seen, reading->file, clock_now(), err);
	return rc == ERR_OK ? check_rest(reading->center, &seen, note, len, err)
			    : rc;
}

enum err
seen_read(struct center *center, const char *path, struct errtext *err)
{
	struct reading reading = { center, path, 0 };
	const struct gossip_visitor visitor = { NULL, add_head, &reading };
	struct bytes file = { 0 };
	struct gossip gossip;
	enum err rc;

	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	if ((rc = file_read(path, NOTE_MAX, &file, err)) != ERR_OK) {
		wrong_file_blame(path, FILE_REPORT, rc, err);
		return rc; /* which names the file */
	}
	if (gossip_is(file.at, file.len))
		rc = gossip_read(
		    file.at, file.len, center->list, &visitor, &gossip, err);
	else
		rc = add_head(&reading, file.at, file.len, err);
	if (rc == ERR_OK && reading.heads == 0)
		rc = err_set(err, ERR_DATA,
		    _("there is no head of this center's log in it"));
	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	wrong_file_blame(path, FILE_REPORT, rc, err);
	bytes_free(&file);
	return rc;
}
