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
#define SCAN_CODE_MAX 64          /* codes of one picture or PDF */
#define SCAN_LINE_MAX 10000       /* lines of a text file that are codes */
#define SCAN_SECONDS  10          /* sello-decode's wall clock limit */

enum scan_carrier { CARRIER_XML, CARRIER_PACKED };

/* One thing found: a signed XML file, or the text of one code. */
struct scan_item {
	enum scan_carrier carrier;
	struct bytes data; /* XML bytes, or the code's text as scanned */
	size_t line;       /* of a text input, from 1; 0: no line */
	bool attached;     /* XML attached to a PDF */
};

struct scan_result {
	size_t count;
	struct scan_item *item; /* owned: scan_clear() */
	bool is_pdf;
};

/*
 * scan_bytes - find everything in one file.
 *
 *   data, len  the whole file, any type
 *
 * PNG, JPEG, WebP, PDF by magic: sello-decode. XML (first non-space byte
 * '<', or a UTF-8/16 BOM before it; or the letter's namespace anywhere): one
 * XML item, unchanged, for the verifier to refuse by name. Anything else
 * that is text: one packed item a non-empty line, but only the first when no
 * line begins as our codes do. Same code twice: once.
 *
 *   out  start it as {0}; filled on ERR_OK only
 *
 * Returns ERR_OK with count > 0; ERR_UNREADABLE (no code found, or the
 * decoder died: the text says which); ERR_FOREIGN (binary of unknown type);
 * ERR_LIMIT (over SCAN_FILE_MAX, SCAN_LINE_MAX or the decoder's limits);
 * ERR_CONFIG (sello-decode is missing); ERR_MEMORY.
 */
enum err scan_bytes(const uint8_t *data, size_t len, struct scan_result *out,
    struct errtext *err);

void scan_clear(struct scan_result *result);

#endif
