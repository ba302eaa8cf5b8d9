/*
 * words.h - what the core says, for a page: it has no options, and what pages
 * do needs no command. Such hints stand in parentheses, in every language: "a
 * second person must stand by it (--second)", "make one today (sello-issue
 * backup)". Commands for what no page does stay.
 */
#ifndef HTTP_WORDS_H
#define HTTP_WORDS_H

#include "base/bytes.h"

/* words_of_page - take these hints out of a text, in place. Returns it. */
char *words_of_page(char *text);

/* words_text, words_element - html_text(), html_element() of a text that the
 * core wrote. */
void words_text(struct bytes *out, const char *text);
void words_element(struct bytes *out, const char *tag, const char *text);

#endif
