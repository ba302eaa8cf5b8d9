/*
 * html.h - writing HTML and SVG: everything that comes from outside goes
 * through html_text().
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/bytes.h"

/* html_text - append with & < > " ' escaped. */
void html_text(struct bytes *out, const char *text);

/* html_element - <tag>text</tag>; tag may have attributes. */
void html_element(struct bytes *out, const char *tag, const char *text);

/* html_elementf - the same, formatted before it is escaped. */
void html_elementf(struct bytes *out, const char *tag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
