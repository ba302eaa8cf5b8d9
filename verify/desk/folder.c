/*
 * folder.c - folder.h.
 */
#include "verify/desk/folder.h"

#include "base/i18n.h"

#define DIGITS_MAX 9

/* A number and the byte behind it. */
static bool
take_number(struct reader *r, char end, size_t *out)
{
	struct reader digits;
	uint8_t digit, byte;

	*out = 0;
	if (!reader_until(r, (uint8_t)end, &digits) || digits.left == 0 ||
	    digits.left > DIGITS_MAX)
		return false;
	while (reader_byte(&digits, &digit)) {
		if (digit < '0' || digit > '9')
			return false;
		*out = *out * 10 + (size_t)(digit - '0');
	}
	return reader_byte(r, &byte);
}

static enum err
take_file(struct reader *body, struct box *box)
{
	struct reader name, data;
	size_t name_len, data_len;
	enum err rc;

	if (!take_number(body, ' ', &name_len) ||
	    !take_number(body, '\n', &data_len) ||
	    !reader_take(body, name_len, &name) ||
	    !reader_take(body, data_len, &data))
		return ERR_DATA;
	rc = box_add(box, name.at, name.left, data.at, data.left);
	return rc == ERR_LIMIT ? ERR_OK : rc;
}

enum err
folder_read(struct reader body, struct box *out, struct errtext *err)
{
	enum err rc = ERR_OK;

	while (rc == ERR_OK && body.left > 0)
		rc = take_file(&body, out);
	if (rc == ERR_OK)
		return ERR_OK;
	box_clear(out);
	return rc == ERR_DATA
	    ? err_set(err, rc, "%s", _("this is no folder of a page"))
	    : err_memory(err);
}
