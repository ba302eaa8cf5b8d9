/*
 * protocol.h - the words that sello-decode and scan.c agree on; the answer's
 * grammar is in docs/reading.md. Text only, a line a thing, and a last line,
 * so that an answer cut off by the helper's death is not taken for whole.
 */
#ifndef SCAN_PROTOCOL_H
#define SCAN_PROTOCOL_H

#include "scan/scan.h"

#define PROTOCOL_QR  "qr"  /* then the text of a code in Base64 */
#define PROTOCOL_XML "xml" /* then a file attached to a PDF in Base64 */
#define PROTOCOL_BAD "bad" /* then one of the words below */
#define PROTOCOL_END "end" /* always last */

#define PROTOCOL_BAD_LIMIT   "limit"   /* too many pixels or too large */
#define PROTOCOL_BAD_DAMAGED "damaged" /* not a whole picture or PDF */
#define PROTOCOL_BAD_MEMORY  "memory"

/* How our codes begin (DESIGN, section 4); letter/packed.h judges the rest. */
#define SCAN_PREFIX "SELLO"

#define PROTOCOL_ITEM_MAX   65536      /* bytes of one thing */
#define PROTOCOL_ANSWER_MAX (1u << 20) /* bytes of a whole answer */

#endif
