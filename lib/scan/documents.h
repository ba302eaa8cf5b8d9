/*
 * documents.h - documents of other programs are zips inside: a file that each of
 * them has, and the word for its kind (scan/format.h).
 */
#ifndef SCAN_DOCUMENTS_H
#define SCAN_DOCUMENTS_H

#include <stddef.h>
#include <stdint.h>

/* The first that fits counts; file is NULL behind the last one. */
extern const struct scan_document {
	const char *file, *kind;
} scan_documents[];

/* documents_guess - the kind of a zip that is not opened, by the names in its end,
 * where a zip lists them; NULL: an archive. Reads 64 KiB. */
const char *documents_guess(const uint8_t *zip, size_t len);

#endif
