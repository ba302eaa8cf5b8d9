/*
 * protocol.h - the words that sello-decode and scan.c agree on; the answer's
 * grammar is in docs/reading.md. Text only, a line a thing; a line that ends
 * each page, and a last line, so that an answer cut off by the helper's death
 * is taken for what it is.
 */
#ifndef SCAN_PROTOCOL_H
#define SCAN_PROTOCOL_H

#include "scan/box.h"
#include "scan/scan.h"

#define PROTOCOL_QR "qr" /* then the text of a code in Base64 */
/* behind a code, where these are asked for: the sides of its picture, in pixels and
 * in micrometers, and its corners (scan/scan.h) */
#define PROTOCOL_PLACE "place"
#define PROTOCOL_XML   "xml"   /* then a file attached to a PDF in Base64 */
#define PROTOCOL_PAGES "pages" /* of a PDF, first: then how many it has */
#define PROTOCOL_PAGE \
	"page"               /* ends a page: its number, a word below; of a
				  * page that was read without a code, a hint */
#define PROTOCOL_FILE "file" /* in a container: its name, what is in it */
#define PROTOCOL_KIND "kind" /* no container: a word of scan/format.h */
#define PROTOCOL_HINT "hint" /* of a picture: why no code; scan_hint_name() */
/* of a frame: what is held of a letter for the next one, in Base64 */
#define PROTOCOL_HELD "held"
#define PROTOCOL_BAD  "bad" /* then one of the words below */
#define PROTOCOL_END  "end" /* always last */
/* last, behind a page that took too long: another process can begin with the next
 * page, when it is started with the option below and its number, from 1 */
#define PROTOCOL_AGAIN "again"
#define PROTOCOL_FROM  "--page="

#define PROTOCOL_PAGE_READ  "read"  /* looked at, with what was found */
#define PROTOCOL_PAGE_BLANK "blank" /* nothing is printed on it */
#define PROTOCOL_PAGE_MORE  "more"  /* goes on with an attached letter */
#define PROTOCOL_PAGE_BAD   "bad"   /* could not be drawn or looked at */

#define PROTOCOL_BAD_LIMIT   "limit"   /* too large, or too much in it */
#define PROTOCOL_BAD_DAMAGED "damaged" /* not a whole picture or PDF */
#define PROTOCOL_BAD_MEMORY  "memory"
#define PROTOCOL_BAD_LOCKED  "locked" /* a PDF or archive with a password */
#define PROTOCOL_BAD_KIND    "kind"   /* what reads it is not installed */
#define PROTOCOL_BAD_BLANK   "blank"  /* nothing is printed on the picture */
/* it could not lock itself in, so it opened nothing: alone, before the end */
#define PROTOCOL_BAD_JAIL "jail"

/* The first argument: where each code is, too; "--places=N" as PROTOCOL_FROM. */
#define PROTOCOL_PLACES "--places"

/*
 * The last argument: what cannot be locked in reads all the same, as somebody
 * said (SELLO_UNLOCKED, docs/reading.md).
 */
#define PROTOCOL_UNLOCKED "--unlocked"

/*
 * The first argument: nothing is read; the answer says by which of the two locks
 * of decode/jail.h a reader would be held, a line each, in this order.
 */
#define PROTOCOL_LOCKS "--locks"
#define PROTOCOL_LOCK  "lock" /* then one of these words */
#define PROTOCOL_CALLS "calls"
#define PROTOCOL_PATHS "paths"

/*
 * The first argument: descriptor 0 is a socket that keeps packets apart, and
 * whatever is asked there a child of its own answers (scan/decoder.h).
 *
 * A question is one byte, which says how much work it is worth, with two
 * descriptors: the file, and where the answer goes. The reply is the child's
 * process id, or 0 when there could be none, with a descriptor of the process
 * (pidfd_open) where the system gives one.
 */
#define PROTOCOL_ASK_FILE 'f'
/* of a camera: the next one comes at once; before its bytes stands what is held of
 * a letter (scan/decoder.h), or a 0 */
#define PROTOCOL_ASK_FRAME 'c'
#define PROTOCOL_MANY      "--many"

/* How our codes begin (docs/packed-form.md); packed/packed.h judges the rest.
 */
#define SCAN_PREFIX "SELLO"

#define PROTOCOL_ITEM_MAX   65536      /* bytes of one thing */
#define PROTOCOL_SIDE_MAX   32768      /* pixels */
#define PROTOCOL_UM_MAX     10000000   /* micrometers: ten meters */
#define PROTOCOL_PART_MAX   65536      /* of a side, for corners */
#define PROTOCOL_ANSWER_MAX (8u << 20) /* bytes of a whole answer */

/* ... of one with files in it, which Base64 makes a third longer. */
#define PROTOCOL_NAME_MAX 512 /* bytes of a file's name */
#define PROTOCOL_BOX_MAX  (BOX_BYTES_MAX / 3 * 4 + (BOX_FILE_MAX + 1) * 1024)

#endif
