/*
 * scan.h - from a file somebody handed in to the letters in it. Type by
 * content, never by name. Pictures and PDFs are decoded by the separate
 * program sello-decode (fork, exec, rlimits, time limit), which gets a
 * descriptor and returns lines of text; this process links no decoder.
 */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "base/bytes.h"
#include "base/err.h"

#define SCAN_FILE_MAX (32u << 20) /* bytes of an input file */
#define SCAN_CODE_MAX 64          /* codes of one picture or page */
#define SCAN_ITEM_MAX 8192        /* things kept of a file; more: is_cut */
#define SCAN_PAGE_MAX 9999        /* pages of a PDF that are told apart */
#define SCAN_LINE_MAX 10000       /* lines of a text file, and codes in it */
/* Characters of a text, or of all texts in a container, that may be looked at in
 * vain, in code after code that is none: a letter broken into lines takes 5,000. */
#define SCAN_VAIN_MAX (8u << 20)

/*
 * When sello-decode is ended, whose own work is counted and not timed: after
 * so much processor time without a page's end, or so long without using any.
 * Waiting for a busy machine is neither; but nothing takes longer than the last,
 * a hundred pages of heavy scans neither.
 */
#define SCAN_CPU_SECONDS  30
#define SCAN_IDLE_SECONDS 10
#define SCAN_WALL_SECONDS 900
#define SCAN_END_MS       5000 /* from its last word to its end */

/* One of a camera's frames is little work, and somebody stands before it; so
 * long, too, may a decoder that has begun (scan/decoder.h) take to fork. */
#define SCAN_FRAME_CPU_SECONDS  5
#define SCAN_FRAME_IDLE_SECONDS 4
#define SCAN_FRAME_WALL_SECONDS 60

enum scan_carrier { CARRIER_XML, CARRIER_PACKED };

/* Where a code is. Pairs are across and down. */
struct scan_place {
	uint32_t side[2]; /* of its picture, in pixels; 0: not asked for */
	uint32_t
	    um[2]; /* the same in micrometers, as its file says; 0: unsaid */
	/* of the code as it stands, upper left, upper right, lower right, lower
	 * left: in 65536ths of the sides */
	uint32_t corner[4][2];
};

/* One thing found: a signed XML file, or the text of one code. */
struct scan_item {
	enum scan_carrier carrier;
	struct bytes data;       /* XML bytes, or the code's text as scanned */
	size_t line;             /* of a text input, from 1; 0: no line */
	size_t page;             /* of a PDF, from 1; 0: no page, or attached */
	bool attached;           /* XML attached to a PDF */
	bool words;              /* of a text without a code: no code */
	struct scan_place place; /* of a code, from scan_places() alone */
};

enum scan_page {
	PAGE_UNREAD, /* not looked at: too many pages, or the reader ended */
	PAGE_BAD,    /* could not be drawn, or not all of it looked at */
	PAGE_READ,   /* looked at; what was found are items */
	PAGE_BLANK,  /* nothing is printed on it */
	PAGE_MORE,   /* goes on with a letter that is attached */
};

/* Why nothing could be read, as far as that is known. */
enum scan_hint {
	HINT_NONE, /* not known, or it could be read */
	HINT_NO_CODE,
	HINT_TOO_SMALL,
	HINT_BLURRED,
	HINT_DARK,
	HINT_GLARE,
	HINT_CUT_OFF,
	HINT_DAMAGED, /* not a whole picture or PDF */
	HINT_FORMAT,  /* of a kind that is not read */
};

/* scan_hint_name - "no-code", as programs are told; NULL for HINT_NONE. */
const char *scan_hint_name(enum scan_hint hint);

/* scan_hint_text - what is wrong with a picture and what to do, a sentence,
 * translated; NULL for HINT_NONE and HINT_FORMAT, where the kind is named. */
const char *scan_hint_text(enum scan_hint hint);

struct scan_result {
	enum scan_hint hint; /* written on errors too, as the next one */
	size_t looked;       /* pages that were looked at; 0 where none are */
	size_t vain;         /* of SCAN_VAIN_MAX, of a text */
	size_t count, cap;
	struct scan_item *item; /* owned: scan_clear() */
	bool is_pdf;
	bool places;               /* of codes were asked for */
	bool is_cut;               /* more codes or files than are looked at */
	size_t unread_line;        /* of a text: from where on, then; or 0 */
	size_t page_count;         /* of a PDF */
	enum scan_page *page;      /* of page_count pages; owned */
	enum scan_hint *page_hint; /* likewise: of pages without a code */
	/* of a camera's frames: the caller's place for what is held for the next
	 * one (scan/decoder.h), written on errors too; else NULL */
	struct bytes *held;
};

/* scan_is_unread - was the page, from 1, not looked at, or not all of it? */
bool scan_is_unread(const struct scan_result *result, size_t page);

/*
 * scan_bytes - find everything in one file.
 *
 *   data, len  the whole file, any type
 *
 * Pictures and PDF by magic: sello-decode. XML (first non-space byte '<', or a
 * UTF-8/16 BOM before it; or the letter's namespace anywhere): one XML item,
 * unchanged, for the verifier to refuse by name. Anything else that is text:
 * one packed item a non-empty line, but only the first when no line begins as
 * our codes do. Same code twice on one page, or in a text: once. Items come in
 * the order of pages, then from top to bottom; attached files first. What is a
 * kind that is not read is named (scan/format.h); of a mail or a zip the files
 * are taken out first (scan/box.h), here it is one that lies in another.
 *
 *   out  start it as {0}; filled on ERR_OK only, but for hint, looked and vain
 *
 * Returns ERR_OK with count > 0; ERR_UNREADABLE (no code found, or the
 * decoder died, or pages were not looked at, or it is of a kind that is not
 * read: the text says which); ERR_LIMIT (over SCAN_FILE_MAX, SCAN_LINE_MAX or the
 * decoder's limits); ERR_CONFIG (sello-decode is missing); ERR_MEMORY.
 */
enum err scan_bytes(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err);

/* scan_places - the same, and of each code in a picture or PDF where it is. */
enum err scan_places(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err);

void scan_clear(struct scan_result *result);

#endif
