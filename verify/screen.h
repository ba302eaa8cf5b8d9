/*
 * screen.h - a terminal on which a letter is shown at a counter: it leaves the
 * screen with the next one, after a minute, and however the program ends.
 */
#ifndef VERIFY_SCREEN_H
#define VERIFY_SCREEN_H

#include "verify/session.h"

#include <stdbool.h>

#define SCREEN_SHOWN_MS 60000 /* nobody reads over a shoulder */

/* screen_begin - does one read what is printed, and who types? From now on it is
 * cleared by the signals that end the program, too. */
bool screen_begin(const struct session *session, bool typed);

/* screen_clear - of all that was shown; nothing where there is none. */
void screen_clear(struct session *session, bool screen);

#endif
