/*
 * main.c - sello-decode: a picture, PDF or container on standard input, what
 * was found in it on standard output, as lines (docs/reading.md); or asked again
 * and again (decode/many.h). It decodes what strangers hand in, so it runs
 * apart from the program that judges, behind the locks of decode/jail.c, and
 * what it says is believed no more than the file itself.
 */
#include "base/file.h"
#include "base/print.h"
#include "base/process.h"
#include "decode/crate.h"
#include "decode/found.h"
#include "decode/hint.h"
#include "decode/image.h"
#include "decode/jail.h"
#include "decode/many.h"
#include "decode/pdf.h"
#include "decode/preload.h"
#include "decode/search.h"
#include "decode/tiff.h"
#include "scan/magic.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* What is held of a letter came with the frame and goes with its answer. */
static void
search_frame(const struct gray *picture, struct held *held,
    struct search *search, struct found *found)
{
	search_begin(search, SEARCH_FRAME_MAX);
	search_hold(search, held);
	search_picture(search, picture);
	search_held(search, held);
	if (held->version > 0)
		held_write(held, &found->held);
}

/* held is a frame's, else NULL. */
static void
search_image(enum magic type, const struct bytes *file, struct held *held,
    struct search *search, struct found *found)
{
	struct gray picture = { 0 };
	enum err rc = image_read(type, file, &picture);

	if (rc != ERR_OK) {
		found_bad(found, rc);
		return;
	}
	found_picture(found, &picture);
	if (held != NULL)
		search_frame(&picture, held, search, found);
	else {
		search_begin(search,
		    magic_is_decoded(type) ? SEARCH_WORK_MAX
					   : SEARCH_FRAME_MAX);
		search_picture(search, &picture);
	}
	if (found->count == 0 && picture.is_cut)
		found_bad(found, ERR_UNREADABLE);
	else if (found->count == 0 && found->bad == ERR_OK)
		found->hint = hint_of(&picture);
	/* what is too dark to show anything is not blank */
	if (found->count == 0 && found->hint != HINT_DARK &&
	    gray_is_blank(&picture)) {
		found->hint = HINT_NONE;
		found_bad(found, ERR_NOT_FOUND);
	}
	gray_free(&picture);
}

/* What this process was started with. */
struct asked {
	bool unlocked;  /* it reads even where it cannot be locked in */
	int first_page; /* of a PDF, from 0: those before were told by a process
			 * that ended */
};

static struct asked *
asked(void)
{
	static struct asked one;

	return &one;
}

/* False when the answer cannot be written. */
static bool
search_file(enum magic type, const struct bytes *file, struct held *held,
    struct search *search, struct found *found)
{
	struct paged paged = { search, found, { 0 }, STDOUT_FILENO,
		asked()->first_page };
	bool said = true;

	if (type == MAGIC_PDF)
		said = pdf_search(file, &paged);
	else if (type == MAGIC_TIFF)
		said = tiff_search(file, &paged);
	else
		search_image(type, file, held, search, found);
	paged_free(&paged);
	return said;
}

/* Likewise; what went wrong is the answer's. */
static bool
unpack_file(enum magic type, const struct bytes *file, struct found *found)
{
	struct crate crate = { .fd = STDOUT_FILENO };

	if (type == MAGIC_ZIP)
		zip_unpack(file, &crate);
	else
		mail_unpack(file, &crate);
	found_bad(found, crate.bad);
	crate_free(&crate);
	return !crate.broken;
}

/* What is not said yet, and the last line. */
static bool
say_rest(struct found *found)
{
	struct bytes text = { 0 };
	bool done;

	found_say_codes(found, &text);
	found_say_hint(found, &text);
	found_say_held(found, &text);
	found_say_bad(found, &text);
	bytes_add_text(&text, PROTOCOL_END "\n");
	done = !text.failed && file_write_all(STDOUT_FILENO, text.at, text.len);
	bytes_free(&text);
	return done;
}

/* It stands before a frame's own bytes. */
static bool
take_held(struct bytes *file, struct held *held)
{
	struct reader r = { file->at, file->len };

	if (!held_read(&r, held))
		return false;
	memmove(file->at, r.at, r.left);
	file->len = r.left;
	return true;
}

/* All that is needed is in memory now. */
static bool
lock_in(enum magic type)
{
	enum jail_who who = type == MAGIC_HEIF ? JAIL_THREADED : JAIL_READER;

	preload(type);
	return (jail_enter(who, JAIL_ALL) & JAIL_CALLS) != 0 ||
	    asked()->unlocked;
}

