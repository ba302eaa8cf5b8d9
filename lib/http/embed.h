/*
 * embed.h - the files of web/, which scripts/embed puts into the programs when
 * they are built: a program needs no folder beside it to show its pages.
 */
#ifndef HTTP_EMBED_H
#define HTTP_EMBED_H

#include <stddef.h>
#include <stdint.h>

struct http_file {
	const char *path; /* "/web/sello.css": web/sello.css */
	const char *type;
	const uint8_t *at;
	size_t len;
};

/* ends with {0} */
extern const struct http_file http_files[];

/* http_file_find - NULL when there is none. */
const struct http_file *http_file_find(const char *path);

#endif
