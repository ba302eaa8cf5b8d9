/*
 * xml_plain.h - the parts of a document that has nothing but what canonical
 * letters have: one root with one namespace, elements by plain names, at most
 * one attribute, text with the three references. Inside the letter room, for
 * xml_read.c, and for tests.
 *
 * It takes less than all of XML and tells of it as libxml2 would, in a fifth
 * of the time. What it does not take may still be XML: whoever wants to know
 * asks libxml2.
 */
#ifndef LETTER_XML_PLAIN_H
#define LETTER_XML_PLAIN_H

#include "base/bytes.h"

#define XML_PLAIN_DEPTH 6
#define XML_PLAIN_NAME  32 /* bytes of a name, NUL included */

/* Texts are borrowed until the call returns. stop ends the reading. */
struct xml_plain_events {
	/* attribute: its name, or NULL; value its text, without references */
	void (*start)(void *ctx, const char *name, const char *attribute,
	    const struct reader *value);
	void (*text)(void *ctx, const void *text, size_t len);
	void (*end)(void *ctx);
	const bool *stop;
	void *ctx;
};

/*
 * xml_plain - tell of the root, with its one namespace declaration, and all
 * that is in it, in their order.
 *
 * Returns true when all of it was told, and then it is well-formed XML in
 * UTF-8; false where it ends or has something else, wherever that is.
 */
bool xml_plain(struct reader xml, const char *root, const char *namespace,
    const struct xml_plain_events *events);

#endif