/* Lines, and the last one. An exit status. */
static int
say(const char *lines)
{
	struct bytes text = { 0 };
	bool done;

	bytes_addf(&text, "%s" PROTOCOL_END "\n", lines);
	done = !text.failed && file_write_all(STDOUT_FILENO, text.at, text.len);
	bytes_free(&text);
	return done ? EXIT_SUCCESS : EX_IOERR;
}

static int
say_locks(void)
{
	unsigned held;

	if (!jail_begin())
		return EX_OSERR;
	held = jail_enter(JAIL_READER, JAIL_ALL);
	if ((held & JAIL_ALL) == JAIL_ALL)
		return say(PROTOCOL_LOCK " " PROTOCOL_CALLS "\n" PROTOCOL_LOCK
					 " " PROTOCOL_PATHS "\n");
	if (held & JAIL_CALLS)
		return say(PROTOCOL_LOCK " " PROTOCOL_CALLS "\n");
	return say(
	    held & JAIL_PATHS ? PROTOCOL_LOCK " " PROTOCOL_PATHS "\n" : "");
}

/* One question: a file at descriptor 0, the answer to 1. An exit status. */
static int
answer_with(bool frame, bool places)
{
	struct bytes file = { 0 };
	struct found found = { .places = places };
	struct search *search = NULL;
	struct held held = { 0 };
	enum magic type;
	bool said = true;

	if (!jail_begin())
		return EX_OSERR;
	if (file_read_fd(STDIN_FILENO, "input", SCAN_FILE_MAX, &file, NULL) !=
	    ERR_OK)
		found_bad(&found, ERR_LIMIT);
	if (frame && found.bad == ERR_OK && !take_held(&file, &held))
		found_bad(&found, ERR_UNREADABLE);
	type = magic_of(file.at, file.len);
	if (!lock_in(type)) {
		bytes_free(&file);
		return say(PROTOCOL_BAD " " PROTOCOL_BAD_JAIL "\n");
	}
	if (found.bad == ERR_OK && magic_is_box(type))
		said = unpack_file(type, &file, &found);
	else if (found.bad == ERR_OK && (search = search_new(&found)) == NULL)
		found_bad(&found, ERR_MEMORY);
	if (search != NULL)
		said = search_file(
		    type, &file, frame ? &held : NULL, search, &found);
	said = said && say_rest(&found);
	search_free(&search);
	found_free(&found);
	bytes_free(&file);
	return said ? EXIT_SUCCESS : EX_IOERR;
}

/* --page=N or --places=N: begin with that page, from 2. */
static bool
take_page(const char *option)
{
	const char *number = strchr(option, '=');
	char *end;
	long page;

	if (number == NULL ||
	    (strncmp(option, PROTOCOL_FROM, strlen(PROTOCOL_FROM)) != 0 &&
		strncmp(option, PROTOCOL_PLACES, strlen(PROTOCOL_PLACES)) != 0))
		return false;
	page = strtol(number + 1, &end, 10);
	if (*end != '\0' || page < 2 || page > SCAN_PAGE_MAX)
		return false;
	asked()->first_page = (int)page - 1;
	return true;
}

static int
answer(bool frame)
{
	return answer_with(frame, false);
}

#define BY_HAND                                                             \
	"sello-decode: reads pictures for the programs of Sello, and says " \
	"nothing to people; to check a letter: sello-verify check FILE\n"

/* Somebody typed its name. */
static int
by_hand(void)
{
	print_own(stderr, BY_HAND);
	return EX_USAGE;
}

int
main(int argc, char **argv)
{
	const char *option;
	bool places;

	process_init();
	asked()->unlocked =
	    argc >= 2 && strcmp(argv[argc - 1], PROTOCOL_UNLOCKED) == 0;
	if (argc >= 2 && strcmp(argv[1], PROTOCOL_MANY) == 0)
		return many_serve(STDIN_FILENO, answer);
	if (argc >= 2 && strcmp(argv[1], PROTOCOL_LOCKS) == 0)
		return say_locks();
	option = argc > (asked()->unlocked ? 2 : 1) ? argv[1] : NULL;
	places = option != NULL &&
	    strncmp(option, PROTOCOL_PLACES, strlen(PROTOCOL_PLACES)) == 0;
	if (option == NULL
		? isatty(STDIN_FILENO)
		: strcmp(option, PROTOCOL_PLACES) != 0 && !take_page(option))
		return by_hand();
	return answer_with(false, places);
}
