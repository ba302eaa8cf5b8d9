/*
 * card.h - the card that is read aloud when a letter is handed over: one page
 * of short sentences in plain Spanish, for people who speak K'iche', Q'eqchi'
 * or Wayuu and hear them in Spanish or through an interpreter. It is the same
 * for everybody and holds no personal data.
 */
#ifndef SHEET_CARD_H
#define SHEET_CARD_H

#include "sheet/sheet.h"

struct card {
	const char *center;  /* name as it stands on letters */
	const char *hotline; /* labels_hotline(); "": a line to write it on */
	const char *date;    /* YYYY-MM-DDThh:mm:ssZ, of the file */
	enum sheet_paper paper;
};

/*
 * card_pdf - append the PDF.
 *
 * ERR_OK, ERR_CONFIG (no fonts), ERR_MEMORY.
 */
enum err card_pdf(
    const struct card *card, struct bytes *out, struct errtext *err);

#endif
