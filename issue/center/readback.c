/*
 * readback.c - readback.h.
 */
#include "issue/center/readback.h"

#include "base/i18n.h"
#include "packed/packed.h"
#include "sheet/symbol.h"

static enum err
compare(const struct scan_result *found, const struct bytes *xml,
    struct errtext *err)
{
	const struct bytes *code = &found->item[0].data;
	struct bytes back = { 0 };
	enum err rc = ERR_OK;

	if (found->count == 1 && found->item[0].carrier == CARRIER_PACKED)
		rc = packed_decode(
		    (const char *)code->at, code->len, &back, NULL, err);
	else
		rc = err_set(err, ERR_UNREADABLE,
		    _("the picture does not hold exactly one code"));
	if (rc == ERR_OK && !bytes_equal(&back, xml))
		rc = err_set(err, ERR_PROFILE,
		    _("the picture holds other bytes than were signed"));
	bytes_wipe(&back);
	return rc;
}

/* The picture at a third of its size, or else as it is. */
static enum err
ask(struct readback *back, bool small, struct errtext *err)
{
	struct bytes raw = { 0 };
	const struct bytes *file = small ? &raw : back->png;
	enum err rc = ERR_OK;

	if (small)
		rc = symbol_png_raw(back->png, &raw, err);
	if (rc == ERR_OK)
		rc = decoder_ask(
		    back->decoder, file->at, file->len, &back->question, err);
	bytes_wipe(&raw);
	return rc;
}

/* xml NULL: any code. */
static enum err
hear(struct readback *back, const struct bytes *xml, struct errtext *err)
{
	struct scan_result found = { 0 };
	enum err rc = decoder_answer(&back->question, &found, err);

	if (rc == ERR_OK && xml != NULL)
		rc = compare(&found, xml, err);
	scan_clear(&found);
	return rc;
}

void
readback_start(
    struct readback *back, struct decoder *decoder, const struct bytes *png)
{
	back->decoder = decoder;
	back->png = png;
	back->rc = ask(back, true, &back->err);
}

enum err
readback_end(
    struct readback *back, const struct bytes *xml, struct errtext *err)
{
	enum err rc = back->rc;

	if (rc == ERR_OK)
		rc = hear(back, xml, &back->err);
	if (rc == ERR_OK)
		return ERR_OK;
	/* what a consulate is given decides */
	if ((rc = ask(back, false, err)) == ERR_OK)
		rc = hear(back, xml, err);
	return rc;
}

enum err
readback_try(
    struct decoder *decoder, const struct bytes *png, struct errtext *err)
{
	struct readback back = { 0 };
	enum err rc;

	readback_start(&back, decoder, png);
	rc = readback_end(&back, NULL, err);
	readback_clear(&back);
	return rc;
}

void
readback_clear(struct readback *back)
{
	decoder_drop(&back->question);
	*back = (struct readback){ 0 };
}
