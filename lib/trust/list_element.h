/*
 * list_element.h - the elements of a trust list one after the other, as
 * list_parse.c takes them. What returns a bool is false for another element
 * than the one asked for, and for another text than such an element may have.
 */
#ifndef TRUST_LIST_ELEMENT_H
#define TRUST_LIST_ELEMENT_H

#include "base/vkey.h"

#include <libxml/tree.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the walk stands among the children of one element. */
struct element_walk {
	const xmlNode *at;
	bool memory; /* it was memory that failed */
};

/* element_is - is this such an element of a list? */
bool element_is(const xmlNode *node, const char *name);

/* element_enter - the children of the next element, which must have this
 * name. */
bool element_enter(
    struct element_walk *w, const char *name, struct element_walk *inside);

/* element_content - the text of the next element, borrowed from the tree;
 * NULL: another element, or no text alone. */
const char *element_content(struct element_walk *w, const char *name);

/* element_text - copy the text of the next element; false when it is longer. */
bool element_text(
    struct element_walk *w, const char *name, char *out, size_t size);

/* element_optional - the same; the element may be missing, its text may not. */
bool element_optional(
    struct element_walk *w, const char *name, char *out, size_t size);

/* element_digits - a whole decimal number of at most 18 digits. */
bool element_digits(const char *text, uint64_t *out);

/* element_number - the next element is such a number. */
bool element_number(struct element_walk *w, const char *name, uint64_t *out);

/* element_instant - the next element is a time. */
bool element_instant(struct element_walk *w, const char *name, int64_t *out);

/* element_hash - the next element is 32 bytes in base64. */
bool element_hash(struct element_walk *w, const char *name, uint8_t out[32]);

/* element_vkey - the next element is a verifier key (base/vkey.h). */
bool element_vkey(struct element_walk *w, const char *name, struct vkey *out);

/* element_attribute_text - copy it; false when it is not there, or longer. */
bool element_attribute_text(
    const xmlNode *node, const char *name, char *out, size_t size);

/* element_attribute_instant - it is a time. */
bool element_attribute_instant(
    const xmlNode *node, const char *name, int64_t *out);

/* element_attribute - an attribute's text, borrowed from the tree; NULL: it is
 * not there. */
const char *element_attribute(const xmlNode *node, const char *name);

/* element_room - an array, zeroed, for the elements of this name that come
 * next; array is a pointer's place. False: walk says whether memory failed. */
bool element_room(struct element_walk *w, const char *name, size_t size,
    void *array, size_t *count);

#endif
