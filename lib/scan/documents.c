/*
 * documents.c - documents.h.
 */
#include "scan/documents.h"

#include <string.h>

#define LISTED (64u << 10)

const struct scan_document scan_documents[] = {
	{ "word/document.xml", "word" },
	{ "xl/workbook.xml", "excel" },
	{ "xl/workbook.bin", "excel" },
	{ "ppt/presentation.xml", "powerpoint" },
	{ "content.xml", "opendocument" },
	{ "META-INF/container.xml", "book" },
	{ "FixedDocumentSequence.fdseq", "xps" },
	{ "FixedDocSeq.fdseq", "xps" },
	{ "Index/Document.iwa", "pages" },
	{ "AndroidManifest.xml", "program" },
	{ "META-INF/MANIFEST.MF", "program" },
	{ "[Content_Types].xml", "office" },
	{ "mimetype", "works" },
	{ NULL, NULL },
};

const char *
documents_guess(const uint8_t *zip, size_t len)
{
	const struct scan_document *d;

	if (len > LISTED) {
		zip += len - LISTED;
		len = LISTED;
	}
	for (d = scan_documents; d->file != NULL; d++)
		if (memmem(zip, len, d->file, strlen(d->file)) != NULL)
			return d->kind;
	return NULL;
}
