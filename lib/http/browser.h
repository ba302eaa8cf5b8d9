/*
 * browser.h - the start link in the person's browser.
 */
#ifndef HTTP_BROWSER_H
#define HTTP_BROWSER_H

#include <stdbool.h>

/*
 * browser_open - start the first program of $BROWSER ("one:other", each a name
 * without arguments), or xdg-open where there is a screen, with this one
 * argument: no shell, in a session of its own, its standard descriptors
 * /dev/null. Does not wait for it. False when there is none; nothing else
 * happens then, the link was printed.
 */
bool browser_open(const char *url);

#endif
