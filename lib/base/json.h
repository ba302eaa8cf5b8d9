/*
 * json.h - JSON lines on standard output, on Jansson.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/bytes.h"

#include <jansson.h>
#include <stdint.h>

/*
 * json_line - print an object as one line (compact, keys in the order they
 * were set) and flush, so that a reader of a pipe gets each
 * result when it is made. UTF-8 stays as it is but for characters that a
 * terminal or reader would obey (utf8_paints()), which are escaped: "\u202e".
 * Takes over the reference. NULL prints nothing.
 */
void json_line(json_t *object);

/* json_add - append an object or array as json_line() prints it, without the
 * line feed; borrowed. NULL: out has failed. */
void json_add(struct bytes *out, const json_t *value);

/*
 * json_set_text - key = text, or JSON null when text is NULL. What is not
 * UTF-8 (a file's name) is set with "?" for each wrong byte.
 */
void json_set_text(json_t *object, const char *key, const char *text);

/* json_set_time - key = "YYYY-MM-DDThh:mm:ssZ", null outside its years. */
void json_set_time(json_t *object, const char *key, int64_t at);

#endif
