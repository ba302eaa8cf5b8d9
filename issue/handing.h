/*
 * handing.h - the letters of one approval on their way to paper: to a printer,
 * and in one file, with the list on which people sign that they have them.
 */
#ifndef ISSUE_HANDING_H
#define ISSUE_HANDING_H

#include "cli/cli.h"
#include "issue/center/center.h"
#include "issue/center/release.h"
#include "issue/register/event.h"
#include "sheet/handover.h"

/* The options, of which --large is the sheet's own; needs base/i18n.h. */
#define HANDING_OPTIONS                                                       \
	{ "large", NULL, N_("large print, on as many pages as it takes"),     \
		false },                                                      \
	    { "print", "[PRINTER]",                                           \
		    N_("print the letters (CUPS), not scaled"), false },      \
	{                                                                     \
		"joined", "FILE.pdf",                                         \
		    N_("all of them in one file, with a list to sign"), false \
	}

/* What is asked for, and what was gathered. Of the first four handing_begin()
 * sets all but paper, which is the caller's; handing_clear(). */
struct handing {
	bool print;
	const char *printer; /* NULL: the user's own */
	const char *joined;  /* file to make; "": none, for handing_pdf() */
	enum sheet_paper paper;
	struct handover_line *line;
	char **path;       /* of the letters' PDFs */
	struct bytes *pdf; /* the same, when joined */
	size_t count, line_cap, path_cap, pdf_cap;
	struct event_sheet *sheet; /* not noted yet */
	size_t sheet_count, sheet_cap;
};

/* handing_usage - a sentence for cli_usage(), or NULL. */
const char *handing_usage(const struct cli *cli);
void handing_begin(const struct cli *cli, struct handing *out);

/* handing_ready - before anything is signed: is there a way to print, and room
 * for the file? ERR_CONFIG; ERR_EXISTS, ERR_NOT_FOUND. */
enum err handing_ready(const struct handing *handing, struct errtext *err);

/* handing_add - one letter, whose files are written unless it is for
 * handing_pdf(). ERR_MEMORY. */
enum err handing_add(struct handing *handing, const struct issued *letter,
    const struct release *release, enum event_before before,
    struct errtext *err);

/* handing_note - the sheets added since the last time leave the program, by this
 * person: register_event_sheets(). */
enum err handing_note(struct handing *handing, const struct center *center,
    int64_t now, const char *person, struct errtext *err);

/* handing_pdf - append one PDF of all, behind the list. ERR_MEMORY and others
 * as handover_join(). */
enum err handing_pdf(const struct handing *handing, const struct center *center,
    int64_t now, struct bytes *out, struct errtext *err);

/*
 * handing_join - make the file (0600: it has names), where one is wanted, and
 * say so.
 * ERR_IO, ERR_EXISTS, ERR_MEMORY; the letters' own files stand all the same.
 */
enum err handing_join(const struct handing *handing, const struct cli *cli,
    const struct center *center, int64_t now, struct errtext *err);

/* handing_print - the file, or where none is made each letter. As long as the
 * printer's program takes: nobody should wait for it. ERR_IO, ERR_MEMORY. */
enum err handing_print(
    const struct handing *handing, const struct cli *cli, struct errtext *err);

void handing_clear(struct handing *handing);

#endif
