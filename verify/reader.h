/*
 * reader.h - is the program that opens pictures and PDFs locked in on this
 * computer? Asked once, by starting it: a computer's locks do not come and go.
 */
#ifndef VERIFY_READER_H
#define VERIFY_READER_H

#include "base/json.h"

#include <stdbool.h>

/* reader_is_safe - does it open what strangers hand in, and safely? False too when
 * it cannot be asked. */
bool reader_is_safe(void);

/* reader_text - a line for people, translated; lives as long as the program. */
const char *reader_text(void);

/* reader_json - seccomp, landlock, opens: true or false; null when it cannot be
 * asked. New reference. */
json_t *reader_json(void);

#endif
