/*
 * head.c - signed heads by the keys of a trust list: head.h.
 */
#include "ledger/head.h"

#include "base/i18n.h"

#include <string.h>

static void
find_log(const struct trust_list *list, struct head *head)
{
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++) {
		const struct trust_center *center = &list->centers[i];

		for (k = 0; k < center->log_count; k++)
			if (strcmp(center->logs[k].log.name,
				head->checkpoint.origin) == 0) {
				head->center = center;
				head->log = &center->logs[k];
				return;
			}
	}
}

enum err
head_peek(const struct trust_list *list, const void *note, size_t len,
    struct head *out, struct errtext *err)
{
	struct head made = { 0 };
	enum err rc;

	if (len > CHECKPOINT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the head of a log of more than %u bytes"),
		    CHECKPOINT_MAX);
	if ((rc = note_parse(note, len, &made.note, err)) != ERR_OK ||
	    (rc = checkpoint_parse(made.note.text, made.note.len,
		 &made.checkpoint, err)) != ERR_OK)
		return rc;
	find_log(list, &made);
	*out = made;
	return ERR_OK;
}

enum err
head_open(const struct trust_list *list, const void *note, size_t len,
    struct head *out, struct errtext *err)
{
	struct head made;
	enum err rc;

	if ((rc = head_peek(list, note, len, &made, err)) != ERR_OK)
		return rc;
	/* the origin only chooses the key; the key must have signed it */
	if (made.log == NULL)
		return err_set(err, ERR_ISSUER,
		    _("the head of %s, which is no log of this program"),
		    made.checkpoint.origin);
	rc = checkpoint_open(
	    note, len, &made.log->log, &made.checkpoint, &made.note, err);
	if (rc == ERR_OK)
		*out = made;
	return rc;
}

enum err
head_date(const struct head *head, int64_t *at, struct errtext *err)
{
	return checkpoint_cosigned(&head->note, &head->log->cosigner, at, err);
}
