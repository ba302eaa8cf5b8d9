/*
 * hint_line.h - what helps a hand before the camera: on a terminal one line that
 * is renewed in place, in pipes a line when it is another one. On standard error.
 */
#ifndef VERIFY_HINT_LINE_H
#define VERIFY_HINT_LINE_H

#include <stdbool.h>
#include <stdint.h>

/* Start as {0}. */
struct hint_line {
	const char *said; /* borrowed; NULL: nothing */
	const char *next; /* what will be said when it stays so */
	int64_t since_ms; /* it is so */
	bool drawn;
};

/*
 * hint_line_say - a sentence, which must live on; NULL: nothing is to be said.
 * A shaking hand changes it with each picture, so it is shown when it stayed the
 * same for a moment.
 *
 *   at_ms  by a clock that does not go back
 */
void hint_line_say(struct hint_line *line, const char *text, int64_t at_ms);

/* hint_line_clear - away from the screen, before something else is printed. */
void hint_line_clear(struct hint_line *line);

#endif
