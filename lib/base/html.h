/*
 * html.h - writing HTML into bytes: everything that comes from outside goes
 * through html_text(), html_stranger() or html_attribute(), which leave nothing
 * in it that a browser would obey. What stands in a tag or a format itself is
 * the program's own.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/bytes.h"

/*
 * html_text - append a text with & < > " ' escaped; what moves, hides or turns
 * text (utf8_paints()) and bytes that are no UTF-8 become "?", as on every
 * screen of ours.
 */
void html_text(struct bytes *out, const char *text);

/*
 * html_stranger - the same in a <bdi>: for a name, a file's name, a field, in
 * the midst of our own words. A letter of Hebrew or Arabic turns what stands
 * beside it without any hidden character.
 */
void html_stranger(struct bytes *out, const char *text);

/*
 * html_value - html_stranger() of a field as people read it, in which a last
 * word in parentheses is in a <span class="one">, to stay on one line:
 * "2 May 1990 (1990-05-02)".
 */
void html_value(struct bytes *out, const char *text);

/*
 * html_attribute - append ` name="value"`, the value exact: line feeds and
 * hidden characters stay, for what scripts read again (data-value=,
 * value= of a control). Bytes that are no UTF-8 become "?".
 */
void html_attribute(struct bytes *out, const char *name, const char *value);

/* html_element - <tag>text</tag>; tag may have attributes. */
void html_element(struct bytes *out, const char *tag, const char *text);

/* html_elementf - the same, formatted before it is escaped. */
void html_elementf(struct bytes *out, const char *tag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
