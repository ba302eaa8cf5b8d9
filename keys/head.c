/*
 * head.c - signed heads by the keys of a trust list: head.h.
 */
#include "keys/head.h"

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
			}
	}
}

enum err
head_peek(const struct trust_list *list, const struct bytes *file,
    struct head *out, struct errtext *err)
{
	struct head made = { 0 };
	enum err rc;

	if (file->len > CHECKPOINT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the head of a log of more than %u bytes"),
		    CHECKPOINT_MAX);
	if ((rc = note_parse(file->at, file->len, &made.note, err)) != ERR_OK ||
	    (rc = checkpoint_parse(made.note.text, made.note.len,
		 &made.checkpoint, err)) != ERR_OK)
		return rc;
	find_log(list, &made);
	*out = made;
	return ERR_OK;
}

enum err
head_open(const struct trust_list *list, const struct bytes *file,
    struct head *out, struct errtext *err)
{
	struct head made;
	enum err rc;

	if ((rc = head_peek(list, file, &made, err)) != ERR_OK)
		return rc;
	if (made.log == NULL)
		return err_set(err, ERR_ISSUER,
		    _("the head of %s, which is no log of this program"),
		    made.checkpoint.origin);
	rc = checkpoint_open(file->at, file->len, &made.log->log,
	    &made.checkpoint, &made.note, err);
	if (rc != ERR_OK)
		return rc;
	rc =
	    checkpoint_cosigned(&made.note, &made.log->cosigner, &made.at, err);
	if (rc != ERR_OK && rc != ERR_ISSUER)
		return rc;
	made.dated = rc == ERR_OK;
	*out = made;
	return ERR_OK;
}
