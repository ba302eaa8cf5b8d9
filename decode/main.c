/*
 * main.c - sello-decode: a picture or PDF on standard input, what was
 * found in it on standard output, as lines (docs/reading.md); or asked again
 * and again (decode/many.h). It decodes what strangers hand in, so it runs
 * apart from the program that judges, behind the locks of decode/jail.c, and
 * what it says is believed no more than the file itself.
 */
#include "base/file.h"
#include "base/process.h"
#include "decode/cut.h"
#include "decode/found.h"
#include "decode/image.h"
#include "decode/jail.h"
#include "decode/many.h"
#include "decode/pdf.h"
#include "decode/search.h"
#include "scan/magic.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void
search_image(enum err rc, struct gray *picture, int64_t work_max,
    struct search *search, struct found *found)
{
	if (rc != ERR_OK) {
		found_bad(found, rc);
		return;
	}
	search_begin(search, work_max);
	search_quick(search, picture);
	search_thorough(search, picture);
	search_rest(search, picture);
	if (found->count == 0 && gray_is_blank(picture))
		found_bad(found, ERR_NOT_FOUND);
	else if (found->count == 0 && cut_off(picture))
		found_bad(found, ERR_GARBLED);
	gray_free(picture);
}

/* False when the answer cannot be written. */
static bool
search_file(
    const struct bytes *file, struct search *search, struct found *found)
{
	struct gray picture = { 0 };

	switch (magic_of(file->at, file->len)) {
	case MAGIC_PNG:
		search_image(image_png(file, &picture), &picture,
		    SEARCH_WORK_MAX, search, found);
		break;
	case MAGIC_JPEG:
		search_image(image_jpeg(file, &picture), &picture,
		    SEARCH_WORK_MAX, search, found);
		break;
	case MAGIC_WEBP:
		search_image(image_webp(file, &picture), &picture,
		    SEARCH_WORK_MAX, search, found);
		break;
	case MAGIC_PDF:
		return pdf_search(file, search, found, STDOUT_FILENO);
	case MAGIC_TEXT:
	case MAGIC_XML:
	case MAGIC_OTHER:
	case MAGIC_BINARY: /* what is none of these is damaged */
		search_image(image_raw(file, &picture), &picture,
		    SEARCH_FRAME_MAX, search, found);
		break;
	}
	return true;
}

/* What is not said yet, and the last line. */
static bool
say_rest(struct found *found)
{
	struct bytes text = { 0 };
	bool done;

	found_say_codes(found, &text);
	found_say_bad(found, &text);
	bytes_add_text(&text, PROTOCOL_END "\n");
	done = !text.failed && file_write_all(STDOUT_FILENO, text.at, text.len);
	bytes_free(&text);
	return done;
}

/* One question: a file at descriptor 0, the answer to 1. An exit status. */
static int
answer(void)
{
	struct bytes file = { 0 };
	struct found found = { 0 };
	struct search *search = NULL;
	bool said = true;

	if (!jail_enter())
		return EX_OSERR;
	if (file_read_fd(STDIN_FILENO, "input", SCAN_FILE_MAX, &file, NULL) !=
	    ERR_OK)
		found_bad(&found, ERR_LIMIT);
	else if ((search = search_new(&found)) == NULL)
		found_bad(&found, ERR_MEMORY);
	else
		said = search_file(&file, search, &found);
	said = said && say_rest(&found);
	search_free(&search);
	found_free(&found);
	bytes_free(&file);
	return said ? EXIT_SUCCESS : EX_IOERR;
}

int
main(int argc, char **argv)
{
	process_init();
	if (argc == 2 && strcmp(argv[1], PROTOCOL_MANY) == 0)
		return many_serve(STDIN_FILENO, answer);
	return answer();
}
