/*
 * release.h - from a letter of the register to its files: NUMBER.xml,
 * NUMBER.png (the code alone) and NUMBER.pdf, or NUMBER-2.pdf and so on for a
 * copy. Same letter and copy, same bytes: what the sheet shows beside the
 * codes was stored with the letter.
 *
 * Before anything leaves, the center reads its own picture as a consulate
 * would, through sello-decode, and compares what it got with what it signed
 * (issue/center/readback.h).
 */
#ifndef ISSUE_CENTER_RELEASE_H
#define ISSUE_CENTER_RELEASE_H

#include "base/file.h"
#include "issue/center/center.h"
#include "issue/register/letter.h"
#include "scan/decoder.h"

#include <signal.h>

/* What is ready to leave. Start as {0}; release_clear(). */
struct release {
	char number[LETTER_NUMBER_SIZE];
	int copy;
	struct bytes xml, png, pdf;
	int qr_version;
	char qr_level;
	size_t packed_bytes;
	char *xml_path, *png_path, *pdf_path; /* set by release_stage() */
	struct file_draft draft[3];           /* internal */
	sigset_t signals;                     /* internal, while held */
	bool held;
};

/*
 * release_labels - append, as JSON, what a letter's sheet shows beside its
 * codes: names from the trust list, in the letter's language and in Spanish;
 * and whether it is in large print, as its copies then are.
 */
enum err release_labels(const struct trust_list *list, bool large,
    const struct letter *letter, struct bytes *out, struct errtext *err);

#define RELEASE_MODULE_PX 9 /* of NUMBER.png: 0.76 mm at 300 dpi */

/*
 * release_ready - can this machine make and read letters at all? Asked before
 * anything is signed. ERR_CONFIG: sello-decode or a font is missing.
 *
 *   decoder  out: for release_render(); decoder_free() when done
 */
enum err release_ready(struct decoder **decoder, struct errtext *err);

/*
 * release_render - make picture and PDF, and read the picture back.
 *
 *   copy  1: the original; 2, 3, ...: the sheet says so
 *
 * ERR_INTERNAL (exit 70) when the letter could not be read back: then nothing
 * of it may leave; what the parts return.
 */
enum err release_render(const struct center *center,
    const struct issued *letter, int copy, struct decoder *decoder,
    struct release *out, struct errtext *err);

/*
 * release_stage - the files, whole on their disk and without their names, in
 * dir, made if absent: a disk that is full or unfit is known before anything
 * is counted. A file that is there with the same bytes is fine; with other
 * bytes it stays: ERR_EXISTS. ERR_IO. The text is about the file alone.
 */
enum err release_stage(
    const char *dir, struct release *release, struct errtext *err);

/* release_place - gives them their names. ERR_IO, ERR_EXISTS. */
enum err release_place(struct release *release, struct errtext *err);

/* release_write - both, for a letter that is in the register; the text says
 * so, and that its draft may be named again. */
enum err release_write(
    const char *dir, struct release *release, struct errtext *err);

/* release_clear - also removes files that have no name yet. */
void release_clear(struct release *release);

#endif
