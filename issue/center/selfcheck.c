/*
 * selfcheck.c - selfcheck.h.
 */
#include "issue/center/selfcheck.h"

#include "base/i18n.h"
#include "letter/sign.h"
#include "letter/xml.h"

#include <stdlib.h>
#include <string.h>

enum err
selfcheck_letter(const void *xml, size_t len, const char *number, EVP_PKEY *key,
    struct errtext *err)
{
	struct letter back = { 0 };
	enum err rc;

	/* xml_read() takes only what comes out the same when written again */
	if ((rc = sign_check(&dsig_letter, xml, len, number, key, err)) ==
		ERR_OK &&
	    (rc = xml_read(xml, len, &back, err)) == ERR_OK &&
	    strcmp(back.number, number) != 0)
		rc = err_set(err, ERR_INTERNAL,
		    _("a signed letter did not read back as it was written"));
	letter_wipe(&back);
	return rc;
}

struct letter_work {
	struct beside_work work;
	struct bytes xml;
	char number[LETTER_NUMBER_SIZE];
	EVP_PKEY *key;
};

static enum err
run(struct beside_work *work, struct errtext *err)
{
	const struct letter_work *of = (const struct letter_work *)work;

	return selfcheck_letter(
	    of->xml.at, of->xml.len, of->number, of->key, err);
}

static void
release(struct beside_work *work)
{
	struct letter_work *of = (struct letter_work *)work;

	bytes_wipe(&of->xml);
	EVP_PKEY_free(of->key);
	free(of);
}

enum err
selfcheck_add(struct beside *beside, const void *xml, size_t len,
    const char *number, EVP_PKEY *key, struct errtext *err)
{
	struct letter_work *of = calloc(1, sizeof(*of));

	if (of == NULL)
		return err_memory(err);
	of->work = (struct beside_work){ .run = run, .free = release };
	bytes_add(&of->xml, xml, len);
	if (of->xml.failed ||
	    !text_copy(of->number, sizeof(of->number), number)) {
		release(&of->work);
		return err_memory(err);
	}
	EVP_PKEY_up_ref(key);
	of->key = key;
	beside_add(beside, &of->work);
	return ERR_OK;
}
