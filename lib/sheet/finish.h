/*
 * finish.h - from Cairo's PDF to the file that leaves: the signed XML
 * attached, language, XMP metadata, no scaling in print, an /ID that follows
 * from the contents; and what Cairo cannot say of the structure
 * (sheet/structure.h). Inner header of the sheet.
 */
#ifndef SHEET_FINISH_H
#define SHEET_FINISH_H

#include "base/bytes.h"
#include "base/err.h"
#include "sheet/text.h"

/* What stands in the document's catalogue and metadata. */
struct sheet_meta {
	const char *title;
	const char *lang;
	const char *date;          /* YYYY-MM-DDThh:mm:ssZ */
	const char *attachment;    /* file name of xml */
	const struct marks *marks; /* of the structure tree */
};

/*
 * sheet_finish - append the finished PDF to out.
 *
 *   pdf  as Cairo made it
 *   xml  to attach; NULL: nothing
 *
 * ERR_OK or ERR_INTERNAL (libqpdf failed inside).
 */
enum err sheet_finish(const struct bytes *pdf, const struct bytes *xml,
    const struct sheet_meta *meta, struct bytes *out, struct errtext *err);

#endif
