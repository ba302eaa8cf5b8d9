/*
 * fill.h - a page of web/ with its words in the screen's language and with what
 * changes from one request to the next. The files stay plain HTML; a mark is
 *
 *   {{Words of the page.}}  message id: translated, escaped (also in an
 *                           attribute's quotes)
 *   {{=name}}               a value, as it is given
 *   {{<name}}               web/name.html, what pages have alike; it has no such
 *                           mark itself
 *
 * on one line. scripts/update-po collects the words.
 */
#ifndef HTTP_FILL_H
#define HTTP_FILL_H

#include "base/bytes.h"

/* {0} ends an array. html: escaped already by whoever made it. */
struct fill_value {
	const char *name, *html;
};

/* fill_page - append it. A file or value that is not there fails out. */
void fill_page(
    struct bytes *out, const char *path, const struct fill_value *values);

#endif
