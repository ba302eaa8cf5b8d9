/*
 * browser.h - the start link in the person's browser.
 */
#ifndef HTTP_BROWSER_H
#define HTTP_BROWSER_H

#include <stdbool.h>

/*
 * browser_open - start $BROWSER (its first word that is a program), or
 * xdg-open, with this one argument: no shell, in a session of its own, its
 * standard descriptors /dev/null. Does not wait for it. False when there is
 * none; nothing else happens then, the link was printed.
 */
bool browser_open(const char *url);

#endif
